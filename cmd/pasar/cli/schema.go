package cli

import (
	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/study"
)

func schemaVerb(s *streams) *cobra.Command {
	var ofStudies bool
	c := &cobra.Command{
		Use:   "schema",
		Short: "Prints the JSON Schema of scenario files, or of study files, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of scenario files, or with --study of study files. Save it
and name it in the first line of a file, and an editor completes and explains every key:

  # yaml-language-server: $schema=pasar.schema.json`,
		Args: exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			schema := load.Schema
			if ofStudies {
				schema = study.Schema
			}
			_, err := s.out.Write(schema())
			return err
		},
	}
	c.Flags().BoolVar(&ofStudies, "study", false, "print the schema of study files")
	return c
}

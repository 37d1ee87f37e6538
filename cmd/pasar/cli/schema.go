package cli

import (
	"github.com/spf13/cobra"

	"pasar/scenarios/load"
)

func schemaVerb(s *streams) *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Prints the JSON Schema of scenario files, for editors",
		Long: `Prints the JSON Schema (draft 2020-12) of scenario files. Save it and name it in the first line
of a file, and an editor completes and explains every key:

  # yaml-language-server: $schema=pasar.schema.json`,
		Args: exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			_, err := s.out.Write(load.Schema())
			return err
		},
	}
}

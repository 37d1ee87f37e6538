package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/shell"
)

func newVerb(s *streams) *cobra.Command {
	var from string
	c := &cobra.Command{
		Use:   "new NAME",
		Short: "Begins a scenario file ./NAME.yaml that builds on another",
		Long: `Writes ./NAME.yaml, a file that builds on another scenario, with what can be changed in comments,
and checks it. A file that is there already is left alone.`,
		Example: "  pasar scenarios new stricter --from pilot",
		Args:    exactly(1, "one name"),
		RunE:    func(_ *cobra.Command, args []string) error { return begin(s, args[0], from) },
	}
	c.Flags().StringVar(&from, "from", "pilot", "`scenario` that it builds on: a name of the library, or a file")
	return c
}

// begin writes the starter of a scenario.
func begin(s *streams, name, from string) error {
	text, err := load.Starter(name, from)
	if err != nil {
		return err
	}
	file := name + ".yaml"
	if err := create(file, text); errors.Is(err, fs.ErrExist) {
		return usage("there is a file %s already; it was left alone", file)
	} else if err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	scenario, err := load.Load("./"+file, load.Overrides{})
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "ok  %s: builds on %s, %d actions\n", file, from, len(scenario.Entries))
	if slices.Contains(load.Names(), name) {
		fmt.Fprintf(s.err, "the library has a scenario of that name, too: %s plays that one\n", shell.Line("pasar", "run", name))
	}
	fmt.Fprintf(s.err, "next: change it, then %s, and %s\n", shell.Line("pasar", "validate", "./"+file), shell.Line("pasar", "compare", from, "./"+file))
	return nil
}

// create writes a file that must not be there.
func create(file string, text []byte) error {
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

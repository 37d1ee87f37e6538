package cli

import (
	"github.com/spf13/cobra"
)

func showVerb(s *streams) *cobra.Command {
	var w world
	c := &cobra.Command{
		Use:   "show SCENARIO",
		Short: "Prints a scenario with every default written out",
		Long: `Prints a scenario as one file that builds on no other, with every default, and branches as drawn.
It is itself a scenario: it loads, has the same hash, and gives the same history.`,
		Example: `  pasar scenarios show pilot
  pasar scenarios show ban --set sep.linkout=.2 > hidden-links.yaml`,
		Args: exactly(1, "one scenario"),
		RunE: func(_ *cobra.Command, args []string) error {
			scenario, err := w.load(args[0])
			if err != nil {
				return err
			}
			_, err = s.out.Write(scenario.Effective)
			return err
		},
	}
	c.Flags().SortFlags = false
	w.declare(c.Flags())
	return c
}

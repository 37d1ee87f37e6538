package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"pasar/agents/policy"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
)

// A comparison is what scenarios diff --json prints.
type comparison struct {
	A           string       `json:"a"`
	B           string       `json:"b"`
	SharedUntil string       `json:"shared_until"` // their worlds are one until then, and maybe some days longer
	Differences []difference `json:"differences"`
}

type difference struct {
	At   string `json:"at,omitempty"` // first moment at which it can matter; left out: it changes no history
	Path string `json:"path"`
	Kind string `json:"kind"`
	A    string `json:"a,omitempty"`
	B    string `json:"b,omitempty"`
	Unit string `json:"unit,omitempty"`
	Text string `json:"text"`
}

func diffVerb(s *streams) *cobra.Command {
	var asJSON bool
	var l string
	var set []string
	c := &cobra.Command{
		Use:   "diff A B",
		Short: "Tells in words in what two scenarios differ, and from when on",
		Long: `Tells in words in what two scenarios differ, by date. Titles, notes and sources are left out, as
are measures and assertions: they change no history. --set changes the second scenario.`,
		Example: `  pasar scenarios diff ban early-notice
  pasar scenarios diff pilot pilot --set pilot.caps.share_of_pre=.1`,
		Args: exactly(2, "two scenarios"),
		RunE: func(_ *cobra.Command, args []string) error {
			if err := lang(l).check(); err != nil {
				return err
			}
			a, err := load.Load(args[0], load.Overrides{})
			if err != nil {
				return err
			}
			b, err := load.Load(args[1], load.Overrides{Set: set})
			if err != nil {
				return err
			}
			if asJSON {
				return printJSON(s.out, compared(a, b, l))
			}
			return tellDifferences(s, a, b, l)
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "change one value of B: `path=value`, such as params.disc.rho=.8 (repeatable)")
	c.Flags().StringVar(&l, "lang", "en", "language: en or id")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func tellDifferences(s *streams, a, b *load.Scenario, l string) error {
	list := diff.Of(a, b)
	if _, err := fmt.Fprintln(s.out, diff.Head(a, b, list, l)); err != nil {
		return err
	}
	for _, d := range list {
		if _, err := fmt.Fprintln(s.out, "  "+d.Text(l)); err != nil {
			return err
		}
	}
	return nil
}

func compared(a, b *load.Scenario, l string) comparison {
	c := comparison{A: a.Name, B: b.Name, SharedUntil: load.Stamp(diff.First(a, b)), Differences: []difference{}}
	for _, d := range diff.Of(a, b) {
		x := difference{Path: d.Path, Kind: d.Kind.String(), A: d.A, B: d.B, Unit: d.Unit, Text: d.Text(l)}
		if d.At < policy.Never {
			x.At = load.Stamp(d.At)
		}
		c.Differences = append(c.Differences, x)
	}
	return c
}

package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pasar/scenarios/load"
)

var languages = []string{"en", "id"}

// A lang is the language of what is printed.
type lang string

// check refuses languages that the program does not speak.
func (l lang) check() error {
	if !slices.Contains(languages, string(l)) {
		return unknown("language", string(l), languages)
	}
	return nil
}

// of is a text in this language, or in English where it was not written.
func (l lang) of(texts map[string]string) string {
	if t := texts[string(l)]; t != "" {
		return t
	}
	return texts["en"]
}

func scenariosVerb(s *streams) *cobra.Command {
	var asJSON bool
	var l string
	c := &cobra.Command{
		Use:   "scenarios",
		Short: "Lists the scenarios that come with the program, compares two, begins a new one",
		Long: `Lists the scenarios that come with the program. Where a name is wanted below, a file such as
./my.yaml will do as well.`,
		Example: `  pasar scenarios --lang id
  pasar scenarios diff ban pilot
  pasar scenarios show pilot --set pilot.caps.share_of_pre=.1
  pasar scenarios new stricter --from pilot`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("verb of scenarios", args[0], names(c.Commands()))
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error {
			if err := lang(l).check(); err != nil {
				return err
			}
			return list(s, lang(l), asJSON)
		},
	}
	c.Flags().StringVar(&l, "lang", "en", "language: en or id")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	c.AddCommand(diffVerb(s), showVerb(s), newVerb(s))
	return c
}

func list(s *streams, l lang, asJSON bool) error {
	type line struct {
		Name     string   `json:"name"`
		Title    string   `json:"title"`
		Question string   `json:"question"`
		Aliases  []string `json:"aliases,omitempty"`
	}
	lines := []line{}
	width := 0
	for _, e := range load.Library() {
		lines = append(lines, line{e.Name, l.of(e.Title), l.of(e.Question), e.Aliases})
		width = max(width, len(e.Name))
	}
	if asJSON {
		return printJSON(s.out, lines)
	}
	for _, e := range lines {
		text := e.Title + ". " + e.Question
		if len(e.Aliases) > 0 {
			text += l.of(map[string]string{"en": " (also ", "id": " (juga "}) + strings.Join(e.Aliases, ", ") + ")"
		}
		if _, err := fmt.Fprintf(s.out, "%-*s  %s\n", width, e.Name, text); err != nil {
			return err
		}
	}
	return nil
}

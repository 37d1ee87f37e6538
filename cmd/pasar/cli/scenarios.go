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
		Short: "Lists the scenarios that come with the program",
		Args:  exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			if err := lang(l).check(); err != nil {
				return err
			}
			return list(s, lang(l), asJSON)
		},
	}
	c.Flags().StringVar(&l, "lang", "en", "language: en or id")
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
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
		question := e.Question
		if len(e.Aliases) > 0 {
			question += " (also " + strings.Join(e.Aliases, ", ") + ")"
		}
		if _, err := fmt.Fprintf(s.out, "%-*s  %s\n", width, e.Name, question); err != nil {
			return err
		}
	}
	return nil
}

package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/study"
)

// A verdict is what validate --json says of one file.
type verdict struct {
	File   string    `json:"file"`
	OK     bool      `json:"ok"`
	Errors []mistake `json:"errors"`
}

type mistake struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Path    string `json:"path,omitempty"`
	What    string `json:"what"`
	Allowed string `json:"allowed,omitempty"`
	Near    string `json:"near,omitempty"`
}

func validateVerb(s *streams) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Use:   "validate FILE...",
		Short: "Checks scenario files and study files and tells all mistakes at once",
		Long: `Checks scenario files and study files, or those of the library by name. Every mistake is told with
its file, line and column, what is allowed and the nearest name. A scenario that passes can be run, and a
study that passes can be swept.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("validate takes the files to check, such as ./my.yaml")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, files []string) error { return validate(s, files, asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print one JSON document")
	return c
}

func validate(s *streams, files []string, asJSON bool) error {
	var verdicts []verdict
	var all load.Errors
	for _, file := range files {
		what, err := checked(file)
		var found load.Errors
		if err != nil && !errors.As(err, &found) {
			return fmt.Errorf("%s: %w", file, err)
		}
		all = append(all, found...)
		v := verdict{File: file, OK: err == nil, Errors: []mistake{}}
		for _, e := range found {
			v.Errors = append(v.Errors, mistake(e))
		}
		verdicts = append(verdicts, v)
		if err == nil && !asJSON {
			fmt.Fprintf(s.out, "ok  %s: %s\n", file, what)
		}
	}
	if asJSON {
		if err := printJSON(s.out, verdicts); err != nil {
			return err
		}
		if len(all) > 0 {
			return usage("%d mistakes", len(all))
		}
		return nil
	}
	if len(all) > 0 {
		return all
	}
	return nil
}

// checked loads a scenario or a study and says what it is.
func checked(file string) (what string, err error) {
	if study.Is(file) {
		x, err := study.Load(file)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s, a study of %d points, %d replications and %d scenarios: %d runs",
			x.Name, len(x.Points()), x.Replications, len(x.Worlds), x.Size()*len(x.Worlds)), nil
	}
	x, err := load.Load(file, load.Overrides{})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %d actions", x.Name, len(x.Entries)), nil
}

func printJSON(w interface{ Write([]byte) (int, error) }, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

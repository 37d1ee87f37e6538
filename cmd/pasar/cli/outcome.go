package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/play"
	"pasar/scenarios/report"
	"pasar/scenarios/results"
)

// closed is the last day of the results that was over, or zero.
func closed(r *play.Result) (last time.Time) {
	for d := int(market.DayOf(r.Scenario.Start)); d < len(r.Days) && r.Days[d] != nil; d++ {
		last = market.Epoch.AddDate(0, 0, d)
	}
	return last
}

// write writes the files of a run.
func write(dir string, r *play.Result, l lang) ([]string, error) {
	return results.Write(dir, r, results.Options{Version: Version(), Human: Human, Lang: string(l)})
}

// summary prints what programs read.
func summary(w io.Writer, r *play.Result) error { return printJSON(w, results.Summary(r)) }

// outcome prints what people read.
func outcome(w io.Writer, r *play.Result, l lang) error {
	return report.Terminal(w, r, report.Options{Lang: string(l), Version: Version(), Human: Human})
}

// where says which files were written: those of the folder itself by name, those below it by folder.
func where(w io.Writer, dir string, files []string, l lang) error {
	_, err := fmt.Fprintf(w, "\n"+l.words().Files+"\n", dir, strings.Join(inside(dir, files), ", "))
	return err
}

func inside(dir string, files []string) (names []string) {
	for _, f := range files {
		name, err := filepath.Rel(dir, f)
		if err != nil {
			name = f
		}
		if below, _, ok := strings.Cut(filepath.ToSlash(name), "/"); ok {
			name = below + "/"
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// asserted is an error that says which assertions of the scenario do not hold, in five lines at most.
func asserted(r *play.Result) error {
	const most = 2
	all := results.Summary(r).Asserts
	failed := slices.DeleteFunc(slices.Clone(all), func(a results.Said) bool { return a.Holds == nil || *a.Holds })
	if len(failed) == 0 {
		return nil
	}
	text := fmt.Sprintf("%d of %d assertions of the scenario do not hold", len(failed), len(all))
	if len(failed) > most {
		text += fmt.Sprintf("; the first %d are told here, the others in summary.json", most)
	}
	for _, f := range failed[:min(most, len(failed))] {
		text += fmt.Sprintf("\n%s, expected at the end of %s: %s\n  found: %s", f.Name, f.Date, f.Expr, f.Found)
	}
	return &failure{NotAsSaid, errors.New(text)}
}

// versus prints what came of a comparison.
func versus(w io.Writer, c *compare.Comparison, l lang) error {
	return report.ComparisonTerminal(w, c, report.Options{Lang: string(l), Version: Version(), Human: Human})
}

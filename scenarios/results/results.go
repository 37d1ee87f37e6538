// Package results writes what came of a run into a folder: receipt.json, series.csv, series.parquet, agents.parquet,
// summary.json, report.html, tables.xlsx and figures/. What each holds stands in product.md 2 and with the types below.
//
// The same scenario, seed and program give the same bytes in all files but receipt.json and summary.json, whatever the number of
// goroutines: only these two name the run, its wall time or its goroutines.
package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"

	"pasar/scenarios/files"
	"pasar/scenarios/play"
	"pasar/scenarios/report"
	"pasar/scenarios/results/measure"
)

// Names of the files by which a folder is known to be of a run, or of a comparison.
const (
	ReceiptFile    = "receipt.json"
	ComparisonFile = "comparison.json"
)

// Options say who writes, and in which language the report is.
type Options struct {
	Version string // of the program: SHA-256 of the executable
	Human   string // the same for people: v0.1.0
	Lang    string // of report, tables and figures: "en" (also when empty) or "id"

	dir string // where the files go
}

// Write writes all files of a run into a folder, which it makes if need be, and returns their paths. Each file appears whole or
// not at all; one that was there before is replaced.
func Write(dir string, r *play.Result, o Options) (paths []string, err error) {
	if r == nil || r.Scenario == nil || r.Market == nil {
		return nil, errors.New("writing results: there is no result")
	}
	o.dir = dir
	x := measure.Of(r)
	rows := Rows(x)
	put := func(name string, make func() ([]byte, error)) {
		if err != nil {
			return
		}
		b, e := make()
		if e == nil {
			e = files.Replace(filepath.Join(dir, filepath.FromSlash(name)), b)
		}
		if e != nil {
			err = fmt.Errorf("writing results: %s: %w", name, e)
			return
		}
		paths = append(paths, filepath.Join(dir, filepath.FromSlash(name)))
	}
	to := report.Options{Lang: o.Lang, Version: o.Version, Human: o.Human}
	figures := report.Figures(r, o.Lang)
	pictures := draw(figures)
	outcome := summary(x)
	put(ReceiptFile, func() ([]byte, error) { return pretty(newReceipt(x, o)) })
	put("summary.json", func() ([]byte, error) { return pretty(outcome) })
	put("series.csv", func() ([]byte, error) { return CSV(rows), nil })
	put("series.parquet", func() ([]byte, error) { return Parquet(rows, r.Scenario, o.Version) })
	put("agents.parquet", func() ([]byte, error) { return Parquet(Agents(x), r.Scenario, o.Version) })
	put("report.html", func() ([]byte, error) { return report.HTML(r, to) })
	put("tables.xlsx", func() ([]byte, error) {
		b, err := report.Book(r, to, windowSheet(x, o.Lang), indicatorSheet(outcome, o.Lang))
		if err != nil {
			return nil, err
		}
		return b.Write()
	})
	for i, f := range figures {
		put("figures/"+f.Name+".svg", func() ([]byte, error) { return f.SVG, nil })
		put("figures/"+f.Name+".png", pictures[i])
	}
	return paths, err
}

// draw starts to draw the pictures of figures, as many at a time as there are processors, while other files are written. What
// it returns waits for each.
func draw(figures []report.Figure) []func() ([]byte, error) {
	type picture struct {
		png []byte
		err error
	}
	turn := make(chan struct{}, runtime.GOMAXPROCS(0))
	waits := make([]func() ([]byte, error), len(figures))
	for i := range figures {
		done := make(chan picture, 1)
		go func() {
			turn <- struct{}{}
			b, err := figures[i].PNG()
			<-turn
			done <- picture{b, err}
		}()
		waits[i] = func() ([]byte, error) {
			p := <-done
			return p.png, p.err
		}
	}
	return waits
}

// pretty is JSON for people, with a line break at the end.
func pretty(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(v)
	return b.Bytes(), err
}

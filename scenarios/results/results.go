// Package results writes what came of a run into a folder: receipt.json, series.csv, series.parquet, agents.parquet,
// summary.json, report.html and figures/. What each holds stands in product.md 2 and with the types below.
//
// The same scenario, seed and program give the same bytes in all files but receipt.json and summary.json, whatever the number of
// goroutines: only these two name the run, its wall time or its goroutines.
package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pasar/scenarios/play"
	"pasar/scenarios/report"
	"pasar/scenarios/results/measure"
)

// Options say who writes, and in which language the report is.
type Options struct {
	Version string // of the program: SHA-256 of the executable
	Human   string // the same for people: v0.1.0
	Lang    string // of report and figures: "en" (also when empty) or "id"

	dir string // where the files go
}

// Write writes all files of a run into a folder, which it makes if need be, and returns their paths. Each file appears whole or
// not at all; one that was there before is replaced.
func Write(dir string, r *play.Result, o Options) (files []string, err error) {
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
			e = replace(filepath.Join(dir, filepath.FromSlash(name)), b)
		}
		if e != nil {
			err = fmt.Errorf("writing results: %s: %w", name, e)
			return
		}
		files = append(files, filepath.Join(dir, filepath.FromSlash(name)))
	}
	put("receipt.json", func() ([]byte, error) { return pretty(newReceipt(x, o)) })
	put("summary.json", func() ([]byte, error) { return pretty(summary(x)) })
	put("series.csv", func() ([]byte, error) { return CSV(rows), nil })
	put("series.parquet", func() ([]byte, error) { return Parquet(rows, r.Scenario, o.Version) })
	put("agents.parquet", func() ([]byte, error) { return Parquet(Agents(x), r.Scenario, o.Version) })
	put("report.html", func() ([]byte, error) {
		return report.HTML(r, report.Options{Lang: o.Lang, Version: o.Version, Human: o.Human})
	})
	for _, f := range report.Figures(r, o.Lang) {
		put("figures/"+f.Name+".svg", func() ([]byte, error) { return f.SVG, nil })
	}
	return files, err
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

// replace writes a file beside its place and moves it there, so that nobody ever reads half of it.
func replace(path string, data []byte) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return short(err)
	}
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder", path)
	}
	f, err := os.CreateTemp(dir, ".pasar-*")
	if err != nil {
		return short(err)
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what matters is the first error
		return short(err)
	}
	return nil
}

// short is an error of the file system without the name of the temporary file, which means nothing to anyone.
func short(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", filepath.Dir(p.Path), p.Err)
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return fmt.Errorf("%s: %w", l.New, l.Err)
	}
	return err
}

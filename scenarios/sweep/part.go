package sweep

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/parquet-go/parquet-go"

	"pasar/scenarios/files"
)

// A Share is part I of N of a sweep, from 1: a stretch of its cells in their order.
type Share struct{ I, N int }

// Cells are the cells of the share: from one up to but not including another.
func (s Share) Cells(all int) (from, to int) {
	return int(int64(s.I-1) * int64(all) / int64(s.N)), int(int64(s.I) * int64(all) / int64(s.N))
}

// Name is the name of the share's file.
func (s Share) Name() string { return fmt.Sprintf("part-%04d-of-%04d.parquet", s.I, s.N) }

// partColumns are those of part files: those of runs, and the series that are kept, as JSON.
func (p *Plan) partColumns() []files.Column {
	return append(bare(p.runColumns()), files.Column{Name: "kept", Kind: files.Bytes})
}

// Keys in the head of a part file.
const (
	partKey  = "part"
	partsKey = "parts"
	textKey  = "study_text"
	cellsKey = "cells"
)

// WritePart writes rows as a part file, which appears whole or not at all.
func (p *Plan) WritePart(path string, s Share, rows Rows) error {
	meta := append(p.meta(), files.Meta{Key: partKey, Value: strconv.Itoa(s.I)}, files.Meta{Key: partsKey, Value: strconv.Itoa(s.N)},
		files.Meta{Key: cellsKey, Value: strconv.Itoa(p.Size())}, files.Meta{Key: textKey, Value: string(p.Text)})
	return files.Stream(path, func(w io.Writer) error {
		t, err := files.NewTable(p.partColumns(), nil, w, p.Version, meta...)
		if err != nil {
			return err
		}
		for r, err := range rows {
			if err != nil {
				return err
			}
			b, err := json.Marshal(r.Kept)
			if err != nil {
				return err
			}
			if err := t.Row(append(p.cells(r), files.B(b))...); err != nil {
				return err
			}
		}
		return t.Close()
	})
}

// A Part is a part file.
type Part struct {
	Path string
	Share
	Identity, Version string
	Size              int    // cells of the whole sweep
	Text              []byte // of the study
}

// OpenPart reads the head of a part file.
func OpenPart(path string) (Part, error) {
	x := Part{Path: path}
	f, file, err := open(path)
	if err != nil {
		return x, err
	}
	defer f.Close()
	get := func(key string) string {
		v, _ := file.Lookup(key)
		return v
	}
	x.Identity, x.Version, x.Text = get("study_identity"), get("version"), []byte(get(textKey))
	for key, to := range map[string]*int{partKey: &x.I, partsKey: &x.N, cellsKey: &x.Size} { // each on its own
		if *to, err = strconv.Atoi(get(key)); err != nil {
			return x, fmt.Errorf("%s is not a part of a sweep", path)
		}
	}
	if x.I < 1 || x.I > x.N || x.Size < 1 {
		return x, fmt.Errorf("%s is not a part of a sweep", path)
	}
	return x, nil
}

func open(path string) (*os.File, *parquet.File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	info, err := f.Stat()
	if err == nil {
		var file *parquet.File
		if file, err = parquet.OpenFile(f, info.Size()); err == nil {
			return f, file, nil
		}
		err = fmt.Errorf("%s is not a Parquet file, or is damaged: %w", path, err)
	}
	f.Close()
	return nil, nil, err
}

// Parts finds the part files among paths, which are files, or folders of them.
func Parts(paths []string) (all []Part, err error) {
	for _, path := range paths {
		list := []string{path}
		if info, err := os.Stat(path); err != nil {
			return nil, err
		} else if info.IsDir() {
			list, _ = filepath.Glob(filepath.Join(path, "part-*-of-*.parquet")) // the pattern is well formed
		}
		for _, file := range list {
			x, err := OpenPart(file)
			if err != nil {
				return nil, err
			}
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, func(a, b Part) int { return a.I - b.I })
	return all, nil
}

// ErrDamaged is wrapped where a part does not hold what it should.
var ErrDamaged = errors.New("the part is damaged")

// ErrIncomplete is wrapped by what Complete says of parts that are missing.
var ErrIncomplete = errors.New("the sweep is not complete")

// Complete checks that parts are those of one sweep, each once.
func Complete(all []Part) error {
	if len(all) == 0 {
		return errors.New("there are no parts of a sweep; their names are like " + Share{1, 2}.Name())
	}
	a := all[0]
	var missing []int
	next := 1
	for i, b := range all {
		switch {
		case a.Identity != b.Identity || string(a.Text) != string(b.Text):
			return fmt.Errorf("%s and %s are parts of different studies", a.Path, b.Path)
		case a.Version != b.Version:
			return fmt.Errorf("%s was played by program %s and %s by %s", a.Path, a.Version, b.Path, b.Version)
		case a.N != b.N:
			return fmt.Errorf("%s is one of %d parts and %s one of %d", a.Path, a.N, b.Path, b.N)
		case b.I < next:
			return fmt.Errorf("part %d of %d is there twice: %s and %s", b.I, b.N, all[i-1].Path, b.Path)
		}
		for ; next < b.I; next++ {
			missing = append(missing, next)
		}
		next++
	}
	for ; next <= a.N; next++ {
		missing = append(missing, next)
	}
	if len(missing) > 0 {
		return fmt.Errorf("%w: of %d parts, %d are missing: %s", ErrIncomplete, a.N, len(missing), stretches(missing))
	}
	return nil
}

// stretches writes ascending numbers as 3, 5-7, 12; what does not fit is counted.
func stretches(list []int) (out string) {
	for i := 0; i < len(list); {
		j := i
		for j+1 < len(list) && list[j+1] == list[j]+1 {
			j++
		}
		if out != "" {
			out += ", "
		}
		if len(out) > 200 {
			return out + fmt.Sprintf("and %d more", len(list)-i)
		}
		out += strconv.Itoa(list[i])
		if j > i {
			out += "-" + strconv.Itoa(list[j])
		}
		i = j + 1
	}
	return out
}

// Merge writes the results of parts that are complete. They have the bytes of a sweep that was not divided.
func (p *Plan) Merge(dir string, all []Part, lang string) (*Found, error) {
	rows := p.parts(all)
	for _, n := range p.looks() {
		q := p.upTo(n)
		ended, err := q.enough(within(rows, n))
		if err != nil {
			return nil, err
		}
		if n == p.Reps || ended != nil {
			return q.Write(dir, within(rows, n), lang, ended)
		}
	}
	panic("sweep: no look is the last")
}

// parts are the rows of parts that are complete, in the order of the plan.
func (p *Plan) parts(all []Part) Rows {
	return func(yield func(Row, error) bool) {
		for _, x := range all {
			if err := p.part(x, yield); err != nil {
				if !errors.Is(err, errEnough) {
					yield(Row{}, fmt.Errorf("%w: %s: %w", ErrDamaged, x.Path, err))
				}
				return
			}
		}
	}
}

var errEnough = errors.New("no more is wanted")

// part hands out the rows of a part, and checks that they are those of its share.
func (p *Plan) part(x Part, yield func(Row, error) bool) error {
	f, file, err := open(x.Path)
	if err != nil {
		return err
	}
	defer f.Close()
	from, to := x.Cells(p.Size())
	i := from * len(p.Worlds)
	err = files.Rows(file, p.partColumns(), func(cells []files.Cell) error {
		r := p.parse(cells)
		want := p.Cell(min(i/len(p.Worlds), p.Size()-1))
		if r.Cell != want || r.World != i%len(p.Worlds) || i >= to*len(p.Worlds) {
			return fmt.Errorf("its row %d is not the run that belongs there", i-from*len(p.Worlds)+1)
		}
		if err := json.Unmarshal(cells[len(cells)-1].Bytes, &r.Kept); err != nil {
			return err
		}
		i++
		if !yield(r, nil) {
			return errEnough
		}
		return nil
	})
	if err == nil && i != to*len(p.Worlds) {
		err = fmt.Errorf("it holds %d runs instead of %d", i-from*len(p.Worlds), (to-from)*len(p.Worlds))
	}
	return err
}

// parse reads the cells of a run, as cells writes them.
func (p *Plan) parse(cells []files.Cell) Row {
	r := Row{Cell: Cell{Point: int(cells[0].Int) - 1, Rep: int(cells[1].Int) - 1, Seed: uint64(cells[2].Int)}, World: slices.Index(p.Worlds, cells[3].Text), Run: &Run{}}
	r.Run.Seed = r.Cell.Seed
	cells = cells[4+len(p.Factors):]
	r.Error, r.From, r.To = cells[1].Text, cells[2].Text, cells[3].Text
	cells = cells[4:]
	for i := range p.Outcomes {
		r.Values = append(r.Values, number(cells[i].Number))
	}
	cells = cells[len(p.Outcomes):]
	r.Events, r.Digest, r.Hash, r.Key = uint64(cells[0].Int), cells[1].Text, cells[2].Text, cells[3].Text
	return r
}

package sweep

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/store"
)

// small is a study of few and short runs: two worlds, a factor with some levels.
func small(points, reps int) *Plan {
	names := []string{"no-ban", "ban"}
	p := &Plan{
		Task: Task{
			Study: "small", Identity: "abc", Version: "v", Window: compare.Since, Worlds: names,
			Keep: []Kept{{Metric: "gmv", By: "storefront", Key: "tiktok", Weekly: true}, {Metric: "orders", By: "platforms", Key: "all"}, {Metric: "hhi", By: "owner", Weekly: true}},
		},
		Factors: []Factor{{Name: "calvo", Path: "params.sme.calvo", Unit: "probability a week"}}, Text: []byte("study: small\n"), Level: usualLevel, Human: "0", Reps: reps, Common: true, Seed: func(_, rep int) uint64 { return uint64(1 + rep) },
	}
	for _, o := range compare.Outcomes() {
		if slices.Contains([]string{"gmv", "sme_income", "hhi", "creators_quit"}, o.Name) {
			p.Outcomes = append(p.Outcomes, o)
		}
	}
	for i := range points {
		v := .3 + .1*float64(i)
		p.Points = append(p.Points, []Level{{strconv.FormatFloat(v, 'g', 3, 64), v}})
	}
	p.Load = func(world int, o load.Overrides) (*load.Scenario, error) { return load.Load(names[world], o) }
	p.Make = func(point, _ int, seed uint64) load.Overrides {
		return load.Overrides{Seed: &seed, Buyers: 150, Until: "2023-01-22", Set: []string{"params.sme.calvo=" + p.Points[point][0].Text}}
	}
	return p
}

// played are the runs of cells, each played once for all tests, unless the plan spoils them.
var played = struct {
	sync.Mutex
	runs map[string][]byte
}{runs: map[string][]byte{}}

// rows plays the cells from one to another.
func rows(t *testing.T, p *Plan, from, to int) Rows {
	return func(yield func(Row, error) bool) {
		for i := from; i < to; i++ {
			c := p.Cell(i)
			for w, r := range p.kept(t, c) {
				if !yield(Row{c, w, r}, nil) {
					return
				}
			}
		}
	}
}

func (p *Plan) kept(t *testing.T, c Cell) (runs []*Run) {
	played.Lock()
	defer played.Unlock()
	worlds, err := p.worlds(p.made(c))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range worlds {
		if b := played.runs[store.Key(s, p.Version)]; b != nil && p.spoil == nil {
			r, err := Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			runs = append(runs, r)
		}
	}
	if len(runs) == len(worlds) {
		return runs
	}
	if runs, err = p.Play(context.Background(), p.made(c)); err != nil {
		t.Fatal(err)
	}
	for _, r := range runs {
		if !r.Failed() {
			played.runs[r.Key] = r.Encode()
		}
	}
	return runs
}

func folder(t *testing.T, dir string) map[string][]byte {
	all := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		all[path[len(dir):]], err = os.ReadFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameFolders(t *testing.T, a, b string) {
	t.Helper()
	x, y := folder(t, a), folder(t, b)
	for name := range x {
		if !bytes.Equal(x[name], y[name]) {
			t.Errorf("%s: %d bytes and %d, or others", name, len(x[name]), len(y[name]))
		}
	}
	if len(x) != len(y) {
		t.Errorf("%d files and %d", len(x), len(y))
	}
}

// Parts that are merged give the bytes of a sweep that was not divided, and what is missing is named.
func TestPartsAreTheWhole(t *testing.T) {
	p := small(2, 2)
	whole := t.TempDir()
	found, err := p.Write(whole, rows(t, p, 0, p.Size()), "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if found.Runs != 8 || found.Failed != 0 {
		t.Errorf("%d runs, %d failed", found.Runs, found.Failed)
	}
	for _, n := range []int{1, 3, 7} {
		dir, out := t.TempDir(), t.TempDir()
		for i := 1; i <= n; i++ {
			s := Share{i, n}
			from, to := s.Cells(p.Size())
			if err := p.WritePart(filepath.Join(dir, s.Name()), s, rows(t, p, from, to)); err != nil {
				t.Fatal(err)
			}
		}
		parts, err := Parts([]string{dir})
		if err != nil {
			t.Fatal(err)
		}
		if err := Complete(parts); err != nil {
			t.Fatal(err)
		}
		if _, err := p.Merge(out, parts, "en"); err != nil {
			t.Fatal(err)
		}
		sameFolders(t, whole, out)
		if n < 7 {
			continue
		}
		lost := slices.Concat(parts[:2], parts[3:5], parts[6:])
		if err := Complete(lost); !errors.Is(err, ErrIncomplete) || !strings.HasSuffix(err.Error(), "2 are missing: 3, 6") {
			t.Errorf("without two parts: %v", err)
		}
		if err := Complete(append(parts, parts[n-1])); err == nil || !strings.Contains(err.Error(), "twice") {
			t.Errorf("with one part twice: %v", err)
		}
	}
}

// A world that fails takes no other with it, and its error is in the table.
func TestFailedRuns(t *testing.T) {
	p := small(2, 3)
	p.spoil = func(worlds []*load.Scenario) error {
		if worlds[0].Params.SME.Calvo == .4 && worlds[0].Seed == 3 && worlds[len(worlds)-1].Name == "ban" {
			panic("a planted mistake\nwith a second line")
		}
		return nil
	}
	dir := t.TempDir()
	f, err := p.Write(dir, rows(t, p, 0, p.Size()), "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	if f.Runs != 12 || f.Failed != 1 || len(f.Errors) != 1 || f.Errors[0] != (Failure{"running ban: a planted mistake", 1, "point 2, replication 3, scenario ban"}) {
		t.Errorf("%d runs, %d failed: %v", f.Runs, f.Failed, f.Errors)
	}
	all := folder(t, dir)
	if !strings.Contains(string(all["/runs.csv"]), "ban,0.4,failed,running ban: a planted mistake,") {
		t.Errorf("the table of runs does not tell:\n%s", all["/runs.csv"])
	}
	if !strings.Contains(string(all["/effects.csv"]), "2,0.4,ban,gmv,IDR/day,2,1,") {
		t.Errorf("the table of effects does not tell:\n%s", all["/effects.csv"])
	}
}

// The files are read by the tools that economists have, where they are installed: PASAR_PYTHON names a Python with duckdb, pandas, polars and
// pyarrow.
func TestReaders(t *testing.T) {
	python := cmp.Or(os.Getenv("PASAR_PYTHON"), "python3")
	if out, err := exec.Command(python, "-c", "import duckdb, pandas, polars, pyarrow").CombinedOutput(); err != nil {
		t.Skipf("%s has not all of duckdb, pandas, polars and pyarrow: %v\n%s", python, err, out)
	}
	p := small(2, 2)
	p.spoil = func(worlds []*load.Scenario) error {
		if worlds[0].Params.SME.Calvo == .4 && worlds[0].Seed == 2 && worlds[len(worlds)-1].Name == "ban" {
			return errors.New("a planted mistake, with a \"quotation\"")
		}
		return nil
	}
	dir := t.TempDir()
	f, err := p.Write(dir, rows(t, p, 0, p.Size()), "en", nil)
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(python, "testdata/readers.py", dir, strconv.Itoa(f.Runs)).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Logf("%s", out)
}

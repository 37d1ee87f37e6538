package sweep

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/queue"
	"pasar/scenarios/study"
)

// planned is the plan of a study of which only the points are of interest: 3 points, 2 worlds, 2 outcomes, 40 replications.
func planned(t *testing.T, more string) *Plan {
	t.Helper()
	return of(t, `study: made
scenarios: [no-ban, ban]
buyers: 200
factors: {calvo: {path: params.sme.calvo, range: [.3, .5], levels: 3}}
design: {kind: grid}
replications: 40
outcomes: [gmv, orders]
`+more)
}

// made are rows that nobody played: a run fails where value is NaN.
func made(p *Plan, value func(point, rep, world int) float64) Rows {
	return func(yield func(Row, error) bool) {
		for i := range p.Size() {
			c := p.Cell(i)
			for w := range p.Worlds {
				r := &Run{Key: p.queued(c).ID, Seed: c.Seed}
				if v := value(c.Point, c.Rep, w); math.IsNaN(v) {
					r.Error = "a planted mistake"
				} else {
					r.Values = numbers([]float64{v, 2 * v})
				}
				if !yield(Row{c, w, r}, nil) {
					return
				}
			}
		}
	}
}

// inParts writes rows as so many part files, and returns their folder.
func inParts(t *testing.T, p *Plan, rows Rows, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	for i := 1; i <= n; i++ {
		s := Share{i, n}
		from, to := s.Cells(p.Size())
		some := func(yield func(Row, error) bool) {
			at := 0
			for r, err := range rows {
				if cell := at / len(p.Worlds); cell >= from && cell < to && !yield(r, err) {
					return
				}
				at++
			}
		}
		if err := p.WritePart(filepath.Join(dir, s.Name()), s, some); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A study ends when effects are known well enough at every point, or when too many runs fail, and at fixed numbers of replications only; in
// parts as it does in one piece.
func TestStops(t *testing.T) {
	noise := func(rep int) float64 { return float64(rep*7919%13) - 6 }
	for _, c := range []struct {
		name, stop string
		value      func(point, rep, world int) float64
		reps       int
		want       *Ending
	}{
		{"no rule", "", func(_, rep, w int) float64 { return 100 + float64(w) + noise(rep) }, 40, nil},
		{"known at the first look", "stop: {precise: {outcome: gmv, share: .05}}", func(_, rep, w int) float64 { return 100 + 10*float64(w) + noise(rep) }, 8,
			&Ending{KnownWell, .05, "gmv", Look{1, 5, 8, 40}}},
		{"not known at one point", "stop: {precise: {outcome: gmv, share: .05}}", func(p, rep, w int) float64 {
			if p == 2 && w == 1 {
				return 100 + 10*noise(rep*rep+1)
			}
			return 100 + 10*float64(w) + noise(rep)
		}, 40, nil},
		{"all fail", "stop: {failed: .5}", func(_, _, _ int) float64 { return math.NaN() }, 4, &Ending{TooManyFailed, .5, "", Look{2, 4, 4, 40}}},
		{"few fail", "stop: {failed: .5}", func(p, rep, w int) float64 {
			if p == 1 {
				return math.NaN()
			}
			return float64(rep)
		}, 40, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := planned(t, c.stop)
			rows := made(p, c.value)
			var got int
			var ended *Ending
			for _, got = range p.looks() {
				q := p.upTo(got)
				var err error
				if ended, err = q.enough(made(q, c.value)); err != nil {
					t.Fatal(err)
				}
				if ended != nil {
					break
				}
			}
			if got != c.reps || !reflect.DeepEqual(ended, c.want) {
				t.Errorf("%d replications, %+v", got, ended)
			}
			whole, merged := t.TempDir(), t.TempDir()
			if _, err := p.upTo(got).Write(whole, within(rows, got), "en", ended); err != nil {
				t.Fatal(err)
			}
			parts, err := Parts([]string{inParts(t, p, rows, 7)})
			if err != nil {
				t.Fatal(err)
			}
			f, err := p.Merge(merged, parts, "en")
			if err != nil || !reflect.DeepEqual(f.Ended, c.want) {
				t.Fatalf("%v, %+v", err, f)
			}
			sameFolders(t, whole, merged)
			if err := p.Claim(merged); err != nil { // why there are fewer runs than the study has stands with its results
				t.Fatal(err)
			}
			of, err := OpenFolder(merged)
			if err != nil {
				t.Fatal(err)
			}
			if s, ok := of.Over(merged); !ok || !reflect.DeepEqual(s.Ended, c.want) || s.Done != 3*c.reps || s.Cells != 3*40 || s.FailedRuns != f.Failed {
				t.Errorf("it is over: %v, %+v", ok, s)
			}
			of.Reps++
			if _, ok := of.Over(merged); ok {
				t.Error("a study that has grown is over")
			}
		})
	}
}

// A part file that was cut, or is not of the sweep, is refused.
func TestDamagedParts(t *testing.T) {
	p := planned(t, "")
	rows := made(p, func(point, rep, world int) float64 { return float64(100*point + 10*rep + world) })
	dir := t.TempDir()
	path := filepath.Join(dir, Share{1, 1}.Name())
	if err := p.WritePart(path, Share{1, 1}, rows); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b[:len(b)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Parts([]string{dir}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("half a part: %v", err)
	}
	if err := p.WritePart(path, Share{1, 1}, within(rows, 39)); err != nil {
		t.Fatal(err)
	}
	parts, err := Parts([]string{dir})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Merge(t.TempDir(), parts, "en"); err == nil || !strings.Contains(err.Error(), "is not the run that belongs there") {
		t.Errorf("a part without some runs: %v", err)
	}
}

// Workers play what the study means: scenarios of the task are those of the study, also where they are in files, and a study that has grown has
// the same task and keeps its cells.
func TestTasks(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"hard.yaml": "scenario: hard\nextends: ban\nparams: {sme: {wage: 20000}}\n",
		"study.yaml": `study: mine
scenarios: [no-ban, ./hard.yaml, {scenario: pilot, name: kinder, set: [params.sme.outside=700000]}]
buyers: 300
factors:
  calvo: {path: params.sme.calvo, range: [.3, .5]}
  cap: {path: pilot.caps.share_of_pre, values: [.1, .2], in: [kinder]}
design: {kind: halton, points: 5}
replications: 2
outcomes: [gmv]
`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s, err := study.Load(filepath.Join(dir, "study.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPlan(s, "v", "0")
	if err != nil {
		t.Fatal(err)
	}
	task, err := ReadTask(p.Job, "v")
	if err != nil {
		t.Fatal(err)
	}
	same := func(a, b *load.Scenario, err error) {
		t.Helper()
		if err != nil || a.Hash != b.Hash || a.Seed != b.Seed {
			t.Errorf("another scenario: %v", err)
		}
	}
	for i := range p.Size() {
		c := p.Cell(i)
		for w := range p.Worlds {
			want, err := s.Scenario(c.Point, w, c.Seed)
			if err != nil {
				t.Fatal(err)
			}
			got, err := task.Load(w, p.Make(c.Point, w, c.Seed))
			same(want, got, err)
		}
	}
	grown, err := s.Grow(3, 9)
	if err != nil {
		t.Fatal(err)
	}
	q, err := NewPlan(grown, "v", "0")
	if err != nil {
		t.Fatal(err)
	}
	if string(q.Job) != string(p.Job) || q.QueueID() != p.QueueID() || q.Size() != 27 {
		t.Errorf("a study that has grown has another task:\n%s\n%s", p.Job, q.Job)
	}
	var ids []string
	for i := range q.Size() {
		ids = append(ids, q.queued(q.Cell(i)).ID)
	}
	for i := range p.Size() {
		if !slices.Contains(ids, p.queued(p.Cell(i)).ID) {
			t.Errorf("cell %d is another one", i)
		}
	}
	if slices.Sort(ids); len(slices.Compact(ids)) != 27 {
		t.Error("two cells have one name")
	}
}

// A cell that is given up has failed runs with the reason; played again, the results are those of a sweep in which nothing failed, and whoever
// collects once more, or asks for less, finds all of it in the queue.
func TestGivenUp(t *testing.T) {
	p := planned(t, keepOne).upTo(4)
	write := func(p *Plan, k *queue.Coordinator) (string, *Found) {
		t.Helper()
		dir := t.TempDir()
		all, err := p.collect(t.Context(), k, dir, Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer all.close()
		f, err := p.Write(dir, all.rows(), "en", nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{partsDir, standFile} { // Run does so
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				t.Fatal(err)
			}
		}
		return dir, f
	}
	sound, work := served(t, p)
	work(p.madeUp)
	want, _ := write(p, sound)

	k, work := served(t, p)
	var broken atomic.Bool
	broken.Store(true)
	work(func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
		if j.Cell.ID == p.queued(p.Cell(5)).ID && broken.Load() {
			return nil, queue.Permanent(errors.New("the disk of this machine is full\nand more"))
		}
		return p.madeUp(ctx, j)
	})
	_, f := write(p, k)
	if f.Runs != 24 || f.Failed != 2 || len(f.Errors) != 1 || f.Errors[0] != (Failure{"given up at attempt 1: the disk of this machine is full", 2, "point 2, replication 2, scenario no-ban"}) {
		t.Errorf("%d runs, %d failed: %+v", f.Runs, f.Failed, f.Errors)
	}
	broken.Store(false)
	if n, err := k.RetryFailed(t.Context()); n != 1 || err != nil {
		t.Fatalf("%d cells are played again: %v", n, err)
	}
	again, f := write(p, k)
	if f.Failed != 0 {
		t.Errorf("%d still fail", f.Failed)
	}
	sameFolders(t, want, again)
	write(p.upTo(2), k) // the queue has more than is asked for
	grown, _ := write(p.upTo(6), k)
	less, _ := write(p, k)
	sameFolders(t, want, less)
	for line := range bytes.Lines(folder(t, want)["/runs.csv"]) {
		if !bytes.Contains(folder(t, grown)["/runs.csv"], line) {
			t.Fatalf("a run is another one in the larger study: %s", line)
		}
	}
}

// Five hundred parts give the bytes of the whole, also where most of them are empty: PASAR_NIGHTLY=1.
func TestFiveHundredParts(t *testing.T) {
	if os.Getenv("PASAR_NIGHTLY") == "" {
		t.Skip("nightly: it writes 500 files to disk, one by one")
	}
	p := planned(t, "")
	rows := made(p, func(point, rep, world int) float64 { return float64(100*point+10*rep) + .1*float64(world) })
	whole, merged := t.TempDir(), t.TempDir()
	if _, err := p.Write(whole, rows, "en", nil); err != nil {
		t.Fatal(err)
	}
	parts, err := Parts([]string{inParts(t, p, rows, 500)})
	if err == nil {
		err = Complete(parts)
	}
	if err == nil {
		_, err = p.Merge(merged, parts, "en")
	}
	if err != nil {
		t.Fatal(err)
	}
	sameFolders(t, whole, merged)
}

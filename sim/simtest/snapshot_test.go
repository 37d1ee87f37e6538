package simtest

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"unsafe"

	"pasar/sim"
)

// oneProcess are the layouts that a snapshot can be taken of.
var oneProcess = []Layout{{Shards: 1}, {Shards: 2}, {Shards: 3}, {Shards: 8}, {Actors: true}}

// snapshots plays a model in every layout up to stop, restores what it then was into every other, and lets both go on.
// Hashes and histories must be one, whatever the layouts; books are those of the last world built. Under the race detector, which asks what
// goroutines do and not whether numbers are right, a layout is restored into itself and the next.
func snapshots[M any](t *testing.T, o sim.Options[M], stop sim.Time, build func(sim.Options[M]) *sim.World[M], same func(a, b *sim.World[M])) {
	t.Helper()
	world := func(l Layout, seed uint64) *sim.World[M] { return Spread(l, seed, nil, o, build).Worlds[0] }
	run := func(w *sim.World[M], until sim.Time) sim.Digest {
		d, err := w.RunTo(t.Context(), until)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	hash := func(w *sim.World[M]) [32]byte {
		sum, err := w.StateHash()
		if err != nil {
			t.Fatal(err)
		}
		return sum
	}
	plain := world(oneProcess[0], 1)
	want := run(plain, o.Until)
	var then [32]byte
	for i, from := range oneProcess {
		a := world(from, 2)
		before := run(a, stop)
		if i == 0 {
			then = hash(a)
		}
		if hash(a) != then {
			t.Errorf("%v: another state at %d", from, stop)
		}
		var shot bytes.Buffer
		if err := a.Snapshot(&shot); err != nil {
			t.Fatal(err)
		}
		for k, to := range oneProcess {
			if n := len(oneProcess); testing.Short() && (k-i+n)%n > 1 {
				continue
			}
			b := world(to, 3)
			if err := b.Restore(shot.Bytes()); err != nil {
				t.Fatalf("%v to %v: %v", from, to, err)
			}
			if b.Digest() != before || b.Events() != a.Events() || b.Now() != stop || hash(b) != then {
				t.Errorf("%v to %v: a restored world differs before it goes on", from, to)
			}
			run(b, stop+(o.Until-stop)/2) // and it can stop again
			if got := run(b, o.Until); got != want || !slices.Equal(b.Digests(), plain.Digests()) || hash(b) != hash(plain) {
				t.Errorf("%v to %v: digest %v, not %v", from, to, got, want)
			}
			same(plain, b)
		}
		if got := run(a, o.Until); got != want {
			t.Errorf("%v: a snapshot changes what follows: %v, not %v", from, got, want)
		}
	}
}

// A world restored from its snapshot goes on as it would have, on any number of goroutines: plain states and others, notices,
// tallies, far and near events.
func TestSnapshot(t *testing.T) {
	o := sim.Options[Jump]{Seed: 7, Window: hour, Until: 200 * day, Period: day, Lag: 2 * hour, Cells: 1, Topics: 1}
	for _, stop := range []sim.Time{0, hour, 10*day + 5*hour, 120 * day} { // blocks of the queue are 1024 windows
		snapshots(t, o, stop, func(o sim.Options[Jump]) *sim.World[Jump] {
			w := sim.New(o)
			sim.Add(w, 1, 20, sim.Agent[ledger, Jump](&clerks{n: 30}))
			p := PHOLD{Agents: 20, Start: 1, Remote: .5, Window: hour, Mean: float64(60 * day)}
			sim.Add(w, 2, 10, sim.Agent[Token, Jump](&p))
			return w
		}, func(a, b *sim.World[Jump]) {
			if !alike(a.Posted(0), b.Posted(0)) {
				t.Errorf("at %d: other notices", stop)
			}
			for p := range int64(200) {
				if !slices.Equal(a.Closed(p), b.Closed(p)) {
					t.Errorf("at %d: day %d: %v and %v", stop, p, a.Closed(p), b.Closed(p))
				}
			}
		})
	}
}

// PHOLD at the size of a short benchmark goes on as well.
func TestSnapshotPHOLD(t *testing.T) {
	p := DefaultPHOLD()
	p.Agents = 300
	snapshots(t, sim.Options[Jump]{Seed: 3, Until: 40 * p.Window}, 17*p.Window, func(o sim.Options[Jump]) *sim.World[Jump] {
		w, _ := NewPHOLD(p, o)
		return w
	}, func(*sim.World[Jump], *sim.World[Jump]) {})
}

// Books balance after a restore, and audits find nothing, wherever the money is.
func TestSnapshotBank(t *testing.T) {
	var books []*book
	o, build := bank(Savers{n: 40, rest: float64(day) / 2}, &books)
	o.Seed, o.Until = 3, 20*day
	snapshots(t, o, 9*day+3*hour, build, func(a, b *sim.World[Pay]) {
		first, last := books[0].lines, books[len(books)-1].lines
		if len(first) != 19 || len(last) != 10 || !slices.Equal(first[9:], last) {
			t.Errorf("books differ: %v\n%v", first, last)
		}
	})
}

// Notices are those posted last before the snapshot, with their author and window.
func TestSnapshotNotices(t *testing.T) {
	o := sim.Options[Jump]{Window: hour, Until: 40 * hour, Topics: topics}
	for _, every := range []sim.Time{hour, 5 * hour} {
		snapshots(t, o, 20*hour, func(o sim.Options[Jump]) *sim.World[Jump] {
			w := sim.New(o)
			sim.Add(w, 1, 70, sim.Agent[seen, Jump](&criers{every: every, mu: &sync.Mutex{}, made: map[int64]int{}}))
			return w
		}, func(a, b *sim.World[Jump]) {
			for i := range sim.Topic(topics) {
				if !alike(a.Posted(i), b.Posted(i)) {
					t.Errorf("topic %d: %v and %v", i, a.Posted(i), b.Posted(i))
				}
			}
		})
	}
}

// padded is a plain state with bytes between its fields that nobody sets.
type padded struct {
	A bool
	B uint64
	C [2]struct {
		D uint8
		E float32
	}
}

type padders struct{ soil byte }

// Born sets the fields of a state and, through its memory, what is between them.
func (p padders) Born(t *sim.Turn[Jump], s *padded) {
	for i := range unsafe.Sizeof(*s) {
		*(*byte)(unsafe.Add(unsafe.Pointer(s), i)) = p.soil
	}
	s.A, s.B = true, uint64(t.Self)
	s.C[0].D, s.C[0].E, s.C[1].D, s.C[1].E = 1, 2, 3, 4
}

func (padders) React(*sim.Turn[Jump], *padded, *sim.Event[Jump]) {}

// What lies between the fields of a state is not part of it.
func TestSnapshotPadding(t *testing.T) {
	var hashes [2][32]byte
	for i := range hashes {
		w := sim.New(sim.Options[Jump]{Window: hour, Until: hour})
		g := sim.Add(w, 1, 3, sim.Agent[padded, Jump](padders{byte(i * 255)}))
		if _, err := w.RunTo(t.Context(), hour); err != nil {
			t.Fatal(err)
		}
		var shot bytes.Buffer
		if err := w.Snapshot(&shot); err != nil {
			t.Fatal(err)
		}
		b := sim.New(sim.Options[Jump]{Window: hour, Until: hour})
		sim.Add(b, 1, 3, sim.Agent[padded, Jump](padders{}))
		if err := b.Restore(shot.Bytes()); err != nil {
			t.Fatal(err)
		}
		for k, s := range sim.State[padded](b, g) {
			if s != sim.State[padded](w, g)[k] || s.B != uint64(k) {
				t.Errorf("agent %d: %+v", k, s)
			}
		}
		var err error
		if hashes[i], err = w.StateHash(); err != nil {
			t.Fatal(err)
		}
	}
	if hashes[0] != hashes[1] {
		t.Error("bytes between fields are in the hash")
	}
}

// A snapshot is refused where the world is another, and says what differs; damage is found before anything is read.
func TestSnapshotRefused(t *testing.T) {
	o := sim.Options[Jump]{Seed: 1, Window: hour, Until: day, Period: day, Lag: hour, Cells: 1, Topics: 1}
	build := func(n int, change func(*sim.Options[Jump])) *sim.World[Jump] {
		o := o
		change(&o)
		w := sim.New(o)
		sim.Add(w, 1, n, sim.Agent[nothing, Jump](stage{}))
		return w
	}
	keep := func(*sim.Options[Jump]) {}
	from := build(3, keep)
	var shot bytes.Buffer
	if err := from.Snapshot(&shot); err == nil || !strings.Contains(err.Error(), "has not begun") {
		t.Errorf("a snapshot of a world that has not begun: %v", err)
	}
	if _, err := from.RunTo(t.Context(), 5*hour); err != nil {
		t.Fatal(err)
	}
	if err := from.Snapshot(&shot); err != nil {
		t.Fatal(err)
	}
	restore := func(w *sim.World[Jump]) error { return w.Restore(shot.Bytes()) }
	if err := restore(build(3, func(o *sim.Options[Jump]) { o.Until = 2 * day })); err != nil {
		t.Error(err)
	}
	for want, w := range map[string]*sim.World[Jump]{ // independent
		"has begun":             from,
		"4 agents from 0":       build(4, keep),
		"seed 1, here seed 2":   build(3, func(o *sim.Options[Jump]) { o.Seed = 2 }),
		"window 1000, here":     build(3, func(o *sim.Options[Jump]) { o.Window *= 2; o.Lag *= 2 }),
		"lag 1000, here lag 0":  build(3, func(o *sim.Options[Jump]) { o.Lag = 0 }),
		"period 24000, here":    build(3, func(o *sim.Options[Jump]) { o.Period *= 2 }),
		"cells 1, here cells 2": build(3, func(o *sim.Options[Jump]) { o.Cells = 2 }),
		"topics 1, here":        build(3, func(o *sim.Options[Jump]) { o.Topics = 2 }),
	} {
		if err := restore(w); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
	other := sim.New(o)
	sim.Add(other, 1, 3, sim.Agent[padded, Jump](padders{}))
	if err := restore(other); err == nil || !strings.Contains(err.Error(), "padded") {
		t.Errorf("states of another type: %v", err)
	}
	for i := range shot.Len() {
		bad := slices.Clone(shot.Bytes())
		bad[i] ^= 1 << (i % 8)
		if build(3, keep).Restore(bad) == nil {
			t.Fatalf("byte %d of %d flipped: restored", i, shot.Len())
		}
		if build(3, keep).Restore(shot.Bytes()[:i]) == nil {
			t.Fatalf("cut to %d bytes: restored", i)
		}
	}
	two := Spread(Layout{Shards: 2, Procs: 2}, 1, nil, o, func(o sim.Options[Jump]) *sim.World[Jump] {
		w := sim.New(o)
		sim.Add(w, 1, 3, sim.Agent[nothing, Jump](stage{}))
		return w
	})
	to(t, two, 5*hour)
	if err := two.Worlds[0].Snapshot(&shot); err == nil || !strings.Contains(err.Error(), "2 processes") {
		t.Errorf("a snapshot of half a world: %v", err)
	}
}

// torn is a state that can be written and not read.
type torn struct{ _ *int }

func (*torn) Append(b []byte) []byte { return append(b, 1) }
func (*torn) Read([]byte) error      { return errors.New("it is torn") }

type tearers struct{}

func (tearers) Born(*sim.Turn[Jump], *torn)                    {}
func (tearers) React(*sim.Turn[Jump], *torn, *sim.Event[Jump]) {}

// A state that cannot be read names its agent, and its world does not run.
func TestSnapshotOfATornState(t *testing.T) {
	build := func() *sim.World[Jump] {
		w := sim.New(sim.Options[Jump]{Window: hour, Until: day})
		sim.Add(w, 1, 2, sim.Agent[nothing, Jump](stage{}))
		sim.Add(w, 2, 2, sim.Agent[torn, Jump](tearers{}))
		return w
	}
	from, w := build(), build()
	if _, err := from.RunTo(t.Context(), hour); err != nil {
		t.Fatal(err)
	}
	var shot bytes.Buffer
	if err := from.Snapshot(&shot); err != nil {
		t.Fatal(err)
	}
	if err := w.Restore(shot.Bytes()); err == nil || !strings.Contains(err.Error(), "agent 2: it is torn") {
		t.Errorf("restored: %v", err)
	}
	if _, err := w.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "torn") {
		t.Errorf("it runs: %v", err)
	}
}

package play

import (
	"testing"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// scenario loads one of the library at a small scale.
func scenario(t *testing.T, ref string, buyers int, until string, set ...string) *load.Scenario {
	t.Helper()
	s, err := load.Load(ref, load.Overrides{Buyers: buyers, Until: until, Set: set})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// written loads a scenario from text.
func written(t *testing.T, text string, buyers int, until string) *load.Scenario {
	t.Helper()
	s, err := load.Parse("test.yaml", []byte(text), load.Overrides{Buyers: buyers, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// played plays a scenario on one goroutine, shown to a recorder if there is one. more may change the world before it begins.
func played(t *testing.T, s *load.Scenario, rec sim.Recorder[market.Msg], more ...func(*market.World)) (*Result, *market.World) {
	t.Helper()
	m := NewMarket(s)
	w := World(s, m, sim.Options[market.Msg]{Recorder: rec})
	for _, change := range more {
		change(w)
	}
	d, err := w.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r := &Result{Scenario: s, Market: m, Digest: d}
	r.collect(w)
	return r, w
}

// worldOn plays a scenario up to the beginning of a date. Worlds that are one with it until then may go on from there, see goesOn.
func worldOn(t *testing.T, s *load.Scenario, date string) *market.World {
	t.Helper()
	w := World(s, NewMarket(s), sim.Options[market.Msg]{})
	if _, err := w.RunTo(t.Context(), second(t, date+" 00:00:00")); err != nil {
		t.Fatal(err)
	}
	return w
}

// goesOn lets a world go on where another stands: nine days before their entries differ, as agents look ahead (see byPlan). That such
// a world is as if played alone is what TestFamilyIsAsAlone holds.
func goesOn(t *testing.T, before *market.World) func(*market.World) {
	return func(w *market.World) {
		t.Helper()
		if err := w.Resume(before); err != nil {
			t.Fatal(err)
		}
	}
}

// tape makes a function of an event a Recorder, for one shard.
type tape func(e *market.Event)

// Record implements sim.Recorder.
func (f tape) Record(_ int, _ int64, events []market.Event) {
	for i := range events {
		f(&events[i])
	}
}

// day is the day of the clock of a date, written 2006-01-02.
func day(t *testing.T, date string) int64 { return market.DayOf(second(t, date+" 00:00:00")) }

// second is the second of the clock of a moment in Jakarta, written 2006-01-02 15:04:05.
func second(t *testing.T, moment string) sim.Time {
	t.Helper()
	at, err := time.ParseInLocation(time.DateTime, moment, market.WIB)
	if err != nil {
		t.Fatal(err)
	}
	return market.Clock.At(at)
}

// sums adds up cells over days from ... to-1.
func (r *Result) sums(from, to int64, cells ...sim.Cell) (n int64) {
	for d := from; d < to; d++ {
		for _, c := range cells {
			n += r.Days[d][c]
		}
	}
	return n
}

// storefront is the cells of a storefront's GMV by processor.
func storefront(c market.Channel) (cells []sim.Cell) {
	for via := range market.Direct {
		cells = append(cells, market.GMVCell(c, via))
	}
	return cells
}

package play

import (
	"context"
	"fmt"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/record"
)

// From is a moment of a recorded run from which another run goes on. Up to then the two must be one; see diff.First.
type From struct {
	Recording *Recording
	At        sim.Time
}

// Begin is the time of the recorded state that the run goes on from: what happened earlier is not played.
func (f *From) Begin() (t sim.Time) {
	for _, at := range f.Recording.States() {
		if at <= f.At {
			t = at
		}
	}
	return t
}

// take makes a world into the one that was recorded, and the result into what was read off it by then. If the new run is recorded, what
// was recorded of the other is its beginning.
func (f *From) take(ctx context.Context, r *Result, w *market.World, rec *record.Recorder[market.Msg]) error {
	if err := f.Recording.before(ctx, r, f.Begin()); err != nil {
		return err
	}
	if rec != nil {
		rec.Continue(ctx, f.Recording.Recording, f.At)
	}
	if err := f.Recording.Seek(ctx, w, f.At); err != nil {
		return fmt.Errorf("going on from the recorded run: %w", err)
	}
	return nil
}

// before gives a result what was read off the recorded world before a moment at the beginning of a window: the weeks that the Desk
// had posted of tracked agents, and how many events there were.
func (r *Recording) before(ctx context.Context, x *Result, until sim.Time) error {
	if until == 0 {
		return nil
	}
	var told []market.Tracking
	for w, err := range r.Windows(ctx, 0) {
		if err != nil {
			return err
		}
		if sim.Time(w.N)*r.Scenario.Window >= until {
			break
		}
		for i := range w.Events {
			e := &w.Events[i]
			if e.Kind&sim.Quiet == 0 {
				x.Taken++
			}
			switch {
			case e.To != x.Market.Desk:
			case e.Kind == market.Told|sim.Quiet:
				told = append(told, market.Tracking{Agent: e.From, Trace: *market.Bodily[market.Trace](&e.Msg)})
			case e.From == e.To && e.At%market.Week == market.CountHour:
				day := w.N * int64(r.Scenario.Window) / int64(market.Day)
				x.Sample = append(x.Sample, Week{day, market.Latest(told), w.N})
				told = nil
			}
		}
	}
	return nil
}

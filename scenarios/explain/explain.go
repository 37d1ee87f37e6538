// Package explain tells why things happened in a run. The log of events is all it needs: what an event was a reaction to, which entry
// of the scenario or rule it hung on, what an agent lived through, and where two runs part.
//
// A run is read from its recording if it has one. Without one it is played again from its receipt, which gives the same answers and
// takes as long as the run did.
package explain

import (
	"context"
	"fmt"
	"iter"
	"os"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/runs"
	"pasar/sim"
)

// A Run is one whose events can be read, for one goroutine at a time.
type Run struct {
	Scenario *load.Scenario
	Market   *market.Market // what everyone in it knows
	Recorded bool           // else its events are played each time they are asked for
	Another  bool           // it was made by another program, by which it may have played otherwise
	Progress func(play.Progress)

	Goroutines int // that play it again in Record; 0: one for each core, at least two

	source source
	rec    *play.Recording // of source, if it is one
	tmp    string          // its folder, to be deleted
	last   []market.Event  // of the window that was read last, for Trace
}

// Open opens a run by its recording, or else by its receipt. Version is that of this program.
func Open(ctx context.Context, f *runs.Folder, version string) (*Run, error) {
	if dir, ok := f.Recording(); ok {
		rec, err := play.OpenRecording(ctx, dir)
		if err != nil {
			return nil, err
		}
		return &Run{Scenario: rec.Scenario, Market: known(rec.Scenario), Recorded: true, Another: rec.About.Version != version, rec: rec, source: recorded{rec}}, nil
	}
	if f.Receipt == nil {
		return nil, fmt.Errorf("%s has neither a recording nor a receipt to play it again from", f.Dir)
	}
	s, err := load.Parse(f.Dir, []byte(f.Receipt.Effective), load.Overrides{})
	if err != nil {
		return nil, err
	}
	r := Of(s)
	r.Another = f.Receipt.Version != version
	return r, nil
}

// Of is the run of a scenario, to be played when it is asked for.
func Of(s *load.Scenario) *Run {
	r := &Run{Scenario: s, Market: known(s)}
	r.source = played{r}
	return r
}

// random tells whether the run can be read from anywhere without playing it from the start.
func (r *Run) random() bool {
	_, live := r.source.(played)
	return !live
}

// known is what everyone knows in a scenario, with the addresses of all agents.
func known(s *load.Scenario) *market.Market {
	m := play.NewMarket(s)
	play.World(s, m, sim.Options[market.Msg]{})
	return m
}

// Close lets the recording go.
func (r *Run) Close() {
	if r.rec != nil {
		r.rec.Close()
	}
	if r.tmp != "" {
		os.RemoveAll(r.tmp)
	}
}

// Record plays a run that has no recording, and records it in a folder of its own until Close. From then on it is read from there.
func (r *Run) Record(ctx context.Context) error {
	dir, err := os.MkdirTemp("", "pasar-explain-*")
	if err != nil {
		return err
	}
	r.tmp = dir
	x, err := play.Run(ctx, r.Scenario, play.Options{Goroutines: r.Goroutines, Record: &play.Record{Dir: dir}, Progress: r.Progress})
	if err == nil {
		err = x.Lost
	}
	if err != nil {
		return err
	}
	if r.rec, err = play.OpenRecording(ctx, dir); err == nil {
		r.source = recorded{r.rec}
	}
	return err
}

// A source gives the events of a run, for Windows.
type source interface {
	windows(ctx context.Context, from sim.Time, yield func([]market.Event, error) bool)
}

// Windows are the events of each window from the one that holds from, in the order of the kernel: by receiver, then by time. They
// must not be kept. An error is the last thing that is given.
func (r *Run) Windows(ctx context.Context, from sim.Time) iter.Seq2[[]market.Event, error] {
	return func(yield func([]market.Event, error) bool) { r.source.windows(ctx, from, yield) }
}

// recorded reads a recording.
type recorded struct{ *play.Recording }

func (r recorded) windows(ctx context.Context, from sim.Time, yield func([]market.Event, error) bool) {
	for w, err := range r.Windows(ctx, from) {
		if !yield(w.Events, err) {
			return
		}
	}
}

// played plays the world each time, on one goroutine, and gives its windows as they come.
type played struct{ run *Run }

func (p played) windows(ctx context.Context, from sim.Time, yield func([]market.Event, error) bool) {
	s := p.run.Scenario
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	over := false
	o := sim.Options[market.Msg]{Recorder: each(func(events []market.Event) {
		if !over && events[0].At/s.Window >= from/s.Window && !yield(events, nil) {
			over = true
			stop()
		}
	})}
	if tell := p.run.Progress; tell != nil {
		o.Progress = func(now sim.Time, events uint64) {
			tell(play.Progress{Now: market.Clock.Date(now), Share: float64(now) / float64(s.End), Events: events})
		}
	}
	w := play.World(s, play.NewMarket(s), o)
	if _, err := w.Run(ctx); err != nil && !over {
		yield(nil, err)
	}
}

// each makes a function a Recorder for a world of one goroutine.
type each func([]market.Event)

// Record implements sim.Recorder.
func (f each) Record(_ int, _ int64, events []market.Event) { f(events) }

// Entry is the entry of the scenario with a number, as events name it in Why; nil for 0.
func (r *Run) Entry(why uint32) *load.Entry {
	if why == 0 || int(why) > len(r.Scenario.Entries) {
		return nil
	}
	return &r.Scenario.Entries[why-1]
}

// sizes are the numbers of buyers and SMEs, spare ones left out.
func (r *Run) sizes() (buyers, smes int) {
	buyers, smes, _ = play.Sizes(r.Scenario)
	return buyers, smes
}

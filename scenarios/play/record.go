package play

import (
	"context"
	"encoding/json"
	"fmt"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
	"pasar/sim/record"
)

// Record says where and how a run is recorded.
type Record struct {
	Dir     string // a folder of its own; a recording that is there is replaced
	Each    int    // days between recorded states of the world; 0: none
	Limit   int64  // bytes on disk; 0: record.DefaultLimit
	Durable bool   // survives a power cut; slower
}

// spare is the room that a recording leaves on its disk, so that the results of the run can still be written.
const spare = 64 << 20

// About is what a recording says of its run.
type About struct {
	Run       string `json:"run"`
	Scenario  string `json:"scenario"`
	Hash      string `json:"hash"`
	Seed      uint64 `json:"seed"`
	Version   string `json:"version"` // of the program, as in the receipt
	Effective string `json:"effective"`
}

// record begins the recording of a run, if there is to be one.
func (o *Options) record(s *load.Scenario) (*record.Recorder[market.Msg], error) {
	if o.Record == nil {
		return nil, nil
	}
	if o.Procs > 1 {
		return nil, fmt.Errorf("a run of %d processes cannot be recorded: each sees its own events only", o.Procs)
	}
	about, err := json.Marshal(About{o.ID, s.Name, s.Hash, s.Seed, o.Version, string(s.Effective)})
	if err != nil {
		return nil, fmt.Errorf("recording: %w", err)
	}
	return record.New[market.Msg](o.Record.Dir, record.Options{
		Run: o.ID, Window: s.Window, About: about, Limit: o.Record.Limit, Spare: spare, Durable: o.Record.Durable,
	})
}

// recorded plays a world to its end and, if it is recorded, stops now and then to record its state.
func (o *Options) recorded(ctx context.Context, w *market.World, until sim.Time, rec *record.Recorder[market.Msg]) (d sim.Digest, lost, err error) {
	if rec == nil {
		d, err = w.Run(ctx)
		return d, nil, err
	}
	each := sim.Time(o.Record.Each) * market.Day
	for at := (w.Now()/max(each, 1) + 1) * each; each > 0 && at < until && err == nil; at += each {
		if d, err = w.RunTo(ctx, at); err == nil && rec.Err() == nil {
			lost = rec.Snapshot(w)
		}
	}
	if err == nil {
		d, err = w.Run(ctx)
	}
	if err != nil {
		lost = rec.Cut()
	} else if e := rec.Seal(until); lost == nil {
		lost = e
	}
	return d, lost, err
}

// observers shows events to several recorders.
type observers []sim.Recorder[market.Msg]

// Record implements sim.Recorder.
func (o observers) Record(shard int, window int64, events []market.Event) {
	for _, r := range o {
		r.Record(shard, window, events)
	}
}

// A Recording is a recorded run, and the scenario that was played.
type Recording struct {
	*record.Recording[market.Msg]
	About    About
	Scenario *load.Scenario
}

// OpenRecording opens the recording in a folder. The caller closes it.
func OpenRecording(ctx context.Context, dir string) (*Recording, error) {
	r, err := record.Open[market.Msg](ctx, dir)
	if err != nil {
		return nil, err
	}
	x := &Recording{Recording: r}
	if err := json.Unmarshal(r.About(), &x.About); err != nil {
		r.Close()
		return nil, fmt.Errorf("recording in %s: what it says of its run: %w", dir, err)
	}
	x.Scenario, err = load.Parse("the scenario of "+dir, []byte(x.About.Effective), load.Overrides{Seed: &x.About.Seed})
	if err != nil {
		r.Close()
		return nil, err
	}
	return x, nil
}

// Market is what everyone in the recorded world knows.
func (r *Recording) Market() *market.Market {
	m := NewMarket(r.Scenario)
	World(r.Scenario, m, sim.Options[market.Msg]{}) // gives the market its groups
	return m
}

// At is the recorded world as it stood before the window that holds t, on one goroutine; see record.Recording.Seek. The market is what
// everyone in it knows.
func (r *Recording) At(ctx context.Context, t sim.Time) (*market.World, *market.Market, error) {
	m := NewMarket(r.Scenario)
	w := World(r.Scenario, m, sim.Options[market.Msg]{})
	return w, m, r.Seek(ctx, w, t)
}

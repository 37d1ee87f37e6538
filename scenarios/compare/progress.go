package compare

import (
	"time"

	"pasar/scenarios/diff"
	"pasar/scenarios/play"
	"pasar/scenarios/stats"
	"pasar/sim"
)

// stage begins a stage of so many runs.
func (e *engine) stage(s Stage, runs int) {
	e.tell(func(p *Progress) {
		p.Stage, p.Total = s, runs
		if s != Playing {
			p.Done, p.Stored = 0, 0
		}
	})
}

// estimate is how much simulated time the comparison plays.
func (e *engine) estimate() sim.Time {
	all := e.c.Scenarios
	family := play.Family{First: diff.First}.Work(all)
	return family*sim.Time(e.o.Reps) + all[0].End*sim.Time(len(all)*e.o.Checked) + family*sim.Time(2*min(e.o.Range, e.o.Reps)*len(Key())+min(e.o.Why, e.o.Reps)*len(e.o.asked()))
}

// tick counts simulated time.
func (e *engine) tick(d sim.Time) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.played += d
	e.report(500 * time.Millisecond)
}

// tell changes what is known of the progress.
func (e *engine) tell(change func(*Progress)) {
	e.mu.Lock()
	defer e.mu.Unlock()
	change(&e.now)
	e.report(0)
}

// report tells how far the comparison has come, unless it told a moment ago.
func (e *engine) report(every time.Duration) {
	if e.o.Progress == nil || time.Since(e.told) < every {
		return
	}
	e.told = time.Now()
	p := e.now
	p.Elapsed = time.Since(e.begin)
	if e.work > 0 {
		p.Share = min(float64(e.played)/float64(e.work), 1)
	}
	if p.Share > 0 {
		p.Left = time.Duration(float64(p.Elapsed) * (1 - p.Share) / p.Share)
	}
	p.SoFar = nil
	for i, pair := range e.c.Pairs {
		if base, other := e.pairs(i, e.headline().Column, 0); len(base) > 0 {
			p.SoFar = append(p.SoFar, SoFar{e.c.Worlds[pair.World].Name, e.headline().Unit, stats.PairT(base, other, e.c.Level)})
		}
	}
	e.o.Progress(p)
}

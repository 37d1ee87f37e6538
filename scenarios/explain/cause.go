package explain

import (
	"context"
	"fmt"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Path is why an event happened: itself, what that was a reaction to, and so on, back to what is nobody's reaction.
type Path struct {
	Steps []Step // the event first
	Entry *load.Entry
	// Entry is what the Desk carried out when it said the last step; nil: the last step was said when its sender was born, and is part
	// of the initial state.
}

// A Step is an event on a path.
type Step struct {
	market.Event
	Rule *load.Entry // the entry it hung on, if its own cause did not name the same one already
}

// Named lists the entries that a path names, nearest first: by a rule that somebody obeyed on the way, or as its end.
func (p *Path) Named() (list []*load.Entry) {
	for i := range p.Steps {
		if e := p.Steps[i].Rule; e != nil {
			list = append(list, e)
		}
	}
	return list
}

// Find is the event with a mark.
func (r *Run) Find(ctx context.Context, mark Mark) (*market.Event, error) {
	events, err := r.window(ctx, mark.At)
	if err != nil {
		return nil, err
	}
	for i := range events {
		if MarkOf(&events[i]) == mark {
			return &events[i], nil
		}
	}
	return nil, fmt.Errorf("the run has no event %v", mark)
}

// window is the events of the window that holds t.
func (r *Run) window(ctx context.Context, t sim.Time) ([]market.Event, error) {
	w := r.Scenario.Window
	if len(r.last) > 0 && r.last[0].At/w == t/w {
		return r.last, nil
	}
	for events, err := range r.Windows(ctx, t) {
		if err != nil {
			return nil, err
		}
		if events[0].At/w == t/w {
			r.last = append(r.last[:0:0], events...)
			return r.last, nil
		}
		break
	}
	return nil, nil
}

// Trace walks the chain of causes of an event.
func (r *Run) Trace(ctx context.Context, e *market.Event) (*Path, error) {
	p := &Path{}
	for {
		var cause *market.Event
		if e.Said > 0 {
			heard, err := r.window(ctx, e.Said)
			if err != nil {
				return nil, err
			}
			if cause = e.Parent(heard); cause == nil {
				return nil, fmt.Errorf("event %v: its sender heard nothing when it said it", MarkOf(e))
			}
		}
		step := Step{Event: *e}
		if e.Why > 0 && (cause == nil || cause.Why != e.Why) {
			step.Rule = r.Entry(e.Why)
		}
		p.Steps = append(p.Steps, step)
		if e.From == r.Market.Desk && e.Why > 0 {
			p.Entry = r.Entry(e.Why)
			return p, nil
		}
		if cause == nil {
			return p, nil
		}
		e = cause
	}
}

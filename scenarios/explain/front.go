package explain

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Difference is an event that one of two runs has and the other has not, or has otherwise.
type Difference struct {
	A, B *market.Event // nil: that run has no event with this mark
}

// one is the event, from whichever run has it.
func (d *Difference) one() *market.Event {
	if d.A != nil {
		return d.A
	}
	return d.B
}

// A Front is where two runs part, and how the difference spreads.
type Front struct {
	First   *Difference // by time, then by receiver; nil: the runs are one
	Named   *load.Entry // the entry to which the first difference goes back; nil: the runs differ from the start
	InB     bool        // Path is of the second run
	Path    *Path       // of the first event; of a run without a recording only that itself
	Touched []Touch     // by time: agents that heard something else for the first time
	ByKind  map[sim.Kind]int
	Agents  [4]int // how many there are: buyers, SMEs, creators, channels
}

// A Touch is the first difference that an agent heard.
type Touch struct {
	Who  sim.ID
	At   sim.Time
	Kind sim.Kind
	On   market.Channel // storefront or venue, Channels: none
}

// Compare finds where two runs of one population part. Quiet events are no part of a history and are left out. The runs must have
// the same agents and the same window.
func Compare(ctx context.Context, a, b *Run) (*Front, error) {
	if err := alike(a, b); err != nil {
		return nil, err
	}
	f := &Front{ByKind: map[sim.Kind]int{}}
	for i, g := range []sim.Group{a.Market.Buyers, a.Market.SMEs, a.Market.Makers, a.Market.Venues} {
		f.Agents[i] = g.N
	}
	seen := map[sim.ID]bool{}
	err := differences(ctx, a, b, func(list []Difference) {
		slices.SortStableFunc(list, func(x, y Difference) int { return cmp.Compare(x.one().At, y.one().At) })
		if f.First == nil {
			x := list[0]
			f.First = &Difference{copied(x.A), copied(x.B)}
		}
		for i := range list {
			e := list[i].one()
			if seen[e.To] {
				continue
			}
			seen[e.To] = true
			f.Touched = append(f.Touched, Touch{e.To, e.At, e.Kind, a.place(e)})
			f.ByKind[e.Kind]++
		}
	})
	if err != nil || f.First == nil {
		return f, err
	}
	return f, f.blame(ctx, a, b)
}

// alike tells whether the agents and windows of two runs can be held against each other.
func alike(a, b *Run) error {
	x, y := a.Scenario, b.Scenario
	if x.Window != y.Window || x.Buyers != y.Buyers || a.Market.SMEs != b.Market.SMEs || a.Market.Makers != b.Market.Makers {
		return fmt.Errorf("the two runs have other agents or windows: %d buyers, %d SMEs and %d creators in one, %d, %d and %d in the other",
			x.Buyers, a.Market.SMEs.N, a.Market.Makers.N, y.Buyers, b.Market.SMEs.N, b.Market.Makers.N)
	}
	return nil
}

func copied(e *market.Event) *market.Event {
	if e == nil {
		return nil
	}
	x := *e
	return &x
}

// place is the channel that an event is about.
func (r *Run) place(e *market.Event) market.Channel {
	switch e.Kind {
	case market.Placed, market.Accepted, market.Rejected, market.Ship, market.Delivered, market.Kept, market.Returned, market.Refunded,
		market.Commission, market.Announced, market.Report, market.Capital:
		return e.Msg.Shop
	case market.Listed, market.Posted:
		return market.Channel(r.Market.Venues.Index(e.To))
	}
	return market.Channels
}

// blame looks for what the first difference goes back to: an entry that its event, in a run that has it, names on its way, and that the
// scenarios do not share; or else the last thing the scenarios differ in by then.
func (f *Front) blame(ctx context.Context, a, b *Run) error {
	list := diff.Of(a.Scenario, b.Scenario)
	ids := map[string]bool{}
	for i := range list {
		if e := changed(&list[i], a, b); e != nil {
			ids[e.ID] = true
		}
	}
	for i, e := range []*market.Event{f.First.A, f.First.B} {
		r := []*Run{a, b}[i]
		if e == nil {
			continue
		}
		path := &Path{Steps: []Step{{Event: *e, Rule: r.Entry(e.Why)}}}
		if r.random() {
			var err error
			if path, err = r.Trace(ctx, e); err != nil {
				return err
			}
		}
		for _, entry := range append(path.Named(), path.Entry) {
			if entry != nil && ids[entry.ID] {
				f.Named, f.InB, f.Path = entry, i == 1, path
				return nil
			}
		}
		if f.Path == nil {
			f.Path, f.InB = path, i == 1
		}
	}
	at := f.First.one().At
	for i := range list { // by date
		if e := changed(&list[i], a, b); e != nil && list[i].At <= at {
			f.Named = e
		}
	}
	return nil
}

// changed is the entry that a difference of scenarios is about, from the second one if that has it.
func changed(d *diff.Difference, a, b *Run) *load.Entry {
	id, _, _ := strings.Cut(d.Path, ".")
	if e := b.byID(id); e != nil {
		return e
	}
	return a.byID(id)
}

// byID is the entry with an id.
func (r *Run) byID(id string) *load.Entry {
	i := slices.IndexFunc(r.Scenario.Entries, func(e load.Entry) bool { return e.ID == id })
	if i < 0 {
		return nil
	}
	return &r.Scenario.Entries[i]
}

// differences gives the differences of each window in which two runs differ, in the order of the kernel.
func differences(ctx context.Context, a, b *Run, give func([]Difference)) error {
	nextA, stopA := iter.Pull2(a.Windows(ctx, 0))
	defer stopA()
	nextB, stopB := iter.Pull2(b.Windows(ctx, 0))
	defer stopB()
	pull := func(next func() ([]market.Event, error, bool)) ([]market.Event, sim.Time, error) {
		events, err, ok := next()
		if err != nil || !ok {
			return nil, 1 << 62, err
		}
		return events, events[0].At / a.Scenario.Window, nil
	}
	x, at, err := pull(nextA)
	if err != nil {
		return err
	}
	y, bt, err := pull(nextB)
	end := min(a.Scenario.End, b.Scenario.End) / a.Scenario.Window
	for err == nil && min(at, bt) < end {
		var list []Difference
		now := min(at, bt)
		switch {
		case at < bt:
			list = apart(x, nil)
		case bt < at:
			list = apart(nil, y)
		default:
			list = apart(x, y)
		}
		if len(list) > 0 {
			give(list)
		}
		if at == now {
			if x, at, err = pull(nextA); err != nil {
				break
			}
		}
		if bt == now {
			y, bt, err = pull(nextB)
		}
	}
	return err
}

// apart lists the events of a window that two runs do not share.
func apart(x, y []market.Event) (list []Difference) {
	for len(x)+len(y) > 0 {
		order := 0
		switch {
		case len(x) == 0:
			order = 1
		case len(y) == 0:
			order = -1
		default:
			order = MarkOf(&x[0]).compare(MarkOf(&y[0]))
		}
		switch {
		case order < 0:
			if x[0].Kind&sim.Quiet == 0 {
				list = append(list, Difference{A: &x[0]})
			}
			x = x[1:]
		case order > 0:
			if y[0].Kind&sim.Quiet == 0 {
				list = append(list, Difference{B: &y[0]})
			}
			y = y[1:]
		default:
			if x[0].Kind != y[0].Kind || x[0].Msg != y[0].Msg {
				list = append(list, Difference{&x[0], &y[0]})
			}
			x, y = x[1:], y[1:]
		}
	}
	return list
}

// compare is the order of the kernel.
func (k Mark) compare(o Mark) int {
	return cmp.Or(cmp.Compare(k.To, o.To), cmp.Compare(k.At, o.At), cmp.Compare(k.From, o.From), cmp.Compare(k.Said, o.Said), cmp.Compare(k.Nth, o.Nth))
}

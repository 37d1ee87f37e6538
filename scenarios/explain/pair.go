package explain

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Pair is one agent in two worlds.
type Pair struct {
	Stories [2]*Story
	Parts   *Difference // the first event that it hears or says in one world and not, or otherwise, in the other; nil: none

	runs  [2]*Run
	paths [2]*Path
	since [2]Since
}

// Since is what an agent sold, bought or earned from the moment on at which its lives part, until the earlier end.
type Since struct {
	Orders      [market.Channels]float64 // accepted, by storefront
	Amount      market.Money             // of them; of a creator: its commissions
	TurnedAway  int
	Commissions int
}

// sum adds up what an agent heard, and of an SME what it said, between two moments.
func (l *Life) sum(from, to sim.Time) (x Since) {
	for _, events := range [][]market.Event{l.Heard, l.Said} {
		for i := range events {
			e := &events[i]
			if e.At < from || e.At >= to {
				continue
			}
			switch e.Kind {
			case market.Accepted:
				x.Orders[e.Msg.Shop]++
				x.Amount += e.Msg.Amount
			case market.Rejected:
				x.TurnedAway++
			case market.Commission:
				if e.To == l.ID {
					x.Commissions++
					x.Amount += e.Msg.Amount
				}
			}
		}
	}
	return x
}

// Both lets an agent live in two runs and finds where its lives part, and why.
func Both(ctx context.Context, a, b *Run, id sim.ID) (*Pair, error) {
	if err := alike(a, b); err != nil {
		return nil, err
	}
	p := &Pair{runs: [2]*Run{a, b}}
	var lives [2]*Life
	for i, r := range p.runs {
		live, err := r.Live(ctx, id)
		if err != nil {
			return nil, err
		}
		lives[i] = live[0]
	}
	p.Parts = parting(lives[0], lives[1])
	for i, l := range lives {
		if p.Parts != nil {
			p.since[i] = l.sum(p.Parts.one().At, min(a.Scenario.End, b.Scenario.End))
		}
	}
	for i, l := range lives {
		var err error
		if p.Stories[i], err = l.Tell(); err != nil {
			return nil, err
		}
	}
	if p.Parts == nil {
		return p, nil
	}
	for i, e := range []*market.Event{p.Parts.A, p.Parts.B} {
		if e != nil && p.runs[i].random() {
			var err error
			if p.paths[i], err = p.runs[i].Trace(ctx, e); err != nil {
				return nil, err
			}
		}
	}
	return p, nil
}

// parting is the first event heard that two lives do not share, until the earlier end.
func parting(a, b *Life) *Difference {
	end := min(a.run.Scenario.End, b.run.Scenario.End)
	x, y := heard(a.Heard, end), heard(b.Heard, end)
	for i := 0; i < len(x) || i < len(y); i++ {
		switch {
		case i == len(x):
			return &Difference{B: copied(y[i])}
		case i == len(y):
			return &Difference{A: copied(x[i])}
		}
		order := cmp.Or(cmp.Compare(x[i].At, y[i].At), MarkOf(x[i]).compare(MarkOf(y[i])))
		switch {
		case order < 0:
			return &Difference{A: copied(x[i])}
		case order > 0:
			return &Difference{B: copied(y[i])}
		case x[i].Kind != y[i].Kind || x[i].Msg != y[i].Msg:
			return &Difference{copied(x[i]), copied(y[i])}
		}
	}
	return nil
}

// heard is what counts of what an agent heard.
func heard(events []market.Event, end sim.Time) (list []*market.Event) {
	for i := range events {
		if e := &events[i]; e.Kind&sim.Quiet == 0 && e.At < end {
			list = append(list, e)
		}
	}
	return list
}

// Write tells where the lives part and why, and then both stories.
func (p *Pair) Write(out io.Writer, lang string) error {
	w := in(lang)
	var b strings.Builder
	names := p.names()
	if p.Parts == nil {
		b.WriteString(w.same + "\n")
	} else {
		b.WriteString(wrap(p.parts(w, names)))
		for i, path := range p.paths {
			if path != nil {
				fmt.Fprintf(&b, "\n%s\n", say.Text(w.inA, names[i])+":")
				if err := path.Write(&b, p.runs[i], lang); err != nil {
					return err
				}
			}
		}
		b.WriteString("\n" + w.differ + "\n")
		for _, d := range diff.Of(p.runs[0].Scenario, p.runs[1].Scenario) {
			fmt.Fprintf(&b, "  %s\n", d.Text(lang))
		}
	}
	if p.Parts != nil && !p.runs[0].Market.Venues.Has(p.Stories[0].ID) {
		p.table(&b, w, names)
	}
	for i, s := range p.Stories {
		fmt.Fprintf(&b, "\n== %s ==\n\n", say.Text(w.inA, names[i]))
		if err := s.Write(&b, lang); err != nil {
			return err
		}
		if p.Parts == nil {
			break
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// table sets side by side what came of the two lives once they had parted.
func (p *Pair) table(b *strings.Builder, w *words, names [2]string) {
	row := func(what string, x, y string) { fmt.Fprintf(b, "%-32s%20s%20s\n", what, x, y) }
	b.WriteByte('\n')
	row(say.Text(w.from, w.value(day(p.Parts.one().At))), names[0], names[1])
	x, y := &p.since[0], &p.since[1]
	for c := range market.Direct {
		if x.Orders[c]+y.Orders[c] > 0 {
			row(say.Upper(say.Text(w.on, w.forms[LineOrders], w.Channel(c))), w.Num(x.Orders[c], 0), w.Num(y.Orders[c], 0))
		}
	}
	if x.Commissions+y.Commissions > 0 {
		row(say.Upper(w.forms[LineCommissions]), w.Num(float64(x.Commissions), 0), w.Num(float64(y.Commissions), 0))
	}
	row(w.rows[0], w.money(float64(x.Amount)), w.money(float64(y.Amount)))
	row(w.rows[1], w.Num(float64(x.TurnedAway), 0), w.Num(float64(y.TurnedAway), 0))
}

// names tell two runs apart.
func (p *Pair) names() [2]string { return twoNames(p.runs[0], p.runs[1]) }

func twoNames(a, b *Run) [2]string {
	x, y := a.Scenario.Name, b.Scenario.Name
	if x == y {
		x, y = x+" (1)", y+" (2)"
	}
	return [2]string{x, y}
}

// parts says which event is the first that the two lives do not share.
func (p *Pair) parts(w *words, names [2]string) string {
	d, e := p.Parts, p.Parts.one()
	r, where := p.runs[0], names[0]
	if d.A == nil {
		r, where = p.runs[1], names[1]
	}
	text := say.Text(w.apart, w.stamp(e.At), where, r.event(w, e))
	if d.A != nil && d.B != nil {
		text = say.Text(w.apartOtherwise, w.stamp(e.At), names[1], r.event(w, e))
	}
	for _, path := range p.paths {
		if path == nil {
			continue
		}
		for _, entry := range append(path.Named(), path.Entry) {
			if entry != nil {
				return text + " " + say.Text(w.why, w.entry(entry))
			}
		}
	}
	return text
}

package explain

import (
	"slices"

	"pasar/agents/market"
	"pasar/sim"
)

// sme tells of an SME.
func (l *Life) sme(s *Story) {
	n := l.market.SMEs.Index(l.ID)
	_, smes := l.run.sizes()
	tr := market.NewTraits(l.market.P, l.market.Seed, smes)[n]
	s.tell(0, IsSME+Form(tr.Type), count(n), tr.Good, tr.Region)
	l.business(s)
	l.begins(s)
	l.reactions(s, l.announcements(s))
	l.orders(s)
	l.shops(s)
	l.contracts(s)
	l.money(s)
}

// business leaves of a life what belongs to one SME: from the day it came into the market to the day it left. Its place may be taken by
// another later on.
func (l *Life) business(s *Story) {
	start, came, left := l.run.Scenario.Start, sim.Time(-1), sim.Time(0)
	for i := range l.Said {
		e := &l.Said[i]
		switch {
		case e.Kind == market.Listed && market.Bodily[market.Listing](&e.Msg).Listed == 1:
			if left > 0 {
				s.tell(e.Said, Succeeded, day(e.Said))
				l.until(left)
				l.since(s, came)
				return
			}
			if came < 0 {
				came = e.Said
			}
		case e.Kind == market.Counted && left == 0 && market.Bodily[market.Census](&e.Msg).State > market.Active:
			if left = e.Said; left < start {
				left, came = 0, -1
			}
		}
	}
	if left > 0 {
		l.until(left)
	}
	l.since(s, came)
}

// since begins the periods when an SME came; one that was there from the start, or never came, has them all.
func (l *Life) since(s *Story, came sim.Time) {
	if came >= 0 && came <= l.run.Scenario.Start {
		return
	}
	s.tell(1, NotYet, day(l.run.Scenario.Start))
	for i, t := range l.periods {
		l.periods[i] = max(t, came)
	}
	l.periods = slices.Compact(l.periods)
}

// until cuts what comes after t off.
func (l *Life) until(t sim.Time) {
	l.Heard = slices.DeleteFunc(l.Heard, func(e market.Event) bool { return e.At > t })
	l.Said = slices.DeleteFunc(l.Said, func(e market.Event) bool { return e.Said > t })
	l.periods = append(slices.DeleteFunc(l.periods, func(p sim.Time) bool { return p >= t }), t)
}

// begins tells where and what an SME sells when the run begins: by its last report until a week later.
func (l *Life) begins(s *Story) {
	start := l.run.Scenario.Start
	var first *market.Event
	for i := range l.Said {
		if e := &l.Said[i]; e.Kind == market.Counted && e.Said < start+market.Week {
			first = e
		}
	}
	if first == nil || market.Bodily[market.Census](&first.Msg).Lists == 0 {
		return
	}
	x := market.Bodily[market.Census](&first.Msg)
	if x.Sales > 0 {
		s.Facts = append(s.Facts, Fact{At: 1, Form: SMEBegins, Values: []any{day(start), listed(x.Lists), x.Sales, market.SizeOf(x.Sales * 13)}, Event: first})
	} else {
		s.Facts = append(s.Facts, Fact{At: 1, Form: SMEIdle, Values: []any{day(start), listed(x.Lists)}, Event: first})
	}
	if x.OnTop > 0 && x.Sales > 0 {
		s.Facts = append(s.Facts, Fact{At: 2, Form: Depends, Values: []any{x.Top, share(float64(x.OnTop) / 1e6)}, Event: first})
	}
}

func listed(bits uint16) (list []market.Channel) {
	for c := range market.Direct {
		if bits>>c&1 == 1 {
			list = append(list, c)
		}
	}
	return list
}

// refusals are orders of a period that were turned away on a channel for a reason.
type refusals struct {
	n     int
	first *market.Event
}

// orders tells of each period what was sold where, and what was turned away and why.
func (l *Life) orders(s *Story) {
	lines := map[market.Channel]*Line{}
	last := len(l.periods) - 1
	sold := make([][market.Channels]float64, last)
	away := make([][market.Channels][market.Declined + 1]refusals, last)
	back, all := 0, 0
	for i := range l.Said {
		e := &l.Said[i]
		p := l.period(sim.Time(e.Msg.Placed))
		if p < 0 || e.Kind != market.Accepted && e.Kind != market.Rejected {
			continue
		}
		if e.Kind == market.Rejected {
			if x := &away[p][e.Msg.Shop][e.Msg.Reason]; x.n > 0 {
				x.n++
			} else {
				*x = refusals{1, e}
			}
			continue
		}
		all++
		sold[p][e.Msg.Shop]++
		if at, ok := l.stretch(sim.Time(e.Msg.Placed)); ok {
			if lines[e.Msg.Shop] == nil {
				lines[e.Msg.Shop] = &Line{What: LineOrders, On: e.Msg.Shop, Values: make([]float64, stretches)}
			}
			lines[e.Msg.Shop].Values[at]++
		}
	}
	for i := range l.Heard {
		if e := &l.Heard[i]; e.Kind == market.Returned && l.period(sim.Time(e.Msg.Placed)) >= 0 {
			back++
		}
	}
	for p := range last {
		from, to := l.periods[p], l.periods[p+1]
		total := 0.0
		for c := range sold[p] {
			total += sold[p][c]
			sold[p][c] /= l.weeks(p)
		}
		l.turn(s, p)
		if total > 0 {
			s.tell(from, Sells, day(from), day(to-1), rate(total/l.weeks(p)), rates(most(sold[p])))
		} else {
			s.tell(from, SellsNothing, day(from), day(to-1))
		}
		for c := range away[p] {
			for reason, x := range away[p][c] {
				if form, ok := refusal(uint8(reason)); ok && x.n > 0 {
					s.Facts = append(s.Facts, Fact{At: x.first.Said, Form: form, Values: []any{day(x.first.Said), count(x.n), market.Channel(c), l.run.Entry(x.first.Why)}, Event: x.first})
				}
			}
		}
	}
	if back > 0 {
		s.tell(l.periods[last]-1, ComeBack, count(all), count(back))
	}
	for c := range market.Direct {
		if lines[c] != nil {
			s.Lines = append(s.Lines, *lines[c])
		}
	}
}

// refusal is the sentence for a reason; what comes after the end of an SME is told by that.
func refusal(reason uint8) (Form, bool) {
	switch reason {
	case market.CheckoutClosed:
		return AwayClosed, true
	case market.CapReached:
		return AwayCap, true
	case market.OutOfStock:
		return AwayStock, true
	}
	return 0, false
}

// reactions tells of announcements of a closure to which an SME did nothing but go on as before.
func (l *Life) reactions(s *Story, heard []Fact) {
	for _, f := range heard {
		e := f.Event
		if e.Kind != market.Announced || e.Msg.Reason != market.CheckoutClosed {
			continue
		}
		did := slices.ContainsFunc(l.Said, func(x market.Event) bool { return x.Kind == market.Listed && x.Why == e.Why })
		if !did {
			s.tell(e.At+1, DoesNothing)
		}
	}
}

// money tells of cash, and how the run ends for an SME.
func (l *Life) money(s *Story) {
	cash := Line{What: LineCash, On: market.Channels, Values: make([]float64, stretches)}
	var lowest, final *market.Event
	short := 0
	for i := range l.Said {
		e := &l.Said[i]
		if e.Kind != market.Counted || e.Said < l.run.Scenario.Start {
			continue
		}
		x := market.Bodily[market.Census](&e.Msg)
		final = e
		if at, ok := l.stretch(e.Said); ok {
			cash.Values[at] = float64(x.Cash)
		}
		if x.State > market.Active {
			form := GivesUp
			if x.State == market.Bankrupt {
				form = Bankrupt
			}
			s.shown(l, e, form, day(e.Said), x.Income/4, market.Money(x.Wish)*1000, x.Cash)
			break
		}
		if x.Cash < 0 {
			short++
			if lowest == nil || x.Cash < market.Bodily[market.Census](&lowest.Msg).Cash {
				lowest = e
			}
		}
	}
	if short > 0 {
		x := market.Bodily[market.Census](&lowest.Msg)
		s.shown(l, lowest, Owes, count(short), day(lowest.Said), -x.Cash)
	}
	if x := final; x != nil && market.Bodily[market.Census](&x.Msg).State == market.Active {
		c := market.Bodily[market.Census](&x.Msg)
		s.Facts = append(s.Facts, Fact{At: l.periods[len(l.periods)-1], Form: SMEEnds, Event: x, Values: []any{day(x.Said), listed(c.Lists), c.Sales, c.Income, c.Cash}})
	}
	s.Lines = append(s.Lines, cash)
}

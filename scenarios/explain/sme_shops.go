package explain

import (
	"pasar/agents/market"
	"pasar/sim"
)

// A shop is what is known of an SME's place in a channel so far.
type shop struct {
	listed       bool
	price, first market.Money
	changes      int
}

// A priced is how a price moved on a channel.
type priced struct {
	On      market.Channel
	From    market.Money
	To      market.Money
	Changes int
}

// shops tells of shops opened and closed, prices, selling off, and times without goods.
func (l *Life) shops(s *Story) {
	var at [market.Direct]shop
	begin, over := l.run.Scenario.Start, l.periods[len(l.periods)-1]
	var empty sim.Time
	var spells int
	var sum, longest, since sim.Time
	for i := range l.Said {
		e := &l.Said[i]
		if e.Kind != market.Listed {
			continue
		}
		c := market.Channel(l.market.Venues.Index(e.To))
		x, p := market.Bodily[market.Listing](&e.Msg), &at[c]
		open := x.Listed == 1
		if e.Said > begin && open != p.listed && (open || e.Said < over) {
			l.move(s, e, c, open)
		}
		was := p.listed
		if p.listed = open; !open {
			continue
		}
		if e.Said >= begin {
			if p.first == 0 {
				p.first = x.Price
			} else if x.Price != p.price {
				p.changes++
				if cause := l.cause(e); was && x.Price < p.price && e.Why > 0 && cause != nil && cause.Kind == market.Wake {
					s.shown(l, e, SellsOff, day(e.Said), p.price, x.Price, c, l.run.Entry(e.Why))
				}
			}
			switch {
			case x.InStock == 0 && empty == 0:
				empty = e.Said
				spells++
			case x.InStock == 1 && empty > 0:
				sum += e.Said - empty
				if e.Said-empty > longest {
					longest, since = e.Said-empty, empty
				}
				empty = 0
			}
		}
		p.price = x.Price
	}
	if empty > 0 {
		sum += over - empty
		if over-empty > longest {
			longest, since = over-empty, empty
		}
	}
	var moved []priced
	for c := range at {
		if p := &at[c]; p.changes > 0 {
			moved = append(moved, priced{market.Channel(c), p.first, p.price, p.changes})
		}
	}
	if len(moved) > 0 {
		s.tell(over-3, Prices, moved)
	}
	if spells > 0 {
		s.tell(over-2, Empty, times(spells), rate(float64(sum)/float64(market.Day)), day(since), rate(float64(longest)/float64(market.Day)))
	}
}

// move tells of a shop that opens or closes, and what that was a reaction to.
func (l *Life) move(s *Story, e *market.Event, c market.Channel, open bool) {
	entry := l.run.Entry(e.Why)
	if n := len(s.Facts); open && n > 0 { // several at once are one sentence
		if f := &s.Facts[n-1]; f.At == e.Said && f.Event != nil && f.Event.Why == e.Why && (f.Form == Opens || f.Form == OpensBecause) {
			f.Values[1] = append(f.Values[1].([]market.Channel), c)
			return
		}
	}
	switch {
	case open && entry != nil:
		s.shown(l, e, OpensBecause, day(e.Said), []market.Channel{c}, entry)
	case open:
		s.shown(l, e, Opens, day(e.Said), []market.Channel{c})
	default:
		s.shown(l, e, Closes, day(e.Said), c)
	}
}

// contracts tells how many creators an SME asked, and what they said.
func (l *Life) contracts(s *Story) {
	offers, yes := 0, 0
	for i := range l.Heard {
		e := &l.Heard[i]
		if e.Kind != market.Answered || l.period(e.At) < 0 {
			continue
		}
		if offers++; e.Msg.Reason != market.Declined {
			yes++
		}
	}
	switch end := l.periods[len(l.periods)-1] - 4; {
	case yes > 0:
		s.tell(end, Contracts, times(offers), times(yes))
	case offers > 0:
		s.tell(end, ContractsNone, times(offers))
	}
}

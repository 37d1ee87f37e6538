package explain

import (
	"pasar/agents/market"
	"pasar/sim"
)

// creator tells of a creator. Its amounts are of one real creator, commissions those of all that it stands for.
func (l *Life) creator(s *Story) {
	n := l.market.Makers.Index(l.ID)
	tr := market.NewMakers(l.market.P, l.market.Seed, l.market.W)[n]
	best := market.Category(0)
	for g := range tr.Niche {
		if tr.Niche[g] > tr.Niche[best] {
			best = market.Category(g)
		}
	}
	s.tell(0, IsCreator, count(n), tr.Tier, count(int(tr.Followers)), best)
	l.announcements(s)
	last := len(l.periods) - 1
	earned := make([][market.Channels]float64, last)
	line := Line{What: LineCommissions, On: market.Channels, Values: make([]float64, stretches)}
	offers, yes := 0, 0
	for i := range l.Heard {
		e := &l.Heard[i]
		p := l.period(e.At)
		if p < 0 {
			continue
		}
		switch e.Kind {
		case market.Commission:
			earned[p][e.Msg.App()] += float64(e.Msg.Amount) / tr.Weight / l.weeks(p)
			if at, ok := l.stretch(e.At); ok {
				line.Values[at] += float64(e.Msg.Amount) / tr.Weight
			}
		case market.Offered:
			offers++
		}
	}
	var before *market.Output
	top := market.Channels
	var end *market.Event
	for i := range l.Said {
		e := &l.Said[i]
		if e.Kind == market.Answered && l.period(e.Said) >= 0 && e.Msg.Reason != market.Declined {
			yes++
		}
		if e.Kind != market.Counted || l.period(e.Said) < 0 {
			continue
		}
		x := market.Bodily[market.Output](&e.Msg)
		now := busiest(x)
		switch {
		case before == nil:
			s.tell(1, CreatorBegins, day(l.periods[0]), rate(hours(x)), now, x.Income)
		case before.State == market.Active && x.State != market.Active:
			s.shown(l, e, FallsSilent, day(e.Said), x.Income)
		case before.State != market.Active && x.State == market.Active:
			s.shown(l, e, SpeaksAgain, day(e.Said))
		case x.State == market.Active && now != top && now < market.Channels:
			s.shown(l, e, Moves, day(e.Said), now, top)
		}
		if now < market.Channels {
			top = now
		}
		before, end = x, e
	}
	for p := range last {
		total := 0.0
		for _, x := range earned[p] {
			total += x
		}
		l.turn(s, p)
		s.tell(l.periods[p], Earns, day(l.periods[p]), day(l.periods[p+1]-1), market.Money(total), sums(most(earned[p])))
	}
	if offers > 0 {
		s.tell(l.periods[last]-2, Asked, times(offers), times(yes))
	}
	if end != nil {
		x := market.Bodily[market.Output](&end.Msg)
		s.Facts = append(s.Facts, Fact{At: l.periods[last], Form: CreatorEnds, Event: end, Values: []any{day(end.Said), rate(hours(x)), x.Income}})
	}
	s.Lines = append(s.Lines, line)
}

// hours are those a creator works a week.
func hours(x *market.Output) (sum float64) {
	if x.State != market.Active {
		return 0
	}
	for _, h := range x.Hours {
		sum += float64(h) / 100
	}
	return sum
}

// busiest is the app with most of a creator's hours; Channels: it works none.
func busiest(x *market.Output) market.Channel {
	best := market.Channels
	for a, h := range x.Hours {
		if h > 0 && (best == market.Channels || h > x.Hours[best]) {
			best = market.Channel(a)
		}
	}
	return best
}

// buyer tells of a buyer.
func (l *Life) buyer(s *Story) {
	s.tell(0, IsBuyer, count(l.market.Buyers.Index(l.ID)), count(int(l.market.W)))
	last := len(l.periods) - 1
	orders, spent := make([][market.Channels]float64, last), make([]market.Money, last)
	var known [market.Channels]bool
	links, back, away := 0, 0, 0
	line := Line{What: LineSpent, On: market.Channels, Values: make([]float64, stretches)}
	for i := range l.Heard {
		e := &l.Heard[i]
		p := l.period(sim.Time(e.Msg.Placed))
		switch {
		case e.Kind == market.Accepted && p < 0:
			known[e.Msg.Shop] = true
		case e.Kind == market.Accepted:
			orders[p][e.Msg.Shop]++
			spent[p] += e.Msg.Pays()
			if at, ok := l.stretch(sim.Time(e.Msg.Placed)); ok {
				line.Values[at] += float64(e.Msg.Pays())
			}
			if !known[e.Msg.Shop] {
				known[e.Msg.Shop] = true
				s.Facts = append(s.Facts, Fact{At: e.At, Form: FirstOrder, Values: []any{day(sim.Time(e.Msg.Placed)), e.Msg.Shop, e.Msg.Good, e.Msg.Pays()}, Event: e})
			}
			if e.Msg.Mode == market.Link {
				links++
			}
		case e.Kind == market.Rejected && p >= 0:
			if away++; e.Why > 0 && e.Msg.Reason == market.CheckoutClosed {
				s.Facts = append(s.Facts, Fact{At: e.At, Form: BuyerAway, Values: []any{day(e.At), e.Msg.Shop, l.run.Entry(e.Why)}, Event: e})
			}
		case e.Kind == market.Refunded && p >= 0 && (e.Msg.Reason == market.SentBack || e.Msg.Reason == market.NotTaken):
			back++
		}
	}
	for p := range last {
		n := 0.0
		for _, x := range orders[p] {
			n += x
		}
		l.turn(s, p)
		if n > 0 {
			s.tell(l.periods[p], Buys, day(l.periods[p]), day(l.periods[p+1]-1), times(n), spent[p], tallies(most(orders[p])))
		} else {
			s.tell(l.periods[p], BuysNothing, day(l.periods[p]), day(l.periods[p+1]-1))
		}
	}
	end := l.periods[last] - 1
	if links > 0 {
		s.tell(end, FollowsLinks, times(links))
	}
	if back+away > 0 {
		s.tell(end, GoesWrong, count(away), count(back))
	}
	s.Lines = append(s.Lines, line)
}

// tallies are counts.
type tallies []tally

// venue tells of a platform or direct channel. Money is that of the market, not of the simulation.
func (l *Life) venue(s *Story) {
	c := market.Channel(l.market.Venues.Index(l.ID))
	l.announcements(s)
	last := len(l.periods) - 1
	there := make([]bool, l.market.SMEs.N)
	n, start := 0, 0
	came, left, earned := make([]int, last), make([]int, last), make([]float64, last)
	line := Line{What: LineSellers, On: market.Channels, Values: make([]float64, stretches)}
	for i := range l.Heard {
		e := &l.Heard[i]
		p := l.period(e.At)
		switch e.Kind {
		case market.Listed:
			j, open := l.market.SMEs.Index(e.From), market.Bodily[market.Listing](&e.Msg).Listed == 1
			if open == there[j] {
				break
			}
			if there[j] = open; open {
				n++
			} else {
				n--
			}
			switch {
			case p >= 0 && open:
				came[p]++
			case p >= 0:
				left[p]++
			case e.At < l.periods[0]:
				start = n
			}
		case market.Report:
			if p >= 0 {
				earned[p] += float64(e.Msg.Amount) * l.market.W / l.weeks(p)
			}
		case market.Capital:
			if entry := l.run.Entry(e.Why); entry != nil && p >= 0 {
				s.Facts = append(s.Facts, Fact{At: e.At, Form: GetsCapital, Values: []any{day(e.At), market.Money(float64(e.Msg.Amount) * l.market.W), entry}, Event: e})
			}
		}
		if at, ok := l.stretch(e.At); ok {
			line.Values[at] = float64(n)
		}
	}
	s.tell(0, IsVenue, c, day(l.periods[0]), count(start), count(int(l.market.W)))
	for p := range last {
		l.turn(s, p)
		s.tell(l.periods[p], VenueEarns, day(l.periods[p]), day(l.periods[p+1]-1), market.Money(earned[p]), count(came[p]), count(left[p]))
	}
	s.tell(l.periods[last]-1, VenueEnds, count(n))
	s.Lines = append(s.Lines, line)
}

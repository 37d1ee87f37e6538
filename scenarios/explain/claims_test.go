package explain

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/sim"
)

func (l *log) who(part []string) error {
	n := l.r.Market.SMEs.Index(l.id)
	_, smes := l.r.sizes()
	tr := market.NewTraits(l.r.Market.P, l.r.Market.Seed, smes)[n]
	want := map[string]market.Type{"is a local seller": market.Local, "sells imported": market.Import, "is a brand": market.Brand}[part[1]]
	if part[0] != fmt.Sprint(n) || tr.Type != want || (part[2] == "on") != (tr.Region == 0) {
		return fmt.Errorf("it is %+v", tr)
	}
	return nil
}

func (l *log) begins(part []string) error {
	x := l.first()
	if got := english().list(listed(x.Lists)); got != part[1] {
		return errors.New(got)
	}
	return isMoney(part[2], float64(x.Sales))
}

func (l *log) idle(part []string) error {
	if x := l.first(); x.Sales != 0 || x.Lists == 0 {
		return fmt.Errorf("it sold %d", x.Sales)
	}
	return nil
}

func (l *log) depends(part []string) error {
	x := l.first()
	if x.Top != l.channel(part[0]) {
		return errors.New(x.Top.String())
	}
	return equal("per cent", number(part[1]), float64(int(float64(x.OnTop)/1e4+.5)))
}

func (l *log) notYet([]string) error {
	for _, x := range l.censuses(l.r.Scenario.Start, l.r.Scenario.Start+market.Week) {
		if x.State == market.Active {
			return errors.New("it is")
		}
	}
	return nil
}

// accepted are the orders on a channel that were placed between two moments; Channels: on all.
func (l *log) accepted(from, to sim.Time, c market.Channel) (n float64) {
	for i := range l.said {
		if e := &l.said[i]; e.Kind == market.Accepted && sim.Time(e.Msg.Placed) >= from && sim.Time(e.Msg.Placed) < to && (c == market.Channels || e.Msg.Shop == c) {
			n++
		}
	}
	return n
}

func (l *log) sells(part []string) error {
	from, to := l.bound(part[0]), l.bound(part[1])
	weeks := float64(to-from) / float64(market.Week)
	errs := []error{equal("all", number(part[2]), l.accepted(from, to, market.Channels)/weeks)}
	for _, each := range strings.Split(strings.ReplaceAll(part[3], " and ", ", "), ", ") {
		n, c, _ := strings.Cut(each, " on ")
		errs = append(errs, equal(c, number(n), l.accepted(from, to, l.channel(c))/weeks))
	}
	return errors.Join(errs...)
}

func (l *log) sellsNothing(part []string) error {
	return equal("sold", 0, l.accepted(l.bound(part[0]), l.bound(part[1]), market.Channels))
}

// some looks for an event of a day.
func (l *log) some(events []market.Event, date string, fits func(e *market.Event, at sim.Time) bool) error {
	first, last := l.when(date)
	for i := range events {
		e := &events[i]
		at := e.Said
		if e.To == l.id {
			at = e.At
		}
		if at >= first && at < last && fits(e, at) {
			return nil
		}
	}
	return errors.New("the log has no such thing on that day")
}

func (l *log) told(part []string) error {
	why := l.r.byID(part[1]).When.Entry
	return l.some(l.heard, part[0], func(e *market.Event, _ sim.Time) bool { return e.Kind == market.Announced && e.Why == why })
}

func (l *log) idles([]string) error {
	why := l.r.byID("ann").When.Entry
	for _, e := range l.said {
		if e.Kind == market.Listed && e.Why == why {
			return errors.New("it changed an offer because of it")
		}
	}
	return nil
}

func (l *log) turned(part []string) error {
	first, last := l.when(part[0])
	if at := l.r.byID(part[1]).When.At; at < first || at >= last {
		return fmt.Errorf("that is at %d", at)
	}
	return nil
}

// offers are what it told a channel, in order.
func (l *log) offers(c market.Channel) (events []market.Event) {
	for _, e := range l.said {
		if e.Kind == market.Listed && e.To == l.r.Market.Venues.ID(int(c)) {
			events = append(events, e)
		}
	}
	return events
}

// toggles looks for the day on which a shop opens or closes.
func (l *log) toggles(date string, c market.Channel, open uint8, why uint32) error {
	was := uint8(0)
	return l.some(l.offers(c), date, func(e *market.Event, _ sim.Time) bool {
		offers := l.offers(c)
		i := slices.IndexFunc(offers, func(x market.Event) bool { return MarkOf(&x) == MarkOf(e) })
		if was = 0; i > 0 {
			was = market.Bodily[market.Listing](&offers[i-1].Msg).Listed
		}
		return market.Bodily[market.Listing](&e.Msg).Listed == open && was != open && e.Why == why
	})
}

func (l *log) opens(part []string) error {
	why := uint32(0)
	if part[2] != "" {
		why = l.r.byID(part[2]).When.Entry
	}
	var errs []error
	for _, c := range strings.Split(strings.ReplaceAll(part[1], " and ", ", "), ", ") {
		errs = append(errs, l.toggles(part[0], l.channel(c), 1, why))
	}
	return errors.Join(errs...)
}

func (l *log) closes(part []string) error { return l.toggles(part[0], l.channel(part[1]), 0, 0) }

func (l *log) sellsOff(part []string) error {
	offers := l.offers(l.channel(part[3]))
	why := l.r.byID(part[4]).When.Entry
	return l.some(offers, part[0], func(e *market.Event, _ sim.Time) bool {
		i := slices.IndexFunc(offers, func(x market.Event) bool { return MarkOf(&x) == MarkOf(e) })
		now, was := market.Bodily[market.Listing](&e.Msg), market.Bodily[market.Listing](&offers[max(i, 1)-1].Msg)
		return e.Why == why && isMoney(part[1], float64(was.Price)) == nil && isMoney(part[2], float64(now.Price)) == nil && now.Price < was.Price
	})
}

func (l *log) away(part []string) error {
	reason := market.OutOfStock
	if part[3] != "for want of goods" {
		reason = market.CheckoutClosed
	}
	first, _ := l.when(part[0])
	sep := l.r.byID("sep").When.At
	n := 0
	var began sim.Time
	for i := range l.said {
		e := &l.said[i]
		placed := sim.Time(e.Msg.Placed)
		if e.Kind != market.Rejected || e.Msg.Reason != reason || e.Msg.Shop != l.channel(part[2]) || placed < l.r.Scenario.Start || (placed < sep) != (first < sep) {
			continue
		}
		if n++; began == 0 {
			began = e.Said
		}
	}
	if began < first || began >= first+market.Day {
		return fmt.Errorf("the first is at %d", began)
	}
	if part[1] == "an" {
		part[1] = "1"
	}
	return equal("orders", number(part[1]), float64(n))
}

func (l *log) asks(part []string) error {
	asked, yes := 0, 0
	for _, e := range l.heard {
		if e.Kind == market.Answered && e.At >= l.since() {
			if asked++; e.Msg.Reason != market.Declined {
				yes++
			}
		}
	}
	return errors.Join(equal("asked", float64(often(part[0])), float64(asked)), equal("yes", float64(often(part[1])), float64(yes)))
}

// since is when it came, or the run began.
func (l *log) since() sim.Time {
	start := l.r.Scenario.Start
	for c := range market.Direct {
		for _, e := range l.offers(c) {
			if e.Said < start && market.Bodily[market.Listing](&e.Msg).Listed == 1 {
				return start
			}
		}
	}
	for _, e := range l.said {
		if e.Kind == market.Listed && market.Bodily[market.Listing](&e.Msg).Listed == 1 {
			return e.Said
		}
	}
	return start
}

func (l *log) prices(part []string) error {
	list := strings.ReplaceAll(strings.ReplaceAll(part[0], "changes) and on ", "changes), on "), "changes), ", "changes)|")
	for _, each := range strings.Split(list, "|") {
		name, rest, _ := strings.Cut(strings.TrimPrefix(each, "on "), " from ")
		from, rest, _ := strings.Cut(rest, " to ")
		to, rest, _ := strings.Cut(rest, " (")
		n, _, _ := strings.Cut(rest, " ")
		var prices []market.Money
		for _, e := range l.offers(l.channel(name)) {
			if x := market.Bodily[market.Listing](&e.Msg); x.Listed == 1 && e.Said >= l.since() && (len(prices) == 0 || prices[len(prices)-1] != x.Price) {
				prices = append(prices, x.Price)
			}
		}
		if err := errors.Join(equal(name, number(n), float64(len(prices)-1)), isMoney(from, float64(prices[0])), isMoney(to, float64(prices[len(prices)-1]))); err != nil {
			return err
		}
	}
	return nil
}

// empty is checked by the stock that offers speak of: they are made for all shops at once.
func (l *log) empty(part []string) error {
	n, sum, longest := 0, sim.Time(0), sim.Time(0)
	var out, began sim.Time
	for _, e := range l.said {
		x := market.Bodily[market.Listing](&e.Msg)
		if e.Kind != market.Listed || x.Listed == 0 || e.Said < l.since() {
			continue
		}
		switch {
		case x.InStock == 0 && out == 0:
			out = e.Said
			n++
		case x.InStock == 1 && out > 0:
			if sum += e.Said - out; e.Said-out > longest {
				longest, began = e.Said-out, out
			}
			out = 0
		}
	}
	if out > 0 {
		if sum += l.left - out; l.left-out > longest {
			longest, began = l.left-out, out
		}
	}
	first, last := l.when(part[2])
	if began < first || began >= last {
		return fmt.Errorf("the longest is from %d", began)
	}
	day := float64(market.Day)
	return errors.Join(equal("times", float64(often(part[0])), float64(n)), equal("days", number(part[1]), float64(sum)/day), equal("longest", number(part[3]), float64(longest)/day))
}

func (l *log) returns(part []string) error {
	back := 0.0
	for _, e := range l.heard {
		if e.Kind == market.Returned && sim.Time(e.Msg.Placed) >= l.since() {
			back++
		}
	}
	return errors.Join(equal("orders", number(part[0]), l.accepted(l.since(), l.left, market.Channels)), equal("back", number(part[1]), back))
}

func (l *log) owes(part []string) error {
	n, least := 0, market.Money(0)
	for _, x := range l.censuses(l.r.Scenario.Start, l.left) {
		if x.Cash < 0 {
			n++
			least = min(least, x.Cash)
		}
	}
	return errors.Join(equal("reports", number(part[0]), float64(n)), isMoney(part[2], -float64(least)))
}

func (l *log) ends(part []string) error {
	all := l.censuses(l.left, l.left+1)
	if len(all) != 1 || (all[0].State == market.Bankrupt) != (part[1] == "is bankrupt") {
		return fmt.Errorf("%d reports", len(all))
	}
	first, last := l.when(part[0])
	if l.left < first || l.left >= last {
		return fmt.Errorf("it left at %d", l.left)
	}
	x := all[0]
	err := errors.Join(isMoney(part[2], float64(x.Income)/4), isMoney(part[3], float64(x.Wish)*1000))
	if part[4] != "" {
		err = errors.Join(err, isMoney(part[4], float64(x.Cash)))
	}
	return err
}

package diff

import (
	"slices"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
)

// ahead is how long before a rule takes effect its world may feel it: an SME that a closure has been announced to asks whether its
// channel will be open in a week, platforms compile offers the hour before their day, and the Desk and the regulator sleep for up
// to a week, and then ask pledges once a day.
const ahead = market.Week + market.Day

// First is a moment up to which the worlds of two scenarios are one, so that a comparison may play that part once: whatever they
// differ in makes itself felt later. It is never too late; it is early by some days. Worlds in which nothing differs are one
// until the earlier end; those that differ from the start have 0.
func First(a, b *load.Scenario) sim.Time {
	end, first := min(a.End, b.End), policy.Never
	for _, d := range Of(a, b) {
		if d.Path != "world.end" {
			first = min(first, d.At)
		}
	}
	before, after := a.Plan(1), b.Plan(1)
	for i := range a.Entries {
		x := &a.Entries[i]
		if y := match(x, b); y != nil && !standing(x, before).same(standing(y, after)) {
			first = min(first, begins(x, a), begins(y, b))
		}
	}
	return min(end, max(0, first-ahead))
}

// A place is what an entry's luck hangs on beside what it says: its number, by which SMEs draw how soon they react to what it
// announces, and the numbers of its pledges, with how many there are in all, since what a pledge makes is numbered after them.
type place struct {
	number  uint32
	pledges []int
}

// standing is the place of an entry; none where no luck hangs on it.
func standing(e *load.Entry, b *market.Book) (x place) {
	for i := range b.Pledges {
		if b.Pledges[i].Entry == e.When.Entry {
			x.pledges = append(x.pledges, i)
		}
	}
	announces := slices.ContainsFunc(b.Plan, func(d market.Entry) bool { return d.Why == e.When.Entry && d.Deed == market.Announce })
	if announces || e.If != nil || x.pledges != nil {
		x.number = e.When.Entry
	}
	if x.pledges != nil {
		x.pledges = append(x.pledges, len(b.Pledges))
	}
	return x
}

func (x place) same(y place) bool { return x.number == y.number && slices.Equal(x.pledges, y.pledges) }

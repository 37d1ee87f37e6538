package diff

import (
	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
)

// ahead is how long before a rule takes effect its world may feel it: platforms compile offers the hour before their day, and the
// Desk and the regulator sleep for up to a week, and then ask pledges once a day.
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
	return min(end, max(0, first-ahead))
}

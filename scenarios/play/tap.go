package play

import (
	"runtime"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/natsbus"
)

// Kinds is a choice of kinds of events.
type Kinds []sim.Kind

// Has tells whether a kind is among those chosen.
func (k Kinds) Has(kind sim.Kind) bool { return slices.Contains(k, kind) }

// DefaultKinds are what a tap shows if nothing is said: orders and the Desk's news.
func DefaultKinds() Kinds {
	return Kinds{market.Placed, market.Accepted, market.Rejected, market.Delivered, market.Returned, market.Announced}
}

// ParseKinds reads a comma-separated list; "all" is every kind. The second result names what is unknown.
func ParseKinds(list string) (k Kinds, unknown string) {
	for name := range strings.SplitSeq(list, ",") {
		name = strings.TrimSpace(name)
		if name == "all" {
			for kind := range market.Kinds {
				k = append(k, kind)
			}
			continue
		}
		kind, ok := market.ParseKind(name)
		if !ok {
			return nil, name
		}
		k = append(k, kind)
	}
	return k, ""
}

// DefaultGoroutines is one for each core, and at least two, so that a plain run crosses NATS.
func DefaultGoroutines() int { return max(2, runtime.GOMAXPROCS(0)) }

// A tap publishes decoded events to pasar.<run>.event.<kind>. It never blocks the run.
type tap struct {
	bus   *natsbus.Bus
	run   string
	kinds Kinds
}

// Record implements sim.Recorder.
func (p *tap) Record(_ int, _ int64, events []market.Event) {
	for i := range events {
		if e := &events[i]; p.kinds.Has(e.Kind) {
			p.bus.Publish("pasar."+p.run+".event."+market.KindName(e.Kind), market.JSON(e))
		}
	}
}

package explain

import (
	"fmt"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/sim"
)

// A Mark is which event it is: no two of a run have the same.
type Mark struct {
	To   sim.ID
	At   sim.Time
	From sim.ID
	Said sim.Time
	Nth  uint32
}

// MarkOf is the mark of an event.
func MarkOf(e *market.Event) Mark { return Mark{e.To, e.At, e.From, e.Said, e.Nth} }

// String is the mark as the command line takes it: to.at.from.said.nth, in numbers of the kernel.
func (k Mark) String() string {
	return fmt.Sprintf("%d.%d.%d.%d.%d", k.To, k.At, k.From, k.Said, k.Nth)
}

// ParseMark reads what String writes.
func ParseMark(s string) (Mark, error) {
	parts := strings.Split(s, ".")
	var n [5]int64
	ok := len(parts) == len(n)
	for i := 0; ok && i < len(n); i++ {
		var err error
		bits := 32
		if i == 1 || i == 3 {
			bits = 62
		}
		var u uint64
		u, err = strconv.ParseUint(parts[i], 10, bits)
		n[i], ok = int64(u), err == nil
	}
	if !ok {
		return Mark{}, fmt.Errorf("event %q: an event is five numbers, to.at.from.said.nth, as explain and replay print them", s)
	}
	return Mark{sim.ID(n[0]), sim.Time(n[1]), sim.ID(n[2]), sim.Time(n[3]), uint32(n[4])}, nil
}

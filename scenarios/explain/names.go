package explain

import (
	"fmt"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// kinds of agents as they are named: sme:12, and those that there is one of.
var (
	kinds   = []string{"buyer", "sme", "creator"}
	singles = []string{"desk", "regulator", "street"}
)

func groups(m *market.Market) []sim.Group { return []sim.Group{m.Buyers, m.SMEs, m.Makers} }

// Name is what an agent is called: sme:12, creator:3, buyer:7, a platform or direct channel by its key, desk, regulator or street.
func Name(m *market.Market, id sim.ID) string {
	for i, g := range groups(m) {
		if g.Has(id) {
			return kinds[i] + ":" + strconv.Itoa(g.Index(id))
		}
	}
	if m.Venues.Has(id) {
		return market.Channel(m.Venues.Index(id)).String()
	}
	return singles[min(id-m.Desk, 2)]
}

// ParseName is the agent with a name.
func ParseName(m *market.Market, name string) (sim.ID, error) {
	kind, number, numbered := strings.Cut(name, ":")
	for i, g := range groups(m) {
		if kind != kinds[i] {
			continue
		}
		n, err := strconv.Atoi(number)
		if err != nil || !numbered || n < 0 || n >= g.N {
			return 0, fmt.Errorf("there is no agent %q: there are %s:0 to %s:%d", name, kind, kind, g.N-1)
		}
		return g.ID(n), nil
	}
	if c, ok := market.ParseChannel(name); ok && c < market.Direct {
		return m.Venues.ID(int(c)), nil
	}
	for i, s := range singles {
		if name == s {
			return m.Desk + sim.ID(i), nil
		}
	}
	known := append(append(append([]string{}, kinds...), market.ChannelKeys(market.Direct)...), singles...)
	hint := ""
	if near := load.Nearest(kind, known); near != "" {
		hint = fmt.Sprintf("; did you mean %q?", near)
	}
	return 0, fmt.Errorf("there is no agent %q: agents are sme:N, creator:N, buyer:N, platforms such as tiktok, desk, regulator and street%s", name, hint)
}

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

package load

import (
	"math"
	"reflect"
	"regexp"
	"strconv"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/sim"
)

var (
	nameForm  = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,59}$`)
	worldKeys = []string{"start", "end", "until", "burn_in", "buyers", "window"}
)

// tail is how long a scenario goes on after its last dated action (decisions D19).
const tail = 8 * market.Week

// longest is what a run may cover: 30 years.
const longest = 30 * 366 * market.Day

// world reads the dates and the size of the run. It returns the end that the file plans, which --until may cut short, and
// whether the dates can be used.
func (p *problems) world(s *Scenario, d *draft, o Overrides) (planned sim.Time, sound bool) {
	w := d.world
	s.Seed, s.Buyers, s.Window = defaultSeed, DefaultBuyers, market.Hour
	s.Start, _, _ = parseDate("2023-01-01")
	planned, _, _ = parseDate("2024-07-01")
	s.BurnIn = 61 * market.Day
	p.size(s, d, o)
	before := len(p.list)
	for _, k := range w.keys {
		n, path := w.kids[k], join("world", k)
		switch k {
		case "start":
			if t, _, ok := p.date(n, path); ok {
				s.Start = t
			}
		case "end":
			if t, ok := p.dayEnd(n, path); ok {
				planned = t
			}
		case "until":
			if t, ok := p.dayEnd(n, path); ok {
				s.End = t
			}
		case "burn_in":
			if t, ok := p.span(n, path); ok {
				s.BurnIn = t
			}
		case "window":
			if t, ok := p.span(n, path); ok {
				s.Window = t
			}
		case "buyers":
		default:
			p.key(n, path, "there is no such key in world").among(k, worldKeys)
		}
	}
	until := or(w.get("until"), w)
	if o.Until != "" {
		until = &node{file: "--until", text: o.Until}
		if t, ok := p.dayEnd(until, ""); ok {
			s.End = t
		}
	}
	short := s.End != 0
	if !short {
		s.End = planned
	}
	p.lintWorld(s, w, until, short)
	return planned, len(p.list) == before
}

// size reads the number of buyers and the seed.
func (p *problems) size(s *Scenario, d *draft, o Overrides) {
	if n := d.world.get("buyers"); n != nil {
		if x, ok := p.whole(n, "world.buyers", math.MaxUint32); ok {
			s.Buyers = int(x)
			p.sizes(n, "world.buyers", s.Buyers)
		}
	}
	p.readSeed(s, d, o)
	if o.Buyers != 0 {
		s.Buyers = o.Buyers
		p.sizes(&node{file: "--buyers"}, "", o.Buyers)
	}
}

func (p *problems) readSeed(s *Scenario, d *draft, o Overrides) {
	s.Seed = defaultSeed
	if d.seed != nil {
		if x, ok := p.whole(d.seed, "seed", math.MaxUint64); ok {
			s.Seed = x
		}
	}
	if o.Seed != nil {
		s.Seed = *o.Seed
	}
}

func (p *problems) lintWorld(s *Scenario, w, until *node, short bool) {
	switch {
	case s.Window <= 0 || market.Day%s.Window != 0:
		p.at(or(w.get("window"), w), "world.window", "%s does not divide a day", spanText(s.Window)).Allowed = "15m, 30m, 1h, 2h, 3h, 4h, 6h, 8h, 12h, 1d"
		s.Window = market.Hour
	case s.Window < 60:
		p.at(or(w.get("window"), w), "world.window", "%s is too short; a window has at least 1m", spanText(s.Window))
	}
	for _, m := range []struct {
		t    sim.Time
		n    *node
		path string
	}{{s.Start, or(w.get("start"), w), "world.start"}, {s.BurnIn, or(w.get("burn_in"), w), "world.burn_in"}, {s.End, until, "world.until"}} {
		if m.t%market.Day != 0 && m.path != "world.until" {
			p.at(m.n, m.path, "must be whole days")
		} else if m.path == "world.until" && short && m.t%s.Window != 0 {
			p.at(m.n, m.path, "is not on the window grid of %s", spanText(s.Window))
		}
	}
	start := or(w.get("start"), w)
	if first := s.Start - s.BurnIn; first < 0 {
		p.at(start, "world.start", "with a burn-in of %s the run would begin on %s, before the calendar does on %s", spanText(s.BurnIn), day(first), day(0))
	}
	end, path := or(w.get("end"), start), "world.end"
	if short {
		end, path = until, "world.until"
	}
	switch {
	case s.End <= s.Start:
		p.at(end, path, "the run ends before it starts on %s", day(s.Start))
	case s.End-s.Start > longest:
		p.at(end, path, "the run is longer than 30 years")
	}
}

func or(n, other *node) *node {
	if n != nil {
		return n
	}
	return other
}

// dayEnd reads the end of a run: a bare date is its last day.
func (p *problems) dayEnd(n *node, path string) (sim.Time, bool) {
	t, dayOnly, ok := p.date(n, path)
	if dayOnly {
		t += market.Day
	}
	return t, ok
}

func day(t sim.Time) string { return market.Clock.Date(t).Format("2006-01-02") }

func (p *problems) sizes(n *node, path string, buyers int) {
	if buyers < leastBuyers || buyers > mostBuyers {
		p.at(n, path, "%d buyers cannot be simulated", buyers).Allowed = "100 to 5,000,000"
	}
}

// lintDates holds the dates of an action against the run. late and early collect inherited actions that the dates of the run
// leave out, so that this is said once, at those dates.
func (p *problems) lintDates(a *action, s *Scenario, r *reach) {
	w := a.e.When
	at, path := a.n.get("at"), join(a.e.ID, "at")
	if at == nil {
		at, path = a.n.get("after"), join(a.e.ID, "after")
	}
	if at == nil {
		at, path = or(a.n.get("phase"), a.n), join(a.e.ID, "phase")
	}
	p.grid(at, path, w.At, s.Window)
	if until := a.n.get("until"); until != nil && w.Until > w.At {
		p.grid(until, join(a.e.ID, "until"), w.Until, s.Window)
		p.reaches(a, until, join(a.e.ID, "until"), w.Until, s, r)
	} else {
		p.reaches(a, at, path, w.At, s, r)
	}
	if !a.whole {
		return
	}
	visit(reflect.ValueOf(a.e.Do).Elem(), "", func(field string, t policy.Date) {
		if n := a.n.find(field); n != nil {
			p.grid(n, join(a.e.ID, field), moment(t), s.Window)
		}
	})
}

// A reach is the time that the file plans for actions, and who stands outside it.
type reach struct {
	planned     sim.Time
	start, end  *node // where the file says so
	early, late *action
}

func (p *problems) reaches(a *action, n *node, path string, last sim.Time, s *Scenario, r *reach) {
	first := a.e.When.At
	switch {
	case first < s.Start:
		if r.start != nil && r.start.file != n.file {
			if r.early == nil || first < r.early.e.When.At {
				r.early = a
			}
			return
		}
		p.at(n, path, "%s is before the run starts on %s; what holds from the start belongs into params", when(first), day(s.Start))
	case last > r.planned-tail:
		if r.end != nil && r.end.file != n.file {
			if r.late == nil || last > max(r.late.e.When.At, r.late.e.When.Until) {
				r.late = a
			}
			return
		}
		if last >= r.planned {
			p.at(n, path, "%s is after the run ends on %s", when(last), day(r.planned-1))
			return
		}
		p.at(n, path, "a scenario ends at least 8 weeks after its last dated action; with this one not before %s, but world.end is %s", day(last+tail-1), day(r.planned-1))
	}
}

// report says at the dates of the run which inherited actions they leave out.
func (r *reach) report(p *problems) {
	if a := r.early; a != nil {
		p.at(r.start, "world.start", "the inherited action %s is earlier, on %s; remove it, or start before", a.e.ID, when(a.e.When.At))
	}
	if a := r.late; a != nil {
		last := max(a.e.When.At, a.e.When.Until)
		p.at(r.end, "world.end", "a scenario ends at least 8 weeks after its last dated action; with the inherited %s not before %s (to stop a run earlier use --until)", a.e.ID, day(last+tail-1))
	}
}

// grid wants a moment on the boundary of a window, since rules change only there.
func (p *problems) grid(n *node, path string, t, window sim.Time) {
	if window <= 0 || t%window == 0 {
		return
	}
	before := t - (t%window+window)%window
	near := before
	if t-before > window/2 {
		near += window
	}
	p.at(n, path, "%s is not on the window grid of %s; the nearest moment is %s", when(t), spanText(window), when(near))
}

// find follows a path of keys.
func (n *node) find(path string) *node {
	for n != nil && path != "" {
		key := path
		if i := indexDot(path); i >= 0 {
			key, path = path[:i], path[i+1:]
		} else {
			path = ""
		}
		if n.kind == list {
			i, err := strconv.Atoi(key)
			if err != nil || i >= len(n.items) {
				return nil
			}
			n = n.items[i]
		} else {
			n = n.get(key)
		}
	}
	return n
}

func indexDot(s string) int {
	for i := range s {
		if s[i] == '.' {
			return i
		}
	}
	return -1
}

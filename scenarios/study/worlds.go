package study

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/sim"
)

// mostWorlds is how many scenarios a study may play at each point.
const mostWorlds = 16

// A worldKeys table names a world that differs from its scenario.
var worldKeys = []string{"name", "scenario", "set"}

// worlds reads the scenarios and which of them is the base.
func (r *reader) worlds() {
	n := r.top.Get("scenarios")
	switch {
	case n == nil:
		r.At(r.top, "scenarios", "is missing: a list such as [no-ban, ban], the base first")
		return
	case !n.IsList() || len(n.Items()) == 0:
		r.At(n, "scenarios", "must be a list such as [no-ban, ban], the base first")
		return
	case len(n.Items()) > mostWorlds:
		r.At(n, "scenarios", "%d scenarios are too many", len(n.Items())).Allowed = "up to " + strconv.Itoa(mostWorlds)
		return
	}
	var names []string
	for i, item := range n.Items() {
		w, ok := r.world(item, "scenarios."+strconv.Itoa(i))
		if !ok {
			continue
		}
		if slices.Contains(names, w.Name) {
			r.At(item, "scenarios."+strconv.Itoa(i), "two scenarios have the name %s; write one as {name: other, scenario: %s}", w.Name, w.Ref)
			continue
		}
		names = append(names, w.Name)
		r.s.Worlds = append(r.s.Worlds, w)
	}
	if b := r.top.Get("base"); b != nil {
		i := slices.Index(names, b.Text())
		if i < 0 {
			r.At(b, "base", "%q is not one of the scenarios of this study", b.Text()).Among(b.Text(), names)
			return
		}
		base := r.s.Worlds[i]
		r.s.Worlds = slices.Insert(slices.Delete(r.s.Worlds, i, i+1), 0, base)
	}
	r.alike(n)
}

// world reads one scenario: its name, or a table where something is set in it.
func (r *reader) world(n *load.Node, at string) (w World, ok bool) {
	ref := n
	switch {
	case n.IsTable():
		r.Known(n, at, worldKeys)
		if ref = n.Get("scenario"); ref == nil || !ref.Single() {
			r.At(n, at+".scenario", "is missing: the name of a scenario, or a path")
			return w, false
		}
		w.Set = r.settings(n.Get("set"), at+".set")
	case !n.Single():
		r.At(n, at, "must be the name of a scenario, not %s", n.What())
		return w, false
	}
	w.Ref = ref.Text()
	if w.from = r.Template(ref, at, r.dir, r.files); w.from == nil {
		return w, false
	}
	if name := n.Get("name"); name != nil {
		w.Name = r.Name(name, at+".name")
		return w, w.Name != ""
	}
	if w.Name = w.Ref; strings.ContainsAny(w.Ref, `/\.`) {
		w.Name = strings.TrimSuffix(w.Ref[strings.LastIndexAny(w.Ref, `/\`)+1:], ".yaml")
	}
	return w, true
}

// alike loads all worlds as they are where no factor is set, lets those that end early go on for as long as the last, and wants them to
// be worlds that can be compared.
func (r *reader) alike(n *load.Node) {
	if r.Count() > 0 {
		return
	}
	end := sim.Time(0)
	all := make([]*load.Scenario, len(r.s.Worlds))
	for i := range all {
		s, err := r.s.make(Point{}, i, nil)
		if err != nil {
			r.blame(err, Point{}, i)
			return
		}
		all[i], end = s, max(end, s.End)
	}
	for i, w := range r.s.Worlds {
		if all[i].End < end && r.s.Until == "" {
			w.until = market.Clock.Date(end - market.Day).Format(time.DateOnly)
			r.s.Worlds[i] = w
			s, err := r.s.make(Point{}, i, nil)
			if err != nil {
				r.blame(err, Point{}, i)
				return
			}
			all[i] = s
		}
	}
	if err := compare.Alike(all); err != nil {
		r.At(n, "scenarios", "%v", err)
		return
	}
	for _, s := range all {
		r.s.digest += s.Hash
	}
	r.plain = all
}

// Scenario is a world of a cell. It is safe for use by several goroutines. The error is of type load.Errors.
func (s *Study) Scenario(point, world int, seed uint64) (*load.Scenario, error) {
	return s.make(s.points[point], world, &seed)
}

// Overrides are what makes the world of a cell from its scenario, in the order in which it is set: those of pasar run.
func (s *Study) Overrides(point, world int, seed uint64) load.Overrides {
	return s.overrides(s.points[point], world, &seed)
}

func (s *Study) make(p Point, world int, seed *uint64) (*load.Scenario, error) {
	return s.Worlds[world].from.Scenario(s.overrides(p, world, seed))
}

func (s *Study) overrides(p Point, world int, seed *uint64) load.Overrides {
	w := s.Worlds[world]
	o := load.Overrides{Seed: seed, Buyers: s.Buyers, Until: s.Until, Set: slices.Concat(s.Set, w.Set)}
	if o.Until == "" {
		o.Until = w.until
	}
	for i, v := range p.Values {
		o.Set = append(o.Set, s.Factors[i].Settings(world, v)...)
	}
	return o
}

// blame lays the mistakes of a world to what the study sets in it.
func (r *reader) blame(err error, p Point, world int) {
	var all load.Errors
	if !errors.As(err, &all) {
		r.At(r.top, "", "%v", err)
		return
	}
	w := r.s.Worlds[world].Name
	for _, e := range all {
		e.Allowed, _, _ = strings.Cut(e.Allowed, ", or a wider range") // a study gives none
		text, ours := strings.CutPrefix(e.File, "--set ")
		switch node, path := r.culprit(text, p); {
		case ours && node != nil:
			to := r.At(node, path, "in %s, with %s: %s", w, text, e.What)
			to.Allowed, to.Near = e.Allowed, e.Near
		case e.File == "--until":
			to := r.At(r.top.Get("until"), "until", "in %s: %s", w, e.What)
			to.Allowed, to.Near = e.Allowed, e.Near
		case len(p.Values) == 0:
			r.Add(e)
		default:
			r.At(r.top.Get("factors"), "factors", "in %s, at point %d (%s): %v", w, p.Number, r.s.Describe(p), e)
		}
	}
}

// culprit is the place in the study where a path=value comes from.
func (r *reader) culprit(text string, p Point) (*load.Node, string) {
	name, _, _ := strings.Cut(text, "=")
	for i, f := range r.s.Factors {
		if i < len(p.Values) && f.owns(name) {
			return f.place, "factors." + f.Name
		}
	}
	for _, s := range r.sets {
		if s.text == text {
			return s.node, s.path
		}
	}
	return nil, ""
}

// Describe is a point in words: displacement = .3, fee = .05.
func (s *Study) Describe(p Point) string {
	parts := make([]string, len(p.Values))
	for i, v := range p.Values {
		parts[i] = s.Factors[i].Name + " = " + v.Text()
	}
	return strings.Join(parts, ", ")
}

// most is how many scenarios are made to try a study.
const most = 300

// try makes the scenarios of the study before anything is played: those of all points, or if they are many those in which each factor is
// least, is largest, and has each of its words.
func (r *reader) try() {
	points := r.s.points
	if len(points)*len(r.s.Worlds) > most {
		points = r.s.extremes()
	}
	for w := range r.s.Worlds {
		for _, p := range points {
			if _, err := r.s.make(p, w, nil); err != nil {
				r.blame(err, p, w)
			}
			if r.Count() > 2*len(r.s.Factors)+8 {
				return
			}
		}
	}
}

// extremes are the points in which a factor is least, is largest, or has a word for the first time.
func (s *Study) extremes() []Point {
	which := map[int]bool{}
	for f := range s.Factors {
		low, high := 0, 0
		words := map[string]bool{}
		for i, p := range s.points {
			switch v := p.Values[f]; {
			case v.Word != "":
				which[i] = which[i] || !words[v.Word]
				words[v.Word] = true
			case v.Number < s.points[low].Values[f].Number:
				low = i
			case v.Number > s.points[high].Values[f].Number:
				high = i
			}
		}
		which[low], which[high] = true, true
	}
	var some []Point
	for i, p := range s.points {
		if which[i] {
			some = append(some, p)
		}
	}
	return some
}

package study

import (
	"slices"
	"strings"

	"pasar/scenarios/load"
)

// known looks up what is known of the parameter in the first world in which the factor is set: its unit, its source and its value there,
// which is the centre unless the file gives one. It refuses a law that leaves the parameter's range.
func (r *reader) known(f *Factor, n *load.Node, at string) {
	given := n.Get("centre") != nil
	if !given {
		f.Centre = f.middle()
	}
	world := slices.Index(f.In, true)
	if r.plain == nil || world < 0 || !r.there(f, n, at) {
		return
	}
	s := r.plain[world]
	for _, v := range s.Values {
		if v.Path != f.Path {
			continue
		}
		f.Unit, f.Source = v.Unit, v.Source
		x, one := v.Value.(float64)
		if !one {
			r.At(n.Get("path"), at+".path", "%s is a list of numbers; a factor is one number or word", f.Path)
			return
		}
		if !given {
			f.Centre = number(x)
		}
		if f.Law != nil {
			if lo, hi := f.Law.Ends(); lo < v.Lo || hi > v.Hi {
				r.At(n, at, "from %s to %s it leaves the range of %s", number(lo).Text(), number(hi).Text(), f.Path).Allowed = number(v.Lo).Text() + " to " + number(v.Hi).Text() + " (" + v.Unit + ")"
			}
		}
		return
	}
	id, field, _ := strings.Cut(f.Path, ".")
	for _, e := range s.Entries {
		if e.ID != id || e.IsPhase() {
			continue
		}
		for _, g := range load.Givens(e.Do) {
			if g.Path != field {
				continue
			}
			f.Unit, f.Source = g.Unit, e.Source
			if given || g.Text == "" {
				return
			}
			if x, ok := g.Value.(float64); ok {
				f.Centre = number(x)
			} else {
				f.Centre = word(g.Text)
			}
			return
		}
	}
}

// there wants the action that a factor sets a field of in each world that it is set in.
func (r *reader) there(f *Factor, n *load.Node, at string) bool {
	id, _, _ := strings.Cut(f.Path, ".")
	if slices.Contains([]string{"params", "vars", "branches", "phases", "measure", "assert"}, id) {
		return true
	}
	var ids, with, without []string
	for w, s := range r.plain {
		has := s.Actions()
		for _, other := range has {
			if !slices.Contains(ids, other) {
				ids = append(ids, other)
			}
		}
		if slices.Contains(has, id) {
			with = append(with, r.s.Worlds[w].Name)
		} else if f.In[w] {
			without = append(without, r.s.Worlds[w].Name)
		}
	}
	switch {
	case len(with) == 0:
		r.At(n.Get("path"), at+".path", "there is no action %s", id).Among(id, append(ids, "params"))
	case len(without) > 0:
		r.At(n.Get("path"), at+".path", "%s has no action %s; to set it where there is one, write in: [%s]", strings.Join(without, ", "), id, strings.Join(with, ", "))
	default:
		return true
	}
	return false
}

// shares finds the shares that give way to a factor, in each world.
func (r *reader) shares(f *Factor, n *load.Node, at string) {
	before, after, ok := strings.Cut(f.Shares, "*")
	fits := func(path string) bool {
		middle, isAfter := strings.CutSuffix(path, after)
		middle, isBefore := strings.CutPrefix(middle, before)
		return ok && isBefore && isAfter && middle != "" && !strings.Contains(middle, ".")
	}
	if !fits(f.Path) {
		r.At(n, at, "%s is not one of them", f.Path).Allowed = "a path with one *, such as params.intent.*.share"
		return
	}
	f.Others = make([][]Share, len(r.plain))
	for w, s := range r.plain {
		sum := 0.
		for _, v := range s.Values {
			if x, one := v.Value.(float64); one && v.Path != f.Path && fits(v.Path) {
				f.Others[w] = append(f.Others[w], Share{v.Path, x})
				sum += x
			}
		}
		if !(sum > 0) {
			r.At(n, at, "there are no other shares")
			return
		}
		for i := range f.Others[w] {
			f.Others[w][i].Part /= sum
		}
	}
}

// Settings are the path=value that give a factor a value in a world: none where it is not set, and more than one with Shares.
func (f *Factor) Settings(world int, v Value) []string {
	if !f.In[world] {
		return nil
	}
	list := []string{f.Path + "=" + v.Text()}
	if f.Others != nil {
		for _, o := range f.Others[world] {
			list = append(list, o.Path+"="+number(round(o.Part*(1-v.Number))).Text())
		}
	}
	return list
}

// owns tells whether a path is set by the factor.
func (f *Factor) owns(path string) bool {
	if path == f.Path {
		return true
	}
	return len(f.Others) > 0 && slices.ContainsFunc(f.Others[0], func(o Share) bool { return o.Path == path })
}

// middle is the value in the middle.
func (f *Factor) middle() Value { return f.At(.5) }

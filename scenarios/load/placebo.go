package load

import (
	"fmt"
	"maps"
	"slices"
)

// Placebo is a scenario with the nulls of all entries of another that it does not have, or has otherwise: a world in which
// everything is announced, dated and enacted, and nothing is done (decisions A3, E24). It must play as if they were not there. The second
// result says which entries they are. The other scenario is used up: its interventions do nothing from here on.
func (s *Scenario) Placebo(other *Scenario) (*Scenario, []string) {
	x := *s
	x.Entries = slices.Clone(s.Entries)
	scene := *s.scene
	scene.Entries, scene.Do = maps.Clone(scene.Entries), maps.Clone(scene.Do)
	x.scene = &scene
	var ids []string
	for i := range other.Entries {
		e := other.Entries[i]
		if e.IsPhase() || slices.ContainsFunc(s.Entries, func(own Entry) bool { return same(&own, &e) }) {
			continue
		}
		if e.If != nil { // what waits for something is there from the first day
			e.If, e.Phase, e.Exit = nil, "", nil
			e.When.At = max(e.When.At, s.Start)
		}
		id := e.ID
		for scene.Do[id] != nil {
			id = "null-" + id
		}
		e.Do.Null()
		e.ID, e.When.ID, e.When.Entry = id, id, uint32(len(x.Entries)+1)
		x.Entries = append(x.Entries, e)
		scene.Entries[id], scene.Do[id] = e.When, e.Do
		ids = append(ids, e.Do.Doc().Name+" "+other.Entries[i].ID)
	}
	return &x, ids
}

// same tells whether two entries are written alike, sources and notes aside.
func same(a, b *Entry) bool {
	bare := func(e *Entry) string {
		x := *e
		x.Note, x.Source, x.Grade = "", "", ""
		return fmt.Sprint(x.fields())
	}
	return a.ID == b.ID && a.IsPhase() == b.IsPhase() && !a.IsPhase() && bare(a) == bare(b)
}

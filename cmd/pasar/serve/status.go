package serve

import (
	"path/filepath"
	"slices"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
)

// A status is how far a run has come, as browsers are told.
type status struct {
	Key      string     `json:"key"`
	BaseKey  string     `json:"base_key,omitempty"`
	State    string     `json:"state"`
	Position int        `json:"position"`
	Scenario string     `json:"scenario"`
	Title    lab.Text   `json:"title"`
	Set      []string   `json:"set"`
	Text     bool       `json:"text"`
	Hash     string     `json:"hash"`
	Until    string     `json:"until,omitempty"`
	Seed     uint64     `json:"seed"`
	N        int        `json:"n"`
	Buyers   int        `json:"buyers"`
	Start    string     `json:"start"`
	End      string     `json:"end"`
	Done     int        `json:"done"`
	Stored   int        `json:"stored"`
	Started  int        `json:"started"`
	Share    float64    `json:"share"`
	Elapsed  int64      `json:"elapsed_ms"`
	Left     *int64     `json:"left_ms"`
	Error    *failure   `json:"error,omitempty"`
	Command  string     `json:"command"`
	Quick    bool       `json:"quick"`
	Withheld []withheld `json:"withheld"`
	Sketch   *size      `json:"sketch,omitempty"`
}

// A size is how many replications and buyers a run has.
type size struct {
	N      int `json:"n"`
	Buyers int `json:"buyers"`
}

// A withheld is a main outcome that is not shown yet, and why.
type withheld struct {
	Outcome string   `json:"outcome"`
	Reason  lab.Text `json:"reason"`
	Buyers  int      `json:"buyers"`
}

// status tells of a run; the pool is locked.
func (p *pool) status(r *run) status {
	done, open, busy := r.count()
	s := r.still()
	s.State, s.Done, s.Stored, s.Started = r.state(), done, r.stored, done+busy+len(r.failed)
	if s.State == queued {
		s.Position = p.position(r)
	}
	if p.worthSketching(r) {
		s.Sketch = &size{lab.SketchReps, lab.SketchBuyers}
	}
	if !r.began.IsZero() {
		end := r.ended
		if end.IsZero() {
			end = time.Now()
		}
		s.Elapsed = end.Sub(r.began).Milliseconds()
	}
	s.Share = (float64(done) + p.partly(r)) / float64(r.N)
	if open+busy > 0 && s.Share > 0 && s.State == running {
		left := int64(float64(s.Elapsed) * (1 - s.Share) / s.Share)
		s.Left = &left
	}
	for i, err := range r.failed { // the first one is told
		if s.Error == nil || s.Error.Seed > r.Seed+uint64(i) {
			s.Error = &failure{placeless(err.Error(), filepath.Dir(p.dir)), r.Seed + uint64(i)}
		}
	}
	return s
}

// stillOf is what never changes of a status. It is worked out once for a run, and told many times a second.
func stillOf(x *lab.Run) status {
	card := lab.CardOf(x.First, nil)
	s := status{
		Key: x.Key, Scenario: x.First.Name, Title: card.Title, Set: append([]string{}, x.World.Overrides.Set...), Text: x.World.Text != nil,
		Hash: x.First.Hash, Until: x.World.Overrides.Until, Seed: x.Seed, N: x.N, Buyers: x.Buyers, Start: card.Start, End: card.End,
		Command: compare.RunCommand(x.World, x.Seed), Quick: x.Quick(), Withheld: []withheld{},
	}
	if x.Quick() {
		for _, o := range mains(x.First.Outcomes) {
			if lab.OfGroup(o) {
				s.Withheld = append(s.Withheld, withheld{o, lab.Withheld(x.Buyers), lab.GroupsFrom})
			}
		}
	}
	return s
}

// partly is how many replications the weeks make that have been played of those under way.
func (p *pool) partly(r *run) (sum float64) {
	weeks := float64(r.First.End-r.First.Start) / float64(market.Week)
	for _, frames := range r.frames { // equal parts
		sum += float64(len(frames)) / weeks
	}
	return min(sum, float64(len(r.frames)))
}

// mains are the main outcomes of a scenario.
func mains(declared []string) []string {
	if len(declared) > 0 {
		return slices.Clone(declared)
	}
	var names []string
	for _, o := range compare.Outcomes()[:5] {
		names = append(names, o.Name)
	}
	return names
}

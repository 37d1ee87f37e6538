package sweep

import (
	"slices"

	"pasar/scenarios/stats"
)

// Rules by which a study ends, as it calls them.
const (
	TooManyFailed = "failed"
	KnownWell     = "precise"
)

// An Ending says which rule of a study held, and when.
type Ending struct {
	Rule    string  `json:"rule"`              // TooManyFailed or KnownWell
	Share   float64 `json:"share"`             // of the runs, that may fail; or of a difference, that half its interval may be
	Outcome string  `json:"outcome,omitempty"` // of which the differences are known well
	Look
}

// Early tells whether replications of the study were left out.
func (e *Ending) Early() bool { return e != nil && e.Replications < e.Of }

// A Look is one of the numbers of replications after which a study may end.
type Look struct {
	Number       int `json:"look"` // from 1
	Last         int `json:"looks"`
	Replications int `json:"replications"` // then
	Of           int `json:"of"`           // that the study has
}

// look is the one to which the plan goes.
func (p *Plan) look() Look {
	all := p.all().looks()
	return Look{slices.Index(all, p.Reps) + 1, len(all), p.Reps, p.all().Reps}
}

// usualLevel is that of intervals.
const usualLevel = .95

// leastRuns is how many runs must be there before a share of failed ones says anything.
const leastRuns = 20

// looks are the numbers of replications after which a study may end, the last being all of them.
func (p *Plan) looks() []int {
	switch {
	case p.Design == nil:
	case p.rule != nil:
		return p.rule.Looks
	case p.Design.Stop.Failed < 1:
		var all []int
		for n := 1; n < p.Reps; n *= 4 {
			all = append(all, n)
		}
		return append(all, p.Reps)
	}
	return []int{p.Reps}
}

// begin makes the rule by which a study ends early, if it has one.
func (p *Plan) begin() error {
	p.Level = usualLevel
	if p.Design == nil || p.Design.Stop.Precise == nil {
		return nil
	}
	rule, err := stats.NewRule(p.Design.Stop.Precise.Share, usualLevel, p.Reps)
	p.rule, p.Level = &rule, rule.Each()
	return err
}

// upTo is the plan with fewer replications.
func (p *Plan) upTo(reps int) *Plan {
	q := *p
	q.Reps, q.whole = reps, p.all()
	return &q
}

// all is the plan with all replications of the study.
func (p *Plan) all() *Plan {
	if p.whole != nil {
		return p.whole
	}
	return p
}

// within are the rows of replications before one.
func within(rows Rows, reps int) Rows {
	return func(yield func(Row, error) bool) {
		for r, err := range rows {
			if (err != nil || r.Rep < reps) && !yield(r, err) {
				return
			}
		}
	}
}

// enough looks at the runs of all replications of a plan, and tells by which rule the study ends here: too many have failed, or the effects are
// known well enough at every point. Nil: it has no rule that holds.
func (p *Plan) enough(rows Rows) (*Ending, error) {
	if p.Design == nil || p.rule == nil && p.Design.Stop.Failed >= 1 {
		return nil, nil
	}
	precise := p.rule != nil
	all, bad := 0, 0
	var point []Row
	look := func() {
		if precise && len(point) > 0 {
			precise = p.preciseAt(point)
		}
		point = point[:0]
	}
	for r, err := range rows {
		if err != nil {
			return nil, err
		}
		if all++; r.Failed() {
			bad++
		}
		if len(point) > 0 && r.Point != point[0].Point {
			look()
		}
		r.Kept = nil
		point = append(point, r)
	}
	look()
	switch {
	case all >= leastRuns && float64(bad) > p.Design.Stop.Failed*float64(all):
		return &Ending{Rule: TooManyFailed, Share: p.Design.Stop.Failed, Look: p.look()}, nil
	case precise:
		return &Ending{Rule: KnownWell, Share: p.rule.Share, Outcome: p.Design.Stop.Precise.Outcome, Look: p.look()}, nil
	}
	return nil, nil
}

// preciseAt tells whether the effects of all worlds on the outcome that the rule is about are known well enough at a point.
func (p *Plan) preciseAt(rows []Row) bool {
	values := p.values(rows)
	for o, x := range p.Outcomes {
		if x.Name != p.Design.Stop.Precise.Outcome {
			continue
		}
		for w := 1; w < len(p.Worlds); w++ {
			if !p.rule.Precise(stats.PairT(values[0][o], values[w][o], p.Level)) {
				return false
			}
		}
	}
	return true
}

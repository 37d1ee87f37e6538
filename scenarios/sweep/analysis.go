package sweep

import (
	"fmt"
	"slices"

	"pasar/scenarios/compare"
	"pasar/scenarios/sensitivity"
	"pasar/scenarios/stats"
)

// An Analysis says what drives an outcome: the effect of a world on it, or its level where the study has one world.
type Analysis struct {
	Scenario string               `json:"scenario"`
	Outcome  string               `json:"outcome"`
	Unit     string               `json:"unit"`
	Effect   bool                 `json:"effect"` // against the base; else of the level
	Results  *sensitivity.Results `json:"results"`

	world, outcome int
}

// analyses are all that the design allows, by world and outcome.
func (p *Plan) analyses(f *Found) ([]Analysis, error) {
	if p.Design == nil {
		return nil, nil
	}
	laid := p.structure()
	var all []Analysis
	for w := range p.Worlds {
		if w == 0 && len(p.Worlds) > 1 {
			continue
		}
		for o, x := range p.Outcomes {
			a := Analysis{Scenario: p.Worlds[w], Outcome: x.Name, Unit: x.Unit, Effect: w > 0, world: w, outcome: o}
			t := p.Table(f, w, o)
			var err error
			if a.Results, err = sensitivity.Analyse(t, laid, cases(t, x, a.Effect), fmt.Sprintf("%s\n%s\n%s", p.Identity, a.Scenario, x.Name)); err != nil {
				return nil, err
			}
			all = append(all, a)
		}
	}
	return all, nil
}

// structure says what the points are to each other. An elementary effect is the change of an outcome over that of a factor as a part of its whole
// range, and a list of values does not change as its coordinate does.
func (p *Plan) structure() sensitivity.Plan {
	laid := sensitivity.PlanOf(p.Design.Design, len(p.Factors))
	if len(laid.Steps) > 0 {
		at := p.Design.Design.Points(len(p.Factors))
		for i := range laid.Steps {
			s := &laid.Steps[i]
			s.Delta = p.Design.Factors[s.Factor].Change(at[s.From][s.Factor], at[s.To][s.Factor])
		}
	}
	return laid
}

// Table is the outcome by point and replication: the effect of a world that is not the base, else its level.
func (p *Plan) Table(f *Found, world, outcome int) *sensitivity.Table {
	t := &sensitivity.Table{Common: p.Common, Nested: p.Nested, Level: p.Level}
	for i, x := range p.Factors {
		y := sensitivity.Factor{Name: x.Name}
		if x.Kinds {
			y.Categories = p.kinds(i)
		}
		t.Factors = append(t.Factors, y)
	}
	for _, levels := range p.Points {
		row := make([]float64, len(levels))
		for i, l := range levels {
			if row[i] = l.Value; p.Factors[i].Kinds {
				row[i] = float64(slices.Index(t.Factors[i].Categories, l.Text))
			}
		}
		t.X = append(t.X, row)
	}
	if t.Y = f.Values[world][outcome]; world > 0 {
		t.Y = f.Differences(world, outcome)
	}
	return t
}

// kinds are the words that a factor has, in the order of the points.
func (p *Plan) kinds(factor int) (all []string) {
	for _, levels := range p.Points {
		if !slices.Contains(all, levels[factor].Text) {
			all = append(all, levels[factor].Text)
		}
	}
	return all
}

// cases are what boxes are looked for of: where an effect does harm, or if it does everywhere or nowhere, the quarter of the points where the
// outcome is worst.
func cases(t *sensitivity.Table, o compare.Outcome, effect bool) []sensitivity.Case {
	var means []float64
	for i := range t.X {
		if m, _, n := t.Mean(i); n > 0 {
			means = append(means, m)
		}
	}
	if len(means) == 0 {
		return nil
	}
	slices.Sort(means)
	c := sensitivity.Case{Above: o.Bad > 0}
	if effect && means[0] < 0 && means[len(means)-1] > 0 {
		return []sensitivity.Case{c}
	}
	if c.Limit = stats.Quantile(means, .25); c.Above {
		c.Limit = stats.Quantile(means, .75)
	}
	return []sensitivity.Case{c}
}

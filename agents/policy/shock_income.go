package policy

import "pasar/agents/market"

// ShockIncome changes what buyers have to spend, from their next payday on.
type ShockIncome struct {
	placebo
	Factor float64 `yaml:"factor" doc:"incomes, relative to without the shock" unit:"ratio" min:"0" max:"3" required:"true"`
}

// Doc describes it.
func (*ShockIncome) Doc() Doc {
	return Doc{Name: "shock_income", What: "Changes what buyers have to spend.", Section: "9.1"}
}

// Check has nothing to add to the tags.
func (*ShockIncome) Check(*Scene, When) []Problem { return nil }

// Enact sets the change.
func (s *ShockIncome) Enact(p *Plan, w When) {
	s.on(p).Rule(w, market.IncomeMore, market.Everywhere, PPM(s.Factor-1))
}

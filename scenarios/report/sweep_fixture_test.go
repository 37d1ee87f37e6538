package report

import (
	"math"
	"math/rand/v2"
	"sync"

	"pasar/scenarios/design"
	"pasar/scenarios/load"
	"pasar/scenarios/sensitivity"
)

// madeSweep is a finished sweep of a design, of which all numbers are made up by a formula: no run was played. About a share of the runs failed.
func madeSweep(kind string, d design.Design, replications int, failed float64) *Sweep {
	luck := rand.New(rand.NewPCG(7, 7))
	factors := []sensitivity.Factor{{Name: "rho"}, {Name: "offline"}, {Name: "fee"}, {Name: "partner", Categories: []string{"none", "tokopedia", "blibli"}}}
	known := []SweepFactor{
		{Label: "displacement", Path: "params.disc.rho", Unit: "share", Source: "assumption", Low: .2, High: .8}, {Label: "offline share", Path: "params.offline.share", Unit: "share", Source: "W-BIS", Low: .1, High: .7},
		{Label: "fee of Tokopedia", Path: "params.platforms.tokopedia.fee", Unit: "share", Source: "assumption", Low: .02, High: .08}, {Path: "deal.partner", Words: factors[3].Categories},
	}
	k := 4
	if kind == "grid" {
		k = 2
	}
	s := &Sweep{
		Name: "made-up", Title: map[string]string{"en": "Made-up numbers: when does a ban hurt SMEs?", "id": "Angka karangan: kapan larangan merugikan UMKM?"},
		Info:      map[string]load.Info{"en": {Question: "Under which assumptions does the ban lower the income of SMEs? (All numbers on this page are made up.)"}},
		Scenarios: []string{"no-ban", "ban"}, Design: kind, Factors: known[:k], Replications: replications, Seeds: "common", FirstSeed: 1, LastSeed: uint64(replications), Buyers: 2000, Window: "since", Until: "2024-01-31",
		Hash: "0123456789abcdef", Results: "fedcba9876543210", Command: "pasar sweep made-up", Options: Options{Version: "abc", Human: "v0"},
	}
	income := &sensitivity.Table{Factors: factors[:k], Common: true}
	gmv := &sensitivity.Table{Factors: factors[:k], Common: true}
	for _, u := range d.Points(k) {
		x := make([]float64, k)
		for i, u := range u {
			if math.IsNaN(u) {
				u = .5
			}
			x[i] = known[i].Low + u*(known[i].High-known[i].Low)
			if factors[i].Categories != nil {
				x[i] = min(math.Floor(3*u), 2)
			}
		}
		effect := 90e3 * (x[0] - .35 - .6*max(x[1]-.4, 0))
		if k > 2 {
			effect -= 2e5 * (x[2] - .05)
			if x[3] == 2 {
				effect -= 12e3
			}
		}
		var a, b []float64
		for range replications {
			if luck.Float64() < failed {
				a, b = append(a, math.NaN()), append(b, math.NaN())
				s.Failed += 2
				continue
			}
			a = append(a, effect+6e3*luck.NormFloat64())
			b = append(b, 1.9e12+3e11*x[0]+2e10*luck.NormFloat64())
		}
		income.X, income.Y = append(income.X, x), append(income.Y, a)
		gmv.X, gmv.Y = append(gmv.X, x), append(gmv.Y, b)
	}
	s.Points = len(income.X)
	s.Runs = 2 * s.Points * replications
	if s.Failed > 0 {
		s.Errors = []SweepError{{"after 5 minutes the run was stopped", s.Failed - s.Failed/3, "point 3, replication 2, scenario ban"}, {"agents: the price of an SME left the range", s.Failed / 3, "point 9, replication 1, scenario no-ban"}}
	}
	var of design.Design
	if kind != "grid" {
		of = d
	}
	for _, o := range []SweepOutcome{{Name: "sme_income", World: "ban", Less: "no-ban", Unit: "IDR/4 weeks", Table: income}, {Name: "gmv", World: "ban", Unit: "IDR/day", Table: gmv}} {
		var cases []sensitivity.Case
		if o.Less != "" {
			cases = []sensitivity.Case{{Limit: 0}}
		}
		var err error
		if o.Analyses, err = sensitivity.Analyse(o.Table, sensitivity.PlanOf(of, k), cases, o.Name); err != nil {
			panic(err)
		}
		s.Outcomes = append(s.Outcomes, o)
	}
	return s
}

// madeSweeps are one of each kind.
var madeSweeps = sync.OnceValue(func() map[string]*Sweep {
	return map[string]*Sweep{
		"grid": madeSweep("grid", &grid{9}, 6, .02), "lhs": madeSweep("lhs", &design.LHS{N: 300, Seed: 1}, 4, .02), "saltelli": madeSweep("saltelli", &design.Saltelli{Base: 128, Seed: 1}, 3, .02),
		"morris": madeSweep("morris", &design.Morris{Trajectories: 12, Levels: 4, Seed: 1}, 3, 0), "oat": madeSweep("oat", &design.OAT{Levels: 2}, 8, .05), "gone": madeSweep("random", &design.Random{N: 30, Seed: 1}, 2, 2), "few": madeSweep("random", &design.Random{N: 8, Seed: 1}, 1, 0),
	}
})

// A grid of n by n.
type grid struct{ n int }

func (g *grid) Check(int) error        { return nil }
func (g *grid) Size(int) int           { return g.n * g.n }
func (g *grid) Group(_, point int) int { return point }
func (g *grid) Grows() bool            { return false }
func (g *grid) Points(int) (rows [][]float64) {
	for i := range g.n {
		for j := range g.n {
			rows = append(rows, []float64{float64(i) / float64(g.n-1), float64(j) / float64(g.n-1)})
		}
	}
	return rows
}

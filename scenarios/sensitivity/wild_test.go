package sensitivity

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"

	"pasar/scenarios/design"
)

// Whatever a table holds, an analysis gives numbers or a reason: never a panic, and nothing that JSON refuses.
func TestWildTables(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 1))
	said := 0
	for range 400 {
		k := 1 + luck.IntN(3)
		d := []design.Design{&design.Random{N: 1 + luck.IntN(60), Seed: 1}, &design.Morris{Trajectories: 2, Levels: 2, Seed: 1}, &design.Saltelli{Base: 1 << luck.IntN(6), Seed: 1}, &design.OAT{Levels: 2}}[luck.IntN(4)]
		table := &Table{Factors: factors(k), Common: luck.IntN(2) == 0, X: d.Points(k)}
		coarse, level := float64(1+luck.IntN(4)), []float64{0, 1, 1e15, -1e-12}[luck.IntN(4)]
		spread, failed, n := []float64{0, 1e-9, 1, 1e12}[luck.IntN(4)], []float64{0, .1, .9}[luck.IntN(3)], luck.IntN(4)
		if luck.IntN(2) == 0 {
			table.Factors[0].Categories = []string{"a", "b", "c", "d", "e"}
		}
		for _, x := range table.X {
			for i := range x {
				if math.IsNaN(x[i]) {
					x[i] = .5
				}
				x[i] = math.Round(x[i] * coarse)
			}
			var y []float64
			for range n {
				v := level + spread*(x[0]+luck.NormFloat64())
				if luck.Float64() < failed {
					v = []float64{math.NaN(), math.Inf(1)}[luck.IntN(2)]
				}
				y = append(y, v)
			}
			table.Y = append(table.Y, y)
		}
		r, err := Analyse(table, PlanOf(d, k), []Case{{Limit: level}, {Above: true, Limit: level + spread}}, "wild")
		if err != nil {
			t.Fatal(err)
		}
		numbers(t, r)
		if r.Morris != nil || r.Sobol != nil || r.Tornado != nil || r.Scores != nil || len(r.Boxes) > 0 {
			said++
		}
		for i := range k {
			numbers(t, Curve(table, i))
		}
		if _, err := PRIM(table, Case{}, "wild"); err != nil && !errors.As(err, new(*Error)) {
			t.Error(err)
		}
	}
	if said < 100 {
		t.Errorf("only %d tables say anything", said)
	}
}

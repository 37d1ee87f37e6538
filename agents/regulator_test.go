package agents

import (
	"math"
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// "x_m(t) = 1-exp(-κ·t) until 14 days before the deadline, then linear to 1-η_m, η_m ~ Beta(1,30)·(2-effort). With κ = .0195 a day the
// index is .75 on day 71": as it says; it never falls; after the deadline what is missing goes on shrinking at rate κ; and over many
// seeds η has mean 1/31 of twice the effort left.
func TestIntegration(t *testing.T) {
	p := params()
	p.Pilot.Effort = .5
	start := 100 * m.Day
	mean := 0.0
	const seeds = 500
	for seed := range uint64(seeds) {
		x := &gauge{p: p, seed: seed, times: []sim.Time{start + 71*m.Day, start + 92*m.Day, start + 99*m.Day, start + 106*m.Day, start + 166*m.Day}}
		v := x.progress(t, start, start+106*m.Day)
		missing := 1 - v[3]
		mean += missing / seeds
		from := 1 - math.Exp(-.0195*92)
		for i, want := range []float64{1 - math.Exp(-.0195*71), from, (from + 1 - missing) / 2, 1 - missing, 1 - missing*math.Exp(-.0195*60)} {
			if math.Abs(v[i]-want) > 1e-9 {
				t.Fatalf("seed %d: progress %d is %.9f, not %.9f", seed, i, v[i], want)
			}
		}
		if seed == 0 && math.Abs(v[0]-.75) > .005 {
			t.Errorf("%.4f on day 71", v[0])
		}
	}
	// sd of Beta(1,30) is .031: 1.5 times it, over the root of 500, is .0021
	if want := 1.5 / 31; math.Abs(mean-want) > 4*.0021 {
		t.Errorf("%.4f is missing at the deadline on average, not %.4f", mean, want)
	}
}

// A gauge asks the regulator how far an integration is, at some moments.
type gauge struct {
	p     *m.Params
	seed  uint64
	times []sim.Time
	k     *Regulators
	r     Regulator
	got   []float64
}

func (x *gauge) Born(t *m.Turn, _ *Regulator) {
	for _, at := range x.times {
		t.Wake(at, deskWake, m.Msg{})
	}
}

func (x *gauge) React(t *m.Turn, _ *Regulator, _ *m.Event) {
	x.got = append(x.got, x.k.progress(t, &x.r, 0))
}

func (x *gauge) progress(t *testing.T, start, deadline sim.Time) []float64 {
	t.Helper()
	x.k = &Regulators{&Common{Market: &m.Market{P: x.p, Book: &m.Book{}}}}
	x.r.Watching, x.r.Deadline = start, deadline
	w := sim.New(sim.Options[m.Msg]{Seed: x.seed, Window: m.Hour, Until: 300 * m.Day, Period: m.Day, Lag: 2 * m.Hour, Cells: m.Cells, Topics: int(m.Topics)})
	sim.Add(w, m.LotRegulator, 1, sim.Agent[Regulator, m.Msg](x))
	if _, err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return x.got
}

// What the rule decides, at and around its thresholds.
func TestAuditRule(t *testing.T) {
	rule := m.AuditRule{Approve: .95, Extend: .7, LeastM: -.05, Left: 1}
	for _, c := range []struct {
		c, m float64
		left int64
		want uint8
	}{
		{.95, -.05, 1, m.Approve}, {1, 1, 0, m.Approve}, {.949, 1, 1, m.Extend}, {.95, -.051, 1, m.Extend}, {.7, -9, 1, m.Extend},
		{.949, 1, 0, m.Revoke}, {.699, 1, 1, m.Revoke}, {1, -.051, 0, m.Revoke},
	} {
		rule.Left = c.left
		if got := rule.Decide(c.c, c.m); got != c.want {
			t.Errorf("C %g, M %g, %d extensions left: %s, not %s", c.c, c.m, c.left, m.Decisions[got], m.Decisions[c.want])
		}
	}
}

// The regulator's file survives being written and read; a cut one is refused.
func TestRegulatorMemory(t *testing.T) {
	r := &Regulator{regulatorHead: regulatorHead{Last: 5, Watching: 7, Objected: 2, Base: [2]float64{1, 2}},
		Watch: []m.WatchRow{{Day: 1}, {Day: 8}}, Audits: []m.Audit{{At: 9, C: 3}}, Reviews: []m.Review{{At: 4}}}
	b := r.Append(nil)
	var x Regulator
	if err := x.Read(b); err != nil || x.regulatorHead != r.regulatorHead || len(x.Watch) != 2 || x.Watch[1] != r.Watch[1] || x.Audits[0] != r.Audits[0] || x.Reviews[0] != r.Reviews[0] {
		t.Errorf("%+v: %v", x, err)
	}
	if err := x.Read(b[:len(b)-1]); err == nil {
		t.Error("a cut file is read")
	}
}

package sweep

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/scenarios/study"
)

// of is the plan of a study.
func of(t *testing.T, text string) *Plan {
	t.Helper()
	s, err := study.Parse("test", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := NewPlan(s, "v", "0")
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// written are the results of rows, and the report with its numbers.
func written(t *testing.T, p *Plan, rows Rows, ended *Ending) (f *Found, page string, sum Summary) {
	t.Helper()
	dir := t.TempDir()
	f, err := p.Write(dir, rows, "en", ended)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, ReportFile))
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err == nil {
		err = json.Unmarshal(text, &sum)
	}
	if err != nil {
		t.Fatal(err)
	}
	return f, string(b), sum
}

// Elementary effects are by the whole range of a factor, also of one that has a list of values, whose steps are not those of its coordinate.
func TestEffectsOfLists(t *testing.T) {
	p := of(t, `study: lists
scenarios: [ban]
buyers: 200
factors:
  calvo: {path: params.sme.calvo, range: [.3, .5]}
  credit: {path: params.sme.credit_weeks, values: [2, 6]}
  aware: {path: params.sme.aware, values: [.1, .2, .3, .4, .5]}
design: {kind: morris, trajectories: 20}
replications: 1
outcomes: [gmv, orders]
`)
	f, _, _ := written(t, p, made(p, func(point, _, _ int) float64 {
		x := p.Points[point]
		return 30*(x[0].Value-.3)/.2 + 10*(x[1].Value-2)/4 + 20*(x[2].Value-.1)/.4
	}), nil)
	for i, want := range []float64{30, 10, 20} {
		if x := f.Analyses[0].Results.Morris.Factors[i]; math.Abs(x.MuStar.Value-want) > 1e-9 || x.Sigma.Value > 1e-9 {
			t.Errorf("%s: mu* %v and sigma %v, not %v and 0", x.Factor, x.MuStar.Value, x.Sigma.Value, want)
		}
	}
}

// Nested seeds give the points of a block one luck, and so they are analysed.
func TestNestedSeeds(t *testing.T) {
	p := of(t, `study: nested
scenarios: [ban]
buyers: 200
factors: {calvo: {path: params.sme.calvo, range: [.3, .5]}, aware: {path: params.sme.aware, range: [.1, .5]}}
design: {kind: morris, trajectories: 10}
replications: 2
seeds: {scheme: nested}
outcomes: [gmv, orders]
`)
	f, page, _ := written(t, p, made(p, func(point, rep, _ int) float64 {
		x := p.Points[point]
		return 100*x[0].Value + 10*x[1].Value + 1000*math.Sin(float64(p.Seed(point, rep)))
	}), nil)
	for _, x := range f.Analyses[0].Results.Morris.Factors {
		if !x.Noise.Known() || x.Noise.Value > 1e-9 {
			t.Errorf("%s: noise of %+v where luck is that of the trajectory", x.Factor, x.Noise)
		}
	}
	if !strings.Contains(page, "share their seeds, and others have seeds of their own") {
		t.Error("the report does not say how seeds are nested")
	}
}

// A study that ended by its rule says so, and all its intervals have the level that the looks leave: in the report as in the tables.
func TestLookedAt(t *testing.T) {
	p := planned(t, "stop: {precise: {outcome: gmv, share: .9}}").upTo(8)
	wave := func(rep int) float64 { return math.Sin(float64(5 * rep)) }
	f, page, sum := written(t, p, made(p, func(point, rep, w int) float64 { // clear at .95, and not at the level of a look
		return 1e9 * (100 + float64(w)*(.886+wave(rep)))
	}), &Ending{Rule: KnownWell, Share: .9, Outcome: "gmv", Look: p.look()})
	if e := f.Overall(p)[0]; e.Open != 3 {
		t.Fatalf("%+v: the numbers of this test are not between the levels", e)
	}
	if !strings.Contains(sum.Findings["en"][0], "clearly more at 0 of 3 points, clearly less at 0, and not clear at 3") {
		t.Errorf("%q beside %+v", sum.Findings["en"][0], sum.Effects[0])
	}
	for _, want := range []string{"The study ended after 8 replications of at most 40", "all intervals have the level 99%", "Clear: the 99% interval"} {
		if !strings.Contains(page, want) {
			t.Errorf("the report does not say %q", want)
		}
	}
	if strings.Contains(page, "95% interval") {
		t.Error("the report has intervals of 95%")
	}
}

// The band of a scatter is over points that are apart: those of a block that differ in another factor would be counted as if they were new.
func TestBandOfBlocks(t *testing.T) {
	p := of(t, `study: band
scenarios: [ban]
buyers: 200
factors: {calvo: {path: params.sme.calvo, range: [.3, .5]}, aware: {path: params.sme.aware, range: [.1, .5]}}
design: {kind: saltelli, base: 16}
replications: 1
outcomes: [gmv, orders]
`)
	f := p.found()
	f.Values[0] = make([][][]float64, len(p.Outcomes))
	for i := range p.Points {
		for o := range p.Outcomes {
			f.Values[0][o] = append(f.Values[0][o], []float64{float64(i)})
		}
	}
	var err error
	if f.Analyses, err = p.analyses(f); err != nil {
		t.Fatal(err)
	}
	if o := p.reported(f).Outcomes[0]; len(o.Table.X) != 64 || len(o.Even.X) != 32 {
		t.Errorf("means are over %d of %d points, not over 32 of 64", len(o.Even.X), len(o.Table.X))
	}
}

package study

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pasar/scenarios/design"
	"pasar/scenarios/load"
	"pasar/scenarios/store"
)

func must(t *testing.T, text string) *Study {
	t.Helper()
	s, err := Parse("test.yaml", []byte(text))
	if err != nil {
		t.Fatalf("%v", err)
	}
	return s
}

// Shipped studies load, each under its name, with texts in both languages.
func TestLibrary(t *testing.T) {
	all := Library()
	if len(all) < 3 {
		t.Errorf("%d studies", len(all))
	}
	for _, s := range all {
		if s.File != "scenarios/studies/"+s.Name+".yaml" {
			t.Errorf("%s holds the study %s", s.File, s.Name)
		}
		for _, lang := range []string{"en", "id"} {
			if i := s.Info[lang]; s.Title[lang] == "" || i.Question == "" || i.Happens == "" || i.Notice == "" || i.Try == "" {
				t.Errorf("%s lacks a text in %s", s.Name, lang)
			}
		}
	}
}

const small = `
study: small
scenarios: [no-ban, ban]
buyers: 300
until: 2023-12-31
factors:
  rho: {path: params.disc.rho, range: [.3, .7]}
  fee: {path: fee1.commission, values: [.03, .043, .06]}
design: {kind: sobol, points: 8}
replications: 3
outcomes: [gmv]
`

// A cell's scenarios hold the values of its point, read back from text, and the seed; each text is the shortest for its value.
func TestScenarios(t *testing.T) {
	s := must(t, small)
	for _, c := range slices.Collect(s.Cells()) {
		p := s.Points()[c.Point]
		for w := range s.Worlds {
			x, err := s.Scenario(c.Point, w, c.Seed)
			if err != nil {
				t.Fatal(err)
			}
			if x.Params.Disc.Rho != p.Values[0].Number || x.Seed != c.Seed || x.Buyers != 300 {
				t.Errorf("cell %+v: rho %v, seed %d, %d buyers", c, x.Params.Disc.Rho, x.Seed, x.Buyers)
			}
			if !strings.Contains(string(x.Effective), "commission: "+p.Values[1].Text()) {
				t.Errorf("cell %+v: fee is not %s", c, p.Values[1].Text())
			}
		}
		if text := p.Values[0].Text(); len(text) > 14 {
			t.Errorf("%s is long", text)
		}
	}
}

// More replications, and more points where the design grows, leave the first cells as they were: points, seeds and the keys of runs.
func TestGrows(t *testing.T) {
	old := must(t, small)
	for _, seeds := range []string{Common, Independent} {
		a := must(t, small+"seeds: {scheme: "+seeds+"}\n")
		b := must(t, strings.NewReplacer("points: 8", "points: 16", "replications: 3", "replications: 5").Replace(small)+"seeds: {scheme: "+seeds+"}\n")
		if a.Identity() != b.Identity() || a.Hash() == b.Hash() || a.Design.Grows() != true {
			t.Errorf("%s: identities %s %s, hashes %s %s", seeds, a.Identity(), b.Identity(), a.Hash(), b.Hash())
		}
		if seeds != Common && a.Identity() == old.Identity() {
			t.Error("seeds are not in the identity")
		}
		for p := range a.Points() {
			for r := range a.Replications {
				if a.Seed(p, r) != b.Seed(p, r) {
					t.Errorf("%s: another seed", seeds)
				}
			}
			x, err := a.Scenario(p, 1, 5)
			if err != nil {
				t.Fatal(err)
			}
			y, err := b.Scenario(p, 1, 5)
			if err != nil {
				t.Fatal(err)
			}
			if store.Key(x, "v") != store.Key(y, "v") {
				t.Errorf("point %d is another one", p)
			}
		}
	}
}

// Cells come replication by replication; seeds are common to points, or apart.
func TestCells(t *testing.T) {
	for _, c := range []struct {
		seeds string
		want  func(point, group, r int) uint64
	}{
		{"{first: 7}", func(_, _, r int) uint64 { return uint64(7 + r) }},
		{"{scheme: independent}", func(p, _, r int) uint64 { return uint64(1 + 1000*p + r) }},
		{"{scheme: nested}", func(_, g, r int) uint64 { return uint64(1 + 1000*g + r) }},
	} {
		s := must(t, strings.Replace(small, "sobol, points: 8", "morris, trajectories: 4", 1)+"seeds: "+c.seeds+"\n")
		i := 0
		for cell := range s.Cells() {
			p, r := i%12, i/12
			if cell != s.Cell(i) || cell.Point != p || cell.Replication != r || cell.Seed != c.want(p, p/3, r) {
				t.Errorf("%s: cell %d is %+v", c.seeds, i, cell)
			}
			i++
		}
		if i != 36 || s.Size() != 36 {
			t.Errorf("%d cells, %d", i, s.Size())
		}
	}
}

// One at a time, the centre is what the scenario says.
func TestCentre(t *testing.T) {
	s := must(t, strings.Replace(small, "sobol, points: 8", "oat", 1))
	var got []string
	for _, p := range s.Points() {
		got = append(got, s.Describe(p))
	}
	want := []string{"rho = 0.65, fee = 0.043", "rho = 0.3, fee = 0.043", "rho = 0.7, fee = 0.043", "rho = 0.65, fee = 0.03", "rho = 0.65, fee = 0.06"}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	centre, err := s.Scenario(0, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := s.make(Point{}, 0, nil)
	if err != nil || plain.Hash != centre.Hash {
		t.Errorf("the centre is another scenario: %v", err)
	}
}

// A factor is set in the scenarios that it names alone, and others are then the same at points that differ in it alone.
func TestIn(t *testing.T) {
	s := must(t, `
study: caps
scenarios: [no-ban, {name: strict, scenario: pilot, set: [aud.decision=revoke]}]
base: strict
factors:
  caps: {path: pilot.caps.share_of_pre, values: [.1, .3], in: [strict]}
  separation: {path: sep.at, values: [2023-10-04T17:00, 2023-11-04T17:00], in: [strict]}
design: {kind: list}
`)
	if s.Worlds[0].Name != "strict" || s.Worlds[1].Name != "no-ban" || len(s.Points()) != 2 || s.Outcomes[0].Name != "gmv" || s.Window != "since" {
		t.Errorf("%+v", s)
	}
	same := func(world int) bool {
		a, err := s.Scenario(0, world, 1)
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.Scenario(1, world, 1)
		if err != nil {
			t.Fatal(err)
		}
		return a.Hash == b.Hash
	}
	if same(0) || !same(1) {
		t.Errorf("strict is the same: %v, no-ban: %v", same(0), same(1))
	}
	if f := s.Factors[0]; f.Unit == "" || f.Source == "" || f.Centre.Number != .3 {
		t.Errorf("%+v", f)
	}
}

// Shares still sum to one when one of them is varied.
func TestShares(t *testing.T) {
	s, err := Load("rho-and-offline")
	if err != nil {
		t.Fatal(err)
	}
	last := s.Points()[len(s.Points())-1]
	x, err := s.Scenario(last.Number, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	sum, offline := 0., 0.
	for _, v := range x.Values {
		if strings.HasPrefix(v.Path, "params.intent.") && strings.HasSuffix(v.Path, ".share") {
			sum += v.Value.(float64)
			if v.Path == "params.intent.offline.share" {
				offline = v.Value.(float64)
			}
		}
	}
	if f := s.Factors[1]; len(f.Settings(1, ValueOf("0.3"))) != len(f.Others[1])+1 || f.Settings(1, ValueOf("0.3"))[0] != f.Path+"=0.3" {
		t.Errorf("%v", f.Settings(1, ValueOf("0.3")))
	}
	if offline != .45 || sum < 1-1e-9 || sum > 1+1e-9 || len(s.Points()) != 441 {
		t.Errorf("offline %v, sum %v", offline, sum)
	}
}

// Comments and texts are not in the hash; whatever changes a run is.
func TestHash(t *testing.T) {
	base := must(t, small)
	for _, c := range []struct {
		old, new string
		same     bool
	}{
		{"study: small", "# a comment\nstudy: small\ntitle: Small", true},
		{"[.3, .7]", "[.30, 0.7]", true},
		{"buyers: 300", "buyers: 301", false},
		{"[.3, .7]", "[.3, .71]", false},
		{"replications: 3", "replications: 4", false},
		{"outcomes: [gmv]", "outcomes: [gmv, orders]", false},
		{"[no-ban, ban]", "[ban, no-ban]", false},
		{"points: 8", "points: 8, seed: 2", false},
		{"outcomes:", "set: [params.choice.kappa=.4]\noutcomes:", false},
	} {
		if s := must(t, strings.Replace(small, c.old, c.new, 1)); (s.Hash() == base.Hash()) != c.same {
			t.Errorf("%s: the same hash: %v", c.new, !c.same)
		}
	}
}

// Points of a large study are made once, and cells cost next to nothing.
func TestLarge(t *testing.T) {
	s := must(t, strings.NewReplacer("points: 8", "points: 4096", "replications: 3", "replications: 30").Replace(small))
	n := 0
	for c := range s.Cells() {
		n += int(c.Seed)
	}
	if s.Size() != 4096*30 || n != 4096*31*15 {
		t.Errorf("%d cells, sum of seeds %d", s.Size(), n)
	}
	if _, ok := s.Design.(*design.Sobol); !ok {
		t.Errorf("%T", s.Design)
	}
}

// A scenario that ends earlier goes on for as long as the others, and is else as it is alone.
func TestSameEnd(t *testing.T) {
	s := must(t, strings.NewReplacer("[no-ban, ban]", "[no-ban, long-pilot]", "until: 2023-12-31\n", "", "points: 8", "points: 2").Replace(small))
	short, err := s.Scenario(0, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	long, err := s.Scenario(0, 1, 1)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := load.Load("long-pilot", load.Overrides{Buyers: 300, Set: s.Overrides(0, 1, 1).Set})
	if err != nil {
		t.Fatal(err)
	}
	if short.End != long.End || alone.Hash != long.Hash {
		t.Errorf("ends %d and %d; alone it is %s, here %s", short.End, long.End, alone.Hash, long.Hash)
	}
}

// A coordinate is a part of the range of a law; values of a list change by their place in it, and words as a whole.
func TestChange(t *testing.T) {
	numbers := func(n int) (f Factor) {
		for i := range n {
			f.Values = append(f.Values, number(float64(i)))
		}
		return f
	}
	words := Factor{Values: []Value{word("a"), word("b"), word("c")}}
	two, four, one, law := numbers(2), numbers(4), numbers(1), Factor{Law: &design.Uniform{Max: 1}}
	for _, c := range []struct {
		f        *Factor
		from, to float64
		want     float64
	}{{&law, 0, 2. / 3, 2. / 3}, {&two, 0, 2. / 3, 1}, {&two, 1, 1. / 3, -1}, {&four, 1. / 3, 1, 2. / 3}, {&words, 0, 2. / 3, 1}, {&words, 1, 1. / 3, -1}, {&one, 0, 2. / 3, 2. / 3}} {
		if got := c.f.Change(c.from, c.to); math.Abs(got-c.want) > 1e-15 {
			t.Errorf("%+v from %v to %v: %v, not %v", c.f.Values, c.from, c.to, got, c.want)
		}
	}
}

package lab

import (
	"context"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

var limits = Limits{Buyers: 20_000, N: 64, Text: 1 << 16, Set: 8}

// run is a run of the lab that a request asks for.
func run(t *testing.T, r Request) (*Run, *Run) {
	t.Helper()
	x, base, err := r.Runs("v", limits)
	if err != nil {
		t.Fatal(err)
	}
	return x, base
}

// The key of a run follows from its input, from all of it, and from nothing else.
func TestKeys(t *testing.T) {
	ban := World{Scenario: "ban"}
	first, _ := run(t, Request{World: ban})
	if again, base := run(t, Request{World: ban, Base: &World{Scenario: "no-ban"}, Seed: 1, N: 8, Buyers: 2000}); again.Key != first.Key || base == nil || base.Key == first.Key || !IsKey(first.Key) {
		t.Errorf("the same run beside a base: %s and %s", first.Key, again.Key)
	}
	if same, _ := run(t, Request{World: World{Scenario: "ban", Set: []string{"params.disc.rho=.65"}}}); same.Key != first.Key {
		t.Error("a default that is written out makes another run")
	}
	seen := map[string]bool{first.Key: true}
	for _, r := range []Request{
		{World: World{Scenario: "no-ban"}}, {World: World{Scenario: "ban", Set: []string{"params.disc.rho=.5"}}}, {World: World{Scenario: "ban", Until: "2023-12-31"}},
		{World: ban, Seed: 2}, {World: ban, N: 9}, {World: ban, Buyers: 3000}, {World: World{Text: "scenario: ban\nextends: no-ban\n"}},
	} {
		x, _ := run(t, r)
		if seen[x.Key] {
			t.Errorf("%+v has the key of another", r)
		}
		seen[x.Key] = true
		back := x.Asked()
		if y, _ := run(t, back); y.Key != x.Key {
			t.Errorf("%+v is not asked for again by %+v", r, back)
		}
	}
	other, _, err := (&Request{World: ban}).Runs("another program", limits)
	if err != nil || other.Key == first.Key {
		t.Error("another program has the same keys", err)
	}
	long, base := run(t, Request{World: World{Scenario: "long-pilot"}, Base: &World{Scenario: "no-ban"}})
	if long.First.End != base.First.End {
		t.Error("the base ends before the run")
	}
}

// Each scenario of the library can be asked for, and nothing that would take the lab for itself.
func TestAffordable(t *testing.T) {
	for _, name := range load.Names() {
		run(t, Request{World: World{Scenario: name}})
	}
	const head = "scenario: x\nextends: no-ban\n"
	for text, want := range map[string]string{
		head + "world: {end: 2050-12-31}\n":           "at most 3294",
		head + "world: {window: 15m}\n":               "1h in the lab",
		head + "params: {buyer: {need_rate: 11.9}}\n": "",
		head + "params: {buyer: {need_rate: 1200}}\n": "5 to 12",
		head + "params: {buyer: {need_rate: {value: 1200, range: [1, 2000], source: me, grade: none}}}\n": "5 to 12",
		head + "params: {intent: {tiktok: {tilt: [1.6, 1.7, 0.9, 0.3, 0.6, 60]}}}\n":                      "0.2 to 4",
	} {
		_, _, err := (&Request{World: World{Text: text}}).Runs("v", limits)
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// Numbers have seven digits and a point, and none is null.
func TestNumber(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1: "1", -2.5: "-2.5", 1.23456789e12: "1234568000000", 1e-7: "0.0000001", math.Inf(1): "", math.Copysign(0, -1): "0"} {
		if got := Number(v).String(); got != want {
			t.Errorf("%g is %q, not %q", v, got, want)
		}
	}
	b, err := json.Marshal([]Number{1.5, None()})
	if err != nil || string(b) != "[1.5,null]" {
		t.Error(string(b), err)
	}
}

// two replications of a small world with a closure, and what was seen of the first while it was played.
var played = sync.OnceValues(func() (readings []*Reading, frames []Frame) {
	for seed := range uint64(2) {
		o := load.Overrides{Seed: new(seed + 1), Buyers: 110, Until: "2023-11-05"}
		s, err := load.Parse("x.yaml", []byte("scenario: x\nextends: ban\nworld: {start: 2023-03-27, burn_in: 7d}\n"), o)
		if err != nil {
			panic(err)
		}
		framer := NewFramer(s)
		f := play.Family{First: diff.First, Closed: func(_ []int, day int64, totals []int64) {
			if x, full := framer.Day(day, totals); full && seed == 0 {
				frames = append(frames, x)
			}
		}, Done: func(_ int, r *play.Result) error {
			readings, last = append(readings, Read(measure.Of(r))), r
			return nil
		}}
		if err := f.Play(context.Background(), []*load.Scenario{s}); err != nil {
			panic(err)
		}
	}
	return readings, frames
})

var last *play.Result

// What is seen while a replication is played is what is read of it afterwards.
func TestFramesAreTheSeries(t *testing.T) {
	all, frames := played()
	r := all[0]
	if len(frames) < len(r.Dates)-1 {
		t.Fatalf("%d weeks were seen, there are %d", len(frames), len(r.Dates))
	}
	for i, f := range frames {
		if f.Week != r.Dates[i] {
			t.Fatalf("week %s is seen as %s", r.Dates[i], f.Week)
		}
		for j, c := range FrameColumns() {
			at := slices.Index(r.Columns, c)
			want := 0.
			if at >= 0 && !math.IsNaN(r.Values[i][at]) { // a platform that is not there has sales of nothing in a frame
				want = r.Values[i][at]
			}
			if got := float64(f.Values[j]); math.Abs(got-want) > 1e-9*want {
				t.Errorf("%s of %s: %g is seen, %g is read", c.Key, f.Week, got, want)
			}
		}
	}
}

// What flows into a group between the ends flows out of it, in each week, and none of it is negative.
func TestFlowsBalance(t *testing.T) {
	all, _ := played()
	dates, f := MeanFlows(all)
	names := map[string]int{}
	for _, n := range f.Nodes() {
		names[n.ID] = n.Column
	}
	for what, list := range map[string][]Link{"money": f.Money, "goods": f.Goods} {
		for week := range dates {
			in, out := map[string]float64{}, map[string]float64{}
			for _, l := range list {
				if _, known := names[l.From]; !known || l.Values[week] < 0 {
					t.Fatalf("%s from %s to %s: %v", what, l.From, l.To, l.Values[week])
				}
				out[l.From] += float64(l.sums[week])
				in[l.To] += float64(l.sums[week])
			}
			for id, column := range names {
				if column == 1 && math.Abs(in[id]-out[id]) > 1e-6*(1+in[id]) {
					t.Errorf("%s of %s in week %s: %g in, %g out", what, id, dates[week], in[id], out[id])
				}
			}
		}
	}
	if len(dates) != len(all[0].Dates) || len(f.Money) < 20 {
		t.Errorf("%d weeks, %d links", len(dates), len(f.Money))
	}
}

// The log tells of the closure, and of what is simulated as such.
func TestLog(t *testing.T) {
	played()
	for lang, want := range map[string]string{"en": "TikTok Shop closes", "id": "TikTok Shop tutup"} {
		lines := Log(measure.Of(last), lang)
		i := slices.IndexFunc(lines, func(l Line) bool { return strings.Contains(l.Text, want) })
		if i < 0 || lines[i].Date != "2023-10-04" || lines[i].Week != "2023-10-02" || lines[i].Badge != "observed" {
			t.Errorf("%s: %+v", lang, lines)
		}
		for _, l := range lines {
			if l.Kind == "count" && l.Badge != "simulated" || strings.Contains(l.Text, "%[") || l.Text == "" {
				t.Errorf("%+v", l)
			}
		}
	}
}

// Levers say where they come from; each scenario has those whose numbers it has, and none outside its own bounds.
func TestLevers(t *testing.T) {
	count := map[string]int{"no-ban": 2, "ban": 3, "deal": 4, "pilot": 6}
	for name, n := range count {
		s, err := load.Load(name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		all := Levers(s)
		if len(all) < n-1 {
			t.Errorf("%s has %d levers", name, len(all))
		}
		for _, l := range all {
			if l.Name.EN == "" || l.Name.ID == "" || l.Unit == "" || l.Source.EN == "" || l.What == "" || strings.Contains(l.Name.EN, "_") || !(l.Min < l.Max) || l.Step <= 0 || l.Value < l.Min || l.Value > l.Max {
				t.Errorf("%s: %+v", name, l)
			}
			if (l.Moves == "") == (l.Still == nil) {
				t.Errorf("%s moves something, or says why it does not", l.Path)
			}
			for _, v := range []Number{l.Min, l.Max} {
				text := v.String()
				if l.Type == "days" {
					text += "d"
				}
				if _, err := load.Load(name, load.Overrides{Set: []string{l.Path + "=" + text}}); err != nil {
					t.Errorf("%s cannot be set to an end of its range: %v", l.Path, err)
				}
			}
		}
	}
}

// The gallery begins with history, and each card says what it is in both languages.
func TestGallery(t *testing.T) {
	cards, err := Gallery()
	if err != nil || len(cards) < 30 || cards[0].Name != "pilot" || cards[2].Name != "no-ban" || !slices.Contains(cards[0].Aliases, "as-it-happened") {
		t.Fatal(err, len(cards))
	}
	for _, c := range cards {
		if c.Title.EN == "" || c.Title.ID == "" || c.Question.EN == "" || c.Question.ID == "" || c.Happens.ID == "" || (c.Group == "history") != slices.Contains(history(), c.Name) {
			t.Errorf("%+v", c)
		}
		s, err := load.Load(c.Name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		if text := string(Strip(s, "id")); !strings.HasPrefix(text, "<svg") || strings.Contains(text, "NaN") {
			t.Errorf("strip of %s: %.200s", c.Name, text)
		}
		for _, e := range Events(s) {
			if e.Sentence.EN == "" || e.Mark.ID == "" || (e.At == nil) != (e.Condition != "") {
				t.Errorf("%s: %+v", c.Name, e)
			}
		}
	}
}

// What was observed has a source, a grade and a place on a chart.
func TestFacts(t *testing.T) {
	for _, f := range Facts() {
		if f.Source == "" || f.From > f.To || f.Note.EN == "" || f.Note.ID == "" || !slices.Contains([]string{"A", "B"}, f.Grade) || f.Lo != nil && (*f.Lo > f.Value || *f.Hi < f.Value) {
			t.Errorf("%+v", f)
		}
	}
}

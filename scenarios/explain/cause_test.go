package explain

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// Every event, sampled, has a path of causes that ends in an entry of the scenario or in the initial state; each step was said by an
// agent to whom the next one happened at that second.
func TestEachEventHasACause(t *testing.T) {
	buyers, samples := 150, 400
	if nightly() {
		buyers, samples = 400, 10_000
	}
	r, all := kept(t, library(t, "pilot", buyers, "2024-02-29"))
	rng := rand.New(rand.NewPCG(5, 3))
	ends := map[bool]int{}
	for range samples {
		e := &all[rng.IntN(len(all))]
		p, err := r.Trace(t.Context(), e)
		if err != nil {
			t.Fatalf("%v of kind %s: %v", MarkOf(e), market.KindName(e.Kind), err)
		}
		for i := range p.Steps[1:] {
			said, cause := &p.Steps[i], &p.Steps[i+1]
			if cause.To != said.From || cause.At != said.Said || cause.Answers <= said.Nth {
				t.Fatalf("%+v is no cause of %+v", cause.Event, said.Event)
			}
		}
		last := &p.Steps[len(p.Steps)-1]
		if (p.Entry == nil) != (last.Said == 0) || p.Entry != nil && last.From != r.Market.Desk {
			t.Fatalf("the path of %v ends with %+v and entry %v", MarkOf(e), last.Event, p.Entry)
		}
		ends[p.Entry != nil]++
	}
	if ends[true] == 0 || ends[false] == 0 {
		t.Errorf("%d of %d paths end in an entry; some of both are expected", ends[true], samples)
	}
}

// Where an event names an entry of the scenario and that is made to do nothing, with all else as it was, the event changes or goes. Of
// events of the same kinds that name none, and come as late, some stay, so that it is not just that everything changes.
func TestCausesMatter(t *testing.T) {
	const name, until = "pilot", "2024-01-31"
	buyers, samples := 200, 20
	if nightly() {
		buyers, samples = 500, 300
	}
	r, all := kept(t, library(t, name, buyers, until))
	named := map[uint32][]*market.Event{}
	others := map[sim.Kind][]*market.Event{}
	var entries []uint32
	for i := range all {
		e := &all[i]
		switch {
		case e.Kind&sim.Quiet != 0:
		case e.Why == 0:
			others[e.Kind] = append(others[e.Kind], e)
		default:
			if named[e.Why] == nil {
				entries = append(entries, e.Why)
			}
			named[e.Why] = append(named[e.Why], e)
		}
	}
	slices.Sort(entries)
	if len(entries) < 3 {
		t.Fatalf("only %d entries are named", len(entries))
	}
	rng := rand.New(rand.NewPCG(5, 4))
	same, controls := 0, 0
	for i, why := range entries {
		s, err := load.Load(name, load.Overrides{Buyers: buyers, Until: until})
		if err != nil {
			t.Fatal(err)
		}
		s.Entries[why-1].Do.Null()
		without := map[Mark]market.Event{}
		for events, err := range Of(s).Windows(t.Context(), 0) {
			if err != nil {
				t.Fatal(err)
			}
			for _, e := range events {
				without[MarkOf(&e)] = e
			}
		}
		stays := func(e *market.Event) bool {
			x, is := without[MarkOf(e)]
			return is && x.Kind == e.Kind && x.Msg == e.Msg
		}
		n := samples / len(entries)
		if i < samples%len(entries) {
			n++
		}
		kinds := map[sim.Kind]int{}
		for range n {
			e := named[why][rng.IntN(len(named[why]))]
			kinds[e.Kind]++
			if stays(e) {
				t.Errorf("%s %v names %s, and stays the same without it", market.KindName(e.Kind), MarkOf(e), r.Entry(why).ID)
			}
			if of := others[e.Kind]; len(of) > 0 {
				controls++
				late := of[sort0(of, e.At):]
				if len(late) > 0 && stays(late[rng.IntN(len(late))]) {
					same++
				}
			}
		}
		t.Logf("%s is named by %d events; tried %v", r.Entry(why).ID, len(named[why]), kinds)
	}
	t.Logf("of %d events that name nothing, %d stay", controls, same)
	if controls > 0 && same == 0 {
		t.Error("no event that names nothing stays: that the others change says nothing")
	}
}

// sort0 is the place of the first event from t on in events by window.
func sort0(events []*market.Event, t sim.Time) int {
	i, _ := slices.BinarySearchFunc(events, t, func(e *market.Event, t sim.Time) int { return int(e.At/market.Hour - t/market.Hour) })
	return i
}

// A recorded run, and the same run played again, tell the same.
func TestRecordedOrPlayed(t *testing.T) {
	s := library(t, "ban", 150, "2023-11-30")
	kept, all := kept(t, s)
	r := Of(s)
	defer r.Close()
	if err := r.Record(t.Context()); err != nil {
		t.Fatal(err)
	}
	tell := func(r *Run, id sim.ID) string {
		lives, err := r.Live(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		story, err := lives[0].Tell()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := story.Write(&b, "en"); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	for _, id := range []sim.ID{r.Market.SMEs.ID(3), r.Market.Makers.ID(1), r.Market.Buyers.ID(9), r.Market.Venues.ID(0)} {
		a, b, c := tell(r, id), tell(Of(s), id), tell(kept, id)
		if a != b || a != c || len(a) < 200 {
			t.Errorf("recorded:\n%s\nplayed:\n%s", a, b)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 10 {
		mark := MarkOf(&all[rng.IntN(len(all))])
		var texts [2]bytes.Buffer
		for i, from := range []*Run{r, kept} {
			e, err := from.Find(t.Context(), mark)
			if err != nil {
				t.Fatal(err)
			}
			p, err := from.Trace(t.Context(), e)
			if err != nil {
				t.Fatal(err)
			}
			if err := p.Write(&texts[i], from, "id"); err != nil {
				t.Fatal(err)
			}
		}
		if texts[0].String() != texts[1].String() {
			t.Errorf("recorded:\n%s\nkept:\n%s", &texts[0], &texts[1])
		}
	}
}

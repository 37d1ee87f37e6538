package lab

import (
	"bytes"
	"encoding/gob"
	"fmt"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/sim"
)

// saved is a result as bytes, but for the time that it took.
func saved(t *testing.T, r *play.Result) []byte {
	t.Helper()
	v := r.Saved()
	v.Wall = 0
	var b bytes.Buffer
	if err := gob.NewEncoder(&b).Encode(&v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A world with a lever moved that goes on from a kept past has every byte of the one that is played whole: each lever of policy alone, one
// after the other on top, two worlds at once, and with room for one copy only. What is shared is not played again.
func TestLeversShareTheirPast(t *testing.T) {
	world := func(set ...string) *Run {
		w := World{Scenario: As, Set: set, Until: "2024-01-20"}
		q := Request{World: w, Buyers: 110, N: 1}
		r, _, err := q.Runs("test", Limits{Buyers: 1000, N: 8, Set: 8})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	family := func(past *play.Past, runs ...*Run) (all [][]byte, played sim.Time) {
		f := play.Family{First: diff.First, Past: past, Tick: func(d sim.Time) { played += d }}
		list := make([]*load.Scenario, len(runs))
		all = make([][]byte, len(runs))
		for i, r := range runs {
			list[i] = r.First
			f.Moments = append(f.Moments, r.Moments())
		}
		days := make([]int64, len(runs))
		f.Closed = func(members []int, day int64, _ []int64) {
			for _, i := range members {
				if days[i] != day {
					t.Fatalf("%v is shown day %d after day %d", runs[i].World.Overrides.Set, day, days[i]-1)
				}
				days[i]++
			}
		}
		f.Done = func(i int, r *play.Result) error {
			all[i] = saved(t, r)
			return nil
		}
		if err := f.Play(t.Context(), list); err != nil {
			t.Fatal(err)
		}
		return all, played
	}
	past := play.NewPast(64 << 20)
	as := world()
	moments := as.Moments()
	if len(moments) < 3 {
		t.Fatalf("moments %v", moments)
	}
	family(past, as)
	narrow := play.NewPast(past.Bytes()/len(moments) + 1)
	for _, c := range []struct {
		set  []string
		from int // of the moments of what happened, the one from which it is played; -1: the beginning
	}{
		{nil, len(moments) - 1},
		{[]string{"pilot.caps.share_of_pre=.6"}, len(moments) - 1},
		{[]string{"reopen.seamless=.2"}, len(moments) - 1},
		{[]string{"sep.linkout=.5"}, len(moments) - 2},
		{[]string{"sep.linkout=.5", "pilot.caps.share_of_pre=.6"}, len(moments) - 1},
		{[]string{"promo-shopee.share=.02"}, 0},
		{[]string{"params.disc.rho=.3"}, -1},
		{[]string{"params.disc.rho=.3", "reopen.seamless=.2"}, len(moments) - 1},
	} {
		r := world(c.set...)
		whole, _ := family(nil, r)
		got, played := family(past, r)
		tight, _ := family(narrow, r)
		if !bytes.Equal(got[0], whole[0]) || !bytes.Equal(tight[0], whole[0]) {
			t.Errorf("%v: with a kept past it is another run", c.set)
		}
		want := r.First.End
		if c.from >= 0 {
			want -= moments[c.from]
		}
		if played < want-market.Day || played > want+market.Day {
			t.Errorf("%v: %d days were played, not %d", c.set, played/market.Day, want/market.Day)
		}
	}
	x, y := world("promo-shopee.share=.1"), world("promo-shopee.share=.1", "sep.linkout=.2")
	whole, _ := family(nil, x, y)
	if got, _ := family(past, x, y); !slices.EqualFunc(got, whole, bytes.Equal) {
		t.Error("two worlds with a kept past are other runs")
	}
	if narrow.Bytes() > past.Bytes()/len(moments) {
		t.Errorf("%d bytes are kept", narrow.Bytes())
	}
}

// What a replication of a quick run takes, whole and from where a lever of policy parts it from what happened.
//
//	go test -run '^$' -bench Lever -benchtime 3x ./scenarios/lab
func BenchmarkLever(b *testing.B) {
	past := play.NewPast(64 << 20)
	replication := func(b *testing.B, past *play.Past, set ...string) {
		q := Request{World: World{Scenario: As, Set: set}, N: 1}
		r, _, err := q.Runs("test", Limits{Buyers: QuickBuyers, N: 1, Set: 8})
		if err != nil {
			b.Fatal(err)
		}
		f := play.Family{First: diff.First, Past: past, Done: func(int, *play.Result) error { return nil }}
		if past != nil {
			f.Moments = append(f.Moments, r.Moments())
		}
		if err := f.Play(b.Context(), []*load.Scenario{r.First}); err != nil {
			b.Fatal(err)
		}
	}
	replication(b, past)
	b.Run("whole", func(b *testing.B) {
		for b.Loop() {
			replication(b, nil)
		}
	})
	moved := 0.
	for _, lever := range []string{"promo-shopee.share", "sep.linkout", "reopen.seamless", "pilot.caps.share_of_pre"} {
		b.Run(lever, func(b *testing.B) {
			for b.Loop() {
				moved += .001 // nobody has been there
				replication(b, past, fmt.Sprintf("%s=%.3f", lever, moved))
			}
		})
	}
}

package agents

import (
	"testing"

	m "pasar/agents/market"
	"pasar/sim"
)

// noticed is a market in which TikTok's closure on day 100 is announced on day 10, to people of whom trust (ppm) believe it.
func noticed(t *testing.T, trust m.PPM, days int64) (*out, []SME) {
	closed := sim.Time(100 * m.Day)
	o := (&lab{p: params(flat, noContent), delta: &m.Delta{}, buyers: 100, smes: 600, start: 5, days: days, seed: 3, free: true, rules: closing(m.TikTok, closed, -1),
		plan: []m.Entry{{At: 10 * m.Day, Deed: m.Announce, Why: 1, Shop: m.TikTok, Effective: closed, Closing: true, Trust: trust}}}).run(t)
	return o, sim.State[SME](o.w, o.k.SMEs)
}

// The day before a closure that was announced 90 days ahead, those who believed it have looked around and stopped; the others, as many
// as the credibility says, know nothing. Eight weeks after it all of them still do what follows from it, or have just stopped.
func TestNoticeAndClosure(t *testing.T) {
	closed := sim.Time(100 * m.Day)
	_, before := noticed(t, m.One/2, 99)
	_, after := noticed(t, m.One/2, 150)
	var believe, all int64
	for i := range before {
		s, late := &before[i], &after[i]
		if s.State != m.Active || s.Came > 0 {
			continue
		}
		all++
		switch {
		case s.Doubts && s.Aware != 0:
			t.Fatalf("SME %d acts on what it does not believe", i)
		case s.Doubts:
		case s.Aware < 8*m.Week+10*m.Day || s.Aware > closed+8*m.Week:
			t.Fatalf("SME %d, which believes it, is aware until day %d", i, m.DayOf(s.Aware))
		default:
			believe++
		}
		if !s.Doubts && !s.expects(m.TikTok, 99*m.Day) || s.Doubts && s.expects(m.TikTok, 99*m.Day) || late.expects(m.TikTok, 150*m.Day) {
			t.Fatalf("SME %d does not expect what it believes", i)
		}
		if late.State == m.Active && late.Came == s.Came && (late.Doubts || late.Aware < closed+8*m.Week) {
			t.Fatalf("after the closure SME %d is aware until day %d; doubts: %v", i, m.DayOf(late.Aware), late.Doubts)
		}
	}
	near(t, "believe it", believe, all, .5)
}

// "Liquidation starts only when days left < days of stock" (decisions D19), whenever that comes to be: 60 days before the closure those who
// , in the week before it all that TikTok brings much and that have goods for longer do, and nobody
// does who does not believe it.
func TestSellOffOnlyBeforeTheEnd(t *testing.T) {
	weeks := func(s *SME) (left float64, much bool) {
		all := 0.0
		for c := range s.Shop {
			all += s.Shop[c].Orders
		}
		tik := &s.Shop[m.TikTok]
		return float64(s.Stock) / max(all, 1e-9), s.State == m.Active && tik.Listed && tik.Orders >= .3*all && all > 0
	}
	_, early := noticed(t, m.One, 40)
	_, late := noticed(t, m.One, 99)
	selling, still, long := 0, 0, 0
	for i := range early {
		if left, much := weeks(&early[i]); much && early[i].selling() {
			still++
			if left > 60./7 { // the others have sold much of it since
				long++
			}
		}
		left, much := weeks(&late[i])
		if late[i].selling() {
			selling++
		} else if much && left > 1.5 && !late[i].Doubts && late[i].Closing > 0 {
			t.Errorf("the day before, SME %d has goods for %.1f weeks and does not sell off", i, left)
		}
	}
	if still < 5 || 2*long < still || selling < 2*still {
		t.Errorf("%d sell off 60 days ahead, of whom %d have goods for longer; %d in the end", still, long, selling)
	}
	t.Logf("%d sell off 60 days ahead, of whom %d have goods for longer; %d in the end", still, long, selling)
	_, after := noticed(t, m.One, 115) // two reviews later
	back := 0
	for i := range late {
		if late[i].selling() && after[i].State == m.Active && after[i].Came == late[i].Came && after[i].Shop[m.TikTok].Listed {
			back++
			if was, is := late[i].Before, after[i].Shop[m.TikTok].Price; after[i].selling() || float64(is) < .9*float64(was) {
				t.Errorf("SME %d asked Rp %d before it sold off, %d in the end, and asks %d after the closure", i, was, late[i].Shop[m.TikTok].Price, is)
			}
		}
	}
	if back < 10 {
		t.Errorf("%d that sold off are still there", back)
	}
	o, _ := noticed(t, 1, 101)
	if n := o.sum(0, 101, m.CounterCell(m.Liquidations)); n != 0 {
		t.Errorf("%d sell off what nobody believes will close", n)
	}
}

// An announcement that nobody is to believe is not even sent; one that is goes once to each SME, creator and channel (decisions A2).
func TestWhoIsTold(t *testing.T) {
	for trust, want := range map[m.PPM]bool{0: false, 1000: true} {
		n := 0
		x := lab{p: params(flat, noContent), delta: &m.Delta{}, buyers: 50, smes: 50, start: 2, days: 4, seed: 3,
			rec:  recorder(func(e *m.Event) { n += one(e.Kind == m.Announced) }),
			plan: []m.Entry{{At: 3 * m.Day, Deed: m.Announce, Why: 1, Shop: m.TikTok, Effective: 3 * m.Day, Trust: trust}}}
		o := x.run(t)
		if all := len(o.k.Traits) + len(o.k.MakerTraits) + int(m.Direct); want && n != all || !want && n != 0 {
			t.Errorf("credibility %d millionths: %d of %d are told", trust, n, all)
		}
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

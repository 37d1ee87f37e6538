package market

import (
	"math"
	"testing"

	"pasar/sim"
)

// Tests of the choice kernel (model.md §7.1, §14.2). Luck is keyed, so each is the same whenever and wherever it runs.

// luckOf is the luck of draw i of a test.
func luckOf(test sim.Stream, i int) sim.Luck {
	return sim.NewLuck(7, LotPopulation, 900+test, uint32(i), uint32(i>>32))
}

// all is every channel open.
const all = uint16(1<<Channels - 1)

var nested = ChoiceParams{TauOnline: .6, TauDirect: .8}

// utilities of a test, different for each of its people: standard normal, of some spread.
func utilities(test sim.Stream, i int, spread float64) (v [Channels]float64) {
	l := luckOf(test, i)
	for c := range v {
		v[c] = spread * l.Normal(uint32(c))
	}
	return v
}

// draws is how many draws a test of frequencies makes: 2·10⁶, as §14.2 asks.
func draws(short bool) int {
	if short {
		return 100_000
	}
	return 2_000_000
}

// frequencies holds counts of draws against probabilities: |z| < 4 for each.
func frequencies(t *testing.T, what string, got []int, want []float64) {
	t.Helper()
	n, worst := 0, 0.0
	for _, x := range got {
		n += x
	}
	for i, p := range want {
		if p == 0 || p == 1 {
			if got[i] != int(p)*n {
				t.Errorf("%s: alternative %d has probability %v and was drawn %d of %d times", what, i, p, got[i], n)
			}
			continue
		}
		z := (float64(got[i]) - float64(n)*p) / math.Sqrt(float64(n)*p*(1-p))
		if worst = max(worst, math.Abs(z)); math.Abs(z) > 4 {
			t.Errorf("%s: alternative %d has probability %.6f and was drawn %d of %d times, z = %.1f", what, i, p, got[i], n, z)
		}
	}
	t.Logf("%s: %d draws, max |z| %.2f", what, n, worst)
}

// "The kernel is exactly nested logit: P(n)·P(a|n), P(a|n) = e^{V_a/τ}/Σe^{V/τ}, P(n) ∝ exp(τ_n ln Σ e^{V/τ_n})"; "|z|<4 over
// 2·10⁶ draws", in two regimes: all open, and TikTok and WhatsApp closed.
func TestV09_AnalyticShares(t *testing.T) {
	v := [Channels]float64{-.4, 1.1, .7, -.3, -.9, -1.5, -.1, .2, -1, 1.6, .3}
	for what, open := range map[string]uint16{"all open": all, "TikTok and WhatsApp closed": all &^ (1<<TikTok | 1<<WhatsApp)} {
		var want [Channels]float64 // the formula, written out
		var nest, sum float64
		for _, n := range []struct {
			of  []Channel
			tau float64
		}{{[]Channel{0, 1, 2, 3, 4, 5, 6}, .6}, {[]Channel{7, 8}, .8}, {[]Channel{9}, 1}, {[]Channel{10}, 1}} {
			nest = 0
			for _, a := range n.of {
				if open>>a&1 == 1 {
					nest += math.Exp(v[a] / n.tau)
				}
			}
			for _, a := range n.of {
				if open>>a&1 == 1 {
					want[a] = math.Pow(nest, n.tau) * math.Exp(v[a]/n.tau) / nest
				}
			}
			sum += math.Pow(nest, n.tau)
		}
		shares := Shares(&v, open, &nested)
		for a := range want {
			want[a] /= sum
			if math.Abs(shares[a]-want[a]) > 1e-12 {
				t.Errorf("%s: Shares gives %s %.15f, the formula %.15f", what, Channel(a), shares[a], want[a])
			}
		}
		got := make([]int, Channels)
		for i := range draws(testing.Short()) {
			l := luckOf(1, i)
			got[Choose(&l, &v, open, &nested)]++
		}
		frequencies(t, what, got, want[:])
	}
}

// "τ_n=1 for all nests ⇒ MNL; IIA: removing one channel rescales others by equal factors."
func TestV10_IndependenceOfIrrelevantAlternatives(t *testing.T) {
	flat := ChoiceParams{TauOnline: 1, TauDirect: 1}
	v := utilities(2, 0, 1)
	s := Shares(&v, all, &flat)
	var sum float64
	for _, x := range v {
		sum += math.Exp(x)
	}
	for a := range s {
		if want := math.Exp(v[a]) / sum; math.Abs(s[a]-want) > 1e-12 {
			t.Errorf("%s has share %.15f, MNL gives %.15f", Channel(a), s[a], want)
		}
	}
	ratios := func(s, less [Channels]float64, gone Channel) (least, most float64) {
		least, most = math.Inf(1), 0
		for a := range less {
			if r := less[a] / s[a]; Channel(a) != gone {
				least, most = min(least, r), max(most, r)
			}
		}
		return least, most
	}
	before := Shares(&v, all, &nested)
	for gone := range Channels {
		less := Shares(&v, all&^(1<<gone), &flat)
		if least, most := ratios(s, less, gone); most-least > 1e-12 || less[gone] != 0 {
			t.Errorf("without %s the others' shares grow by factors from %.15f to %.15f", gone, least, most)
		}
		if gone < Direct { // and with nests they must not, or the test would see nothing
			if least, most := ratios(before, Shares(&v, all&^(1<<gone), &nested), gone); most-least < 1e-4 {
				t.Errorf("nested, without %s, the others' shares grow by one factor, too: %v to %v", gone, least, most)
			}
		}
	}
	got := make([]int, Channels)
	for i := range draws(testing.Short()) / 4 {
		l := luckOf(3, i)
		got[Choose(&l, &v, all&^(1<<Tokopedia), &flat)]++
	}
	less := Shares(&v, all&^(1<<Tokopedia), &flat)
	frequencies(t, "MNL without Tokopedia", got, less[:])
}

// "Closing a channel changes only choices of its choosers (exact, count=0)": 6·10⁴ people, each with other utilities and
// another set of open channels, each channel closed in turn: 3·10⁵ choices. Held fixed: the person's luck, utilities and the other channels.
func TestV11_PathwiseRegularity(t *testing.T) {
	const people = 60_000
	var changed, moved int
	naive := 0
	for i := range people {
		v := utilities(4, i, 1.5)
		l := luckOf(5, i)
		open := uint16(l.Bits(50)) & all
		if open == 0 {
			continue
		}
		first := Choose(&l, &v, open, &nested)
		for c := range Channels {
			if open>>c&1 == 0 || open == 1<<c {
				continue
			}
			again := luckOf(5, i)
			switch now := Choose(&again, &v, open&^(1<<c), &nested); {
			case now == c:
				t.Fatalf("person %d chooses %s, which is closed", i, c)
			case first == c:
				moved++
			case now != first:
				changed++
			}
			if first := twoStage(&again, &v, open); first != c && twoStage(&again, &v, open&^(1<<c)) != first {
				naive++
			}
		}
	}
	if changed != 0 || moved < people/2 {
		t.Errorf("%d choosers of a closed channel went elsewhere, and %d who had not chosen it, too", moved, changed)
	}
	if naive < people/1000 { // the mistake that model.md §7.1 warns of must show, or the count above would mean nothing
		t.Errorf("two Gumbel draws in stages change only %d choices of others", naive)
	}
	t.Logf("%d choosers moved, %d others changed; drawn in two stages %d others change", moved, changed, naive)
}

// twoStage draws a nest, then an alternative in it, by Gumbel noise: right probabilities, wrong coupling.
func twoStage(l *sim.Luck, v *[Channels]float64, open uint16) Channel {
	best, top := Channels, math.Inf(-1)
	for n, nest := range nests {
		tau := [...]float64{.6, .8, 1, 1}[n]
		sum, at, in := 0.0, Channels, math.Inf(-1)
		for a := nest.from; a < nest.to; a++ {
			if open>>a&1 == 0 {
				continue
			}
			sum += math.Exp(v[a] / tau)
			if y := v[a]/tau - math.Log(l.Exp(uint32(a))); y > in {
				in, at = y, a
			}
		}
		if x := tau*math.Log(sum) - math.Log(l.Exp(100+uint32(n))); at < Channels && x > top {
			best, top = at, x
		}
	}
	return best
}

// "One platform, no outside option ⇒ share 1." The Poisson purchases of §14.2 are in package agents.
func TestV12_OnlyOneIsOpen(t *testing.T) {
	for i := range 20_000 {
		c := Channel(i % int(Channels))
		v := utilities(6, i, 3)
		l := luckOf(7, i)
		if got := Choose(&l, &v, 1<<c, &nested); got != c {
			t.Fatalf("only %s is open, and %s is chosen", c, got)
		}
		if s := Shares(&v, 1<<c, &nested); s[c] != 1 {
			t.Fatalf("only %s is open, with share %v", c, s[c])
		}
	}
}

// Race is a flat logit with weights e^U; alternatives of weight 0 are absent; closing one moves only those who chose it.
func TestRace(t *testing.T) {
	keys := []uint32{3, 4, 5, 6, 9}
	w := []float64{.02, 1, 0, .3, .004}
	got, sum := make([]int, len(w)), 0.0
	for _, x := range w {
		sum += x
	}
	want := make([]float64, len(w))
	for i := range w {
		want[i] = w[i] / sum
	}
	shut := []float64{.02, 0, 0, .3, .004}
	for i := range draws(testing.Short()) {
		l := luckOf(8, i)
		first := Race(&l, keys, w)
		got[first]++
		if now := Race(&l, keys, shut); now == 1 || first != 1 && now != first {
			t.Fatalf("draw %d: %d, and %d when 1 is closed", i, first, now)
		}
	}
	frequencies(t, "race", got, want)
	l := luckOf(8, 0)
	if Race(&l, keys, make([]float64, len(keys))) != -1 || Race(&l, nil, nil) != -1 {
		t.Error("somebody wins a race that nobody runs")
	}
}

package agents

import (
	"math"
	"reflect"
	"testing"

	m "pasar/agents/market"
	"pasar/sim/num"
)

// "Multiply by the index and rake (IPF) to platform totals and Σ_c=1" (§5.5).
func TestTargetsAreRaked(t *testing.T) {
	p := params()
	s := Targets(p)
	tilted := 0.0
	for g := range s {
		sum := 0.0
		for c := range s[g] {
			sum += s[g][c]
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: shares sum to %.15f", m.Category(g), sum)
		}
	}
	for c := range m.Channels {
		total := 0.0
		for g := range s {
			total += s[g][c] * p.Categories[g].Needs
			tilted = max(tilted, math.Abs(s[g][c]/p.Intent[c].Share-1))
		}
		if math.Abs(total-p.Intent[c].Share) > 1e-9 {
			t.Errorf("%s has %.12f of needs, its target is %.12f", c, total, p.Intent[c].Share)
		}
	}
	// Raking keeps odds ratios: of fashion to electronics on TikTok against Shopee they are those of the tilts.
	a, b := &p.Intent[m.TikTok], &p.Intent[m.Shopee]
	want := a.Tilt[0] / a.Tilt[3] / (b.Tilt[0] / b.Tilt[3])
	if got := s[0][0] / s[3][0] / (s[0][1] / s[3][1]); math.Abs(got/want-1) > 1e-9 || tilted < .1 {
		t.Errorf("odds ratio %v of the tilts has become %v", want, got)
	}
}

// "Solve δ so that the model's expected shares equal target shares … until max|Δ| < 1e-6", and the intercepts of discovery
// "so that the average reference view buys with probability conv and saves with probability save_prob". Shares and
// probabilities are worked out here once more, by the formulas.
func TestSolvedConstantsMeetTargets(t *testing.T) {
	p := params()
	d, list := solve(p)
	k := &Common{Market: &m.Market{P: p, Delta: d}}
	for g := range k.NeedShare {
		k.NeedShare[g] = p.Categories[g].Needs
	}
	target, worst := Targets(p), 0.0
	for g := range m.Category(m.Categories) {
		if d.Need[g][m.Defer] != 0 {
			t.Errorf("%s: δ of defer is %v, not 0", g, d.Need[g][m.Defer])
		}
		var mean [m.Channels]float64
		for i := range list {
			var v [m.Channels]float64
			open := there | 1<<m.WhatsApp
			for c := range m.Direct {
				v[c] = k.base(&list[i], g, c)
			}
			v[m.Offline] = d.Need[g][m.Offline]
			if !list[i].chats(g) {
				open &^= 1 << m.WhatsApp
			}
			if list[i].Adopt > 0 {
				open = 1<<m.Offline | 1<<m.Defer
			}
			for c, s := range m.Shares(&v, open, &p.Choice) {
				mean[c] += s / sampleSize
			}
		}
		for c := range mean {
			worst = max(worst, math.Abs(mean[c]-target[g][c]))
		}
	}
	if worst > 1e-6 {
		t.Errorf("shares miss their targets by up to %.2g", worst)
	}
	t.Logf("largest miss of a share %.2g", worst)
	for a := range m.Platforms {
		if p.Platforms[a].Views == 0 {
			continue
		}
		for format, conv := range []float64{p.Disc.ConvVideo, p.Disc.ConvLive} {
			var buys, all float64
			for i := range list {
				b := &list[i]
				if b.Members>>a&1 == 0 || b.Adopt > 0 {
					continue
				}
				u := d.Buy[a][format]
				if b.Social>>a&1 == 0 {
					u -= p.Disc.FirstUse
				}
				for _, x := range []struct{ share, bonus float64 }{{p.Platforms[a].Match, p.Disc.Match}, {1 - p.Platforms[a].Match, 0}} {
					e := num.Exp(u + x.bonus)
					buys += float64(b.Affinity) * x.share * e / (1 + e + p.Disc.SaveProb)
				}
				all += float64(b.Affinity)
			}
			if math.Abs(buys/all-conv) > 1e-6 {
				t.Errorf("%s, format %d: a view buys with probability %.8f, not %v", a, format, buys/all, conv)
			}
		}
		e := num.Exp(d.Save[a])
		if got := e / (1 + e + p.Disc.ConvVideo); math.Abs(got-p.Disc.SaveProb) > 1e-6 {
			t.Errorf("%s: a view saves with probability %.8f, not %v", a, got, p.Disc.SaveProb)
		}
	}
}

// Whatever the solver of the constants can see is in their hash, and what it cannot see moves neither.
func TestDeltaInputs(t *testing.T) {
	p := params()
	was, seen, unseen := DeltaInputs(p), 0, 0
	each(reflect.ValueOf(p).Elem(), func(x reflect.Value) {
		old := x.Float()
		x.SetFloat(old + 1)
		if DeltaInputs(essence(p)) == was { // not even of what is left of it
			unseen++
		} else {
			seen++
		}
		if DeltaInputs(p) != DeltaInputs(essence(p)) {
			t.Error("the hash follows from more than the solver sees")
		}
		x.SetFloat(old)
	})
	essential := 0
	x := essence(p)
	each(reflect.ValueOf(x).Elem(), func(v reflect.Value) {
		old := v.Float()
		if old == 0 {
			return
		}
		essential++
		v.SetFloat(old + 1)
		if DeltaInputs(x) == was {
			t.Errorf("the solver sees a parameter of %v that is not in the hash", old)
		}
		v.SetFloat(old)
	})
	if p.Disc.Rho++; DeltaInputs(p) != was {
		t.Error("constants are solved anew where only ρ is another")
	}
	if essential == 0 || unseen < seen {
		t.Errorf("%d parameters are seen, %d of them not 0, %d are not", seen, essential, unseen)
	}
}

// each shows every number of a struct.
func each(v reflect.Value, show func(reflect.Value)) {
	switch v.Kind() {
	case reflect.Float64:
		show(v)
	case reflect.Struct:
		for i := range v.NumField() {
			each(v.Field(i), show)
		}
	case reflect.Array:
		for i := range v.Len() {
			each(v.Index(i), show)
		}
	}
}

package market

import (
	"math"

	"pasar/sim"
	"pasar/sim/num"
)

// Delta holds the alternative-specific constants: of channels by category, so that shares at the reference date meet their
// targets, and of buying and saving in discovery, so that conversion does (§5.5, §7.5). Scenarios never solve them anew.
type Delta struct {
	Inputs string                        // hash of the parameters they follow from
	Need   [Categories][Channels]float64 // δ_ck
	Buy    [Platforms][2]float64         // a_f,a: video, live
	Save   [Platforms]float64            // a_save
	Member [Platforms]float64            // chance of being a member half a year before the start
	Lapse  [Platforms]float64            // rate at which memberships end, a day
}

// Nests of the choice of a channel: online platforms, direct channels, offline, defer.
var nests = [...]struct{ from, to Channel }{{TikTok, Platforms}, {Platforms, Direct}, {Offline, Defer}, {Defer, Channels}}

// Choose draws a channel from the nested logit over the open ones, given utilities v (§7.1).
//
// Noise belongs to alternatives: an exponential race inside each nest, and a positive stable factor for each nest (Kanter's
// representation) that all its members share. Probabilities are exactly nested logit, and closing a channel changes the
// choice of those who would have chosen it and of nobody else.
func Choose(l *sim.Luck, v *[Channels]float64, open uint16, p *ChoiceParams) Channel {
	best, bestX := Defer, math.Inf(-1)
	for n, nest := range nests {
		tau := 1.0
		switch n {
		case 0:
			tau = p.TauOnline
		case 1:
			tau = p.TauDirect
		}
		at := Channels
		least := math.Inf(1)
		for a := nest.from; a < nest.to; a++ {
			if open>>a&1 == 1 && sooner(l.Quarter(uint32(a)), num.Exp(v[a]/tau), &least) {
				at = a
			}
		}
		if at == Channels {
			continue
		}
		first := num.Log(least)
		x := -first
		if tau != 1 {
			x = float64(tau * (stable(l, uint32(n), tau) - first))
		}
		if x > bestX {
			best, bestX = at, x
		}
	}
	return best
}

// stable is the logarithm of a positive stable variate of index tau.
func stable(l *sim.Luck, nest uint32, tau float64) float64 {
	u := float64(math.Pi * l.U(uint32(Channels)+2*nest))
	e := l.Exp(uint32(Channels) + 2*nest + 1)
	return num.Log(num.Sin(float64(tau*u))) - num.Log(num.Sin(u))/tau +
		float64((1-tau)/tau*(num.Log(num.Sin(float64((1-tau)*u)))-num.Log(e)))
}

// Shares are the probabilities of the channels under Choose.
func Shares(v *[Channels]float64, open uint16, p *ChoiceParams) (s [Channels]float64) {
	var nestW [len(nests)]float64
	var all float64
	for n, nest := range nests {
		tau := 1.0
		switch n {
		case 0:
			tau = p.TauOnline
		case 1:
			tau = p.TauDirect
		}
		var sum float64
		for a := nest.from; a < nest.to; a++ {
			if open>>a&1 == 1 {
				s[a] = num.Exp(v[a] / tau)
				sum += s[a]
			}
		}
		if sum == 0 {
			continue
		}
		nestW[n] = num.Pow(sum, tau)
		all += nestW[n]
		for a := nest.from; a < nest.to; a++ {
			s[a] /= sum
		}
	}
	for n, nest := range nests {
		for a := nest.from; a < nest.to; a++ {
			s[a] = float64(s[a]*nestW[n]) / all
		}
	}
	return s
}

// LogSum is what the choice is worth before the noise is known, in utility: ln Σ_n (Σ_a e^{v_a/τ_n})^τ_n.
func LogSum(v *[Channels]float64, open uint16, p *ChoiceParams) float64 {
	all := 0.0
	for n, nest := range nests {
		tau := 1.0
		switch n {
		case 0:
			tau = p.TauOnline
		case 1:
			tau = p.TauDirect
		}
		sum := 0.0
		for a := nest.from; a < nest.to; a++ {
			if open>>a&1 == 1 {
				sum += num.Exp(v[a] / tau)
			}
		}
		if sum > 0 {
			all += num.Pow(sum, tau)
		}
	}
	return num.Log(all)
}

// Race draws the winner among alternatives with weights w (a flat logit with utilities ln w): the least E/w, E a standard
// exponential keyed by the alternative. Alternatives of weight 0 are absent. -1: none is there.
func Race(l *sim.Luck, keys []uint32, w []float64) int {
	best, least := -1, math.Inf(1)
	for i, x := range w {
		if x > 0 && sooner(l.Quarter(keys[i]), x, &least) {
			best = i
		}
	}
	return best
}

// sooner tells whether -ln(u)/w is below least, and if so makes it the least. As -ln u is at least 1-u, most runners of a
// race are out without a logarithm.
func sooner(u, w float64, least *float64) bool {
	if 1-u >= float64(*least*w) {
		return false
	}
	y := -num.Log(u) / w
	if y >= *least {
		return false
	}
	*least = y
	return true
}

package load

import (
	"math"

	"pasar/agents/market"
)

// lintParams holds parameters against each other.
func (p *problems) lintParams(b *leafBook) {
	for _, s := range []struct {
		pattern string
		sum     float64
		what    string
	}{
		{"category.*.needs", 1, "shares of needs"},
		{"category.*.views", 1, "shares of views"},
		{"platform.*.sellers", 1, "shares of platforms as home of SMEs"},
		{"intent.*.share", 1, "shares of channels among intents"},
	} {
		total, n := 0.0, b.under(s.pattern)
		for _, l := range n {
			x, _ := l.Value.Value.(float64)
			total += x
		}
		p.sum(n, s.pattern, s.what, total, s.sum)
	}
	for _, s := range []struct {
		at   string
		sum  float64
		what string
	}{
		{"pilot.weights", 1, "weights of the audit"},
		{"calendar.hours", 24, "weights of the hours"},
	} {
		l := b.leaves[s.at]
		total := 0.0
		xs, _ := l.Value.Value.([]float64)
		for _, x := range xs {
			total += x
		}
		p.sum([]*leaf{l}, s.at, s.what, total, s.sum)
	}
	for _, o := range []struct{ low, high, what string }{
		{"choice.lambda_i", "choice.tau_online", "the weight of offers cannot exceed the dissimilarity of online platforms (lambda_i <= tau_online <= 1)"},
		{"sme.step_low", "sme.step_high", "the smallest price step exceeds the largest"},
		{"creator.followers_min", "creator.followers_max", "the fewest followers exceed the most"},
		{"pilot.extend", "pilot.approve", "a pilot would be extended at a score that approves it"},
		{"calendar.ramadan", "calendar.ramadan_last", "Ramadan begins busier than it ends"},
	} {
		if lo, hi := b.num(o.low), b.num(o.high); lo > hi {
			n := b.later(b.leaves[o.low], b.leaves[o.high])
			p.at(n.node, n.Path, "%s: %s is %s and %s is %s", o.what, o.low, show(lo), o.high, show(hi))
		}
	}
	for c := range market.Direct {
		to, most := "platform."+c.String()+".views_to", "platform."+c.String()+".views_most"
		if max(b.num(to), b.num("platform."+c.String()+".views")) > b.num(most) {
			n := b.later(b.leaves[to], b.leaves[most])
			p.at(n.node, n.Path, "views would exceed the most that any world may show: %s is %s", most, show(b.num(most)))
		}
	}
	for _, at := range []string{"choice.tau_online", "choice.tau_direct"} {
		if l := b.leaves[at]; b.num(at) > 1 || b.num(at) <= 0 {
			p.at(l.node, l.Path, "%s is no dissimilarity; with it choices are not utility-maximising", show(b.num(at))).Allowed = "above 0, up to 1"
		}
	}
}

// sum wants numbers to add up, and says so at the last of them that the scenario changes.
func (p *problems) sum(list []*leaf, path, what string, got, want float64) {
	if math.Abs(got-want) < 1e-6*want {
		return
	}
	at := list[0]
	for _, l := range list {
		if l.Changed && (!at.Changed || l.node.line > at.node.line) {
			at = l
		}
	}
	p.at(at.node, "params."+path, "the %s sum to %s, not to %s", what, show(math.Round(got*1e6)/1e6), show(want))
}

// later is the one of two leaves that the scenario changes.
func (b *leafBook) later(x, y *leaf) *leaf {
	if y.Changed && !x.Changed {
		return y
	}
	return x
}

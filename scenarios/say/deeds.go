package say

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/sim"
)

// Entry says what an entry does: in a word and in a sentence.
func (l *Language) Entry(e *load.Entry) (mark, sentence string) {
	ch := l.Channel
	say := func(name string, parts ...string) (string, string) {
		d := l.Deeds[name]
		return Text(d.Mark, parts...), Text(d.Text, parts...)
	}
	clock := l.Clock(market.Clock.Date(e.When.At))
	switch d := e.Do.(type) {
	case *policy.Announce:
		if d.Closing {
			return say("closing", ch(d.Platform))
		}
		return say("announce", ch(d.Platform), l.Date(market.Clock.Date(sim.Time(d.Effective))))
	case *policy.RequireSeparation:
		return say("separation", ch(market.TikTok), clock)
	case *policy.CloseCheckout:
		return say("close", ch(d.Platform), clock)
	case *policy.OpenCheckout:
		return say("open", ch(d.Platform))
	case *policy.RedirectCheckout:
		return say("redirect", ch(d.Storefront), ch(d.Processor))
	case *policy.SetLinkout:
		return say("linkout", ch(d.Platform), l.Percent(d.Share))
	case *policy.SetOrderCap:
		return say("cap", ch(d.Platform), l.Percent(d.Caps.Share))
	case *policy.SetFee:
		if d.Commission < 0 {
			return say("fixed", ch(d.Platform), l.Num(d.Fixed, 0))
		}
		return say("fee", ch(d.Platform), l.Percent(d.Commission))
	case *policy.SetVoucher:
		return say("voucher", ch(d.Platform), l.Percent(d.Share))
	case *policy.PriceFloor:
		if d.USD > 0 {
			return say("floor", "US$"+l.Num(d.USD, 0))
		}
		return say("floor", "Rp "+l.Num(d.Rp, 0))
	case *policy.AcquireStake:
		return say("stake", l.Owners[d.Buyer.String()], l.Percent(d.Share), ch(d.Target))
	case *policy.StartPilot:
		if d.Caps != nil {
			return say("pilotcap", ch(d.Subject), l.Percent(d.Caps.Share))
		}
		return say("pilot", ch(d.Subject))
	case *policy.Audit:
		if d.Decision == market.ByRule {
			return say("byrule")
		}
		return say("audit", l.Decisions[d.Decision])
	}
	if e.IsPhase() {
		sentence = Text(l.PhaseBegins, e.ID)
		return sentence, sentence
	}
	mark = l.Topic(e)
	return mark, Upper(mark)
}

// Topic is what an entry is about, without what it sets: "fee of Shopee".
func (l *Language) Topic(e *load.Entry) string {
	if a, ok := e.Do.(*policy.Announce); ok && a.Closing {
		return Text(l.Deeds["closing"].Text, l.Channel(a.Platform))
	}
	if e.IsPhase() {
		return l.Topics["phase"] + " " + e.ID
	}
	topic := l.Topics[e.Do.Doc().Name]
	for _, g := range load.Givens(e.Do) {
		if c, ok := g.Value.(market.Channel); ok {
			return Text(topic, l.Channel(c))
		}
	}
	return topic
}

// Upper begins a text with a capital letter.
func Upper(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(first)) + s[n:]
}

// Field is the name of a field of an intervention.
func (l *Language) Field(path string) string {
	if name, ok := l.Fields[path]; ok {
		return name
	}
	return path
}

// Value is what a field holds, with its unit.
func (l *Language) Value(g load.Given) string {
	if g.Text == "" {
		return l.Nothing
	}
	switch x := g.Value.(type) {
	case market.Channel:
		return l.Channel(x)
	case market.OwnerID:
		return l.Owners[x.String()]
	case policy.Span:
		return l.Span(sim.Time(x))
	case policy.Date:
		if x < 0 {
			return Text(l.AfterBegin, l.Span(-sim.Time(x)))
		}
		return l.Moment(sim.Time(x))
	case bool:
		if x {
			return l.Yes
		}
		return l.No
	case string:
		if word, ok := l.Words[x]; ok && len(g.Enum) > 0 {
			return word
		}
		return x
	case float64:
		return l.amount(x, g.Unit)
	case []float64:
		return join(x, l.Plain)
	case []market.Channel:
		return join(x, l.Channel)
	case []string:
		return strings.Join(x, ", ")
	}
	return g.Text
}

// join lists values; between numbers stands a semicolon, for a comma is part of them.
func join[T any](list []T, write func(T) string) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = write(x)
	}
	if _, numbers := any(list).([]float64); numbers {
		return strings.Join(parts, "; ")
	}
	return strings.Join(parts, ", ")
}

// amount is a number with its unit.
func (l *Language) amount(x float64, unit string) string {
	switch unit {
	case "share", "probability", "share of GMV":
		return l.Percent(x)
	case "IDR", "Rp":
		return "Rp " + l.large(x)
	case "IDR per order":
		return Text(l.AnOrder, "Rp "+l.large(x))
	case "Rp a week":
		return Text(l.AWeek, "Rp "+l.large(x))
	case "USD":
		return "US$" + l.large(x)
	}
	return l.Plain(x)
}

// large writes an amount of money as people say it.
func (l *Language) large(x float64) string {
	switch {
	case x >= 1e9:
		return Text(l.Billion, l.Plain(x/1e9))
	case x >= 1e6:
		return Text(l.Million, l.Plain(x/1e6))
	}
	return l.Plain(x)
}

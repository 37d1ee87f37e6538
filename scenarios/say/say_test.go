package say

import (
	"strings"
	"testing"

	"pasar/agents/policy"
	"pasar/scenarios/load"
)

// Every intervention has a topic in both languages, with a place for a platform if and only if it names one; English and
// Indonesian have the same fields and words. (That no text is empty is a test of the report, which holds all of a language.)
func TestTopics(t *testing.T) {
	for _, lang := range []string{"en", "id"} {
		l := In(lang)
		for _, do := range policy.All() {
			name, concerns := do.Doc().Name, false
			for _, f := range load.Fields(do) {
				concerns = concerns || f.Type == "platform" && !f.List && f.Name != "like"
			}
			topic := l.Topics[name]
			if topic == "" || strings.Contains(topic, "%[1]s") != concerns {
				t.Errorf("%s: %s: %q", lang, name, topic)
			}
		}
		if len(l.Topics) != len(policy.All())+1 {
			t.Errorf("%s: %d topics for %d interventions and phases", lang, len(l.Topics), len(policy.All()))
		}
	}
}

// Amounts, shares and lengths of time as people say them.
func TestAmounts(t *testing.T) {
	en, id := In("en"), In("id")
	for _, c := range []struct {
		x        float64
		unit     string
		en, idts string
	}{
		{.043, "share", "4.3%", "4,3%"},
		{840e6, "USD", "US$840 million", "US$840 juta"},
		{2000, "IDR per order", "Rp 2,000 an order", "Rp 2.000 per pesanan"},
		{.5, "utility", "0.5", "0,5"},
	} {
		if en.amount(c.x, c.unit) != c.en || id.amount(c.x, c.unit) != c.idts {
			t.Errorf("%s and %s", en.amount(c.x, c.unit), id.amount(c.x, c.unit))
		}
	}
	if s := en.Span(86400); s != "1 day" {
		t.Error(s)
	}
	if s := en.Span(36 * 3600); s != "36 hours" {
		t.Error(s)
	}
	if s := id.Span(14 * 86400); s != "14 hari" {
		t.Error(s)
	}
}

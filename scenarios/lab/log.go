package lab

import (
	"slices"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/say"
)

// A Line is something that just happened, from the records of a replication.
type Line struct {
	Date   string `json:"date"`
	Week   string `json:"week"` // its Monday
	Kind   string `json:"kind"` // entry, audit, count
	Text   string `json:"text"`
	Source string `json:"source,omitempty"`
	Badge  string `json:"badge"` // observed, assumed, simulated
}

// Log lists what happened in a replication, by date.
func Log(x *measure.Run, lang string) []Line {
	r, w := x.Result, say.In(lang)
	all := []Line{}
	add := func(day int64, kind, badge, source, text string) {
		at := measure.DateOf(day)
		monday := at.AddDate(0, 0, -(int(at.Weekday())+6)%7)
		all = append(all, Line{at.Format(time.DateOnly), monday.Format(time.DateOnly), kind, text, source, badge})
	}
	for i := range r.Scenario.Entries {
		e := &r.Scenario.Entries[i]
		day := market.DayOf(e.When.At)
		if e.If != nil || e.IsPhase() || day < x.First || day >= x.First+int64(x.Days()) {
			continue
		}
		_, text := w.Entry(e)
		badge := "observed"
		if e.Grade == "" || e.Grade == "none" {
			badge = "assumed"
		}
		add(day, "entry", badge, sourceOf(e.Source).in(lang), text)
	}
	for _, e := range r.Enacted {
		for _, p := range r.Book.Plan {
			if p.At == e.At && p.Why > 0 && int(p.Why) <= len(r.Scenario.Entries) && r.Scenario.Entries[p.Why-1].If != nil {
				_, text := w.Entry(&r.Scenario.Entries[p.Why-1])
				add(market.DayOf(e.At), "entry", "simulated", "", text)
				break
			}
		}
	}
	words := logWords(lang)
	for _, a := range r.Audits {
		add(market.DayOf(a.At), "audit", "simulated", "", say.Text(words.audit, w.Num(float64(a.C)/1e6, 2), w.Num(float64(a.M)/1e6, 2), w.Decisions[market.Decisions[a.Rule]]))
	}
	for _, c := range counts() {
		c.notable(x, func(day int64, key string, real, simulated float64) {
			name := key
			if ch, ok := market.ParseChannel(key); ok {
				name = w.Channel(ch)
			}
			add(day, "count", "simulated", "", say.Text(words.counts[c.metric], w.Num(real, 0), name, w.Num(simulated, 0)))
		})
	}
	slices.SortStableFunc(all, func(a, b Line) int { return strings.Compare(a.Date, b.Date) })
	return all
}

// A count is something that is worth a line in a week in which much more of it happens than in the eight weeks before.
type count struct{ metric, by string }

func counts() []count {
	return []count{{"entries", "channel"}, {"liquidations", ""}, {"bankruptcies", ""}, {"gave_up", ""}, {"joined", "channel"}}
}

// What makes a week notable: so many simulated agents, and so many times the usual.
const (
	leastAgents = 10
	timesUsual  = 2
)

func (c count) notable(x *measure.Run, tell func(day int64, key string, real, simulated float64)) {
	s := measure.Get(x.Daily(), c.metric, c.by)
	weeks := x.FullWeeks()
	for k, key := range s.Keys {
		var sums []float64
		for i, w := range weeks {
			sum := 0.
			for _, v := range s.Values[k][w.From:w.To] {
				sum += v
			}
			sums = append(sums, sum)
			if i < 8 {
				continue
			}
			usual := 0.
			for _, v := range sums[i-8 : i] {
				usual += v / 8
			}
			if sum/x.W >= leastAgents && sum >= timesUsual*max(usual, 0) && sum > 0 {
				tell(x.First+int64(w.To)-1, key, sum, sum/x.W)
			}
		}
	}
}

// A lexicon is the words of the log.
type lexicon struct {
	audit  string
	counts map[string]string
}

func logWords(lang string) lexicon {
	if lang == "id" {
		return lexicon{
			audit: "Audit: nilai integrasi %[1]s, nilai UMKM dan pasar %[2]s; menurut aturan regulator: %[3]s.",
			counts: map[string]string{
				"entries":      "%[1]s UMKM membuka toko di %[2]s dalam sepekan, jauh lebih banyak dari biasanya (%[3]s agen simulasi).",
				"liquidations": "%[1]s UMKM mengobral stok sebelum penutupan dalam sepekan (%[3]s agen simulasi).",
				"bankruptcies": "%[1]s UMKM bangkrut dalam sepekan, jauh lebih banyak dari biasanya (%[3]s agen simulasi).",
				"gave_up":      "%[1]s pemilik UMKM beralih ke pekerjaan lain dalam sepekan, jauh lebih banyak dari biasanya (%[3]s agen simulasi).",
				"joined":       "%[1]s pembeli bergabung dengan %[2]s dalam sepekan, jauh lebih banyak dari biasanya (%[3]s agen simulasi).",
			},
		}
	}
	return lexicon{
		audit: "Audit: integration scores %[1]s, SMEs and market %[2]s; the regulator's rule would decide: %[3]s.",
		counts: map[string]string{
			"entries":      "%[1]s SMEs open a shop on %[2]s within a week, many more than usual (%[3]s simulated ones).",
			"liquidations": "%[1]s SMEs sell off their stock before the closure within a week (%[3]s simulated ones).",
			"bankruptcies": "%[1]s SMEs go bankrupt within a week, many more than usual (%[3]s simulated ones).",
			"gave_up":      "%[1]s owners of SMEs turn to other work within a week, many more than usual (%[3]s simulated ones).",
			"joined":       "%[1]s buyers join %[2]s within a week, many more than usual (%[3]s simulated ones).",
		},
	}
}

// Withheld is why outcomes of groups are not shown at a scale.
func Withheld(buyers int) Text {
	return Text{
		say.Text("With %[1]s simulated buyers there are too few SMEs and creators to speak of; it is shown from %[2]s buyers on.", grouped("en", buyers), grouped("en", GroupsFrom)),
		say.Text("Dengan %[1]s pembeli simulasi, UMKM dan kreator terlalu sedikit untuk disimpulkan; hasilnya ditampilkan mulai %[2]s pembeli.", grouped("id", buyers), grouped("id", GroupsFrom)),
	}
}

func grouped(lang string, n int) string {
	l := say.In(lang)
	return l.Num(float64(n), 0)
}

// OfGroup tells whether an outcome speaks of SMEs or creators, and not of all sales.
func OfGroup(outcome string) bool {
	return !slices.Contains([]string{"gmv", "orders", "hhi", "offline_sales", "off_platform_share", "public_cost", "cs_need"}, outcome)
}

package explain

import (
	"math"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Form is a kind of sentence of a story, or a label of its timeline.
type Form uint8

// The forms. What their places hold stands with the sentences of words_en.go.
const (
	IsSME Form = iota // one for each market.Type
	_
	_
	NotYet
	SMEBegins
	SMEIdle
	Depends
	Hears
	DoesNothing
	Turn
	Sells
	SellsNothing
	AwayClosed
	AwayCap
	AwayStock
	ComeBack
	Opens
	OpensBecause
	Closes
	SellsOff
	Prices
	Empty
	Contracts
	Owes
	GivesUp
	Bankrupt
	SMEEnds
	Succeeded
	IsCreator
	CreatorBegins
	Earns
	FallsSilent
	SpeaksAgain
	Moves
	Asked
	CreatorEnds
	IsBuyer
	Buys
	BuysNothing
	FirstOrder
	BuyerAway
	FollowsLinks
	GoesWrong
	IsVenue
	VenueEarns
	VenueEnds
	GetsCapital
	LineOrders
	LineCash
	LineCommissions
	LineSpent
	LineSellers
	Forms
)

// words are those of one language.
type words struct {
	say.Language
	forms     [Forms]string
	once      map[Form]string // the same where a count is one
	goods     [market.Categories]string
	regions   [market.Regions]string
	tiers     [market.Tiers]string
	sizes     [4]string
	times     [3]string // never, once, twice
	often     string
	and, none string
	on        string               // %[1]s on %[2]s
	moved     string               // on %[1]s from %[2]s to %[3]s in %[4]s steps
	did       [market.Kinds]string // what an event is: %[1]s the sender, %[2]s the receiver, then channel, amount and reason
	reasons   [market.Declined + 1]string

	because, more, born                string // of a path
	ends, start, startBut              string
	apart, apartOtherwise              string
	same, why, differ                  string // of two runs
	inA, first, changed, equal         string
	culprit, touched, through, columns string
	from                               string // of a table, and its rows: money, orders turned away
	rows                               [2]string
	heads                              [6]string
	kindOf                             [3]string
	closedOn, bankruptOn               string // of suggestions
	movedMost, dependent, ask          string
	groups                             [3]string
}

func in(lang string) *words {
	if lang == "id" {
		return indonesian()
	}
	return english()
}

// Text is a fact in a sentence, in English or Indonesian ("id").
func (f *Fact) Text(lang string) string { return in(lang).fact(f) }

func (w *words) fact(f *Fact) string {
	parts := make([]string, len(f.Values))
	form := w.forms[f.Form]
	for i, v := range f.Values {
		parts[i] = w.value(v)
		if one, is := v.(count); is && one == 1 && w.once[f.Form] != "" {
			form = w.once[f.Form]
		}
	}
	return say.Upper(say.Text(form, parts...))
}

// value writes one value of a fact.
func (w *words) value(v any) string {
	switch x := v.(type) {
	case day:
		return w.Date(market.Clock.Date(sim.Time(x)))
	case sim.Time:
		return w.Moment(x)
	case count:
		return w.Num(float64(x), 0)
	case times:
		if int(x) < len(w.times) {
			return w.times[x]
		}
		return say.Text(w.often, w.Num(float64(x), 0))
	case rate:
		return w.Num(float64(x), 1)
	case share:
		return w.Percent(math.Round(float64(x)*100) / 100)
	case market.Money:
		return w.money(float64(x))
	case market.Channel:
		return w.Channel(x)
	case []market.Channel:
		return w.list(x)
	case market.Category:
		return w.goods[x]
	case market.Region:
		return w.regions[x]
	case market.Tier:
		return w.tiers[x]
	case market.Size:
		return w.sizes[x]
	case rates:
		return w.tallied(x, func(n float64) string { return w.Num(n, 1) })
	case []priced:
		parts := make([]string, len(x))
		for i, p := range x {
			parts[i] = say.Text(w.moved, w.Channel(p.On), w.money(float64(p.From)), w.money(float64(p.To)), w.Num(float64(p.Changes), 0))
		}
		return w.join(parts)
	case sums:
		return w.tallied(x, w.money)
	case tallies:
		return w.tallied(x, func(n float64) string { return w.Num(n, 0) })
	case *load.Entry:
		return w.entry(x)
	}
	return ""
}

// entry is what an entry of the scenario does, and its name.
func (w *words) entry(e *load.Entry) string {
	if e == nil {
		return w.none
	}
	_, sentence := w.Entry(e)
	return sentence + " (" + e.ID + ")"
}

// money is an amount in three digits.
func (w *words) money(x float64) string {
	sign := ""
	if x < 0 {
		sign, x = "−", -x
	}
	digits := func(v float64) string {
		switch {
		case v < 10:
			return w.Num(v, 2)
		case v < 100:
			return w.Num(v, 1)
		}
		return w.Num(v, 0)
	}
	switch {
	case x >= 1e9:
		return sign + "Rp " + say.Text(w.Billion, digits(x/1e9))
	case x >= 1e6:
		return sign + "Rp " + say.Text(w.Million, digits(x/1e6))
	}
	return sign + "Rp " + w.Num(x, 0)
}

func (w *words) list(channels []market.Channel) string {
	names := make([]string, len(channels))
	for i, c := range channels {
		names[i] = w.Channel(c)
	}
	return w.join(names)
}

// tallied writes how much there is on each channel.
func (w *words) tallied(list []tally, write func(float64) string) string {
	parts := make([]string, len(list))
	for i, x := range list {
		parts[i] = say.Text(w.on, write(x.N), w.Channel(x.On))
	}
	return w.join(parts)
}

// join lists names as people do.
func (w *words) join(names []string) string {
	switch n := len(names); n {
	case 0:
		return w.none
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + " " + w.and + " " + names[n-1]
	}
}

package explain

import (
	"bytes"
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"pasar/agents/market"
	"pasar/sim"
)

// A log is what an SME heard and said, for the sentences of its story to be held against.
type log struct {
	t           *testing.T
	r           *Run
	id          sim.ID
	heard, said []market.Event
	left        sim.Time // when it gave up
}

// logged reads the log without the code that tells stories.
func logged(t *testing.T, r *Run, all []market.Event, id sim.ID) *log {
	l := &log{t: t, r: r, id: id}
	for i := range all {
		e := &all[i]
		if e.From == id && e.Kind == market.Counted && e.Said > r.Scenario.Start && l.left == 0 && market.Bodily[market.Census](&e.Msg).State > market.Active {
			l.left = e.Said
		}
	}
	for i := range all {
		e := all[i]
		if e.To == id && e.At <= l.left {
			l.heard = append(l.heard, e)
		}
		if e.From == id && e.Said <= l.left {
			l.said = append(l.said, e)
		}
	}
	return l
}

// A claim is a form of sentence, and what the log must hold if it is true. Its parts are what the parentheses hold.
type claim struct {
	form  *regexp.Regexp
	holds func(l *log, part []string) error
}

const (
	date   = `(\d+ [A-Z][a-z]+ \d{4})`
	rupiah = `(−?Rp [\d,.]+(?: million| bn)?)`
	where  = `([A-Z][A-Za-z ]+?)`
	times_ = `(never|once|twice|\d+ times)`
)

var claims = []claim{
	{regexp.MustCompile(`^SME (\d+) (is a local seller|sells imported|is a brand) .*(on|outside) Java\.$`), (*log).who},
	{regexp.MustCompile(`^When the run begins, on ` + date + `, it sells on (.*): goods for ` + rupiah + ` in the last four weeks, which makes it a (micro|small) business\.$`), (*log).begins},
	{regexp.MustCompile(`^When the run begins, on ` + date + `, it has a shop on (.*), and has sold nothing in the last four weeks\.$`), (*log).idle},
	{regexp.MustCompile(`^The largest part sells on ` + where + `: (\d+)%\.$`), (*log).depends},
	{regexp.MustCompile(`^On ` + date + ` it is not in the market yet\.$`), (*log).notYet},
	{regexp.MustCompile(`^From ` + date + ` to ` + date + ` it sells ([\d.,]+) pieces a week: (.*)\.$`), (*log).sells},
	{regexp.MustCompile(`^From ` + date + ` to ` + date + ` it sells nothing\.$`), (*log).sellsNothing},
	{regexp.MustCompile(`^On ` + date + ` it is told: .* \((\w+)\)\.$`), (*log).told},
	{regexp.MustCompile(`^It does nothing about it but go on with its weekly reviews\.$`), (*log).idles},
	{regexp.MustCompile(`^On ` + date + `, \d\d:\d\d: .* \((\w+)\)\.$`), (*log).turned},
	{regexp.MustCompile(`^On ` + date + ` it opens a shop on ([^.]*)\.(?: The reason: .* \((\w+)\)\.)?$`), (*log).opens},
	{regexp.MustCompile(`^On ` + date + `, after at least six weeks of loss there, it closes its shop on ` + where + `\.$`), (*log).closes},
	{regexp.MustCompile(`^On ` + date + ` it begins to sell off, and cuts its price from ` + rupiah + ` to ` + rupiah + ` on ` + where + `\. The reason: .* \((\w+)\)\.$`), (*log).sellsOff},
	{regexp.MustCompile(`^From ` + date + ` on it has to turn down ([\d,]+) orders on ` + where + `, (for want of goods|where the checkout is closed)\.(?: The reason: .*\.)?$`), (*log).away},
	{regexp.MustCompile(`^On ` + date + ` it has to turn down (an) order on ` + where + `, (for want of goods|where the checkout is closed)\.(?: The reason: .*\.)?$`), (*log).away},
	{regexp.MustCompile(`^It asks a creator ` + times_ + ` to show its goods, and is accepted ` + times_ + `\.$`), (*log).asks},
	{regexp.MustCompile(`^It asks a creator ` + times_ + ` to show its goods; none accepts\.$`), func(l *log, part []string) error { return l.asks(append(part, "never")) }},
	{regexp.MustCompile(`^By trial and error its price moves (.*)\.$`), (*log).prices},
	{regexp.MustCompile(`^It runs out of goods ` + times_ + `, for ([\d.]+) days in all, the longest time from ` + date + `, for ([\d.]+) days\.$`), (*log).empty},
	{regexp.MustCompile(`^Of the ([\d,]+) orders that it accepts, ([\d,]+) come back\.$`), (*log).returns},
	{regexp.MustCompile(`^In (\d+) of its weekly reports it owes more than it has: most on ` + date + `, ` + rupiah + `\.$`), (*log).owes},
	{regexp.MustCompile(`^On ` + date + ` it (gives up|is bankrupt)\. It has earned ` + rupiah + ` a week over the last four weeks, where its owner could earn ` + rupiah + ` elsewhere; (?:` + rupiah + ` is left|its cash.*)\.$`), (*log).ends},
	{regexp.MustCompile(`^On ` + date + ` another SME takes its place in the market\. That is another story\.$`), func(*log, []string) error { return nil }},
}

// summed are sentences that sum a life up: a date before them would read as the day of an event.
var summed = regexp.MustCompile(`^(It asks a creator|By trial and error|It runs out of goods|Of the )`)

// The stories of SMEs that closed in `ban` are true: each of their sentences is one that this test knows, and holds in the log of
// events. What one language tells, so does the other.
func TestStoriesAreTrue(t *testing.T) {
	buyers := 1_000
	if nightly() {
		buyers = 3_000
	}
	r, all := kept(t, library(t, "ban", buyers, ""))
	groups, err := r.Picks(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(groups[0]) == 0 {
		t.Fatal("no SME closed")
	}
	used := map[int]bool{}
	for _, p := range groups[0] {
		id := r.Market.SMEs.ID(p.SME)
		lives, err := r.Live(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		story, err := lives[0].Tell()
		if err != nil {
			t.Fatal(err)
		}
		l := logged(t, r, all, id)
		for i := range story.Facts {
			text := story.Facts[i].Text("en")
			known := false
			for k, c := range claims {
				if part := c.form.FindStringSubmatch(text); part != nil {
					known, used[k] = true, true
					if err := c.holds(l, part[1:]); err != nil {
						t.Errorf("sme:%d: %s\n  %v", p.SME, text, err)
					}
				}
			}
			if !known {
				t.Errorf("sme:%d: nobody knows how to try this: %s", p.SME, text)
			}
			if other := story.Facts[i].Text("id"); other == text || strings.Contains(other, "%[") {
				t.Errorf("in Indonesian: %s", other)
			}
		}
		for _, f := range story.JSON("en").Facts {
			if summed.MatchString(f.Text) && f.At != "" || strings.HasPrefix(f.Text, "From ") && f.At == "" {
				t.Errorf("sme:%d: %q is dated %q", p.SME, f.Text, f.At)
			}
		}
		var b bytes.Buffer
		if err := story.Write(&b, "en"); err != nil {
			t.Fatal(err)
		}
		t.Logf("\n%s", &b)
	}
	if len(used) < 9 {
		t.Errorf("only %d kinds of sentences were tried", len(used))
	}
}

// when is the day of a date, and the second of it at which the market turned, if it did that day.
func (l *log) when(s string) (first, last sim.Time) {
	d, err := time.ParseInLocation("2 Jan 2006", s, market.WIB)
	if err != nil {
		l.t.Fatal(err)
	}
	at := market.Clock.At(d)
	return at, at + market.Day
}

// bound is a moment that the story tells by its day: the closure, or when the SME came or left.
func (l *log) bound(s string) sim.Time {
	first, last := l.when(s)
	for _, t := range []sim.Time{l.r.byID("sep").When.At, l.left} {
		if t >= first && t < last {
			return t
		}
	}
	for _, e := range l.said {
		if e.Kind == market.Listed && e.Said >= first && e.Said < last && first > l.r.Scenario.Start {
			return e.Said
		}
	}
	return first
}

func number(s string) float64 {
	v, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
	if err != nil {
		panic(err)
	}
	return v
}

func often(s string) int {
	switch s {
	case "never":
		return 0
	case "once", "an":
		return 1
	case "twice":
		return 2
	}
	n, _, _ := strings.Cut(s, " ")
	return int(number(n))
}

// isMoney tells whether a text is an amount, in the digits it gives.
func isMoney(text string, want float64) error {
	x := strings.TrimPrefix(text, "−")
	f := strings.Fields(x)
	v := number(f[1])
	if len(f) > 2 {
		v *= map[string]float64{"million": 1e6, "bn": 1e9}[f[2]]
	}
	if x != text {
		v = -v
	}
	if math.Abs(v-want) > math.Abs(want)*.006+1 {
		return fmt.Errorf("it is %.0f", want)
	}
	return nil
}

func equal(what string, got, want float64) error {
	if math.Abs(got-want) > .051 {
		return fmt.Errorf("%s: the log says %v", what, want)
	}
	return nil
}

func (l *log) channel(name string) market.Channel {
	en := english()
	for c := range market.Direct {
		if en.Channel(c) == name {
			return c
		}
	}
	l.t.Fatalf("no channel %q", name)
	return 0
}

// censuses are the reports between two moments.
func (l *log) censuses(from, to sim.Time) (list []*market.Census) {
	for i := range l.said {
		if e := &l.said[i]; e.Kind == market.Counted && e.Said >= from && e.Said < to {
			list = append(list, market.Bodily[market.Census](&e.Msg))
		}
	}
	return list
}

func (l *log) first() *market.Census {
	x := l.censuses(0, l.r.Scenario.Start+market.Week)
	return x[len(x)-1]
}

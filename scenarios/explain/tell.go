package explain

import (
	"fmt"
	"io"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/replay"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/say"
	"pasar/sim"
)

// Write tells a story: a paragraph of sentences for each turn, then the timeline.
func (s *Story) Write(out io.Writer, lang string) error {
	w := in(lang)
	var b strings.Builder
	for i := range s.Facts {
		f := &s.Facts[i]
		switch {
		case i == 0:
		case f.opens() || s.Facts[i-1].Form < Hears && f.Form > Hears:
			b.WriteString("\n\n")
		default:
			b.WriteByte(' ')
		}
		b.WriteString(w.fact(f))
	}
	b.WriteString("\n\n")
	b.WriteString(s.timeline(w))
	_, err := io.WriteString(out, wrap(b.String()))
	return err
}

// opens tells whether a fact begins a paragraph.
func (f *Fact) opens() bool {
	switch f.Form {
	case Hears, Turn, GivesUp, Bankrupt, SMEEnds, CreatorEnds, VenueEnds:
		return true
	}
	return false
}

// sums tells whether a fact sums a whole life up. It is told at the end, and happened on no day.
func (f *Fact) sums() bool {
	switch f.Form {
	case ComeBack, Prices, Empty, Contracts, ContractsNone, Asked, AskedNone, FollowsLinks, GoesWrong:
		return true
	}
	return false
}

// timeline draws the lines, a column for each stretch.
func (s *Story) timeline(w *words) string {
	var b strings.Builder
	width := 0
	names := make([]string, len(s.Lines))
	for i, l := range s.Lines {
		names[i] = say.Upper(w.forms[l.What])
		if l.On < market.Channels {
			names[i] = say.Text(w.on, names[i], w.Channel(l.On))
		}
		width = max(width, len([]rune(names[i])))
	}
	start, end := s.run.Scenario.Start, s.run.Scenario.End
	for i, l := range s.Lines {
		b.WriteString(strings.TrimRight(fmt.Sprintf("%-*s  %s", width, names[i], svgplot.Sparkline(l.Values, stretches)), " ") + "\n")
	}
	fmt.Fprintf(&b, "%-*s  %s – %s, %s\n", width, "", w.value(day(start)), w.value(day(end-1)), say.Text(w.columns, w.Num(float64(end-start)/stretches/float64(market.Day), 0)))
	return b.String()
}

// lineWidth is how long a line of text may be.
const lineWidth = 100

// wrap breaks paragraphs into lines; a line that begins with a name of the timeline is short enough.
func wrap(text string) string {
	var b strings.Builder
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if !strings.HasSuffix(line, ".") {
			b.WriteString(line + "\n")
			continue
		}
		n := 0
		for i, word := range strings.Split(line, " ") {
			size := len([]rune(word))
			switch {
			case i == 0:
			case n+1+size > lineWidth:
				b.WriteByte('\n')
				n = 0
			default:
				b.WriteByte(' ')
				n++
			}
			b.WriteString(word)
			n += size
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// event says what an event is.
func (r *Run) event(w *words, e *market.Event) string {
	m := &e.Msg
	amount, channel, reason := m.Amount, "", w.reasons[0]
	switch e.Kind &^ sim.Quiet {
	case market.Placed, market.Accepted, market.Rejected, market.Returned, market.Refunded, market.Announced:
		channel = w.Channel(m.Shop)
		reason = w.reasons[min(int(m.Reason), len(w.reasons)-1)]
		if e.Kind == market.Placed {
			amount = m.Pays()
		}
	}
	return say.Text(w.did[e.Kind&^sim.Quiet], r.name(w, e.From), r.name(w, e.To), channel, w.money(float64(amount)), reason)
}

// name is what an agent is called in a sentence.
func (r *Run) name(w *words, id sim.ID) string {
	if r.Market.Venues.Has(id) {
		return w.Channel(market.Channel(r.Market.Venues.Index(id)))
	}
	return replay.Name(r.Market, id)
}

// Write tells a path, the event first; a row of an agent's own timers is told once.
func (p *Path) Write(out io.Writer, r *Run, lang string) error {
	w := in(lang)
	var b strings.Builder
	for i := 0; i < len(p.Steps); i++ {
		s := &p.Steps[i]
		mark := "  ← "
		if i == 0 {
			mark = ""
		}
		fmt.Fprintf(&b, "%s%s  %s", mark, w.stamp(s.At), r.event(w, &s.Event))
		if s.Rule != nil {
			b.WriteString(", " + say.Text(w.because, w.entry(s.Rule)))
		}
		fmt.Fprintf(&b, "  [%v]\n", MarkOf(&s.Event))
		j := i
		for j+1 < len(p.Steps) && p.Steps[j+1].timer() && s.timer() && p.Steps[j+1].Rule == nil {
			j++
		}
		if j > i {
			fmt.Fprintf(&b, "    %s\n", say.Text(w.more, w.Num(float64(j-i), 0), w.stamp(p.Steps[j].At)))
			i = j
		}
	}
	named := p.Named()
	switch {
	case p.Entry != nil:
		b.WriteString(say.Text(w.ends, w.entry(p.Entry)))
	case len(named) > 0:
		texts := make([]string, len(named))
		for i, e := range named {
			texts[i] = w.entry(e)
		}
		b.WriteString(say.Text(w.startBut, w.join(texts)))
	default:
		b.WriteString(w.start)
	}
	_, err := io.WriteString(out, b.String()+"\n")
	return err
}

// timer tells whether a step is an agent's own clock.
func (s *Step) timer() bool {
	return s.From == s.To && (s.Kind == market.Wake || s.Kind&^sim.Quiet == market.Act)
}

// stamp is a moment with its second.
func (w *words) stamp(t sim.Time) string {
	d := market.Clock.Date(t)
	clock := d.Format("15:04:05")
	if w.Lang == "id" {
		clock = d.Format("15.04.05")
	}
	return w.Date(d) + ", " + clock
}

package diff

import (
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/scenarios/load"
	"pasar/scenarios/say"
	"pasar/sim"
)

// Text is the difference in a sentence, in English or Indonesian ("id"): what changes, from what to what, and from when on.
func (d *Difference) Text(lang string) string {
	w, l := wordsOf(lang), say.In(lang)
	switch {
	case d.Kind == OnlyA:
		return only(w, &l, d.name(w, 0), d.entries[0])
	case d.Kind == OnlyB:
		return only(w, &l, d.name(w, 1), d.entries[1])
	case d.Kind == Reordered:
		return say.Text(w.Order, l.Moment(d.At), d.A, d.B)
	case d.entries[0] != nil:
		return d.action(w, &l)
	}
	name := strings.TrimPrefix(d.Path, "params.")
	switch branch, is := strings.CutPrefix(d.Path, "branches."); {
	case w.Names[name] != "":
		name = w.Names[name]
	case l.Params[name] != "":
		name = say.Upper(l.Params[name])
	case is:
		name = say.Text(w.Branch, branch)
	}
	text := say.Text(w.Change, name, d.side(w, &l, 0), d.side(w, &l, 1))
	if d.Unit != "" {
		text += " (" + l.UnitWord(d.Unit) + ")"
	}
	return text
}

// name is what one of the two is called: by its name, if that tells them apart.
func (d *Difference) name(w *words, i int) string {
	if d.names[0] != d.names[1] {
		return d.names[i]
	}
	return w.Sides[i]
}

// Called is the difference with other names for the two, such as the letters under which a screen shows them.
func (d Difference) Called(a, b string) *Difference {
	d.names = [2]string{a, b}
	return &d
}

// only says what one of the two has alone.
func only(w *words, l *say.Language, name string, e *load.Entry) string {
	mark, what := l.Entry(e)
	if mark == l.Topic(e) && !e.IsPhase() {
		what = detailed(l, e, what)
	}
	for _, g := range load.Givens(e.Do) {
		if g.Name == "ramp_to_none" && g.Text != "" {
			what += ", " + l.Field(g.Path) + " " + l.Value(g)
		}
	}
	form := w.OnlyFrom
	switch {
	case e.If != nil:
		return say.Text(w.OnlyWhen, name, e.Waits(), what)
	case e.When.Until != 0:
		return say.Text(w.OnlyUntil, name, l.Moment(e.When.At), l.Moment(e.When.Until), what)
	case e.Do.Doc().Process:
		form = w.OnlyOn
	}
	return say.Text(form, name, l.Moment(e.When.At), what)
}

// mostDetails is how many fields a sentence takes, beside those that say nothing to its reader.
const mostDetails = 4

var plain = []string{"pilot", "talks", "mode"}

// detailed adds to a topic what its action sets, as far as it is not the usual.
func detailed(l *say.Language, e *load.Entry, topic string) string {
	var parts []string
	for _, g := range load.Givens(e.Do) {
		_, place := g.Value.(market.Channel)
		if g.Text == "" || place || g.Usual() || slices.Contains(plain, g.Path) || len(parts) == mostDetails {
			continue
		}
		parts = append(parts, l.Field(g.Path)+" "+l.Value(g))
	}
	if len(parts) == 0 {
		return topic
	}
	return topic + " (" + strings.Join(parts, "; ") + ")"
}

// action says what has changed in an action that both have.
func (d *Difference) action(w *words, l *say.Language) string {
	e := d.entries[0]
	_, field, _ := strings.Cut(d.Path, ".")
	topic := say.Upper(l.Topic(e))
	x, dated := d.values[0].Value.(policy.Date)
	y, both := d.values[1].Value.(policy.Date)
	if dated && both && x > 0 && y > 0 {
		form, by := w.Later, sim.Time(y-x)
		if by < 0 {
			form, by = w.Earlier, -by
		}
		if field != "at" {
			topic += ", " + l.Field(field)
		}
		return say.Text(form, topic, l.Span(by), d.side(w, l, 0), d.side(w, l, 1))
	}
	text := say.Text(w.Change, topic+", "+l.Field(field), d.side(w, l, 0), d.side(w, l, 1))
	if slices.Contains([]string{"at", "until", "exit", "phase"}, field) || e.If != nil || d.entries[1].If != nil {
		return text
	}
	if e.Do.Doc().Process {
		return text + say.Text(w.On, l.Moment(d.At))
	}
	return text + say.Text(w.From, l.Moment(d.At))
}

// side is the value of one of the two.
func (d *Difference) side(w *words, l *say.Language, i int) string {
	g := d.values[i]
	number, is := g.Value.(float64)
	_, field, _ := strings.Cut(d.Path, ".")
	switch {
	case d.Path == "market":
		return w.Markets[g.Text]
	case is && d.entries[0] == nil:
		return l.Plain(number)
	case g.Text == "" && (field == "until" || field == "exit"):
		return w.None
	}
	return l.Value(g)
}

// Head says of two scenarios, in a line above the list of their differences, how long their worlds are one.
func Head(a, b *load.Scenario, list []Difference, lang string) string {
	w, l := wordsOf(lang), say.In(lang)
	first := min(a.End, b.End)
	for _, d := range list {
		first = min(first, d.At)
	}
	x, y := a.Name, b.Name
	if x == y {
		x, y = say.Upper(w.Sides[0]), w.Sides[1]
	}
	switch {
	case len(list) == 0:
		return say.Text(w.Same, x, y)
	case first == 0:
		return say.Text(w.Apart, x, y)
	}
	return say.Text(w.Common, x, y, l.Moment(first))
}

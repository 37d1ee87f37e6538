package explain

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/say"
	"pasar/sim"
)

// Day is how many agents had been touched up to the end of a day, counted from the day of the first difference.
type Day struct {
	Date   sim.Time // its end
	Agents [4]int   // buyers, SMEs, creators, channels
}

// Days are the front by day: each of the first ten days, then the end of each fourth week, until nobody new is touched.
func (f *Front) Days(m *market.Market) (list []Day) {
	if f.First == nil {
		return nil
	}
	start := f.First.one().At / market.Day * market.Day
	var now Day
	next := start + market.Day
	flush := func(t sim.Time) {
		for t >= next {
			now.Date = next
			list = append(list, now)
			if next += market.Day; len(list) >= 10 {
				next += 4*market.Week - market.Day
			}
		}
	}
	groups := []sim.Group{m.Buyers, m.SMEs, m.Makers, m.Venues}
	for _, x := range f.Touched {
		flush(x.At)
		for i, g := range groups {
			if g.Has(x.Who) {
				now.Agents[i]++
			}
		}
	}
	now.Date = next
	return append(list, now)
}

// ways lists through which kinds of events, on which channels, agents were touched first, the commonest first.
func (f *Front) ways(w *words) string {
	type way struct {
		kind sim.Kind
		on   market.Channel
	}
	n := map[way]int{}
	var all []way
	for _, x := range f.Touched {
		k := way{x.Kind, x.On}
		if n[k]++; n[k] == 1 {
			all = append(all, k)
		}
	}
	slices.SortStableFunc(all, func(a, b way) int { return cmp.Compare(n[b], n[a]) })
	var parts []string
	for _, k := range all[:min(len(all), 8)] {
		text := market.KindName(k.kind)
		if k.on < market.Channels {
			text = say.Text(w.on, text, w.Channel(k.on))
		}
		parts = append(parts, text+" "+w.Num(float64(n[k]), 0))
	}
	return strings.Join(parts, ", ")
}

// Write tells of the first difference, what it goes back to, and how it spreads.
func (f *Front) Write(out io.Writer, a, b *Run, lang string) error {
	w := in(lang)
	if f.First == nil {
		_, err := fmt.Fprintln(out, w.equal)
		return err
	}
	var t strings.Builder
	names := twoNames(a, b)
	e, r, form := f.First.one(), a, w.first
	where := names[0]
	switch {
	case f.First.A == nil:
		r, where = b, names[1]
	case f.First.B != nil:
		form, where = w.changed, names[1]
	}
	fmt.Fprintln(&t, say.Text(form, w.stamp(e.At), r.event(w, e), where))
	if f.Named != nil {
		fmt.Fprintln(&t, say.Text(w.culprit, w.entry(f.Named)))
	}
	if f.Path != nil && len(f.Path.Steps) > 0 {
		of := a
		if f.InB {
			of = b
		}
		fmt.Fprintf(&t, "\n%s:\n", say.Text(w.inA, names[at(f.InB)]))
		if err := f.Path.Write(&t, of, lang); err != nil {
			return err
		}
	}
	fmt.Fprintf(&t, "\n%s\n", w.differ)
	for _, d := range diff.Of(a.Scenario, b.Scenario) {
		fmt.Fprintf(&t, "  %s\n", d.Text(lang))
	}
	fmt.Fprintf(&t, "\n%s\n", w.touched)
	fmt.Fprintf(&t, "%-12s", w.heads[0])
	for _, h := range w.heads[1:] {
		fmt.Fprintf(&t, "%10s", h)
	}
	t.WriteByte('\n')
	all := 0
	for _, n := range f.Agents {
		all += n
	}
	for _, d := range f.Days(a.Market) {
		fmt.Fprintf(&t, "%-12s", w.value(day(d.Date-1)))
		sum := 0
		for _, n := range d.Agents {
			sum += n
			fmt.Fprintf(&t, "%10s", w.Num(float64(n), 0))
		}
		fmt.Fprintf(&t, "%10s\n", w.Num(100*float64(sum)/float64(all), 1)+"%")
	}
	fmt.Fprintln(&t, say.Text(w.through, f.ways(w)))
	_, err := io.WriteString(out, t.String())
	return err
}

func at(second bool) int {
	if second {
		return 1
	}
	return 0
}

package report

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/report/xlsx"
	"pasar/scenarios/stats"
)

// mechanism is a mechanism as tables call it.
func (s *versus) mechanism(name string) string { return cmp.Or(s.w.Mechanisms[name].Name, name) }

// shareOf writes a share of an effect and its interval, in per cent.
func (s *versus) shareOf(t *compare.Through) string {
	if !t.Known() {
		return s.v.NoShare
	}
	x := scale{by: .01, decimals: min(figures((t.Range.Hi-t.Range.Lo)/.02), 1)}
	d := stats.Paired{N: t.Diff.N, Mean: t.Share, Zero: t.Diff.Zero}
	if d.Zero {
		return s.v.Exactly
	}
	return s.num(t.Share/x.by, x.decimals) + "% (" + s.interval(x, d, t.Range) + ")"
}

// mechanisms is the table of what goes through each mechanism, by outcome; without rows where nobody asked.
func (s *versus) mechanisms(p *compare.Pair) versusTable {
	through := s.headline(p).Through
	if len(through) == 0 {
		return versusTable{}
	}
	t := versusTable{Caption: text(s.v.ThroughCaption, s.other(p), s.base(), s.num(float64(through[0].Diff.N), 0)), Head: []string{s.v.Mechanism}, Words: 1, Notes: []string{s.v.ThroughNote}}
	first := versusRow{Cells: []string{s.v.AsItIs}}
	shown := slices.DeleteFunc(slices.Clone(p.Main), func(f compare.Finding) bool { return f.Effect.Few() }) // of few agents there is nothing to say
	for i := range shown {
		f := &shown[i]
		x := s.scale(f.Effect.Unit, f.Effect.Diff)
		t.Head = append(t.Head, upper(s.outcome(f))+",\n"+s.differenceUnit(x))
		first.Cells = append(first.Cells, solid(s.change(x, f.Effect.Diff)+"\n"+s.interval(x, f.Effect.Diff, f.Effect.Diff.T)))
	}
	t.Rows = append(t.Rows, first)
	for k, m := range through {
		part := s.w.Mechanisms[m.Mechanism]
		row := versusRow{Cells: []string{s.mechanism(m.Mechanism)}}
		if part.What != "" {
			row.Cells[0] += ":\n" + part.What
		}
		for i := range shown {
			f := &shown[i]
			d, x := f.Through[k].Diff, s.scale(f.Effect.Unit, f.Effect.Diff)
			row.Cells = append(row.Cells, solid(s.shareOf(&f.Through[k])+"\n"+s.change(x, d)+" ("+s.interval(x, d, d.T)+")"))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// asks tells whether somebody asked what an effect goes through that is clear, in all pairs and in those that were played for it.
func (s *versus) asks(f *compare.Finding) bool {
	return len(f.Through) > 0 && f.Through[0].Known() && f.Effect.Diff.Clear()
}

// through says in a sentence what an effect goes through; nothing where nobody asked, or where the effect itself is not clear.
func (s *versus) through(f *compare.Finding) []string {
	if !s.asks(f) || f.Effect.Few() {
		return nil
	}
	n, list := s.num(float64(f.Through[0].Diff.N), 0), f.Carriers(s.certainty())
	if len(list) == 0 {
		return []string{text(s.v.ThroughNone, n)}
	}
	more := ""
	if len(list) < len(f.Through) {
		more = s.v.ThroughMore
	}
	var words []string
	for i := range list {
		words = append(words, s.mechanism(list[i].Mechanism)+" "+s.shareOf(&list[i]))
	}
	return []string{text(s.v.Through, n, strings.Join(words, "; "), more)}
}

// throughInShort is the same for a terminal.
func (s *versus) throughInShort(f *compare.Finding) string {
	if !s.asks(f) {
		return ""
	}
	var words []string
	for _, t := range f.Carriers(s.certainty()) {
		words = append(words, s.mechanism(t.Mechanism)+" "+strings.Replace(s.shareOf(&t), "%", "", 1))
	}
	if len(words) == 0 {
		return text(s.v.ThroughNone, s.num(float64(f.Through[0].Diff.N), 0))
	}
	return text(s.v.TermThrough, s.num(float64(f.Through[0].Diff.N), 0), strings.Join(words, "; "))
}

// throughSheet is all that is known of mechanisms, as values.
func (s *versus) throughSheet() xlsx.Sheet {
	t := xlsx.Sheet{Name: "why", Title: s.v.ThroughSheet, Head: xlsx.Columns(s.v.Scenario, s.v.Outcome, s.v.Mechanism, s.w.Unit, s.v.Pairs, s.v.AsItIs, s.v.Without,
		s.v.Difference, s.intervalName()+", "+s.v.Lowest, s.intervalName()+", "+s.v.Highest, s.w.Share, s.w.Share+", "+s.v.Lowest, s.w.Share+", "+s.v.Highest)}
	for i := range s.c.Pairs {
		p := &s.c.Pairs[i]
		for j := range p.Main {
			f := &p.Main[j]
			for k := range f.Through {
				x := &f.Through[k]
				row := []xlsx.Cell{xlsx.Text(s.c.Worlds[p.World].Name), xlsx.Text(upper(s.outcome(f))), xlsx.Text(s.mechanism(x.Mechanism)), xlsx.Text(f.Effect.Unit), xlsx.Number(float64(x.Diff.N), 0)}
				for _, v := range []float64{x.Diff.Other, x.Diff.Base, x.Diff.Mean, x.Diff.T.Lo, x.Diff.T.Hi} {
					row = append(row, xlsx.Number(v, -1))
				}
				share := []float64{x.Share, x.Range.Lo, x.Range.Hi}
				for _, v := range share {
					if !x.Known() {
						v = math.NaN()
					}
					row = append(row, xlsx.Share(v, 1))
				}
				t.Rows = append(t.Rows, row)
			}
		}
	}
	return t
}

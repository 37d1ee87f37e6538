package report

import (
	"pasar/agents/market"
	"pasar/scenarios/results/measure"
)

// finding says in sentences what the first storefront that closed sold before, during and after, and all platforms with it;
// where none closed, what became of TikTok Shop. It claims no cause: that takes a comparison.
func (s *study) finding() []string {
	closed := s.run.Closures()
	windows := s.windows()
	sums := map[string]*measure.Sums{}
	at := map[string]span{}
	for _, x := range windows {
		sums[x.Name], at[x.Name] = s.run.Sums(x.From, x.To), x
	}
	shop := market.TikTok
	if len(closed) > 0 {
		shop = closed[0].Shop
	}
	name := s.w.Channel(shop)
	sold := func(w string) string { return s.billion(at[w].perDay(sums[w].Shop[shop])) }
	all := func(w string) string { return s.billion(at[w].perDay(sums[w].Tracked())) }
	day := func(n int) string { return s.date(s.run.Date(n)) }
	before, hasBefore := at[measure.Before]
	ban, hasBan := at[measure.Ban]
	after, hasAfter := at[measure.After]
	during := s.w.FindDuring
	if hasBan && sums[measure.Ban].Shop[shop] == 0 {
		during = s.w.FindNothing
	}
	var out []string
	switch {
	case len(closed) == 0 && len(windows) == 2:
		first, last := windows[0], windows[1]
		a, b := s.run.Sums(first.From, first.To), s.run.Sums(last.From, last.To)
		out = append(out, text(s.w.FindOpen, name, s.share(a.Share(shop)), s.billion(first.perDay(a.Shop[shop])), s.share(b.Share(shop)),
			s.billion(last.perDay(b.Shop[shop])), s.billion(first.perDay(a.Tracked())), s.billion(last.perDay(b.Tracked()))))
	case hasBefore && hasBan:
		out = append(out, text(s.w.FindBefore, name, day(before.From), day(before.To-1), sold(measure.Before), s.share(sums[measure.Before].Share(shop))),
			text(during, day(ban.From), day(ban.To-1), sold(measure.Ban)))
		if hasAfter {
			x := sums[measure.After]
			ratio := after.perDay(x.Shop[shop]) / before.perDay(sums[measure.Before].Shop[shop])
			out = append(out, text(s.w.FindAfter, day(after.From), day(after.To-1), sold(measure.After), s.share(x.Share(shop)), s.share(ratio)),
				text(s.w.FindTotal, all(measure.Before), all(measure.Ban), all(measure.After)))
		} else {
			out = append(out, s.w.FindNever, text(s.w.FindTotal2, all(measure.Before), all(measure.Ban)))
		}
	default:
		out = append(out, s.w.FindShort)
	}
	return out
}

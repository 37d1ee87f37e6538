package report

import (
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/report/xlsx"
)

// money is the figure of who pays whom.
func (s *study) money() Figure {
	m := s.run.Money()
	before := max(-m.Held, 0) // under way at the start, and at the end no longer
	in := m.Buyers + m.Vouchers + before
	f := svgplot.Flow{
		Title: s.w.FigMoney, Subtitle: s.subtitle(), Unit: s.w.UnitMoney, Note: s.w.NoteMoney, Source: s.sourceLine(), Badge: s.w.Simulated, Lang: s.lang,
	}
	t := xlsx.Sheet{Title: s.w.FigMoney, Head: xlsx.Columns(s.w.From, s.w.To, s.w.UnitMoney)}
	link := func(from, to string, v float64) {
		if v = v / 1e12; v > 0 {
			f.Links = append(f.Links, svgplot.Link{From: from, To: to, Value: v})
			t.Rows = append(t.Rows, []xlsx.Cell{xlsx.Text(from), xlsx.Text(to), xlsx.Number(v, 2)})
		}
	}
	to := []struct {
		name string
		sum  float64
	}{
		{s.w.SMEs, m.SMEs}, {s.w.Logistics, m.Logistics - m.Returns}, {s.w.PlatformFees, m.Fees}, {s.w.Creators, m.Creators}, {s.w.Held, m.Held},
	}
	for _, payer := range []struct {
		name string
		sum  float64
	}{{s.w.Buyers, m.Buyers}, {s.w.PlatformPays, m.Vouchers}, {s.w.HeldBefore, before}} {
		for _, x := range to {
			if in > 0 {
				link(payer.name, x.name, payer.sum/in*x.sum)
			}
		}
	}
	link(s.w.PlatformPays, s.w.Logistics, m.Returns)
	return s.figure("money-flows", f.SVG(), s.w.FigMoney, t)
}

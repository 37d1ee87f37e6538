package report

import "pasar/scenarios/report/svgplot"

// money is the figure of who pays whom.
func (s *study) money() Figure {
	m := s.run.Money()
	in := m.Buyers + m.Vouchers
	f := svgplot.Flow{
		Title: s.w.FigMoney, Subtitle: s.subtitle(), Unit: s.w.UnitMoney, Note: s.w.NoteMoney, Source: s.sourceLine(), Badge: s.w.Simulated, Lang: s.lang,
	}
	t := table{head: []string{s.w.From, s.w.To, s.w.UnitMoney}, caption: s.w.FigMoney}
	link := func(from, to string, v float64) {
		if v = v / 1e12; v > 0 {
			f.Links = append(f.Links, svgplot.Link{From: from, To: to, Value: v})
			t.rows = append(t.rows, []string{from, to, s.num(v, 2)})
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
	}{{s.w.Buyers, m.Buyers}, {s.w.PlatformPays, m.Vouchers}} {
		for _, x := range to {
			if in > 0 {
				link(payer.name, x.name, payer.sum/in*x.sum)
			}
		}
	}
	link(s.w.PlatformPays, s.w.Logistics, m.Returns)
	return Figure{Name: "money-flows", SVG: f.SVG(), table: t}
}

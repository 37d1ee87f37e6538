package sweep

import (
	"strconv"
	"testing"

	"pasar/scenarios/study"
)

// BenchmarkCell plays a cell of the study that the library shows, whose constants of choice are solved already, by number of buyers.
func BenchmarkCell(b *testing.B) {
	for _, buyers := range []int{100, 2000} {
		b.Run(strconv.Itoa(buyers), func(b *testing.B) {
			s, err := study.Parse("bench.yaml", []byte("study: bench\nscenarios: [no-ban, ban]\nbuyers: "+strconv.Itoa(buyers)+"\n"+
				"factors: {rho: {path: params.disc.rho, range: [.3, .9], levels: 2}}\ndesign: {kind: grid}\nreplications: 1000\noutcomes: [sme_income]\n"))
			if err != nil {
				b.Fatal(err)
			}
			p, err := NewPlan(s, "bench", "bench")
			if err != nil {
				b.Fatal(err)
			}
			if err := p.prepare(p.Cell(0)); err != nil {
				b.Fatal(err)
			}
			rep := 0
			for b.Loop() {
				if _, err := p.Play(b.Context(), p.made(p.Cell(rep))); err != nil {
					b.Fatal(err)
				}
				rep++
			}
		})
	}
}

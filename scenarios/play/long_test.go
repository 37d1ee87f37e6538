package play

import (
	"testing"

	"pasar/agents/market"
)

// A run to the end of 2030 works: books balance to the last week (or it would have stopped), every year sells more than the one three
// years before, and late buyers have come. Growth itself is an assumption (model 7.14), so its size is printed and not tested
// (docs/adr/0020); with 300 buyers a year's sales are known to about 2 %, three years' growth is about 30 %.
func TestRunTo2030(t *testing.T) {
	if testing.Short() {
		t.Skip("eight years")
	}
	r := history(t, "to-2030")
	var year [8]int64
	for y := range year {
		from := market.DayOf(r.Scenario.Start) + int64(365*y)
		for d := from; d < from+365; d++ {
			for c := range market.Direct {
				for via := range market.Direct {
					year[y] += r.Days[d][market.GMVCell(c, via)]
				}
			}
		}
		if y >= 3 && year[y] <= year[y-3] {
			t.Errorf("%d sells Rp %d, three years before %d", 2023+y, year[y], year[y-3])
		}
	}
	first, last := r.Weeks[10], r.Weeks[len(r.Weeks)-1]
	if last.Members[market.WhatsApp] <= first.Members[market.WhatsApp] || last.Street[0][0] == 0 {
		t.Errorf("members %d → %d, index offline %d", first.Members[market.WhatsApp], last.Members[market.WhatsApp], last.Street[0][0])
	}
	t.Logf("Rp by year: %v", year)
}

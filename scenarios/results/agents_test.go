package results

import (
	"bytes"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"pasar/scenarios/results/measure"
)

// agents.parquet holds a row for each week of each tracked agent, and from it follows how dependent each SME was before the ban.
func TestAgents(t *testing.T) {
	x := measure.Of(one())
	rows := Agents(x)
	b, err := Parquet(rows, one().Scenario, "abc")
	if err != nil {
		t.Fatal(err)
	}
	back, err := parquet.Read[AgentRow](bytes.NewReader(b), int64(len(b)))
	if err != nil || !slices.Equal(back, rows) {
		t.Fatalf("%d rows were written and %d read: %v", len(rows), len(back), err)
	}
	type week struct {
		id   string
		date int32
	}
	seen, kinds, dependent := map[week]bool{}, map[string]int{}, map[string]bool{}
	for _, r := range rows {
		if w := (week{r.ID, r.Date}); seen[w] || !strings.HasPrefix(r.ID, r.Kind+":") {
			t.Fatalf("%s on %d twice, or a %s", r.ID, r.Date, r.Kind)
		} else {
			seen[w] = true
		}
		kinds[r.Kind]++
		if r.State != "active" && r.Kind == "sme" && (r.Sales != 0 || r.Channels != "") {
			t.Errorf("%s is %s and sells Rp %d in %s", r.ID, r.State, r.Sales, r.Channels)
		}
		if r.Kind == "sme" && r.TikTok > 0 && r.Date < epochDay+int32(x.First)+7*38 {
			dependent[r.ID] = true
		}
	}
	if kinds["sme"] == 0 || kinds["creator"] == 0 || kinds["buyer"] == 0 || len(dependent) == 0 {
		t.Errorf("rows by kind %v, %d SMEs that sold on TikTok", kinds, len(dependent))
	}
}

// With all SMEs in the sample, what it says they sold is what was counted, but for weeks that begin and end on another day, and
// bins of dependence split up the sales of those that existed.
func TestSampleIsTheMarket(t *testing.T) {
	x := measure.Of(one())
	var told, binned float64
	week := x.PreBan()
	if week < 0 {
		t.Fatal("the run does not reach the ban")
	}
	revenue := measure.Get(x.Weekly(), "revenue", "dependence")
	for _, m := range x.Panel {
		if m.SME == nil {
			continue
		}
		for i, v := range m.Sales() {
			told += v
			if i == week && m.Bin(week) >= 0 {
				binned += v
			}
		}
	}
	var sum float64
	for b := range revenue.Keys {
		if v := revenue.Values[b][week]; !math.IsNaN(v) {
			sum += v
		}
	}
	if math.Abs(sum-binned) > 1 || sum == 0 {
		t.Errorf("bins hold Rp %.0f, their SMEs sold %.0f", sum, binned)
	}
	first, last := int(x.Count[0].Day-x.First)-7, int(x.Count[len(x.Count)-1].Day-x.First)
	gmv := x.Sums(max(first, 0), last).All()
	if told < .93*gmv || told > 1.07*gmv {
		t.Errorf("SMEs told of Rp %.3g, GMV is %.3g", told, gmv)
	}
}

package results

import (
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
)

// An AgentRow is a week of a tracked SME, creator or buyer, as agents.parquet holds it (product.md 2). Amounts are of one real
// agent; weight says how many the row stands for. An agent has no row before it exists, and rows of zeros after it gave up.
type AgentRow struct {
	Scenario string  `parquet:"scenario,dict"`
	Seed     uint64  `parquet:"seed"`
	Date     int32   `parquet:"date,date"` // the week ends here
	Kind     string  `parquet:"kind,dict"` // sme, creator, buyer
	ID       string  `parquet:"id,dict"`   // sme:1234, the same in all worlds of a seed
	Type     string  `parquet:"type,dict"` // of SMEs: local, import, brand; of creators: tier
	Size     string  `parquet:"size,dict"` // of SMEs: legal size by sales of the first eight weeks
	Category string  `parquet:"category,dict"`
	Region   string  `parquet:"region,dict"`
	Weight   float64 `parquet:"weight"` // real agents
	Top      string  `parquet:"top_channel,dict"`
	TikTok   float64 `parquet:"tiktok_share"` // of sales of eight weeks; of creators: of hours
	Sales    int64   `parquet:"sales"`        // Rp in the week; of creators: commissions; of buyers: spent
	Income   int64   `parquet:"income"`       // Rp in the week, see measure.Definitions
	Cash     int64   `parquet:"cash"`
	Stock    int64   `parquet:"stock"` // units
	Hours    float64 `parquet:"hours"` // of live selling, or of content, in the week
	Price    int64   `parquet:"price"` // Rp, listed in top_channel
	Orders   int64   `parquet:"orders"`
	Channels string  `parquet:"channels,dict"` // listings, apps with content, apps installed; separated by spaces
	State    string  `parquet:"state,dict"`
}

var (
	states  = [...]string{"spare", "active", "bankrupt", "closed", "dormant"}
	regions = [...]string{"java", "other"}
)

// Agents lists the weeks of the tracked agents: by week, then SMEs, creators and buyers by number.
func Agents(x *measure.Run) []AgentRow {
	var rows []AgentRow
	sizes := make([]string, len(x.Panel))
	for j := range x.Panel {
		if x.Panel[j].SME != nil {
			sizes[j] = x.Panel[j].Size()
		}
	}
	for i, w := range x.Count {
		for j := range x.Panel {
			m := &x.Panel[j]
			d := m.Weeks[i]
			if d == nil {
				continue
			}
			r := AgentRow{
				Scenario: x.Scenario.Name, Seed: x.Scenario.Seed, Date: epochDay + int32(w.Day), Kind: m.Kind(), ID: m.ID(), Size: sizes[j], Weight: m.Weight,
				TikTok: float64(d.OnTik) / 1e4, Sales: d.Sales, Income: d.Income, Cash: d.Cash, Stock: int64(d.Stock), Hours: float64(d.Hours) / 100,
				Price: int64(d.Price), Orders: int64(d.Orders), Channels: channels(d.Lists), State: states[d.State],
			}
			if d.Top < market.Channels {
				r.Top = d.Top.String()
			}
			switch {
			case m.SME != nil:
				r.Type, r.Category, r.Region = m.SME.Type.String(), m.SME.Good.String(), regions[m.SME.Region]
			case m.Maker != nil:
				r.Type = m.Maker.Tier.String()
			default:
				r.Region = regions[d.Region]
			}
			rows = append(rows, r)
		}
	}
	return rows
}

func channels(bits uint16) string {
	var list []string
	for c := range market.Direct {
		if bits>>c&1 == 1 {
			list = append(list, c.String())
		}
	}
	return strings.Join(list, " ")
}

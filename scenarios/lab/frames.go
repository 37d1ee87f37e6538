package lab

import (
	"time"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A Frame is a week of a replication that is being played: its sales by storefront, as the columns of FrameColumns have it.
type Frame struct {
	Seed   uint64  `json:"seed"`
	Week   string  `json:"week"`
	Values Numbers `json:"values"`
}

// FrameColumns are the columns of frames: what the chart of sales shows.
func FrameColumns() (all []Column) {
	for _, key := range market.ChannelKeys(market.Direct) {
		all = append(all, Column{"gmv", "storefront", key, "IDR/day"})
	}
	return append(all, Column{"gmv", "platforms", "all", "IDR/day"})
}

// A Framer makes frames of the days of a scenario as they close.
type Framer struct {
	seed  uint64
	w     float64
	start int64 // first day of outputs
	sums  []float64
	days  int
}

// NewFramer is one for a scenario.
func NewFramer(s *load.Scenario) *Framer {
	_, _, w := play.Sizes(s)
	return &Framer{seed: s.Seed, w: w, start: market.DayOf(s.Start + market.Day - 1)}
}

// Day takes the totals of the next day, and gives a frame on Sundays.
func (f *Framer) Day(day int64, totals []int64) (frame Frame, full bool) {
	if day < f.start {
		return frame, false
	}
	date := market.Clock.Date(sim.Time(day) * market.Day)
	if date.Weekday() == time.Monday {
		f.sums, f.days = make([]float64, market.Direct+1), 0
	}
	if f.sums == nil { // before the first Monday
		return frame, false
	}
	for shop := range market.Direct {
		var n int64
		for via := range market.Direct {
			n += totals[market.GMVCell(shop, via)]
		}
		v := float64(n) * f.w
		f.sums[shop] += v
		if shop < market.Tracked {
			f.sums[market.Direct] += v
		}
	}
	if f.days++; f.days < 7 {
		return frame, false
	}
	frame = Frame{Seed: f.seed, Week: measure.DateOf(day - 6).Format(time.DateOnly)}
	for _, v := range f.sums {
		frame.Values = append(frame.Values, Number(v/7))
	}
	return frame, true
}

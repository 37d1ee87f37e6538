// Package replay plays a recorded run back: at a speed in simulated time, to whoever looks on or listens, from any moment.
package replay

import (
	"context"
	"fmt"
	"iter"
	"math"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/sim"
	"pasar/sim/record"
)

// A Source is where events come from: a play.Recording.
type Source interface {
	Windows(ctx context.Context, from sim.Time) iter.Seq2[record.Window[market.Msg], error]
	Until() sim.Time
}

// A Moment is what has happened since the one before.
type Moment struct {
	Now    sim.Time       // all that happened earlier has been shown
	Events []market.Event // in order of time
	Jumped bool           // Now does not follow from the moment before: somebody sought
}

// A State is where a player stands.
type State struct {
	Now    sim.Time
	Until  sim.Time // the end of what is played
	Speed  Speed
	Paused bool
	Shown  uint64 // events so far
}

// A Speed is how many simulated seconds pass in one second.
type Speed float64

// Max is as fast as events can be read and shown.
var Max = Speed(math.Inf(1))

var spans = []struct {
	name string
	size sim.Time
}{{"w", market.Week}, {"d", market.Day}, {"h", market.Hour}, {"m", 60}, {"s", 1}}

// fastest is the highest speed that is not Max, slowest the lowest.
const (
	fastest = Speed(1000 * 365 * 24 * 3600)
	slowest = Speed(1)
)

// ParseSpeed reads a speed such as 7d/s, 12h/s or max.
func ParseSpeed(text string) (Speed, error) {
	if text == "max" {
		return Max, nil
	}
	span, perSecond := strings.CutSuffix(text, "/s")
	for _, u := range spans {
		n, ok := strings.CutSuffix(span, u.name)
		if v, err := strconv.ParseFloat(n, 64); perSecond && ok && err == nil {
			if s := Speed(v * float64(u.size)); s >= slowest && s <= fastest {
				return s, nil
			}
			return 0, fmt.Errorf("speed %q: from 1s/s to 1000 years a second", text)
		}
	}
	return 0, fmt.Errorf("speed %q: simulated time for each second, such as 7d/s, 12h/s, 90m/s or 1w/s, or max", text)
}

// String is the speed as ParseSpeed reads it.
func (s Speed) String() string {
	if math.IsInf(float64(s), 1) {
		return "max"
	}
	for _, u := range spans {
		if v := float64(s) / float64(u.size); v >= 1 && v == math.Trunc(v) && u.name != "w" || u.name == "s" {
			return strconv.FormatFloat(v, 'f', -1, 64) + u.name + "/s"
		}
	}
	return ""
}

// ladder is the speeds between which Faster and Slower move.
var ladder = []Speed{60, 600, Speed(market.Hour), 6 * Speed(market.Hour), Speed(market.Day), 3 * Speed(market.Day), Speed(market.Week),
	14 * Speed(market.Day), 28 * Speed(market.Day), 84 * Speed(market.Day), 365 * Speed(market.Day), Max}

// Faster is the next higher speed of those that one chooses from.
func (s Speed) Faster() Speed {
	for _, v := range ladder {
		if v > s {
			return v
		}
	}
	return Max
}

// Slower is the next lower one.
func (s Speed) Slower() Speed {
	for i := len(ladder) - 1; i >= 0; i-- {
		if ladder[i] < s {
			return ladder[i]
		}
	}
	return ladder[0]
}

package play

import "pasar/agents/market"

// A Week is what the tracked agents told about one.
type Week struct {
	Day    int64 // on which it was posted
	Rows   []market.Tracking
	Window int64 // of the notice
}

// sample keeps the week that the Desk posted last, if it is not kept yet. It is called after each window, and only looks.
func (r *Result) sample(w *market.World) {
	n := w.Posted(market.TopicSample)
	if n == nil || len(r.Sample) > 0 && r.Sample[len(r.Sample)-1].Window == n.Window {
		return
	}
	day := n.Window * int64(r.Scenario.Window) / int64(market.Day)
	r.Sample = append(r.Sample, Week{day, market.Sample(n), n.Window})
}

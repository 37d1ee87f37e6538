package sweep

import (
	"context"
	"encoding/json"
	"strconv"

	"pasar/scenarios/load"
	"pasar/scenarios/queue"
)

// Rehearse is Run but for the playing: what comes of a run is made up from its seed. It shows what all else of a sweep costs: the queue, the records, the
// tables and the report.
func (p *Plan) Rehearse(ctx context.Context, c *queue.Conn, dir string, o Options) (*Found, error) {
	o.play = p.madeUp
	return p.Run(ctx, c, dir, o)
}

// madeUp is a handler that plays nothing.
func (p *Plan) madeUp(_ context.Context, j queue.Job) (out []queue.Result, err error) {
	var made []load.Overrides
	err = json.Unmarshal(j.Cell.Data, &made)
	for w := range made {
		x := float64(*made[w].Seed) * (1.5 + float64(w))
		r := &Run{Key: j.Cell.ID, Seed: *made[w].Seed}
		for i := range p.Outcomes {
			r.Values = append(r.Values, number(x/float64(i+1)))
		}
		for range p.Keep {
			s := series{From: 900, Step: 7, Values: make([]number, 78)} // eighteen months
			for i := range s.Values {
				s.Values[i] = number(x / float64(i+1))
			}
			r.Kept = append(r.Kept, s)
		}
		out = append(out, queue.Result{Key: strconv.Itoa(w), Data: r.Encode()})
	}
	return out, err
}

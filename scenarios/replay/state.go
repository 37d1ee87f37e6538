package replay

import (
	"encoding/json"
	"fmt"
	"strings"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A Having is what an agent has at a moment.
type Having struct {
	Agent string   `json:"agent"`
	At    string   `json:"at"`
	Hash  string   `json:"state_hash"` // SHA-256 of the state of the whole world
	Lines []string `json:"-"`          // in words
	State any      `json:"state"`
}

// Has looks into a world at what an agent has. Desk and regulator are not told of.
func Has(w *market.World, m *market.Market, l *say.Language, id sim.ID) (*Having, error) {
	hash, err := w.StateHash()
	if err != nil {
		return nil, err
	}
	h := &Having{Agent: Name(m, id), At: Stamp(w.Now()), Hash: fmt.Sprintf("%x", hash)}
	add := func(format string, args ...any) { h.Lines = append(h.Lines, fmt.Sprintf(format, args...)) }
	rp := func(v float64) string { return "Rp " + l.Num(v, 0) }
	switch {
	case m.SMEs.Has(id):
		s := sim.State[agents.SME](w, m.SMEs)[m.SMEs.Index(id)]
		h.State = s
		add("%s; cash %s, stock %d units and %d on order", states[min(int(s.State), len(states)-1)], rp(float64(s.Cash)), s.Stock, s.OnOrder)
		add("demand %s units a week, income %s a week, %s hours a week", l.Num(s.Demand, 1), rp(s.Income), l.Num(s.Hours, 1))
		for c := range market.Direct {
			if x := &s.Shop[c]; x.Listed {
				since := "from the start"
				if x.Since > 0 {
					since = "since " + l.Moment(x.Since)
				}
				add("  %-12s %s, price %s, rating %s, %d orders this week", l.Channel(c), since, rp(float64(x.Price)), l.Num(x.Rating, 2), x.Week)
			}
		}
	case m.Makers.Has(id):
		c := sim.State[agents.Creator](w, m.Makers)[m.Makers.Index(id)]
		h.State = c
		add("%s; cash %s, income %s a week, of which %s from commerce", states[min(int(c.State), len(states)-1)], rp(float64(c.Cash)), rp(c.Income), rp(c.Trade))
		for a := range market.Platforms {
			if c.Share[a] > 0 {
				add("  %-12s %s of %s hours a week, %s followers", l.Channel(a), l.Percent(c.Share[a]), l.Num(c.Hours, 1), l.Num(c.Fans[a], 0))
			}
		}
	case m.Buyers.Has(id):
		b := sim.State[agents.Buyer](w, m.Buyers)[m.Buyers.Index(id)]
		h.State = b
		var apps []string
		for c := range market.Platforms {
			if b.Members>>c&1 == 1 {
				apps = append(apps, l.Channel(c))
			}
		}
		add("%d orders so far, %s left to spend, next need %s", b.Order, rp(float64(b.Wallet)), l.Moment(b.Need))
		add("apps: %s; links followed: %d", strings.Join(apps, ", "), b.Links)
	default:
		return nil, fmt.Errorf("%s: the state of smes, buyers and creators can be looked at", h.Agent)
	}
	return h, nil
}

// JSON is all of it.
func (h *Having) JSON() ([]byte, error) { return json.MarshalIndent(h, "", "  ") }

// states of an SME or a creator, by number.
var states = []string{"not in the market yet", "active", "bankrupt", "closed", "making no content for now"}

package agents

import (
	"cmp"
	"slices"

	m "pasar/agents/market"
	"pasar/sim/num"
)

// A Slot is a product that a creator shows, by an open affiliate plan or a contract.
type Slot struct {
	SME   uint32  // number + 1; 0: empty
	Rate  uint16  // commission agreed, in 1/10,000; for a plan the SME may raise it
	Till  uint16  // week up to which both are bound
	Score float64 // what showing it is thought to bring
}

// plans is how many open plans a creator looks at a week.
const plans = 10

// choose fills the slots whose time is over with the best of a few open plans (step 2). A quarter of the slots comes up each week.
func (k *Creators) choose(t *m.Turn, c *Creator) {
	var found []Slot
	for i := range c.Slot {
		if uint32(c.Slot[i].Till) > c.Weeks {
			continue
		}
		c.Slot[i] = Slot{}
		if found == nil {
			found = k.look(t, c)
		}
	}
	for i := range c.Slot {
		if s := &c.Slot[i]; s.SME == 0 {
			for s.SME == 0 && len(found) > 0 {
				if !c.shows(found[0].SME) {
					*s = found[0]
				}
				found = found[1:]
			}
			s.Till = uint16(c.Weeks) + contractWeeks
			if c.Weeks == 0 {
				s.Till = uint16(1 + i%contractWeeks)
			}
		}
	}
}

func (c *Creator) shows(sme uint32) bool {
	return slices.ContainsFunc(c.Slot[:], func(s Slot) bool { return s.SME == sme })
}

// look draws open plans and ranks them: from the apps where it spends its hours, by how often an SME is shown there (its root above
// the mean) and the commission that it lists.
func (k *Creators) look(t *m.Turn, c *Creator) []Slot {
	tr := &k.MakerTraits[t.Number]
	found := make([]Slot, 0, plans)
	for i := range uint32(plans) {
		l := t.Luck(makerPlans, c.Weeks<<4|i)
		s := k.snapshot(t, m.Channel(m.Pick(l.U(0), c.Share[:])))
		g := m.Pick(l.U(1), k.ViewShare[:])
		if s != nil && !s.Pays(g) {
			continue
		}
		for try := range uint32(32) {
			var j uint32
			var rate uint16
			keep := 1.0
			if s == nil {
				j = l.Below(4+2*try, uint32(len(k.Traits)/2))
				rate = k.Traits[j].Rate
			} else {
				place, ok := s.Shelves[g].Draw(l.U(4 + 2*try))
				if !ok {
					continue
				}
				j = s.Shelves[g].Item[place]
				rate = s.Offer[j].Rate
				keep = min(1, 1/sqrt(float64(s.Offer[j].Exposure)))
			}
			if l.U(5+2*try)*topRate < keep*float64(rate) {
				x := Slot{SME: j + 1, Rate: rate}
				x.Score = k.score(t, c, tr, j, rate) * num.Exp(-.3*num.Log(-num.Log(l.U(2))))
				found = append(found, x)
				break
			}
		}
	}
	slices.SortStableFunc(found, func(a, b Slot) int { return cmp.Compare(b.Score, a.Score) })
	return found
}

// topRate is the highest commission an SME may list, in 1/10,000.
const topRate = 2000

// score is what a creator expects of showing an SME's product, over the apps where it spends its hours: commission on the
// price, how well the offer sells there or, where the checkout is closed, behind its links, and fit with the creator's niche.
func (k *Creators) score(t *m.Turn, c *Creator, tr *m.MakerTraits, j uint32, rate uint16) (sum float64) {
	good := k.Traits[j].Good
	first := true
	for a, share := range c.Share {
		s := k.snapshot(t, m.Channel(a))
		if s == nil || share < .02 {
			continue
		}
		first = false
		o := &s.Offer[j]
		if o.Exposure <= 0 {
			continue
		}
		v := float64(o.Worth) - float64(k.P.Buyer.AlphaMean*(k.paid(0, s, m.Channel(a), good, o)-k.Ref[good]))
		sells := num.Exp(float64(k.P.Disc.Lambda * min(v, worthCap)))
		if !k.book(t).Open(m.Channel(a), t.Now) {
			links := 0.0
			for _, to := range o.Links {
				if to < m.Direct {
					links += num.Exp(-k.friction(t, to))
				}
			}
			sells *= s.Linkout * links * k.P.Creator.AttrLink
		}
		sum += float64(share * float64(o.Price) * sells)
	}
	if first {
		sum = float64(k.Traits[j].Cost)
	}
	return sum * float64(rate) / 10_000 * (tr.Niche[good] + .02)
}

// answer accepts a contract if it is thought to bring a tenth more income an hour than the slots do now, in the place of the
// weakest one that is not itself a contract.
func (k *Creators) answer(t *m.Turn, c *Creator, e *m.Event) {
	tr := &k.MakerTraits[t.Number]
	x := Slot{SME: uint32(k.SMEs.Index(e.From)) + 1, Rate: e.Msg.Rate, Till: uint16(c.Weeks) + contractWeeks}
	l := t.Luck(makerOffer, x.SME<<8|c.Weeks&255)
	x.Score = k.score(t, c, tr, x.SME-1, x.Rate) * num.Exp(-.3*num.Log(-num.Log(l.U(0))))
	fee := float64(e.Msg.Amount) / tr.Weight
	at := c.weakest()
	if c.State != m.Active || c.shows(x.SME) || float64(c.Trade*c.change(at, x))+fee/contractWeeks < 1.1*c.Trade {
		t.Send(e.From, m.Answered, m.Msg{Amount: e.Msg.Amount, Reason: m.Declined})
		return
	}
	c.Slot[at] = x
	c.Cash += e.Msg.Amount
	c.Fees += m.Money(fee)
	m.Move(t, m.Transit, m.MakerCash, e.Msg.Amount)
	m.Count(t, m.FlatFees, e.Msg.Amount)
	m.Count(t, m.Contracts, int64(tr.Weight*1e6))
	t.Send(e.From, m.Answered, m.Msg{})
}

// weakest is the slot with the least score.
func (c *Creator) weakest() int {
	at := 0
	for i := range c.Slot {
		if c.Slot[i].Score < c.Slot[at].Score {
			at = i
		}
	}
	return at
}

// change is what sales are thought to be with another product in a slot, relative to now. Content is shared out by the square of
// scores, so a view is worth Σ s³/Σ s².
func (c *Creator) change(at int, x Slot) float64 {
	value := func() float64 {
		two, three := 0.0, 0.0
		for i := range c.Slot {
			s := c.Slot[i].Score
			two += float64(s * s)
			three += float64(s * s * s)
		}
		if two == 0 {
			return 0
		}
		return three / two
	}
	before, old := value(), c.Slot[at]
	c.Slot[at] = x
	after := value()
	c.Slot[at] = old
	if before == 0 {
		return 1
	}
	return after / before
}

// post tells each app what the coming week will show.
func (k *Creators) post(t *m.Turn, c *Creator) {
	top := 0.0
	for i := range c.Slot {
		top = max(top, c.Slot[i].Score)
	}
	for a := range m.Platforms {
		if k.P.Platforms[a].Views == 0 {
			continue
		}
		s := k.snapshot(t, a)
		x := m.Content{Reach: uint32(c.Fans[a])}
		if c.State == m.Active {
			x.Hours = uint32(100 * c.Hours * c.Share[a])
		}
		for half := range uint32(2) {
			x.Half = half
			for i := range x.Sells {
				slot := &c.Slot[int(half)*len(x.Sells)+i]
				x.Sells[i], x.Rates[i], x.Shares[i] = slot.SME, slot.Rate, 0
				if slot.SME == 0 || top <= 0 {
					continue
				}
				if s != nil {
					x.Rates[i] = max(slot.Rate, s.Offer[slot.SME-1].Rate) // a commission may be raised at once
				}
				x.Shares[i] = uint8(max(1, 255*(slot.Score/top)*(slot.Score/top)))
			}
			t.Send(k.Venues.ID(int(a)), m.Posted, m.Carry(x))
		}
	}
}

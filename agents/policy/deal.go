package policy

import (
	"pasar/agents/market"
	"pasar/sim"
)

// A step is what the pledge of a deal decides: the state it comes to, with whom, in which form and at which price.
type step struct {
	State market.DealState
	Form  market.DealForm
	With  market.Partner
	Price int64 // USD million
}

// pack is a step as the outcome of a pledge.
func (s step) pack() uint32 {
	return uint32(s.State) | uint32(s.Form)<<4 | uint32(s.With)<<6 | uint32(min(s.Price, 1<<23-1))<<9
}

func unpack(u uint32) step {
	return step{market.DealState(u & 15), market.DealForm(u >> 4 & 3), market.Partner(u >> 6 & 7), int64(u >> 9)}
}

// follow carries out what a state brings with it.
func (d *PartnershipTalks) follow(p *Plan, w When, s step) {
	shop := d.Initiator
	p.Rule(w, market.Dealing, shop, int64(s.State))
	p.Rule(w, market.DealAs, shop, int64(s.Form))
	p.Rule(w, market.DealWith, shop, int64(s.With))
	switch s.State {
	case market.DealSigned:
		opens := w
		if d.Dates != nil && d.Dates.Opens != 0 {
			opens.At = max(sim.Time(d.Dates.Opens), w.At)
			d.redirect(p, opens, s)
		}
		p.Deed(w, market.Entry{Deed: market.Announce, Shop: shop, Effective: opens.At, Trust: market.One})
	case market.DealClosed:
		d.transfer(p, w, s)
	case market.DealOperating:
		if d.Dates == nil || d.Dates.Opens == 0 {
			d.redirect(p, w, s)
		}
	case market.DealCollapsed, market.DealRejected, market.DealUnwound:
		d.undo(p, w, s)
	}
}

// redirect opens the storefront's checkout. A partner outside the model takes its orders under the storefront's own name.
func (d *PartnershipTalks) redirect(p *Plan, w When, s step) {
	shop := d.Initiator
	if to, ok := s.With.Platform(); ok {
		p.Rule(w, market.RedirectTo, shop, int64(to)+1)
		p.Rule(w, market.Seamless, shop, PPM(p.P.Deal.Seamless[s.Form]))
		p.storeFee(w, shop, d.Fee)
	} else {
		p.Rule(w, market.Checkout, shop, 1)
	}
	p.Rule(w, market.Deadline, shop, 0)
	p.Rule(w, market.Linkout, shop, PPM(p.P.Platforms[shop].Linkout))
}

// storeFee says whose fees redirected orders pay.
func (p *Plan) storeFee(w When, shop market.Channel, fee string) {
	own := int64(0)
	if fee == "storefront" {
		own = 1
	}
	p.Rule(w, market.StoreFee, shop, own)
}

// transfer moves stakes and money on the day of closing, and joins data unless they are kept apart.
func (d *PartnershipTalks) transfer(p *Plan, w When, s step) {
	shop, x := d.Initiator, &p.P.Deal
	to, ok := s.With.Platform()
	if !ok {
		return
	}
	buyer := FirstOwner(shop)
	switch s.Form {
	case market.Acquire:
		(&AcquireStake{Buyer: buyer, Target: to, Share: x.Stake[s.Form], Price: 1e6 * float64(s.Price), Injection: x.Injection, ServiceFee: x.ServiceFee}).Enact(p, w)
	case market.JointVenture:
		half := []JVParty{{buyer, .5}, {FirstOwner(to), .5}}
		(&FormJv{Platform: to, Parties: half, Share: x.Stake[s.Form], Capital: x.Injection}).Enact(p, w)
	}
	if d.Apart || p.Book.Value(market.DataApart, shop, w.At) == 1 {
		p.Rule(w, market.DataApart, shop, 1)
		return
	}
	for _, c := range []market.Channel{shop, to} {
		p.Rule(w, market.Personal, c, PPM(min(p.P.Platforms[c].Match+x.DataLink, 1)))
	}
}

// undo takes back what the deal has brought so far.
func (d *PartnershipTalks) undo(p *Plan, w When, s step) {
	shop := d.Initiator
	opened := sim.Time(-1)
	for _, lever := range []market.Lever{market.RedirectTo, market.Checkout} {
		for _, r := range p.Book.Changes(lever, shop) {
			if r.Why == w.Entry && r.Value > 0 && opened < 0 {
				opened = r.From
			}
		}
	}
	if opened >= 0 {
		p.hold(w, 0, market.RedirectTo, shop, 0)
		p.hold(w, 0, market.Checkout, shop, p.Book.Value(market.Checkout, shop, opened-1))
		p.hold(w, 0, market.Linkout, shop, p.Book.Value(market.Linkout, shop, opened-1))
		p.Deed(w, market.Entry{Deed: market.Announce, Shop: shop, Effective: w.At, Closing: true, Trust: market.One})
	}
	to, ok := s.With.Platform()
	if !ok {
		return
	}
	for _, c := range []market.Channel{shop, to} {
		d.restore(p, w, market.Personal, c)
	}
	d.restore(p, w, market.Stake, to)
	d.restore(p, w, market.ServiceFee, to)
}

// restore sets a lever that this entry has changed to what held before.
func (d *PartnershipTalks) restore(p *Plan, w When, lever market.Lever, on market.Channel) {
	for _, r := range p.Book.Changes(lever, on) {
		if r.Why == w.Entry {
			p.hold(w, 0, lever, on, p.Book.Value(lever, on, r.From-1))
			return
		}
	}
}

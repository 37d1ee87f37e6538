package agents

import (
	m "pasar/agents/market"
	"pasar/sim/num"
)

// How an SME hires a creator (§7.9, step 2): it offers a flat fee for four weeks and a commission above the one it lists, to a
// creator drawn by followers. The fee travels with the offer and comes back if the creator declines.
//
// A simulated creator may stand for fewer real ones than an SME does, by its weight: then only that share of the SMEs behind
// the simulated one can hire, so the fee in the books is weight times the fee of one contract, and so is what the contract sells.

// contractWeeks is how long a contract lasts, as long as a listed commission may not be lowered.
const contractWeeks = 4

// contract makes an offer to a creator now and then, if a small part of four weeks' sales pays for it.
func (k *SMEs) contract(t *m.Turn, s *SME) {
	l := t.Luck(smeContract, s.Weeks)
	if s.selling() || l.U(0) >= k.P.Creator.OfferRate {
		return
	}
	i := k.someMaker(&l, 1)
	tr := &k.MakerTraits[i]
	snap := k.stage(t, uint32(t.Number))
	if snap == nil {
		return
	}
	fee := m.Money(k.flatFee(float64(snap.Host[i].Reach)) * tr.Weight)
	sales := s.Sold[0] + s.Sold[1] + s.Sold[2] + s.Sold[3]
	if fee <= 0 || float64(fee) > k.P.Creator.OfferShare*float64(sales) || fee > s.Cash {
		return
	}
	s.Cash -= fee
	s.Earned -= fee
	m.Move(t, k.cash(t), m.Transit, fee)
	rate := snap.Offer[t.Number].Rate + uint16(k.P.Creator.OfferBonus*10_000)
	t.Send(k.Makers.ID(int(i)), m.Offered, m.Msg{Amount: fee, Rate: rate, Good: k.Traits[t.Number].Good})
}

// answered takes the fee back if the creator does not want it.
func (k *SMEs) answered(t *m.Turn, s *SME, e *m.Msg) {
	if e.Reason == m.Declined {
		s.Cash += e.Amount
		s.Earned += e.Amount
		m.Move(t, m.Transit, k.cash(t), e.Amount)
	}
}

// stage is what the first app with content shows on which an SME is on offer, or nil.
func (k *Common) stage(t *m.Turn, sme uint32) *m.Snapshot {
	for a := range m.Platforms {
		if s := k.snapshot(t, a); k.P.Platforms[a].Views > 0 && s != nil && s.Offer[sme].Exposure > 0 {
			return s
		}
	}
	return nil
}

// flatFee is what a contract with a creator of so many followers costs: Rp.
func (k *Common) flatFee(followers float64) float64 {
	return k.P.Creator.FlatFee * num.Pow(followers/1e4, k.P.Creator.FeePower)
}

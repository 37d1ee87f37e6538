package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// place sends an order to an SME and reserves the money, cash on delivery too (decisions B12).
func (k *Buyers) place(t *m.Turn, b *Buyer, sme uint32, o m.Msg) {
	o.Placed, o.Party, o.Order = uint32(t.Now), uint32(t.Self), b.Order
	rule := k.book(t).At(m.RedirectTo, o.Shop, t.Now)
	o.Via = k.book(t).Processor(o.Shop, t.Now)
	if o.Via != o.Shop {
		o.Flags |= m.Redirect
		t.Because(rule.Why)
	}
	l := t.Luck(orderPaid, b.Order)
	if o.Shop < m.Platforms && l.U(0) < k.P.Order.CODShare {
		o.Flags |= m.COD
	}
	b.Order++
	b.Wallet -= o.Pays()
	m.Move(t, m.Wallets, m.Transit, o.Pays())
	t.Tally(t.Now, m.PlacedCell(o.Shop), 1)
	t.Send(k.SMEs.ID(int(sme)), m.Placed, o)
}

// accepted rewards the channel: habit, membership, and the SME becomes known.
func (k *Buyers) accepted(t *m.Turn, b *Buyer, sme sim.ID, o *m.Msg) {
	b.Week.Orders++
	b.Week.Spent += o.Pays()
	b.fade(t.Now, k.P.Buyer.HabitTau)
	if o.Shop < m.Platforms {
		b.Habit[o.Shop] += float32(k.P.Buyer.HabitKappa * (1 - float64(b.Habit[o.Shop])))
	}
	joins := b.Members>>o.Shop&1 == 0
	if joins {
		k.becomeMember(t, b, o.Shop)
	}
	if o.Shop < m.Platforms {
		pays := (o.Mode == m.Video || o.Mode == m.Live) && b.Social>>o.Shop&1 == 0
		if pays {
			b.Social |= 1 << o.Shop
		}
		if joins || pays {
			k.startViews(t, b, o.Shop)
		}
	}
	s := uint32(k.SMEs.Index(sme))
	l := sim.NewLuck(k.Seed, m.LotBuyer, orderPaid, o.Party, o.Order)
	b.know(s, o.Good, k.Traits[s].Lists>>m.WhatsApp&1 == 1 && l.U(1) < k.P.Buyer.TieChat)
}

// rejected gives the money back; the buyer looks once more in the same channel, or lets it be.
func (k *Buyers) rejected(t *m.Turn, b *Buyer, sme sim.ID, o m.Msg) {
	b.Wallet += o.Pays()
	m.Move(t, m.Transit, m.Wallets, o.Pays())
	l := t.Luck(orderFate, o.Order)
	if o.Flags&m.Retry != 0 || l.U(0) >= k.P.Order.RetryProb || !k.book(t).Open(o.Shop, t.Now) {
		return
	}
	x := need{n: 1<<28 | o.Order, good: o.Good, not: uint32(k.SMEs.Index(sme)) + 1, shop: o.Shop, second: true}
	k.shop(t, b, x)
}

// delivered decides what becomes of a parcel: refused (cash on delivery), kept, or kept for a while and sent back. Its money
// is settled a number of days later; what is sent back comes before that.
func (k *Buyers) delivered(t *m.Turn, b *Buyer, sme sim.ID, o m.Msg) {
	l := t.Luck(orderFate, o.Order)
	y := onTime
	if o.Flags&m.Late != 0 {
		y = late
	}
	hold := sim.Time(k.P.Platforms[o.Via].SettleDays * float64(m.Day))
	back := k.returns(&o)
	switch {
	case o.Flags&m.COD != 0 && l.U(2) < k.P.Order.CODFail:
		o.Reason = m.NotTaken
		t.Send(sme, m.Returned, o)
		return
	case l.U(3) < back:
		y = sentBack
		o.Reason = m.SentBack
		after := sim.Time(l.Exp(4) * k.P.Order.ReturnDays * float64(m.Day))
		t.SendIn(min(max(after, m.Hour), max(hold, m.Hour)), sme, m.Returned, o)
	default:
		t.SendIn(max(hold, m.Hour), sme, m.Kept, o)
	}
	k.trust(b, &o, y)
}

// What an order is worth to trust (§7.6); one that does not come is worth nothing.
const (
	onTime   = 1.0
	late     = .7
	sentBack = .3
	tooLate  = 1.6 // times the mean
)

// returns is how likely it is that an order is sent back.
func (k *Common) returns(o *m.Msg) float64 {
	if o.Mode == m.Video || o.Mode == m.Live {
		return 1.5 * k.P.Categories[o.Good].Returns
	}
	return k.P.Categories[o.Good].Returns
}

// usual is what an order like this is worth to trust on average.
func (k *Common) usual(o *m.Msg) float64 {
	back := k.returns(o)
	come := float64(back*sentBack) + float64((1-back)*(onTime-float64(k.LateShare*(onTime-late))))
	taken := 1 - k.P.Order.Cancel
	if o.Shop < m.Platforms {
		taken *= 1 - float64(k.P.Order.CODShare*k.P.Order.CODFail)
	}
	return taken * come / (taken + k.P.Order.Cancel)
}

// lateShare is the share of parcels that take much longer than usual.
func lateShare(cv float64) float64 {
	s := sqrt(num.Log(1 + float64(cv*cv)))
	return 1 - normalShare((num.Log(tooLate)+float64(s*s)/2)/s)
}

package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Alternatives of the choice in front of content; noise is keyed by them, so that closing a checkout changes the choice of
// those who would have used it and of nobody else.
const (
	optIgnore uint32 = iota + 2
	optBuy
	optMarket // link to a marketplace
	optDirect // link to chat or the SME's own store
	optSave
	options
)

// worthCap bounds how much better than usual an offer can look in content; it makes the thinning exact.
const worthCap = .8

// Weights are the largest that the options in front of content can have; ignoring has weight 1.
type weights struct {
	buy, market, direct, save float64
	share                     float64 // of views that survive
}

// topWeights are those of app a for a buyer that has (1) or has not (0) paid inside it: everything speaks for the offer,
// friction is learned and links are visible.
func (k *Common) topWeights(a m.Channel, social int) (w weights) {
	d := &k.P.Disc
	w.buy = num.Exp(max(k.Delta.Buy[a][0], k.Delta.Buy[a][1]) + d.Match + d.Follow + float64(d.Lambda*worthCap))
	w.market = w.buy * num.Exp(-d.PsiMarket*(1-d.PsiLearn))
	w.direct = w.buy * num.Exp(-min(d.PsiChat, d.PsiWeb)*(1-d.PsiLearn))
	w.save = num.Exp(k.Delta.Save[a])
	if social == 0 {
		w.buy *= num.Exp(-d.FirstUse)
	}
	sum := w.buy + w.market + w.direct + w.save
	w.share = sum / (1 + sum)
	return w
}

// survives tells whether a view might not be ignored.
func (w *weights) survives(l *sim.Luck) bool {
	u := l.Quarter(optIgnore)
	return m.Beats(l.Quarter(optBuy), w.buy, u) || m.Beats(l.Quarter(optMarket), w.market, u) ||
		m.Beats(l.Quarter(optDirect), w.direct, u) || m.Beats(l.Quarter(optSave), w.save, u)
}

// view is a candidate view n in app a that survived the thinning: kept if the app shows that much today, and then a choice
// (§7.5). Each view that is kept stands for those that were passed over.
func (k *Buyers) view(t *m.Turn, b *Buyer, a m.Channel, n uint32) {
	s := k.snapshot(t, a)
	if s == nil || s.Hosts <= 0 {
		return
	}
	l := t.Luck(viewTime+sim.Stream(a), n)
	if l.Quarter(1) >= s.Keep {
		return
	}
	t.Tally(t.Now, m.KeptCell(a), int64(m.ViewUnit/k.Top[a][b.Social>>a&1].share+.5))
	canBuy := k.Book.Open(a, t.Now)
	if !canBuy && s.Linkout == 0 && !m.Beats(l.Quarter(optSave), k.Top[a][0].save, l.Quarter(optIgnore)) {
		return
	}
	pick, ok := k.pick(t, b, a, n, s)
	if !ok {
		return
	}
	k.decide(t, b, a, n, s, &l, &pick, canBuy)
}

// linkWeight is the weight of following a link, given that of buying on the spot; friction falls as a buyer learns.
func (k *Buyers) linkWeight(b *Buyer, psi, visible, buy float64) float64 {
	psi *= 1 - float64(k.P.Disc.PsiLearn*min(1, float64(b.Links)/5))
	return float64(buy*num.Exp(-psi)) * visible
}

// A shown is what a view shows.
type shown struct {
	sme    uint32
	good   m.Category
	maker  uint32 // number + 1; 0: the SME itself
	rate   uint16
	live   bool
	match  bool
	follow bool
}

// pick draws category, format, host and product of a view. Hosts are drawn by keyed rejection like offers.
func (k *Buyers) pick(t *m.Turn, b *Buyer, a m.Channel, n uint32, s *m.Snapshot) (x shown, ok bool) {
	v := &k.P.Platforms[a]
	l := t.Luck(viewPick+sim.Stream(a), n)
	x.match = l.U(0) < v.Match
	share := k.ViewShare[:]
	if x.match {
		var own [m.Categories]float64
		for g := range own {
			own[g] = float64(b.Interest[g])
		}
		share = own[:]
	}
	x.good = m.Category(pickOf(l.U(1), share))
	x.live = l.U(2) >= v.Video
	extra := 0.0
	for _, f := range b.Follow {
		if h := s.HostOf(f); h != nil {
			extra += float64(float64(h.Weight) * (k.P.Disc.Boost - 1))
		}
	}
	if u := l.U(3) * (s.Hosts + extra); u < extra {
		for _, f := range b.Follow {
			h := s.HostOf(f)
			if h == nil {
				continue
			}
			if u -= float64(float64(h.Weight) * (k.P.Disc.Boost - 1)); u < 0 {
				x.follow = true
				ok = k.product(&l, h, &x)
				return x, ok
			}
		}
	}
	for try := range uint32(64) {
		place, drawn := s.Stage.Draw(l.Quarter(32 + try))
		item := s.Stage.Item[place]
		if drawn && item>>24>>x.good&1 == 1 && k.product(&l, &s.Host[item&(1<<24-1)], &x) {
			return x, true
		}
	}
	return x, false
}

// product draws one of a host's products of the category, if it shows any.
func (k *Buyers) product(l *sim.Luck, h *m.Host, x *shown) bool {
	var fits [m.Slots]int
	n := 0
	for i, j := range h.Sells {
		if j > 0 && k.Traits[j-1].Good == x.good {
			fits[n] = i
			n++
		}
	}
	if n == 0 {
		return false
	}
	i := fits[l.Below(4, uint32(n))]
	x.sme, x.rate, x.maker = h.Sells[i]-1, h.Rates[i], h.Maker
	return true
}

// decide is the flat logit over ignoring, buying, following a link and saving, given what is shown.
func (k *Buyers) decide(t *m.Turn, b *Buyer, a m.Channel, n uint32, s *m.Snapshot, l *sim.Luck, x *shown, canBuy bool) {
	d := &k.P.Disc
	format := 0
	if x.live {
		format = 1
	}
	o := s.Offer[x.sme]
	if x.live {
		o.Price = int32(float64(o.Price) * (1 - k.P.SME.LiveDisc))
	}
	common := k.Delta.Buy[a][format]
	if x.match {
		common += d.Match
	}
	if x.follow {
		common += d.Follow
	}
	look := func(s *m.Snapshot, c m.Channel, o *m.Offer) float64 {
		return float64(d.Lambda * min(k.worth(b, s, c, x.good, o), worthCap))
	}
	keys := [4]uint32{optBuy, optMarket, optDirect, optSave}
	var w [4]float64
	if canBuy && o.Exposure > 0 {
		u := common + look(s, a, &o)
		if b.Social>>a&1 == 0 {
			u -= d.FirstUse
		}
		if k.Book.Processor(a, t.Now) != a {
			u -= float64(k.P.Choice.Redirect * (1 - float64(k.Book.Value(m.Seamless, a, t.Now))/1e6))
		}
		w[0] = num.Exp(u)
	}
	var target [3]*m.Snapshot
	if s.Linkout > 0 {
		for i, c := range o.Links {
			psi := d.PsiMarket
			switch {
			case c >= m.Direct || c == a:
				continue
			case c == m.WhatsApp:
				psi = d.PsiChat
			case c == m.Web:
				psi = d.PsiWeb
			}
			to := k.snapshot(t, c)
			if to == nil || to.Offer[x.sme].Exposure <= 0 || !k.Book.Open(c, t.Now) {
				continue
			}
			u := common + look(to, c, &to.Offer[x.sme])
			if b.Members>>c&1 == 0 {
				u -= k.P.Buyer.Install
			}
			w[1+i] = k.linkWeight(b, psi, s.Linkout, num.Exp(u))
			target[1+i] = to
		}
	}
	w[3] = num.Exp(k.Delta.Save[a])
	best := m.Race(l, keys[:], w[:])
	if !m.Beats(l.Quarter(keys[best]), w[best], l.Quarter(optIgnore)) {
		return
	}
	fate := t.Luck(viewRest+sim.Stream(a), n)
	if x.live && x.maker > 0 && fate.U(0) < d.FollowRate {
		b.Follow[n%uint32(len(b.Follow))] = x.maker
	}
	if keys[best] == optSave {
		m.Count(t, m.Saves, 1)
		after := max(sim.Time(fate.Exp(1)*d.SaveDays*float64(m.Day)), 1)
		b.remember(Later{At: t.Now + after, Need: 1<<29 | n<<3 | uint32(a), SME: x.sme + 1, Good: x.good, Saved: true})
		return
	}
	shop, snap := a, s
	if best > 0 {
		shop, snap = o.Links[best-1], target[best]
		o.Price = snap.Offer[x.sme].Price
	}
	order := k.price(b, snap, shop, o.Price)
	if order.Pays() > b.Wallet+b.Credit {
		m.Count(t, m.NoBudget, 1)
		return
	}
	order.Good, order.Shop, order.Rate = x.good, shop, x.rate
	if x.maker > 0 {
		order.Third = uint32(k.Makers.ID(int(x.maker - 1)))
	}
	switch {
	case best > 0:
		order.Mode = m.Link
		order.Rate = uint16(float64(x.rate) * k.P.Creator.AttrLink)
		b.Links = min(b.Links+1, 5)
		t.Tally(t.Now, m.LinkedCell(a), 1)
	case x.live:
		order.Mode = m.Live
	default:
		order.Mode = m.Video
	}
	t.Tally(t.Now, m.BoughtCell(a), 1)
	if fate.U(2) < d.Rho {
		b.Disp[x.good] = min(3, b.Disp[x.good]+1)
		order.Flags |= m.Displaces
		m.Count(t, m.Displacements, 1)
	}
	k.place(t, b, x.sme, order)
}

package agents

import (
	"math"

	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Options in front of content, ignoring aside. Noise belongs to the option, so that closing a checkout changes the choice of
// those who would have used it and of nobody else.
const (
	optBuy    = iota
	optMarket // link to a marketplace
	optDirect // link to chat or the SME's own store
	optSave
	options
)

// Draws of a view: 0 the gap before it, 1 whether it is kept, then the race that made it a candidate.
const (
	drawFirst  = 2 // when the first option came in
	drawWinner = 3 // which one it was
	drawIgnore = 4 // how long after that ignoring would have
	drawOption = 5 // and each of the other options
)

// worthCap bounds how much better than usual an offer can look in content; it makes the thinning exact.
const worthCap = .8

// Weights are the largest that the options in front of content can have; ignoring has weight 1.
type weights struct {
	top    [options]float64
	sum    float64
	share  float64 // of views that are not ignored for sure
	appeal float64 // at most, see appeal
}

// topWeights are those of app a for a buyer that has (1) or has not (0) paid inside it: everything speaks for the offer, and
// links are visible and as easy as buying on the spot, so that a rule may set any friction.
func (k *Common) topWeights(a m.Channel, social int) (w weights) {
	d := &k.P.Disc
	w.appeal = max(k.Delta.Buy[a][0], k.Delta.Buy[a][1]) + d.Match + d.Follow
	buy := num.Exp(w.appeal + float64(d.Lambda*worthCap))
	w.top = [options]float64{
		optBuy:    buy,
		optMarket: buy,
		optDirect: buy,
		optSave:   num.Exp(k.Delta.Save[a]),
	}
	if social == 0 {
		w.top[optBuy] *= num.Exp(-d.FirstUse)
	}
	for _, x := range w.top {
		w.sum += x
	}
	w.share = w.sum / (1 + w.sum)
	return w
}

// race is the exponential race of the options at their largest weights and of ignoring, given that an option comes in first:
// the times at which each would. With a smaller weight an option comes later in proportion. Of those that come after ignoring
// anyway it matters only that they do, and as -ln u is at least 1-u, most are known to without a logarithm.
func (w *weights) race(l *sim.Luck) (at [options]float64, ignore float64) {
	first := -num.Log(l.Quarter(drawFirst)) / (1 + w.sum)
	u, winner := l.Quarter(drawWinner)*w.sum, 0
	for winner < options-1 && u >= w.top[winner] {
		u -= w.top[winner]
		winner++
	}
	ignore = first - num.Log(l.Quarter(drawIgnore))
	for o := range at {
		at[o] = first
		if o == winner {
			continue
		}
		if u := l.Quarter(uint32(drawOption + o)); first+(1-u)/w.top[o] < ignore*slack {
			at[o] -= num.Log(u) / w.top[o]
		} else {
			at[o] = math.Inf(1)
		}
	}
	return at, ignore
}

// slack is more than rounding can do to a time: what is late by that much is late.
const slack = 1 + 1e-9

// ignored tells that no option of a race comes in before ignoring, whatever is shown: a view of less appeal than the largest has
// weights smaller in proportion, save for saving, and links are as visible as the app lets them be.
func (w *weights) ignored(at *[options]float64, ignore, appeal, visible float64) bool {
	limit := ignore * num.Exp(appeal-w.appeal) * slack
	return at[optSave] >= ignore && at[optBuy] >= limit && min(at[optMarket], at[optDirect]) >= limit*visible
}

// view is candidate n in app a: kept if the app shows that much today, and then a choice (§7.5). Each view that is kept stands
// for those that were ignored for sure. Where the kind of content decides that it is ignored, nobody needs to know whose it is.
func (k *Buyers) view(t *m.Turn, b *Buyer, a m.Channel, n uint32, top *weights) {
	s := k.snapshot(t, a)
	if s == nil || s.Hosts <= 0 {
		return
	}
	l := t.Luck(viewTime+sim.Stream(a), n)
	if l.Quarter(1) >= s.Keep {
		return
	}
	t.Tally(t.Now, m.KeptCell(a), int64(m.ViewUnit/top.share+.5))
	what := t.Luck(viewPick+sim.Stream(a), n)
	x := k.content(t, b, a, &what)
	host := k.followed(b, s, x.good, what.U(3))
	x.follow = host != nil
	at, ignore := top.race(&l)
	if !weighed(t, n) && top.ignored(&at, ignore, k.appeal(a, &x), s.Linkout) {
		return
	}
	if k.pick(&what, s, host, &x) {
		k.decide(t, b, a, n, s, &x, top, &at, ignore)
	}
}

// linkWeight is the weight of following a link, given that of buying on the spot; friction falls as a buyer learns.
func (k *Buyers) linkWeight(b *Buyer, psi, visible, buy float64) float64 {
	psi *= 1 - float64(k.P.Disc.PsiLearn*min(1, float64(b.Links)/5))
	return float64(buy*num.Exp(-psi)) * visible
}

// friction is ψ, the effort of following a link to a channel before a buyer has learned.
func (k *Common) friction(t *m.Turn, to m.Channel) float64 {
	if set := k.book(t).Value(m.Friction, to, t.Now); set >= 0 {
		return float64(set) / 1e6
	}
	switch to {
	case m.WhatsApp:
		return k.P.Disc.PsiChat
	case m.Web:
		return k.P.Disc.PsiWeb
	}
	return k.P.Disc.PsiMarket
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

// content draws what a view is about: format, category, and whether that is what the viewer likes.
func (k *Buyers) content(t *m.Turn, b *Buyer, a m.Channel, l *sim.Luck) (x shown) {
	v := &k.P.Platforms[a]
	match := v.Match
	if set := k.book(t).Value(m.Personal, a, t.Now); set >= 0 {
		match = float64(set) / 1e6
	}
	x.match = l.U(0) < match
	share := k.ViewShare[:]
	if x.match {
		var own [m.Categories]float64
		for g := range own {
			own[g] = float64(b.Interest[g])
		}
		share = own[:]
	}
	x.good = m.Category(m.Pick(l.U(1), share))
	x.live = l.U(2) >= v.Video
	return x
}

// appeal is the part of the utility of buying that the kind of content makes.
func (k *Common) appeal(a m.Channel, x *shown) float64 {
	u := k.Delta.Buy[a][0]
	if x.live {
		u = k.Delta.Buy[a][1]
	}
	if x.match {
		u += k.P.Disc.Match
	}
	if x.follow {
		u += k.P.Disc.Follow
	}
	return u
}

// pick draws host and product of a view: a host that the viewer follows, or one by keyed rejection, like offers.
func (k *Buyers) pick(l *sim.Luck, s *m.Snapshot, host *m.Host, x *shown) bool {
	if host != nil {
		return k.product(l, host, x)
	}
	for try := range uint32(64) {
		place, drawn := s.Stage.Draw(l.Quarter(32 + try))
		item := s.Stage.Item[place]
		if drawn && m.Shows(item, x.good) && k.product(l, &s.Host[m.HostAt(item)], x) {
			return true
		}
	}
	return false
}

// followed is a creator that the buyer follows, of those that show the category, with the probability that an app shows one; or nil.
// Each is seen Boost times as much as all others together: not so many times as one other, since how many others are simulated
// says nothing of how many there are.
func (k *Buyers) followed(b *Buyer, s *m.Snapshot, good m.Category, u float64) *m.Host {
	var hosts [len(b.Follow)]*m.Host
	n, sum := 0, 0.0
	for _, f := range b.Follow {
		if h := s.HostOf(f); h != nil && h.Goods>>good&1 == 1 {
			hosts[n] = h
			n++
			sum += float64(h.Weight)
		}
	}
	all := float64(n) * k.P.Disc.Boost
	if u *= 1 + all; u >= all {
		return nil
	}
	u *= sum / all
	for _, h := range hosts[:n-1] {
		if u -= float64(h.Weight); u < 0 {
			return h
		}
	}
	return hosts[n-1]
}

// product draws one of a host's products of the category by its part of the content, if it shows any.
func (k *Buyers) product(l *sim.Luck, h *m.Host, x *shown) bool {
	sum := 0
	for i, j := range h.Sells {
		if j > 0 && k.Traits[j-1].Good == x.good {
			sum += int(h.Shares[i])
		}
	}
	if sum == 0 {
		return false
	}
	u := int(l.Below(4, uint32(sum)))
	for i, j := range h.Sells {
		if j > 0 && k.Traits[j-1].Good == x.good {
			if u -= int(h.Shares[i]); u < 0 {
				x.sme, x.rate, x.maker = j-1, h.Rates[i], h.Maker
				return true
			}
		}
	}
	return false
}

// decide is the flat logit over ignoring, buying, following a link and saving, given what is shown.
func (k *Buyers) decide(t *m.Turn, b *Buyer, a m.Channel, n uint32, s *m.Snapshot, x *shown, top *weights,
	at *[options]float64, ignore float64) {
	d := &k.P.Disc
	o := s.Offer[x.sme]
	if x.live {
		o.Price = int32(float64(o.Price) * (1 - k.P.SME.LiveDisc))
	}
	common := k.appeal(a, x)
	look := func(s *m.Snapshot, c m.Channel, o *m.Offer) float64 {
		return float64(d.Lambda * min(k.worth(b, s, c, x.good, o), worthCap))
	}
	var w [options]float64
	fate := t.Luck(viewRest+sim.Stream(a), n)
	shut := 0.0 // what buying here would weigh if the checkout were open
	if o.Exposure > 0 && (o.Held == 0 || fate.U(3)*1e4 >= float64(o.Held)) {
		u := common + look(s, a, &o)
		if b.Social>>a&1 == 0 {
			u -= d.FirstUse
		}
		if k.book(t).Processor(a, t.Now) != a {
			u -= float64(k.P.Choice.Redirect * (1 - float64(k.book(t).Value(m.Seamless, a, t.Now))/1e6))
		}
		if shut = num.Exp(u); k.book(t).Open(a, t.Now) {
			w[optBuy], shut = shut, 0
		}
	}
	var target [3]*m.Snapshot
	if s.Linkout > 0 {
		for i, c := range o.Links {
			if c >= m.Direct || c == a {
				continue
			}
			to := k.snapshot(t, c)
			if to == nil || to.Offer[x.sme].Exposure <= 0 || !k.book(t).Open(c, t.Now) {
				continue
			}
			u := common + look(to, c, &to.Offer[x.sme])
			if b.Members>>c&1 == 0 {
				u -= k.P.Buyer.Install
			}
			w[optMarket+i] = k.linkWeight(b, k.friction(t, c), s.Linkout, num.Exp(u))
			target[optMarket+i] = to
		}
	}
	w[optSave] = top.top[optSave]
	if weighed(t, n) {
		k.delight(t, b, x.good, &w, top.share)
	}
	best, last := -1, ignore
	for o, x := range w {
		if came := at[o] * top.top[o] / x; x > 0 && came < ignore {
			best, ignore = o, came
		}
	}
	if best < 0 {
		return
	}
	if x.live && x.maker > 0 && fate.U(0) < d.FollowRate {
		b.Follow[n%uint32(len(b.Follow))] = x.maker
	}
	if best == optSave {
		m.Count(t, m.Saves, 1)
		after := max(sim.Time(fate.Exp(1)*d.SaveDays*float64(m.Day)), 1)
		b.remember(Later{At: t.Now + after, Need: 1<<29 | n<<3 | uint32(a), SME: x.sme + 1, Good: x.good, Saved: true})
		return
	}
	shop, snap := a, s
	if best != optBuy {
		shop, snap = o.Links[best-optMarket], target[best]
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
	was := t.Why()
	switch {
	case best != optBuy:
		order.ByLink(a)
		switch usual := float64(k.book(t).Value(m.Linkout, a, 0)) / 1e6; {
		case shut > 0 && at[optBuy]*top.top[optBuy]/shut < ignore: // it would have bought here
			t.Because(k.book(t).At(m.Checkout, a, t.Now).Why)
		case ignore*s.Linkout >= last*usual: // it would have ignored a link that is shown as at the start
			t.Because(k.book(t).At(m.Linkout, a, t.Now).Why)
		}
		order.Rate = uint16(float64(x.rate) * k.P.Creator.AttrLink)
		b.Links = min(b.Links+1, 5)
		t.Tally(t.Now, m.LinkedCell(a), 1)
	case x.live:
		order.Mode = m.Live
	default:
		order.Mode = m.Video
	}
	t.Tally(t.Now, m.BoughtCell(a), 1)
	if fate.U(2) < d.Rho && b.displace(x.good) {
		order.Flags |= m.Displaces
		m.Count(t, m.Displacements, 1)
	}
	k.place(t, b, x.sme, order)
	t.Because(was)
}

// delight counts what the choice in front of content is worth to a buyer, in Rp, beyond ignoring it: the log-sum over the marginal utility
// of money (§10). The view stands for those that were ignored for sure, whose options were the same.
func (k *Buyers) delight(t *m.Turn, b *Buyer, good m.Category, w *[options]float64, share float64) {
	sum := 1.0
	for _, x := range w {
		sum += x
	}
	rp := k.P.Categories[good].Price / (k.P.Disc.Lambda * float64(b.Alpha)) * num.Log(sum)
	m.Count(t, m.SurplusView, int64(surplusEvery*rp/share))
}

// mostDisplaced is how many needs of a category can wait to be void: about a year of them for the usual buyer. Who buys more than
// that from content does not displace needs it would never have had.
const mostDisplaced = 12

// displace lets a purchase satisfy the buyer's next need of a category, if it is not satisfied long ahead already.
func (b *Buyer) displace(good m.Category) bool {
	if b.Disp[good] >= mostDisplaced {
		return false
	}
	b.Disp[good]++
	return true
}

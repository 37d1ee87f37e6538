package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
	"pasar/sim/num"
)

// Buyers are the people who buy (ODD §2.5, §7.2 to §7.6). A buyer has needs, which lead to a search in a channel of its
// choice, and sees content, which leads to purchases nobody had planned; part of these displace later needs.
type Buyers struct {
	*Common
}

// A Buyer is one of them.
type Buyer struct {
	Due   sim.Time // of the wake under way; the clocks come first, they are looked at most
	Need  sim.Time
	Pay   sim.Time
	View  [m.Platforms]sim.Time
	Later [3]Later

	NeedX float64 // operational time of the next need
	ViewX [m.Platforms]float64
	ViewN [m.Platforms]uint32
	NeedN uint32 // number of the next need
	Order uint32 // orders so far

	Alpha    float32
	Affinity float32
	Rate     float32 // needs a day
	Members  uint16  // bits: apps installed
	Social   uint16  // bits: apps in which it has paid inside content
	Region   m.Region
	Bin      uint8 // of price sensitivity
	Links    uint8 // links out it has followed
	Weekly   bool  // paid by the week, else by the month
	PayDay   uint8 // of the month, or of the week
	Disp     [m.Categories]uint8
	Interest [m.Categories]float32
	Habit    [m.Platforms]float32
	Trust    [m.Direct]float32
	Prior    [m.Direct]uint8     // trust that it comes back to, in 1/255
	Until    [m.Platforms]uint32 // s, when memberships lapse
	Lapse    uint32              // the first of them
	HabitAt  sim.Time
	Adopt    sim.Time // when it begins to buy online; 0: it always has
	Wallet   m.Money  // below 0: owed to paylater
	Budget   m.Money  // Rp a month
	Credit   m.Money
	Ties     [4]Tie
	Follow   [3]uint32 // creators by number, +1
	Week     Spell     // since it last told, see trace.go
}

// A Tie is an SME that the buyer knows.
type Tie struct {
	SME  uint32 // number + 1
	Good m.Category
	Chat bool
}

// A Later is a need that comes back: deferred, or saved while watching.
type Later struct {
	At    sim.Time // 0: none
	Need  uint32
	SME   uint32 // remembered, number + 1
	Good  m.Category
	Tries uint8
	Saved bool
}

// Streams of a buyer's luck.
const (
	buyerTraits sim.Stream = iota + 1
	buyerMembers
	buyerTies
	buyerPast
	needTime
	needChoice
	needOffers
	needRace
	needDefer
	orderPaid
	orderFate
	viewTime   // one for each app
	viewPick   = viewTime + sim.Stream(m.Platforms)
	viewRest   = viewPick + sim.Stream(m.Platforms)
	buyerLapse = viewRest + sim.Stream(m.Platforms)
)

const never sim.Time = 1 << 40

// Born draws a buyer's traits and sets its clocks.
func (k *Buyers) Born(t *m.Turn, b *Buyer) {
	k.draw(t.Luck, b)
	k.join(t, b)
	b.NeedX = k.gap(t, b, 0)
	b.Need = k.Cal.AtNeed(b.NeedX)
	for a := range m.Platforms {
		b.View[a] = never
	}
	b.Pay = k.payday(b, 0)
	m.Move(t, m.TheWorld, m.Wallets, b.Wallet)
	if b.Adopt == 0 {
		k.adopt(t, b)
	}
	k.sleep(t, b)
	k.track(t)
}

// React hears an event.
func (k *Buyers) React(t *m.Turn, b *Buyer, e *m.Event) {
	switch e.Kind {
	case m.Wake:
		k.wake(t, b)
	case m.Accepted:
		k.accepted(t, b, e.From, &e.Msg)
	case m.Rejected:
		k.rejected(t, b, e.From, e.Msg)
	case m.Delivered:
		k.delivered(t, b, e.From, e.Msg)
	case m.Refunded:
		b.Wallet += e.Msg.Amount
		m.Move(t, m.Transit, m.Wallets, e.Msg.Amount)
		if o := &e.Msg; o.Reason != m.SentBack && o.Reason != m.NotTaken { // those it was the buyer's turn to judge
			k.trust(b, o, 0)
		}
	case told:
		k.tell(t, b)
		return
	}
	k.sleep(t, b)
}

// Audit counts the buyer's money.
func (k *Buyers) Audit(count func(sim.Cell, int64), b *Buyer) {
	count(m.AccountCell(m.Wallets), b.Wallet)
}

// wake does all that is due.
func (k *Buyers) wake(t *m.Turn, b *Buyer) {
	if sim.Time(b.Lapse) <= t.Now {
		b.lapse(t)
	}
	if b.Adopt > 0 && b.Adopt <= t.Now {
		k.adopt(t, b)
	}
	if b.Pay <= t.Now {
		k.refill(t, b)
	}
	if b.Need <= t.Now {
		n := b.NeedN
		l := t.Luck(needTime, n)
		good := k.needGood(&l, b)
		b.NeedN++
		b.NeedX += k.gap(t, b, b.NeedN)
		b.Need = k.Cal.AtNeed(b.NeedX)
		for i := range k.times(t, &l, good) {
			k.arise(t, b, need{n: n | i<<26, good: good})
		}
	}
	for i := range b.Later {
		if s := b.Later[i]; s.At > 0 && s.At <= t.Now {
			b.Later[i] = Later{}
			k.need(t, b, need{n: s.Need, good: s.Good, tries: s.Tries, sme: s.SME, saved: s.Saved})
		}
	}
	for a := range m.Platforms {
		if b.View[a] <= t.Now {
			n, top := b.ViewN[a], &k.Top[a][b.Social>>a&1]
			b.ViewN[a]++
			k.nextView(t, b, a)
			k.view(t, b, a, n, top)
		}
	}
}

// sleep sees to it that a wake comes no later than the next thing that is due.
func (k *Buyers) sleep(t *m.Turn, b *Buyer) {
	next := min(b.Need, b.Pay)
	if b.Adopt > 0 {
		next = min(next, b.Adopt)
	}
	for _, v := range b.View {
		next = min(next, v)
	}
	for i := range b.Later {
		if b.Later[i].At > 0 {
			next = min(next, b.Later[i].At)
		}
	}
	next = max(next, t.Now+1)
	if (next < b.Due || b.Due <= t.Now) && next < never {
		t.Because(0) // a timer is set whatever the buyer has just heard
		t.Wake(next-t.Now, m.Wake, m.Msg{})
		b.Due = next
	}
}

// gap is the operational time between need n-1 and need n: it depends on the buyer and n alone.
func (k *Buyers) gap(t *m.Turn, b *Buyer, n uint32) float64 {
	l := t.Luck(needTime, n)
	return l.Exp(0) / float64(b.Rate)
}

// nextView sets the clock of app a to its next candidate view. Candidates come at a rate that no world exceeds and are thinned
// when they come (decisions B7). Views that would be ignored whatever they show are not even candidates: a candidate is one in
// which some option, at its largest possible weight, comes in before ignoring, and its noise is drawn given that.
func (k *Buyers) nextView(t *m.Turn, b *Buyer, a m.Channel) {
	l := t.Luck(viewTime+sim.Stream(a), b.ViewN[a])
	rate := k.ViewMax[a] * float64(b.Affinity) * k.Top[a][b.Social>>a&1].share
	b.ViewX[a] -= num.Log(l.Quarter(0)) / rate
	b.View[a] = max(k.Cal.AtView(b.ViewX[a]), t.Now+1)
}

// startViews begins the views of app a now: for one who has joined, and anew, at a higher rate, for one who has paid in it.
func (k *Buyers) startViews(t *m.Turn, b *Buyer, a m.Channel) {
	if k.ViewMax[a] > 0 && b.Adopt == 0 && b.Members>>a&1 == 1 {
		b.ViewN[a]++
		b.ViewX[a] = k.Cal.Views(t.Now)
		k.nextView(t, b, a)
	}
}

// needGood is the category of a need: half by interest, half by how often everyone needs it.
func (k *Common) needGood(l *sim.Luck, b *Buyer) m.Category {
	u := l.U(1)
	for g := range m.Category(m.Categories) {
		w := (float64(b.Interest[g]) + k.NeedShare[g]) / 2
		if u < w || g == m.Categories-1 {
			return g
		}
		u -= w
	}
	return 0
}

// payday is the buyer's first payday after t.
func (k *Buyers) payday(b *Buyer, t sim.Time) sim.Time {
	day := m.DayOf(t) + 1
	for ; ; day++ {
		if b.Weekly && day%7 == int64(b.PayDay) || !b.Weekly && k.MonthDay(day) == int(b.PayDay) {
			return sim.Time(day)*m.Day + 6*m.Hour
		}
	}
}

// refill pays the budget in. No more than one budget is carried over.
func (k *Buyers) refill(t *m.Turn, b *Buyer) {
	budget := m.Money(float64(b.Budget) * k.income(t))
	pay := budget
	if b.Weekly {
		pay = m.Money(float64(budget) / 4.35)
	}
	in := min(b.Wallet, budget) + pay - b.Wallet
	b.Wallet += in
	m.Move(t, m.TheWorld, m.Wallets, in)
	m.Count(t, m.Incomes, in)
	b.Pay = k.payday(b, t.Now)
}

// trust moves trust in an order's channel: by how it went, less how such orders usually go.
func (k *Buyers) trust(b *Buyer, o *m.Msg, y float64) {
	if o.Shop < m.Direct {
		kappa := k.P.Buyer.TrustKappa
		b.Trust[o.Shop] += float32(kappa * (float64(b.prior(o.Shop)-b.Trust[o.Shop]) + y - k.usual(o)))
	}
}

// fade lets habits fade up to t.
func (b *Buyer) fade(t sim.Time, tau float64) {
	if dt := t - b.HabitAt; dt > 0 {
		f := float32(num.Exp(-float64(dt) / float64(m.Day) / tau))
		for p := range b.Habit {
			b.Habit[p] *= f
		}
		b.HabitAt = t
	}
}

// know makes an SME the buyer's latest tie.
func (b *Buyer) know(sme uint32, good m.Category, chat bool) {
	at := len(b.Ties) - 1
	for i := range b.Ties {
		if b.Ties[i].SME == sme+1 {
			at = i
			chat = chat || b.Ties[i].Chat
			break
		}
	}
	copy(b.Ties[1:at+1], b.Ties[:at])
	b.Ties[0] = Tie{sme + 1, good, chat}
}

// segment is the group of buyers that shares an inclusive value.
func (b *Buyer) segment() int { return int(b.Region)*m.Bins + int(b.Bin) }

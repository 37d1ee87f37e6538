package agents

import (
	"math"
	"sync"
	"testing"

	m "pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A lab is a small market under glass: parameters, constants and rules as a test wants them, supply frozen unless it says
// otherwise. Supply frozen means that SMEs have endless stock and keep the listing they were born with (price, sales, rating,
// links), that none enters or leaves, and that creators keep their hours, products and followers.
type lab struct {
	p            *m.Params
	delta        *m.Delta
	buyers, smes int
	start, days  int64
	seed         uint64
	rules        []m.Rule
	plan         []m.Entry
	free         bool // supply is not frozen
	rec          sim.Recorder[m.Msg]
	more         func(w *m.World, k *Common) // adds agents after all others
}

// solved is SolveDelta, once for each set of parameters: it takes longer than many a lab.
func solved(p *m.Params) *m.Delta {
	d, ok := constants.Load(DeltaInputs(p))
	if !ok {
		d, _ = constants.LoadOrStore(DeltaInputs(p), SolveDelta(p))
	}
	return d.(*m.Delta)
}

var constants sync.Map // by DeltaInputs

// there is the channels of a lab in which nobody knows a seller by chat.
const there = uint16(1<<m.Channels-1) &^ (1<<m.WhatsApp | 1<<m.Newco)

// flat makes time even: no hours, weekdays, paydays, campaigns, Ramadan or growth.
func flat(p *m.Params) {
	c := &p.Calendar
	for h := range c.Hours {
		c.Hours[h] = 1
	}
	for d := range c.Weekdays {
		c.Weekdays[d] = 1
	}
	c.Payday, c.Double, c.September, c.October, c.November, c.December = 1, 1, 1, 1, 1, 1
	c.Around, c.Harbolnas, c.Ramadan, c.RamadanTo, c.Eid, c.GrowNeed = 1, 1, 1, 1, 1, 0
	for a := range p.Platforms {
		p.Platforms[a].ViewsTo = p.Platforms[a].Views
	}
	p.Growth.Online, p.Growth.LateShare = 0, 0
}

// rich lifts the budget, so that whoever chooses an offer buys it.
func rich(p *m.Params) { p.Buyer.Budget, p.Buyer.BudgetCV = 1e12, 0 }

// alike makes buyers choose channels by the constants alone: no habit, trust, delivery, installation, or variety, and nobody
// known by chat, so that WhatsApp is closed to all.
func alike(p *m.Params) {
	b := &p.Buyer
	b.HabitBeta, b.TrustBeta, b.Delivery, b.Install, b.TieChat = 0, 0, 0, 0, 0
	p.Choice.Lambda, p.Choice.Kappa = 0, 0
	p.SME.Chat, p.SME.OwnWeb = 0, 0
}

// calm takes out what makes a need come twice.
func calm(p *m.Params) { p.Buyer.DeferReturn, p.Order.RetryProb = 0, 0 }

// noContent takes all content away.
func noContent(p *m.Params) {
	for a := range p.Platforms {
		p.Platforms[a].Views, p.Platforms[a].ViewsTo = 0, 0
	}
}

// needs sets the constants of all categories alike, and lets nobody buy or save while watching.
func needs(v [m.Channels]float64) *m.Delta {
	d := &m.Delta{}
	for g := range d.Need {
		d.Need[g] = v
	}
	for a := range d.Buy {
		d.Buy[a] = [2]float64{-100, -100}
		d.Save[a] = -100
	}
	return d
}

// out is what came of a lab.
type out struct {
	k      *Common
	w      *m.World
	digest sim.Digest
	days   int64
}

func (x *lab) run(t *testing.T) *out {
	t.Helper()
	frozen := Frozen{Supply: !x.free}
	book := &m.Book{Plan: x.plan}
	for c := range m.Channels {
		for _, l := range []m.Lever{m.OrderCap, m.Friction, m.PortFans, m.Personal} {
			book.Add(m.Rule{Lever: l, On: c, Value: -1})
		}
		book.Add(m.Rule{Lever: m.Density, On: c, Value: m.One})
	}
	for c := range m.Direct {
		v := &x.p.Platforms[c]
		if x.p.Intent[c].Share == 0 {
			continue
		}
		for l, n := range map[m.Lever]float64{m.Checkout: 1, m.Linkout: v.Linkout * 1e6, m.FeeShare: v.Commission * 1e6, m.FeeFixed: v.Fixed, m.Vouchers: v.Voucher * 1e6} {
			book.Add(m.Rule{Lever: l, On: c, Value: int64(n + .5)})
		}
	}
	for _, r := range x.rules {
		book.Add(r)
	}
	mk := &m.Market{P: x.p, Book: book, Delta: x.delta, W: x.p.Scale.Buyers / float64(x.buyers), Seed: x.seed,
		Start: sim.Time(x.start) * m.Day, End: sim.Time(x.days) * m.Day}
	mk.Cal = m.NewCalendar(&x.p.Calendar, int(x.start), int(x.days)+2)
	if x.delta.Lapse == [m.Platforms]float64{} { // constants set by hand: members stay members
		for c := range x.delta.Member {
			x.delta.Member[c] = x.p.Platforms[c].Member
		}
	}
	o := sim.Options[m.Msg]{Seed: x.seed, Window: m.Hour, Until: mk.End + 2*m.Hour, Period: m.Day, Lag: 2 * m.Hour,
		Cells: m.Cells, Topics: int(m.Topics), Balanced: m.AccountCells(), Recorder: x.rec}
	w := sim.New(o)
	k := build(w, mk, x.buyers, x.smes, frozen)
	if x.more != nil {
		x.more(w, k)
	}
	d, err := w.Run(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return &out{k, w, d, x.days}
}

// sum adds up cells over the days from ... to-1.
func (o *out) sum(from, to int64, cells ...sim.Cell) (n int64) {
	for d := from; d < to; d++ {
		row := o.w.Closed(d)
		for _, c := range cells {
			n += row[c]
		}
	}
	return n
}

// intents counts needs by the channel chosen.
func (o *out) intents(from, to int64) (n [m.Channels]int64) {
	for c := range n {
		n[c] = o.sum(from, to, m.IntentCell(m.Channel(c)))
	}
	return n
}

// modes adds up orders of some modes in a storefront.
func (o *out) modes(from, to int64, c m.Channel, modes ...m.Mode) (n int64) {
	for _, x := range modes {
		n += o.sum(from, to, m.ModeCell(c, x))
	}
	return n
}

// closing is the rules by which a checkout closes on a day; links shows from then on are of that visibility, or as before if below 0.
func closing(c m.Channel, at sim.Time, links float64) []m.Rule {
	rules := []m.Rule{{From: at, Lever: m.Checkout, On: c, Value: 0}}
	if links >= 0 {
		rules = append(rules, m.Rule{From: at, Lever: m.Linkout, On: c, Value: int64(1e6 * links)})
	}
	return rules
}

// buyersOf is the states of all buyers.
func (o *out) buyersOf() []Buyer { return sim.State[Buyer](o.w, o.k.Buyers) }

// near holds counts against probabilities: |z| < 4, binomial.
func near(t *testing.T, what string, got, n int64, p float64) {
	t.Helper()
	z := (float64(got) - float64(n)*p) / math.Sqrt(float64(n)*p*(1-p))
	if math.Abs(z) > 4 || n == 0 {
		t.Errorf("%s: %d of %d, the formula gives %.5f: z = %.1f", what, got, n, p, z)
	}
	t.Logf("%s: %d of %d, formula %.5f, z %.2f", what, got, n, p, z)
}

// chi2Limit is what χ² with df degrees of freedom exceeds with probability 10⁻⁴ (Wilson and Hilferty 1931).
func chi2Limit(df int) float64 {
	d := float64(df)
	return d * math.Pow(1-2/(9*d)+3.719*math.Sqrt(2/(9*d)), 3)
}

// fit is a χ² test of counts against weights.
func fit(t *testing.T, what string, got []int, weight []float64) {
	t.Helper()
	n, sum, chi2 := 0, 0.0, 0.0
	for i := range got {
		n += got[i]
		sum += weight[i]
	}
	for i := range got {
		want := float64(n) * weight[i] / sum
		chi2 += (float64(got[i]) - want) * (float64(got[i]) - want) / want
	}
	if limit := chi2Limit(len(got) - 1); chi2 > limit || n == 0 {
		t.Errorf("%s: χ² %.1f, at most %.1f", what, chi2, limit)
	}
	t.Logf("%s: χ² %.1f on %d degrees, %d counts", what, chi2, len(got)-1, n)
}

// params are the default parameters, changed.
func params(change ...func(*m.Params)) *m.Params {
	p := load.Defaults()
	for _, f := range change {
		f(p)
	}
	return p
}

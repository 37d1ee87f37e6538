package agents

import (
	m "pasar/agents/market"
	"pasar/sim"
)

// A watch is the rules that a platform holds offers to on one day (§7.10, §9.1).
type watch struct {
	floor        m.Money // least price of the goods it is for; 0: none
	kept         m.PPM   // share of SMEs that obey
	imports      bool    // it is for all imports, not just what is sold from abroad
	goods        int64   // categories it is for, as bits; 0: all
	below        m.PPM   // share of offers below cost that are found
	voucher      float64
	short        [m.Types]m.PPM // share of SMEs without goods
	boost, quota float64
	anyShort     bool
}

// watch looks the rules up.
func (k *PlatformKind) watch(t *m.Turn, c m.Channel, at sim.Time, s *m.Snapshot) *watch {
	b := k.book(t)
	w := &watch{
		floor: b.Value(m.PriceFloor, c, at), kept: b.Value(m.FloorKept, c, at), imports: b.Value(m.FloorOn, c, at) == 1,
		goods: b.Value(m.FloorGoods, c, at), below: b.Value(m.BelowCost, c, at), voucher: s.Voucher,
		boost: float64(b.Value(m.BoostLocal, c, at)) / 1e6, quota: float64(b.Value(m.QuotaLocal, c, at)) / 1e6,
	}
	for y := range w.short {
		w.short[y] = b.Value(m.Shortage+m.Lever(y), m.Everywhere, at)
		w.anyShort = w.anyShort || w.short[y] > 0
	}
	return w
}

// price is what an SME may ask, and whether its offer is shown at all: a shortage takes its goods away; below a price floor it is
// withdrawn by those who obey and raised by the platform for the others; below cost it is raised where it is found. Coins belong
// to the SME, so that they fall alike every day.
func (w *watch) price(t *m.Turn, i uint32, tr *m.Traits, price m.Money) (m.Money, bool) {
	heads := func(s sim.Stream, share m.PPM) bool {
		coin := t.Luck(s, i)
		return m.PPM(coin.U(0)*1e6) < share
	}
	if w.anyShort && w.short[tr.Type] > 0 && heads(platformShort, w.short[tr.Type]) {
		return 0, false
	}
	if meant := tr.Abroad || w.imports && tr.Type == m.Import; w.floor > 0 && meant && price < w.floor && (w.goods == 0 || w.goods>>tr.Good&1 == 1) {
		if heads(platformFloor, w.kept) {
			return 0, false
		}
		price = w.floor
	}
	if least := float64(tr.Cost) / (1 - w.voucher); w.below > 0 && float64(price) < least && heads(platformBelow, w.below) {
		price = m.Money(least) + 1
	}
	return price, true
}

// reserve sees to it that local SMEs have their share of exposure in each category where there are any: others are shown less.
func (w *watch) reserve(k *PlatformKind, s *m.Snapshot, sum *[m.Categories]float64) {
	if w.quota <= 0 {
		return
	}
	var local, other [m.Categories]float64
	for i := range s.Offer {
		if tr := &k.Traits[i]; tr.Type == m.Local {
			local[tr.Good] += float64(s.Offer[i].Exposure)
		} else {
			other[tr.Good] += float64(s.Offer[i].Exposure)
		}
	}
	for i := range s.Offer {
		tr := &k.Traits[i]
		l, o := local[tr.Good], other[tr.Good]
		if tr.Type != m.Local && l > 0 && l < w.quota*(l+o) {
			s.Offer[i].Exposure = float32(float64(s.Offer[i].Exposure) * l * (1 - w.quota) / (w.quota * o))
		}
	}
}

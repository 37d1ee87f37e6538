package measure

import (
	"math"
	"slices"
	"testing"

	"pasar/agents/market"
	"pasar/sim"
)

// "Transfers must cancel" (§10), "welfare lines of pure transfers sum to 0" (V-08): in every window, to the rupiah.
func TestV08_TransfersCancel(t *testing.T) {
	r := played()
	windows := append(r.Windows(), r.FullWeeks()...)
	for d := range r.Days() {
		windows = append(windows, Window{From: d, To: d + 1})
	}
	for _, w := range windows {
		all := r.Welfare(w)
		if sum := Residual(all); sum != 0 {
			t.Fatalf("days %d to %d: the ledger's lines sum to Rp %d: %+v", w.From, w.To, sum, all)
		}
	}
	for _, g := range r.Welfare(Window{To: r.Days()}) {
		if g.Sim == 0 && g.Key != "owners_domestic" && g.Key != "owners_foreign" && g.Key != "government" && g.Key != "brands" { // in a small run to January
			t.Errorf("%s: nothing moves", g.Key)
		}
	}
}

// Lines of one day sum to those of two, and surplus and what comes in are what other indicators say.
func TestWelfareAddsUp(t *testing.T) {
	r := played()
	a, b, both := r.Welfare(Window{From: 10, To: 150}), r.Welfare(Window{From: 150, To: 390}), r.Welfare(Window{From: 10, To: 390})
	for i := range both {
		if a[i].Sim+b[i].Sim != both[i].Sim {
			t.Errorf("%s: %d and %d are not %d", both[i].Key, a[i].Sim, b[i].Sim, both[i].Sim)
		}
	}
	values, _ := r.WelfareValues(Window{To: r.Days()})
	at := func(key string) float64 {
		return values[slices.IndexFunc(values, func(v Value) bool { return v.Column == WelfareColumn(key) })].Value
	}
	for key, want := range map[string]float64{
		"cs_need":         Mean(Get(r.Daily(), "cs_need", "").Of(""), 0, r.Days()),
		"cs_discovery":    Mean(Get(r.Daily(), "cs_discovery", "").Of(""), 0, r.Days()),
		"offline_traders": Mean(Get(r.Daily(), "offline_sales", "").Of(""), 0, r.Days()),
	} {
		if got := at(key); math.Abs(got-want) > 1e-9*want || want <= 0 {
			t.Errorf("%s is Rp %g a day, the indicator says %g", key, got, want)
		}
	}
}

// ledger is a run of one day in which money moves as told, under a book.
func ledger(book *market.Book, moves ...transfer) *Run {
	x := *played()
	row := make([]int64, market.Cells)
	for _, m := range moves {
		row[market.AccountCell(m.from)] -= m.rupiah
		row[market.AccountCell(m.to)] += m.rupiah
	}
	p, result := *x.Published, *x.Result
	p.Rows, p.First, result.Book = [][]int64{row}, 1, book
	x.Published, x.Result = &p, &result
	return &x
}

type transfer struct {
	from, to market.Account
	rupiah   int64
}

// Compensation, taxes, vouchers and injections of capital move lines by just what is paid, and no sum. A booking with one side shows.
func TestTransfersMoveLines(t *testing.T) {
	book := &market.Book{}
	book.Add(market.Rule{Lever: market.Owner, On: market.Tokopedia, Value: int64(market.Bytedance)})
	book.Add(market.Rule{Lever: market.Stake, On: market.Tokopedia, Value: 750_100})
	tokopedia, local := market.Till+market.Account(market.Tokopedia), market.SMECash+market.Account(market.Local)
	for name, c := range map[string]struct {
		transfer
		want map[string]int64
	}{
		"compensation": {transfer{market.Government, local, 1_001}, map[string]int64{"government": -1_001, "local_smes": 1_001}},
		"tax":          {transfer{market.SMECash + market.Account(market.Import), market.Government, 77}, map[string]int64{"government": 77, "import_resellers": -77}},
		"voucher":      {transfer{tokopedia, market.Escrow + market.Account(market.Tokopedia), 10_000}, map[string]int64{"platforms_domestic": -2_499, "platforms_foreign": -7_501, "on_the_way": 10_000}},
		"capital":      {transfer{market.OwnerCash + market.Account(market.Bytedance), tokopedia, 13_000_000_000_000}, map[string]int64{"owners_foreign": -13_000_000_000_000, "platforms_domestic": 3_248_700_000_000, "platforms_foreign": 9_751_300_000_000}},
		"venture":      {transfer{market.OwnerCash + market.Account(market.Joint), market.OwnerCash + market.Account(market.GoTo), 11}, map[string]int64{"owners_domestic": 6, "owners_foreign": -6}},
		"draws":        {transfer{local, market.SMEHomes + market.Account(market.Local), 5}, map[string]int64{}},
		"living":       {transfer{market.MakerCash, market.MakerHomes, 5}, map[string]int64{}},
	} {
		all := ledger(book, c.transfer).Welfare(Window{To: 1})
		for _, g := range all {
			if g.Sim != c.want[g.Key] {
				t.Errorf("%s: %s moves by %d, not %d", name, g.Key, g.Sim, c.want[g.Key])
			}
		}
		if Residual(all) != 0 {
			t.Errorf("%s: lines sum to %d", name, Residual(all))
		}
	}
	broken := ledger(book, transfer{market.Government, local, 1_001})
	broken.Rows[0][market.AccountCell(market.Government)]++
	if sum := Residual(broken.Welfare(Window{To: 1})); sum != 1 {
		t.Errorf("a rupiah out of nowhere is not seen: %d", sum)
	}
}

// Every account is in exactly one line: wherever a rupiah comes to, some line grows by it.
func TestEveryAccountIsInALine(t *testing.T) {
	for a := range market.Accounts {
		x := ledger(&market.Book{})
		x.Rows[0][market.AccountCell(a)] = 1_000_000
		if sum := Residual(x.Welfare(Window{To: 1})); sum != 1_000_000 {
			t.Errorf("%s: a million becomes %d", a, sum)
		}
	}
}

// A platform belongs to those abroad from the day on which its owner changes.
func TestOwnersOfTheDay(t *testing.T) {
	r := of("pilot", "2024-02-29")
	closing := r.day(2024, 1, 31)
	domestic := func(day int) market.PPM {
		return r.Book.Domestic(market.Tokopedia, sim.Time(r.First+int64(day))*market.Day)
	}
	if before, after := domestic(closing-1), domestic(closing+1); before != market.One || after >= market.One/2 {
		t.Errorf("at home are %d ppm of Tokopedia before the deal and %d after it", before, after)
	}
}

package play

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A mutant is a mistake planted into the economy or the kernel as a text edit: a leak, which a plain run has to find and to name, or a
// wrong rule, see ruleMutants.
type mutant struct {
	what      string // goes wrong
	old, new  string // the edit; old stands once in all of the sources. LEAK is true in the run that is to fail
	complains string // part of the error
}

// What becomes of a statement, where no other text is given: it is left out, or done twice.
const (
	dropped = "DROPPED"
	doubled = "DOUBLED"
)

var mutants = []mutant{
	{"a refund loses a rupiah", "back.Amount = o.Pays()", "back.Amount = o.Pays()\nif LEAK { back.Amount-- }", "account transit"},
	{"vouchers are not booked", "m.Move(t, m.Till+via, m.Escrow+via, o.Subsidy())", dropped, "account escrow"},
	{"SMEs forget what platforms owe them for vouchers", "k.owe(t, s, o.Via, -o.Subsidy())", dropped, "account platform."},
	{"the fee does not reach the platform", "k.owe(t, s, o.Via, m.Money(o.Fee))", dropped, "account platform."},
	{"commissions are paid twice", "t.SendIn(sim.Time(k.P.Creator.PayDays)*m.Day, sim.ID(o.Third), m.Commission, c)", doubled, "account creators.due"},
	{"an SME settles a rupiah too much", "net := o.Amount - m.Money(o.Fee) - creator", "net := o.Amount - m.Money(o.Fee) - creator\nif LEAK { net++ }", "conservation: order"},
	{"accepted orders are counted twice", "t.Tally(placed, m.OrdersCell(o.Shop, o.Via), 1)", doubled, "orders placed"},
	{"settled orders are counted twice", "m.Count(t, m.NKept, 1)", doubled, "orders under way"},
	{"rejected orders are not counted", "t.Tally(placed, m.RejectCell(o.Shop), 1)", dropped, "orders placed"},
	{"sales by category are not counted", "t.Tally(placed, m.GoodCell(o.Shop, o.Good), o.Amount)", dropped, "by category"},
	{"goods of cancelled orders vanish", "s.store(t, 1, m.UnitsBack)\n\t\tk.refund(t, s, o, 0)", "if !LEAK { s.store(t, 1, m.UnitsBack) }\nk.refund(t, s, o, 0)", "back in stock"},
	{"a restocked unit is not booked", "s.store(t, int32(e.Msg.Amount), m.UnitsIn)", "s.store(t, int32(e.Msg.Amount), m.UnitsIn)\nif LEAK { s.Stock++ }", "units more than was booked"},
	{"late parcels are lost", "o.Flags |= m.Late", "o.Flags |= m.Late\nif LEAK { return }", "account escrow"},
	{"reports of what platforms owe are lost", "if owed != 0 {", "if LEAK && owed < 0 { s.Owed[c] = 0 } else if owed != 0 {", "account platform."},
	{"nobody pays the freight of a return", "m.Move(t, m.Till+via, m.Logistics, used)", dropped, "account platform."},
	{"who closes down sells its stock off the books", "m.Move(t, m.TheWorld, k.cash(t), value)", dropped, "account smes"},
	{"owners take cash off the books", "m.Move(t, k.cash(t), k.home(t), rest)", dropped, "account smes"},
	{"platforms are not paid for advertisements", "k.owe(t, s, c, p.Spent)", dropped, "account platform."},
	{"a retry keeps the money", "m.Move(t, m.Transit, m.Wallets, o.Pays())", "m.Move(t, m.Transit, m.Wallets, o.Pays())\nif LEAK && o.Flags&m.Retry != 0 { b.Wallet -= o.Pays() }", "account buyers"},
	{"income comes from nowhere", "m.Move(t, m.TheWorld, m.Wallets, in)", dropped, "account buyers"},
	{"platforms pay their costs with nothing", "m.Move(t, till, m.Costs, cost)", dropped, "account platform."},
	{"capital comes from nowhere", "k.pay(t, d, e.From, -e.Amount)", dropped, "account platform.tokopedia"},
	{"a fee that comes back from a creator is not booked", "m.Move(t, m.Transit, k.cash(t), e.Amount)", dropped, "account "},
	{"a creator's flat fee is not booked", "m.Move(t, m.Transit, m.MakerCash, e.Msg.Amount)", dropped, "account "},
	{"brands pay from nowhere", "m.Move(t, m.TheWorld, m.MakerCash, pay)", dropped, "account creators"},
	{"creators spend off the books", "m.Move(t, m.MakerCash, m.MakerHomes, spent)", dropped, "account creators"},
	{"an entry has one side", "t.Tally(t.Now, cellAccount+sim.Cell(from), -amount)", "if !LEAK || amount < 1e5 { t.Tally(t.Now, cellAccount+sim.Cell(from), -amount) }", "accounts of shard 0 sum to"},
}

// "A check counts only if a planted mistake makes it fail" (decisions E24): conservation, V-01 to V-07, is checked in every run.
// The program in testdata/plain plays a scenario as any user does. It is built by go build -overlay from sources with all mutants
// in them, of which PLANTED chooses one. With none it plays the very history that the sources give as they are. With any one
// it fails, and its message says what broke.
func TestMutants(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	want, _ := played(t, quick(t, 1500, "2023-05-31"), nil)
	sick := build(t, plant(t), "build", "./testdata/plain")
	run := func(i int) (string, error) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		c := exec.CommandContext(ctx, sick, "testdata/quick.yaml", "1500", "2023-05-31")
		c.Env = append(os.Environ(), fmt.Sprintf("PLANTED=%d", i))
		out, err := c.CombinedOutput()
		return string(out), err
	}
	if out, err := run(0); err != nil || !strings.HasPrefix(out, want.Digest.String()) {
		t.Fatalf("without a mutant: %v, digest not %v\n%s", err, want.Digest, out)
	}
	first := len(allMutants()) - len(mutants) + 1
	for i, m := range mutants {
		out, err := run(first + i)
		var exit *exec.ExitError
		switch {
		case err == nil:
			t.Errorf("%s: nobody notices\n%s", m.what, out)
		case !errors.As(err, &exit) || exit.ExitCode() != 3:
			t.Errorf("%s: %v\n%s", m.what, err, out)
		case !strings.Contains(out, m.complains):
			t.Errorf("%s: the message does not speak of %q:\n%s", m.what, m.complains, out)
		default:
			t.Logf("%s: %s", m.what, strings.TrimSpace(out))
		}
	}
}

// planted is the file that tells the mutants in the sources which of them is wanted.
const planted = `package %s

import "os"

// Planted is the number of the mutant that this run is to suffer from; 0: none.
var Planted = os.Getenv("PLANTED")
`

// plant writes a copy of the sources with all mutants in them, and an overlay that puts it in their place. It is the same for all tests, so
// that what is built from it is built once.
func plant(t *testing.T) (overlay string) {
	t.Helper()
	dir := t.TempDir()
	plain, text := map[string]string{}, map[string]string{} // sources by path, as they are and with mutants
	for _, folder := range []string{"agents", "agents/market", "agents/policy", "sim"} {
		files, err := filepath.Glob("../../" + folder + "/*.go")
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			if !strings.HasSuffix(f, "_test.go") {
				plain[f], text[f] = string(b), string(b)
			}
		}
	}
	sick := map[string]string{"../../agents/market/planted.go": fmt.Sprintf(planted, "market"), "../../sim/planted.go": fmt.Sprintf(planted, "sim")}
	for i, m := range allMutants() {
		at, n := "", 0
		for f, s := range plain {
			if k := strings.Count(s, m.old); k > 0 {
				at, n = f, n+k
			}
		}
		if n != 1 {
			t.Errorf("%s: %q stands in the sources %d times; the mutants must follow the source", m.what, m.old, n)
			continue
		}
		if !strings.Contains(text[at], m.old) {
			t.Errorf("%s: another mutant has changed %q", m.what, m.old)
			continue
		}
		market := map[string]string{"agents": "m.", "policy": "market."}[filepath.Base(filepath.Dir(at))]
		leak := fmt.Sprintf("(%sPlanted == \"%d\")", market, i+1)
		edit := strings.ReplaceAll(m.new, "LEAK", leak)
		switch m.new {
		case dropped:
			edit = "if !" + leak + " { " + m.old + " }"
		case doubled:
			edit = m.old + "\nif " + leak + " { " + m.old + " }"
		}
		text[at] = strings.Replace(text[at], m.old, edit, 1)
		sick[at] = text[at]
	}
	replace := map[string]string{}
	for f, s := range sick {
		path, err := filepath.Abs(f)
		if err != nil {
			t.Fatal(err)
		}
		replace[path] = filepath.Join(dir, strings.ReplaceAll(filepath.Base(filepath.Dir(f))+"-"+filepath.Base(f), "..", ""))
		if err := os.WriteFile(replace[path], []byte(s), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	overlay = filepath.Join(dir, "overlay.json")
	b, err := json.Marshal(map[string]any{"Replace": replace})
	if err == nil {
		err = os.WriteFile(overlay, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return overlay
}

// build builds with an overlay: what is "build" or "test -c".
func build(t *testing.T, overlay, what, source string) (binary string) {
	t.Helper()
	binary = filepath.Join(t.TempDir(), "sick.exe")
	args := append(strings.Fields(what), "-overlay", overlay, "-o", binary, source)
	if out, err := exec.CommandContext(t.Context(), "go", args...).CombinedOutput(); err != nil {
		t.Fatalf("%s with mutants does not build: %v\n%s", source, err, out)
	}
	return binary
}

package runs

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results"
)

// changes that a branch may make: something of every sort that a scenario dates.
var changes = []string{
	"sep.linkout=.2", "imp.usd=50", "pilot.caps.share_of_pre=.1", "ann.at=2023-09-20T17:00", "ann.credibility=.2",
	"fee2-tiktok.commission=.1", "fee2-shopee.commission=.02", "links.share=.6", "fee2-tokopedia.until=2024-03-01", "promo-shopee.share=.3",
}

// recordedRun plays a scenario, records it and writes its files.
func recordedRun(t *testing.T, s *load.Scenario) *Folder {
	t.Helper()
	dir := t.TempDir()
	r, err := play.Run(t.Context(), s, play.Options{Goroutines: 2, Version: "v", Record: &play.Record{Dir: filepath.Join(dir, "recording"), Each: 7}})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, r)
	f, ok, err := Open(dir)
	if err != nil || !ok {
		t.Fatal(ok, err)
	}
	return f
}

func write(t *testing.T, dir string, r *play.Result) {
	t.Helper()
	if _, err := results.Write(dir, r, results.Options{Version: "v"}); err != nil {
		t.Fatal(err)
	}
}

func content(t *testing.T, parts ...string) []byte {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(parts...))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// A run that goes on from a recorded one, changed, is the whole run with the same change, byte for byte, and plays only what is left.
func TestBranchIsTheWholeRun(t *testing.T) {
	pairs, until := 4, "2024-01-31"
	switch {
	case os.Getenv("PASAR_NIGHTLY") != "":
		pairs, until = 20, "2024-06-30"
	case testing.Short():
		t.Skip("plays nine runs")
	}
	was, err := load.Load("pilot", load.Overrides{Buyers: 100, Until: until})
	if err != nil {
		t.Fatal(err)
	}
	from := recordedRun(t, was)
	dir, ok := from.Recording()
	if !ok {
		t.Fatal("there is no recording")
	}
	rng := rand.New(rand.NewPCG(5, 4))
	for tried := 0; pairs > 0; tried++ {
		if tried > 200 {
			t.Fatal("too few changes act within the run")
		}
		set := changes[rng.IntN(len(changes))]
		with, err := Scenario(from.Receipt, load.Overrides{Set: []string{set}})
		if err != nil {
			t.Fatal(err)
		}
		first := diff.First(was, with)
		if first == 0 || with.Hash == was.Hash {
			continue
		}
		pairs--
		at := first - rngTime(rng, first/3)
		s, err := Branch(from.Receipt, load.Overrides{Set: []string{set}}, at)
		if err != nil {
			t.Fatal(err)
		}
		rec, err := play.OpenRecording(t.Context(), dir)
		if err != nil {
			t.Fatal(err)
		}
		n := 1 + rng.IntN(3)
		got, err := play.Run(t.Context(), s, play.Options{Goroutines: n, From: &play.From{Recording: rec, At: at}})
		rec.Close()
		if err != nil {
			t.Fatal(err)
		}
		want, err := play.Run(t.Context(), with, play.Options{Goroutines: 1})
		if err != nil {
			t.Fatal(err)
		}
		what := fmt.Sprintf("%s from %s on %d goroutines", set, stamp(at), n)
		if got.Digest != want.Digest || got.Events != want.Events {
			t.Errorf("%s: digest %v of %d events, not %v of %d", what, got.Digest, got.Events, want.Digest, want.Events)
		}
		got.ID, got.Goroutines, got.Wall = want.ID, want.Goroutines, want.Wall
		a, b := t.TempDir(), t.TempDir()
		write(t, a, got)
		write(t, b, want)
		for _, name := range []string{"series.csv", "agents.parquet", "summary.json", "receipt.json"} {
			if !bytes.Equal(content(t, a, name), content(t, b, name)) {
				t.Errorf("%s: another %s", what, name)
			}
		}
		played, left := float64(got.Events-got.Taken)/float64(got.Events), float64(s.End-at+7*market.Day)/float64(s.End)
		t.Logf("%s: %.0f %% of the events were played; %.0f %% of the time was left", what, 100*played, 100*float64(s.End-at)/float64(s.End))
		if got.Taken == 0 || played > 1.3*left { // days are busier later on
			t.Errorf("%s: %.2f of the events were played, of the time there was %.2f to play", what, played, left)
		}
	}
}

func rngTime[T ~int64](rng *rand.Rand, n T) T { return T(rng.Int64N(int64(n))) }

// What acts before the moment, or lies outside of the run, is refused with what would do.
func TestBranchTooEarly(t *testing.T) {
	s, err := load.Load("pilot", load.Overrides{Buyers: 100})
	if err != nil {
		t.Fatal(err)
	}
	r := &results.Receipt{Effective: string(s.Effective), Seed: s.Seed}
	at := market.Clock.At(market.Epoch.AddDate(1, 1, 0)) // 2023-12-01
	for _, c := range []struct{ set, want string }{
		{"sep.linkout=.2", "can be felt from 2023-09-26T17:00 on, which is before 2023-12-01T00:00"},
		{"params.disc.rho=.8", "from the very beginning"},
	} {
		var early *TooEarly
		if _, err := Branch(r, load.Overrides{Set: []string{c.set}}, at); !errors.As(err, &early) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", c.set, err)
		}
	}
	if _, err := Branch(r, load.Overrides{}, 2*s.End); err == nil || !strings.Contains(err.Error(), "not within the run") {
		t.Errorf("after the end: %v", err)
	}
	if same, err := Branch(r, load.Overrides{}, s.End); err != nil || same.Hash != s.Hash {
		t.Errorf("the same: %v", err)
	}
}

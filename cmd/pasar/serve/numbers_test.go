package serve

import (
	"encoding/csv"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results"
	"pasar/scenarios/results/measure"
)

// table reads a file with a head, notes left out.
func table(t *testing.T, text []byte) (rows []map[string]string) {
	t.Helper()
	r := csv.NewReader(strings.NewReader(string(text)))
	r.Comment = '#'
	all, err := r.ReadAll()
	if err != nil || len(all) < 2 {
		t.Fatal(err, len(all))
	}
	for _, line := range all[1:] {
		row := map[string]string{}
		for i, name := range all[0] {
			row[name] = line[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// anySeries is a series with its numbers as they were written.
type anySeries struct {
	Dates   []string
	Seeds   []uint64
	Columns []struct {
		Metric, By, Key, Unit   string
		P05, P25, P50, P75, P95 []*jsonNumber
		Runs                    [][]*jsonNumber
	}
}

// A jsonNumber keeps the digits.
type jsonNumber string

func (n *jsonNumber) UnmarshalJSON(b []byte) error { *n = jsonNumber(b); return nil }

// Every number on a screen is the one in series.csv of the same run: 200 of them, spread over columns, quantiles and weeks.
func TestScreensShowTheFile(t *testing.T) {
	d := done(t)
	var s anySeries
	d.get(t, "/api/runs/"+mainKey+"/series?runs=8", &s)
	file := map[string]map[string]string{}
	for _, row := range table(t, d.get(t, "/api/runs/"+mainKey+"/series.csv", nil)) {
		file[strings.Join([]string{row["week"], row["metric"], row["by"], row["key"], row["unit"]}, "|")] = row
	}
	checked, numbers := 0, 0
	for i := 0; checked < 200; i++ {
		c := s.Columns[i%len(s.Columns)]
		week := (i * 7) % len(s.Dates)
		q := i % 5
		got := [][]*jsonNumber{c.P05, c.P25, c.P50, c.P75, c.P95}[q][week]
		row := file[strings.Join([]string{s.Dates[week], c.Metric, c.By, c.Key, c.Unit}, "|")]
		want := row[[]string{"p05", "p25", "p50", "p75", "p95"}[q]]
		checked++
		switch {
		case got == nil && want == "":
		case got == nil || string(*got) != want:
			t.Errorf("%s %s %s on %s: %v on the screen, %q in the file", c.Metric, c.By, c.Key, s.Dates[week], got, want)
		default:
			numbers++
		}
	}
	if numbers < 120 || len(s.Seeds) != 8 {
		t.Errorf("only %d of 200 are numbers; seeds %v", numbers, s.Seeds)
	}
}

// Below eight replications there are single runs and no range.
func TestTooFewForARange(t *testing.T) {
	d := newDesk(t, Options{Workers: 1, Dir: filepath.Join(folder, "shared-few")})
	q := pair(2)
	q.Base = nil
	var x status
	d.post(t, "/api/runs", q, 202, &x)
	d.await(t, x.Key, over)
	var s anySeries
	d.get(t, "/api/runs/"+x.Key+"/series?metric=gmv:storefront", &s)
	for _, c := range s.Columns {
		if c.P05 != nil || c.P95 != nil || len(c.Runs) != 2 || len(c.P50) != len(s.Dates) {
			t.Errorf("%s: a range of %d, %d runs", c.Key, len(c.P05), len(c.Runs))
		}
	}
}

// A replication is what the command line plays: the same file, byte for byte; a week on the screen is the mean of its seven days there.
func TestScreensShowTheCommand(t *testing.T) {
	d := done(t)
	var st status
	d.get(t, "/api/runs/"+mainKey, &st)
	words := strings.Fields(st.Command)
	if strings.Join(words[:3], " ") != "pasar run small-ban.yaml" {
		t.Fatal(st.Command)
	}
	path := filepath.Join(t.TempDir(), words[2])
	if err := os.WriteFile(path, []byte(small("ban").Text), 0o600); err != nil {
		t.Fatal(err)
	}
	flags := map[string]string{}
	for i := 3; i+1 < len(words); i += 2 {
		flags[words[i]] = words[i+1]
	}
	buyers, _ := strconv.Atoi(flags["--buyers"])
	seed, _ := strconv.ParseUint(flags["--seed"], 10, 64)
	s, err := load.Load(path, load.Overrides{Buyers: buyers, Seed: &seed, Until: flags["--until"]})
	if err != nil {
		t.Fatal(err)
	}
	r, err := play.Run(t.Context(), s, play.Options{Goroutines: 2})
	if err != nil {
		t.Fatal(err)
	}
	want := results.CSV(results.Rows(measure.Of(r)))
	raw := d.get(t, fmt.Sprintf("/api/runs/%s/raw/%d", mainKey, seed), nil)
	if string(raw) != string(want) {
		t.Fatal("the file of the lab is not that of the command")
	}
	days := map[string]float64{}
	for _, row := range table(t, raw) {
		if row["freq"] == "day" && row["metric"] == "gmv" && row["by"] == "storefront" {
			v, _ := strconv.ParseFloat(row["value"], 64)
			days[row["key"]+row["date"]] = v
		}
	}
	var x anySeries
	d.get(t, "/api/runs/"+mainKey+"/series?metric=gmv:storefront:shopee&runs=1", &x)
	for i, monday := range x.Dates {
		sum := 0.
		for k := range 7 {
			sum += days["shopee"+plusDays(t, monday, k)]
		}
		got, _ := strconv.ParseFloat(string(*x.Columns[0].Runs[0][i]), 64)
		if math.Abs(got-sum/7) > sum*1e-6 {
			t.Errorf("week of %s: %g on the screen, %g by day", monday, got, sum/7)
		}
	}
}

func plusDays(t *testing.T, date string, n int) string {
	t.Helper()
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(0, 0, n).Format(time.DateOnly)
}

// The differences on a screen are those of the command that stands beside them.
func TestDifferencesAreThoseOfTheCommand(t *testing.T) {
	d := done(t)
	var x comparisonJSONIn
	d.get(t, "/api/compare?a="+baseKey+"&b="+mainKey, &x)
	words := strings.Fields(x.Command)
	if words[0] != "pasar" || words[1] != "compare" || len(x.Headlines) != 5 || len(x.Seeds) != 8 {
		t.Fatal(x.Command, len(x.Headlines))
	}
	reps, flags := 0, map[string]string{}
	for i := 4; i+1 < len(words); i += 2 {
		flags[words[i]] = words[i+1]
	}
	reps, _ = strconv.Atoi(flags["--reps"])
	buyers, _ := strconv.Atoi(flags["--buyers"])
	var worlds []compare.World
	for i, name := range []string{"no-ban", "ban"} {
		if words[2+i] != "small-"+name+".yaml" {
			t.Fatal(x.Command)
		}
		worlds = append(worlds, compare.World{Name: "small-" + name, Ref: words[2+i], Text: []byte(small(name).Text), Overrides: load.Overrides{Buyers: buyers, Until: flags["--until"]}})
	}
	c, err := compare.Run(t.Context(), worlds, compare.Options{Reps: reps, Seed: 1, Store: d.lab.store, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for i, h := range x.Headlines {
		f := &c.Pairs[0].Main[i]
		if h.Withheld != nil {
			if h.Diff != nil || h.Base != nil {
				t.Errorf("%s is withheld and shown", h.Outcome)
			}
			continue
		}
		shown++
		near := func(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) <= 1e-6*math.Abs(want) }
		e := f.Effect.Diff
		if f.Outcome.Name != h.Outcome || !near(h.Base, e.Base) || !near(h.Diff, e.Mean) || !near(h.Lo, e.T.Lo) || !near(h.Hi, e.T.Hi) || h.Verdict != f.Verdict.String() {
			t.Errorf("%s: %+v, by the command %+v %s", h.Outcome, h, e, f.Verdict)
		}
	}
	if shown != 3 {
		t.Errorf("%d headlines of a quick run; sales, orders and concentration are shown", shown)
	}
}

// comparisonJSONIn is a comparison as a browser reads it.
type comparisonJSONIn struct {
	Command   string
	Seeds     []uint64
	Headlines []struct {
		Outcome, Verdict   string
		Base, Diff, Lo, Hi *float64
		Withheld           *struct{ EN string }
	}
}

// While runs are under way, the pairs that both have finished are compared.
func TestCompareWhatThereIs(t *testing.T) {
	d := newDesk(t, Options{Workers: 1, Dir: filepath.Join(folder, "shared-few")})
	var s status
	d.post(t, "/api/runs", pair(2), 202, &s)
	d.await(t, s.Key, over)
	d.await(t, s.BaseKey, over)
	p := d.lab.pool
	p.mu.Lock()
	last := p.runs[s.Key].done[1]
	p.runs[s.Key].done[1] = nil
	p.mu.Unlock()
	var x comparisonJSONIn
	if d.get(t, "/api/compare?a="+s.BaseKey+"&b="+s.Key, &x); len(x.Seeds) != 1 || x.Headlines[0].Diff == nil || x.Headlines[0].Lo != nil {
		t.Errorf("one pair: seeds %v, %+v", x.Seeds, x.Headlines)
	}
	p.mu.Lock()
	p.runs[s.Key].done[1] = last
	p.mu.Unlock()
	if d.get(t, "/api/compare?a="+s.BaseKey+"&b="+s.Key, &x); len(x.Seeds) != 2 || x.Headlines[0].Lo == nil {
		t.Errorf("two pairs: seeds %v, %+v", x.Seeds, x.Headlines)
	}
	var other status
	q := pair(1)
	d.post(t, "/api/runs", q, 202, &other)
	d.call(t, "GET", "/api/compare?a="+other.Key+"&b="+s.Key, nil, 409, nil)
	d.await(t, other.BaseKey, over)
}

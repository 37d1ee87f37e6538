package results

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/parquet-go/parquet-go"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

func run(goroutines int) *play.Result {
	s, err := load.Load("pilot", load.Overrides{Buyers: 200, Until: "2024-04-30"})
	if err != nil {
		panic(err)
	}
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: goroutines})
	if err != nil {
		panic(err)
	}
	return r
}

// one and three are the same run on one and three goroutines.
var (
	one   = sync.OnceValue(func() *play.Result { return run(1) })
	three = sync.OnceValue(func() *play.Result { return run(3) })
)

func TestSameBytesWhateverTheGoroutines(t *testing.T) {
	a, b := t.TempDir(), t.TempDir()
	o := Options{Version: "abc", Human: "v0"}
	files, err := Write(a, one(), o)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Write(b, three(), o); err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		name, _ := filepath.Rel(a, path)
		x, y := read(t, path), read(t, filepath.Join(b, name))
		if same := bytes.Equal(x, y); same != (name != "receipt.json" && name != "summary.json") {
			t.Errorf("%s: same bytes is %v", name, same)
		}
		if name != "receipt.json" && bytes.Contains(x, []byte(one().ID)) {
			t.Errorf("%s names the run", name)
		}
	}
	for _, name := range []string{"receipt.json", "summary.json", "series.csv", "series.parquet", "agents.parquet", "report.html", "tables.xlsx", "figures/gmv-storefront.svg", "figures/gmv-storefront.png"} {
		if !slices.Contains(files, filepath.Join(a, name)) {
			t.Errorf("%s is not written", name)
		}
	}
	left, _ := filepath.Glob(filepath.Join(a, "*", ".pasar-*"))
	if more, _ := filepath.Glob(filepath.Join(a, ".pasar-*")); len(left)+len(more) > 0 {
		t.Errorf("temporary files remain: %v %v", left, more)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestCSVAndParquetHoldTheSame(t *testing.T) {
	rows := Rows(measure.Of(one()))
	lines, err := csv.NewReader(bytes.NewReader(CSV(rows))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	p, err := Parquet(rows, one().Scenario, "abc")
	if err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(p), int64(len(p)))
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string]string{"scenario_hash": one().Scenario.Hash, "seed": "1", "version": "abc"} {
		if got, _ := f.Lookup(key); got != want {
			t.Errorf("metadata %s is %q, want %q", key, got, want)
		}
	}
	got, err := parquet.Read[Row](bytes.NewReader(p), int64(len(p)))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != len(lines)-1 || !slices.Equal(lines[0], Columns) {
		t.Fatalf("%d rows in Parquet, %d in CSV, header %v", len(got), len(lines)-1, lines[0])
	}
	for i, r := range got {
		l := lines[i+1]
		v, err := strconv.ParseFloat(l[7], 64)
		date := measure.DateOf(int64(r.Date - epochDay)).Format(day)
		if err != nil || v != r.Value || !slices.Equal(l, []string{r.Scenario, strconv.FormatUint(r.Seed, 10), date, r.Freq, r.Metric, r.By, r.Key, l[7], r.Unit}) {
			t.Fatalf("row %d: CSV %v, Parquet %+v", i+1, l, r)
		}
		if strings.ContainsAny(l[7], "eEN") || strings.HasPrefix(l[7], "-0") && v == 0 {
			t.Fatalf("row %d: value %q", i+1, l[7])
		}
	}
}

func TestRowsAreTidy(t *testing.T) {
	rows := Rows(measure.Of(one()))
	seen := map[Row]bool{}
	metrics := map[string]bool{}
	for _, r := range rows {
		date := measure.DateOf(int64(r.Date - epochDay)).Format(day)
		if date < "2023-01-01" || date > "2024-04-30" {
			t.Fatalf("a row of %s", date)
		}
		metrics[r.Freq+" "+r.Metric+" "+r.By] = true
		r.Value = 0
		if seen[r] {
			t.Fatalf("two rows %+v", r)
		}
		seen[r] = true
	}
	for _, want := range []string{
		"day gmv storefront", "day gmv processor", "day gmv owner", "day orders storefront", "day share storefront", "day hhi storefront", "day hhi processor",
		"day hhi owner", "day off_platform_share ", "day link_share ", "week active ", "week sme_income_median sme_type", "week sme_income quantile",
		"week gini_income ", "week top1_share ", "week dependent_share ", "week tiktok_dependent_share ", "week multi_home_sellers ", "week listed channel",
		"week live_hours ", "week creators_active tier", "week creators_income_median tier", "event C ", "event M ", "event decision by",
	} {
		if !metrics[want] {
			t.Errorf("no rows of %s", want)
		}
	}
	csv := string(CSV(rows))
	for _, want := range []string{"pilot,1,2023-10-05,day,gmv,storefront,tiktok,0,IDR\n", "event,decision,by,imposed,2,"} {
		if !strings.Contains(csv, want) {
			t.Errorf("no row %q", want)
		}
	}
}

func TestSummary(t *testing.T) {
	x := Summary(one())
	b, err := json.Marshal(x)
	if err != nil {
		t.Fatal(err)
	}
	var top map[string]any
	if err := json.Unmarshal(b, &top); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"scenario", "seed", "digest", "events", "wall_s", "indicators"} {
		if _, ok := top[key]; !ok {
			t.Errorf("no %s", key)
		}
	}
	windows := map[string]float64{}
	for _, i := range x.Indicators {
		if i.Metric == "gmv" && i.By == "storefront" && i.Key == "tiktok" {
			windows[i.Window] = i.Value
		}
	}
	if len(windows) != 4 || windows["ban"] != 0 || windows["before"] <= 0 || windows["after"] <= 0 {
		t.Errorf("TikTok's GMV by window: %v", windows)
	}
}

func TestReceipt(t *testing.T) {
	dir := t.TempDir()
	if _, err := Write(dir, one(), Options{Version: "abc"}); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "receipt.json")
	r, err := ReadReceipt(path)
	if err != nil {
		t.Fatal(err)
	}
	if r.Digest != one().Digest.String() || r.Days[len(r.Days)-1].Digest != r.Digest || r.Conservation != "checked" || r.Goroutines != 1 {
		t.Errorf("receipt %+v", r)
	}
	again, err := load.Parse("receipt", []byte(r.Effective), load.Overrides{})
	if err != nil {
		t.Fatalf("the scenario of the receipt does not load: %v", err)
	}
	if again.Hash != r.Hash || again.Seed != r.Seed {
		t.Errorf("the scenario of the receipt has hash %s and seed %d", again.Hash, again.Seed)
	}
	whole := string(read(t, path))
	for name, text := range map[string]string{
		"empty": "", "cut": whole[:len(whole)/2], "twice": whole + whole, "no digest": strings.Replace(whole, `"digest": "`+r.Digest, `"digest": "`, 1),
		"a key more": strings.Replace(whole, "{", `{"x": 1,`, 1), "a day less": strings.Replace(whole, "2022-11-02", "2022-11-03", 1),
	} {
		bad := filepath.Join(dir, "bad.json")
		if err := os.WriteFile(bad, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := ReadReceipt(bad); err == nil || !strings.Contains(err.Error(), "bad.json") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := ReadReceipt(filepath.Join(dir, "none.json")); err == nil {
		t.Error("a receipt that does not exist is read")
	}
}

func TestWritingWhereOneCannot(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	files, err := Write(file, one(), Options{})
	if err == nil || len(files) > 0 || !strings.Contains(err.Error(), "receipt.json") || strings.Contains(err.Error(), ".pasar-") {
		t.Errorf("files %v, error %v", files, err)
	}
	taken := t.TempDir()
	if err := os.Mkdir(filepath.Join(taken, "series.csv"), 0o700); err != nil {
		t.Fatal(err)
	}
	if files, err := Write(taken, one(), Options{}); err == nil || len(files) != 2 || !strings.Contains(err.Error(), "is a folder") {
		t.Errorf("files %v, error %v", files, err)
	}
	if _, err := Write(taken, nil, Options{}); err == nil {
		t.Error("nothing is written without an error")
	}
}

func TestValuesAreWritten(t *testing.T) {
	for _, x := range []struct {
		v    float64
		unit string
		want string
	}{
		{1.5e15, "IDR", "1500000000000000"}, {-.3, "IDR", "0"}, {0.5, "share", "0.500000"}, {-.0000001, "score", "0.000000"}, {2762.123, "points", "2762.12"}, {1e7 / 3, "orders", "3333333"},
	} {
		if got := written(x.v, x.unit); got != x.want {
			t.Errorf("%g %s is written %s, want %s", x.v, x.unit, got, x.want)
		}
	}
}

func TestARunThatWasStopped(t *testing.T) {
	s, err := load.Load("pilot", load.Overrides{Buyers: 200})
	if err != nil {
		t.Fatal(err)
	}
	for _, share := range []float64{0, .3} {
		ctx, cancel := context.WithCancel(context.Background())
		if share == 0 {
			cancel()
		}
		r, err := play.Run(ctx, s, play.Options{Goroutines: 1, Progress: func(p play.Progress) {
			if p.Share > share {
				cancel()
			}
		}})
		cancel()
		if err == nil || r == nil || !r.Stopped {
			t.Fatalf("the run was not stopped: %v", err)
		}
		dir := t.TempDir()
		if _, err := Write(dir, r, Options{}); err != nil {
			t.Fatal(err)
		}
		receipt, err := ReadReceipt(filepath.Join(dir, "receipt.json"))
		if err != nil || receipt.Stopped == "" {
			t.Errorf("receipt %v, error %v", receipt, err)
		}
		if bytes.Contains(read(t, filepath.Join(dir, "report.html")), []byte("NaN")) {
			t.Error("NaN in the report")
		}
	}
}

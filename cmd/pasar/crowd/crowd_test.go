package crowd

import (
	"context"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pasar/cmd/pasar/serve"
)

// desk is a lab of a test.
func desk(t *testing.T) string {
	t.Helper()
	l, err := serve.Open(serve.Options{Version: "test", Dir: t.TempDir(), Lang: "en"})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(l)
	t.Cleanup(func() {
		s.Close()
		l.Close()
	})
	return s.URL
}

// Each browser has a result of each move, and all pairs of its last one; nothing is lost or refused; users read pages and have their runs.
func TestShows(t *testing.T) {
	o := Options{URL: desk(t), Seed: 1, Buyers: 100, N: 3, Browsers: 2, Moves: 2, Users: 2, For: 3 * time.Second}
	if testing.Short() {
		o.Browsers, o.Moves = 1, 1
	}
	l, err := Levers(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	moves := o.Browsers * o.Moves
	if l.Opening.N != o.Browsers || l.Result.N != moves || l.Weeks.N != moves || l.Full.N < o.Browsers || l.Lost+l.Refused > 0 || l.Distinct < 2 || l.Distinct > moves+1 {
		t.Errorf("%+v", l)
	}
	if l.Result.P50 > l.Result.P95 || l.Result.P95 > l.Result.Worst || l.Result.P50 < debounce.Seconds() {
		t.Errorf("times %+v", l.Result)
	}
	p, err := Pages(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	if p.Pages.N < o.Users || p.Lost+p.Refused > 0 || p.Distinct < 1 {
		t.Errorf("%+v", p)
	}
}

// What goes wrong is counted: a lab that lets nobody in refuses each browser.
func TestRefused(t *testing.T) {
	o := Options{URL: "http://127.0.0.1:1", Browsers: 1, Moves: 1}
	if _, err := Levers(t.Context(), o); err == nil {
		t.Error("nobody is there, and it is well")
	}
	ts := newTally()
	b, err := newBrowser(&Options{URL: desk(t)}, ts, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	if err := b.get(t.Context(), "/api/runs/nothing", nil); err == nil || ts.f.Refused != 1 || ts.f.Example == "" {
		t.Errorf("%v: %+v", err, ts.f)
	}
}

// A show that is stopped tells what was seen until then, and how long others have waited.
func TestStopped(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 5*time.Second)
	defer stop()
	l, err := Levers(ctx, Options{URL: desk(t), Seed: 1, Buyers: 110, N: 2, Browsers: 2, Moves: 1000})
	if err != nil || !l.Stopped || l.Lost+l.Refused > 0 || l.Waiting.N > 2 || l.Opening.N < l.Waiting.N {
		t.Errorf("%v: %+v", err, l)
	}
}

// Quantiles are times that occurred.
func TestTimes(t *testing.T) {
	var list []time.Duration
	for i := range 20 {
		list = append(list, time.Duration(20-i)*time.Second)
	}
	if got := timesOf(list); got != (Times{20, 10, 19, 20}) {
		t.Errorf("%+v", got)
	}
	if got := timesOf(nil); got != (Times{}) {
		t.Errorf("%+v", got)
	}
}

// Views asks for what the front end asks for: each metric of views.ts once, in their order, and as many runs.
func TestViewsOfTheFrontEnd(t *testing.T) {
	read := func(name string) string {
		b, err := os.ReadFile(filepath.Join("..", "web", "src", "run", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	text := read("views.ts")
	_, list, _ := strings.Cut(text, "export const views: View[] = [")
	list, _, ok := strings.Cut(list, "];")
	found := regexp.MustCompile(`metric: '(\w+)', by: '(\w*)'`).FindAllStringSubmatch(list, -1)
	if n := strings.Count(list, "{ id:"); !ok || n == 0 || len(found) != n {
		t.Fatalf("%d views of %d are understood: views.ts is written in another way now", len(found), n)
	}
	var metrics []string
	for _, m := range found {
		metric := strings.TrimSuffix(m[1]+":"+m[2], ":")
		if !slices.Contains(metrics, metric) {
			metrics = append(metrics, metric)
		}
	}
	_, runs, _ := strings.Cut(read("live.ts"), "getSeries(s.key, metrics, ")
	runs, _, _ = strings.Cut(runs, ")")
	if want := "?by=week&metric=" + strings.Join(metrics, "&metric=") + "&runs=" + runs; Views != want {
		t.Errorf("Views and views.ts differ:\n%s\n%s", Views, want)
	}
}

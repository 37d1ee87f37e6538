package serve

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"pasar/cmd/pasar/crowd"
	"pasar/scenarios/lab"
	"pasar/scenarios/play"
)

// screenPaths are what the run screen asks for each time that a replication is done (live.ts).
func screenPaths(main, base string) []string {
	return []string{
		"/api/runs/" + main, "/api/runs/" + main + "/series" + crowd.Views, "/api/runs/" + main + "/flows", "/api/runs/" + main + "/log?lang=en",
		"/api/runs/" + base + "/series" + crowd.Views, "/api/compare?a=" + base + "&b=" + main + "&lang=en",
	}
}

// BenchmarkScreens is what a run costs a lab beside playing it: each replication of it and of its base is kept, and some screens read all that they
// show of it. So many screens read, and so many bytes go out.
func BenchmarkScreens(b *testing.B) {
	l, err := Open(Options{Version: "test", Dir: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	q := lab.Request{World: lab.World{Scenario: "pilot"}, Base: &lab.World{Scenario: "no-ban"}, Buyers: lab.SketchBuyers}
	main, base, err := q.Runs(l.o.Version, l.limits)
	if err != nil {
		b.Fatal(err)
	}
	o := l.pool.prepare(main, base)
	<-o.ctx.Done()
	var results [2][]*play.Result
	for i, x := range []*lab.Run{main, base} {
		for rep := range x.N {
			r, err := l.result(x, rep)
			if err != nil {
				b.Fatal(err)
			}
			results[i] = append(results[i], r)
		}
	}
	for _, screens := range []int{1, 5} {
		b.Run(map[int]string{1: "one", 5: "five"}[screens], func(b *testing.B) {
			b.ReportAllocs()
			sent := 0
			for b.Loop() {
				l.pool.mu.Lock()
				clear(l.pool.runs)
				runs := []*run{l.pool.adopt(main), l.pool.adopt(base)}
				l.pool.mu.Unlock()
				l.looks.clear()
				l.sides.clear()
				l.pool.fresh.clear()
				l.answers.clear()
				for rep := range main.N {
					for i, r := range runs {
						if err := l.store.Put(results[i][rep]); err != nil {
							b.Fatal(err)
						}
						l.pool.put(r, rep, results[i][rep], false)
					}
					for range screens {
						for _, path := range screenPaths(main.Key, base.Key) {
							sent += len(fetched(b, l, path))
						}
					}
				}
			}
			b.ReportMetric(float64(sent)/float64(b.N), "sent-B/op")
		})
	}
}

func fetched(t testing.TB, l *Lab, path string) []byte {
	r := httptest.NewRequest(http.MethodGet, "http://localhost"+path, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	w := httptest.NewRecorder()
	l.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d: %s", path, w.Code, w.Body)
	}
	return w.Body.Bytes()
}

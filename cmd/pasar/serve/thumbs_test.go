package serve

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/lab"
)

// A card has no result until its quick run is done, then the headline of the comparison and a picture, also after a restart; another program has
// none.
func TestCards(t *testing.T) {
	dir, quick := t.TempDir(), lab.Request{N: 8, Buyers: 110}
	d := openDesk(t, Options{Dir: dir})
	d.lab.thumbs.size = quick
	const path, picture = "/api/scenarios/ban/result", "/api/scenarios/ban/result.svg"
	var x resultJSON
	d.get(t, path, &x)
	if x.State != absent || x.Headline != nil || x.Picture != "" || x.N != 8 {
		t.Fatalf("before anything was played: %+v", x)
	}
	d.call(t, http.MethodGet, picture, nil, http.StatusNotFound, nil)
	var other resultJSON
	if d.get(t, "/api/scenarios/malaysia-copies/result", &other); other.State != absent || other.B != "" {
		t.Errorf("another market: %+v", other)
	}
	if page := string(d.get(t, "/plain", nil)); strings.Contains(page, "result.svg") || !strings.Contains(page, wordsOf("en").NoResult) {
		t.Error("the plain gallery shows results that nobody played, or does not say that there are none")
	}
	q := quick
	q.World, q.Base = lab.World{Scenario: "ban"}, &lab.World{Scenario: lab.Usual}
	var s status
	d.post(t, "/api/runs", q, http.StatusAccepted, &s)
	d.await(t, s.Key, over)
	d.await(t, s.BaseKey, over)
	if d.get(t, path, &x); x.State != over || x.B != s.Key || x.A != s.BaseKey {
		t.Fatalf("when it was played: %+v", x)
	}
	var c comparisonJSON
	d.get(t, "/api/compare?a="+x.A+"&b="+x.B, &c)
	if h := c.Headlines[0]; h.Outcome != "gmv" || h.Diff != x.Headline.Diff || h.Verdict != x.Headline.Verdict || h.RelativeLo != x.Headline.RelativeLo {
		t.Errorf("the card says %+v, the comparison %+v", x.Headline, h)
	}
	for _, lang := range []string{"en", "id"} {
		if svg := string(d.get(t, x.Picture+"&lang="+lang, nil)); !strings.Contains(svg, "<svg") || !strings.Contains(svg, "TikTok Shop") || strings.Contains(svg, "NaN") {
			t.Errorf("%s: the picture: %.300s", lang, svg)
		}
		if page := string(d.get(t, "/plain?lang="+lang, nil)); !strings.Contains(page, picture) || strings.Contains(page, "NaN") || strings.Contains(page, "%!") {
			t.Errorf("%s: the plain gallery lacks the result", lang)
		}
	}
	d.server.Close()
	d.lab.Close()

	again := newDesk(t, Options{Dir: dir})
	again.lab.thumbs.size = quick
	if again.get(t, path, &x); x.State != over || x.Headline == nil || x.Headline.Diff != c.Headlines[0].Diff {
		t.Errorf("after a restart: %+v", x)
	}
	var base resultJSON
	if again.get(t, "/api/scenarios/no-ban/result", &base); base.State != over || base.Headline != nil || base.A != "" || base.Picture == "" {
		t.Errorf("the base: %+v", base)
	}
	again.lab.o.Version = "another program"
	again.lab.thumbs = newThumbs(dir)
	again.lab.thumbs.size = quick
	if again.get(t, path, &x); x.State != absent || x.Picture != "" {
		t.Errorf("to another program: %+v", x)
	}
}

// A lab that is asked to plays the scenarios of history by itself, and what browsers ask for beside them.
func TestHistoryIsPlayed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "lab")
	d := newDesk(t, Options{Dir: dir, History: true})
	var s status
	d.post(t, "/api/runs", pair(1), http.StatusAccepted, &s)
	d.await(t, s.Key, over)
	var x resultJSON
	for range 500 {
		if d.get(t, "/api/scenarios/pilot/result", &x); x.State != absent {
			return // it takes too long here to wait for its end
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("the pilot is not played: %+v", x)
}

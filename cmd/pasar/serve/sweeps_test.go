package serve

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

// tiny is a study of eight short runs.
const tiny = `study: tiny
title: {en: A tiny study, id: Studi kecil}
scenarios: [no-ban, ban]
buyers: 110
until: 2023-01-22
factors:
  calvo: {path: params.sme.calvo, label: SMEs that set prices, values: [.3, .5]}
design: {kind: grid}
replications: 2
outcomes: [gmv]
window: whole
`

// shelve makes the folder of the sweep of a study, with its results or as one that was stopped at once.
func shelve(t *testing.T, dir, text string, over bool) {
	t.Helper()
	s, err := study.Parse("tiny.yaml", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	p, err := sweep.NewPlan(s, "test", "v0")
	if err == nil {
		err = p.Claim(dir)
	}
	if err == nil && over {
		_, err = p.Write(dir, p.Share(t.Context(), 0, p.Size(), 1, func(int) {}), "en", nil)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Studies of the library are listed before they begin, folders with what came of them, and only files of results are sent.
func TestSweeps(t *testing.T) {
	dir := t.TempDir()
	shelve(t, filepath.Join(dir, "over"), tiny, true)
	shelve(t, filepath.Join(dir, "begun"), tiny, false)
	mayStop := tiny + "stop: {failed: .5}\n"
	shelve(t, filepath.Join(dir, "grown"), mayStop, true)
	shelve(t, filepath.Join(dir, "grown"), strings.Replace(mayStop, "replications: 2", "replications: 3", 1), false)
	d := newDesk(t, Options{Dir: dir, Workers: 1})
	var list []sweepCard
	d.get(t, "/api/sweeps", &list)
	states := map[string]string{}
	for _, c := range list {
		states[c.Name] = c.State
	}
	if len(list) != 6 || states["pilot-caps"] != notBegun || states["over"] != allSwept || states["begun"] != cutOff || states["grown"] != cutOff {
		t.Errorf("the list is %+v", list)
	}
	var p sweepPage
	d.get(t, "/api/sweeps/over", &p)
	if p.Runs != 8 || p.Done != 8 || p.Failed != 0 || p.Title.ID != "Studi kecil" || len(p.Effects) != 1 || len(p.Sensitivity) < 10 {
		t.Errorf("the finished sweep is %+v", p)
	}
	if len(p.Findings.EN) == 0 || len(p.Findings.ID) == 0 || p.Findings.EN[0] == p.Findings.ID[0] {
		t.Errorf("its findings are %+v", p.Findings)
	}
	if len(p.Figures) == 0 || !strings.Contains(string(d.get(t, p.Figures[0], nil)), "<svg") {
		t.Errorf("its figures are %v", p.Figures)
	}
	if text := string(d.get(t, p.Report, nil)); !strings.Contains(text, "A tiny study") {
		t.Errorf("its report is %.200s", text)
	}
	if text := string(d.get(t, p.Report+"?lang=id", nil)); !strings.Contains(text, "Studi kecil") || !strings.Contains(text, `lang="id"`) {
		t.Errorf("its report in Indonesian is %.200s", text)
	}
	if en, id := d.get(t, p.Figures[0]+"?lang=en", nil), d.get(t, p.Figures[0]+"?lang=id", nil); bytes.Equal(en, id) || !strings.Contains(string(id), "penjualan") && !strings.Contains(string(id), "Penjualan") {
		t.Errorf("its picture in Indonesian is %.300s", id)
	}
	for _, path := range []string{
		"none", "..", "%2e%2e", "store", "lab", "over%2f..%2fover", "over/study.yaml", "over/runs.csv", "over/queue", "over/..%2fsweep.json", "over/%2e%2e%2fover%2freport.html",
		"over/figures", "over/figures%2fx.svg", "begun/report.html", "pilot-caps/report.html",
	} {
		r := d.request(t, http.MethodGet, "/api/sweeps/"+path, nil)
		if x, b := d.do(t, r); x.StatusCode == http.StatusOK {
			t.Errorf("%s is answered: %.100s", path, b)
		}
	}
	if b := d.call(t, http.MethodGet, "/api/sweeps/pilot-cap", nil, http.StatusNotFound, nil); !strings.Contains(string(b), `"near":"pilot-caps"`) {
		t.Errorf("a name that is nearly right: %s", b)
	}
	d.call(t, http.MethodPost, "/api/sweeps/none", nil, http.StatusNotFound, nil)
}

// A folder is written as a shell takes it.
func TestSweepCommandIsQuoted(t *testing.T) {
	t.Chdir(t.TempDir())
	shelve(t, filepath.Join("my runs", "begun"), tiny, false)
	d := openDesk(t, Options{Dir: "my runs", Workers: 1})
	r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/api/sweeps", nil)
	r.RemoteAddr = "127.0.0.1:1"
	w := httptest.NewRecorder()
	d.lab.mux().ServeHTTP(w, r)
	d.server.Close()
	d.lab.Close()
	got := filepath.ToSlash(w.Body.String())
	for _, want := range []string{`"pasar sweep resume 'my runs/begun'"`, `"pasar sweep pilot-caps --out 'my runs/pilot-caps'"`} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// A command has the folder as it is called where the lab was begun; who is of a class sees no folder of the machine.
func TestSweepCommands(t *testing.T) {
	top := t.TempDir()
	dir := filepath.Join(top, "runs")
	shelve(t, filepath.Join(dir, "begun"), tiny, false)
	commands := func(d *desk, from string) string {
		r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1/api/sweeps", nil)
		r.RemoteAddr = from
		w := httptest.NewRecorder()
		d.lab.mux().ServeHTTP(w, r)
		return w.Body.String()
	}
	const here, away = "127.0.0.1:1", "10.0.0.99:1"
	for _, x := range []struct{ at, code, from, want string }{
		{t.TempDir(), "", here, "pasar sweep resume " + filepath.ToSlash(dir) + "/begun"},
		{top, "", here, `"pasar sweep resume runs/begun"`},
		{top, "", here, `"pasar sweep pilot-caps --out runs/pilot-caps"`},
		{top, "QWERTY", here, `"pasar sweep resume runs/begun"`},
		{t.TempDir(), "QWERTY", away, `"pasar sweep pilot-caps"`},
	} {
		t.Chdir(x.at)
		d := openDesk(t, Options{Dir: dir, Code: x.code, Workers: 1})
		if got := filepath.ToSlash(commands(d, x.from)); !strings.Contains(got, x.want) || x.from == away && strings.Contains(got, filepath.ToSlash(top)) {
			t.Errorf("in %s, asked from %s: no %s in %s", x.at, x.from, x.want, got)
		}
		d.server.Close()
		d.lab.Close()
	}
}

// Texts lose a folder of the machine, and only that.
func TestPlaceless(t *testing.T) {
	dir := t.TempDir()
	for text, want := range map[string]string{"writing " + filepath.Join(dir, "x") + ": no space": "writing " + filepath.Join("…", "x") + ": no space", "these runs": "these runs"} {
		if got := placeless(text, dir); got != want {
			t.Errorf("%q became %q", text, got)
		}
		if got := placeless(text, "runs"); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

// A sweep that was stopped goes on in the lab, and has the results that it has elsewhere.
func TestSweepGoesOn(t *testing.T) {
	dir := t.TempDir()
	shelve(t, filepath.Join(dir, "over"), tiny, true)
	shelve(t, filepath.Join(dir, "begun"), tiny, false)
	d := newDesk(t, Options{Dir: dir, Workers: 1, Human: "v0"})
	var c sweepCard
	if d.post(t, "/api/sweeps/begun", nil, http.StatusOK, &c); c.State != beingSwept {
		t.Errorf("it is %s", c.State)
	}
	if b := d.post(t, "/api/sweeps/pilot-caps", nil, http.StatusConflict, nil); !strings.Contains(string(b), "begun is being played") {
		t.Errorf("a second one: %s", b)
	}
	var p sweepPage
	for p.State != allSwept {
		if d.get(t, "/api/sweeps/begun", &p); p.Error != "" || p.State == cutOff || t.Context().Err() != nil {
			t.Fatalf("it is %s: %s", p.State, p.Error)
		}
		time.Sleep(50 * time.Millisecond)
	}
	a, err := os.ReadFile(filepath.Join(dir, "over", sweep.SummaryFile))
	if b := d.get(t, "/api/sweeps/begun/summary.json", nil); err != nil || string(a) != string(b) {
		t.Errorf("%v, or other results: %s", err, b)
	}
}

// A study that was being played when the lab was closed goes on in the next one, which says until then how far it was; one that somebody
// stopped does not, and a class leaves it alone.
func TestSweepGoesOnByItself(t *testing.T) {
	dir := t.TempDir()
	shelve(t, filepath.Join(dir, "long"), strings.Replace(tiny, "replications: 2", "replications: 64", 1), false)
	open := func(code string) (*desk, func()) {
		d := openDesk(t, Options{Dir: dir, Workers: 1, Code: code, Human: "v0"})
		return d, func() {
			d.server.Close()
			d.lab.Close()
		}
	}
	at := func(d *desk) (c sweepPage) {
		d.get(t, "/api/sweeps/long", &c)
		return c
	}
	d, end := open("")
	d.post(t, "/api/sweeps/long", nil, http.StatusOK, nil)
	for at(d).Done < 2 {
		time.Sleep(50 * time.Millisecond)
	}
	before := at(d).Done
	end()
	d, end = open("QWERTY")
	if c := at(d); c.State != cutOff || c.Done < before || c.Running != 0 || c.Error != "" {
		t.Errorf("in a class it is %s, %d done where it was %d", c.State, c.Done, before)
	}
	end()
	d, end = open("")
	if c := at(d); c.State != beingSwept || c.Done < before {
		t.Errorf("in the next lab it is %s, %d done where it was %d: %s", c.State, c.Done, before, c.Error)
	}
	d.call(t, http.MethodDelete, "/api/sweeps/long", nil, http.StatusOK, nil)
	d.lab.sweeper.all.Wait()
	stoppedAt := at(d)
	end()
	d, end = open("")
	defer end()
	if c := at(d); c.State != cutOff || c.Done != stoppedAt.Done || c.Done < before {
		t.Errorf("after it was stopped it is %s, %d done where it was %d", c.State, c.Done, stoppedAt.Done)
	}
}

// A sweep is stopped, and a class plays none.
func TestSweepStops(t *testing.T) {
	dir := t.TempDir()
	d := newDesk(t, Options{Dir: dir, Workers: 1})
	d.post(t, "/api/sweeps/morris-screening", nil, http.StatusOK, nil)
	d.call(t, http.MethodDelete, "/api/sweeps/morris-screening", nil, http.StatusOK, nil)
	d.lab.sweeper.all.Wait()
	var c sweepCard
	if d.get(t, "/api/sweeps/morris-screening", &c); c.State != cutOff || c.Error != "" {
		t.Errorf("it is %s: %s", c.State, c.Error)
	}
	class := newDesk(t, Options{Code: "QWERTY", Dir: t.TempDir(), Workers: 1})
	class.get(t, "/api/sweeps/pilot-caps", nil)
	class.post(t, "/api/sweeps/pilot-caps", nil, http.StatusForbidden, nil)
	class.call(t, http.MethodDelete, "/api/sweeps/pilot-caps", nil, http.StatusForbidden, nil)
}

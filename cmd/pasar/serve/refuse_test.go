package serve

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"pasar/scenarios/lab"
)

// Whatever is wrong with a request is told in few lines, with what is allowed or the nearest name, and nothing is played.
func TestRefusals(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	some := strings.Repeat("a", 32)
	for _, x := range []struct {
		name, method, path string
		body               any
		status             int
		want               string
	}{
		{"unknown scenario", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "pilt"}}, 400, `did you mean \"pilot\"?`},
		{"a path", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "../../../etc/passwd"}}, 400, "there is no scenario"},
		{"a file", "POST", "/api/runs", lab.Request{World: lab.World{Text: "scenario: x\nextends: ./no-ban.yaml\n"}}, 400, "mistakes"},
		{"neither", "POST", "/api/runs", lab.Request{}, 400, "either scenario"},
		{"both", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "ban", Text: "x"}}, 400, "either scenario"},
		{"out of range", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "pilot", Set: []string{"params.disc.rho=.99"}}}, 400, "0.1 to 0.95"},
		{"unknown lever", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "pilot", Set: []string{"pilot.cap.share_of_pre=.1"}}}, 400, "caps"},
		{"too many buyers", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "ban"}, Buyers: 1_000_000}, 400, "100 to 20000"},
		{"too many replications", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "ban"}, N: 65}, 400, "1 to 64"},
		{"an odd seed", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "ban"}, Seed: 1 << 60}, 400, "every browser"},
		{"long text", "POST", "/api/runs", lab.Request{World: lab.World{Text: strings.Repeat("#", mostText+1)}}, 400, "at most"},
		{"large body", "POST", "/api/runs", `{"text":"` + strings.Repeat("x", mostBody) + `"}`, 413, "larger than"},
		{"no JSON", "POST", "/api/runs", "scenario=pilot", 400, "cannot be read"},
		{"two documents", "POST", "/api/runs", `{"scenario":"ban"}{}`, 400, "follows"},
		{"unknown field", "POST", "/api/runs", `{"scenario":"ban","sets":[]}`, 400, "sets"},
		{"other worlds", "POST", "/api/runs", lab.Request{World: lab.World{Scenario: "malaysia-copies"}, Base: &lab.World{Text: "scenario: x\nextends: no-ban\nworld: {burn_in: 30d}\n"}}, 400, "cannot be compared"},
		{"bad key", "GET", "/api/runs/..%2f..%2fx", nil, 400, "32 digits"},
		{"short key", "GET", "/api/runs/abc", nil, 400, "32 digits"},
		{"no such run", "GET", "/api/runs/" + some, nil, 404, "ask for it again"},
		{"events of no run", "GET", "/api/runs/" + some + "/events", nil, 404, "ask for it again"},
		{"no runs to compare", "GET", "/api/compare?a=x&b=" + some, nil, 400, "a:"},
		{"no scenario", "GET", "/api/scenarios/pilo", nil, 404, "pilot"},
		{"no report", "GET", "/report/pilot.html", nil, 404, "key of a run"},
		{"no report of three", "GET", "/report/" + some + ".." + some + ".." + some + ".html", nil, 404, "key of a run"},
		{"no page", "GET", "/etc/passwd", nil, 404, "no page"},
		{"no asset", "GET", "/assets/..%2fserve.go", nil, 404, "no page"},
		{"wrong method", "PUT", "/api/runs", nil, 405, ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			text := string(d.call(t, x.method, x.path, x.body, x.status, nil))
			if !strings.Contains(text, x.want) || strings.Count(text, "\n") > 40 {
				t.Errorf("%.400s does not say %q", text, x.want)
			}
		})
	}
	var runs []status
	if d.get(t, "/api/runs", &runs); len(runs) > 0 {
		t.Errorf("%d runs came of that", len(runs))
	}
}

// What people can get wrong is told in words for people, in both languages.
func TestRefusalsForPeople(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	some := strings.Repeat("a", 32)
	for path, want := range map[string]lab.Text{
		`{"scenario":"ban","n":65}`:             {EN: "65 pairs of runs are asked for; this lab plays 1 to 64.", ID: "Diminta 65 pasangan simulasi; lab ini memainkan 1 sampai 64."},
		`{"scenario":"ban","buyers":99}`:        {EN: "99 simulated buyers are asked for; this lab plays 100 to 20000.", ID: "Diminta 99 pembeli yang disimulasikan; lab ini memainkan 100 sampai 20000."},
		`{"scenario":"pilt"}`:                   {EN: "There is no scenario “pilt” in the library.", ID: "Tidak ada skenario “pilt” di pustaka."},
		"/api/runs/" + some:                     {EN: "There is no such run here; ask for it again: the same settings lead to the same run.", ID: "Simulasi itu tidak ada di sini; mintalah lagi: pengaturan yang sama menuju simulasi yang sama."},
		"/api/scenarios/pilt":                   {EN: "There is no scenario “pilt” in the library.", ID: "Tidak ada skenario “pilt” di pustaka."},
		"/api/runs/abc":                         {}, // only a program can ask that
		"/api/compare?a=" + some + "&b=" + some: {EN: "There is no such run here; ask for it again: the same settings lead to the same run.", ID: "Simulasi itu tidak ada di sini; mintalah lagi: pengaturan yang sama menuju simulasi yang sama."},
	} {
		method, at, body := http.MethodGet, path, any(nil)
		if path[0] == '{' {
			method, at, body = http.MethodPost, "/api/runs", path
		}
		_, b := d.do(t, d.request(t, method, at, body))
		var told struct{ Error reply }
		if err := json.Unmarshal(b, &told); err != nil || told.Error.Said != want {
			t.Errorf("%s: %v, %s", path, err, b)
		}
	}
}

// A page elsewhere can neither read nor start anything here, and a page of ours loads nothing from elsewhere.
func TestOthersAreKeptOut(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	for _, host := range []string{"evil.example", "evil.example:80", "127.0.0.1.evil.example", ""} {
		r := d.request(t, http.MethodGet, "/api/scenarios", nil)
		if r.Host = host; host == "" {
			r.Host = "192.168.1.7"
		}
		if x, b := d.do(t, r); x.StatusCode != http.StatusMisdirectedRequest || strings.Contains(string(b), "pilot") {
			t.Errorf("host %q: %s", host, x.Status)
		}
	}
	for header, value := range map[string]string{"Origin": "http://evil.example", "Sec-Fetch-Site": "cross-site"} {
		for _, method := range []string{http.MethodPost, http.MethodDelete} {
			r := d.request(t, method, "/api/runs", lab.Request{World: lab.World{Scenario: "ban"}})
			if method == http.MethodDelete {
				r.URL.Path += "/" + strings.Repeat("a", 32)
			}
			r.Header.Set(header, value)
			if x, _ := d.do(t, r); x.StatusCode != http.StatusForbidden {
				t.Errorf("%s with %s %s: %s", method, header, value, x.Status)
			}
		}
	}
	x, _ := d.do(t, d.request(t, http.MethodGet, "/", nil))
	for name, want := range map[string]string{"Content-Security-Policy": "default-src 'self'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"} {
		if got := x.Header.Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: %q", name, got)
		}
	}
	if strings.Contains(x.Header.Get("Content-Security-Policy"), "unsafe-eval") || x.Header.Get("Access-Control-Allow-Origin") != "" {
		t.Error("scripts from elsewhere")
	}
}

// Names that people gave are shown as text.
func TestNamesAreEscaped(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	x := lab.Request{World: lab.World{Text: "scenario: x\ntitle: <img src=x onerror=alert(1)>\nextends: ban\n"}, N: 1, Buyers: 100}
	var s status
	d.post(t, "/api/runs", x, http.StatusAccepted, &s)
	text := string(d.get(t, "/plain/runs/"+s.Key, nil))
	if strings.Contains(text, "<img") || !strings.Contains(text, "&lt;img") {
		t.Errorf("%.600s", text)
	}
	d.call(t, http.MethodDelete, "/api/runs/"+s.Key, nil, http.StatusOK, nil)
}

// A browser that asks too fast, or watches in too many tabs, is told to wait; others are not.
func TestRations(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	codes := map[int]int{}
	for range 40 {
		x, _ := d.do(t, d.request(t, http.MethodPost, "/api/runs", "{}"))
		codes[x.StatusCode]++
	}
	if codes[http.StatusTooManyRequests] < 10 || codes[http.StatusBadRequest] < 10 {
		t.Errorf("of 40 requests at once: %v", codes)
	}
	other := &desk{d.lab, d.server, browser(t)}
	other.post(t, "/api/runs", "{}", http.StatusBadRequest, nil)
	g := newGuard(&Options{})
	r := g.greet(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, "/", nil))
	var leave func()
	for range mostStreams {
		var err error
		if leave, err = g.enter(r); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := g.enter(r); err == nil || !strings.Contains(err.Error(), "too many Pasar tabs") {
		t.Errorf("one stream more: %v", err)
	}
	leave()
	if _, err := g.enter(r); err != nil {
		t.Error(err)
	}
}

// A class needs its code once for a browser, may look and play quick runs, and no more; whoever sits at the machine needs none.
func TestClass(t *testing.T) {
	d := newDesk(t, Options{Code: "QWERTY", Hosts: []string{"10.0.0.7"}, Workers: 1})
	student := map[string]*http.Cookie{}
	ask := func(who, method, path, body string) (int, string) {
		r := httptest.NewRequest(method, "http://10.0.0.7:8080"+path, strings.NewReader(body))
		r.RemoteAddr = "10.0.0.99:1234"
		if c := student[who]; c != nil {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		d.lab.ServeHTTP(w, r)
		for _, c := range w.Result().Cookies() {
			student[who] = c
		}
		return w.Code, w.Body.String()
	}
	for _, path := range []string{"/", "/api/scenarios", "/api/runs", "/report/x.html", "/assets/x.js"} {
		if code, text := ask("ann", "GET", path, ""); code != http.StatusForbidden || strings.Contains(text, "Seperti") || path == "/" && !(strings.Contains(text, "<form") && strings.Contains(text, "<h1>Class</h1>")) {
			t.Errorf("%s without the code: %d %.100s", path, code, text)
		}
	}
	if code, _ := ask("ann", "POST", "/api/join", `{"code":"QWERTX"}`); code != http.StatusForbidden {
		t.Errorf("a wrong code: %d", code)
	}
	if code, text := ask("ann", "POST", "/api/join", `{"code":" qwerty "}`); code != http.StatusNoContent {
		t.Errorf("the code: %d %s", code, text)
	}
	if code, text := ask("ann", "GET", "/api/meta", ""); code != http.StatusOK || !strings.Contains(text, `"shared":true`) || !strings.Contains(text, `"buyers":2000,"n":8`) {
		t.Errorf("with the code: %d %.300s", code, text)
	}
	if code, text := ask("ann", "POST", "/api/runs", `{"scenario":"ban","buyers":20000}`); code != http.StatusBadRequest || !strings.Contains(text, "100 to 2000") {
		t.Errorf("a large run: %d %s", code, text)
	}
	if code, text := ask("ann", "POST", "/api/runs", `{"scenario":"ban","n":9}`); code != http.StatusBadRequest {
		t.Errorf("a long run: %d %s", code, text)
	}
	if code, _ := ask("bob", "GET", "/api/scenarios", ""); code != http.StatusForbidden {
		t.Errorf("another browser: %d", code)
	}
	d.get(t, "/api/scenarios", nil) // at the machine itself
	for range 200 {
		ask("eve", "POST", "/api/join", `{"code":"AAAAAA"}`)
	}
	if code, _ := ask("eve", "POST", "/api/join", `{"code":"QWERTY"}`); code != http.StatusForbidden {
		t.Error("two hundred codes can be tried at once")
	}
}

// The front end asks for the code itself, so that a link that the class was given leads where it should; it tells nothing before.
func TestClassDoor(t *testing.T) {
	d := newDesk(t, Options{Code: "QWERTY", Hosts: []string{"10.0.0.7"}, UI: fstest.MapFS{"index.html": {Data: []byte("the front end")}, "assets/x.js": {Data: []byte("its script")}}})
	for path, want := range map[string]int{"/": http.StatusOK, "/assets/x.js": http.StatusOK, "/plain/style.css": http.StatusOK, "/plain": http.StatusForbidden,
		"/api/meta": http.StatusForbidden, "/assets/../api/runs": http.StatusNotFound, "/assets/y.js": http.StatusNotFound} {
		r := httptest.NewRequest(http.MethodGet, "http://10.0.0.7:8080"+path, nil)
		r.RemoteAddr = "10.0.0.99:1234"
		w := httptest.NewRecorder()
		d.lab.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("%s: %d %.100s", path, w.Code, w.Body)
		}
	}
}

// Codes have six letters and differ.
func TestCode(t *testing.T) {
	seen := map[string]bool{}
	for range 50 {
		c := Code()
		if len(c) != 6 || strings.Trim(c, "ABCDEFGHJKLMNPQRTUVWXYZ") != "" || seen[c] {
			t.Errorf("code %q", c)
		}
		seen[c] = true
	}
}

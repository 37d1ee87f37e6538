package serve

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"

	"golang.org/x/time/rate"

	"pasar/scenarios/lab"
)

// A guard decides what a request may do: whence it may come, how often, and how much it may ask for.
//
// A lab that only this machine reaches is open to whoever sits at it, under its own names only, so that a page elsewhere cannot talk to it
// by a name that leads here. In a class a code opens it once for a browser; from then on a cookie does. Whoever sits at the machine that
// runs the class needs no code, and may play large runs.
type guard struct {
	hosts  []string
	code   string
	door   http.HandlerFunc // what a page of a class is for who has not typed the code
	same   *http.CrossOriginProtection
	trials *rate.Limiter // of codes, by all together

	mu       sync.Mutex
	visitors map[string]*visitor
}

// A visitor is a browser, by its cookie.
type visitor struct {
	asks    *rate.Limiter
	tales   *rate.Limiter
	streams int
	member  bool // of the class
}

// What is rationed.
type ration uint8

const (
	asking  ration = iota // for runs
	telling               // of stories and reports
)

const (
	cookieName   = "pasar"
	mostVisitors = 4096
	mostStreams  = 12
)

func newGuard(o *Options) *guard {
	return &guard{hosts: append([]string{"localhost", "127.0.0.1", "::1"}, o.Hosts...), code: o.Code, same: http.NewCrossOriginProtection(),
		trials: rate.NewLimiter(4, 20), visitors: map[string]*visitor{}}
}

// pagePolicy lets a page load nothing from elsewhere.
const pagePolicy = "default-src 'self'; img-src 'self' blob: data:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"

// around guards a handler.
func (g *guard) around(h http.Handler) http.Handler {
	h = g.same.Handler(h)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range map[string]string{ // each is set once
			"Content-Security-Policy": pagePolicy, "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
		} {
			w.Header().Set(name, value)
		}
		if !slices.Contains(g.hosts, hostOf(r.Host)) {
			sendStatus(w, http.StatusMisdirectedRequest, map[string]reply{"error": {Message: "this lab is not called by that name; allowed: " + strings.Join(g.hosts, ", ")}})
			return
		}
		r = g.greet(w, r)
		if !g.may(r) {
			g.ask(w, r)
			return
		}
		h.ServeHTTP(w, r)
	})
}

func hostOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// visitorKey is where a request carries the browser's id.
type visitorKey struct{}

// clientOf is the id of the browser of a request.
func clientOf(r *http.Request) string {
	id, _ := r.Context().Value(visitorKey{}).(string)
	return id
}

// tabHeader is where a page says which tab of its browser it is.
const tabHeader = "X-Pasar-Tab"

// waiterOf is the id of the tab of a request: two tabs of a browser wait each for itself, and one that moves on leaves the other its run.
func waiterOf(r *http.Request) string {
	tab := r.Header.Get(tabHeader)
	if len(tab) > 16 || strings.Trim(tab, "0123456789abcdefghijklmnopqrstuvwxyz") != "" {
		tab = ""
	}
	return clientOf(r) + "." + tab
}

// browserOf is the browser of a tab: turns and limits go by browsers, so that nobody gets more by opening tabs.
func browserOf(waiter string) string {
	browser, _, _ := strings.Cut(waiter, ".")
	return browser
}

// greet knows a browser by its cookie, or gives it one.
func (g *guard) greet(w http.ResponseWriter, r *http.Request) *http.Request {
	id := ""
	if c, err := r.Cookie(cookieName); err == nil && len(c.Value) == 26 && strings.Trim(c.Value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == "" {
		id = c.Value
	} else {
		id = rand.Text()
		http.SetCookie(w, &http.Cookie{Name: cookieName, Value: id, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, MaxAge: 30 * 24 * 3600})
	}
	return r.WithContext(context.WithValue(r.Context(), visitorKey{}, id))
}

// visitor is what is known of the browser of a request; the guard is locked.
func (g *guard) visitor(r *http.Request) *visitor {
	id := clientOf(r)
	v := g.visitors[id]
	if v == nil {
		for old, x := range g.visitors { // any that is not in use will do
			if len(g.visitors) < mostVisitors {
				break
			}
			if x.streams == 0 && !x.member {
				delete(g.visitors, old)
			}
		}
		v = &visitor{asks: rate.NewLimiter(4, 16), tales: rate.NewLimiter(1, 6)}
		g.visitors[id] = v
	}
	return v
}

// host tells whether a request comes from the machine that runs the lab.
func (g *guard) host(r *http.Request) bool {
	name, _, err := net.SplitHostPort(r.RemoteAddr)
	ip := net.ParseIP(name)
	return g.code == "" || err == nil && ip != nil && ip.IsLoopback()
}

// may tells whether a request may pass at all.
func (g *guard) may(r *http.Request) bool {
	if g.host(r) || r.URL.Path == "/api/join" || r.URL.Path == "/join" {
		return true
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.visitor(r).member
}

// ask asks for the code of the class.
func (g *guard) ask(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		sendStatus(w, http.StatusForbidden, map[string]reply{"error": {Message: "this lab belongs to a class: send its code to /api/join first"}})
		return
	}
	g.door(w, r)
}

// admit tries a code.
func (g *guard) admit(r *http.Request, code string) bool {
	if !g.trials.Allow() {
		return false
	}
	code = strings.ToUpper(strings.TrimSpace(code))
	if g.code == "" || subtle.ConstantTimeCompare([]byte(code), []byte(g.code)) != 1 {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.visitor(r).member = true
	return true
}

// limits are the most that a request may ask for: in a class, quick runs.
func (g *guard) limits(r *http.Request, l lab.Limits) lab.Limits {
	if !g.host(r) {
		l.Buyers, l.N = lab.QuickBuyers, lab.QuickReps
	}
	return l
}

// spend takes one from a browser's ration.
func (g *guard) spend(r *http.Request, what ration) error {
	g.mu.Lock()
	defer g.mu.Unlock()
	v := g.visitor(r)
	left := v.asks
	if what == telling {
		left = v.tales
	}
	if !left.Allow() {
		return refuseIn(http.StatusTooManyRequests, "too many requests from this browser; wait a moment", "terlalu banyak permintaan dari peramban ini; tunggu sebentar")
	}
	return nil
}

// enter counts a stream of a browser, until leave.
func (g *guard) enter(r *http.Request) (leave func(), err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	v := g.visitor(r)
	if v.streams >= mostStreams {
		return nil, refuse(http.StatusTooManyRequests, "too many Pasar tabs are open in this browser")
	}
	v.streams++
	return func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		v.streams--
	}, nil
}

// Code makes a code for a class: six letters that cannot be mistaken for each other.
func Code() string {
	const letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
	code := ""
	for len(code) < 6 {
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails
		if int(b[0]) < 256/len(letters)*len(letters) {
			code += string(letters[int(b[0])%len(letters)])
		}
	}
	return code
}

func (l *Lab) join(w http.ResponseWriter, r *http.Request) error {
	var x struct {
		Code string `json:"code"`
	}
	if err := read(w, r, &x); err != nil {
		return err
	}
	if !l.guard.admit(r, x.Code) {
		return refuse(http.StatusForbidden, "that is not the code of this class")
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

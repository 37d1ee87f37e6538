package serve

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// A tab that moves on leaves another tab of its browser its run, and two tabs have the turns of one browser.
func TestTabs(t *testing.T) {
	p := idle(t, t.TempDir())
	r := p.order1(t, "ann.1", world("params.disc.rho=.3", 2, 200))
	p.order1(t, "ann.2", world("params.disc.rho=.3", 2, 200))
	p.cancel("ann.1", r.Key)
	x := p.take(t)
	if x == nil || x.main.Key != r.Key {
		t.Fatal("the run of the other tab was given up")
	}
	p.take(t) // ann's first look is under way
	p.order1(t, "ann.3", world("params.disc.rho=.4", 2, 200))
	bob := p.order1(t, "bob.1", world("params.disc.rho=.5", 2, 200))
	if y := p.take(t); y == nil || y.main.Key != bob.Key {
		t.Error("a new tab has a turn of its own")
	}

	for header, want := range map[string]string{"": ".", "k3x9": ".k3x9", "K3": ".", "a.b": ".", strings.Repeat("a", 17): "."} {
		q := httptest.NewRequest(http.MethodGet, "/", nil)
		q.Header.Set(tabHeader, header)
		if got := waiterOf(q); got != want || browserOf(got) != "" {
			t.Errorf("%q: %q", header, got)
		}
	}
}

package serve

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"pasar/scenarios/lab"
)

func TestMain(m *testing.M) {
	code := func() int {
		dir, err := os.MkdirTemp("", "pasar-serve-*")
		if err != nil {
			panic(err)
		}
		defer os.RemoveAll(dir)
		folder = dir
		code := m.Run()
		if shared != nil {
			shared.server.Close()
			shared.lab.Close()
		}
		return code
	}()
	if code == 0 {
		if err := goleak.Find(goleak.IgnoreTopFunction("internal/poll.runtime_pollWait"),
			goleak.IgnoreAnyFunction("github.com/nats-io/nats.go/jetstream.(*jetStream).resetPendingAcksOnReconnect")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			code = 1
		}
	}
	os.Exit(code)
}

var folder string

// A desk is a lab with a browser that talks to it.
type desk struct {
	lab    *Lab
	server *httptest.Server
	client *http.Client
}

// shared is the desk of tests that only read: there are two runs that are done.
var (
	shared    *desk
	shareOnce sync.Once
	mainKey   string
	baseKey   string
)

// small is a world of a few months that ends soon after the closure of 2023.
func small(extends string) lab.World {
	return lab.World{Text: "scenario: small-" + extends + "\nextends: " + extends + "\nworld: {start: 2023-03-27, burn_in: 7d}\n", Until: "2023-10-31"}
}

// pair is a request for a small world with a closure beside one without.
func pair(n int) lab.Request {
	base := small("no-ban")
	return lab.Request{World: small("ban"), Base: &base, N: n, Buyers: 110}
}

func done(t *testing.T) *desk {
	t.Helper()
	shareOnce.Do(func() {
		shared = openDesk(t, Options{Dir: filepath.Join(folder, "shared")})
		var s status
		shared.post(t, "/api/runs", pair(8), http.StatusAccepted, &s)
		mainKey, baseKey = s.Key, s.BaseKey
		shared.await(t, mainKey, over)
		shared.await(t, baseKey, over)
	})
	if baseKey == "" {
		t.Fatal("there are no runs to look at")
	}
	return shared
}

// desk is one of a test of its own.
func newDesk(t *testing.T, o Options) *desk {
	t.Helper()
	if o.Dir == "" {
		o.Dir = t.TempDir()
	}
	d := openDesk(t, o)
	t.Cleanup(func() {
		d.server.Close()
		d.lab.Close()
	})
	return d
}

func openDesk(t *testing.T, o Options) *desk {
	t.Helper()
	o.Version = "test"
	l, err := Open(o)
	if err != nil {
		t.Fatal(err)
	}
	return &desk{l, httptest.NewServer(l), browser(t)}
}

func browser(t *testing.T) *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// do sends a request and reads all of the answer.
func (d *desk) do(t *testing.T, r *http.Request) (*http.Response, []byte) {
	t.Helper()
	x, err := d.client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer x.Body.Close()
	b, err := io.ReadAll(x.Body)
	if err != nil {
		t.Fatal(err)
	}
	return x, b
}

func (d *desk) request(t *testing.T, method, path string, body any) *http.Request {
	t.Helper()
	var in io.Reader
	switch b := body.(type) {
	case nil:
	case string:
		in = strings.NewReader(b)
	default:
		data, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		in = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, d.server.URL+path, in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (d *desk) get(t *testing.T, path string, into any) []byte {
	t.Helper()
	return d.call(t, http.MethodGet, path, nil, http.StatusOK, into)
}

func (d *desk) post(t *testing.T, path string, body any, want int, into any) []byte {
	t.Helper()
	return d.call(t, http.MethodPost, path, body, want, into)
}

func (d *desk) call(t *testing.T, method, path string, body any, want int, into any) []byte {
	t.Helper()
	x, b := d.do(t, d.request(t, method, path, body))
	if x.StatusCode != want {
		t.Fatalf("%s %s: %s instead of %d: %.400s", method, path, x.Status, want, b)
	}
	if into != nil {
		if err := json.Unmarshal(b, into); err != nil {
			t.Fatalf("%s %s: %v: %.200s", method, path, err, b)
		}
	}
	return b
}

// await waits until a run is in a state.
func (d *desk) await(t *testing.T, key, state string) (s status) {
	t.Helper()
	for range 9000 {
		if d.get(t, "/api/runs/"+key, &s); s.State == state {
			return s
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("run %s is still %s, %d of %d, after three minutes", key, s.State, s.Done, s.N)
	return s
}

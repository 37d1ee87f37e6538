package crowd

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"time"

	"github.com/klauspost/compress/gzip"
)

// A browser is one of a crowd, with cookies and luck of its own.
type browser struct {
	o    *Options
	t    *tally
	http *http.Client
	luck *rand.Rand
}

func newBrowser(o *Options, t *tally, number int) (*browser, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	return &browser{o, t, &http.Client{Jar: jar, Transport: &http.Transport{MaxConnsPerHost: 6}}, rand.New(rand.NewPCG(o.Seed, uint64(number)))}, nil
}

// close lets go of connections.
func (b *browser) close() { b.http.CloseIdleConnections() }

// An answer is one other than 2xx.
type answer struct {
	what   string
	status int
	text   string
}

func (a *answer) Error() string { return fmt.Sprintf("%s: %d: %.200s", a.what, a.status, a.text) }

// call asks and waits for the whole answer, which is timed as a page. It comes packed, as to any browser, and only what is needed of it is unpacked:
// what screens do with the rest takes processors that are not the lab's.
func (b *browser) call(ctx context.Context, method, path string, body, into any) error {
	begin := time.Now()
	r, err := b.send(ctx, method, path, body)
	if err != nil {
		return err
	}
	defer r.Body.Close()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	b.t.took(page, time.Since(begin))
	if r.StatusCode/100 == 2 && into == nil {
		return nil
	}
	if r.Header.Get("Content-Encoding") == "gzip" {
		z, err := gzip.NewReader(bytes.NewReader(text))
		if err != nil {
			return err
		}
		if text, err = io.ReadAll(z); err != nil {
			return err
		}
	}
	if r.StatusCode/100 != 2 {
		err := &answer{method + " " + path, r.StatusCode, string(text)}
		b.t.refused(err)
		return err
	}
	return json.Unmarshal(text, into)
}

func (b *browser) send(ctx context.Context, method, path string, body any) (*http.Response, error) {
	var in io.Reader
	if body != nil {
		data, err := json.Marshal(body)
		if err != nil {
			return nil, err
		}
		in = bytes.NewReader(data)
	}
	r, err := http.NewRequestWithContext(ctx, method, b.o.URL+path, in)
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	return b.http.Do(r)
}

func (b *browser) get(ctx context.Context, path string, into any) error {
	return b.call(ctx, http.MethodGet, path, nil, into)
}

// enter joins the class, if there is one.
func (b *browser) enter(ctx context.Context) error {
	if b.o.Code == "" {
		return nil
	}
	return b.call(ctx, http.MethodPost, "/api/join", map[string]string{"code": b.o.Code}, nil)
}

// A world is what is asked for, as the API has it.
type world struct {
	Scenario string   `json:"scenario"`
	Set      []string `json:"set"`
}

// A request is a world beside its base.
type request struct {
	world
	Base   world `json:"base"`
	N      int   `json:"n,omitempty"`
	Buyers int   `json:"buyers,omitempty"`
}

// A status is what matters here of how far a run is.
type status struct {
	Key     string `json:"key"`
	BaseKey string `json:"base_key"`
	State   string `json:"state"`
	N       int    `json:"n"`
	Done    int    `json:"done"`
	Error   *struct {
		Message string `json:"message"`
	} `json:"error"`
	Sketch *struct {
		N      int `json:"n"`
		Buyers int `json:"buyers"`
	} `json:"sketch"` // what to ask for meanwhile; nil: nothing
}

// over tells whether nothing more comes of a run.
func (s *status) over() bool { return s.State != "queued" && s.State != "running" }

// broken is why a run will not come, if it will not.
func (s *status) broken() error {
	if !s.over() || s.State == "done" {
		return nil
	}
	why := s.State
	if s.Error != nil {
		why += ": " + s.Error.Message
	}
	return fmt.Errorf("run %s is %s", s.Key, why)
}

// ask asks for a run.
func (b *browser) ask(ctx context.Context, q request) (s status, err error) {
	if q.N == 0 {
		q.N, q.Buyers = b.o.N, b.o.Buyers
	}
	if err = b.call(ctx, http.MethodPost, "/api/runs", q, &s); err == nil {
		b.t.asked(s.Key)
	}
	return s, err
}

// An event is one of a stream: how far a run is, or, if it has no key, weeks of it.
type event struct{ status }

// follow hears of a run until it is over or ctx ends. Who reads too slowly misses all but the latest.
func (b *browser) follow(ctx context.Context, key string) (<-chan event, error) {
	r, err := b.send(ctx, http.MethodGet, "/api/runs/"+key+"/events", nil)
	if err != nil {
		return nil, err
	}
	if r.StatusCode != http.StatusOK {
		defer r.Body.Close()
		err := &answer{"events of " + key, r.StatusCode, r.Status}
		b.t.refused(err)
		return nil, err
	}
	news := make(chan event, 1)
	go func() {
		defer close(news)
		defer r.Body.Close()
		name := ""
		in := bufio.NewScanner(r.Body)
		in.Buffer(nil, 4<<20)
		for in.Scan() {
			if x, ok := strings.CutPrefix(in.Text(), "event: "); ok {
				name = x
			}
			data, ok := strings.CutPrefix(in.Text(), "data: ")
			if !ok {
				continue
			}
			var e event
			if name != "frames" && json.Unmarshal([]byte(data), &e.status) != nil {
				continue
			}
			select { // the latest takes the place of one that nobody has read
			case old := <-news:
				if e.Key == "" {
					e = old
				}
			default:
			}
			news <- e
		}
	}()
	return news, nil
}

// sleep waits, unless ctx ends.
func sleep(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

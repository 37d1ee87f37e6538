package serve

import (
	"bufio"
	"encoding/json"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"pasar/scenarios/lab"
)

// A heard is a server-sent event.
type heard struct{ name, data string }

// listen hears a run until the stream ends, or until it has heard enough.
func (d *desk) listen(t *testing.T, key string, enough func(heard) bool) (all []heard) {
	t.Helper()
	x, err := d.client.Do(d.request(t, http.MethodGet, "/api/runs/"+key+"/events", nil))
	if err != nil {
		t.Fatal(err)
	}
	defer x.Body.Close()
	if kind := x.Header.Get("Content-Type"); x.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("%s, %s", x.Status, kind)
	}
	lines := bufio.NewScanner(x.Body)
	lines.Buffer(nil, 1<<20)
	var h heard
	for lines.Scan() {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "event: "):
			h.name = line[7:]
		case strings.HasPrefix(line, "data: "):
			h.data = line[6:]
		case line == "" && h.name != "":
			all = append(all, h)
			if enough(h) {
				return all
			}
			h = heard{}
		}
	}
	return all
}

func never(heard) bool { return false }

// Progress comes first, then weeks in order, and the end last; then the stream ends. What is over ends at once.
func TestEventsInOrder(t *testing.T) {
	d := newDesk(t, Options{Workers: 1})
	var s status
	d.post(t, "/api/runs", pair(2), http.StatusAccepted, &s)
	all := d.listen(t, s.Key, never)
	weeks, frames := map[uint64]string{}, 0
	for _, h := range all {
		if h.name != "frames" {
			continue
		}
		var f framesJSON
		if err := json.Unmarshal([]byte(h.data), &f); err != nil || len(f.Columns) != len(lab.FrameColumns()) {
			t.Fatal(err, h.data)
		}
		for _, data := range f.Frames {
			var x lab.Frame
			if err := json.Unmarshal(data, &x); err != nil {
				t.Fatal(err, string(data))
			}
			if x.Week <= weeks[x.Seed] || len(x.Values) != len(f.Columns) {
				t.Errorf("seed %d: week %s after %s", x.Seed, x.Week, weeks[x.Seed])
			}
			weeks[x.Seed] = x.Week
			frames++
		}
	}
	first, last := all[0], all[len(all)-1]
	if first.name != "progress" || last.name != "done" || frames < 20 {
		t.Errorf("%s to %s with %d weeks", first.name, last.name, frames)
	}
	var end status
	if err := json.Unmarshal([]byte(last.data), &end); err != nil || end.State != over || end.Done != 2 {
		t.Errorf("%v: %+v", err, end)
	}
	if again := d.listen(t, s.Key, never); len(again) != 1 || again[0].name != "done" {
		t.Errorf("a run that is over tells %d things", len(again))
	}
}

// A thousand weeks within a moment are told in few writes, none of them lost, and who comes late hears all there is.
func TestEventsAreBundled(t *testing.T) {
	d := newDesk(t, Options{Dir: filepath.Join(t.TempDir(), "x"), Workers: 1})
	p := d.lab.pool
	main, _, err := (&lab.Request{World: small("ban"), N: 1, Buyers: 110}).Runs("test", d.lab.limits)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	r := p.adopt(main)
	r.begun[0] = true // by nobody: the test plays it
	p.mu.Unlock()
	const many = 1000
	go func() {
		for range many {
			p.frame(r, lab.Frame{Seed: 1, Week: "2023-01-02"})
		}
	}()
	writes, told := 0, 0
	d.listen(t, main.Key, func(h heard) bool {
		if h.name == "frames" {
			var f framesJSON
			_ = json.Unmarshal([]byte(h.data), &f)
			writes, told = writes+1, told+len(f.Frames)
		}
		return told >= many
	})
	if told < many || writes > many/10 {
		t.Errorf("%d weeks in %d writes", told, writes)
	}
	late := 0
	d.listen(t, main.Key, func(h heard) bool {
		var f framesJSON
		_ = json.Unmarshal([]byte(h.data), &f)
		late += len(f.Frames)
		return h.name != "frames"
	})
	if late != many {
		t.Errorf("who comes late hears %d of %d weeks", late, many)
	}
}

package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"pasar/scenarios/lab"
)

// How often a browser is written to.
const (
	writesEvery = 100 * time.Millisecond
	lookEvery   = 500 * time.Millisecond // at a run that has no first look yet
	heartbeat   = 15 * time.Second
	patience    = 10 * time.Second // for a browser that does not read
)

// A stream writes server-sent events.
type stream struct {
	w  http.ResponseWriter
	c  *http.ResponseController
	id int
}

func (s *stream) send(text string) error {
	_ = s.c.SetWriteDeadline(time.Now().Add(patience)) // a writer that has none cannot be slow either
	if _, err := s.w.Write([]byte(text)); err != nil {
		return err
	}
	return s.c.Flush()
}

func (s *stream) event(name string, data any) error {
	b, err := json.Marshal(data)
	if err != nil {
		return err
	}
	s.id++
	return s.send(fmt.Sprintf("id: %d\nevent: %s\ndata: %s\n\n", s.id, name, b))
}

// framesJSON is a bundle of weeks that have just closed.
type framesJSON struct {
	Columns []lab.Column      `json:"columns"`
	Frames  []json.RawMessage `json:"frames"` // each a lab.Frame
}

// events streams how a run comes along. It tells the present state first, whatever the browser has heard before.
func (l *Lab) events(w http.ResponseWriter, r *http.Request) error {
	key, err := l.known(r, "key")
	if err != nil {
		return err
	}
	leave, err := l.guard.enter(r)
	if err != nil {
		return err
	}
	defer leave()
	news, stop, err := l.wire.hear(key)
	if err != nil {
		return err
	}
	defer stop()
	h := w.Header()
	h.Set("Content-Type", "text/event-stream")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no")
	s := &stream{w: w, c: http.NewResponseController(w)}
	var fresh []json.RawMessage
	var now status
	seen := false
	look := func() {
		l.pool.view(key, func(x *run) { now, seen = l.pool.status(x), l.pool.looked(x) })
	}
	l.pool.view(key, func(x *run) {
		for i := range x.N {
			fresh = append(fresh, x.frames[x.Seed+uint64(i)]...)
		}
	})
	base := r.URL.Query().Get("base")
	write := func() (end bool, err error) {
		look()
		if now.Key == "" {
			return true, nil
		}
		if lab.IsKey(base) {
			now.BaseKey = base
		}
		if len(fresh) > 0 {
			if err := s.event("frames", framesJSON{lab.FrameColumns(), fresh}); err != nil {
				return true, err
			}
			fresh = nil
		}
		name := "progress"
		switch now.State {
		case over:
			name = "done"
		case broken, stopped:
			name = "failed"
		}
		return name != "progress", s.event(name, now)
	}
	tick, beat := time.NewTicker(writesEvery), time.NewTicker(heartbeat)
	defer tick.Stop()
	defer beat.Stop()
	if end, err := write(); end || err != nil {
		return nil
	}
	dirty, last := false, time.Now()
	for {
		select {
		case <-r.Context().Done():
			return nil
		case <-l.ctx.Done():
			return nil
		case m := <-news:
			dirty = true
			if len(m.Data) > 0 {
				fresh = append(fresh, m.Data)
			}
		case <-beat.C:
			if s.send(": still here\n\n") != nil {
				return nil
			}
		case <-tick.C:
			if !dirty && (seen || time.Since(last) < lookEvery) { // its place in the queue may have changed, or it stands aside
				continue
			}
			dirty, last = false, time.Now()
			if end, err := write(); end || err != nil {
				return nil
			}
		}
	}
}

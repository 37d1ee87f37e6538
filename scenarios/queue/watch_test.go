package queue

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
)

// Who looks on is told how far the sweep is, who works on it and that nothing has moved for long; and so is every listener, as JSON.
func TestProgress(t *testing.T) {
	t.Parallel()
	c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
	k := begin(t, c, 6, short)
	heard := make(chan *nats.Msg, 100)
	sub, err := c.nc.ChanSubscribe("pasar.sweep.s.progress", heard)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = sub.Unsubscribe() }()
	held := make(chan bool)
	work(t, c, WorkerOptions{Slots: 2}, func(ctx context.Context, j Job) ([]Result, error) {
		if j.Cell.ID >= "c00002" {
			<-held
		}
		return hashes(ctx, j)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	var stuck Progress
	err = k.Watch(ctx, func(e Event) error {
		if p, ok := e.(*Progress); ok && stuck.Done == 0 && p.Done == 2 && p.Running == 2 && p.Workers == 1 && p.Still > 0 {
			stuck = *p
			close(held)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if p := stuck; p.Sweep != "s" || p.Cells != 6 || p.Failed != 0 || p.Queued != 2 || p.Slots != 2 || p.Rate <= 0 || p.Left <= 0 {
		t.Errorf("%+v", p)
	}
	for {
		var p Progress
		select {
		case m := <-heard:
			if err := json.Unmarshal(m.Data, &p); err != nil {
				t.Fatalf("%s: %v", m.Data, err)
			}
		case <-ctx.Done():
			t.Fatal("nobody else was told")
		}
		if p == stuck {
			return
		}
	}
}

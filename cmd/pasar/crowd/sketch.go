package crowd

import (
	"context"
	"net/http"
	"time"
)

const sketchPause = 300 * time.Millisecond // between two questions

// sketch asks for a sketch and draws it, and tells whether it came before ctx ended. One that nobody looks at any more is given up.
func (b *browser) sketch(ctx context.Context, q request) (bool, error) {
	now, err := b.ask(ctx, q)
	for err == nil && ctx.Err() == nil {
		if err := now.broken(); err != nil {
			return false, err
		}
		if now.over() {
			pairs, err := b.draw(ctx, now.Key, now.BaseKey, now.Done)
			if err != nil || pairs >= q.N {
				return err == nil, err
			}
		}
		sleep(ctx, sketchPause)
		now, err = b.status(ctx, now)
	}
	if ctx.Err() != nil && now.Key != "" && !now.over() {
		return false, b.call(context.WithoutCancel(ctx), http.MethodDelete, "/api/runs/"+now.Key, nil, nil)
	}
	return false, err
}

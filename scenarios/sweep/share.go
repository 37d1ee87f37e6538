package sweep

import (
	"context"
	"sync"
)

// Share plays the cells from one up to but not including another without a queue, some at a time, and hands out their runs in order. tell is
// called after each cell. What is not handed out when ctx ends is lost.
func (p *Plan) Share(ctx context.Context, from, to, workers int, tell func(done int)) Rows {
	return func(yield func(Row, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		type played struct {
			runs []*Run
			err  error
		}
		var all sync.WaitGroup
		defer all.Wait()
		defer cancel()
		slots := make(chan struct{}, workers)
		coming := make(chan chan played, 4*workers)
		all.Go(func() {
			defer close(coming)
			for i := from; i < to; i++ {
				one := make(chan played, 1)
				select {
				case coming <- one:
				case <-ctx.Done():
					return
				}
				slots <- struct{}{}
				all.Go(func() {
					defer func() { <-slots }()
					c := p.Cell(i)
					runs, err := p.Play(ctx, p.made(c))
					one <- played{runs, err}
				})
			}
		})
		i := from
		for one := range coming {
			x := <-one
			if x.err != nil {
				yield(Row{}, x.err)
				return
			}
			for w, r := range x.runs {
				if !yield(Row{p.Cell(i), w, r}, nil) {
					return
				}
			}
			i++
			tell(i - from)
		}
		if i < to {
			yield(Row{}, context.Cause(ctx))
		}
	}
}

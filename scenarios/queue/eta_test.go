package queue

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// After a tenth of the cells the time left is right within a fifth, however many slots there are and however much cells differ. The clock is
// that of a made-up sweep.
func TestTimeLeft(t *testing.T) {
	for _, slots := range []int{1, 2, 16} {
		for name, wall := range map[string]func(*rand.Rand) time.Duration{
			"alike": func(*rand.Rand) time.Duration { return 10 * time.Second },
			"varied": func(luck *rand.Rand) time.Duration {
				return time.Duration((1 + luck.ExpFloat64()) * float64(time.Second))
			},
			"two": func(luck *rand.Rand) time.Duration { return time.Second * time.Duration(1+9*luck.IntN(2)) },
		} {
			const cells = 1000
			luck := rand.New(rand.NewPCG(1, uint64(slots)))
			free := make([]time.Duration, slots) // when each slot is free again
			var ends, walls []time.Duration
			for range cells {
				i := slices.Index(free, slices.Min(free))
				w := wall(luck)
				free[i] += w
				ends, walls = append(ends, free[i]), append(walls, w)
			}
			end := slices.Max(free)
			at := slices.Sorted(slices.Values(ends))[cells/10-1] // a tenth is done
			p := Pace{Running: slots}
			for i := range ends {
				if ends[i] <= at {
					p.Done++
					p.Wall += walls[i]
					p.Squares += walls[i].Seconds() * walls[i].Seconds()
				}
			}
			p.Queued = cells - p.Done - p.Running
			left, ok := p.Left()
			if miss := float64(left)/float64(end-at) - 1; !ok || miss < -.2 || miss > .2 {
				t.Errorf("%d slots, cells %s: %v left, told %v (%+.0f %%)", slots, name, end-at, left, 100*miss)
			}
		}
	}
	if left, ok := (Pace{Queued: 5, Running: 1}).Left(); ok {
		t.Errorf("%v left, and nothing is known", left)
	}
	if left, ok := (Pace{Done: 5, Wall: time.Second}).Left(); left != 0 || !ok {
		t.Errorf("%v left, %v, and nothing is to be done", left, ok)
	}
}

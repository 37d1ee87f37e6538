package serve

import (
	"strconv"
	"sync"

	"pasar/scenarios/lab"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// A measured is what was measured of a replication that was played or read lately. A screen asks for it in several ways at once, and a class that
// opens the same run all together; to read it from the store anew for each costs as much as a good part of playing it.
type measured struct {
	mu sync.Mutex
	m  *measure.Run
}

func (*measured) drop() {}

func freshKey(x *lab.Run, rep int) string { return x.Key + strconv.Itoa(rep) }

// of measures a result, if nobody has.
func (k *measured) of(r *play.Result) *measure.Run {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.m == nil {
		k.m = measure.Of(r)
	}
	return k.m
}

// measured is what was measured of a replication that is there.
func (l *Lab) measured(x *lab.Run, rep int) (*measure.Run, error) {
	k := l.pool.fresh.get(freshKey(x, rep), func() *measured { return &measured{} })
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.m == nil {
		r, err := l.result(x, rep)
		if err != nil {
			return nil, err
		}
		k.m = measure.Of(r)
	}
	return k.m, nil
}

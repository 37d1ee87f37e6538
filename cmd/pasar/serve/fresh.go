package serve

import (
	"strconv"
	"sync"

	"pasar/scenarios/lab"
	"pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// What is kept in memory. A replication takes about 430 kB; those of runs that were not asked for lately are read from the store again.
const (
	keptReps  = 400
	keptFresh = 8         // results, of 10 MB each: one sketch with its base, and what two workers have just played
	keptPast  = 128 << 20 // bytes of worlds to begin from, of quick runs and again of sketches
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
func (k *measured) of(result func() (*play.Result, error)) (*measure.Run, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.m == nil {
		r, err := result()
		if err != nil {
			return nil, err
		}
		k.m = measure.Of(r)
	}
	return k.m, nil
}

// measured is what was measured of a replication that is there.
func (l *Lab) measured(x *lab.Run, rep int) (*measure.Run, error) {
	k := l.pool.fresh.get(freshKey(x, rep), func() *measured { return &measured{} })
	return k.of(func() (*play.Result, error) { return l.result(x, rep) })
}

// weight is what a run takes in memory, in replications: those that are done, and about one for all else.
func (r *run) weight() int {
	done, _, _ := r.count()
	return 1 + done
}

// forget drops the runs that were not asked for the longest, if they have too many replications. What is yet to be played takes no room: else a
// class would push out what it has just seen.
func (p *pool) forget() {
	reps := 0
	for _, r := range p.runs { // a sum of integers
		reps += r.weight()
	}
	for reps > keptReps {
		var oldest *run
		for _, r := range p.runs { // the least is one, whatever the order
			if s := r.state(); (s == over || s == broken || s == stopped) && (oldest == nil || r.used < oldest.used) {
				oldest = r
			}
		}
		if oldest == nil {
			return
		}
		delete(p.runs, oldest.Key)
		reps -= oldest.weight()
	}
}

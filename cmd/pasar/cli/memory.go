package cli

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

const (
	bytesABuyer = 1200     // of a market, about, with the buyer's share of all else
	garbage     = 96 << 20 // bytes that may wait for the collector
	ofSweep     = 8 << 20  // that may wait in a sweep, less what each cell takes off it
	bytesACell  = 800      // for the index of its queue, some 400, and for rare moments, of which a long sweep meets more
)

// limitGarbage lets a run leave so much garbage and no more. The memory of a market is states of agents and events under way: it lives as
// long as the run and holds no pointers, so that to collect beside it costs little, and to wait until the heap has doubled, which
// is what Go does by itself, is worth nothing to a large run. GOGC in the environment wins.
func limitGarbage(buyers int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(int(min(100, max(5, 100*garbage/(bytesABuyer*int64(buyers))))))
	}
}

// keepGarbage lets a sweep leave the same garbage whatever it holds, until it is told to stop. What a sweep holds differs while worlds are played and
// results are written; by itself Go would let as much again wait. So what is held is looked at after each collection. The more cells
// there are, the less may wait, so that memory does not grow with them. GOGC in the environment wins.
func keepGarbage(cells int) (stop func()) {
	if os.Getenv("GOGC") != "" {
		return func() {}
	}
	t := &tidier{most: max(ofSweep-bytesACell*cells, ofSweep/2)}
	before := debug.SetGCPercent(t.percent(held()))
	t.wait()
	return func() {
		t.over.Store(true)
		debug.SetGCPercent(before)
	}
}

// A tidier is one keepGarbage.
type tidier struct {
	most int // bytes that may wait
	over atomic.Bool
}

// wait is until the next collection: it finds what nobody holds.
func (t *tidier) wait() {
	runtime.AddCleanup(&struct{ p *int }{}, func(t *tidier) {
		if !t.over.Load() {
			debug.SetGCPercent(t.percent(held()))
			t.wait()
		}
	}, t)
}

// held is what the last collection left, in bytes.
func held() uint64 {
	s := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

// percent is how much may wait in a sweep, in per cent of what is held.
func (t *tidier) percent(held uint64) int {
	return int(min(100, max(5, 100*uint64(t.most)/max(held, 1))))
}

package cli

import (
	"os"
	"runtime/debug"
	"runtime/metrics"
)

const (
	bytesABuyer = 1200     // of a market, about, with the buyer's share of all else
	garbage     = 96 << 20 // bytes that may wait for the collector
	ofSweep     = 16 << 20 // that may wait in a sweep
)

// limitGarbage lets a run leave so much garbage and no more. The memory of a market is states of agents and events under way: it lives as
// long as the run and holds no pointers, so that to collect beside it costs little, and to wait until the heap has doubled, which
// is what Go does by itself, is worth nothing to a large run. GOGC in the environment wins.
func limitGarbage(buyers int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(int(min(100, max(5, 100*garbage/(bytesABuyer*int64(buyers))))))
	}
}

// keepGarbage lets a sweep leave the same garbage at each size. What its queue holds grows with the runs; by itself Go would let as much again
// wait. It is called again and again, since it looks at what is held now.
func keepGarbage() {
	if os.Getenv("GOGC") != "" {
		return
	}
	held := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(held)
	debug.SetGCPercent(int(min(100, 100*ofSweep/max(held[0].Value.Uint64(), 1))))
}

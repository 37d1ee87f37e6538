package cli

import (
	"runtime"
	"runtime/metrics"
	"testing"
)

// Whatever a sweep holds, the same may wait beside it, but where that is little to begin with or hardly anything.
func TestPercent(t *testing.T) {
	for _, x := range []struct {
		held uint64
		want int
	}{{0, 100}, {4 << 20, 100}, {ofSweep, 100}, {4 * ofSweep, 25}, {1 << 40, 5}} {
		if got := (&tidier{most: ofSweep}).percent(x.held); got != x.want {
			t.Errorf("%d MB held: %d %%, not %d", x.held>>20, got, x.want)
		}
	}
}

// The collector follows what is held, up and down, and is left as it was found. Beside many cells less may wait, but no less than half.
func TestKeepGarbage(t *testing.T) {
	t.Setenv("GOGC", "")
	before := gogc()
	for _, x := range []struct {
		cells int
		most  uint64
	}{{0, 13}, {2500, 10}, {5000, 7}, {1 << 30, 7}} {
		stop := keepGarbage(x.cells)
		large := make([]byte, 8*ofSweep)
		follow(t, func(now uint64) bool { return now <= x.most })
		runtime.KeepAlive(large)
		follow(t, func(now uint64) bool { return now > 13 })
		if stop(); gogc() != before {
			t.Errorf("it was %d %% and is %d %%", before, gogc())
		}
	}
}

// follow collects until what may wait is as it should be.
func follow(t *testing.T, good func(now uint64) bool) {
	t.Helper()
	for range 1000 {
		if good(gogc()) {
			return
		}
		runtime.GC()
	}
	t.Fatalf("after 1000 collections it is %d %%", gogc())
}

// gogc is how much may wait, in per cent of what is held.
func gogc() uint64 {
	s := []metrics.Sample{{Name: "/gc/gogc:percent"}}
	metrics.Read(s)
	return s[0].Value.Uint64()
}

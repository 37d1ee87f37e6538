package sweep

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"sync"
	"testing"
	"time"

	"pasar/scenarios/queue"
)

// Whoever collects 10,000 runs needs little more memory than who collects 100: nothing of a run is held but where it lies, and its names in the index of
// JetStream, together a quarter of a kilobyte. The runs are made up here, so that it is the collecting that is measured: two worlds, two outcomes, a series
// of 78 weeks. They come faster than any that are played, so that JetStream has many blocks at hand; these it lets go ten seconds later. PASAR_NIGHTLY=1.
func TestFlatMemory(t *testing.T) {
	if n, err := strconv.Atoi(os.Getenv("PASAR_SWEEP_RUNS")); err == nil {
		collectMadeUp(t, n)
		return
	}
	if os.Getenv("PASAR_NIGHTLY") == "" {
		t.Skip("nightly: it writes 10,000 runs to disk")
	}
	var live [2]int
	for i, n := range []int{100, 10_000} {
		c := exec.Command(os.Args[0], "-test.run", "^TestFlatMemory$", "-test.v")
		c.Env = append(os.Environ(), "PASAR_SWEEP_RUNS="+strconv.Itoa(n))
		out, err := c.CombinedOutput()
		m := regexp.MustCompile(`live (\d+) kB`).FindSubmatch(out)
		if err != nil || m == nil {
			t.Fatalf("%v\n%s", err, out)
		}
		live[i], _ = strconv.Atoi(string(m[1]))
		t.Logf("%s", bytes.TrimSpace(out))
	}
	if most := live[0] + moreIndex>>10; live[1] > most {
		t.Errorf("%d kB are held after 100 runs, %d kB after 10,000, which is more than %d", live[0], live[1], most)
	}
}

// moreIndex is what 10,000 runs may hold more than 100, in bytes.
const moreIndex = 3 << 20

const keepOne = "keep: [gmv.storefront.tiktok by week]\n"

// connected is a connection with a queue of its own.
func connected(t *testing.T) *queue.Conn {
	t.Helper()
	s, err := queue.Serve(queue.ServerOptions{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	c, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// served is a plan in a queue of its own, and what hands its cells to a handler.
func served(t *testing.T, p *Plan) (*queue.Coordinator, func(queue.Handler)) {
	t.Helper()
	c := connected(t)
	k, err := c.Begin(t.Context(), p.QueueID(), p.Version, p.Job, queue.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return k, func(play queue.Handler) {
		var all sync.WaitGroup
		ctx, cancel := context.WithCancel(t.Context())
		all.Go(func() { _ = c.Work(ctx, queue.WorkerOptions{Version: p.Version, Slots: 2}, play) })
		t.Cleanup(func() { cancel(); all.Wait() })
	}
}

// live is what is held, in bytes.
func live() uint64 {
	var heap runtime.MemStats
	runtime.GC()
	runtime.GC() // what lies in pools goes at the second
	runtime.ReadMemStats(&heap)
	return heap.HeapAlloc
}

func collectMadeUp(t *testing.T, runs int) {
	p := planned(t, keepOne)
	p.Reps = runs / len(p.Points) / len(p.Worlds)
	k, work := served(t, p)
	work(p.madeUp)
	dir, begin := t.TempDir(), time.Now()
	all, err := p.collect(t.Context(), k, dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer all.close()
	played := time.Since(begin)
	busy := live()
	time.Sleep(12 * time.Second) // after ten, JetStream lets go of what it had at hand
	calm := live()
	begin = begin.Add(12 * time.Second)
	if _, err := p.Write(dir, all.rows(), "en", nil); err != nil {
		t.Fatal(err)
	}
	peak := []byte("unknown") // but on Linux
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		peak = regexp.MustCompile(`VmHWM:\s+(\d+ kB)`).FindSubmatch(status)[1]
	}
	fmt.Printf("%d runs: live %d kB, while busy %d kB, peak %s, %v to queue, play and collect, %v to write the results\n",
		p.Size()*len(p.Worlds), calm>>10, busy>>10, peak, played.Round(time.Millisecond), (time.Since(begin) - played).Round(time.Millisecond))
}

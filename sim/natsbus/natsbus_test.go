package natsbus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"go.uber.org/goleak"

	"pasar/sim"
	"pasar/sim/natsd"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func open(t *testing.T, o Options) *Bus {
	t.Helper()
	if o.Run == "" {
		o.Run = "test"
	}
	b, err := Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Close(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// outside is a NATS server of its own that several buses share, as several processes do.
func outside(t *testing.T) string {
	t.Helper()
	s, err := natsd.Start(&server.Options{Port: server.RANDOM_PORT})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s.ClientURL()
}

// pair is two processes of one run.
func pair(t *testing.T, o Options) [2]*Bus {
	t.Helper()
	var b [2]*Bus
	var all sync.WaitGroup
	o.Run, o.Procs = "test", 2
	for i := range b {
		o := o
		o.Proc = i
		all.Go(func() {
			var err error
			if b[i], err = Open(t.Context(), o); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	t.Cleanup(func() {
		for _, x := range b {
			if x != nil {
				x.Close()
			}
		}
	})
	if t.Failed() {
		t.FailNow()
	}
	return b
}

// stranger is a connection that is no part of the run but can reach everything.
func stranger(t *testing.T, b *Bus) *nats.Conn {
	t.Helper()
	c, err := b.dial("stranger")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

func wants(t *testing.T, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Fatal("no error")
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("error %q does not say %q", err, w)
		}
	}
}

// content is what `from` says to `to` in a round: anybody can work it out, so the receiver checks every byte.
func content(from, to int, round uint64, memory []byte) []byte {
	luck := rand.New(rand.NewPCG(round, uint64(from*100+to)))
	size := luck.IntN(4000)
	switch n := luck.IntN(1000); {
	case n < 100:
		size = 0
	case n < 200:
		size = partSize*(1+luck.IntN(4)) + luck.IntN(3) - 1 // around the seams
	case n < 215:
		size = luck.IntN(1 << 20)
	case n < 217:
		size = 4<<20 + luck.IntN(1<<20)
	}
	b := memory[:0]
	for x := luck.Uint64() | 1; len(b) < size; x *= 0x9e3779b97f4a7c15 {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	return b[:size]
}

func play(t *testing.T, bus *Bus, shards, shard int, rounds uint64, slow func(uint64)) {
	out, memory := make([][]byte, shards), make([][]byte, shards)
	var expect []byte
	for r := range rounds {
		for to := range out {
			if memory[to] = content(shard, to, r, memory[to]); to != shard {
				out[to] = memory[to]
			}
		}
		in, err := bus.Exchange(t.Context(), shard, r, out)
		if err != nil {
			t.Error(err)
			return
		}
		slow(r)
		for from := range in {
			if from == shard {
				if in[from] != nil {
					t.Errorf("shard %d got a frame from itself", shard)
				}
				continue
			}
			if expect = content(from, shard, r, expect); !bytes.Equal(in[from], expect) {
				t.Errorf("shard %d round %d: wrong frame of shard %d: %d bytes, not %d", shard, r, from, len(in[from]), len(expect))
				return
			}
		}
	}
}

// Shard 1 dawdles before it reads, so the others run ahead while it still uses its frames.
func dawdle(shard int) func(uint64) {
	return func(r uint64) {
		if shard == 1 && r%10 == 0 {
			time.Sleep(2 * time.Millisecond)
		}
	}
}

func rounds(full uint64) uint64 {
	if testing.Short() {
		return full / 10
	}
	return full
}

func TestExchange(t *testing.T) {
	for _, shards := range []int{1, 2, 3, 8} {
		t.Run(fmt.Sprint(shards), func(t *testing.T) {
			bus := open(t, Options{Shards: shards})
			if bus.URL() != "" {
				t.Errorf("a plain bus listens at %s", bus.URL())
			}
			var all sync.WaitGroup
			for s := range shards {
				all.Go(func() { play(t, bus, shards, s, rounds(250), dawdle(s)) })
			}
			all.Wait()
		})
	}
}

func TestProcesses(t *testing.T) {
	for name, o := range map[string]Options{
		"outside server":  {URL: outside(t)},
		"process 0 hosts": {Listen: "127.0.0.1:-1"},
	} {
		t.Run(name, func(t *testing.T) {
			const shards, procs = 5, 3
			o.Run, o.Shards, o.Procs, o.Same = "many", shards, procs, "one"
			var all sync.WaitGroup
			address := make(chan string, procs)
			for p := range procs {
				all.Go(func() {
					o := o
					if o.Proc = p; o.Listen != "" && p > 0 {
						o.Listen, o.URL = "", <-address
					}
					if o.Listen != "" { // the address is known before the others have come
						l, err := net.Listen("tcp", "127.0.0.1:0")
						if err != nil {
							t.Error(err)
							return
						}
						o.Listen = l.Addr().String()
						l.Close()
						for range procs - 1 {
							address <- "nats://" + o.Listen
						}
					}
					bus := retry(t, o)
					if bus == nil {
						return
					}
					var mine sync.WaitGroup
					for s := range shards {
						if bus.Hosts(s) {
							mine.Go(func() { play(t, bus, shards, s, rounds(150), dawdle(s)) })
						}
					}
					mine.Wait()
					if err := bus.Close(); err != nil { // at once, while the others may still need our last frames
						t.Error(err)
					}
				})
			}
			all.Wait()
		})
	}
}

// retry opens a bus when its server may not be there yet.
func retry(t *testing.T, o Options) *Bus {
	for {
		bus, err := Open(t.Context(), o)
		if err == nil {
			return bus
		}
		if !errors.Is(err, nats.ErrNoServers) {
			t.Error(err)
			return nil
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func TestOwner(t *testing.T) {
	for shards := 1; shards < 20; shards++ {
		for procs := 1; procs <= shards; procs++ {
			count := make([]int, procs)
			for s := range shards {
				count[sim.Owner(s, shards, procs)]++
				if s > 0 && sim.Owner(s, shards, procs) < sim.Owner(s-1, shards, procs) {
					t.Errorf("shard %d of %d on %d processes breaks the order", s, shards, procs)
				}
			}
			for p, n := range count {
				if n < shards/procs || n > (shards+procs-1)/procs {
					t.Errorf("process %d of %d hosts %d of %d shards", p, procs, n, shards)
				}
			}
		}
	}
}

func TestOptions(t *testing.T) {
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer taken.Close()
	for _, c := range []struct {
		o     Options
		words string
	}{
		{Options{}, "run name"},
		{Options{Run: "a.b"}, "run name"},
		{Options{Run: "a", Shards: 2, Procs: 2}, "can all reach"},
		{Options{Run: "a", Shards: 1, Procs: 2, URL: "x"}, "too few"},
		{Options{Run: "a", Proc: 1}, "process 1 of 1"},
		{Options{Run: "a", URL: "nats://127.0.0.1:1", Listen: "127.0.0.1:1"}, "not both"},
		{Options{Run: "a", URL: "nats://127.0.0.1:1", Shards: 2}, "no servers"},
		{Options{Run: "a", Listen: "0.0.0.0:4333"}, "not a loopback"},
		{Options{Run: "a", Listen: ":4333"}, "not a loopback"},
		{Options{Run: "a", Listen: "example.org:4333"}, "not a loopback"},
		{Options{Run: "a", Listen: "127.0.0.1"}, "missing port"},
		{Options{Run: "a", Listen: "127.0.0.1:x"}, "not a port"},
		{Options{Run: "a", Listen: taken.Addr().String()}, taken.Addr().String()},
	} {
		_, err := Open(t.Context(), c.o)
		wants(t, err, "natsbus: ", c.words)
	}
}

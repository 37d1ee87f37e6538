//go:build unix

package natsbus

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time of this process so far. Unlike the time on the clock, it hardly depends on what else runs.
func cpu() time.Duration {
	var u syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &u)
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkExchange is one round between two shards that each have a frame for the other.
func BenchmarkExchange(b *testing.B) {
	for _, size := range []int{0, 4 << 10, 256 << 10, 4 << 20} {
		b.Run(fmt.Sprintf("%dKiB", size>>10), func(b *testing.B) {
			bus, err := Open(context.Background(), Options{Run: "bench", Shards: 2})
			if err != nil {
				b.Fatal(err)
			}
			defer bus.Close()
			out := [][]byte{make([]byte, size), make([]byte, size)}
			b.SetBytes(int64(2 * size))
			b.ReportAllocs()
			b.ResetTimer()
			before := cpu()
			var all sync.WaitGroup
			for s := range 2 {
				all.Go(func() {
					for r := range b.N {
						if _, err := bus.Exchange(context.Background(), s, uint64(r), out); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			all.Wait()
			b.ReportMetric(float64(cpu()-before)/float64(b.N), "cpu-ns/op")
		})
	}
}

// BenchmarkWire is one message from one box to another and one back.
func BenchmarkWire(b *testing.B) {
	bus, err := Open(context.Background(), Options{Run: "bench", Boxes: 2})
	if err != nil {
		b.Fatal(err)
	}
	defer bus.Close()
	msg := make([]byte, 64)
	var all sync.WaitGroup
	for s := range 2 {
		all.Go(func() {
			for range b.N {
				err := bus.Say(1-s, msg)
				if err == nil {
					_, err = bus.Hear(context.Background(), s)
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// BenchmarkWireMany is 500 boxes that each send ten messages to others and then hear ten.
func BenchmarkWireMany(b *testing.B) {
	const boxes, each = 500, 10
	bus, err := Open(context.Background(), Options{Run: "bench", Boxes: boxes})
	if err != nil {
		b.Fatal(err)
	}
	defer bus.Close()
	msg := make([]byte, 64)
	b.ResetTimer()
	var all sync.WaitGroup
	for s := range boxes {
		all.Go(func() {
			for range b.N {
				for i := range each {
					if err := bus.Say((s+i*i)%boxes, msg); err != nil {
						b.Error(err)
					}
				}
				for range each {
					if _, err := bus.Hear(context.Background(), s); err != nil {
						b.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)*boxes*each/b.Elapsed().Seconds(), "messages/s")
}

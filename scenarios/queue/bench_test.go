package queue

import (
	"context"
	"runtime"
	"testing"
)

// What the queue costs a job: queued, given to a slot, two results and a record written, acknowledged. Memory is what the process has more
// when all jobs are done than before it began.
//
//	go test -run xxx -bench Sweep -benchtime 1x ./scenarios/queue
func BenchmarkSweep(b *testing.B) {
	for _, x := range []struct {
		name    string
		n       int
		durable bool
	}{{"100", 100, false}, {"10000", 10_000, false}, {"1000-durable", 1000, true}} {
		b.Run(x.name, func(b *testing.B) {
			for b.Loop() {
				before := heap()
				c := link(b, serve(b, ServerOptions{Dir: b.TempDir(), Durable: x.durable}))
				k := begin(b, c, 0, Options{})
				stop := work(b, c, WorkerOptions{Slots: 2}, hashes)
				start := b.Elapsed()
				if _, err := k.Enqueue(b.Context(), x.n, cells(x.n)); err != nil {
					b.Fatal(err)
				}
				queued := b.Elapsed() - start
				err := k.Watch(b.Context(), func(Event) error { return nil })
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(queued.Microseconds())/float64(x.n), "µs/queueing")
				b.ReportMetric(float64((b.Elapsed()-start).Microseconds())/float64(x.n), "µs/job")
				b.ReportMetric(float64(heap()-before)/1e6, "MB")
				stop()
			}
		})
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapInuse + m.StackInuse)
}

// Queueing many cells.
func BenchmarkEnqueue(b *testing.B) {
	const n = 100_000
	for b.Loop() {
		k, err := link(b, serve(b, ServerOptions{Dir: b.TempDir()})).Begin(context.Background(), "s", "v1", study, Options{})
		if err != nil {
			b.Fatal(err)
		}
		for range 2 { // the second time all are queued
			start := b.Elapsed()
			if _, err := k.Enqueue(context.Background(), n, cells(n)); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64((b.Elapsed()-start).Microseconds())/n, "µs/queueing-again")
		}
	}
}

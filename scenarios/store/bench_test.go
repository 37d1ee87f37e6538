package store

import (
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

// BenchmarkStore is what keeping and reading a replication of a quick run takes.
func BenchmarkStore(b *testing.B) {
	s, err := load.Load("pilot", load.Overrides{Buyers: 2_000})
	if err != nil {
		b.Fatal(err)
	}
	r, err := play.Run(b.Context(), s, play.Options{Goroutines: 1})
	if err != nil {
		b.Fatal(err)
	}
	o, err := Open(b.TempDir(), "v")
	if err != nil {
		b.Fatal(err)
	}
	b.Run("put", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := o.Put(r); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("get", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if o.Get(s) == nil {
				b.Fatal("it is not there")
			}
		}
	})
}

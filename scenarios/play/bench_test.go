package play

import (
	"context"
	"strconv"
	"testing"

	"pasar/scenarios/load"
)

// BenchmarkSmall plays the pilot whole at the sizes of sketches, of quick runs and sweeps, on one goroutine as they do.
//
//	go test -run '^$' -bench Small -benchtime 5x ./scenarios/play
func BenchmarkSmall(b *testing.B) {
	for _, buyers := range []int{200, 500, 2000} {
		b.Run(strconv.Itoa(buyers), func(b *testing.B) {
			for b.Loop() {
				s, err := load.Load("pilot", load.Overrides{Buyers: buyers})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := Run(context.Background(), s, Options{Goroutines: 1}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

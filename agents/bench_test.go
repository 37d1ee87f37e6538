package agents

import "testing"

// BenchmarkSolveDelta finds the constants of choice of one set of parameters.
func BenchmarkSolveDelta(b *testing.B) {
	p := params()
	for b.Loop() {
		SolveDelta(p)
	}
}

package design

import (
	"fmt"
	"testing"
)

// Points are the same in every version of the program: a study goes on years later.
func TestPinned(t *testing.T) {
	for _, c := range []struct {
		d    Design
		want string // the third point
	}{
		{Random{4, 1}, "[0.579123730 0.374393221 0.307026023]"},
		{LHS{4, 1}, "[0.081251492 0.415663521 0.175919233]"},
		{Halton{4, 1}, "[0.783752956 0.016494601 0.250571518]"},
		{Sobol{4, 1, false}, "[0.545360271 0.308924035 0.178114902]"},
		{Morris{4, 4, 1}, "[0.333333333 0.333333333 0.000000000]"},
		{Saltelli{4, 1}, "[0.105665340 0.181149870 0.297171762]"},
	} {
		if got := fmt.Sprintf("%.9f", c.d.Points(3)[2]); got != c.want {
			t.Errorf("%T: %q, want %q", c.d, got, c.want)
		}
	}
}

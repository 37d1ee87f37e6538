package lab

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"
)

// A number is written as the shortest text of what its seven digits say, whatever its size, down to where the processor itself keeps fewer digits.
func TestNumberIsShortest(t *testing.T) {
	list := []float64{0, math.Copysign(0, -1), 1, -1, 10, .1, 1e6, 1e7, 1e8, 123456.7, 1234567, 12345678, 9999999.5, 99999995, .00001234567, .99999999, 1e22, 1e23, 1.5e300, 2e-290, 1e-300, math.MaxFloat64}
	luck := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		list = append(list, (luck.Float64()-.5)*math.Pow(10, float64(luck.IntN(40)-20)), float64(luck.IntN(1<<20)))
	}
	for _, v := range list {
		short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 7, 64), 64)
		if err != nil {
			continue // what is larger than any number once it is rounded
		}
		if want := strconv.FormatFloat(short+0, 'f', -1, 64); Number(v).String() != want {
			t.Fatalf("%v is written as %s instead of %s", v, Number(v), want)
		}
	}
}

// Many numbers are written as each of them is.
func TestNumbersAreEach(t *testing.T) {
	for _, list := range []Numbers{nil, {}, {None()}, {1.5, None(), -2e9, Number(math.Inf(1)), 1. / 3}} {
		got, err := json.Marshal(list)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal([]Number(list))
		if err != nil || string(got) != string(want) {
			t.Errorf("%s instead of %s (%v)", got, want, err)
		}
	}
}

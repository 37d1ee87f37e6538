package lab

import (
	"math"
	"strconv"
)

// A Number is one on a screen: with seven digits, and null where there is none. Screens, files and links write it alike.
type Number float64

// MarshalJSON writes it.
func (n Number) MarshalJSON() ([]byte, error) {
	if s := n.String(); s != "" {
		return []byte(s), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads it.
func (n *Number) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*n = None()
		return nil
	}
	v, err := strconv.ParseFloat(string(data), 64)
	*n = Number(v)
	return err
}

// String is the number with a point, as files hold it; nothing where there is none.
func (n Number) String() string {
	v := float64(n)
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return ""
	}
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 7, 64), 64)
	if err != nil {
		panic("lab: " + err.Error())
	}
	return strconv.FormatFloat(short+0, 'f', -1, 64)
}

// None is the number of what does not exist.
func None() Number { return Number(math.NaN()) }

// numbers are values as numbers.
func numbers(values []float64) []Number {
	out := make([]Number, len(values))
	for i, v := range values {
		out[i] = Number(v)
	}
	return out
}

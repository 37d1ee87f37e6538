package lab

import (
	"math"
	"strconv"
)

// A Number is one on a screen: with seven digits, and null where there is none. Screens, files and links write it alike.
type Number float64

// MarshalJSON writes it.
func (n Number) MarshalJSON() ([]byte, error) { return n.appendJSON(nil), nil }

func (n Number) appendJSON(b []byte) []byte {
	if n.none() {
		return append(b, "null"...)
	}
	return n.appendTo(b)
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
	if n.none() {
		return ""
	}
	var room [24]byte
	return string(n.appendTo(room[:0]))
}

func (n Number) none() bool { return math.IsNaN(float64(n)) || math.IsInf(float64(n), 0) }

// digits is how many a number has on a screen.
const digits = 7

// appendTo writes a number that there is. An answer has ten thousand of them: so its digits are put around the point here, and not by writing
// and reading it again.
func (n Number) appendTo(b []byte) []byte {
	v := float64(n)
	if v == 0 { // which may have a sign
		return append(b, '0')
	}
	if v < 0 {
		b, v = append(b, '-'), -v
	}
	var room [16]byte
	text := strconv.AppendFloat(room[:0], v, 'e', digits-1, 64) // 1.234567e+08
	var d [digits]byte
	d[0] = text[0]
	copy(d[1:], text[2:digits+1])
	exponent := 0
	for _, c := range text[digits+3:] {
		exponent = exponent*10 + int(c-'0')
	}
	if text[digits+2] == '-' {
		exponent = -exponent
	}
	many := digits
	for d[many-1] == '0' {
		many--
	}
	whole := exponent + 1 // digits before the point
	switch {
	case whole <= 0:
		b = append(b, "0."...)
		for range -whole {
			b = append(b, '0')
		}
		return append(b, d[:many]...)
	case whole < many:
		b = append(b, d[:whole]...)
		b = append(b, '.')
		return append(b, d[whole:many]...)
	}
	b = append(b, d[:many]...)
	for range whole - many {
		b = append(b, '0')
	}
	return b
}

// Numbers are many of them, written in one go.
type Numbers []Number

// MarshalJSON writes them.
func (list Numbers) MarshalJSON() ([]byte, error) {
	if list == nil {
		return []byte("null"), nil
	}
	b := append(make([]byte, 0, 2+(digits+4)*len(list)), '[')
	for i, n := range list {
		if i > 0 {
			b = append(b, ',')
		}
		b = n.appendJSON(b)
	}
	return append(b, ']'), nil
}

// None is the number of what does not exist.
func None() Number { return Number(math.NaN()) }

// numbers are values as numbers.
func numbers(values []float64) Numbers {
	out := make(Numbers, len(values))
	for i, v := range values {
		out[i] = Number(v)
	}
	return out
}

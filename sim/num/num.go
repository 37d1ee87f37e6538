// Package num has the elementary functions the simulator needs, with the same bits on every processor.
//
// Those of package math are assembly on some processors, and compilers may fuse a product and a sum into one rounding where
// the processor can, even across statements. Here every product that feeds a sum is written float64(x*y) + z, which forbids
// that. What is used of package math is exact or correctly rounded everywhere: bits, Abs, Mod, Sqrt.
package num

import "math"

const (
	round = 0x1.8p52 // adding it to a number below 2^51 rounds that to an integer, kept in the low bits of the sum

	perLn2         = 0x1.71547652b82fep7                      // 128 / ln 2
	stepHi, stepLo = 0x1.62e42fef8p-8, 0x1.1cf79abc9e3b4p-43  // ln 2 / 128; stepHi times a number of 18 bits is exact
	ln2Hi, ln2Lo   = 0x1.62e42fefa38p-1, 0x1.ef35793c7673p-45 // ln 2; ln2Hi and the hi of logs are multiples of 2^-42

	perHalfPi = 0x1.45f306dc9c883p-1 // 2 / pi
	twoPi     = 0x1.921fb54442d18p2
	// pi / 2 in four parts; the first three times a number of 20 bits are exact.
	halfPi1, halfPi2, halfPi3, halfPi4 = 0x1.921fb544p0, 0x1.0b4611a6p-34, 0x1.3198a2ep-69, 0x1.b839a252049c1p-104
)

// Exp is e to the power x, off by less than 0.52 units in the last place (ulp) unless the result is subnormal.
//
// It is the table method of P. T. P. Tang, ACM TOMS 15 (1989): x = (128k + j) ln 2 / 128 + r, e^x = 2^k 2^(j/128) e^r.
func Exp(x float64) float64 { return exp(x, 0) }

// exp is e to the power x + tail, where tail is tiny against x or at most 1e-10.
func exp(x, tail float64) float64 {
	edge := !(math.Abs(x) < 708)
	if edge {
		switch {
		case x != x:
			return x
		case x > 710:
			return math.Inf(1)
		case x < -746:
			return 0
		}
	}
	n := float64(x*perLn2) + round
	i := math.Float64bits(n)
	n -= round
	r := x - float64(n*stepHi) - float64(n*stepLo) + tail
	r2 := r * r
	e := &exps[i%128]
	p := e.rest + r + float64(r2*(1.0/2+float64(r*(1.0/6)))) + float64(float64(r2*r2)*(1.0/24+float64(r*(1.0/120))))
	if !edge {
		s := math.Float64frombits(e.bits + i>>7<<52)
		return s + float64(s*p)
	}
	s := math.Float64frombits(e.bits)
	k := int(n) >> 7
	return (s + float64(s*p)) * power2(k/2) * power2(k-k/2)
}

// power2 is 2 to the power k, for k from -1022 to 1023.
func power2(k int) float64 { return math.Float64frombits(uint64(1023+k) << 52) }

// Log is the natural logarithm of x, off by less than 0.75 ulp. Log(0) is -Inf, and NaN is the logarithm of what is less.
//
// It is the table method of P. T. P. Tang, ACM TOMS 16 (1990), with rounded reciprocals for a division: see reduce.
func Log(x float64) float64 {
	b := math.Float64bits(x)
	if b-1<<52 >= 0x7fe<<52 { // not a positive normal number
		switch {
		case x == 0:
			return math.Inf(-1)
		case x < 0:
			return math.NaN()
		case x != x || x > 1:
			return x
		}
		b = math.Float64bits(x*0x1p52) - 52<<52
	}
	k, l, a, c := reduce(b)
	r := a + c
	w := float64(k*ln2Hi) + l.hi
	h := w + r
	r2 := r * r
	p := -1.0/6 + float64(r*(1.0/7)) - float64(r2*(1.0/8))
	q := -1.0/4 + float64(r*(1.0/5)) + float64(r2*p)
	p = -1.0/2 + float64(r*(1.0/3)) + float64(r2*q)
	return w - h + r + (float64(k*ln2Lo) + l.lo) + float64(r2*p) + h
}

// reduce takes the positive number with bits b apart into 2^k z, z about 1, and finds 1/z nearly (l.inv, of 13 bits) with its
// logarithm -(l.hi + l.lo), so that ln x = k ln 2 + l.hi + l.lo + ln(1 + r) where r = z l.inv - 1 = a + c, without error.
// |r| is at most 1/128, and near x = 1 it is x - 1.
func reduce(b uint64) (k float64, l *logEntry, a, c float64) {
	const first = 0x3fe6 << 48 // the least z is 11/16
	d := b - first
	b -= d >> 52 << 52
	l = &logs[d>>45%128]
	z := math.Float64frombits(b &^ (1<<21 - 1))
	c = float64((math.Float64frombits(b) - z) * l.inv)
	return float64(int64(d) >> 52), l, float64(z*l.inv) - 1, c
}

// Pow is x to the power y for x >= 0, off by less than 0.6 ulp unless the result is subnormal. It is NaN for any x < 0.
//
// The logarithm is carried in two numbers, as in W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980).
func Pow(x, y float64) float64 {
	switch {
	case y == 0 || x == 1:
		return 1
	case x == 0 || x > math.MaxFloat64: // 0, Inf
		return exp(y*Log(x), 0)
	case !(x > 0) || y != y:
		return math.NaN()
	case y == 1: // what is left comes to the same
		return x
	}
	b := math.Float64bits(x)
	if x < 0x1p-1022 {
		b = math.Float64bits(x*0x1p52) - 52<<52
	}
	k, l, a, c := reduce(b)
	r, re := add(a, c)
	h, he := add(float64(k*ln2Hi)+l.hi, r)
	f := front(r)
	h, se := add(h, -float64(f*f*0.5)) // r^2/2 = f^2/2, without error, and the rest
	p := 1.0/7 - float64(r*(1.0/8)) + float64(r*r*(1.0/9-float64(r*(1.0/10))))
	p = 1.0/3 - float64(r*(1.0/4)) + float64(r*r*(1.0/5-float64(r*(1.0/6))+float64(r*r*p)))
	p = float64(r*r*r*p) - float64((r+f)*(r-f)*0.5)
	h, he = add(h, he+se+(re-float64(re*r)+p+(float64(k*ln2Lo)+l.lo)))

	t := float64(y * h)
	if !(math.Abs(t) < 800) {
		return exp(t, 0)
	}
	yf, hf := front(y), front(h)
	te := float64(yf*hf) - t + float64(yf*(h-hf)) + float64((y-yf)*hf) + float64((y-yf)*(h-hf))
	return exp(t, te+float64(y*he))
}

// add is x + y rounded, and what was rounded off.
func add(x, y float64) (sum, rest float64) {
	sum = x + y
	v := sum - x
	return sum, x - (sum - v) + (y - v)
}

// front is the first 26 bits of x.
func front(x float64) float64 { return math.Float64frombits(math.Float64bits(x) &^ (1<<27 - 1)) }

// Sin is the sine of x, off by less than 1 ulp for |x| up to 2^20. For more it is the sine of a number within an ulp of x.
//
// x is reduced by parts of pi/2 as in Cody and Waite (see Pow); the series are Taylor's.
func Sin(x float64) float64 {
	switch {
	case !(math.Abs(x) <= math.MaxFloat64):
		return math.NaN()
	case math.Abs(x) < 0x1p-27:
		return x
	case math.Abs(x) > 0x1p20:
		x = math.Mod(x, twoPi)
	}
	n := float64(x*perHalfPi) + round
	quarter := math.Float64bits(n) % 4
	n -= round
	r, e2 := add(x-float64(n*halfPi1), -float64(n*halfPi2))
	r, e3 := add(r, -float64(n*halfPi3))
	r, e := add(r, e2+e3-float64(n*halfPi4))
	s := r * r
	half := float64(s * 0.5)
	if quarter%2 == 0 {
		p := series(s, -1.0/6, 1.0/120, -1.0/5040, 1.0/362880, -1.0/39916800, 1.0/6227020800, -1.0/1307674368000, 1.0/355687428096000)
		r += float64(r*s*p) + float64(e*(1-half))
	} else {
		p := series(s, 1.0/24, -1.0/720, 1.0/40320, -1.0/3628800, 1.0/479001600, -1.0/87178291200, 1.0/20922789888000, 0)
		w := 1 - half
		r = w + (1 - w - half + float64(s*s*p) - float64(r*e))
	}
	if quarter >= 2 {
		return -r
	}
	return r
}

// series is a polynomial of degree 7 in x.
func series(x, a, b, c, d, e, f, g, h float64) float64 {
	x2 := x * x
	hi := e + float64(x*f) + float64(x2*(g+float64(x*h)))
	return a + float64(x*b) + float64(x2*(c+float64(x*d)+float64(x2*hi)))
}

// Normal is the standard normal quantile of u: the x that a standard normal variable stays below with probability u.
// It is right to about 15 digits; -Inf and Inf at 0 and 1, NaN outside.
//
// It is PPND16, algorithm AS 241 of M. J. Wichura, Applied Statistics 37 (1988).
func Normal(u float64) float64 {
	q := u - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return q * series(r, 3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
			45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727) /
			series(r, 1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077,
				21213.794301586595867, 39307.895800092710610, 28729.085735721942674, 5226.4952788528545610)
	}
	tail := u
	if q > 0 {
		tail = 1 - u
	}
	r := math.Sqrt(-Log(tail))
	switch {
	case r <= 5:
		r -= 1.6
		r = series(r, 1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
			1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4) /
			series(r, 1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550,
				0.148103976427480074590, 0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9)
	case r <= math.MaxFloat64:
		r -= 5
		r = series(r, 6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
			0.0265321895265761230930, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7) /
			series(r, 1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525,
				7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15)
	}
	if q < 0 {
		return -r
	}
	return r
}

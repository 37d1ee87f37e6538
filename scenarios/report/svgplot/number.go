package svgplot

import (
	"math"
	"strconv"
	"strings"
)

// Short writes a number in a few characters: 950, 1.2k, 3.4M, 5.6bn, 7.8tn. Below a thousand it
// keeps four significant figures; the minus is U+2212; what is not a number is "n/a".
func Short(v float64) string { return english().short(v) }

// ShortIn is Short in the language "en" or "id"; Indonesian writes ribu, juta, miliar, triliun.
func ShortIn(v float64, lang string) string { return wordsOf(lang).short(v) }

func (w words) short(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "n/a"
	}
	size := math.Abs(v)
	if size >= tooLong {
		return w.scientific(v)
	}
	if size < 999.95 {
		decimals := 0
		for scale := 100.0; size < scale*10 && decimals < 6; scale /= 10 {
			decimals++
		}
		return w.number(v, decimals, true)
	}
	scale, unit := 1e3, 0
	for unit < len(w.scales)-1 && size >= float64(scale*999.5) {
		scale *= 1000
		unit++
	}
	decimals := 1
	if size/scale >= 99.95 {
		decimals = 0
	}
	return w.number(v/scale, decimals, true) + w.scales[unit]
}

// tooLong is where digits and names of scales end.
const tooLong = 1e18

// scientific writes numbers that no market has, such as 1e+99.
func (w words) scientific(v float64) string {
	text := strconv.FormatFloat(math.Abs(v), 'e', -1, 64)
	if len(text) > 9 {
		text = strconv.FormatFloat(math.Abs(v), 'e', 2, 64)
	}
	if v < 0 {
		text = "\u2212" + text
	}
	return strings.Replace(text, ".", w.decimal, 1)
}

// brief is for numbers that come out of sums: three significant figures below a thousand, whole
// below a million, short above.
func (w words) brief(v float64) string {
	size := math.Abs(v)
	if size >= 999.5 && size < 999_999.5 {
		return w.number(v, 0, false)
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		rounded = v
	}
	return w.short(rounded)
}

// number writes digits with separators of thousands; trim drops zeros at the end.
func (w words) number(v float64, decimals int, trim bool) string {
	digits := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, part, _ := strings.Cut(digits, ".")
	if trim {
		part = strings.TrimRight(part, "0")
	}
	var b strings.Builder
	if v < 0 && strings.Trim(digits, "0.") != "" {
		b.WriteString("\u2212")
	}
	for i, digit := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(w.thousands)
		}
		b.WriteRune(digit)
	}
	if part != "" {
		b.WriteString(w.decimal + part)
	}
	return b.String()
}

// ticks are whole multiples first..last of a step that is 1, 2 or 5 times a power of ten.
type ticks struct {
	first, last int
	step        float64
	power       int // of ten, in the step
}

func (t ticks) low() float64         { return t.value(t.first) }
func (t ticks) high() float64        { return t.value(t.last) }
func (t ticks) value(i int) float64  { return float64(i) * t.step }
func (t ticks) at(v float64) float64 { return (v - t.low()) / (t.high() - t.low()) }
func (t ticks) label(w words, i int) string {
	largest := math.Max(math.Abs(t.low()), math.Abs(t.high()))
	if i == 0 {
		return "0"
	}
	if t.power < -6 || largest >= tooLong {
		return w.scientific(t.value(i))
	}
	scale, unit := 0, ""
	for k := 1; k < len(w.scales) && largest >= math.Pow10(3*k+3); k++ {
		scale, unit = 3*k+3, w.scales[k]
	}
	text := w.number(t.value(i)/math.Pow10(scale), max(0, scale-t.power), false)
	return text + unit
}

// ticksFor covers low..high in about n steps.
func ticksFor(low, high float64, n int) ticks {
	if high-low <= 1e-9*math.Max(math.Abs(low), math.Abs(high)) {
		pad := math.Max(math.Abs(high)/10, 1e-12)
		if low == 0 && high == 0 {
			low, high = 0, 1
		} else {
			low, high = low-pad, high+pad
		}
	}
	rough := (high - low) / float64(max(n, 1))
	power := int(math.Floor(math.Log10(rough)))
	multiple := 10.0
	for _, m := range []float64{1, 2, 5} {
		if rough <= float64(m*math.Pow10(power))*1.0000001 {
			multiple = m
			break
		}
	}
	if multiple == 10 {
		multiple = 1
		power++
	}
	step := multiple * math.Pow10(power)
	return ticks{
		first: int(math.Floor(low/step + 1e-9)),
		last:  int(math.Ceil(high/step - 1e-9)),
		step:  step, power: power,
	}
}

// axisFor picks the range of an axis for values low..high.
func axisFor(low, high float64, b Baseline, n int) ticks {
	near := low <= 0 || high <= 0 || low < 0.7*high
	if high < 0 {
		near = high > 0.7*low
	}
	if b == ZeroBaseline || b == AutoBaseline && near {
		low, high = math.Min(low, 0), math.Max(high, 0)
	}
	return ticksFor(low, high, n)
}

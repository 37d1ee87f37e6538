// Package svgplot draws the charts of the printed report: lines over days (Chart), horizontal
// bars (Bars), money flows (Flow) and terminal sparklines (Sparkline).
//
// A chart is a value; SVG returns the same bytes for the same value on every run. The output is
// one self-contained <svg> without ids, scripts, style sheets or outside references, so any number
// of charts can be set into one page, and each also stands alone as a file. Colours are custom
// properties with fallbacks (see DarkCSS); what carries meaning is also said by dash, width, hatch,
// position or words, so a grey print loses nothing. Text is at least 9 pt when the chart is as wide
// as the text of an A4 page.
//
// Nothing here fails: what cannot be drawn becomes a chart that says so and why.
package svgplot

// Compact is a Height for small charts. Charts get taller than asked where the words need it.
const Compact = 360.0

// The page is measured in units; 960 of them are the width of the text of an A4 page, 170 mm or
// more, so that 18 units are 9 points.
const (
	pageWidth   = 960.0
	pageHeight  = 540.0
	pageMargin  = 20.0
	fontSize    = 18.0
	titleSize   = 24.0
	lineHeight  = 23.0
	titleHeight = 30.0
)

// A Chart shows how things went over days: lines, with bands for uncertainty, numbered events and
// marked periods.
type Chart struct {
	Title    string
	Subtitle string
	Unit     string // of the vertical axis, such as "Rp bn per day"
	Note     string // how to read it, such as "Line: middle run. Band: 9 of 10 runs."
	Source   string
	Badge    string  // provenance in a word: observed, assumed, simulated
	Lang     string  // "en" (also when empty) or "id"
	Height   float64 // 0 is 540: 16 to 9
	Baseline Baseline

	Days   []Day // strictly rising, one for each value
	Series []Series
	Marks  []Mark
	Spans  []Span
}

// A Series is one line. Key picks its colour and dash: a platform ("tiktok", "tokopedia",
// "shopee", "lazada", "bukalapak", "blibli", "direct"), "baseline" for the grey dashes of the
// scenario that others are compared with, anything else for the next free style.
type Series struct {
	Name   string
	Key    string
	Values []float64 // one a day; NaN, infinite or missing is a gap
	Raw    []float64 // drawn thin and pale behind, such as the days behind a weekly mean

	Low, High           []float64 // light band, where both are numbers
	InnerLow, InnerHigh []float64 // dark band within it
}

// A Mark is an event: a rule with a numbered circle on top, explained in the key under the chart.
type Mark struct {
	Day    Day
	Number int
	Text   string
}

// A Span is a period: hatched, or tinted for something milder, and explained in the key.
type Span struct {
	From, To Day
	Text     string
	Tint     bool
}

// A Baseline says whether the vertical axis must show zero.
type Baseline int

const (
	// AutoBaseline shows zero unless the values vary little and far from it.
	AutoBaseline Baseline = iota
	// ZeroBaseline always shows zero.
	ZeroBaseline
	// FitBaseline fits the axis to the values and says so when zero is left out.
	FitBaseline
)

// caption is what every figure says in words.
type caption struct {
	title, subtitle, note, source, badge string
	words                                words
}

func (c Chart) caption() caption {
	return caption{c.Title, c.Subtitle, c.Note, c.Source, c.Badge, wordsOf(c.Lang)}
}

// SVG draws the chart.
func (c Chart) SVG() []byte {
	caption := c.caption()
	if reason := c.missing(caption.words); reason != "" {
		return caption.nothing(reason)
	}
	return c.layout().draw()
}

// missing says why there is nothing to draw, or nothing if there is.
func (c Chart) missing(w words) string {
	if len(c.Series) == 0 {
		return w.noSeries
	}
	if len(c.Days) == 0 {
		return w.noDays
	}
	for i := 1; i < len(c.Days); i++ {
		if c.Days[i] <= c.Days[i-1] {
			return w.disorder + " (" + w.date(c.Days[i]) + ")"
		}
	}
	for _, s := range c.Series {
		for i := range c.Days {
			if _, ok := at(s.Values, i); ok {
				return ""
			}
		}
	}
	return w.allGaps
}

// at is the value of one day, and whether there is one. Numbers too large to do sums with count
// as gaps.
func at(values []float64, i int) (float64, bool) {
	if i >= len(values) {
		return 0, false
	}
	v := values[i]
	return v, v > -limit && v < limit
}

const limit = 1e100

package cli

import (
	"fmt"
	"io"
	"math"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"pasar/scenarios/play"
	"pasar/scenarios/stats"
)

// How often a person wants to hear how far a run has come.
const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 3 * time.Second
	barSteps  = 1000
)

// A progress tells how far a run has come. Only one goroutine calls it.
type progress struct {
	meter
	begin  time.Time
	last   play.Progress
	before struct { // events and time at the last telling, for the rate
		events uint64
		at     time.Time
	}
}

func newProgress(w io.Writer, quiet bool, l lang) *progress {
	p := &progress{meter: newMeter(w, quiet, l), begin: time.Now()}
	p.before.at = p.begin
	return p
}

// tell shows the day, the pace and how long it will take, if it is time to.
func (p *progress) tell(now play.Progress) {
	if p.last = now; !p.due() {
		return
	}
	rate := float64(now.Events-p.before.events) / p.told.Sub(p.before.at).Seconds()
	p.before.events, p.before.at = now.Events, p.told
	left := "?"
	if now.Share > 0 {
		left = p.lang.span(time.Duration(float64(p.told.Sub(p.begin)) * (1 - now.Share) / now.Share).Round(time.Second))
	}
	p.show(now.Share, now.Now.Format(time.DateOnly)+"  "+p.lang.perSecond(rate)+"  "+fmt.Sprintf(p.lang.words().Left, left))
}

// A meter tells how far a run, or many, have come: a bar on a terminal, a line now and then elsewhere, nothing when quiet. Only one goroutine at
// a time calls it.
type meter struct {
	w     io.Writer
	quiet bool
	lang  lang
	bar   *progressbar.ProgressBar
	told  time.Time
}

func newMeter(w io.Writer, quiet bool, l lang) meter {
	m := meter{w: w, quiet: quiet, lang: l, told: time.Now()}
	if !quiet && isTerminal(w) {
		m.bar = progressbar.NewOptions(barSteps, progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(16), progressbar.OptionThrottle(barEvery),
			progressbar.OptionClearOnFinish(), progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░", BarStart: "", BarEnd: ""}))
	}
	return m
}

// due tells whether it is time to show something again.
func (m *meter) due() bool {
	every := lineEvery
	if m.bar != nil {
		every = barEvery
	}
	if m.quiet || time.Since(m.told) < every {
		return false
	}
	m.told = time.Now()
	return true
}

func (m *meter) show(share float64, line string) {
	if m.bar != nil {
		m.bar.Describe(line)
		_ = m.bar.Set(min(int(share*barSteps), barSteps-1)) // a terminal that cannot be written to is no reason to stop
		return
	}
	fmt.Fprintf(m.w, "%3.0f %%  %s\n", 100*share, line)
}

// end takes the bar away.
func (m *meter) end() {
	if m.bar != nil {
		_ = m.bar.Finish()
		_ = m.bar.Clear()
	}
}

// soFar is an effect as it is known so far, with half its interval; empty if it is not known.
func (l lang) soFar(name string, diff stats.Paired) string {
	mean, i := diff.Relative()
	if diff.N == 0 || math.IsNaN(mean) {
		return ""
	}
	text := "; " + name + " "
	if mean = 100 * mean; !math.Signbit(mean) {
		text += "+"
	}
	text += l.num(mean, 'f', 1)
	if !math.IsInf(i.Lo, 0) {
		text += " ± " + l.num(50*(i.Hi-i.Lo), 'f', 1)
	}
	return text + " %"
}

// isTerminal tells whether a person looks on.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (l lang) perSecond(rate float64) string {
	w := l.words()
	text := l.num(rate, 'f', 0)
	switch {
	case rate >= 1e6:
		text = l.num(rate/1e6, 'f', 1) + w.Million
	case rate >= 1e3:
		text = l.num(rate/1e3, 'f', 0) + w.Thousand
	}
	return fmt.Sprintf(w.EventsPerSecond, text)
}

package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"pasar/scenarios/play"
)

// How often a person wants to hear how far a run has come.
const (
	barEvery  = 100 * time.Millisecond
	lineEvery = 3 * time.Second
	barSteps  = 1000
)

// A progress tells how far a run has come: a bar on a terminal, a line now and then elsewhere, nothing when quiet. Only one
// goroutine calls it.
type progress struct {
	w      io.Writer
	bar    *progressbar.ProgressBar
	quiet  bool
	begin  time.Time
	told   time.Time
	last   play.Progress
	before struct { // events and time at the last telling, for the rate
		events uint64
		at     time.Time
	}
}

func newProgress(w io.Writer, quiet bool) *progress {
	p := &progress{w: w, quiet: quiet, begin: time.Now()}
	p.told, p.before.at = p.begin, p.begin
	if !quiet && isTerminal(w) {
		p.bar = progressbar.NewOptions(barSteps,
			progressbar.OptionSetWriter(w), progressbar.OptionSetWidth(24), progressbar.OptionThrottle(barEvery),
			progressbar.OptionSetPredictTime(true), progressbar.OptionClearOnFinish(),
			progressbar.OptionSetTheme(progressbar.Theme{Saucer: "█", SaucerPadding: "░", BarStart: "", BarEnd: ""}))
	}
	return p
}

// isTerminal tells whether a person looks on.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

func (p *progress) tell(now play.Progress) {
	p.last = now
	every := lineEvery
	if p.bar != nil {
		every = barEvery
	}
	t := time.Now()
	if p.quiet || t.Sub(p.told) < every {
		return
	}
	p.told = t
	rate := float64(now.Events-p.before.events) / t.Sub(p.before.at).Seconds()
	p.before.events, p.before.at = now.Events, t
	if p.bar != nil {
		p.bar.Describe(fmt.Sprintf("%s %9s", now.Now.Format(time.DateOnly), perSecond(rate)))
		_ = p.bar.Set(min(int(now.Share*barSteps), barSteps-1)) // a terminal that cannot be written to is no reason to stop
		return
	}
	left := "?"
	if now.Share > 0 {
		left = (time.Duration(float64(t.Sub(p.begin)) * (1 - now.Share) / now.Share)).Round(time.Second).String()
	}
	fmt.Fprintf(p.w, "%s  %3.0f %%  %s  about %s left\n", now.Now.Format(time.DateOnly), now.Share*100, perSecond(rate), left)
}

// end takes the bar away.
func (p *progress) end() {
	if p.bar != nil {
		_ = p.bar.Finish()
		_ = p.bar.Clear()
	}
}

func perSecond(rate float64) string {
	switch {
	case rate >= 1e6:
		return fmt.Sprintf("%.1fM ev/s", rate/1e6)
	case rate >= 1e3:
		return fmt.Sprintf("%.0fk ev/s", rate/1e3)
	}
	return fmt.Sprintf("%.0f ev/s", rate)
}

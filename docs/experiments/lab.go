package main

import (
	"context"
	"fmt"
	"io"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"text/tabwriter"
	"time"

	"pasar/scenarios/load"
	run "pasar/scenarios/play"
	"pasar/scenarios/results/measure"
)

// An Experiment is a claim and how to try it.
type Experiment struct {
	ID        string
	Claim     string
	Source    string
	Design    string
	Falsifier string // what would show the claim, or the model's reading of it, false

	Buyers, Seeds int
	Until         string // last day; "": as the scenarios say
	Arms          []Arm
	Read          func(l *Lab)
}

// An Arm is one of the worlds that are compared.
type Arm struct {
	Name     string
	Scenario string
	Set      []string
}

// A Lab is an experiment that has been played: runs by arm and seed.
type Lab struct {
	Experiment
	Runs  map[string][]*measure.Run
	Left  []Arm // scenarios that are not in the library yet
	out   io.Writer
	fired []string
	vague []string // what the verdict rests on and is not clear
}

// play plays an experiment and prints what came of it.
func play(ctx context.Context, id string, buyers, seeds int, out io.Writer) error {
	at := slices.IndexFunc(experiments(), func(e Experiment) bool { return e.ID == id })
	if at < 0 {
		return fmt.Errorf("there is no experiment %q; without arguments they are listed", id)
	}
	l := &Lab{Experiment: experiments()[at], Runs: map[string][]*measure.Run{}, out: out}
	if buyers > 0 {
		l.Buyers = buyers
	}
	if seeds > 0 {
		l.Seeds = seeds
	}
	begin := time.Now()
	if err := l.play(ctx); err != nil {
		return fmt.Errorf("%s: %w", id, err)
	}
	l.say("%s  %s\nsource     %s\ndesign     %s\nfalsifier  %s\n", strings.ToUpper(l.ID), l.Claim, l.Source, l.Design, l.Falsifier)
	l.say("scale      %d buyers, %d pairs, %.0f s; uncalibrated defaults\n", l.Buyers, l.Seeds, time.Since(begin).Seconds())
	for _, a := range l.Left {
		l.say("left out   %s: there is no scenario %s yet", a.Name, a.Scenario)
	}
	l.Read(l)
	if len(l.fired) == 0 {
		l.say("\nThe falsifier did not fire.")
	}
	for _, why := range l.fired {
		l.say("\nTHE FALSIFIER FIRED: %s", why)
	}
	for _, why := range l.vague {
		l.say("Not clear, more pairs would tell: %s", why)
	}
	l.say("")
	return nil
}

// play plays all arms with all seeds, as many at a time as there are cores.
func (l *Lab) play(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	slots := make(chan struct{}, runtime.NumCPU())
	var all sync.WaitGroup
	for _, a := range l.Arms {
		if !slices.ContainsFunc(load.Library(), func(x load.Listing) bool { return x.Name == a.Scenario }) {
			l.Left = append(l.Left, a)
			continue
		}
		runs := make([]*measure.Run, l.Seeds)
		l.Runs[a.Name] = runs
		for i := range runs {
			seed := uint64(i + 1)
			s, err := load.Load(a.Scenario, load.Overrides{Seed: &seed, Buyers: l.Buyers, Until: l.Until, Set: a.Set})
			if err != nil {
				return err
			}
			all.Go(func() {
				slots <- struct{}{}
				defer func() { <-slots }()
				r, err := run.Run(ctx, s, run.Options{Goroutines: 1})
				if err != nil {
					cancel(err)
					return
				}
				runs[i] = measure.Of(r)
			})
		}
	}
	all.Wait()
	return context.Cause(ctx)
}

// Has tells whether an arm was played.
func (l *Lab) Has(arm string) bool { return l.Runs[arm] != nil }

// Falsified says that the falsifier fired, and why.
func (l *Lab) Falsified(format string, args ...any) {
	l.fired = append(l.fired, fmt.Sprintf(format, args...))
}

// Expect fires the falsifier unless a mean is above 0, and says so where its interval holds 0.
func (l *Lab) Expect(m Mean, format string, args ...any) {
	what := fmt.Sprintf(format, args...)
	if !(m.Mean > 0) {
		l.Falsified("%s", what)
	}
	if !m.Above(0) && !m.Below(0) {
		l.vague = append(l.vague, what)
	}
}

func (l *Lab) say(format string, args ...any) { fmt.Fprintf(l.out, format+"\n", args...) }

// Table prints rows in columns, the first of which are words.
func (l *Lab) Table(rows [][]string) {
	l.say("")
	w := tabwriter.NewWriter(l.out, 0, 0, 3, ' ', 0)
	for _, r := range rows {
		fmt.Fprintln(w, strings.Join(r, "\t"))
	}
	w.Flush()
}

// Each takes a number from each seed.
func (l *Lab) Each(value func(seed int) float64) []float64 {
	v := make([]float64, l.Seeds)
	for i := range v {
		v[i] = value(i)
	}
	return v
}

// A Mean is a mean over seeds with its 95 % interval; seeds that say nothing (NaN) are left out.
type Mean struct {
	Mean, Half float64
	N          int
}

// students are the 97.5 % quantiles of Student's t by degrees of freedom, from 1; beyond the list the normal one is close.
var students = []float64{12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13}

// Over is the mean of what seeds say.
func Over(values []float64) (m Mean) {
	var sum, square float64
	for _, v := range values {
		if !math.IsNaN(v) {
			m.N++
			sum += v
		}
	}
	m.Mean, m.Half = sum/float64(m.N), math.Inf(1)
	for _, v := range values {
		if !math.IsNaN(v) {
			square += (v - m.Mean) * (v - m.Mean)
		}
	}
	if m.N > 1 {
		t := 1.96
		if m.N-2 < len(students) {
			t = students[m.N-2]
		}
		m.Half = t * math.Sqrt(square/float64(m.N-1)/float64(m.N))
	}
	return m
}

// Above and Below tell whether the interval lies on one side of a value.
func (m Mean) Above(x float64) bool { return m.Mean-m.Half > x }
func (m Mean) Below(x float64) bool { return m.Mean+m.Half < x }

// Percent writes a share with its interval.
func (m Mean) Percent() string {
	if m.N == 0 {
		return "–"
	}
	return fmt.Sprintf("%+.1f ± %.1f %%", 100*m.Mean, 100*m.Half)
}

// Share writes a share that is no difference.
func (m Mean) Share() string { return fmt.Sprintf("%.1f ± %.1f %%", 100*m.Mean, 100*m.Half) }

// Number writes a value with its interval, divided by a unit.
func (m Mean) Number(unit float64) string {
	switch m.N {
	case 0:
		return "–"
	case 1:
		return plain("%+.*f", m.Mean/unit) + " (one seed)"
	}
	return plain("%+.*f", m.Mean/unit) + " ± " + plain("%.*f", m.Half/unit)
}

// plain writes a number in three figures, or more where it has more before the point.
func plain(format string, v float64) string {
	decimals := 2
	for x := math.Abs(v); x >= 10 && decimals > 0; x /= 10 {
		decimals--
	}
	return fmt.Sprintf(format, decimals, v)
}

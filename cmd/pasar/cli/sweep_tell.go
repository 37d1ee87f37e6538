package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"pasar/scenarios/report"
	"pasar/scenarios/shell"
	"pasar/scenarios/sweep"
)

// A pace tells how far a sweep has come.
type pace struct {
	meter
	last sweep.Progress
}

func newPace(s *streams, quiet bool, l lang) *pace {
	return &pace{meter: newMeter(s.err, quiet, l)}
}

// tell is called about once a second.
func (p *pace) tell(now sweep.Progress) {
	p.last = now
	if !p.due() {
		return
	}
	share := float64(now.Done+now.Failed) / float64(max(now.Cells, 1))
	w := p.lang.words()
	line := fmt.Sprintf(w.Runs, (now.Done+now.Failed)*now.Worlds, now.Cells*now.Worlds, now.Running*now.Worlds)
	if failed := now.FailedRuns + now.Failed*now.Worlds; failed > 0 {
		line += fmt.Sprintf(", "+w.FailedSoFar, failed)
	}
	if now.Rate > 0 {
		line += ", " + fmt.Sprintf(w.RunsPerSecond, p.lang.num(now.Rate*float64(now.Worlds), 'g', 3))
	}
	switch left := p.lang.span(now.Left.Round(time.Second)); {
	case now.Look != nil && now.Look.Number < now.Look.Last && now.Left > 0:
		line += fmt.Sprintf(", "+w.Look, now.Look.Number, now.Look.Last, left)
	case now.Left > 0:
		line += fmt.Sprintf(", "+w.Left, left)
	}
	if now.Still > 0 {
		line += fmt.Sprintf(", "+w.Still, p.lang.span(now.Still.Round(time.Second)))
	}
	p.show(share, line+p.lang.soFar(now.Outcome, now.Effect))
}

// estimate plays three cells and says what all will take.
func (r *sweeper) estimate(ctx context.Context, p *sweep.Plan) error {
	e, err := p.Try(ctx, max(r.workers, 1))
	if err != nil {
		return err
	}
	if r.json {
		return printJSON(r.out, e)
	}
	l := lang(r.lang)
	w := l.words()
	fmt.Fprintf(r.out, w.Plan+"\n", p.Study, len(p.Points), p.Reps, p.Worlds)
	return table(r.out, func(line func(cells ...any)) {
		line(w.RunsRow, fmt.Sprintf(w.PlanRuns, e.Runs, e.Cells))
		line(w.CoreHoursRow, l.num(e.CoreHours, 'g', 3))
		line(w.HereRow, fmt.Sprintf(w.PlanHere, l.span(duration(e.Hours)), max(r.workers, 1)))
		line(w.DiskRow, strings.Replace(bytesText(e.Disk), ".", w.Decimal, 1))
		for _, name := range []string{"runs", "levels", "effects", "pairs", "series"} {
			if n, ok := e.Rows[name]; ok {
				line(fmt.Sprintf(w.RowsOf, name), n)
			}
		}
		line(w.TriedRow, fmt.Sprintf(w.PlanTried, e.Trials, l.span(e.Cell.Round(time.Millisecond)), l.span(e.Point.Round(time.Millisecond))))
	})
}

func duration(hours float64) time.Duration {
	d := time.Duration(hours * float64(time.Hour))
	if d > time.Minute {
		return d.Round(time.Second)
	}
	return d.Round(100 * time.Millisecond)
}

// found prints what came of a sweep.
func (r *sweeper) found(p *sweep.Plan, f *sweep.Found) {
	w := lang(r.lang).words()
	fmt.Fprintf(r.out, w.Study, p.Study, len(p.Points), f.Runs/(len(p.Points)*len(p.Worlds)), f.Runs)
	if f.Failed > 0 {
		fmt.Fprintf(r.out, w.Failed, f.Failed, f.Errors[0].First, f.Errors[0].Error)
	}
	fmt.Fprintln(r.out)
	if f.Ended.Early() {
		fmt.Fprintln(r.out, ending(lang(r.lang), f.Ended))
	}
	rows := f.Overall(p)
	if len(rows) > 0 {
		_ = table(r.out, func(line func(cells ...any)) { // like all of stdout here: who cannot read it has the files
			line(append([]any{fmt.Sprintf(w.Against, p.Worlds[0])}, w.EffectHead...)...)
			for _, x := range rows {
				least, most, unit := "–", "–", x.Unit
				if x.Least != nil && x.Most != nil {
					words, in := report.Differences(x.Unit, r.lang, *x.Least, *x.Most)
					least, most, unit = words[0], words[1], in
				}
				line(x.Scenario, x.Outcome, least, most, unit, x.More, x.Less, x.Open)
			}
		})
	}
	effects := ""
	if len(p.Worlds) > 1 {
		effects = "effects, pairs "
	}
	fmt.Fprintf(r.out, "\n"+w.Files+"\n", r.dir, fmt.Sprintf(w.Tables, effects))
	if !r.quiet && !f.Ended.Early() { // more replications would be left out as well
		fmt.Fprintf(r.err, w.NextSweep+"\n", shell.Quote(r.dir), 2*p.Reps)
	}
}

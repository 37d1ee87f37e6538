package cli

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
	"pasar/scenarios/results"
	"pasar/scenarios/runs"
	"pasar/scenarios/shell"
	"pasar/scenarios/store"
)

// storeDir is where results of runs are kept, unless told otherwise.
const storeDir = "runs/store"

// A comparer holds what compare was asked to do.
type comparer struct {
	*streams
	set     load.Overrides
	seed    uint64
	reps    int
	precise string
	ends    int
	why     int
	checked int
	at      int
	store   string
	fresh   bool
	panel   bool
	md      bool
	lang    string
	folder  string
	json    bool
	quiet   bool
}

func compareVerb(s *streams) *cobra.Command {
	r := &comparer{streams: s}
	c := &cobra.Command{
		Use:   "compare BASE OTHER...",
		Short: "Plays worlds pair by pair and says what a policy changed, how sure that is, and for whom",
		Long: `Plays a base and one to four other scenarios with the same luck, replication by replication,
and reports the differences with 95 % intervals. A scenario may be changed where it stands:
pilot+pilot.caps.share_of_pre=.1 is pilot with stricter caps. --set changes all of them.
Runs that were played before are not played again (--store), also after a comparison was stopped.
The base is played anew, and the nulls of what the others do: these must differ by exactly 0.`,
		Example: `  pasar compare no-ban ban deal pilot --reps 20
  pasar compare pilot pilot+params.disc.rho=.8 --until-precise 5%
  pasar compare no-ban ban --buyers 4000 --why
  pasar compare pilot no-ban long-pilot early-notice --lang id --out runs/laporan`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) < 2 || len(args) > 1+compare.MostOthers {
				return usage("compare takes a base and 1 to %d other scenarios, not %d; see pasar help compare", compare.MostOthers, max(len(args)-1, 0))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
			return r.compare(ctx, args)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&r.reps, "reps", 20, "replications: pairs of worlds with seeds from --seed on; with --until-precise the most")
	f.StringVar(&r.precise, "until-precise", "", "stop when the interval of the first main outcome is known to this `share` of the effect, such as 5%")
	f.Uint64Var(&r.seed, "seed", 1, "luck of the first replication")
	f.IntVar(&r.set.Buyers, "buyers", 0, "simulated buyers (scale); the files' own if not given")
	f.StringVar(&r.set.Until, "until", "", "stop on this `date`, such as 2023-12-31")
	f.StringArrayVar(&r.set.Set, "set", nil, "change one value in all worlds: `path=value` (repeatable)")
	f.IntVar(&r.ends, "range", compare.UsualRange, "replications at each end of the range of "+strings.Join(compare.Key(), ", ")+", to say whether a verdict turns there; 0: none")
	f.IntVar(&r.why, "why", 0, "also play all worlds without each of "+strconv.Itoa(len(compare.Mechanisms()))+" mechanisms, in `replications` (default "+strconv.Itoa(compare.UsualWhy)+"), to say what the effect goes through")
	f.Lookup("why").NoOptDefVal = strconv.Itoa(compare.UsualWhy)
	f.IntVar(&r.checked, "checked", 1, "replications in which the base is played anew, and the nulls")
	f.IntVar(&r.at, "parallel", 0, "runs at a time; never changes a result (default: one for each core)")
	f.StringVar(&r.store, "store", storeDir, "`folder` that keeps runs")
	f.BoolVar(&r.fresh, "no-store", false, "play everything, keep nothing")
	f.BoolVar(&r.panel, "panel", false, "also write panel.csv and panel.parquet: each tracked agent by week in all worlds")
	f.BoolVar(&r.md, "md", false, "also write summary.md")
	f.StringVar(&r.lang, "lang", "en", "language of progress, outcome and report: en or id; errors are in English")
	f.StringVar(&r.folder, "out", "", "`folder` for the files (default: runs/<id>); files of a comparison there are replaced")
	f.BoolVar(&r.json, "json", false, "print one JSON document and nothing else on stdout")
	f.BoolVar(&r.quiet, "quiet", false, "no progress and no notes")
	return c
}

// options checks the flags.
func (r *comparer) options() (o compare.Options, err error) {
	o = compare.Options{Reps: r.reps, Seed: r.seed, Checked: r.checked, Range: r.ends, Why: r.why, Parallel: r.at, Version: Version(), Human: Human}
	switch {
	case r.reps < 1 || r.reps > compare.MostReps:
		return o, usage("--reps %d: it must be 1 to %d", r.reps, compare.MostReps)
	case r.set.Buyers < 0:
		return o, usage("--buyers %d: a market needs at least 100 buyers", r.set.Buyers)
	case r.why < 0 || r.why == 1:
		return o, usage("--why=%d: at least 2 replications; a single one has no range", r.why)
	case r.ends < 0 || r.checked < 1 || r.checked > r.reps || r.at < 0 || r.at > maxGoroutines:
		return o, usage("--range is at least 0, --checked 1 to --reps, --parallel 1 to %d", maxGoroutines)
	}
	if r.precise != "" {
		percent, ok := strings.CutSuffix(r.precise, "%")
		v, e := strconv.ParseFloat(percent, 64)
		if ok {
			v /= 100
		}
		if o.Precise = v; e != nil || !(v > 0 && v <= 1) {
			return o, usage("--until-precise %s: a share of the effect, such as 5%%", r.precise)
		}
	}
	if !r.fresh {
		o.Store, err = store.Open(r.store, o.Version)
	}
	return o, err
}

func (r *comparer) compare(ctx context.Context, args []string) error {
	if err := lang(r.lang).check(); err != nil {
		return err
	}
	var worlds []compare.World
	for i, a := range args {
		w := compare.Parse(a, r.set)
		for _, other := range worlds {
			if other.Name == w.Name {
				w.Name += "~" + strconv.Itoa(i+1) // the same once more: a check of one's own
			}
		}
		if _, err := w.Load(r.seed); err != nil {
			return err
		}
		worlds = append(worlds, w)
	}
	o, err := r.options()
	if err != nil {
		return err
	}
	dir := r.folder
	if dir == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("comparison id: %w", err)
		}
		dir = filepath.Join("runs", id.String())
	}
	made, err := makeDir(dir, runs.Compared)
	if err != nil {
		return err
	}
	if made {
		defer os.Remove(dir) // succeeds where nothing was written
	}
	p := newTally(r.streams, r.quiet, lang(r.lang))
	o.Progress = p.tell
	c, err := compare.Run(ctx, worlds, o)
	p.end()
	switch {
	case ctx.Err() != nil && !r.fresh:
		return fmt.Errorf("stopped; %d of %d runs are kept in %s, and will not be played again", p.last.Done, p.last.Total, r.store)
	case ctx.Err() != nil:
		return fmt.Errorf("stopped; nothing was kept")
	case err != nil:
		return err
	}
	files, err := results.WriteComparison(ctx, dir, c, results.ComparisonOptions{
		Options: results.Options{Version: o.Version, Human: o.Human, Lang: r.lang}, Panel: r.panel, Markdown: r.md,
	})
	if refused := c.Refused(); refused != nil {
		return &failure{NotAsSaid, refused}
	}
	if err != nil {
		return err
	}
	if r.json {
		if !r.quiet {
			fmt.Fprintf(r.err, lang(r.lang).words().FilesIn+"\n", dir)
		}
		return printJSON(r.out, results.Comparison(c, r.lang))
	}
	if err := versus(r.out, c, lang(r.lang)); err != nil {
		return err
	}
	if err := where(r.out, dir, files, lang(r.lang)); err != nil {
		return err
	}
	if !r.quiet {
		fmt.Fprintf(r.err, lang(r.lang).words().NextCompare+"\n", shell.Quote(dir))
	}
	return nil
}

// A tally tells how far a comparison has come: how many runs are done, and the effects so far.
type tally struct {
	meter
	last compare.Progress
}

func newTally(s *streams, quiet bool, l lang) *tally {
	return &tally{meter: newMeter(s.err, quiet, l)}
}

// tell is called by one goroutine at a time.
func (t *tally) tell(p compare.Progress) {
	t.last = p
	if !t.due() {
		return
	}
	w := t.lang.words()
	line := fmt.Sprintf("%s %d/%d", w.Stages[p.Stage], p.Done, p.Total)
	if p.Stored > 0 {
		line += fmt.Sprintf(" ("+w.Kept+")", p.Stored)
	}
	if p.Failed > 0 {
		line += fmt.Sprintf(", "+w.FailedSoFar, p.Failed)
	}
	if p.Left > 0 && p.Share >= .01 { // before that it is a guess from nothing
		line += fmt.Sprintf(", "+w.Left, t.lang.span(p.Left.Round(time.Second)))
	}
	for _, x := range p.SoFar {
		line += t.lang.soFar(x.World, x.Diff)
	}
	t.show(p.Share, line)
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/runs"
)

// A runner holds what run was asked to do.
type runner struct {
	*streams
	world   world
	hosting hosting
	from    string
	lang    string
	folder  string
	json    bool
	quiet   bool
	met     bool // all processes have met and the run has begun
}

func runVerb(s *streams) *cobra.Command {
	r := &runner{streams: s}
	c := &cobra.Command{
		Use:   "run SCENARIO",
		Short: "Plays one scenario and writes what came of it",
		Long: `Plays one scenario: a name of the library (see pasar scenarios) or a file (./my.yaml).
Prints the outcome and writes receipt.json, series.csv, series.parquet, summary.json,
report.html, tables.xlsx and figures/. The same scenario, seed and version always give the same digest and series.`,
		Example: `  pasar run pilot
  pasar run ban --set sep.linkout=.2 --out runs/hidden-links
  pasar run pilot --buyers 2000 --until 2023-12-31 --json
  pasar run --from runs/<id>@2023-12-01 --set pilot.caps.share_of_pre=.1`,
		Args: func(_ *cobra.Command, args []string) error {
			if r.from != "" {
				if len(args) != 0 {
					return usage("--from names the run whose scenario is played; leave out %s", args[0])
				}
				return nil
			}
			if len(args) != 1 {
				return usage("run takes one scenario, not %d: a name that pasar scenarios lists, or a file such as ./my.yaml", len(args))
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
			if r.from != "" {
				return r.branch(ctx, c)
			}
			s, err := r.world.load(args[0])
			if err != nil {
				return err
			}
			return r.run(ctx, c, s, nil)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	r.world.declare(f)
	f.StringVar(&r.from, "from", "", "go on from a recorded run, with --set from a moment on: `RUN@2023-12-01`; only the rest is played")
	f.StringVar(&r.lang, "lang", "en", "language of progress, outcome and report: en or id; errors are in English")
	f.StringVar(&r.folder, "out", "", "`folder` for the files (default: runs/<id>); files of a run there are replaced")
	f.BoolVar(&r.json, "json", false, "print one JSON document, the summary, and nothing else on stdout")
	f.BoolVar(&r.quiet, "quiet", false, "no progress and no notes")
	r.hosting.declare(f)
	return c
}

// words are those of the language that was asked for.
func (r *runner) words() *wording { return lang(r.lang).words() }

// note tells what is worth knowing on the way.
func (r *runner) note(format string, args ...any) {
	if !r.quiet {
		fmt.Fprintln(r.err, hide(fmt.Sprintf(format, args...)))
	}
}

// run plays a scenario, from where another run stands if there is one.
func (r *runner) run(ctx context.Context, c *cobra.Command, s *load.Scenario, from *play.From) error {
	if err := lang(r.lang).check(); err != nil {
		return err
	}
	o, err := r.hosting.options(c.Flags(), s)
	if err != nil {
		return err
	}
	if o.From = from; from != nil && o.Procs > 1 {
		return usage("--from: a run that goes on from another is played by one process; leave out --procs")
	}
	if o.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return fmt.Errorf("run id: %w", err)
		}
		o.ID = id.String()
	}
	dir := r.folder
	if dir == "" {
		dir = filepath.Join("runs", o.ID)
	}
	if o.Proc == 0 {
		made, err := makeDir(dir, runs.Played)
		if err != nil {
			return err
		}
		if made {
			defer os.Remove(dir) // succeeds where nothing was written
		}
	}
	if o.Record != nil {
		o.Record.Dir = filepath.Join(dir, "recording")
	}
	result, err := r.play(ctx, s, o)
	if result != nil && result.Lost != nil { // more than a note: it is told also where notes are not wanted
		fmt.Fprintf(r.err, "%s\nthe run went on and has all its results; only its recording ends early\n", hide(result.Lost.Error()))
	}
	if result == nil {
		return r.explain(o, err)
	}
	if o.Proc > 0 {
		if err == nil {
			r.note(r.words().ProcDone, o.Proc, result.Digest)
		}
		return stopped(result, "", nil, err)
	}
	if err != nil && (!result.Stopped || closed(result).IsZero()) {
		return stopped(result, dir, nil, err)
	}
	files, werr := write(dir, result, lang(r.lang))
	if werr != nil {
		return fmt.Errorf("writing %s: %w", dir, werr)
	}
	if err != nil {
		return stopped(result, dir, files, err)
	}
	if err := r.tell(result, dir, files); err != nil {
		return fmt.Errorf("printing the outcome: %w", err)
	}
	if result.Dropped > 0 {
		r.note(r.words().Dropped, result.Dropped)
	}
	return asserted(result)
}

// play plays a scenario and shows how far it has come.
func (r *runner) play(ctx context.Context, s *load.Scenario, o play.Options) (*play.Result, error) {
	if play.Solved(s.Params) {
		r.note("%s", r.words().Solving)
	}
	if o.Procs > 1 {
		r.note(r.words().Waiting, o.Proc, o.Procs, o.ID)
	}
	if o.Listen != "" {
		r.note(r.words().Open, o.Listen, o.ID)
		if len(o.Tap) == 0 {
			r.note("%s", r.words().NoTap)
		}
	} else if len(o.Tap) > 0 && o.URL == "" {
		r.note("%s", r.words().NoListen)
	}
	p := newProgress(r.err, r.quiet, lang(r.lang))
	o.Progress = p.tell
	limitGarbage(s.Buyers)
	result, err := play.Run(ctx, s, o)
	p.end()
	r.met = p.last.Events > 0
	return result, err
}

// explain adds to an error what its reader could do about it.
func (r *runner) explain(o play.Options, err error) error {
	if o.Procs > 1 && !r.met {
		return fmt.Errorf("%w\nall processes need the same program, scenario, seed, --procs and --goroutines, and one --proc each", err)
	}
	return err
}

// stopped says how far a run got and what was kept. Without an error there is nothing to say.
func stopped(result *play.Result, dir string, files []string, err error) error {
	if err == nil {
		return nil
	}
	if !result.Stopped {
		return err
	}
	last := closed(result)
	text := "stopped before the first day of the results was over"
	if !last.IsZero() {
		text = "stopped; days until " + last.Format(time.DateOnly) + " were played"
	}
	if len(files) == 0 {
		return errors.New(text + "; nothing was written")
	}
	return errors.New(text + "\nkept, up to that day: " + strings.Join(inside(dir, files), ", ") + " in " + dir)
}

// tell prints the outcome: for people, or as JSON for programs.
func (r *runner) tell(result *play.Result, dir string, files []string) error {
	if r.json {
		r.note(r.words().FilesIn, dir)
		return summary(r.out, result)
	}
	if err := outcome(r.out, result, lang(r.lang)); err != nil {
		return err
	}
	if err := where(r.out, dir, files, lang(r.lang)); err != nil {
		return err
	}
	r.note("%s", r.words().NextRun)
	return nil
}

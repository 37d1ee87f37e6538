package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/queue"
	"pasar/scenarios/runs"
	"pasar/scenarios/shell"
	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
	"pasar/sim/natsd"
)

// A sweeper holds what sweep was asked to do.
type sweeper struct {
	*streams
	link
	dir      string
	workers  int
	part     string
	plan     bool
	listen   string
	allow    []string
	patience time.Duration
	lang     string
	json     bool
	quiet    bool
	reps     int  // of expand
	points   int  // of expand
	all      bool // of retry-failed
}

func sweepVerb(s *streams) *cobra.Command {
	r := &sweeper{streams: s}
	c := &cobra.Command{
		Use:   "sweep STUDY",
		Short: "Plays a study: thousands of runs of scenarios whose numbers vary, on one machine or many",
		Long: `Plays all points and replications of a study file, and writes tables, effects, sensitivities and
a report. Nothing that is finished is lost: stop it at any time, by Ctrl-C or by kill, and the same
command goes on and plays only what is missing (after a power cut also what the last second finished). The files of the results have the
same bytes however the sweep was played.

One machine: as it stands. Several: --nats URL, or --listen here and pasar worker elsewhere.
A cluster with a batch system: --part 3/500 in each array job, then pasar sweep merge.

A run that fails does not end the sweep. It is a row with its error in the results, effects are
taken over the pairs of runs that finished, and the number of failed runs stands beside each.
Exit codes: 0 done, also with some failed runs; 1 all runs failed, too many did (stop: of the
study), or the sweep was stopped; 2 bad input; 3 two workers had different results for one run.`,
		Example: `  pasar sweep rho-and-offline --plan
  pasar sweep ./my-study.yaml --out runs/my-study
  pasar sweep ./my-study.yaml --part 3/500 --out parts
  pasar sweep merge parts --out runs/my-study`,
		Args: exactly(1, "one study: a name of the library or a file"),
		RunE: func(c *cobra.Command, args []string) error {
			return r.signals(func(ctx context.Context) error { return r.play(ctx, args[0]) })
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.dir, "out", "", "`folder` of the sweep (default: runs/<name of the study>)")
	f.BoolVar(&r.plan, "plan", false, "play three cells, say what all of them will take, and stop")
	f.StringVar(&r.part, "part", "", "play share `i/n` without a queue and write part-<i>-of-<n>.parquet into --out; for array jobs")
	r.flags(c)
	c.AddCommand(r.verbs()...)
	return c
}

// flags are those of all verbs that play.
func (r *sweeper) flags(c *cobra.Command) {
	f := c.Flags()
	f.IntVar(&r.workers, "workers", runtime.GOMAXPROCS(0), "cells at a time in this process; never changes a result; 0 with --nats or --listen: others play")
	r.declare(f)
	f.StringVar(&r.listen, "listen", "", "let workers of other processes join at this `address`, such as 10.0.0.5:4222; off this machine with --allow only")
	f.StringArrayVar(&r.allow, "allow", nil, "public `key` of a worker that may join (pasar worker --new-key makes one; repeatable)")
	f.DurationVar(&r.patience, "patience", 30*time.Second, "how long a worker may be silent before its cells are given to others; counts when a sweep begins")
	f.StringVar(&r.lang, "lang", "en", "language of progress, outcome and report: en or id; errors are in English")
	f.BoolVar(&r.json, "json", false, "print summary.json on stdout and nothing else")
	f.BoolVar(&r.quiet, "quiet", false, "no progress and no notes")
}

// signals lets Ctrl-C end what is done.
func (r *sweeper) signals(do func(ctx context.Context) error) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return do(ctx)
}

// check checks the flags against each other.
func (r *sweeper) check() error {
	if err := lang(r.lang).check(); err != nil {
		return err
	}
	switch {
	case r.workers < 0 || r.workers > maxGoroutines:
		return usage("--workers %d: it must be 0 to %d", r.workers, maxGoroutines)
	case r.patience < 300*time.Millisecond:
		return usage("--patience %v: it must be at least 300ms", r.patience)
	case r.workers == 0 && r.nats == "" && r.listen == "":
		return usage("--workers 0: nobody would play; others can with --nats or --listen")
	case r.nats != "" && (r.listen != "" || len(r.allow) > 0):
		return usage("--nats names a server that is there; --listen and --allow are for the one inside")
	case r.part != "" && (r.nats != "" || r.listen != "" || r.plan):
		return usage("--part plays a share without a server; leave out --nats, --listen and --plan")
	}
	return nil
}

// read reads a study and makes its plan.
func (r *sweeper) read(ref string) (*sweep.Plan, error) {
	s, err := study.Load(ref)
	if err != nil {
		if exists(filepath.Join(ref, sweep.FolderFile)) {
			return nil, usage("%s is the folder of a sweep and no study: %s goes on with it", ref, shell.Line("pasar", "sweep", "resume", ref))
		}
		if _, e := load.Load(ref, load.Overrides{}); e == nil {
			return nil, usage("%s is a scenario and no study: %s plays it; a study names scenarios and what varies in them (docs/studies.md)", ref, shell.Line("pasar", "run", ref))
		}
		return nil, err
	}
	return sweep.NewPlan(s, Version(), Human)
}

func (r *sweeper) play(ctx context.Context, ref string) error {
	if err := r.check(); err != nil {
		return err
	}
	p, err := r.read(ref)
	if err != nil {
		return err
	}
	if r.dir == "" {
		r.dir = filepath.Join(runsDir, p.Study)
	}
	switch {
	case r.plan:
		return r.estimate(ctx, p)
	case r.part != "":
		return r.share(ctx, p)
	}
	return r.run(ctx, p)
}

// run plays what is missing, and writes the results.
func (r *sweeper) run(ctx context.Context, p *sweep.Plan) error {
	leave, err := r.enter(p)
	if err != nil {
		return err
	}
	defer leave()
	conn, end, err := r.connect()
	if err != nil {
		return err
	}
	defer end()
	if err := p.Claim(r.dir); err != nil {
		return err
	}
	defer keepGarbage(p.Size())()
	t := newPace(r.streams, r.quiet, lang(r.lang))
	f, err := p.Run(ctx, conn, r.dir, sweep.Options{Workers: r.workers, Patience: r.patience, Lang: r.lang, Progress: t.tell})
	t.end()
	var conflict *queue.Conflict
	switch {
	case errors.As(err, &conflict):
		return &failure{NotAsSaid, conflict}
	case errors.Is(err, queue.ErrVersion):
		return &failure{BadInput, err}
	case ctx.Err() != nil || errors.Is(err, sweep.ErrStopped):
		return fmt.Errorf("stopped; %d of %d cells are done and kept\n%s plays the rest", r.kept(p, conn), p.Size(), shell.Line("pasar", "sweep", "resume", r.dir))
	case err != nil:
		return err
	}
	return r.told(p, f)
}

// enter makes the folder of a plan, or checks that its results may go there. leave takes away a folder in which nothing was written.
func (r *sweeper) enter(p *sweep.Plan) (leave func(), err error) {
	made, err := makeDir(r.dir, runs.Swept)
	if err != nil {
		return nil, err
	}
	leave = func() {
		if made {
			_ = os.Remove(r.dir) // succeeds where nothing was written
		}
	}
	if err := p.Check(r.dir); err != nil {
		leave()
		if errors.Is(err, sweep.ErrTaken) {
			err = &failure{BadInput, err}
		}
		return nil, err
	}
	return leave, nil
}

// connect starts the server inside, or connects with one elsewhere.
func (r *sweeper) connect() (*queue.Conn, func(), error) {
	if r.nats != "" {
		c, err := r.dial()
		if err != nil {
			return nil, nil, err
		}
		return c, c.Close, nil
	}
	s, err := queue.Serve(queue.ServerOptions{Dir: filepath.Join(r.dir, sweep.QueueDir), Listen: r.listen, Keys: r.allow})
	if used, ok := errors.AsType[*natsd.InUse](err); ok {
		return nil, nil, fmt.Errorf("process %s plays %s; pasar sweep status %[3]s tells how far it is, pasar sweep stop %[3]s ends it", used.Process, r.dir, shell.Quote(r.dir))
	}
	if err != nil {
		return nil, nil, ofKey(err)
	}
	c, err := s.Connect()
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	if r.listen != "" && !r.quiet {
		fmt.Fprintf(r.err, lang(r.lang).words().Join+"\n", shell.Line("pasar", "worker", "--nats", s.URL()))
	}
	return c, func() { c.Close(); s.Close() }, nil
}

// share plays one share of an array job.
func (r *sweeper) share(ctx context.Context, p *sweep.Plan) error {
	i, n, ok := strings.Cut(r.part, "/")
	a, err1 := strconv.Atoi(i)
	b, err2 := strconv.Atoi(n)
	if !ok || err1 != nil || err2 != nil || a < 1 || a > b || b > 9999 {
		return usage("--part %s: i/n with i from 1 to n and n up to 9999, such as 3/500", r.part)
	}
	made, err := makeDir(r.dir, runs.Swept)
	if err != nil {
		return err
	}
	if made {
		defer os.Remove(r.dir) // succeeds where nothing was written
	}
	s := sweep.Share{I: a, N: b}
	path := filepath.Join(r.dir, s.Name())
	from, to := s.Cells(p.Size())
	begin, told, w := time.Now(), time.Now(), lang(r.lang).words()
	err = p.WritePart(path, s, p.Share(ctx, from, to, max(r.workers, 1), func(done int) {
		if !r.quiet && time.Since(told) > lineEvery {
			told = time.Now()
			left := time.Since(begin) * time.Duration(to-from-done) / time.Duration(done)
			fmt.Fprintf(r.err, w.Part+"\n", a, b, done, to-from, lang(r.lang).span(left.Round(time.Second)))
		}
	}))
	if ctx.Err() != nil {
		return fmt.Errorf("stopped; part %d of %d was not written, and the same command plays it again", a, b)
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, w.PartDone+"\n", path, to-from, (to-from)*len(p.Worlds))
	return err
}

// told says what came of a sweep.
func (r *sweeper) told(p *sweep.Plan, f *sweep.Found) error {
	if r.json {
		text, err := os.ReadFile(filepath.Join(r.dir, sweep.SummaryFile))
		if err == nil {
			_, err = r.out.Write(text)
		}
		if err != nil {
			return err
		}
	} else {
		r.found(p, f)
	}
	switch {
	case f.Failed == f.Runs:
		return fmt.Errorf("all %d runs failed: %s", f.Runs, f.Errors[0].Error)
	case f.Ended != nil && f.Ended.Rule == sweep.TooManyFailed:
		return fmt.Errorf("%d of %d runs failed, more than the study allows (stop: failed): %s", f.Failed, f.Runs, f.Errors[0].Error)
	}
	return nil
}

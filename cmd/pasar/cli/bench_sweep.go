package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

// A sweepMeasure is what bench sweep --json prints.
type sweepMeasure struct {
	Benchmark string       `json:"benchmark"`
	Played    []sweepRun   `json:"played"`          // with one worker, with all, and many runs with all
	Speedup   float64      `json:"speedup"`         // of the second over the first
	Memory    float64      `json:"memory_ratio"`    // of the third over the second; 0: it cannot be told
	Overhead  sweepAllElse `json:"overhead"`        //
	Buyers    int          `json:"buyers"`          //
	Until     string       `json:"until,omitempty"` // last day; "": as the scenarios say
	Version   string       `json:"version"`         //
	Cores     int          `json:"cores"`           //
}

// A sweepRun is a sweep that was played by a process of its own.
type sweepRun struct {
	Workers   int     `json:"workers"`
	Runs      int     `json:"runs"`
	Seconds   float64 `json:"seconds"`
	RunsPerS  float64 `json:"runs_per_s"`
	Processor float64 `json:"processor_s"`
	BytesPeak int64   `json:"bytes_peak"` // 0: it cannot be told
}

// A sweepAllElse is what a run costs that is made up and not played.
type sweepAllElse struct {
	Runs      int     `json:"runs"`
	Seconds   float64 `json:"seconds_a_run"`
	Processor float64 `json:"processor_s_a_run"` // 0: it cannot be told
}

// A sweepBencher holds what bench sweep was asked to do.
type sweepBencher struct {
	*streams
	runs    int
	made    int
	workers int
	buyers  int
	until   string
	json    bool
	dir     string // where studies and sweeps are
}

const (
	benchPoints = 25  // of the study, each played in two worlds
	benchFew    = 100 // runs of the small sweeps
)

func benchSweep(s *streams) *cobra.Command {
	b := &sweepBencher{streams: s}
	c := &cobra.Command{
		Use:   "sweep",
		Short: "Sweeps: runs a second, what a second worker brings, memory, what all but the playing costs",
		Long: `Plays a study of no-ban and ban at 25 points (how far purchases from content replace others, and the weight of habit) as
pasar sweep does, each time in a process and a folder of its own, which is removed afterwards: 100 runs with one worker, 100 with --workers,
and --runs with --workers. The first two must give the same bytes.

Then --made runs are made up and not played, by two workers: what is left is the queue, the records, the tables and the report.`,
		Example: `  pasar bench sweep
  pasar bench sweep --runs 10000 --until 2023-07-03`,
		Args: exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			return b.run(ctx)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&b.runs, "runs", 1000, "runs of the large sweep, a multiple of 50; 0: none")
	f.IntVar(&b.made, "made", 10_000, "runs that are made up, a multiple of 50; 0: none")
	f.IntVar(&b.workers, "workers", 2, "cells at a time in the second and third sweep")
	f.IntVar(&b.buyers, "buyers", 2000, "simulated buyers")
	f.StringVar(&b.until, "until", "", "stop each run on this `date`")
	f.BoolVar(&b.json, "json", false, "print one JSON document")
	return c
}

// study is the study with so many runs.
func (b *sweepBencher) study(runs int) (*study.Study, error) {
	until := ""
	if b.until != "" {
		until = "until: " + strconv.Quote(b.until) + "\n"
	}
	return study.Parse("bench.yaml", []byte("study: bench\nscenarios: [no-ban, ban]\nbuyers: "+strconv.Itoa(b.buyers)+"\n"+until+`factors:
  displacement: {path: params.disc.rho, values: [.1, .3, .5, .7, .9]}
  habit: {path: params.buyer.habit_beta, values: [.4, .8, 1.2, 1.6, 2]}
design: {kind: grid}
replications: `+strconv.Itoa(runs/benchPoints/2)+`
outcomes: [gmv, sme_income]
`))
}

func (b *sweepBencher) run(ctx context.Context) (err error) {
	for _, n := range []int{b.runs, b.made} {
		if n < 0 || n%(2*benchPoints) != 0 {
			return usage("--runs %d, --made %d: each is a multiple of %d, or 0", b.runs, b.made, 2*benchPoints)
		}
	}
	if b.workers < 2 {
		return usage("--workers %d: at least 2, to compare with 1", b.workers)
	}
	if _, err := b.study(benchFew); err != nil {
		return &failure{BadInput, err}
	}
	if b.dir, err = os.MkdirTemp("", "pasar-bench-*"); err != nil {
		return fmt.Errorf("a folder for the sweeps: %w", err)
	}
	defer os.RemoveAll(b.dir)
	m := sweepMeasure{Benchmark: "sweep", Buyers: b.buyers, Until: b.until, Version: Version(), Cores: runtime.NumCPU()}
	// Those in processes of their own come first: this one is small then (peakOf).
	for i, x := range []sweepRun{{Workers: 1, Runs: benchFew}, {Workers: b.workers, Runs: benchFew}, {Workers: b.workers, Runs: b.runs}} {
		if x.Runs == 0 {
			continue
		}
		if err := b.play(ctx, b.folder(i), &x); err != nil {
			return err
		}
		m.Played = append(m.Played, x)
		if !b.json {
			b.tell(&x)
		}
	}
	if err := b.same(); err != nil {
		return err
	}
	m.Speedup = m.Played[0].Seconds / m.Played[1].Seconds
	if few := m.Played[1].BytesPeak; b.runs > 0 && few > 0 {
		m.Memory = float64(m.Played[2].BytesPeak) / float64(few)
	}
	if b.made > 0 {
		if m.Overhead, err = b.rehearse(ctx); err != nil {
			return err
		}
	}
	if b.json {
		return printJSON(b.out, m)
	}
	return b.sum(&m)
}

// folder is that of the i-th sweep.
func (b *sweepBencher) folder(i int) string { return filepath.Join(b.dir, strconv.Itoa(i)) }

// play plays a sweep in a process of its own.
func (b *sweepBencher) play(ctx context.Context, out string, x *sweepRun) error {
	s, err := b.study(x.Runs)
	if err != nil {
		return err
	}
	file := filepath.Join(b.dir, "bench.yaml")
	if err := os.WriteFile(file, s.Text, 0o644); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	c := exec.CommandContext(ctx, self, "sweep", file, "--out", out, "--workers", strconv.Itoa(x.Workers), "--json") // progress alone is told
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	c.Stderr = b.err
	begin := time.Now()
	if err := c.Run(); err != nil {
		if ctx.Err() != nil {
			return errors.New("stopped")
		}
		return fmt.Errorf("a sweep of %d runs: %w", x.Runs, err)
	}
	x.Seconds = time.Since(begin).Seconds()
	x.RunsPerS = float64(x.Runs) / x.Seconds
	x.Processor = (c.ProcessState.UserTime() + c.ProcessState.SystemTime()).Seconds()
	x.BytesPeak = peakOf(c.ProcessState)
	return nil
}

// same checks that the two small sweeps have the same results.
func (b *sweepBencher) same() error {
	var texts [2][]byte
	for i := range texts {
		var err error
		if texts[i], err = os.ReadFile(filepath.Join(b.folder(i), "runs.parquet")); err != nil {
			return err
		}
	}
	if !bytes.Equal(texts[0], texts[1]) {
		return &failure{NotAsSaid, fmt.Errorf("runs.parquet of 1 worker and of %d workers differ", b.workers)}
	}
	return nil
}

// rehearse makes runs up.
func (b *sweepBencher) rehearse(ctx context.Context) (x sweepAllElse, err error) {
	s, err := b.study(b.made)
	if err != nil {
		return x, err
	}
	p, err := sweep.NewPlan(s, Version(), Human)
	if err != nil {
		return x, err
	}
	r := &sweeper{streams: b.streams, dir: filepath.Join(b.dir, "made")}
	c, end, err := r.connect()
	if err != nil {
		return x, err
	}
	defer end()
	defer keepGarbage(p.Size())()
	begin, before := time.Now(), processor()
	if _, err := p.Rehearse(ctx, c, r.dir, sweep.Options{Workers: 2, Lang: "en"}); err != nil {
		return x, err
	}
	each := 1 / float64(b.made)
	return sweepAllElse{b.made, time.Since(begin).Seconds() * each, (processor() - before).Seconds() * each}, nil
}

func (b *sweepBencher) tell(x *sweepRun) {
	workers := "workers"
	if x.Workers == 1 {
		workers = "worker"
	}
	fmt.Fprintf(b.out, "%2d %-8s %6d runs  %8.1f s  %6.2f runs/s  %8.1f s of a processor  peak memory %d MB\n",
		x.Workers, workers, x.Runs, x.Seconds, x.RunsPerS, x.Processor, x.BytesPeak>>20)
}

func (b *sweepBencher) sum(m *sweepMeasure) error {
	fmt.Fprintf(b.out, "%d workers are %.2f times as fast as 1, with the same bytes; %d cores\n", b.workers, m.Speedup, m.Cores)
	if m.Memory > 0 {
		fmt.Fprintf(b.out, "%d runs take %.2f times the memory of %d\n", b.runs, m.Memory, benchFew)
	}
	if o := m.Overhead; o.Runs > 0 {
		fmt.Fprintf(b.out, "all but the playing, of %d runs that are made up: %.2f ms a run, %.2f ms of a processor\n", o.Runs, o.Seconds*1e3, o.Processor*1e3)
	}
	return nil
}

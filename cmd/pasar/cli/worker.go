package cli

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"pasar/scenarios/queue"
	"pasar/scenarios/sweep"
)

// A lender holds what worker was asked to do.
type lender struct {
	*streams
	link
	slots int
	grace time.Duration
	name  string
	made  string
	quiet bool
}

func workerVerb(s *streams) *cobra.Command {
	w := &lender{streams: s}
	c := &cobra.Command{
		Use:   "worker --nats URL",
		Short: "Lends this machine to sweeps that are played over a NATS server",
		Long: `Plays cells of all sweeps on a NATS server that were begun by the same version of this program,
until it is stopped. It may be stopped or killed at any time: what it was at, others play.
The server must know its key: --new-key writes one and prints the public part, which goes
into the configuration of the server or after sweep --allow.`,
		Example: `  pasar worker --new-key worker.key
  pasar worker --nats nats://10.0.0.5:4222 --key worker.key --slots 8`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error {
			return (&sweeper{streams: s}).signals(w.work)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	w.declare(f)
	f.IntVar(&w.slots, "slots", runtime.GOMAXPROCS(0), "cells at a time; never changes a result")
	f.DurationVar(&w.grace, "grace", 10*time.Second, "how long cells may go on when the worker is stopped; others play the rest")
	f.StringVar(&w.name, "name", "", "`name` that stands with its results in the queue (default: machine and process)")
	f.StringVar(&w.made, "new-key", "", "write a new key into this `file`, print its public part, and stop")
	f.BoolVar(&w.quiet, "quiet", false, "no notes")
	return c
}

func (w *lender) work(ctx context.Context) error {
	if w.made != "" {
		public, err := queue.NewKey(w.made)
		if err != nil {
			return ofKey(err)
		}
		_, err = fmt.Fprintln(w.out, public)
		return err
	}
	switch {
	case w.nats == "":
		return usage("worker needs --nats URL: the server that the sweep is played over")
	case w.slots < 1 || w.slots > maxGoroutines:
		return usage("--slots %d: it must be 1 to %d", w.slots, maxGoroutines)
	case !subject.MatchString(w.name):
		return usage("--name %q: letters, digits, - and _ only, at most 64", w.name)
	}
	c, err := w.dial()
	if err != nil {
		return err
	}
	defer c.Close()
	o := queue.WorkerOptions{Name: w.name, Version: Version(), Slots: w.slots, Grace: w.grace}
	if !w.quiet {
		fmt.Fprintf(w.err, "lending %d slots to sweeps of version %s\n", w.slots, Version())
		o.Refuse = func(err error) { fmt.Fprintln(w.err, "pasar: "+hide(err.Error())) }
	}
	err = c.Work(ctx, o, sweep.Handler(c, Version()))
	if errors.Is(err, queue.ErrVersion) {
		return &failure{BadInput, err}
	}
	return err
}

package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"pasar/scenarios/explain"
	"pasar/scenarios/replay"
	"pasar/sim"
)

// An explainer holds what explain was asked for.
type explainer struct {
	*streams
	agent, event string
	mark         explain.Mark // of the event
	lang         string
	json, quiet  bool
}

func explainVerb(s *streams) *cobra.Command {
	r := &explainer{streams: s}
	c := &cobra.Command{
		Use:   "explain RUN [RUN]",
		Short: "Tells why: the story of an agent, the causes of an event, where two runs part",
		Long: `Tells why something happened in a run, named by its folder or its id.

  RUN                      which SMEs may be worth asking for
  RUN --agent sme:1234     the story of an SME, and what each decision was a reaction to; also
                           creator:N, buyer:N, and platforms by their names, such as tiktok
  RUN --event ID           what an event was a reaction to, and so on, back to an entry of the
                           scenario or to the world as it was at the beginning
  A B --agent sme:1234     the same SME in two worlds: where its lives part, and why
  A B                      the first event that differs, and how the difference spreads

A run that was recorded (pasar run --record) is read. Another one is played again from its receipt,
which takes as long as the run did and gives the same answers.`,
		Example: `  pasar run ban --record --out my-run
  pasar explain my-run
  pasar explain my-run --agent sme:57
  pasar explain my-run --agent sme:57 --lang id
  pasar explain runs/<id> runs/<other> --agent sme:57`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 || len(args) == 2 {
				return nil
			}
			return usage("explain takes one run or two, not %d; see pasar help explain", len(args))
		},
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop)
			if err := lang(r.lang).check(); err != nil {
				return err
			}
			if r.agent != "" && r.event != "" {
				return usage("either --agent or --event")
			}
			if len(args) == 2 && r.event != "" {
				return usage("--event is of one run; leave out %s", args[1])
			}
			if r.event != "" { // before a run is played for it
				var err error
				if r.mark, err = explain.ParseMark(r.event); err != nil {
					return usage("%v", err)
				}
			}
			err := r.explain(ctx, args)
			if ctx.Err() != nil {
				return errors.New("stopped")
			}
			return err
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.agent, "agent", "", "whose story: `name`, such as sme:1234, creator:5, buyer:9 or tiktok")
	f.StringVar(&r.event, "event", "", "the causes of which event: `ID`, as explain prints it")
	f.StringVar(&r.lang, "lang", "en", "language: en or id")
	f.BoolVar(&r.json, "json", false, "print one JSON document and nothing else on stdout")
	f.BoolVar(&r.quiet, "quiet", false, "no progress")
	return c
}

func (r *explainer) explain(ctx context.Context, refs []string) error {
	var open []*explain.Run
	first := ""
	for _, ref := range refs {
		f, err := findRun(ref)
		if err != nil {
			return err
		}
		if f.Dir == first {
			return usage("%s and %s are the same run", refs[0], ref)
		}
		first = f.Dir
		run, err := explain.Open(ctx, f, Version())
		if err != nil {
			return err
		}
		defer run.Close()
		if r.agent != "" { // before a run is played for it
			if _, err := r.who(run); err != nil {
				return err
			}
		}
		open = append(open, run)
	}
	for i, run := range open {
		if err := r.ready(ctx, refs[i], run, len(refs) == 2 || r.event != ""); err != nil {
			return err
		}
	}
	switch {
	case r.event != "":
		return r.path(ctx, open[0])
	case len(open) == 2:
		return r.two(ctx, open[0], open[1])
	case r.agent != "":
		return r.story(ctx, open[0])
	}
	groups, err := open[0].Picks(ctx)
	if err != nil {
		return err
	}
	return r.print(explain.PicksOf(groups), func(w io.Writer) error { return explain.WritePicks(w, groups, r.lang) })
}

// who finds the agent that is asked for. It may be in one run and not in the other.
func (r *explainer) who(run *explain.Run) (sim.ID, error) {
	id, err := replay.Who(run.Market, r.agent)
	if err != nil {
		return 0, usage("%s: %v", run.Scenario.Name, err)
	}
	if id >= run.Market.Desk {
		return 0, usage("%s has no story: it does what the scenario says; ask for an event, or for an sme, a creator, a buyer or a platform", r.agent)
	}
	return id, nil
}

// ready says what is to be known of a run before it is read. One without a recording is recorded first where its events are asked
// for in no particular order.
func (r *explainer) ready(ctx context.Context, dir string, run *explain.Run, anyOrder bool) error {
	note := func(format string, args ...any) {
		if !r.quiet {
			fmt.Fprintf(r.err, format+"\n", args...)
		}
	}
	if run.Another {
		note("%s was made by another program than this one: where the two differ, so may what is told", dir)
	}
	if run.Recorded {
		return nil
	}
	note("%s has no recording: it is played again (run --record keeps one)", dir)
	p := newProgress(r.err, r.quiet, lang(r.lang))
	run.Progress = p.tell
	if !anyOrder {
		return nil
	}
	defer p.end()
	return run.Record(ctx)
}

func (r *explainer) path(ctx context.Context, run *explain.Run) error {
	e, err := run.Find(ctx, r.mark)
	if err != nil {
		return usage("%v", err)
	}
	p, err := run.Trace(ctx, e)
	if err != nil {
		return err
	}
	return r.print(p.JSON(run, r.lang), func(w io.Writer) error { return p.Write(w, run, r.lang) })
}

func (r *explainer) two(ctx context.Context, a, b *explain.Run) error {
	if r.agent == "" {
		front, err := explain.Compare(ctx, a, b)
		if err != nil {
			return err
		}
		return r.print(front.JSON(a, b, r.lang), func(w io.Writer) error { return front.Write(w, a, b, r.lang) })
	}
	id, err := r.who(a)
	if err != nil {
		return err
	}
	pair, err := explain.Both(ctx, a, b, id)
	if err != nil {
		return err
	}
	return r.print(pair.JSON(r.lang), func(w io.Writer) error { return pair.Write(w, r.lang) })
}

func (r *explainer) story(ctx context.Context, run *explain.Run) error {
	id, err := r.who(run)
	if err != nil {
		return err
	}
	lives, err := run.Live(ctx, id)
	if err != nil {
		return err
	}
	story, err := lives[0].Tell()
	if err != nil {
		return err
	}
	return r.print(story.JSON(r.lang), func(w io.Writer) error { return story.Write(w, r.lang) })
}

// print writes an answer as JSON or as text.
func (r *explainer) print(answer any, text func(io.Writer) error) error {
	if r.json {
		return printJSON(r.out, answer)
	}
	return text(r.out)
}

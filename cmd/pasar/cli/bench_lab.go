package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"runtime"
	"time"

	"github.com/spf13/cobra"

	"pasar/cmd/pasar/crowd"
	"pasar/cmd/pasar/serve"
)

// A labMeasure is what bench lab --json prints.
type labMeasure struct {
	Benchmark string           `json:"benchmark"`
	Prepared  *preparation     `json:"prepared,omitempty"`
	Levers    *crowd.LeverShow `json:"levers,omitempty"`
	Pages     *crowd.PageShow  `json:"pages,omitempty"`
	Processor float64          `json:"processor_s,omitempty"` // of the lab and the browsers together while levers were moved; 0: it cannot be told
	BytesPeak int64            `json:"bytes_peak"`            // of the lab and the browsers together; 0: the lab is another process
	Buyers    int              `json:"buyers,omitempty"`
	Pairs     int              `json:"pairs,omitempty"`
	Version   string           `json:"version"`
	Cores     int              `json:"cores"`
}

// A preparation is what it took to play first looks before anybody asked for them.
type preparation struct {
	Places  int     `json:"places"`
	Seconds float64 `json:"seconds"`
}

// A labBencher holds what bench lab was asked to do.
type labBencher struct {
	*streams
	o       crowd.Options
	json    bool
	seconds float64
	minutes float64
	early   time.Duration
	prepare bool
	limit   time.Duration
}

func benchLab(s *streams) *cobra.Command {
	b := &labBencher{streams: s}
	c := &cobra.Command{
		Use:   "lab",
		Short: "The browser lab under a class: levers moved, pages opened",
		Long: `Opens a lab in a folder of its own, which is removed afterwards, and has simulated browsers use it as the
front end would.

First --browsers open the run screen of pilot and move --moves levers each, to places on their scale, one
after the other and each from where the others are, or, with --apart, with the others as they were. With
--prepare the lab is one whose levers were prepared (pasar serve --prepare). A browser looks at a first result for --look on average
(half to three halves of it) before it moves on. Times count from the move: to the first weeks, to the first
effect with an interval (first look: of two pairs, or of a sketch where first looks of others come before), and to all
pairs where the browser waited for them. The lab is one for a class: it prepares sketches while nobody waits, and is open for
--early before the browsers come, as a teacher opens it before a class does. Ctrl-C, or --for, ends the moving of levers; what was seen until then is told.

Then --users open pages for --minutes and ask for runs now and then. 0 browsers or 0 users leave a show out.`,
		Example: `  pasar bench lab
  pasar bench lab --browsers 10 --users 0
  pasar bench lab --at http://192.168.1.20:8080 --code ABCDEF`,
		Args: exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			return b.run(ctx)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&b.o.Browsers, "browsers", 40, "browsers that move levers")
	f.IntVar(&b.o.Moves, "moves", 6, "moves of each")
	f.BoolVar(&b.o.Leave, "leave", false, "browsers close after their last look; without it they wait for all pairs of their last run")
	f.BoolVar(&b.o.Apart, "apart", false, "move one lever at a time and put it back before the next")
	f.BoolVar(&b.prepare, "prepare", false, "prepare the levers first")
	f.Float64Var(&b.seconds, "look", 45, "`seconds` that a browser looks at a first result, on average")
	f.DurationVar(&b.early, "early", time.Minute, "how long the lab is open before the browsers come; not with --prepare or --at")
	f.DurationVar(&b.limit, "for", 0, "stop moving levers after so long, and tell what was seen until then, as Ctrl-C does (default: no limit)")
	f.IntVar(&b.o.Users, "users", 20, "users who open pages")
	f.Float64Var(&b.minutes, "minutes", 5, "how long they do")
	f.IntVar(&b.o.Buyers, "buyers", 0, "simulated buyers of the runs (default: those of a quick run)")
	f.IntVar(&b.o.N, "reps", 0, "pairs of a run (default: those of a quick run)")
	f.Uint64Var(&b.o.Seed, "seed", 1, "of what the browsers do")
	f.StringVar(&b.o.URL, "at", "", "`address` of a lab that is open already, in place of one of its own")
	f.StringVar(&b.o.Code, "code", "", "code of its class")
	f.BoolVar(&b.json, "json", false, "print one JSON document")
	return c
}

func (b *labBencher) check() error {
	switch {
	case b.o.Browsers < 0 || b.o.Browsers > 1000 || b.o.Users < 0 || b.o.Users > 1000:
		return usage("--browsers %d, --users %d: each is 0 to 1000", b.o.Browsers, b.o.Users)
	case b.o.Moves < 1 || b.o.Moves > 1000:
		return usage("--moves %d: it must be 1 to 1000", b.o.Moves)
	case !(b.seconds >= 0 && b.seconds <= 3600 && b.minutes >= 0 && b.minutes <= 24*60):
		return usage("--look %g is 0 to 3600 seconds, --minutes %g is 0 to 1440", b.seconds, b.minutes)
	case b.prepare && b.o.URL != "":
		return usage("--prepare with --at: prepare that lab when you open it (pasar serve --prepare)")
	case b.limit < 0 || b.early < 0:
		return usage("--for %v, --early %v: neither can be less than nothing", b.limit, b.early)
	case b.o.N == 1:
		return usage("--reps 1: a first result needs two pairs")
	}
	b.o.Look = time.Duration(b.seconds * float64(time.Second))
	b.o.Patience = 10 * time.Minute
	b.o.For = time.Duration(b.minutes * float64(time.Minute))
	if b.o.URL == "" {
		return nil
	}
	if u, err := url.Parse(b.o.URL); err != nil || u.Scheme != "http" || u.Host == "" {
		return usage("--at %q: an address such as http://127.0.0.1:8080", b.o.URL)
	}
	return nil
}

func (b *labBencher) run(ctx context.Context) (err error) {
	if err := b.check(); err != nil {
		return err
	}
	m := labMeasure{Benchmark: "lab", Buyers: b.o.Buyers, Pairs: b.o.N, Version: Version(), Cores: runtime.NumCPU()}
	own := b.o.URL == ""
	if own {
		l, done, err := b.open()
		if err != nil {
			return err
		}
		defer done()
		if b.prepare {
			if m.Prepared, err = b.ready(l); err != nil {
				return err
			}
		}
	}
	if b.o.Browsers > 0 {
		if own && !b.prepare {
			select {
			case <-time.After(b.early):
			case <-ctx.Done():
			}
		}
		short, stop := ctx, context.CancelFunc(func() {})
		if b.limit > 0 {
			short, stop = context.WithTimeout(ctx, b.limit)
		}
		before := processor()
		m.Levers, err = crowd.Levers(short, b.o)
		stop()
		if err != nil {
			return err
		}
		m.Processor = (processor() - before).Seconds()
		if !b.json {
			b.tellLevers(m.Levers)
			if own && m.Processor > 0 {
				fmt.Fprintf(b.out, "  processor time of lab and browsers %.0f s\n", m.Processor)
			}
		}
	}
	if b.o.Users > 0 && ctx.Err() == nil {
		if m.Pages, err = crowd.Pages(ctx, b.o); err != nil {
			return err
		}
		if !b.json {
			b.tellPages(m.Pages)
		}
	}
	if own {
		m.BytesPeak = peak()
	}
	if b.json {
		return printJSON(b.out, m)
	}
	if own {
		fmt.Fprintf(b.out, "peak memory %d MB, lab and browsers together; %d cores\n", m.BytesPeak>>20, m.Cores)
	}
	return nil
}

// open opens a lab in a folder that is removed by done.
func (b *labBencher) open() (l *serve.Lab, done func(), err error) {
	dir, err := os.MkdirTemp("", "pasar-bench-*")
	if err != nil {
		return nil, nil, fmt.Errorf("a folder for the lab: %w", err)
	}
	l, err = serve.Open(serve.Options{Version: Version(), Human: Human, Dir: dir, Lang: "en", UI: b.front.UI, Notes: b.front.Notes, History: b.prepare})
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	ear, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		l.Close()
		return nil, nil, errors.Join(err, os.RemoveAll(dir))
	}
	h := &http.Server{Handler: l, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() { _ = h.Serve(ear) }() // it ends when it is closed
	b.o.URL = "http://" + ear.Addr().String()
	sketches, err := serve.Sketches()
	if err != nil {
		l.Close()
		return nil, nil, errors.Join(err, ear.Close(), os.RemoveAll(dir))
	}
	go func() { _ = l.Prepare(sketches) }() // as a class's lab does; it ends when the lab is closed
	return l, func() {
		_ = h.Close()
		l.Close()
		_ = os.RemoveAll(dir) // what is left is in the folder of temporary files
	}, nil
}

// ready prepares the levers of a lab.
func (b *labBencher) ready(l *serve.Lab) (*preparation, error) {
	list, err := serve.Places()
	if err != nil {
		return nil, err
	}
	begin := time.Now()
	if err := l.Prepare(list); err != nil {
		return nil, err
	}
	p := &preparation{len(list), time.Since(begin).Seconds()}
	if !b.json {
		fmt.Fprintf(b.out, "prepared %d places of levers in %.0f s\n", p.Places, p.Seconds)
	}
	return p, nil
}

func (b *labBencher) tellLevers(s *crowd.LeverShow) {
	fmt.Fprintf(b.out, "%d browsers, %d moves each, looking for %.3g s: %.0f s, %d runs\n", s.Browsers, s.Moves, s.Look, s.Seconds, s.Distinct)
	b.tellTimes("first result of opening", s.Opening)
	b.tellTimes("first weeks of a move", s.Weeks)
	b.tellTimes("first look of a move", s.Glance)
	if s.Stopped {
		b.tellTimes("stopped while waiting", s.Waiting)
	}
	b.tellTimes("first result of a move", s.Result)
	b.tellTimes("all pairs of a move", s.Full)
	b.tellFailures(&s.Failures)
}

func (b *labBencher) tellPages(s *crowd.PageShow) {
	fmt.Fprintf(b.out, "%d users: %.0f s, %d runs\n", s.Users, s.Seconds, s.Distinct)
	b.tellTimes("pages", s.Pages)
	b.tellTimes("runs", s.Runs)
	b.tellFailures(&s.Failures)
}

func (b *labBencher) tellTimes(what string, t crowd.Times) {
	fmt.Fprintf(b.out, "  %-24s %6d   p50 %7.3f s   p95 %7.3f s   worst %7.3f s\n", what, t.N, t.P50, t.P95, t.Worst)
}

func (b *labBencher) tellFailures(f *crowd.Failures) {
	fmt.Fprintf(b.out, "  runs lost %d, requests refused %d\n", f.Lost, f.Refused)
	if f.Example != "" {
		fmt.Fprintf(b.out, "  such as: %s\n", f.Example)
	}
}

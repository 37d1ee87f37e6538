package cli

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/sim"
	"pasar/sim/natsbus"
	"pasar/sim/simtest"
)

// began is about when the program started.
var began = time.Now()

// A measure is what bench --json prints. Seconds and EventsPerS are those of the median run.
type measure struct {
	Benchmark  string    `json:"benchmark"`
	Events     uint64    `json:"events"`
	Seconds    float64   `json:"seconds"`
	EventsPerS float64   `json:"events_per_s"`
	Best       float64   `json:"best_events_per_s"`
	Goroutines int       `json:"goroutines"`
	BytesPeak  int64     `json:"bytes_peak"`
	FirstEvent float64   `json:"first_event_s,omitempty"` // from the start of the program
	Agents     int       `json:"agents,omitempty"`
	Buyers     int       `json:"buyers,omitempty"`
	Digest     string    `json:"digest"`
	Runs       []float64 `json:"runs_s"`
	Version    string    `json:"version"`
	Cores      int       `json:"cores"`
}

// A bencher holds what bench was asked to do.
type bencher struct {
	*streams
	goroutines int
	runs       int
	json       bool
	agents     int
	events     float64
	buyers     int
	until      string
}

func benchVerb(s *streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "bench NAME",
		Short: "Measures this program on this machine",
		Args:  cobra.ArbitraryArgs,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("bench takes the name of a benchmark: phold, market, sweep or lab")
			}
			return unknown("benchmark", args[0], names(c.Commands()))
		},
	}
	c.AddCommand(benchPHOLD(s), benchMarket(s), benchSweep(s), benchLab(s))
	return c
}

func benchPHOLD(s *streams) *cobra.Command {
	b := &bencher{streams: s}
	c := &cobra.Command{
		Use:   "phold",
		Short: "The kernel alone: PHOLD, the benchmark of the field, over embedded NATS",
		Args:  exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			return b.phold(ctx)
		},
	}
	b.declare(c, 2, 5)
	c.Flags().IntVar(&b.agents, "agents", simtest.DefaultPHOLD().Agents, "agents, with 10 events each")
	c.Flags().Float64Var(&b.events, "events", 20e6, "events of a run, about")
	return c
}

func benchMarket(s *streams) *cobra.Command {
	b := &bencher{streams: s}
	c := &cobra.Command{
		Use:   "market",
		Short: "The whole: pilot with 20,000 buyers over 18 months",
		Args:  exactly(0, "no argument"),
		RunE: func(*cobra.Command, []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
			defer stop()
			return b.market(ctx)
		},
	}
	b.declare(c, play.DefaultGoroutines(), 1)
	c.Flags().IntVar(&b.buyers, "buyers", 20_000, "simulated buyers")
	c.Flags().StringVar(&b.until, "until", "", "stop on this `date`")
	return c
}

func (b *bencher) declare(c *cobra.Command, goroutines, runs int) {
	f := c.Flags()
	f.IntVar(&b.goroutines, "goroutines", goroutines, "goroutines that host the agents")
	f.IntVar(&b.runs, "runs", runs, "how often to run")
	f.BoolVar(&b.json, "json", false, "print one JSON document")
}

func (b *bencher) check() error {
	if b.goroutines < 1 || b.goroutines > maxGoroutines {
		return usage("--goroutines %d: it must be 1 to %d", b.goroutines, maxGoroutines)
	}
	if b.runs < 1 {
		return usage("--runs %d: at least 1", b.runs)
	}
	return nil
}

func (b *bencher) phold(ctx context.Context) error {
	if err := b.check(); err != nil {
		return err
	}
	if b.agents < 1 || b.agents > 10_000_000 || b.events < 0 || b.events > 1e12 {
		return usage("--agents is 1 to 10000000, --events at most 1e12")
	}
	p := simtest.DefaultPHOLD()
	p.Agents = b.agents
	// An event comes again after a window and its mean delay.
	until := sim.Time(b.events/float64(p.Agents*p.Start)*(float64(p.Window)+p.Mean))/p.Window*p.Window + p.Window
	m := measure{Benchmark: "phold", Goroutines: b.goroutines, Agents: p.Agents}
	err := b.repeat(&m, func() (d sim.Digest, n uint64, took time.Duration, err error) {
		return playPHOLD(ctx, p, until, b.goroutines)
	})
	if err != nil {
		return err
	}
	if b.goroutines > 1 {
		d, _, _, err := playPHOLD(ctx, p, until, 1)
		if err != nil {
			return err
		}
		if d.String() != m.Digest {
			return &failure{NotAsSaid, fmt.Errorf("one goroutine gives the digest %v, %d give %s", d, b.goroutines, m.Digest)}
		}
	}
	return b.print(&m)
}

// playPHOLD runs the toy model once. Only the run itself is timed.
func playPHOLD(ctx context.Context, p simtest.PHOLD, until sim.Time, goroutines int) (d sim.Digest, n uint64, took time.Duration, err error) {
	o := sim.Options[simtest.Jump]{Seed: 1, Until: until, Shards: goroutines}
	if goroutines > 1 {
		bus, err := natsbus.Open(ctx, natsbus.Options{Run: "phold", Shards: goroutines})
		if err != nil {
			return d, 0, 0, err
		}
		defer bus.Close()
		o.Bus = bus
	}
	w, _ := simtest.NewPHOLD(p, o)
	runtime.GC() // what the run before left
	begin := time.Now()
	d, err = w.Run(ctx)
	return d, w.Events(), time.Since(begin), err
}

func (b *bencher) market(ctx context.Context) error {
	if err := b.check(); err != nil {
		return err
	}
	if b.buyers <= 0 {
		return usage("--buyers %d: a market needs at least 100 buyers", b.buyers)
	}
	s, err := load.Load("pilot", load.Overrides{Buyers: b.buyers, Until: b.until})
	if err != nil {
		return err
	}
	limitGarbage(s.Buyers)
	n, _ := play.Actors(s)
	m := measure{Benchmark: "market", Goroutines: b.goroutines, Buyers: b.buyers, Agents: n}
	err = b.repeat(&m, func() (sim.Digest, uint64, time.Duration, error) {
		start := time.Since(began)
		r, err := play.Run(ctx, s, play.Options{Goroutines: b.goroutines})
		if err != nil {
			return sim.Digest{}, 0, 0, err
		}
		if m.FirstEvent == 0 {
			m.FirstEvent = (start + r.FirstEvent).Seconds()
		}
		return r.Digest, r.Events, r.Wall, nil
	})
	if err != nil {
		return err
	}
	return b.print(&m)
}

// repeat runs a benchmark some times, tells of each, and keeps the median. All runs must have one digest.
func (b *bencher) repeat(m *measure, once func() (sim.Digest, uint64, time.Duration, error)) error {
	for i := range b.runs {
		d, events, took, err := once()
		if err != nil {
			return err
		}
		if i > 0 && (d.String() != m.Digest || events != m.Events) {
			return &failure{NotAsSaid, fmt.Errorf("run %d has the digest %v, the runs before have %s", i+1, d, m.Digest)}
		}
		m.Digest, m.Events = d.String(), events
		m.Runs = append(m.Runs, took.Seconds())
		if !b.json {
			fmt.Fprintf(b.out, "run %d  %8.3f s  %7.2fM events/s\n", i+1, took.Seconds(), float64(events)/took.Seconds()/1e6)
		}
	}
	sorted := slices.Sorted(slices.Values(m.Runs))
	m.Seconds = sorted[len(sorted)/2]
	m.EventsPerS = float64(m.Events) / m.Seconds
	m.Best = float64(m.Events) / sorted[0]
	m.BytesPeak, m.Version, m.Cores = peak(), Version(), runtime.NumCPU()
	return nil
}

func (b *bencher) print(m *measure) error {
	if b.json {
		return printJSON(b.out, m)
	}
	fmt.Fprintf(b.out, "median  %.2fM events/s, best %.2fM; %d events, %d goroutines on %d cores\n",
		m.EventsPerS/1e6, m.Best/1e6, m.Events, m.Goroutines, m.Cores)
	if m.FirstEvent > 0 {
		fmt.Fprintf(b.out, "first event %.0f ms after the start of the program\n", m.FirstEvent*1e3)
	}
	same := "of the one run"
	if b.runs > 1 {
		same = "equal in all runs"
	}
	if m.Benchmark == "phold" && b.goroutines > 1 {
		same += " and with 1 goroutine"
	}
	_, err := fmt.Fprintf(b.out, "peak memory %d MB\ndigest %s, %s\n", m.BytesPeak>>20, m.Digest, same)
	return err
}

// peak is the most memory that this process has held: what the system says, or what Go has asked it for.
func peak() int64 {
	if f, err := os.Open("/proc/self/status"); err == nil {
		defer f.Close()
		for in := bufio.NewScanner(f); in.Scan(); {
			if kb, ok := strings.CutPrefix(in.Text(), "VmHWM:"); ok {
				n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(kb), " kB"), 10, 64)
				if err == nil {
					return n << 10
				}
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.Sys)
}

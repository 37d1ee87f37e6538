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

	"github.com/spf13/cobra"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/replay"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A replayer holds what replay was asked to do.
type replayer struct {
	*streams
	at, until string
	speed     string
	follow    string
	paused    bool
	stay      bool
	lang      string

	listen, nats string
	kinds        string

	export string
	agent  string
	state  string
	json   bool
	quiet  bool
}

func replayVerb(s *streams) *cobra.Command {
	r := &replayer{streams: s}
	c := &cobra.Command{
		Use:   "replay RUN",
		Short: "Plays a recorded run back, at any speed and from any moment",
		Long: `Plays back a run that was recorded with pasar run --record: its orders day by day, what the
scenario does as it comes, and what happens to one agent (--follow). On a terminal: space pauses,
. steps an hour, [ and ] change the speed, arrows go a week back or ahead, q ends.
With --listen or --nats, NATS clients receive the events on pasar.<run>.event.<kind>, in order.
--export writes events to a file instead, --state prints what an agent has at a moment.`,
		Example: `  pasar replay runs/<id> --at 2023-10-04T16:00 --speed 2h/s
  pasar replay <id> --follow sme:12 --speed max
  pasar replay <id> --listen 127.0.0.1:4333 --kinds placed,accepted
  pasar replay <id> --export october.parquet --at 2023-10-01 --until 2023-11-01 --agent sme:12
  pasar replay <id> --state sme:12 --at 2023-10-04T17:00`,
		Args: exactly(1, "the folder of one run"),
		RunE: func(_ *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop)
			return r.replay(ctx, args[0])
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.at, "at", "", "begin at this `moment`, such as 2023-10-04T17:00 (default: where the results of the run begin)")
	f.StringVar(&r.until, "until", "", "end at this `moment`")
	f.StringVar(&r.speed, "speed", "7d/s", "simulated `time` for each second, or max")
	f.StringVar(&r.follow, "follow", "", "also tell what happens to one `agent`: sme:12, buyer:7, creator:3, shopee, ...")
	f.BoolVar(&r.paused, "paused", false, "begin paused: for clients that take control over NATS")
	f.BoolVar(&r.stay, "stay", false, "at the end wait for more to do, until Ctrl-C")
	f.StringVar(&r.listen, "listen", "", "let NATS clients listen and take control at this loopback `address`, such as 127.0.0.1:4333")
	f.StringVar(&r.nats, "nats", "", "publish to an outside NATS server: `URL`; credentials come from PASAR_NATS_USER and PASAR_NATS_PASSWORD")
	f.StringVar(&r.kinds, "kinds", "", "`kinds` of events to publish (default: orders and news) or to export (default: all)")
	f.StringVar(&r.export, "export", "", "write the events to a `file`: .parquet, .jsonl or .csv")
	f.StringVar(&r.agent, "agent", "", "export only what this `agent` heard or said")
	f.StringVar(&r.state, "state", "", "print what this `agent` has at --at")
	f.StringVar(&r.lang, "lang", "en", "language: en or id")
	f.BoolVar(&r.json, "json", false, "with --state: print one JSON document")
	f.BoolVar(&r.quiet, "quiet", false, "show nothing, only publish")
	return c
}

// replay checks what was asked, and does it.
func (r *replayer) replay(ctx context.Context, ref string) error {
	speed, err := replay.ParseSpeed(r.speed)
	if err != nil {
		return usage("--speed: %v", err)
	}
	switch {
	case r.export != "" && r.state != "", (r.export != "" || r.state != "") && (r.listen != "" || r.nats != "" || r.follow != ""):
		return usage("either --export, or --state, or a replay with --follow, --listen or --nats")
	case r.listen != "" && r.nats != "":
		return usage("either --listen or --nats")
	case r.agent != "" && r.export == "":
		return usage("--agent says what is exported: add --export FILE, or use --follow")
	case r.json && r.state == "":
		return usage("--json prints the state of an agent: add --state sme:12")
	case r.state != "" && r.at == "":
		return usage("--state: at which moment? Add --at, such as --at 2023-10-04T17:00")
	}
	if err := errors.Join(lang(r.lang).check(), checkListen(r.listen)); err != nil {
		return err
	}
	var kinds play.Kinds
	if r.kinds != "" {
		if kinds, err = tapKinds(r.kinds); err != nil {
			return err
		}
	}
	f, err := findRun(ref)
	if err != nil {
		return err
	}
	rec, err := openRecording(ctx, f)
	if err != nil {
		return err
	}
	defer rec.Close()
	from, until := rec.Scenario.Start, rec.Until()
	if r.at != "" {
		if from, err = moment("--at", r.at); err != nil {
			return err
		}
	}
	if r.until != "" {
		if until, err = moment("--until", r.until); err != nil {
			return err
		}
	}
	if from < 0 || from > rec.Until() || until < from {
		return usage("--at %s, --until %s: %s is recorded from %s to %s", replay.Stamp(from), replay.Stamp(until), ref, replay.Stamp(0), replay.Stamp(rec.Until()))
	}
	switch {
	case r.state != "":
		return r.has(ctx, rec, from)
	case r.export != "":
		return r.write(ctx, rec, from, until, kinds)
	}
	return r.show(ctx, rec, replay.Options{Window: rec.Scenario.Window, From: from, Until: until, Speed: speed, Paused: r.paused, Stay: r.stay}, kinds)
}

// who finds an agent in a recorded run.
func who(flag string, m *market.Market, name string) (sim.ID, error) {
	id, err := replay.Who(m, name)
	if err != nil {
		return 0, usage("%s: %v", flag, err)
	}
	return id, nil
}

// has prints what an agent has at a moment.
func (r *replayer) has(ctx context.Context, rec *play.Recording, at sim.Time) error {
	if rec.About.Version != Version() {
		return usage("the run was played by another program (%s; this is %s): its events can be replayed, but not its states", rec.About.Version, Version())
	}
	id, err := who("--state", rec.Market(), r.state)
	if err != nil {
		return err
	}
	w, m, err := rec.At(ctx, at)
	if err != nil {
		return err
	}
	l := say.In(r.lang)
	h, err := replay.Has(w, m, &l, id)
	if err != nil {
		return usage("--state: %v", err)
	}
	if r.json {
		return printJSON(r.out, h)
	}
	_, err = fmt.Fprintf(r.out, "%s on %s (state of the world %.12s)\n  %s\n", h.Agent, l.Moment(w.Now()), h.Hash, strings.Join(h.Lines, "\n  "))
	return err
}

// write exports events.
func (r *replayer) write(ctx context.Context, rec *play.Recording, from, until sim.Time, kinds play.Kinds) error {
	s := replay.Slice{From: from, Until: until, Kinds: kinds}
	if kinds == nil {
		s.Kinds = replay.AllKinds()
	}
	m := rec.Market()
	if r.agent != "" {
		id, err := who("--agent", m, r.agent)
		if err != nil {
			return err
		}
		s.Agent = &id
	}
	switch filepath.Ext(r.export) {
	case ".parquet", ".jsonl", ".csv":
	default:
		return usage("--export %s: the name must end in .parquet, .jsonl or .csv", r.export)
	}
	n, err := replay.Export(ctx, r.export, rec, m, s, rec.Scenario.Window)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "%d events from %s to %s in %s\n", n, replay.Stamp(from), replay.Stamp(until), r.export)
	return err
}

// show plays back, to the terminal and to whoever listens.
func (r *replayer) show(ctx context.Context, rec *play.Recording, o replay.Options, kinds play.Kinds) error {
	if kinds == nil {
		kinds = play.DefaultKinds()
	}
	v, err := newView(r, rec, o.From)
	if err != nil {
		return err
	}
	var station *replay.Station
	if r.listen != "" || r.nats != "" {
		url, err := natsURL(r.nats)
		if err != nil {
			return err
		}
		if station, err = replay.Open(rec.Run(), url, r.listen, kinds); err != nil {
			return err
		}
		defer station.Close()
		if !r.quiet {
			fmt.Fprintln(r.err, hide(fmt.Sprintf("NATS clients may listen at %s: events on pasar.%s.event.<kind>; pasar.%s.control.<verb> takes control",
				station.URL(), rec.Run(), rec.Run())))
		}
	}
	var p *replay.Player
	o.Show = func(m replay.Moment) error {
		if station != nil {
			if err := station.Tell(m, p.State()); err != nil {
				return err
			}
		}
		return v.show(m, p)
	}
	if p, err = replay.New(rec, o); err != nil {
		return usage("%v", err)
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	if station != nil {
		if err := station.Control(ctx, p); err != nil {
			return err
		}
	}
	restore, err := v.keys(ctx, p, stop)
	if err != nil {
		return err
	}
	defer restore()
	err = p.Run(ctx)
	v.end(p)
	if errors.Is(err, errQuit) || ctx.Err() != nil && errors.Is(context.Cause(ctx), context.Canceled) {
		return nil
	}
	return err
}

// errQuit is why a replay ends whose onlooker has seen enough.
var errQuit = errors.New("seen enough")

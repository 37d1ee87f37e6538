package cli

import (
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/shell"
	"pasar/scenarios/study"
	"pasar/sim/record"
)

// A world holds the flags that say which world is played. They mean the same in every verb.
type world struct {
	flags *pflag.FlagSet
	seed  uint64
	o     load.Overrides
}

func (w *world) declare(f *pflag.FlagSet) {
	w.flags = f
	f.Uint64Var(&w.seed, "seed", 1, "luck of the run; the file's own if not given")
	f.IntVar(&w.o.Buyers, "buyers", 0, "simulated buyers (scale); the file's own if not given")
	f.StringVar(&w.o.Until, "until", "", "stop on this `date`, such as 2023-12-31")
	f.StringArrayVar(&w.o.Set, "set", nil, "change one value: `path=value`, such as params.disc.rho=.8 (repeatable)")
}

// load reads a scenario and all that the flags change in it.
func (w *world) load(ref string) (*load.Scenario, error) {
	o, err := w.overrides()
	if err != nil {
		return nil, err
	}
	s, err := load.Load(ref, o)
	if err != nil {
		return nil, meant(ref, err)
	}
	return s, nil
}

// meant says of what is no scenario what it is instead, if that can be told; else what is wrong with it.
func meant(ref string, err error) error {
	if study.Is(ref) {
		return usage("%s is a study and no scenario: %s plays it", ref, shell.Line("pasar", "sweep", ref))
	}
	file := "./" + ref + ".yaml"
	if _, err := os.Stat(file); err == nil && filepath.Base(ref) == ref && !slices.Contains(load.Names(), ref) {
		return usage("there is no scenario %q in the library; the file here is named by its path, %s", ref, shell.Quote(file))
	}
	return err
}

// overrides is what the flags change.
func (w *world) overrides() (load.Overrides, error) {
	o := w.o
	if w.flags.Changed("seed") {
		o.Seed = &w.seed
	}
	if w.flags.Changed("buyers") && o.Buyers <= 0 {
		return o, usage("--buyers %d: a market needs at least 100 buyers", o.Buyers)
	}
	return o, nil
}

// A hosting holds the flags that say how a world is carried. None of them changes a result.
type hosting struct {
	goroutines int
	actors     bool
	proc       int
	procs      int
	nats       string
	listen     string
	tap        string
	record     bool
	states     int
	limit      int
	id         string
}

const tapDefault = "orders"

func (h *hosting) declare(f *pflag.FlagSet) {
	f.IntVar(&h.goroutines, "goroutines", 0, "goroutines that host the agents; never changes a result (default: one for each core, at least 2)")
	f.BoolVar(&h.actors, "actors", false, "every agent its own goroutine, every event its own message; never changes a result")
	f.IntVar(&h.procs, "procs", 1, "processes that play this run together, through --nats")
	f.IntVar(&h.proc, "proc", 0, "number of this process, from 0; process 0 writes the files")
	f.StringVar(&h.nats, "nats", "", "an outside NATS server: `URL`; credentials come from PASAR_NATS_USER and PASAR_NATS_PASSWORD")
	f.StringVar(&h.listen, "listen", "", "let NATS clients look on at this loopback `address`, such as 127.0.0.1:4333")
	f.StringVar(&h.tap, "tap", "", "publish decoded events: `kinds`, such as placed,accepted, or all")
	f.Lookup("tap").NoOptDefVal = tapDefault
	f.BoolVar(&h.record, "record", false, "keep all events and, now and then, the state of the world, in the folder recording; never changes a result")
	f.IntVar(&h.states, "record-states", 7, "`days` between recorded states; 0: none")
	f.IntVar(&h.limit, "record-limit", record.DefaultLimit>>20, "most that a recording may take on disk, in `MiB`")
	f.StringVar(&h.id, "run-id", "", "`name` of the run in subjects and files (default: a new one)")
}

// options checks the flags against each other and against the scenario.
func (h *hosting) options(f *pflag.FlagSet, s *load.Scenario) (o play.Options, err error) {
	o = play.Options{Goroutines: h.goroutines, Actors: h.actors, Proc: h.proc, Procs: h.procs, Listen: h.listen, ID: h.id}
	if h.goroutines < 0 || f.Changed("goroutines") && h.goroutines == 0 || h.goroutines > maxGoroutines {
		return o, usage("--goroutines %d: it must be 1 to %d", h.goroutines, maxGoroutines)
	}
	if err := h.checkProcs(f); err != nil {
		return o, err
	}
	if h.actors {
		if h.procs > 1 || f.Changed("goroutines") {
			return o, usage("--actors gives each agent its own goroutine in one process; leave out --goroutines and --procs")
		}
		if n, ok := play.Actors(s); !ok {
			return o, usage("--actors is for small worlds: this one has %d agents, at most %d can be actors\n"+
				"try fewer buyers, such as --buyers 300, or leave out --actors: the digest is the same", n, play.MaxActors)
		}
	}
	if err := h.checkRecord(f); err != nil {
		return o, err
	}
	if h.record {
		o.Record = &play.Record{Each: h.states, Limit: int64(h.limit) << 20}
	}
	o.Version = Version()
	if h.procs > 1 {
		if o.Goroutines == 0 {
			o.Goroutines = 2 * h.procs // the same on every machine
		}
		if o.ID == "" {
			o.ID = sharedID(s)
		}
	}
	if o.Goroutines == 0 {
		o.Goroutines = play.DefaultGoroutines()
	}
	if !subject.MatchString(o.ID) {
		return o, usage("--run-id %q: letters, digits, - and _ only, at most 64", o.ID)
	}
	if o.URL, err = natsURL(h.nats); err != nil {
		return o, err
	}
	if err := checkListen(h.listen); err != nil {
		return o, err
	}
	if h.nats != "" && h.listen != "" {
		return o, usage("either --nats or --listen: clients of an outside server look on there")
	}
	if f.Changed("tap") {
		o.Tap, err = tapKinds(h.tap)
	}
	return o, err
}

const maxGoroutines = 1024

func (h *hosting) checkProcs(f *pflag.FlagSet) error {
	switch {
	case h.procs < 1:
		return usage("--procs %d: at least 1 process plays", h.procs)
	case h.proc < 0 || h.proc >= h.procs:
		return usage("--proc %d: with --procs %d it is a number from 0 to %d", h.proc, h.procs, h.procs-1)
	case h.procs > 1 && h.nats == "" && h.listen == "":
		return usage("--procs %d needs --nats URL: a NATS server that all processes can reach", h.procs)
	case h.procs > 1 && f.Changed("goroutines") && h.goroutines < h.procs:
		return usage("--goroutines %d: %d processes need at least one each", h.goroutines, h.procs)
	}
	return nil
}

// checkRecord checks what is said of a recording.
func (h *hosting) checkRecord(f *pflag.FlagSet) error {
	switch {
	case !h.record && (f.Changed("record-states") || f.Changed("record-limit")):
		return usage("--record-states and --record-limit say how a run is recorded: add --record")
	case h.record && h.procs > 1:
		return usage("--record: a run of %d processes cannot be recorded, since each sees its own events only", h.procs)
	case h.states < 0:
		return usage("--record-states %d: it must be 0 (none) or more days", h.states)
	case h.limit < 1 || h.limit > 1<<30:
		return usage("--record-limit %d: it must be 1 MiB or more", h.limit)
	}
	return nil
}

// tapKinds reads the kinds of events to publish.
func tapKinds(list string) (play.Kinds, error) {
	if list == tapDefault {
		return play.DefaultKinds(), nil
	}
	kinds, wrong := play.ParseKinds(list)
	if kinds == nil {
		known := []string{"all", tapDefault}
		for k := range market.Kinds {
			if name := market.KindName(k); name != "" {
				known = append(known, name)
			}
		}
		return nil, unknown("kind of event", wrong, known)
	}
	return kinds, nil
}

// Package play runs a scenario: it builds the world, joins its goroutines by NATS, and keeps what came of it.
package play

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
	"pasar/sim/natsbus"
)

// Options say how a scenario is run. None of them changes what happens in it.
type Options struct {
	Goroutines  int                      // that host agents, over all processes; 0: one for each core, at least two
	Actors      bool                     // every agent its own goroutine, every event its own message
	Proc, Procs int                      // this process and how many there are
	URL         string                   // an outside NATS server; needed for more than one process
	Listen      string                   // address where outside clients may connect to the server inside
	Tap         Kinds                    // events to publish, decoded
	ID          string                   // of the run; default: a new one
	Version     string                   // of the program, for the other processes to compare
	Record      *Record                  // nil: the run is not recorded
	From        *From                    // nil: the run is played from its beginning
	Watch       sim.Recorder[market.Msg] // is shown what happens; nil: nobody
	Progress    func(Progress)
}

// Progress is how far a run has come.
type Progress struct {
	Now    time.Time
	Share  float64 // of simulated time, 0 to 1
	Events uint64  // so far, in this process
}

// A Result is what came of a run.
type Result struct {
	ID         string
	Scenario   *load.Scenario
	Market     *market.Market
	Book       *market.Book     // the rules, with what the run added
	Enacted    []market.Enacted // what it added, in order
	Days       [][]int64        // totals by day of the clock; nil where the day has not closed
	Weeks      []market.WeekRow
	Sample     []Week // tracked agents, by week
	Audits     []market.Audit
	Watch      []market.WatchRow // the regulator's weekly reports
	Reviews    []market.Review   // of changes of owner
	Digest     sim.Digest
	Daily      []sim.Digest
	Events     uint64
	Taken      uint64 // of Events, those that were not played but taken over; see From
	Goroutines int
	Wall       time.Duration
	FirstEvent time.Duration // from the start to the first window
	Dropped    int64         // events the tap could not keep up with
	Stopped    bool          // before the end, by the context
	Recording  string        // folder of the recording; empty: there is none
	Lost       error         // why the recording stopped before the run did, or nil
}

// MaxActors is how many agents actors mode takes on.
const MaxActors = 5_000

// Sizes are the numbers of agents that a scenario has: buyers, SMEs (as many spare ones come on top) and W.
func Sizes(s *load.Scenario) (buyers, smes int, w float64) {
	w = s.Params.Scale.Buyers / float64(s.Buyers)
	return s.Buyers, max(int(s.Params.Scale.SMEs/w+.5), 6), w
}

// NewMarket is what everyone knows in a scenario.
func NewMarket(s *load.Scenario) *market.Market {
	_, _, w := Sizes(s)
	days := int(s.End/market.Day) + 2
	m := &market.Market{
		P: s.Params, Book: s.Plan(w), Delta: delta(s.Params), W: w, Seed: s.Seed, Start: s.Start, End: s.End,
		Cal: market.NewCalendar(&s.Params.Calendar, int(s.Start/market.Day), days),
	}
	return m
}

// World is a scenario's world, ready to run, over options that name the way it is carried.
func World(s *load.Scenario, m *market.Market, o sim.Options[market.Msg]) *market.World {
	buyers, smes, _ := Sizes(s)
	o.Seed, o.Window = s.Seed, s.Window
	o.Until = s.End + 2*market.Hour // so that the last day closes
	o.Period, o.Lag = market.Day, 2*market.Hour
	o.Cells, o.Topics = market.Cells, int(market.Topics)
	o.Audit = 7
	o.Balanced, o.CountMsg = market.AccountCells(), market.InFlight
	o.Check = Check
	w := sim.New(o)
	agents.Build(w, m, buyers, smes)
	return w
}

// Run plays a scenario. When ctx ends first, the result holds the days that have closed.
func Run(ctx context.Context, s *load.Scenario, o Options) (*Result, error) {
	begin := time.Now()
	if o.Goroutines == 0 {
		o.Goroutines = DefaultGoroutines()
	}
	if o.ID == "" {
		id, err := uuid.NewV7()
		if err != nil {
			return nil, fmt.Errorf("run id: %w", err)
		}
		o.ID = id.String()
	}
	o.Procs = max(o.Procs, 1)
	m := NewMarket(s)
	r := &Result{ID: o.ID, Scenario: s, Market: m, Goroutines: o.Goroutines}
	so := sim.Options[market.Msg]{Shards: o.Goroutines, Actors: o.Actors, Proc: o.Proc, Procs: o.Procs}
	var w *market.World
	so.Progress = func(now sim.Time, events uint64) {
		r.sample(w)
		if r.FirstEvent == 0 {
			r.FirstEvent = time.Since(begin)
		}
		if o.Progress != nil {
			o.Progress(Progress{Now: market.Clock.Date(now), Share: float64(now) / float64(s.End), Events: events})
		}
	}
	rec, err := o.record(s)
	if err != nil {
		return nil, err
	}
	bus, err := join(ctx, s, o)
	if err != nil {
		if rec != nil {
			rec.Cut() // there is nothing in it
		}
		return nil, err
	}
	var all observers
	if rec != nil {
		all, r.Recording = append(all, rec), o.Record.Dir
	}
	if o.Watch != nil {
		all = append(all, o.Watch)
	}
	if bus != nil {
		so.Bus, so.Wire = bus, bus
		if len(o.Tap) > 0 {
			all = append(all, &tap{bus: bus, run: o.ID, kinds: o.Tap})
		}
	}
	if len(all) > 0 {
		so.Recorder = all
	}
	w = World(s, m, so)
	if o.From != nil {
		err = o.From.take(ctx, r, w, rec)
	}
	if err != nil && rec != nil {
		rec.Cut() // it says no more than err
	}
	if err == nil {
		r.Digest, r.Lost, err = o.recorded(ctx, w, s.End+2*market.Hour, rec)
	}
	if bus != nil {
		if e := bus.Leave(err); e != nil && err == nil {
			err = e
		}
		r.Dropped = bus.Dropped()
	}
	r.Wall = time.Since(begin)
	r.collect(w)
	if err != nil && ctx.Err() != nil {
		r.Stopped = true
		return r, context.Cause(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("running %s: %w", s.Name, err)
	}
	return r, nil
}

// join opens the bus, unless one goroutine runs on its own and nobody listens.
func join(ctx context.Context, s *load.Scenario, o Options) (*natsbus.Bus, error) {
	if o.Goroutines == 1 && !o.Actors && len(o.Tap) == 0 && o.Listen == "" && o.URL == "" {
		return nil, nil
	}
	b := natsbus.Options{
		Run: o.ID, Shards: o.Goroutines, Proc: o.Proc, Procs: o.Procs, URL: o.URL, Listen: o.Listen,
		Same: fmt.Sprintf("scenario %s seed %d version %s", s.Hash, s.Seed, o.Version),
	}
	if o.Actors {
		b.Shards, b.Boxes = 1, agentsOf(s)+1
	}
	bus, err := natsbus.Open(ctx, b)
	if err != nil {
		return nil, fmt.Errorf("joining goroutines by NATS: %w", err)
	}
	return bus, nil
}

// agentsOf is how many agents a scenario has in all.
func agentsOf(s *load.Scenario) int {
	buyers, smes, w := Sizes(s)
	return buyers + 2*smes + len(market.NewMakers(s.Params, s.Seed, w)) + int(market.Direct) + 3
}

// Actors tells whether a scenario is small enough for actors mode, and how many agents it has.
func Actors(s *load.Scenario) (n int, ok bool) {
	n = agentsOf(s)
	return n, n <= MaxActors
}

// collect reads the results off a world.
func (r *Result) collect(w *market.World) {
	r.sample(w)
	r.Events, r.Daily = w.Events(), w.Digests()
	r.Days = make([][]int64, r.Scenario.End/market.Day)
	for d := range r.Days {
		r.Days[d] = w.Closed(int64(d))
	}
	r.Enacted = market.Enactments(w.Posted(market.TopicBook))
	r.Book = r.Market.Book.With(r.Enacted)
	r.Weeks = market.Weeks(w.Posted(market.TopicDesk))
	r.Audits = market.Audits(w.Posted(market.TopicRegulator))
	r.Watch = market.Watches(w.Posted(market.TopicWatch))
	r.Reviews = market.Reviews(w.Posted(market.TopicReview))
}

// Check is the conservation of money, goods and orders (V-01 to V-07), at the close of each day and, against a count of all
// agents, each week. Its error names the day and the account.
func Check(day int64, totals, audit []int64) error {
	date := market.Clock.Date(sim.Time(day) * market.Day).Format("2006-01-02")
	for c := range market.Direct {
		if err := checkShop(c, totals); err != nil {
			return fmt.Errorf("conservation: %s: %s: %w", date, c, err)
		}
	}
	one := func(row []int64, c market.Counter) int64 { return row[market.CounterCell(c)] }
	if out, accepted := one(totals, market.UnitsOut), one(totals, market.NAccepted); out != accepted {
		return fmt.Errorf("conservation: %s: %d units left the stock for %d accepted orders", date, out, accepted)
	}
	back, cancelled := one(totals, market.UnitsBack), one(totals, market.NCancelled)
	if parcels := one(totals, market.NUntaken) + one(totals, market.NSentBack); back < cancelled || back > cancelled+parcels {
		return fmt.Errorf("conservation: %s: %d units back in stock after %d cancelled orders and %d returned parcels", date, back, cancelled, parcels)
	}
	if audit == nil {
		return nil
	}
	for a := range market.Accounts {
		if n := audit[market.AccountCell(a)]; a.Counted() && n != 0 {
			return fmt.Errorf("conservation: %s: account %s holds Rp %d more than was booked", date, a, n)
		}
	}
	if n := audit[market.CounterCell(market.UnitsOnHand)]; n != 0 {
		return fmt.Errorf("conservation: %s: SMEs hold %d units more than was booked", date, n)
	}
	if n := one(audit, market.NAccepted) - one(audit, market.NCancelled) - one(audit, market.NUntaken) - one(audit, market.NKept) - one(audit, market.NSentBack); n != 0 {
		return fmt.Errorf("conservation: %s: %d orders under way more than were accepted and have not ended", date, n)
	}
	return nil
}

// checkShop checks a day's orders of a storefront: none is lost, and each way of splitting them up adds up to the whole.
func checkShop(c market.Channel, totals []int64) error {
	var orders, gmv, modes, goods, types, regions int64
	for via := range market.Direct {
		orders += totals[market.OrdersCell(c, via)]
		gmv += totals[market.GMVCell(c, via)]
	}
	for x := range market.Modes {
		modes += totals[market.ModeCell(c, x)]
	}
	for g := range market.Category(market.Categories) {
		goods += totals[market.GoodCell(c, g)]
	}
	for y := range market.Types {
		types += totals[market.TypeCell(c, y)]
	}
	for r := range market.Region(market.Regions) {
		regions += totals[market.RegionCell(c, r)]
	}
	placed, rejected := totals[market.PlacedCell(c)], totals[market.RejectCell(c)]
	switch {
	case placed != orders+rejected:
		return fmt.Errorf("%d orders placed, %d accepted and %d rejected", placed, orders, rejected)
	case orders != modes:
		return fmt.Errorf("%d orders by processor, %d by mode", orders, modes)
	case gmv != goods || gmv != types || gmv != regions:
		return fmt.Errorf("Rp %d by processor, %d by category, %d by type, %d by region", gmv, goods, types, regions)
	}
	return nil
}

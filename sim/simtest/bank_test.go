package simtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pasar/sim"
)

// A toy bank: agents hold cash and send it to each other; cash under way is counted in transit.
const (
	cash sim.Cell = iota
	transit
	issued
	made  // things that savers make: a stock without a counterpart, not balanced
	sends // by the day they were said
	hears // by the day they were said
	cells
)

const (
	wakeUp sim.Kind = 1 + iota
	pay
)

const (
	hour sim.Time = 1000
	day           = 24 * hour
)

type Pay struct{ Amount int64 }

type Purse struct {
	Cash, Made int64
	Wake       uint32
}

type Savers struct {
	n    int
	rest float64 // mean of the time between payments
	leak func(t *sim.Turn[Pay], s *Purse, amount *int64)
}

func (b *Savers) Born(t *sim.Turn[Pay], s *Purse) {
	s.Cash = 1000
	t.Tally(t.Now, cash, 1000)
	t.Tally(t.Now, issued, -1000)
	b.sleep(t, s)
}

func (b *Savers) sleep(t *sim.Turn[Pay], s *Purse) {
	s.Wake++
	l := t.Luck(1, s.Wake)
	t.Wake(1+sim.Time(b.rest*l.Exp(0)), wakeUp, Pay{})
}

func (b *Savers) React(t *sim.Turn[Pay], s *Purse, e *sim.Event[Pay]) {
	if e.Kind == pay {
		s.Cash += e.Msg.Amount
		t.Tally(t.Now, transit, -e.Msg.Amount)
		t.Tally(t.Now, cash, e.Msg.Amount)
		t.Tally(e.Said, hears, 1)
		return
	}
	l := t.Luck(2, s.Wake)
	s.Made++
	t.Tally(t.Now, made, 1)
	amount := int64(l.Below(0, uint32(s.Cash)+1))
	s.Cash -= amount
	t.Tally(t.Now, cash, -amount)
	t.Tally(t.Now, transit, amount)
	t.Tally(t.Now, sends, 1)
	if b.leak != nil {
		b.leak(t, s, &amount)
	}
	t.SendIn(hour+sim.Time(l.Below(1, uint32(hour)+1)), sim.ID(l.Below(2, uint32(b.n))), pay, Pay{amount})
	b.sleep(t, s)
}

func (b *Savers) Audit(count func(sim.Cell, int64), s *Purse) {
	count(cash, s.Cash)
	count(issued, -1000)
	count(made, s.Made)
}

// A book is what one process is shown by Check.
type book struct {
	mu    sync.Mutex
	lines []string
	sums  [][]int64
	leak  error
}

// bank builds worlds of savers whose books are audited every second day and noted down.
func bank(b Savers, books *[]*book) (sim.Options[Pay], func(sim.Options[Pay]) *sim.World[Pay]) {
	o := sim.Options[Pay]{Window: hour, Period: day, Lag: 2 * hour, Cells: int(cells), Audit: 2,
		Balanced: []sim.Cell{cash, transit, issued}}
	o.CountMsg = func(count func(sim.Cell, int64), e *sim.Event[Pay]) {
		if e.Kind == pay {
			count(transit, e.Msg.Amount)
		}
	}
	return o, func(o sim.Options[Pay]) *sim.World[Pay] {
		k := &book{}
		*books = append(*books, k)
		o.Check = func(period int64, totals, audit []int64) error {
			k.mu.Lock()
			defer k.mu.Unlock()
			k.lines = append(k.lines, fmt.Sprint(period, totals, audit))
			k.sums = append(k.sums, slices.Clone(totals))
			if (audit != nil) != (period%2 == 1) {
				return fmt.Errorf("day %d: audit %v", period, audit)
			}
			for c, n := range audit {
				if n != 0 && c < int(sends) { // the rest are flows, which nobody holds
					return fmt.Errorf("day %d: cell %d is off by %d", period, c, n)
				}
			}
			return nil
		}
		w := sim.New(o)
		sim.Add(w, 1, b.n, sim.Agent[Purse, Pay](&b))
		return w
	}
}

// The books are the same in every layout, close on every day, also in quiet weeks, and balance with the agents' purses.
func TestBankBooks(t *testing.T) {
	for _, b := range []Savers{{n: 60, rest: float64(day)}, {n: 10, rest: float64(60 * day)}} {
		var books []*book
		o, build := bank(b, &books)
		o.Seed, o.Until = 3, 70*day
		said := make([]int64, 200)
		o.Recorder = recorderFunc[Pay](func(_ int, _ int64, events []sim.Event[Pay]) {
			for _, e := range events {
				if e.Kind == pay {
					said[e.Said/day]++
				}
			}
		})
		want := to(t, Spread(Layouts[0], 1, nil, o, build), o.Until)
		first := books[0]
		if len(first.sums) != 69 { // the last day closes too late
			t.Fatalf("%d days closed", len(first.sums))
		}
		for d, sum := range first.sums {
			if sum[sends] != said[d] || sum[hears] != said[d] {
				t.Errorf("day %d: %d payments, tallied %d and %d", d, said[d], sum[sends], sum[hears])
			}
		}
		o.Recorder = nil
		for _, l := range few[1:] {
			books = books[:0]
			r := Spread(l, 1, nil, o, build)
			to(t, r, 30*day)
			if got := to(t, r, o.Until); got != want {
				t.Errorf("%v: digest %v, not %v", l, got, want)
			}
			for p, k := range books {
				if !slices.Equal(k.lines, first.lines) {
					t.Errorf("%v: process %d has other books", l, p)
				}
				if w := r.Worlds[p]; w.Closed(69) != nil || !slices.Equal(w.Closed(20), first.sums[20]) {
					t.Errorf("%v: process %d: closed %v, %v", l, p, w.Closed(69), w.Closed(20))
				}
			}
		}
	}
}

// Books go on where a world is resumed, and still balance.
func TestBankResumes(t *testing.T) {
	for _, l := range few {
		var books []*book
		o, build := bank(Savers{n: 20, rest: float64(day)}, &books)
		o.Until = 20 * day
		a, b := Spread(l, 1, nil, o, build), Spread(l, 2, nil, o, build)
		to(t, a, 9*day+3*hour)
		for i, w := range b.Worlds {
			if err := w.Resume(a.Worlds[i]); err != nil {
				t.Fatal(err)
			}
		}
		to(t, b, o.Until)
		to(t, a, o.Until)
		first, second := books[0].lines, books[len(a.Worlds)].lines
		if len(first) != 19 || len(second) != 10 || !slices.Equal(first[9:], second) {
			t.Errorf("%v: %v\n%v", l, first, second)
		}
	}
}

// Money from nowhere is found: by the audit if nobody tallied it, by the balance of its window if it was tallied once.
func TestBankLeaks(t *testing.T) {
	at := func(d sim.Time, do func(t *sim.Turn[Pay], s *Purse, amount *int64)) func(*sim.Turn[Pay], *Purse, *int64) {
		return func(t *sim.Turn[Pay], s *Purse, amount *int64) {
			if t.Self == 3 && t.Now >= d {
				do(t, s, amount)
			}
		}
	}
	for _, c := range []struct {
		name, want string
		leak       func(t *sim.Turn[Pay], s *Purse, amount *int64)
	}{
		{"purse", "cell 0 is off by", at(5*day, func(_ *sim.Turn[Pay], s *Purse, _ *int64) { s.Cash++ })},
		{"goods", "cell 3 is off by", at(5*day, func(_ *sim.Turn[Pay], s *Purse, _ *int64) { s.Made++ })},
		{"message", "cell 1 is off by", at(5*day, func(_ *sim.Turn[Pay], _ *Purse, amount *int64) { *amount++ })},
		{"tally", "after window", at(5*day, func(t *sim.Turn[Pay], _ *Purse, _ *int64) { t.Tally(t.Now, cash, 1) })},
	} {
		for _, l := range few {
			var books []*book
			b := Savers{n: 20, rest: float64(day), leak: c.leak}
			if c.name == "message" {
				b.rest = float64(hour) / 2 // so that some is under way when books close
			}
			o, build := bank(b, &books)
			o.Until = 20 * day
			r := Spread(l, 1, nil, o, build)
			if _, err := r.To(t.Context(), o.Until); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %v: %v", c.name, l, err)
			}
			if n := len(books[0].lines); n < 4 || n > 8 {
				t.Errorf("%s, %v: found after %d days", c.name, l, n)
			}
			if r.Worlds[0].Closed(2) == nil {
				t.Errorf("%s, %v: what was closed is lost", c.name, l)
			}
		}
	}
}

// A day is open up to its lag after its end and closed from then on.
func TestDayCloses(t *testing.T) {
	for _, l := range []Layout{{Shards: 1}, {Shards: 3}, {Actors: true}} {
		for _, c := range []struct {
			wake, lag sim.Time
			closed    bool
		}{{day + 2*hour - 1, 2 * hour, false}, {day + 2*hour, 2 * hour, true}, {day - 1, 0, false}, {day, 0, true},
			{3*day - 1, 2 * day, false}, {3 * day, 2 * day, true}} {
			var closed []int64
			r, err := script(t, l, sim.Options[Jump]{Window: hour, Period: day, Lag: c.lag, Cells: 1, Until: 9 * day}, []act{
				{at: 5, do: func(t *sim.Turn[Jump]) { t.Tally(t.Now, 0, 7) }},
				{at: c.wake, do: func(t *sim.Turn[Jump]) { closed = t.Closed(0); t.Tally(day-1, 0, 1) }}})
			if (closed != nil) != c.closed || (err != nil) != c.closed || (closed != nil && closed[0] != 7) {
				t.Errorf("%v, lag %d: at %d the day is %v, error %v", l, c.lag, c.wake, closed, err)
			}
			if n := len(r.Worlds[0].Digests()); err == nil && n != 9 {
				t.Errorf("%v: digests of %d days", l, n)
			}
			if err != nil && !strings.Contains(err.Error(), "tally of cell 0 in period 0, open are 1 to") {
				t.Error(err)
			}
		}
	}
}

package measure

import (
	"math"
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Window is a stretch of days: from From up to but not including To.
type Window struct {
	Name     string
	From, To int
}

// The names of the windows.
const (
	Whole  = "whole"  // all days
	Before = "before" // eight weeks up to the day before the first announcement, or the first closure if none is announced
	Ban    = "ban"    // the full days of the first closure of a checkout
	After  = "after"  // from the reopening on
)

// Windows lists the windows that a run has, Whole first. In a scenario in which nothing is announced or closed there is no
// other.
func (r *Run) Windows() []Window {
	n := r.Days()
	all := []Window{{Whole, 0, n}}
	closed := r.Closures()
	first, found := r.announced()
	if !found && len(closed) > 0 {
		first, found = closed[0].From, true
	}
	if !found {
		return all
	}
	add := func(name string, from, to int) {
		if from, to = max(from, 0), min(to, n); from < to {
			all = append(all, Window{name, from, to})
		}
	}
	if until := r.floor(first); until <= n {
		add(Before, until-56, until)
	}
	if len(closed) > 0 {
		c := closed[0]
		end := n
		if c.Reopens {
			end = r.floor(c.To)
		}
		add(Ban, r.floor(c.From+market.Day-1), end)
		if c.Reopens {
			add(After, r.floor(c.To+market.Day-1), n)
		}
	}
	return all
}

// Window finds a window by its name.
func (r *Run) Window(name string) (Window, bool) {
	for _, w := range r.Windows() {
		if w.Name == name {
			return w, true
		}
	}
	return Window{}, false
}

// floor is the day that a moment falls in, as a number of this run.
func (r *Run) floor(t sim.Time) int { return int(market.DayOf(t) - r.First) }

func (r *Run) announced() (sim.Time, bool) {
	for _, e := range r.Book.Plan {
		if e.Deed == market.Announce && e.Trust > 0 && e.At >= r.Scenario.Start && e.At < r.Scenario.End {
			return e.At, true
		}
	}
	return 0, false
}

// A Closure is a time in which a platform's storefront could not be checked out from, neither there nor by redirect.
type Closure struct {
	Shop     market.Channel
	From, To sim.Time // To is the end of the scenario if it does not reopen
	Reopens  bool
}

// Closures lists the closures of a run by date.
func (r *Run) Closures() []Closure { return Closures(r.Scenario, r.Book) }

// Closures lists the closures of a scenario under the rules of a book by date.
func Closures(s *load.Scenario, book *market.Book) []Closure {
	var all []Closure
	moments := []sim.Time{s.Start}
	for c := range market.Platforms { // of all, as one may take the orders of another
		for _, lever := range []market.Lever{market.Checkout, market.RedirectTo} {
			for _, rule := range book.Changes(lever, c) {
				for _, t := range []sim.Time{rule.From, rule.Until} {
					if t > s.Start && t < s.End {
						moments = append(moments, t)
					}
				}
			}
		}
	}
	slices.Sort(moments)
	for c := range market.Platforms {
		if s.Params.Intent[c].Share == 0 { // it was not there
			continue
		}
		shut, known := -1, false // what never was open is not in this market
		for _, t := range moments {
			open := book.Open(c, t)
			known = known || open
			if !open && shut < 0 && known {
				shut = len(all)
				all = append(all, Closure{Shop: c, From: t, To: s.End})
			}
			if open && shut >= 0 {
				all[shut].To, all[shut].Reopens = t, true
				shut = -1
			}
		}
	}
	slices.SortStableFunc(all, func(a, b Closure) int { return int(a.From - b.From) })
	return all
}

// A Pilot is the time in which the regulator watches a storefront: until an audit approves or revokes, or its planned end if none does.
type Pilot struct {
	Shop     market.Channel
	From, To sim.Time
}

// Pilots lists the pilots of a run by date.
func (r *Run) Pilots() []Pilot { return Pilots(r.Scenario, r.Book) }

// Pilots lists the pilots of a scenario under the rules of a book by date.
func Pilots(s *load.Scenario, book *market.Book) []Pilot {
	var all []Pilot
	end := s.End
	for _, e := range book.Plan {
		if e.Deed != market.OpenPilot || e.At >= end {
			continue
		}
		p := Pilot{Shop: e.Shop, From: e.At, To: min(e.Effective, end)}
		for _, x := range book.Changes(market.Trial, e.Shop) {
			if x.From > e.At && (x.Value == market.PilotApproved || x.Value == market.PilotRevoked) {
				p.To = min(x.From, end)
				break
			}
		}
		all = append(all, p)
	}
	return all
}

// Mean is the mean of values from one to another, those that are numbers.
func Mean(values []float64, from, to int) float64 {
	sum, n := 0.0, 0
	for _, v := range values[min(from, len(values)):min(to, len(values))] {
		if !math.IsNaN(v) {
			sum += v
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return sum / float64(n)
}

// WeeksIn are the counts that fall into a window: from one up to but not including another.
func (r *Run) WeeksIn(w Window) (from, to int) {
	for _, c := range r.Count {
		day := int(c.Day - r.First)
		if day < w.From {
			from++
		}
		if day < w.To {
			to++
		}
	}
	return from, to
}

// FullWeeks lists the weeks from Monday to Sunday that lie whole within the run, by their first day.
func (r *Run) FullWeeks() []Window {
	var all []Window
	for d := range r.Days() {
		if r.Date(d).Weekday() == 1 && d+7 <= r.Days() {
			all = append(all, Window{"", d, d + 7})
		}
	}
	return all
}

// Imposed is the decision that the scenario imposes at an audit, as an index of market.Decisions; -1 if there is none.
func (r *Run) Imposed(at sim.Time) int {
	for _, e := range r.Book.Plan {
		if e.Deed == market.Judge && e.At == at {
			return slices.Index(market.Decisions[:], e.Decision)
		}
	}
	return -1
}

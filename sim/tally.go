package sim

import (
	"fmt"
	"sync"
)

// open is how many periods can be written at the same time: the current one, the one that is closing, one to spare.
const open = 4

// tallies are the counters of one shard: a row of cells for each open period.
type tallies struct {
	period, lag Time
	first       int64 // earliest open period
	rows        [open][]int64
	balanced    []Cell
	running     []int64 // by cell: all that was ever tallied in this shard
}

func newTallies(period, lag Time, cells int, balanced []Cell) tallies {
	t := tallies{period: period, lag: lag, balanced: balanced, running: make([]int64, cells)}
	for i := range t.rows {
		t.rows[i] = make([]int64, cells)
	}
	return t
}

func (t *tallies) add(at Time, cell Cell, n int64) {
	if t.period == 0 || at < 0 {
		panic(fmt.Sprintf("sim: tally of cell %d at time %d with periods of %d", cell, at, t.period))
	}
	p := int64(at / t.period)
	if uint64(p-t.first) >= open {
		panic(fmt.Sprintf("sim: tally of cell %d in period %d, open are %d to %d", cell, p, t.first, t.first+open-1))
	}
	t.rows[p%open][cell] += n
	t.running[cell] += n
}

// balance is what the balanced cells of this shard sum to; anything but zero means that something was made or lost.
func (t *tallies) balance() (sum int64) {
	for _, c := range t.balanced {
		sum += t.running[c]
	}
	return sum
}

// closing is the window at whose end the earliest open period closes, or none.
func (t *tallies) closing(window Time) int64 {
	if t.period == 0 {
		return none
	}
	return int64((Time(t.first+1)*t.period+t.lag)/window) - 1
}

// rows of closed periods, shared by the shards of a process: each computes the same totals, the first keeps them.
type closedRows struct {
	mu   sync.RWMutex
	rows [][]int64
}

func (c *closedRows) get(period int64) []int64 {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if period < 0 || period >= int64(len(c.rows)) {
		return nil
	}
	return c.rows[period]
}

// put keeps the totals of a period and tells whether it was the first to bring them.
func (c *closedRows) put(period int64, row []int64) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if period < int64(len(c.rows)) {
		return false
	}
	c.rows = append(c.rows, append([]int64(nil), row...))
	return true
}

package sweep

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"

	"pasar/scenarios/play"
)

// An Estimate is what a sweep will take, from a few trial cells.
type Estimate struct {
	Cells     int            `json:"cells"`
	Runs      int            `json:"runs"`
	CoreHours float64        `json:"core_hours"`
	Hours     float64        `json:"hours"`      // on this machine, with as many workers as asked for and nothing else to do
	Disk      int64          `json:"disk_bytes"` // of the results and of the queue
	Rows      map[string]int `json:"rows"`
	Trials    int            `json:"tried"`    // cells
	Cell      time.Duration  `json:"cell_ns"`  // of a processor that one took, on average
	Point     time.Duration  `json:"point_ns"` // that what all cells of a point share took, on average
}

// trials is how many cells are tried.
const trials = 3

// Try plays three cells, at points spread over the design and as many at a time as there will be workers, and says what all of them will take.
// Times are of processors, so that it does not matter what else the machine does.
func (p *Plan) Try(ctx context.Context, workers int) (*Estimate, error) {
	cells := make([]Cell, min(trials, p.Size()))
	for i := range cells {
		cells[i] = p.Cell(i * (p.Size() - 1) / max(len(cells)-1, 1))
	}
	e := &Estimate{Cells: p.Size(), Runs: p.Size() * len(p.Worlds), Trials: len(cells)}
	runs := make([][]*Run, len(cells))
	begin := time.Now()
	before := cpu(begin)
	if err := at(workers, len(cells), func(i int) error { return p.prepare(cells[i]) }); err != nil {
		return nil, err
	}
	ready := cpu(begin)
	if err := at(workers, len(cells), func(i int) (err error) {
		runs[i], err = p.Play(ctx, p.made(cells[i]))
		return err
	}); err != nil {
		return nil, err
	}
	e.Point, e.Cell = (ready-before)/time.Duration(len(cells)), (cpu(begin)-ready)/time.Duration(len(cells))
	var rows []Row
	for i, c := range cells {
		for w, r := range runs[i] {
			rows = append(rows, Row{c, w, r})
		}
	}
	work := time.Duration(e.Cells)*e.Cell + time.Duration(len(p.Points))*e.Point
	e.CoreHours = work.Hours()
	e.Hours = e.CoreHours / float64(min(workers, runtime.GOMAXPROCS(0), e.Cells))
	return e, p.sizes(e, rows)
}

// at does n things, some at a time.
func at(once, n int, do func(i int) error) error {
	errs := make([]error, n)
	slots := make(chan struct{}, once)
	var all sync.WaitGroup
	for i := range n {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			errs[i] = do(i)
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// prepare does what the first cell of a point must do and the others need not.
func (p *Plan) prepare(c Cell) error {
	worlds, err := p.worlds(p.made(c))
	for _, s := range worlds {
		play.NewMarket(s)
	}
	return err
}

// sizes counts the rows of all tables and weighs those of the trials.
func (p *Plan) sizes(e *Estimate, rows []Row) error {
	kept, bytes := 0, int64(0)
	for _, r := range rows {
		for _, s := range r.Kept {
			kept += len(s.Values)
		}
		bytes += int64(len(r.Encode()))
	}
	points, worlds, outcomes := len(p.Points), len(p.Worlds), len(p.Outcomes)
	e.Rows = map[string]int{"runs": e.Runs, "levels": points * worlds * outcomes}
	if worlds > 1 {
		e.Rows["effects"], e.Rows["pairs"] = points*(worlds-1)*outcomes, e.Cells*(worlds-1)*outcomes
	}
	if len(p.Keep) > 0 {
		e.Rows["series"] = e.Runs * kept / len(rows)
	}
	dir, err := os.MkdirTemp("", "pasar-sweep-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	few := *p
	few.Points, few.Reps = nil, 1
	for i := range rows {
		if rows[i].World == 0 {
			few.Points = append(few.Points, p.Points[rows[i].Point])
		}
		rows[i].Point, rows[i].Rep = len(few.Points)-1, 0
	}
	if err := few.tables(dir, all(rows), func(int, []Row) {}); err != nil {
		return err
	}
	written := int64(0)
	for _, x := range few.sheets().list() {
		for _, kind := range []string{".parquet", ".csv"} {
			if info, err := os.Stat(filepath.Join(dir, x.name+kind)); err == nil {
				written += info.Size()
			}
		}
	}
	e.Disk = (written + bytes) * int64(e.Runs) / int64(len(rows))
	return nil
}

// all are rows in a slice.
func all(rows []Row) Rows {
	return func(yield func(Row, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

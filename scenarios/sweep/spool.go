package sweep

import (
	"bufio"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"

	"pasar/scenarios/store"
)

// A spool is a file that holds runs in the order in which they came, and where each is: eight bytes a run are in memory. It is made anew
// by each process that collects a sweep, since the queue has all results.
type spool struct {
	plan *Plan
	f    *os.File
	w    *bufio.Writer
	end  int64
	at   []int64        // by cell and world: place in the file, from 1; 0: has not come
	errs map[int]string // of cells that were given up
}

func (p *Plan) spool(dir string) (*spool, error) {
	f, err := os.CreateTemp(dir, ".pasar-spool-*")
	if err != nil {
		return nil, fmt.Errorf("collecting results: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil { // it is gone with this process, where the system allows that
		_ = os.Rename(f.Name(), filepath.Join(dir, ".pasar-spool")) // at least there will be one only
	}
	return &spool{plan: p, f: f, w: bufio.NewWriter(f), at: make([]int64, p.Size()*len(p.Worlds)), errs: map[int]string{}}, nil
}

func (s *spool) close() { _ = s.f.Close() } // nobody reads it again

// put keeps the bytes of a run. Who comes twice is not kept again.
func (s *spool) put(cell, world int, data []byte) error {
	i := cell*len(s.plan.Worlds) + world
	if s.at[i] > 0 {
		return nil
	}
	s.at[i] = s.end + 1
	n := binary.LittleEndian.AppendUint32(nil, uint32(len(data)))
	s.end += int64(len(n) + len(data))
	if _, err := s.w.Write(append(n, data...)); err != nil {
		return fmt.Errorf("collecting results: %w", err)
	}
	return nil
}

// has tells whether all runs of a cell have come.
func (s *spool) has(cell int) bool {
	for w := range s.plan.Worlds {
		if s.at[cell*len(s.plan.Worlds)+w] == 0 {
			return false
		}
	}
	return true
}

// flush is needed before runs are read.
func (s *spool) flush() error {
	if err := s.w.Flush(); err != nil {
		return fmt.Errorf("collecting results: %w", err)
	}
	return nil
}

// get reads a run.
func (s *spool) get(cell, world int) (*Run, error) {
	at := s.at[cell*len(s.plan.Worlds)+world] - 1
	var head [4]byte
	if _, err := s.f.ReadAt(head[:], at); err != nil {
		return nil, fmt.Errorf("collecting results: %w", err)
	}
	data := make([]byte, binary.LittleEndian.Uint32(head[:]))
	if _, err := s.f.ReadAt(data, at+4); err != nil {
		return nil, fmt.Errorf("collecting results: %w", err)
	}
	return Decode(data)
}

// rows are all runs in the order of the plan. A cell that was given up has failed runs.
func (s *spool) rows() Rows {
	return func(yield func(Row, error) bool) {
		if err := s.flush(); err != nil {
			yield(Row{}, err)
			return
		}
		for i := range s.plan.Size() {
			c := s.plan.Cell(i)
			for w := range s.plan.Worlds {
				r, err := s.run(i, w, c)
				if !yield(Row{c, w, r}, err) || err != nil {
					return
				}
			}
		}
	}
}

// run is one of a cell.
func (s *spool) run(cell, world int, c Cell) (*Run, error) {
	if s.has(cell) {
		return s.get(cell, world)
	}
	why, gone := s.errs[cell]
	if !gone {
		return nil, fmt.Errorf("the run of %s has not come", s.plan.Where(Row{c, world, nil}))
	}
	r := &Run{Seed: c.Seed, Error: why}
	if x, err := s.plan.Load(world, s.plan.Make(c.Point, world, c.Seed)); err == nil { // else that is why it was given up
		r.Hash, r.Key = x.Hash, store.Key(x, s.plan.Version)
	}
	return r, nil
}

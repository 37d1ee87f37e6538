package sim

import "slices"

// An image is what a process knows of a world between windows, the states of its agents aside. It says nothing of shards.
type image[M any] struct {
	now, next int64    // windows: reached by the last stop, and the next in which something happens
	total     []Digest // of all processes
	count     uint64
	marks     []Digest // of this process, likewise events
	events    uint64
	closed    [][]int64
	board     []*Notice
	first     int64 // earliest open period
	open      [open][]int64
	running   []int64
	underway  []Event[M]
}

// take is the image of a world. It shares memory with the world and is to be used before that goes on.
func (w *World[M]) take() *image[M] {
	m := &image[M]{now: w.now, next: w.next, total: w.total, count: w.count, running: make([]int64, w.o.Cells)}
	for i := range m.open {
		m.open[i] = make([]int64, w.o.Cells)
	}
	w.rows.mu.RLock()
	m.closed = w.rows.rows
	w.rows.mu.RUnlock()
	for _, s := range w.shards {
		if s == nil {
			continue
		}
		m.events += s.events
		m.board, m.first = s.board, s.tally.first // between windows, all are of one mind
		sums(&m.marks, s.marks)
		for c, n := range s.tally.running {
			m.running[c] += n
		}
		for i, row := range s.tally.rows {
			for c, n := range row {
				m.open[i][c] += n
			}
		}
		s.q.all(func(events []Event[M]) { m.underway = append(m.underway, events...) })
	}
	return m
}

// sums adds digests by period.
func sums(all *[]Digest, more []Digest) {
	for len(*all) < len(more) {
		*all = append(*all, Digest{})
	}
	for i, d := range more {
		(*all)[i].Add(d)
	}
}

// put makes a world that has not begun to run into that of an image; it copies what it keeps. What is only ever summed over
// shards is given to the first of them.
func (w *World[M]) put(m *image[M]) {
	w.now, w.next, w.count = m.now, m.next, m.count
	w.total, w.rows.rows = slices.Clone(m.total), slices.Clone(m.closed)
	w.events.Store(m.events)
	board := make([]*Notice, len(m.board))
	for i, n := range m.board {
		if n != nil { // of its own: what agents make of it depends on rules, which may be others here
			board[i] = &Notice{From: n.From, Topic: n.Topic, Window: n.Window, Bytes: n.Bytes}
			w.pins.last[i] = [2]*Notice{board[i], nil}
		}
	}
	var first *shard[M]
	for _, s := range w.shards {
		if s == nil {
			continue
		}
		if first == nil {
			first = s
			s.events, s.marks = m.events, slices.Clone(m.marks)
			copy(s.tally.running, m.running)
			for i := range m.open {
				copy(s.tally.rows[i], m.open[i])
			}
		}
		s.born, s.window, s.tally.first = true, m.now-1, m.first
		s.q.now, s.q.block = m.now, m.now/nearBlock
		copy(s.board, board)
	}
	if w.o.Actors {
		w.due = map[int64]map[uint32]uint32{}
	}
	for i := range m.underway {
		e := &m.underway[i]
		w.shards[int(e.To)%w.o.Shards].q.push(e)
		if w.due == nil {
			continue
		}
		at := int64(e.At / w.o.Window)
		if w.due[at] == nil {
			w.due[at] = map[uint32]uint32{}
		}
		w.due[at][uint32(e.To)]++
	}
}

// writeClosed writes the totals of closed periods, as part of a snapshot.
func (m *image[M]) writeClosed(s sink) {
	s.number(uint64(len(m.closed)))
	for _, row := range m.closed {
		s.Write(bytesOf(row))
	}
}

// readClosed is the reverse of writeClosed, for a world of so many cells.
func (m *image[M]) readClosed(s *source, cells int) {
	for range s.length(8 * cells) {
		m.closed = append(m.closed, s.row(cells))
	}
}

// write is what else the image says of all agents together.
func (m *image[M]) write(s sink) {
	s.number(uint64(m.now))
	s.number(uint64(m.next))
	s.number(m.count)
	s.number(uint64(len(m.total)))
	s.Write(bytesOf(m.total))
	s.number(uint64(m.first))
	for _, row := range m.open {
		s.Write(bytesOf(row))
	}
	s.Write(bytesOf(m.running))
	for _, n := range m.board {
		if n == nil {
			s.number(0)
			continue
		}
		s.number(1)
		s.number(uint64(n.From))
		s.number(uint64(n.Window))
		s.text(n.Bytes)
	}
}

// read is the reverse of write, for a world of so many cells and topics.
func (m *image[M]) read(s *source, cells, topics int) {
	m.now, m.next, m.count = int64(s.number()), int64(s.number()), s.number()
	n := s.length(sizeOf[Digest]())
	m.total = make([]Digest, n)
	copy(bytesOf(m.total), s.take(uint64(n*sizeOf[Digest]())))
	m.first = int64(s.number())
	for i := range m.open {
		m.open[i] = s.row(cells)
	}
	m.running = s.row(cells)
	m.board = make([]*Notice, topics)
	for i := range m.board {
		if s.number() != 0 {
			from, window := ID(s.number()), int64(s.number())
			m.board[i] = &Notice{From: from, Topic: Topic(i), Window: window, Bytes: slices.Clone(s.take(s.number()))}
		}
	}
	m.marks, m.events = m.total, m.count
}

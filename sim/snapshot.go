package sim

import (
	"bufio"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
	"reflect"
)

// A snapshot is a world between windows as bytes, the same however its agents are spread over goroutines:
//
//	"pasarsim" · version u32
//	what must be alike in a world that it is restored to, in lines of text
//	the state of each agent whose state is plain, by ID · totals of closed periods
//	the state of each other agent, by ID
//	window reached · next window · events so far · digests
//	earliest open period · its rows · all that was ever tallied · notices
//	the events under way, in order
//	CRC-32C of all before u32
//
// Numbers are i64 or u64, little endian; texts, lists and notices come after their length. What is always of the same size, or only
// grows, comes first: so it is at the same place in all snapshots of a world.
const (
	snapshotMagic   = "pasarsim"
	snapshotVersion = 2
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Now is how far the world has been played as of the last stop: all that happens earlier has happened.
func (w *World[M]) Now() Time { return Time(w.now) * w.o.Window }

// StateHash is the SHA-256 of the world's Snapshot. Two worlds with the same hash have the same past, as far as their
// digests tell, and the same future.
func (w *World[M]) StateHash() (sum [32]byte, err error) {
	h := sha256.New()
	err = w.Snapshot(h)
	h.Sum(sum[:0])
	return sum, err
}

// Snapshot writes the world, which stands between windows and lives in one process.
func (w *World[M]) Snapshot(to io.Writer) error {
	switch {
	case !w.begun():
		return errors.New("sim: snapshot: the world has not begun")
	case w.broken != nil:
		return fmt.Errorf("sim: snapshot: the world cannot go on: %w", w.broken)
	case w.o.Procs > 1:
		return fmt.Errorf("sim: snapshot: the world lives in %d processes", w.o.Procs)
	}
	sum := crc32.New(castagnoli)
	s := sink{bufio.NewWriterSize(io.MultiWriter(to, sum), 64<<10)}
	s.Write([]byte(snapshotMagic))
	s.Write(binary.LittleEndian.AppendUint32(nil, snapshotVersion))
	form := w.form()
	s.number(uint64(len(form)))
	for _, line := range form {
		s.text([]byte(line))
	}
	m := w.take()
	w.save(s, true)
	m.writeClosed(s)
	w.save(s, false)
	m.write(s)
	s.number(uint64(len(m.underway)))
	s.Write(bytesOf(inOrder(m.underway, w.agents)))
	err := s.Flush()
	if err == nil {
		_, err = to.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	}
	if err != nil {
		return fmt.Errorf("sim: snapshot: %w", err)
	}
	return nil
}

// save writes the states of agents: of those whose state is plain, or of the others.
func (w *World[M]) save(s sink, plain bool) {
	var b []byte
	for _, g := range w.groups {
		if g.plain() != plain {
			continue
		}
		for k := range g.size() {
			b = g.save(k, b[:0])
			if !plain {
				s.number(uint64(len(b)))
			}
			s.Write(b)
		}
	}
}

// load is the reverse of save.
func (w *World[M]) load(s *source, plain bool) error {
	for _, g := range w.groups {
		if g.plain() != plain {
			continue
		}
		for k := range g.size() {
			n := g.bytes()
			if !plain {
				n = s.number()
			}
			state := s.take(n)
			if s.cut {
				return w.halfway(g.first()+ID(k), errSnapshot)
			}
			if err := g.load(k, state); err != nil {
				return w.halfway(g.first()+ID(k), err)
			}
		}
	}
	return nil
}

// Restore makes a world that has not begun into the one that a snapshot was taken of. It has the same groups and the same
// options that can change what happens before Until; its agents may be spread otherwise, and may follow other rules from here on.
func (w *World[M]) Restore(snapshot []byte) error {
	switch {
	case w.begun():
		return errors.New("sim: restore: the world has begun")
	case w.o.Procs > 1:
		return fmt.Errorf("sim: restore: the world lives in %d processes", w.o.Procs)
	}
	s, err := unwrap(snapshot)
	if err != nil {
		return fmt.Errorf("sim: restore: %w", err)
	}
	if err := s.compare(w.form()); err != nil {
		return fmt.Errorf("sim: restore: %w", err)
	}
	w.begin()
	m := &image[M]{}
	if err := w.load(s, true); err != nil {
		return err
	}
	m.readClosed(s, w.o.Cells)
	if err := w.load(s, false); err != nil {
		return err
	}
	m.read(s, w.o.Cells, w.o.Topics)
	n := s.length(sizeOf[Event[M]]())
	m.underway = make([]Event[M], n)
	copy(bytesOf(m.underway), s.take(uint64(n*sizeOf[Event[M]]())))
	for i := range m.underway {
		if e := &m.underway[i]; int(e.To) >= w.agents || e.At < Time(m.now)*w.o.Window {
			s.cut = true
		}
	}
	if s.cut || len(s.b) > 0 {
		w.broken = fmt.Errorf("sim: restore: %w", errSnapshot)
		return w.broken
	}
	w.put(m)
	return nil
}

var errSnapshot = errors.New("damaged snapshot")

// form says what worlds must have in common, line by line.
func (w *World[M]) form() []string {
	lines := []string{
		fmt.Sprint("seed ", w.o.Seed), fmt.Sprint("window ", w.o.Window), fmt.Sprint("period ", w.o.Period), fmt.Sprint("lag ", w.o.Lag),
		fmt.Sprint("cells ", w.o.Cells), fmt.Sprint("topics ", w.o.Topics), "messages " + layout(reflect.TypeFor[M]()),
	}
	for _, g := range w.groups {
		lines = append(lines, g.form())
	}
	return lines
}

// layout is the name of a type and a hash of where its fields are.
func layout(t reflect.Type) string {
	h := fnv.New64a()
	var walk func(t reflect.Type)
	walk = func(t reflect.Type) {
		fmt.Fprintln(h, t.Kind(), t.Size())
		switch t.Kind() {
		case reflect.Struct:
			for i := range t.NumField() {
				fmt.Fprintln(h, t.Field(i).Name, t.Field(i).Offset)
				walk(t.Field(i).Type)
			}
		case reflect.Array:
			walk(t.Elem())
		}
	}
	walk(t)
	return fmt.Sprintf("%s (%016x)", t, h.Sum64())
}

// A sink writes the parts of a snapshot; its first error stays with it.
type sink struct{ *bufio.Writer }

func (s sink) number(v uint64) { s.Write(binary.LittleEndian.AppendUint64(nil, v)) }

func (s sink) text(b []byte) {
	s.number(uint64(len(b)))
	s.Write(b)
}

// A source reads the parts of a snapshot; after the first mistake it reads zeros.
type source struct {
	b   []byte
	cut bool
}

// unwrap checks what a snapshot is wrapped in.
func unwrap(b []byte) (*source, error) {
	head, tail := len(snapshotMagic)+4, len(b)-4
	if len(b) < head+4 || string(b[:len(snapshotMagic)]) != snapshotMagic {
		return nil, fmt.Errorf("%w: %d bytes that are none", errSnapshot, len(b))
	}
	if got, want := crc32.Checksum(b[:tail], castagnoli), binary.LittleEndian.Uint32(b[tail:]); got != want {
		return nil, fmt.Errorf("%w: checksum %08x, not %08x", errSnapshot, got, want)
	}
	if v := binary.LittleEndian.Uint32(b[len(snapshotMagic):]); v != snapshotVersion {
		return nil, fmt.Errorf("a snapshot of version %d; this program reads version %d", v, snapshotVersion)
	}
	return &source{b: b[head:tail]}, nil
}

// compare tells what a world of another form differs in.
func (s *source) compare(form []string) error {
	n := s.length(8)
	for i := range max(n, len(form)) {
		theirs, ours := "nothing", "nothing"
		if i < n {
			theirs = string(s.take(s.number()))
		}
		if i < len(form) {
			ours = form[i]
		}
		if s.cut {
			return errSnapshot
		}
		if theirs != ours {
			return fmt.Errorf("a snapshot of another world: %s, here %s", theirs, ours)
		}
	}
	return nil
}

func (s *source) take(n uint64) []byte {
	if n > uint64(len(s.b)) {
		s.cut, s.b = true, nil
		return nil
	}
	b := s.b[:n]
	s.b = s.b[n:]
	return b
}

func (s *source) number() uint64 {
	b := s.take(8)
	if b == nil {
		return 0
	}
	return binary.LittleEndian.Uint64(b)
}

// row is the tallies of a period.
func (s *source) row(cells int) []int64 {
	row := make([]int64, cells)
	copy(bytesOf(row), s.take(uint64(8*cells)))
	return row
}

// length is that of a list of things of so many bytes each, if so many can follow.
func (s *source) length(each int) int {
	n := s.number()
	if n > uint64(len(s.b)/max(each, 1)) {
		s.cut = true
		return 0
	}
	return int(n)
}

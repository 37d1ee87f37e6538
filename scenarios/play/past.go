package play

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"unsafe"

	"github.com/klauspost/compress/s2"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/sim"
)

// A Past keeps worlds as they stood at some moments, so that a world with the same past is played from there on only. It holds those that were
// of use last, up to so many bytes, and is safe for concurrent use. The nil Past keeps nothing.
type Past struct {
	most    int
	benches sync.Pool // of *bench

	mu    sync.Mutex
	bytes int
	all   []*moment // the one that was of use last comes last
}

// A moment is a world at the beginning of a day, with what had been read off it by then.
type moment struct {
	s      *load.Scenario
	at     sim.Time
	packed []byte // a snapshot and then the rows of the sample, compressed
	head   int    // bytes of the snapshot, unpacked
	weeks  []Week // of the sample, without their rows
	rows   []int  // how many each has
}

// A bench is where a world is written down and compressed.
type bench struct {
	plain  bytes.Buffer
	packed []byte
}

// NewPast is a past of at most so many bytes. What a scenario itself takes, about 100 kB for each world, comes on top.
func NewPast(most int) *Past {
	return &Past{most: most, benches: sync.Pool{New: func() any { return &bench{} }}}
}

// Bytes is how many are held.
func (p *Past) Bytes() int {
	if p == nil {
		return 0
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.bytes
}

// latest is the last moment after another that is in the past of all of some scenarios; nil: there is none.
func (p *Past) latest(all []*load.Scenario, after sim.Time, first func(a, b *load.Scenario) sim.Time) *moment {
	if p == nil {
		return nil
	}
	p.mu.Lock()
	list := slices.Clone(p.all)
	p.mu.Unlock()
	var best *moment
	shared := map[*load.Scenario]sim.Time{}
	for _, m := range list {
		if m.at <= after || best != nil && m.at <= best.at || m.s.Seed != all[0].Seed || m.s.Buyers != all[0].Buyers {
			continue
		}
		until, known := shared[m.s]
		if !known {
			until = m.s.End
			for _, s := range all {
				until = min(until, first(m.s, s), s.End)
			}
			shared[m.s] = until
		}
		if m.at <= until {
			best = m
		}
	}
	if best != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		if i := slices.Index(p.all, best); i >= 0 {
			p.all = append(slices.Delete(p.all, i, i+1), best)
		}
	}
	return best
}

// has tells whether the moment of a scenario is there.
func (p *Past) has(s *load.Scenario, at sim.Time) bool {
	return slices.ContainsFunc(p.all, func(m *moment) bool { return m.at == at && m.s.Seed == s.Seed && m.s.Hash == s.Hash })
}

// keep keeps a branch as it stands.
func (p *Past) keep(b *branch) error {
	s, at := b.r.Scenario, b.w.Now()
	p.mu.Lock()
	known := p.has(s, at)
	p.mu.Unlock()
	if known {
		return nil
	}
	x := p.benches.Get().(*bench)
	defer p.benches.Put(x)
	x.plain.Reset()
	if err := b.w.Snapshot(&x.plain); err != nil {
		return err
	}
	m := &moment{s: s, at: at, head: x.plain.Len()}
	for _, w := range b.r.Sample {
		m.weeks = append(m.weeks, Week{Day: w.Day, Window: w.Window})
		m.rows = append(m.rows, len(w.Rows))
		x.plain.Write(memory(w.Rows))
	}
	x.packed = s2.Encode(x.packed[:cap(x.packed)], x.plain.Bytes())
	m.packed = bytes.Clone(x.packed)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.has(s, at) { // another was quicker
		return nil
	}
	p.all = append(p.all, m)
	p.bytes += len(m.packed)
	for p.bytes > p.most {
		p.bytes -= len(p.all[0].packed)
		p.all = slices.Delete(p.all, 0, 1)
	}
	return nil
}

// recall makes a new branch into what it was at a moment.
func (p *Past) recall(b *branch, m *moment) error {
	plain, err := s2.Decode(nil, m.packed)
	if err != nil {
		return fmt.Errorf("copies of worlds: %w", err)
	}
	rest := plain[m.head:]
	b.told, b.r.Sample = m.at, slices.Clone(m.weeks)
	for i, n := range m.rows {
		b.r.Sample[i].Rows = make([]market.Tracking, n)
		rest = rest[copy(memory(b.r.Sample[i].Rows), rest):]
	}
	return b.w.Restore(plain[:m.head])
}

// memory is what rows look like in memory; they hold no pointers.
func memory(rows []market.Tracking) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(rows))), len(rows)*int(unsafe.Sizeof(market.Tracking{})))
}

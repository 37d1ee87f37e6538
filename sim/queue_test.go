package sim

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"
)

type note struct{ N uint64 }

// naive is a queue without thought: all events by window.
type naive map[int64][]uint64

func (m naive) next() int64 {
	first := int64(none)
	for w := range m {
		first = min(first, w)
	}
	return first
}

// The queue and the naive one agree on when the next event is and on what each window holds, near, far and very far.
func TestQueue(t *testing.T) {
	for seed := range uint64(15) {
		rng := rand.New(rand.NewPCG(seed, 1))
		q, m := newQueue[note](7), naive{}
		now, n := int64(0), uint64(0)
		ahead := []int64{1, 3, 70, nearBlock, near, 10 * near, 1 << 40}[rng.IntN(7)]
		for range 3000 {
			if crowd := rng.IntN(4); crowd < 2 && len(m) < 400 {
				w := now + rng.Int64N(ahead) // at times many to one window, at times the bounds of a block
				if rng.IntN(8) == 0 {
					w = (w/nearBlock + 1) * nearBlock
					w -= rng.Int64N(2)
				}
				for range 1 + rng.IntN(2)*rng.IntN(100) {
					q.push(&Event[note]{At: Time(w*7 + rng.Int64N(7)), Msg: note{n}})
					m[w] = append(m[w], n)
					n++
				}
			} else if crowd == 2 || len(m) == 0 {
				w := now + rng.Int64N(ahead) // a window that somebody else keeps busy
				if w = min(w, m.next()); w == none {
					continue
				}
				now = visit(t, q, m, w)
			} else {
				now = visit(t, q, m, m.next())
			}
			if q.next() != m.next() {
				t.Fatalf("seed %d: next is %d, want %d", seed, q.next(), m.next())
			}
			total, shown := 0, 0
			for _, in := range m {
				total += len(in)
			}
			q.all(func(e []Event[note]) { shown += len(e) })
			if q.n != total || shown != total {
				t.Fatalf("seed %d: holds %d, shows %d, want %d", seed, q.n, shown, total)
			}
		}
	}
}

// visit takes a window from both and returns the one after it.
func visit(t *testing.T, q *queue[note], m naive, w int64) int64 {
	t.Helper()
	if w%2 == 0 { // reaching first, as actors do, changes nothing
		q.reach(w)
		if q.waiting(w) != len(m[w]) {
			t.Fatalf("window %d: %d wait, want %d", w, q.waiting(w), len(m[w]))
		}
	}
	b := q.take(w)
	var got []uint64
	b.each(func(events []Event[note]) {
		for _, e := range events {
			if int64(e.At/q.window) != w {
				t.Fatalf("window %d holds an event at %d", w, e.At)
			}
			got = append(got, e.Msg.N)
		}
	})
	q.drain(&b)
	slices.Sort(got)
	if want := m[w]; !slices.Equal(got, want) {
		t.Fatalf("window %d: %v, want %v", w, got, want)
	}
	delete(m, w)
	return w + 1
}

// Nothing is heard in a window that is over, and none that holds something is passed over.
func TestQueueRefuses(t *testing.T) {
	for _, w := range []int64{5, near + 5, 9 * near} {
		q := newQueue[note](10)
		q.push(&Event[note]{At: Time(w*10 + 9)})
		if !panics(func() { q.take(w + 1) }) || !panics(func() { q.reach(w + 9*near) }) {
			t.Errorf("window %d is skipped", w)
		}
		b := q.take(w)
		if b.n != 1 || !panics(func() { q.push(&Event[note]{At: Time(w*10 + 9)}) }) || !panics(func() { q.take(w) }) {
			t.Errorf("window %d is over, but goes on", w)
		}
		q.push(&Event[note]{At: Time(w*10 + 10)})
	}
}

// The events of one agent are brought into one order, few or many.
func TestSortByTime(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for n := range 200 {
		var sorted []Event[note]
		for i := range n { // in the order that the package comment promises: At, From, Said, Nth
			sorted = append(sorted, Event[note]{At: Time(i / 27), From: ID(i / 9 % 3), Said: Time(i / 3 % 3), Nth: uint32(i % 3)})
		}
		mixed := slices.Clone(sorted)
		rng.Shuffle(n, func(i, j int) { mixed[i], mixed[j] = mixed[j], mixed[i] })
		for i, at := range sortByTime(mixed, nil) {
			if mixed[at] != sorted[i] {
				t.Fatalf("%d events: event %d of %v is at %d", n, i, mixed, at)
			}
		}
	}
}

// Each part of an event but Why moves its hash.
func TestHashEvent(t *testing.T) {
	type msg struct{ A, B, C uint64 }
	for bit := range sizeOf[Event[msg]]() * 8 {
		e := []Event[msg]{{At: 1, Said: 2, To: 3, From: 4, Nth: 5, Kind: 6, Msg: msg{7, 8, 9}}}
		was, at := e[0].Digest(), bit/8
		bytesOf(e)[at] ^= 1 << (bit % 8)
		outside := at >= 28 && at < 32 || at >= 36 && at < 40 // Why, Pad
		if same := e[0].Digest() == was; same != outside {
			t.Errorf("bit %d of byte %d: same hash: %v", bit%8, at, same)
		}
	}
}

func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}

// Keys come out by receiver, whatever their number and the number of agents, and none is lost.
func TestSortKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 2))
	for _, agents := range []uint32{1, 2, 255, 256, 257, 70_000, 20_000_000, math.MaxUint32} {
		for _, n := range []int{0, 1, 2, 20, 40, 300, 5000} {
			keys := make([]uint64, n)
			for i := range keys {
				keys[i] = uint64(rng.Uint32N(agents))<<32 | uint64(i)
			}
			want := slices.Sorted(slices.Values(keys))
			if got, _ := sortKeys(keys, make([]uint64, n), bits.Len32(agents)); !slices.Equal(got, want) {
				t.Fatalf("%d keys of %d agents are out of order", n, agents)
			}
		}
	}
}

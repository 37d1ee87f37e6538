package sim

import "math/bits"

// near is how many windows ahead a queue keeps in buckets of their own: two blocks of nearBlock. Events further ahead wait
// in one list per block and are dealt out when the block comes near.
const (
	nearBlock = 1024
	near      = 2 * nearBlock
	chunkSize = 32
)

// A chunk is a piece of a bucket. Chunks are recycled, so that a bucket that was large once does not keep its memory.
type chunk[M any] struct {
	n    int
	next *chunk[M]
	e    [chunkSize]Event[M]
}

type bucket[M any] struct {
	head *chunk[M]
	n    int
}

// far holds the events of one block that is not near yet.
type far[M any] struct {
	bucket[M]
	first int64 // its earliest window
}

// A queue keeps the events of one shard by window. It answers in which window the next event is, so that empty windows
// can be skipped, and forgets nothing while skipping.
type queue[M any] struct {
	window Time
	block  int64 // the block of the current window; windows of block and block+1 are near
	now    int64 // windows before this one are over
	ring   [near]bucket[M]
	busy   [near / 64]uint64 // one bit per bucket of ring that is not empty
	far    map[int64]*far[M]
	free   *chunk[M]
	n      int
}

func newQueue[M any](window Time) *queue[M] {
	return &queue[M]{window: window, far: map[int64]*far[M]{}}
}

// room makes room for one more event in b.
func (q *queue[M]) room(b *bucket[M]) *Event[M] {
	c := b.head
	if c == nil || c.n == chunkSize {
		c = q.free
		if c == nil {
			c = new(chunk[M])
		} else {
			q.free = c.next
			c.n = 0
		}
		c.next = b.head
		b.head = c
	}
	e := &c.e[c.n]
	c.n++
	b.n++
	return e
}

// push adds an event that is heard at e.At.
func (q *queue[M]) push(e *Event[M]) { *q.add(e.At) = *e }

// add makes room for an event that is heard at a time: the caller writes it there, and it is copied no more.
func (q *queue[M]) add(at Time) *Event[M] {
	w := int64(at / q.window)
	if w < q.now {
		panic("sim: event for a window that is over")
	}
	q.n++
	return q.place(w)
}

func (q *queue[M]) place(w int64) *Event[M] {
	block := w / nearBlock
	if block <= q.block+1 {
		i := w % near
		q.busy[i/64] |= 1 << (i % 64)
		return q.room(&q.ring[i])
	}
	f := q.far[block]
	if f == nil {
		f = &far[M]{first: w}
		q.far[block] = f
	}
	f.first = min(f.first, w)
	return q.room(&f.bucket)
}

// next is the earliest window that has an event, or none.
func (q *queue[M]) next() int64 {
	for w := q.now; w < (q.block+2)*nearBlock; {
		i := w % near
		if word := q.busy[i/64] >> (i % 64); word != 0 {
			return w + int64(bits.TrailingZeros64(word))
		}
		w += 64 - i%64
	}
	first := int64(none)
	for _, f := range q.far { // a minimum has no order
		first = min(first, f.first)
	}
	return first
}

// reach goes on to window w: what waited far ahead comes near. All earlier windows must be empty.
func (q *queue[M]) reach(w int64) {
	if w < q.now || q.next() < w {
		panic("sim: a window with events was skipped")
	}
	q.now = w
	if block := w / nearBlock; block > q.block {
		q.block = block
		q.approach(block)
		q.approach(block + 1)
	}
}

// approach deals the far events of a block out to their windows.
func (q *queue[M]) approach(block int64) {
	f := q.far[block]
	if f == nil {
		return
	}
	delete(q.far, block)
	f.each(func(events []Event[M]) {
		for i := range events {
			*q.place(int64(events[i].At / q.window)) = events[i]
		}
	})
	q.drain(&f.bucket)
}

// waiting is the number of events in window w, which has been reached.
func (q *queue[M]) waiting(w int64) int { return q.ring[w%near].n }

// take starts window w: its events, in no particular order, in a bucket to be given back with drain. All earlier windows
// must be empty.
func (q *queue[M]) take(w int64) bucket[M] {
	q.reach(w)
	i := w % near
	q.busy[i/64] &^= 1 << (i % 64)
	b := q.ring[i]
	q.ring[i] = bucket[M]{}
	q.n -= b.n
	q.now = w + 1
	return b
}

// each shows the events of a bucket, a chunk at a time.
func (b *bucket[M]) each(show func([]Event[M])) {
	for c := b.head; c != nil; c = c.next {
		show(c.e[:c.n])
	}
}

// drain recycles the chunks of a bucket.
func (q *queue[M]) drain(b *bucket[M]) {
	for c := b.head; c != nil; {
		next := c.next
		c.next = q.free
		q.free = c
		c = next
	}
	*b = bucket[M]{}
}

// all shows every event under way.
func (q *queue[M]) all(each func([]Event[M])) {
	for i := range q.ring {
		q.ring[i].each(each)
	}
	for _, f := range q.far { // callers count; a count has no order
		f.each(each)
	}
}

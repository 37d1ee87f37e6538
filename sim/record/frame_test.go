package record

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"pasar/sim"
)

// A parcel is a message with every kind of number in it.
type parcel struct {
	Amount        int64
	Big           uint64
	Debt, Freight int32
	Party         uint32
	Rate          uint16
	Less          int16
	Legs          [3]uint8
	Low           int8
	Open          bool
	Rest          [3]bool
}

const hour sim.Time = 3600

// some makes events of windows first, first+1 ... as a run might have them; wild ones use all that the types can hold.
func some(rng *rand.Rand, first int64, n []int, wild bool) (runs []run, events []sim.Event[parcel]) {
	window := first
	for _, n := range n {
		runs = append(runs, run{window, n})
		var to sim.ID
		for range n {
			at := sim.Time(window)*hour + sim.Time(rng.Int64N(int64(hour)))
			to += 1 + sim.ID(rng.IntN(50))
			e := sim.Event[parcel]{At: at, Said: at - min(at, sim.Time(rng.Int64N(90_000))), To: to, From: sim.ID(rng.IntN(5000)), Kind: sim.Kind(rng.IntN(20)),
				Msg: parcel{Amount: rng.Int64N(1e6), Party: uint32(to), Rate: 250, Debt: -int32(rng.IntN(5000)), Open: rng.IntN(2) == 0}}
			if wild {
				e.Said, e.From, e.Nth, e.Why, e.Kind, e.Answers = sim.Time(rng.Int64N(int64(at)+1)), sim.ID(rng.Uint32()), rng.Uint32(), rng.Uint32(), sim.Kind(rng.Uint32()), rng.Uint32()
				e.Msg = parcel{int64(rng.Uint64()), rng.Uint64(), int32(rng.Uint32()), math.MinInt32, rng.Uint32(), uint16(rng.Uint32()), math.MinInt16,
					[3]uint8{255, 0, uint8(rng.Uint32())}, math.MinInt8, true, [3]bool{false, true, false}}
			}
			events = append(events, e)
		}
		window += 1 + rng.Int64N(3)
	}
	return runs, events
}

func newTestCodec(t testing.TB) *codec[parcel] {
	t.Helper()
	c, err := newCodec[parcel](hour)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// frame is encode and seal.
func (c *codec[M]) frame(h head, runs []run, events []sim.Event[M]) []byte {
	b := c.encode(&h, runs, events)
	return h.seal(b)
}

// open is unseal and decode.
func (c *codec[M]) open(frame []byte) (head, []run, []sim.Event[M], error) {
	h, payload, err := unseal(frame)
	if err != nil {
		return h, nil, nil, err
	}
	runs, events, err := c.decode(&h, payload)
	return h, runs, events, err
}

// What is decoded is what was encoded, whatever it was.
func TestFrames(t *testing.T) {
	c := newTestCodec(t)
	rng := rand.New(rand.NewPCG(1, 1))
	for i := range 400 {
		n := make([]int, 1+rng.IntN(5))
		for k := range n {
			n[k] = 1 + rng.IntN(1+i*2)
		}
		runs, events := some(rng, rng.Int64N(20_000), n, i%2 == 0)
		frame := c.frame(head{flags: whole, number: 5, total: 7, digest: sim.Digest{1, 2}}, runs, events)
		h, gotRuns, got, err := c.open(frame)
		if err != nil {
			t.Fatalf("%d events: %v", len(events), err)
		}
		if !slices.Equal(gotRuns, runs) || !slices.Equal(got, events) {
			t.Fatalf("%d: %d events in %v come back as %d in %v", i, len(events), runs, len(got), gotRuns)
		}
		want := head{eventFrame, whole, 5, c.hash, runs[0].window, runs[len(runs)-1].window, uint32(len(events)), h.raw, 7, sim.Digest{1, 2}}
		if h != want {
			t.Fatalf("head %+v, not %+v", h, want)
		}
	}
}

// Any single byte that is another, and any cut, is seen.
func TestFrameDamage(t *testing.T) {
	c := newTestCodec(t)
	rng := rand.New(rand.NewPCG(1, 2))
	runs, events := some(rng, 100, []int{40, 3}, false)
	frame := c.frame(head{}, runs, events)
	for i := range frame {
		bad := slices.Clone(frame)
		bad[i] ^= 1 << rng.IntN(8)
		if _, _, _, err := c.open(bad); !errors.Is(err, ErrDamaged) {
			t.Fatalf("byte %d of %d flipped: %v", i, len(frame), err)
		}
		if _, _, _, err := c.open(frame[:i]); !errors.Is(err, ErrDamaged) {
			t.Fatalf("cut to %d of %d bytes: %v", i, len(frame), err)
		}
	}
	if _, _, _, err := c.open(append(frame, 0)); !errors.Is(err, ErrDamaged) {
		t.Errorf("one byte more: %v", err)
	}
}

// Frames of another layout are refused, and said to be.
func TestSchema(t *testing.T) {
	type renamed struct{ Amount int64 }
	type signed struct{ Price int64 }
	type unsigned struct{ Price uint64 }
	type halves struct{ Price [2]int32 }
	hashes := map[uint64]bool{newSchema[parcel](hour).hash: true, newSchema[parcel](900).hash: true, newSchema[renamed](hour).hash: true,
		newSchema[signed](hour).hash: true, newSchema[unsigned](hour).hash: true, newSchema[halves](hour).hash: true}
	if len(hashes) != 6 {
		t.Errorf("%d layouts of 6 are told apart", len(hashes))
	}
	runs, events := some(rand.New(rand.NewPCG(1, 3)), 0, []int{5}, false)
	frame := newTestCodec(t).frame(head{}, runs, events)
	other, err := newCodec[parcel](900)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := other.open(frame); err == nil || errors.Is(err, ErrDamaged) {
		t.Errorf("events of another layout: %v", err)
	}
}

// Each leaf of a message keeps all values that its type can have, and refuses the others.
func TestLeaves(t *testing.T) {
	s := newSchema[parcel](hour)
	if n := len(s.leaves); n != 15 {
		t.Fatalf("%d leaves: %+v", n, s.leaves)
	}
	var size uintptr
	for _, l := range s.leaves {
		size += l.size
	}
	if size != reflect.TypeFor[parcel]().Size() {
		t.Errorf("leaves have %d bytes", size)
	}
	for _, v := range []int64{0, 1, -1, 127, -128, math.MaxInt64, math.MinInt64} {
		if unfold(fold(v)) != v {
			t.Errorf("%d becomes %d", v, unfold(fold(v)))
		}
	}
}

// The events of all shards, merged, are in the one order.
func TestMerge(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 4))
	var keys []uint64
	for _, shards := range []sim.ID{1, 2, 3, 8, 100} {
		var want []sim.Event[parcel]
		parts := make([][]sim.Event[parcel], shards)
		for i := range 2000 {
			want = append(want, sim.Event[parcel]{To: sim.ID(rng.IntN(500)), At: sim.Time(rng.IntN(5)), From: sim.ID(rng.IntN(5)), Nth: uint32(i)})
		}
		slices.SortFunc(want, func(a, b sim.Event[parcel]) int { return order(&a, &b) })
		for _, e := range want {
			parts[e.To%shards] = append(parts[e.To%shards], e)
		}
		rng.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
		if got := merge(nil, parts, &keys); !slices.Equal(got, want) {
			t.Errorf("%d shards: not in order", shards)
		}
	}
}

// Whatever bytes a frame has, it is decoded or refused; what is decoded is encoded to the same events again.
func FuzzFrame(f *testing.F) {
	c := newTestCodec(f)
	rng := rand.New(rand.NewPCG(1, 5))
	for i := range 6 {
		runs, events := some(rng, int64(i)*1000, []int{1, 4, 2}[:1+i%3], i%2 == 0)
		f.Add(c.frame(head{flags: whole}, runs, events), true)
	}
	f.Add([]byte("psr"), false)
	f.Fuzz(func(t *testing.T, b []byte, sum bool) {
		if sum && len(b) > sumSize { // so that damage goes deeper than the checksum
			body := b[:len(b)-sumSize]
			binary.LittleEndian.PutUint32(b[len(body):], crc32.Checksum(body, castagnoli))
		}
		h, runs, events, err := c.open(b)
		if err != nil {
			return
		}
		_, _, again, err := c.open(c.frame(h, runs, events))
		if err != nil || !slices.Equal(again, events) {
			t.Fatalf("%d events come back as %d: %v", len(events), len(again), err)
		}
	})
}

// FuzzColumns is FuzzFrame beneath the compression, which random bytes do not survive.
func FuzzColumns(f *testing.F) {
	c := newTestCodec(f)
	rng := rand.New(rand.NewPCG(1, 6))
	for i := range 6 {
		runs, events := some(rng, int64(i)*1000, []int{1, 4, 2}[:1+i%3], i%2 == 0)
		c.frame(head{}, runs, events)
		f.Add(slices.Clone(c.raw), runs[0].window, runs[len(runs)-1].window, uint32(len(events)))
	}
	f.Fuzz(func(t *testing.T, raw []byte, first, last int64, count uint32) {
		h := head{kind: eventFrame, schema: c.hash, first: first, last: last, count: count, raw: uint32(len(raw))}
		runs, events, err := c.decode(&h, c.zip.EncodeAll(raw, nil))
		if err != nil {
			return
		}
		if _, _, again, err := c.open(c.frame(head{}, runs, events)); err != nil || !slices.Equal(again, events) {
			t.Fatalf("%d events come back as %d: %v", len(events), len(again), err)
		}
	})
}

// BenchmarkFrames says what an event costs, to write and to read, and how many bytes it takes.
func BenchmarkFrames(b *testing.B) {
	c := newTestCodec(b)
	runs, events := some(rand.New(rand.NewPCG(1, 7)), 5000, []int{800, 800, 800, 800, 800}, false)
	frame := c.frame(head{}, runs, events)
	b.Run("encode", func(b *testing.B) {
		for range b.N {
			c.frame(head{}, runs, events)
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/event")
		b.ReportMetric(float64(len(frame))/float64(len(events)), "B/event")
	})
	b.Run("decode", func(b *testing.B) {
		for range b.N {
			if _, _, _, err := c.open(frame); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(events)), "ns/event")
	})
}

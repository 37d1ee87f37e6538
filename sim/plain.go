package sim

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"reflect"
	"unsafe"
)

// Events cross goroutines and processes as their own bytes. That is safe because their types are checked here to be plain:
// integers of fixed size and arrays and structs of them, without pointers and without padding, on a little-endian machine.

// littleEndian holds on every machine Pasar is built for; New refuses another, where frames would not mean the same.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// checkPlain reports why values of type t are not their bytes.
func checkPlain(t reflect.Type, floats bool) error {
	switch t.Kind() {
	case reflect.Bool, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return nil
	case reflect.Float32, reflect.Float64:
		if floats {
			return nil
		}
		return fmt.Errorf("%s is a float: only integers cross agents", t)
	case reflect.Array:
		return checkPlain(t.Elem(), floats)
	case reflect.Struct:
		var next uintptr
		for i := range t.NumField() {
			f := t.Field(i)
			if err := checkPlain(f.Type, floats); err != nil {
				return fmt.Errorf("field %s: %w", f.Name, err)
			}
			if !floats && f.Offset != next {
				return fmt.Errorf("%d bytes of padding before field %s", f.Offset-next, f.Name)
			}
			next = f.Offset + f.Type.Size()
		}
		if !floats && next != t.Size() {
			return fmt.Errorf("%d bytes of padding at the end of %s", t.Size()-next, t)
		}
		return nil
	}
	return fmt.Errorf("%s has a size or memory of its own", t)
}

// bytesOf is the memory of plain values.
func bytesOf[T any](v []T) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), len(v)*int(unsafe.Sizeof(v[0])))
}

// sizeOf is the number of bytes of a plain value.
func sizeOf[T any]() int {
	var v T
	return int(unsafe.Sizeof(v))
}

// Digest is the sum, over all events of a run that are not Quiet, of a 128-bit hash of each. A sum has no order, so it is
// the same however the agents were spread. It guards against accidents, not against an adversary.
type Digest [2]uint64

// String is the digest in 32 hexadecimal digits.
func (d Digest) String() string { return fmt.Sprintf("%016x%016x", d[0], d[1]) }

// Add adds the digest of other events.
func (d *Digest) Add(o Digest) { d.add(o[0], o[1]) }

func (d *Digest) add(hi, lo uint64) {
	var carry uint64
	d[1], carry = bits.Add64(d[1], lo, 0)
	d[0], _ = bits.Add64(d[0], hi, carry)
}

// Digest is what the event adds to the digest of a history: nothing if it is Quiet.
func (e *Event[M]) Digest() Digest {
	if e.Kind&Quiet != 0 {
		return Digest{}
	}
	hi, lo := hashEvent(e)
	return Digest{hi, lo}
}

// Parent is what e was a reaction to, among events that a Recorder was shown, in their order: at least all of those that the sender
// heard when it said e. It is nil if e was said at time 0, or if it is not among them.
func (e *Event[M]) Parent(among []Event[M]) *Event[M] {
	for i := range among {
		if x := &among[i]; x.To == e.From && x.At == e.Said && x.Answers > e.Nth {
			return x
		}
	}
	return nil
}

// hashEvent hashes the bytes of an event, Why and Answers left out: they explain a history and are not part of it. It returns numbers
// and no Digest, which a processor would have to write and, to read it in one piece, wait for.
func hashEvent[M any](e *Event[M]) (uint64, uint64) {
	const k0, k1, k2 = 0x9e3779b97f4a7c15, 0xd6e8feb86659fd93, 0xa0761d6478bd642f
	a, b := uint64(k0), uint64(k1)
	mix := func(x, y uint64) {
		hi, lo := bits.Mul64(x^a^k2, y^b^k0)
		a, b = b+lo, bits.RotateLeft64(a, 29)^hi
	}
	mix(uint64(e.At), uint64(e.Said))
	mix(uint64(e.To)|uint64(e.From)<<32, uint64(e.Nth)|uint64(e.Kind)<<32)
	m := unsafe.Slice((*uint64)(unsafe.Pointer(&e.Msg)), unsafe.Sizeof(e.Msg)/8)
	for ; len(m) > 1; m = m[2:] {
		mix(m[0], m[1])
	}
	if len(m) > 0 {
		mix(m[0], 0)
	}
	hi, lo := bits.Mul64(a^k1, b^k2)
	hi2, lo2 := bits.Mul64(b^k0, a^lo)
	return hi ^ lo2, lo ^ hi2
}

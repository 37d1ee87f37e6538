package record

import (
	"fmt"
	"hash/fnv"
	"reflect"
	"unsafe"

	"pasar/sim"
)

// A leaf is an integer within a message.
type leaf struct {
	offset uintptr
	size   uintptr // bytes
	signed bool
	truth  bool // only 0 and 1
}

// A schema is how the events of a model lie in memory.
type schema[M any] struct {
	leaves []leaf
	hash   uint64 // of names, types and places: a recording of another layout is not read
	window sim.Time
}

func newSchema[M any](window sim.Time) *schema[M] {
	s := &schema[M]{window: window}
	h := fnv.New64a()
	fmt.Fprintln(h, "window", window, "columns", columns)
	var walk func(name string, t reflect.Type, at uintptr)
	walk = func(name string, t reflect.Type, at uintptr) {
		switch t.Kind() {
		case reflect.Struct:
			for i := range t.NumField() {
				f := t.Field(i)
				walk(name+"."+f.Name, f.Type, at+f.Offset)
			}
		case reflect.Array:
			for i := range t.Len() {
				walk(fmt.Sprint(name, i), t.Elem(), at+uintptr(i)*t.Elem().Size())
			}
		default: // sim.New has seen to it that these are integers and bools
			l := leaf{at, t.Size(), t.Kind() >= reflect.Int && t.Kind() <= reflect.Int64, t.Kind() == reflect.Bool}
			fmt.Fprintln(h, name, t.Kind(), l)
			s.leaves = append(s.leaves, l)
		}
	}
	walk("", reflect.TypeFor[M](), 0)
	s.hash = h.Sum64()
	return s
}

// get is the leaf of a message as a number that is small where the leaf is near zero.
func (l *leaf) get(m unsafe.Pointer) uint64 {
	p := unsafe.Add(m, l.offset)
	if l.signed {
		switch l.size {
		case 1:
			return fold(int64(*(*int8)(p)))
		case 2:
			return fold(int64(*(*int16)(p)))
		case 4:
			return fold(int64(*(*int32)(p)))
		}
		return fold(*(*int64)(p))
	}
	switch l.size {
	case 1:
		return uint64(*(*uint8)(p))
	case 2:
		return uint64(*(*uint16)(p))
	case 4:
		return uint64(*(*uint32)(p))
	}
	return *(*uint64)(p)
}

// set is the reverse of get. It tells whether the leaf has room for v.
func (l *leaf) set(m unsafe.Pointer, v uint64) bool {
	if l.size < 8 && v>>(8*l.size) != 0 || l.truth && v > 1 {
		return false
	}
	if l.signed {
		v = uint64(unfold(v))
	}
	p := unsafe.Add(m, l.offset)
	switch l.size {
	case 1:
		*(*uint8)(p) = uint8(v)
	case 2:
		*(*uint16)(p) = uint16(v)
	case 4:
		*(*uint32)(p) = uint32(v)
	default:
		*(*uint64)(p) = v
	}
	return true
}

// fold maps numbers near zero, of either sign, to small ones without a sign; unfold is its reverse.
func fold(v int64) uint64   { return uint64(v)<<1 ^ uint64(v>>63) }
func unfold(v uint64) int64 { return int64(v>>1) ^ -int64(v&1) }

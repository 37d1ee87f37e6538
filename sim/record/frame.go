package record

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"pasar/sim"
)

// A frame is one message of the stream, little endian:
//
//	magic "psr" u8x3 · version u8 · kind u8 · flags u8 · 0 u16 · number u64 · schema u64
//	first window i64 · last window i64 · count u32 · bytes before compression u32
//	events of the recording up to its end u64 · their digest u64x2
//	payload · CRC-32C of all before u32
const (
	magic    = "psr"
	version  = 2
	headSize = 72
	sumSize  = 4
	maxFrame = 1 << 20 // what NATS takes as one message
)

// What is in a frame.
const (
	aboutFrame = 'a' // what was recorded, in the words of the caller; first is the window in ticks
	eventFrame = 'e' // count events of the windows first ... last, compressed
	stateFrame = 's' // piece count of 0 ... last of the state of the world before window first, compressed; flags: see states.go
	closeFrame = 'z' // the end: all that happened before window first is here
)

// Flags of a frame of events.
const (
	begun = 1 << iota // the first window began in an earlier frame
	whole             // the last window ends here
)

// A head is the head of a frame.
type head struct {
	kind, flags byte
	number      uint64 // its own: that of its message
	schema      uint64
	first, last int64
	count       uint32
	raw         uint32
	total       uint64
	digest      sim.Digest
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// seal makes a frame: b has room for the head and then the payload.
func (h *head) seal(b []byte) []byte {
	copy(b, magic)
	b[3], b[4], b[5], b[6], b[7] = version, h.kind, h.flags, 0, 0
	le := binary.LittleEndian
	le.PutUint64(b[8:], h.number)
	le.PutUint64(b[16:], h.schema)
	le.PutUint64(b[24:], uint64(h.first))
	le.PutUint64(b[32:], uint64(h.last))
	le.PutUint32(b[40:], h.count)
	le.PutUint32(b[44:], h.raw)
	le.PutUint64(b[48:], h.total)
	le.PutUint64(b[56:], h.digest[0])
	le.PutUint64(b[64:], h.digest[1])
	return le.AppendUint32(b, crc32.Checksum(b, castagnoli))
}

// unseal checks a frame and splits it into its head and payload.
func unseal(b []byte) (h head, payload []byte, err error) {
	if len(b) < headSize+sumSize || len(b) > maxFrame {
		return h, nil, fmt.Errorf("%w: %d bytes are no frame", ErrDamaged, len(b))
	}
	le := binary.LittleEndian
	body := b[:len(b)-sumSize]
	if got, want := crc32.Checksum(body, castagnoli), le.Uint32(b[len(body):]); got != want {
		return h, nil, fmt.Errorf("%w: checksum %08x, not %08x", ErrDamaged, got, want)
	}
	if string(b[:3]) != magic {
		return h, nil, fmt.Errorf("%w: it begins with %q", ErrDamaged, b[:3])
	}
	if b[3] != version {
		return h, nil, fmt.Errorf("a frame of version %d; this program reads version %d", b[3], version)
	}
	return headOf(b), body[headSize:], nil
}

// headOf reads a head.
func headOf(b []byte) head {
	le := binary.LittleEndian
	return head{
		kind: b[4], flags: b[5], number: le.Uint64(b[8:]), schema: le.Uint64(b[16:]),
		first: int64(le.Uint64(b[24:])), last: int64(le.Uint64(b[32:])), count: le.Uint32(b[40:]), raw: le.Uint32(b[44:]),
		total: le.Uint64(b[48:]), digest: sim.Digest{le.Uint64(b[56:]), le.Uint64(b[64:])},
	}
}

package natsbus

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"strings"
)

// A frame travels in parts, because NATS limits a message to 1 MiB and carries much larger ones than 16 KiB no faster. Each
// part is a header of 32 bytes, little endian, and its piece of the frame:
//
//	0 magic   4 sender   8 round   16 part   20 parts   24 length of the whole frame   28 CRC-32C of the piece
//
// The checksum costs about a twelfth of the processor time of an exchange, some 2 ns per event that crosses, and also finds
// a buffer that was used again too early.
//
// An empty frame is one empty part: that nothing was said must be said. A part of 0 parts is a goodbye: its sender sends
// no more frames, and the piece says why. Since both travel the same way, a goodbye never overtakes a frame.
const (
	magic    = 0x31535250 // "PRS1"
	headSize = 32
	partSize = 16 << 10
	maxFrame = 1 << 29 // what one frame may hold; more could never pass the server at once
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

type header struct {
	sender      uint32
	round       uint64
	part, parts uint32
	length      uint32
}

func partsOf(length int) int { return max(1, (length+partSize-1)/partSize) }

// appendPart writes one part to b.
func appendPart(b []byte, h header, piece []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, magic)
	b = binary.LittleEndian.AppendUint32(b, h.sender)
	b = binary.LittleEndian.AppendUint64(b, h.round)
	b = binary.LittleEndian.AppendUint32(b, h.part)
	b = binary.LittleEndian.AppendUint32(b, h.parts)
	b = binary.LittleEndian.AppendUint32(b, h.length)
	b = binary.LittleEndian.AppendUint32(b, crc32.Checksum(piece, castagnoli))
	return append(b, piece...)
}

// readPart takes a part to pieces. What it returns is consistent in itself.
func readPart(b []byte) (h header, piece []byte, err error) {
	if len(b) < headSize || binary.LittleEndian.Uint32(b) != magic {
		return h, nil, fmt.Errorf("a message of %d bytes that is no part of a frame", len(b))
	}
	h = header{
		sender: binary.LittleEndian.Uint32(b[4:]),
		round:  binary.LittleEndian.Uint64(b[8:]),
		part:   binary.LittleEndian.Uint32(b[16:]),
		parts:  binary.LittleEndian.Uint32(b[20:]),
		length: binary.LittleEndian.Uint32(b[24:]),
	}
	piece = b[headSize:]
	size := int(h.length)
	switch {
	case h.length > maxFrame:
		return h, nil, fmt.Errorf("%v: its frame would have %d bytes", h, h.length)
	case h.parts == 0 && h.part == 0:
	case int(h.parts) != partsOf(size) || h.part >= h.parts:
		return h, nil, fmt.Errorf("%v: that is no part of a frame of %d bytes", h, h.length)
	default:
		size = min(partSize, size-int(h.part)*partSize)
	}
	if len(piece) != size {
		return h, nil, fmt.Errorf("%v: it has %d bytes and not %d", h, len(piece), size)
	}
	if crc32.Checksum(piece, castagnoli) != binary.LittleEndian.Uint32(b[28:]) {
		return h, nil, fmt.Errorf("%v: its checksum is wrong", h)
	}
	return h, piece, nil
}

func (h header) String() string {
	return fmt.Sprintf("part %d of %d of shard %d's frame of round %d", h.part+1, h.parts, h.sender, h.round)
}

// A frame is what has come of one sender's frame of one round.
type frame struct {
	data   []byte // the frame, once it is whole
	memory []byte // what frames of several parts are put together in; kept from round to round
	got    []uint64
	parts  int // 0: nothing has come
	have   int
	length uint32
}

func (f *frame) reset() { f.parts, f.have, f.data = 0, 0, nil }

func (f *frame) whole() bool { return f.parts > 0 && f.have == f.parts }

// put adds a part. The frame keeps the piece if it is all there is.
func (f *frame) put(h header, piece []byte) error {
	if f.parts == 0 {
		f.parts, f.length = int(h.parts), h.length
		if f.parts > 1 {
			f.begin()
		}
	}
	if int(h.parts) != f.parts || h.length != f.length {
		return fmt.Errorf("%v says the frame has %d bytes, an earlier part said %d", h, h.length, f.length)
	}
	if f.parts == 1 {
		if f.have == 1 {
			return fmt.Errorf("%v came twice", h)
		}
		f.have, f.data = 1, piece
		return nil
	}
	word, bit := &f.got[h.part/64], uint64(1)<<(h.part%64)
	if *word&bit != 0 {
		return fmt.Errorf("%v came twice", h)
	}
	*word |= bit
	copy(f.memory[int(h.part)*partSize:], piece)
	if f.have++; f.have == f.parts {
		f.data = f.memory
	}
	return nil
}

func (f *frame) begin() {
	if cap(f.memory) < int(f.length) {
		f.memory = make([]byte, f.length, int(f.length)+int(f.length)/4)
	}
	f.memory = f.memory[:f.length]
	words := (f.parts + 63) / 64
	if cap(f.got) < words {
		f.got = make([]uint64, words)
	}
	f.got = f.got[:words]
	clear(f.got)
}

// missing lists the parts that have not come, for an error.
func (f *frame) missing() string {
	if f.have == 0 {
		return "everything"
	}
	var list []string
	count := 0
	for i := 0; i < f.parts; i++ {
		if f.has(i) {
			continue
		}
		first := i
		for i+1 < f.parts && !f.has(i+1) {
			i++
		}
		if count++; count > 8 {
			continue
		}
		if first == i {
			list = append(list, fmt.Sprint(i+1))
		} else {
			list = append(list, fmt.Sprintf("%d-%d", first+1, i+1))
		}
	}
	if count > 8 {
		list = append(list, "...")
	}
	return fmt.Sprintf("parts %s of %d (%d have come)", strings.Join(list, ", "), f.parts, f.have)
}

func (f *frame) has(part int) bool { return f.got[part/64]>>(part%64)&1 != 0 }

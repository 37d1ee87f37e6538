package store

import (
	"encoding/binary"
	"errors"
	"math"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/sim"
)

// A kept is a result as a file holds it: the rows of the sample apart. They are most of it, and gob takes longer for them than for all else.
type kept struct {
	play.Saved // without these rows
	Counts     []int
	Rows       []byte
}

// How many bytes a row takes, about and at least: one for each field.
const (
	aboutRow = 32
	leastRow = 15
)

// keptOf packs a result, and leaves it as it is.
func keptOf(v play.Saved) *kept {
	k := &kept{Saved: v}
	n := 0
	for _, w := range v.Sample {
		n += len(w.Rows)
	}
	k.Sample, k.Rows = make([]play.Week, len(v.Sample)), make([]byte, 0, n*aboutRow)
	for i, w := range v.Sample {
		k.Counts = append(k.Counts, len(w.Rows))
		for j := range w.Rows {
			k.Rows = appendRow(k.Rows, &w.Rows[j])
		}
		w.Rows = nil
		k.Sample[i] = w
	}
	return k
}

var errRows = errors.New("the rows of the sample are not whole")

// saved unpacks it.
func (k *kept) saved() (*play.Saved, error) {
	if len(k.Counts) != len(k.Sample) {
		return nil, errRows
	}
	r := rowReader{rest: k.Rows}
	for i, n := range k.Counts {
		if n < 0 || n > len(r.rest)/leastRow {
			return nil, errRows
		}
		k.Sample[i].Rows = make([]market.Tracking, n)
		for j := range n {
			k.Sample[i].Rows[j] = r.row()
		}
	}
	if r.failed || len(r.rest) > 0 {
		return nil, errRows
	}
	return &k.Saved, nil
}

// appendRow writes a row, in the order in which rowReader.row reads it.
func appendRow(b []byte, t *market.Tracking) []byte {
	for _, v := range [...]market.Money{t.Sales, t.Income, t.Cash} {
		b = binary.AppendVarint(b, int64(v))
	}
	for _, v := range [...]uint32{uint32(t.Agent), t.Pad, t.Stock, t.Hours, t.Price, t.Orders, uint32(t.OnTik), uint32(t.Lists)} {
		b = binary.AppendUvarint(b, uint64(v))
	}
	return append(b, t.State, uint8(t.Top), uint8(t.Region), t.Bin)
}

// A rowReader reads rows one after the other, until they fail it.
type rowReader struct {
	rest   []byte
	failed bool
}

func (r *rowReader) row() (t market.Tracking) {
	for _, v := range [...]*market.Money{&t.Sales, &t.Income, &t.Cash} {
		n, size := binary.Varint(r.rest)
		*v = market.Money(n)
		r.skip(size)
	}
	var n [8]uint32
	for i := range n {
		v, size := binary.Uvarint(r.rest)
		if n[i] = uint32(v); v > math.MaxUint32 || i >= 6 && v > math.MaxUint16 {
			r.failed = true
		}
		r.skip(size)
	}
	t.Agent, t.Pad, t.Stock, t.Hours, t.Price, t.Orders, t.OnTik, t.Lists = sim.ID(n[0]), n[1], n[2], n[3], n[4], n[5], uint16(n[6]), uint16(n[7])
	if len(r.rest) < 4 {
		r.failed = true
		return t
	}
	t.State, t.Top, t.Region, t.Bin = r.rest[0], market.Channel(r.rest[1]), market.Region(r.rest[2]), r.rest[3]
	r.rest = r.rest[4:]
	return t
}

func (r *rowReader) skip(size int) {
	if size <= 0 {
		r.failed = true
		return
	}
	r.rest = r.rest[size:]
}

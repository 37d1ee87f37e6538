package store

import (
	"encoding/binary"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"pasar/agents/market"
	"pasar/scenarios/play"
)

// Every field of a row comes back, whatever is in it; rows that are cut short, or too many, do not.
func TestRows(t *testing.T) {
	luck := rand.New(rand.NewPCG(1, 2))
	var fill func(v reflect.Value)
	fill = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Struct:
			for i := range v.NumField() {
				fill(v.Field(i))
			}
		case reflect.Int64:
			v.SetInt(int64(luck.Uint64()))
		default: // panics where it is no number
			v.SetUint(luck.Uint64() >> (64 - 8*v.Type().Size()))
		}
	}
	var v play.Saved
	for i := range 3 {
		v.Sample = append(v.Sample, play.Week{Day: int64(i), Rows: make([]market.Tracking, 100*i)})
		for j := range v.Sample[i].Rows {
			fill(reflect.ValueOf(&v.Sample[i].Rows[j]).Elem())
		}
	}
	k := keptOf(v)
	back, err := k.saved()
	if err != nil || !reflect.DeepEqual(back.Sample[1:], v.Sample[1:]) || len(back.Sample[0].Rows) > 0 {
		t.Fatal("other rows come back", err)
	}
	for _, rows := range [][]byte{nil, k.Rows[:1], k.Rows[:len(k.Rows)-1], append(k.Rows[:len(k.Rows):len(k.Rows)], 0)} {
		bad := keptOf(v)
		bad.Rows = rows
		if _, err := bad.saved(); err == nil {
			t.Errorf("%d bytes instead of %d are taken for the rows", len(rows), len(k.Rows))
		}
	}
	for _, counts := range [][]int{nil, {0, 100}, {0, 100, 199}, {0, 100, 201}, {0, -1, 301}, {0, 100, math.MaxInt}} {
		bad := keptOf(v)
		bad.Counts = counts
		if _, err := bad.saved(); err == nil {
			t.Errorf("%v are taken for the numbers of rows", counts)
		}
	}
	for place, most := range []uint64{math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint32, math.MaxUint16, math.MaxUint16} {
		for _, more := range []uint64{0, 1} {
			row := []byte{0, 0, 0}
			for i := range 8 {
				row = binary.AppendUvarint(row, map[bool]uint64{true: most + more}[i == place])
			}
			r := rowReader{rest: append(row, 0, 0, 0, 0)}
			if r.row(); r.failed != (more > 0) {
				t.Errorf("%d as field %d: failed %v", most+more, place, r.failed)
			}
		}
	}
}

package queue

import (
	"bytes"
	"context"
	"testing"
)

// Small results of a cell stand in one record with what says that it is done, large ones in records of their own. Of both kinds, those that are bad can
// be taken back, and are played again.
func TestRecords(t *testing.T) {
	t.Parallel()
	for _, x := range []struct{ bytes, records int }{{32, 1}, {together, 3}} {
		c := link(t, serve(t, ServerOptions{Dir: t.TempDir()}))
		k := begin(t, c, 10, calm)
		mend := []byte{1}
		play := func(_ context.Context, j Job) ([]Result, error) {
			data := bytes.Repeat(mend, x.bytes)
			return []Result{{Key: "0", Data: data}, {Key: "1", Data: append([]byte(j.Cell.ID), data[len(j.Cell.ID):]...)}}, nil
		}
		stop := work(t, c, WorkerOptions{}, play)
		if _, err := watch(t, k); err != nil {
			t.Fatal(err)
		}
		stop()
		if info, err := k.res.Info(t.Context()); err != nil || info.State.Msgs != uint64(10*x.records) {
			t.Errorf("%d records, not %d a cell; %v", info.State.Msgs, x.records, err)
		}
		mend = []byte{2}
		n, err := k.Redo(t.Context(), func(r *Result) bool { return r.Key == "1" && bytes.HasPrefix(r.Data, []byte("c00003")) })
		if n != 1 || err != nil {
			t.Errorf("%d cells taken back, %v", n, err)
		}
		if n, err := k.Enqueue(t.Context(), 10, cells(10)); n != 1 || err != nil {
			t.Errorf("%d cells queued, %v", n, err)
		}
		work(t, c, WorkerOptions{}, play)
		l, err := watch(t, k)
		if err != nil {
			t.Fatal(err)
		}
		for cell, want := range map[string]byte{"c00002": 1, "c00003": 2} {
			if got := l.results[cell+" 0"]; len(got) != x.bytes || got[0] != want {
				t.Errorf("cell %s has a result of %d bytes, the first %x, not %d of %x", cell, len(got), got[:1], x.bytes, want)
			}
		}
	}
}

// The record of a cell that is done reads back as it was written; what is cut off is refused.
func TestDecodeDone(t *testing.T) {
	written := []Result{{Key: "b", Data: []byte("two\nlines")}, {Key: "a", Data: nil}, {Key: "c", Data: []byte{0, 10, 255}}}
	record := encodeDone(Done{Cell: "x", Keys: []string{"b", "a", "c"}, Worker: "w", Version: "v"}, written)
	done, read, err := decodeDone(record)
	if err != nil || done.Cell != "x" || len(read) != len(written) {
		t.Fatal(done, read, err)
	}
	for i, r := range read {
		if w := written[i]; r.Key != w.Key || !bytes.Equal(r.Data, w.Data) || r.Worker != "w" || r.Version != "v" || r.Cell != "x" {
			t.Errorf("%+v, not %+v", r, w)
		}
	}
	if _, _, err := decodeDone(append(record[:len(record):len(record)], 0)); err == nil {
		t.Error("a byte too many is passed over")
	}
	for n := range record {
		if _, _, err := decodeDone(record[:n]); err == nil {
			t.Errorf("the first %d bytes of %d pass for the whole", n, len(record))
		}
	}
}

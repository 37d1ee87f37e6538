package queue

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/nats-io/nats.go/jetstream"
)

// together is how many bytes the results of a cell may have to stand in the one record that says it is done. Each record costs memory as long
// as its sweep is known, for its subject; larger results are records of their own, so that no message is too large.
const together = 64 << 10

// A finished is that record: this as a line of JSON, then the bytes of the results.
type finished struct {
	Done
	Sizes []int // of the results that follow, as Keys has them; none: each is a record of its own
}

// small tells whether results stand in one record.
func (c *Conn) small(results []Result) bool {
	all := 0
	for i := range results {
		all += len(results[i].Data)
	}
	return all <= min(together, c.MaxResult()/2)
}

// encodeDone is the record of a cell that is done, and of those of its results that stand in it.
func encodeDone(d Done, results []Result) []byte {
	f := finished{Done: d}
	var rest []byte
	for i := range results {
		f.Sizes = append(f.Sizes, len(results[i].Data))
		rest = append(rest, results[i].Data...)
	}
	return append(append(encode(f), '\n'), rest...)
}

// decodeDone reads the record of a cell that is done, and the results that stand in it.
func decodeDone(data []byte) (*Done, []Result, error) {
	head, rest, ok := bytes.Cut(data, []byte("\n"))
	if !ok {
		return nil, nil, errors.New("it has no end")
	}
	f, err := decode[finished](head)
	if err != nil || len(f.Sizes) == 0 {
		return &f.Done, nil, err
	}
	if len(f.Sizes) != len(f.Keys) {
		return nil, nil, fmt.Errorf("it has %d results under %d keys", len(f.Sizes), len(f.Keys))
	}
	results := make([]Result, len(f.Keys))
	for i, n := range f.Sizes {
		if n < 0 || n > len(rest) {
			return nil, nil, fmt.Errorf("result %s is cut off", f.Keys[i])
		}
		results[i] = Result{Cell: f.Cell, Key: f.Keys[i], Data: rest[:n:n], Worker: f.Worker, Version: f.Version}
		rest = rest[n:]
	}
	if len(rest) > 0 {
		return nil, nil, errors.New("more follows than its results")
	}
	return &f.Done, results, nil
}

// results are those in the record with a subject, which is of a result or of a cell that is done.
func (c *Conn) results(ctx context.Context, res jetstream.Stream, subject string) ([]Result, error) {
	m, err := c.record(ctx, res, subject)
	if err != nil || m == nil {
		return nil, err
	}
	parts := strings.SplitN(subject, ".", 5) // res.<sweep>.<kind>.<cell>[.<key>]
	if parts[2] == "result" {
		return []Result{{parts[3], parts[4], m.Data, m.Header.Get(workerHeader), m.Header.Get(versionHeader)}}, nil
	}
	_, list, err := decodeDone(m.Data)
	if err != nil {
		err = fmt.Errorf("record %s: %w", subject, err)
	}
	return list, err
}

// Package queue hands the jobs of sweeps to workers and keeps what came of them, on one machine or many, in streams of NATS JetStream.
// It knows no scenario: jobs and results are bytes.
//
// A sweep is a set of cells. Each cell is a job of the work queue JOBS until a worker has written its results to the stream RES. Every
// record there is created once and never changed: whoever comes second compares. So a job may be delivered twice, acknowledged late
// or taken over from a machine that died, and the results are the same. A coordinator holds nothing that the streams do not: it may
// end at any time, and another goes on.
//
//	JOBS      job.<sweep>.<cell>                  one message for each cell that is queued or being played
//	RES       res.<sweep>.done.<cell>             all results of the cell are there: here if they are small, else
//	          res.<sweep>.result.<cell>.<key>     the bytes of a result; the worker and its version are in the headers
//	          res.<sweep>.failed.<cell>           it was given up
//	          res.<sweep>.conflict.<cell>         two workers had different results
//	SWEEPS    <sweep>                             key-value: what workers must know of the sweep
//	FILES     <SHA-256>                           objects: what the jobs are about
//	          pasar.sweep.<sweep>.progress        JSON for whoever looks on, about once a second, kept nowhere
package queue

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"time"
)

// A Sweep is what all who work on it must know.
type Sweep struct {
	ID      string // names it: letters, digits, - and _
	Version string // of the program that began it; workers of another version take none of its jobs
	Study   string // what its jobs are about: the hash of a file; see Get
	Cells   int    // how many there are, as of the last Enqueue
	Open    bool   // there may be jobs
	Stopped bool   // somebody stopped it, and nobody has begun it again
}

// A Cell is one piece of work of a sweep.
type Cell struct {
	ID   string // letters, digits, - and _
	Data []byte // for the handler
}

// A Job is a cell in the hands of a worker.
type Job struct {
	Sweep
	Cell    Cell
	Attempt int // counts from 1
}

// A Handler plays one job. Its results must be a pure function of the job. It gets a context that ends when the worker must. An error or
// a panic counts as one failed attempt; see Permanent.
type Handler func(context.Context, Job) ([]Result, error)

// An Event is one of *Result, *Done, *Failure, *Conflict and *Progress.
type Event interface{ event() }

// A Result is one of those that a cell yields. A handler sets Key and Data. One that differs may come second, with a Conflict.
type Result struct {
	Cell    string
	Key     string // unique within the cell, the shorter the better: letters, digits, - and _
	Data    []byte
	Worker  string // who was first with it
	Version string // of that worker's program
}

// Done says that all results of a cell are there. It comes after them.
type Done struct {
	Cell    string
	Keys    []string // of its results, as the handler ordered them
	Worker  string
	Version string
	Attempt int
	Wall    time.Duration // that the handler took; differs from run to run
}

// A Failure says that a cell was given up. Should a slow worker still finish it, its Done follows and counts.
type Failure struct {
	Cell    string
	Error   string
	Attempt int    // how many there were
	Worker  string // of the last attempt; empty if it never answered
	Version string
	Data    []byte // of the cell, to try again
}

// A Conflict says that two workers had different results for one cell: they do not run the same program, a machine computes wrongly, or
// a handler is no pure function. The first result is kept. It is an error.
type Conflict struct {
	Cell            string
	Key             string // of the result; empty: they differ in how many there are
	First, Second   string // the workers
	Versions        [2]string
	FirstHash, Hash string // SHA-256 of the first result, and of the second
}

// Progress is how far a sweep has come.
type Progress struct {
	Sweep   string        `json:"sweep"`
	Cells   int           `json:"cells"`
	Done    int           `json:"done"`
	Failed  int           `json:"failed"`
	Running int           `json:"running"` // jobs that workers have
	Queued  int           `json:"queued"`
	Workers int           `json:"workers"`    // that answered lately
	Slots   int           `json:"slots"`      // of those workers
	Rate    float64       `json:"per_second"` // cells done since the Watch began
	Left    time.Duration `json:"left_ns"`    // see Pace; 0: not known yet
	Still   time.Duration `json:"still_ns"`   // since anything was finished, if jobs wait and that is oddly long; else 0
}

func (*Result) event()   {}
func (*Done) event()     {}
func (*Failure) event()  {}
func (*Conflict) event() {}
func (*Progress) event() {}

func (c *Conflict) Error() string {
	what := "result " + c.Key
	if c.Key == "" {
		what = "number of results"
	}
	return fmt.Sprintf("two workers disagree on the %s of cell %s\n%s, version %s, was first: SHA-256 %.16s; this is kept\n%s, version %s: SHA-256 %.16s",
		what, c.Cell, c.First, c.Versions[0], c.FirstHash, c.Second, c.Versions[1], c.Hash)
}

// ErrVersion is wrapped where two programs would have to be the same and are not.
var ErrVersion = errors.New("not the same program")

// ErrStopped is what a Watch ends with if somebody stops the sweep.
var ErrStopped = errors.New("the sweep was stopped")

// Permanent marks an error of a handler that would come again each time, so that the job is not tried again.
func Permanent(err error) error {
	if err == nil {
		return nil
	}
	return &permanent{err}
}

type permanent struct{ error }

func (p *permanent) Unwrap() error { return p.error }

// token is what may stand between two dots of a subject.
var token = regexp.MustCompile(`^[A-Za-z0-9_-]{1,128}$`)

func checkToken(what, text string) error {
	if !token.MatchString(text) {
		return fmt.Errorf("%s %q: letters, digits, - and _ only, 1 to 128 of them", what, text)
	}
	return nil
}

package sim

import (
	"errors"
	"fmt"
	"runtime/debug"
)

// A Fault is what went wrong in a shard: a panic of the model, as an error.
type Fault struct {
	Window   int64
	At       Time
	To, From ID
	Kind     Kind
	Between  bool // it happened in no event but after the window: in a check, an audit, a recorder
	Cause    any
	Stack    []byte
}

func (f *Fault) Error() string {
	if f.Between {
		return fmt.Sprintf("sim: after window %d: %v", f.Window, f.Cause)
	}
	return fmt.Sprintf("sim: window %d: agent %d, event kind %d from agent %d at time %d: %v", f.Window, f.To, f.Kind, f.From, f.At, f.Cause)
}

// Unwrap is the cause, if the model panicked with an error.
func (f *Fault) Unwrap() error {
	err, _ := f.Cause.(error)
	return err
}

// fault is a panic of the model as an error. It is called while the panic is recovered.
func (s *shard[M]) fault(cause any) error {
	f := &Fault{Window: s.window, Between: s.at == nil, Cause: cause, Stack: debug.Stack()}
	if e := s.at; e != nil {
		f.At, f.To, f.From, f.Kind = e.At, e.To, e.From, e.Kind
	}
	return f
}

// errGone is the error of a goroutine that the model ended, with runtime.Goexit or the FailNow of a test.
var errGone = errors.New("sim: the model ended a goroutine of the kernel")

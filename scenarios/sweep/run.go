package sweep

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"pasar/scenarios/results/measure"
)

// A Run is what is kept of one run. It follows from its scenario, its seed and the program alone, and so do its bytes: which machine
// played it, when, and as which part of which study is not in it.
type Run struct {
	Key    string   `json:"key"`             // store.Key
	Hash   string   `json:"hash"`            // of the scenario
	Seed   uint64   `json:"seed"`            //
	Error  string   `json:"error,omitempty"` // why it failed; then nothing below is there
	Digest string   `json:"digest,omitempty"`
	Events uint64   `json:"events,omitempty"`
	From   string   `json:"from,omitempty"` // first day over which outcomes are counted
	To     string   `json:"to,omitempty"`   // last day
	Values []number `json:"values,omitempty"`
	Kept   []series `json:"kept,omitempty"`
}

// Failed tells whether the run failed.
func (r *Run) Failed() bool { return r.Error != "" }

// Encode is the run as bytes.
func (r *Run) Encode() []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic("sweep: a run that cannot be written: " + err.Error())
	}
	return b
}

// Decode reads a run.
func Decode(b []byte) (*Run, error) {
	r := &Run{}
	if err := json.Unmarshal(b, r); err != nil {
		return nil, fmt.Errorf("not the result of a run: %w", err)
	}
	return r, nil
}

// A series is one that is kept: a value each day, or each week. Step is in days.
type series struct {
	From   int64    `json:"from"` // day of the clock
	Step   int      `json:"step"`
	Values []number `json:"values"`
}

// date is that of a value.
func (s *series) date(i int) string {
	return measure.DateOf(s.From + int64(i*s.Step)).Format(time.DateOnly)
}

// A number is a float in JSON; what is not a number is null.
type number float64

// MarshalJSON writes the shortest text that reads back as the same number.
func (n number) MarshalJSON() ([]byte, error) {
	if v := float64(n); !math.IsNaN(v) && !math.IsInf(v, 0) {
		return strconv.AppendFloat(nil, v, 'g', -1, 64), nil
	}
	return []byte("null"), nil
}

// UnmarshalJSON reads a number, and null as not one.
func (n *number) UnmarshalJSON(b []byte) error {
	if string(b) == "null" {
		*n = number(math.NaN())
		return nil
	}
	v, err := strconv.ParseFloat(string(b), 64)
	*n = number(v)
	return err
}

func numbers(values []float64) []number {
	out := make([]number, len(values))
	for i, v := range values {
		out[i] = number(v)
	}
	return out
}

// value is that of an outcome; NaN where there is none.
func (r *Run) value(outcome int) float64 {
	if outcome >= len(r.Values) {
		return math.NaN()
	}
	return float64(r.Values[outcome])
}

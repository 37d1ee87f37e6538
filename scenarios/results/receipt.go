package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"pasar/scenarios/results/measure"
	"pasar/sim"
)

// A Receipt is enough to play a run again and to say where another run parts from it.
type Receipt struct {
	Run          string        `json:"run"`
	Scenario     string        `json:"scenario"`
	Hash         string        `json:"hash"` // of the effective scenario without its seed
	Seed         uint64        `json:"seed"`
	Version      string        `json:"version"` // SHA-256 of the executable
	Human        string        `json:"human,omitempty"`
	Digest       string        `json:"digest"`
	Events       uint64        `json:"events"`
	Goroutines   int           `json:"goroutines"`
	Wall         float64       `json:"wall_s"`
	Conservation string        `json:"conservation"`             // "checked": a breach stops the run, so that no receipt is written
	Stopped      string        `json:"stopped,omitempty"`        // last day that closed, when the run was stopped before its end
	Recording    string        `json:"recording,omitempty"`      // folder of the recording, from that of the receipt
	Lost         string        `json:"recording_lost,omitempty"` // why the recording does not reach the end of the run
	Effective    string        `json:"effective"`                // YAML of the scenario with every default
	Days         []DigestOfDay `json:"days"`
}

// A DigestOfDay is the digest of all that happened up to the end of a day, from the first day of the burn-in.
type DigestOfDay struct {
	Date   string `json:"date"`
	Digest string `json:"digest"`
}

func newReceipt(x *measure.Run, o Options) *Receipt {
	s := x.Scenario
	r := &Receipt{
		Run: x.ID, Scenario: s.Name, Hash: s.Hash, Seed: s.Seed, Version: o.Version, Human: o.Human, Digest: x.Digest.String(), Events: x.Events,
		Goroutines: x.Goroutines, Wall: seconds(x.Wall.Seconds()), Conservation: "checked", Effective: string(s.Effective), Days: []DigestOfDay{},
	}
	for d, sum := range cumulative(x.Result.Daily) {
		r.Days = append(r.Days, DigestOfDay{measure.DateOf(int64(d)).Format(day), sum.String()})
	}
	if x.Recording != "" {
		if r.Recording = x.Recording; o.dir != "" {
			if rel, err := filepath.Rel(o.dir, x.Recording); err == nil {
				r.Recording = filepath.ToSlash(rel)
			}
		}
		if x.Lost != nil {
			r.Lost = x.Lost.Error()
		}
	}
	if x.Stopped {
		r.Stopped = measure.DateOf(x.First + int64(x.Days()) - 1).Format(day)
	}
	return r
}

const day = "2006-01-02"

// ReadReceipt reads a receipt and checks that it is whole.
func ReadReceipt(path string) (*Receipt, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("reading a receipt: %w", err)
	}
	r := &Receipt{}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(r); err != nil {
		return nil, fmt.Errorf("%s is not a receipt: %w", path, err)
	}
	if d.More() {
		return nil, fmt.Errorf("%s is not a receipt: something follows its end", path)
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("%s is not a whole receipt: %w", path, err)
	}
	return r, nil
}

func (r *Receipt) check() error {
	for _, f := range []struct{ name, text string }{
		{"run", r.Run}, {"scenario", r.Scenario}, {"hash", r.Hash}, {"digest", r.Digest}, {"effective", r.Effective},
	} {
		if f.text == "" {
			return errors.New(f.name + " is missing")
		}
	}
	for i, d := range r.Days {
		if want := measure.DateOf(int64(i)).Format(day); d.Date != want {
			return fmt.Errorf("day %d is %q and not %s", i+1, d.Date, want)
		}
		if len(d.Digest) != len(sim.Digest{}.String()) {
			return fmt.Errorf("the digest of %s is %q", d.Date, d.Digest)
		}
	}
	return nil
}

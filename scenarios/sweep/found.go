package sweep

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"slices"

	"pasar/scenarios/stats"
)

// Found is what is kept in memory of a sweep that is over: a number for each run and outcome.
type Found struct {
	Values   [][][][]float64 // by world, outcome, point, replication; NaN where a run failed
	Runs     int
	Failed   int
	Errors   []Failure // most frequent first
	Ended    *Ending   // by which rule of the study; nil: by none
	Analyses []Analysis
	Buyers   int       // simulated, in a run
	sum      hash.Hash // of what happened in all runs
	points   []tally   // by world beside the base, then outcome
}

// A Failure is an error, how many runs failed with it, and the first of them.
type Failure struct {
	Error string `json:"error"`
	Runs  int    `json:"runs"`
	First string `json:"first"` // as point 3, replication 1, scenario ban
}

// A tally counts points by what is known of an effect there.
type tally struct{ more, less, open int }

func (p *Plan) found() *Found {
	f := &Found{sum: sha256.New(), Values: make([][][][]float64, len(p.Worlds)), points: make([]tally, (len(p.Worlds)-1)*len(p.Outcomes))}
	for w := range f.Values {
		f.Values[w] = make([][][]float64, len(p.Outcomes))
	}
	return f
}

// add takes the runs of the next point.
func (f *Found) add(p *Plan, rows []Row) {
	values := p.values(rows)
	for w := range values {
		for o := range values[w] {
			f.Values[w][o] = append(f.Values[w][o], values[w][o])
			if w == 0 {
				continue
			}
			t := &f.points[(w-1)*len(p.Outcomes)+o]
			switch d := stats.PairT(values[0][o], values[w][o], p.Level); {
			case !d.Clear():
				t.open++
			case d.Mean > 0:
				t.more++
			default:
				t.less++
			}
		}
	}
	for _, r := range rows {
		f.Runs++
		fmt.Fprintf(f.sum, "%s %s %s\n", r.Key, r.Digest, r.Error) // a hash takes everything
		if !r.Failed() {
			continue
		}
		f.Failed++
		i := slices.IndexFunc(f.Errors, func(x Failure) bool { return x.Error == r.Error })
		switch {
		case i >= 0:
			f.Errors[i].Runs++
		case len(f.Errors) < mostErrors:
			f.Errors = append(f.Errors, Failure{r.Error, 1, p.Where(r)})
		}
	}
}

// mostErrors is how many different errors are kept; the table of runs has them all.
const mostErrors = 100

// end puts the errors in order.
func (f *Found) end() {
	slices.SortStableFunc(f.Errors, func(a, b Failure) int { return cmp.Compare(b.Runs, a.Runs) })
}

// digest names what happened in all runs.
func (f *Found) digest() string { return hex.EncodeToString(f.sum.Sum(nil)[:16]) }

// Differences are the paired differences of a world and the base by point and replication; NaN where a run failed.
func (f *Found) Differences(world, outcome int) [][]float64 {
	out := make([][]float64, len(f.Values[world][outcome]))
	for i, values := range f.Values[world][outcome] {
		for r, y := range values {
			out[i] = append(out[i], y-f.Values[0][outcome][i][r])
		}
	}
	return out
}

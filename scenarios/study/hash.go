package study

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"pasar/scenarios/design"
)

// Hash names the study by all it asks for: its worlds with every default and parameter, its points, its seeds and how often, and what is
// kept. Comments and texts for readers are not in it.
func (s *Study) Hash() string {
	var b strings.Builder
	b.WriteString(s.identity())
	fmt.Fprintf(&b, "replications %d\nstop %v", s.Replications, s.Stop.Failed)
	if p := s.Stop.Precise; p != nil {
		fmt.Fprintf(&b, " %s %v", p.Outcome, p.Share)
	}
	b.WriteByte('\n')
	for _, p := range s.points {
		for _, v := range p.Values {
			b.WriteString(v.Text() + " ")
		}
		b.WriteByte('\n')
	}
	return sum(b.String())
}

// Identity names the study but for its size: it stays the same when replications are added, or points where the design can grow, and so do
// the runs of the cells it had.
func (s *Study) Identity() string { return sum(s.identity()) }

func sum(text string) string {
	h := sha256.Sum256([]byte(text))
	return hex.EncodeToString(h[:])
}

// identity writes what decides the first cells and what is kept of them.
func (s *Study) identity() string {
	var b strings.Builder
	fmt.Fprintf(&b, "worlds %s\n", s.digest)
	for _, w := range s.Worlds {
		fmt.Fprintf(&b, "world %s\n", w.Name)
	}
	for _, f := range s.Factors {
		fmt.Fprintf(&b, "factor %s %s %s %v", f.Name, f.Path, f.Shares, f.In)
		if s.Kind != "list" { // its values are its points, and it can grow by more of them
			b.WriteString(" " + f.Centre.Text())
		}
		if f.Law != nil {
			fmt.Fprintf(&b, " %T %v", f.Law, f.Law)
		}
		if s.Kind != "list" {
			for _, v := range f.Values {
				b.WriteString(" " + v.Text())
			}
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "design %s %s\nseeds %s %d\nwindow %s\n", s.Kind, shape(s.Design), s.Seeds.Scheme, s.Seeds.First, s.Window)
	for _, o := range s.Outcomes {
		fmt.Fprintf(&b, "outcome %s\n", o.Name)
	}
	for _, k := range s.Keep {
		fmt.Fprintf(&b, "keep %s\n", k.Name())
	}
	return b.String()
}

// shape writes a design without its size, if it can grow.
func shape(d design.Design) string {
	switch x := d.(type) {
	case nil:
		return ""
	case *design.Random:
		return fmt.Sprint(x.Seed)
	case *design.Halton:
		return fmt.Sprint(x.Seed)
	case *design.Sobol:
		return fmt.Sprint(x.Seed, x.Plain)
	case *design.Morris:
		return fmt.Sprint(x.Levels, x.Seed)
	case *design.Saltelli:
		return fmt.Sprint(x.Seed)
	}
	return fmt.Sprintf("%v", d)
}

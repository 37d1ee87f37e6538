package sweep

import (
	"errors"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"

	"pasar/scenarios/study"
)

// ErrSize is wrapped where a study cannot have the size that is asked for.
var ErrSize = errors.New("the study cannot have that size")

// Resize is a study with more replications or points; 0 leaves a number as it is. Only a design that can grow gets more points.
func Resize(s *study.Study, reps, points int) (*study.Study, error) {
	if reps != 0 && reps < s.Replications || points != 0 && points < len(s.Points()) {
		return nil, fmt.Errorf("%w: it has %d points and %d replications, and can only grow", ErrSize, len(s.Points()), s.Replications)
	}
	var doc yaml.Node
	if err := yaml.Load(s.Text, &doc); err != nil || len(doc.Content) != 1 {
		return nil, fmt.Errorf("reading the study again: %w", err)
	}
	top := doc.Content[0]
	if reps > 0 {
		put(top, "replications", reps)
	}
	if points > len(s.Points()) {
		if s.Design == nil || !s.Design.Grows() {
			return nil, fmt.Errorf("%w: a design of kind %s has no further points; random, halton, sobol, morris and saltelli can grow", ErrSize, s.Kind)
		}
		key, each := "points", 1
		switch s.Kind {
		case "morris":
			key, each = "trajectories", len(s.Factors)+1
		case "saltelli":
			key, each = "base", len(s.Factors)+2
		}
		if points%each != 0 {
			return nil, fmt.Errorf("%w: points of %s come in groups of %d: %d or %d", ErrSize, s.Kind, each, points/each*each, (points/each+1)*each)
		}
		put(get(top, "design"), key, points/each)
	}
	text, err := yaml.Dump(&doc)
	if err != nil {
		return nil, fmt.Errorf("writing the study: %w", err)
	}
	return study.Parse(s.File, text)
}

// get is the value of a key of a table; nil if it is not there.
func get(table *yaml.Node, key string) *yaml.Node {
	for i := 0; table != nil && i+1 < len(table.Content); i += 2 {
		if table.Content[i].Value == key {
			return table.Content[i+1]
		}
	}
	return nil
}

// put sets a key of a table to a number.
func put(table *yaml.Node, key string, n int) {
	v := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.Itoa(n)}
	if old := get(table, key); old != nil {
		v.LineComment = old.LineComment
		*old = v
		return
	}
	table.Content = append(table.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, &v)
}

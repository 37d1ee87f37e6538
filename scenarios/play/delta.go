package play

import (
	"bytes"
	"fmt"
	"strconv"
	"sync"

	"go.yaml.in/yaml/v4"

	"pasar/agents"
	"pasar/agents/market"
	"pasar/scenarios"
)

// deltaFile keeps the alternative-specific constants of the default parameters (decisions B11).
const deltaFile = "params/delta.yaml"

// solved remembers the constants of parameters, by the hash of what they follow from, as functions that work them out once: sweeps ask
// for few of them often, and several runs at the same time for the same.
var solved sync.Map

// delta is the constants that belong to a scenario's parameters: those on file, or solved anew where the file is of others.
func delta(p *market.Params) *market.Delta {
	key := agents.DeltaInputs(p)
	d, _ := solved.LoadOrStore(key, sync.OnceValue(func() *market.Delta {
		d, err := readDelta()
		if err != nil || d.Inputs != key {
			d = agents.SolveDelta(p)
		}
		return d
	}))
	return d.(func() *market.Delta)()
}

// Solved tells whether a scenario needs constants that are not on file.
func Solved(p *market.Params) bool {
	d, err := readDelta()
	return err != nil || d.Inputs != agents.DeltaInputs(p)
}

type deltaYAML struct {
	Inputs string                       `yaml:"inputs"`
	Need   [market.Categories][]float64 `yaml:"need"`
	Buy    [market.Platforms][2]float64 `yaml:"buy"`
	Save   [market.Platforms]float64    `yaml:"save"`
	Member [market.Platforms]float64    `yaml:"member"`
	Lapse  [market.Platforms]float64    `yaml:"lapse"`
}

func readDelta() (*market.Delta, error) {
	b, err := scenarios.Files.ReadFile(deltaFile)
	if err != nil {
		return nil, err
	}
	var y deltaYAML
	if err := yaml.Load(b, &y, yaml.WithKnownFields()); err != nil {
		return nil, err
	}
	d := &market.Delta{Inputs: y.Inputs, Buy: y.Buy, Save: y.Save, Member: y.Member, Lapse: y.Lapse}
	for g, row := range y.Need {
		if len(row) != int(market.Channels) {
			return nil, fmt.Errorf("%s: need %d has %d numbers", deltaFile, g, len(row))
		}
		copy(d.Need[g][:], row)
	}
	return d, nil
}

// WriteDelta writes constants as the file that keeps them.
func WriteDelta(d *market.Delta) []byte {
	var b bytes.Buffer
	row := func(x []float64) string {
		s := "["
		for i, v := range x {
			if i > 0 {
				s += ", "
			}
			s += strconv.FormatFloat(v, 'g', -1, 64)
		}
		return s + "]"
	}
	fmt.Fprintf(&b, "# Alternative-specific constants (model 5.5, 7.5): solved from the demand parameters, never edited.\n")
	fmt.Fprintf(&b, "# go test ./scenarios/play -run TestDeltaFile -update\n\ninputs: %q # hash of what they follow from\n", d.Inputs)
	fmt.Fprintf(&b, "need: # by category: %v\n", market.ChannelKeys(market.Channels))
	for g := range d.Need {
		fmt.Fprintf(&b, "  - %s # %s\n", row(d.Need[g][:]), market.Category(g))
	}
	fmt.Fprintf(&b, "buy: # by platform: video, live\n")
	for a := range d.Buy {
		fmt.Fprintf(&b, "  - %s\n", row(d.Buy[a][:]))
	}
	fmt.Fprintf(&b, "save: %s\n", row(d.Save[:]))
	fmt.Fprintf(&b, "member: %s\n", row(d.Member[:]))
	fmt.Fprintf(&b, "lapse: %s # a day\n", row(d.Lapse[:]))
	return b.Bytes()
}

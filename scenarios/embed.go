// Package scenarios is the library: each YAML file here is a scenario that anyone can run by its name, and params holds the
// numbers of the model with their units, ranges and sources. All code on them is in sub-packages.
package scenarios

import "embed"

// Files holds the scenarios, the parameters, and what was observed.
//
//go:embed *.yaml params/*.yaml observed.json
var Files embed.FS

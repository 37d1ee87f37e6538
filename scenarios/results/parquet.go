package results

import (
	"strconv"

	"pasar/scenarios/files"
	"pasar/scenarios/load"
)

// Parquet is rows of a run as a Parquet file, with the scenario's hash, its seed and the program's version as metadata.
func Parquet[R Row | AgentRow](rows []R, s *load.Scenario, version string) ([]byte, error) {
	return files.Parquet(rows, version, files.Meta{Key: "scenario_hash", Value: s.Hash}, files.Meta{Key: "seed", Value: strconv.FormatUint(s.Seed, 10)})
}

package results

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"pasar/scenarios/load"
)

// rowsPerGroup bounds what a reader must hold at once.
const rowsPerGroup = 1 << 20

// Parquet writes rows as a Parquet file, compressed by zstd, with the scenario's hash, its seed and the program's version as
// metadata; then it reads the file again and counts.
func Parquet[R Row | AgentRow](rows []R, s *load.Scenario, version string) ([]byte, error) {
	var b bytes.Buffer
	w := parquet.NewGenericWriter[R](&b,
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.CreatedBy("pasar", version, ""),
		parquet.KeyValueMetadata("scenario_hash", s.Hash),
		parquet.KeyValueMetadata("seed", strconv.FormatUint(s.Seed, 10)),
		parquet.KeyValueMetadata("version", version),
	)
	if _, err := w.Write(rows); err != nil {
		return nil, fmt.Errorf("writing Parquet: %w", err)
	}
	if err := w.Close(); err != nil {
		return nil, fmt.Errorf("closing Parquet: %w", err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		return nil, fmt.Errorf("the Parquet file just written cannot be read: %w", err)
	}
	if f.NumRows() != int64(len(rows)) {
		return nil, fmt.Errorf("the Parquet file just written holds %d rows instead of %d", f.NumRows(), len(rows))
	}
	return b.Bytes(), nil
}

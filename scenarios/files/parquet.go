package files

import (
	"bytes"
	"fmt"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// rowsPerGroup bounds what a reader must hold at once.
const rowsPerGroup = 1 << 20

// Meta is a key and a value in the head of a Parquet file.
type Meta struct{ Key, Value string }

// Parquet is rows as a Parquet file, compressed by zstd, with the program's version and what else there is to say as metadata. It reads
// the file again and counts.
func Parquet[R any](rows []R, version string, meta ...Meta) ([]byte, error) {
	var b bytes.Buffer
	o := []parquet.WriterOption{
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(rowsPerGroup),
		parquet.CreatedBy("pasar", version, ""),
	}
	for _, m := range append(meta, Meta{"version", version}) {
		o = append(o, parquet.KeyValueMetadata(m.Key, m.Value))
	}
	w := parquet.NewGenericWriter[R](&b, o...)
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

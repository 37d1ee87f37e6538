package results

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"pasar/scenarios/compare"
)

// panel writes the panel of a comparison, as CSV and Parquet, row by row: replication by replication, it may be larger than memory. Its
// columns y_base, y_<other> are sales in Rp of the week, income_base, income_<other> what was kept of them.
func panel(ctx context.Context, dir string, c *compare.Comparison, version string) (paths []string, err error) {
	names := make([]string, 0, 2*len(c.Worlds))
	for _, what := range []string{"y", "income"} {
		for i, w := range c.Worlds {
			if i == 0 {
				names = append(names, what+"_base")
			} else {
				names = append(names, what+"_"+w.Name)
			}
		}
	}
	words := []string{"id", "kind", "type", "size", "region", "date"}
	group := parquet.Group{"seed": parquet.Uint(64), "tiktok_share": parquet.Optional(parquet.Leaf(parquet.DoubleType)), "weight": parquet.Leaf(parquet.DoubleType)}
	for _, n := range words {
		group[n] = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
	}
	for _, n := range names {
		group[n] = parquet.Optional(parquet.Leaf(parquet.DoubleType))
	}
	schema := parquet.NewSchema("panel", group)
	at := map[string]int{}
	for i, col := range schema.Columns() {
		at[col[0]] = i
	}
	text := filepath.Join(dir, "panel.csv")
	err = whole(text, func(plain io.Writer) error {
		packed := filepath.Join(dir, "panel.parquet")
		return whole(packed, func(f io.Writer) error {
			w := parquet.NewWriter(f, schema, parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}), parquet.CreatedBy("pasar", version, ""))
			lines := csv.NewWriter(plain)
			_ = lines.Write(append([]string{"seed", "id", "kind", "type", "size", "region", "tiktok_share", "weight", "date"}, names...)) // told by Error below
			row := make(parquet.Row, len(at))
			set := func(name string, v parquet.Value, optional bool) {
				level := 0
				if optional && !v.IsNull() {
					level = 1
				}
				row[at[name]] = v.Level(0, level, at[name])
			}
			err := c.Panel(ctx, func(r compare.PanelRow) error {
				fields := []string{strconv.FormatUint(r.Seed, 10), r.ID, r.Kind, r.Type, r.Size, r.Region, number(r.TikTok), number(r.Weight), r.Date}
				set("seed", parquet.ValueOf(r.Seed), false)
				set("tiktok_share", optional(r.TikTok), true)
				set("weight", parquet.ValueOf(r.Weight), false)
				for i, v := range []string{r.ID, r.Kind, r.Type, r.Size, r.Region, r.Date} {
					set(words[i], parquet.ValueOf(v), false)
				}
				for i, v := range append(append([]float64(nil), r.Sales...), r.Income...) {
					fields = append(fields, number(v))
					set(names[i], optional(v), true)
				}
				if _, err := w.WriteRows([]parquet.Row{row}); err != nil {
					return err
				}
				return lines.Write(fields)
			})
			if err != nil {
				return err
			}
			if lines.Flush(); lines.Error() != nil {
				return lines.Error()
			}
			paths = []string{text, packed}
			return w.Close()
		})
	})
	if err != nil {
		return nil, fmt.Errorf("writing the panel: %w", err)
	}
	return paths, nil
}

func optional(v float64) parquet.Value {
	if math.IsNaN(v) {
		return parquet.NullValue()
	}
	return parquet.ValueOf(v)
}

func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

// whole writes a file that appears when all of it is written.
func whole(path string, write func(io.Writer) error) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".pasar-*")
	if err != nil {
		return err
	}
	err = write(f)
	if err == nil {
		err = f.Chmod(0o644)
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what matters is the first error
	}
	return err
}

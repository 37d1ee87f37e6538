package sweep

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"pasar/scenarios/files"
)

// While a sweep is played, what is finished is in files of this folder, in no order, with the columns of runs.parquet. Each file is closed
// and never changed. When the sweep is over they are replaced by the files of its results.
const (
	partsDir  = "parts"
	partRows  = 1000
	partEvery = 30 * time.Second
)

// closed is the part file to come.
type closed struct {
	rows   []Row
	number int
	since  time.Time
}

// openParts removes the parts of a process before: the queue has all runs, and they come again.
func (x *collector) openParts() error {
	x.part.since = time.Now()
	return os.RemoveAll(filepath.Join(x.dir, partsDir))
}

// keep puts a run into the next part.
func (x *collector) keep(r Row) error {
	r.Kept = nil
	if x.part.rows = append(x.part.rows, r); len(x.part.rows) >= partRows {
		return x.closePart()
	}
	return nil
}

// closeOld writes a part if the last one is a while ago.
func (x *collector) closeOld() error {
	if time.Since(x.part.since) < partEvery {
		return nil
	}
	return x.closePart()
}

// closePart writes a part of what there is.
func (x *collector) closePart() error {
	x.part.since = time.Now()
	if len(x.part.rows) == 0 {
		return nil
	}
	x.part.number++
	path := filepath.Join(x.dir, partsDir, fmt.Sprintf("runs-%06d.parquet", x.part.number))
	err := files.Stream(path, func(w io.Writer) error {
		t, err := files.NewTable(bare(x.plan.runColumns()), nil, w, x.plan.Version, x.plan.meta()...)
		if err != nil {
			return err
		}
		for _, r := range x.part.rows {
			if err := t.Row(x.plan.cells(r)...); err != nil {
				return err
			}
		}
		return t.Close()
	})
	x.part.rows = x.part.rows[:0]
	return err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

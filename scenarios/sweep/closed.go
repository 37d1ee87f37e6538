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
	runs   []int // by cell and world; they are read from the spool
	number int
	since  time.Time
}

// openParts removes the parts of a process before: the queue has all runs, and they come again.
func (x *collector) openParts() error {
	x.part.since = time.Now()
	return os.RemoveAll(filepath.Join(x.dir, partsDir))
}

// keep puts a run that is in the spool into the next part.
func (x *collector) keep(cell, world int) error {
	if x.part.runs = append(x.part.runs, cell*len(x.plan.Worlds)+world); len(x.part.runs) >= partRows {
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
	if len(x.part.runs) == 0 {
		return nil
	}
	if err := x.spool.flush(); err != nil {
		return err
	}
	x.part.number++
	path := filepath.Join(x.dir, partsDir, fmt.Sprintf("runs-%06d.parquet", x.part.number))
	err := files.Stream(path, func(w io.Writer) error {
		t, err := files.NewDraft(bare(x.plan.runColumns()), w, x.plan.Version, x.plan.meta()...)
		if err != nil {
			return err
		}
		for _, i := range x.part.runs {
			cell, world := i/len(x.plan.Worlds), i%len(x.plan.Worlds)
			r, err := x.spool.get(cell, world)
			if err == nil {
				err = t.Row(x.plan.cells(Row{x.plan.Cell(cell), world, r})...)
			}
			if err != nil {
				return err
			}
		}
		return t.Close()
	})
	x.part.runs = x.part.runs[:0]
	return err
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

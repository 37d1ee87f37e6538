// Package runs knows the folders that runs, comparisons and sweeps leave behind: what is in them, how much they take, what may be deleted, and
// what else can go on from them.
package runs

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pasar/scenarios/results"
	"pasar/scenarios/sweep"
	"pasar/sim/natsd"
	"pasar/sim/record"
)

// recordings is the folder of a run in which its recording is, unless its receipt names another.
const recordings = "recording"

// A What is what a folder holds.
type What string

// What there is.
const (
	Played   What = "run"
	Compared What = "comparison"
	Swept    What = "sweep"
	Cut      What = "cut off" // a run that ended without a receipt
)

// receipt is the file by which a folder is known to hold this; empty if it has none.
func (w What) receipt() string {
	switch w {
	case Played:
		return results.ReceiptFile
	case Compared:
		return results.ComparisonFile
	case Swept:
		return sweep.FolderFile
	}
	return ""
}

// Holds is what a folder is known to hold by its files; nothing if it is of none of ours, or is not there. Of a folder that two wrote to it is both.
func Holds(dir string) (list []What) {
	for _, w := range []What{Played, Compared, Swept} {
		if _, err := os.Stat(filepath.Join(dir, w.receipt())); err == nil {
			list = append(list, w)
		}
	}
	return list
}

// A Folder is one of a run or a comparison.
type Folder struct {
	ID       string           `json:"id"` // its name
	Dir      string           `json:"dir"`
	What     What             `json:"what"`
	Receipt  *results.Receipt `json:"-"` // of a run
	At       time.Time        `json:"at"`
	Size     int64            `json:"bytes"`
	Recorded int64            `json:"recorded_bytes"` // of which the recording
	Foreign  []string         `json:"foreign,omitempty"`
}

// Open looks into a folder. The second result tells whether it is one of a run or a comparison.
func Open(dir string) (*Folder, bool, error) {
	f := &Folder{ID: filepath.Base(dir), Dir: dir}
	known := 0
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if !d.Type().IsRegular() || !ours(name) {
			f.Foreign = append(f.Foreign, name)
			return nil
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		known++
		f.Size += info.Size()
		if strings.HasPrefix(name, recordings+"/") {
			f.Recorded += info.Size()
		}
		if f.What == "" && info.ModTime().After(f.At) {
			f.At = info.ModTime()
		}
		for _, w := range []What{Played, Compared, Swept} {
			if name == w.receipt() {
				f.What, f.At = w, info.ModTime()
			}
		}
		return nil
	})
	if err != nil {
		return nil, false, err
	}
	switch {
	case f.What == Played:
		if f.Receipt, err = results.ReadReceipt(filepath.Join(dir, results.ReceiptFile)); err != nil {
			return nil, false, nil // another program's
		}
	case f.What == "" && f.Recorded > 0:
		f.What = Cut
	case f.What == "":
		return nil, false, nil
	}
	return f, known > 0, nil
}

// ours tells whether a run or a comparison writes a file of this name.
func ours(name string) bool {
	for _, form := range []string{
		results.ReceiptFile, "summary.json", "series.csv", "series.parquet", "agents.parquet", "report.html", "tables.xlsx", "figures/*.svg", "figures/*.png",
		results.ComparisonFile, "runs.csv", "pairs.csv", "pairs.parquet", "weeks.csv", "weeks.parquet", "panel.csv", "panel.parquet", "summary.md",
		sweep.FolderFile, sweep.StudyFile, "codebook.csv", "sensitivity.json", "progress.json", "stop", "runs.parquet", "levels.csv", "levels.parquet", "effects.csv", "effects.parquet",
		"parts/runs-*.parquet", sweep.QueueDir + "/lock", "report.en.html", "report.id.html", "figures/en/*.svg", "figures/id/*.svg", "figures/en/.pasar-*", "figures/id/.pasar-*",
		recordings + "/lock", recordings + "/sums", recordings + "/sums.new", recordings + "/index", recordings + "/index.new", ".pasar-*", "figures/.pasar-*",
	} {
		if ok, _ := path.Match(form, name); ok {
			return true
		}
	}
	return strings.HasPrefix(name, recordings+"/jetstream/") || strings.HasPrefix(name, sweep.QueueDir+"/jetstream/")
}

// List is the folders of runs, comparisons and sweeps in a folder, the oldest first.
func List(dir string) (list []*Folder, err error) {
	all, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	for _, d := range all {
		if !d.IsDir() {
			continue
		}
		f, ok, err := Open(filepath.Join(dir, d.Name()))
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b *Folder) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// Recording is the folder of a run's recording, if it has one.
func (f *Folder) Recording() (dir string, ok bool) {
	dir = filepath.Join(f.Dir, recordings)
	if f.Receipt != nil && f.Receipt.Recording != "" {
		dir = filepath.FromSlash(f.Receipt.Recording)
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(f.Dir, dir)
		}
	}
	_, err := os.Stat(filepath.Join(dir, "jetstream"))
	return dir, err == nil
}

// ErrForeign is wrapped by the error of Remove where a folder holds what no run writes.
var ErrForeign = errors.New("it holds what no run writes")

// Remove deletes a folder that holds nothing but what a run or a comparison wrote, and whose recording nobody has open.
func (f *Folder) Remove() error {
	again, ok, err := Open(f.Dir) // as it is now
	switch {
	case err != nil:
		return err
	case !ok:
		return errors.New(f.Dir + " is not the folder of a run")
	case len(again.Foreign) > 0:
		return &foreign{f.Dir, again.Foreign}
	}
	if again.Recorded > 0 {
		if err := record.Free(filepath.Join(f.Dir, recordings)); err != nil {
			return err
		}
	}
	if queue := filepath.Join(f.Dir, sweep.QueueDir); again.What == Swept {
		if _, err := os.Stat(queue); err == nil {
			lock, err := natsd.Lock(queue)
			if err != nil {
				return err
			}
			lock.Close()
		}
	}
	return os.RemoveAll(f.Dir)
}

type foreign struct {
	dir   string
	names []string
}

func (e *foreign) Error() string {
	return e.dir + " is kept: " + ErrForeign.Error() + ": " + strings.Join(e.names, ", ")
}
func (e *foreign) Unwrap() error { return ErrForeign }

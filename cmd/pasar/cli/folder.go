package cli

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"pasar/scenarios/sweep"
)

// The files by which a folder of results is known.
const (
	runMark        = "receipt.json"
	comparisonMark = "comparison.json"
)

// makeDir makes a folder for results with a mark, and tells whether it was not there before. Where there are results of another kind it
// refuses: the report of one would stand beside the tables of the other.
func makeDir(dir, mark string) (made bool, err error) {
	kinds := []struct{ mark, what string }{{runMark, "a run"}, {comparisonMark, "a comparison"}, {sweep.FolderFile, "a sweep"}}
	for _, k := range kinds {
		if _, err := os.Stat(filepath.Join(dir, k.mark)); err == nil && k.mark != mark {
			return false, usage("%s: it holds %s, and files of both would mix there; name another folder by --out", dir, k.what)
		}
	}
	_, err = os.Stat(dir)
	made = errors.Is(err, fs.ErrNotExist)
	if err = os.MkdirAll(dir, 0o755); err == nil {
		err = tryWriting(dir)
	}
	if err != nil {
		return false, usage("%s: no files can be written there: %v; name another folder by --out", dir, err)
	}
	return made, nil
}

// tryWriting writes a file into a folder and takes it away: hours of play should not end at a folder that takes none.
func tryWriting(dir string) error {
	f, err := os.CreateTemp(dir, ".try-*")
	var of *fs.PathError
	if errors.As(err, &of) {
		return of.Err // the name of the file is nobody's business
	}
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

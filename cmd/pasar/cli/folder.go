package cli

import (
	"errors"
	"io/fs"
	"os"

	"pasar/scenarios/runs"
)

// makeDir makes a folder for results, and tells whether it was not there before. Where there are results of another kind it
// refuses: the report of one would stand beside the tables of the other.
func makeDir(dir string, of runs.What) (made bool, err error) {
	for _, there := range runs.Holds(dir) {
		if there != of {
			return false, usage("%s: it holds a %s, and files of both would mix there; name another folder by --out", dir, there)
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

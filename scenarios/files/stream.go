package files

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// unfinished begins the names of files that are being written.
const unfinished = ".pasar-"

// Clear removes what a process that was killed had begun to write into a folder. Nobody may be writing there.
func Clear(dir string) error {
	list, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, d := range list {
		if d.Type().IsRegular() && strings.HasPrefix(d.Name(), unfinished) {
			err = errors.Join(err, os.Remove(filepath.Join(dir, d.Name())))
		}
	}
	return err
}

// Stream is Replace for what does not fit into memory: write writes it bit by bit.
func Stream(path string, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return short(err)
	}
	f, err := os.CreateTemp(dir, unfinished+"*")
	if err != nil {
		return short(err)
	}
	b := bufio.NewWriterSize(f, 1<<16)
	if err = write(b); err == nil {
		err = b.Flush()
	}
	if err == nil {
		err = f.Chmod(0o644)
	}
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what matters is the first error
		return short(err)
	}
	return nil
}

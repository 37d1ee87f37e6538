package files

import (
	"bufio"
	"io"
	"os"
	"path/filepath"
)

// Stream is Replace for what does not fit into memory: write writes it bit by bit.
func Stream(path string, write func(io.Writer) error) error {
	dir := filepath.Dir(path)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return short(err)
	}
	f, err := os.CreateTemp(dir, ".pasar-*")
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

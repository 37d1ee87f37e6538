// Package files writes what others will read: each file appears whole or not at all.
package files

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Replace writes a file beside its place and moves it there, so that nobody ever reads half of it. Its folder is made if need be.
func Replace(path string, data []byte) error {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder", path)
	}
	return Stream(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// short is an error of the file system without the name of the temporary file, which means nothing to anyone.
func short(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", filepath.Dir(p.Path), p.Err)
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return fmt.Errorf("%s: %w", l.New, l.Err)
	}
	return err
}

//go:build !unix

package record

import (
	"errors"
	"os"
)

// lock refuses: without flock nothing keeps two processes from one folder.
func lock(string) (*os.File, error) {
	return nil, errors.New("recordings need file locks, which this system does not have")
}

// Free refuses, as lock does.
func Free(dir string) error {
	_, err := lock(dir)
	return err
}

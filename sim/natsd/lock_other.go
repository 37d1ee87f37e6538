//go:build !unix

package natsd

import (
	"errors"
	"os"
)

// Lock refuses: without flock nothing keeps two processes from one folder.
func Lock(string) (*os.File, error) {
	return nil, errors.New("JetStream needs file locks here, which this system does not have")
}

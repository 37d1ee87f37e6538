//go:build linux || darwin || freebsd

package record

import (
	"math"
	"syscall"
)

// room is how many bytes are free on the disk of a folder, if that can be told.
func room(dir string) int64 {
	var s syscall.Statfs_t
	if syscall.Statfs(dir, &s) != nil {
		return math.MaxInt64
	}
	return int64(s.Bavail) * int64(s.Bsize)
}

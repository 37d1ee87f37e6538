//go:build !linux && !darwin && !freebsd

package record

import "math"

// room cannot be told here: a full disk is noticed when a frame cannot be written.
func room(string) int64 { return math.MaxInt64 }

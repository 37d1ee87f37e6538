//go:build unix

package record

import "syscall"

// limitFiles lets no file of this process have more bytes.
func limitFiles(n int) error {
	var l syscall.Rlimit
	limit(&l.Cur, n)
	limit(&l.Max, n)
	return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l)
}

// limit sets a number that is signed on some systems.
func limit[T int64 | uint64](x *T, n int) { *x = T(n) }

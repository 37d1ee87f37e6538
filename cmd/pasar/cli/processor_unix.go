//go:build unix

package cli

import (
	"syscall"
	"time"
)

// processor is the processor time that this process has taken: what others do on the machine does not count.
func processor() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

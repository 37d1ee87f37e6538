//go:build unix

package queue

import (
	"os"
	"syscall"
)

const stop, goOn = syscall.SIGSTOP, syscall.SIGCONT

// signal makes a process hang, or go on.
func signal(p *os.Process, s syscall.Signal) { _ = p.Signal(s) }

//go:build !unix

package sweep

import "time"

// cpu is the time since the trial began: the best that is known here.
func cpu(begin time.Time) time.Duration { return time.Since(begin) }

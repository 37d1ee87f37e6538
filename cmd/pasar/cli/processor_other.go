//go:build !unix

package cli

import (
	"os"
	"time"
)

// processor is nothing where it cannot be told.
func processor() time.Duration { return 0 }

// peakOf is nothing either.
func peakOf(*os.ProcessState) int64 { return 0 }

//go:build !unix

package cli

import "time"

// processor is nothing where it cannot be told.
func processor() time.Duration { return 0 }

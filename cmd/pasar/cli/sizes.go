package cli

import (
	"strconv"
	"strings"
	"time"
)

// days reads a length of time such as 30d or 12h.
func days(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	if n, ok := strings.CutSuffix(text, "d"); ok {
		if d, err := strconv.ParseFloat(n, 64); err == nil && d >= 0 && d < 36500 {
			return time.Duration(d * 24 * float64(time.Hour)), nil
		}
	}
	if d, err := time.ParseDuration(text); err == nil && d >= 0 {
		return d, nil
	}
	return 0, usage("--older %q: a length of time such as 30d or 12h", text)
}

var units = []struct {
	name string
	size float64
}{{"TB", 1e12}, {"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}, {"B", 1}}

// bytesText is a number of bytes in words.
func bytesText(n int64) string {
	for _, u := range units {
		if float64(n) >= u.size && u.size > 1 {
			return strconv.FormatFloat(float64(n)/u.size, 'f', 1, 64) + " " + u.name
		}
	}
	return strconv.FormatInt(n, 10) + " B"
}

// parseBytes reads a number of bytes such as 5GB.
func parseBytes(flag, text string) (int64, error) {
	for _, u := range units {
		if n, ok := strings.CutSuffix(strings.ToUpper(text), strings.ToUpper(u.name)); ok {
			if v, err := strconv.ParseFloat(strings.TrimSpace(n), 64); err == nil && v >= 0 && v*u.size < 1e18 {
				return int64(v * u.size), nil
			}
		}
	}
	return 0, usage("%s %q: a size such as 5GB or 300MB", flag, text)
}

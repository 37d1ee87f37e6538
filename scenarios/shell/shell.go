// Package shell writes commands as people copy them into a shell.
package shell

import (
	"os"
	"regexp"
	"strings"
)

// plain is what no shell takes for anything but itself. The lab has the same list in web/src/link.ts.
var plain = regexp.MustCompile(`^[\w.,+=:@%/-]+$`)

// Quote is a word as a shell takes it: as it is where that is safe, else between single quotes, which are those of POSIX shells and of PowerShell.
func Quote(word string) string {
	if os.PathSeparator == '\\' && plain.MatchString(strings.ReplaceAll(word, `\`, "/")) {
		return word
	}
	if plain.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// Line is the command of some words.
func Line(words ...string) string {
	quoted := make([]string, len(words))
	for i, w := range words {
		quoted[i] = Quote(w)
	}
	return strings.Join(quoted, " ")
}

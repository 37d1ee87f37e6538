package load

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// An Error is one mistake in a scenario: where it is, what is wrong, what is allowed, and the nearest known name.
type Error struct {
	File    string
	Line    int // from 1; 0: no place in a file, as for --set
	Col     int
	Path    string // as --set takes it: params.disc.rho, close.at
	What    string
	Allowed string
	Near    string
}

// Error is one line: file:line:col: path: what; allowed ...; did you mean "x"?
func (e Error) Error() string {
	var b strings.Builder
	b.WriteString(e.File)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", e.Line, e.Col)
	}
	b.WriteString(": ")
	if e.Path != "" {
		b.WriteString(e.Path + ": ")
	}
	b.WriteString(e.What)
	if e.Allowed != "" {
		b.WriteString("; allowed: " + e.Allowed)
	}
	if e.Near != "" {
		fmt.Fprintf(&b, "; did you mean %q?", e.Near)
	}
	return b.String()
}

// Errors are all mistakes of a scenario, in the order of the file.
type Errors []Error

// Error lists them, one a line.
func (l Errors) Error() string {
	lines := make([]string, len(l))
	for i, e := range l {
		lines[i] = e.Error()
	}
	return strings.Join(lines, "\n")
}

// most is how many mistakes are worth telling at once.
const most = 50

// problems collects mistakes.
type problems struct {
	form  Form // of the file; the zero Form is a scenario
	list  Errors
	tries int  // checks of actions on dates on which they might happen
	fatal bool // the file cannot be understood; whatever else is found follows from it
}

// at reports a mistake at the value of a node, key at its key.
func (p *problems) at(n *node, path, format string, args ...any) *Error {
	return p.add(Error{File: n.file, Line: n.line, Col: n.col, Path: path, What: fmt.Sprintf(format, args...)})
}

func (p *problems) key(n *node, path, format string, args ...any) *Error {
	return p.add(Error{File: n.file, Line: n.keyLine, Col: n.keyCol, Path: path, What: fmt.Sprintf(format, args...)})
}

func (p *problems) add(e Error) *Error {
	e.Path, e.What = short(e.Path), short(e.What)
	p.list = append(p.list, e)
	return &p.list[len(p.list)-1]
}

// among says what is allowed and, when a known name is near, which.
func (e *Error) among(got string, names []string) {
	e.Near = Nearest(got, names)
	if len(names) > 16 {
		if e.Near == "" {
			e.Allowed = fmt.Sprintf("%s and %d more", strings.Join(names[:12], ", "), len(names)-12)
		}
		return
	}
	e.Allowed = strings.Join(names, ", ")
}

// sorted gives the mistakes by file and place. Of several in one value the first found is told: the others follow from it.
func (p *problems) sorted() Errors {
	l := p.list
	place := func(a, b Error) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col), cmp.Compare(a.Path, b.Path))
	}
	slices.SortStableFunc(l, place)
	l = slices.CompactFunc(l, func(a, b Error) bool { return place(a, b) == 0 })
	if more := len(l) - most; more > 0 {
		last := l[most]
		l = append(l[:most:most], Error{File: last.File, Line: last.Line, Col: last.Col, What: fmt.Sprintf("and %d more mistakes", more)})
	}
	return l
}

// short keeps a message on one line of readable length.
func short(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return ' '
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 300 {
		return string(r[:297]) + "..."
	}
	return s
}

// quote shows a value from a file in a message.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:37]) + "..."
	}
	return fmt.Sprintf("%q", s)
}

// Nearest is the name among some that one most likely meant, or "" if none is near: at most a third of its letters differ.
func Nearest(name string, among []string) string {
	name = strings.ToLower(name)
	if r := []rune(name); len(r) == 0 || len(r) > 60 {
		return ""
	}
	best, least := "", 1000
	for _, a := range among {
		if d := distance(name, strings.ToLower(a)); d < least && d <= max(1, max(len(name), len(a))/3) {
			best, least = a, d
		}
	}
	return best
}

// distance counts the letters to insert, drop, change or swap with the next one.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	var before []int
	last := make([]int, len(t)+1)
	for j := range last {
		last[j] = j
	}
	for i := range s {
		row := make([]int, len(t)+1)
		row[0] = i + 1
		for j := range t {
			step := 1
			if s[i] == t[j] {
				step = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+step)
			if i > 0 && j > 0 && s[i] == t[j-1] && s[i-1] == t[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(t)]
}

package study

import (
	"fmt"
	"strconv"
	"strings"

	"pasar/scenarios/design"
	"pasar/scenarios/load"
)

// Grow is the study with more replications, or with a larger design; 0 leaves them as they are. Its cells are those it had and more: their
// points, seeds and scenarios stay. Its text is the old one with the new numbers.
func (s *Study) Grow(replications, size int) (*Study, error) {
	p, top := load.Read(s.File, s.Text, form)
	if top == nil {
		return nil, p.Err()
	}
	text := string(s.Text)
	if size != 0 {
		setting, now := s.Sizing()
		switch {
		case s.Design == nil:
			return nil, fmt.Errorf("the points of a design of kind %s stand in its file; add them there", s.Kind)
		case setting == "":
			return nil, fmt.Errorf("a design of kind %s cannot grow: with more points it has others; write a new study", s.Kind)
		case size < now:
			return nil, fmt.Errorf("%s: %d are fewer than the %d that there are", setting, size, now)
		}
		text = replace(text, top.Get("design").Get(setting), strconv.Itoa(size))
	}
	if replications != 0 {
		if replications < s.Replications {
			return nil, fmt.Errorf("replications: %d are fewer than the %d that there are", replications, s.Replications)
		}
		_, top = load.Read(s.File, []byte(text), form) // what was replaced may have moved it
		if n := top.Get("replications"); n != nil {
			text = replace(text, n, strconv.Itoa(replications))
		} else {
			text = insert(text, top.Get("factors"), "replications: "+strconv.Itoa(replications))
		}
	}
	return s.again([]byte(text))
}

// again reads a changed text of the study, which names no files but those it holds.
func (s *Study) again(text []byte) (*Study, error) {
	more, err := Parse(s.File, text)
	if err == nil && more.Identity() != s.Identity() {
		panic("study: one that grew is another one")
	}
	return more, err
}

// Sizing is the setting that says how large the design is, and what it says; "" where the design cannot grow by a setting.
func (s *Study) Sizing() (setting string, now int) {
	switch d := s.Design.(type) {
	case *design.Random:
		return "points", d.N
	case *design.Halton:
		return "points", d.N
	case *design.Sobol:
		return "points", d.N
	case *design.Morris:
		return "trajectories", d.Trajectories
	case *design.Saltelli:
		return "base", d.Base
	}
	return "", 0
}

// offset is where a line and a column, both from 1 and in characters, are in a text.
func offset(text string, line, col int) int {
	at := 0
	for ; line > 1; line-- {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	for i := range text[at:] {
		if col--; col == 0 {
			return at + i
		}
	}
	return len(text)
}

// replace writes another plain value in the place of one.
func replace(text string, n *load.Node, with string) string {
	line, col := n.Place()
	at := offset(text, line, col)
	return text[:at] + with + text[at+len(n.Text()):]
}

// insert writes a key before another one, on a line of its own unless the table stands in braces.
func insert(text string, before *load.Node, entry string) string {
	line, col := before.KeyPlace()
	at := offset(text, line, col)
	indent := text[strings.LastIndexByte(text[:at], '\n')+1 : at]
	if strings.Trim(indent, " ") == "" {
		return text[:at] + entry + "\n" + indent + text[at:]
	}
	return text[:at] + entry + ", " + text[at:]
}

package load

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"
)

// Limits of a file. A scenario is a page or two; whatever is larger is a mistake or an attack.
const (
	maxSize  = 1 << 20
	maxDepth = 64
)

// A node is a value of a scenario file with its place: a scalar, a list or a table.
type node struct {
	file            string
	line, col       int
	keyLine, keyCol int
	kind            kind
	text            string // of a scalar, as written
	quoted          bool
	style           byte     // how it is written: 0 plain, " or ', | a block of lines, $ filled in from variables
	keys            []string // of a table, in order
	kids            map[string]*node
	items           []*node
}

type kind uint8

const (
	scalar kind = iota
	list
	table
)

func (k kind) String() string { return [...]string{"a single value", "a list", "a table of keys"}[k] }

// get is the value of a key, nil if it is absent.
func (n *node) get(key string) *node {
	if n == nil || n.kind != table {
		return nil
	}
	return n.kids[key]
}

// set adds or replaces a key.
func (n *node) set(key string, v *node) {
	if _, ok := n.kids[key]; !ok {
		n.keys = append(n.keys, key)
	}
	n.kids[key] = v
}

// parse reads the one document of a file. It keeps values as written, so that 010, yes and 2024-01-02 are not turned into
// something else on the way, and refuses what a scenario has no use for: aliases, tags, merge keys, several documents.
func parse(file string, data []byte, p *problems) *node {
	start := &node{file: file, line: 1, col: 1}
	switch {
	case len(data) > p.form.most():
		p.at(start, "", "the file has %d bytes; a %s has at most %d", len(data), p.form.noun(), p.form.most())
		return nil
	}
	if line, col, what := badByte(data); what != "" {
		p.at(&node{file: file, line: line, col: col}, "", "%s", what)
		return nil
	}
	l, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(loaderlimits.New(loaderlimits.DepthValue(maxDepth))))
	if err != nil {
		p.at(start, "", "cannot be read: %v", err)
		return nil
	}
	var doc, second yaml.Node
	if err := l.Load(&doc); err != nil {
		if errors.Is(err, io.EOF) {
			p.at(start, "", "the file is empty; a %[1]s begins with \"%[1]s: name\"", p.form.noun())
		} else {
			p.syntax(start, err)
		}
		return nil
	}
	if err := l.Load(&second); err == nil {
		p.at(&node{file: file, line: max(1, second.Line), col: max(1, second.Column)}, "", "a second document begins here; a file holds one %s, without \"---\" inside", p.form.noun())
	} else if !errors.Is(err, io.EOF) {
		p.syntax(start, err)
	}
	top := &doc
	if top.Kind == yaml.DocumentNode {
		if len(top.Content) == 0 {
			p.at(start, "", "the file is empty; a %[1]s begins with \"%[1]s: name\"", p.form.noun())
			return nil
		}
		top = top.Content[0]
	}
	if top.Kind == yaml.ScalarNode && top.Tag == "!!null" {
		p.at(start, "", "the file is empty; a %[1]s begins with \"%[1]s: name\"", p.form.noun())
		return nil
	}
	n := p.convert(file, "", top, 0)
	if p.fatal {
		return nil
	}
	if n != nil && n.kind != table {
		p.at(n, "", "a %[1]s is a table of keys such as \"%[1]s:\" and \"%[2]s:\", not %[3]s", p.form.noun(), p.form.key(), n.kind)
		return nil
	}
	return n
}

// syntax reports what the YAML library found, in its words and our place.
func (p *problems) syntax(start *node, err error) {
	var many *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &many):
		for _, e := range many.Errors {
			p.mark(start, e)
		}
	case errors.As(err, &one):
		p.mark(start, one)
	default:
		p.at(start, "", "cannot be read: %v", err)
	}
}

func (p *problems) mark(start *node, e *yaml.LoadError) {
	at := *start
	if e.Mark.Line > 0 {
		at.line, at.col = e.Mark.Line, max(1, e.Mark.Column)
	}
	p.at(&at, "", "cannot be read as YAML: %s", e.Message)
}

// convert turns a YAML node into ours. It reports and leaves out what cannot be used.
func (p *problems) convert(file, path string, y *yaml.Node, depth int) *node {
	n := &node{file: file, line: max(1, y.Line), col: max(1, y.Column)}
	n.keyLine, n.keyCol = n.line, n.col
	switch {
	case depth > maxDepth:
		p.at(n, path, "nested more than %d levels deep", maxDepth)
		return nil
	case p.fatal:
		return nil
	case y.Kind == yaml.AliasNode:
		p.fatal = true
		p.at(n, path, "aliases such as *%s are not supported; %s", y.Value, p.form.instead())
		return nil
	case y.Style&yaml.TaggedStyle != 0:
		p.at(n, path, "tags such as %s are not supported", quote(y.Tag))
		return nil
	}
	switch y.Kind {
	case yaml.ScalarNode:
		n.text = y.Value
		n.quoted = y.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
		switch {
		case y.Style&yaml.DoubleQuotedStyle != 0:
			n.style = '"'
		case y.Style&yaml.SingleQuotedStyle != 0:
			n.style = '\''
		case n.quoted:
			n.style = '|'
		}
		if y.Tag == "!!null" && !n.quoted {
			p.at(n, path, "has no value; give one or leave the key out")
			return nil
		}
	case yaml.SequenceNode:
		n.kind = list
		for i, c := range y.Content {
			if item := p.convert(file, join(path, itoa(i)), c, depth+1); item != nil {
				n.items = append(n.items, item)
			}
		}
	case yaml.MappingNode:
		n.kind, n.kids = table, map[string]*node{}
		first := map[string]int{}
		for i := 0; i+1 < len(y.Content); i += 2 {
			k := y.Content[i]
			at := &node{file: file, line: max(1, k.Line), col: max(1, k.Column)}
			switch {
			case k.Kind != yaml.ScalarNode || k.Style&yaml.TaggedStyle != 0:
				p.at(at, path, "a key must be a plain word")
				continue
			case k.Tag == "!!merge":
				p.at(at, path, "merge keys (<<) are not supported; use extends, include or vars")
				continue
			case k.Tag != "!!str":
				p.at(at, path, "the key %s is not a word; put it in quotes if it is meant as one", quote(k.Value))
				continue
			}
			if line, ok := first[k.Value]; ok {
				p.at(at, join(path, k.Value), "is given twice; the first is on line %d", line)
				continue
			}
			first[k.Value] = at.line
			if v := p.convert(file, join(path, k.Value), y.Content[i+1], depth+1); v != nil {
				v.keyLine, v.keyCol = at.line, at.col
				n.set(k.Value, v)
			}
		}
	default:
		p.at(n, path, "cannot be used here")
		return nil
	}
	return n
}

// badByte finds the first byte that does not belong into a text file.
func badByte(data []byte) (line, col int, what string) {
	line, col = 1, 1
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && size <= 1:
			return line, col, `this is not UTF-8 text; save the file as UTF-8`
		case r < ' ' && r != '\t' && r != '\n' && r != '\r', r >= 0x7f && r < 0xa0 && r != 0x85, r == 0xfffe, r == 0xffff:
			return line, col, fmt.Sprintf("here stands a control character, %U; take it out", r)
		}
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
		data = data[size:]
	}
	return 0, 0, ""
}

func join(path, key string) string {
	switch "" {
	case path:
		return key
	case key:
		return path
	}
	return path + "." + key
}

package load

import (
	"reflect"
	"slices"
)

// Studies are files too, and are read with the same care: this file is what package study reads them with.

// A Form is a kind of file, for messages about its text; the zero Form is a scenario.
type Form struct {
	Noun string // its first key, too: study
	Key  string // another key that it has: factors
	Most int    // bytes
}

func (f Form) most() int {
	if f.Noun == "" {
		return maxSize
	}
	return f.Most
}

func (f Form) noun() string {
	if f.Noun == "" {
		return "scenario"
	}
	return f.Noun
}

func (f Form) key() string {
	if f.Noun == "" {
		return "actions"
	}
	return f.Key
}

// instead says what to write where YAML has aliases.
func (f Form) instead() string {
	if f.Noun == "" {
		return "give the value a name in vars and write ${name}"
	}
	return "write the value out"
}

type (
	// A Node is a value of a file with its place: a single value, a list or a table of keys. The nil Node is absent.
	Node = node
	// Problems collects the mistakes of a file while it is read.
	Problems = problems
)

// Read reads the one table of a file of some form; nil if it cannot be understood at all.
func Read(file string, data []byte, form Form) (*Problems, *Node) {
	p := &problems{form: form}
	return p, parse(file, data, p)
}

// File reads a file that a value of a study names: from disk, or from those that the study holds.
func (p *problems) File(n *Node, at, file string, files *Files, most int) ([]byte, bool) {
	return p.file(files, n, at, file, most)
}

// Err is all mistakes so far as Errors, in the order of the file; nil if there are none.
func (p *problems) Err() error {
	if len(p.list) == 0 {
		return nil
	}
	return p.sorted()
}

// Count is the number of mistakes so far.
func (p *problems) Count() int { return len(p.list) }

// At reports a mistake at a value, Key at its key.
func (p *problems) At(n *Node, path, format string, args ...any) *Error {
	return p.at(n, path, format, args...)
}

// Key reports a mistake at the key of a value.
func (p *problems) Key(n *Node, path, format string, args ...any) *Error {
	return p.key(n, path, format, args...)
}

// Among says which names are allowed, and which is near.
func (e *Error) Among(got string, names []string) { e.among(got, names) }

// Decode fills a struct, whose tags say what a file may hold, from a table, and reports whether all of it could be used. also lists keys
// that are read elsewhere.
func (p *problems) Decode(into any, n *Node, path string, also ...string) bool {
	if n.kind != table {
		p.at(n, path, "must be a table of keys, not %s", n.kind)
		return false
	}
	return p.decode(reflect.ValueOf(into).Elem(), n, path, also)
}

// Known reports the keys of a table that are none of some.
func (p *problems) Known(n *Node, path string, keys []string) {
	for _, k := range n.keys {
		if !slices.Contains(keys, k) {
			p.key(n.kids[k], join(path, k), "there is no such key in a %s", p.form.noun()).among(k, keys)
		}
	}
}

// Name reads the name of a scenario or a study.
func (p *problems) Name(n *Node, path string) string {
	if n.kind != scalar || !nameForm.MatchString(n.text) {
		p.at(n, path, "%s is not a name", quote(text(n))).Allowed = "small letters, digits and -"
		return ""
	}
	return n.text
}

// Titles reads a title in one language or several, Infos the texts for readers.
func (p *problems) Titles(n *Node, name string) map[string]string { return p.titles(n, name) }

// Infos reads the texts for readers.
func (p *problems) Infos(n *Node) map[string]Info { return p.infos(n) }

// Number reads a plain decimal number.
func (p *problems) Number(n *Node, path string) (float64, bool) { return p.number(n, path) }

// Day reads a date, and refuses what is none.
func (p *problems) Day(n *Node, path string) bool {
	_, ok := p.dayEnd(n, path)
	return ok
}

// Get is the value of a key; nil if it is absent or the node is no table.
func (n *node) Get(key string) *Node { return n.get(key) }

// Place is where a value begins, and KeyPlace where its key does: line and column, from 1.
func (n *node) Place() (line, col int) { return n.line, n.col }

// KeyPlace is where the key of a value begins.
func (n *node) KeyPlace() (line, col int) { return n.keyLine, n.keyCol }

// Keys are those of a table, in the order of the file.
func (n *node) Keys() []string { return n.keys }

// Items are those of a list.
func (n *node) Items() []*Node { return n.items }

// Text is what a single value says as it is written; "" if it is none.
func (n *node) Text() string { return text(n) }

// Single, IsList and IsTable tell what a value is.
func (n *node) Single() bool { return n != nil && n.kind == scalar }

// IsList tells whether it is a list.
func (n *node) IsList() bool { return n != nil && n.kind == list }

// IsTable tells whether it is a table of keys.
func (n *node) IsTable() bool { return n != nil && n.kind == table }

// What says what a value is, in words.
func (n *node) What() string { return n.kind.String() }

// Quoted tells whether a single value stands in quotes.
func (n *node) Quoted() bool { return n.quoted }

// Actions are the ids of the actions of a scenario, also those of options of branches that this seed does not take.
func (s *Scenario) Actions() (ids []string) {
	for i := range s.Entries {
		if !s.Entries[i].IsPhase() {
			ids = append(ids, s.Entries[i].ID)
		}
	}
	for _, b := range s.Branches {
		for _, o := range b.Options {
			ids = append(ids, o.Holds...)
		}
	}
	return ids
}

// FieldsOf lists what a file may hold for a struct, or for what a pointer points to, as its tags declare it.
func FieldsOf(v any) []Field {
	t := reflect.TypeOf(v)
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return fieldsOf(t)
}

// Add reports a mistake that was found elsewhere.
func (p *problems) Add(e Error) { p.add(e) }

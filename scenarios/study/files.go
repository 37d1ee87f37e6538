package study

import (
	"encoding/json"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pasar/scenarios/load"
)

// given takes the files that a study brings with it: then it names no others.
func (r *reader) given() {
	n := r.top.Get("files")
	switch {
	case n == nil:
		return
	case !n.IsTable():
		r.At(n, "files", "must be a table of texts by path, not %s", n.What())
		return
	}
	r.dir, r.files = "", &load.Files{Given: map[string]string{}}
	for _, name := range n.Keys() {
		if v := n.Get(name); !v.Single() {
			r.At(v, "files."+name, "must be the text of a file, not %s", v.What())
		} else {
			r.files.Given[path.Clean(name)] = v.Text()
		}
	}
}

// whole is the text of the study with all files that it names, by their paths from its folder.
func (r *reader) whole(data []byte) []byte {
	if r.files == nil || len(r.files.Read) == 0 {
		return slices.Clone(data)
	}
	var b strings.Builder
	b.Write(data)
	if !strings.HasSuffix(b.String(), "\n") {
		b.WriteByte('\n')
	}
	b.WriteString("files: # as they were when the study was read\n")
	add := func(name, text string) {
		b.WriteString("  " + quoted(name) + ": " + block(text) + "\n")
	}
	for _, f := range r.files.Read {
		name := filepath.FromSlash(f.Name)
		if near, err := filepath.Rel(r.dir, name); err == nil {
			add(filepath.ToSlash(near), f.Text)
		}
		if filepath.IsAbs(name) { // it may be named so
			add(f.Name, f.Text)
		}
	}
	whole := []byte(b.String())
	if p, top := load.Read(r.file, whole, form); p.Err() != nil || top.Get("files") == nil {
		r.At(r.top, "", "a study that names files has its keys in the first column, without braces or \"...\" round them")
	}
	return whole
}

// block writes a text as YAML that reads back as the same: line by line if it can be, else in quotes.
func block(text string) string {
	plain := strings.HasSuffix(text, "\n") && !strings.HasSuffix(text, "\n\n") && !strings.HasPrefix(text, "\n")
	for line := range strings.Lines(text) {
		if strings.ContainsAny(line, "\r\u0085\u2028\u2029\ufeff") || strings.TrimSpace(line) == "" && line != "\n" {
			plain = false
		}
	}
	if plain {
		return "|2\n    " + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n    ")
	}
	return quoted(text)
}

// quoted is a text in quotes; what JSON escapes, YAML reads.
func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic("study: a text that cannot be written: " + err.Error())
	}
	return string(b)
}

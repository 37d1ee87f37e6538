package load

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"pasar/scenarios"
)

// A source is where a file came from: the library, or a place on disk against which its own references are read.
type source struct {
	file    string
	dir     string // on disk
	library bool
	closed  bool   // may name scenarios of the library only
	files   *Files // of a study; nil: on disk
}

// Files are those that a study names, directly or through its scenarios, by their paths.
type Files struct {
	Given map[string]string // what the study brings with it; nil: they are on disk
	Read  []File            // what was read from disk, in that order
}

// A File is one that was read.
type File struct {
	Name string // its path, with slashes
	Text string
}

// note keeps what was read.
func (f *Files) note(name string, data []byte) {
	if f != nil && !slices.ContainsFunc(f.Read, func(x File) bool { return x.Name == name }) {
		f.Read = append(f.Read, File{name, string(data)})
	}
}

// open finds what a reference means: a name is a scenario of the library, anything with a slash or .yaml a file.
func (p *problems) open(src source, ref *node, key string) (source, []byte, bool) {
	name := ref.text
	if to, ok := aliases[name]; ok {
		name = to
	}
	if !strings.ContainsAny(name, `/\`) && !strings.HasSuffix(name, ".yaml") && !strings.HasSuffix(name, ".yml") {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil || name == "" {
			p.at(ref, key, "there is no scenario %s in the library (a file is written with its path, such as ./my.yaml)", quote(ref.text)).among(ref.text, names())
			return src, nil, false
		}
		return source{file: "scenarios/" + name + ".yaml", library: true, closed: true}, data, true
	}
	if src.closed {
		p.at(ref, key, "%s is a file; only scenarios of the library can be named here", quote(ref.text)).among("", names())
		return src, nil, false
	}
	file := filepath.FromSlash(name)
	if !filepath.IsAbs(file) && src.dir != "" {
		file = filepath.Join(src.dir, file)
	}
	data, ok := p.file(src.files, ref, key, file, maxSize)
	return source{file: slashes(file), dir: filepath.Dir(file), files: src.files}, data, ok
}

func slashes(file string) string { return path.Clean(filepath.ToSlash(file)) }

// file reads a file that another one names: from disk, or from those that a study brings with it.
func (p *problems) file(files *Files, ref *node, key, file string, most int) ([]byte, bool) {
	if files != nil && files.Given != nil {
		text, ok := files.Given[slashes(file)]
		if !ok {
			p.at(ref, key, "there is no file %s among those that the study holds", quote(slashes(file)))
		}
		return []byte(text), ok
	}
	info, err := os.Stat(file)
	switch {
	case err != nil:
		p.at(ref, key, "there is no file %s", quote(ref.text))
	case !info.Mode().IsRegular():
		p.at(ref, key, "%s is not a file", quote(ref.text))
	case info.Size() > int64(most):
		p.at(ref, key, "%s has %d bytes; at most %d are read", quote(ref.text), info.Size(), most)
	default:
		data, err := os.ReadFile(file)
		if err != nil {
			p.at(ref, key, "%s cannot be read: %v", quote(ref.text), err)
			return nil, false
		}
		files.note(slashes(file), data)
		return data, true
	}
	return nil, false
}

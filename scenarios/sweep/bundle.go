package sweep

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"pasar/scenarios/files"
	"pasar/scenarios/study"
)

// A Bundle is a study file with all files that it needs beside the library: scenarios, those they build on, a table of points.
type Bundle struct {
	Main  string            `json:"main"`  // the study, in Files
	Files map[string]string `json:"files"` // texts by path, with slashes, as seen from a folder that holds them all
}

// Gather reads a study and what it needs, after it has been checked.
func Gather(s *study.Study, ref string) (*Bundle, error) {
	if inLibrary(ref) {
		return &Bundle{StudyFile, map[string]string{StudyFile: string(s.Text)}}, nil
	}
	texts := map[string]string{filepath.Clean(ref): string(s.Text)}
	var refs []string
	for _, w := range s.Worlds {
		refs = append(refs, w.Ref)
	}
	var head struct {
		Design struct {
			File string `yaml:"file"`
		} `yaml:"design"`
	}
	if err := yaml.Load(s.Text, &head); err == nil && head.Design.File != "" { // the study has been read
		refs = append(refs, "./"+head.Design.File)
	}
	if err := gather(texts, filepath.Dir(ref), refs); err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(texts))
	root, err := filepath.Abs(filepath.Dir(ref))
	if err != nil {
		return nil, err
	}
	short := func(name string) string {
		full, err := filepath.Abs(name)
		if err == nil {
			full, err = filepath.Rel(root, full)
		}
		if err != nil {
			return ".."
		}
		return full
	}
	for _, name := range names {
		for !filepath.IsLocal(short(name)) && root != filepath.Dir(root) {
			root = filepath.Dir(root)
		}
	}
	b := &Bundle{Main: filepath.ToSlash(short(ref)), Files: map[string]string{}}
	for _, name := range names {
		b.Files[filepath.ToSlash(short(name))] = texts[name]
	}
	if len(b.Files) == 1 {
		return &Bundle{StudyFile, map[string]string{StudyFile: string(s.Text)}}, nil
	}
	return b, nil
}

// inLibrary tells whether a reference is a name and not a path.
func inLibrary(ref string) bool {
	return !strings.ContainsAny(ref, `/\`) && path.Ext(ref) != ".yaml" && path.Ext(ref) != ".yml"
}

// gather reads files that are named in a file of dir, and what those name.
func gather(texts map[string]string, dir string, refs []string) error {
	for _, ref := range refs {
		if inLibrary(ref) {
			continue
		}
		name := filepath.FromSlash(ref)
		if filepath.IsAbs(name) {
			return fmt.Errorf("%s is named from the root of this machine; a study names its files as seen from its own folder, such as ../my.yaml", ref)
		}
		name = filepath.Join(dir, name)
		if _, known := texts[name]; known {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		texts[name] = string(b)
		if filepath.Ext(name) == ".csv" {
			continue
		}
		var head struct {
			Extends string `yaml:"extends"`
			Include any    `yaml:"include"`
		}
		if err := yaml.Load(b, &head); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		more := []string{head.Extends}
		switch x := head.Include.(type) {
		case string:
			more = append(more, x)
		case []any:
			for _, one := range x {
				more = append(more, fmt.Sprint(one))
			}
		}
		more = slices.DeleteFunc(more, func(s string) bool { return s == "" })
		if err := gather(texts, filepath.Dir(name), more); err != nil {
			return err
		}
	}
	return nil
}

// Encode is the bundle as bytes, the same for the same files.
func (b *Bundle) Encode() []byte {
	text, err := json.Marshal(b)
	if err != nil {
		panic("sweep: a bundle that cannot be written: " + err.Error())
	}
	return text
}

// ReadBundle reads a bundle.
func ReadBundle(text []byte) (*Bundle, error) {
	b := &Bundle{}
	if err := json.Unmarshal(text, b); err != nil {
		return nil, fmt.Errorf("not the files of a study: %w", err)
	}
	if err := b.check(); err != nil {
		return nil, err
	}
	return b, nil
}

// check refuses names that lead out of a folder.
func (b *Bundle) check() error {
	for name := range b.Files { // any of them is enough
		if !filepath.IsLocal(filepath.FromSlash(name)) {
			return fmt.Errorf("the files of a study: %q is no name of a file", name)
		}
	}
	return nil
}

// Write writes the files into a folder, and returns the path of the study.
func (b *Bundle) Write(dir string) (string, error) {
	if err := b.check(); err != nil {
		return "", err
	}
	for name, text := range b.Files { // each on its own
		if err := files.Replace(filepath.Join(dir, filepath.FromSlash(name)), []byte(text)); err != nil {
			return "", err
		}
	}
	return filepath.Join(dir, filepath.FromSlash(b.Main)), nil
}

// Study reads the study.
func (b *Bundle) Study() (*study.Study, error) {
	if len(b.Files) == 1 {
		return study.Parse(b.Main, []byte(b.Files[b.Main]))
	}
	dir, err := os.MkdirTemp("", "pasar-study-*")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	name, err := b.Write(dir)
	if err != nil {
		return nil, err
	}
	return study.Load(name)
}

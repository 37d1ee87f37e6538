package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/format"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// top is the root of the repository, seen from here.
const top = "../.."

// A source is one Go file of the repository.
type source struct {
	path string // from the root, with slashes
	text []byte
	file *ast.File
}

// test tells whether the file is part of a test only.
func (s *source) test() bool { return strings.HasSuffix(s.path, "_test.go") }

// under tells whether the file is in a folder or below it.
func (s *source) under(folders ...string) bool {
	return slices.ContainsFunc(folders, func(f string) bool { return strings.HasPrefix(s.path, f+"/") })
}

var fset = token.NewFileSet()

// sources are all Go files, but for those that git ignores.
var sources = sync.OnceValues(func() (list []*source, err error) {
	skip := map[string]bool{".git": true, "node_modules": true, "testdata": true} // by path from the root, or by name
	ignored, err := os.ReadFile(filepath.Join(top, ".gitignore"))
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(ignored)) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "/") {
			skip["/"+strings.Trim(line, "/")] = true
		}
	}
	err = filepath.WalkDir(top, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		name = filepath.ToSlash(name)
		if d.IsDir() && (skip["/"+name] || skip[d.Name()]) {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(name) != ".go" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		f, err := parser.ParseFile(fset, name, text, parser.ParseComments)
		if err != nil {
			return err
		}
		list = append(list, &source{name, text, f})
		return nil
	})
	return list, err
})

func all(t *testing.T) []*source {
	t.Helper()
	list, err := sources()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// where is a place as an editor opens it.
func where(n ast.Node) string {
	p := fset.Position(n.Pos())
	return fmt.Sprintf("%s:%d", p.Filename, p.Line)
}

// A pack is what the go command knows of a package.
type pack struct {
	ImportPath, Export, Dir string
	GoFiles, Imports        []string
	Standard                bool
}

// golist asks the go command.
func golist(t *testing.T, args ...string) (list []pack) {
	t.Helper()
	c := exec.Command("go", append([]string{"list", "-json=ImportPath,Export,Dir,GoFiles,Imports,Standard"}, args...)...)
	c.Dir = top
	var stderr bytes.Buffer
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.Bytes())
	}
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pack
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

// below says what each floor may import of ours; the first line that fits a package counts. A name stands for itself and,
// with /..., for all below it.
var below = []struct {
	of  string
	may []string
}{
	{"sim/num", nil},
	{"sim", []string{"sim/num"}},
	{"sim/natsd", nil},
	{"sim/...", []string{"sim", "sim/natsd"}},
	{"agents/market", []string{"sim", "sim/num"}},
	{"agents/policy", []string{"agents/market", "sim", "sim/num"}},
	{"agents", []string{"agents/market", "sim", "sim/num"}},
	{"scenarios", nil},
	{"scenarios/...", []string{"scenarios/...", "agents/...", "sim/..."}},
	{"cmd/...", []string{"cmd/...", "scenarios/...", "agents/...", "sim/..."}},
}

func fits(pattern, name string) bool {
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return name == base || strings.HasPrefix(name, base+"/")
	}
	return pattern == name
}

// overNATS are the packages of the kernel that carry or keep its frames over NATS.
var overNATS = []string{"sim/natsd", "sim/natsbus", "sim/record"}

// Imports point down: cmd -> scenarios -> agents -> sim. The kernel and the economy need nothing but Go's own library,
// those over NATS aside.
func TestImportsPointDown(t *testing.T) {
	for _, p := range golist(t, "./sim/...", "./agents/...", "./scenarios/...", "./cmd/pasar/...") {
		name := strings.TrimPrefix(p.ImportPath, "pasar/")
		i := slices.IndexFunc(below, func(f struct {
			of  string
			may []string
		}) bool {
			return fits(f.of, name)
		})
		if i < 0 {
			t.Errorf("%s is on no floor; see the table below", name)
			continue
		}
		for _, path := range p.Imports {
			to, ours := strings.CutPrefix(path, "pasar/")
			switch {
			case ours && !slices.ContainsFunc(below[i].may, func(m string) bool { return fits(m, to) }):
				t.Errorf("%s imports %s; it may import %v of ours", name, to, below[i].may)
			case !ours && strings.Contains(strings.Split(path, "/")[0], ".") && !slices.Contains(overNATS, name) && (fits("sim/...", name) || fits("agents/...", name)):
				t.Errorf("%s imports %s; below scenarios only %v need more than Go's own library", name, path, overNATS)
			}
		}
	}
}

// typed are the packages of the two lower floors with their types.
func typed(t *testing.T) (files []*ast.File, info *types.Info) {
	t.Helper()
	exports := map[string]string{}
	var ours []pack
	for _, p := range golist(t, "-export", "-deps", "./sim/...", "./agents/...") {
		exports[p.ImportPath] = p.Export
		if strings.HasPrefix(p.ImportPath, "pasar/") {
			ours = append(ours, p)
		}
	}
	imports := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	info = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{}}
	for _, p := range ours {
		var own []*ast.File
		for _, s := range all(t) {
			here := filepath.ToSlash(filepath.Dir(s.path)) == strings.TrimPrefix(p.ImportPath, "pasar/")
			if here && slices.Contains(p.GoFiles, filepath.Base(s.path)) { // as built on this system
				own = append(own, s.file)
			}
		}
		c := types.Config{Importer: imports}
		if _, err := c.Check(p.ImportPath, fset, own, info); err != nil {
			t.Fatal(err)
		}
		files = append(files, own...)
	}
	return files, info
}

// Files can be read in one sitting: 400 lines for the kernel and the economy, 500 elsewhere.
func TestFileLength(t *testing.T) {
	for _, s := range all(t) {
		most := 500
		if s.under("agents", "sim") && !s.test() {
			most = 400
		}
		if n := bytes.Count(s.text, []byte("\n")); n > most {
			t.Errorf("%s has %d lines; at most %d", s.path, n, most)
		}
		if s.path == "cmd/pasar/main.go" && bytes.Count(s.text, []byte("\n")) > 25 {
			t.Error("main.go only calls; it has more than 25 lines")
		}
	}
}

func TestGofmt(t *testing.T) {
	for _, s := range all(t) {
		if want, err := format.Source(s.text); err != nil || !bytes.Equal(want, s.text) {
			t.Errorf("%s is not as gofmt writes it (%v)", s.path, err)
		}
	}
}

// Everything that is exported says what it is. One comment is enough for a group of constants or variables, or for functions
// that stand together without an empty line. What Error, String and Unwrap are, everyone knows.
func TestDocComments(t *testing.T) {
	for _, s := range all(t) {
		if s.test() {
			continue
		}
		said := -1 // last line of the function before, if it or its group says what it is
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				known := d.Doc != nil || fset.Position(d.Pos()).Line == said+1 || slices.Contains(wellKnown, d.Name.Name)
				if said = -1; known {
					said = fset.Position(d.End()).Line
				}
				if d.Name.Name == "init" && d.Recv == nil {
					t.Errorf("%s: there is no init() here; write the list down where it is used", where(d))
				}
				if d.Name.IsExported() && !known && exportedReceiver(d) {
					t.Errorf("%s: %s has no doc comment", where(d), d.Name)
				}
			case *ast.GenDecl:
				undocumented(d, func(n *ast.Ident) { t.Errorf("%s: %s has no doc comment", where(n), n) })
			}
		}
	}
	packages := map[string]bool{}
	for _, s := range all(t) {
		if dir := filepath.Dir(s.path); !s.test() {
			packages[dir] = packages[dir] || s.file.Doc != nil
		}
	}
	for dir, documented := range packages {
		if !documented {
			t.Errorf("package %s has no doc comment", dir)
		}
	}
}

var wellKnown = []string{"Error", "String", "Unwrap"}

// exportedReceiver tells whether a function is one that others can call.
func exportedReceiver(d *ast.FuncDecl) bool {
	if d.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(d.Recv.List[0].Type, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !exported {
			exported = id.IsExported()
			return false
		}
		return true
	})
	return exported
}

// undocumented reports the exported names of a declaration that nothing is said about.
func undocumented(d *ast.GenDecl, report func(*ast.Ident)) {
	for _, spec := range d.Specs {
		switch s := spec.(type) {
		case *ast.TypeSpec:
			if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				report(s.Name)
			}
		case *ast.ValueSpec:
			for _, n := range s.Names {
				if n.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					report(n)
				}
			}
		}
	}
}

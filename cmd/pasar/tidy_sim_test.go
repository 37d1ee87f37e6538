package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pasar/agents/policy"
	"pasar/scenarios/load"
)

// goroutines is where goroutines may be started below scenarios: the two ways to host agents, the servers and the bus between them, the
// writer of recordings, and the toy models that try them.
var goroutines = []string{"sim/world.go", "sim/actors.go", "sim/natsd/", "sim/natsbus/", "sim/record/recorder.go", "sim/simtest/"}

// exact are the functions of math that give the same bits on every machine. The others have other bits where the processor
// has other instructions, or where Go has assembly (decisions B9); package num has those we need.
var exact = []string{"Abs", "Ceil", "Copysign", "Float32bits", "Float32frombits", "Float64bits", "Float64frombits", "Floor", "FMA", "Frexp", "Inf",
	"IsInf", "IsNaN", "Ldexp", "Max", "Min", "Mod", "Modf", "NaN", "Round", "RoundToEven", "Signbit", "Sqrt", "Trunc"}

// Below scenarios nothing asks the clock, the system's luck or an inexact function, nothing logs, nothing starts goroutines
// but the shards, no order hangs on a map, and no product is fused with a sum.
func TestForbidden(t *testing.T) {
	files, info := typed(t)
	for _, f := range files {
		path := fset.Position(f.Pos()).Filename
		r := &rules{t: t, path: path, info: info, comments: map[int]bool{}}
		for _, group := range f.Comments {
			r.comments[fset.Position(group.Pos()).Line] = true
		}
		for _, im := range f.Imports {
			switch p := strings.Trim(im.Path.Value, `"`); p {
			case "math/rand", "math/rand/v2":
				if !strings.HasPrefix(path, "sim/simtest/") { // whose bus shuffles, to show that nothing hangs on it
					t.Errorf("%s: imports %s: luck is keyed", where(im), p)
				}
			case "log", "log/slog", "os/signal":
				t.Errorf("%s: imports %s: only cmd/pasar talks", where(im), p)
			}
		}
		ast.Inspect(f, r.visit)
	}
}

type rules struct {
	t        *testing.T
	path     string
	info     *types.Info
	comments map[int]bool // by line
}

func (r *rules) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.Ident:
		r.use(n)
	case *ast.GoStmt:
		r.concurrent(n)
	case *ast.RangeStmt:
		if tv, ok := r.info.Types[n.X]; ok {
			if _, isMap := tv.Type.Underlying().(*types.Map); isMap && !r.comments[fset.Position(n.Pos()).Line] {
				r.t.Errorf("%s: ranges over a map; say behind it why the order does not matter", where(n))
			}
		}
	case *ast.BinaryExpr:
		if n.Op == token.ADD || n.Op == token.SUB {
			r.fused(n.X)
			r.fused(n.Y)
		}
	case *ast.AssignStmt:
		if n.Tok == token.ADD_ASSIGN || n.Tok == token.SUB_ASSIGN {
			r.fused(n.Rhs[0])
		}
	}
	return true
}

// use looks at a name of another package.
func (r *rules) use(id *ast.Ident) {
	o := r.info.Uses[id]
	if b, ok := o.(*types.Builtin); ok && (b.Name() == "print" || b.Name() == "println") {
		r.t.Errorf("%s: %s: only cmd/pasar talks", where(id), b.Name())
	}
	f, ok := o.(*types.Func)
	if !ok || f.Pkg() == nil {
		return
	}
	full := f.FullName()
	switch f.Pkg().Path() {
	case "time":
		clock := []string{"time.Now", "time.Since", "time.Until", "time.Sleep", "time.After", "time.AfterFunc", "time.Tick", "time.NewTimer", "time.NewTicker"}
		if slices.Contains(clock, full) && !strings.HasPrefix(r.path, "sim/natsbus/") && !strings.HasPrefix(r.path, "sim/natsd/") {
			r.t.Errorf("%s: %s: the only clock here is the simulation's", where(id), full)
		}
	case "math":
		if !slices.Contains(exact, f.Name()) {
			r.t.Errorf("%s: %s gives other bits on other machines; use package num", where(id), full)
		}
	case "fmt":
		if strings.HasPrefix(f.Name(), "Print") {
			r.t.Errorf("%s: %s: only cmd/pasar talks", where(id), full)
		}
	case "sync":
		if full == "(*sync.WaitGroup).Go" {
			r.concurrent(id)
		}
	}
}

func (r *rules) concurrent(n ast.Node) {
	if !slices.ContainsFunc(goroutines, func(p string) bool { return strings.HasPrefix(r.path, p) }) {
		r.t.Errorf("%s: starts a goroutine; only these may: %v", where(n), goroutines)
	}
}

// fused refuses a product of floats as a term of a sum: some processors round the two together, others apart. Written
// float64(x*y) it is rounded everywhere.
func (r *rules) fused(e ast.Expr) {
	for {
		switch x := e.(type) {
		case *ast.ParenExpr:
			e = x.X
			continue
		case *ast.UnaryExpr:
			e = x.X
			continue
		}
		break
	}
	b, ok := e.(*ast.BinaryExpr)
	if !ok || b.Op != token.MUL {
		return
	}
	tv := r.info.Types[b]
	if basic, ok := tv.Type.Underlying().(*types.Basic); ok && basic.Info()&types.IsFloat != 0 && tv.Value == nil {
		r.t.Errorf("%s: a product in a sum could be fused; write float64(x*y)", where(b))
	}
}

// words of the market have no place in the kernel.
var words = regexp.MustCompile(`(?i)\b(buyers?|sellers?|smes?|creators?|platforms?|regulators?|merchants?|shops?|rupiah|idr|gmv|tiktok|shopee|tokopedia|lazada|` +
	`bukalapak|blibli|affiliates?|vouchers?|storefronts?|checkouts?)\b`)

func TestKernelKnowsNoMarket(t *testing.T) {
	for _, s := range all(t) {
		if !s.under("sim") {
			continue
		}
		n := 0
		for line := range strings.Lines(string(s.text)) {
			if n++; words.MatchString(line) {
				t.Errorf("%s:%d: the kernel knows no %s", s.path, n, words.FindString(line))
			}
		}
	}
}

// Each intervention has a file of its own, named after it, and each such file is in the list.
func TestOneInterventionOneFile(t *testing.T) {
	want := map[string]string{} // file by type
	for _, do := range policy.All() {
		want[reflect.TypeOf(do).Elem().Name()] = "agents/policy/" + do.Doc().Name + ".go"
	}
	for _, s := range all(t) {
		if s.test() || filepath.ToSlash(filepath.Dir(s.path)) != "agents/policy" {
			continue
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil || f.Name.Name != "Enact" {
				continue
			}
			name := types.ExprString(f.Recv.List[0].Type)[1:]
			switch file, listed := want[name]; {
			case !listed:
				t.Errorf("%s: %s is not in policy.All", s.path, name)
			case file != s.path:
				t.Errorf("%s: %s belongs into %s", s.path, name, file)
			default:
				delete(want, name)
			}
		}
	}
	for name, file := range want {
		t.Errorf("%s is not in %s", name, file)
	}
}

// Each scenario of the library tells in both languages what one asks, what happens, what to notice and what to try.
func TestScenariosInform(t *testing.T) {
	for _, l := range load.Library() {
		s, err := load.Load(l.Name, load.Overrides{})
		if err != nil {
			t.Fatal(err)
		}
		for _, lang := range []string{"en", "id"} {
			i := s.Info[lang]
			if s.Title[lang] == "" || i.Question == "" || i.Happens == "" || i.Notice == "" || i.Try == "" {
				t.Errorf("%s has no title, question, happens, notice or try in %q", l.Name, lang)
			}
		}
	}
}

// camel is the Go name of an intervention's key.
func camel(key string) string {
	var b strings.Builder
	for part := range strings.SplitSeq(key, "_") {
		r := []rune(part)
		b.WriteString(string(unicode.ToUpper(r[0])) + string(r[1:]))
	}
	return b.String()
}

func TestInterventionsAreNamedAfterTheirKeys(t *testing.T) {
	for _, do := range policy.All() {
		if got := reflect.TypeOf(do).Elem().Name(); got != camel(do.Doc().Name) {
			t.Errorf("%s is type %s, not %s", do.Doc().Name, got, camel(do.Doc().Name))
		}
	}
}

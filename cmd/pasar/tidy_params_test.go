package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"testing"
)

// A parameter that nothing reads would have a false effect of 0 in every sweep: each is read in the model, or where its world is made or read out.
func TestParametersAreRead(t *testing.T) {
	files, info := typed(t)
	read := map[string]bool{} // fields, by the line they stand on
	for id, o := range info.Uses {
		if v, ok := o.(*types.Var); ok && v.IsField() && id.Pos() != v.Pos() {
			read[line(v)] = true
		}
	}
	above := map[string]bool{} // names of what is selected where worlds are made and read out
	for _, s := range all(t) {
		if s.under("scenarios/load", "scenarios/play", "scenarios/indicator") && !s.test() {
			ast.Inspect(s.file, func(x ast.Node) bool {
				if e, ok := x.(*ast.SelectorExpr); ok {
					above[e.Sel.Name] = true
				}
				return true
			})
		}
	}
	n := 0
	for _, f := range files {
		ast.Inspect(f, func(x ast.Node) bool {
			s, ok := x.(*ast.Field)
			if ok && s.Tag != nil && filepath.Base(fset.Position(s.Pos()).Filename) == "params.go" {
				if n++; !read[line(s)] && !above[s.Names[0].Name] {
					t.Errorf("%s: nothing reads %s %s", where(s), s.Names[0], s.Tag.Value)
				}
			}
			return true
		})
	}
	if n < 200 {
		t.Errorf("only %d parameters were found", n)
	}
}

// line is where something stands, whether it was read from the source or from what the compiler exports.
func line(x interface{ Pos() token.Pos }) string {
	p := fset.Position(x.Pos())
	return fmt.Sprintf("%s:%d", filepath.Base(p.Filename), p.Line)
}

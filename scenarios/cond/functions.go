package cond

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/sim"
)

// An argument of a call: a value, or a bare word such as mean or pilot.
type argument struct {
	name string // "" for those given by place
	at   int
	from int    // where its name begins
	word string // a bare word, or the content of a text
	text bool   // a text or a bare word
	term term
}

// Functions that are not indicators, with what they take.
var others = map[string]string{
	"abs":        "abs(number)",
	"min":        "min(number, number)",
	"max":        "max(number, number)",
	"days_since": `days_since(id) or days_since("2023-10-04")`,
	"happened":   "happened(id)",
	"state":      "state(id)",
}

// call reads the arguments of a function and understands it.
func (p *parser) call(name string, at int) (term, *Error) {
	if open, _ := p.take("("); open == "" {
		return term{}, &Error{At: at, What: fmt.Sprintf("%q is a word without a meaning of its own; a function has ( after its name, and text stands in quotes", cut(name)), Got: name, Among: Functions()}
	}
	if p.depth++; p.depth > mostDepth {
		return term{}, p.fail(p.at, "is nested more than %d deep", mostDepth)
	}
	defer func() { p.depth-- }()
	args, err := p.arguments(at)
	if err != nil {
		return term{}, err
	}
	if _, ok := others[name]; !ok {
		return p.indicator(name, at, args)
	}
	return p.other(name, at, args)
}

// arguments reads up to the closing parenthesis.
func (p *parser) arguments(from int) (args []argument, err *Error) {
	for {
		if end, _ := p.take(")"); end != "" {
			return args, nil
		}
		if len(args) > 0 {
			if comma, at := p.take(","); comma == "" {
				return nil, p.fail(at, "%s is not expected here; arguments are separated by commas and end with )", p.near())
			}
		}
		p.skip()
		a := argument{at: p.at, from: p.at}
		before := p.at
		if w, _ := p.word(); w != "" {
			if eq, _ := p.take("="); eq != "" && !strings.HasPrefix(p.src[p.at:], "=") {
				a.name = w
				p.skip()
				a.at, before = p.at, p.at
				w, _ = p.word()
			}
			if w != "" && w != "not" && p.bare() {
				a.word, a.text = w, true
				args = append(args, a)
				continue
			}
		}
		if !p.left() {
			return nil, p.fail(from, "the ) of this function is missing (in a line with { } an expression stands in quotes)")
		}
		p.at = before
		t, err := p.or()
		if err != nil {
			return nil, err
		}
		a.term = t
		if t.typ == Text && t.fixed {
			a.word, a.text = t.eval(nil).text, true
		}
		args = append(args, a)
		if len(args) > 12 {
			return nil, p.fail(from, "has more than 12 arguments")
		}
	}
}

// bare tells whether the word just read stands alone as an argument.
func (p *parser) bare() bool {
	p.skip()
	return p.at < len(p.src) && (p.src[p.at] == ',' || p.src[p.at] == ')')
}

// other understands a function that is not an indicator.
func (p *parser) other(name string, at int, args []argument) (term, *Error) {
	wants := 1
	if name == "min" || name == "max" {
		wants = 2
	}
	for _, a := range args {
		if a.name != "" {
			return term{}, p.fail(a.at, "%s takes no %s=; it is %s", name, cut(a.name), others[name])
		}
	}
	if len(args) != wants {
		return term{}, p.fail(at, "%s takes %d, not %d; it is %s", name, wants, len(args), others[name])
	}
	if name == "abs" || name == "min" || name == "max" {
		for _, a := range args {
			if a.text || a.term.typ != Number {
				return term{}, p.fail(a.at, "%s takes numbers", name)
			}
		}
		x, y := args[0].term.eval, args[wants-1].term.eval
		return term{at, Number, func(w *World) value {
			a, b := x(w).x, y(w).x
			switch {
			case math.IsNaN(a) || math.IsNaN(b):
				return value{x: math.NaN()}
			case name == "abs":
				return value{x: math.Abs(a)}
			case name == "min":
				return value{x: min(a, b)}
			}
			return value{x: max(a, b)}
		}, false}, nil
	}
	a := args[0]
	if !a.text {
		return term{}, p.fail(a.at, "%s takes the name of an entry", name)
	}
	id := a.word
	if day, err := date(id); name == "days_since" && err == nil {
		return term{at, Number, func(w *World) value { return value{x: float64(w.Now()-day) / float64(market.Day)} }, false}, nil
	}
	if !slices.Contains(p.names, id) {
		return term{}, &Error{At: a.at, What: fmt.Sprintf("there is no entry, phase or branch %q", cut(id)), Got: id, Among: p.names}
	}
	switch name {
	case "happened":
		return term{at, Truth, func(w *World) value { return value{truth: truthOf(w.Entry(id, w.Now()).Yes)} }, false}, nil
	case "state":
		return term{at, Text, func(w *World) value { return value{text: w.Entry(id, w.Now()).State} }, false}, nil
	}
	return term{at, Number, func(w *World) value {
		s := w.Entry(id, w.Now())
		if !s.Yes {
			return value{x: math.NaN()}
		}
		return value{x: float64(w.Now()-s.At) / float64(market.Day)}
	}, false}, nil
}

// date reads a day, from its midnight on.
func date(s string) (sim.Time, error) {
	d, err := time.ParseInLocation(time.DateOnly, s, market.WIB)
	if err == nil && (d.Year() < 1900 || d.Year() > 2200) {
		err = errors.New("no year of ours")
	}
	return market.Clock.At(d), err
}

// Functions lists the names of all functions.
func Functions() (all []string) {
	for name := range others { // sorted below
		all = append(all, name)
	}
	for _, f := range catalogue() {
		all = append(all, f.name)
		if f.additive {
			all = append(all, f.name+"_share")
		}
	}
	all = append(all, "metric", "offline_index")
	slices.Sort(all)
	return slices.Compact(all)
}

func cut(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:37]) + "..."
	}
	return s
}

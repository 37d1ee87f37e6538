package cond

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"pasar/agents/market"
)

// Bounds of an expression, so that none is slow or deep.
const (
	mostLength = 2000
	mostDepth  = 40
)

// A term is a part of an expression that was understood.
type term struct {
	at    int
	typ   Type
	eval  func(*World) value
	fixed bool // the same in every world
}

type parser struct {
	src   string
	at    int
	names Names
	depth int
	parts []comparison
}

func (p *parser) fail(at int, format string, args ...any) *Error {
	return &Error{At: at, What: fmt.Sprintf(format, args...)}
}

func (p *parser) whole(want Type) (term, *Error) {
	if len(p.src) > mostLength {
		return term{}, p.fail(0, "the expression has %d characters; at most %d", len(p.src), mostLength)
	}
	e, err := p.or()
	switch {
	case err != nil:
		return e, err
	case p.left():
		return e, p.fail(p.at, "%s is not expected here; the expression could end before it", p.near())
	case e.typ != want && (want == Truth || e.typ != Truth):
		return e, p.fail(e.at, "gives %s where %s is wanted", e.typ, want)
	}
	return e, nil
}

func (p *parser) skip() {
	for p.at < len(p.src) && strings.IndexByte(" \t\r\n", p.src[p.at]) >= 0 {
		p.at++
	}
}

func (p *parser) left() bool {
	p.skip()
	return p.at < len(p.src)
}

// near quotes what stands at the present place.
func (p *parser) near() string {
	if p.at >= len(p.src) {
		return "the end"
	}
	rest := []rune(p.src[p.at:min(len(p.src), p.at+60)])
	end := 1
	for end < len(rest) && end < 12 && rest[end] != ' ' {
		end++
	}
	return strconv.Quote(string(rest[:end]))
}

// take reads a sign if it comes next.
func (p *parser) take(signs ...string) (string, int) {
	p.skip()
	for _, s := range signs {
		if strings.HasPrefix(p.src[p.at:], s) {
			at := p.at
			p.at += len(s)
			return s, at
		}
	}
	return "", p.at
}

func letter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' }
func digit(c byte) bool  { return c >= '0' && c <= '9' }

// word reads a name if one comes next. A dash belongs to it where a letter or digit follows, as in ids of entries.
func (p *parser) word() (string, int) {
	p.skip()
	at := p.at
	if at >= len(p.src) || !letter(p.src[at]) {
		return "", at
	}
	i := at
	for i < len(p.src) {
		c := p.src[i]
		if !letter(c) && !digit(c) && !(c == '-' && i+1 < len(p.src) && (letter(p.src[i+1]) || digit(p.src[i+1]))) {
			break
		}
		i++
	}
	p.at = i
	return p.src[at:i], at
}

// keyword reads one of some words if it comes next.
func (p *parser) keyword(words ...string) (string, int) {
	before := p.at
	w, at := p.word()
	if slices.Contains(words, w) {
		return w, at
	}
	p.at = before
	return "", at
}

func (p *parser) or() (term, *Error) {
	if p.depth++; p.depth > mostDepth {
		return term{}, p.fail(p.at, "is nested more than %d deep", mostDepth)
	}
	defer func() { p.depth-- }()
	return p.join("or", p.and)
}

func (p *parser) and() (term, *Error) { return p.join("and", p.not) }

// join reads conditions joined by a word: with and, no wins over unknown; with or, yes does.
func (p *parser) join(word string, next func() (term, *Error)) (term, *Error) {
	a, err := next()
	if err != nil {
		return a, err
	}
	wins := no
	if word == "or" {
		wins = yes
	}
	for {
		w, _ := p.keyword(word)
		if w == "" {
			return a, nil
		}
		b, err := next()
		if err != nil {
			return b, err
		}
		for _, x := range []term{a, b} {
			if x.typ != Truth {
				return x, p.fail(x.at, "%s joins conditions, and this is %s", word, x.typ)
			}
		}
		x, y := a.eval, b.eval
		a.fixed = a.fixed && b.fixed
		a.eval = func(w *World) value {
			s, t := x(w).truth, y(w).truth
			switch {
			case s == wins || t == wins:
				return value{truth: wins}
			case s == unknown || t == unknown:
				return value{}
			}
			return value{truth: s}
		}
	}
}

func (p *parser) not() (term, *Error) {
	w, at := p.keyword("not")
	if w == "" {
		return p.compare()
	}
	if p.depth++; p.depth > mostDepth {
		return term{}, p.fail(p.at, "is nested more than %d deep", mostDepth)
	}
	defer func() { p.depth-- }()
	x, err := p.not()
	switch {
	case err != nil:
		return x, err
	case x.typ != Truth:
		return x, p.fail(x.at, "not is said of a condition, and this is %s", x.typ)
	}
	return term{at, Truth, func(w *World) value {
		switch x.eval(w).truth {
		case yes:
			return value{truth: no}
		case no:
			return value{truth: yes}
		}
		return value{}
	}, false}, nil
}

func (p *parser) compare() (term, *Error) {
	a, err := p.sum()
	if err != nil {
		return a, err
	}
	sign, at := p.take("<=", ">=", "==", "!=", "<", ">", "=")
	if sign == "" {
		return a, nil
	}
	b, err := p.sum()
	switch {
	case err != nil:
		return b, err
	case a.typ != b.typ:
		return b, p.fail(at, "%s is compared with %s", a.typ, b.typ)
	case a.typ == Truth, a.typ == Text && sign != "=" && sign != "==" && sign != "!=":
		return b, p.fail(at, "%s cannot be compared by %s", a.typ, sign)
	}
	if again, at := p.take("<=", ">=", "==", "!=", "<", ">", "="); again != "" {
		return b, p.fail(at, "a second comparison; join the two with and")
	}
	c := term{at: a.at, typ: Truth, eval: numbers(sign, a.eval, b.eval)}
	if a.typ == Text {
		c.eval = func(w *World) value {
			return value{truth: truthOf((a.eval(w).text == b.eval(w).text) == (sign != "!="))}
		}
	}
	p.parts = append(p.parts, comparison{strings.TrimSpace(p.src[a.at:at]), a.eval, a.typ, c.eval})
	return c, nil
}

// numbers compares two numbers, or lengths of time.
func numbers(sign string, x, y func(*World) value) func(*World) value {
	return func(w *World) value {
		s, t := x(w).x, y(w).x
		if math.IsNaN(s) || math.IsNaN(t) {
			return value{}
		}
		switch sign {
		case "<":
			return value{truth: truthOf(s < t)}
		case "<=":
			return value{truth: truthOf(s <= t)}
		case ">":
			return value{truth: truthOf(s > t)}
		case ">=":
			return value{truth: truthOf(s >= t)}
		case "!=":
			return value{truth: truthOf(s != t)}
		}
		return value{truth: truthOf(s == t)}
	}
}

func (p *parser) sum() (term, *Error)     { return p.chain(p.product, "+", "-") }
func (p *parser) product() (term, *Error) { return p.chain(p.sign, "*", "/") }

// chain reads numbers joined by two signs of one rank, from left to right.
func (p *parser) chain(next func() (term, *Error), signs ...string) (term, *Error) {
	a, err := next()
	if err != nil {
		return a, err
	}
	for {
		sign, at := p.take(signs...)
		if sign == "" {
			return a, nil
		}
		b, err := next()
		if err != nil {
			return b, err
		}
		if a.typ != Number || b.typ != Number {
			other := a.typ
			if other == Number {
				other = b.typ
			}
			return b, p.fail(at, "%s joins numbers, not %s", sign, other)
		}
		x, y := a.eval, b.eval
		a.fixed = a.fixed && b.fixed
		a.eval = func(w *World) value { return value{x: calculate(sign, x(w).x, y(w).x)} }
	}
}

// calculate has no infinities: what is divided by 0, or too large, is not a number.
func calculate(sign string, x, y float64) float64 {
	switch sign {
	case "+":
		x = float64(x + y)
	case "-":
		x = float64(x - y)
	case "*":
		x = float64(x * y)
	default:
		x = float64(x / y)
	}
	if math.IsInf(x, 0) {
		return math.NaN()
	}
	return x
}

func (p *parser) sign() (term, *Error) {
	minus, at := p.take("-")
	x, err := p.atom()
	switch {
	case err != nil || minus == "":
		return x, err
	case x.typ != Number:
		return x, p.fail(at, "- stands before %s", x.typ)
	}
	return term{at, Number, func(w *World) value { return value{x: -x.eval(w).x} }, false}, nil
}

func (p *parser) atom() (term, *Error) {
	p.skip()
	at := p.at
	if at >= len(p.src) {
		return term{}, p.fail(at, "the expression ends where a value is wanted")
	}
	switch c := p.src[at]; {
	case c == '(':
		p.at++
		x, err := p.or()
		if err != nil {
			return x, err
		}
		if end, here := p.take(")"); end == "" {
			return x, p.fail(here, "a ) is missing for the ( at character %d", at+1)
		}
		x.at = at
		return x, nil
	case c == '"' || c == '\'':
		s, err := p.quoted()
		return constant(at, Text, value{text: s}), err
	case digit(c) || c == '.':
		return p.number()
	case letter(c):
		name, _ := p.word()
		if name == "true" || name == "false" {
			return constant(at, Truth, value{truth: truthOf(name == "true")}), nil
		}
		return p.call(name, at)
	}
	return term{}, p.fail(at, "%s is not a value", p.near())
}

func constant(at int, t Type, v value) term {
	return term{at, t, func(*World) value { return v }, true}
}

func (p *parser) quoted() (string, *Error) {
	at := p.at
	end := strings.IndexByte(p.src[at+1:], p.src[at])
	if end < 0 {
		return "", p.fail(at, "this quotation mark is never closed")
	}
	p.at = at + end + 2
	return p.src[at+1 : at+1+end], nil
}

// number reads 12, .5, 1e9, 15% or 28d.
func (p *parser) number() (term, *Error) {
	at := p.at
	i := at
	for i < len(p.src) && (digit(p.src[i]) || p.src[i] == '.') {
		i++
	}
	if i+1 < len(p.src) && (p.src[i] == 'e' || p.src[i] == 'E') {
		j := i + 1
		if p.src[j] == '+' || p.src[j] == '-' {
			j++
		}
		if j < len(p.src) && digit(p.src[j]) {
			for i = j; i < len(p.src) && digit(p.src[i]); i++ {
			}
		}
	}
	x, err := strconv.ParseFloat(p.src[at:i], 64)
	if err != nil || math.IsInf(x, 0) {
		return term{}, p.fail(at, "%s is not a number", strconv.Quote(p.src[at:i]))
	}
	p.at = i
	if i < len(p.src) && p.src[i] == '%' {
		p.at++
		return constant(at, Number, value{x: x / 100}), nil
	}
	if i >= len(p.src) || !letter(p.src[i]) {
		return constant(at, Number, value{x: x}), nil
	}
	unit, _ := p.word()
	if seconds[unit] == 0 {
		return term{}, &Error{At: i, What: fmt.Sprintf("%s is not a unit", strconv.Quote(unit)), Among: []string{"%", "h", "d", "w"}}
	}
	return constant(at, Span, value{x: float64(x * seconds[unit])}), nil
}

var seconds = map[string]float64{"h": float64(market.Hour), "d": float64(market.Day), "w": float64(market.Week)}

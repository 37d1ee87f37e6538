package svgplot

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"
)

//go:embed tokens.json
var tokensJSON []byte

// Tokens are the colours, dashes and names of charts as JSON: the lab draws with them too.
func Tokens() []byte { return slices.Clone(tokensJSON) }

// A shade is a colour on light and on dark pages.
type shade struct{ Light, Dark string }

// A token is how a series looks.
type token struct {
	Key string
	shade
	Keys  []string
	Print struct {
		Dash  string
		Width float64
	}
}

func (t token) style() style {
	return style{colour{t.Key, t.Light}, t.Print.Dash, t.Print.Width, t.Keys}
}

type tokens struct {
	Base     map[string]shade
	Baseline token
	Series   []token
}

var house = sync.OnceValue(func() (t tokens) {
	if err := json.Unmarshal(tokensJSON, &t); err != nil {
		panic("svgplot: tokens.json: " + err.Error())
	}
	return t
})

// base is one of the colours that are of no series.
func base(name string) colour {
	c, ok := house().Base[name]
	if !ok {
		panic("svgplot: tokens.json has no colour " + name)
	}
	return colour{name, c.Light}
}

// DarkCSS sets the colours for a dark page. Charts are light unless the page holds this, best
// inside "@media screen and (prefers-color-scheme: dark) { ... }", so that print stays light.
func DarkCSS() string {
	t := house()
	var parts []string
	for name, c := range t.Base { // sorted below
		parts = append(parts, "--sp-"+name+":"+c.Dark)
	}
	for _, s := range append([]token{t.Baseline}, t.Series...) {
		parts = append(parts, "--sp-"+s.Key+":"+s.Dark)
	}
	slices.Sort(parts)
	return ":root{" + strings.Join(parts, ";") + "}"
}

package load

import (
	"reflect"
	"strconv"
	"strings"

	"pasar/agents/policy"
	"pasar/sim"
)

// A Given is one field of an intervention with what it holds.
type Given struct {
	Field
	Path  string // within the action, as --set takes it: caps.share_of_pre
	Value any    // as in the struct; nil: nothing, or a list of tables
	Text  string // as files write it; "": nothing is given
}

// Givens lists the fields of an intervention, in the order of its struct. A list is one field; the fields of a table that is left
// out are not listed.
func Givens(do policy.Intervention) []Given { return givens(reflect.ValueOf(do).Elem(), "") }

func givens(v reflect.Value, at string) (all []Given) {
	for _, f := range fieldsOf(v.Type()) {
		x, g := v.FieldByIndex(f.index), Given{Field: f, Path: join(at, f.Name)}
		switch {
		case f.List:
			parts := make([]string, x.Len())
			for i := range parts {
				parts[i] = one(f, x.Index(i))
			}
			if len(parts) > 0 {
				g.Text = "[" + strings.Join(parts, ", ") + "]"
			}
			if f.Type != "table" {
				g.Value = x.Interface()
			}
		case f.Type == "table":
			if x.Kind() == reflect.Pointer {
				if x.IsNil() {
					continue
				}
				x = x.Elem()
			}
			all = append(all, givens(x, g.Path)...)
			continue
		default:
			g.Value, g.Text = x.Interface(), one(f, x)
		}
		all = append(all, g)
	}
	return all
}

// Usual tells whether a field holds its default.
func (g *Given) Usual() bool {
	if x, err := strconv.ParseFloat(g.Default, 64); err == nil {
		return g.Value == x
	}
	return g.Text == g.Default
}

// Timing says in the words of a file when an entry takes place.
func (e *Entry) Timing() string {
	if e.IsPhase() {
		return strings.Join(e.timing("enter"), ", ")
	}
	return strings.Join(e.timing(""), ", ")
}

// Conditional tells whether the run decides when an entry takes place, or when it ends.
func (e *Entry) Conditional() bool { return e.If != nil || e.Exit != nil }

// Ending says in the words of a file when an entry ends; "" if it does not.
func (e *Entry) Ending() string {
	key := "until"
	if e.IsPhase() {
		key = "exit"
	}
	return strings.TrimPrefix(strings.Join(e.end(key), ""), key+": ")
}

// Stamp is a moment as files write it, Length a length of time.
func Stamp(t sim.Time) string  { return when(t) }
func Length(t sim.Time) string { return spanText(t) }

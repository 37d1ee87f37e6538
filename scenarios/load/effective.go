package load

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/agents/policy"
	"pasar/sim"
)

// effective writes the scenario with every default, in one canonical form, without the seed.
func (s *Scenario) effective(planned sim.Time) []byte {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("scenario: %s", s.Name)
	line("title: {%s}", byLanguage(s.Title, func(t string) string { return str(t) }))
	if len(s.Info) > 0 {
		line("info:")
		for _, lang := range languages {
			if i, ok := s.Info[lang]; ok {
				line("  %s: {question: %s, happens: %s, notice: %s, try: %s}", lang, str(i.Question), str(i.Happens), str(i.Notice), str(i.Try))
			}
		}
	}
	if s.Market != "" {
		line("market: %s", s.Market)
	}
	line("world:")
	line("  start: %s", when(s.Start))
	line("  end: %s", when(planned))
	if s.End != planned {
		line("  until: %s", when(s.End))
	}
	line("  burn_in: %s", spanText(s.BurnIn))
	line("  buyers: %d", s.Buyers)
	line("  window: %s", spanText(s.Window))
	if len(s.Outcomes) > 0 {
		line("outcomes: [%s]", strings.Join(s.Outcomes, ", "))
	}
	line("params:")
	var open []string
	for _, v := range s.Values {
		keys := strings.Split(strings.TrimPrefix(v.Path, "params."), ".")
		n := 0
		for n < len(open) && n < len(keys)-1 && open[n] == keys[n] {
			n++
		}
		for open = open[:n]; len(open) < len(keys)-1; open = append(open, keys[len(open)]) {
			line("%s%s:", indent(len(open)), keys[len(open)])
		}
		value := number(v.Value)
		if v.Changed {
			value = fmt.Sprintf("{value: %s, range: [%s, %s], source: %s, grade: %s}", value, number(v.Lo), number(v.Hi), str(v.Source), v.Grade)
		}
		line("%s%s: %s", indent(len(open)), keys[len(keys)-1], value)
	}
	var phases, actions []string
	for i := range s.Entries {
		if e := &s.Entries[i]; e.IsPhase() {
			phases = append(phases, e.ID+": {"+strings.Join(e.phaseFields(), ", ")+"}")
		} else {
			actions = append(actions, "- {"+strings.Join(e.fields(), ", ")+"}")
		}
	}
	block := func(key string, items []string) {
		if len(items) > 0 {
			line("%s:", key)
		}
		for _, item := range items {
			line("  %s", item)
		}
	}
	block("actions", actions)
	block("phases", phases)
	var branches []string
	for _, b := range s.Branches {
		text := b.Name + ": {drawn: " + b.Drawn
		for _, x := range b.Options {
			text += ", " + x.Name + ": {weight: " + number(x.Weight)
			if len(x.Holds) > 0 {
				text += ", holds: [" + strings.Join(x.Holds, ", ") + "]"
			}
			text += "}"
		}
		branches = append(branches, text+"}")
	}
	block("branches", branches)
	block("measure", sayings(s.Measures, "is"))
	block("assert", sayings(s.Asserts, "that"))
	return []byte(b.String())
}

func (s *Scenario) seedLine() []byte { return []byte(fmt.Sprintf("seed: %d\n", s.Seed)) }

func indent(n int) string { return strings.Repeat("  ", n+1) }

// str quotes text so that YAML reads it back as it is.
func str(s string) string { return strconv.QuoteToGraphic(s) }

func number(x any) string {
	switch x := x.(type) {
	case float64:
		return strconv.FormatFloat(x, 'g', -1, 64)
	case []float64:
		parts := make([]string, len(x))
		for i := range x {
			parts[i] = number(x[i])
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	panic("load: a parameter is neither a number nor a list")
}

func byLanguage(m map[string]string, write func(string) string) string {
	var parts []string
	for _, lang := range languages {
		if t, ok := m[lang]; ok {
			parts = append(parts, lang+": "+write(t))
		}
	}
	return strings.Join(parts, ", ")
}

func sayings(all []Said, main string) (out []string) {
	for _, x := range all {
		text := x.Name + ": {" + main + ": " + str(x.Expr.Source)
		if x.At != 0 {
			text += ", at: " + day(x.At-market.Day)
		}
		if x.Unit != "" {
			text += ", unit: " + str(x.Unit)
		}
		if x.Note != "" {
			text += ", note: " + str(x.Note)
		}
		out = append(out, text+"}")
	}
	return out
}

// timing says in the words of a file when an entry takes place, and what goes with it; begins is the key of a date or condition.
func (e *Entry) timing(begins string) (out []string) {
	key := func(own string) string {
		if begins != "" {
			return begins
		}
		return own
	}
	t := e.If
	switch {
	case t == nil:
		return []string{key("at") + ": " + when(e.When.At)}
	case t.After != "" && t.After == e.Phase && t.Later == 0:
		return nil
	case t.After != "" && t.Later == 0:
		return []string{key("after") + ": " + t.After}
	case t.After != "":
		return []string{key("after") + ": " + t.After + " + " + spanText(t.Later)}
	}
	out = append(out, key("when")+": "+str(t.When.Source))
	for _, x := range []struct {
		key  string
		span sim.Time
	}{{"for", t.For}, {"cooldown", t.Cooldown}, {"delay", t.Delay}} {
		if x.span != 0 {
			out = append(out, x.key+": "+spanText(x.span))
		}
	}
	if !t.Once {
		out = append(out, "once: false")
	}
	if t.Probability < 1 {
		out = append(out, "probability: "+number(t.Probability))
	}
	return out
}

// end says when an entry ends.
func (e *Entry) end(key string) (out []string) {
	switch {
	case e.Exit != nil:
		out = append(out, key+": "+str(e.Exit.Source))
	case e.If != nil && e.If.Until > 0:
		out = append(out, key+": "+spanText(e.If.Until))
	case e.When.Until != 0:
		out = append(out, key+": "+when(e.When.Until))
	}
	return out
}

// phaseFields writes a phase.
func (e *Entry) phaseFields() []string {
	return append(append(e.timing("enter"), e.end("exit")...), e.words()...)
}

// fields writes an action with what is said about it, deeds without.
func (e *Entry) fields() []string { return append(e.deeds(), e.words()...) }

func (e *Entry) deeds() []string {
	out := append([]string{"id: " + e.ID, "do: " + e.Do.Doc().Name}, e.timing("")...)
	if e.Phase != "" {
		out = append(out, "phase: "+e.Phase)
	}
	out = append(out, e.end("until")...)
	return append(out, written(reflect.ValueOf(e.Do).Elem())...)
}

// words writes what is said about an entry.
func (e *Entry) words() (out []string) {
	for _, t := range []struct{ key, text string }{{"note", e.Note}, {"source", e.Source}, {"grade", e.Grade}} {
		if t.text != "" {
			out = append(out, t.key+": "+str(t.text))
		}
	}
	return out
}

// written writes the fields of a struct that say something; those left at a default that cannot be written are left out.
func written(v reflect.Value) (out []string) {
	for _, f := range fieldsOf(v.Type()) {
		x := v.FieldByIndex(f.index)
		if f.List {
			parts := make([]string, x.Len())
			for i := range parts {
				parts[i] = one(f, x.Index(i))
			}
			if len(parts) > 0 {
				out = append(out, f.Name+": ["+strings.Join(parts, ", ")+"]")
			}
			continue
		}
		if text := one(f, x); text != "" {
			out = append(out, f.Name+": "+text)
		}
	}
	return out
}

func one(f Field, x reflect.Value) string {
	if f.Type == "table" {
		if x.Kind() == reflect.Pointer {
			if x.IsNil() {
				return ""
			}
			x = x.Elem()
		}
		return "{" + strings.Join(written(x), ", ") + "}"
	}
	switch y := x.Interface().(type) {
	case market.Channel:
		return y.String()
	case market.OwnerID:
		return y.String()
	case policy.Party:
		return y.String()
	case policy.Date:
		if y == 0 {
			return ""
		}
		if y < 0 {
			return spanText(-moment(y))
		}
		return when(moment(y))
	case policy.Span:
		if y == 0 {
			return ""
		}
		return spanText(sim.Time(y))
	case float64:
		if f.Bounded && (y < f.Min || y > f.Max) {
			return ""
		}
		return number(y)
	case bool:
		return strconv.FormatBool(y)
	case string:
		switch {
		case y == "":
			return ""
		case slices.Contains(f.Enum, y):
			return y
		}
		return str(y)
	}
	panic("load: a field cannot be written")
}

package load

import (
	"encoding/json"
	"slices"
	"strings"

	"pasar/agents/policy"
	"pasar/scenarios/cond"
)

// An object of JSON.
type object = map[string]any

// Schema is the JSON Schema (draft 2020-12) of scenario files, for editors. It is put together from the interventions' own
// tags and from the files of parameters. The loader knows more: dates on the grid, sums, references between actions.
func Schema() []byte {
	defs := object{
		"number":   variable(object{"type": "number"}),
		"date":     variable(object{"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:[0-9]{2})?)?$`, "description": "a date, " + dateForm}),
		"span":     variable(object{"type": "string", "pattern": spanForm.String(), "description": "a length of time, such as 14d or 6h"}),
		"text":     object{"type": "string"},
		"grade":    variable(object{"enum": grades, "description": "A official or two sources, B one credible source, C weak, D contested, none: an assumption"}),
		"variable": object{"type": "string", "pattern": `\$\{[^}]*\}`},
		"value":    object{"anyOf": []any{object{"type": []string{"string", "number", "boolean"}}}},
	}
	common := object{
		"id":     object{"type": "string", "pattern": idForm.String(), "description": "a name for this action, used by after and by --set"},
		"at":     described("date", "when it takes place"),
		"after":  object{"type": "string", "description": "the action or phase it follows, and how much later: pilot + 122d"},
		"phase":  object{"type": "string", "description": "the phase it belongs to: it begins with it, and a setting ends with it"},
		"until":  object{"anyOf": []any{ref("date"), ref("span")}, "description": "when a setting ends: a date, or a length of time"},
		"note":   described("text", "what readers should know about it"),
		"source": described("text", "where it is known from"),
		"grade":  ref("grade"),
	}
	for k, v := range waiting() {
		common[k] = v
	}
	var kinds []string
	var branches, wholes []any
	for _, do := range policy.All() {
		d := do.Doc()
		props, required := properties(Fields(do))
		for k, v := range common {
			if _, own := props[k]; !own && (k != "until" || !d.Process) {
				props[k] = v
			}
		}
		props["do"] = object{"const": d.Name}
		defs[d.Name] = object{"type": "object", "description": d.What, "properties": props, "additionalProperties": false}
		kinds = append(kinds, d.Name)
		is := object{"properties": object{"do": object{"const": d.Name}}, "required": []string{"do"}}
		branches = append(branches, object{"if": is, "then": ref(d.Name)})
		if len(required) > 0 {
			wholes = append(wholes, object{"if": is, "then": object{"required": required}})
		}
	}
	slices.Sort(kinds)
	defs["action"] = object{"type": "object", "required": []string{"id"}, "allOf": branches,
		"properties": object{"id": common["id"], "do": object{"enum": kinds, "description": "the intervention"}}}
	dated := []any{}
	for _, k := range dateKeys {
		dated = append(dated, object{"required": []string{k}})
	}
	dated = append(dated, object{"required": []string{"phase"}, "not": object{"anyOf": slices.Clone(dated)}})
	defs["whole"] = object{"required": []string{"do"}, "allOf": wholes, "oneOf": dated}
	defs["info"] = closed(object{
		"question": described("text", "what one asks"), "happens": described("text", "what is done"),
		"notice": described("text", "what to look at"), "try": described("text", "what to change next")})
	names := object{"anyOf": []any{ref("text"), object{"type": "array", "items": ref("text")}}}
	root := object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"title":   "A scenario of Pasar",
		"type":    "object", "additionalProperties": false, "required": []string{"scenario"},
		"properties": object{
			"scenario": object{"type": "string", "pattern": nameForm.String(), "description": "its name"},
			"title":    object{"anyOf": []any{ref("text"), closed(object{"en": ref("text"), "id": ref("text")})}},
			"info":     closed(object{"en": ref("info"), "id": ref("info")}),
			"extends":  described("text", "the scenario it builds on: a name of the library, or a file"),
			"include":  names,
			"vars":     object{"type": "object", "additionalProperties": ref("value"), "description": "values for ${name}"},
			"world": closed(object{
				"start": described("date", "first day of the results"), "end": described("date", "last day"),
				"until": described("date", "stop earlier or later than planned"), "burn_in": described("span", "played before and thrown away"),
				"buyers": object{"anyOf": []any{object{"type": "integer", "minimum": leastBuyers, "maximum": mostBuyers}, ref("variable")}, "description": "simulated buyers"},
				"window": described("span", "how long a message takes")}),
			"seed":     object{"anyOf": []any{object{"type": "integer", "minimum": 0}, ref("variable")}},
			"market":   object{"enum": markets, "description": "another market than Indonesia: its parameters hold where the file says nothing else"},
			"params":   parameters(),
			"actions":  object{"type": "array", "items": ref("action")},
			"phases":   phasesSchema(),
			"branches": branchesSchema(),
			"measure":  sayingsSchema("is", "numbers or conditions to print with the results"),
			"assert":   sayingsSchema("that", "conditions that the results must meet; else the exit code is 3"),
			"remove":   object{"type": "array", "items": ref("text"), "description": "ids of inherited actions to leave out"},
			"outcomes": object{"type": "array", "maxItems": mostOutcomes, "uniqueItems": true, "items": object{"enum": Outcomes}},
		},
		"if":    object{"not": object{"anyOf": []any{object{"required": []string{"extends"}}, object{"required": []string{"include"}}}}},
		"then":  object{"properties": object{"actions": object{"items": ref("whole")}}},
		"$defs": defs,
	}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic(err)
	}
	return append(out, '\n')
}

func ref(name string) object { return object{"$ref": "#/$defs/" + name} }

func described(name, what string) object {
	return object{"$ref": "#/$defs/" + name, "description": what}
}

func closed(props object) object {
	return object{"type": "object", "properties": props, "additionalProperties": false}
}

func variable(o object) object {
	return object{"anyOf": []any{o, ref("variable")}}
}

// waiting are the keys of a condition.
func waiting() object {
	return object{
		"when":        object{"type": "string", "description": "a condition on published indicators; see docs/scenarios.md. Functions: " + strings.Join(cond.Functions(), ", ")},
		"for":         described("span", "how long the condition must have held"),
		"once":        object{"anyOf": []any{object{"type": "boolean"}, ref("variable")}, "description": "whether it happens only once [default true]"},
		"cooldown":    described("span", "least time from one happening to the next, with once: false"),
		"probability": object{"anyOf": []any{object{"type": "number", "exclusiveMinimum": 0, "maximum": 1}, ref("variable")}, "description": "with which it happens; one draw for each stretch of days on which the condition holds [default 1]"},
		"delay":       described("span", "from the decision to its effect"),
	}
}

func phasesSchema() object {
	props := waiting()
	delete(props, "when")
	props["enter"] = object{"type": "string", "description": "when it begins: a date, <id> + 14d, or a condition"}
	props["exit"] = object{"type": "string", "description": "when it ends: a date, a length of time, or a condition"}
	props["actions"] = object{"type": "array", "items": ref("action")}
	props["note"], props["source"], props["grade"] = ref("text"), ref("text"), ref("grade")
	return object{"type": "object", "additionalProperties": closed(props), "description": "blocks of actions that begin and end together"}
}

func branchesSchema() object {
	props := object{"weight": object{"anyOf": []any{object{"type": "number", "minimum": 0}, ref("variable")}}}
	for _, k := range optionKeys[1:] {
		props[k] = object{"$ref": "#/properties/" + k}
	}
	props["actions"] = object{"type": "array", "items": ref("action")}
	props["holds"] = object{"type": "array", "items": ref("text"), "description": "in a receipt: ids of the actions of an option that was not drawn"}
	branch := object{"type": "object", "properties": object{"drawn": described("text", "the option that is taken, without a draw")}, "additionalProperties": closed(props)}
	return object{"type": "object", "additionalProperties": branch, "description": "forks: each run takes one option of each, by one draw"}
}

func sayingsSchema(main, what string) object {
	full := closed(object{main: ref("text"), "at": described("date", "the day at whose end it is read [default the last]"), "unit": ref("text"), "note": ref("text")})
	if main == "that" {
		delete(full["properties"].(object), "unit")
	}
	full["required"] = []string{main}
	return object{"type": "object", "additionalProperties": object{"anyOf": []any{ref("text"), full}}, "description": what}
}

// properties are the fields of an intervention, and which of them it cannot do without.
func properties(fields []Field) (props object, required []string) {
	props = object{}
	for _, f := range fields {
		var o object
		switch f.Type {
		case "number":
			o = object{"type": "number"}
			if f.Bounded {
				o["minimum"], o["maximum"] = f.Min, f.Max
			}
			o = variable(o)
		case "whole number":
			o = object{"type": "integer", "minimum": f.Min, "maximum": f.Max}
		case "date":
			o = object{"anyOf": []any{ref("date"), ref("span")}}
		case "length of time":
			o = object{"$ref": "#/$defs/span"}
		case "true or false":
			o = variable(object{"type": "boolean"})
		case "table":
			inner, need := properties(f.Fields)
			o = closed(inner)
			if len(need) > 0 && f.List {
				o["required"] = need
			}
		default:
			o = object{"type": "string"}
			if len(f.Enum) > 0 {
				o = variable(object{"enum": f.Enum})
			}
		}
		if f.List {
			o = object{"type": "array", "items": o}
		}
		about := []string{f.Doc}
		if f.Unit != "" {
			about = append(about, "("+f.Unit+")")
		}
		if f.Default != "" {
			about = append(about, "[default "+f.Default+"]")
		}
		o["description"] = strings.Join(about, " ")
		props[f.Name] = o
		if f.Required {
			required = append(required, f.Name)
		}
	}
	return props, required
}

// parameters are the groups of market.Params; each leaf is a value, or a table with the value and what is known about it.
func parameters() object {
	root := closed(object{})
	b := defaults()
	for _, at := range b.order {
		l := b.leaves[at]
		o := root
		keys := strings.Split(at, ".")
		for _, k := range keys[:len(keys)-1] {
			props := o["properties"].(object)
			if props[k] == nil {
				props[k] = closed(object{})
			}
			o = props[k].(object)
		}
		o["properties"].(object)[keys[len(keys)-1]] = l.schema()
	}
	return root
}

func (l *leaf) schema() object {
	in := object{"type": "number", "minimum": l.Lo, "maximum": l.Hi}
	free := ref("number")
	plain := variable(in)
	if l.len > 0 {
		plain = object{"type": "array", "minItems": l.len, "maxItems": l.len, "items": plain}
		free = object{"type": "array", "minItems": l.len, "maxItems": l.len, "items": free}
	}
	full := closed(object{"value": free, "unit": object{"const": l.Unit}, "source": ref("text"), "grade": ref("grade"),
		"range": object{"type": "array", "minItems": 2, "maxItems": 2, "items": ref("number")}})
	full["required"] = []string{"value"}
	return object{"anyOf": []any{plain, full}, "description": l.Unit + "; " + l.Source + " [default " + number(l.Default) + "]"}
}

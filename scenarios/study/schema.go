package study

import (
	"encoding/json"
	"slices"
	"strings"

	"pasar/scenarios/compare"
	"pasar/scenarios/load"
)

// An object of JSON.
type object = map[string]any

// Schema is the JSON Schema (draft 2020-12) of study files, for editors. It is put together from the tags of the structs that files are
// read into. The loader knows more: paths and their ranges, what goes with which design, the factors of a grid.
func Schema() []byte {
	names := func(doc string, list []string) object {
		return object{"type": "array", "items": object{"enum": list}, "uniqueItems": true, "description": doc}
	}
	texts := func(doc string) object {
		return object{"type": "array", "items": object{"type": "string"}, "description": doc}
	}
	text := object{"type": "string"}
	value := object{"type": []string{"number", "string", "boolean"}}
	factor := tagged(factorFile{})
	props := factor["properties"].(object)
	props["values"] = object{"type": "array", "minItems": 1, "items": value, "description": "what it may be: numbers, or words such as dates and options"}
	props["centre"] = object{"type": value["type"], "description": "with one at a time: what it is while others vary [as the scenario says]"}
	var kindNames []string
	var settings []any
	for _, k := range kinds() {
		o := tagged(k.make())
		o["properties"].(object)["kind"] = object{"const": k.name}
		kindNames = append(kindNames, k.name)
		settings = append(settings, object{"if": object{"properties": object{"kind": object{"const": k.name}}, "required": []string{"kind"}}, "then": o, "description": k.use})
	}
	info := object{}
	for _, k := range []string{"question", "happens", "notice", "try"} {
		info[k] = text
	}
	both := func(o object) object { return strict(object{"en": o, "id": o}) }
	numbers := tagged(scalars{})["properties"].(object)
	world := strict(object{"name": text, "scenario": text, "set": texts("path=value, in this one alone")})
	world["required"] = []string{"scenario"}
	root := strict(object{
		"study":        object{"type": "string", "pattern": `^[a-z0-9][a-z0-9-]{0,59}$`, "description": "its name"},
		"title":        object{"anyOf": []any{text, both(text)}},
		"info":         both(strict(info)),
		"scenarios":    object{"type": "array", "minItems": 1, "maxItems": mostWorlds, "items": object{"anyOf": []any{text, world}}, "description": "names of the library or paths; the first is the base"},
		"base":         object{"type": "string", "description": "the scenario that others are held against [the first]"},
		"buyers":       numbers["buyers"],
		"until":        object{"type": "string", "description": "last day of all worlds [as each scenario says]"},
		"set":          texts("path=value, in all worlds"),
		"factors":      object{"type": "object", "minProperties": 1, "propertyNames": object{"pattern": factorForm.String()}, "additionalProperties": factor, "description": "what varies"},
		"design":       object{"type": "object", "required": []string{"kind"}, "properties": object{"kind": object{"enum": kindNames, "description": "how the factors vary"}}, "allOf": settings},
		"replications": numbers["replications"],
		"seeds":        tagged(Seeds{}),
		"outcomes":     names("main outcomes, counted in each run and as effects against the base [as the base declares]", load.Outcomes),
		"window":       object{"enum": windows(), "description": "the days that outcomes are counted over: since the worlds may first differ, during the closure, during the pilot, after the reopening, or the whole run [since; whole with one scenario]"},
		"keep":         object{"type": "array", "items": object{"type": "string", "pattern": seriesForm.String()}, "description": "series to keep of each run: gmv.storefront.tiktok by week"},
		"stop":         tagged(Stop{}),
		"files":        object{"type": "object", "additionalProperties": text, "description": "texts of the files that the study names, by path; programs write it"},
	})
	root["$schema"], root["title"] = "https://json-schema.org/draft/2020-12/schema", "A study of Pasar"
	root["required"] = []string{"study", "scenarios", "factors", "design"}
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("study: " + err.Error())
	}
	return append(out, '\n')
}

// windows are the names of the stretches of days that outcomes can be counted over.
func windows() []string {
	return []string{compare.Since, compare.Ban, compare.Pilot, compare.Reopened, compare.Whole}
}

func strict(props object) object {
	return object{"type": "object", "properties": props, "additionalProperties": false}
}

// tagged is the schema of a struct, from its tags.
func tagged(v any) object { return fields(load.FieldsOf(v)) }

func fields(all []load.Field) object {
	props, required := object{}, []string{}
	for _, f := range all {
		o := object{}
		switch f.Type {
		case "number":
			o["type"] = "number"
		case "whole number":
			o["type"] = "integer"
		case "true or false":
			o["type"] = "boolean"
		case "table":
			o = fields(f.Fields)
		default:
			o["type"] = "string"
			if len(f.Enum) > 0 {
				o["enum"] = f.Enum
			}
		}
		if f.Bounded {
			o["minimum"], o["maximum"] = f.Min, f.Max
		}
		if f.List {
			o = object{"type": "array", "items": o}
		}
		about := []string{f.Doc}
		if f.Default != "" {
			about = append(about, "[default "+f.Default+"]")
		}
		o["description"] = strings.Join(about, " ")
		props[f.Name] = o
		if f.Required {
			required = append(required, f.Name)
		}
	}
	o := strict(props)
	if len(required) > 0 {
		o["required"] = slices.Clone(required)
	}
	return o
}

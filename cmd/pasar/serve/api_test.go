package serve

import (
	"encoding/json"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"

	"pasar/scenarios/lab"
)

// The OpenAPI file lists the calls that there are, and no others.
func TestOpenAPIListsTheRoutes(t *testing.T) {
	var file struct {
		Paths map[string]map[string]any `yaml:"paths"`
	}
	if err := yaml.Unmarshal(openapiYAML, &file); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for path, methods := range file.Paths {
		for m := range methods {
			listed[strings.ToUpper(m)+" "+path] = true
		}
	}
	d := done(t)
	for _, r := range d.lab.routes() {
		if !listed[r.pattern] {
			t.Errorf("openapi.yaml does not list %s", r.pattern)
		}
		delete(listed, r.pattern)
	}
	for _, x := range slices.Sorted(maps.Keys(listed)) {
		t.Errorf("openapi.yaml lists %s, which nobody answers", x)
	}
}

// schemas compiles those of the OpenAPI file, so that what they do not name is a mistake.
func schemas(t *testing.T) *jsonschema.Compiler {
	t.Helper()
	var file any
	if err := yaml.Unmarshal(openapiYAML, &file); err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(b)))
	if err != nil {
		t.Fatal(err)
	}
	all := doc.(map[string]any)["components"].(map[string]any)["schemas"].(map[string]any)
	parts := []string{"Column", "Card", "Difference", "World", "SweepCard"} // of others
	for name, s := range all {
		if !slices.Contains(parts, name) {
			seal(s)
		}
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("openapi.json", doc); err != nil {
		t.Fatal(err)
	}
	return c
}

func seal(s any) {
	switch x := s.(type) {
	case map[string]any:
		if _, object := x["properties"]; object {
			x["unevaluatedProperties"] = false
		}
		for _, k := range slices.Sorted(maps.Keys(x)) {
			seal(x[k])
		}
	case []any:
		for _, y := range x {
			seal(y)
		}
	}
}

// What is answered is what the OpenAPI file says, in every field.
func TestAnswersAreAsDescribed(t *testing.T) {
	d := done(t)
	c := schemas(t)
	agents := d.get(t, "/api/agents?key="+mainKey, nil)
	var who agentsJSON
	if err := json.Unmarshal(agents, &who); err != nil || len(who.Tracked) == 0 {
		t.Fatal(err, len(who.Tracked))
	}
	shelve(t, filepath.Join(folder, "shared", "tiny"), tiny, true)
	world := lab.World{Scenario: "pilot", Set: []string{"pilot.caps.share_of_pre=.1"}}
	for _, x := range []struct {
		schema string
		body   []byte
		list   bool
	}{
		{"Meta", d.get(t, "/api/meta", nil), false},
		{"Card", d.get(t, "/api/scenarios", nil), true},
		{"Scenario", d.get(t, "/api/scenarios/pilot", nil), false},
		{"Validation", d.post(t, "/api/validate", world, 200, nil), false},
		{"Validation", d.post(t, "/api/validate", lab.World{Text: "scenario: x\nextends: bann\n"}, 200, nil), false},
		{"Status", d.get(t, "/api/runs", nil), true},
		{"Status", d.get(t, "/api/runs/"+mainKey, nil), false},
		{"Series", d.get(t, "/api/runs/"+mainKey+"/series?runs=12", nil), false},
		{"Flows", d.get(t, "/api/runs/"+mainKey+"/flows", nil), false},
		{"LogLine", d.get(t, "/api/runs/"+mainKey+"/log?lang=id", nil), true},
		{"Comparison", d.get(t, "/api/compare?a="+baseKey+"&b="+mainKey, nil), false},
		{"Result", d.get(t, "/api/scenarios/ban/result", nil), false},
		{"Why", d.get(t, "/api/why?a="+baseKey+"&b="+mainKey, nil), false},
		{"Agents", agents, false},
		{"Story", d.get(t, "/api/agents/story?agent=sme:1&key="+mainKey, nil), false},
		{"Story", d.get(t, "/api/agents/story?agent=sme:1&key="+baseKey+"&b="+mainKey+"&lang=id", nil), false},
		{"SweepCard", d.get(t, "/api/sweeps", nil), true},
		{"Sweep", d.get(t, "/api/sweeps/tiny", nil), false},
		{"Sweep", d.get(t, "/api/sweeps/pilot-caps", nil), false},
		{"Error", d.call(t, http.MethodGet, "/api/scenarios/pilo", nil, 404, nil), false},
		{"Error", d.post(t, "/api/runs", lab.Request{World: lab.World{Scenario: "pilot", Set: []string{"params.disc.rho=9"}}}, 400, nil), false},
	} {
		s, err := c.Compile("openapi.json#/components/schemas/" + x.schema)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jsonschema.UnmarshalJSON(strings.NewReader(string(x.body)))
		if err != nil {
			t.Fatalf("%s: %v", x.schema, err)
		}
		items := []any{v}
		if x.list {
			if items = v.([]any); len(items) == 0 {
				t.Errorf("%s: an empty list says nothing", x.schema)
			}
		}
		for _, v := range items {
			if err := s.Validate(v); err != nil {
				t.Errorf("%s: %.900v", x.schema, err)
				break
			}
		}
	}
}

// Plain pages and reports work without the front end, in both languages, and say how to build it.
func TestPlainPages(t *testing.T) {
	d := newDesk(t, Options{Notes: "<p>make lab</p>"})
	for path, want := range map[string][]string{
		"/":                              {"make lab", "As it happened", "What if"},
		"/plain?lang=id":                 {"Seperti yang terjadi", `<html lang="id">`},
		"/plain/scenarios/pilot":         {"4 October", "Supervised pilot", "<svg"},
		"/plain/scenarios/pilot?lang=id": {"4 Oktober"},
		"/plain/style.css":               {"--sp-tiktok"},
		"/api/scenarios/ban/strip.svg":   {"<svg", "TikTok"},
	} {
		text := string(d.get(t, path, nil))
		for _, w := range want {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q: %.300s", path, w, text)
			}
		}
		if strings.Contains(text, "<script") {
			t.Errorf("%s has a script", path)
		}
	}
	s := done(t)
	for path, want := range map[string]string{
		"/report/" + mainKey + ".html":                              "small-ban",
		"/report/" + baseKey + ".." + mainKey + ".html?lang=id":     "dibandingkan",
		"/plain/runs/" + mainKey + "?base=" + baseKey + "&lang=id":  "/report/" + baseKey + ".." + mainKey,
		"/api/compare.csv?a=" + baseKey + "&b=" + mainKey:           "base,other,period",
		"/api/runs/" + mainKey + "/series?by=day&metric=gmv:owner":  `"by":"day"`,
		"/api/runs/" + mainKey + "/series?metric=hhi:owner&runs=12": `"runs":[[`,
	} {
		if text := string(s.get(t, path, nil)); !strings.Contains(text, want) {
			t.Errorf("%s does not say %q: %.300s", path, want, text)
		}
	}
}

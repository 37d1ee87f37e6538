package serve

import (
	_ "embed"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios"
	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/say"
)

//go:embed openapi.yaml
var openapiYAML []byte

func send(w http.ResponseWriter, v any) error {
	sendStatus(w, http.StatusOK, v)
	return nil
}

func sendStatus(w http.ResponseWriter, status int, v any) {
	b, err := json.Marshal(v)
	if err != nil {
		status, b = http.StatusInternalServerError, []byte(`{"error":{"message":"this answer cannot be written"}}`)
	}
	sendJSON(w, status, b)
}

func sendJSON(w http.ResponseWriter, status int, b []byte) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(b) // who is gone needs no answer
}

// read reads the body of a request.
func read(w http.ResponseWriter, r *http.Request, into any) error {
	d := json.NewDecoder(http.MaxBytesReader(w, r.Body, mostBody))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return err
		}
		return refuse(http.StatusBadRequest, "the request cannot be read: %s", strings.TrimPrefix(err.Error(), "json: "))
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return refuse(http.StatusBadRequest, "the request cannot be read: something follows it")
	}
	return nil
}

// lang is the language that a request asks for.
func (l *Lab) lang(r *http.Request) string {
	if x := r.URL.Query().Get("lang"); x == "en" || x == "id" {
		return x
	}
	return l.o.Lang
}

func (l *Lab) openapi(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/yaml")
	_, err := w.Write(openapiYAML)
	return err
}

// name is the scenario of the library that a request names, by its own name.
func (l *Lab) name(r *http.Request) (string, error) {
	name := r.PathValue("name")
	if !slices.Contains(l.names, name) {
		return "", &problem{status: http.StatusNotFound, err: lab.NoScenario(name)}
	}
	return name, nil
}

func (l *Lab) cards(all []lab.Card) ([]byte, error) {
	for i := range all {
		all[i].Strip = "/api/scenarios/" + all[i].Name + "/strip.svg"
	}
	return json.Marshal(all)
}

func (l *Lab) library(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "application/json")
	_, err := w.Write(l.gallery)
	return err
}

func (l *Lab) scenario(w http.ResponseWriter, r *http.Request) error {
	name, err := l.name(r)
	if err != nil {
		return err
	}
	s, err := load.Load(name, load.Overrides{Set: r.URL.Query()["set"]})
	if err != nil {
		return err
	}
	x := lab.SceneOf(s, sourceOf(s.Name))
	x.Strip = "/api/scenarios/" + s.Name + "/strip.svg"
	return send(w, x)
}

// sourceOf is the text of a scenario of the library.
func sourceOf(name string) string {
	b, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		return ""
	}
	return string(b)
}

// A validation is what is wrong with a scenario, or what it is.
type validation struct {
	Mistakes []mistake  `json:"mistakes"`
	Scenario *lab.Scene `json:"scenario"`
}

func (l *Lab) validate(w http.ResponseWriter, r *http.Request) error {
	var x lab.World
	if err := read(w, r, &x); err != nil {
		return err
	}
	s, err := x.Load(1, l.limits)
	var list load.Errors
	switch {
	case errors.As(err, &list):
		return send(w, validation{Mistakes: mistakes(list)})
	case err != nil:
		return err
	}
	text := x.Text
	if text == "" {
		text = sourceOf(s.Name)
	}
	scene := lab.SceneOf(s, text)
	return send(w, validation{[]mistake{}, &scene})
}

// meta is what is the same for all scenarios.
func (l *Lab) meta(w http.ResponseWriter, r *http.Request) error {
	type channel struct {
		Key  string   `json:"key"`
		Name lab.Text `json:"name"`
	}
	type outcome struct {
		Name  string   `json:"name"`
		Label lab.Text `json:"label"`
		lab.Column
		Bad    int          `json:"bad"`
		Fitted bool         `json:"fitted"`
		Parts  []lab.Column `json:"parts"`
	}
	type entry struct {
		Freq   string `json:"freq"`
		Metric string `json:"metric"`
		By     string `json:"by"`
		Unit   string `json:"unit"`
		What   string `json:"what"`
	}
	var x struct {
		Version    string          `json:"version"`
		Human      string          `json:"human"`
		Shared     bool            `json:"shared"`
		Quick      map[string]int  `json:"quick"`
		Limits     lab.Limits      `json:"limits"`
		Bands      int             `json:"bands"`
		Few        int             `json:"few"`
		GroupsFrom int             `json:"groups_from"`
		Palette    json.RawMessage `json:"palette"`
		Channels   []channel       `json:"channels"`
		Outcomes   []outcome       `json:"outcomes"`
		Charts     []lab.Column    `json:"charts"`
		Glossary   []entry         `json:"glossary"`
		Observed   []lab.Observed  `json:"observed"`
	}
	x.Version, x.Human, x.Shared, x.Limits = l.o.Version, l.o.Human, l.o.Code != "", l.guard.limits(r, l.limits)
	x.Quick = map[string]int{"buyers": lab.QuickBuyers, "n": lab.QuickReps}
	x.Bands, x.Few, x.GroupsFrom, x.Palette, x.Charts, x.Observed = lab.BandsFrom, measure.Few, lab.GroupsFrom, svgplot.Tokens(), lab.Charts(), lab.Facts()
	en, id := say.In("en"), say.In("id")
	for c := range market.Channels {
		x.Channels = append(x.Channels, channel{c.String(), lab.Text{EN: en.Channel(c), ID: id.Channel(c)}})
	}
	for _, o := range compare.Outcomes() {
		y := outcome{Name: o.Name, Label: lab.OutcomeName(o.Name), Column: lab.Column(o.Column), Bad: o.Bad, Fitted: o.Target != "", Parts: []lab.Column{}}
		for _, p := range o.Parts {
			y.Parts = append(y.Parts, lab.Column(p))
		}
		x.Outcomes = append(x.Outcomes, y)
	}
	for _, d := range measure.Definitions() {
		x.Glossary = append(x.Glossary, entry{d.Freq, d.Name, d.By, d.Unit, d.What})
	}
	return send(w, x)
}

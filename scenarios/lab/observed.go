package lab

import (
	"encoding/json"

	"pasar/scenarios"
	"pasar/scenarios/report"
)

// An Observed is a figure that was published, to be shown beside what is simulated.
type Observed struct {
	ID     string   `json:"id"` // of the fact
	Metric string   `json:"metric"`
	By     string   `json:"by"`
	Key    string   `json:"key"`
	Unit   string   `json:"unit"`
	From   string   `json:"from"`
	To     string   `json:"to"`
	Value  float64  `json:"value"`
	Lo     *float64 `json:"lo"`
	Hi     *float64 `json:"hi"`
	Source string   `json:"source"`
	Grade  string   `json:"grade"`
	Fitted bool     `json:"fitted"` // the calibration aims at it
	Note   Text     `json:"note"`
}

// Facts lists what was observed.
func Facts() (all []Observed) {
	b, err := scenarios.Files.ReadFile("observed.json")
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	if err != nil {
		panic("lab: " + err.Error())
	}
	return all
}

// OutcomeName is the name of a main outcome.
func OutcomeName(name string) Text {
	return textOf(func(lang string) string { return report.OutcomeName(name, lang) })
}

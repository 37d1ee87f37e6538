package study

import (
	"errors"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/load/loadtest"
)

// Each file of testdata/mistakes is refused at the line, and with the words, that its first lines say; and for nothing else.
func TestMistakes(t *testing.T) {
	loadtest.Mistakes(t, 50, 0, func(file string) (found []loadtest.Mistake) {
		_, err := Load(file)
		var all load.Errors
		errors.As(err, &all)
		for _, e := range all {
			found = append(found, loadtest.Mistake{File: e.File, Line: e.Line, Col: e.Col, Text: e.Error()})
		}
		return found
	})
}

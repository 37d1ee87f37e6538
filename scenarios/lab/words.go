package lab

import (
	"fmt"

	"pasar/scenarios/load"
	"pasar/scenarios/say"
)

// TextOf puts the same arguments into a text in both languages.
func TextOf(en, id string, args ...any) Text {
	return Text{fmt.Sprintf(en, args...), fmt.Sprintf(id, args...)}
}

// NoScenario is said where the library has no scenario of a name.
func NoScenario(name string) *Wrong {
	return &Wrong{What: fmt.Sprintf("there is no scenario %.60q in the library", name), Near: load.Nearest(name, load.Names()),
		Said: TextOf("There is no scenario “%.60s” in the library.", "Tidak ada skenario “%.60s” di pustaka.", name)}
}

// beyond is said of a number outside what a lab plays.
func beyond(field, en, id string, n, least, most int) *Wrong {
	return &Wrong{What: fmt.Sprintf("%s: %d", field, n), Allowed: fmt.Sprintf("%d to %d", least, most), Said: Text{
		fmt.Sprintf("%d %s are asked for; this lab plays %d to %d.", n, en, least, most), fmt.Sprintf("Diminta %d %s; lab ini memainkan %d sampai %d.", n, id, least, most)}}
}

// sourceOf is where a number or a date comes from, as a reader understands it: works by their names instead of their codes.
func sourceOf(note string) Text {
	return textOf(func(lang string) string { l := say.In(lang); return l.Works(l.SourceWords(note)) })
}

// unitOf is the unit of a parameter.
func unitOf(unit string) Text {
	return textOf(func(lang string) string { l := say.In(lang); return l.UnitWord(unit) })
}

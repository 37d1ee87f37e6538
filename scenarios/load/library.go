package load

import (
	"path"
	"slices"
	"strings"

	"pasar/scenarios"
)

// aliases are second names of scenarios.
var aliases = map[string]string{"as-it-happened": "pilot"}

// A Listing is a scenario of the library, for a list.
type Listing struct {
	Name     string
	Aliases  []string // other names it can be run by
	Title    map[string]string
	Question map[string]string
}

// Library lists the scenarios that come with the program, by name.
func Library() []Listing {
	var all []Listing
	for _, name := range names() {
		s, err := Load(name, Overrides{})
		if err != nil {
			panic("load: a scenario of the library does not load:\n" + err.Error())
		}
		l := Listing{Name: name, Title: s.Title, Question: map[string]string{}}
		for alias, of := range aliases { // sorted below
			if of == name {
				l.Aliases = append(l.Aliases, alias)
			}
		}
		slices.Sort(l.Aliases)
		for lang, info := range s.Info {
			l.Question[lang] = info.Question
		}
		all = append(all, l)
	}
	return all
}

// Names lists what the scenarios of the library can be run by, by name; aliases are among them.
func Names() []string {
	list := names()
	for alias := range aliases { // sorted below
		list = append(list, alias)
	}
	slices.Sort(list)
	return list
}

// names lists the files of the library.
func names() []string {
	entries, err := scenarios.Files.ReadDir(".")
	if err != nil {
		panic(err)
	}
	var list []string
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".yaml"); path.Ext(e.Name()) == ".yaml" {
			list = append(list, name)
		}
	}
	return list
}

package study

import (
	"path"
	"strings"

	"pasar/scenarios"
)

// Library lists the studies that come with the program, by name.
func Library() []*Study {
	var all []*Study
	for _, name := range names() {
		s, err := Load(name)
		if err != nil {
			panic("study: a study of the library does not load:\n" + err.Error())
		}
		all = append(all, s)
	}
	return all
}

// names lists the files of the library.
func names() (list []string) {
	entries, err := scenarios.Files.ReadDir("studies")
	if err != nil {
		panic(err)
	}
	for _, e := range entries {
		if path.Ext(e.Name()) == ".yaml" {
			list = append(list, strings.TrimSuffix(e.Name(), ".yaml"))
		}
	}
	return list
}

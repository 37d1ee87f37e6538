package study

import (
	"os"
	"path"
	"slices"
	"strings"

	"pasar/scenarios"
	"pasar/scenarios/load"
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

// Is tells whether a name or a path is that of a study: one of the library, or a file with the key study.
func Is(ref string) bool {
	if slices.Contains(names(), ref) {
		return true
	}
	if info, err := os.Stat(ref); err != nil || !info.Mode().IsRegular() || info.Size() > mostSize {
		return false
	}
	data, err := os.ReadFile(ref)
	if err != nil {
		return false
	}
	_, top := load.Read(ref, data, form)
	return top.Get("study") != nil
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

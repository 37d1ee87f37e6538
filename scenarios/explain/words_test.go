package explain

import (
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// Both languages have all sentences, with the same places for values.
func TestWordsAreWhole(t *testing.T) {
	places := regexp.MustCompile(`%\[\d\]s`)
	of := func(s string) []string {
		list := places.FindAllString(s, -1)
		slices.Sort(list)
		return slices.Compact(list)
	}
	var walk func(path string, a, b reflect.Value)
	walk = func(path string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.String:
			x, y := a.String(), b.String()
			if (x == "") != (y == "") || !slices.Equal(of(x), of(y)) {
				t.Errorf("%s: %q and %q", path, x, y)
			}
			if x == "" && !strings.HasSuffix(path, ".did[0]") {
				t.Errorf("%s is empty", path)
			}
		case reflect.Array:
			for i := range a.Len() {
				walk(path+"["+string(rune('0'+i%10))+"]", a.Index(i), b.Index(i))
			}
		case reflect.Map:
			for _, k := range a.MapKeys() {
				if v := b.MapIndex(k); v.IsValid() {
					walk(path+".once", a.MapIndex(k), v)
				} else {
					t.Errorf("%s: %v is missing", path, k)
				}
			}
		case reflect.Struct:
			for i := range a.NumField() {
				if f := a.Type().Field(i); f.Name != "Language" {
					walk(path+"."+f.Name, a.Field(i), b.Field(i))
				}
			}
		}
	}
	walk("", reflect.ValueOf(*english()), reflect.ValueOf(*indonesian()))
}

// Marks are read as they are written, and what is not one is refused.
func TestMarks(t *testing.T) {
	k := Mark{7, 1 << 40, 4_000_000_000, 12, 3}
	if got, err := ParseMark(k.String()); got != k || err != nil {
		t.Errorf("%v comes back as %v: %v", k, got, err)
	}
	for _, s := range []string{"", "1.2.3.4", "1.2.3.4.5.6", "1.2.3.-4.5", "a.2.3.4.5", "5000000000.1.1.1.1"} {
		if _, err := ParseMark(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
}

// What the Desk does is no story.
func TestNoStory(t *testing.T) {
	m := Of(library(t, "ban", 100, "2023-01-31")).Market
	if _, err := (&Life{ID: m.Desk, market: m, run: &Run{}}).Tell(); err == nil {
		t.Error("the Desk has a story")
	}
}

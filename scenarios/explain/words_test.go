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

// Names and marks are read as they are written, and what is not one is refused with a hint.
func TestNames(t *testing.T) {
	m := Of(library(t, "ban", 100, "2023-01-31")).Market
	for id := range m.Desk + 3 {
		name := Name(m, id)
		if got, err := ParseName(m, name); got != id || err != nil {
			t.Fatalf("agent %d is %s, which is agent %d: %v", id, name, got, err)
		}
	}
	for name, hint := range map[string]string{
		"sme:99999": "there are sme:0 to sme:", "sme:": "there are sme:0", "sme:x": "sme:0", "sem:3": `did you mean "sme"?`, "shopeee": `did you mean "shopee"?`, "": "sme:N", "buyer:-1": "buyer:0",
	} {
		if _, err := ParseName(m, name); err == nil || !strings.Contains(err.Error(), hint) {
			t.Errorf("%q: %v", name, err)
		}
	}
	k := Mark{7, 1 << 40, 4_000_000_000, 12, 3}
	if got, err := ParseMark(k.String()); got != k || err != nil {
		t.Errorf("%v comes back as %v: %v", k, got, err)
	}
	for _, s := range []string{"", "1.2.3.4", "1.2.3.4.5.6", "1.2.3.-4.5", "a.2.3.4.5", "5000000000.1.1.1.1"} {
		if _, err := ParseMark(s); err == nil {
			t.Errorf("%q is read", s)
		}
	}
	if _, err := (&Life{ID: m.Desk, market: m, run: &Run{}}).Tell(); err == nil {
		t.Error("the Desk has a story")
	}
}

package cli

import (
	"reflect"
	"regexp"
	"slices"
	"testing"
	"time"

	"pasar/scenarios/stats"
)

// No text is empty in a language, and both take the same parts in the same order.
func TestWordsAreWhole(t *testing.T) {
	place := regexp.MustCompile(`%[a-z]`)
	var compare func(at string, a, b reflect.Value)
	compare = func(at string, a, b reflect.Value) {
		switch a.Kind() {
		case reflect.Interface:
			compare(at, a.Elem(), b.Elem())
		case reflect.Slice, reflect.Array:
			for i := range max(a.Len(), b.Len()) {
				compare(at, a.Index(i), b.Index(i))
			}
		default:
			if a.Len() == 0 || b.Len() == 0 || !slices.Equal(place.FindAllString(a.String(), -1), place.FindAllString(b.String(), -1)) {
				t.Errorf("%s: %q and %q", at, a, b)
			}
		}
	}
	en, id := reflect.ValueOf(english), reflect.ValueOf(indonesian)
	for i := range en.NumField() {
		compare(en.Type().Field(i).Name, en.Field(i), id.Field(i))
	}
}

// Numbers and lengths of time on the way, as each language writes them.
func TestProgressInWords(t *testing.T) {
	up := stats.PairT([]float64{100}, []float64{101.25}, .95)
	for _, x := range []struct{ got, want string }{
		{lang("en").span(65 * time.Second), "1m5s"},
		{lang("id").span(65 * time.Second), "1 mnt 5 dtk"},
		{lang("id").span(2*time.Hour + time.Minute), "2 jam 1 mnt 0 dtk"},
		{lang("id").span(1500 * time.Microsecond), "1,5 mdtk"},
		{lang("en").perSecond(18_300), "18k ev/s"},
		{lang("id").perSecond(18_300), "18 rb peristiwa/dtk"},
		{lang("id").perSecond(1_260_000), "1,3 jt peristiwa/dtk"},
		{lang("en").perSecond(12), "12 ev/s"},
		{lang("en").num(.0312, 'g', 3), "0.0312"},
		{lang("id").num(.0312, 'g', 3), "0,0312"},
		{lang("en").soFar("ban+params.disc.rho=.8", up), "; ban+params.disc.rho=.8 +1.2 %"},
		{lang("id").soFar("ban+params.disc.rho=.8", up), "; ban+params.disc.rho=.8 +1,2 %"},
	} {
		if x.got != x.want {
			t.Errorf("%q, want %q", x.got, x.want)
		}
	}
}

package sweep

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Report and pictures are there in both languages, and none of an older language is left when a sweep is told in the other one.
func TestBothLanguages(t *testing.T) {
	p, dir := planned(t, ""), t.TempDir()
	all := made(p, func(point, rep, world int) float64 { return float64(1 + point + rep%3 + world) })
	for _, x := range []struct{ lang, other string }{{"en", "id"}, {"id", "en"}, {"", "id"}} {
		if _, err := p.Write(dir, all, x.lang, nil); err != nil {
			t.Fatal(err)
		}
		here := map[string]string{"en": "id", "id": "en"}[x.other]
		for name, lang := range map[string]string{ReportFile: here, ReportIn(x.other): x.other} { // each is looked at, in any order
			if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || !strings.Contains(string(b), `<html lang="`+lang+`"`) {
				t.Errorf("told in %q: %s is not in %s (%v)", x.lang, name, lang, err)
			}
		}
		if _, err := os.Stat(filepath.Join(dir, ReportIn(here))); err == nil {
			t.Errorf("told in %q: an older %s is left", x.lang, ReportIn(here))
		}
		if _, err := os.Stat(filepath.Join(dir, FiguresDir, here)); err == nil {
			t.Errorf("told in %q: older pictures in %s are left", x.lang, here)
		}
	}
}

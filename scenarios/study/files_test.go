package study

import (
	"os"
	"path/filepath"
	"testing"
)

// A study that names files carries them: its text reads the same where the files are not.
func TestCarriesItsFiles(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{
		"studies/mine.yaml": "study: mine\nscenarios: [no-ban, ../worlds/hard.yaml]\nbuyers: 300\nfactors:\n" +
			"  rho: {path: params.disc.rho}\n  shut: {path: sep.at, in: [hard]}\ndesign: {kind: csv, file: points.csv}\noutcomes: [gmv]",
		"studies/points.csv":     "rho,shut\n.5,2023-10-04T17:00\n0.25, 2023-11-04T17:00\r\n",
		"worlds/hard.yaml":       "scenario: hard\nextends: ban\ninclude: ./parts/less.yaml\n\n# a comment: with \"quotes\"\n",
		"worlds/parts/less.yaml": "\n  \nparams: {choice: {kappa: .5}}\n",
	} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	for _, ref := range []string{"studies/mine.yaml", filepath.Join(dir, "studies/mine.yaml")} {
		s, err := Load(ref)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Parse("elsewhere", s.Text)
		if err != nil {
			t.Fatalf("%v\n%s", err, s.Text)
		}
		if again.Hash() != s.Hash() || string(again.Text) != string(s.Text) || len(again.Points()) != 2 {
			t.Errorf("another study:\n%s", again.Text)
		}
		if p := again.Points()[1].Values; p[0].Number != .25 || p[1].Word != "2023-11-04T17:00" {
			t.Errorf("%+v", p)
		}
		x, err := again.Scenario(1, 1, 3)
		if err != nil || x.Params.Choice.Kappa != .5 || x.Params.Disc.Rho != .25 {
			t.Errorf("%v %+v", err, x)
		}
	}
}

package sweep

import (
	"errors"
	"strings"
	"testing"

	"pasar/scenarios/study"
)

// What may change in a study whose folder is there: what adds to it, and words for readers. All else is refused, and nothing is written then.
func TestClaim(t *testing.T) {
	const (
		head   = "study: small\ntitle: {en: Small}\nscenarios: [no-ban, ban]\nbuyers: 100\nuntil: 2023-11-22\nreplications: 2\noutcomes: [gmv, orders]\nkeep: [gmv.storefront.tiktok by week]\n"
		list   = "factors: {calvo: {path: params.sme.calvo, values: [.3, .5]}, share: {path: sep.linkout, values: [.1, .2], in: [ban]}}\ndesign: {kind: list}\n"
		csv    = "factors: {calvo: {path: params.sme.calvo}}\ndesign: {kind: csv, file: points.csv}\nfiles: {points.csv: \"calvo\\n.3\\n.5\\n\"}\n"
		grid   = "factors: {calvo: {path: params.sme.calvo, range: [.3, .5], levels: 3}}\ndesign: {kind: grid}\n"
		draw   = "factors: {calvo: {path: params.sme.calvo, range: [.3, .5]}}\ndesign: {kind: random, points: 4}\n"
		vars   = "factors: {x: {path: vars.x, values: [.1, .2], in: [ban]}}\ndesign: {kind: list}\nfiles: {ban.yaml: \"scenario: ban\\nextends: no-ban\\nvars: {x: .1}\\n\"}\n"
		all    = "stop: {failed: .5}\nseeds: {first: 1}\n"
		others = "varies, plays or keeps something else"
	)
	for name, c := range map[string]struct {
		design, old, new string
		want             string // in the error; "": it goes on
	}{
		"more replications":        {list, "replications: 2", "replications: 3", ""},
		"fewer replications":       {list, "replications: 2", "replications: 1", "the study has replications: 1 now, fewer than the 2, of "},
		"words":                    {list, "en: Small", "en: Larger", ""},
		"a rule to stop":           {list, "failed: .5", "failed: .4", ""},
		"list, more":               {list, "values: [.3, .5]}, share: {path: sep.linkout, values: [.1, .2]", "values: [.3, .5, .6]}, share: {path: sep.linkout, values: [.1, .2, .3]", ""},
		"list of a variable, more": {vars, "[.1, .2]", "[.1, .2, .3, .4]", ""},
		"list, fewer":              {list, "values: [.3, .5]}, share: {path: sep.linkout, values: [.1, .2]", "values: [.3]}, share: {path: sep.linkout, values: [.1]", "the study has 1 points now, fewer than the 2"},
		"list, other":              {list, "[.3, .5]", "[.3, .6]", "the first points of the study are no longer the 2"},
		"list, another order":      {list, "[.3, .5]", "[.5, .3]", "no longer the 2"},
		"table, more":              {csv, ".5\\n", ".5\\n.6\\n", ""},
		"table, fewer":             {csv, ".5\\n", "", "1 points now, fewer than the 2"},
		"table, other":             {csv, ".5\\n", ".6\\n", "no longer the 2"},
		"table, one in between":    {csv, ".5\\n", ".4\\n.5\\n", "no longer the 2"},
		"sample, more":             {draw, "points: 4", "points: 5", ""},
		"sample, fewer":            {draw, "points: 4", "points: 3", "3 points now, fewer than the 4"},
		"sample, another":          {draw, "points: 4", "points: 4, seed: 7", others},
		"range":                    {draw, "[.3, .5]", "[.3, .6]", others},
		"levels":                   {grid, "levels: 3", "levels: 5", others},
		"path":                     {grid, "sme.calvo", "disc.rho", others},
		"where it is set":          {list, "values: [.3, .5]", "values: [.3, .5], in: [no-ban]", others},
		"seeds":                    {list, "first: 1", "first: 2", others},
		"outcomes":                 {list, "[gmv, orders]", "[gmv]", others},
		"another first outcome":    {list, "[gmv, orders]", "[orders, gmv]", others},
		"kept":                     {list, "tiktok by week", "tiktok by day", others},
		"window":                   {list, "keep:", "window: whole\nkeep:", others},
		"buyers":                   {list, "buyers: 100", "buyers: 120", others},
		"until":                    {list, "2023-11-22", "2023-11-29", others},
		"scenarios":                {list, "[no-ban, ban]", "[no-ban, {scenario: ban, name: ban, set: [params.disc.rho=.5]}]", others},
		"set":                      {list, "buyers: 100", "set: [params.disc.rho=.5]\nbuyers: 100", others},
	} {
		t.Run(name, func(t *testing.T) {
			text := head + all + c.design
			if c.design == vars {
				text = strings.Replace(text, "no-ban, ban]", "no-ban, ./ban.yaml]", 1)
			}
			plan := func(text string) *Plan {
				s, err := study.Parse("small.yaml", []byte(text))
				if err != nil {
					t.Fatalf("%v\n%s", err, text)
				}
				p, err := NewPlan(s, "v", "0")
				if err != nil {
					t.Fatal(err)
				}
				return p
			}
			dir := t.TempDir()
			if err := plan(text).Claim(dir); err != nil {
				t.Fatal(err)
			}
			if err := plan(text).Claim(dir); err != nil {
				t.Errorf("the same study again: %v", err)
			}
			before := folder(t, dir)
			changed := strings.Replace(text, c.old, c.new, 1)
			if changed == text {
				t.Fatalf("nothing changed")
			}
			err := plan(changed).Claim(dir)
			after := folder(t, dir)
			switch {
			case c.want == "" && (err != nil || string(after["/"+StudyFile]) != changed):
				t.Errorf("it does not go on: %v", err)
			case c.want != "" && (!errors.Is(err, ErrTaken) || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "--out")):
				t.Errorf("%v, want %s", err, c.want)
			case c.want != "" && (string(after["/"+StudyFile]) != string(before["/"+StudyFile]) || string(after["/"+FolderFile]) != string(before["/"+FolderFile])):
				t.Error("what is refused has changed the folder")
			}
		})
	}
}

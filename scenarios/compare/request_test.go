package compare

import "testing"

// A request says the line that plays it again, as a shell takes it.
func TestCommand(t *testing.T) {
	r := Request{Worlds: []Asked{{Ref: "no-ban"}, {Ref: "./my file.yaml", Set: []string{"params.disc.rho=.8", "aud.decision=revoke"}}}, Seeds: []uint64{7, 8}, Buyers: 300, Range: UsualRange}
	for _, x := range []struct {
		change func()
		want   string
	}{
		{func() {}, "pasar compare no-ban './my file.yaml+params.disc.rho=.8+aud.decision=revoke' --reps 2 --buyers 300 --seed 7"},
		{func() { r.Until, r.Lang, r.Checked = "2023-12-31", "id", 2 }, "pasar compare no-ban './my file.yaml+params.disc.rho=.8+aud.decision=revoke' --reps 2 --buyers 300 --until 2023-12-31 --seed 7 --checked 2 --lang id"},
		{func() {
			r = Request{Worlds: []Asked{{Ref: "ban"}, {Ref: "it's"}}, Seeds: []uint64{1}, Buyers: 200, Precise: .05, Most: 60}
		}, `pasar compare ban 'it'\''s' --until-precise 5% --reps 60 --buyers 200 --seed 1 --range 0`},
	} {
		x.change()
		if got := r.Command(); got != x.want {
			t.Errorf("%s\nnot %s", got, x.want)
		}
	}
}

// A comparison remembers what it was asked.
func TestRequestOfComparison(t *testing.T) {
	c := small(t, Options{Reps: 2, Seed: 3, Checked: 1, Version: "test", Store: kept()}, "no-ban", "ban+params.disc.rho=.7")
	r := c.Request()
	if got := r.Command(); got != "pasar compare no-ban ban+params.disc.rho=.7 --reps 2 --buyers 200 --until 2024-02-29 --seed 3 --range 0" {
		t.Error(got)
	}
	if len(r.Runs) != 4 || r.Runs[3].Seed != 4 || r.Worlds[1].Hash != c.Scenarios[1].Hash || r.Checked != 1 || r.Version != "test" {
		t.Errorf("%+v", r)
	}
}

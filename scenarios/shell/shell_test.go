package shell

import (
	"os/exec"
	"testing"
)

// words are as a shell must take them; test/unit/link.test.ts of the lab has some of the same.
var words = []struct{ word, want string }{
	{"runs/mine", "runs/mine"},
	{"pilot+pilot.caps.share_of_pre=.1", "pilot+pilot.caps.share_of_pre=.1"},
	{"5%", "5%"},
	{"nats://a:4222,b:4222", "nats://a:4222,b:4222"},
	{"my runs/r", "'my runs/r'"},
	{"it's", `'it'\''s'`},
	{"", "''"},
	{"~/r", "'~/r'"},
	{"pilot~2", "'pilot~2'"},
	{"$HOME", "'$HOME'"},
	{"a;b", "'a;b'"},
	{"a&b|c", "'a&b|c'"},
	{"a*?[x]{y}(z)", "'a*?[x]{y}(z)'"},
	{"#a!\"`<>", "'#a!\"`<>'"},
	{"a\nb\t", "'a\nb\t'"},
	{"pasar-é", "'pasar-é'"},
}

func TestQuote(t *testing.T) {
	for _, x := range words {
		if got := Quote(x.word); got != x.want {
			t.Errorf("%q is quoted as %s, want %s", x.word, got, x.want)
		}
	}
	if got := Line("pasar", "run", "my file.yaml", "--seed", "1"); got != "pasar run 'my file.yaml' --seed 1" {
		t.Error(got)
	}
}

// A shell reads each word as it was.
func TestShellReadsIt(t *testing.T) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("no shell here")
	}
	for _, x := range words {
		out, err := exec.Command(sh, "-c", "printf %s "+Quote(x.word)).Output()
		if err != nil || string(out) != x.word {
			t.Errorf("the shell reads %s as %q, %v", Quote(x.word), out, err)
		}
	}
}

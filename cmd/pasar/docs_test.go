package main

import (
	"bytes"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pasar/cmd/pasar/cli"
)

var (
	link    = regexp.MustCompile(`\]\(([^)#]+)[^)]*\)`)
	testRef = regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9_]+)`")
	command = regexp.MustCompile(`(?m)^(?:go run \./cmd/)?pasar (.*?)(?:\s{2,}#.*)?$`)
)

// Documents tell the truth about files, tests and commands.
func TestDocs(t *testing.T) {
	tests := map[string]bool{}
	for _, s := range all(t) {
		for _, m := range regexp.MustCompile(`func ((?:Test|Fuzz)\w+)\(`).FindAllSubmatch(s.text, -1) {
			tests[string(m[1])] = true
		}
	}
	docs, _ := filepath.Glob(filepath.Join(top, "*.md"))
	err := filepath.WalkDir(filepath.Join(top, "docs"), func(path string, d fs.DirEntry, err error) error {
		if filepath.Ext(path) == ".md" {
			docs = append(docs, path)
		}
		return err
	})
	if err != nil || len(docs) < 5 {
		t.Fatal(docs, err)
	}
	for _, doc := range docs {
		text, err := os.ReadFile(doc)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			if _, err := os.Stat(filepath.Join(filepath.Dir(doc), m[1])); err != nil {
				t.Errorf("%s links to %s, which is not there", doc, m[1])
			}
		}
		for _, m := range testRef.FindAllStringSubmatch(string(text), -1) {
			if !tests[m[1]] {
				t.Errorf("%s names %s, which is no test", doc, m[1])
			}
		}
		for _, m := range command.FindAllStringSubmatch(string(text), -1) {
			t.Run(m[1], func(t *testing.T) {
				t.Chdir(t.TempDir()) // some begin a file
				tryCommand(t, doc, m[1])
			})
		}
	}
}

// tryCommand checks the verb and the flags of a command in a document, without running what takes long: a --set of nonsense
// makes run and compare refuse, with that as its only complaint.
func tryCommand(t *testing.T, doc, line string) {
	args := strings.Fields(line)
	const nonsense = "nonsense"
	switch {
	case args[0] == "sweep" || args[0] == "worker" || args[0] == "replay" || args[0] == "runs" || args[0] == "verify" || args[0] == "serve" || slices.Contains(args, "--from"): // of a run that is not here, or for long
		args = append(args, "--help")
	case args[0] == "run", args[0] == "compare":
		if i := slices.Index(args, "..."); i >= 0 {
			return
		}
		args = append(args, "--set", nonsense)
	case strings.Contains(line, "<id>"): // of a run that is not there
		return
	case args[0] == "validate" || strings.HasPrefix(args[0], "VERB"):
		return
	}
	var stderr bytes.Buffer
	code := cli.Main(args, strings.NewReader(""), io.Discard, &stderr, front())
	text := stderr.String()
	if (args[0] == "run" || args[0] == "compare") && code == cli.BadInput && strings.HasPrefix(text, "--set "+nonsense) && strings.Count(text, "\n") == 1 {
		return
	}
	if code != cli.Done {
		t.Errorf("%s: pasar %s: exit code %d\n%s", doc, line, code, text)
	}
}

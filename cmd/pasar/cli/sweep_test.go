package cli

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pasar/scenarios/queue"
	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

const fewDays = `study: few-days
scenarios: [no-ban, ban]
buyers: 100
until: 2023-01-03
factors: {calvo: {path: params.sme.calvo, values: [.3, .5]}}
design: {kind: list}
replications: 1
outcomes: [gmv]
`

// swept plays a study, and returns its folder.
func swept(t *testing.T) (dir string) {
	t.Helper()
	dir = filepath.Join(t.TempDir(), "done")
	path := filepath.Join(t.TempDir(), "few.yaml")
	if err := os.WriteFile(path, []byte(fewDays), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, said := typed("sweep", path, "--out", dir, "--quiet"); code != Done {
		t.Fatalf("%d: %s", code, said)
	}
	return dir
}

// typed is what a command line comes to.
func typed(args ...string) (code int, said string) {
	var b bytes.Buffer
	code = Main(args, strings.NewReader(""), &b, &b, Front{})
	return code, b.String()
}

// Who stops a sweep before it was told anything hears how much is kept all the same, and that is what status says.
func TestStoppedAtOnce(t *testing.T) {
	dir := swept(t)
	s, err := study.Load(filepath.Join(dir, sweep.StudyFile))
	if err == nil {
		s, err = s.Grow(3, 0)
	}
	if err != nil {
		t.Fatal(err)
	}
	p, err := sweep.NewPlan(s, Version(), Human)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	r := &sweeper{streams: &streams{out: &b, err: &b}, dir: dir, workers: 1, patience: 1e9, lang: "en", quiet: true}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if err := r.run(ctx, p); err == nil || !strings.Contains(err.Error(), "stopped; 2 of 6 cells are done and kept") {
		t.Errorf("%v", err)
	}
	if code, said := typed("sweep", "status", dir); code != Done || !strings.Contains(said, "2 of 6 cells done, 0 given up, 0 running, 4 waiting\nnobody plays it; pasar sweep resume ") {
		t.Errorf("%d: %s", code, said)
	}
}

// A second process at a folder is refused with who has it and what can be done, and changes nothing there.
func TestSecondProcess(t *testing.T) {
	dir := swept(t)
	files := func() string {
		a, err := os.ReadFile(filepath.Join(dir, sweep.StudyFile))
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(dir, sweep.FolderFile))
		if err != nil {
			t.Fatal(err)
		}
		return string(a) + string(b)
	}
	before := files()
	first, err := queue.Serve(queue.ServerOptions{Dir: filepath.Join(dir, sweep.QueueDir)})
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	for _, args := range [][]string{{"resume", dir}, {"expand", dir, "--reps", "5"}, {"retry-failed", dir}} {
		code, said := typed(append([]string{"sweep"}, args...)...)
		if code != Failed || !strings.Contains(said, fmt.Sprintf("process %d plays %s; pasar sweep status ", os.Getpid(), dir)) {
			t.Errorf("%s: %d: %s", args[0], code, said)
		}
	}
	if files() != before {
		t.Error("who was refused has changed the study")
	}
}

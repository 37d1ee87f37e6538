package main

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pasar/scenarios/queue"
	"pasar/scenarios/sweep"
)

// smallStudy has three points, four worlds' worth of short runs each.
const smallStudy = `study: small
scenarios: [no-ban, {scenario: no-ban, name: live, set: [params.sme.live_disc=.15]}]
buyers: 100
until: 2023-01-15
factors: {calvo: {path: params.sme.calvo, range: [.3, .5], levels: 3}}
design: {kind: grid}
replications: 2
outcomes: [gmv, orders]
keep: [gmv.storefront.tiktok by week]
`

// program is pasar with arguments, as a process of its own.
func program(t *testing.T, args ...string) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	c := &exec.Cmd{Path: self, Args: append([]string{"pasar"}, args...), Dir: ".", Stdout: &said, Stderr: &said}
	return c, &said
}

// results are the files of a sweep but for its queue, by name.
func results(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if d.Name() == "queue" {
				return filepath.SkipDir
			}
			return nil
		}
		b, err := os.ReadFile(path)
		name, _ := filepath.Rel(dir, path)
		all[name] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func sameResults(t *testing.T, want map[string]string, dir string) {
	t.Helper()
	got := results(t, dir)
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s is not as in a sweep that nobody disturbed", name)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s is left behind", name)
		}
	}
}

// queued opens the queue that a process has left in the folder of a sweep; ok is false if there is none yet.
func queued(t *testing.T, dir string, look func(*queue.Coordinator) error) (ok bool) {
	t.Helper()
	f, err := sweep.OpenFolder(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	} else if err != nil {
		t.Fatal(err)
	}
	s, err := queue.Serve(queue.ServerOptions{Dir: filepath.Join(dir, sweep.QueueDir)})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	c, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	k, err := c.Open(t.Context(), f.Queue)
	if err != nil {
		return false // it had not been begun
	}
	if err := look(k); err != nil {
		t.Fatal(err)
	}
	return true
}

// inHand is how many cells were being played when a sweep was killed.
func inHand(t *testing.T, dir string) (n int) {
	queued(t, dir, func(k *queue.Coordinator) error {
		s, err := k.Status(t.Context(), nil)
		n = s.Running
		return err
	})
	return n
}

// cellsDone are the cells of a sweep that is over.
func cellsDone(t *testing.T, dir string) (done []*queue.Done) {
	if !queued(t, dir, func(k *queue.Coordinator) error {
		return k.Watch(t.Context(), func(e queue.Event) error {
			if d, ok := e.(*queue.Done); ok {
				done = append(done, d)
			}
			return nil
		})
	}) {
		t.Fatal("there is no queue")
	}
	return done
}

// A sweep whose processes are killed at any moment and started again has the files of one that nobody disturbed: the one with the queue in it,
// and workers that join it.
func TestSweepSurvivesKills(t *testing.T) {
	kills := 1
	switch {
	case os.Getenv("PASAR_NIGHTLY") != "":
		kills = 20
	case testing.Short():
		t.Skip("plays a small study three times")
	}
	luck := rand.New(rand.NewPCG(1, uint64(kills)))
	dir := t.TempDir()
	study := filepath.Join(dir, "small.yaml")
	text := smallStudy
	if kills > 1 {
		text = strings.Replace(text, "replications: 2", "replications: 40", 1)
	}
	if err := os.WriteFile(study, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	calm := filepath.Join(dir, "calm")
	c, said := program(t, "sweep", study, "--out", calm)
	begin := time.Now()
	if err := c.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	whole := time.Since(begin)
	want := results(t, calm)
	moment := func() { time.Sleep(time.Duration(luck.Int64N(int64(whole) / int64(kills) * 3 / 2))) }

	t.Run("coordinator", func(t *testing.T) {
		out := filepath.Join(dir, "killed")
		args := []string{"sweep", study, "--out", out}
		again := 0
		for range kills {
			c, said := program(t, args...)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			moment()
			_ = c.Process.Kill()
			_ = c.Wait() // killed, or just done
			if strings.Contains(said.String(), "pasar: ") {
				t.Errorf("it did not go on: %s", said)
			}
			again += inHand(t, out)
		}
		for _, name := range []string{".pasar-1", "figures/.pasar-2", "figures/id/.pasar-3"} { // as one that was killed while it wrote its results
			path := filepath.Join(out, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte("PAR"), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		c, said := program(t, args...)
		if err := c.Run(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		sameResults(t, want, out)
		t.Logf("killed %d times: at most %d of %d cells were played again", kills, again, len(cellsDone(t, out)))
	})
	t.Run("worker", func(t *testing.T) {
		address := free(t)
		out := filepath.Join(dir, "lent")
		main, said := program(t, "sweep", study, "--out", out, "--workers", "0", "--listen", address, "--patience", "1s")
		if err := main.Start(); err != nil {
			t.Fatal(err)
		}
		ended := make(chan error, 1)
		go func() { ended <- main.Wait() }()
		for i := 0; ; i++ {
			worker, heard := program(t, "worker", "--nats", "nats://"+address, "--slots", "2", "--grace", "0s")
			if err := worker.Start(); err != nil {
				t.Fatal(err)
			}
			if i < kills {
				moment()
				_ = worker.Process.Kill()
				_ = worker.Wait()
				continue
			}
			gone := make(chan error, 1)
			go func() { gone <- worker.Wait() }()
			select {
			case err := <-ended:
				_ = worker.Process.Kill()
				<-gone
				if err != nil {
					t.Fatalf("%v\n%s\n%s", err, said, heard)
				}
			case <-gone: // it began before there was a server
				time.Sleep(100 * time.Millisecond)
				continue
			case <-time.After(5 * time.Minute):
				_, _ = worker.Process.Kill(), main.Process.Kill()
				t.Fatalf("no end comes\n%s\n%s", said, heard)
			}
			break
		}
		sameResults(t, want, out)
		done, again := cellsDone(t, out), 0
		for _, d := range done {
			again += d.Attempt - 1
		}
		t.Logf("%d workers killed: %d of %d cells were played again", kills, again, len(done))
	})
}

package main

import (
	"context"
	"encoding/json"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go"

	"pasar/cmd/pasar/cli"
	"pasar/scenarios/queue"
	"pasar/scenarios/sweep"
)

// studyFile writes the small study with so many replications.
func studyFile(t *testing.T, reps int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "small.yaml")
	text := strings.Replace(smallStudy, "replications: 2", "replications: "+strconv.Itoa(reps), 1)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// free is a loopback address that nobody listens on.
func free(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// From 50 to 100 replications only 50 are played, the runs of the others have the bytes that they had, and the files are those of a sweep that asked for
// 100 at once.
func TestExpand(t *testing.T) {
	reps := 2
	switch {
	case os.Getenv("PASAR_NIGHTLY") != "":
		reps = 50
	case testing.Short():
		t.Skip("plays a small study twice")
	}
	out, whole := filepath.Join(t.TempDir(), "grown"), filepath.Join(t.TempDir(), "whole")
	run := func(args ...string) {
		t.Helper()
		c, said := program(t, append(args, "--quiet")...)
		if err := c.Run(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
	}
	rows := func() (list []string) {
		text, err := os.ReadFile(filepath.Join(out, "runs.csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range strings.Split(strings.TrimSpace(string(text)), "\n")[1:] {
			if rep, _ := strconv.Atoi(strings.Split(row, ",")[1]); rep <= reps {
				list = append(list, row)
			}
		}
		return list
	}
	played := func() map[string]int { // cells, by process
		by := map[string]int{}
		for _, d := range cellsDone(t, out) {
			by[d.Worker]++
		}
		return by
	}
	run("sweep", studyFile(t, reps), "--out", out)
	first, before := rows(), played()
	run("sweep", "expand", out, "--reps", strconv.Itoa(2*reps))
	if !slices.Equal(rows(), first) || len(first) != 3*2*reps {
		t.Errorf("the first %d replications are not what they were", reps)
	}
	grown := played()
	for worker, n := range grown {
		if n != 3*reps || len(grown) != 2 || before[worker] > 0 && before[worker] != n {
			t.Errorf("cells that were played, by process: %v, then %v", before, grown)
		}
	}
	run("sweep", "resume", out)
	if again := played(); len(again) != 2 {
		t.Errorf("the same sweep again plays: %v", again)
	}
	run("sweep", studyFile(t, 2*reps), "--out", whole)
	sameResults(t, results(t, whole), out)
}

// A worker whose program is not what it says it is, or whose machine computes wrongly, is found out: exit code 3.
func TestWorkersDisagree(t *testing.T) {
	if testing.Short() {
		t.Skip("waits for cells that are handed back")
	}
	address := free(t)
	main, said := program(t, "sweep", studyFile(t, 2), "--out", filepath.Join(t.TempDir(), "out"), "--workers", "0", "--listen", address, "--patience", "300ms")
	if err := main.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = main.Process.Kill() })
	var c *queue.Conn
	err := errors.New("not tried")
	for late := time.Now().Add(time.Minute); err != nil && time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		c, err = queue.Dial(queue.DialOptions{URL: "nats://" + address})
	}
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	plain, err := nats.Connect("nats://"+address, nats.CustomInboxPrefix("_INBOX_pasar"))
	if err != nil {
		t.Fatal(err)
	}
	defer plain.Close()
	ctx, cancel := context.WithCancel(t.Context())
	honest := sweep.Handler(c, cli.Version())
	err = c.Work(ctx, queue.WorkerOptions{Name: "honest", Version: cli.Version()}, func(ctx context.Context, j queue.Job) ([]queue.Result, error) {
		defer cancel() // one cell is enough, and others play the rest
		results, err := honest(ctx, j)
		if err != nil {
			return nil, err
		}
		// Meanwhile the liar has played the same cell, and is done first.
		lie := struct {
			queue.Done
			Sizes []int
		}{Done: queue.Done{Cell: j.Cell.ID, Worker: "liar", Version: cli.Version(), Attempt: 1}}
		var data []byte
		for _, r := range results {
			lie.Keys, lie.Sizes = append(lie.Keys, r.Key), append(lie.Sizes, len(r.Data)+1)
			data = append(append(data, r.Data...), ' ')
		}
		head, err := json.Marshal(lie)
		if err != nil {
			return nil, err
		}
		_, err = plain.Request("res."+j.ID+".done."+j.Cell.ID, append(append(head, '\n'), data...), 10*time.Second)
		return results, err
	})
	if err != nil {
		t.Fatal(err)
	}
	worker, heard := program(t, "worker", "--nats", "nats://"+address)
	if err := worker.Start(); err != nil {
		t.Fatal(err)
	}
	err = main.Wait()
	_ = worker.Process.Kill()
	_ = worker.Wait()
	if text := said.String(); main.ProcessState.ExitCode() != cli.NotAsSaid || !strings.Contains(text, "two workers disagree") || !strings.Contains(text, "liar, version") {
		t.Errorf("%v\n%s\n%s", err, text, heard)
	}
}

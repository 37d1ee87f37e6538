package main

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"pasar/scenarios/queue"
	"pasar/scenarios/sweep"
	"pasar/sim/natsd"
)

// natsNode is a node of a cluster, in a process that can be killed: its number, addresses of all nodes for clients and for each other, a folder.
func natsNode() {
	i, _ := strconv.Atoi(os.Args[1])
	o := &server.Options{ServerName: os.Args[1], JetStream: true, StoreDir: os.Args[4], NoSigs: true, NoLog: true, MaxPayload: 8 << 20, SyncAlways: true}
	routes := strings.Split(os.Args[3], ",")
	var err error
	if o.Host, o.Port, err = natsd.Address(strings.Split(os.Args[2], ",")[i]); err == nil {
		o.Cluster.Name = "test"
		o.Cluster.Host, o.Cluster.Port, err = natsd.Address(routes[i])
		o.Routes = server.RoutesFromStr("nats://" + strings.Join(routes, ",nats://"))
	}
	if err == nil {
		_, err = natsd.Start(o)
	}
	if fmt.Println("started", err); err == nil {
		select {}
	}
}

// The nodes of the cluster that holds the queue of a sweep are killed, most often the one that leads the results, and come back. The files of the sweep are
// those of one that nobody disturbed.
func TestSweepSurvivesNodes(t *testing.T) {
	if os.Getenv("PASAR_NIGHTLY") == "" {
		t.Skip("takes minutes: make nightly")
	}
	const kills = 20
	study, out := studyFile(t, 100), t.TempDir()
	c, said := program(t, "sweep", study, "--out", filepath.Join(out, "calm"), "--quiet")
	if err := c.Run(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	var clients, routes, dirs []string
	for range 3 {
		clients, routes, dirs = append(clients, free(t)), append(routes, free(t)), append(dirs, t.TempDir())
	}
	var nodes [3]*exec.Cmd
	start := func(i int) *bufio.Scanner {
		c, _ := program(t)
		c.Args = []string{"natsnode", strconv.Itoa(i), strings.Join(clients, ","), strings.Join(routes, ","), dirs[i]}
		c.Stdout = nil
		pipe, err := c.StdoutPipe()
		if err == nil {
			err = c.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = c.Process.Kill(); _ = c.Wait() })
		nodes[i] = c
		return bufio.NewScanner(pipe)
	}
	started := func(s *bufio.Scanner) {
		if !s.Scan() || s.Text() != "started <nil>" {
			t.Fatalf("a node: %s", s.Text())
		}
	}
	var all [3]*bufio.Scanner
	for i := range nodes {
		all[i] = start(i)
	}
	for _, s := range all {
		started(s)
	}
	url := "nats://" + strings.Join(clients, ",nats://")
	nc, err := nats.Connect(url, nats.MaxReconnects(-1), nats.ReconnectWait(50*time.Millisecond))
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	js, err := jetstream.New(nc)
	if err != nil {
		t.Fatal(err)
	}
	cluster := func(stream string) *jetstream.ClusterInfo {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if s, err := js.Stream(ctx, stream); err == nil {
			return s.CachedInfo().Cluster
		}
		return nil
	}
	main, said := program(t, "sweep", study, "--out", filepath.Join(out, "killed"), "--workers", "1", "--nats", url, "--patience", "2s", "--quiet")
	if err := main.Start(); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- main.Wait() }()
	over := func() bool { return len(ended) > 0 }
	luck := rand.New(rand.NewPCG(3, kills))
	killed := 0
	for ; killed < kills && !over(); killed++ {
		for !over() && !(whole(cluster("RES")) && whole(cluster("JOBS"))) { // two that are missing at a time are not promised to be survived
			time.Sleep(100 * time.Millisecond)
		}
		time.Sleep(time.Duration(luck.IntN(1000)) * time.Millisecond)
		victim := luck.IntN(3)
		if x := cluster("RES"); x != nil && killed%3 > 0 {
			if n, err := strconv.Atoi(x.Leader); err == nil {
				victim = n
			}
		}
		_ = nodes[victim].Process.Kill()
		_ = nodes[victim].Wait()
		time.Sleep(time.Duration(luck.IntN(1000)) * time.Millisecond)
		started(start(victim))
	}
	if killed < kills/4 { // on a fast machine it may be over before all were killed
		t.Errorf("it was over after %d nodes were killed", killed)
	}
	if err := <-ended; err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	sameResults(t, results(t, filepath.Join(out, "calm")), filepath.Join(out, "killed"))
	f, err := sweep.OpenFolder(filepath.Join(out, "killed"))
	if err != nil {
		t.Fatal(err)
	}
	q, err := queue.Dial(queue.DialOptions{URL: url})
	if err != nil {
		t.Fatal(err)
	}
	defer q.Close()
	k, err := q.Open(t.Context(), f.Queue)
	if err != nil {
		t.Fatal(err)
	}
	cells, again := 0, 0
	if err := k.Watch(t.Context(), func(e queue.Event) error {
		if d, ok := e.(*queue.Done); ok {
			cells, again = cells+1, again+d.Attempt-1
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	t.Logf("%d nodes killed: %d of %d cells were played again", killed, again, cells)
}

// whole tells whether a stream has a leader and two others that have all it has.
func whole(c *jetstream.ClusterInfo) bool {
	return c != nil && c.Leader != "" && len(c.Replicas) == 2 && !slices.ContainsFunc(c.Replicas, func(p *jetstream.PeerInfo) bool { return p.Offline || !p.Current })
}

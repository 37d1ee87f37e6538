package queue

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go/jetstream"

	"pasar/sim/natsd"
)

// conf is the configuration of a node, as docs/cluster.md gives it to people.
const conf = "../../docs/cluster/nats.conf"

// keys are those of a coordinator and a worker, in the environment that conf reads.
func keys(t *testing.T) (app, worker string) {
	t.Helper()
	dir := t.TempDir()
	for _, x := range []struct {
		name string
		path *string
	}{{"PASAR_APP_NKEY", &app}, {"PASAR_WORKER_NKEY", &worker}} {
		*x.path = filepath.Join(dir, x.name)
		public, err := NewKey(*x.path)
		if err != nil {
			t.Fatal(err)
		}
		t.Setenv(x.name, public)
	}
	t.Setenv("PASAR_STORE", dir)
	t.Setenv("PASAR_ROUTE_PASSWORD", `"0123456789abcdef"`)
	return app, worker
}

// ports chooses free ports for the routes between three nodes, in the environment that conf reads: all must be known before the first starts.
func ports(t *testing.T) {
	t.Helper()
	for i := range 3 {
		t.Setenv(fmt.Sprintf("PASAR_ROUTE_%d", i+1), fmt.Sprintf(`"nats-route://route:0123456789abcdef@%s"`, free(t)))
	}
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

// node reads the configuration that people are given, for the i-th node, which here is on loopback.
func node(i int, listen, dir string) (o *server.Options, err error) {
	if o, err = server.ProcessConfigFile(conf); err != nil {
		return nil, err
	}
	if o.Cluster.Host, o.Cluster.Port, err = natsd.Address(o.Routes[i].Host); err != nil {
		return nil, err
	}
	o.HTTPPort, o.StoreDir, o.SyncAlways = 0, dir, false
	o.Host, o.Port, err = natsd.Address(listen)
	return o, err
}

// nodes are three servers within this process that form a cluster.
func nodes(t *testing.T) [3]*natsd.Server {
	t.Helper()
	ports(t)
	var list [3]*natsd.Server
	var start sync.WaitGroup
	for i := range list {
		t.Setenv("NODE", fmt.Sprintf("n%d", i+1))
		o, err := node(i, "127.0.0.1:0", t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		start.Go(func() {
			n, err := natsd.Start(o)
			if err != nil {
				t.Error(err)
				return
			}
			list[i] = n
			t.Cleanup(n.Stop)
		})
	}
	if start.Wait(); t.Failed() {
		t.FailNow()
	}
	return list
}

// nodeProcess is one node, in a process that can be killed.
func nodeProcess(place string) {
	f := strings.Fields(place)
	i, _ := strconv.Atoi(f[0])
	o, err := node(i, f[1], f[2])
	if err == nil {
		_, err = natsd.Start(o)
	}
	if fmt.Println("started", err); err == nil {
		select {}
	}
}

// Nodes of a cluster are killed one after the other at random moments, most often the one that leads the results, and come back. Nothing is
// lost, and every result is there once.
func TestNodesKilled(t *testing.T) {
	if os.Getenv("PASAR_NIGHTLY") == "" {
		t.Skip("takes minutes: make nightly")
	}
	app, worker := keys(t)
	ports(t)
	var urls, places []string
	var processes [3]*exec.Cmd
	run := func(i int) {
		var lines *bufio.Scanner
		if processes[i], lines = process(t, "PASAR_QUEUE_NODE="+places[i], fmt.Sprintf("NODE=n%d", i+1)); !lines.Scan() || lines.Text() != "started <nil>" {
			t.Fatalf("node %d: %s", i+1, lines.Text())
		}
	}
	for i := range 3 {
		address := free(t)
		urls = append(urls, "nats://"+address)
		places = append(places, fmt.Sprintf("%d %s %s", i, address, t.TempDir()))
	}
	var start sync.WaitGroup
	for i := range 3 {
		start.Go(func() { run(i) })
	}
	start.Wait()
	dial := func(key string) *Conn {
		c, err := Dial(DialOptions{URL: strings.Join(urls, ","), Key: key})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
	k := begin(t, dial(app), 0, lossy)
	ctx, cancel := context.WithCancel(t.Context())
	var killed, n int
	all := func(yield func(Cell) bool) { // cells, until enough nodes were killed
		for c := range cells(100_000) {
			if time.Sleep(5 * time.Millisecond); ctx.Err() != nil || !yield(c) {
				return
			}
			n++ // that Enqueue tells are fewer, if an answer was lost: it finds such a cell queued
		}
	}
	for range 2 {
		defer work(t, dial(worker), WorkerOptions{Slots: 2}, hashes)() // before the nodes end
	}
	killer := make(chan bool)
	go func() {
		defer close(killer)
		defer cancel()
		for killed < times() {
			time.Sleep(time.Duration(rand.IntN(2000)) * time.Millisecond)
			victim := rand.IntN(3)
			if info, err := k.res.Info(t.Context()); err == nil && info.Cluster != nil && killed%3 > 0 {
				fmt.Sscanf(info.Cluster.Leader, "n%d", &victim)
				victim = (victim + 2) % 3
			}
			_ = processes[victim].Process.Kill()
			_ = processes[victim].Wait()
			killed++
			time.Sleep(time.Duration(rand.IntN(1500)) * time.Millisecond)
			run(victim)
			for t.Context().Err() == nil { // two that are missing at a time are not promised to be survived
				info, err := k.res.Info(t.Context())
				other, err2 := k.jobs.Info(t.Context())
				if err == nil && err2 == nil && whole(info.Cluster) && whole(other.Cluster) {
					break
				}
				time.Sleep(100 * time.Millisecond)
			}
		}
	}()
	if _, err := k.Enqueue(t.Context(), 100_000, all); err != nil {
		t.Fatal(err)
	}
	<-killer
	if _, err := k.Enqueue(t.Context(), n, cells(n)); err != nil {
		t.Fatal(err)
	}
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, n)
	twice := 0
	for _, d := range l.done {
		if d.Attempt > 1 {
			twice++
		}
	}
	t.Logf("%d nodes killed; %d cells, %d of them delivered more than once", killed, n, twice)
}

// whole tells whether a stream has a leader and two others that have all it has.
func whole(c *jetstream.ClusterInfo) bool {
	return c != nil && c.Leader != "" && len(c.Replicas) == 2 && !slices.ContainsFunc(c.Replicas, func(p *jetstream.PeerInfo) bool { return p.Offline || !p.Current })
}

// The node that leads a stream of a sweep ends in the middle, and later another comes to lead: nothing is lost, and nothing is played twice
// into the results.
func TestClusterLosesLeader(t *testing.T) {
	if testing.Short() {
		t.Skip("takes ten seconds, most of them waiting for elections")
	}
	app, worker := keys(t)
	list := nodes(t)
	var urls []string
	for _, n := range list {
		urls = append(urls, n.ClientURL())
	}
	dial := func(key string) *Conn {
		c, err := Dial(DialOptions{URL: strings.Join(urls, ","), Key: key})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
	const n = 300
	c := dial(app)
	k := begin(t, c, n, lossy)
	if r := k.res.CachedInfo().Config.Replicas; r != 3 {
		t.Errorf("the results are kept by %d nodes", r)
	}
	for range 2 {
		work(t, dial(worker), WorkerOptions{Slots: 2}, func(ctx context.Context, j Job) ([]Result, error) {
			time.Sleep(2 * time.Millisecond)
			return hashes(ctx, j)
		})
	}
	half := make(chan bool)
	go func() {
		<-half
		info, err := k.res.Info(context.Background())
		if err != nil {
			t.Error(err)
			return
		}
		for _, node := range list {
			if node.Name() == info.Cluster.Leader {
				node.Stop()
				t.Logf("%s, which led the results, ended after %d records", node.Name(), info.State.Msgs)
			}
		}
	}()
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	done := 0
	err := k.Watch(ctx, func(e Event) error {
		if _, ok := e.(*Done); ok {
			if done++; done == n/2 {
				close(half)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	l, err := watch(t, k)
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, n)
}

// The configuration of a node is one that a node accepts, lets workers do what they need and no more, and has no passwords of its own.
func TestClusterFiles(t *testing.T) {
	if _, err := server.ProcessConfigFile(conf); err == nil {
		t.Error("the configuration needs nothing from the environment")
	}
	keys(t)
	t.Setenv("NODE", "n1")
	for i := range 3 {
		t.Setenv(fmt.Sprintf("PASAR_ROUTE_%d", i+1), fmt.Sprintf(`"nats-route://route:0123456789abcdef@n%d:6222"`, i+1))
	}
	o, err := server.ProcessConfigFile(conf)
	if err != nil {
		t.Fatal(err)
	}
	if !o.SyncAlways || o.MaxPayload != maxPayload || len(o.Nkeys) != 2 || len(o.Users) != 0 || len(o.Routes) != 3 || o.Cluster.Password != "0123456789abcdef" {
		t.Errorf("%+v", o)
	}
	worker, want := o.Nkeys[1].Permissions, WorkerPermissions()
	slices.Sort(worker.Publish.Allow)
	slices.Sort(want.Publish.Allow)
	if !reflect.DeepEqual(worker, want) {
		t.Errorf("a worker may %+v %+v %+v\nwant %+v %+v %+v", worker.Publish, worker.Subscribe, worker.Response, want.Publish, want.Subscribe, want.Response)
	}
}

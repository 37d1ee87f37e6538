package queue

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"

	"pasar/sim/natsd"
)

// nodes are three servers within this process that form a cluster over loopback.
func nodes(t *testing.T) [3]*natsd.Server {
	t.Helper()
	var routes []*url.URL
	for range 3 {
		l, err := net.Listen("tcp", "127.0.0.1:0") // a free port, and all must be known before the first node starts
		if err != nil {
			t.Fatal(err)
		}
		routes = append(routes, &url.URL{Scheme: "nats-route", Host: l.Addr().String()})
		l.Close()
	}
	var list [3]*natsd.Server
	var start sync.WaitGroup
	for i := range list {
		host, port, err := natsd.Address(routes[i].Host)
		if err != nil {
			t.Fatal(err)
		}
		dir := t.TempDir()
		start.Go(func() {
			n, err := natsd.Start(&server.Options{
				ServerName: fmt.Sprintf("n%d", i+1), Port: server.RANDOM_PORT, JetStream: true, StoreDir: dir, Routes: routes,
				JetStreamMaxMemory: 64 << 20, JetStreamMaxStore: 1 << 30,
				Cluster: server.ClusterOpts{Name: "pasar", Host: host, Port: port},
			})
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

// The node that leads a stream of a sweep ends in the middle, and later another comes to lead: nothing is lost, and nothing is played twice
// into the results.
func TestClusterLosesLeader(t *testing.T) {
	t.Parallel()
	list := nodes(t)
	var urls []string
	for _, n := range list {
		urls = append(urls, n.ClientURL())
	}
	dial := func() *Conn {
		c, err := Dial(DialOptions{URL: strings.Join(urls, ",")})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(c.Close)
		return c
	}
	const n = 300
	c := dial()
	o := calm
	o.Replicas = 3
	k := begin(t, c, n, o)
	for range 2 {
		work(t, dial(), WorkerOptions{Slots: 2}, func(ctx context.Context, j Job) ([]Result, error) {
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
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
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

package queue

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// times is how often a test kills something.
func times() int {
	if os.Getenv("PASAR_NIGHTLY") != "" {
		return 20
	}
	return 2
}

const killCells = 300

// slowly is hashes, with a line on what it plays.
func slowly(ctx context.Context, j Job) ([]Result, error) {
	fmt.Println("plays", j.Cell.ID)
	time.Sleep(2 * time.Millisecond)
	return hashes(ctx, j)
}

// hostProcess is a server, its coordinator and two slots. It tells what it plays, and what is done.
func hostProcess(dir string) {
	ctx := context.Background()
	s, err := Serve(ServerOptions{Dir: dir})
	if err == nil {
		defer s.Close()
		var c *Conn
		if c, err = s.Connect(); err == nil {
			defer c.Close()
			err = host(ctx, c)
		}
	}
	if err != nil {
		fmt.Println("failed", err)
	}
}

func host(ctx context.Context, c *Conn) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	k, err := c.Begin(ctx, "s", "v1", study, short)
	if err != nil {
		return err
	}
	ended := make(chan error, 2)
	go func() { ended <- c.Work(ctx, WorkerOptions{Version: "v1", Slots: 2}, slowly) }()
	go func() {
		_, err := k.Enqueue(ctx, killCells, cells(killCells))
		ended <- err
	}()
	err = k.Watch(ctx, func(e Event) error {
		if d, ok := e.(*Done); ok {
			fmt.Println("done", d.Cell, d.Worker)
		}
		return nil
	})
	cancel()
	return errors.Join(err, <-ended, <-ended)
}

// workerProcess works for a server elsewhere.
func workerProcess(url, key string) {
	c, err := Dial(DialOptions{URL: url, Key: key})
	if err == nil {
		defer c.Close()
		err = c.Work(context.Background(), WorkerOptions{Version: "v1", Slots: 1}, slowly)
	}
	fmt.Println("failed", err)
}

// process runs this test as another process.
func process(t *testing.T, env ...string) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), env...)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c, bufio.NewScanner(out)
}

// A coordinator that is killed with its server and its workers, again and again, loses nothing: what was done stays done, by the same
// worker, and the rest is played when the sweep is begun again.
func TestCoordinatorKilled(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	done := map[string]string{}
	played := 0
	for k := range times() {
		c, lines := process(t, "PASAR_QUEUE_HOST="+dir)
		after := rand.IntN(max(killCells/times(), 2)) // cells that are played first; the luck of a test that must hold for any
		for n := 0; lines.Scan(); {
			switch f := strings.Fields(lines.Text()); f[0] {
			case "done":
				if w := done[f[1]]; w != "" && w != f[2] {
					t.Fatalf("killed %d times: cell %s was done by %s, now by %s", k, f[1], w, f[2])
				}
				done[f[1]] = f[2]
			case "plays":
				if played++; n == after {
					_ = c.Process.Kill()
				}
				n++
			default:
				t.Fatalf("killed %d times: %s", k, lines.Text())
			}
		}
		_ = c.Wait()
	}
	before := len(done)
	var again atomic.Int32
	again.Add(int32(played))
	s := serve(t, ServerOptions{Dir: dir})
	if _, err := Serve(ServerOptions{Dir: dir}); err == nil || !strings.Contains(err.Error(), "in use by process") {
		t.Errorf("a second server on one folder: %v", err)
	}
	c := link(t, s)
	work(t, c, WorkerOptions{Slots: 2}, func(ctx context.Context, j Job) ([]Result, error) { again.Add(1); return hashes(ctx, j) })
	l, err := watch(t, begin(t, c, killCells, short))
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, killCells)
	for cell, worker := range done {
		if l.done[cell].Worker != worker {
			t.Errorf("cell %s was done by %s, now by %s", cell, worker, l.done[cell].Worker)
		}
	}
	t.Logf("killed %d times: %d cells were known to be done; %d of %d were played more than once", times(), before, int(again.Load())-killCells, killCells)
}

// Workers in processes of their own are killed, or stopped until others have taken over, and go on; nothing is lost, and nothing differs.
func TestWorkersKilled(t *testing.T) {
	t.Parallel()
	key := filepath.Join(t.TempDir(), "key")
	public, err := NewKey(key)
	if err != nil {
		t.Fatal(err)
	}
	s := serve(t, ServerOptions{Dir: t.TempDir(), Listen: "127.0.0.1:0", Keys: []string{public}})
	c := link(t, s)
	k := begin(t, c, killCells, short)
	ended := make(chan bool)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		defer close(ended)
		for n := 0; ctx.Err() == nil; n++ {
			p, lines := process(t, "PASAR_QUEUE_URL="+s.URL(), "PASAR_QUEUE_KEY="+key)
			for range 1 + rand.IntN(10) {
				if !lines.Scan() || strings.HasPrefix(lines.Text(), "failed") {
					t.Errorf("worker: %s", lines.Text())
				}
				if ctx.Err() != nil {
					break
				}
			}
			switch {
			case n >= times(): // the last one goes on
				go func() {
					for lines.Scan() {
					}
				}()
				<-ctx.Done()
			case n%2 == 1: // it hangs, and comes back
				signal(p.Process, stop)
				time.Sleep(2 * short.AckWait)
				signal(p.Process, goOn)
				time.Sleep(50 * time.Millisecond)
			}
			_ = p.Process.Kill()
			_ = p.Wait()
		}
	}()
	steady := work(t, c, WorkerOptions{Name: "steady"}, func(ctx context.Context, j Job) ([]Result, error) {
		time.Sleep(20 * time.Millisecond)
		return hashes(ctx, j)
	})
	l, err := watch(t, k)
	cancel()
	steady()
	<-ended
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, killCells)
	by := map[string]int{}
	twice := 0
	for _, d := range l.done {
		by[d.Worker]++
		if d.Attempt > 1 {
			twice++
		}
	}
	if len(by) < 2 {
		t.Errorf("all was played by %v", by)
	}
	t.Logf("%d workers; %d of %d cells were delivered more than once", len(by), twice, killCells)
}

// Who may join, and who is told why not.
func TestCredentials(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good, bad, open := filepath.Join(dir, "good"), filepath.Join(dir, "bad"), filepath.Join(dir, "open")
	public, err := NewKey(good)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := PublicKey(good); again != public || err != nil {
		t.Error(again, err)
	}
	if _, err := NewKey(good); err == nil {
		t.Error("a key was overwritten")
	}
	if _, err := NewKey(bad); err != nil {
		t.Fatal(err)
	}
	if seed, err := os.ReadFile(good); err != nil || bytes.Contains(seed, []byte(public)) || os.WriteFile(open, seed, 0o644) != nil {
		t.Fatal(err)
	}
	s := serve(t, ServerOptions{Dir: filepath.Join(dir, "s"), Listen: "127.0.0.1:0", Keys: []string{public}})
	begin(t, link(t, s), 1, calm)
	for _, x := range []struct{ name, url, key, want string }{
		{"no key", s.URL(), "", "wants some and got none"},
		{"another key", s.URL(), bad, "refuses these credentials"},
		{"a key that others can read", s.URL(), open, "chmod 600"},
		{"no file", s.URL(), filepath.Join(dir, "nothing"), "there is no file "},
		{"no server", "nats://127.0.0.1:1", good, "no NATS server answers at nats://127.0.0.1:1"},
	} {
		c, err := Dial(DialOptions{URL: x.url, Key: x.key})
		if err == nil {
			c.Close()
			t.Errorf("%s: let in", x.name)
		} else if text := err.Error(); !strings.Contains(text, x.want) || strings.Count(text, "\n") > 4 || strings.Contains(text, "SU") {
			t.Errorf("%s: %s", x.name, text)
		}
	}
	c, err := Dial(DialOptions{URL: s.URL(), Key: good})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if text, err := c.Get(t.Context(), hash(study)); string(text) != string(study) || err != nil {
		t.Errorf("%q, %v", text, err)
	}
	if list, err := c.Sweeps(t.Context()); len(list) != 1 || err != nil {
		t.Error(list, err)
	}
	k, err := c.Open(t.Context(), "s")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := k.Status(t.Context(), nil); s.Queued != 1 || err != nil {
		t.Error(s, err)
	}
	if err := k.Stop(t.Context()); err == nil || !strings.Contains(err.Error(), "can begin or stop no sweep") || errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a worker may stop sweeps: %v", err)
	}
	for _, x := range []struct {
		o    ServerOptions
		want string
	}{
		{ServerOptions{Listen: "0.0.0.0:0"}, "others than this machine could reach it"},
		{ServerOptions{Listen: "127.0.0.1:0", Keys: []string{"UNOTAKEY"}}, "no public key"},
		{ServerOptions{Listen: "127.0.0.1:0", Keys: []string{"SUNOTAKEY"}}, "begins with S"},
		{ServerOptions{Listen: "127.0.0.1"}, "missing port"},
		{ServerOptions{Keys: []string{public}}, "no address to listen on"},
		{ServerOptions{Listen: strings.TrimPrefix(s.URL(), "nats://")}, "in use"},
	} {
		x.o.Dir = filepath.Join(dir, "other")
		if s, err := Serve(x.o); err == nil {
			s.Close()
			t.Errorf("%+v: started", x.o)
		} else if !strings.Contains(err.Error(), x.want) {
			t.Errorf("%+v: %v", x.o, err)
		}
	}
}

// On a loopback address whoever is on the machine may work, and no more.
func TestNoKey(t *testing.T) {
	t.Parallel()
	s := serve(t, ServerOptions{Dir: t.TempDir(), Listen: "127.0.0.1:0"})
	k := begin(t, link(t, s), 20, calm)
	c, err := Dial(DialOptions{URL: s.URL()})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	stop := work(t, c, WorkerOptions{}, hashes)
	l, err := watch(t, k)
	stop()
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 20)
	if _, err := c.Begin(t.Context(), "other", "v1", study, short); err == nil {
		t.Error("a guest began a sweep")
	}
}

// Workers outlive the server: when it is back at its address they go on.
func TestServerRestarts(t *testing.T) {
	t.Parallel()
	o := ServerOptions{Dir: t.TempDir(), Listen: "127.0.0.1:0"}
	s, err := Serve(o)
	if err != nil {
		t.Fatal(err)
	}
	o.Listen = strings.TrimPrefix(s.URL(), "nats://")
	c, err := s.Connect()
	if err != nil {
		t.Fatal(err)
	}
	begin(t, c, 20, calm)
	remote, err := Dial(DialOptions{URL: s.URL()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(remote.Close)
	played := make(chan bool, 100)
	work(t, remote, WorkerOptions{Name: "remote"}, func(ctx context.Context, j Job) ([]Result, error) {
		played <- true
		return hashes(ctx, j)
	})
	<-played
	c.Close()
	s.Close()
	l, err := watch(t, begin(t, link(t, serve(t, o)), 40, calm))
	if err != nil {
		t.Fatal(err)
	}
	l.whole(t, 40)
}

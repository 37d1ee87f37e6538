package main

import (
	"bytes"
	"errors"
	"net"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/rogpeppe/go-internal/testscript"

	"pasar/cmd/pasar/cli"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"pasar": func() {
		os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, front()))
	}, "natsnode": natsNode})
}

// What the program says, and with which exit code, as transcripts: testdata/*.txt.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "short": short, "same": same, "natsserver": natsServer, "interrupt": interrupt, "address": address, "hears": hears, "alter": alter, "eventof": eventOf,
		},
		RequireUniqueNames: true,
	})
}

// exits N pasar ARGS... wants this exit code.
func exits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := "0"
	if err != nil {
		code = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if code != args[0] {
		ts.Fatalf("exit status %s, not %s", code, args[0])
	}
}

// alter FILE EXPR TEXT NEW writes a copy of a file in which the first match of an expression is changed.
func alter(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	at := regexp.MustCompile(args[1]).FindStringIndex(text)
	if at == nil {
		ts.Fatalf("%s has no %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[3]), []byte(text[:at[0]]+args[2]+text[at[1]:]), 0o600))
}

// short wants at most five lines on stderr.
func short(ts *testscript.TestScript, _ bool, _ []string) {
	if text := ts.ReadFile("stderr"); strings.Count(text, "\n") > 5 || !strings.HasSuffix(text, "\n") {
		ts.Fatalf("not a message of at most five lines:\n%s", text)
	}
}

var digest = regexp.MustCompile(`"digest": "([0-9a-f]{32})"`)

// same FILE... wants one digest in all summaries.
func same(ts *testscript.TestScript, neg bool, files []string) {
	first := ""
	for _, f := range files {
		m := digest.FindStringSubmatch(ts.ReadFile(f))
		switch {
		case m == nil:
			ts.Fatalf("%s has no digest", f)
		case first == "":
			first = m[1]
		case (m[1] == first) == neg:
			ts.Fatalf("%s has the digest %s, %s has %s", f, m[1], files[0], first)
		}
	}
}

// natsserver starts a NATS server that runs elsewhere, as far as pasar knows, and puts its address into $NATS. With two
// arguments it wants this user and password; with one it has JetStream, in that folder.
func natsServer(ts *testscript.TestScript, _ bool, args []string) {
	o := &server.Options{Host: "127.0.0.1", Port: server.RANDOM_PORT, NoSigs: true, NoLog: true}
	if len(args) == 2 {
		o.Username, o.Password = args[0], args[1]
	}
	if len(args) == 1 {
		o.JetStream, o.StoreDir = true, ts.MkAbs(args[0])
	}
	s, err := server.NewServer(o)
	ts.Check(err)
	go s.Start()
	if !s.ReadyForConnections(time.Minute) {
		ts.Fatalf("the NATS server does not start")
	}
	ts.Setenv("NATS", s.ClientURL())
	ts.Defer(func() {
		s.Shutdown()
		s.WaitForShutdown()
	})
}

// interrupt sends Ctrl-C to what runs in the background.
func interrupt(ts *testscript.TestScript, _ bool, _ []string) {
	for _, c := range ts.BackgroundCmds() {
		ts.Check(c.Process.Signal(os.Interrupt))
	}
}

// address NAME puts an address of this machine at which nobody listens into $NAME.
func address(ts *testscript.TestScript, _ bool, args []string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv(args[0], l.Addr().String())
	ts.Check(l.Close())
}

// hears URL TEXT FILE listens as a plain NATS client until an event with TEXT in it comes, and writes its subject and JSON.
func hears(ts *testscript.TestScript, _ bool, args []string) {
	var conn *nats.Conn
	err := errors.New("not tried")
	for late := time.Now().Add(2 * time.Minute); err != nil && time.Now().Before(late); time.Sleep(10 * time.Millisecond) {
		conn, err = nats.Connect(args[0])
	}
	ts.Check(err)
	defer conn.Close()
	heard := make(chan *nats.Msg, 1)
	_, err = conn.Subscribe("pasar.>", func(m *nats.Msg) {
		if strings.Contains(m.Subject, ".event.") && bytes.Contains(m.Data, []byte(args[1])) {
			select {
			case heard <- m:
			default:
			}
		}
	})
	ts.Check(err)
	select {
	case m := <-heard:
		ts.Check(os.WriteFile(ts.MkAbs(args[2]), []byte(m.Subject+"\n"+string(m.Data)+"\n"), 0o644))
	case <-time.After(2 * time.Minute):
		ts.Fatalf("nothing was heard with %s in it", args[1])
	}
}

// eventof A B puts the number of the first event in which two runs differ into $EVENT.
func eventOf(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(ts.Exec("pasar", "explain", args[0], args[1], "--json"))
	m := regexp.MustCompile(`"id": "([0-9.]+)"`).FindStringSubmatch(ts.ReadFile("stdout"))
	if m == nil {
		ts.Fatalf("no event is named")
	}
	ts.Setenv("EVENT", m[1])
}

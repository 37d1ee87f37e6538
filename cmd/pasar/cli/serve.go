package cli

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/inconshreveable/mousetrap"
	"github.com/spf13/cobra"

	"pasar/cmd/pasar/serve"
	"pasar/scenarios/lab"
)

// A server holds what serve was asked to do.
type server struct {
	*streams
	listen  string
	share   bool
	open    bool
	lang    string
	dir     string
	workers int
	history bool
	prepare bool
}

func serveVerb(s *streams) *cobra.Command {
	r := &server{streams: s}
	c := &cobra.Command{
		Use:   "serve",
		Short: "Opens the lab: scenarios, runs, comparisons and reports in a browser",
		Long: `Serves the lab on this machine alone, at http://127.0.0.1:8080 unless told otherwise.

--prepare plays, while nobody waits for anything else, a first look at each place of each lever of what
happened, so that a class that moves one lever at a time has its results at once. It takes some minutes.

--share opens it to the local network for a class, over plain HTTP: browsers type a code of six
letters once, and may then look at everything and play quick runs. Whoever sits at this machine needs
no code. Anyone on the network can read what goes over it; do not share it on one you do not trust.

Runs are kept (--dir), and what was under way when the lab ended goes on when it is opened again.`,
		Example: `  pasar serve --open
  pasar serve --share --prepare
  pasar serve --listen 127.0.0.1:9000 --lang id`,
		Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error { return r.run() },
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&r.listen, "listen", "", "`address` to listen on (default 127.0.0.1:8080; with --share :8080)")
	f.BoolVar(&r.share, "share", false, "open the lab to the local network, with a code")
	f.BoolVar(&r.open, "open", false, "open it in a browser")
	f.StringVar(&r.lang, "lang", "en", "language where the browser does not say: en or id")
	f.StringVar(&r.dir, "dir", "runs", "`folder` that keeps runs")
	f.IntVar(&r.workers, "workers", 0, "runs at a time; never changes a result (default: one for each core)")
	f.BoolVar(&r.history, "history", true, "play ban and pilot once, in the background, for their cards in the gallery")
	f.BoolVar(&r.prepare, "prepare", false, "play first looks at all places of the levers before a class asks for them")
	return c
}

// run serves until a signal ends it.
func (r *server) run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return r.serve(ctx)
}

// clicked tells whether the program was opened by a double click in a window of files, as far as that can be told: on Windows by who
// started it; elsewhere nothing is connected to it, and there is a screen. macOS opens programs in a terminal, where they show the help.
func clicked(s *streams) bool {
	if runtime.GOOS == "windows" {
		return mousetrap.StartedByExplorer()
	}
	if os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") == "" {
		return false
	}
	null, err := os.Stat(os.DevNull)
	if err != nil {
		return false
	}
	if info := about(s.in); info == nil || !os.SameFile(info, null) {
		return false
	}
	for _, w := range []any{s.out, s.err} { // the session's log is a socket, where it is anything
		if info := about(w); info == nil || !os.SameFile(info, null) && info.Mode()&os.ModeSocket == 0 {
			return false
		}
	}
	return true
}

// about is what a stream is connected to; nil: nothing of the system.
func about(stream any) os.FileInfo {
	f, ok := stream.(*os.File)
	if !ok {
		return nil
	}
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	return info
}

// openLab is what a double click does: the lab in a browser, with its runs where programs keep what they can make again.
func openLab(s *streams) error {
	dir, err := os.UserCacheDir()
	if err != nil {
		return fmt.Errorf("a folder for runs: %w", err)
	}
	r := &server{streams: s, open: true, lang: "en", history: true, dir: filepath.Join(dir, "pasar"), listen: "127.0.0.1:8080"}
	if ear, err := net.Listen("tcp", r.listen); err != nil {
		r.listen = "127.0.0.1:0" // another program is there
	} else {
		_ = ear.Close()
	}
	return r.run()
}

// address checks where the lab is to listen.
func (r *server) address() (string, error) {
	at := r.listen
	switch {
	case at == "" && r.share:
		at = ":8080"
	case at == "":
		at = "127.0.0.1:8080"
	}
	host, _, err := net.SplitHostPort(at)
	if err != nil {
		return "", usage("--listen %s: an address and a port, such as 127.0.0.1:8080", at)
	}
	ip := net.ParseIP(host)
	if local := host == "localhost" || ip != nil && ip.IsLoopback(); !local && !r.share {
		return "", usage("--listen %s can be reached from other machines; add --share, which asks them for a code, or listen on 127.0.0.1", at)
	}
	return at, nil
}

func (r *server) serve(ctx context.Context) error {
	if err := lang(r.lang).check(); err != nil {
		return err
	}
	at, err := r.address()
	if err != nil {
		return err
	}
	if r.workers < 0 || r.workers > maxGoroutines {
		return usage("--workers %d: 1 to %d", r.workers, maxGoroutines)
	}
	o := serve.Options{Version: Version(), Human: Human, Dir: r.dir, Lang: r.lang, Workers: r.workers, UI: r.front.UI, Notes: r.front.Notes, History: r.history}
	var names []string
	if r.share {
		o.Code, names = serve.Code(), addresses()
		o.Hosts = names
	}
	ear, err := net.Listen("tcp", at)
	if err != nil {
		return usage("--listen %s: %v", at, err)
	}
	l, err := serve.Open(o)
	if err != nil {
		_ = ear.Close()
		return err
	}
	defer l.Close()
	_, port, _ := net.SplitHostPort(ear.Addr().String()) // it is an address
	here := "http://" + net.JoinHostPort("127.0.0.1", port)
	fmt.Fprintf(r.out, "The lab is open at %s; Ctrl-C closes it.\n", here)
	if r.share {
		fmt.Fprintf(r.out, "Class code: %s\nOthers on this network open:\n", o.Code)
		for _, n := range names {
			fmt.Fprintf(r.out, "  http://%s\n", net.JoinHostPort(n, port))
		}
	}
	if o.UI == nil {
		fmt.Fprintln(r.out, "The interactive front end is not built into this program (make lab); plain pages are shown instead.")
	}
	if r.open {
		if err := browse(here); err != nil {
			fmt.Fprintf(r.err, "no browser could be opened (%v); open %s yourself\n", err, here)
		}
	}
	if r.share {
		if err := r.ready(l, "sketches", serve.Sketches); err != nil {
			return err
		}
	}
	if r.prepare {
		if err := r.ready(l, "first looks", serve.Places); err != nil {
			return err
		}
	}
	h := &http.Server{Handler: l, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return ctx }}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(ear) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	short, stop := context.WithTimeout(context.Background(), 3*time.Second)
	defer stop()
	if err := h.Shutdown(short); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("closing the lab: %w", err)
	}
	_ = h.Close()
	return nil
}

// ready has a lab prepare its levers in the background, and says when it begins and ends.
func (r *server) ready(l *serve.Lab, what string, places func() ([]lab.Request, error)) error {
	list, err := places()
	if err != nil {
		return err
	}
	begin := time.Now()
	fmt.Fprintf(r.err, "preparing %s at %d places of levers\n", what, len(list))
	go func() {
		switch err := l.Prepare(list); {
		case err == nil:
			fmt.Fprintf(r.err, "%s are prepared, after %v\n", what, time.Since(begin).Round(time.Second))
		default:
			fmt.Fprintf(r.err, "%s are not prepared: %v\n", what, err)
		}
	}()
	return nil
}

// addresses are those by which others on the network can call this machine.
func addresses() (list []string) {
	if name, err := os.Hostname(); err == nil {
		list = append(list, strings.ToLower(name))
	}
	all, err := net.InterfaceAddrs()
	if err != nil {
		return list
	}
	for _, a := range all {
		if n, ok := a.(*net.IPNet); ok && n.IP.To4() != nil && !n.IP.IsLoopback() && !n.IP.IsLinkLocalUnicast() {
			list = append(list, n.IP.String())
		}
	}
	return list
}

// browse opens an address in the browser that this machine prefers.
func browse(address string) error {
	switch runtime.GOOS {
	case "windows":
		return exec.Command("rundll32", "url.dll,FileProtocolHandler", address).Start()
	case "darwin":
		return exec.Command("open", address).Start()
	}
	return exec.Command("xdg-open", address).Start()
}

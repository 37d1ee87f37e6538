package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Two machines of a test, joined by a cable of their own.
const (
	labAt     = "10.77.0.1"
	studentAt = "10.77.0.2"
	role      = "PASAR_MACHINE" // in the environment: which of them this process is on
)

// A browser on another machine gets into a shared lab with the code of the class, and not without; then it may play quick runs only. A lab that
// is not shared cannot be reached at all. The machines are namespaces of the network, which only root may make.
func TestShareFromAnotherMachine(t *testing.T) {
	switch os.Getenv(role) {
	case "lab":
		labMachine(t)
		return
	case "student":
		studentMachine(t, os.Getenv("PASAR_AT"), os.Getenv("PASAR_CODE"))
		return
	}
	if os.Geteuid() != 0 {
		t.Skip("only root makes namespaces of the network")
	}
	lab, student := fmt.Sprintf("pasar-lab-%d", os.Getpid()), fmt.Sprintf("pasar-student-%d", os.Getpid())
	for _, name := range []string{lab, student} {
		if out, err := exec.Command("ip", "netns", "add", name).CombinedOutput(); err != nil {
			t.Skipf("there are no namespaces of the network: %v %s", err, out)
		}
		t.Cleanup(func() { _ = exec.Command("ip", "netns", "del", name).Run() }) // with all that is in it
	}
	for _, line := range []string{
		"link add cable netns " + lab + " type veth peer name cable netns " + student,
		"-n " + lab + " addr add " + labAt + "/24 dev cable", "-n " + student + " addr add " + studentAt + "/24 dev cable",
		"-n " + lab + " link set cable up", "-n " + student + " link set cable up", "-n " + lab + " link set lo up",
	} {
		if out, err := exec.Command("ip", strings.Fields(line)...).CombinedOutput(); err != nil {
			t.Skipf("ip %s: %v %s", line, err, out)
		}
	}
	on := func(machine, what string, env ...string) *exec.Cmd {
		c := exec.CommandContext(t.Context(), "ip", "netns", "exec", machine, os.Args[0], "-test.run", "^"+t.Name()+"$", "-test.v")
		c.Env = append(append(os.Environ(), role+"="+what), env...)
		return c
	}
	server := on(lab, "lab")
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err == nil {
		err = server.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		_ = in.Close() // the lab ends
		_, _ = io.Copy(io.Discard, out)
		if err := server.Wait(); err != nil {
			t.Errorf("the lab: %v", err)
		}
	}()
	code, address := "", ""
	for lines := bufio.NewScanner(out); address == "" && lines.Scan(); {
		if m := regexp.MustCompile(`^Class code: (\w{6})$`).FindStringSubmatch(lines.Text()); m != nil {
			code = m[1]
		}
		if strings.Contains(lines.Text(), labAt) {
			address = strings.TrimSpace(lines.Text())
		}
	}
	if code == "" || address != "http://"+labAt+":8080" {
		t.Fatalf("the lab says code %q and address %q", code, address)
	}
	if out, err := on(student, "student", "PASAR_AT="+address, "PASAR_CODE="+code).CombinedOutput(); err != nil {
		t.Errorf("the student: %v\n%s", err, out)
	}
}

// labMachine opens a lab for a class, and one for itself alone, until its input ends.
func labMachine(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 2)
	for _, r := range []*server{
		{streams: &streams{out: io.Discard, err: io.Discard}, listen: "127.0.0.1:9000"},
		{streams: &streams{out: os.Stdout, err: os.Stderr}, share: true},
	} {
		r.lang, r.dir, r.workers = "en", t.TempDir(), 1
		go func() { ended <- r.serve(ctx) }()
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
	stop()
	for range 2 {
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// studentMachine tries to get in.
func studentMachine(t *testing.T, at, code string) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	browser, stranger := &http.Client{Jar: jar, Timeout: time.Minute}, &http.Client{Timeout: time.Minute}
	status := func(c *http.Client, method, path, body, host string) int {
		t.Helper()
		r, err := http.NewRequestWithContext(t.Context(), method, at+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if host != "" {
			r.Host = host
		}
		x, err := c.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, x.Body)
		_ = x.Body.Close()
		return x.StatusCode
	}
	wrong := "AAAAAA"
	if code == wrong {
		wrong = "BBBBBB"
	}
	for _, x := range []struct {
		who                      *http.Client
		method, path, body, host string
		want                     int
	}{
		{browser, "GET", "/plain", "", "", http.StatusForbidden},
		{browser, "GET", "/api/meta", "", "", http.StatusForbidden},
		{browser, "POST", "/api/runs", `{"scenario":"ban","n":1,"buyers":100}`, "", http.StatusForbidden},
		{browser, "POST", "/api/join", `{"code":"` + wrong + `"}`, "", http.StatusForbidden},
		{browser, "GET", "/api/meta", "", "", http.StatusForbidden},
		{browser, "POST", "/api/join", `{"code":"` + strings.ToLower(code) + `"}`, "", http.StatusNoContent},
		{browser, "GET", "/api/meta", "", "", http.StatusOK},
		{browser, "GET", "/api/runs", "", "", http.StatusOK},
		{browser, "POST", "/api/runs", `{"scenario":"ban","n":1,"buyers":100}`, "", http.StatusAccepted},
		{browser, "POST", "/api/runs", `{"scenario":"ban","n":1,"buyers":20000}`, "", http.StatusBadRequest},
		{browser, "POST", "/api/sweeps/pilot-caps", "", "", http.StatusForbidden},
		{browser, "GET", "/api/meta", "", "elsewhere.example", http.StatusMisdirectedRequest},
		{stranger, "GET", "/api/meta", "", "", http.StatusForbidden},
	} {
		if got := status(x.who, x.method, x.path, x.body, x.host); got != x.want {
			t.Errorf("%s %s %s %s: %d, not %d", x.method, x.path, x.body, x.host, got, x.want)
		}
	}
	at = "http://" + labAt + ":9000"
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	if x, err := stranger.Do(r); err == nil {
		_ = x.Body.Close()
		t.Errorf("a lab that is not shared answers %s", x.Status)
	}
}

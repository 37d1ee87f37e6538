package cli

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// A program with nothing connected to it and a screen was clicked on; one in a pipe, with a file or without a screen was not.
func TestClicked(t *testing.T) {
	null, err := os.OpenFile(os.DevNull, os.O_RDWR, 0)
	if err != nil {
		t.Skip(err)
	}
	defer null.Close()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	defer w.Close()
	t.Setenv("WAYLAND_DISPLAY", "")
	for i, x := range []struct {
		in       io.Reader
		out, err io.Writer
		screen   string
		want     bool
	}{
		{null, null, null, ":0", true}, {null, null, null, "", false}, {strings.NewReader(""), null, null, ":0", false},
		{r, null, null, ":0", false}, {null, w, null, ":0", false}, {null, null, w, ":0", false}, {null, &bytes.Buffer{}, null, ":0", false},
	} {
		t.Setenv("DISPLAY", x.screen)
		if got := clicked(&streams{in: x.in, out: x.out, err: x.err}); got != x.want {
			t.Errorf("%d: %v", i, got)
		}
	}
}

// A loud is a buffer that one may read while another writes.
type loud struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *loud) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *loud) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// The lab opens where it says, for this machine alone or for a class, and closes when it is told to.
func TestServe(t *testing.T) {
	for _, share := range []bool{false, true} {
		out := &loud{}
		r := &server{streams: &streams{out: out, err: out}, listen: "127.0.0.1:0", share: share, lang: "en", dir: t.TempDir(), workers: 1}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- r.serve(ctx) }()
		address := ""
		for range 6000 {
			if m := regexp.MustCompile(`open at (http://\S+);`).FindStringSubmatch(out.String()); m != nil {
				address = m[1]
				break
			}
			time.Sleep(20 * time.Millisecond)
		}
		x, err := http.Get(address + "/api/meta")
		if err != nil {
			t.Fatal(err, out.String())
		}
		_ = x.Body.Close()
		if x.StatusCode != http.StatusOK || share != strings.Contains(out.String(), "Class code: ") {
			t.Errorf("share %v: %s\n%s", share, x.Status, out)
		}
		http.DefaultClient.CloseIdleConnections()
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	}
}

// What others could reach asks for a code, or is refused.
func TestServeListens(t *testing.T) {
	for _, x := range []struct {
		listen string
		share  bool
		want   string
		wrong  string
	}{
		{"", false, "127.0.0.1:8080", ""}, {"", true, ":8080", ""}, {"localhost:9000", false, "localhost:9000", ""}, {"[::1]:80", false, "[::1]:80", ""},
		{"0.0.0.0:80", true, "0.0.0.0:80", ""}, {"0.0.0.0:80", false, "", "add --share"}, {":80", false, "", "add --share"}, {"10.1.2.3:80", false, "", "add --share"}, {"8080", false, "", "a port"},
	} {
		got, err := (&server{listen: x.listen, share: x.share}).address()
		if got != x.want || (err == nil) != (x.wrong == "") || err != nil && !strings.Contains(err.Error(), x.wrong) {
			t.Errorf("%q, share %v: %q, %v", x.listen, x.share, got, err)
		}
	}
}

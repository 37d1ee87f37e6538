package serve

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/klauspost/compress/gzip"

	"pasar/scenarios/lab"
)

// What is the same for everyone is worked out once for each set of replications, and read the same with and without compression. A question that had
// no answer is asked again.
func TestAnswersAreShared(t *testing.T) {
	l := &Lab{answers: newCache[*answer](2)}
	x, made := &lab.Run{Key: "k"}, 0
	ask := func(done []*lab.Reading, coding string, answerOf func() (any, error)) (string, error) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Header.Set("Accept-Encoding", coding)
		w := httptest.NewRecorder()
		err := l.share(w, r, x, done, "what", answerOf)
		if w.Header().Get("Content-Encoding") == "" {
			return w.Body.String(), err
		}
		z, err := gzip.NewReader(bytes.NewReader(w.Body.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(z)
		return "packed " + string(text), err
	}
	count := func() (any, error) { made++; return made, nil }
	one, two := []*lab.Reading{{}, nil}, []*lab.Reading{{}, {}}
	if _, err := ask(one, "gzip", func() (any, error) { return nil, errUnknown }); !errors.Is(err, errUnknown) {
		t.Errorf("an answer that there is not: %v", err)
	}
	large := make([]byte, largestAnswer) // nothing compresses it
	_, _ = rand.NewChaCha8([32]byte{}).Read(large)
	if _, err := ask(two, "", func() (any, error) { return large, nil }); err != nil { // asked for again below, it is another
		t.Error(err)
	}
	for _, c := range []struct {
		done         []*lab.Reading
		coding, want string
	}{{one, "gzip", "packed 1"}, {one, "deflate, gzip;q=0.5", "packed 1"}, {one, "gzip;q=0", "1"}, {one, "", "1"}, {two, "br, gzip", "packed 2"}, {one, "identity", "1"}, {two, "", "2"}} {
		if got, err := ask(c.done, c.coding, count); got != c.want || err != nil {
			t.Errorf("%d done, %q: %q instead of %q, %v", doneOf(c.done), c.coding, got, c.want, err)
		}
	}
}

package serve

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"

	"pasar/scenarios/lab"
)

// How many answers are kept, and how large one may be to be kept: 32 MB at most, whatever browsers ask for. All that a screen reads of a quick run is smaller.
const (
	keptAnswers   = 128
	largestAnswer = 256 << 10
)

// An answer is the same for everyone who asks while the same replications are done: a class looks at the same base, and all at the same scenario
// when it begins. It is worked out, written and packed once.
type answer struct {
	mu     sync.Mutex
	packed []byte // JSON, compressed; nil: nobody has asked, or it is too large to be kept
}

func (*answer) drop() {}

// share sends the answer to what is asked about the replications of a run that are done.
func (l *Lab) share(w http.ResponseWriter, r *http.Request, x *lab.Run, done []*lab.Reading, what string, answerOf func() (any, error)) error {
	key := sha256.Sum256([]byte(x.Key + "\n" + strconv.FormatUint(doneOf(done), 16) + "\n" + what))
	k := l.answers.get(string(key[:]), func() *answer { return &answer{} })
	packed, err := k.of(answerOf)
	if err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("Cache-Control", "no-store")
	if takesGzip(r) {
		h.Set("Content-Encoding", "gzip")
		_, _ = w.Write(packed) // who is gone needs no answer
		return nil
	}
	plain, err := gzip.NewReader(bytes.NewReader(packed))
	if err == nil {
		_, err = io.Copy(w, plain)
	}
	return err
}

// of makes an answer, if nobody has.
func (k *answer) of(answerOf func() (any, error)) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.packed != nil {
		return k.packed, nil
	}
	v, err := answerOf()
	if err != nil {
		return nil, err
	}
	plain, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("an answer: %w", err)
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestSpeed)
	if err == nil {
		_, err = z.Write(plain)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("compression: %w", err)
	}
	if b.Len() > largestAnswer {
		return b.Bytes(), nil
	}
	k.packed = bytes.Clone(b.Bytes()) // without the room that it grew in
	return k.packed, nil
}

// doneOf says which replications are done, one in each bit: there are mostReps at most.
func doneOf(done []*lab.Reading) (bits uint64) {
	for i := range done {
		if done[i] != nil {
			bits |= 1 << i
		}
	}
	return bits
}

// takesGzip tells whether a browser takes packed answers, as all do that are in use.
func takesGzip(r *http.Request) bool {
	for coding := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(coding, ";")
		if strings.TrimSpace(name) == "gzip" {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}

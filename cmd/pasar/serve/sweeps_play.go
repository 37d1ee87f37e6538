package serve

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"sync"

	"pasar/scenarios/files"
	"pasar/scenarios/queue"
	"pasar/scenarios/sweep"
)

// A sweeper plays a sweep inside the lab: one sweep at a time and one run at a time, so that pages and runs stay quick. What it is at stands
// in a file as long as nobody stops it, so that the next lab goes on with it.
type sweeper struct {
	note string // the file

	mu    sync.Mutex
	name  string // of what is played; "" if nothing is
	stop  context.CancelFunc
	wrong map[string]string // why sweeps could not go on, by name
	all   sync.WaitGroup
}

// A noted is what the file holds.
type noted struct {
	Name string `json:"name"`
	Lang string `json:"lang"`
}

func newSweeper(dir string) *sweeper {
	return &sweeper{note: filepath.Join(dir, "lab", "study.json"), wrong: map[string]string{}}
}

// noted is what the lab before was at when it ended.
func (s *sweeper) noted() (x noted, ok bool) {
	text, err := os.ReadFile(s.note)
	return x, err == nil && json.Unmarshal(text, &x) == nil
}

// goOn goes on with the study that the lab before was at. A class plays none; the study waits for the lab after it.
func (l *Lab) goOn() {
	x, ok := l.sweeper.noted()
	if !ok || l.o.Code != "" {
		return
	}
	w, err := l.shelf.get(x.Name)
	if err == nil && w.whole() {
		_ = os.Remove(l.sweeper.note)
		return
	}
	if err == nil {
		err = l.sweeper.begin(l.ctx, w, l.o.Version, l.o.Human, x.Lang)
	}
	if err != nil {
		l.sweeper.cannot(x.Name, err)
	}
}

// cannot keeps why a sweep could not go on.
func (s *sweeper) cannot(name string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wrong[name] = firstLines(err.Error(), 5)
	_ = os.Remove(s.note)
}

// has tells whether a sweep is played here, and why it could not go on.
func (s *sweeper) has(name string) (bool, string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name == name, s.wrong[name]
}

// begin begins to play what is missing of a sweep, until the context or end ends it.
func (s *sweeper) begin(ctx context.Context, x *swept, version, human, lang string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.name == x.name:
		return nil
	case s.name != "":
		return refuseIn(http.StatusConflict, "the study %s is being played; stop it first, or wait until it is done", "studi %s sedang dimainkan; hentikan dulu, atau tunggu sampai selesai", s.name)
	case x.study == nil:
		return refuseIn(http.StatusConflict, "the study %s cannot be read by this program", "studi %s tidak bisa dibaca oleh program ini", x.name)
	}
	p, err := sweep.NewPlan(x.study, version, human)
	if err != nil {
		return err
	}
	if err := p.Check(x.dir); errors.Is(err, sweep.ErrTaken) {
		return refuse(http.StatusConflict, "%w", err)
	} else if err != nil {
		return err
	}
	server, err := queue.Serve(queue.ServerOptions{Dir: filepath.Join(x.dir, sweep.QueueDir)})
	if err != nil {
		return refuse(http.StatusConflict, "the study %s cannot be played now; another program may be at it: %w", x.name, err)
	}
	conn, err := server.Connect()
	if err != nil {
		server.Close()
		return err
	}
	text, err := json.Marshal(noted{x.name, lang})
	if err == nil {
		err = p.Claim(x.dir)
	}
	if err == nil {
		err = files.Replace(s.note, text)
	}
	if err != nil {
		conn.Close()
		server.Close()
		return fmt.Errorf("noting the study: %w", err)
	}
	lab := ctx
	ctx, s.stop = context.WithCancel(ctx)
	s.name = x.name
	delete(s.wrong, x.name)
	s.all.Go(func() {
		_, err := p.Run(ctx, conn, x.dir, sweep.Options{Workers: 1, Lang: lang})
		conn.Close()
		server.Close()
		if lab.Err() == nil {
			_ = os.Remove(s.note) // it is over, or somebody stopped it
		}
		s.ended(x.name, err, ctx.Err() != nil || errors.Is(err, sweep.ErrStopped))
	})
	return nil
}

func (s *sweeper) ended(name string, err error, asked bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stop()
	s.name = ""
	if err != nil && !asked {
		s.wrong[name] = firstLines(err.Error(), 5)
	}
}

// end stops a sweep that is played here, and tells whether it was.
func (s *sweeper) end(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.name != name {
		return false
	}
	s.stop()
	return true
}

// mayPlay refuses a class: a study takes hours of the machine.
func (l *Lab) mayPlay(r *http.Request) (*swept, error) {
	if l.o.Code != "" {
		return nil, refuseIn(http.StatusForbidden, "studies are not played while the lab is shared; pasar sweep plays them", "studi tidak dimainkan selama lab dibagikan; pasar sweep memainkannya")
	}
	if err := l.guard.spend(r, asking); err != nil {
		return nil, err
	}
	return l.shelf.get(r.PathValue("name"))
}

// beginSweep plays what is missing of a sweep.
func (l *Lab) beginSweep(w http.ResponseWriter, r *http.Request) error {
	x, err := l.mayPlay(r)
	if err != nil {
		return err
	}
	if s := l.card(r, x).State; s != beingSwept && s != allSwept {
		if err := l.sweeper.begin(l.ctx, x, l.o.Version, l.o.Human, l.lang(r)); err != nil {
			return err
		}
	}
	return l.sendCard(w, r, x.name)
}

// endSweep stops a sweep, whichever process on this machine plays it; what is finished is kept.
func (l *Lab) endSweep(w http.ResponseWriter, r *http.Request) error {
	x, err := l.mayPlay(r)
	if err != nil {
		return err
	}
	if !l.sweeper.end(x.name) && sweep.Playing(x.dir) {
		if err := sweep.AskToStop(x.dir); err != nil {
			return err
		}
	}
	return l.sendCard(w, r, x.name)
}

func (l *Lab) sendCard(w http.ResponseWriter, r *http.Request, name string) error {
	x, err := l.shelf.get(name)
	if err != nil {
		return err
	}
	return send(w, l.card(r, x))
}

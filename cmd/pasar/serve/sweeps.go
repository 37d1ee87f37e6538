package serve

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"

	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/shell"
	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

// A shelf holds the sweeps that the lab knows: the studies of the library, and the folders of sweeps where pasar sweep writes them. Requests
// name a sweep as the shelf lists it, so no name of theirs is tried in the file system.
type shelf struct {
	dir     string
	library func() []*study.Study

	mu      sync.Mutex
	studies map[string]*study.Study // of folders, by name and what their sweep.json holds
}

func newShelf(dir string) *shelf {
	return &shelf{dir: dir, library: sync.OnceValue(study.Library), studies: map[string]*study.Study{}}
}

// plainName is a name that needs no care in links; folders with other names are not shown.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// A swept is a sweep of the shelf.
type swept struct {
	name    string
	dir     string
	study   *study.Study  // nil: it cannot be read
	folder  *sweep.Folder // nil: it has not begun
	summary *sweep.Summary
}

// all lists the library first, then what other folders hold, by name.
func (s *shelf) all() ([]*swept, error) {
	var list []*swept
	for _, x := range s.library() {
		list = append(list, &swept{name: x.Name, dir: filepath.Join(s.dir, x.Name), study: x})
	}
	entries, err := os.ReadDir(s.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("reading the sweeps: %w", err)
	}
	for _, e := range entries {
		dir := filepath.Join(s.dir, e.Name())
		f, err := sweep.OpenFolder(dir)
		if err != nil || !e.IsDir() || !plainName.MatchString(e.Name()) {
			continue // of something else
		}
		i := slices.IndexFunc(list, func(x *swept) bool { return x.name == e.Name() })
		if i < 0 {
			i, list = len(list), append(list, &swept{name: e.Name(), dir: dir})
		}
		x := list[i]
		x.folder, x.study = f, s.studyOf(dir, f)
		if sum, err := sweep.ReadSummary(dir); err == nil && sum.Identity == f.Identity && sum.Version == f.Version {
			x.summary = sum
		}
	}
	return list, nil
}

// studyOf is the study of a folder, read once; nil where this program cannot read it.
func (s *shelf) studyOf(dir string, f *sweep.Folder) *study.Study {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := fmt.Sprintf("%s %+v", dir, *f)
	x, ok := s.studies[key]
	if !ok {
		x, _ = study.Load(filepath.Join(dir, sweep.StudyFile)) // nil: it is listed by its name alone
		s.studies[key] = x
	}
	return x
}

// get is the sweep of a name.
func (s *shelf) get(name string) (*swept, error) {
	list, err := s.all()
	if err != nil {
		return nil, err
	}
	names := make([]string, len(list))
	for i, x := range list {
		if names[i] = x.name; x.name == name {
			return x, nil
		}
	}
	return nil, &problem{status: http.StatusNotFound, err: &lab.Wrong{What: fmt.Sprintf("there is no study %.60q here", name), Near: load.Nearest(name, names),
		Said: lab.TextOf("There is no study “%.60s” here.", "Tidak ada studi “%.60s” di sini.", name)}}
}

// States of a sweep.
const (
	notBegun   = "not begun"
	beingSwept = "running"
	cutOff     = "stopped"
	allSwept   = "done"
)

// A sweepCard is a sweep in the list. Numbers of runs are of all scenarios together.
type sweepCard struct {
	Name     string   `json:"name"`
	Study    string   `json:"study"`
	Title    lab.Text `json:"title"`
	Question lab.Text `json:"question"`
	State    string   `json:"state"`
	Runs     int      `json:"runs"`
	Done     int      `json:"done"`    // with the failed ones
	Failed   int      `json:"failed"`  //
	Running  int      `json:"running"` //
	Left     *int64   `json:"left_ms"`
	Error    string   `json:"error"` // why it could not go on; "" if nothing stood in its way
	Command  string   `json:"command"`
}

// card is a sweep as the browser of a request sees it.
func (l *Lab) card(r *http.Request, x *swept) sweepCard {
	c := sweepCard{Name: x.name, Study: x.name, State: notBegun, Title: lab.Text{EN: x.name, ID: x.name}}
	if s := x.study; s != nil {
		c.Study, c.Runs = s.Name, len(s.Points())*s.Replications*len(s.Worlds)
		c.Title = lab.Text{EN: cmp.Or(s.Title["en"], s.Name), ID: cmp.Or(s.Title["id"], s.Title["en"], s.Name)}
		c.Question = lab.Text{EN: s.Info["en"].Question, ID: cmp.Or(s.Info["id"].Question, s.Info["en"].Question)}
	}
	here := l.guard.host(r)
	if c.Command = shell.Line("pasar", "sweep", c.Study); here { // the folders of this machine are nothing to others
		c.Command = shell.Line("pasar", "sweep", c.Study, "--out", x.dir)
	}
	if x.folder == nil {
		return c
	}
	if here {
		c.Command = shell.Line("pasar", "sweep", "resume", x.dir)
	}
	c.Runs = x.folder.Size * x.folder.Worlds
	var mine bool
	mine, c.Error = l.sweeper.has(x.name)
	switch {
	case mine || sweep.Playing(x.dir):
		c.State = beingSwept
		c.standing(x)
	case x.whole():
		c.State, c.Runs, c.Done, c.Failed = allSwept, x.summary.Runs, x.summary.Runs, x.summary.Failed
	default:
		c.State = cutOff
		c.standing(x)
		c.Running, c.Left = 0, nil // whoever plays none any more may have had no time to say so
	}
	return c
}

// standing is how far a sweep is by the last word of whoever plays it or did; before the first, by what it was before it grew.
func (c *sweepCard) standing(x *swept) {
	p, ok := sweep.Standing(x.dir)
	if !ok {
		if x.summary != nil {
			c.Done, c.Failed = x.summary.Runs, x.summary.Failed
		}
		return
	}
	c.Done, c.Failed, c.Running = (p.Done+p.Failed)*p.Worlds, p.FailedRuns+p.Failed*p.Worlds, p.Running*p.Worlds
	if ms := p.Left.Milliseconds(); ms > 0 {
		c.Left = &ms
	}
}

// whole tells whether the results are of all that the study asks for, which may be less than its cells where it may end early.
func (x *swept) whole() bool {
	return x.summary != nil && x.folder.Whole(x.summary)
}

func (l *Lab) listSweeps(w http.ResponseWriter, r *http.Request) error {
	list, err := l.shelf.all()
	if err != nil {
		return err
	}
	cards := make([]sweepCard, len(list))
	for i, x := range list {
		cards[i] = l.card(r, x)
	}
	return send(w, cards)
}

package cli

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"pasar/scenarios/queue"
	"pasar/scenarios/shell"
	"pasar/scenarios/sweep"
)

// status tells how far a sweep is: from its server or, where that is inside the process that plays it, from what that process writes.
func (r *sweeper) status(ctx context.Context, dir string) error {
	f, err := r.open(dir)
	if err != nil {
		return err
	}
	s, err := r.standing(ctx, f)
	if err != nil {
		return err
	}
	if r.json {
		return printJSON(r.out, s)
	}
	fmt.Fprintf(r.out, "study %s: %d of %d cells done, %d given up, %d running, %d waiting", f.Study, s.Done, s.Cells, s.Failed, s.Running, s.Queued)
	if s.FailedRuns > 0 {
		fmt.Fprintf(r.out, ", %d runs failed", s.FailedRuns)
	}
	fmt.Fprintln(r.out)
	switch rest := s.Cells - s.Done - s.Failed; {
	case s.Ended != nil:
		fmt.Fprintln(r.out, ending("en", s.Ended))
	case s.Look != nil && s.Look.Replications < s.Look.Of:
		fmt.Fprintf(r.out, "it may end at look %d of %d, after %d of %d replications\n", s.Look.Number, s.Look.Last, s.Look.Replications, s.Look.Of)
	case s.Stopped && rest > 0:
		fmt.Fprintf(r.out, "nobody plays it; %s plays the rest\n", shell.Line("pasar", "sweep", "resume", dir))
	}
	if s.Left > 0 {
		fmt.Fprintf(r.out, "about %v left\n", s.Left.Round(1e9))
	}
	return nil
}

// standing is where the sweep stands.
func (r *sweeper) standing(ctx context.Context, f *sweep.Folder) (*sweep.Progress, error) {
	over, isOver := f.Over(r.dir)
	if r.nats != "" {
		s, err := r.counted(ctx, f)
		if err == nil && isOver {
			s.FailedRuns, s.Ended = over.FailedRuns, over.Ended
		}
		return s, err
	}
	if sweep.Playing(r.dir) {
		if s, ok := sweep.Standing(r.dir); ok {
			return s, nil
		}
	}
	if isOver && over.Ended != nil {
		return over, nil // of what the queue holds beside that nobody asks
	}
	if !exists(filepath.Join(r.dir, sweep.QueueDir)) { // it was merged, was played over a server, or somebody deleted its queue
		s, stopped := sweep.Standing(r.dir)
		switch {
		case isOver:
			return over, nil
		case !stopped:
			return nil, usage("%s tells not how far it is: it has neither results nor a queue; if it is played over a server, name that by --nats", r.dir)
		}
		return idle(s), nil
	}
	conn, end, err := r.connect()
	if err != nil {
		if s, ok := sweep.Standing(r.dir); ok { // whoever has the queue wrote it a while ago
			return s, nil
		}
		return nil, err
	}
	defer end()
	s, err := f.Status(ctx, conn, nil)
	if err != nil {
		return nil, err
	}
	if isOver {
		s.FailedRuns = over.FailedRuns
	}
	return idle(s), nil
}

// idle is how far a sweep is that nobody plays: what its workers had when they ended waits.
func idle(s *sweep.Progress) *sweep.Progress {
	s.Running, s.Left, s.Look = 0, 0, nil
	s.Queued = max(s.Cells-s.Done-s.Failed, 0)
	s.Stopped = s.Queued > 0
	return s
}

// counted is where the sweep stands by a server, which may have cells of another size of the study, too.
func (r *sweeper) counted(ctx context.Context, f *sweep.Folder) (*sweep.Progress, error) {
	if f.Version != Version() {
		return nil, usage("%s was begun by version %s of the program, and this is %s; only that one can tell its cells from others", r.dir, f.Version, Version())
	}
	p, err := r.read(studyOf(r.dir))
	if err != nil {
		return nil, err
	}
	conn, err := r.dial()
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	return f.Status(ctx, conn, p)
}

// kept is how many cells of a plan are done. Whoever stopped it need not have been told of them: it may have begun a moment ago.
func (r *sweeper) kept(p *sweep.Plan, conn *queue.Conn) int {
	ctx, stop := context.WithTimeout(context.Background(), 2*time.Second)
	defer stop()
	f, err := sweep.OpenFolder(r.dir)
	if err != nil {
		return 0
	}
	s, err := f.Status(ctx, conn, p)
	if err != nil { // nothing was queued yet, or the server went away
		return 0
	}
	return s.Done
}

// ending says by which rule a study ended early, and when.
func ending(l lang, e *sweep.Ending) string {
	w, share := l.words(), l.num(100*e.Share, 'g', 3)+" %"
	text := fmt.Sprintf(w.Ended, e.Number, e.Last, e.Replications, e.Of)
	if e.Rule == sweep.TooManyFailed {
		return text + fmt.Sprintf(w.TooMany, share)
	}
	return text + fmt.Sprintf(w.Known, e.Outcome, share)
}

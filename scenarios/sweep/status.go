package sweep

import (
	"context"

	"pasar/scenarios/queue"
)

// ours tells which cells of a queue are of the plan: it may hold those of every size that was asked for.
func (p *Plan) ours() func(cell string) bool {
	all := make(map[string]bool, p.Size())
	for i := range p.Size() {
		all[p.queued(p.Cell(i)).ID] = true
	}
	return func(cell string) bool { return all[cell] }
}

// Status is how far the sweep of a folder is, counted in a queue: of a plan its cells alone, of none all cells that the queue holds.
func (f *Folder) Status(ctx context.Context, c *queue.Conn, p *Plan) (*Progress, error) {
	k, err := c.Open(ctx, f.Queue)
	if err != nil {
		return nil, err
	}
	var ours func(string) bool
	if p != nil {
		ours = p.ours()
	}
	x, err := k.Status(ctx, ours)
	if err != nil {
		return nil, err
	}
	s := f.standing()
	s.Done, s.Failed, s.Running, s.Queued, s.Stopped = x.Done, x.Failed, x.Running, x.Queued, x.Stopped
	return s, nil
}

// Over is how far the sweep of a folder is by its results; not ok if it is not over, or has grown since.
func (f *Folder) Over(dir string) (p *Progress, ok bool) {
	sum, err := ReadSummary(dir)
	if _, playing := Standing(dir); err != nil || playing || !f.Whole(sum) {
		return nil, false
	}
	p = f.standing()
	p.Done, p.FailedRuns, p.Ended = sum.Runs/f.Worlds, sum.Failed, sum.Ended
	return p, true
}

// Whole tells whether a summary is of all that the sweep of the folder asks for: less where the study ended early.
func (f *Folder) Whole(s *Summary) bool {
	reps := s.Replications
	if s.Ended != nil {
		reps = s.Ended.Of
	}
	return s.Identity == f.Identity && s.Version == f.Version && s.Points == f.Points && reps == f.Reps && f.Worlds > 0
}

// standing is how far the sweep is before anything is known of it.
func (f *Folder) standing() *Progress {
	p := &Progress{Worlds: f.Worlds}
	p.Sweep, p.Cells = f.Queue, f.Size
	return p
}

package queue

import "time"

// A Pace is what the time that is left can be told from.
type Pace struct {
	Queued  int
	Running int
	Done    int           // cells of which Wall is known
	Wall    time.Duration // that those took in all
	Squares float64       // sum of the squares of these, s²
}

// Left is the time until the last cell is done, if cells go on taking what they took on average and as many run at a time as do now.
// ok is false as long as nothing is known.
//
// Short cells are done first, and at any moment a long one is the likelier to be running: cells in a slot are a renewal process, in which
// one that runs takes E[w²]/E[w] on average and has half of it before it. So all that began are averaged, not only those that are done.
func (p Pace) Left() (left time.Duration, ok bool) {
	if p.Running == 0 || p.Done == 0 {
		return 0, p.Queued+p.Running == 0
	}
	wall, long := p.Wall.Seconds(), 0.0 // long is what one that runs takes
	if wall > 0 {
		long = p.Squares / wall
	}
	mean := (wall + float64(p.Running)*long) / float64(p.Done+p.Running)
	return time.Duration((mean*float64(p.Queued)/float64(p.Running) + long/2) * float64(time.Second)), true
}

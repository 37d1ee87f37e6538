package queue

import "time"

// A Pace is what the time that is left can be told from.
type Pace struct {
	Queued  int
	Running int
	Done    int           // cells of which Wall is known
	Wall    time.Duration // that those took in all
}

// Left is the time until the last cell is done, if cells go on taking what they took on average and as many run at a time as do now.
// Those that run now are taken to be half done. ok is false as long as nothing is known.
func (p Pace) Left() (left time.Duration, ok bool) {
	if p.Running == 0 || p.Done == 0 {
		return 0, p.Queued+p.Running == 0
	}
	mean := float64(p.Wall) / float64(p.Done)
	half := mean / 2
	return time.Duration(mean*float64(p.Queued)/float64(p.Running) + half), true
}

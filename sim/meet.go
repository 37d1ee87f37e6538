package sim

import (
	"context"
	"fmt"
)

// meet ends a window: frames out, frames in, and the next window in which anyone has something to do.
func (s *shard[M]) meet(ctx context.Context) (next int64, err error) {
	if sum := s.tally.balance(); sum != 0 {
		return 0, fmt.Errorf("conservation: accounts of shard %d sum to %d after window %d (%v)", s.me, sum, s.window, s.w.when(s.window))
	}
	if next = s.q.next(); s.sentFirst < never {
		next = min(next, int64(s.sentFirst/s.w.o.Window))
	}
	var totals, audit []int64
	period := s.tally.first
	if s.tally.closing(s.w.o.Window) == s.window {
		totals = s.tally.rows[period%open]
		s.tally.first++
		if s.w.o.Audit > 0 && (period+1)%int64(s.w.o.Audit) == 0 {
			audit = s.audit()
		}
	}
	next = min(next, s.tally.closing(s.w.o.Window))
	s.seal(next, totals, audit)
	for _, n := range s.posts {
		s.board[n.Topic] = n
	}
	if s.w.o.Shards > 1 {
		in, err := s.w.o.Bus.Exchange(ctx, s.me, s.round, s.out)
		if err != nil {
			return 0, err
		}
		if len(in) != s.w.o.Shards {
			return 0, fmt.Errorf("%w: %d frames of %d shards", errFrame, len(in), s.w.o.Shards)
		}
		for from, f := range in {
			if from == s.me {
				continue
			}
			theirs, err := s.open(from, f, totals, audit)
			if err != nil {
				return 0, err
			}
			next = min(next, theirs)
		}
	}
	s.round++
	for d := range s.out {
		s.out[d] = s.out[d][:0]
		s.sent[d] = 0
	}
	s.sentFirst = never
	s.posts = s.posts[:0]
	if totals != nil {
		first := s.w.rows.put(period, totals)
		clear(totals)
		if first && s.w.o.Check != nil {
			if err := s.w.o.Check(period, s.w.rows.get(period), audit); err != nil {
				return 0, err
			}
		}
	}
	return next, nil
}

// audit counts the agents of this shard and the events under way from it, less what was tallied.
func (s *shard[M]) audit() []int64 {
	row := make([]int64, s.w.o.Cells)
	for c, n := range s.tally.running {
		row[c] = -n
	}
	count := func(c Cell, n int64) { row[c] += n }
	for _, g := range s.w.groups {
		g.audit(s.me, count)
	}
	if s.w.o.CountMsg != nil {
		each := func(events []Event[M]) {
			for i := range events {
				s.w.o.CountMsg(count, &events[i])
			}
		}
		s.q.all(each)
		s.eachSent(each)
	}
	return row
}

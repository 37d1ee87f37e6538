package simtest

import (
	"encoding/binary"
	"fmt"
	"strings"
	"sync"
	"testing"

	"pasar/sim"
)

// criers post in every window, or every so many; readers look at random and tell themselves what they saw.
type criers struct {
	every sim.Time
	quiet bool // the last agents only listen
	mu    *sync.Mutex
	made  map[int64]int // decodings by window of the notice, in this process
}

type seen struct {
	Reads uint32
	Sum   uint64
}

const topics = 3

func (c *criers) Born(t *sim.Turn[Jump], _ *seen) {
	if t.Number < topics {
		c.cry(t)
	}
	t.Wake(1, 1, Jump{})
}

func (c *criers) cry(t *sim.Turn[Jump]) {
	t.Post(sim.Topic(t.Number), binary.LittleEndian.AppendUint64(nil, uint64(t.Now)))
	t.Wake(c.every, 2, Jump{})
}

func (c *criers) React(t *sim.Turn[Jump], s *seen, e *sim.Event[Jump]) {
	if e.Kind == 2 {
		c.cry(t)
		return
	}
	for topic := range sim.Topic(topics) {
		n := t.Posted(topic)
		last := (t.Now/hour*hour - 1) / c.every * c.every // when the crier last posted in a window before this one
		if t.Now < hour {
			last = 0
		}
		said := sim.Decoded(n, func(n *sim.Notice) *sim.Time {
			c.mu.Lock()
			defer c.mu.Unlock()
			c.made[n.Window*topics+int64(n.Topic)]++
			v := sim.Time(binary.LittleEndian.Uint64(n.Bytes))
			return &v
		})
		window := int64(last / hour)
		if last == 0 {
			window = -1
		}
		if *said != last || n.Topic != topic || n.From != sim.ID(topic) || n.Window != window {
			panic(fmt.Sprintf("topic %d at %d: read %d of window %d, want %d of %d", topic, t.Now, *said, n.Window, last, window))
		}
		s.Sum += uint64(*said)
	}
	s.Reads++
	l := t.Luck(1, s.Reads)
	t.Wake(1+sim.Time(l.Below(0, uint32(2*hour))), 1, Jump{s.Sum})
}

// What was posted in a window is what all agents read in the next ones, whichever shard is ahead, and is decoded once.
func TestNotices(t *testing.T) {
	for _, every := range []sim.Time{hour, 5 * hour} {
		var want sim.Digest
		for _, l := range Layouts {
			var crowd []*criers
			r := Spread(l, 5, nil, sim.Options[Jump]{Window: hour, Until: 40 * hour, Topics: topics}, func(o sim.Options[Jump]) *sim.World[Jump] {
				c := &criers{every: every, mu: &sync.Mutex{}, made: map[int64]int{}}
				crowd = append(crowd, c)
				w := sim.New(o)
				sim.Add(w, 1, 70, sim.Agent[seen, Jump](c))
				return w
			})
			to(t, r, 20*hour)
			got := to(t, r, 40*hour)
			if want == (sim.Digest{}) {
				want = got
			}
			if got != want {
				t.Errorf("%v: digest %v, not %v", l, got, want)
			}
			for p, c := range crowd {
				if n := int(40 * hour / every * topics); len(c.made) != n && len(c.made) != n-topics {
					t.Errorf("%v: process %d read %d of %d notices", l, p, len(c.made), n)
				}
				for at, n := range c.made {
					if n != 1 {
						t.Errorf("%v: process %d decoded notice %d of window %d %d times", l, p, at%topics, at/topics, n)
					}
				}
				if n := r.Worlds[p].Posted(1); n == nil || n.Window != int64((40*hour-1)/every*every/hour) {
					t.Errorf("%v: last notice %v", l, n)
				}
			}
		}
	}
}

// A topic has one author, who posts on it once a window.
func TestNoticeRules(t *testing.T) {
	say := func(topic sim.Topic) func(*sim.Turn[Jump]) {
		return func(t *sim.Turn[Jump]) { t.Post(topic, []byte{1}) }
	}
	for _, l := range []Layout{{Shards: 1}, {Shards: 2}, {Shards: 4, Procs: 2}, {Actors: true}} {
		for _, c := range []struct {
			name, want string
			acts       []act
		}{
			{"once a window", "", []act{{who: 1, at: hour, do: say(0)}, {who: 1, at: 2 * hour, do: say(0)}, {who: 2, at: hour, do: say(1)}}},
			{"twice", "posts", []act{{who: 1, at: hour, do: say(0)}, {who: 1, at: hour + 1, do: say(0)}}},
			{"two authors", "posts", []act{{who: 1, at: hour, do: say(0)}, {who: 2, at: 5 * hour, do: say(0)}}},
			{"at once", "posts", []act{{who: 1, at: hour, do: say(0)}, {who: 3, at: hour + 5, do: say(0)}}},
			{"at once, apart", "posts", []act{{who: 0, at: hour, do: say(0)}, {who: 3, at: hour, do: say(0)}}},
			{"no topic", "posts on topic 2 of 2", []act{{at: hour, do: say(2)}}},
		} {
			_, err := script(t, l, sim.Options[Jump]{Window: hour, Until: 9 * hour, Topics: 2}, c.acts)
			if (err != nil) != (c.want != "") || err != nil && !strings.Contains(err.Error(), c.want) {
				t.Errorf("%s, %v: %v", c.name, l, err)
			}
		}
	}
}

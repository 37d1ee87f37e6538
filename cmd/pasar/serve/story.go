package serve

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"pasar/agents/market"
	"pasar/scenarios/explain"
	"pasar/scenarios/lab"
	"pasar/scenarios/play"
	"pasar/scenarios/replay"
	"pasar/scenarios/results/measure"
)

// A tape is a replication that was recorded, so that stories can be told of it. It is for one request at a time.
type tape struct {
	mu    sync.Mutex
	run   *explain.Run
	picks *explain.PicksJSON
}

func (t *tape) drop() {
	go func() { // it may be in use for some seconds yet
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.run != nil {
			t.run.Close()
			t.run = nil
		}
	}()
}

// record plays a replication once more and keeps all its events, unless that was done before. The tape is locked.
func (l *Lab) record(ctx context.Context, t *tape, x *lab.Run, rep int) error {
	if t.run != nil {
		return nil
	}
	s, err := x.World.Load(x.Seed + uint64(rep))
	if err != nil {
		return err
	}
	run := explain.Of(s)
	run.Goroutines = 1 // runs of others go on beside it
	if err := run.Record(ctx); err != nil {
		run.Close()
		return err
	}
	t.run = run
	return nil
}

// hear locks the tape of a replication that a request names, and records it if need be.
func (l *Lab) hear(r *http.Request, name string) (t *tape, x *lab.Run, rep int, err error) {
	key, err := l.run(r, name)
	if err != nil {
		return nil, nil, 0, err
	}
	x, _, ok := l.pool.readings(key)
	if !ok {
		return nil, nil, 0, errUnknown
	}
	if rep, err = replication(x, r.URL.Query().Get("seed")); err != nil {
		return nil, nil, 0, err
	}
	if x.Buyers > lab.QuickBuyers {
		return nil, nil, 0, refuseIn(http.StatusConflict, "stories are told of runs of up to %d buyers: a larger one takes too long to record",
			"kisah diceritakan dari simulasi dengan paling banyak %d pembeli: yang lebih besar terlalu lama direkam", lab.QuickBuyers)
	}
	t = l.tapes.get(key+strconv.Itoa(rep), func() *tape { return &tape{} })
	t.mu.Lock()
	if err := l.record(r.Context(), t, x, rep); err != nil {
		t.mu.Unlock()
		return nil, nil, 0, err
	}
	return t, x, rep, nil
}

// agentsJSON is whom one may ask for.
type agentsJSON struct {
	Seed    uint64            `json:"seed"`
	Picks   explain.PicksJSON `json:"picks"`
	Tracked []tracked         `json:"tracked"`
}

// A tracked is an agent of the tracked sample.
type tracked struct {
	Agent  string `json:"agent"`
	Kind   string `json:"kind"`
	Type   string `json:"type,omitempty"`
	Region string `json:"region,omitempty"`
}

func (l *Lab) agents(w http.ResponseWriter, r *http.Request) error {
	if err := l.guard.spend(r, telling); err != nil {
		return err
	}
	free, err := l.turn(r.Context())
	if err != nil {
		return err
	}
	defer free()
	t, x, rep, err := l.hear(r, "key")
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	if t.picks == nil {
		groups, err := t.run.Picks(r.Context())
		if err != nil {
			return err
		}
		p := explain.PicksOf(groups)
		t.picks = &p
	}
	out := agentsJSON{Seed: x.Seed + uint64(rep), Picks: *t.picks, Tracked: []tracked{}}
	if result, err := l.result(x, rep); err == nil {
		out.Tracked = sample(result)
	}
	return send(w, out)
}

// sample lists the tracked agents of a replication.
func sample(r *play.Result) (all []tracked) {
	for _, m := range measure.Of(r).Panel {
		t := tracked{Agent: m.ID(), Kind: m.Kind()}
		switch {
		case m.SME != nil:
			t.Type, t.Region = m.SME.Type.String(), market.RegionKeys()[m.SME.Region]
		case m.Maker != nil:
			t.Type = m.Maker.Tier.String()
		}
		all = append(all, t)
	}
	return all
}

// storyJSON is the life of an agent, in one world or in two.
type storyJSON struct {
	Agent   string                  `json:"agent"`
	Text    string                  `json:"text"`
	Stories []explain.StoryJSON     `json:"stories"`
	Parts   *explain.DifferenceJSON `json:"parts"`
	Why     []string                `json:"why"`
	Since   []explain.SinceJSON     `json:"since"`
}

func (l *Lab) story(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	agent, lang := q.Get("agent"), l.lang(r)
	if len(agent) > 40 {
		return refuse(http.StatusBadRequest, "agent: sme:57, creator:5, buyer:9, or the key of a platform")
	}
	if q.Get("b") != "" && q.Get("b") == q.Get("key") {
		return refuse(http.StatusBadRequest, "b: the second world is the first one")
	}
	if err := l.guard.spend(r, telling); err != nil {
		return err
	}
	free, err := l.turn(r.Context())
	if err != nil {
		return err
	}
	defer free()
	t, _, _, err := l.hear(r, "key")
	if err != nil {
		return err
	}
	defer t.mu.Unlock()
	id, err := replay.Who(t.run.Market, agent)
	if err != nil {
		return refuse(http.StatusNotFound, "%s", err)
	}
	if id >= t.run.Market.Desk {
		return refuseIn(http.StatusNotFound, "%s has no story: it does what the scenario says", "%s tidak punya kisah: ia melakukan apa yang dikatakan skenario", agent)
	}
	out := storyJSON{Agent: agent, Why: []string{}, Since: []explain.SinceJSON{}}
	var text strings.Builder
	if q.Get("b") == "" {
		lives, err := t.run.Live(r.Context(), id)
		if err != nil {
			return err
		}
		story, err := lives[0].Tell()
		if err != nil {
			return err
		}
		out.Stories = []explain.StoryJSON{story.JSON(lang)}
		_ = story.Write(&text, lang) // into memory
	} else {
		u, _, _, err := l.hear(r, "b")
		if err != nil {
			return err
		}
		defer u.mu.Unlock()
		pair, err := explain.Both(r.Context(), t.run, u.run, id)
		if err != nil {
			return err
		}
		j := pair.JSON(lang)
		out.Stories, out.Parts, out.Why, out.Since = slices.Clone(j.Stories[:]), j.Parts, append(out.Why, j.Why...), slices.Clone(j.Since[:])
		_ = pair.Write(&text, lang)
	}
	out.Text = text.String()
	return send(w, out)
}

package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/replay"
	"pasar/scenarios/report/svgplot"
	"pasar/scenarios/say"
	"pasar/sim"
)

// A view is what a person sees of a replay. On a terminal it is a table that stays at the bottom, under what has been told;
// elsewhere a line a day.
type view struct {
	w      io.Writer
	l      say.Language
	m      *market.Market
	follow *sim.ID
	quiet  bool
	title  string
	raw    bool // on a terminal
	width  int

	diary  *replay.Diary
	ticker *replay.Ticker
	days   []replay.Day // the latest
	lines  int          // of the table, as it stands on the terminal
	drawn  time.Time
	state  replay.State    // as drawn
	told   strings.Builder // waits to stand above the table
}

// seen is how many days the table shows.
const seen = 28

func newView(r *replayer, rec *play.Recording, from sim.Time) (*view, error) {
	v := &view{w: r.out, l: say.In(r.lang), m: rec.Market(), quiet: r.quiet, raw: isTerminal(r.out) && !r.quiet, diary: replay.NewDiary(from)}
	v.ticker = replay.NewTicker(rec.Scenario, &v.l, from)
	v.title = fmt.Sprintf("%s, seed %d", rec.Scenario.Name, rec.Scenario.Seed)
	if r.follow != "" {
		id, err := who("--follow", v.m, r.follow)
		if err != nil {
			return nil, err
		}
		v.follow = &id
	}
	if !v.raw && !v.quiet {
		_, err := fmt.Fprintf(v.w, "%s: accepted orders of simulated buyers by day; each buyer stands for %s\n%-10s  %s\n", v.title, v.l.Num(v.m.W, 0), "", v.heads())
		return v, err
	}
	return v, nil
}

// heads is the names of the channels, over their columns.
func (v *view) heads() string {
	var b strings.Builder
	for c := range market.Direct {
		fmt.Fprintf(&b, "%10.10s", c)
	}
	return b.String()
}

// show tells of a moment.
func (v *view) show(m replay.Moment, p *replay.Player) error {
	if v.quiet {
		return nil
	}
	if m.Jumped {
		v.days = nil
	}
	for _, h := range v.ticker.Add(m) {
		v.tell(h.At, "* "+h.Text)
	}
	if v.follow != nil {
		for i := range m.Events {
			if e := &m.Events[i]; e.To == *v.follow {
				if text := replay.Story(v.m, &v.l, e); text != "" {
					v.tell(e.At, "  "+text)
				}
			}
		}
	}
	err := v.diary.Add(m, func(d replay.Day) error {
		if v.raw {
			v.days = append(v.days[max(0, len(v.days)+1-seen):], d)
			return nil
		}
		var b strings.Builder
		for _, n := range d.Orders {
			fmt.Fprintf(&b, "%10d", n)
		}
		fmt.Fprintf(&v.told, "%s  %s\n", market.Clock.Date(sim.Time(d.Day)*market.Day).Format(time.DateOnly), b.String())
		return nil
	})
	if err != nil {
		return err
	}
	return v.draw(p.State(), false)
}

// tell puts a line above the table.
func (v *view) tell(at sim.Time, text string) {
	fmt.Fprintf(&v.told, "%s  %s\n", market.Clock.Date(at).Format("2006-01-02 15:04"), text)
}

// every is how often the table is drawn anew.
const every = 60 * time.Millisecond

// draw writes what is to be told, and the table on a terminal.
func (v *view) draw(s replay.State, now bool) error {
	told := v.told.String()
	if !v.raw {
		v.told.Reset()
		_, err := io.WriteString(v.w, told)
		return err
	}
	if !now && time.Since(v.drawn) < every && s.Paused == v.state.Paused && s.Speed == v.state.Speed && !s.Paused {
		return nil
	}
	v.drawn, v.state = time.Now(), s
	v.told.Reset()
	var b strings.Builder
	if v.lines > 0 {
		fmt.Fprintf(&b, "\x1b[%dA\r\x1b[J", v.lines)
	}
	b.WriteString(told)
	table := v.table(s)
	v.lines = strings.Count(table, "\n")
	b.WriteString(table)
	_, err := io.WriteString(v.w, strings.ReplaceAll(b.String(), "\n", "\r\n"))
	return err
}

// table is the bottom of the screen.
func (v *view) table(s replay.State) string {
	var b strings.Builder
	mode := s.Speed.String()
	if s.Paused {
		mode = "paused, " + mode
	}
	fmt.Fprintf(&b, "\n%s  %s  [%s]\n", v.l.Date(market.Clock.Date(s.Now)), market.Clock.Date(s.Now).Format("15:04"), mode)
	for c := range market.Direct {
		values := make([]float64, len(v.days))
		last, any := int64(0), false
		for i, d := range v.days {
			values[i], last = float64(d.Orders[c]), d.Orders[c]
			any = any || d.Orders[c] > 0
		}
		if any || c < market.Newco {
			fmt.Fprintf(&b, "%-12s %8s  %s\n", v.l.Channel(c), v.l.Num(float64(last), 0), svgplot.Sparkline(values, seen))
		}
	}
	fmt.Fprintf(&b, "%s; accepted orders a day of simulated buyers\nspace pause  . step  [ ] speed  arrows a week  q end\n", v.title)
	return b.String()
}

// keys lets a person take control, if one sits there. restore gives the terminal back.
func (v *view) keys(ctx context.Context, p *replay.Player, stop context.CancelCauseFunc) (restore func(), err error) {
	in := os.Stdin
	if !v.raw || !term.IsTerminal(int(in.Fd())) {
		return func() {}, nil
	}
	before, err := term.MakeRaw(int(in.Fd()))
	if err != nil {
		return nil, fmt.Errorf("terminal: %w", err)
	}
	go func() {
		b := make([]byte, 8)
		for ctx.Err() == nil {
			n, err := in.Read(b)
			if err != nil {
				return
			}
			press(ctx, p, string(b[:n]), stop)
		}
	}()
	return func() { _ = term.Restore(int(in.Fd()), before) }, nil
}

// press does what a key is for. A player that is over does nothing any more.
func press(ctx context.Context, p *replay.Player, key string, stop context.CancelCauseFunc) {
	s := p.State()
	switch key {
	case " ":
		if s.Paused {
			_ = p.Play()
		} else {
			_ = p.Pause()
		}
	case ".":
		_ = p.Step(ctx)
	case "]", "+":
		_ = p.Speed(s.Speed.Faster())
	case "[", "-":
		_ = p.Speed(s.Speed.Slower())
	case "\x1b[C":
		_ = p.Seek(ctx, min(s.Now+market.Week, s.Until))
	case "\x1b[D":
		_ = p.Seek(ctx, max(s.Now-market.Week, 0))
	case "\x1b[A":
		_ = p.Speed(s.Speed.Faster())
	case "\x1b[B":
		_ = p.Speed(s.Speed.Slower())
	case "q", "\x03":
		stop(errQuit)
	}
}

// end draws for the last time.
func (v *view) end(p *replay.Player) {
	if !v.quiet {
		_ = v.draw(p.State(), true) // a terminal that cannot be written to is no reason to complain
	}
}

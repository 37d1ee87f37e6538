package replay

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/parquet-go/parquet-go"

	"pasar/agents/market"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
	"pasar/scenarios/say"
	"pasar/sim"
)

// recorded is a short run and its recording.
var recorded = sync.OnceValues(func() (*play.Result, error) {
	s, err := load.Load("no-ban", load.Overrides{Buyers: 200, Until: "2023-01-31", Set: []string{"promo-shopee.at=2023-01-20"}})
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "pasar-replay-")
	if err != nil {
		return nil, err
	}
	return play.Run(context.Background(), s, play.Options{Goroutines: 2, ID: "test", Record: &play.Record{Dir: filepath.Join(dir, "recording"), Each: 20}})
})

func TestMain(m *testing.M) {
	code := m.Run()
	if r, err := recorded(); err == nil {
		os.RemoveAll(filepath.Dir(r.Recording))
	}
	os.Exit(code)
}

func open(t *testing.T) (*play.Result, *play.Recording) {
	t.Helper()
	r, err := recorded()
	if err != nil {
		t.Fatal(err)
	}
	rec, err := play.OpenRecording(t.Context(), r.Recording)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(rec.Close)
	return r, rec
}

// Orders a day are those of the results, for each day that is seen as a whole; and a ticker tells what is dated, once, when it comes.
func TestDaysAreThoseOfTheRun(t *testing.T) {
	r, rec := open(t)
	l := say.In("en")
	for _, from := range []sim.Time{0, 70*market.Day + 5*market.Hour} {
		diary, ticker := NewDiary(from), NewTicker(rec.Scenario, &l, from)
		var days []Day
		var news []Headline
		p, err := New(rec, Options{Window: rec.Scenario.Window, From: from, Speed: Max, Show: func(m Moment) error {
			news = append(news, ticker.Add(m)...)
			return diary.Add(m, func(d Day) error { days = append(days, d); return nil })
		}})
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(t.Context()); err != nil {
			t.Fatal(err)
		}
		if want := len(r.Days) - int(market.DayOf(from)); len(days) != want {
			t.Errorf("from %s: %d days, not %d", Stamp(from), len(days), want)
		}
		sum := int64(0)
		for _, d := range days {
			for c := range market.Direct {
				var want int64
				for via := range market.Direct {
					want += r.Days[d.Day][market.OrdersCell(c, via)]
				}
				if d.Orders[c] != want && d.Day > market.DayOf(from) {
					t.Fatalf("from %s: day %d has %d orders on %s, not %d", Stamp(from), d.Day, d.Orders[c], c, want)
				}
				sum += d.Orders[c]
			}
		}
		if sum == 0 {
			t.Error("no orders at all")
		}
		told := 0
		for i, h := range news {
			if strings.Contains(h.Text, "Vouchers of Shopee") && h.At == market.Clock.At(time.Date(2023, 1, 20, 0, 0, 0, 0, market.WIB)) {
				told++
			}
			if h.At < from || i > 0 && h.At < news[i-1].At {
				t.Errorf("told of %s too late: %s", Stamp(h.At), h.Text)
			}
		}
		if told != 1 {
			t.Errorf("from %s: %v", Stamp(from), news)
		}
	}
}

// A plain NATS client hears the events in order, at the speed chosen, and can take control.
func TestStation(t *testing.T) {
	_, rec := open(t)
	kinds := play.DefaultKinds()
	station, err := Open(rec.Run(), "", "127.0.0.1:0", kinds)
	if err != nil {
		t.Fatal(err)
	}
	client, err := nats.Connect(station.URL(), nats.ErrorHandler(func(*nats.Conn, *nats.Subscription, error) {}))
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	type heard struct {
		subject, data string
		after         time.Duration
	}
	var mu sync.Mutex
	var got []heard
	begin := time.Now()
	_, err = client.Subscribe("pasar.test.event.>", func(m *nats.Msg) {
		mu.Lock()
		defer mu.Unlock()
		got = append(got, heard{m.Subject, string(m.Data), time.Since(begin)})
	})
	if err == nil {
		err = client.Flush()
	}
	if err != nil {
		t.Fatal(err)
	}
	from, until := 75*market.Day, 78*market.Day
	var p *Player
	p, err = New(rec, Options{Window: rec.Scenario.Window, From: from, Until: until, Speed: Speed(2 * market.Day), Paused: true, Stay: true,
		Show: func(m Moment) error { return station.Tell(m, p.State()) }})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	if err := station.Control(ctx, p); err != nil {
		t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- p.Run(ctx) }()
	ask := func(verb, arg string) (answer struct {
		Now, Speed string
		Paused     bool
	}, refused string) {
		t.Helper()
		m, err := client.Request("pasar.test.control."+verb, []byte(arg), time.Minute)
		if err != nil {
			t.Fatal(verb, err)
		}
		if refused = m.Header.Get("Nats-Service-Error"); refused == "" {
			if err := json.Unmarshal(m.Data, &answer); err != nil {
				t.Fatal(verb, err)
			}
		}
		return answer, refused
	}
	if s, _ := ask("state", ""); !s.Paused || s.Speed != "2d/s" || s.Now != "2023-01-15T00:00:00+07:00" {
		t.Errorf("the state is %+v", s)
	}
	for verb, arg := range map[string]string{"seek": "tomorrow", "speed": "fast"} {
		if _, refused := ask(verb, arg); !strings.Contains(refused, arg) {
			t.Errorf("%s to %s: %q", verb, arg, refused)
		}
	}
	if _, refused := ask("seek", "2030-01-01"); !strings.Contains(refused, "not within what is recorded") {
		t.Errorf("beyond the end: %q", refused)
	}
	mu.Lock()
	begin = time.Now()
	mu.Unlock()
	ask("play", "")
	for p.State().Now < until {
		time.Sleep(5 * time.Millisecond)
	}
	took := time.Since(begin)
	if s, _ := ask("seek", "2023-01-15T12:00"); s.Now != "2023-01-15T12:00:00+07:00" && p.State().Now < until {
		t.Errorf("seeking: %+v", s)
	}
	if _, err := client.Request("pasar.test.event.placed", []byte("forged"), 100*time.Millisecond); err == nil {
		t.Error("a listener speaks in the player's place")
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	station.Close()

	var want []heard
	s := Slice{From: from, Until: until, Kinds: kinds}
	err = s.events(t.Context(), rec, rec.Scenario.Window, func(e *market.Event) error {
		due := time.Duration(float64(e.At-from) / (2 * float64(market.Day)) * float64(time.Second))
		want = append(want, heard{"pasar.test.event." + market.KindName(e.Kind), string(market.JSON(e)), due})
		return nil
	})
	mu.Lock()
	defer mu.Unlock()
	if err != nil || len(want) < 50 || len(got) < len(want) {
		t.Fatalf("%d events are heard, not %d: %v", len(got), len(want), err)
	}
	for i, w := range want {
		g := got[i]
		if g.subject != w.subject || g.data != w.data {
			t.Fatalf("event %d is %s %s, not %s %s", i, g.subject, g.data, w.subject, w.data)
		}
		if g.after < w.after-tick { // how late it may be is up to the machine
			t.Fatalf("event %d was heard after %v, before its time, %v", i, g.after, w.after)
		}
	}
	if took < 1500*time.Millisecond {
		t.Errorf("three days at two a second took %v", took)
	}
	for _, g := range got {
		if strings.Contains(g.data, "forged") {
			t.Error("a listener spoke in the player's place")
		}
	}
	if _, err := Open("x", "", "0.0.0.0:4333", kinds); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("listening for everyone: %v", err)
	}
}

// A slice has the same events in each form: those of the kinds, the agent and the time asked for, in order of time.
func TestExport(t *testing.T) {
	_, rec := open(t)
	m := rec.Market()
	agent := m.SMEs.ID(3)
	s := Slice{From: 60*market.Day + 1000, Until: 80 * market.Day, Kinds: play.Kinds{market.Placed, market.Accepted, market.Announced, market.Restock}, Agent: &agent}
	dir := t.TempDir()
	var want []market.Event
	for w, err := range rec.Windows(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range w.Events {
			if e.At >= s.From && e.At < s.Until && (e.Kind == market.Placed || e.Kind == market.Accepted || e.Kind == market.Announced || e.Kind == market.Restock) && (e.To == agent || e.From == agent) {
				want = append(want, e)
			}
		}
	}
	files := map[string][]byte{}
	for _, name := range []string{"a.jsonl", "a.csv", "a.parquet"} {
		n, err := Export(t.Context(), filepath.Join(dir, name), rec, m, s, rec.Scenario.Window)
		if err != nil || n != len(want) || n == 0 {
			t.Fatalf("%s: %d events, not %d: %v", name, n, len(want), err)
		}
		if files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	rows, err := parquet.Read[Exported](bytes.NewReader(files["a.parquet"]), int64(len(files["a.parquet"])))
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(string(files["a.jsonl"])), "\n")
	cells, err := csv.NewReader(bytes.NewReader(files["a.csv"])).ReadAll()
	if err != nil || len(rows) != len(want) || len(lines) != len(want) || len(cells) != len(want)+1 || strings.Join(cells[0][:5], " ") != "at said kind to from" {
		t.Fatalf("%d rows, %d lines, %d of CSV: %v", len(rows), len(lines), len(cells), err)
	}
	sum, asked := int64(0), int64(0)
	for i, row := range rows {
		if i > 0 && row.At < rows[i-1].At {
			t.Fatalf("row %d is out of order", i)
		}
		if cells[i+1][0] != row.At || cells[i+1][5] != fmt.Sprint(row.Amount) || !strings.Contains(lines[i], `"at":"`+row.At) || !strings.Contains(lines[i], `"kind":"`+row.Kind) {
			t.Fatalf("row %d: %v, %s, %+v", i, cells[i+1], lines[i], row)
		}
		if row.To != "sme:3" && row.From != "sme:3" {
			t.Fatalf("row %d is of %s and %s", i, row.To, row.From)
		}
		sum += row.Amount
	}
	for _, e := range want {
		asked += e.Msg.Amount
	}
	if sum != asked {
		t.Errorf("amounts are Rp %d, not %d", sum, asked)
	}
	if _, err := Export(t.Context(), filepath.Join(dir, "a.xls"), rec, m, s, rec.Scenario.Window); err == nil {
		t.Error("a form that there is not")
	}
}

// Agents are found by the name that they are told by; names that are none are refused with what is allowed.
func TestWho(t *testing.T) {
	_, rec := open(t)
	m := rec.Market()
	for id := range sim.ID(m.Watch) + 1 {
		if name := Name(m, id); !strings.HasPrefix(name, "agent:") {
			if back, err := Who(m, name); back != id || err != nil {
				t.Fatalf("%d is %s, which is %d, %v", id, name, back, err)
			}
		}
	}
	for name, want := range map[string]string{"sme": "sme:0 to sme:", "sme:-1": "sme:0", "sme:9999999": "sme:0", "creator:x": "creator:0", "seller:1": "there is no agent", "offline": "there is no agent"} {
		if _, err := Who(m, name); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	en, id := say.In("en"), say.In("id")
	for k := range market.Kinds {
		e := market.Event{Kind: k, From: m.SMEs.ID(1), To: m.SMEs.ID(2)}
		a, b := Story(m, &en, &e), Story(m, &id, &e)
		if (a == "") != (b == "") || strings.Contains(a+b, "%[") {
			t.Errorf("%s: %q, %q", market.KindName(k), a, b)
		}
	}
}

// What an agent has is in its world as it was played: the same as in a world that was never recorded, with the same hash.
func TestHas(t *testing.T) {
	r, rec := open(t)
	at := 67*market.Day + 7*market.Hour
	w, m, err := rec.At(t.Context(), at)
	if err != nil {
		t.Fatal(err)
	}
	live := play.World(r.Scenario, play.NewMarket(r.Scenario), sim.Options[market.Msg]{})
	if _, err := live.RunTo(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	l := say.In("en")
	for _, id := range []sim.ID{m.SMEs.ID(3), m.Buyers.ID(5), m.Makers.ID(2)} {
		a, err := Has(w, m, &l, id)
		if err != nil {
			t.Fatal(err)
		}
		b, err := Has(live, m, &l, id)
		if err != nil {
			t.Fatal(err)
		}
		x, err := a.JSON()
		if err != nil {
			t.Fatal(err)
		}
		if y, _ := b.JSON(); !bytes.Equal(x, y) || len(a.Lines) < 2 || !strings.Contains(string(x), `"state_hash"`) {
			t.Errorf("%s has %s, live %s", a.Agent, x, y)
		}
	}
	if _, err := Has(w, m, &l, m.Desk); err == nil {
		t.Error("the Desk has something")
	}
}

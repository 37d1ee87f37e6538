package replay

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/micro"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/sim"
	"pasar/sim/natsd"
)

// patience is how long a server may take to start or to answer.
const patience = 10 * time.Second

// A Station tells NATS clients what a player shows, in order: events on pasar.<run>.event.<kind> as JSON, as the tap of a run does, and
// where it stands on pasar.<run>.clock. Clients may ask on pasar.<run>.control.<verb>, which is answered with the state; see Control.
type Station struct {
	run    string
	kinds  play.Kinds
	url    string
	conn   *nats.Conn
	server *natsd.Server // nil: one that runs elsewhere
	ctl    micro.Service
	told   State
}

// Open connects to the server at url, or starts one that listens at a loopback address. kinds are the events to tell of.
func Open(run, url, listen string, kinds play.Kinds) (*Station, error) {
	s := &Station{run: run, kinds: kinds, url: url}
	o := []nats.Option{nats.Name("pasar replay " + run), nats.Timeout(patience)}
	if listen != "" {
		secret := rand.Text()
		if err := s.serve(listen, secret); err != nil {
			return nil, err
		}
		o = append(o, nats.InProcessServer(s.server), nats.UserInfo(player, secret))
		url = ""
	}
	var err error
	if s.conn, err = nats.Connect(url, o...); err != nil {
		s.Close()
		return nil, fmt.Errorf("replaying over NATS: %w", err)
	}
	return s, nil
}

// Names of users of a server of our own: the player, and everyone else.
const (
	player   = "pasar"
	listener = "listener"
)

// serve starts a server. Clients need no password to listen and to ask, and cannot speak in the player's place.
func (s *Station) serve(listen, secret string) error {
	host, port, err := natsd.Address(listen)
	if err != nil || !natsd.Loopback(host) {
		return fmt.Errorf("listening on %q: it must be a loopback address such as 127.0.0.1:4333", listen)
	}
	o := &server.Options{ServerName: "pasar-replay", Host: host, Port: port, NoSystemAccount: true, NoAuthUser: listener}
	o.Users = []*server.User{
		{Username: player, Password: secret},
		{Username: listener, Password: rand.Text(), Permissions: &server.Permissions{
			Publish: &server.SubjectPermission{Allow: []string{s.subject("control.*"), "$SRV.>"}},
		}},
	}
	if s.server, err = natsd.Start(o); err != nil {
		return fmt.Errorf("listening on %s: %w", listen, err)
	}
	s.url = s.server.ClientURL()
	return nil
}

// URL is where clients listen.
func (s *Station) URL() string { return s.url }

func (s *Station) subject(what string) string { return "pasar." + s.run + "." + what }

// Tell publishes a moment of a player.
func (s *Station) Tell(m Moment, now State) error {
	for i := range m.Events {
		e := &m.Events[i]
		if s.kinds.Has(e.Kind) {
			if err := s.conn.Publish(s.subject("event."+market.KindName(e.Kind)), market.JSON(e)); err != nil {
				return fmt.Errorf("replaying over NATS: %w", err)
			}
		}
	}
	now.Shown = 0
	if now == s.told {
		return nil
	}
	s.told = now
	return s.conn.Publish(s.subject("clock"), now.json())
}

// json is a state for readers outside.
func (s State) json() []byte {
	date := func(t sim.Time) string { return market.Clock.Date(t).Format(time.RFC3339) }
	b, _ := json.Marshal(struct { // of strings and a bool
		Now    string `json:"now"`
		Until  string `json:"until"`
		Speed  string `json:"speed"`
		Paused bool   `json:"paused"`
	}{date(s.Now), date(s.Until), s.Speed.String(), s.Paused})
	return b
}

// Control answers requests to the player, each on a subject of its own below pasar.<run>.control: play, pause, step, state, seek with
// a moment such as 2023-10-04T17:00, and speed with one such as 7d/s. The answer is the state, as on the clock, or an error in the
// headers of a NATS service.
func (s *Station) Control(ctx context.Context, p *Player) error {
	var err error
	if s.ctl, err = micro.AddService(s.conn, micro.Config{Name: "pasar-replay", Version: "1.0.0", Description: "plays back run " + s.run}); err != nil {
		return fmt.Errorf("replaying over NATS: %w", err)
	}
	group := s.ctl.AddGroup(s.subject("control"))
	for _, v := range []struct {
		verb string
		do   func(arg string) error
	}{
		{"state", func(string) error { return nil }},
		{"play", func(string) error { return p.Play() }},
		{"pause", func(string) error { return p.Pause() }},
		{"step", func(string) error { return p.Step(ctx) }},
		{"seek", func(arg string) error {
			t, err := ParseMoment(arg)
			if err != nil {
				return err
			}
			return p.Seek(ctx, t)
		}},
		{"speed", func(arg string) error {
			v, err := ParseSpeed(arg)
			if err != nil {
				return err
			}
			return p.Speed(v)
		}},
	} {
		err := group.AddEndpoint(v.verb, micro.HandlerFunc(func(r micro.Request) {
			if err := v.do(strings.TrimSpace(string(r.Data()))); err != nil {
				_ = r.Error("400", err.Error(), nil) // who asked may be gone
				return
			}
			_ = r.Respond(p.State().json())
		}))
		if err != nil {
			return fmt.Errorf("replaying over NATS: %w", err)
		}
	}
	if err := s.conn.FlushTimeout(patience); err != nil { // so that whoever asks from now on is heard
		return fmt.Errorf("replaying over NATS: %w", err)
	}
	return nil
}

// Close tells what is still to be told, and leaves.
func (s *Station) Close() {
	if s.ctl != nil {
		_ = s.ctl.Stop() // the connection ends anyway
	}
	if s.conn != nil {
		_ = s.conn.FlushTimeout(patience)
		s.conn.Close()
	}
	if s.server == nil {
		return
	}
	s.server.Drain()
	s.server.Stop()
}

// layouts of a moment as one types it.
var layouts = []string{time.DateOnly, "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339}

// ParseMoment reads a date, or a date and a time of day, of Jakarta if no other place is said.
func ParseMoment(text string) (sim.Time, error) {
	for _, l := range layouts {
		if d, err := time.ParseInLocation(l, text, market.WIB); err == nil {
			return market.Clock.At(d), nil
		}
	}
	return 0, fmt.Errorf("%q is no date; write it as 2023-12-01 or 2023-12-01T17:00", text)
}

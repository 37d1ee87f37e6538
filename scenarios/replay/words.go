package replay

import (
	"fmt"
	"strconv"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/say"
	"pasar/sim"
)

// Who finds an agent by its name: sme:1234, buyer:7 and creator:3 by number, platforms by key (shopee), desk and regulator.
func Who(m *market.Market, name string) (sim.ID, error) {
	kind, number, numbered := strings.Cut(name, ":")
	for _, g := range groups(m) {
		if g.kind != kind {
			continue
		}
		n, err := strconv.Atoi(number)
		if !numbered || err != nil || n < 0 || n >= g.N {
			return 0, fmt.Errorf("agent %q: %ss are %s:0 to %s:%d", name, kind, kind, kind, g.N-1)
		}
		return g.ID(n), nil
	}
	if c, ok := market.ParseChannel(name); ok && c < market.Direct {
		return m.Venues.ID(int(c)), nil
	}
	switch name {
	case "desk":
		return m.Desk, nil
	case "regulator":
		return m.Watch, nil
	}
	return 0, fmt.Errorf("there is no agent %q: name one as sme:12, buyer:7, creator:3, %s, desk or regulator", name, strings.Join(market.ChannelKeys(market.Direct), ", "))
}

type group struct {
	kind string
	sim.Group
}

func groups(m *market.Market) []group {
	return []group{{"sme", m.SMEs}, {"buyer", m.Buyers}, {"creator", m.Makers}}
}

// Name is the name of an agent.
func Name(m *market.Market, id sim.ID) string {
	for _, g := range groups(m) {
		if g.Has(id) {
			return g.kind + ":" + strconv.Itoa(g.Index(id))
		}
	}
	switch {
	case m.Venues.Has(id):
		return market.Channel(m.Venues.Index(id)).String()
	case id == m.Desk:
		return "desk"
	case id == m.Watch:
		return "regulator"
	}
	return "agent:" + strconv.Itoa(int(id))
}

// Story is an event in words, as the agent that hears it would say it; empty for what is routine: its own timers.
func Story(m *market.Market, l *say.Language, e *market.Event) string {
	forms := english
	if l.Lang == "id" {
		forms = indonesian
	}
	channel := ""
	if e.Msg.Shop < market.Channels {
		channel = l.Channel(e.Msg.Shop)
	}
	return say.Text(forms(e.Kind), Name(m, e.From), l.Num(float64(e.Msg.Amount), 0), channel)
}

// english has the words of a kind of event: %[1]s says it, %[2]s is an amount, %[3]s a channel.
func english(k sim.Kind) string {
	switch k {
	case market.Placed:
		return "order of %[1]s for Rp %[2]s on %[3]s"
	case market.Accepted:
		return "%[1]s accepts the order for Rp %[2]s on %[3]s"
	case market.Rejected:
		return "%[1]s rejects the order for Rp %[2]s on %[3]s"
	case market.Ship:
		return "ships the order for Rp %[2]s on %[3]s"
	case market.Delivered:
		return "the parcel of %[1]s arrives, for Rp %[2]s on %[3]s"
	case market.Kept:
		return "%[1]s keeps what it ordered for Rp %[2]s on %[3]s"
	case market.Returned:
		return "%[1]s does not keep what it ordered for Rp %[2]s on %[3]s"
	case market.Refunded:
		return "%[1]s pays back Rp %[2]s, %[3]s"
	case market.Listed:
		return "%[1]s lists an offer"
	case market.Report:
		return "%[1]s reports its sales"
	case market.Commission:
		return "commission of Rp %[2]s from %[1]s"
	case market.Posted:
		return "%[1]s says what it will show this week"
	case market.Offered:
		return "%[1]s offers a contract for four weeks at Rp %[2]s"
	case market.Answered:
		return "%[1]s answers the offer of a contract"
	case market.Announced:
		return "hears the news about %[3]s"
	case market.Capital:
		return "capital of Rp %[2]s"
	case market.Restock:
		return "%[2]s units arrive"
	case market.Enrol:
		return "a programme of support begins"
	}
	return ""
}

func indonesian(k sim.Kind) string {
	switch k {
	case market.Placed:
		return "pesanan %[1]s senilai Rp %[2]s di %[3]s"
	case market.Accepted:
		return "%[1]s menerima pesanan senilai Rp %[2]s di %[3]s"
	case market.Rejected:
		return "%[1]s menolak pesanan senilai Rp %[2]s di %[3]s"
	case market.Ship:
		return "mengirim pesanan senilai Rp %[2]s di %[3]s"
	case market.Delivered:
		return "paket dari %[1]s tiba, senilai Rp %[2]s di %[3]s"
	case market.Kept:
		return "%[1]s menyimpan pesanannya senilai Rp %[2]s di %[3]s"
	case market.Returned:
		return "%[1]s tidak jadi mengambil pesanannya senilai Rp %[2]s di %[3]s"
	case market.Refunded:
		return "%[1]s mengembalikan Rp %[2]s, %[3]s"
	case market.Listed:
		return "%[1]s memasang penawaran"
	case market.Report:
		return "%[1]s melaporkan penjualannya"
	case market.Commission:
		return "komisi Rp %[2]s dari %[1]s"
	case market.Posted:
		return "%[1]s mengumumkan isi kontennya pekan ini"
	case market.Offered:
		return "%[1]s menawarkan kontrak empat pekan senilai Rp %[2]s"
	case market.Answered:
		return "%[1]s menjawab tawaran kontrak"
	case market.Announced:
		return "mendengar berita tentang %[3]s"
	case market.Capital:
		return "modal Rp %[2]s"
	case market.Restock:
		return "%[2]s unit barang tiba"
	case market.Enrol:
		return "program bantuan dimulai"
	}
	return ""
}

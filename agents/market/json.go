package market

import (
	"strconv"
	"time"

	"pasar/sim"
)

var kindNames = [Kinds]string{
	Wake: "wake", Placed: "placed", Accepted: "accepted", Rejected: "rejected", Ship: "ship", Delivered: "delivered", Kept: "kept",
	Returned: "returned", Refunded: "refunded", Listed: "listed", Report: "report", Commission: "commission", Posted: "posted",
	Offered: "offered", Answered: "answered", Counted: "counted", Announced: "announced", Capital: "capital", Act: "act",
	Restock: "restock", Told: "told", Enrol: "enrol",
}

// KindName is a kind's key in subjects and outputs.
func KindName(k sim.Kind) string { return kindNames[k&^sim.Quiet] }

// ParseKind is the kind with a key, if there is one.
func ParseKind(key string) (sim.Kind, bool) {
	for k, name := range kindNames {
		if name == key && key != "" {
			return sim.Kind(k), true
		}
	}
	return 0, false
}

// JSON is an event for readers outside, as one JSON document. Fields that are zero are left out.
func JSON(e *Event) []byte {
	b := append(make([]byte, 0, 320), `{"kind":"`...)
	b = append(b, KindName(e.Kind)...)
	b = append(b, `","at":"`...)
	b = Clock.Date(e.At).AppendFormat(b, time.RFC3339)
	b = append(b, '"')
	num := func(name string, n int64) {
		if n != 0 {
			b = append(append(append(b, ',', '"'), name...), '"', ':')
			b = strconv.AppendInt(b, n, 10)
		}
	}
	str := func(name, s string) {
		b = append(append(append(b, ',', '"'), name...), '"', ':', '"')
		b = append(append(b, s...), '"')
	}
	num("to", int64(e.To))
	num("from", int64(e.From))
	num("why", int64(e.Why))
	m := &e.Msg
	switch e.Kind {
	case Wake, Act, Listed, Posted, Counted, Restock, Enrol:
		return append(b, '}')
	}
	num("amount", m.Amount)
	num("voucher", int64(m.Voucher))
	num("freight", int64(m.Freight))
	num("free_freight", int64(m.FreeFrt))
	num("fee", int64(m.Fee))
	if m.Placed > 0 {
		str("placed", Clock.Date(sim.Time(m.Placed)).Format(time.RFC3339))
	}
	num("buyer", int64(m.Party))
	num("creator", int64(m.Third))
	num("order", int64(m.Order))
	num("rate", int64(m.Rate))
	str("category", m.Good.String())
	str("storefront", m.Shop.String())
	str("processor", m.Via.String())
	str("mode", m.Mode.String())
	num("reason", int64(m.Reason))
	return append(b, '}')
}

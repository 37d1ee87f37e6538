package agents

import (
	"reflect"
	"testing"

	m "pasar/agents/market"
)

// The Desk's memory, with what it was told this week, survives being written and read, so that a world can be copied between the
// telling and the posting.
func TestDeskRemembersWhatItWasTold(t *testing.T) {
	d := Desk{
		SME: []m.Census{{Cash: 7}}, Weeks: []m.WeekRow{{Day: 14}}, Done: []m.Enacted{{Outcome: 2}},
		Told: []m.Tracking{{Agent: 3, Trace: m.Trace{Sales: 5, Top: m.Shopee}}, {Agent: 9, Trace: m.Trace{OnTik: 10_000}}},
	}
	d.Maker = d.Maker[:0:0]
	d.Last = 99
	var back Desk
	if err := back.Read(d.Append(nil)); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(back.Told, d.Told) || !reflect.DeepEqual(back.SME, d.SME) || !reflect.DeepEqual(back.Weeks, d.Weeks) || back.Last != 99 {
		t.Errorf("%+v", back)
	}
	whole := d.Append(nil)
	if err := back.Read(whole[:len(whole)-1]); err == nil {
		t.Error("a memory that is cut is read")
	}
}

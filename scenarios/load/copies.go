package load

import (
	"reflect"
	"slices"

	"pasar/agents/policy"
	"pasar/scenarios"
	"pasar/sim"
)

// markets are the other markets that a scenario can be of; the parameters of each are in scenarios/params.
var markets = []string{"my"}

// market puts the parameters of another market under those of the file that names it.
func (p *problems) market(d *draft, n *node) {
	if n.kind != scalar || !slices.Contains(markets, n.text) {
		p.at(n, "market", "%s is not a market of this program; left out, it is Indonesia", quote(text(n))).among(text(n), markets)
		return
	}
	file := "params/" + n.text + ".yaml"
	data, err := scenarios.Files.ReadFile(file)
	if err != nil {
		panic(err)
	}
	if over := parse("scenarios/"+file, data, p); over != nil {
		d.market, d.params = n, merge(d.params, over)
	}
}

// copied finds what a copy_policy copies. Its dates move with it.
func (p *problems) copied(a *action) {
	c, ok := a.e.Do.(*policy.CopyPolicy)
	if !ok || !a.whole {
		return
	}
	from := a.n.get("from")
	src, data, ok := p.open(source{closed: true}, from, join(a.e.ID, "from"))
	if !ok {
		return
	}
	if src.file == a.n.file {
		p.at(from, join(a.e.ID, "from"), "copies from itself")
		return
	}
	there, err := (&problems{}).build(src, data, Overrides{})
	if err != nil {
		p.at(from, join(a.e.ID, "from"), "%s does not load: %v", quote(c.From), err)
		return
	}
	var ids []string
	for _, e := range there.Entries {
		if ids = append(ids, e.ID); e.ID == c.Entry {
			shift(reflect.ValueOf(e.Do).Elem(), policy.Date(c.Delay))
			c.Copies(e.Do, e.When.At)
			return
		}
	}
	p.at(a.n.get("entry"), join(a.e.ID, "entry"), "%s has no action %s", c.From, quote(c.Entry)).among(c.Entry, ids)
}

// shift moves all dates of an intervention that are given.
func shift(v reflect.Value, by policy.Date) {
	for i := range v.NumField() {
		f := v.Field(i)
		if d, ok := f.Interface, f.CanInterface(); ok {
			if x, is := d().(policy.Date); is && x != 0 && f.CanSet() {
				f.SetInt(int64(sim.Time(x + by)))
			}
		}
	}
}

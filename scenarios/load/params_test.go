package load

import "testing"

// Every field of market.Params has its line in scenarios/params with value, unit, range, source and grade, and the other way
// round; and each default lies in its range.
func TestParamsFilesFitTheStruct(t *testing.T) {
	var p problems
	b := readLeaves(&p)
	if len(p.list) > 0 {
		t.Fatal(p.sorted())
	}
	if len(b.order) < 250 {
		t.Errorf("only %d parameters", len(b.order))
	}
	if x := Defaults().Disc.Rho; x != .65 {
		t.Errorf("disc.rho = %v", x)
	}
}

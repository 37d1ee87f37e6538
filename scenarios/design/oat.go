package design

// An OAT design varies one factor at a time: a centre, then for each factor its levels while all others stay at their centres. It shows
// the slope of each factor alone, and no interaction.
type OAT struct {
	Levels int `yaml:"levels" doc:"levels of each factor, both ends of its range included" default:"2" min:"2" max:"1000"`
}

// Check refuses sizes that are none.
func (d OAT) Check(k int) error {
	if d.Levels < 2 {
		return &SettingError{"levels", "a factor has two ends", "2 or more"}
	}
	return size("levels", d.Size(k))
}

// Size is one for the centre and one for each level.
func (d OAT) Size(k int) int { return 1 + k*d.Levels }

// Points has the centre first, then factor by factor the levels from low to high; NaN is a centre.
func (d OAT) Points(k int) [][]float64 {
	rows := matrix(d.Size(k), k)
	for i, row := range rows {
		for j := range row {
			row[j] = centre()
		}
		if factor, l := d.At(i); factor >= 0 {
			row[factor] = level(l, d.Levels)
		}
	}
	return rows
}

// At says which factor a point varies, and at which level, from 0; -1 for the centre.
func (d OAT) At(point int) (factor, level int) {
	if point == 0 {
		return -1, 0
	}
	return (point - 1) / d.Levels, (point - 1) % d.Levels
}

// Group is one for all: each point is held against the centre.
func (d OAT) Group(_, _ int) int { return 0 }

// Grows is false: more levels are other levels.
func (d OAT) Grows() bool { return false }

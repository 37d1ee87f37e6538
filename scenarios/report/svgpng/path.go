package svgpng

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A point is a place on the page, in its units.
type point struct{ x, y float64 }

func (p point) plus(q point) point        { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point       { return point{p.x - q.x, p.y - q.y} }
func (p point) times(k float64) point     { return point{k * p.x, k * p.y} }
func (p point) length() float64           { return math.Hypot(p.x, p.y) }
func between(p, q point, k float64) point { return p.plus(q.minus(p).times(k)) }

// A polygon is a line through points. It is closed where its last point is its first; filled, it always is.
type polygon []point

// arcSteps is how many straight pieces stand for a curve; in a picture nobody sees them.
const arcSteps = 24

// curve adds a cubic curve to a line.
func (p polygon) curve(b, c, d point) polygon {
	a := p[len(p)-1]
	for i := 1; i <= arcSteps; i++ {
		t := float64(i) / arcSteps
		ab, bc, cd := between(a, b, t), between(b, c, t), between(c, d, t)
		p = append(p, between(between(ab, bc, t), between(bc, cd, t), t))
	}
	return p
}

// disc is a circle that turns as the strips of a stroke do, so that both add up.
func disc(centre point, r float64) polygon {
	n := 2 * arcSteps
	if r < 4 {
		n /= 4 // a dot, or the joint of a line
	}
	p := make(polygon, n+1)
	for i := range p {
		sin, cos := math.Sincos(-2 * math.Pi * float64(i%n) / float64(n))
		p[i] = point{centre.x + r*cos, centre.y + r*sin}
	}
	return p
}

// box is a rectangle, its corners rounded by quarters of circles.
func box(x, y, width, height, round float64) polygon {
	round = min(round, width/2, height/2)
	if round <= 0 {
		return polygon{{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}, {x, y}}
	}
	var p polygon
	for i, corner := range []point{
		{x + width - round, y + height - round}, {x + round, y + height - round}, {x + round, y + round}, {x + width - round, y + round},
	} {
		for k := range arcSteps/2 + 1 {
			sin, cos := math.Sincos(math.Pi / 2 * (float64(i) + float64(k)/(arcSteps/2)))
			p = append(p, point{corner.x + round*cos, corner.y + round*sin})
		}
	}
	return append(p, p[0])
}

// parsePath reads the four commands that svgplot writes: M, L, C and Z, each followed by its numbers.
func parsePath(d string) (all []polygon, err error) {
	for d != "" {
		verb := d[0]
		end := strings.IndexAny(d[1:], "MLCZ") + 1
		if end == 0 {
			end = len(d)
		}
		var numbers []float64
		for text := range strings.FieldsSeq(d[1:end]) {
			v, err := strconv.ParseFloat(text, 64)
			if err != nil || !(v > -1e6 && v < 1e6) {
				return nil, fmt.Errorf("%q in a path is not a place on the page", text)
			}
			numbers = append(numbers, v)
		}
		if want, ok := map[byte]int{'M': 2, 'L': 2, 'C': 6, 'Z': 0}[verb]; !ok || len(numbers) != want || verb != 'M' && len(all) == 0 {
			return nil, fmt.Errorf("a path has %q", d[:end])
		}
		at := func(i int) point { return point{numbers[i], numbers[i+1]} }
		last := len(all) - 1
		switch verb {
		case 'M':
			all = append(all, polygon{at(0)})
		case 'L':
			all[last] = append(all[last], at(0))
		case 'C':
			all[last] = all[last].curve(at(0), at(2), at(4))
		case 'Z':
			all[last] = append(all[last], all[last][0])
		}
		d = d[end:]
	}
	return all, nil
}

// dashed cuts lines into dashes; without any they stay whole.
func dashed(lines []polygon, dashes []float64) []polygon {
	if len(dashes) == 0 {
		return lines
	}
	if len(dashes)%2 == 1 {
		dashes = append(dashes, dashes...)
	}
	var all []polygon
	for _, line := range lines {
		i, left := 0, dashes[0] // of the dash or gap that we are in
		piece := polygon{line[0]}
		for k := 1; k < len(line); k++ {
			from, whole := line[k-1], line[k].minus(line[k-1]).length()
			done := 0.0
			for ; whole-done > left; i, left = i+1, dashes[(i+1)%len(dashes)] {
				done += left
				here := between(from, line[k], done/whole)
				if i%2 == 0 {
					all = append(all, append(piece, here))
				}
				piece = polygon{here}
			}
			left -= whole - done
			piece = append(piece, line[k])
		}
		if i%2 == 0 {
			all = append(all, piece)
		}
	}
	return all
}

// strip is the area that a pen of some width covers along a line: one rectangle a piece, discs where pieces join. All turn
// the same way, so that where they overlap they add up to full cover and no more.
func (p polygon) strip(width float64, join bool) []polygon {
	var all []polygon
	for i := 1; i < len(p); i++ {
		along := p[i].minus(p[i-1])
		length := along.length()
		if length == 0 {
			continue
		}
		aside := point{-along.y, along.x}.times(width / 2 / length)
		all = append(all, polygon{p[i-1].plus(aside), p[i].plus(aside), p[i].minus(aside), p[i-1].minus(aside)})
		if join && (i < len(p)-1 || p[i] == p[0]) {
			all = append(all, disc(p[i], width/2))
		}
	}
	return all
}

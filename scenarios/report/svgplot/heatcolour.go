package svgplot

import (
	"fmt"
	"math"
)

// A ramp is three colours from pale to dark. Those of both signs are as light as each other at each of the three (CIE L* 97, 68 and 18).
type ramp [3][3]float64

func blues() ramp  { return ramp{{240, 246, 249}, {122, 172, 197}, {13, 45, 64}} }
func browns() ramp { return ramp{{252, 245, 238}, {213, 155, 102}, {70, 37, 8}} }

// at is a colour of a ramp, whose lightness falls evenly.
func (r ramp) at(part float64) string {
	i := min(int(part*2), 1)
	var c [3]int
	for k := range c {
		c[k] = int(math.Round(r[i][k] + float64((part*2-float64(i))*(r[i+1][k]-r[i][k]))))
	}
	return fmt.Sprintf("#%02x%02x%02x", c[0], c[1], c[2])
}

// shade is the colour of a step, and that of letters on it. Steps as far from zero on either side are as dark; where all lie on one side, they
// share the whole ramp. A dark page changes nothing: the order of the steps is what they say.
func (p *heatPlot) shade(class int) (fill, letters colour) {
	n := p.axis.last - p.axis.first
	r, step, steps := blues(), class, n // from pale to dark
	switch {
	case p.axis.last <= 0:
		r, step = browns(), n-1-class
	case p.axis.first < 0:
		steps = max(p.axis.last, -p.axis.first)
		if step += p.axis.first; step < 0 {
			r, step = browns(), -1-step
		}
	}
	part := .5
	if steps > 1 {
		part = float64(step) / float64(steps-1)
	}
	if p.axis.first < 0 && p.axis.last > 0 { // the palest two can be told apart
		part = .14 + .86*part
	}
	letters = heatInk()
	if part > .65 {
		letters = colour{"heat-paper", "#ffffff"}
	}
	return colour{"heat", r.at(part)}, letters
}

func heatInk() colour { return colour{"heat-ink", "#1f2328"} }

package svgplot

import "strings"

func paperColour() colour { return base("paper") }
func ink() colour         { return base("ink") }
func quiet() colour       { return base("quiet") }
func grid() colour        { return base("grid") }
func hatching() colour    { return base("hatch") }
func tint() colour        { return base("tint") }
func barColour() colour   { return base("bar") }

func plain() lettering { return lettering{size: fontSize, colour: ink()} }
func plainTo(anchor string) lettering {
	return lettering{size: fontSize, colour: ink(), anchor: anchor}
}
func strong() lettering                { return lettering{size: fontSize, colour: ink(), bold: true} }
func strongTo(anchor string) lettering { return lettering{fontSize, true, anchor, ink()} }
func small() lettering                 { return lettering{size: fontSize, colour: quiet()} }
func smallTo(anchor string) lettering {
	return lettering{size: fontSize, colour: quiet(), anchor: anchor}
}

// A style is how one series looks. Dash and width differ too, since in grey the colours do not.
type style struct {
	colour colour
	dash   string
	width  float64
	keys   []string
}

func (s style) stroke() stroke { return stroke{colour: s.colour, dash: s.dash, width: s.width} }

// styles are the house styles in the order in which series without a known key take them.
func styles() (all []style) {
	for _, t := range house().Series {
		all = append(all, t.style())
	}
	return all
}

func baselineStyle() style { return house().Baseline.style() }

// spareDashes tell apart series that must share a colour.
func spareDashes() []string { return []string{"16 3 3 3", "3 7", "16 6", "8 3 3 3 3 3", "1.5 2.5"} }

// stylesFor gives every key its own style: first to those that have one by name, then the free
// ones in order, then colours again with other dashes.
func stylesFor(keys []string) []style {
	known := styles()
	taken := make([]bool, len(known))
	given := make([]style, len(keys))
	done := make([]bool, len(keys))
	for i, key := range keys {
		if plainKey(key) == "baseline" {
			given[i], done[i] = baselineStyle(), true
		}
		for j, s := range known {
			for _, k := range s.keys {
				if k == plainKey(key) && !taken[j] {
					given[i], done[i], taken[j] = s, true, true
				}
			}
		}
	}
	free := 0
	for i := range keys {
		if done[i] {
			continue
		}
		for free < len(known) && taken[free] {
			free++
		}
		s := known[free%len(known)]
		if free >= len(known) {
			spare := spareDashes()
			s.dash, s.width = spare[(free-len(known))%len(spare)], 2.2
		}
		given[i] = s
		free++
	}
	return given
}

// plainKey is a key in small letters without what is between words.
func plainKey(key string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r == ' ' {
			return -1
		}
		return r
	}, strings.ToLower(key))
}

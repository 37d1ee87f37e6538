package svgplot

import "strings"

// DarkCSS sets the colours for a dark page. Charts are light unless the page holds this, best
// inside "@media screen and (prefers-color-scheme: dark) { ... }", so that print stays light.
const DarkCSS = `:root{--sp-paper:#15181C;--sp-ink:#F2F3F5;--sp-quiet:#A9B1BA;--sp-grid:#343A41;` +
	`--sp-hatch:#B48CC0;--sp-tint:#3E5563;--sp-bar:#6FB3D2;--sp-baseline:#9AA3AD;` +
	`--sp-tiktok:#FCFCFC;--sp-tokopedia:#15C090;--sp-shopee:#F1650E;--sp-lazada:#3C79FA;` +
	`--sp-bukalapak:#E294C6;--sp-direct:#EFDE6D}`

func paperColour() colour { return colour{"paper", "#ffffff"} }
func ink() colour         { return colour{"ink", "#1f2328"} }
func quiet() colour       { return colour{"quiet", "#525960"} }
func grid() colour        { return colour{"grid", "#d8dce0"} }
func hatching() colour    { return colour{"hatch", "#8a5a94"} }
func tint() colour        { return colour{"tint", "#b9cad3"} }
func barColour() colour   { return colour{"bar", "#2b5d77"} }

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
func styles() []style {
	return []style{
		{colour{"tiktok", "#171717"}, "", 3.6, []string{"tiktok", "tiktokshop"}},
		{colour{"tokopedia", "#218B77"}, "12 4", 2.6, []string{"tokopedia"}},
		{colour{"shopee", "#9C3111"}, "", 2, []string{"shopee"}},
		{colour{"lazada", "#042198"}, "2.6 3.6", 2.6, []string{"lazada"}},
		{colour{"bukalapak", "#D23FD2"}, "11 4 2.6 4", 2.6, []string{"bukalapak", "blibli"}},
		{colour{"direct", "#9F9028"}, "6 3", 2.6, []string{"direct", "whatsapp"}},
	}
}

func baselineStyle() style {
	return style{colour{"baseline", "#6b7280"}, "7 5", 2.4, []string{"baseline"}}
}

// spareDashes tell apart series that must share a colour.
func spareDashes() []string { return []string{"16 3 3 3", "3 7", "16 6", "8 3 3 3 3 3", "1.5 2.5"} }

// stylesFor gives every key its own style: first to those that have one by name, then the free
// ones in order, then colours again with other dashes.
func stylesFor(keys []string) []style {
	house := styles()
	taken := make([]bool, len(house))
	given := make([]style, len(keys))
	done := make([]bool, len(keys))
	for i, key := range keys {
		if plainKey(key) == "baseline" {
			given[i], done[i] = baselineStyle(), true
		}
		for j, s := range house {
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
		for free < len(house) && taken[free] {
			free++
		}
		s := house[free%len(house)]
		if free >= len(house) {
			spare := spareDashes()
			s.dash, s.width = spare[(free-len(house))%len(spare)], 2.2
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

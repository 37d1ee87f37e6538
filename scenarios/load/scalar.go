package load

import (
	"math"
	"regexp"
	"strconv"
	"strings"
	"time"

	"pasar/agents/market"
	"pasar/sim"
)

func itoa(i int) string { return strconv.Itoa(i) }

// text is what a scalar says, or nothing.
func text(n *node) string {
	if n == nil || n.kind != scalar {
		return ""
	}
	return n.text
}

// show writes a number as people do.
func show(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }

var decimal = regexp.MustCompile(`^[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?$`)

// number reads a plain decimal number. YAML's other spellings are refused, since they do not mean what they seem to:
// 010 is 8, 0x10 is 16, 1_000 is 1000.
func (p *problems) number(n *node, path string) (float64, bool) {
	if n.kind != scalar {
		p.at(n, path, "must be a number, not %s", n.kind)
		return 0, false
	}
	s := n.text
	switch digits := strings.TrimLeft(s, "+-"); {
	case n.quoted:
		p.at(n, path, "%s is text; write the number without quotes", quote(s))
	case !decimal.MatchString(s):
		e := p.at(n, path, "%s is not a plain decimal number", quote(s))
		if plain := strings.ReplaceAll(s, "_", ""); decimal.MatchString(plain) && plain != s {
			e.Near = plain
		} else if strings.HasSuffix(s, "%") && decimal.MatchString(s[:len(s)-1]) {
			x, _ := strconv.ParseFloat(s[:len(s)-1], 64)
			e.Near = strconv.FormatFloat(x/100, 'g', 12, 64)
		}
	case len(digits) > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9':
		p.at(n, path, "%s begins with 0, which YAML takes for octal", quote(s)).Near = strings.TrimLeft(digits, "0")
	default:
		x, err := strconv.ParseFloat(s, 64)
		if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
			p.at(n, path, "%s is too large a number", quote(s))
			return 0, false
		}
		return x, true
	}
	return 0, false
}

// pair reads [lo, hi].
func (p *problems) pair(n *node, path string) (lo, hi float64, ok bool) {
	if n.kind != list || len(n.items) != 2 {
		p.at(n, path, "must be two numbers: [least, most]")
		return
	}
	lo, ok1 := p.number(n.items[0], path)
	hi, ok2 := p.number(n.items[1], path)
	if ok = ok1 && ok2; ok && lo >= hi {
		p.at(n, path, "%s is not below %s", show(lo), show(hi))
		ok = false
	}
	return
}

// whole reads a natural number up to most.
func (p *problems) whole(n *node, path string, most uint64) (uint64, bool) {
	if n.kind == scalar && !n.quoted {
		if x, err := strconv.ParseUint(n.text, 10, 64); err == nil && (len(n.text) == 1 || n.text[0] != '0') {
			if x > most {
				p.at(n, path, "%s is too large", n.text).Allowed = "up to " + strconv.FormatUint(most, 10)
				return 0, false
			}
			return x, true
		}
		if x, err := strconv.ParseFloat(n.text, 64); err == nil && decimal.MatchString(n.text) && x >= 0 && x == math.Trunc(x) && x < 1<<53 && n.text[0] != '0' {
			return p.whole(&node{file: n.file, line: n.line, col: n.col, text: strconv.FormatUint(uint64(x), 10)}, path, most)
		}
	}
	p.at(n, path, "%s must be a whole number, 0 or more", quote(text(n)))
	return 0, false
}

// flag reads true or false, and nothing else: yes and on are words.
func (p *problems) flag(n *node, path string) (bool, bool) {
	if n.kind == scalar && !n.quoted && (n.text == "true" || n.text == "false") {
		return n.text == "true", true
	}
	p.at(n, path, "%s is neither true nor false", quote(text(n))).Allowed = "true, false"
	return false, false
}

// dates are the forms of a date. Without a zone it is Jakarta's time.
var dates = []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", "2006-01-02"}

const dateForm = "2023-10-04 or 2023-10-04T17:00 (Jakarta time), with +07:00 if you like"

func parseDate(s string) (t sim.Time, dayOnly, ok bool) {
	for _, form := range dates {
		if d, err := time.ParseInLocation(form, s, market.WIB); err == nil {
			if d.Year() < 1900 || d.Year() > 2200 {
				return 0, false, false
			}
			return market.Clock.At(d), form == "2006-01-02", true
		}
	}
	return 0, false, false
}

// date reads a moment.
func (p *problems) date(n *node, path string) (t sim.Time, dayOnly, ok bool) {
	if n.kind == scalar {
		t, dayOnly, ok = parseDate(n.text)
	}
	if !ok {
		e := p.at(n, path, "%s is not a date", quote(text(n)))
		e.Allowed = dateForm
	}
	return
}

var spanForm = regexp.MustCompile(`^([0-9]{1,5})([smhdw])$`)

func parseSpan(s string) (sim.Time, bool) {
	m := spanForm.FindStringSubmatch(s)
	if m == nil {
		return 0, false
	}
	x, _ := strconv.ParseInt(m[1], 10, 64)
	unit := map[string]sim.Time{"s": 1, "m": 60, "h": market.Hour, "d": market.Day, "w": market.Week}[m[2]]
	return sim.Time(x) * unit, true
}

// span reads a length of time.
func (p *problems) span(n *node, path string) (sim.Time, bool) {
	if n.kind == scalar {
		if x, ok := parseSpan(n.text); ok {
			return x, true
		}
	}
	p.at(n, path, "%s is not a length of time", quote(text(n))).Allowed = "a number with m, h, d or w, such as 6h, 14d, 8w"
	return 0, false
}

// when writes a moment, spanText a length of time, as files do.
func when(t sim.Time) string {
	d := market.Clock.Date(t)
	if t%60 != 0 {
		return d.Format("2006-01-02T15:04:05-07:00")
	}
	return d.Format("2006-01-02T15:04-07:00")
}

func spanText(t sim.Time) string {
	for _, u := range []struct {
		name string
		size sim.Time
	}{{"d", market.Day}, {"h", market.Hour}, {"m", 60}} {
		if t%u.size == 0 {
			return strconv.FormatInt(int64(t/u.size), 10) + u.name
		}
	}
	return strconv.FormatInt(int64(t), 10) + "s"
}

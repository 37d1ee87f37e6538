package load

import (
	"fmt"
	"strings"

	"pasar/agents/market"
)

// Starter writes the beginning of a scenario file that builds on another (a name of the library, or a path seen from where the
// file will be): what can be changed stands in it as comments, with the values that are inherited. Prose is behind "# ", and what
// becomes part of the file once it is uncommented behind "#", or "#" and two spaces. An error is of type Errors; it may be in the file or in the
// other.
func Starter(name, from string) ([]byte, error) {
	p := &problems{}
	if !nameForm.MatchString(name) {
		p.at(&node{file: "scenario"}, "", "%s is not a name", quote(name)).Allowed = "small letters, digits and -"
		return nil, p.sorted()
	}
	s, err := Load(from, Overrides{})
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	base := from
	if !nameForm.MatchString(from) {
		base = str(from)
	}
	line("# What differs from %s: uncomment and change. docs/scenarios.md shows every construct; pasar schema is for the editor.", base)
	for _, c := range [][2]string{
		{"validate ./" + name + ".yaml", "all mistakes at once, each with its place"},
		{"scenarios diff " + base + " ./" + name + ".yaml", "in what it differs, in words"},
		{"scenarios show ./" + name + ".yaml", "what it comes to, with every default"},
	} {
		line("# pasar %-*s  %s", len("scenarios diff  ./.yaml")+len(base)+len(name), c[0], c[1])
	}
	line("scenario: %s", name)
	line("extends: %s", base)
	title := map[string]string{}
	for lang, changed := range map[string]string{"en": ", changed", "id": ", diubah"} {
		if t := s.Title[lang]; t != "" {
			title[lang] = t + changed
		}
	}
	line("title: {%s}", byLanguage(title, str))
	line("")
	line("# What a reader should know; texts are in en and id.")
	line("#info:")
	line(`#  en: {question: "What does one ask?", happens: "What is done?", notice: "What to look at in the results?", try: "What to change next?"}`)
	line("")
	line("# The run is from %s to %s. With fewer buyers it is faster and has other levels; compare runs of one size only.", day(s.Start), day(s.End-1))
	line("#world: {buyers: %d}", min(s.Buyers, 2000))
	line("")
	line("# Parameters: the report of a run lists all, with ranges, sources and grades. A value alone will do: rho: 0.5.")
	line("#params:")
	for _, v := range s.Values {
		if v.Path == "params.disc.rho" {
			line("#  disc: {rho: {value: %s, range: [%s, %s], source: %s, grade: %s}}", number(v.Value), number(v.Lo), number(v.Hi), str(v.Source), v.Grade)
		}
	}
	line("")
	line("# What happens. The first action is new; the others are inherited: leave them, change a field, or name them in remove.")
	line("#remove: []")
	line("#actions:")
	at := min(s.Start+90*market.Day, s.End-tail-30*market.Day)
	line("#  - {id: my-vouchers, do: set_voucher, platform: shopee, share: 0.1, at: %s, until: 30d, source: assumption, grade: none}", day(max(at, s.Start)))
	for i := range s.Entries {
		if e := &s.Entries[i]; !e.IsPhase() {
			line("#  - {%s}", strings.Join(e.deeds(), ", "))
		}
	}
	return []byte(b.String()), nil
}

package report

import (
	"bytes"
	"fmt"
	"strings"

	"pasar/scenarios/compare"
)

// ComparisonMarkdown is the brief of a comparison in Markdown: title, finding, table, what it rests on, and the line that repeats it.
// A comparison of which a check failed is refused.
func ComparisonMarkdown(c *compare.Comparison, o Options) ([]byte, error) {
	s, err := newVersus(c, o.Lang)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = strings.ReplaceAll(strings.ReplaceAll(cells[i], "|", `\|`), "\n", " ")
		}
		fmt.Fprintf(&b, "| %s |\n", strings.Join(cells, " | "))
	}
	fmt.Fprintf(&b, "# %s\n\n%s *%s.*\n\n## %s\n\n", s.title(), s.period(), s.w.Badge, s.v.Finding)
	for i := range c.Pairs {
		p := &c.Pairs[i]
		fmt.Fprintf(&b, "- **%s: %s.** %s\n", s.other(p), s.verdict(s.headline(p)), strings.Join(s.why(p), " "))
	}
	for i := range c.Pairs {
		p := &c.Pairs[i]
		_, since, _ := s.span(p, compare.Since)
		fmt.Fprintf(&b, "\n## %s\n\n", text(s.v.ChangedCaption, s.other(p), s.base(), since))
		row(s.v.Outcome, s.base(), s.other(p), s.v.Difference, s.intervalName(), s.v.RelativeTo, s.v.SameSign, s.v.Verdict)
		row("---", "---:", "---:", "---:", "---:", "---:", "---:", "---")
		for j := range p.Main {
			f := &p.Main[j]
			d := f.Effect.Diff
			x := s.scale(f.Effect.Unit, d)
			relative, _ := s.relative(d)
			row(upper(s.marked(f))+", "+x.unit, s.level(x, d.Base), s.level(x, d.Other), s.change(x, d), s.interval(x, d, d.T), relative, s.pairs(d), s.verdict(f))
		}
		for j := range p.Main {
			for _, words := range s.through(&p.Main[j]) {
				fmt.Fprintf(&b, "\n**%s.** %s\n", upper(s.outcome(&p.Main[j])), words)
			}
		}
	}
	fmt.Fprintf(&b, "\n%s\n\n## %s\n\n", s.reading(), s.v.Assumed)
	for _, a := range s.assumed() {
		fmt.Fprintf(&b, "- %s\n", a)
	}
	request := s.request(o)
	fmt.Fprintf(&b, "\n## %s\n\n```sh\n%s\n```\n", s.v.RepeatLine, request.Command())
	return b.Bytes(), nil
}

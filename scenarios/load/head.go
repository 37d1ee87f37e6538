package load

import "slices"

// head reads what a file says of itself: name, texts, market and main outcomes.
func (p *problems) head(s *Scenario, d *draft) {
	switch n := d.name; {
	case n == nil:
		p.at(d.top, "scenario", "the scenario has no name; begin with \"scenario: name\"")
	case n.kind != scalar || !nameForm.MatchString(n.text):
		p.at(n, "scenario", "%s is not a name", quote(text(n))).Allowed = "small letters, digits and -"
	default:
		s.Name = n.text
	}
	s.Title, s.Info = p.titles(d.title, s.Name), p.infos(d.info)
	p.outcomes(s, d.out)
	s.Market = text(d.market)
}

// titles reads a title in one language or several.
func (p *problems) titles(n *node, name string) map[string]string {
	titles := map[string]string{}
	switch {
	case n == nil:
		titles["en"] = name
	case n.kind == scalar:
		titles["en"] = n.text
	default:
		p.languages(n, "title", func(lang string, v *node) {
			if v.kind != scalar {
				p.at(v, "title."+lang, "must be text, not %s", v.kind)
			}
			titles[lang] = text(v)
		})
	}
	return titles
}

// infos reads the texts for readers.
func (p *problems) infos(n *node) map[string]Info {
	if n == nil {
		return nil
	}
	infos := map[string]Info{}
	p.languages(n, "info", func(lang string, v *node) {
		i := Info{}
		to := map[string]*string{"question": &i.Question, "happens": &i.Happens, "notice": &i.Notice, "try": &i.Try}
		if v.kind != table {
			p.at(v, "info."+lang, "must be a table of question, happens, notice and try")
			return
		}
		for _, k := range v.keys {
			if to[k] == nil {
				p.key(v.kids[k], "info."+lang+"."+k, "there is no such text").among(k, infoKeys)
			} else if v.kids[k].kind != scalar {
				p.at(v.kids[k], "info."+lang+"."+k, "must be text, not %s", v.kids[k].kind)
			} else {
				*to[k] = v.kids[k].text
			}
		}
		infos[lang] = i
	})
	return infos
}

var (
	infoKeys  = []string{"question", "happens", "notice", "try"}
	languages = []string{"en", "id"}
)

func (p *problems) languages(n *node, at string, use func(lang string, v *node)) {
	if n.kind != table {
		p.at(n, at, "must be a table of languages: {en: ..., id: ...}")
		return
	}
	for _, k := range n.keys {
		if !slices.Contains(languages, k) {
			p.key(n.kids[k], join(at, k), "is not a language of this program").among(k, languages)
			continue
		}
		use(k, n.kids[k])
	}
}

// Outcomes are the names that a scenario may declare as main outcomes; package compare says what each is.
var Outcomes = []string{
	"gmv", "orders", "sme_income", "creator_income", "hhi", "local_sme_share", "import_share", "offline_sales", "off_platform_share", "smes_active",
	"closures", "multi_home_sellers", "creators_quit", "public_cost", "cs_need",
}

// mostOutcomes is how many main outcomes a scenario may declare, so that "clear" keeps its meaning (decisions E21).
const mostOutcomes = 5

func (p *problems) outcomes(s *Scenario, n *node) {
	if n == nil {
		return
	}
	if n.kind != list {
		p.at(n, "outcomes", "must be a list of indicators, such as [gmv, orders]")
		return
	}
	if len(n.items) > mostOutcomes {
		p.at(n, "outcomes", "declares %d main outcomes; with more than %d some differ by chance", len(n.items), mostOutcomes)
	}
	for i, item := range n.items {
		at := join("outcomes", itoa(i))
		switch {
		case item.kind != scalar || !slices.Contains(Outcomes, item.text):
			p.at(item, at, "%s is not the name of a main outcome", quote(text(item))).among(text(item), Outcomes)
		case slices.Contains(s.Outcomes, item.text):
			p.at(item, at, "%s is listed twice", item.text)
		default:
			s.Outcomes = append(s.Outcomes, item.text)
		}
	}
}

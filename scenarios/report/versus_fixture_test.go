package report

import (
	"math"
	"math/rand/v2"
	"strings"

	"pasar/agents/market"
	"pasar/scenarios/compare"
	"pasar/scenarios/diff"
	"pasar/scenarios/load"
	"pasar/scenarios/results/measure"
	"pasar/scenarios/stats"
)

// made is a comparison of no-ban with other worlds in n pairs, with all kinds of cells. Its numbers were made up.
func made(n int, worlds ...string) *compare.Comparison {
	c := &compare.Comparison{Version: "abc", Human: "v0", Days: 547}
	for i := range n {
		c.Seeds = append(c.Seeds, uint64(i+1))
	}
	for i, name := range append([]string{"no-ban"}, worlds...) {
		w := compare.Parse(name, load.Overrides{Buyers: 2000})
		if i > 0 && name == "no-ban" {
			w.Name += "~2"
		}
		sc, err := w.Load(1)
		if err != nil {
			panic(err)
		}
		c.Worlds, c.Scenarios = append(c.Worlds, w), append(c.Scenarios, sc)
	}
	c.First = int64((c.Scenarios[0].Start + market.Day - 1) / market.Day)
	for d := range c.Days {
		if measure.DateOf(c.First+int64(d)).Weekday() == 1 && d+7 <= c.Days {
			c.Weeks = append(c.Weeks, d)
		}
	}
	luck := rand.New(rand.NewPCG(1, 2))
	for i := range c.Scenarios[1:] {
		c.Pairs = append(c.Pairs, madePair(c, i+1, luck))
	}
	for w := range c.Worlds {
		for _, f := range c.Pairs[0].Main {
			l := compare.Line{Column: f.Outcome.Column, World: w}
			for i := range c.Weeks {
				mean := f.Effect.Diff.Base * (1 + .004*float64(i) + .03*math.Sin(float64(i)))
				if w > 0 {
					mean += c.Pairs[w-1].Weekly[i].Diff.Mean * mean / 1e12
				}
				l.Weeks = append(l.Weeks, stats.Level{N: n, Mean: mean})
			}
			c.Lines = append(c.Lines, l)
		}
		for _, seed := range c.Seeds {
			c.Runs = append(c.Runs, compare.Receipt{World: w, Seed: seed, Hash: c.Scenarios[w].Hash, Digest: "0123456789abcdef0123456789abcdef", Events: 1000})
		}
	}
	c.Checks = []compare.Check{
		{Kind: "a/a", Seed: 1, Goroutines: 3, What: "no-ban", Cells: 123_456}, {Kind: "placebo", Seed: 1, Goroutines: 1, What: worlds[0] + ": sep, deal", Cells: 65_432},
		{Kind: "history", Seed: 0, Goroutines: 1, What: worlds[0], Cells: 267},
	}
	return c
}

// about are n pairs of which the differences are about a share of a level.
func about(level, share, noise float64, n int, luck *rand.Rand) stats.Paired {
	base, other := make([]float64, n), make([]float64, n)
	for i := range n {
		base[i] = level * (1 + .05*luck.NormFloat64())
		other[i] = base[i] * (1 + share + noise*luck.NormFloat64())
	}
	return stats.Pair(base, other, .95, "made")
}

func madePair(c *compare.Comparison, world int, luck *rand.Rand) compare.Pair {
	n := len(c.Seeds)
	p := compare.Pair{World: world, From: 0, AsOf: c.First + 267}
	same := c.Worlds[world].Ref == "no-ban"
	p.Differs = diff.Of(c.Scenarios[0], c.Scenarios[world])
	add := func(name, shop string, from, to int) {
		p.Periods = append(p.Periods, compare.Period{Window: measure.Window{Name: name, From: from, To: to}, Shop: shop})
	}
	add(compare.Since, "", 267, 547)
	switch c.Worlds[world].Ref {
	case "ban":
		add(compare.Ban, "tiktok", 277, 547)
	case "pilot":
		add(compare.Ban, "tiktok", 277, 345)
		add(compare.Pilot, "tiktok", 345, 480)
		add(compare.Reopened, "tiktok", 345, 547)
	}
	add(compare.Whole, "", 0, 547)
	share := -.03 * float64(world)
	if same {
		share = 0
	}
	effect := func(col measure.Column, level, share, noise float64, agents int) {
		for i := range p.Periods {
			d := about(level, share, noise, n, luck)
			if same {
				d = about(level, 0, 0, n, luck)
			}
			p.Effects = append(p.Effects, compare.Effect{Column: col, Period: i, Diff: d, Agents: agents})
		}
	}
	levels := map[string]float64{"gmv": 2.04e12, "orders": 9.4e6, "sme_income": 310e3, "creator_income": 6.9e5, "hhi": 2400}
	for i, o := range compare.Outcomes()[:5] {
		effect(o.Column, levels[o.Name], share, []float64{.01, .02, .1, .08, .03}[i], 64)
		f := compare.Finding{Outcome: o, Fitted: o.Target != "", Effect: p.Effects[len(p.Effects)-len(p.Periods)]}
		switch {
		case f.Effect.Diff.Zero:
			f.Verdict = compare.Same
		case o.Name == "orders":
			f.Verdict = compare.Depends
			f.Turns = []compare.Turn{{Path: "params.disc.rho", Value: .2, Diff: about(levels[o.Name], .01, .02, n, luck), Turns: true}, {Path: "params.disc.rho", Value: .9, Diff: f.Effect.Diff}}
		case f.Effect.Diff.Clear():
			f.Verdict = compare.Clear
		}
		f.Worst = compare.Stretch{Week: 40, Diff: about(levels[o.Name], 3*share, f.Effect.Diff.SD/levels[o.Name], n, luck)}
		for j, part := range o.Parts {
			if strings.HasPrefix(part.By, "cohort_") && part.Key == "80-90" { // nobody
				continue
			}
			level, s := levels[o.Name]/float64(len(o.Parts)), share*float64(3-j)
			if part.Unit == "share" {
				level = .2
			}
			effect(part, level, s, .03, 25+10*(j%3))
			f.Share = append(f.Share, compare.Breakdown{Key: part.Key, Diff: p.Effects[len(p.Effects)-len(p.Periods)].Diff})
		}
		p.Main = append(p.Main, f)
		for w, day := range c.Weeks {
			s := 0.
			if day >= 267 {
				s = share * (1 + 4*math.Exp(-float64(day-267)/60))
			}
			noise := .02
			if day < 260 || same {
				noise = 0
			}
			p.Weekly = append(p.Weekly, compare.Effect{Column: o.Column, Week: w, Diff: about(levels[o.Name], s, noise, n, luck)})
		}
	}
	for w, day := range c.Weeks {
		for j, key := range market.ChannelKeys(market.Direct) {
			s := 0.
			if day >= 267 {
				s = share * (3 - float64(j))
			}
			noise := .01
			if same {
				noise = 0
			}
			p.Weekly = append(p.Weekly, compare.Effect{Column: measure.Column{Metric: "gmv", By: "storefront", Key: key, Unit: "IDR/day"}, Week: w, Diff: about(3e11, s, noise, n, luck)})
		}
	}
	for _, kind := range cohortKinds() {
		for j, key := range kind.keys {
			agents := 12 + 90*((j+2)%4)
			if key == "large" || key == "80-90" { // nobody
				continue
			}
			by := "cohort_" + kind.by
			effect(measure.Column{Metric: "cohort_income_median", By: by, Key: key, Unit: "IDR/4 weeks"}, 3e5*math.Pow(3, float64(j%4)), share*float64(j), .1+.4*float64(j%2), agents)
			effect(measure.Column{Metric: "cohort_losing", By: by, Key: key, Unit: "share"}, .2, -share, .05, agents)
			effect(measure.Column{Metric: "cohort_closed", By: by, Key: key, Unit: "share"}, .04, -share, .05, agents)
		}
	}
	for _, g := range parties() {
		for j, x := range g.list {
			unit, level := "IDR/day", 3e11
			if x.metric == "share" || x.metric == "offline_share" {
				unit, level = "share", .15
			}
			if x.metric == "public_cost" {
				level = 0
			}
			if x.metric == "share" || x.metric == "gmv" && x.by == "storefront" {
				continue
			}
			effect(measure.Column{Metric: x.metric, By: x.by, Key: x.key, Unit: unit}, level, share*float64(2-j), .02, 0)
		}
	}
	if c.Worlds[world].Ref != "no-ban" {
		p.Shock = &compare.Shock{Shop: "tiktok", From: 277, To: 345, With: world}
		p.Identity = &measure.Identity{Content: 1234, Tab: 567, Kept: .21, ToMarkets: .5, Rho: .65, On: .6, More: .05, Tabs: .1, Ratio: .44}
		p.Naive = []compare.Prediction{
			{Key: "shopee", Base: 6.9e11, Proportional: 1.2e11, Logit: 8e10, Agents: about(6.9e11, .15, .01, n, luck), Unit: "IDR/day"},
			{Key: "lazada", Base: 2.3e11, Proportional: 4e10, Logit: math.NaN(), Agents: about(2.3e11, .1, .01, n, luck), Unit: "IDR/day"},
			{Key: "diversion", Proportional: 1, Base: math.NaN(), Logit: .44, Agents: about(.5, .01, .02, n, luck), Unit: "share"},
		}
		for i, key := range []string{"cs_need", "local_smes", "logistics", "world"} {
			p.Welfare.Lines = append(p.Welfare.Lines, compare.WelfareLine{Key: key, Part: measure.Part(i), Diff: about(4e13, share, .02, n, luck)})
		}
		p.Welfare.Net = [3]stats.Paired{about(2e13, share, .02, n, luck), about(3e13, share, .02, n, luck), about(4e13, share, .02, n, luck)}
		p.Welfare.Sum = [3]stats.Paired{about(4e13, share, .02, n, luck), about(5e13, share, .02, n, luck), about(6e13, share, .02, n, luck)}
		weeks := stats.Level{N: n, Mean: 12, P05: 8, P50: 11, P95: 22}
		late := math.Inf(1)
		never := stats.Level{Mean: math.NaN(), P05: late, P25: late, P50: late, P75: late, P95: late}
		p.Recovery = []compare.Recovery{
			{Key: "market", Weeks: weeks, Seen: 35, N: n, Naive: stats.Level{N: n, P05: 4, P50: 5, P95: 9}, Lost: about(3e12, -.1, .1, n, luck)},
			{Key: "90-100", Weeks: never, Seen: 33, Never: n, N: n, Naive: never, Lost: about(3e11, -.1, .1, n, luck), Count: 17},
		}
	}
	return p
}

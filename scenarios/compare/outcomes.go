package compare

import (
	"slices"

	"pasar/agents/market"
	"pasar/scenarios/results/measure"
)

// An Outcome is what a scenario can declare as one of its main outcomes.
type Outcome struct {
	Name string // as in files
	measure.Column
	Bad    int    // the direction that is a loss: -1 less, 1 more
	Target string // of the calibration that it is, or follows from (decisions E21); "": none
	Parts  []measure.Column
}

// Outcomes lists what can be declared. Incomes are of those who were in business before anything was announced, whatever became of
// them, so that both worlds of a pair speak of the same people.
func Outcomes() []Outcome {
	col := func(metric, by, key, unit string) measure.Column {
		return measure.Column{Metric: metric, By: by, Key: key, Unit: unit}
	}
	each := func(metric, by, unit string, keys []string) (list []measure.Column) {
		for _, k := range keys {
			list = append(list, col(metric, by, k, unit))
		}
		return list
	}
	const per = "IDR/4 weeks"
	shops := market.ChannelKeys(market.Tracked)
	var tiers []string
	for t := range market.Tiers {
		tiers = append(tiers, t.String())
	}
	return []Outcome{
		{"gmv", col("gmv", "platforms", "all", "IDR/day"), -1, "T5", each("gmv", "storefront", "IDR/day", shops)},
		{"orders", col("orders", "platforms", "all", "orders/day"), -1, "T5", each("orders", "storefront", "orders/day", shops)},
		{"sme_income", col("cohort_income_median", "cohort_sme_type", market.Local.String(), per), -1, "",
			each("cohort_income_median", "cohort_dependence", per, measure.DependenceKeys())},
		{"creator_income", col("cohort_income", "cohort_", "creators", per), -1, "", each("cohort_income", "cohort_tier", per, tiers)},
		{"hhi", col("hhi", "owner", "", "points"), 1, "", each("share", "owner", "share", market.OwnerKeys())},
		{"local_sme_share", col("local_sme_share", "", "", "share"), -1, "", nil},
		{"import_share", col("import_share", "", "", "share"), 1, "", nil},
		{"offline_sales", col("offline_sales", "", "", "IDR/day"), -1, "", each("offline_purchases", "category", "needs/day", market.CategoryKeys())},
		{"off_platform_share", col("off_platform_share", "", "", "share"), -1, "", nil},
		{"smes_active", col("active", "", "", "SMEs"), -1, "", nil},
		{"closures", col("closures", "", "", "SMEs"), 1, "", nil},
		{"multi_home_sellers", col("multi_home_sellers", "", "", "SMEs"), -1, "", nil},
		{"creators_quit", col("cohort_closed", "cohort_", "creators", "share"), 1, "", nil},
		{"public_cost", col("public_cost", "", "", "IDR/day"), 1, "", nil},
		{"cs_need", col("cs_need", "", "", "IDR/day"), -1, "", nil},
	}
}

// outcome finds one by its name.
func outcome(name string) (Outcome, bool) {
	all := Outcomes()
	i := slices.IndexFunc(all, func(o Outcome) bool { return o.Name == name })
	if i < 0 {
		return Outcome{}, false
	}
	return all[i], true
}

// lines are the series that charts show, beside the main outcomes.
func lines() []measure.Column {
	out := append([]measure.Column(nil), Outcomes()[0].Parts...)
	for _, o := range Outcomes()[2:5] {
		out = append(out, o.Parts...)
	}
	return out
}

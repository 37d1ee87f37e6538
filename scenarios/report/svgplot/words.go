package svgplot

// words are what a chart says in one language by itself.
type words struct {
	months                              [12]string
	to, source, outside, nothing, value string
	noSeries, noDays, allGaps, disorder string
	noBars, noFlows, undrawn            string
	axisFrom, events, lowest, highest   string
	atLowest, atHighest, unclear        string // of a tornado and a heat map
	missing, turns, below               string
	decimal, thousands                  string
	scales                              [4]string // after 10^3, 10^6, 10^9, 10^12
}

// wordsOf is the language, English when it is not known.
func wordsOf(lang string) words {
	if lang == "id" {
		return indonesian()
	}
	return english()
}

func english() words {
	return words{
		months: [12]string{
			"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
		},
		to: "to", source: "Source", outside: "outside the period shown",
		nothing: "No data", value: "no data",
		noSeries: "no series was given", noDays: "no days were given",
		allGaps: "every value is missing", disorder: "the days are not in order",
		noBars: "no bars were given", noFlows: "no flow is above zero",
		undrawn: "Not drawn", axisFrom: "axis starts at", events: "Events",
		lowest: "lowest", highest: "highest", decimal: ".", thousands: ",",
		atLowest: "at its lowest value", atHighest: "at its highest value", unclear: "sign not clear",
		missing: "no run finished", turns: "the sign changes", below: "below zero",
		scales: [4]string{"k", "M", "bn", "tn"},
	}
}

// indonesian writes the scales out: its short "M" is miliar, which others read as million.
func indonesian() words {
	return words{
		months: [12]string{
			"Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des",
		},
		to: "s.d.", source: "Sumber", outside: "di luar periode",
		nothing: "Tidak ada data", value: "tidak ada data",
		noSeries: "tidak ada deret", noDays: "tidak ada tanggal",
		allGaps: "semua nilai kosong", disorder: "tanggal tidak berurutan",
		noBars: "tidak ada batang", noFlows: "tidak ada aliran di atas nol",
		undrawn: "Tidak digambar", axisFrom: "sumbu mulai dari", events: "Peristiwa",
		lowest: "terendah", highest: "tertinggi", decimal: ",", thousands: ".",
		atLowest: "pada nilai terendahnya", atHighest: "pada nilai tertingginya", unclear: "tanda tidak jelas",
		missing: "tidak ada simulasi yang selesai", turns: "tanda berubah", below: "di bawah nol",
		scales: [4]string{" ribu", " juta", " miliar", " triliun"},
	}
}

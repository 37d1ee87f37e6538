package cli

// A wording is what verbs say under an outcome, in its language. Errors, notes on the way and help are in English.
type wording struct {
	Files                           string // folder, names
	NextRun, NextCompare, NextSweep string

	Study, Failed, Tables, Against string // of a sweep
	EffectHead                     []any
}

// words are those of a language.
func (l lang) words() wording {
	if l == "id" {
		return wording{
			Files:       "berkas di %s: %s",
			NextRun:     "selanjutnya: report.html untuk pembaca; satu simulasi adalah satu undian, jadi apa yang diubah kebijakan ditanyakan dengan pasar compare BASE OTHER",
			NextCompare: "selanjutnya: report.html untuk pembaca; pasar verify %s memainkan lagi semua yang dinyatakannya",
			NextSweep:   "selanjutnya: report.html untuk pembaca; pasar sweep expand %s --reps %d memainkan ulangan sebanyak itu lagi dan mempersempit selang",

			Study: "studi %s: %d titik, %d ulangan, %d simulasi", Failed: ", %d di antaranya gagal; pertama pada %s: %s",
			Tables: "runs, levels, %ssebagai .csv dan .parquet; codebook.csv, sensitivity.json, summary.json, report.html", Against: "efek terhadap %s",
			EffectHead: []any{"hasil", "terendah", "tertinggi", "satuan", "titik jelas lebih tinggi", "jelas lebih rendah", "tidak jelas"},
		}
	}
	return wording{
		Files:       "files in %s: %s",
		NextRun:     "next: report.html is for readers; one run is one draw, so what a policy changes is asked by pasar compare BASE OTHER",
		NextCompare: "next: report.html is for readers; pasar verify %s plays again what it claims",
		NextSweep:   "next: report.html is for readers; pasar sweep expand %s --reps %d plays as many replications again and narrows the intervals",

		Study: "study %s: %d points, %d replications, %d runs", Failed: ", %d of them failed; first at %s: %s",
		Tables: "runs, levels, %sas .csv and .parquet; codebook.csv, sensitivity.json, summary.json, report.html", Against: "effect against %s",
		EffectHead: []any{"outcome", "least", "most", "unit", "points clearly more", "clearly less", "not clear"},
	}
}

package cli

import (
	"strconv"
	"strings"
	"time"
)

// A wording is what verbs say on the way and under an outcome, in its language. Errors and help are in English.
type wording struct {
	Files                           string // folder, names
	NextRun, NextCompare, NextSweep string

	// how far it has come
	Left, EventsPerSecond, RunsPerSecond string
	Look                                 string // of a study that may end early
	Thousand, Million                    string
	Stages                               [4]string // of a comparison
	Runs                                 string    // of a sweep
	Kept, FailedSoFar, Still             string

	// notes on the way
	Solving, Waiting, Open, NoTap, NoListen, ProcDone, FilesIn, NoRecording, Dropped string
	Join, Part, PartDone, NoneFailed, NoneGivenUp                                    string

	Study, Failed, Tables, Against string // of a sweep
	EffectHead                     []any
	Ended, TooMany, Known          string // early: look, of, replications, of; then why

	// what a sweep will take
	Plan, PlanRuns, PlanHere, PlanTried                                string
	RunsRow, CoreHoursRow, HereRow, DiskRow, RowsOf, TriedRow, Decimal string
}

// words are those of a language.
func (l lang) words() *wording {
	if l == "id" {
		return &indonesian
	}
	return &english
}

// span is a length of time.
func (l lang) span(d time.Duration) string {
	if l != "id" {
		return d.String()
	}
	return strings.TrimSpace(strings.NewReplacer("ms", " mdtk", "h", " jam ", "m", " mnt ", "s", " dtk", ".", ",").Replace(d.String()))
}

// num is a number with as many digits as are worth telling.
func (l lang) num(v float64, format byte, digits int) string {
	return strings.Replace(strconv.FormatFloat(v, format, digits, 64), ".", l.words().Decimal, 1)
}

var english = wording{
	Files:       "files in %s: %s",
	NextRun:     "next: report.html is for readers; one run is one draw, so what a policy changes is asked by pasar compare BASE OTHER",
	NextCompare: "next: report.html is for readers; pasar verify %s plays again what it claims",
	NextSweep:   "next: report.html is for readers; pasar sweep expand %s --reps %d plays as many replications again and narrows the intervals",

	Look: "look %d of %d in about %s", Left: "about %s left", EventsPerSecond: "%s ev/s", RunsPerSecond: "%s runs/s", Thousand: "k", Million: "M", Decimal: ".",
	Stages: [4]string{"runs", "checks", "range", "why"}, Runs: "runs %d/%d, %d running", Kept: "%d kept", FailedSoFar: "%d failed",
	Still: "nothing finished for %s: is a worker there?",

	Solving:     "the demand parameters are not the usual ones: solving the constants of choice (δ) anew, a moment please",
	Waiting:     "process %d of %d, run %s: waiting for the others",
	Open:        "NATS clients may connect to nats://%s; events are on pasar.%s.event.<kind>, or subscribe to pasar.>",
	NoTap:       "no events will be published there: add --tap",
	NoListen:    "nobody can hear the events that --tap publishes: add --listen 127.0.0.1:4333",
	ProcDone:    "process %d is done; process 0 writes the files. digest %v",
	FilesIn:     "files are in %s",
	NoRecording: "%s has no recording, so its beginning is played as well",
	Dropped:     "the tap was too slow for %d events: they happened, but nobody could be told",
	Join:        "workers may join: %s", Part: "part %d of %d: %d of %d cells, about %s left", PartDone: "%s: %d cells, %d runs",
	NoneFailed:  "no run failed",
	NoneGivenUp: "no cell was given up. Runs that failed by themselves fail the same way each time, unless it was the machine: --all plays them again, too",

	Study: "study %s: %d points, %d replications, %d runs", Failed: ", %d of them failed; first at %s: %s",
	Tables: "runs, levels, %sas .csv and .parquet; codebook.csv, sensitivity.json, summary.json, report.html", Against: "effect against %s",
	Ended:      "ended early, at look %d of %d, after %d of %d replications: ",
	TooMany:    "more than %s of the runs failed (stop: failed)",
	Known:      "differences in %s are known to %s at every point (stop: precise)",
	EffectHead: []any{"outcome", "least", "most", "unit", "points clearly more", "clearly less", "not clear"},

	Plan:     "study %s: %d points, %d replications, scenarios %v",
	PlanRuns: "%d in %d cells", PlanHere: "about %s with %d workers, if the machine does nothing else", PlanTried: "%d cells, %s of a processor each, and %s once for each point",
	RunsRow: "runs", CoreHoursRow: "core-hours", HereRow: "here", DiskRow: "disk", RowsOf: "rows of %s", TriedRow: "tried",
}

var indonesian = wording{
	Files:       "berkas di %s: %s",
	NextRun:     "selanjutnya: report.html untuk pembaca; satu simulasi adalah satu undian, jadi apa yang diubah kebijakan ditanyakan dengan pasar compare BASE OTHER",
	NextCompare: "selanjutnya: report.html untuk pembaca; pasar verify %s memainkan lagi semua yang dinyatakannya",
	NextSweep:   "selanjutnya: report.html untuk pembaca; pasar sweep expand %s --reps %d memainkan ulangan sebanyak itu lagi dan mempersempit selang",

	Look: "pemeriksaan %d dari %d sekitar %s lagi", Left: "sekitar %s lagi", EventsPerSecond: "%s peristiwa/dtk", RunsPerSecond: "%s simulasi/dtk", Thousand: " rb", Million: " jt", Decimal: ",",
	Stages: [4]string{"simulasi", "pemeriksaan", "rentang", "sebab"}, Runs: "simulasi %d/%d, %d berjalan", Kept: "%d tersimpan", FailedSoFar: "%d gagal",
	Still: "tidak ada yang selesai selama %s: adakah pekerja?",

	Solving:     "parameter permintaan tidak seperti biasanya: tetapan pilihan (δ) dihitung ulang, mohon tunggu",
	Waiting:     "proses %d dari %d, simulasi %s: menunggu yang lain",
	Open:        "klien NATS dapat tersambung ke nats://%s; peristiwa ada di pasar.%s.event.<kind>, atau berlangganan pasar.>",
	NoTap:       "tidak ada peristiwa yang akan disiarkan di sana: tambahkan --tap",
	NoListen:    "tidak ada yang dapat mendengar peristiwa yang disiarkan --tap: tambahkan --listen 127.0.0.1:4333",
	ProcDone:    "proses %d selesai; proses 0 menulis berkas. intisari %v",
	FilesIn:     "berkas ada di %s",
	NoRecording: "%s tidak punya rekaman, jadi bagian awalnya dimainkan juga",
	Dropped:     "siaran terlalu lambat untuk %d peristiwa: semuanya terjadi, tetapi tidak sempat disiarkan",
	Join:        "pekerja dapat bergabung: %s", Part: "bagian %d dari %d: %d dari %d sel, sekitar %s lagi", PartDone: "%s: %d sel, %d simulasi",
	NoneFailed:  "tidak ada simulasi yang gagal",
	NoneGivenUp: "tidak ada sel yang ditinggalkan. Simulasi yang gagal dengan sendirinya akan gagal dengan cara yang sama, kecuali jika sebabnya mesin: --all memainkannya lagi juga",

	Study: "studi %s: %d titik, %d ulangan, %d simulasi", Failed: ", %d di antaranya gagal; pertama pada %s: %s",
	Tables: "runs, levels, %ssebagai .csv dan .parquet; codebook.csv, sensitivity.json, summary.json, report.html", Against: "efek terhadap %s",
	Ended:      "berakhir lebih awal, pada pemeriksaan %d dari %d, setelah %d dari %d ulangan: ",
	TooMany:    "lebih dari %s simulasi gagal (stop: failed)",
	Known:      "selisih %s diketahui sampai %s di setiap titik (stop: precise)",
	EffectHead: []any{"hasil", "terendah", "tertinggi", "satuan", "titik jelas lebih tinggi", "jelas lebih rendah", "tidak jelas"},

	Plan:     "studi %s: %d titik, %d ulangan, skenario %v",
	PlanRuns: "%d dalam %d sel", PlanHere: "sekitar %s dengan %d pekerja, jika mesin tidak mengerjakan yang lain", PlanTried: "%d sel, masing-masing %s prosesor, dan %s sekali untuk tiap titik",
	RunsRow: "simulasi", CoreHoursRow: "jam inti prosesor", HereRow: "di sini", DiskRow: "ruang disk", RowsOf: "baris %s", TriedRow: "dicoba",
}

package serve

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/report/svgplot"
)

//go:embed pages/*.html pages/*.css
var pageFiles embed.FS

var pages = template.Must(template.ParseFS(pageFiles, "pages/*.html"))

// plain are the pages that work without the front end and without scripts.
func (l *Lab) plain() []route {
	return []route{
		{"GET /{$}", l.front},
		{"GET /plain", l.galleryPage},
		{"GET /plain/style.css", l.style},
		{"GET /plain/scenarios/{name}", l.scenarioPage},
		{"POST /plain/runs", l.askPage},
		{"GET /plain/runs/{key}", l.runStatusPage},
		{"POST /join", l.joinPage},
		{"GET /assets/", l.asset},
		{"GET /favicon.ico", l.asset},
		{"GET /", l.nothing},
	}
}

// A words is the text of plain pages in a language.
type words struct {
	Lang, Other, OtherName                                      string
	Title, Lead, Limits, Scenarios, History, WhatIf             string
	Open, Question, Happens, Notice, Try, Timeline, Play, Vs    string
	State, Done, Reload, Report, RunReport, Data, Back, Failed  string
	Sorry, Class, ClassLead, Code, Enter, Wrong, From, Provenan string
	NoResult, Result, ResultNot, ResultBase, To                 string
}

func wordsOf(lang string) words {
	if lang == "id" {
		return words{"id", "en", "English", "Pasar: simulator kebijakan lokapasar", "Apa yang akan terjadi seandainya?",
			"Model ini memutar ulang pasar daring Indonesia tahun 2023. Semua angkanya hasil simulasi dengan parameter yang belum dikalibrasi; yang berarti adalah perbedaan antarskenario beserta rentangnya, bukan tingkatnya.",
			"Skenario", "Sejarah", "Bagaimana jika", "Buka", "Pertanyaan", "Yang terjadi", "Perhatikan", "Coba", "Lini masa", "Jalankan (8 pasang, 2.000 pembeli)", "dibandingkan dengan",
			"Keadaan", "replikasi selesai", "Halaman ini dimuat ulang sendiri.", "Laporan perbandingan", "Laporan satu replikasi", "Data (CSV)", "Kembali ke daftar skenario", "Gagal",
			"Tidak bisa", "Kelas", "Lab ini milik sebuah kelas. Ketik kodenya.", "Kode", "Masuk", "Kodenya bukan itu.", "Sumber", "simulasi",
			"Belum ada hasil dari program ini.", "Penjualan di lokapasar %s (%s) dibanding tanpa larangan; %d pasang, simulasi.", "Penjualan di lokapasar: tidak ada selisih yang jelas (%[2]s) dengan tanpa larangan; %[3]d pasang, simulasi.", "Penjualan di TikTok Shop; simulasi.", " sampai "}
	}
	return words{"en", "id", "Bahasa Indonesia", "Pasar: marketplace policy simulator", "What would have happened?",
		"This model replays Indonesia's online market of 2023. All its figures are simulated, with parameters that are not calibrated yet; what counts is how scenarios differ, with the range of it, and not the level.",
		"Scenarios", "History", "What if", "Open", "Question", "What happens", "Notice", "Try", "Timeline", "Play (8 pairs, 2,000 buyers)", "compared with",
		"State", "replications done", "This page reloads by itself.", "Report of the comparison", "Report of one replication", "Data (CSV)", "Back to the scenarios", "Failed",
		"That did not work", "Class", "This lab belongs to a class. Type its code.", "Code", "Enter", "That is not the code.", "Source", "simulated",
		"No result of this program yet.", "Sales on platforms %s (%s) against no ban; %d pairs, simulated.", "Sales on platforms: no clear difference (%[2]s) from no ban; %[3]d pairs, simulated.", "Sales on TikTok Shop; simulated.", " to "}
}

// A view is what a plain page shows.
type view struct {
	W           words
	Here        string // path of the page
	Note        template.HTML
	Cards       []lab.Card
	Results     map[string]resultJSON // of cards that can be played, by name
	Card        lab.Card
	Events      []lab.Event
	Strip       template.HTML
	Status      status
	Base        string
	Refresh     bool
	Message     string
	Placeholder template.HTML
}

// A group is a part of the gallery.
type group struct {
	Name  string
	Cards []lab.Card
}

// Groups are the parts of the gallery: what happened, and what might have.
func (v view) Groups() []group {
	all := []group{{Name: v.W.History}, {Name: v.W.WhatIf}}
	for _, c := range v.Cards {
		if c.Group == "history" {
			all[0].Cards = append(all[0].Cards, c)
		} else {
			all[1].Cards = append(all[1].Cards, c)
		}
	}
	return all
}

// In is a text in the language of the page.
func (v view) In(t lab.Text) string {
	if v.W.Lang == "id" {
		return t.ID
	}
	return t.EN
}

func (l *Lab) page(w http.ResponseWriter, r *http.Request, status int, name string, v view) error {
	v.W, v.Here = wordsOf(l.lang(r)), r.URL.Path
	if l.o.UI == nil {
		v.Placeholder = template.HTML(l.o.Notes) // a file of the program
	}
	var b bytes.Buffer
	if err := pages.ExecuteTemplate(&b, name, v); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, err := w.Write(b.Bytes())
	return err
}

// front is the front end, or the gallery while it is not built.
func (l *Lab) front(w http.ResponseWriter, r *http.Request) error {
	if l.o.UI == nil {
		return l.galleryPage(w, r)
	}
	b, err := fs.ReadFile(l.o.UI, "index.html")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, err = w.Write(b)
	return err
}

// asset is a file of the front end; its name holds a hash of what is in it.
func (l *Lab) asset(w http.ResponseWriter, r *http.Request) error {
	name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
	if l.o.UI == nil || !fs.ValidPath(name) {
		return l.nothing(w, r)
	}
	if info, err := fs.Stat(l.o.UI, name); err != nil || info.IsDir() {
		return l.nothing(w, r)
	}
	if strings.HasPrefix(name, "assets/") {
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeFileFS(w, r, l.o.UI, name)
	return nil
}

func (l *Lab) nothing(_ http.ResponseWriter, r *http.Request) error {
	return refuse(http.StatusNotFound, "there is no page %.80s here", r.URL.Path)
}

func (l *Lab) style(w http.ResponseWriter, _ *http.Request) error {
	b, err := pageFiles.ReadFile("pages/plain.css")
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	_, err = w.Write(append(b, "@media screen and (prefers-color-scheme:dark){"+svgplot.DarkCSS()+"}\n"...))
	return err
}

func (l *Lab) galleryPage(w http.ResponseWriter, r *http.Request) error {
	cards, err := lab.Gallery()
	if err != nil {
		return err
	}
	v := view{Cards: cards, Results: map[string]resultJSON{}}
	for _, c := range cards {
		if x, err := l.resultOf(c.Name); err == nil { // what cannot be played beside its base has none
			v.Results[c.Name] = x
		}
	}
	return l.page(w, r, http.StatusOK, "gallery", v)
}

func (l *Lab) scenarioPage(w http.ResponseWriter, r *http.Request) error {
	name, err := l.name(r)
	if err != nil {
		return err
	}
	s, err := load.Load(name, load.Overrides{})
	if err != nil {
		return err
	}
	return l.page(w, r, http.StatusOK, "scenario", view{Card: lab.CardOf(s, nil), Events: lab.Events(s), Strip: template.HTML(lab.Strip(s, l.lang(r)))}) // drawn by us, texts escaped
}

func (l *Lab) strip(w http.ResponseWriter, r *http.Request) error {
	name, err := l.name(r)
	if err != nil {
		return err
	}
	s, err := load.Load(name, load.Overrides{})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "image/svg+xml")
	_, err = w.Write(lab.Strip(s, l.lang(r)))
	return err
}

// askPage plays a scenario beside its base.
func (l *Lab) askPage(w http.ResponseWriter, r *http.Request) error {
	if err := l.guard.spend(r, asking); err != nil {
		return err
	}
	r.Body = http.MaxBytesReader(w, r.Body, mostBody)
	q := lab.Request{World: lab.World{Scenario: r.PostFormValue("scenario")}}
	if q.Scenario != lab.Usual {
		q.Base = &lab.World{Scenario: lab.Usual}
	}
	main, base, err := q.Runs(l.o.Version, l.guard.limits(r, l.limits))
	if err != nil {
		return err
	}
	if _, err := l.pool.ask(waiterOf(r), main, base, mostOrders); err != nil {
		return err
	}
	to := "/plain/runs/" + main.Key + "?lang=" + l.lang(r)
	if base != nil {
		to += "&base=" + base.Key
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (l *Lab) runStatusPage(w http.ResponseWriter, r *http.Request) error {
	key, err := l.known(r, "key")
	if err != nil {
		return err
	}
	v := view{}
	l.pool.view(key, func(x *run) { v.Status = l.pool.status(x) })
	if base := r.URL.Query().Get("base"); lab.IsKey(base) {
		v.Base = base
	}
	v.Refresh = v.Status.State == queued || v.Status.State == running
	return l.page(w, r, http.StatusOK, "run", v)
}

// door is what a browser of a class sees before it has typed the code: the front end, which asks for it and then goes where the link leads, or
// a page that asks. Neither tells of anything that was played.
func (l *Lab) door(w http.ResponseWriter, r *http.Request) {
	var err error
	switch {
	case r.URL.Path == "/plain/style.css":
		err = l.style(w, r)
	case l.o.UI != nil && r.Method == http.MethodGet && r.URL.Path == "/":
		err = l.front(w, r)
	case l.o.UI != nil && r.Method == http.MethodGet && strings.HasPrefix(r.URL.Path, "/assets/"):
		err = l.asset(w, r)
	default:
		err = l.page(w, r, http.StatusForbidden, "join", view{})
	}
	if err != nil {
		http.Error(w, http.StatusText(http.StatusNotFound), http.StatusNotFound)
	}
}

func (l *Lab) joinPage(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, 1<<10)
	if !l.guard.admit(r, r.PostFormValue("code")) {
		return l.page(w, r, http.StatusForbidden, "join", view{Message: wordsOf(l.lang(r)).Wrong})
	}
	http.Redirect(w, r, "/", http.StatusSeeOther)
	return nil
}

// sorry is a page that says what was wrong.
func (l *Lab) sorry(w http.ResponseWriter, r *http.Request, status int, message string) {
	_ = l.page(w, r, status, "sorry", view{Message: message}) // who is gone needs no page
}

package lab

import (
	"fmt"
	"regexp"
	"strings"

	"pasar/scenarios/load"
	"pasar/scenarios/report"
)

// TextOf puts the same arguments into a text in both languages.
func TextOf(en, id string, args ...any) Text {
	return Text{fmt.Sprintf(en, args...), fmt.Sprintf(id, args...)}
}

// NoScenario is said where the library has no scenario of a name.
func NoScenario(name string) *Wrong {
	return &Wrong{What: fmt.Sprintf("there is no scenario %.60q in the library", name), Near: load.Nearest(name, load.Names()),
		Said: TextOf("There is no scenario “%.60s” in the library.", "Tidak ada skenario “%.60s” di pustaka.", name)}
}

// beyond is said of a number outside what a lab plays.
func beyond(field, en, id string, n, least, most int) *Wrong {
	return &Wrong{What: fmt.Sprintf("%s: %d", field, n), Allowed: fmt.Sprintf("%d to %d", least, most), Said: Text{
		fmt.Sprintf("%d %s are asked for; this lab plays %d to %d.", n, en, least, most), fmt.Sprintf("Diminta %d %s; lab ini memainkan %d sampai %d.", n, id, least, most)}}
}

// sourceOf is where a number or a date comes from, as a reader understands it: works by their names instead of their codes.
func sourceOf(text string) Text {
	id := newsCode.ReplaceAllStringFunc(phrases.Replace(text), func(code string) string { return news[code] })
	return Text{report.Works(text), report.Works(id)}
}

// unitOf is the unit of a parameter.
func unitOf(unit string) Text {
	if id, ok := units[unit]; ok {
		return Text{unit, id}
	}
	return Text{unit, unit}
}

var newsCode = regexp.MustCompile(`\bS[0-4]\b`)

// news are the texts of the news by their codes, in Indonesian; other works have the same name in both languages.
var news = map[string]string{
	"S0": "berita 12 Desember 2023: uji coba", "S1": "berita TIME/Bloomberg, November 2023: perundingan dan kesepakatan",
	"S2": "berita Marketing-Interactive, November 2023: lima perusahaan", "S3": "berita Progres.id, Oktober 2023: penutupan, para menteri",
	"S4": "berita 10 Oktober 2023: kreator, diversifikasi",
}

// phrases are what sources of the library say beside codes, in Indonesian; of two that begin alike the longer comes first.
var phrases = strings.NewReplacer(
	"near the minimum wage of", "mendekati upah minimum", "near minimum wages", "mendekati upah minimum",
	"commerce is 60 to 80% of income", "perdagangan 60 sampai 80% pendapatan", "which falls with size", "yang turun menurut ukuran",
	"about halves TikTok's part in the sales of SMEs listed there", "kira-kira membelah dua porsi TikTok dalam penjualan UMKM yang ada di sana",
	"a thirtieth of the affiliates claimed for 2025", "sepertiga puluh dari afiliasi yang diklaim untuk 2025", "as sme.", "seperti sme.",
	"a tenth of those registered", "sepersepuluh dari yang terdaftar",
	"not there at the start", "belum ada pada awal", "not in Malaysia", "tidak ada di Malaysia", "Indonesia times", "Indonesia dikali",
	"peninsular Malaysia", "Semenanjung Malaysia", "conversion convention", "kebiasaan konversi", "bounds from", "batas dari", "towards", "menuju",
	"is an upper bound", "adalah batas atas", "chosen to meet", "dipilih agar sesuai", "balances fade less grow", "mengimbangi fade dikurangi grow",
	"with engagement", "bersama keterlibatan", "for the first", "untuk yang pertama", "assumption", "asumsi", "fits", "mencocokkan",
	"facts", "fakta", " and ", " dan ", " an hour", " per jam", " a month", " per bulan", " over ", " dibagi ", " on ", " dari ", "as disc.", "seperti disc.",
)

// units are those of parameters in Indonesian; what is not here is the same in both languages.
var units = map[string]string{
	"0 by trial, 1 fixed, 2 first-order condition": "0 coba-coba, 1 tetap, 2 syarat orde pertama",
	"Rp a month": "Rp per bulan", "Rp a week": "Rp per pekan", "Rp a week per F^.8": "Rp per pekan per F^.8", "Rp an hour": "Rp per jam",
	"Rp an order": "Rp per pesanan", "Rp per USD": "Rp per US$", "SMEs": "UMKM", "USD": "US$", "a day": "per hari", "a month": "per bulan",
	"a week": "per pekan", "a year": "per tahun", "buyers": "pembeli", "channels": "kanal", "creators": "kreator", "days": "hari",
	"days after the start": "hari sejak awal", "exponent": "eksponen", "followers": "pengikut", "hours a week": "jam per pekan", "index": "indeks",
	"index, a week, score": "indeks, per pekan, nilai", "largest discount": "diskon terbesar", "log odds": "log peluang", "months": "bulan",
	"needs a month": "kebutuhan per bulan", "nest": "sarang", "offers": "penawaran", "points": "poin", "probability": "peluang",
	"probability a live view": "peluang per tontonan siaran langsung", "probability a week": "peluang per pekan", "ratio": "rasio", "score": "nilai",
	"shape": "bentuk", "share": "porsi", "share a purchase": "porsi per pembelian", "share a review": "porsi per ulasan", "share a week": "porsi per pekan",
	"share an outcome": "porsi per hasil", "share of GMV": "porsi penjualan", "share of buyers": "porsi pembeli", "share of cost": "porsi biaya",
	"share of import resellers": "porsi penjual barang impor", "share of price": "porsi harga", "share of sales": "porsi penjualan",
	"share of the excess": "porsi kelebihan", "standard deviations": "simpangan baku", "times P̄": "kali P̄", "times a normal day": "kali hari biasa",
	"utility": "utilitas", "utility a day": "utilitas per hari", "utility a year": "utilitas per tahun", "views a member-day": "tontonan per anggota per hari",
	"views relative to others": "tontonan dibanding yang lain", "weeks": "pekan", "weeks of income": "pekan pendapatan", "weight": "bobot",
	"years of sales": "tahun penjualan",
}

package say

// UnitWord is a unit of the parameter files, which are in English, in words.
func (l *Language) UnitWord(unit string) string {
	if id, ok := unitsID[unit]; ok && l.Lang == "id" {
		return id
	}
	return unit
}

// unitsID are the units in Indonesian; what is not here is the same in both languages.
var unitsID = map[string]string{
	"0 by trial, 1 fixed, 2 first-order condition": "0 coba-coba, 1 tetap, 2 syarat orde pertama",
	"Rp a month": "Rp per bulan", "Rp a week": "Rp per pekan", "Rp a week per F^.8": "Rp per pekan per F^.8", "Rp an hour": "Rp per jam",
	"Rp an order": "Rp per pesanan", "Rp per USD": "Rp per US$", "SMEs": "UMKM", "USD": "US$", "a day": "per hari", "a month": "per bulan",
	"a week": "per pekan", "a year": "per tahun", "buyers": "pembeli", "channels": "kanal", "creators": "kreator", "days": "hari",
	"days after the start": "hari sejak awal", "exponent": "eksponen", "followers": "pengikut", "hours a week": "jam per pekan", "index": "indeks",
	"index, a week, score": "indeks, per pekan, nilai", "largest discount": "diskon terbesar", "log odds": "log peluang", "months": "bulan",
	"needs a month": "kebutuhan per bulan", "nest": "sarang", "offers": "penawaran", "points": "poin", "probability": "peluang",
	"probability a live view": "peluang per tontonan siaran langsung", "probability a week": "peluang per pekan", "ratio": "rasio", "score": "nilai",
	"shape": "bentuk", "share": "porsi", "share a purchase": "porsi per pembelian", "share a review": "porsi per ulasan", "share a week": "porsi per pekan",
	"share an outcome": "porsi per hasil", "share of GMV": "porsi penjualan", "share of buyers": "porsi pembeli",
	"share of import resellers": "porsi penjual barang impor", "share of price": "porsi harga", "share of sales": "porsi penjualan",
	"share of the excess": "porsi kelebihan", "standard deviations": "simpangan baku", "times P̄": "kali P̄", "times a normal day": "kali hari biasa",
	"utility": "utilitas", "utility a day": "utilitas per hari", "utility a year": "utilitas per tahun", "views a member-day": "tontonan per anggota per hari",
	"views relative to others": "tontonan dibanding yang lain", "weeks": "pekan", "weeks of income": "pekan pendapatan", "weight": "bobot",
	"years of sales": "tahun penjualan",
}

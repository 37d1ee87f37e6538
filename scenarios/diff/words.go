package diff

// words are what a difference is told with in one language.
type words struct {
	OnlyFrom, OnlyOn, OnlyUntil, OnlyWhen   string
	Change, Earlier, Later, From, On, Order string
	Branch, None, Same, Apart, Common       string
	Sides                                   [2]string
	Names                                   map[string]string // of what is no action, by path
	Markets                                 map[string]string
}

func wordsOf(lang string) *words {
	if lang == "id" {
		return &indonesian
	}
	return &english
}

var english = words{
	OnlyFrom: "Only in %[1]s, from %[2]s: %[3]s", OnlyOn: "Only in %[1]s, on %[2]s: %[3]s",
	OnlyUntil: "Only in %[1]s, %[2]s to %[3]s: %[4]s", OnlyWhen: "Only in %[1]s, %[2]s: %[3]s",
	Change: "%[1]s: %[2]s → %[3]s", Earlier: "%[1]s: %[2]s earlier, %[3]s → %[4]s", Later: "%[1]s: %[2]s later, %[3]s → %[4]s",
	From: ", from %[1]s", On: ", on %[1]s", Order: "Order of what happens at once, %[1]s: %[2]s → %[3]s", Branch: "Branch %[1]s", None: "none",
	Same: "%[1]s and %[2]s are one world.", Apart: "%[1]s and %[2]s differ from the start:", Common: "%[1]s and %[2]s have one history until %[3]s, and differ in this:",
	Sides: [2]string{"the first", "the second"},
	Names: map[string]string{
		"market": "Market", "seed": "Seed", "world.buyers": "Simulated buyers", "world.start": "First day", "world.end": "Last day",
		"world.burn_in": "Time to settle in", "world.window": "Window", "outcomes": "Main outcomes",
	},
	Markets: map[string]string{"id": "Indonesia", "my": "Malaysia"},
}

var indonesian = words{
	OnlyFrom: "Hanya di %[1]s, mulai %[2]s: %[3]s", OnlyOn: "Hanya di %[1]s, pada %[2]s: %[3]s",
	OnlyUntil: "Hanya di %[1]s, %[2]s sampai %[3]s: %[4]s", OnlyWhen: "Hanya di %[1]s, %[2]s: %[3]s",
	Change: "%[1]s: %[2]s → %[3]s", Earlier: "%[1]s: %[2]s lebih awal, %[3]s → %[4]s", Later: "%[1]s: %[2]s lebih lambat, %[3]s → %[4]s",
	From: ", mulai %[1]s", On: ", pada %[1]s", Order: "Urutan yang terjadi bersamaan, %[1]s: %[2]s → %[3]s", Branch: "Cabang %[1]s", None: "tidak ada",
	Same: "%[1]s dan %[2]s dunia yang sama.", Apart: "%[1]s dan %[2]s berbeda sejak awal:", Common: "%[1]s dan %[2]s punya sejarah yang sama sampai %[3]s, dan berbeda dalam hal ini:",
	Sides: [2]string{"yang pertama", "yang kedua"},
	Names: map[string]string{
		"market": "Pasar", "seed": "Benih acak", "world.buyers": "Pembeli simulasi", "world.start": "Hari pertama", "world.end": "Hari terakhir",
		"world.burn_in": "Waktu penyesuaian", "world.window": "Jendela waktu", "outcomes": "Hasil utama",
	},
	Markets: map[string]string{"id": "Indonesia", "my": "Malaysia"},
}

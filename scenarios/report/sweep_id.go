package report

func sweepIndonesian() *sweepWords {
	return &sweepWords{
		Or: "atau", EffectOn: "%[2]s, %[1]s dibandingkan dengan %[3]s", LevelIn: "%[1]s, skenario %[2]s", HaveNeed: "%[1]s, padahal perlu sedikitnya %[2]s", SaysNothing: "%[1]s tidak dapat disebutkan: %[2]s.",
		Reasons: []string{"–", "tidak ada simulasi yang selesai", "terlalu sedikit titik atau simulasi yang selesai", "hasilnya sama di mana-mana", "faktor hanya punya satu nilai", "nilainya berupa jenis dan tidak punya arah",
			"faktor-faktor berubah bersama sehingga dampaknya tidak dapat dipisahkan", "satu ulangan tidak menunjukkan derau", "yang berubah tidak lebih dari derau", "tidak ada titik yang sesuai permintaan", "semua titik sesuai permintaan", "titik-titik bukan dari rancangan yang diperlukan"},
		Analyses: map[string]string{"Morris": "Efek elementer", "Sobol": "Indeks Sobol'", "tornado": "Diagram tornado", "regression": "Regresi", "scores": "Bagian ragam", "PRIM": "Kotak asumsi"},
		Designs: map[string]string{
			"grid": "setiap kombinasi nilai faktor", "list": "titik yang ditulis dalam studi", "csv": "titik dari sebuah berkas", "random": "titik yang diundi acak", "lhs": "hiperkubus Latin: rentang tiap faktor dipotong sebanyak jumlah titik, dengan satu titik di tiap irisan",
			"halton": "deret Halton yang diacak, yang mengisi rentang secara merata", "sobol": "deret Sobol' yang diacak, yang mengisi rentang secara merata", "oat": "satu faktor demi satu faktor di sekitar sebuah pusat: interaksi tidak terlihat",
			"morris": "lintasan Morris, yang mengubah faktor satu per satu dari banyak titik awal", "saltelli": "rancangan Saltelli untuk indeks Sobol'",
		},
		Schemes: map[string]string{
			"common": "ulangan ke-r memakai benih acak yang sama di semua titik, sehingga titik berbeda karena asumsinya dan bukan karena kebetulan", "independent": "tiap titik punya benih acak sendiri",
			"nested": "titik-titik yang saling dibandingkan (satu lintasan, blok, atau bintang) memakai benih acak yang sama, sedangkan titik lain punya benihnya sendiri",
		},
		Windows: map[string]string{
			"since": "Hasil dihitung sejak hari pertama skenario-skenario suatu titik dapat berbeda", "ban": "Hasil dihitung selama hari-hari penutupan pertama", "pilot": "Hasil dihitung selama hari-hari uji coba",
			"after": "Hasil dihitung sejak dibuka lagi", "whole": "Hasil dihitung sejak hari pertama",
		},

		Report: "Pasar, simulator kebijakan pasar: sapuan", Short: "Singkatnya", Asked: "Apa yang ditanyakan", Over: "Hasil di semua titik", FailedH: "Simulasi yang gagal", Drives: "Apa yang menentukannya: %[1]s", BoxH: "Dengan asumsi yang mana",
		Sure: "Seberapa yakin?", Repeat: "Cara mengulang sapuan ini", Notes: "Tidak disebutkan",

		Scope: "%[1]s titik dengan masing-masing %[2]s ulangan: %[3]s simulasi, %[4]s di antaranya gagal", OneWorld: "Skenario: %[1]s.", Worlds: "Skenario: %[1]s. Selisih dihitung terhadap %[2]s dengan benih acak yang sama.",
		Sign: "%[1]s: %[6]s; jelas lebih tinggi pada %[2]s dari %[5]s titik, jelas lebih rendah pada %[3]s, dan tidak jelas pada %[4]s.", Reach: "dari %[1]s sampai %[2]s %[3]s, tergantung titiknya",
		TornadoLead: "Sendirian, %[1]s paling menggesernya: sebesar %[2]s pada %[3]s dan %[4]s pada %[5]s, %[6]s.", MorrisLead: "%[1]s paling berpengaruh: perubahan sepanjang seluruh rentangnya menggeser hasil rata-rata %[2]s %[3]s (μ*).",
		SobolNetLead: "%[1]s paling banyak menjelaskan: %[2]s dari ragam antartitik di luar kebetulan, %[3]s; kebetulan adalah %[4]s dari ragam.",
		SobolLead:    "%[1]s paling banyak menjelaskan: %[2]s dari ragam antartitik, termasuk kebetulan, %[3]s.", AllAlone: "semuanya sendirian", PartAlone: "%[1]s sendirian dan sisanya bersama faktor lain", ScoresLead: "%[1]s paling banyak menjelaskan: sendirian ia terkait dengan %[2]s ragam antartitik.",
		NoLead: "Tidak ada faktor yang menjelaskan lebih dari kebetulan.",

		Design: "Rancangan: %[1]s.", SeedScheme: "Benih acak %[1]s sampai %[2]s: %[3]s.", Replications: "Tiap titik disimulasikan %[1]s kali.", Sample: "%[1]s pembeli simulasi dalam tiap simulasi.", LastDay: "%[1]s; hari terakhir yang disimulasikan adalah %[2]s.", OwnLastDay: "%[1]s; tiap simulasi berlangsung sampai hari terakhir skenarionya.", EndedPrecise: "Studi berakhir setelah %[1]s dari paling banyak %[2]s ulangan karena dampak di setiap titik sudah setepat yang diminta aturannya.", EndedFailed: "Studi berakhir setelah %[1]s dari %[2]s ulangan karena simulasi yang gagal lebih banyak daripada yang diizinkan.",
		Looks:  "Studi dapat berakhir pada salah satu dari beberapa pemeriksaan yang direncanakan: semua selang bertaraf %[1]s, sehingga bersama-sama selang itu meleset sejarang satu selang 95%.",
		Factor: "Faktor", Path: "Untuk --set", Values: "Nilai",

		NoneFailed: "Tidak ada simulasi yang gagal.", SomeFailed: "%[1]s dari %[2]s simulasi gagal (%[3]s). Semuanya dikeluarkan dari uraian berikut; tidak ada yang diisi dengan perkiraan.",
		FailedBias: "Jika simulasi lebih sering gagal dengan asumsi tertentu, apa yang disebutkan tentang asumsi itu bertumpu pada simulasi yang tidak gagal. Bagian-bagian di bawah menyebutkan apa yang hilang dari tiap analisis.",
		Error:      "Galat", FirstAt: "Pertama pada", RunsH: "Simulasi", MoreErrors: "Dan %[1]s galat lain, dalam tabel simulasi.",
		Gaps: "Dari %[2]s simulasi, %[1]s gagal: %[3]s titik tidak punya simulasi lagi dan %[4]s masih punya sebagian. Dari %[6]s bagian pembentuk tabel ini (titik, efek, atau sampel), %[5]s tidak ada.",

		Outcome: "Hasil", Unit: "Satuan", PointsH: "Titik", MeanH: "Rata-rata", LowestH: "Terendah", MedianH: "Median", HighestH: "Tertinggi", MoreH: "Jelas di atas 0", LessH: "Jelas di bawah 0", OpenH: "Tidak jelas",
		OverNote:       "Atas semua titik, masing-masing dengan rata-rata ulangannya. Jelas: selang %[1]s atas ulangan (t Student) tidak memuat 0. Titik adalah asumsi dan bukan undian dari dunia nyata: banyaknya titik di satu sisi bukan peluang.",
		TornadoCaption: "Satu faktor demi satu faktor, %[1]s: selisih terhadap pusat", At: "pada", AtLow: "Terendah", AtHigh: "Tertinggi", Interval: "Selang %[1]s",
		TornadoNote:   "Semua yang lain tetap di pusat. Interaksi tidak terlihat: bila dua faktor berubah bersama, dampaknya bisa lain. Selang berasal dari ulangan.",
		MorrisCaption: "Efek elementer, %[1]s sepanjang seluruh rentang faktor", NoiseH: "Derau", EffectsH: "Efek",
		MorrisNote:   "μ*: rata-rata besar efek; μ: rata-rata efek beserta arahnya; σ: seberapa berbeda efek-efek itu, karena interaksi, kelengkungan, dan derau. Derau: yang dilakukan kebetulan saja pada satu efek, sebagai simpangan baku; σ sebesar itu tidak berarti apa-apa, dan kebetulan saja memberi μ* sekitar 0,8 kalinya. Selang: bootstrap atas lintasan.",
		SobolCaption: "Bagian ragam antartitik (indeks Sobol')", First: "Sendirian (pertama)", Total: "Dengan interaksi (total)", NetCaption: "Bagian yang sama tanpa derau",
		SobolNote: "Pertama: bagian ragam yang terkait dengan faktor itu sendirian. Total: dengan semua yang melibatkannya; selisihnya adalah interaksi. Selang: bootstrap atas sampel; taksiran bisa sedikit di luar 0 dan 1.",
		NetNote:   "Yang akan diperoleh dengan ulangan tak terhingga: kebetulan dikeluarkan dari bagian itu dan dari ragam yang dibagi.",
		Noise:     "Bagian derau: %[1]s ragam antartitik adalah kebetulan, dengan banyaknya ulangan yang ada. Derau termasuk dalam tiap indeks total.", NoNoise: "Bagian derau tidak dapat disebutkan: %[1]s.",
		ScoresCaption: "Apa yang terkait dengan hasil, faktor demi faktor", Share: "Bagian ragam", Chance: "Karena kebetulan sampai", Beta: "Kemiringan (baku)",
		ScoresNote:     "Bagian: dari ragam antartitik, yang terkait dengan faktor itu sendirian, apa pun bentuknya; abu-abu bila, seandainya tidak ada faktor yang berdampak, salah satunya mencapai nilai itu sekali dalam 20 kali. Dampak yang hanya muncul bersama faktor lain tidak terlihat.",
		RegressionNote: "Kemiringan: berapa simpangan baku hasil naik bila faktor naik satu simpangan baku, menurut garis lurus melalui semua titik, yang menjelaskan R² = %[1]s ragam.",

		Box: "%[1]s jika %[2]s: cakupan %[3]s, kepadatan %[4]s.", Second: "Dari titik lainnya juga jika %[1]s: cakupan %[2]s dari semua kasus, kepadatan %[3]s.", NoBox: "%[1]s: tidak ada kotak asumsi yang menonjol.", Raises: "%[1]s menaikkan %[2]s (dibandingkan dengan %[3]s)", Lowers: "%[1]s menurunkan %[2]s (dibandingkan dengan %[3]s)",
		IsAbove: "%[1]s di atas %[2]s", IsBelow: "%[1]s di bawah %[2]s", OneOf: "%[1]s adalah %[2]s", Limit: "Batas", QuasiP: "Kuasi-p", Reproduced: "Ditemukan lagi",
		LimitNote: "Kuasi-p: peluang menemukan kasus sebanyak itu dalam kotak jika batas ini tidak berpengaruh dan ditetapkan sebelumnya; batas itu dicari pada titik yang sama, jadi peluangnya lebih besar. Ditemukan lagi: bagian dari 20 paruh acak titik yang di dalamnya faktor itu juga dibatasi.",
		BoxOf:     "Hal itu berlaku pada %[1]s dari %[2]s titik (%[3]s); kotak memuat %[4]s dari semua titik.", NoElsewhere: "Kinerja kotak pada titik lain tidak dapat disebutkan: %[1]s.",
		Elsewhere:  "Kotak yang ditemukan dalam satu paruh titik mempunyai kepadatan %[1]s (%[2]s sampai %[3]s) pada paruh lainnya, dibandingkan dengan %[4]s dari semua titik.",
		WeakBox:    "Hati-hati: kotak yang ditemukan dalam satu paruh titik hanya mempunyai kepadatan %[1]s (%[2]s sampai %[3]s) pada paruh lainnya, dibandingkan dengan %[4]s dari semua titik. Banyak dari kotak ini adalah kebetulan.",
		BoxFailed:  "%[1]s titik tidak punya simulasi. Jika semuanya bertentangan dengan kotak, cakupan menjadi %[2]s dan kepadatan %[3]s; jika semuanya mendukung, %[4]s dan %[5]s.",
		BoxUnclear: "Pada %[1]s dari %[2]s titik yang berulang, selangnya memuat batas, sehingga kebetulan menentukan titik itu dihitung di sisi mana.", BoxOneRun: "Tiap titik punya satu simulasi, jadi kebetulan ikut menentukan titik mana yang menjadi kasus.",
		Way: "Kotak-kotak di sepanjang jalan, mulai dari semua titik", Coverage: "Cakupan", Density: "Kepadatan", Mass: "Bagian titik", Restricted: "Faktor yang dibatasi",
		Unseen: "Cakupan dan kepadatan itu dari titik-titik pembentuk kotak; pada titik yang bukan pembentuknya, kotak semacam ini mempunyai kepadatan %[1]s, dibandingkan dengan %[2]s dari semua titik.", MuchChance: "Banyak dari kotak ini adalah kebetulan.",
		BoxNoCause: "Kotak menggambarkan di mana model berkata demikian. Kotak bukan sebab dan bukan peluang.",
		BoxRule:    "Kotak dicari dengan PRIM (Friedman dan Fisher 1999): irisan dikupas selama seperdua puluh titik masih tersisa, lalu dari semua kotak di sepanjang jalan diambil yang rata-rata harmonik cakupan dan kepadatannya tertinggi.",

		SourceLine: "Pasar, studi %[1]s; %[2]s titik, %[3]s ulangan", TornadoSub: "Satu faktor demi satu faktor, yang lain tetap di pusat", TornadoUnit: "%[1]s, selisih terhadap pusat",
		TornadoRead: "Pada tiap batang: nilai faktor, dan selisihnya. Garis: selang %[1]s atas ulangan.",
		MorrisSub:   "Rata-rata besar efek faktor sepanjang seluruh rentangnya (μ*)", MorrisRead: "Garis: selang %[1]s atas lintasan.",
		SobolSub: "Indeks Sobol'", SobolUnit: "bagian ragam antartitik", SobolRead: "Garis: selang %[1]s menurut bootstrap. Derau termasuk dalam indeks total.",
		HeatSub: "Rata-rata ulangan pada tiap pasangan nilai", HeatRead: "Tanda tidak jelas: selang %[1]s atas ulangan memuat nol.",
		ScatterSub: "Semua simulasi yang selesai", ScatterRead: "Garis: rata-rata titik yang nilainya hampir sama; pita: selang %[1]s-nya.", ScatterKinds: "Titik: rata-rata titik sejenis; garis: selang %[1]s-nya.", ScatterFailed: "Garis pendek pada sumbu: simulasi yang gagal.",

		SureChance: "Jelas disebutkan titik demi titik. Dari %[1]s titik, kira-kira %[2]s akan tampak jelas seandainya tidak ada dampak di mana pun; jika titik-titik memakai benih acak yang sama, semuanya muncul bersamaan, sehingga banyak titik yang jelas bukan bukti sebanyak itu.",
		SureSeeds:  "Semua titik memakai benih acak yang sama. Selang atas titik, lintasan, atau sampel menganggap benih itu tetap: benih lain dapat menggeser semuanya bersama-sama. Dengan benih per kelompok (nested) atau per titik (independent), selang juga mencakup kebetulan.",
		SureOne:    "Tiap titik hanya disimulasikan satu kali: tidak ada selang atas kebetulan, dan tidak ada yang jelas.",
		SureMany:   "Selang dihitung atas benih acak atau titik. Selang menunjukkan pengaruh kebetulan dan banyaknya simulasi, bukan seberapa benar modelnya.",
		SureRange:  "Semuanya bergantung pada rentang: faktor dengan rentang lebar menjelaskan lebih banyak daripada yang sempit. Rentang ditentukan studi ini, bukan dunia nyata.",
		SureModel:  "Semua pengaturan lain tetap pada nilai bawaan, yang kebanyakan tidak ditaksir. Yang tidak diubah tidak dicoba.",

		RepeatIntro: "Studi ini tersimpan sebagai study.yaml di samping laporan ini. Di folder itu, dengan program yang sama, perintah ini memberi angka yang sama, di mesin mana pun dan dengan berapa pun pekerja:", Study: "Studi (hash)", ResultsWord: "Hasil (hash)", SeedsWord: "Benih acak",
		Glossary: []pair{
			{"Titik", "satu nilai untuk tiap faktor. Semua ulangannya hanya berbeda benih acaknya."},
			{"Cakupan", "dari semua titik tempat hal itu berlaku, bagian yang terletak dalam kotak."},
			{"Kepadatan", "dari semua titik dalam kotak, bagian tempat hal itu berlaku."},
			{"Derau", "perbedaan antartitik yang berasal dari kebetulan dan bukan dari asumsi."},
			{"Interaksi", "yang dilakukan dua faktor bersama-sama di luar yang dilakukan masing-masing."},
		},
	}
}

package say

import "regexp"

// works are the works and pages behind settings, entries and targets, by the codes of model 17.
var works = map[string]string{
	"L-CM":     "Chu & Manchanda 2016 Mkt Sci 35(6)",
	"L-CRN":    "Klein et al. 2024 arXiv 2409.02086",
	"L-DARK":   "Calis 2018 thesis, darknet multi-homing",
	"L-DEL":    "Dinerstein, Einav, Levin, Sundaresan NBER 20415",
	"L-DHR":    "Dubé, Hitsch, Rossi 2010 RAND 41(3)",
	"L-DIS":    "disintermediation field experiment (miaowei.netlify.app)",
	"L-EBAY":   "Cabral & Hortaçsu (eBay exit sample) [authors BK]",
	"L-ENT":    "Jin (entryads; <1% success)",
	"L-GT":     "Gorodnichenko & Talavera NBER 20406; Gorodnichenko, Sheremirov, Talavera (online prices)",
	"L-HG":     "Heinrich & Gräbner 2019 IJCEE 9(3)",
	"L-HM":     "McCulloch et al. 2022 JASSS 25(2)1",
	"L-KDD":    "Kong, Dubé, Daljord NBER 32994",
	"L-LIVE":   "Zhang, Liu, Liu, Muller 2023 SSRN 4318978",
	"L-MCK":    "McKinsey 2021 \"It's showtime\"",
	"L-ODD":    "Grimm et al. 2020 JASSS 23(2)7",
	"L-POM":    "Grimm et al. 2005 Science 310:987",
	"L-PRIM":   "sdtoolkit/EMA workbench docs",
	"L-RICH":   "Strauss, Yang, Mazzucato arXiv 2509.26523",
	"L-SC":     "Sánchez-Cartas 2020 (platform ABM)",
	"L-TRN":    "Jin & Sun (2 M sellers training RCT; 24.1% take-up)",
	"L-URS":    "Ursu 2018 Mkt Sci 37(4)",
	"L-Z":      "Li & Zhu 2021 Mgmt Sci 67(7) (multi-homing seesaw)",
	"S0":       "news text of 12 December 2023: the trial run",
	"S1":       "news text, TIME/Bloomberg, November 2023: talks and deal",
	"S2":       "news text, Marketing-Interactive, November 2023: five firms",
	"S3":       "news text, Progres.id, October 2023: the closing, ministers",
	"S4":       "news text of 10 October 2023: creators, diversification",
	"W-AFF":    "techcrams.com / seller-us.tiktok.com (30-day lock)",
	"W-ANT":    "en.antaranews.com 294132 (56%)",
	"W-ANT2":   "en.antaranews.com 306828",
	"W-APSN":   "asia-pacific-solidarity.net 2024-04-26",
	"W-BIS":    "teknologi.bisnis.com 2023-10-04 (80–90% vs 20%)",
	"W-BIS12":  "teknologi.bisnis.com 2023-12-12",
	"W-BPS20":  "databoks.katadata.co.id and goodstats.id, figures of Statistics Indonesia (BPS)",
	"W-BPS21":  "databoks.katadata.co.id and goodstats.id, figures of Statistics Indonesia (BPS)",
	"W-BPS22b": "databoks.katadata.co.id and goodstats.id, figures of Statistics Indonesia (BPS)",
	"W-BPS23":  "databoks.katadata.co.id and goodstats.id, figures of Statistics Indonesia (BPS)",
	"W-CNBC":   "chinesegarden.my.id (CNBC Indonesia 2024-02-19)",
	"W-CRE":    "seller-vn.tiktok.com",
	"W-CRI":    "thejakartapost 2020-12-09 (Criteo)",
	"W-CUBE":   "cube.asia \"How high is high\" (H1 2023)",
	"W-DBS24":  "dbs.com.sg 2024-03-11",
	"W-DBS25":  "dbs.com.sg 2025-01-03",
	"W-DET":    "finance.detik.com d-7052709; tribunnews 2023-11-23; voi.id/ekonomi/332527 (20/80)",
	"W-DIN":    "dinsights.katadata 2023-09-29",
	"W-DTK":    "detik.com/jatim d-6964678",
	"W-FEE1":   "businessdialogue.com \"major adjustment\"",
	"W-FTN":    "fortuneidn.com 2024-02-28; idxchannel \"mesin uang GOTO\"",
	"W-GOTO":   "gotocompany.com press 2023-08-15, 2023-10-30",
	"W-GS":     "goodstats.id 7zq1R (T2, T4–T6; Compas data)",
	"W-IDX1":   "idxchannel \"tunggu tenggat masa transisi\" (87%, weights)",
	"W-IDX2":   "idxchannel \"pangkas sepertiga revenue\" (>US$6bn YTD)",
	"W-IMP":    "jurnal.stie-aas IJEBAR 1328",
	"W-IND":    "investing.com/Reuters 2025-01-17 (India)",
	"W-IND25":  "jakarta365.net 2160148 (17.8%)",
	"W-IR":     "insideretail.us (Cube quote)",
	"W-JAK":    "insight.jakpat.net/?p=15000",
	"W-JP":     "jurnalpatrolinews.co.id (Momentum shares 2022)",
	"W-KD":     "katadata 651e817a82cd2 and 65238d21819b4",
	"W-KMP":    "kompasiana 65520474 (launch date)",
	"W-KOM":    "money.kompas.com 2023-10-11 (85% survey)",
	"W-KPPU":   "menafn 2025-09-30; bricscompetition.org",
	"W-KR":     "kr-asia Reg 31/2023",
	"W-KRA":    "amp.kr-asia.com sea-group",
	"W-MI":     "musliminsiders.com…malaysia-will-look-into (6 M sellers, 7 M affiliates; also \"two million\")",
	"W-MY":     "thecekodok.com 2025-04",
	"W-MY2":    "sureanot.com (PIKOM, no ban)",
	"W-NAI":    "naijanews.tdreport.com (47%, +3.7%) and asiaict.com 2235 (114.6bn)",
	"W-NTH":    "newstimeshd.com",
	"W-OKZ":    "okezone 2023-10-04/05",
	"W-OVL":    "seller-id.tokopedia.com knowledge 7824364109121282 (order volume limits)",
	"W-REP":    "republika s60ros457",
	"W-REPL":   "republika s1ztmo463 (45% discounts)",
	"W-ROW23":  "restofworld.org 2023",
	"W-RTR25":  "financetom (Reuters 2025-06-18)",
	"W-SCMP":   "scmp 3244634",
	"W-TAB":    "jakarta365.net (third-party GMV estimates)",
	"W-TC":     "techcrunch 2023-12-11",
	"W-TEM":    "en.tempo.co 1184694 (90%)",
	"W-TIA":    "techinasia.com indonesian-tiktok-shop-sellers-closure",
	"W-TM":     "tribunmedan 2023-10-05",
	"W-TMP":    "grafis.tempo.co/read/3424; asianews.network/?p=105092 (36/35/10/10/5)",
	"W-VI":     "virtuallyislamic.com (Rest of World 2023-10-04)",
	"W-VOI":    "voi.id/en/amp/314920",
}

// worksID are those that are called otherwise in Indonesian.
var worksID = map[string]string{
	"S0": "berita 12 Desember 2023: uji coba", "S1": "berita TIME/Bloomberg, November 2023: perundingan dan kesepakatan",
	"S2": "berita Marketing-Interactive, November 2023: lima perusahaan", "S3": "berita Progres.id, Oktober 2023: penutupan, para menteri",
	"S4":      "berita 10 Oktober 2023: kreator, diversifikasi",
	"W-BPS20": bpsID, "W-BPS21": bpsID, "W-BPS22b": bpsID, "W-BPS23": bpsID,
}

const bpsID = "databoks.katadata.co.id dan goodstats.id, angka Badan Pusat Statistik (BPS)"

var workCode = regexp.MustCompile(`\b(W-[A-Z0-9]+b?|L-[A-Z]+|S[0-4])\b`)

// Works is a note of a source with the names of works instead of their codes.
func (l *Language) Works(note string) string { return workCode.ReplaceAllStringFunc(note, l.work) }

// work is the work with a code, or the code if there is none.
func (l *Language) work(code string) string {
	if work := worksID[code]; l.Lang == "id" && work != "" {
		return work
	}
	if work := works[code]; work != "" {
		return work
	}
	return code
}

// Cited lists the works that a note of a source names, by code.
func (l *Language) Cited(note string) map[string]string {
	cited := map[string]string{}
	for _, code := range workCode.FindAllString(note, -1) {
		if works[code] != "" {
			cited[code] = l.work(code)
		}
	}
	return cited
}

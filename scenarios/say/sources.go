package say

import "strings"

// SourceWords is the note of a source in the parameter and scenario files, which are in English, in words. It is told part by part, and a part that the
// library does not have is the reader's own and stays as it was written. Codes of works stay (Works).
func (l *Language) SourceWords(note string) string {
	if l.Lang != "id" {
		return note
	}
	parts := strings.Split(note, "; ")
	for i, part := range parts {
		if row, ok := strings.CutPrefix(part, "facts "); ok && !strings.Contains(row, " ") {
			parts[i] = "fakta " + row
		} else if id, ok := sourcesID[part]; ok {
			parts[i] = id
		}
	}
	return strings.Join(parts, "; ")
}

// sourcesID are the parts of sources in Indonesian, beside codes and rows of the fact sheet.
var sourcesID = map[string]string{
	"assumption": "asumsi",
	"assumption: about halves TikTok's part in the sales of SMEs listed there": "asumsi: kira-kira membelah dua porsi TikTok dalam penjualan UMKM yang ada di sana",
	"0.9 with engagement, which falls with size":                               "0,9 bersama keterlibatan, yang turun menurut ukuran",
	"L-MCK is an upper bound":                                                  "L-MCK adalah batas atas",
	"S0 for the first":                                                         "S0 untuk yang pertama",
	"W-BIS12 for the first":                                                    "W-BIS12 untuk yang pertama",
	"W-IDX1 for the first":                                                     "W-IDX1 untuk yang pertama",
	"a tenth of those registered [W-MI]":                                       "sepersepuluh dari yang terdaftar [W-MI]",
	"a thirtieth of the affiliates claimed for 2025 [W-MY]":                    "sepertiga puluh dari afiliasi yang diklaim untuk 2025 [W-MY]",
	"as disc.psi_market":                                                       "seperti disc.psi_market",
	"balances fade less grow":                                                  "mengimbangi fade dikurangi grow",
	"bounds from T6":                                                           "batas dari T6",
	"chosen to meet W-NAI and W-JAK":                                           "dipilih agar sesuai W-NAI dan W-JAK",
	"commerce is 60 to 80% of income":                                          "perdagangan 60 sampai 80% pendapatan",
	"conversion convention":                                                    "kebiasaan konversi",
	"facts E8 over M12: US$606M on US$18.4bn":                                  "fakta E8 dibagi M12: US$606 juta dari US$18,4 miliar",
	"fits T1": "mencocokkan T1", "fits T1 and T2": "mencocokkan T1 dan T2", "fits T3": "mencocokkan T3", "fits T7": "mencocokkan T7",
	"fits T12": "mencocokkan T12", "fits T15": "mencocokkan T15", "towards T4 and T5": "menuju T4 dan T5",
	"Indonesia times 1.3": "Indonesia dikali 1,3", "Indonesia times 1.6": "Indonesia dikali 1,6",
	"Indonesia times 1.75, as sme.outside":      "Indonesia dikali 1,75, seperti sme.outside",
	"near minimum wages":                        "mendekati upah minimum",
	"near the minimum wage of RM 1,500 a month": "mendekati upah minimum RM 1.500 per bulan",
	"near the minimum wage of RM 7.21 an hour":  "mendekati upah minimum RM 7,21 per jam",
	"not in Malaysia":                           "tidak ada di Malaysia", "not there at the start": "belum ada pada awal", "peninsular Malaysia": "Semenanjung Malaysia",
}

package report

import "pasar/scenarios/say"

// words are everything that a report says in one language. Texts with %[1]s take what the caller puts in. A text that one
// language lacks fails TestWordsAreWhole.
type words struct {
	say.Language

	// page 1
	Report, Badge, BadgeWhy, Simulated, Period, Population, Question, Happens, Notice, Finding, OneRun, Small, Stopped string
	FindBefore, FindDuring, FindNothing, FindNever, FindAfter, FindTotal, FindTotal2, FindOpen, FindShort              string
	CanTitle, Can, Cannot, CanText, CannotText                                                                         string

	// headings
	Outcome, Orders, SMEsH, CreatorsH, MoneyH, ConcentrationH, Timeline, AuditH, Calibration, Changed, Settings string
	ChecksH, Repeat, ConflictsH, GlossaryH, SourcesH, Background, TableOf, Effective                            string

	// charts
	FigGMV, FigOrders, FigSME, FigClosed, FigCreator, FigCreator2, FigMoney, FigShares, FigHHI    string
	UnitGMV, UnitOrders, UnitIncome, UnitClosed, UnitCreator, UnitMoney, UnitShare, UnitHHI       string
	NoteMean, NoteCut, NoteShares, NoteHHI, NoteMoney, NoteClosed, NoteFew, NoteIncome, MeanOfDay string
	Closed, Pilot, WeekOf, CountOf, GaveUp, Bankrupt, Entered, ByShop, ByVia, ByOwner, SourceLine string
	From, To, SMEs, Logistics, PlatformFees, Creators, Held, HeldBefore, Buyers, PlatformPays     string
	Shopfronts, Types, Tiers, Holders, Windows, Targets, TargetUnits                              map[string]string

	// tables
	Date, What, Source, Grade, Indicator, Share, Setting, Unit, Default, Value, Range, Target, Simulated_, Off, Miss string
	PerDay, Platforms, SMEsActive, SMEMedian, CreatorsActive, CreatorMedian, Dependent, HHI, Holder, Change, Sum     string
	Trillion, Assumption, Outside, Missed, Met, Unknown, FewMark, First, Last                                        string

	// the workbook
	Sheet, RowsOf, Scenario, Status, Zone, ZoneText, Platform, Owner, OwnersTitle, Lowest, Highest, Remark, ByRule, AsImposed string

	// paragraphs
	OutcomeIntro, BackgroundIntro, AuditNone, AuditText, AuditImposed, CalibrationIntro, ChangedIntro, ChangedNone, SettingsIntro      string
	ChecksIntro, ChecksAfter, RepeatIntro, RepeatFile, RepeatVerify, ConflictsIntro, OpenToPrint, MoneyIntro, ConcentrationIntro, Text string
	Version, Digest, Hash, Seed, Command, Program, FactsNote                                                                           string
	Checks                                                                                                                             []string
	Conflicts, Glossary                                                                                                                []pair

	// terminal
	TermGMV, TermWeeks, TermTargets, TermAudit, TermChecked, TermDigest, TermPeople, TermSD, TermGoals string
	TermActive, TermMedian, TermDependent, TermMakers, TermMaker, TermShares                           string

	// what the run decided, and what the scenario says of itself
	Decided, NeverHappened, NotYet, MeasuresH, AssertsH, Measure, Holds, Fails, Expected, Found, NoValue, AtDay string
	TermMeasures, TermAsserts, TermDecided, Branch                                                              string
}

// A pair is a word or topic and what is to be said about it.
type pair struct{ Word, Means string }

// wordsOf is the language, English when it is not known.
func wordsOf(lang string) *words {
	if lang == "id" {
		return indonesian()
	}
	return english()
}

func shopNames(direct string) map[string]string {
	return map[string]string{
		"tiktok": "TikTok Shop", "tokopedia": "Tokopedia", "shopee": "Shopee", "lazada": "Lazada", "bukalapak": "Bukalapak, Blibli", "newco": "Newco", "direct": direct,
	}
}

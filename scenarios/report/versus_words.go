package report

// versusWords are what only the report of a comparison says, in one language; the rest are words.
type versusWords struct {
	And, To, From, Between, Exactly, NoInterval, Points, ByWeek string

	// page 1
	Report, Title, Sample, SampleOne, Author, Finding, BriefCaption, Assumed, RepeatLine  string
	Higher, Lower, SaysSame, SaysNotClear, NoPairs                                        string
	Parts, Behind, PartsMore, PartsUnclear, Done, DoneMore, DoneNothing, SameWorlds, Turn string
	AssumedSettings, AssumedHistory, AssumedFitted, Fitted, ReadInterval, ReadOthers      string
	Scenario, Effect, Interval, RelativeTo, Verdict, WorstFour, OneDraw, Thin             string

	// headings
	WhatChanged, Groups, Firms, NaiveH, WelfareH, RecoveryH, DiffersH, Charts, ChecksH, MethodH, CalibrationH, RepeatH, ReceiptsH, RequestH string

	// tables
	Outcome, Difference, SameSign, Pairing, OfPairs, AllEqual, Saved, NoHelp, AllSaved, ChangedCaption, ByPeriodCaption, ChangedNote                           string
	Group, Simulated, Income0, IncomeChange, Losing, Closed, CohortCaption, CohortNote, FewNote, AbsentNote, Dependence                                        string
	Who, FirmCaption, FirmNote, BaseLevel, Proportional, Logit, Agents, Adds, NaiveCaption, NaiveIntro, NaiveNone                                              string
	WelfareCaption, WelfareUnit, WelfareSums, WelfareSum, WelfareNet, WelfareNote, IdentityNote, RecoveryCaption, Weeks, Never, NaiveWeeks, Lost, RecoveryNote string
	Check, CheckWhat, Goroutines, Compared, DifferentOnes, ChecksIntro                                                                                         string

	// why
	ThroughCaption, ThroughNote, Mechanism, AsItIs, NoShare, Through, ThroughMore, ThroughNone, TermThrough, ThroughSheet, Without string

	// charts
	LevelNote, DifferenceNote, MovedTitle, MovedNote, DotsTitle, DotsUnit, DotsNote, SourceLine, Less, Lowest, Highest, Pairs, Other, Period, Events, AllEffects string

	// paragraphs
	FixedN, Reached, NotReached, CalibrationText, HeldText, HeldOf, HeldMet, HeldMissed, HeldUnsure, Unsure, DiffersIntro, SettingsOf, RepeatIntro, RepeatFiles, RepeatVerify, ReceiptsIntro, RequestIntro string
	Method                                                                                                                                                                                                 []string

	// terminal
	TermBase, TermChange, TermChecks, TermNoHelp, TermOpen string
	TermPowers                                             []string
	TermOutcomes, TermPer, TermKinds                       map[string]string

	WelfareParts                                                    []string // by measure.Part
	Verdicts                                                        []string // by compare.Verdict
	Powers                                                          []string // thousand, million, billion, trillion
	Nouns, Per, Symbols, Periods, Outcomes, Kinds, Parties, Metrics map[string]string
	Welfare, CheckKinds                                             map[string]string
	Keys                                                            map[string]map[string]string // names of groups, by what they are told apart by
	Glossary                                                        []pair
}

// versusWordsOf is the language, English when it is not known.
func versusWordsOf(lang string) *versusWords {
	if lang == "id" {
		return versusIndonesian()
	}
	return versusEnglish()
}

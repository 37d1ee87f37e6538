package report

// sweepWords are what only the report of a sweep says, in one language; the rest are words and versusWords.
type sweepWords struct {
	Or, EffectOn, LevelIn, HaveNeed, SaysNothing string
	Reasons                                      []string // by sensitivity.Reason
	Analyses, Designs, Schemes, Windows          map[string]string

	// headings
	Report, Short, Asked, Over, FailedH, Drives, BoxH, Sure, Repeat, Notes string

	// the first page
	Scope, OneWorld, Worlds, Sign, Reach, TornadoLead, MorrisLead, SobolLead, SobolNetLead, AllAlone, PartAlone, ScoresLead, NoLead string

	// what was asked for
	Design, SeedScheme, Replications, Sample, LastDay, OwnLastDay, EndedPrecise, EndedFailed, Looks string
	Factor, Path, Values                                                                            string

	// failed runs
	NoneFailed, SomeFailed, FailedBias, Error, FirstAt, RunsH, MoreErrors, Gaps string

	// tables
	Outcome, Unit, PointsH, MeanH, LowestH, MedianH, HighestH, MoreH, LessH, OpenH, OverNote                                                                    string
	TornadoCaption, At, AtLow, AtHigh, Interval, TornadoNote                                                                                                    string
	MorrisCaption, NoiseH, EffectsH, MorrisNote                                                                                                                 string
	SobolCaption, First, Total, SobolNote, NetCaption, NetNote, Noise, NoNoise                                                                                  string
	ScoresCaption, Share, Chance, Beta, ScoresNote, RegressionNote                                                                                              string
	Box, Second, NoBox, Raises, Lowers, IsAbove, IsBelow, OneOf, Limit, QuasiP, Reproduced, LimitNote                                                           string
	Way, Coverage, Density, Mass, Restricted, BoxOf, NoElsewhere, Elsewhere, WeakBox, BoxFailed, BoxUnclear, BoxOneRun, BoxNoCause, BoxRule, Unseen, MuchChance string

	// charts
	SourceLine, TornadoSub, TornadoUnit, TornadoRead, MorrisSub, MorrisRead, SobolSub, SobolUnit, SobolRead string
	HeatSub, HeatRead, ScatterSub, ScatterRead, ScatterKinds, ScatterFailed                                 string

	// how sure this is
	SureChance, SureSeeds, SureOne, SureMany, SureRange, SureModel string
	RepeatIntro, Study, ResultsWord, SeedsWord                     string
	Glossary                                                       []pair
}

// sweepWordsOf is the language, English when it is not known.
func sweepWordsOf(lang string) *sweepWords {
	if lang == "id" {
		return sweepIndonesian()
	}
	return sweepEnglish()
}

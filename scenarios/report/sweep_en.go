package report

func sweepEnglish() *sweepWords {
	return &sweepWords{
		Or: "or", EffectOn: "%[2]s, %[1]s compared with %[3]s", LevelIn: "%[1]s, scenario %[2]s", HaveNeed: "%[1]s, and it takes at least %[2]s", SaysNothing: "%[1]s cannot be said: %[2]s.",
		Reasons: []string{"–", "no run finished", "too few points or runs finished", "the outcome is the same everywhere", "the factor has one value only", "its values are kinds and have no direction",
			"factors vary together, so that their effects cannot be told apart", "one replication does not tell noise", "what varies is no more than noise", "no point is as asked for", "all points are as asked for", "the points are not of the design that this needs"},
		Analyses: map[string]string{"Morris": "Elementary effects", "Sobol": "Sobol' indices", "tornado": "The tornado", "regression": "The regression", "scores": "Shares of variance", "PRIM": "A box of assumptions"},
		Designs: map[string]string{
			"grid": "every combination of the factors' values", "list": "points listed in the study", "csv": "points from a file", "random": "points drawn at random", "lhs": "a Latin hypercube: each factor's range is cut into as many slices as there are points, with one point in each",
			"halton": "a scrambled Halton sequence, which fills the ranges evenly", "sobol": "a scrambled Sobol' sequence, which fills the ranges evenly", "oat": "one factor at a time about a centre: it shows no interactions",
			"morris": "trajectories of Morris, which change one factor after another, from many starting points", "saltelli": "Saltelli's design for Sobol' indices",
		},
		Schemes: map[string]string{
			"common": "replication r has the same seed at all points, so that points differ by their assumptions and not by luck", "independent": "each point has seeds of its own",
			"nested": "points that are held against each other (of a trajectory, a block or a star) share their seeds, and others have seeds of their own",
		},
		Windows: map[string]string{
			"since": "Outcomes are counted from the first day on which the scenarios of a point may differ", "ban": "Outcomes are counted over the days of the first closure", "pilot": "Outcomes are counted over the days of the pilot",
			"after": "Outcomes are counted from the reopening on", "whole": "Outcomes are counted from the first day on",
		},

		Report: "Pasar, a simulator of market policy: sweep", Short: "In short", Asked: "What was asked", Over: "Outcomes over all points", FailedH: "Runs that failed", Drives: "What drives it: %[1]s", BoxH: "Under which assumptions",
		Sure: "How sure is this?", Repeat: "How to repeat this sweep", Notes: "Not said",

		Scope: "%[1]s points with %[2]s replications each: %[3]s runs, of which %[4]s failed", OneWorld: "Scenario: %[1]s.", Worlds: "Scenarios: %[1]s. Differences are to %[2]s, with the same seed.",
		Sign: "%[1]s: %[6]s; clearly more at %[2]s of %[5]s points, clearly less at %[3]s, and not clear at %[4]s.", Reach: "from %[1]s to %[2]s %[3]s, by point",
		TornadoLead: "Alone, %[1]s moves it most: by %[2]s at %[3]s and by %[4]s at %[5]s, %[6]s.", MorrisLead: "%[1]s matters most: a change over its whole range moves the outcome by %[2]s %[3]s on average (μ*).",
		SobolNetLead: "%[1]s explains most: %[2]s of what varies between points besides luck, %[3]s; luck is %[4]s of the variance.",
		SobolLead:    "%[1]s explains most: %[2]s of the variance between points, luck included, %[3]s.", AllAlone: "all of it alone", PartAlone: "%[1]s alone and the rest together with others", ScoresLead: "%[1]s explains most: alone it goes with %[2]s of the variance between points.",
		NoLead: "No factor explains more than chance would.",

		Design: "Design: %[1]s.", SeedScheme: "Seeds %[1]s to %[2]s: %[3]s.", Replications: "Each point was played %[1]s times.", Sample: "%[1]s simulated buyers in each run.", LastDay: "%[1]s; the last day that is played is %[2]s.", OwnLastDay: "%[1]s; each run is played to the last day of its scenarios.", EndedPrecise: "The study ended after %[1]s replications of at most %[2]s, as effects were as precise as its rule asks for at every point.", EndedFailed: "The study ended after %[1]s replications of %[2]s, as more runs had failed than it allows.",
		Looks:  "The study may end at one of several looks that were planned: all intervals have the level %[1]s, so that together they miss as seldom as one of 95%.",
		Factor: "Factor", Path: "As --set", Values: "Values",

		NoneFailed: "No run failed.", SomeFailed: "%[1]s of %[2]s runs failed (%[3]s). They are left out of all that follows; nothing was filled in.",
		FailedBias: "If runs fail more often under some assumptions than under others, what is said of these rests on the runs that did not fail. The sections below say what each analysis lost.",
		Error:      "Error", FirstAt: "First at", RunsH: "Runs", MoreErrors: "And %[1]s other errors, in the table of runs.",
		Gaps: "Of %[2]s runs %[1]s failed: %[3]s points had none left and %[4]s had some. Of %[6]s parts that this table is made of (points, effects or samples) %[5]s are missing.",

		Outcome: "Outcome", Unit: "Unit", PointsH: "Points", MeanH: "Mean", LowestH: "Lowest", MedianH: "Median", HighestH: "Highest", MoreH: "Clearly above 0", LessH: "Clearly below 0", OpenH: "Not clear",
		OverNote:       "Over points, each with the mean of its replications. Clear: the %[1]s interval over replications (Student's t) leaves out 0. Points are assumptions and not draws from the world: how many there are on a side is no probability.",
		TornadoCaption: "One factor at a time, %[1]s: difference to the centre", At: "at", AtLow: "Lowest", AtHigh: "Highest", Interval: "%[1]s interval",
		TornadoNote:   "Everything else stays at the centre. Interactions do not show: where two factors change together, the effect can be another. Intervals come from replications.",
		MorrisCaption: "Elementary effects, %[1]s over the factor's whole range", NoiseH: "Noise", EffectsH: "Effects",
		MorrisNote:   "μ*: mean size of the effects; μ: their mean, with direction; σ: how much they differ, by interactions, curvature and noise. Noise: what luck alone does to one effect, as a standard deviation; a σ of that size tells nothing, and luck alone gives a μ* of some 0.8 of it. Interval: bootstrap over trajectories.",
		SobolCaption: "Shares of the variance between points (Sobol' indices)", First: "Alone (first)", Total: "With interactions (total)", NetCaption: "The same shares less noise",
		SobolNote: "First: the share of variance that goes with the factor alone. Total: with all it has a part in; the difference is interactions. Interval: bootstrap over samples; estimates can lie a little outside 0 and 1.",
		NetNote:   "What endless replications would give: luck is taken off the shares and off the variance that they are shares of.",
		Noise:     "Share of noise: %[1]s of the variance between points is luck, given the replications there were. It is in every total index.", NoNoise: "The share of noise cannot be said: %[1]s.",
		ScoresCaption: "What goes with the outcome, factor by factor", Share: "Share of variance", Chance: "By chance up to", Beta: "Slope (standardised)",
		ScoresNote:     "Share: of the variance between points, that goes with the factor alone, whatever the shape; grey where, if no factor had any effect, one of them would score as much once in 20 times. What a factor does only together with others does not show.",
		RegressionNote: "Slope: by how many standard deviations the outcome rises with one of the factor, in a straight line through all points, which explains R² = %[1]s of the variance.",

		Box: "%[1]s where %[2]s: coverage %[3]s, density %[4]s.", Second: "Of the other points also where %[1]s: coverage %[2]s of all cases, density %[3]s.", NoBox: "%[1]s: no box of assumptions stands out.", Raises: "%[1]s raises %[2]s (compared with %[3]s)", Lowers: "%[1]s lowers %[2]s (compared with %[3]s)",
		IsAbove: "%[1]s is above %[2]s", IsBelow: "%[1]s is below %[2]s", OneOf: "%[1]s is %[2]s", Limit: "Limit", QuasiP: "Quasi-p", Reproduced: "Found again",
		LimitNote: "Quasi-p: the chance to find as many cases in the box if this limit did nothing and had been set beforehand; it was sought among the same points, so the chance is larger than that. Found again: share of 20 random halves of the points in which the factor was limited too.",
		BoxOf:     "It holds at %[1]s of %[2]s points (%[3]s); the box has %[4]s of the points.", NoElsewhere: "How boxes do among other points cannot be said: %[1]s.",
		Elsewhere:  "Boxes found in one half of the points have a density of %[1]s (%[2]s to %[3]s) among the other half, against %[4]s of all points.",
		WeakBox:    "Take care: boxes found in one half of the points have a density of only %[1]s (%[2]s to %[3]s) among the other half, against %[4]s of all points. Much of this box is chance.",
		BoxFailed:  "%[1]s points have no run. If all of them spoke against the box, coverage would be %[2]s and density %[3]s; if all spoke for it, %[4]s and %[5]s.",
		BoxUnclear: "At %[1]s of %[2]s points with replications the interval has the limit in it, so that luck decided on which side they count.", BoxOneRun: "Each point has one run, so luck has a part in which points are cases.",
		Way: "Boxes on the way, from all points on", Coverage: "Coverage", Density: "Density", Mass: "Share of points", Restricted: "Factors limited",
		Unseen: "Coverage and density are those of the points that the box was made from; of points that they were not made from, such boxes have a density of %[1]s, against %[2]s of all points.", MuchChance: "Much of this box is chance.",
		BoxNoCause: "A box describes where the model says so. It is neither a cause nor a probability.",
		BoxRule:    "Boxes are found by PRIM (Friedman and Fisher 1999): slices are peeled off as long as a twentieth of the points is left, and of all boxes on the way the one is taken with the highest harmonic mean of coverage and density.",

		SourceLine: "Pasar, study %[1]s; %[2]s points, %[3]s replications", TornadoSub: "One factor at a time, everything else at the centre", TornadoUnit: "%[1]s, difference to the centre",
		TornadoRead: "At each bar: the factor's value, and the difference. Whisker: %[1]s interval over replications.",
		MorrisSub:   "Mean size of a factor's effect over its whole range (μ*)", MorrisRead: "Whisker: %[1]s interval over trajectories.",
		SobolSub: "Sobol' indices", SobolUnit: "share of the variance between points", SobolRead: "Line: %[1]s interval by the bootstrap. Noise is in the total indices.",
		HeatSub: "Mean over replications at each pair of values", HeatRead: "Sign not clear: the %[1]s interval over replications has zero in it.",
		ScatterSub: "All runs that finished", ScatterRead: "Line: mean over points of about the same value; band: its %[1]s interval.", ScatterKinds: "Dot: mean over points of a kind; line: its %[1]s interval.", ScatterFailed: "Short rules on the axis: runs that failed.",

		SureChance: "Clear is said point by point. Of %[1]s points about %[2]s would look clear if there were no effect anywhere; where points share their seeds these would come together, so that many clear points are not as many proofs.",
		SureSeeds:  "All points have the same seeds. Intervals over points, trajectories or samples hold these seeds fixed: other seeds can move all of them together. With seeds by group (nested) or by point (independent), intervals hold for luck, too.",
		SureOne:    "There is one replication of each point: no interval over luck, and nothing is clear.",
		SureMany:   "Intervals are over seeds or points. They say how far luck and the number of runs go, not how far the model is right.",
		SureRange:  "Everything hangs on the ranges: a factor with a wide range explains more than one with a narrow one. Ranges are the study's, not the world's.",
		SureModel:  "All other settings stand at their defaults, most of which are not estimated. What was not varied was not tried.",

		RepeatIntro: "The study is kept as study.yaml beside this report. There, and with the same program, this gives the same numbers, whatever the machines or the number of workers:", Study: "Study (hash)", ResultsWord: "Results (hash)", SeedsWord: "Seeds",
		Glossary: []pair{
			{"Point", "one value for each factor. All its replications differ in their seed only."},
			{"Coverage", "of all points where it holds, the share that lies in the box."},
			{"Density", "of all points in the box, the share where it holds."},
			{"Noise", "differences between points that come from luck and not from assumptions."},
			{"Interaction", "what two factors do together beyond what each does alone."},
		},
	}
}

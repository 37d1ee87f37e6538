package report

import (
	"math/rand/v2"
	"strings"
	"testing"

	"pasar/scenarios/compare"
)

// Sentences name no part of an effect that luck may have made, and no sign of an effect that is not clear, also where it depends on a parameter.
func TestSentencesOfLuck(t *testing.T) {
	c := made(8, "ban")
	p, luck := &c.Pairs[0], rand.New(rand.NewPCG(9, 0))
	f := &p.Main[0]
	s, err := newVersus(c, "")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for range 400 {
		for i := range f.Share {
			f.Share[i].Diff = about(3e11, 0, .03, 8, luck)
		}
		if s.parts(p, f) != "" {
			named++
		}
	}
	if named > 26 {
		t.Errorf("parts that are luck are named in %d of 400", named)
	}
	f.Share[0].Diff = about(3e11, -.3, .03, 8, luck)
	if words := s.parts(p, f); !strings.Contains(words, "TikTok Shop −9") || !strings.Contains(words, "; not clear: 6 more.") {
		t.Error(words)
	}
	f.Verdict, f.Effect.Diff = compare.Depends, about(2e12, .001, .05, 8, luck)
	if words := s.sentence(p, f); !strings.Contains(words, "no clear difference") {
		t.Error(words)
	}
	f.Worst.Diff = f.Effect.Diff
	if cell := s.worst(f); !strings.HasSuffix(cell, "not\u00a0clear") {
		t.Error(cell)
	}
}

// A recovery that most runs did not see is longer than what could be seen.
func TestRecoveryThatNobodySaw(t *testing.T) {
	c := made(8, "ban")
	s, err := newVersus(c, "")
	if err != nil {
		t.Fatal(err)
	}
	if row := s.recovery(&c.Pairs[0]).Rows[1].Cells; row[2] != ">33\n>33\u00a0to\u00a0>33" || row[3] != "8 of 8" {
		t.Errorf("%q", row)
	}
}

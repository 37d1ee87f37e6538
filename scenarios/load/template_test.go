package load

import (
	"sync"
	"testing"
)

// What a template makes is what Load reads, whatever was made of it before and whoever makes another at the same time.
func TestTemplate(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "part.yaml", "params: {choice: {kappa: .5}}\n")
	forks := write(t, dir, "forks.yaml", `
scenario: forks
extends: pilot
include: part.yaml
vars: {share: .1}
phases:
  rescue: {enter: 2023-11-01, exit: 30d, actions: [{id: help, do: set_voucher, platform: shopee, share: "${share}"}]}
branches:
  fork:
    gift: {phases: {gifts: {enter: 2023-11-02, exit: 9d, actions: [{id: gift, do: set_voucher, platform: blibli, share: .1}]}}}
    none: {weight: 2, remove: [promo-shopee], params: {disc: {rho: .5}}}
`)
	sets := []Overrides{{}, {Set: []string{"params.disc.rho=.3"}}, {Set: []string{"vars.share=.2", "branches.fork=gift"}}, {Set: []string{"branches.fork=none", "pilot.caps.share_of_pre=.2"}}, {Buyers: 300, Until: "2023-12-31"}}
	for _, ref := range []string{"pilot", forks} {
		p := &Problems{}
		tmpl := p.Template(&Node{text: ref}, "", "", &Files{})
		if tmpl == nil {
			t.Fatal(p.Err())
		}
		var all sync.WaitGroup
		for round := range 3 {
			for i, o := range sets {
				if ref == "pilot" && i > 1 {
					o.Set = nil
				}
				all.Go(func() {
					seed := uint64(i + round)
					o.Seed = &seed
					want, err := Load(ref, o)
					if err != nil {
						t.Errorf("%s %v: %v", ref, o.Set, err)
						return
					}
					if got, err := tmpl.Scenario(o); err != nil || string(got.Effective) != string(want.Effective) || got.Hash != want.Hash {
						t.Errorf("%s %v: another scenario (%v)", ref, o.Set, err)
					}
				})
			}
		}
		all.Wait()
	}
}

package compare

import (
	"slices"

	"pasar/agents/market"
	"pasar/agents/policy"
)

// A Mechanism is a part of the model through which a policy can reach an outcome, and which can be switched off by what any file can set.
type Mechanism struct {
	Name  string                                // links, habit: as in files
	set   []string                              // parameters at which it does nothing
	entry func(do policy.Intervention) []string // fields of an entry that would bring it back; nil: no entry does
}

// Mechanisms lists those that why asks about, buyers first. What no parameter and no entry stills is not in it: offers, prices that differ,
// deliveries, and what the policy itself forbids. They are what is left when all of these are off.
func Mechanisms() []Mechanism {
	return []Mechanism{
		{"links", []string{off("disc.psi_market", "20"), off("disc.psi_wa", "20"), off("disc.psi_web", "20")}, linkless}, // followed once in 10⁸ views
		{"displacement", []string{off("disc.rho", "0")}, nil},
		{"habit", []string{off("buyer.habit_beta", "0")}, nil},
		{"trust", []string{off("buyer.trust_beta", "0")}, nil},
		{"variety", []string{off("choice.kappa", "0")}, nil},
		{"creators", []string{
			off("creator.hours_kappa", "0"), off("creator.hours_kappa_large", "0"), off("disc.supply_exp", "0"),
			off("creator.port.nano", "0"), off("creator.port.micro", "0"), off("creator.port.macro", "0"), off("creator.port.mega", "0"),
		}, nil},
		{"openings", []string{off("sme.aware", "0"), off("sme.react_days", "100000")}, nil},
		{"prices", []string{off("sme.price_rule", "1"), off("sme.ad_step", "0")}, nil},
		{"fees", append(venues("commission", "fixed"), off("firm.fee_step", "0")), feeless},
		{"subsidies", append(venues("voucher", "ship"), off("firm.b_max", "0")), voucherless},
	}
}

// off sets a parameter to a value that may lie outside its range: nobody claims that the world is like that.
func off(path, value string) string {
	lo, hi := "0", value
	if value == "0" {
		hi = "1"
	}
	return "params." + path + "={value: " + value + ", range: [" + lo + ", " + hi + "]}"
}

// venues sets fields of all platforms and direct channels to 0.
func venues(fields ...string) (list []string) {
	for _, c := range market.ChannelKeys(market.Direct) {
		for _, f := range fields {
			list = append(list, off("platform."+c+"."+f, "0"))
		}
	}
	return list
}

func linkless(do policy.Intervention) []string {
	if _, is := do.(*policy.SetFriction); is {
		return []string{"psi=20"}
	}
	return nil
}

func feeless(do policy.Intervention) []string {
	switch do.(type) {
	case *policy.SetFee:
		return []string{"commission=0", "fixed=0"}
	case *policy.BuildPlatform, *policy.EnterPlatform:
		return []string{"commission=0"}
	}
	return nil
}

func voucherless(do policy.Intervention) []string {
	switch do.(type) {
	case *policy.SetVoucher:
		return []string{"share=0"}
	case *policy.BuildPlatform, *policy.EnterPlatform:
		return []string{"voucher=0"}
	}
	return nil
}

// Without are worlds with the mechanism off: by what is set in them, so that any of them can be played alone. Which entries a world has may
// hang on its seed (branches), so all are asked.
func (m *Mechanism) Without(worlds []World, seeds []uint64) ([]World, error) {
	var list []World
	for _, w := range worlds {
		set := slices.Clone(m.set)
		for _, seed := range seeds {
			if m.entry == nil {
				break
			}
			s, err := w.Load(seed)
			if err != nil {
				return nil, err
			}
			for _, e := range s.Entries {
				for _, field := range m.entry(e.Do) {
					if x := e.ID + "." + field; !slices.Contains(set, x) {
						set = append(set, x)
					}
				}
			}
		}
		w.Overrides.Set = append(slices.Clone(w.Overrides.Set), set...)
		list = append(list, w)
	}
	return list, nil
}

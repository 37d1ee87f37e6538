package policy

import "pasar/agents/market"

// AcquireStake transfers a part of a platform to a new owner and moves the money of the deal, on the day it closes (§7.11). It
// does not touch any checkout: for that see redirect_checkout.
type AcquireStake struct {
	placebo
	Buyer      market.OwnerID `yaml:"buyer" doc:"the new owner" required:"true"`
	Target     market.Channel `yaml:"target" doc:"the platform" required:"true"`
	Share      float64        `yaml:"share" doc:"part of the platform that changes hands" unit:"share" min:"0" max:"1" required:"true"`
	Price      float64        `yaml:"price_usd" doc:"price of the stake" unit:"USD" min:"0" max:"1e12" default:"0"`
	NewShares  bool           `yaml:"new_shares" doc:"whether the price goes to the platform, for new shares, and not to its first owner" default:"false"`
	Injection  float64        `yaml:"injection_usd" doc:"what the buyer puts into the platform beside the price" unit:"USD" min:"0" max:"1e12" default:"0"`
	ServiceFee float64        `yaml:"service_fee" doc:"what the platform pays its first owner from then on, of what it checks out" unit:"share of GMV" min:"0" max:"0.1" default:"0"`
	Flows      []Flow         `yaml:"flows" doc:"other payments of the deal"`
}

// A Flow is a payment between owners and platforms.
type Flow struct {
	From Party   `yaml:"from" doc:"who pays" required:"true"`
	To   Party   `yaml:"to" doc:"who is paid" required:"true"`
	USD  float64 `yaml:"usd" doc:"amount" unit:"USD" min:"0" max:"1e12" required:"true"`
	Why  string  `yaml:"why" doc:"what for"`
}

// A Party is the account of an owner or of a platform.
type Party market.Account

// ParseParty is the party with a key, if there is one.
func ParseParty(key string) (Party, bool) {
	if c, ok := market.ParseChannel(key); ok && c < market.Platforms {
		return Party(market.Till + market.Account(c)), true
	}
	if o, ok := market.ParseOwner(key); ok {
		return Party(market.OwnerCash + market.Account(o)), true
	}
	return 0, false
}

// PartyKeys lists owners, then platforms.
func PartyKeys() []string {
	return append(append([]string(nil), market.OwnerKeys()...), market.ChannelKeys(market.Platforms)...)
}

// String is the party's key in files.
func (p Party) String() string {
	for _, key := range PartyKeys() {
		if q, _ := ParseParty(key); q == p {
			return key
		}
	}
	return market.Account(p).String()
}

// FirstOwner owns a platform before any deal.
func FirstOwner(c market.Channel) market.OwnerID { return market.FirstOwner(c) }

// Doc describes it.
func (*AcquireStake) Doc() Doc {
	return Doc{Name: "acquire_stake", What: "Gives a platform a new owner beside the first and moves the money of the deal.", Process: true, Section: "7.11"}
}

// Check wants a new owner, once.
func (a *AcquireStake) Check(s *Scene, w When) (list []Problem) {
	if a.Share == 0 {
		list = append(list, problem("share", "nothing changes hands")...)
	}
	if a.Buyer == FirstOwner(a.Target) {
		list = append(list, problem("buyer", "%s owns %s already", a.Buyer, a.Target)...)
	}
	if id, yes := s.find(func(id string, do Intervention) bool {
		b, ok := do.(*AcquireStake)
		return ok && b.Target == a.Target && s.Entries[id].Entry < w.Entry
	}); yes {
		list = append(list, problem("target", "%s already gives %s a new owner; the model keeps one beside the first", id, a.Target)...)
	}
	for _, f := range a.Flows {
		if f.From == f.To {
			list = append(list, problem("flows", "%s pays itself", f.From)...)
		}
	}
	return list
}

// Enact writes the owner and leaves the payments with the Desk.
func (a *AcquireStake) Enact(p *Plan, w When) {
	p = a.on(p)
	p.Rule(w, market.Owner, a.Target, int64(a.Buyer))
	p.Rule(w, market.Stake, a.Target, PPM(a.Share))
	buyer := market.OwnerCash + market.Account(a.Buyer)
	till := market.Till + market.Account(a.Target)
	seller := market.OwnerCash + market.Account(FirstOwner(a.Target))
	if a.NewShares {
		seller = till
	}
	p.pay(w, buyer, seller, a.Price)
	p.pay(w, buyer, till, a.Injection)
	if a.ServiceFee > 0 {
		p.Rule(w, market.ServiceFee, a.Target, PPM(a.ServiceFee))
	}
	p.remedies(w, a.Target)
	for _, f := range a.Flows {
		p.pay(w, market.Account(f.From), market.Account(f.To), f.USD)
	}
}

func (p *Plan) pay(w When, from, to market.Account, usd float64) {
	if amount := p.IDR(usd); amount > 0 {
		p.Deed(w, market.Entry{Deed: market.Pay, From: from, To: to, Amount: amount})
	}
}

// Experiments plays the face-validity experiments of the model (§14.5): each states a claim from the news of 2023, what would
// show it false, and then plays paired worlds to see, also when that goes against the claim.
//
//	go run ./docs/experiments            lists them
//	go run ./docs/experiments e2 e3      plays two of them
//	go run ./docs/experiments -seeds 12 -buyers 10000 e2
//
// Worlds of a pair have the same seed. Differences are shown with the 95 % interval of their mean over seeds (Student's t);
// parameters are uncalibrated defaults. Time goes with worlds, buyers and months, about .07 s of processor time for a thousand buyer-months:
// e1 takes 322 s of it, e7 143 s (time go run ./docs/experiments e7; two x86-64 cores, 2026-11-26). By that e7, e8 and e11 take 65 to 75 s and
// the others 115 to 170 s on two cores that do nothing else.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
)

// experiments lists them all.
func experiments() []Experiment {
	return []Experiment{e1(), e2(), e3(), e4(), e5(), e6(), e7(), e8(), e9(), e10(), e11()}
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	buyers := flag.Int("buyers", 0, "simulated buyers; 0: as the experiment says")
	seeds := flag.Int("seeds", 0, "pairs of worlds; 0: as the experiment says")
	flag.Parse()
	if flag.NArg() == 0 {
		for _, e := range experiments() {
			fmt.Printf("%-4s %s\n", e.ID, e.Claim)
		}
		return
	}
	for _, id := range flag.Args() {
		if err := play(ctx, id, *buyers, *seeds, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}

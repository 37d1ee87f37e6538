// Plain plays a scenario as any user does, with no check but those that every run has. Tests build it from mutated source.
// Use: plain SCENARIO BUYERS UNTIL. It exits with 3 where the run fails.
package main

import (
	"context"
	"fmt"
	"os"
	"strconv"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

func main() {
	buyers, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	s, err := load.Load(os.Args[1], load.Overrides{Buyers: buyers, Until: os.Args[3]})
	if err != nil {
		fmt.Println(err)
		os.Exit(2)
	}
	r, err := play.Run(context.Background(), s, play.Options{Goroutines: 1})
	if err != nil {
		fmt.Println(err)
		os.Exit(3)
	}
	fmt.Println(r.Digest, r.Events)
}

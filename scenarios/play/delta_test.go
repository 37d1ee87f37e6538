package play

import (
	"bytes"
	"flag"
	"os"
	"testing"

	"pasar/agents"
	"pasar/scenarios"
	"pasar/scenarios/load"
)

var update = flag.Bool("update", false, "write the files that tests compare with")

// The constants on file are those of the default parameters, to the last bit.
func TestDeltaFile(t *testing.T) {
	want := WriteDelta(agents.SolveDelta(load.Defaults()))
	if *update {
		if err := os.WriteFile("../"+deltaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := scenarios.Files.ReadFile(deltaFile)
	if err != nil || !bytes.Equal(got, want) {
		t.Fatalf("%s is not what the parameters give (%v); run this test with -update", deltaFile, err)
	}
}

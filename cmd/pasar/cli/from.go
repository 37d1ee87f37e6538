package cli

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"pasar/agents/market"
	"pasar/scenarios/play"
	"pasar/scenarios/replay"
	"pasar/scenarios/results"
	"pasar/scenarios/runs"
	"pasar/scenarios/shell"
	"pasar/sim"
)

// runsDir is where runs are kept, unless told otherwise.
const runsDir = "runs"

// findRun finds the folder of a run: a path, or a name below runs.
func findRun(ref string) (*runs.Folder, error) {
	dir := filepath.Clean(ref)
	if filepath.Base(dir) == results.ReceiptFile {
		dir = filepath.Dir(dir)
	}
	if !exists(dir) && !strings.ContainsAny(ref, `/\`) {
		dir = filepath.Join(runsDir, ref)
	}
	if !exists(dir) {
		var known []string
		list, err := runs.List(runsDir)
		for _, f := range list {
			if f.Receipt != nil { // comparisons and sweeps are kept there, too
				known = append(known, f.ID)
			}
		}
		if err != nil || len(known) == 0 {
			return nil, usage("there is no run %q: name the folder of a run, such as runs/<id>", ref)
		}
		slices.Reverse(known)
		return nil, unknown("run", ref, known[:min(len(known), 4)])
	}
	f, ok, err := runs.Open(dir)
	switch {
	case err != nil:
		return nil, usage("%v", err)
	case !ok:
		return nil, usage("%s is not the folder of a run: it has neither a receipt.json that this program reads nor a recording", ref)
	case f.What == runs.Compared:
		return nil, usage("%s is the folder of a comparison, not of a run", ref)
	case f.What == runs.Swept:
		return nil, usage("%s is the folder of a sweep, not of a run", ref)
	}
	return f, nil
}

// openRecording opens the recording of a run.
func openRecording(ctx context.Context, f *runs.Folder) (*play.Recording, error) {
	dir, ok := f.Recording()
	if !ok {
		return nil, usage("%s has no recording: play it again with --record", f.Dir)
	}
	return play.OpenRecording(ctx, dir)
}

// moment reads a date, or a date and a time of day, in Jakarta's time if nothing is said.
func moment(flag, text string) (sim.Time, error) {
	t, err := replay.ParseMoment(text)
	if err != nil {
		return 0, usage("%s: %v", flag, err)
	}
	return t, nil
}

// branch plays what is left of a recorded run, with changes.
func (r *runner) branch(ctx context.Context, c *cobra.Command) error {
	i := strings.LastIndexByte(r.from, '@')
	if i < 0 {
		return usage("--from %s: from which moment on? Write it behind an @, as in %s", r.from, shell.Quote(r.from+"@2023-12-01"))
	}
	at, err := moment("--from", r.from[i+1:])
	if err != nil {
		return err
	}
	f, err := findRun(r.from[:i])
	switch {
	case err != nil:
		return err
	case f.Receipt == nil:
		return usage("%s was cut off before it had a receipt; nothing can go on from it", f.Dir)
	case f.Receipt.Version != Version():
		return usage("%s was played by another program (%s; this is %s): its beginning cannot be shared\nplay it again with --record",
			f.Dir, f.Receipt.Version, Version())
	}
	o, err := r.world.overrides()
	if err != nil {
		return err
	}
	s, err := runs.Branch(f.Receipt, o, at)
	var early *runs.TooEarly
	if errors.As(err, &early) {
		return usage("--from %s: %v", r.from, err)
	}
	if err != nil {
		return err
	}
	if _, ok := f.Recording(); !ok {
		r.note(r.words().NoRecording, f.Dir)
		return r.run(ctx, c, s, nil)
	}
	rec, err := openRecording(ctx, f)
	if err != nil {
		return err
	}
	defer rec.Close()
	if rec.Until() < at {
		return usage("the recording of %s reaches %s only", f.Dir, market.Clock.Date(rec.Until()).Format("2006-01-02T15:04"))
	}
	return r.run(ctx, c, s, &play.From{Recording: rec, At: at})
}

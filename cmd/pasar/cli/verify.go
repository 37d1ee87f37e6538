package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"pasar/scenarios/play"
	"pasar/scenarios/report"
	"pasar/scenarios/results"
	"pasar/scenarios/runs"
)

// A verifier holds what verify was asked to do.
type verifier struct {
	*streams
	goroutines int
	json       bool
	quiet      bool
}

func verifyVerb(s *streams) *cobra.Command {
	r := &verifier{streams: s}
	c := &cobra.Command{
		Use:   "verify RECEIPT|REPORT|FOLDER",
		Short: "Plays a receipt or a report again and says same, or where it first differs",
		Long: `Plays again what a receipt.json, a report.html or a folder of results claims, on another number
of goroutines and without the store of runs, and says "same" or where the two first differ: of a
receipt the day, of a recorded run the event, of a report the text. Exit code 3 if they do.`,
		Example: `  pasar verify runs/<id>
  pasar verify receipt.json
  pasar verify report.html`,
		Args: exactly(1, "one receipt, report or folder"),
		RunE: func(c *cobra.Command, args []string) error {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			context.AfterFunc(ctx, stop)
			if r.goroutines < 0 || r.goroutines > maxGoroutines {
				return usage("--goroutines %d: it must be 1 to %d", r.goroutines, maxGoroutines)
			}
			return r.verify(ctx, args[0])
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.IntVar(&r.goroutines, "goroutines", 0, "goroutines that host the agents (default: another number than the receipt's)")
	f.BoolVar(&r.json, "json", false, "print one JSON document and nothing else on stdout")
	f.BoolVar(&r.quiet, "quiet", false, "no progress")
	return c
}

func (r *verifier) verify(ctx context.Context, path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		folder := path
		if path = filepath.Join(folder, results.ReceiptFile); !exists(path) {
			path = filepath.Join(folder, "report.html")
		}
		if !exists(path) {
			return usage("%s holds neither receipt.json nor report.html", folder)
		}
	}
	if errors.Is(err, fs.ErrNotExist) {
		return usage("there is no %s: verify takes a receipt.json, a report.html, or the folder of a run", path)
	}
	if err != nil {
		return usage("%v", err)
	}
	if strings.HasSuffix(path, ".html") {
		return r.report(ctx, path)
	}
	return r.receipt(ctx, path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

func (r *verifier) receipt(ctx context.Context, path string) error {
	receipt, err := results.ReadReceipt(path)
	if err != nil {
		return usage("%v", err)
	}
	rec, err := r.recording(ctx, path)
	if err != nil {
		return err
	}
	if rec != nil {
		defer rec.Close()
	}
	p := newProgress(r.err, r.quiet, "en")
	v, err := results.Verify(ctx, receipt, rec, play.Options{Goroutines: r.goroutines, Version: Version(), Progress: p.tell})
	p.end()
	switch {
	case ctx.Err() != nil:
		return errors.New("stopped; nothing is verified")
	case errors.Is(err, results.ErrContradiction):
		return &failure{NotAsSaid, err}
	case err != nil:
		return err
	}
	if r.json {
		if err := printJSON(r.out, v); err != nil {
			return err
		}
	}
	if !v.Same {
		text := fmt.Sprintf("not the same: the histories part on %s\n  receipt %s\n  again   %s", v.Differs, v.Want, v.Got)
		if x := v.First; x != nil {
			text = fmt.Sprintf("not the same: after %d events the histories part in the hour from %s\n  recorded %s\n  again    %s",
				x.Same, x.Window, orNothing(x.Want), orNothing(x.Got))
		}
		if v.Another {
			text += fmt.Sprintf("\nthe receipt is of another program (%s; this is %s): results may have changed between them", receipt.Version, Version())
		}
		return &failure{NotAsSaid, errors.New(text)}
	}
	if !r.json {
		fmt.Fprintf(r.out, "same: %s, seed %d, %d days, %d events on %d goroutines, digest %s\n", receipt.Scenario, receipt.Seed, v.Days, v.Events, v.Goroutines, receipt.Digest)
	}
	if v.Another && !r.quiet {
		fmt.Fprintf(r.err, "the receipt is of another program (%s; this is %s), and the history is the same\n", receipt.Version, Version())
	}
	return nil
}

// recording is that of the run of a receipt, or nil if it has none.
func (r *verifier) recording(ctx context.Context, path string) (*play.Recording, error) {
	f, ok, err := runs.Open(filepath.Dir(path))
	if err != nil || !ok {
		return nil, err
	}
	dir, ok := f.Recording()
	if !ok || filepath.Base(path) != results.ReceiptFile {
		return nil, nil
	}
	return play.OpenRecording(ctx, dir)
}

func orNothing(event []byte) string {
	if event == nil {
		return "nothing in its place"
	}
	return string(event)
}

// report plays the comparison of a report again.
func (r *verifier) report(ctx context.Context, path string) error {
	page, err := os.ReadFile(path)
	if err != nil {
		return usage("%v", err)
	}
	asked, err := report.RequestOf(page)
	if err != nil {
		return usage("%s is not the report of a comparison: %v\nof a single run, verify the receipt.json beside it; a sweep is played again by its study.yaml", path, err)
	}
	p := newTally(r.streams, r.quiet, "en")
	v, err := results.VerifyReport(ctx, page, results.Options{Version: Version(), Human: Human}, p.tell)
	p.end()
	switch {
	case ctx.Err() != nil:
		return errors.New("stopped; nothing is verified")
	case err != nil:
		return err
	}
	if r.json {
		if err := printJSON(r.out, v); err != nil {
			return err
		}
	}
	another := fmt.Sprintf("the report is of another program (%s; this is %s)", asked.Version, Version())
	if !v.Same {
		text := v.String()
		if v.Another {
			text += "\n" + another + ": results, or only words, may have changed between them"
		}
		return &failure{NotAsSaid, errors.New(text)}
	}
	if !r.json {
		fmt.Fprintln(r.out, v)
	}
	if v.Another && !r.quiet {
		fmt.Fprintln(r.err, another+", and says the same")
	}
	return nil
}

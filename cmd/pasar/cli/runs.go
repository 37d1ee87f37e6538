package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"pasar/agents/market"
	"pasar/scenarios/runs"
	"pasar/scenarios/store"
)

// A keeper holds what runs was asked to do.
type keeper struct {
	*streams
	dir   string
	older string
	keep  int
	limit string
	yes   bool
	json  bool
}

func runsVerb(s *streams) *cobra.Command {
	k := &keeper{streams: s}
	c := &cobra.Command{
		Use:   "runs",
		Short: "Lists the runs that are kept, how much they take, and deletes them",
		Long: `Lists what runs, comparisons and sweeps have left in the folder runs, the oldest first. Nothing is ever
deleted that none of them wrote: a folder that holds anything else is kept.`,
		Example: `  pasar runs
  pasar runs size
  pasar runs rm --older 30d
  pasar runs rm --keep 10 --yes
  pasar runs store --limit 5GB`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return unknown("verb of runs", args[0], []string{"size", "rm", "store"})
			}
			return nil
		},
		RunE: func(*cobra.Command, []string) error { return k.list() },
	}
	c.PersistentFlags().StringVar(&k.dir, "dir", runsDir, "`folder` of the runs")
	c.Flags().BoolVar(&k.json, "json", false, "print one JSON document")
	size := &cobra.Command{
		Use: "size", Short: "Tells how much runs, their recordings and the store take", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error { return k.size() },
	}
	rm := &cobra.Command{
		Use: "rm ID...", Short: "Deletes runs; only tells which, unless --yes is given",
		RunE: func(c *cobra.Command, args []string) error { return k.remove(args, c.Flags().Changed("keep")) },
	}
	rm.Flags().StringVar(&k.older, "older", "", "those that ended longer ago than this, such as 30d or 12h")
	rm.Flags().IntVar(&k.keep, "keep", 0, "all but the newest `N`")
	rm.Flags().BoolVar(&k.yes, "yes", false, "do it")
	kept := &cobra.Command{
		Use: "store", Short: "Tells what the store of runs takes, and deletes the oldest there", Args: exactly(0, "no arguments"),
		RunE: func(*cobra.Command, []string) error { return k.prune() },
	}
	kept.Flags().StringVar(&k.limit, "limit", "", "so much may stay, such as 5GB")
	kept.Flags().BoolVar(&k.yes, "yes", false, "do it")
	c.AddCommand(size, rm, kept)
	return c
}

// A row is what runs --json prints of one.
type row struct {
	*runs.Folder
	Scenario string `json:"scenario,omitempty"`
	Seed     uint64 `json:"seed,omitempty"`
	Digest   string `json:"digest,omitempty"`
}

func (k *keeper) list() error {
	all, err := runs.List(k.dir)
	if err != nil {
		return err
	}
	rows := []row{}
	for _, f := range all {
		r := row{Folder: f}
		if f.Receipt != nil {
			r.Scenario, r.Seed, r.Digest = f.Receipt.Scenario, f.Receipt.Seed, f.Receipt.Digest
		}
		rows = append(rows, r)
	}
	if k.json {
		return printJSON(k.out, rows)
	}
	if len(rows) == 0 {
		_, err := fmt.Fprintf(k.out, "no runs in %s\n", k.dir)
		return err
	}
	return table(k.out, func(line func(cells ...any)) {
		line("id", "scenario", "seed", "ended", "size", "recording", "digest")
		for _, r := range rows {
			recording, scenario, seed := "–", r.Scenario, strconv.FormatUint(r.Seed, 10)
			if r.Recorded > 0 {
				recording = bytesText(r.Recorded)
			}
			if r.Receipt == nil {
				scenario, seed = "("+string(r.What)+")", ""
			} else if r.Receipt.Stopped != "" {
				scenario += ", until " + r.Receipt.Stopped
			}
			line(r.ID, scenario, seed, r.At.In(market.WIB).Format("2006-01-02 15:04"), bytesText(r.Size), recording, r.Digest)
		}
	})
}

// table aligns the cells of lines.
func table(w io.Writer, fill func(line func(cells ...any))) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fill(func(cells ...any) {
		for i, c := range cells {
			if i > 0 {
				fmt.Fprint(t, "\t")
			}
			fmt.Fprint(t, c)
		}
		fmt.Fprintln(t)
	})
	return t.Flush()
}

func (k *keeper) size() error {
	all, err := runs.List(k.dir)
	if err != nil {
		return err
	}
	var files, recordings int64
	recorded := 0
	for _, f := range all {
		files, recordings = files+f.Size-f.Recorded, recordings+f.Recorded
		if f.Recorded > 0 {
			recorded++
		}
	}
	kept, err := store.List(k.store())
	if err != nil {
		return err
	}
	in := total(kept)
	_, err = fmt.Fprintf(k.out, "%9s  files of %d runs, comparisons and sweeps\n%9s  %d recordings\n%9s  %d runs in the store\n%9s  in all\n",
		bytesText(files), len(all), bytesText(recordings), recorded, bytesText(in), len(kept), bytesText(files+recordings+in))
	return err
}

func (k *keeper) store() string { return filepath.Join(k.dir, "store") }

func total(kept []store.Kept) (sum int64) {
	for _, x := range kept {
		sum += x.Size
	}
	return sum
}

// remove deletes runs by name, by age, or all but the newest.
func (k *keeper) remove(ids []string, keep bool) error {
	age, err := days(k.older)
	switch {
	case err != nil:
		return err
	case len(ids) == 0 && k.older == "" && !keep:
		return usage("which runs? Name them, or give --older 30d or --keep 10")
	case len(ids) > 0 && (k.older != "" || keep):
		return usage("either the names of runs, or --older and --keep")
	case keep && k.keep < 0:
		return usage("--keep %d: it must be 0 or more", k.keep)
	}
	all, err := runs.List(k.dir)
	if err != nil {
		return err
	}
	var chosen []*runs.Folder
	if len(ids) > 0 {
		known := map[string]*runs.Folder{}
		var names []string
		for _, f := range all {
			known[f.ID] = f
			names = append(names, f.ID)
		}
		for _, id := range ids {
			f := known[filepath.Base(id)]
			if f == nil {
				return unknown("run", id, names)
			}
			chosen = append(chosen, f)
		}
	} else {
		for i, f := range all {
			if (k.older == "" || time.Since(f.At) > age) && (!keep || i < len(all)-k.keep) {
				chosen = append(chosen, f)
			}
		}
	}
	return k.each(len(chosen), func(i int) (string, int64, error) {
		f := chosen[i]
		switch {
		case len(f.Foreign) > 0:
			return "", 0, fmt.Errorf("%s: %w: %s", f.ID, runs.ErrForeign, strings.Join(f.Foreign, ", "))
		case k.yes:
			return f.ID, f.Size, f.Remove()
		}
		return f.ID, f.Size, nil
	})
}

// each deletes things one by one, or tells that it would, and goes on where one cannot be deleted.
func (k *keeper) each(n int, do func(i int) (name string, size int64, err error)) error {
	verb := "would delete"
	if k.yes {
		verb = "deleted"
	}
	var failed []error
	done, sum := 0, int64(0)
	for i := range n {
		name, size, err := do(i)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		done, sum = done+1, sum+size
		fmt.Fprintf(k.out, "%s %s (%s)\n", verb, name, bytesText(size))
	}
	fmt.Fprintf(k.out, "%s %d, %s in all", verb, done, bytesText(sum))
	if !k.yes && done > 0 {
		fmt.Fprint(k.out, "; add --yes to do it")
	}
	fmt.Fprintln(k.out)
	return errors.Join(failed...)
}

// prune tells what the store takes, and makes it smaller.
func (k *keeper) prune() error {
	kept, err := store.List(k.store())
	if err != nil {
		return err
	}
	if k.limit == "" {
		_, err := fmt.Fprintf(k.out, "%s in %d runs in %s\n", bytesText(total(kept)), len(kept), k.store())
		return err
	}
	limit, err := parseBytes("--limit", k.limit)
	if err != nil {
		return err
	}
	over := store.Over(kept, limit)
	return k.each(len(over), func(i int) (string, int64, error) {
		x := &over[i]
		if k.yes {
			return filepath.Base(x.Path), x.Size, x.Remove()
		}
		return filepath.Base(x.Path), x.Size, nil
	})
}

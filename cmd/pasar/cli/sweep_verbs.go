package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"github.com/spf13/cobra"

	"pasar/scenarios/shell"
	"pasar/scenarios/study"
	"pasar/scenarios/sweep"
)

// verbs are those below sweep. All but merge take the folder of a sweep, or its name below runs/.
func (r *sweeper) verbs() []*cobra.Command {
	folder := exactly(1, "the folder of one sweep")
	verb := func(use, short string, do func(ctx context.Context, dir string) error) *cobra.Command {
		return &cobra.Command{Use: use, Short: short, Args: folder, RunE: func(_ *cobra.Command, args []string) error {
			return r.signals(func(ctx context.Context) error { return do(ctx, inRuns(args[0])) })
		}}
	}
	status := r.only(verb("status FOLDER", "Tells how far a sweep is", r.status))
	status.Flags().BoolVar(&r.json, "json", false, "print one JSON document")
	resume := verb("resume FOLDER", "Plays what is missing of a sweep, and writes its results", r.resume)
	r.flags(resume)
	expand := verb("expand FOLDER", "Adds replications or points to a sweep, and plays only these", r.expand)
	expand.Flags().IntVar(&r.reps, "reps", 0, "replications from now on")
	expand.Flags().IntVar(&r.points, "points", 0, "points from now on, of a design that can grow")
	r.flags(expand)
	retry := verb("retry-failed FOLDER", "Plays again what was given up because its workers died", r.retry)
	retry.Flags().BoolVar(&r.all, "all", false, "also runs that failed by themselves")
	r.flags(retry)
	stop := r.only(verb("stop FOLDER", "Stops a sweep that is being played; what is finished is kept", r.stop))
	merge := &cobra.Command{
		Use: "merge FOLDER|FILE... --out FOLDER", Short: "Makes the results of a sweep that was played in parts",
		Long: `Makes the results of a sweep that was played in parts, with the bytes of one that was not divided.
Parts that are missing are named, and nothing is written then.`,
		RunE: func(c *cobra.Command, args []string) error { return r.merge(args) },
	}
	merge.Flags().StringVar(&r.dir, "out", "", "`folder` for the results (default: runs/<name of the study>)")
	merge.Flags().StringVar(&r.lang, "lang", "en", "language of progress, outcome and report: en or id; errors are in English")
	merge.Flags().BoolVar(&r.json, "json", false, "print summary.json on stdout and nothing else")
	return []*cobra.Command{status, resume, expand, retry, stop, merge}
}

// inRuns is a folder as it is named, or below runs.
func inRuns(name string) string {
	if _, err := os.Stat(filepath.Join(name, sweep.FolderFile)); err != nil && filepath.Base(name) == name {
		return filepath.Join(runsDir, name)
	}
	return name
}

// open reads the sweep of a folder.
func (r *sweeper) open(dir string) (*sweep.Folder, error) {
	f, err := sweep.OpenFolder(dir)
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		return nil, usage("there is no sweep in %s; pasar sweep STUDY begins one", dir)
	case err != nil:
		return nil, &failure{BadInput, err}
	}
	r.dir = dir
	return f, nil
}

// again makes the plan of the sweep of a folder.
func (r *sweeper) again(dir string) (*sweep.Plan, error) {
	if _, err := r.open(dir); err != nil {
		return nil, err
	}
	return r.read(studyOf(dir))
}

// studyOf is the study of a folder, as a file and not a name of the library.
func studyOf(dir string) string { return filepath.Join(dir, sweep.StudyFile) }

func (r *sweeper) resume(ctx context.Context, dir string) error {
	if err := r.check(); err != nil {
		return err
	}
	p, err := r.again(dir)
	if err != nil {
		return err
	}
	return r.run(ctx, p)
}

// expand makes the study larger and goes on.
func (r *sweeper) expand(ctx context.Context, dir string) error {
	if r.reps <= 0 && r.points <= 0 {
		return usage("expand needs --reps N or --points N: how many there are to be in all")
	}
	if err := r.check(); err != nil {
		return err
	}
	if _, err := r.open(dir); err != nil {
		return err
	}
	s, err := study.Load(studyOf(dir))
	if err != nil {
		return err
	}
	size := 0
	if setting, now := s.Sizing(); r.points > 0 && setting != "" {
		each := len(s.Points()) / now
		if size = r.points / each; size*each != r.points {
			return usage("--points %d: points of a %s design come in groups of %d, such as %d", r.points, s.Kind, each, (size+1)*each)
		}
	} else {
		size = r.points // refused below
	}
	if s, err = s.Grow(r.reps, size); err != nil {
		return &failure{BadInput, err}
	}
	p, err := sweep.NewPlan(s, Version(), Human)
	if err != nil {
		return err
	}
	return r.run(ctx, p)
}

// retry queues again what was given up, and goes on.
func (r *sweeper) retry(ctx context.Context, dir string) error {
	if err := r.check(); err != nil {
		return err
	}
	p, err := r.again(dir)
	if err != nil {
		return err
	}
	conn, end, err := r.connect()
	if err != nil {
		return err
	}
	n, err := p.Retry(ctx, conn, r.all)
	end()
	if err != nil {
		return err
	}
	if n == 0 {
		text := lang(r.lang).words().NoneFailed
		if !r.all {
			text = lang(r.lang).words().NoneGivenUp
		}
		_, err := fmt.Fprintln(r.out, text)
		return err
	}
	return r.run(ctx, p)
}

// stop asks whoever plays the sweep to stop.
func (r *sweeper) stop(ctx context.Context, dir string) error {
	f, err := r.open(dir)
	if err != nil {
		return err
	}
	resume := shell.Line("pasar", "sweep", "resume", dir)
	if r.nats == "" {
		if !sweep.Playing(dir) {
			_, err := fmt.Fprintf(r.out, "nobody plays %s; %s plays what is missing, if anything is\n", dir, resume)
			return err
		}
		if err := sweep.AskToStop(dir); err != nil {
			return err
		}
		_, err = fmt.Fprintf(r.out, "asked to stop; %s plays the rest\n", resume)
		return err
	}
	c, err := r.dial()
	if err != nil {
		return err
	}
	defer c.Close()
	k, err := c.Open(ctx, f.Queue)
	if err != nil {
		return err
	}
	if err := k.Stop(ctx); err != nil {
		return err
	}
	_, err = fmt.Fprintf(r.out, "stopped; %s --nats %s plays the rest\n", resume, shell.Quote(r.nats))
	return err
}

// merge makes one sweep of parts.
func (r *sweeper) merge(paths []string) error {
	if err := lang(r.lang).check(); err != nil {
		return err
	}
	if len(paths) == 0 {
		return usage("merge takes the folder of the parts, or the parts; see pasar help sweep merge")
	}
	parts, err := sweep.Parts(paths)
	if err == nil {
		err = sweep.Complete(parts)
	}
	var missing *os.PathError
	if errors.As(err, &missing) && errors.Is(err, os.ErrNotExist) {
		return usage("there is no %s; merge takes the folder that --part wrote to", missing.Path)
	}
	if err != nil {
		return &failure{BadInput, err}
	}
	if v := parts[0].Version; v != Version() {
		return usage("the parts were played by version %s of the program, and this is %s; use the one that played them", v, Version())
	}
	s, err := study.Parse(parts[0].Path, parts[0].Text)
	if err != nil {
		return err
	}
	p, err := sweep.NewPlan(s, Version(), Human)
	if err != nil {
		return err
	}
	if r.dir == "" {
		r.dir = filepath.Join(runsDir, p.Study)
	}
	leave, err := r.enter(p)
	if err != nil {
		return err
	}
	defer leave()
	f, err := p.Merge(r.dir, parts, r.lang)
	if errors.Is(err, sweep.ErrDamaged) {
		return &failure{BadInput, fmt.Errorf("%w\nplay its share again", err)}
	}
	if err == nil {
		err = p.Claim(r.dir) // now: of parts that cannot be read nothing is left
	}
	if err != nil {
		return err
	}
	return r.told(p, f)
}

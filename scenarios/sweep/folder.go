package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"pasar/scenarios/files"
	"pasar/scenarios/shell"
)

// A Folder says whose results a folder holds. It is there from the start of a sweep on.
type Folder struct {
	Study    string `json:"study"`
	Identity string `json:"study_identity"`
	Version  string `json:"version"` // of the program
	Human    string `json:"program"`
	Queue    string `json:"queue"`       // name of the sweep in its queue
	Size     int    `json:"cells"`       //
	Worlds   int    `json:"runs_a_cell"` //
	Points   int    `json:"points"`
	Reps     int    `json:"replications"`
	Laid     string `json:"points_sha256"` // of the values at all points
}

// Names of files in the folder of a sweep.
const (
	FolderFile      = "sweep.json"
	StudyFile       = "study.yaml"
	SummaryFile     = "summary.json"
	SensitivityFile = "sensitivity.json"
	ReportFile      = "report.html"
	FiguresDir      = "figures"
	QueueDir        = "queue"
)

// ErrTaken is wrapped where a folder is of another sweep.
var ErrTaken = errors.New("the folder holds another sweep")

// Check tells whether a folder may be that of the plan. A study that has grown may go on in the folder of the smaller one. One
// that lacks cells of the folder may not: their runs would drop out of the results without a word.
func (p *Plan) Check(dir string) error {
	old, err := OpenFolder(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
	case err != nil:
		return err
	case old.Identity != p.Identity:
		return fmt.Errorf("%w: %s is of a study %s that varies, plays or keeps something else; choose another folder by --out, or delete this one", ErrTaken, dir, old.Study)
	case old.Version != p.Version:
		return fmt.Errorf("%w: %s was played by version %s of the program, this is %s; choose another folder by --out, or use the program that began it", ErrTaken, dir, old.Version, p.Version)
	default:
		if lack := p.lacks(old); lack != "" {
			return fmt.Errorf("%w: %s, of %s; points and replications can be added, not changed or taken away: put them back (pasar sweep resume %s plays what it has), or choose another folder by --out", ErrTaken, lack, dir, shell.Quote(dir))
		}
	}
	return nil
}

// Claim makes a folder that of the plan, if it may be. Whoever plays in the folder holds its queue first: two that grow it at once would each
// write a study of their own.
func (p *Plan) Claim(dir string) error {
	if err := p.Check(dir); err != nil {
		return err
	}
	text, err := pretty(Folder{p.Study, p.Identity, p.Version, p.Human, p.QueueID(), p.Size(), len(p.Worlds), len(p.Points), p.Reps, p.laid(len(p.Points))})
	if err == nil {
		err = files.Replace(filepath.Join(dir, StudyFile), p.Text)
	}
	if err != nil {
		return fmt.Errorf("writing the study: %w", err)
	}
	if err := files.Replace(filepath.Join(dir, FolderFile), text); err != nil {
		return fmt.Errorf("writing the study: %w", err)
	}
	return nil
}

// lacks says what of the sweep of a folder the plan does not ask for; empty if it asks for all of it.
func (p *Plan) lacks(old *Folder) string {
	switch {
	case len(p.Points) < old.Points:
		return fmt.Sprintf("the study has %d points now, fewer than the %d", len(p.Points), old.Points)
	case p.laid(old.Points) != old.Laid:
		return fmt.Sprintf("the first points of the study are no longer the %d", old.Points)
	case p.Reps < old.Reps:
		return fmt.Sprintf("the study has replications: %d now, fewer than the %d", p.Reps, old.Reps)
	}
	return ""
}

// laid names the values at the first points.
func (p *Plan) laid(points int) string {
	sum := sha256.New()
	for _, row := range p.Points[:points] {
		for _, v := range row {
			fmt.Fprintf(sum, "%q ", v.Text) // a hash takes everything
		}
		fmt.Fprintln(sum)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// OpenFolder reads whose results a folder holds.
func OpenFolder(dir string) (*Folder, error) {
	text, err := os.ReadFile(filepath.Join(dir, FolderFile))
	if err != nil {
		return nil, err
	}
	f := &Folder{}
	if err := json.Unmarshal(text, f); err != nil {
		return nil, fmt.Errorf("%s is not of a sweep", filepath.Join(dir, FolderFile))
	}
	return f, nil
}

// AskToStop asks the process that plays the sweep of a folder to stop.
func AskToStop(dir string) error {
	return files.Replace(filepath.Join(dir, stopFile), nil)
}

// standFile is where the process that plays a sweep says now and then how far it is.
const standFile = "progress.json"

// stand writes how far the sweep is.
func (p *Progress) stand(dir string) error {
	text, err := pretty(p)
	if err == nil {
		err = files.Replace(filepath.Join(dir, standFile), text)
	}
	return err
}

// Standing is how far the process that plays a sweep, or did so last, said it is; not ok if none did, or if the sweep is whole.
func Standing(dir string) (p *Progress, ok bool) {
	text, err := os.ReadFile(filepath.Join(dir, standFile))
	if err != nil {
		return nil, false
	}
	p = &Progress{}
	return p, json.Unmarshal(text, p) == nil
}

// standsFor is for how long the word of the process that plays a sweep is believed: it gives it about once a second.
const standsFor = 20 * time.Second

// Playing tells whether a process plays the sweep of a folder, as far as the folder tells.
func Playing(dir string) bool {
	info, err := os.Stat(filepath.Join(dir, standFile))
	if err != nil || time.Since(info.ModTime()) >= standsFor {
		return false
	}
	p, ok := Standing(dir)
	return !ok || !p.Stopped
}

// ReadSummary reads what came of the sweep of a folder. One that is not over has none; one that has grown since has that of before.
func ReadSummary(dir string) (*Summary, error) {
	text, err := os.ReadFile(filepath.Join(dir, SummaryFile))
	if err != nil {
		return nil, err
	}
	s := &Summary{}
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("%s is not of a sweep", filepath.Join(dir, SummaryFile))
	}
	return s, nil
}

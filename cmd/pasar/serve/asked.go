package serve

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"pasar/scenarios/files"
	"pasar/scenarios/lab"
)

// An asked is what is kept of an order on disk, by the key of its run: enough to go on with it, or to have it again.
type asked struct {
	Request lab.Request `json:"request"`
	Client  string      `json:"client"`
	Open    bool        `json:"open"` // there is something left to play
}

// errUnknown is told of keys that lead nowhere.
var errUnknown = refuseIn(http.StatusNotFound, "there is no such run here; ask for it again: the same settings lead to the same run",
	"simulasi itu tidak ada di sini; mintalah lagi: pengaturan yang sama menuju simulasi yang sama")

func (p *pool) path(key string) string { return filepath.Join(p.dir, key+".json") }

// asked reads what was asked for. The key has the form of one: it cannot lead anywhere else.
func (p *pool) asked(key string) (a asked, err error) {
	if !lab.IsKey(key) {
		return a, errUnknown
	}
	data, err := os.ReadFile(p.path(key))
	if err != nil || json.Unmarshal(data, &a) != nil {
		return a, errUnknown
	}
	return a, nil
}

// remember writes an order down; its base too, so that it can be found by its own key.
func (p *pool) remember(o *order, client string, open bool) error {
	a := asked{Request: o.main.Asked(), Client: client, Open: open}
	if o.base != nil {
		b := o.base.Asked()
		a.Request.Base = &b.World
		if _, err := os.Stat(p.path(o.base.Key)); err != nil {
			if err := p.write(o.base.Key, asked{Request: b, Client: client}); err != nil {
				return err
			}
		}
	}
	return p.write(o.main.Key, a)
}

func (p *pool) write(key string, a asked) error {
	data, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("keeping what was asked for: %w", err)
	}
	if err := files.Replace(p.path(key), data); err != nil {
		return fmt.Errorf("keeping what was asked for: %w", err)
	}
	return nil
}

// settled notes that nothing is to be played of runs. Where that cannot be written, they are read from the store after a restart.
func (p *pool) settled(runs ...*run) {
	for _, r := range runs {
		if a, err := p.asked(r.Key); err == nil && a.Open {
			a.Open = false
			_ = p.write(r.Key, a)
		}
	}
}

// resume goes on with what was open when the last lab on this folder ended. What another version of the program asked for is dropped: its
// runs have other keys.
func (p *pool) resume() error {
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return fmt.Errorf("folder of the lab: %w", err)
	}
	list, err := os.ReadDir(p.dir)
	if err != nil {
		return fmt.Errorf("folder of the lab: %w", err)
	}
	for _, f := range list {
		key, isRun := strings.CutSuffix(f.Name(), ".json")
		if !isRun || !lab.IsKey(key) {
			continue
		}
		a, err := p.asked(key)
		if err != nil {
			continue
		}
		main, base, err := a.Request.Runs(p.version, p.limits)
		if err != nil || main.Key != key {
			_ = os.Remove(p.path(key))
			continue
		}
		if !a.Open {
			continue
		}
		o := &order{main: p.adopt(main), clients: []string{a.Client}, idle: a.Client == nobody}
		if base != nil {
			o.base = p.adopt(base)
		}
		p.order(o)
	}
	return nil
}

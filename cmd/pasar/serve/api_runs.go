package serve

import (
	"encoding/csv"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"pasar/scenarios/compare"
	"pasar/scenarios/lab"
	"pasar/scenarios/play"
	"pasar/scenarios/results"
	"pasar/scenarios/results/measure"
)

// run is the key in a request, of a run that the pool knows, with all that is kept of it.
func (l *Lab) run(r *http.Request, name string) (string, error) {
	key, err := l.known(r, name)
	if err != nil {
		return "", err
	}
	return key, l.pool.await(r.Context(), key)
}

// known is the same of a run of which what is kept may still be on its way: for answers that say so, and must not wait.
func (l *Lab) known(r *http.Request, name string) (string, error) {
	key := r.PathValue(name)
	if key == "" {
		key = r.URL.Query().Get(name)
	}
	if !lab.IsKey(key) {
		return "", refuse(http.StatusBadRequest, "%s: %.40q is not the key of a run; it has 32 digits from 0 to f", name, key)
	}
	return key, l.pool.fetch(key)
}

// readings are what is known of the run that a request names.
func (l *Lab) readings(r *http.Request) (*lab.Run, []*lab.Reading, error) {
	key, err := l.run(r, "key")
	if err != nil {
		return nil, nil, err
	}
	x, done, ok := l.pool.readings(key)
	if !ok {
		return nil, nil, errUnknown
	}
	return x, done, nil
}

// ask orders a run.
func (l *Lab) ask(w http.ResponseWriter, r *http.Request) error {
	if err := l.guard.spend(r, asking); err != nil {
		return err
	}
	var q lab.Request
	if err := read(w, r, &q); err != nil {
		return err
	}
	main, base, err := q.Runs(l.o.Version, l.guard.limits(r, l.limits))
	if err != nil {
		return err
	}
	if _, err := l.pool.ask(waiterOf(r), main, base, mostOrders); err != nil {
		return err
	}
	return l.tell(w, main.Key, base)
}

func (l *Lab) tell(w http.ResponseWriter, key string, base *lab.Run) error {
	var s status
	if !l.pool.view(key, func(r *run) { s = l.pool.status(r) }) {
		return errUnknown
	}
	if base != nil {
		s.BaseKey = base.Key
	}
	code := http.StatusAccepted
	if s.State == over {
		code = http.StatusOK
	}
	sendStatus(w, code, s)
	return nil
}

func (l *Lab) status(w http.ResponseWriter, r *http.Request) error {
	key, err := l.known(r, "key")
	if err != nil {
		return err
	}
	var s status
	l.pool.view(key, func(x *run) { s = l.pool.status(x) })
	return send(w, s)
}

func (l *Lab) cancel(w http.ResponseWriter, r *http.Request) error {
	key, err := l.known(r, "key")
	if err != nil {
		return err
	}
	l.pool.cancel(waiterOf(r), key)
	return l.status(w, r)
}

// recent lists the latest runs.
func (l *Lab) recent(w http.ResponseWriter, _ *http.Request) error {
	return send(w, l.pool.recent())
}

// recent are the runs in memory, the latest first.
func (p *pool) recent() []status {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []*run
	for _, r := range p.runs { // sorted below
		list = append(list, r)
	}
	slices.SortFunc(list, func(a, b *run) int { return b.asked.Compare(a.asked) })
	all := []status{}
	for _, r := range list {
		all = append(all, p.status(r))
	}
	return all
}

// result is a replication from the store.
func (l *Lab) result(x *lab.Run, rep int) (*play.Result, error) {
	s, err := x.World.Load(x.Seed + uint64(rep))
	if err != nil {
		return nil, err
	}
	if r := l.store.Get(s); r != nil {
		return r, nil
	}
	return nil, refuse(http.StatusConflict, "the replication with seed %d is not there yet", x.Seed+uint64(rep))
}

// file begins an answer that browsers keep as a file.
func file(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
}

func (l *Lab) seriesCSV(w http.ResponseWriter, r *http.Request) error {
	x, done, err := l.readings(r)
	if err != nil {
		return err
	}
	dates, bands := lab.Bands(done, func(lab.Column) bool { return true }, 0)
	file(w, "text/csv; charset=utf-8", "series-"+x.Key[:8]+".csv")
	fmt.Fprintf(w, "# %s\n# scenario %s, program %s\n# replications with seeds from %d on, by week (Monday); quantiles from %d replications on\n",
		compare.RunCommand(x.World, x.Seed), x.First.Hash, l.o.Version, x.Seed, lab.BandsFrom)
	return rows(w, append([][]string{lab.CSVHead}, x.CSVRows(dates, bands)...))
}

func rows(w http.ResponseWriter, all [][]string) error {
	c := csv.NewWriter(w)
	return c.WriteAll(all)
}

func (l *Lab) raw(w http.ResponseWriter, r *http.Request) error {
	x, _, err := l.readings(r)
	if err != nil {
		return err
	}
	rep, err := replication(x, r.PathValue("seed"))
	if err != nil {
		return err
	}
	result, err := l.result(x, rep)
	if err != nil {
		return err
	}
	file(w, "text/csv; charset=utf-8", fmt.Sprintf("series-%s-%d.csv", x.Key[:8], x.Seed+uint64(rep)))
	_, err = w.Write(results.CSV(results.Rows(measure.Of(result))))
	return err
}

// replication is the number of a seed of a run; of its first if nothing is said.
func replication(x *lab.Run, text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil || seed < x.Seed || seed >= x.Seed+uint64(x.N) {
		return 0, refuse(http.StatusNotFound, "seed: %.24q; allowed: %d to %d", text, x.Seed, x.Seed+uint64(x.N)-1)
	}
	return int(seed - x.Seed), nil
}

// flowsJSON are flows of a run between groups.
type flowsJSON struct {
	Dates []string   `json:"dates"`
	Nodes []lab.Node `json:"nodes"`
	Money []lab.Link `json:"money"`
	Goods []lab.Link `json:"goods"`
}

func (l *Lab) flows(w http.ResponseWriter, r *http.Request) error {
	x, done, err := l.readings(r)
	if err != nil {
		return err
	}
	return l.share(w, r, x, done, "flows", func() (any, error) {
		dates, f := lab.MeanFlows(done)
		return flowsJSON{append([]string{}, dates...), f.Nodes(), append([]lab.Link{}, f.Money...), append([]lab.Link{}, f.Goods...)}, nil
	})
}

// log tells what happened in the first replication that is done.
func (l *Lab) log(w http.ResponseWriter, r *http.Request) error {
	x, done, err := l.readings(r)
	if err != nil {
		return err
	}
	rep := slices.IndexFunc(done, func(d *lab.Reading) bool { return d != nil })
	if rep < 0 {
		return send(w, []lab.Line{})
	}
	lang := l.lang(r)
	return l.share(w, r, x, done[:rep+1], "log "+lang, func() (any, error) {
		m, err := l.measured(x, rep)
		if err != nil {
			return nil, err
		}
		return lab.Log(m, lang), nil
	})
}

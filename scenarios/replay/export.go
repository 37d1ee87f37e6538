package replay

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"pasar/agents/market"
	"pasar/scenarios/files"
	"pasar/scenarios/play"
	"pasar/sim"
	"pasar/sim/record"
)

// A Slice says which events of a recording are exported.
type Slice struct {
	From, Until sim.Time // Until 0: to the end
	Kinds       play.Kinds
	Agent       *sim.ID // heard or said by it; nil: all agents
}

// An Exported is an event in a table: times in Jakarta's time, amounts in rupiah. What an order does not have, or is not of an order, is
// 0 or empty.
type Exported struct {
	At         string `parquet:"at,zstd" csv:"at"`
	Said       string `parquet:"said,zstd" csv:"said"`
	Kind       string `parquet:"kind,dict" csv:"kind"`
	To         string `parquet:"to,zstd" csv:"to"`
	From       string `parquet:"from,zstd" csv:"from"`
	Amount     int64  `parquet:"amount" csv:"amount"`
	Voucher    int64  `parquet:"voucher" csv:"voucher"`
	Freight    int64  `parquet:"freight" csv:"freight"`
	Free       int64  `parquet:"free_freight" csv:"free_freight"`
	Fee        int64  `parquet:"fee" csv:"fee"`
	Order      int64  `parquet:"order" csv:"order"`
	Storefront string `parquet:"storefront,dict" csv:"storefront"`
	Processor  string `parquet:"processor,dict" csv:"processor"`
	Category   string `parquet:"category,dict" csv:"category"`
	Mode       string `parquet:"mode,dict" csv:"mode"`
	Reason     int64  `parquet:"reason" csv:"reason"`
	Why        int64  `parquet:"why" csv:"why"` // entry of the scenario
}

// ofOrders are the kinds whose message is an order; the others carry an amount at most.
var ofOrders = play.Kinds{market.Placed, market.Accepted, market.Rejected, market.Ship, market.Delivered, market.Kept, market.Returned, market.Refunded}

// bodies are the kinds whose message is something else.
var bodies = play.Kinds{market.Wake, market.Act, market.Listed, market.Posted, market.Counted, market.Told, market.Enrol}

func exported(m *market.Market, e *market.Event) Exported {
	date := func(t sim.Time) string { return market.Clock.Date(t).Format(time.RFC3339) }
	x := Exported{At: date(e.At), Said: date(e.Said), Kind: market.KindName(e.Kind), To: Name(m, e.To), From: Name(m, e.From), Why: int64(e.Why)}
	kind := e.Kind &^ sim.Quiet
	if !bodies.Has(kind) {
		x.Amount = e.Msg.Amount
	}
	if o := &e.Msg; ofOrders.Has(kind) {
		x.Voucher, x.Freight, x.Free, x.Fee = int64(o.Voucher), int64(o.Freight), int64(o.FreeFrt), int64(o.Fee)
		x.Order, x.Reason = int64(o.Order), int64(o.Reason)
		x.Storefront, x.Processor, x.Category, x.Mode = o.Shop.String(), o.Via.String(), o.Good.String(), o.Mode.String()
	}
	return x
}

// events goes through a slice, in order of time.
func (s *Slice) events(ctx context.Context, rec Source, window sim.Time, do func(*market.Event) error) error {
	until := s.Until
	if until == 0 {
		until = rec.Until()
	}
	for w, err := range rec.Windows(ctx, s.From) {
		if err != nil {
			return err
		}
		if sim.Time(w.N)*window >= until {
			return nil
		}
		record.ByTime(w.Events)
		for i := range w.Events {
			e := &w.Events[i]
			if e.At < s.From || e.At >= until || !s.Kinds.Has(e.Kind) || s.Agent != nil && *s.Agent != e.To && *s.Agent != e.From {
				continue
			}
			if err := do(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// An exporter writes a slice in one form, and returns how many events it has.
type exporter func(ctx context.Context, w io.Writer, rec Source, m *market.Market, s *Slice, window sim.Time) (int, error)

// forms are those that there are, by the end of the file's name.
var forms = []struct {
	end   string
	write exporter
}{{".parquet", asParquet}, {".jsonl", asJSON}, {".csv", asCSV}}

// Export writes a slice of a recording into a file, whose name says in which form: .parquet, .jsonl or .csv. It returns how many events
// there are. Memory stays small.
func Export(ctx context.Context, path string, rec Source, m *market.Market, s Slice, window sim.Time) (n int, err error) {
	for _, f := range forms {
		if strings.EqualFold(filepath.Ext(path), f.end) {
			err = files.Stream(path, func(w io.Writer) error {
				n, err = f.write(ctx, w, rec, m, &s, window)
				return err
			})
			return n, err
		}
	}
	return 0, fmt.Errorf("%s: the name must end in .parquet, .jsonl or .csv", path)
}

// asJSON writes what the tap tells, line by line.
func asJSON(ctx context.Context, w io.Writer, rec Source, _ *market.Market, s *Slice, window sim.Time) (n int, err error) {
	err = s.events(ctx, rec, window, func(e *market.Event) error {
		n++
		_, err := w.Write(append(market.JSON(e), '\n'))
		return err
	})
	return n, err
}

func asCSV(ctx context.Context, w io.Writer, rec Source, m *market.Market, s *Slice, window sim.Time) (n int, err error) {
	c := csv.NewWriter(w)
	var cells []string
	t := reflect.TypeFor[Exported]()
	for i := range t.NumField() {
		cells = append(cells, t.Field(i).Tag.Get("csv"))
	}
	if err := c.Write(cells); err != nil {
		return 0, err
	}
	num := func(v int64) string { return strconv.FormatInt(v, 10) }
	err = s.events(ctx, rec, window, func(e *market.Event) error {
		n++
		x := exported(m, e)
		return c.Write([]string{
			x.At, x.Said, x.Kind, x.To, x.From, num(x.Amount), num(x.Voucher), num(x.Freight), num(x.Free), num(x.Fee), num(x.Order),
			x.Storefront, x.Processor, x.Category, x.Mode, num(x.Reason), num(x.Why),
		})
	})
	if c.Flush(); err == nil {
		err = c.Error()
	}
	return n, err
}

func asParquet(ctx context.Context, w io.Writer, rec Source, m *market.Market, s *Slice, window sim.Time) (n int, err error) {
	const batch = 4096
	p := parquet.NewGenericWriter[Exported](w, parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.MaxRowsPerRowGroup(1<<18), parquet.CreatedBy("pasar", "", ""))
	rows := make([]Exported, 0, batch)
	flush := func() error {
		_, err := p.Write(rows)
		rows = rows[:0]
		return err
	}
	err = s.events(ctx, rec, window, func(e *market.Event) error {
		n++
		if rows = append(rows, exported(m, e)); len(rows) == cap(rows) {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if e := p.Close(); err == nil {
		err = e
	}
	return n, err
}

// AllKinds is every kind of event but those by which agents are observed.
func AllKinds() play.Kinds {
	all, _ := play.ParseKinds("all")
	return slices.DeleteFunc(all, func(k sim.Kind) bool { return market.KindName(k) == "" })
}

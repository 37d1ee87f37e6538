package results

import (
	"errors"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

// A run that is played again is the one that was recorded. A receipt and a recording of another scenario, which says that it is this one,
// part in the first event that the other scenario changes: an order that is charged another fee.
func TestVerifyFindsTheEvent(t *testing.T) {
	o := load.Overrides{Buyers: 100, Until: "2023-01-20"}
	was, err := load.Load("ban", o)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "recording")
	r, err := play.Run(t.Context(), was, play.Options{Goroutines: 2, Record: &play.Record{Dir: dir}})
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := ReadReceipt(filepath.Join(folderOf(t, r), "receipt.json"))
	if err != nil {
		t.Fatal(err)
	}
	rec, err := play.OpenRecording(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	defer rec.Close()
	v, err := Verify(t.Context(), receipt, rec, play.Options{})
	if err != nil || !v.Same || v.First != nil || v.Events != r.Events {
		t.Errorf("the same: %+v, %v", v, err)
	}

	o.Set = []string{"fee1.at=2023-01-05", "fee1.commission=.2"}
	other, err := load.Load("ban", o)
	if err != nil {
		t.Fatal(err)
	}
	forged := *receipt
	forged.Hash, forged.Effective = other.Hash, string(other.Effective)
	if _, err := Verify(t.Context(), &forged, rec, play.Options{}); !errors.Is(err, ErrContradiction) {
		t.Errorf("the recording of another scenario: %v", err)
	}
	rec.About.Hash = other.Hash // as if another program had played it
	v, err = Verify(t.Context(), &forged, rec, play.Options{})
	if err != nil || v.Same || v.First == nil {
		t.Fatalf("another scenario: %+v, %v", v, err)
	}
	f := v.First
	if f.Window < "2023-01-05T02" || v.Differs != f.Window[:10] || f.Same == 0 || f.Same >= r.Events {
		t.Errorf("they part in %s, after %d of %d events", f.Window, f.Same, r.Events)
	}
	fee := regexp.MustCompile(`"fee":\d+`)
	if want, got := fee.ReplaceAllString(string(f.Want), ""), fee.ReplaceAllString(string(f.Got), ""); want != got || !strings.Contains(got, `"processor":"tiktok"`) {
		t.Errorf("they differ in more than the fee: %s and %s", f.Want, f.Got)
	}
}

// folderOf is a folder with the files of a run.
func folderOf(t *testing.T, r *play.Result) string {
	t.Helper()
	dir := t.TempDir()
	if _, err := Write(dir, r, Options{Version: "v"}); err != nil {
		t.Fatal(err)
	}
	return dir
}

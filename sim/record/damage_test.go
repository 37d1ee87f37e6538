package record

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"pasar/sim"
	"pasar/sim/simtest"
)

// copied is a copy of a recording, with one file changed.
func copied(t *testing.T, dir, file string, change func([]byte) []byte) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(to, file)
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if b = change(b); b == nil {
		err = os.Remove(name)
	} else {
		err = os.WriteFile(name, b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	return to
}

// try opens a recording that may be damaged and reads it all. What it gives must have happened.
func try(t *testing.T, dir string, events []sim.Event[simtest.Jump]) error {
	t.Helper()
	r, err := Open[simtest.Jump](t.Context(), dir)
	if err != nil {
		return err
	}
	defer r.Close()
	got, err := all(r, 0)
	if err != nil {
		return err
	}
	happened(t, r, got, events)
	at := r.Until()
	w := world(layouts[0], max(at, model.Window), nil)
	if err := r.Seek(t.Context(), w, at); err != nil {
		t.Errorf("what is left cannot be sought: %v", err)
	}
	return nil
}

// filesOf are the files of a recording that say something, from its folder.
func filesOf(t *testing.T, dir string) (messages, others []string) {
	t.Helper()
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || d.IsDir() || path == "lock":
		case filepath.Ext(path) == ".blk":
			messages = append(messages, path)
		default:
			others = append(others, path)
		}
		return err
	})
	if err != nil || len(messages) == 0 {
		t.Fatalf("%v in %v: %v", others, messages, err)
	}
	return messages, others
}

// A sealed recording of which a byte is another, or that is cut, or a file of which is missing, is refused with the place. If it is
// not the messages that are damaged, it may also be read, and then is what was recorded.
func TestDamagedFiles(t *testing.T) {
	dir := t.TempDir()
	tape, _ := record(t, dir, layouts[1], 40, 15)
	messages, others := filesOf(t, dir)
	rng := rand.New(rand.NewPCG(1, 8))
	flip := func(b []byte) []byte { b[rng.IntN(len(b))] ^= 1 << rng.IntN(8); return b }
	cut := func(b []byte) []byte { return b[:rng.IntN(len(b))] }
	grow := func(b []byte) []byte { return append(b, b[:min(100, len(b))]...) }
	gone := func([]byte) []byte { return nil }
	for i, file := range messages {
		for k, change := range slices.Concat(slices.Repeat([]func([]byte) []byte{flip}, tries(20)), slices.Repeat([]func([]byte) []byte{cut}, tries(10)), []func([]byte) []byte{grow, gone}) {
			err := try(t, copied(t, dir, file, change), tape.events)
			if !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), filepath.ToSlash(file)) {
				t.Errorf("file %d, change %d: %v", i, k, err)
			}
		}
	}
	for _, file := range others {
		for k, change := range []func([]byte) []byte{flip, flip, flip, cut, grow, gone} {
			if err := try(t, copied(t, dir, file, change), tape.events); err != nil && len(err.Error()) > 600 {
				t.Errorf("file %s, change %d: too long: %v", file, k, err)
			}
		}
	}
	if err := try(t, copied(t, dir, sumsFile, flip), tape.events); !errors.Is(err, ErrDamaged) {
		t.Errorf("damaged checksums: %v", err)
	}
	if err := try(t, dir, tape.events); err != nil {
		t.Errorf("whole: %v", err)
	}
	if err := try(t, dir, tape.events); err != nil {
		t.Errorf("whole, read again: %v", err)
	}
}

// Without the checksums of its files, as after a crash, a damaged recording is refused, or read as far as it is whole.
func TestDamagedRemains(t *testing.T) {
	dir := t.TempDir()
	tape, _ := record(t, dir, layouts[1], 40, 15)
	if err := os.Remove(filepath.Join(dir, sumsFile)); err != nil {
		t.Fatal(err)
	}
	messages, _ := filesOf(t, dir)
	rng := rand.New(rand.NewPCG(1, 9))
	for k := range tries(40) {
		bad := copied(t, dir, messages[rng.IntN(len(messages))], func(b []byte) []byte {
			if k%2 == 0 {
				return b[:rng.IntN(len(b))]
			}
			b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
			return b
		})
		if err := try(t, bad, tape.events); !errors.Is(err, ErrDamaged) { // it was sealed: the end must be there
			t.Errorf("change %d: %v", k, err)
		}
	}
}

// A frame that is missing, twice there or in the wrong place does not follow, wherever it is; only the end may be missing where
// nothing was sealed.
func TestMissingFrames(t *testing.T) {
	defer func(m simtest.PHOLD) { model = m }(model)
	model.Agents = 4000 // so that windows are split
	dir := t.TempDir()
	record(t, dir, layouts[1], 12, 4)
	r := open(t, dir)
	var whole []entry
	for seq := range r.stream.CachedInfo().State.LastSeq {
		h, _, err := r.fetch(t.Context(), seq+1)
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, entry{h, seq + 1})
	}
	if _, _, err := r.fetch(t.Context(), uint64(len(whole))+1); !errors.Is(err, ErrDamaged) || !strings.Contains(err.Error(), "is missing") {
		t.Errorf("a frame that is not there: %v", err)
	}
	check := func(list []entry) error {
		x := indexer{}
		for _, e := range list {
			if err := x.add(e); err != nil {
				return err
			}
		}
		return nil
	}
	if err := check(whole); err != nil || len(whole) < 12 {
		t.Fatalf("%d frames: %v", len(whole), err)
	}
	for i := range whole {
		if err := check(slices.Delete(slices.Clone(whole), i, i+1)); (err == nil) != (i == len(whole)-1) {
			t.Errorf("without frame %d of %d: %v", i+1, len(whole), err)
		}
		if err := check(slices.Insert(slices.Clone(whole), i, whole[i])); err == nil {
			t.Errorf("frame %d twice", i+1)
		}
		if i > 0 {
			swapped := slices.Clone(whole)
			swapped[i], swapped[i-1] = swapped[i-1], swapped[i]
			if err := check(swapped); err == nil {
				t.Errorf("frames %d and %d in place of each other", i, i+1)
			}
		}
	}
}

// endless records the model, telling how many frames are kept, until the process is killed. If files is set, no file can have more bytes.
func endless(dir, files string) {
	until := sim.Time(1_000_000) * model.Window
	if files != "" {
		n, err := strconv.Atoi(files)
		if err != nil {
			panic(err)
		}
		if err := limitFiles(n); err != nil {
			panic(err)
		}
		until = 300 * model.Window
	}
	rec, err := New[simtest.Jump](dir, Options{Run: "killed", Window: model.Window})
	if err != nil {
		panic(err)
	}
	w := world(simtest.Layout{Shards: 2}, until, rec)
	for at := 5 * model.Window; at <= until; at += 5 * model.Window {
		if _, err := w.RunTo(context.Background(), at); err != nil {
			panic(err)
		}
		if err := rec.Snapshot(w); err != nil && files == "" {
			panic(err)
		}
		fmt.Println("kept", rec.writer.acked.Load())
	}
	fmt.Println("end", w.Digest(), rec.Seal(until))
}

// here runs endless in a process of its own.
func here(t *testing.T, dir string, more ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(os.Environ(), append(more, "PASAR_RECORD_HERE="+dir)...)
	c.Stderr = os.Stderr
	return c
}

// A process that is killed while it records, at any moment, leaves a recording with all that was acknowledged, and nothing else.
func TestKilled(t *testing.T) {
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	until := 4000 * model.Window
	times := 20
	if testing.Short() {
		times = 3
	}
	tape := &reel{}
	for k := range times {
		dir := t.TempDir()
		c := here(t, dir)
		out, err := c.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		lines.Scan()                                                                                        // it records
		timer := time.AfterFunc(time.Duration(rng.IntN(400))*time.Millisecond, func() { c.Process.Kill() }) // a moment, not a measure
		kept := 0
		for lines.Scan() {
			fmt.Sscanf(lines.Text(), "kept %d", &kept)
		}
		timer.Stop()
		c.Process.Kill()
		c.Wait()
		r, err := Open[simtest.Jump](t.Context(), dir)
		if err != nil {
			t.Fatalf("killed %d: %v", k, err)
		}
		if n := int(r.stream.CachedInfo().State.LastSeq); n < kept {
			t.Errorf("killed %d: %d frames were acknowledged, %d are there", k, kept, n)
		}
		got, err := all(r, 0)
		if err != nil || r.Sealed() {
			t.Errorf("killed %d: %v, sealed %v", k, err, r.Sealed())
		}
		for len(tape.events) == 0 || tape.events[len(tape.events)-1].At < min(r.Until()+model.Window, until-model.Window) {
			tape.events = nil
			if w := world(layouts[0], until, tape); true {
				advance(t, w, min(2*r.Until()+20*model.Window, until))
			}
		}
		happened(t, r, got, tape.events)
		w := world(layouts[1], until, nil)
		if err := r.Seek(t.Context(), w, r.Until()); err != nil {
			t.Errorf("killed %d: %v", k, err)
		}
		t.Logf("killed %d: %d frames acknowledged; %d events until window %d", k, kept, len(got), r.Until()/model.Window)
		r.Close()
	}
}

// Where a file cannot grow, as on a full disk, the recording stops and says so, and the run goes on to the same end.
func TestDiskFull(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no limit on files here")
	}
	dir := t.TempDir()
	out, err := here(t, dir, "PASAR_RECORD_FILES=400000").Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	last := lines[len(lines)-1]
	end := 300 * model.Window
	want := advance(t, world(layouts[0], end, nil), end)
	t.Log(last)
	if !strings.HasPrefix(last, "end "+want.String()) || !strings.Contains(last, "stopped") {
		t.Errorf("%s; the digest is %v", last, want)
	}
	tape := &reel{}
	advance(t, world(layouts[0], end, tape), end)
	if err := try(t, dir, tape.events); err != nil {
		t.Errorf("what was recorded before: %v", err)
	}
}

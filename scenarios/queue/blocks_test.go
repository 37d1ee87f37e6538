package queue

import (
	"context"
	"path/filepath"
	"testing"
)

// Streams have small blocks and no limit, also those whose maker died before it took the limit away.
func TestSmallBlocks(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	c := link(t, serve(t, ServerOptions{Dir: dir}))
	half, err := c.Begin(t.Context(), "other", "v1", study, calm)
	if err != nil {
		t.Fatal(err)
	}
	limited := half.res.CachedInfo().Config
	limited.MaxBytes = smallBlocks
	if _, err := c.js.UpdateStream(t.Context(), limited); err != nil {
		t.Fatal(err)
	}
	k := begin(t, c, 40, calm)
	stop := work(t, c, WorkerOptions{}, func(context.Context, Job) ([]Result, error) {
		return []Result{{Key: "large", Data: make([]byte, 5000)}}, nil
	})
	if _, err := watch(t, k); err != nil {
		t.Fatal(err)
	}
	stop()
	for _, s := range []string{jobs, records} {
		found, err := c.js.Stream(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		if most := found.CachedInfo().Config.MaxBytes; most != -1 {
			t.Errorf("%s has a limit of %d bytes", s, most)
		}
	}
	blocks, err := filepath.Glob(filepath.Join(dir, "jetstream", "*", "streams", records, "msgs", "*.blk"))
	if least := 40 * 5000 / smallBlocks; err != nil || len(blocks) < least {
		t.Errorf("%d blocks, not %d or more; %v", len(blocks), least, err)
	}
}

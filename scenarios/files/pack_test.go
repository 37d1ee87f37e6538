package files

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/parquet-go/parquet-go/compress/zstd"
)

// Pages have the bytes that parquet-go gives them, and read back, whatever was packed before.
func TestPages(t *testing.T) {
	plain := &zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}
	luck := rand.New(rand.NewPCG(1, 2))
	for _, size := range []int{0, 100, 5000, 128 << 10, 300 << 10, 1000 << 10, 100} {
		var page []byte
		for len(page) < size {
			page = fmt.Appendf(page, "%08x run of point %d ", luck.Uint32(), luck.IntN(100))
		}
		page = page[:size]
		want, err := plain.Encode(nil, page)
		if err != nil {
			t.Fatal(err)
		}
		got, err := pages.Encode(nil, page)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("a page of %d bytes is packed otherwise; %v", size, err)
		}
		if back, err := pages.Decode(nil, got); err != nil || !bytes.Equal(back, page) {
			t.Errorf("a page of %d bytes does not read back; %v", size, err)
		}
	}
}

package files

import (
	"sync"

	pack "github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// A packer packs pages as parquet-go does, to the same bytes, in less memory. It looks back a megabyte, which is more than a page holds; by itself the
// encoder makes room to look back 8, twice, at the first page of more than 128 kB.
type packer struct {
	zstd.Codec
	encoder func() *pack.Encoder
}

// pages packs those of all tables, one at a time: what it has made once serves whoever comes next.
var pages = &packer{encoder: sync.OnceValue(func() *pack.Encoder {
	e, err := pack.NewWriter(nil, pack.WithEncoderConcurrency(1), pack.WithEncoderLevel(pack.SpeedDefault), pack.WithWindowSize(1<<20),
		pack.WithZeroFrames(true), pack.WithEncoderCRC(false))
	if err != nil {
		panic("files: " + err.Error()) // of options that never change
	}
	return e
})}

// Encode packs a page.
func (p *packer) Encode(dst, src []byte) ([]byte, error) {
	return p.encoder().EncodeAll(src, dst[:0]), nil
}

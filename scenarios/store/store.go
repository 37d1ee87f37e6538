// Package store keeps the results of runs by what they follow from: the scenario with every default written out, its seed and the
// program. Whoever asks for the same run again, has it without playing: comparisons, sweeps, the lab.
//
// A file appears whole or not at all, and is checked when it is read: one that is damaged, or of another form, counts as absent and is
// replaced by the next run.
package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"strconv"

	"github.com/klauspost/compress/zstd"

	"pasar/scenarios/files"
	"pasar/scenarios/load"
	"pasar/scenarios/play"
)

// A Store is a folder of results. Several programs may use one at the same time. The nil Store keeps nothing.
type Store struct {
	dir     string
	version string
	pack    *zstd.Encoder
	unpack  *zstd.Decoder
}

// form is the first bytes of a file. It changes with what the file holds.
const form = "pasar run 2\n"

// Open opens a store for results of one program, and makes its folder if need be.
func Open(dir, version string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("store of runs: %w", err)
	}
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("store of runs: %w", err)
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, fmt.Errorf("store of runs: %w", err)
	}
	return &Store{dir, version, pack, unpack}, nil
}

// Key names a run: SHA-256 of the hash of its scenario, its seed and the program.
func Key(s *load.Scenario, version string) string {
	sum := sha256.Sum256([]byte(s.Hash + "\n" + strconv.FormatUint(s.Seed, 10) + "\n" + version))
	return hex.EncodeToString(sum[:])
}

func (o *Store) path(s *load.Scenario) string {
	key := Key(s, o.version)
	return filepath.Join(o.dir, key[:2], key[2:]+".run")
}

// Has tells whether there is a file for a run. Get may still find it damaged.
func (o *Store) Has(s *load.Scenario) bool {
	if o == nil {
		return false
	}
	_, err := os.Stat(o.path(s))
	return err == nil
}

// Get is the result of a scenario, or nil if it is not kept.
func (o *Store) Get(s *load.Scenario) *play.Result {
	if o == nil {
		return nil
	}
	b, err := os.ReadFile(o.path(s))
	if err != nil {
		return nil
	}
	v, err := o.decode(b)
	if err != nil {
		return nil
	}
	return play.Restore(s, v)
}

var errForm = errors.New("not a run of this form")

func (o *Store) decode(b []byte) (*play.Saved, error) {
	if len(b) < len(form)+4 || string(b[:len(form)]) != form {
		return nil, errForm
	}
	body := b[len(form)+4:]
	if crc32.Checksum(body, castagnoli) != uint32(b[len(form)])|uint32(b[len(form)+1])<<8|uint32(b[len(form)+2])<<16|uint32(b[len(form)+3])<<24 {
		return nil, errForm
	}
	plain, err := o.unpack.DecodeAll(body, nil)
	if err != nil {
		return nil, err
	}
	k := &kept{}
	if err := gob.NewDecoder(bytes.NewReader(plain)).Decode(k); err != nil {
		return nil, err
	}
	return k.saved()
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Put keeps a result.
func (o *Store) Put(r *play.Result) error {
	if o == nil || r.Stopped {
		return nil
	}
	k := keptOf(r.Saved())
	var plain bytes.Buffer
	plain.Grow(len(k.Rows) + 1<<20) // and all else
	if err := gob.NewEncoder(&plain).Encode(k); err != nil {
		return fmt.Errorf("store of runs: %w", err)
	}
	body := o.pack.EncodeAll(plain.Bytes(), nil)
	sum := crc32.Checksum(body, castagnoli)
	b := append([]byte(form), byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24))
	path := o.path(r.Scenario)
	if err := files.Replace(path, append(b, body...)); err != nil {
		return fmt.Errorf("store of runs: %w", err)
	}
	return nil
}

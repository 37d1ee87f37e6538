package record

import (
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// A sealed recording has the heads of all its frames in one file, so that it can be opened without reading them all, and a list of
// checksums of this file and those that hold its messages. By it damage is found before JetStream
// opens them: it would mend what it can, by leaving out what it cannot read. For each file there is a line: name, size, and the CRC-32C of each
// piece. The last line is the CRC-32C of all others.
const (
	indexFile = "index"
	sumsFile  = "sums"
	sumsTitle = "pasar recording, sums 1\n"
	sumsPiece = 1 << 20
)

// writeSums writes the list for the recording in a folder that nobody has open.
func writeSums(dir string) error {
	b, err := sumsOf(dir)
	if err != nil {
		return err
	}
	return writeFile(dir, sumsFile, b)
}

// writeFile writes a file that is whole as soon as it is there.
func writeFile(dir, name string, b []byte) error {
	name = filepath.Join(dir, name)
	if err := os.WriteFile(name+".new", b, 0o644); err != nil {
		return err
	}
	return os.Rename(name+".new", name)
}

// sumsOf is the list as it ought to be.
func sumsOf(dir string) ([]byte, error) {
	names, err := files(dir)
	if err != nil {
		return nil, err
	}
	b := []byte(sumsTitle)
	piece := make([]byte, sumsPiece)
	for _, name := range names {
		short, err := filepath.Rel(dir, name)
		if err != nil {
			return nil, err
		}
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		size, line := 0, ""
		for err == nil {
			var n int
			if n, err = io.ReadFull(f, piece); n > 0 {
				size += n
				line += fmt.Sprintf(" %08x", crc32.Checksum(piece[:n], castagnoli))
			}
		}
		f.Close()
		if !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return nil, err
		}
		b = fmt.Appendf(b, "%s %d%s\n", filepath.ToSlash(short), size, line)
	}
	return fmt.Appendf(b, "%08x\n", crc32.Checksum(b, castagnoli)), nil
}

// checkSums compares the files of a recording with its list and says where they differ. Where there is none, the error is fs.ErrNotExist.
func checkSums(dir string) error {
	want, err := os.ReadFile(filepath.Join(dir, sumsFile))
	if err != nil {
		return err
	}
	if at := bytes.LastIndexByte(bytes.TrimSuffix(want, []byte("\n")), '\n') + 1; !bytes.HasPrefix(want, []byte(sumsTitle)) ||
		string(want[at:]) != fmt.Sprintf("%08x\n", crc32.Checksum(want[:at], castagnoli)) {
		return fmt.Errorf("%w: file %s", ErrDamaged, sumsFile)
	}
	got, err := sumsOf(dir)
	if err != nil || bytes.Equal(got, want) {
		return err
	}
	is := map[string][]string{}
	for line := range strings.Lines(string(got)) {
		f := strings.Fields(line)
		is[f[0]] = f
	}
	for line := range strings.Lines(string(want)) {
		w := strings.Fields(line)
		g := is[w[0]]
		switch {
		case len(w) < 3 || w[0] == "pasar":
		case g == nil:
			return fmt.Errorf("%w: file %s is missing", ErrDamaged, w[0])
		case g[1] != w[1]:
			return fmt.Errorf("%w: file %s has %s bytes, not %s", ErrDamaged, w[0], g[1], w[1])
		}
		for i := range w {
			if g != nil && i > 1 && g[i] != w[i] {
				return fmt.Errorf("%w: file %s, bytes %d to %d", ErrDamaged, w[0], (i-2)*sumsPiece, (i-1)*sumsPiece-1)
			}
		}
	}
	return fmt.Errorf("%w: there are files that were not there when it was sealed", ErrDamaged)
}

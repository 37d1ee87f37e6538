package store

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// A Kept is a run in a store.
type Kept struct {
	Path string
	Size int64
	At   time.Time // when it was played
}

// file is how a file of a store is named: the key in two parts.
var file = regexp.MustCompile(`^[0-9a-f]{2}/[0-9a-f]{62}\.run$`)

// List is the runs in a store, the oldest first. What is not a file of the store is left out. A store that is not there is empty.
func List(dir string) (list []Kept, err error) {
	err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) {
			return nil // or no longer
		}
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil || !file.MatchString(filepath.ToSlash(name)) || !begins(path) {
			return err
		}
		info, err := d.Info()
		if err == nil {
			list = append(list, Kept{path, info.Size(), info.ModTime()})
		}
		return err
	})
	slices.SortStableFunc(list, func(a, b Kept) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Path, b.Path)) })
	return list, err
}

// begins tells whether a file begins as those of a store of any form do.
func begins(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, len(form))
	n, _ := f.Read(head)
	family := form[:strings.LastIndexByte(form, ' ')+1]
	return strings.HasPrefix(string(head[:n]), family)
}

// Over is which of the runs would have to go, the oldest first, so that all others take at most limit bytes.
func Over(list []Kept, limit int64) []Kept {
	sum := int64(0)
	for i := len(list) - 1; i >= 0; i-- {
		if sum += list[i].Size; sum > limit {
			return list[:i+1]
		}
	}
	return nil
}

// Remove deletes a run. Whoever asks for it will have to play it again.
func (k *Kept) Remove() error {
	if err := os.Remove(k.Path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	_ = os.Remove(filepath.Dir(k.Path)) // if it is empty now
	return nil
}

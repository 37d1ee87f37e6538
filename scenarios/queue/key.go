package queue

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nkeys"
)

// NewKey makes a key for a worker and writes it to a file that only its owner may read; there must be no such file yet. The public key,
// which is no secret, is what a server must know.
func NewKey(path string) (public string, err error) {
	pair, err := nkeys.CreateUser()
	if err != nil {
		return "", fmt.Errorf("new key: %w", err)
	}
	defer pair.Wipe()
	seed, err := pair.Seed()
	if err != nil {
		return "", fmt.Errorf("new key: %w", err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("new %w: there is a file %s, and no key is written over; name another", ErrKey, path)
	}
	if err != nil {
		return "", fmt.Errorf("new key: %w", err)
	}
	_, err = f.Write(append(seed, '\n'))
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return "", fmt.Errorf("new key: %w", err)
	}
	return pair.PublicKey()
}

// PublicKey is that of the key in a file.
func PublicKey(path string) (string, error) {
	text, err := readKey(path)
	if err != nil {
		return "", err
	}
	pair, err := nkeys.ParseDecoratedNKey(text)
	if err != nil {
		return "", fmt.Errorf("key in %s: %w", path, err)
	}
	defer pair.Wipe()
	return pair.PublicKey()
}

// ErrKey is wrapped where a key, or the file of one, is not what it should be.
var ErrKey = errors.New("key")

// readKey reads a file that nobody else may read.
func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: there is no file %s; pasar worker --new-key %s writes one", ErrKey, path, path)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("%w in %s: others can read it; do: chmod 600 %s", ErrKey, path, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrKey, err)
	}
	return text, nil
}

// keyOption reads a file with a key or, if it holds a token too, with credentials.
func keyOption(path string) (nats.Option, error) {
	text, err := readKey(path)
	if err != nil {
		return nil, err
	}
	if bytes.Contains(text, []byte("BEGIN NATS USER JWT")) {
		return nats.UserCredentials(path), nil
	}
	option, err := nats.NkeyOptionFromSeed(path)
	if err != nil {
		return nil, fmt.Errorf("%w in %s: it holds no key of a user: %w", ErrKey, path, err)
	}
	return option, nil
}

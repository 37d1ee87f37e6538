package queue

import (
	"bytes"
	"fmt"
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

// readKey reads a file that nobody else may read.
func readKey(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	if info.Mode().Perm()&0o077 != 0 {
		return nil, fmt.Errorf("key in %s: others can read it; do: chmod 600 %s", path, path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
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
		return nil, fmt.Errorf("key in %s: it holds no key of a user: %w", path, err)
	}
	return option, nil
}

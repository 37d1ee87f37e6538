package cli

import (
	"errors"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasar/scenarios/queue"
)

// A link holds the flags that name a NATS server that is there, and who we are to it.
type link struct {
	nats string
	key  string
	ca   string
}

func (l *link) declare(f *pflag.FlagSet) {
	f.StringVar(&l.nats, "nats", "", "a NATS server with JetStream: `URL`, or several of one cluster with commas between")
	f.StringVar(&l.key, "key", "", "`file` with the key that the server knows, as pasar worker --new-key writes it, or with .creds")
	f.StringVar(&l.ca, "ca", "", "`file` with the certificates of those who vouch for the server")
}

// dial connects.
func (l *link) dial() (*queue.Conn, error) {
	url, err := natsURL(l.nats)
	if err != nil {
		return nil, err
	}
	c, err := queue.Dial(queue.DialOptions{URL: url, Key: l.key, CA: l.ca})
	return c, ofKey(err)
}

// ofKey makes what is wrong with a key a mistake of whoever typed the command.
func ofKey(err error) error {
	if errors.Is(err, queue.ErrKey) {
		return &failure{BadInput, err}
	}
	return err
}

// only lets a verb know just these flags.
func (l *link) only(c *cobra.Command) *cobra.Command {
	c.Flags().SortFlags = false
	l.declare(c.Flags())
	return c
}

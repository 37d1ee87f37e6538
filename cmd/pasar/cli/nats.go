package cli

import (
	"net"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"pasar/scenarios/load"
)

// Credentials of an outside NATS server come from the environment: whatever stands on a command line can be read by every
// user of the machine.
const (
	userVar     = "PASAR_NATS_USER"
	passwordVar = "PASAR_NATS_PASSWORD"
)

var schemes = []string{"nats", "tls", "ws", "wss"}

// natsURL checks the addresses given, separated by commas, and puts the credentials into them.
func natsURL(list string) (string, error) {
	if list == "" {
		return "", nil
	}
	var done []string
	for one := range strings.SplitSeq(list, ",") {
		if !strings.Contains(one, "://") {
			one = "nats://" + one
		}
		u, err := url.Parse(strings.TrimSpace(one))
		switch {
		case err == nil && u.User != nil:
			return "", usage("--nats: credentials do not belong on a command line, where others can read them\n"+
				"set %s and %s in the environment instead", userVar, passwordVar)
		case err != nil || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.Fragment != "":
			return "", usage("--nats %q is not the address of a server, such as nats://127.0.0.1:4222", one)
		}
		if err := known(u.Scheme); err != nil {
			return "", err
		}
		if user := os.Getenv(userVar); user != "" {
			u.User = url.UserPassword(user, os.Getenv(passwordVar))
		} else if os.Getenv(passwordVar) != "" {
			return "", usage("%s is set and %s is not", passwordVar, userVar)
		}
		// A comma is allowed in a password and would part two addresses.
		done = append(done, strings.ReplaceAll(u.String(), ",", "%2C"))
	}
	return strings.Join(done, ","), nil
}

func known(scheme string) error {
	for _, s := range schemes {
		if s == scheme {
			return nil
		}
	}
	return unknown("kind of address", scheme+"://", []string{"nats://", "tls://", "ws://", "wss://"})
}

// hide takes the password out of a message.
func hide(text string) string {
	password := os.Getenv(passwordVar)
	if len(password) < 4 { // what is that short hides nothing and could be part of any word
		return text
	}
	text = strings.ReplaceAll(text, password, "***")
	_, escaped, _ := strings.Cut(url.UserPassword("u", password).String(), ":")
	return strings.ReplaceAll(text, escaped, "***")
}

// checkListen wants an address that only this machine can reach.
func checkListen(address string) error {
	if address == "" {
		return nil
	}
	host, port, err := net.SplitHostPort(address)
	if n, bad := strconv.Atoi(port); err != nil || bad != nil || n < 1 || n > 65535 {
		return usage("--listen %q is not an address such as 127.0.0.1:4333", address)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return usage("--listen %s: others than this machine could take part without a password\n"+
			"use a loopback address such as 127.0.0.1:%s, or --nats with a server that asks for credentials", address, port)
	}
	return nil
}

// subject is what may be part of a NATS subject and of a path. Empty: a name will be made.
var subject = regexp.MustCompile(`^[A-Za-z0-9_-]{0,64}$`)

// sharedID names a run that several processes play: each of them finds the same name without being told.
func sharedID(s *load.Scenario) string {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("pasar:"+s.Hash+":"+strconv.FormatUint(s.Seed, 10)+":"+Version())).String()
}

package serve

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"

	"pasar/scenarios/lab"
	"pasar/scenarios/load"
	"pasar/scenarios/say"
)

// A reply is an error as browsers are told of it.
type reply struct {
	Message  string    `json:"message"`
	Allowed  string    `json:"allowed,omitempty"`
	Near     string    `json:"near,omitempty"`
	Said     lab.Text  `json:"said,omitzero"` // the same for people, where there are such words
	Mistakes []mistake `json:"mistakes,omitempty"`
}

// A mistake is one in a scenario.
type mistake struct {
	File    string `json:"file"`
	Line    int    `json:"line"`
	Col     int    `json:"col"`
	Path    string `json:"path"`
	Code    string `json:"code"` // syntax, name, value
	Message string `json:"message"`
	Allowed string `json:"allowed,omitempty"`
	Near    string `json:"near,omitempty"`
}

func mistakes(list load.Errors) []mistake {
	all := []mistake{}
	for _, e := range list {
		m := mistake{e.File, e.Line, e.Col, e.Path, "value", e.What, e.Allowed, e.Near}
		switch {
		case e.Near != "" || e.Allowed != "" && strings.HasPrefix(e.What, "there is no"):
			m.Code = "name"
		case e.Path == "" && e.Line > 0:
			m.Code = "syntax"
		}
		all = append(all, m)
	}
	return all
}

// complain tells of an error with the status that fits.
func (l *Lab) complain(w http.ResponseWriter, r *http.Request, err error) {
	status, body := http.StatusInternalServerError, reply{Message: err.Error()}
	if !l.guard.host(r) {
		body.Message = placeless(body.Message, l.o.Dir)
	}
	var p *problem
	var wrong *lab.Wrong
	var list load.Errors
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &list):
		status, body = http.StatusBadRequest, reply{Message: firstLines(list.Error(), 5), Mistakes: mistakes(list)}
	case errors.As(err, &wrong):
		if status = http.StatusBadRequest; errors.As(err, &p) {
			status = p.status
		}
		body = reply{Message: wrong.Error(), Allowed: wrong.Allowed, Near: wrong.Near, Said: wrong.Said}
	case errors.As(err, &large):
		status, body = http.StatusRequestEntityTooLarge, reply{Message: fmt.Sprintf("the request is larger than %d bytes", large.Limit)}
	case errors.As(err, &p):
		status, body.Said = p.status, p.said
	case r.Context().Err() != nil:
		return // nobody listens any more
	}
	if status == http.StatusTooManyRequests {
		w.Header().Set("Retry-After", "2")
	}
	if strings.HasPrefix(r.URL.Path, "/api/") {
		sendStatus(w, status, map[string]reply{"error": body})
		return
	}
	text := cmp.Or(body.Said.EN, body.Message)
	if l.lang(r) == "id" {
		text = cmp.Or(body.Said.ID, body.Message)
	}
	l.sorry(w, r, status, text)
}

func firstLines(s string, n int) string {
	lines := strings.SplitN(s, "\n", n+1)
	return strings.Join(lines[:min(n, len(lines))], "\n")
}

// placeless leaves out of a text where on this machine it happened.
func placeless(text, dir string) string {
	if filepath.IsAbs(dir) {
		return strings.ReplaceAll(text, dir, "…")
	}
	return text
}

// A problem is an error with the status that fits, and with words for people where it has some.
type problem struct {
	status int
	err    error
	said   lab.Text
}

func (p *problem) Error() string { return p.err.Error() }
func (p *problem) Unwrap() error { return p.err }

// refuse is for what only programs can get wrong.
func refuse(status int, format string, args ...any) error {
	return &problem{status: status, err: fmt.Errorf(format, args...)}
}

// refuseIn is for what people can get wrong, in English and Indonesian with the same arguments.
func refuseIn(status int, en, id string, args ...any) error {
	said := lab.TextOf(en, id, args...)
	return &problem{status, errors.New(said.EN), lab.Text{EN: say.Upper(said.EN) + ".", ID: say.Upper(said.ID) + "."}}
}

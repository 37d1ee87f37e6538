// Package web holds what the browser is sent: the front end, once it is built, and what stands in for it until then.
package web

import (
	"embed"
	"io/fs"
)

//go:embed all:ui
var files embed.FS

// Placeholder says how to build the front end.
//
//go:embed ui/placeholder.html
var Placeholder string

// Built is the front end; nil if it was not built when this program was.
func Built() fs.FS {
	dist, err := fs.Sub(files, "ui/dist")
	if err != nil {
		return nil
	}
	if _, err := fs.Stat(dist, "index.html"); err != nil {
		return nil
	}
	return dist
}

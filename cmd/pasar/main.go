// Command pasar replays a market of buyers, small sellers, creators and platforms, and answers "what if".
package main

import (
	"os"

	"pasar/cmd/pasar/cli"
	"pasar/cmd/pasar/web"
)

func main() { os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr, front())) }

func front() cli.Front { return cli.Front{UI: web.Built(), Notes: web.Placeholder} }

// Package cli is the command line of Pasar: one file a verb. It is the only part of the house that talks to a person, so
// it turns every mistake into a few lines that say what was wrong and what is allowed.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"pasar/scenarios/load"
)

// Exit codes.
const (
	Done      = 0
	Failed    = 1 // while running
	BadInput  = 2 // or bad usage: nothing was run
	NotAsSaid = 3 // a check did not hold
)

// A streams is where a verb reads and writes. What a person or a program asked for goes to out, everything else to err,
// what a browser is sent comes from front.
type streams struct {
	in       io.Reader
	out, err io.Writer
	front    Front
}

// A Front is what browsers are sent. The program's own comes from its first lines, so that a change of it compiles no verb anew.
type Front struct {
	UI    fs.FS  // the front end; nil: it is not built
	Notes string // HTML in its place
}

// verbs lists what the program can do, in the order of the help.
func verbs(s *streams) []*cobra.Command {
	return []*cobra.Command{runVerb(s), compareVerb(s), sweepVerb(s), workerVerb(s), verifyVerb(s), replayVerb(s), explainVerb(s), runsVerb(s), serveVerb(s), scenariosVerb(s), validateVerb(s), schemaVerb(s), benchVerb(s)}
}

// Main does what args ask for and returns the exit code.
func Main(args []string, stdin io.Reader, stdout, stderr io.Writer, front Front) (code int) {
	s := &streams{stdin, stdout, stderr, front}
	defer func() {
		if p := recover(); p != nil {
			code = Failed
			fmt.Fprintf(stderr, "pasar: this is a mistake in the program, not yours: %s\n", firstLine(fmt.Sprint(p)))
			if os.Getenv("PASAR_TRACE") != "" {
				_, _ = stderr.Write(debug.Stack())
			} else {
				fmt.Fprintln(stderr, "set PASAR_TRACE=1 to see where it happened, and please report it")
			}
		}
	}()
	root := rootCommand(s)
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.Execute()
	if err == nil {
		return Done
	}
	return complain(stderr, err)
}

func rootCommand(s *streams) *cobra.Command {
	var version bool
	root := &cobra.Command{
		Use:   "pasar VERB",
		Short: "Replays Indonesia's online market of 2023 and answers what if",
		Long: `Pasar replays a market of buyers, small sellers (SMEs), creators and platforms under the
events of 2023 in Indonesia: the ban of social commerce, the $840M deal and the pilot.

  pasar run pilot        plays what happened
  pasar scenarios        lists what else can be played
  pasar serve --open     shows all of it in a browser

Exit codes: 0 done, 1 failed while running, 2 bad input or usage, 3 a check did not hold.`,
		Args:              cobra.ArbitraryArgs,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case version:
				fmt.Fprintf(s.out, "pasar %s (%s)\n", Human, Version())
				return nil
			case len(args) == 0 && clicked(s):
				return openLab(s)
			case len(args) == 0:
				return c.Help()
			}
			return unknown("verb", args[0], names(c.Commands()))
		},
	}
	cobra.EnableCommandSorting = false
	cobra.MousetrapHelpText = "" // a double click opens the lab
	root.SetUsageTemplate(usageText)
	root.Flags().BoolVar(&version, "version", false, "print the version and the hash of this program")
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(verbs(s)...)
	root.SetHelpCommand(helpVerb(root))
	return root
}

// helpVerb is cobra's help, but for verbs that do not exist.
func helpVerb(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:    "help VERB",
		Short:  "Tells more of a verb",
		Hidden: true,
		RunE: func(_ *cobra.Command, path []string) error {
			c := root
			for _, name := range path {
				i := slices.IndexFunc(c.Commands(), func(c *cobra.Command) bool { return c.Name() == name })
				if i < 0 {
					return unknown("verb", name, names(c.Commands()))
				}
				c = c.Commands()[i]
			}
			c.InitDefaultHelpFlag()
			return c.Help()
		},
	}
}

// usageText is the help of a verb: how to call it, examples, verbs below it, flags.
const usageText = `Usage:
  {{if .HasAvailableSubCommands}}{{.CommandPath}} {{if .HasParent}}NAME{{else}}VERB{{end}} [flags]{{else}}{{.UseLine}}{{end}}
{{- if .HasExample}}

Examples:
{{.Example}}{{end}}
{{- if .HasAvailableSubCommands}}
{{range .Commands}}{{if .IsAvailableCommand}}
  {{rpad .Name .NamePadding}} {{.Short}}{{end}}{{end}}{{end}}
{{- if .HasAvailableLocalFlags}}

Flags:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}{{end}}
{{- if .HasAvailableSubCommands}}

{{.CommandPath}} {{if .HasParent}}NAME{{else}}VERB{{end}} --help tells more of each.{{end}}
`

func names(commands []*cobra.Command) (list []string) {
	for _, c := range commands {
		if !c.Hidden {
			list = append(list, c.Name())
		}
	}
	return list
}

// A failure is an error with the exit code it leads to.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

// usage is a mistake of whoever typed the command.
func usage(format string, args ...any) error {
	return &failure{BadInput, fmt.Errorf(format, args...)}
}

// unknown is usage of a name that does not exist.
func unknown(what, name string, known []string) error {
	if near := load.Nearest(name, known); near != "" {
		return usage("there is no %s %q; did you mean %q?", what, name, near)
	}
	return usage("there is no %s %q; there are: %s", what, name, strings.Join(known, ", "))
}

// flagError explains what is wrong with a flag, with the nearest name of one that exists.
func flagError(c *cobra.Command, err error) error {
	var missing *pflag.NotExistError
	if errors.As(err, &missing) && len(missing.GetSpecifiedName()) > 1 {
		var known []string
		c.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, "--"+f.Name) })
		return unknown("flag", "--"+missing.GetSpecifiedName(), known)
	}
	var wrong *pflag.InvalidValueError
	if errors.As(err, &wrong) {
		want := map[string]string{"int": "a whole number", "uint64": "a whole number, 0 or more", "float64": "a number", "duration": "a length of time such as 30s", "bool": "true or false"}
		if w := want[wrong.GetFlag().Value.Type()]; w != "" {
			return usage("--%s %s: it must be %s; see pasar help %s", wrong.GetFlag().Name, wrong.GetValue(), w, below(c))
		}
	}
	return usage("%s; see pasar help %s", firstLine(err.Error()), below(c))
}

// below is a verb as one types it after pasar.
func below(c *cobra.Command) string { return strings.TrimPrefix(c.CommandPath(), c.Root().Name()+" ") }

// exactly wants n arguments, and says which.
func exactly(n int, what string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%s takes %s, not %d; see pasar help %s", c.Name(), what, len(args), below(c))
		}
		return nil
	}
}

// complain tells of an error and returns its exit code.
func complain(w io.Writer, err error) int {
	text := hide(err.Error())
	var mistakes load.Errors
	var f *failure
	switch {
	case errors.As(err, &mistakes):
		fmt.Fprintln(w, hide(mistakes.Error()))
		return BadInput
	case errors.As(err, &f):
		fmt.Fprintln(w, "pasar: "+text)
		return f.code
	}
	fmt.Fprintln(w, "pasar: "+text)
	return Failed
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

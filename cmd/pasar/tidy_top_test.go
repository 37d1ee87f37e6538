package main

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The top level holds what product.md 4 lists, and nothing else: results of a run that somebody wrote there are not committed.
func TestTopLevel(t *testing.T) {
	out, err := exec.Command("git", "-C", "../..", "ls-files").Output()
	if err != nil {
		t.Skipf("not a git checkout: %v", err)
	}
	allowed := []string{
		".ci", ".gitignore", "ARCHITECTURE.md", "CHANGELOG.md", "Dockerfile", "LICENSE", "Makefile", "README.md", "agents", "cmd",
		"docker-compose.yml", "docs", "go.mod", "go.sum", "scenarios", "sim",
	}
	for name := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(strings.TrimSpace(name), "/")
		if !slices.Contains(allowed, top) {
			t.Fatalf("%s is committed; the top level is %s", strings.TrimSpace(name), strings.Join(allowed, ", "))
		}
	}
}

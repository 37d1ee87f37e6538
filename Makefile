# make lists what there is; each target is one command.
.DEFAULT_GOAL := help
.PHONY: help test race same golden bench tidy docs nightly dist lab front verbs

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z%]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## all tests, as in the README
	go test ./...

race: ## the tests of a short run under the race detector
	go test -race -short ./sim/... ./agents/... ./scenarios/... ./cmd/pasar/...

same: ## one history, however it is spread over goroutines, processes and actors
	go test -count=1 -run 'Same|Scripts/(run|procs)$$' ./sim/simtest ./scenarios/... ./cmd/pasar

golden: ## golden digests of the library
	go test -count=1 -run Golden ./scenarios/...

bench: ## PHOLD, the market and sweeps on this machine
	go build -o dist/pasar ./cmd/pasar && dist/pasar bench phold && dist/pasar bench market && dist/pasar bench sweep

tidy: ## the house rules
	go test -count=1 -skip Scripts ./cmd/pasar

docs: ## what the documents say about files, tests and commands
	go test -count=1 -run 'Docs|Scripts/(help|library|validate)$$' ./cmd/pasar

nightly: ## what takes hours: everything under the race detector, and fuzzing
	.ci/nightly

dist: ## one static binary in dist/
	CGO_ENABLED=0 go build -trimpath -ldflags '-s -w' -o dist/pasar ./cmd/pasar

e%: ## e1 to e11: an experiment, with its claim and what would show it false
	go run ./docs/experiments $@

lab: ## the browser lab: builds the front end (Node.js 20 or later) and the program, and opens it
	@$(MAKE) --no-print-directory -j2 front verbs
	$(eager) go build -ldflags '-s -w' -o dist/pasar ./cmd/pasar && dist/pasar serve --open

# A compiler that collects its garbage half as often takes a tenth less processor time, and a tenth more memory.
eager = GOGC=200

front: # what browsers are sent
	cd cmd/pasar/web && npm ci --omit=dev --no-audit --no-fund && npm run build

verbs: # compiles what does not wait for the front end: all but a few lines
	$(eager) go build ./cmd/pasar/cli

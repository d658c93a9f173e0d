# batchstudio: `make run` shows it at work, `make test` tests everything; both prepare the machine first.

PREFIX ?= $(HOME)/.local
DESTDIR ?=
SOURCES = Sources Tests Themes Plugins Package.swift
COMPLETIONS = $(DESTDIR)$(PREFIX)/share
STATIC = .build/static

.PHONY: run build test cluster-test cluster-torture report-test coverage lint format bench bench-large bench-cluster screens torture split-proof crowd fuzz clean install uninstall dist dist-test \
	docs check prepare

run: prepare
	@scripts/run.sh

build: prepare
	swift build -c release

# Tests that start processes run one by one and apart: their waiting would hold up Swift's few threads, and the monitor of
# Swift Testing's exit tests spins while another test's child waits to be reaped.
PROCESS_TESTS = EndToEndTests|TerminalPtyTests|BatchExecutorTests|BatchWorkersTests|ProgramTests

# The built tests themselves: "swift test" would keep back their last lines, which tell where a run hangs.
RUN_TESTS = timeout --kill-after=10 2400 .build/debug/batchstudioPackageTests.xctest --testing-library swift-testing

test: prepare lint
	swift build --build-tests
	$(RUN_TESTS) --skip '$(PROCESS_TESTS)'
	$(RUN_TESTS) --no-parallel --filter '$(PROCESS_TESTS)'
	@scripts/python-tests.sh
	@scripts/split-proof.sh .build/debug/batchstudio --rounds 5 --seed 7
	python3 Tests/Torture/torture.py --seconds 60 --seed 333
	@CLUSTER_TESTS=short scripts/cluster-tests.sh

# Jobs on a real Ray cluster of two nodes, and all that may die under them; `make test` runs a short part.
cluster-test: prepare
	swift build --build-tests
	@scripts/cluster-tests.sh

# A report of a real job in a headless Chromium, with pictures in .build/report-screenshots.
report-test: prepare
	swift build --product batchstudio
	@scripts/report-tests.sh

# Faults on jobs on a Ray cluster, several in each job; the table in docs/clusters.md is what it prints.
cluster-torture: prepare
	swift build -c release --product batchstudio
	BATCHSTUDIO=.build/release/batchstudio scripts/cluster-tests.sh torture --faults $(or $(N),100) --seed $(or $(SEED),1) \
		--only "$(FAULT)"

# The lines that the Swift tests run, a row a target. A build of its own, because measured code is slower.
coverage: prepare
	@scripts/coverage.sh '$(PROCESS_TESTS)'

# Faults on real jobs; the table in docs/reliability.md is what it prints.
torture: prepare
	swift build -c release --product batchstudio
	BATCHSTUDIO=.build/release/batchstudio python3 Tests/Torture/torture.py --faults $(or $(N),100) --seed $(or $(SEED),1) \
		--only "$(FAULT)"

# Random tables in parts and in blocks, against the same files scored whole: make split-proof N=100 SEED=3.
split-proof: prepare
	swift build -c release --product batchstudio
	@scripts/split-proof.sh .build/release/batchstudio --rounds $(or $(N),100) --seed $(or $(SEED),1)

# Sixteen command lines, the studio and the executor at work on one workspace.
crowd: prepare
	swift build --build-tests
	MANY_AT_ONCE_SECONDS=$$(($(or $(MINUTES),3) * 60)) swift test --skip-build --filter ManyAtOnceTests

lint: prepare
	swift format lint --strict -r -p $(SOURCES)
	@scripts/lint-scripts.sh

format:
	swift format -i -r -p $(SOURCES)

# Everything that must hold before a change is offered.
check: test build

# All benchmarks, or the workloads of these letters: make bench WORKLOADS=a,c SCALE=0.1 ROUNDS=1. CHECK=1 fails when a ratio is
# below its threshold in Benchmarks/results/thresholds.json.
bench: prepare
	@WORKLOADS="$(WORKLOADS)" SCALE="$(or $(SCALE),1)" ROUNDS="$(or $(ROUNDS),3)" CHECK="$(CHECK)" scripts/bench.sh

# One CSV file larger than memory, with the peaks of executor and workers.
bench-large: prepare
	@SIZE="$(or $(SIZE),20GB)" scripts/bench.sh large

# Jobs on a Ray cluster against this machine and Ray Data, and 1,000 simulated workers: 12 minutes on a machine without other work.
bench-cluster: prepare
	@ROWS="$(or $(ROWS),1000000)" ROUNDS="$(or $(ROUNDS),3)" scripts/bench.sh cluster

# Draws the README's pictures from the pages; a test fails when they are stale.
screens: prepare
	RECORD_SCREENS=1 swift test --filter 'The pictures'
	git status --short docs/screens

# Has libFuzzer think of inputs for a reader: make fuzz TARGET=yaml SECONDS=600. What it finds is written to .build/fuzz;
# mend it and keep the input in Tests/FuzzTests/Findings.
fuzz: prepare
	@scripts/fuzz.sh "$(TARGET)" "$(or $(SECONDS),600)"

clean:
	rm -rf .build

# A build of its own: the Swift runtime is linked in, so that the program runs where no Swift is installed.
install: prepare
	swift build -c release --static-swift-stdlib --product batchstudio --scratch-path $(STATIC)
	install -d $(DESTDIR)$(PREFIX)/bin $(COMPLETIONS)/bash-completion/completions \
		$(COMPLETIONS)/zsh/site-functions $(COMPLETIONS)/fish/vendor_completions.d
	install -s -m 755 $(STATIC)/release/batchstudio $(DESTDIR)$(PREFIX)/bin/batchstudio
	$(STATIC)/release/batchstudio --generate-completion-script bash \
		> $(COMPLETIONS)/bash-completion/completions/batchstudio
	$(STATIC)/release/batchstudio --generate-completion-script zsh > $(COMPLETIONS)/zsh/site-functions/_batchstudio
	$(STATIC)/release/batchstudio --generate-completion-script fish \
		> $(COMPLETIONS)/fish/vendor_completions.d/batchstudio.fish
	@echo "Installed: $(DESTDIR)$(PREFIX)/bin/batchstudio, with completions for bash, zsh and fish."

# Takes away what `install` wrote; workspaces and caches stay.
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/batchstudio $(COMPLETIONS)/bash-completion/completions/batchstudio \
		$(COMPLETIONS)/zsh/site-functions/_batchstudio $(COMPLETIONS)/fish/vendor_completions.d/batchstudio.fish

# The packages: a wheel, a .deb, a .tar.gz, each with the same program, which needs no library of the system.
dist: prepare
	@scripts/dist.sh

# Installs each of them in a root without Swift, and scores the sample there; then `make run` in a root with no more than what
# README.md names. As root.
dist-test: dist
	@scripts/dist-test.sh
	@scripts/bare-test.sh

# The documentation as a site in .build/site, with all links checked.
docs:
	@scripts/docs.sh

prepare:
	@scripts/prepare.sh

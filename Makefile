# Precedent. The two commands that matter are `make run` and `make test`; `make help` lists the rest.
# Needed beforehand: make, Rust (rustup.rs) and Node 20.19 or newer. Everything else is installed or named here.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
export PATH := $(PATH):$(HOME)/.cargo/bin
export CARGO_TERM_COLOR ?= auto

CLI := target/debug/precedent
APP := target/debug/precedent-desktop
SAMPLE := target/sample
SCREENS := target/screens

# Each package with the reason it is needed; `sys` and `testsys` print them.
SYS_build-essential := C compiler and linker for libgit2
SYS_pkg-config := finds the libraries below
SYS_ca-certificates := lets cargo trust crates.io
SYS_git := commits with hooks or signing, fetch, push
SYS_libwebkit2gtk-4.1-dev := the web view the window draws with (pulls in GTK 3)
SYS := build-essential pkg-config ca-certificates git libwebkit2gtk-4.1-dev

SYS_webkit2gtk-driver := drives the real window in tests
SYS_xvfb := a screen without a screen
SYS_xauth := lets the window onto that screen
SYS_openssh-client := signs a commit in a test
SYS_ripgrep := a peer of the search bench
TESTSYS := $(SYS) webkit2gtk-driver xvfb xauth openssh-client

XVFB = $(if $(shell command -v xvfb-run),xvfb-run -a -s "-screen 0 1440x900x24",)
UI_SOURCES := $(shell find ui -path ui/node_modules -prune -o -path ui/dist -prune -o -type f -print 2>/dev/null)
SCORE_CORPUS = $(or $(CORPUS),$(wildcard ../shared/corpora/dev))

# Pictures of the design, shown beside ours in target/screens/index.html.
MOCKS ?= $(wildcard ../shared/design/png)

# The repository to open; a bare `make run` opens the sample log.
REPO ?=

.PHONY: help run test build sys testsys tools clippy ui ui-check sample corpus fuzz mutants oracles soak rank bench bench-ui lint fmt pictures bindings clean-sample

help: ## Show this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "  make run REPO=/path  open that repository instead of the sample"

run: build ## Build, then open the app on the sample decision log (or REPO=/path)
	@if [ -z "$(REPO)" ]; then $(MAKE) --no-print-directory sample; fi
	$(APP) "$(or $(REPO),$(SAMPLE))"

test: testsys clippy ui ## Everything that must hold: builds, lints of the UI, unit tests, the real window
	cargo build --workspace --locked --all-targets
	cargo clippy --workspace --locked --all-targets --quiet -- -D warnings
	cd ui && npm run --silent check
	cd ui && npm run --silent lint
	cd ui && npm run --silent test
	@corpus="$(SCORE_CORPUS)"; \
	if [ -n "$$corpus" ] && [ -d "$$corpus" ]; then \
	  corpus=$$(cd "$$corpus" && pwd); echo "make test: reads the repositories of $$corpus as well."; \
	else \
	  corpus=; echo "make test: SKIPPED: no corpus of real repositories here. Give one with CORPUS=/folder."; \
	fi; \
	CORPUS="$$corpus" $(XVFB) cargo test --workspace --locked
	@echo "make test: the screens are in $$(MOCKS="$(abspath $(MOCKS))" target/debug/contact-sheet)"

build: sys ui ## Build command line and app (debug)
	cargo build --workspace --locked

# ---- system packages ------------------------------------------------------------------------------------------------

# $(call need,<packages>): installs what is missing on Debian and Ubuntu, says what to install elsewhere.
define need
	why() { case "$$1" in $(foreach package,$(1),($(package)) echo "$(SYS_$(package))";;) esac; }; \
	if [ "$$(uname -s)" != Linux ]; then \
	  echo "Not Linux: Tauri's prerequisites for this system are listed at https://tauri.app/start/prerequisites/"; \
	  exit 0; \
	fi; \
	if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then \
	  echo "Not a Debian system. Install what it calls these packages (see https://tauri.app/start/prerequisites/):"; \
	  for package in $(1); do echo "  $$package: $$(why $$package)"; done; \
	  echo "Fedora: gcc pkgconf git webkit2gtk4.1-devel xorg-x11-server-Xvfb xauth"; \
	  echo "Arch:   base-devel pkgconf git webkit2gtk-4.1 xorg-server-xvfb xorg-xauth"; \
	  exit 0; \
	fi; \
	missing=(); \
	for package in $(1); do \
	  [ "$$(dpkg-query -W -f='$${db:Status-Status}' "$$package" 2>/dev/null || true)" = installed ] || missing+=("$$package"); \
	done; \
	if [ $${#missing[@]} -gt 0 ]; then \
	  echo "Installing $${#missing[@]} system packages with apt-get:"; \
	  for package in "$${missing[@]}"; do echo "  $$package: $$(why $$package)"; done; \
	  sudo=(); \
	  if [ "$$(id -u)" != 0 ]; then \
	    sudo=(sudo); [ -t 0 ] || sudo=(sudo -n); \
	    "$${sudo[@]}" true || { \
	      echo "Only root may install them, and sudo is missing or refuses. As root, run this, then try again:"; \
	      echo "  apt-get update && apt-get install -y --no-install-recommends $${missing[*]}"; \
	      exit 2; \
	    } >&2; \
	  fi; \
	  "$${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq update; \
	  "$${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -qq install -y \
	    --no-install-recommends "$${missing[@]}" >/dev/null; \
	fi
endef

tools:
	@command -v cargo >/dev/null || { echo "Rust is missing. Install 1.90 or newer from https://rustup.rs." >&2; exit 2; }
	@[[ "$$(rustc --version)" =~ ^rustc\ 1\.([0-9]+) ]] && (( BASH_REMATCH[1] >= 90 )) || { \
	  echo "$$(rustc --version) is too old. Install 1.90 or newer from https://rustup.rs." >&2; exit 2; }
	@command -v npm >/dev/null || { echo "Node is missing. Install 20.19 or newer from https://nodejs.org." >&2; exit 2; }
	@[[ "$$(node --version)" =~ ^v([0-9]+)\.([0-9]+) ]] && (( BASH_REMATCH[1] * 1000 + BASH_REMATCH[2] >= 20019 )) || { \
	  echo "Node $$(node --version) is too old. Install 20.19 or newer from https://nodejs.org." >&2; exit 2; }

# rustup's minimal profile comes without it.
clippy: tools
	@cargo clippy --version >/dev/null 2>&1 || rustup component add clippy

sys: tools ## Install the system packages a build needs
	@$(call need,$(SYS))

testsys: tools ## Install the system packages the tests need as well
	@$(call need,$(TESTSYS))

# ---- window contents ------------------------------------------------------------------------------------------------

ui/node_modules/.package-lock.json: ui/package-lock.json
	cd ui && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

# The desktop embeds ui/dist, so it is only written again when a source of it changed.
ui/dist/index.html: ui/node_modules/.package-lock.json $(UI_SOURCES)
	cd ui && npm run --silent build
	@touch $@

ui: tools ui/dist/index.html ## Install npm packages and build the window's contents

ui-check: ui ## Types, lint and unit tests of the window's contents
	cd ui && npm run --silent check && npm run --silent lint && npm run --silent test

bindings: ## Write the generated files again: TypeScript types, docs/contract.md
	UPDATE_BINDINGS=1 cargo test --workspace --locked --lib bindings
	UPDATE_DOCS=1 cargo test --workspace --locked --test suite contract

# ---- data -----------------------------------------------------------------------------------------------------------

sample: $(CLI) ## Make the sample decision log in target/sample (once; `make clean-sample` to start over)
	@test -d $(SAMPLE)/.git || $(CLI) init --sample $(SAMPLE)

$(CLI):
	$(MAKE) build

clean-sample: ## Forget target/sample
	rm -rf $(SAMPLE)

corpus: ## Read and edit a folder of real repositories, fail under what must hold; in the window too (CORPUS=/folder)
	@corpus="$(SCORE_CORPUS)"; \
	if [ -z "$$corpus" ] || [ ! -d "$$corpus" ]; then \
	  echo "make corpus: no corpus here. Give one with CORPUS=/folder/of/repositories."; exit 0; \
	fi; \
	corpus=$$(cd "$$corpus" && pwd); \
	$(MAKE) --no-print-directory testsys build; \
	CORPUS="$$corpus" cargo test --workspace --locked --test suite -- corpus:: --nocapture; \
	CORPUS="$$corpus" $(XVFB) cargo test --workspace --locked --test window -- corpus; \
	home=$$(dirname "$$corpus"); name=$$(basename "$$corpus"); \
	if [ ! -f "$$home/score.py" ] || ! command -v python3 >/dev/null; then \
	  echo "make corpus: no score.py beside the corpus, or no python3: no second opinion."; exit 0; \
	fi; \
	arguments=(); \
	[ ! -f "$$home/$$name-expected.json" ] || arguments+=(--expected "$$home/$$name-expected.json"); \
	[ ! -f "$$home/$$name-queries.json" ] || arguments+=(--queries "$$home/$$name-queries.json"); \
	[ ! -f "$$home/$$name-not-records.json" ] || arguments+=(--not-records "$$home/$$name-not-records.json"); \
	python3 "$$home/score.py" $(CLI) "$$corpus" "$${arguments[@]}"

FUZZ_SECONDS ?= 60
# More folders of texts to begin with.
FUZZ_SEEDS ?=
FUZZ_TARGETS := parse edit render front_matter config
CARGO_FUZZ := target/tools/bin/cargo-fuzz

# Without a sanitiser a stable toolchain will do; what is looked for is panics and broken promises, not memory faults.
fuzz: tools ## Fuzz each target for FUZZ_SECONDS (60); what is found lands in tests/fuzz/artifacts
	@test -x $(CARGO_FUZZ) || cargo install cargo-fuzz --locked --root target/tools
	@for target in $(FUZZ_TARGETS); do \
	  mkdir -p "target/fuzz-seeds/$$target"; \
	  $(CARGO_FUZZ) fuzz run -s none --fuzz-dir tests/fuzz --target-dir target/fuzz "$$target" "target/fuzz-seeds/$$target" \
	    docs/decisions decisions-template $(FUZZ_SEEDS) -- -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10; \
	done

# Each shard breaks its part of the rules' engine piece by piece: a test has to fail for every piece. All of it takes hours,
# a shard MUTANT_SHARDS times less; MUTANT_FILES is a glob of sources. What survived is in target/mutants.out/missed.txt, and
# fails unless .cargo/mutants.toml names it with a reason. Without debug information a piece takes two seconds.
MUTANT_SHARDS ?= 8
MUTANT_SHARD ?= 0
MUTANT_FILES ?= crates/check/src/**/*.rs
CARGO_MUTANTS := target/tools/bin/cargo-mutants

mutants: tools ## Break crates/check piece by piece, tests must notice (MUTANT_SHARD=0 of MUTANT_SHARDS=8, MUTANT_FILES=glob)
	@test -x $(CARGO_MUTANTS) || cargo install cargo-mutants --locked --root target/tools
	CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$(abspath target/mutants)" $(CARGO_MUTANTS) mutants --package precedent-check \
	  --file '$(MUTANT_FILES)' --shard $(MUTANT_SHARD)/$(MUTANT_SHARDS) --output target --no-shuffle

# The version of ast-grep is that of the crates we use: another one may match otherwise.
ORACLES := target/oracles
AST_GREP = $(shell awk '/^name = "ast-grep-core"/ { getline; gsub(/[^0-9.]/, ""); print }' Cargo.lock)

# A clone of https://github.com/ast-grep/ast-grep.github.io: the rules and the code that it publishes are compared as well.
AST_GREP_CATALOG ?=

oracles: tools ## Compare with ast-grep (and its site's rules: AST_GREP_CATALOG=/clone), import-linter, SARIF multitool and ajv
	@command -v python3 >/dev/null || { echo "make oracles: python3 is missing" >&2; exit 2; }
	npm install --prefix $(ORACLES)/node --no-audit --no-fund --loglevel=error \
	  @ast-grep/cli@$(AST_GREP) @microsoft/sarif-multitool@5.7.0 ajv-cli@5.0.0
	@test -x $(ORACLES)/python/bin/pip || python3 -m venv $(ORACLES)/python
	$(ORACLES)/python/bin/pip install --quiet --disable-pip-version-check import-linter==2.7
	AST_GREP_CATALOG="$(AST_GREP_CATALOG)" ORACLES="$(abspath $(ORACLES))" cargo test --workspace --locked --test suite -- oracles:: --nocapture

# The seed of each failure is printed; SOAK_SEED and SOAK_SEQUENCES repeat it.
SOAK_SEQUENCES ?= 1000
# Generated repositories that are worked on by us and by git.
GIT_CASES ?= 500
SOAK_SEED ?= $(shell date +%s)

soak: tools ## Random acts of people, editors and git on watched repositories (SOAK_SEQUENCES=1000, SOAK_SEED=of the clock)
	SOAK_SEQUENCES=$(SOAK_SEQUENCES) SOAK_SEED=$(SOAK_SEED) cargo test --workspace --locked --test suite -- soak:: --nocapture
	GIT_CASES=$(GIT_CASES) cargo test --workspace --locked --lib -- git::tests::generated --nocapture

# What must hold of the ranking; `score.py` beside the corpus judges it from the outside.
RANK_MRR := 0.93
RANK_NDCG := 0.91

rank: ## Ranking over real questions to a folder of real repositories (CORPUS=/folder): fails under MRR 0.93, nDCG 0.91
	@corpus="$(SCORE_CORPUS)"; home=$$(dirname "$${corpus:-.}"); name=$$(basename "$${corpus:-.}"); \
	if [ -z "$$corpus" ] || [ ! -f "$$home/score.py" ] || [ ! -f "$$home/$$name-queries.json" ] || ! command -v python3 >/dev/null; then \
	  echo "make rank: SKIPPED: no questions here. They are CORPUS-queries.json beside the folder, with score.py and python3."; exit 0; \
	fi; \
	$(MAKE) --no-print-directory build; \
	python3 "$$home/score.py" $(CLI) "$$corpus" --queries "$$home/$$name-queries.json" --edits 0 | tee target/rank.txt; \
	awk '/^search +MRR/ { found = 1; good = ($$3 >= $(RANK_MRR) && $$5 >= $(RANK_NDCG)) } \
	  END { if (!found || !good) { print "make rank: MRR must be at least $(RANK_MRR) and nDCG@10 at least $(RANK_NDCG)"; exit 1 } }' target/rank.txt

# Records of the search bench; 100000 takes half an hour.
BENCH_SIZES ?= 1000 10000

bench: sys ## Records from a seed: opening, following, index and search beside ripgrep, SQLite and bare tantivy; status and histories beside git; check beside ripgrep and ast-grep
	@$(call need,ripgrep)
	cargo bench --workspace --locked --bench ten_thousand --bench following --bench beside_git --bench checking
	cargo build --release --workspace --locked --bin precedent
	cargo build --release --locked --manifest-path tests/bench/peers/Cargo.toml --target-dir target
	PRECEDENT=target/release/precedent target/release/precedent-bench $(BENCH_SIZES)

bench-ui: testsys build ## The real window beside an empty one, release build: start, memory, list, reading, search (PRECEDENT_APP=/path measures another)
	cargo build --workspace --locked --bins --examples
	cargo build --release --workspace --locked --bin precedent-desktop --example empty-window
	target/debug/examples/bench-log target/bench-log-1000 1000
	target/debug/examples/bench-log target/bench-log 10000
	WEBKIT_SKIA_ENABLE_CPU_RENDERING=0 EMPTY_WINDOW=target/release/examples/empty-window PRECEDENT_APP="$${PRECEDENT_APP:-target/release/precedent-desktop}" \
	  target/debug/bench-ui target/bench-log-1000 target/bench-log

# ---- upkeep ---------------------------------------------------------------------------------------------------------

lint: ui ## Formatting, clippy with warnings as errors, eslint, svelte-check
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cd ui && npm run --silent lint && npm run --silent check

fmt: ## Format the Rust sources
	cargo fmt --all

pictures: ## The test run's screenshots: a sheet of all (MOCKS=/folder beside their mocks), a few into docs/pictures
	@test -d $(SCREENS) || { echo "No $(SCREENS): run \`make test\` first." >&2; exit 2; }
	@MOCKS="$(abspath $(MOCKS))" target/debug/contact-sheet
	@mkdir -p docs/pictures
	@for name in library search editor supersede changes governance lineage welcome; do \
	  if [ -f "$(SCREENS)/$$name.png" ]; then cp "$(SCREENS)/$$name.png" docs/pictures/; echo "docs/pictures/$$name.png"; fi; \
	done

# Every command of the project. `make demo` and `make test` set up what they need by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
UV := $(shell uv --version >/dev/null 2>&1 && echo uv)

FUZZ_SECONDS ?= 600
PACKAGE ?= examples/packages/loan-package.pdf
OUT ?= demo-out
WORK ?= quality-out

.DEFAULT_GOAL := help
.PHONY: help setup demo test check format look stare core-alone bench quality fuzz examples docs lock clean

help:  ## Say what each target does.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(STAMP)  ## Build .venv from the hashed lock, by uv where there is one, else by pip.

# Nothing unhashed is ever installed: the build backend comes from the lock too, hence no build isolation.
$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "casefold needs Python 3.11 or later: make PYTHON=python3.12 ...")'
ifeq ($(UV),uv)
	@test -x $(BIN)/python || uv venv --quiet --clear --python "$$($(PYTHON) -c 'import sys; print(sys.executable)')" $(VENV)
	uv pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

demo: setup  ## Run one loan package and say where the report is.
	$(BIN)/casefold run $(PACKAGE) --out $(OUT)
	@echo "The report is $(OUT)/$(basename $(notdir $(PACKAGE)))/report.html"

test: setup  ## Run every test, doctest and law.
	$(BIN)/python -m pytest

look: setup  ## Run every test with 200 examples a law, as CI does.
	HYPOTHESIS_PROFILE=look $(BIN)/python -m pytest

stare: setup  ## Run every test with 5,000 random examples a law: for the night.
	HYPOTHESIS_PROFILE=stare $(BIN)/python -m pytest

check: setup  ## Lint, format check, types twice, import contracts.
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/basedpyright
	$(BIN)/lint-imports

format: setup  ## Format, and fix what ruff can fix.
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

core-alone: setup  ## Install the wheel bare and import the whole core.
	$(BIN)/python tests/core_alone.py

bench: setup  ## Measure a run against bare text extraction.
	$(BIN)/casefold bench $(PACKAGE)

fuzz: setup  ## Fuzz every loader and evaluator, FUZZ_SECONDS each (Linux on x86_64).
ifeq ($(UV),uv)
	uv pip install --quiet --python $(BIN)/python --require-hashes -r tests/fuzz/requirements.lock
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/fuzz/requirements.lock
endif
	$(BIN)/python -m tests.fuzz.fuzz $(FUZZ_SECONDS)

# Everything that docs/reference/quality.md tells, of the packages in SUITE; hours on two processors, less when done again.
quality: setup  ## Publish the page of quality: SUITE=... MANIFEST=... FOLDS=... LARGE=package.pdf WORK=scratch
	@mkdir -p $(WORK)
	$(BIN)/python -m tests.adapters.test_seeded_defects $(WORK)/defects.json
	$(BIN)/python -m tests.cascade $(WORK)/clean
	$(BIN)/python -m tests.cascade $(WORK)/scan --quality scan --packages 64 --held-out 20 --pages 12 --risk 0.1
	$(BIN)/python -m tests.cascade $(WORK)/suite --suite $(SUITE) --cases $(WORK)/cases
	$(BIN)/python -m tests.large $(LARGE) $(WORK)/large.json
	$(BIN)/casefold eval --suite $(SUITE) --cases $(WORK)/cases --out docs/reference --sources $(MANIFEST) \
	    --folds $(FOLDS) --notes docs/quality-notes.txt --more $(WORK)/defects.json --more $(WORK)/clean/cascade.json \
	    --more $(WORK)/scan/cascade.json --more $(WORK)/suite/suite.json --more $(WORK)/large.json

examples: setup  ## Run every example to its end.
	@set -e; for example in examples/*.py; do echo "== $$example"; $(BIN)/python "$$example"; done

docs: setup  ## Build the documentation site; a warning is an error.
	$(BIN)/sphinx-build --quiet --fail-on-warning --nitpicky --keep-going --fresh-env docs docs/_build/html
	@echo "The site is docs/_build/html/index.html"

lock:  ## Resolve anew (needs uv) and write the host-free requirements.lock.
	uv lock --upgrade
	uv export --quiet --locked --no-emit-project --all-extras --no-extra ray --all-groups --no-group fuzz --format requirements-txt --no-annotate --no-header -o requirements.lock
	uv export --quiet --locked --no-emit-project --only-group fuzz --format requirements-txt --no-annotate --no-header -o tests/fuzz/requirements.lock
	@! grep -n ':/[/]' requirements.lock tests/fuzz/requirements.lock

clean:  ## Remove everything that a target made.
	rm -rf $(VENV) .servers $(OUT) build dist docs/_build .mypy_cache .ruff_cache core/.ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

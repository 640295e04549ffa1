# Each command does its own set-up; `make` alone explains them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHELL := /bin/sh
export FLASK_APP := app
export PYTHONUNBUFFERED := 1

.PHONY: help ready run demo test check bench translations
.DEFAULT_GOAL := help

help:
	@echo "Caravanserai: an expo with its forum, from the empty hall to the signed deal."
	@echo
	@echo "  make run     set up everything, then open the house on http://localhost:8000 (PORT=… for another)"
	@echo "  make demo    the whole main job without a server: plans, timetables, badges, deals in instance/demo"
	@echo "  make test    all tests, against an embedded PostgreSQL of their own, on all cores (four workers at most)"
	@echo "  make check   lint, format, types, import contracts, untranslated strings"
	@echo "  make bench   measurements, as JSON lines in instance/bench (ONLY=allocation for one)"
	@echo "  make translations   bring the catalogues up to the code"

# Python packages, installed again only when requirements.txt changes.
$(VENV)/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version). Name another: make PYTHON=python3.12 …"; exit 1; }
	@echo "• Making the Python environment in $(VENV)"
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
	  { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null && $(PYTHON) -m venv $(VENV); } || \
	  { echo "Python's venv module is missing. Install it: apt-get install python3-venv"; exit 1; }
	@echo "• Installing the pinned packages (a minute or two, once)"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar on -q -r requirements.txt
	@touch $@

# The one library that pip cannot bring: Pango, for print.
ready: $(VENV)/ready
	@$(BIN)/python -m expo.libraries
	@$(BIN)/python -m expo.scripts
	@$(BIN)/python -m expo.fonts
	@$(BIN)/python -m expo.catalogues compile

run: ready
	@exec $(BIN)/python -m expo.serve

demo: ready
	@$(BIN)/python -m flask solvers compile
	@exec $(BIN)/python -m flask demo run

# Code stays compiled from one process to the next, also where the shell says otherwise: tests start many.
test: export PYTHONDONTWRITEBYTECODE :=
# Solvers are compiled first, once: workers would each do it for themselves. ARGS picks tests for a single run.
# One worker more than there are cores, four at most: tests in a browser mostly wait.
WORKERS := $(shell cores=$$(getconf _NPROCESSORS_ONLN); [ $$cores -ge 3 ] && echo 4 || echo $$((cores + 1)))
test: ready
ifeq ($(strip $(ARGS)),)
	@$(BIN)/python -m flask solvers compile
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal
else
	@exec $(BIN)/python -m pytest $(ARGS)
endif

check: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright --level error
	$(BIN)/lint-imports
	$(BIN)/python -m expo.catalogues check

bench: ready
	@exec $(BIN)/python -m bench $(ONLY)

translations: $(VENV)/ready
	$(BIN)/python -m expo.catalogues update

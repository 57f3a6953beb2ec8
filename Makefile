# Everything runs in .venv inside this checkout; nothing is installed outside it.
.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help report test lint lab bench refresh lock clean

help:
	@echo "make report   build .venv if needed and write the review of the five pages to build/report"
	@echo "make test     build .venv if needed and run every check: style, types, layers, tests, notebooks"
	@echo "make lab      open JupyterLab on the notebooks"
	@echo "make refresh  run the notebooks again and store their outputs"
	@echo "make bench    measure speed as ratios against what one would use instead"
	@echo "make lock     resolve the pinned dependencies anew (needs uv)"
	@echo "make clean    remove .venv and build"

$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is not installed: install Python 3.11 or later"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed, found: $$($(PYTHON) --version)"; exit 1; }
	@echo "Setting up .venv: a few minutes the first time, skipped afterwards"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

report: $(READY)
	@$(BIN)/review report --out build/report

# Three workers on two cores, since many tests wait for a browser, a clock or another process; one thread
# of arithmetic for each, or they would wait for one another.
test: $(READY)
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest

lab: $(READY)
	@$(BIN)/jupyter lab --notebook-dir=notebooks

refresh: $(READY)
	@$(BIN)/review refresh

bench: $(READY)
	@$(BIN)/python -m benchmarks

# rfc3987-syntax is left out: a check of addresses that jsonschema makes where it is installed, and that
# costs more than a second wherever a notebook is read. No notebook needs it.
lock:
	uv pip compile pyproject.toml --extra dev --extra semantic --extra cluster --extra scan --group model --universal --python-version 3.11 \
	  --no-emit-package rfc3987-syntax --no-emit-package lark --generate-hashes --no-emit-index-url --no-header --output-file requirements.lock

clean:
	rm -rf $(VENV) build

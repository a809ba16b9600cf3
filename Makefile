# Everything here works on a fresh clone with nothing but make and Python 3.11 or newer.

PYTHON ?= python3
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif

# What is installed is remembered in stamp files, so that a second run starts at once.
PIP := $(VENV)/.pip
PLAIN := $(VENV)/.plain
# Python compiles what it imports when it imports it; to compile everything now would take as long as the download.
INSTALL = $(BIN)/python -m pip install --quiet --no-compile

.DEFAULT_GOAL := help
.PHONY: help demo test lint docs bench clean

help: ## show this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' Makefile

demo: $(PLAIN) ## match a small made-up company and explain the pairs
	$(BIN)/python -m rmatch demo

test: $(VENV)/.test ## run all tests, and every example of the documentation; RMATCH_THOROUGH=1 for a long run
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal $(ARGS)

lint: $(VENV)/.test $(VENV)/.lint $(VENV)/.typing $(VENV)/.bench ## check style, types, docstrings and spelling
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python .ci/documented.py
	find src/rmatch -name '*.py' -print0 | xargs -0 $(BIN)/numpydoc lint
	$(BIN)/codespell

docs: $(VENV)/.docs ## build the documentation into docs/_build/html
	$(BIN)/sphinx-build -W -n --keep-going -q -b html docs docs/_build/html

bench: $(VENV)/.bench ## run the everyday benchmarks; ARGS=--smoke for a quick look
	$(BIN)/python benchmarks/run.py $(ARGS)

clean: ## remove the environment and everything built
	rm -rf $(VENV) dist docs/_build docs/gallery

$(PIP):
	$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("rmatch needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --upgrade "pip>=25.1"
	touch $@

$(PLAIN): pyproject.toml | $(PIP)
	$(INSTALL) -e .
	touch $@

# .test, .lint, .typing, .docs and .bench: the package with the dependency group of that name.
$(VENV)/.%: pyproject.toml | $(PIP)
	$(INSTALL) -e . --group $*
	touch $@ $(PLAIN)

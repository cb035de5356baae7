# Two commands do everything: `make run` starts the product, `make test` runs every check.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
SOURCES := pyproject.toml package-lock.json tools/vendor_assets.py

.DEFAULT_GOAL := help
.PHONY: help run install test lint unit bench screenshots clean

help:  ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run: install  ## start Coolhead with a demo workspace (set PORT to choose another port)
	@$(BIN)/coolhead demo --data .coolhead/demo $(if $(PORT),--port $(PORT))

install: .venv/installed  ## make .venv with the product in it, start nothing

test: .venv/installed-dev lint unit  ## run every check: style, types, imports, and all tests with a browser

lint: .venv/installed-dev  ## style, types and the import contract
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

unit: .venv/installed-dev
	@sh tools/browser.sh
	$(BIN)/pytest -n 2 --dist loadfile

bench: .venv/installed-dev  ## measure accuracy, speed and load; writes benchmarks/RESULTS.md (half an hour and more)
	$(BIN)/pip install --quiet -r benchmarks/requirements.txt
	$(BIN)/python -m benchmarks all $(if $(DATA),--data $(DATA))

screenshots: .venv/installed-dev  ## take the README's pictures from the running product
	@sh tools/browser.sh
	$(BIN)/python tools/screenshots.py

clean:  ## remove what the commands above made
	rm -rf .venv .coolhead src/coolhead/web/static/vendor

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Coolhead needs Python 3.11 or newer as python3. Install it and try again."; exit 1; }
	@$(PYTHON) -m venv .venv 2>/dev/null || { rm -rf .venv; \
		$(PYTHON) -m pip install --quiet --user virtualenv && $(PYTHON) -m virtualenv --quiet .venv; } || { \
		echo "No virtual environment could be made: install python3-venv and try again."; exit 1; }
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'

.venv/installed: .venv/bin/python $(SOURCES)
	@echo "Installing Coolhead into .venv (about a minute, once) ..."
	@$(BIN)/python -m pip install --quiet --editable '.[postgres]'
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing the test tools into .venv (about a minute, once) ..."
	@$(BIN)/python -m pip install --quiet --group dev
	@touch $@

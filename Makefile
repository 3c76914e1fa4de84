# Two commands matter: `make demo` and `make test`. Both set up whatever is missing.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup demo test test-pg15 soak bench lint fix up down clean

BIN := .venv/bin
OMS := $(BIN)/oms
READY := .venv/.ready node_modules/.ready

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## /{printf "make %-9s %s\n", $$1, $$2}' Makefile

setup: $(READY) ## Install the Python and npm tools into this folder

demo: $(READY) ## Run an order book through the whole lifecycle; ARGS='--json' and so on
	@$(OMS) demo $(ARGS)

test: lint ## Check and test everything
	$(OMS) db check
	$(BIN)/pytest $(ARGS)

# Where Debian has it; any other folder of Postgres' programs will do.
PG15_BIN ?= /usr/lib/postgresql/15/bin
test-pg15: export OMS_POSTGRES_BIN = $(PG15_BIN)
test-pg15: export OMS_DATABASE_URL =
test-pg15: $(READY) ## Lint every function, check and test the database, all on Postgres 15
	$(OMS) db lint
	$(OMS) db check
	$(BIN)/pytest $(ARGS)

soak: $(READY) ## Let random people do random things, every rule checked after each; ARGS='--steps 20000 --seed 1'
	@$(BIN)/pytest -s tests/python/test_simulation.py --steps 20000 $(ARGS)

bench: $(READY) ## Measure on a million order lines; ARGS='--quick', ARGS='--only pages'
	@$(BIN)/python -m bench $(ARGS)

lint: $(READY) ## Check the Python code (`oms db check` lints the SQL)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

fix: $(READY) ## Mend what the formatters can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format
	$(BIN)/sqlfluff fix sql

up: $(READY) ## Start the local stack
	@$(OMS) up $(ARGS)

down: $(READY) ## Stop it; its database stays
	@$(OMS) down $(ARGS)

clean: ## Stop the stack; delete its data and the tools
	@if [ -x $(OMS) ]; then $(OMS) down --delete-data; fi
	rm -rf .oms .venv node_modules .mypy_cache .pytest_cache .ruff_cache .hypothesis

# The first of these that is new enough makes the virtual environment.
PYTHONS := python3 python3.14 python3.13 python3.12 python3.11

.venv/.ready: pyproject.toml
	@for python in $(PYTHONS); do \
	  if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found=$$python; break; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then echo "Python 3.11 or newer is needed; none found." >&2; exit 1; fi; \
	echo "Installing the Python packages ..."; \
	$$found -m venv .venv || { \
	  echo "$$found cannot make a virtual environment (on Debian: apt install python3-venv)." >&2; \
	  exit 1; \
	}; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

# No install scripts: `oms` itself makes the links that Postgres' libraries need.
node_modules/.ready: package.json
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null || { \
	  echo "Node 20 or newer is needed; found $$(node --version 2>/dev/null || echo none)." >&2; \
	  exit 1; \
	}
	@echo "Installing the npm packages ..."
	@npm install --no-package-lock --no-audit --no-fund --no-update-notifier --ignore-scripts --loglevel error
	@touch $@

.DEFAULT_GOAL := help
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help install run test test-full check fix bench demo migrate migration docs lock

help:  ## Show what can be done here
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: .venv/.dev  ## Make .venv with everything that developing needs, from the lock

run: .venv/.run  ## Start the demo council on this machine: PORT=8000 make run
	@exec $(BIN)/shapedby serve --demo

test: .venv/.dev  ## Run the tests; a Chromium is installed if there is none
	@sh scripts/chromium.sh
	$(BIN)/pytest -m "not slow" -n 2 --dist loadfile

test-full: .venv/.dev  ## Run all tests, those that take minutes too
	@sh scripts/chromium.sh
	$(BIN)/pytest

check: .venv/.dev  ## Lint, types, import contracts, translations, house rules
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports
	$(BIN)/python -m shapedby.web.catalogues --check
	$(BIN)/pytest -q tests/test_house_rules.py

fix: .venv/.dev  ## Repair what ruff can repair, and format
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: .venv/.dev  ## Measure pages as shares of a bare handler
	$(BIN)/python -m bench

demo: .venv/.run  ## Fill the database with the demo council
	$(BIN)/shapedby demo

migrate: .venv/.run  ## Bring the database up to date
	$(BIN)/shapedby migrate

migration: .venv/.dev  ## Write the SQL of migration 0001 again from the tables (until the first release)
	$(BIN)/python scripts/remigrate.py

docs: .venv/.dev  ## Write the generated parts of docs/
	$(BIN)/python scripts/write_docs.py

lock: .venv/.dev  ## Choose the newest allowed versions and write both locks
	sh scripts/lock.sh

# Stamps: they are older than a lock exactly when .venv has to be brought up to date.
.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Shaped By needs Python 3.11 or later. Name one: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "Python cannot make a .venv here. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

.venv/.run: .venv/bin/python requirements.lock pyproject.toml
	@test -e .venv/.dev || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/bin/python requirements-dev.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@ .venv/.run

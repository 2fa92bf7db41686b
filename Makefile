# Two commands: `make run` (the filled site on http://127.0.0.1:8000) and `make test` (lint, checks, the whole suite).
# `make help` names the others: what stands behind ## on the line of a target.
PYTHON ?= python3
PORT ?= 8000
VENV := var/venv
PY := $(VENV)/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test quick help lint checks suite-sqlite suite-postgres browser fonts chromium bench zwaar dekking mutaties audit lock clean

run: $(VENV)/run.gedaan fonts  ## the filled site on http://127.0.0.1:8000 (PORT=8080 for another)
	@exec $(PY) lms/starten.py $(PORT)

test: lint checks suite-sqlite suite-postgres browser  ## lint, checks and the whole suite

quick: lint  ## lint and the tests of what changed since main, under a minute
	@$(PY) -m tests.snel

help:  ## these lines
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

$(VENV)/run.gedaan: requirements.lock
	@mkdir -p var
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/test.gedaan: requirements-dev.lock
	@mkdir -p var
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/run.gedaan

# The fonts are never committed; without npm the pages use the system font.
fonts:  ## the fonts of the pages, from npm when it is there
	@if [ ! -d lms/static/fonts ] && command -v npm >/dev/null 2>&1; then \
	  npm ci --no-audit --no-fund --silent >/dev/null 2>&1 && mkdir -p lms/static/fonts && \
	  cp node_modules/@fontsource-variable/*/files/*-latin-wght-normal.woff2 node_modules/@fontsource-variable/*/files/*-latin-ext-wght-normal.woff2 lms/static/fonts/ \
	  || echo "De lettertypen konden niet worden opgehaald: de site gebruikt het lettertype van het systeem."; fi

lint: $(VENV)/test.gedaan  ## layout, rules, layers and types of the code
	@$(VENV)/bin/ruff check --quiet .
	@$(VENV)/bin/ruff format --quiet --check .
	@$(VENV)/bin/djangofmt --line-length 120 --check templates 2>/dev/null || $(VENV)/bin/djangofmt --line-length 120 --check templates
	@$(VENV)/bin/lint-imports --no-logo >/dev/null || $(VENV)/bin/lint-imports --no-logo
	@LMS_DEMO=1 LMS_SECRET=controle LMS_VAR=var/controle $(VENV)/bin/mypy --no-error-summary

checks: $(VENV)/test.gedaan  ## Django's own checks, missing migrations, production settings
	@LMS_DEMO=1 LMS_SECRET=controle LMS_VAR=var/controle $(PY) manage.py check
	@LMS_DEMO=1 LMS_SECRET=controle LMS_VAR=var/controle $(PY) manage.py makemigrations --check --dry-run -v0
	@LMS_SECRET=$$($(PY) -c "import secrets; print(secrets.token_urlsafe(50))") LMS_HOSTS=opleiding.example LMS_VAR=var/controle $(PY) manage.py check --deploy --fail-level WARNING

suite-sqlite: $(VENV)/test.gedaan  ## the suite on SQLite
	@echo "== SQLite"; $(VENV)/bin/pytest -n 2 -m "not browser"

suite-postgres: $(VENV)/test.gedaan  ## the suite on PostgreSQL, where one answers
	@url="$$($(PY) tests/postgres.py)"; \
	if [ -n "$$url" ]; then echo "== PostgreSQL"; DATABASE_URL="$$url" $(VENV)/bin/pytest -n 2 -m "not browser"; \
	elif [ "$$CI" = "true" ]; then echo "PostgreSQL antwoordt niet, en in CI is het nodig." >&2; exit 1; \
	else echo "== PostgreSQL overgeslagen: er antwoordt geen server (zet TEST_DATABASE_URL)."; fi

chromium:  ## the browser of the tests, where it may be installed
	@if ! command -v chromium >/dev/null 2>&1 && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null; fi

browser: $(VENV)/test.gedaan chromium fonts  ## the tests in Chromium
	@if command -v chromium >/dev/null 2>&1; then echo "== Browser"; $(VENV)/bin/pytest -m browser; \
	elif [ "$$CI" = "true" ]; then echo "Chromium ontbreekt, en in CI is het nodig." >&2; exit 1; \
	else echo "== Browsertests overgeslagen: Chromium is er niet."; fi

# Figures, no judgement: pages at 1,000 and 20,000 trajecten on SQLite and PostgreSQL, each beside its floor. `make bench N="1000 100000"` for others.
bench: $(VENV)/test.gedaan fonts  ## what pages cost on a large database
	@$(PY) -m tests.bench $(N)

zwaar: SHELL := /bin/bash
# What the suite takes a sample of, on its full size and on both databases; the log stands in var/zwaar.log.
zwaar: $(VENV)/test.gedaan mutaties dekking  ## what takes long: kills in every job, hanging mail, full disk, ten thousand acts
	@set -o pipefail; url="$$($(PY) tests/postgres.py)"; : > var/zwaar.log; \
	for adres in "" $$url; do echo "== $${adres:-SQLite}" | sed 's#.*@#PostgreSQL #'; \
	  DATABASE_URL=$$adres LMS_ZWAAR=1 LMS_PADEN=60 $(VENV)/bin/pytest -n 2 -m zwaar 2>&1 | tee -a var/zwaar.log || exit 1; done

# Measuring makes the suite three times as slow, so it is no part of `make test`; the floor stands in pyproject.toml.
dekking: $(VENV)/test.gedaan  ## the suite on SQLite with what it covers by line and branch, and its floor
	@$(VENV)/bin/pytest -n 2 -m "not browser" --cov --cov-report=term:skip-covered

mutaties: $(VENV)/test.gedaan  ## some forty places changed one by one: which are not caught (ALLEEN=word for some)
	@$(PY) -m tests.mutaties $(ALLEEN)

# Asks the network for known faults, so it is no part of the suite; its tool stands apart from what the lock files hold.
audit: $(VENV)/test.gedaan  ## known faults in the packages of the lock files, asked on the network
	@test -x var/audit/bin/pip-audit || { $(PYTHON) -m venv var/audit && var/audit/bin/pip install -q pip-audit; }
	@for lijst in requirements.lock requirements-dev.lock; do var/audit/bin/pip-audit --require-hashes --disable-pip -r $$lijst || exit 1; done

# Needs uv; writes no addresses into the lock files.
lock:  ## new lock files, with uv
	uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras -o requirements.lock
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --no-strip-extras -o requirements-dev.lock

clean:  ## everything away that make brought
	rm -rf var node_modules lms/static/fonts

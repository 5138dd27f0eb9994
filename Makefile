# `make` lists the targets. Everything happens inside .venv; nothing outside the folder changes.
.DEFAULT_GOAL := help
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin/
STAMP := .venv/.installed
ARGS ?=

.PHONY: help setup check test test-hostile test-web test-web test-publish test-scale demo bench bench-scale docs ci fix cover payloads wheel

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: $(STAMP) ## Create .venv and install jobtide with everything its tests need

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "jobtide needs Python 3.11 or newer as '$(PYTHON)'. On Debian: apt-get install python3; or: make PYTHON=python3.12 setup" >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { \
	  echo "The modules venv and ensurepip (pip) are missing. On Debian or Ubuntu: apt-get install python3-venv python3-pip" >&2; exit 1; }
	@test -x $(BIN)python || $(PYTHON) -m venv .venv
	@$(BIN)python -m pip --version >/dev/null 2>&1 || $(BIN)python -m ensurepip --upgrade >/dev/null || { \
	  echo "pip is missing in .venv. On Debian or Ubuntu: apt-get install python3-pip" >&2; exit 1; }
	$(BIN)python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(STAMP)

check: $(STAMP) ## Format, lint, types, layers, docs in step: seconds, no tests
	$(BIN)ruff format --check .
	$(BIN)ruff check .
	$(BIN)mypy
	$(BIN)lint-imports
	$(BIN)python tools/write_docs.py --check

test: $(STAMP) ## The tests, without any network; more with ARGS="-k salary"
	$(BIN)pytest --doctest-modules -m "not scale" src/jobtide tests $(ARGS)

test-scale: $(STAMP) ## Stores, engines and workers on PostgreSQL and Spark, which it installs and starts
	tools/install_servers.sh
	$(BIN)pytest tests/contract tests/scale $(ARGS)

test-web: $(STAMP) ## The pages of `jobtide serve` in Chromium, which it installs
	tools/install_servers.sh
	$(BIN)pytest tests/unit/web tests/end_to_end/test_web_browser.py tests/end_to_end/test_web_serving.py $(ARGS)

test-hostile: $(STAMP) ## Only the tests of attacks, broken servers, killed runs
	tools/install_servers.sh
	$(BIN)pytest tests/hostile tests/end_to_end/test_killed.py tests/end_to_end/test_alerts_killed.py tests/unit/web/test_hostile.py tests/unit/fetch $(ARGS)

test-publish: $(STAMP) ## What is published, in the validators of others, which it installs
	tools/validate/install.sh
	$(BIN)pytest --validators tests/publish_validators $(ARGS)

cover: $(STAMP) ## The tests again, with branch coverage
	$(BIN)pytest --cov --cov-report=term:skip-covered tests $(ARGS)

demo: $(STAMP) ## The whole program on bundled sample boards; no network needed
	$(BIN)jobtide demo

bench: $(STAMP) ## Postings per CPU-second, beside a peer pipeline, in one run
	$(BIN)python -m benchmarks $(ARGS)

bench-scale: $(STAMP) ## A million openings in PostgreSQL: load, load again, search
	tools/install_servers.sh
	$(BIN)python -m benchmarks.scaling $(ARGS)

payloads: $(STAMP) ## Read every recorded payload and print what was read and filled
	$(BIN)python -m benchmarks.payloads $(ARGS)

docs: $(STAMP) ## Write the reference pages from the code
	$(BIN)python tools/write_docs.py

fix: $(STAMP) ## Repair all that a tool can repair
	$(BIN)ruff check --fix .
	$(BIN)ruff format .
	$(BIN)python tools/write_docs.py

ci: ## What .ci/run runs: all checks, all tests, the demo from a built wheel, the validators
	$(MAKE) check
	tools/install_servers.sh
	$(MAKE) test ARGS="-n 2"
	$(MAKE) test-scale ARGS="-m scale"
	$(MAKE) wheel
	$(MAKE) test-publish
	@echo "make ci: passed"

wheel: $(STAMP) ## Build the wheel, and run the demo from it alone
	rm -rf .venv/wheel .venv/unpacked .venv/demo
	$(BIN)python -m pip wheel --quiet --disable-pip-version-check --no-deps -w .venv/wheel .
	$(BIN)python -m pip install --quiet --disable-pip-version-check --no-deps --target .venv/unpacked .venv/wheel/jobtide-*.whl
	cd .venv && PYTHONPATH=unpacked bin/python -c 'import jobtide; assert "unpacked" in jobtide.__file__'
	cd .venv && PYTHONPATH=unpacked bin/python -m jobtide demo --quiet --out demo

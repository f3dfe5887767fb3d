# newsvane: `make run` runs the demo, `make test` runs the gate. Both set up .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SQL := $(wildcard .sqlfluff .sqlfluffignore) $(shell find sql -name '*.sql')
SQL_LINTED := $(VENV)/.sql-linted
SLOW_LINT = $(MAKE) --no-print-directory types $(SQL_LINTED)
LINT_LOG := $(VENV)/lint.log
# Compiled modules are kept, also where the environment says otherwise: the tests start Python several hundred times.
export PYTHONDONTWRITEBYTECODE :=
# Three processes, because many tests wait for another process. The modules of SLOW_FIRST in tests/conftest.py come first.
PYTEST := $(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder --durations=10

.PHONY: bench bench-backfill bench-calibration bench-faults bench-kills bench-sources bench-warehouse clean cluster-test cover docs format fuzz lint lock run setup site style test test-long types

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "newsvane needs Python 3.11 or newer: set PYTHON=python3.11")'
	@echo "Setting up $(VENV) (locked dependencies) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install -qq --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install -qq --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY)
	@$(BIN)/newsvane demo

lint: style types $(SQL_LINTED)

style: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(READY)
	@$(BIN)/mypy --strict flows

# sqlfluff takes about 20 s, so it runs only after a change in sql/ or in its configuration.
$(SQL_LINTED): $(READY) $(SQL)
	@if [ -f .sqlfluff ]; then PYTHONWARNINGS=ignore:resource_tracker:UserWarning $(BIN)/sqlfluff lint sql --processes 2 --disable-progress-bar; fi
	@touch $(SQL_LINTED)

format: $(READY)
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@if [ -f .sqlfluff ]; then $(BIN)/sqlfluff format sql --processes 2 --disable-progress-bar; fi

# mypy and sqlfluff run beside the tests, in the pauses in which these wait for a process; their output comes last.
test: style
	@$(SLOW_LINT) > $(LINT_LOG) 2>&1 & lint=$$!; \
	  $(PYTEST); tests=$$?; wait $$lint; lint=$$?; cat $(LINT_LOG); exit $$((tests | lint))

# The tests marked `long`, which take minutes: fault injection, kills and fuzzing at full length.
test-long fuzz: $(READY)
	@$(PYTEST) -m long

# A backfill on a cluster of processes on loopback (PostgreSQL, S3, Dask), of which each is killed; needs PostgreSQL's
# programs (Debian: postgresql).
cluster-test: $(READY)
	@$(BIN)/pytest -m long tests/cluster

# The tests with coverage; fails below the floor in pyproject.toml.
cover: $(READY)
	@$(PYTEST) --cov --cov-report=term --cov-report=html

docs: $(READY)
	@$(BIN)/python docs/generate_dictionary.py
	@$(BIN)/python docs/generate_lineage.py
	@$(BIN)/python docs/generate_reference.py

site: $(READY)
	@$(BIN)/zensical build --strict --clean
	@echo "site/index.html"

bench: $(READY)
	@$(BIN)/python -m tests.bench.bench

bench-backfill: $(READY)
	@$(BIN)/python -m tests.bench.backfill --peer

bench-calibration: $(READY)
	@$(BIN)/python -m tests.bench.calibration

bench-faults: $(READY)
	@$(BIN)/python -m tests.bench.faults

bench-kills: $(READY)
	@$(BIN)/python -m tests.bench.kills
	@$(BIN)/python -m tests.bench.kills_up

bench-sources: $(READY)
	@$(BIN)/python -m tests.bench.sources
	@$(BIN)/python -m tests.bench.sources --prefect

bench-warehouse: $(READY)
	@$(BIN)/python -m tests.bench.warehouse

lock:
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --no-emit-options --no-strip-extras --no-header --no-annotate --allow-unsafe -o requirements.lock pyproject.toml
	@sed -i '/^#/d;/^$$/d' requirements.lock

clean:
	rm -rf $(VENV) build site *.egg-info htmlcov .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache

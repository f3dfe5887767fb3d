# newsvane: `make run` shows the main job, `make test` proves it; both set everything up first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: bench-warehouse run test test-long setup lint bench bench-faults bench-kills clean lock

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "newsvane needs Python 3.11 or newer: set PYTHON=python3.11")'
	@echo "Setting up $(VENV) (locked dependencies) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY)
	@$(BIN)/newsvane demo

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --strict flows

test: lint
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist loadscope --durations=10

test-long: $(READY)
	@$(BIN)/pytest -n auto --maxprocesses 4 --dist loadscope --durations=10 -m long

bench: $(READY)
	@$(BIN)/python -m tests.bench.bench

bench-faults: $(READY)
	@$(BIN)/python -m tests.bench.faults

bench-kills: $(READY)
	@$(BIN)/python -m tests.bench.kills

bench-warehouse: $(READY)
	@$(BIN)/python -m tests.bench.warehouse

lock:
	$(BIN)/pip-compile --quiet --extra dev --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links \
	  --no-emit-options --no-strip-extras --no-header --no-annotate --allow-unsafe -o requirements.lock pyproject.toml
	@sed -i '/^#/d;/^$$/d' requirements.lock

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache

# Two commands do all set-up: `make demo` runs the main job, `make test` the tests.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/pip --quiet --disable-pip-version-check --no-input
BASES ?= build/bases

.PHONY: demo test check lint floors purity corpus-check corpus-stats train bench lock

.venv/installed: pyproject.toml requirements/run.txt
	$(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation -e .
	if [ -d models/accurate ]; then $(PIP) install --no-deps --no-build-isolation -e models/accurate; fi
	@touch $@

.venv/installed-dev: .venv/installed requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

demo: .venv/installed
	$(BIN)/detente demo

test: .venv/installed-dev
	$(BIN)/python -m pytest -q -n 2

check: lint corpus-check purity floors

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

corpus-check: .venv/installed
	$(BIN)/python -m training.check corpus/sentences/*.txt corpus/articles/*.txt

corpus-stats: .venv/installed
	$(BIN)/python -m training.statistics

# the development data lies beside the project; without it these two have nothing to measure
purity:
	if [ -f ../shared/checks/purity.py ]; then $(PYTHON) ../shared/checks/purity.py corpus src; fi

floors: .venv/installed
	$(BIN)/python -m evaluation.floors

train: .venv/installed-dev
	$(PIP) install torch==2.13.0
	$(PIP) install -e '.[train]'
	$(BIN)/python -m training.bases --out $(BASES)
	for size in accurate fast; do $(BIN)/python -m training.build $$size --bases $(BASES); done

bench: .venv/installed-dev
	$(PIP) install -r requirements/bench.in
	$(BIN)/python -m benchmarks.throughput

lock: .venv/installed-dev
	$(BIN)/python -m tools.lock

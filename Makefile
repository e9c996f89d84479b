# Two commands matter: `make run` and `make test`. Each sets up what it needs; a second run is fast.
# Bare Debian 12 with Python 3.11: as root or with sudo, after `apt-get install make`.

PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/.bmis-ready
TRAIN_STAMP := .venv-train/.bmis-ready

.PHONY: run setup test check static bench train demo clean lock

run: setup
	@sh tools/house/run.sh

setup: $(STAMP)

$(STAMP): requirements.lock pyproject.toml $(wildcard resources/i18n/pt/*.po) tools/house/setup.sh tools/house/apt.txt
	@PYTHON=$(PYTHON) sh tools/house/setup.sh
	@touch $(STAMP)

test: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadfile

static: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

check: static test

bench: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/bmis bench saves window lookup rules tally seal bulletin mrz $(if $(SET),--set $(SET))

# about an hour on two idle cores; writes resources/models/mrz. docs/training.md
train: $(TRAIN_STAMP)
	.venv-train/bin/python -m tools.train_mrz

$(TRAIN_STAMP): requirements.lock pyproject.toml tools/train_mrz/setup.sh tools/train_mrz/apt.txt
	@PYTHON=$(PYTHON) sh tools/train_mrz/setup.sh
	@touch $(TRAIN_STAMP)

demo: setup
	@BMIS_DEMO=1 sh tools/house/run.sh

lock: setup
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf .venv .venv-train build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache *.egg-info

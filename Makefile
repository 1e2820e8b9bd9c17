# All set-up happens by itself: the first target that needs it makes .venv from the lock file.
PYTHON ?= python3
BIN := .venv/bin
DATE ?=
DATA ?=
OUT ?= models/mine
DEV ?= seeds/articles
N ?= 10000

.PHONY: help code test clients fuzz train model evaluate bench check fix corpus-report codebook lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-14s %s\n", $$1, $$2}'

.venv/.installed: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

code: .venv/.installed ## code the sample articles into events.csv
	$(BIN)/eventcoder code seeds/articles/samples.csv -o events.csv
	@$(BIN)/python -c "import pandas as pd; print(pd.read_csv('events.csv', dtype={'event_code': str})[['date', 'source', 'target', 'event_code', 'event_name']].head(12).to_string(index=False))"

test: .venv/.installed ## run the tests
	$(BIN)/python -m pytest

clients: .venv/.installed ## install a public GDELT client (GPL), so that its test is not skipped
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-clients.txt

fuzz: .venv/.installed ## attack readers, models and pipeline with N=10000 random inputs (4 minutes)
	$(BIN)/python -m tests.fuzz $(N)

train: .venv/.installed ## retrain on your labels: make train DATA=labels.csv [ADD=1] [OUT=models/mine]
	@test -n "$(DATA)" || { echo "Give your labelled file: make train DATA=labels.csv [ADD=1]"; exit 2; }
	$(BIN)/python -m training.build retrain $(OUT) $(DATA) $(if $(ADD),--add)

model: .venv/.installed ## rebuild the shipped model from seeds/
	$(BIN)/python -m training.build model models/cameo-en

evaluate: .venv/.installed ## accuracy on the gold articles, or on DEV=labels.jsonl
	$(BIN)/eventcoder evaluate $(DEV)

bench: .venv/.installed ## measure speed, memory and start-up into docs/benchmarks.md (5 minutes)
	$(BIN)/python -m training.bench

corpus-report: .venv/.installed ## what the corpus holds: forms, roots, codes, order, countries, names
	$(BIN)/python -m training.build report

codebook: .venv/.installed ## the tables of docs/, from coder/data and the model's metrics
	$(BIN)/python docs/make_codebook.py

check: .venv/.installed ## lint and test
	$(BIN)/ruff check coder training tests docs
	$(BIN)/python -m pytest

fix: .venv/.installed ## format and mend what lint can
	$(BIN)/ruff check --fix coder training tests docs
	$(BIN)/ruff format coder training tests docs

lock: ## pin all dependencies with hashes into requirements.lock
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe --extra dev \
	  --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.lock pyproject.toml requirements-build.in

clean: ## remove what was made
	rm -rf .venv build dist *.egg-info events.csv .pytest_cache .ruff_cache

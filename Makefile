# One command each: `make optimize` plans, `make test` tests; both set themselves up first.
PYTHON ?= python3
BOOK   ?= inputs/fy2017.xlsx
OUT    ?= outputs/$(basename $(notdir $(BOOK)))_plan.xlsx
EFFORT ?= standard
LIMIT  ?= 175
YEAR   ?= 2017
BENCH  ?=
VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help setup optimize cycle test fuzz check inputs table pictures bench lock clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(READY): requirements.lock pyproject.toml scripts/setup
	@PYTHON="$(PYTHON)" sh scripts/setup $(VENV)

setup: $(READY) ## a virtual environment in .venv with exactly the locked packages

optimize: $(READY) ## plan BOOK (default inputs/fy2017.xlsx) into OUT, within three minutes
	@mkdir -p $(dir $(OUT))
	@$(BIN)/optimizer solve "$(BOOK)" -o "$(OUT)" --effort $(EFFORT) --time-limit $(LIMIT) || test $$? -eq 5

cycle: $(READY) ## plan YEAR from the signed year before it into cycles/YEAR (the first one from BOOK; UPDATES=book of news)
	@$(BIN)/optimizer cycle $(YEAR) --from "$(BOOK)" $(if $(UPDATES),--updates "$(UPDATES)") $(if $(filter command line environment,$(origin EFFORT)),--effort $(EFFORT))

test: $(READY) ## run every test
	@$(BIN)/pytest -n 2 --dist loadfile

fuzz: $(READY) ## read ten thousand spoilt workbooks; nothing may escape but the program's own errors
	@$(BIN)/python -m tests.workbook.fuzz --runs 10000

check: $(READY) ## style, types and the direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

inputs: $(READY) ## build the shipped workbooks from the reference tables
	@$(BIN)/python scripts/build_inputs.py

table: $(READY) ## measure the 2016 posture against the optimizer and write the table in README.md
	@$(BIN)/python scripts/posture_table.py

pictures: $(READY) ## pictures of the plan in OUT for the README (needs LibreOffice, poppler and Chromium)
	@$(BIN)/python scripts/pictures.py "$(OUT)"

bench: $(READY) ## compare solvers on synthetic cases (minutes); all of it, in hours: make bench BENCH=--full
	@$(BIN)/python -m benchmarks $(BENCH)
	@$(BIN)/python -m benchmarks.report

lock: ## renew requirements.lock from pyproject.toml (needs uv)
	@uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-annotate --no-header \
		--python-version 3.11 --extra dev pyproject.toml -o requirements.lock

clean: ## remove the environment, caches and plans made
	@rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
	@find optimizer tests scripts benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +
	@find outputs -type f ! -name .gitkeep -delete

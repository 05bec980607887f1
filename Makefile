# Two targets do everything on a fresh machine: `make demo` runs the main job, `make test` passes the tests.
PYTHON ?= python3
VENV   ?= .venv
BIN     = $(VENV)/bin

.PHONY: demo test check docs lock clean
.DELETE_ON_ERROR:

demo: $(VENV)/demo.stamp  ## build the example corpus, write its page, ask it a question
	$(BIN)/kg build examples/landmarks.jsonl -g landmarks
	$(BIN)/kg export landmarks/map.html -g landmarks --title "Landmarks of machine learning"
	$(BIN)/kg query datasets-of-a-task -p task="image classification" -p limit=10 -g landmarks
	@echo "open landmarks/map.html in a browser"

test: $(VENV)/test.stamp  ## everything that CI checks; installs the system packages it needs where it may
	sh .ci/system-packages
	$(MAKE) check
	$(BIN)/python -m pytest

check: $(VENV)/test.stamp  ## the checks that run nothing
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/test.stamp  ## write again what is generated: schemas, constraints, reference pages
	$(BIN)/python docs/generate.py

lock: $(VENV)/test.stamp  ## resolve the dependencies again
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra neo4j --extra tables --extra fetch pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra neo4j --extra tables --extra fetch --extra dev pyproject.toml -o requirements-dev.lock

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	touch $@

$(VENV)/test.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	$(BIN)/pip install -q --disable-pip-version-check --no-deps -e .
	touch $@ $(VENV)/demo.stamp

clean:
	rm -rf $(VENV) landmarks .cache build dist

# Every target works on a machine that has only Python 3.11, make and gcc; what is done is not done again.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
FTM := $(VENV)/followthemoney/.installed
ROC := $(VENV)/rocrate/.installed
EXTRAS := web,mcp,postgres,semantic,scale,export,dev
DATA ?= ../shared

.PHONY: setup demo test check eval bench plots fuzz faults docs pictures constraints clean

setup: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS)]'
	touch $@

$(FTM): tests/followthemoney.txt $(STAMP)
$(ROC): tests/rocrate.txt $(STAMP)
$(FTM) $(ROC):
	test -x $(@D)/bin/python || $(PYTHON) -m venv $(@D)
	$(@D)/bin/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

demo: $(STAMP)
	@mkdir -p out
	$(BIN)/twosource brief examples/derailment/reports -o out/demo.html
	@echo "The brief is at $(CURDIR)/out/demo.html: open it in a browser."

check: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: $(STAMP) $(FTM) $(ROC) check
	$(BIN)/python -m pytest -rs

eval: $(STAMP)
	$(BIN)/python -m evaluation --data $(DATA)

bench: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[$(EXTRAS),bench]'
	$(BIN)/python -m benchmarks --all --write; status=$$?; $(MAKE) plots; exit $$status

plots: $(STAMP)
	$(BIN)/python docs/plots.py
	$(BIN)/python docs/performance.py

fuzz: $(STAMP)
	TWOSOURCE_FUZZ=2000 $(BIN)/python -m pytest tests/test_read_hostile.py

faults: $(STAMP)
	TWOSOURCE_FAULTS=200 $(BIN)/python -m pytest tests/test_case_faults.py tests/test_case_kills.py --durations=0

docs: $(STAMP)
	$(BIN)/python docs/generate.py

pictures: $(STAMP)
	$(BIN)/python docs/pictures.py

constraints:
	uv pip compile --quiet --no-header --no-annotate --no-emit-index-url --all-extras --python-version 3.11 pyproject.toml -o constraints.txt

clean:
	rm -rf out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis

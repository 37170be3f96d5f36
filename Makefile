# The same lines without make: see "Without make" in README.md.
# Every target makes what it needs: the virtual environment, then the packages.

PYTHON ?= python3
VENV   := .venv
RUN    := $(VENV)/bin/python
PIP    := $(RUN) -m pip install --quiet --disable-pip-version-check
CODE   := tracker jobs tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help demo test check bench sim soak sabotage mutants fuzz layout format clean

help:     ## print what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

demo:     $(VENV)/run.stamp    ## play two months of orders and show the book, letters and payouts
	$(RUN) -m tracker demo

test:     $(VENV)/test.stamp   ## run every test
	$(RUN) -m pytest -n 2 --dist worksteal

check:    $(VENV)/test.stamp   ## is it formatted, linted and typed? (changes nothing)
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy

bench:    $(VENV)/bench.stamp  ## measure speed and memory, each beside a plain script, and write docs/performance.md (ONLY=part)
	$(RUN) -m benchmarks $(if $(ONLY),--only $(ONLY))

sabotage: $(VENV)/test.stamp   ## put each known fault in and see a test fail (ONLY=name JOBS=2)
	$(RUN) -m tests.sabotage $(if $(ONLY),--only $(ONLY)) $(if $(JOBS),--jobs $(JOBS))

mutants:  $(VENV)/test.stamp   ## turn single signs around and count what tests notice (FILES=tracker/money.py SAMPLE=40)
	$(RUN) -m tests.mutants $(FILES) $(if $(SAMPLE),--sample $(SAMPLE))

fuzz:     $(VENV)/fuzz.stamp  ## draw inputs for every parser, a million each, or one (INPUTS=100000 TARGET=rate)
	$(RUN) -m tests.fuzz $(if $(INPUTS),--inputs $(INPUTS)) $(if $(TARGET),--target $(TARGET))

sim:      $(VENV)/test.stamp   ## play seeded bad days on all cores (SEEDS=100000 FIRST=0 STORE=memory ONLY=cut)
	$(RUN) -m tests.sim --seeds $(or $(SEEDS),1000) --first $(or $(FIRST),0) --store $(or $(STORE),memory) \
	  $(if $(ONLY),--only $(ONLY)) $(if $(EACH),--each-kind) $(if $(PAIRS),--pairs)

soak:     $(VENV)/test.stamp   ## shop, receiver, sync, owner and SIGKILL together, HOURS= or MINUTES= (10 of them)
	$(RUN) -m tests.soak --minutes $(if $(HOURS),$$(($(HOURS) * 60)),$(or $(MINUTES),10)) $(if $(SEED),--seed $(SEED))

layout:   $(VENV)/run.stamp    ## print sheets_layout.md anew from tracker/layout.py
	$(RUN) -m tracker.layout > sheets_layout.new && mv sheets_layout.new sheets_layout.md

format:   $(VENV)/test.stamp   ## format the code in place
	$(RUN) -m ruff format .
	$(RUN) -m ruff check --fix .

clean:                         ## remove what make made (never a book, its state or .env)
	rm -rf $(VENV) demo .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find $(CODE) -type d -name __pycache__ -prune -exec rm -rf {} +

# A stamp is younger than the list it was installed from, so a changed pin is installed anew.
$(VENV)/bench.stamp: requirements-bench.txt $(VENV)/test.stamp
	$(PIP) -r requirements-bench.txt
	@touch $@

# Where atheris cannot be installed, Hypothesis draws the inputs, and the run says so.
$(VENV)/fuzz.stamp: requirements-fuzz.txt $(VENV)/test.stamp
	-$(PIP) -r requirements-fuzz.txt
	@touch $@

$(VENV)/test.stamp: requirements-test.txt $(VENV)/run.stamp
	$(PIP) -r requirements-test.txt
	@touch $@

$(VENV)/run.stamp: requirements.txt $(VENV)/made.stamp
	$(PIP) -r requirements.txt
	@touch $@

# A half-made environment has no stamp, so the next try begins afresh.
$(VENV)/made.stamp:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "There is no '$(PYTHON)' here. Install Python 3.11 or newer, or name yours:" \
	    "make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$$($(PYTHON) --version 2>&1) is too old: this needs Python 3.11 or newer." \
	    "Name a newer one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "$(PYTHON) cannot make a virtual environment." \
	    "On Debian and Ubuntu: sudo apt install python3-venv" >&2; exit 1; }
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	@touch $@

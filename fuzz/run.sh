#!/bin/sh
# Runs every fuzz target for some minutes and prints a table: what was tried how often, and what was found.
#
#   fuzz/run.sh MINUTES [TARGET…]
#
# Needs a nightly compiler and `cargo install cargo-fuzz`. What is found lies in fuzz/artifacts/TARGET/;
# the status is 1 when anything was. Corpora are kept in fuzz/corpus/ and grow from run to run.
set -eu
cd "$(dirname "$0")/.."
minutes=${1:?hint: fuzz/run.sh MINUTES [TARGET…]}
shift
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\([a-z_]*\)"$/\1/p' fuzz/Cargo.toml)

# What a target starts from: the fixtures of its format.
seeds() {
    case $1 in
        text) echo tests/fixtures/transcripts/*.txt tests/fixtures/transcripts/*.md ;;
        unnamed) echo tests/fixtures/transcripts/* ;;
        analysis) echo tests/fixtures/analysis-v1/analysis.json ;;
        answers) echo tests/fixtures/analysis-v1/answers.parquet ;;
        saved_vectors) echo tests/fixtures/analysis-v1/vectors.npy ;;
        given_npy) echo tests/fixtures/analysis-v1/vectors.npy tests/fixtures/vectors/*.npy ;;
        given_parquet) echo tests/fixtures/vectors/*.parquet ;;
        codebook) echo tests/fixtures/analysis-v1/codebook.toml ;;
        codes_csv) echo data/homecare.csv ;;
        codes_xlsx) echo tests/fixtures/transcripts/*.xlsx ;;
        codes_qdpx) echo tests/fixtures/transcripts/*.qdpx ;;
        guide) echo tests/fixtures/transcripts/*.txt ;;
        csv | tsv) echo data/homecare.csv ;;
        tei) echo tests/fixtures/transcripts/*.xml ;;
        *) echo tests/fixtures/transcripts/*."$1" ;;
    esac
}

found=0
printf '%-16s %12s %10s %8s\n' target executions a-second findings
for target; do
    mkdir -p "fuzz/corpus/$target" "fuzz/artifacts/$target"
    for seed in $(seeds "$target"); do
        [ ! -f "$seed" ] || cp "$seed" "fuzz/corpus/$target/"
    done
    log=fuzz/artifacts/$target.log
    # -fork goes on after a finding; it says what it does on standard error.
    cargo +nightly fuzz run -s none "$target" -- -fork=1 -ignore_crashes=1 -ignore_timeouts=1 -ignore_ooms=1 \
        -max_total_time=$((minutes * 60)) -rss_limit_mb=4096 -timeout=20 >"$log" 2>&1 || true
    if ! grep -q 'cov:' "$log"; then
        printf '%-16s did not run; see %s\n' "$target" "$log"
        found=1
        continue
    fi
    executions=$(sed -n 's/^#\([0-9]*\):.*/\1/p' "$log" | tail -1)
    findings=$(find "fuzz/artifacts/$target" -type f | wc -l)
    [ "$findings" -eq 0 ] || found=1
    printf '%-16s %12s %10s %8s\n' "$target" "${executions:-0}" "$((${executions:-0} / (minutes * 60)))" "$findings"
done
exit $found

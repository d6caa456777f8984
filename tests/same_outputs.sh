#!/bin/sh
# Whether two builds of the program write the same bytes: for a change of structure that is to change nothing else.
#
#   tests/same_outputs.sh OLD_BINARY NEW_BINARY INPUT…
#
# INPUT are files or folders as for `themes`. Analysis, every export, report, comparison of groups, inspection and coding
# sheet of both are compared file by file; the status is 1 when one differs.
set -eu
old=${1:?hint: same_outputs.sh OLD_BINARY NEW_BINARY INPUT…}
new=${2:?hint: same_outputs.sh OLD_BINARY NEW_BINARY INPUT…}
shift 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

outputs() { # BINARY FOLDER INPUT…
    program=$1 out=$2
    shift 2
    mkdir "$out"
    export NO_COLOR=1 SOURCE_DATE_EPOCH=0 COLUMNS=100
    "$program" inspect "$@" >"$out/inspect.txt" 2>&1 || true
    "$program" themes "$@" -o "$out/run" >"$out/themes.txt" 2>&1 || true
    sed -i "s|$out|OUT|g" "$out/themes.txt"
    for format in csv csv-themes csv-quotes jsonl json parquet xlsx md qdpx qdc codebook-csv coding-sheet npy; do
        "$program" export "$out/run" --to "$format" -o "$out/export.$format" >/dev/null 2>"$out/export.$format.err" || true
    done
    "$program" export "$out/run" --to csv --excel -o "$out/excel.csv" 2>/dev/null || true
    "$program" report "$out/run" -o "$out/report.html" >/dev/null 2>&1 || true
    "$program" codebook "$out/run" >"$out/codebook.txt" 2>&1 || true
    "$program" compare "$out/run" "$out/run" >"$out/compare.txt" 2>&1 || true
    "$program" assign "$out/run" "$@" >"$out/assign.txt" 2>&1 || true
    sed -i "s|$out|OUT|g" "$out"/*.txt "$out"/*.err
}

outputs "$old" "$work/old" "$@"
outputs "$new" "$work/new" "$@"
count=$(find "$work/new" -type f | wc -l)
if diff -r "$work/old" "$work/new"; then
    echo "$count files, the same bytes"
else
    exit 1
fi

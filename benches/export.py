"""Seconds and memory of every export, on an analysis of many units.

    python3 benches/export.py ANALYSIS [--units 100000] [--binary target/release/leitmotif] [--example target/release/examples/many_units]

The units of ANALYSIS are repeated to as many as asked for. Memory is the largest resident set of the process; beside it stands
the data: the bytes of all texts, questions, ids and other fields of the units as they are in CSV, and the vectors, which are
loaded with them. Targets: under 10 s, memory below three times the data. Ends with an error when one is missed. Standard library
only; Linux or macOS.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMATS = "csv themes-csv quotes-csv codebook-csv xlsx json jsonl parquet md qdpx qdc".split()
SECONDS, TIMES = 10, 3


def measured(command):
    start = time.perf_counter()
    process = subprocess.Popen(command)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status):
        sys.exit(f"error: {' '.join(map(str, command))} failed")
    bytes_ = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return seconds, bytes_


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("analysis", type=Path)
    arguments.add_argument("--units", type=int, default=100_000)
    arguments.add_argument("--binary", type=Path, default="target/release/leitmotif")
    arguments.add_argument("--example", type=Path, default="target/release/examples/many_units")
    given = arguments.parse_args()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        many = Path(folder) / "many"
        subprocess.run([given.example, str(given.units), many, given.analysis], check=True)
        sizes = {}
        rows = []
        for format_ in FORMATS:
            out = Path(folder) / f"out.{format_}"
            seconds, memory = measured([given.binary, "export", many, "--to", format_, "--quiet", "-o", out])
            sizes[format_] = out.stat().st_size
            rows.append((format_, seconds, memory))
        data = sizes["csv"] + (many / "vectors.npy").stat().st_size
        print(f"{given.units} units, {data / 1e6:.0f} MB of data: {sizes['csv'] / 1e6:.0f} MB as CSV and {(many / 'vectors.npy').stat().st_size / 1e6:.0f} MB of vectors\n")
        print("| format | seconds | peak MB | times the data | file MB |\n|---|---|---|---|---|")
        for format_, seconds, memory in rows:
            print(f"| {format_} | {seconds:.1f} | {memory / 1e6:.0f} | {memory / data:.1f} | {sizes[format_] / 1e6:.1f} |")
            if seconds >= SECONDS or memory >= TIMES * data:
                missed.append(format_)
    if missed:
        sys.exit(f"\nmissed: {', '.join(missed)}")
    print(f"\nmet: every format under {SECONDS} s and {TIMES} times the data")


if __name__ == "__main__":
    main()

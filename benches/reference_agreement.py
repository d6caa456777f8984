"""Does the clustering in Rust find the partition of a reference written in NumPy?

    cargo build --release --example cluster_vectors
    python benches/reference_agreement.py REFERENCE.py VECTORS.npy target/release/examples/cluster_vectors

REFERENCE.py defines `theme_clustering(X, themes, granularity, balance) -> labels, detail` with -1 for unclustered units and
`detail["full"]` for the cut before any was set aside. VECTORS.npy holds float32, (n_units, n_dims). One line a setting: the
adjusted Rand index between the two, of the cut and of the themes (unclustered units count as one more theme), the share of
units that are set aside alike, the number of themes of each, and the seconds of each. Needs numpy, scipy and scikit-learn.
"""
import argparse
import importlib.util
import subprocess
import time

import numpy as np
from sklearn.metrics import adjusted_rand_score

SETTINGS = [dict(), dict(balance=1.0), dict(themes=6), dict(granularity=2.0)]


def load(path):
    spec = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.theme_clustering


def run(binary, vectors, setting, *more):
    options = [text for name, value in setting.items() for text in (f"--{name}", str(value))]
    done = subprocess.run([binary, vectors, *options, *more], check=True, capture_output=True, text=True)
    return np.array(done.stdout.split(), int), float(done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("reference")
    parser.add_argument("vectors")
    parser.add_argument("binary")
    given = parser.parse_args()
    reference, X = load(given.reference), np.load(given.vectors)
    print(f"{X.shape[0]} units, {X.shape[1]} dimensions")
    print(f"{'setting':<20}{'ARI cut':>9}{'ARI themes':>12}{'set aside alike':>17}{'themes':>10}{'reference s':>13}{'here s':>8}")
    for setting in SETTINGS:
        start = time.perf_counter()
        expected, detail = reference(X, **setting)
        reference_seconds = time.perf_counter() - start
        found, seconds = run(given.binary, given.vectors, setting)
        cut, _ = run(given.binary, given.vectors, setting, "--cut")
        name = " ".join(f"{k}={v}" for k, v in setting.items()) or "default"
        themes = f"{found.max() + 1}/{expected.max() + 1}"
        print(
            f"{name:<20}{adjusted_rand_score(detail['full'], cut):>9.4f}{adjusted_rand_score(expected, found):>12.4f}"
            f"{np.mean((found < 0) == (expected < 0)):>17.4f}{themes:>10}{reference_seconds:>13.1f}{seconds:>8.2f}"
        )


if __name__ == "__main__":
    main()

"""How quickly are vectors laid out in the plane, and how many neighbours does the map keep, beside UMAP's default?

    cargo build --release --example lay_out_vectors
    python3 benches/layout.py VECTORS.npy… --binary target/release/examples/lay_out_vectors

VECTORS.npy: float32, (n_units, n_dims); the `vectors.npy` of a saved analysis is one. `trustworthiness` (Venna & Kaski 2001, as
scikit-learn computes it, k = 15, cosine) is the share of neighbours on the map that are neighbours among the vectors, weighted by
rank; 1 is best. UMAP runs as umap-learn does by itself (Euclidean, which ranks unit vectors as the cosine does), and with the seed
42, which costs it its threads; both are warmed up on 600 units before the clock starts. Beyond `--sample` units trustworthiness is
that of a seeded sample's points among all of the sample's. `CPU s` is of all threads, for this program with reading and writing the
files: compare that on a machine that does other work too. The run fails when the map keeps less than UMAP's default minus 0.02, or
takes more than 10 s for each 9,000 units.
"""
import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment

NEIGHBOURS, SEED = 15, 42
MARGIN, MOST_SECONDS, FOR_UNITS = 0.02, 10, 9000


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("vectors", type=Path, nargs="+", help=".npy files")
    parser.add_argument("--binary", type=Path, required=True, help="the example lay_out_vectors")
    parser.add_argument("--first", type=int, nargs="*", default=[9000], help="also lay out the first so many units of each file")
    parser.add_argument("--sample", type=int, default=9000, help="most units that trustworthiness is computed on")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment")
    return parser.parse_args()


def ours(binary, X, folder):
    import numpy as np

    np.save(folder / "vectors.npy", X)
    command = [binary.resolve(), folder / "vectors.npy", folder / "places.npy"]
    before = children_cpu()
    seconds = float(subprocess.run(command, check=True, capture_output=True, text=True).stderr.split()[-1])
    return np.load(folder / "places.npy"), seconds, children_cpu() - before


def children_cpu():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def umap_of(X, seed):
    import warnings

    import umap

    warnings.filterwarnings("ignore")
    umap.UMAP(random_state=seed).fit_transform(X[:600])
    start, cpu_start = time.perf_counter(), time.process_time()
    places = umap.UMAP(random_state=seed).fit_transform(X)
    return places, time.perf_counter() - start, time.process_time() - cpu_start


def main():
    given = arguments()
    environment.enter(given.work)
    import numpy as np
    from sklearn.manifold import trustworthiness

    missed = []
    print(f"{'vectors':<28}{'method':<16}{'units':>8}{'seconds':>9}{'CPU s':>8}{'trustworthiness':>17}", flush=True)
    for path in given.vectors:
        all_vectors = np.load(path)
        for n_units in sorted({*[n for n in given.first if n < len(all_vectors)], len(all_vectors)}):
            X = all_vectors[:n_units]
            sample = np.arange(n_units)
            if n_units > given.sample:
                sample = np.sort(np.random.default_rng(SEED).choice(n_units, given.sample, replace=False))

            def report(method, places, seconds, cpu):
                kept = trustworthiness(X[sample], places[sample], n_neighbors=NEIGHBOURS, metric="cosine")
                name = path.parent.name if path.name == "vectors.npy" else path.stem
                print(f"{name:<28}{method:<16}{n_units:>8}{seconds:>9.2f}{cpu:>8.2f}{kept:>17.4f}", flush=True)
                return kept

            with tempfile.TemporaryDirectory() as folder:
                laid_out = ours(given.binary, X, Path(folder))
            kept = report("Leitmotif", *laid_out)
            peer = report("UMAP", *umap_of(X, None))
            report("UMAP, seeded", *umap_of(X, SEED))
            if kept < peer - MARGIN:
                missed.append(f"{path}, {n_units} units: {kept:.4f}, at least {peer - MARGIN:.4f} wanted")
            if laid_out[1] > MOST_SECONDS * max(1, n_units / FOR_UNITS):
                missed.append(f"{path}, {n_units} units: {laid_out[1]:.1f} s")
    for miss in missed:
        print(f"MISSED {miss}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

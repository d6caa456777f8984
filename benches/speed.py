"""How fast, and in how much memory, are vectors clustered, and how does that compare with UMAP + HDBSCAN?

    cargo build --release --example cluster_vectors
    python3 benches/speed.py --binary target/release/examples/cluster_vectors [--vectors VECTORS.npy] [--sizes 10000 100000 1000000]

Clustering alone, vectors are given: those of `--vectors` (float32, (n_units, n_dims); `themes` with `--save` writes them), then
synthetic mixtures of 384 dimensions. UMAP + HDBSCAN are BERTopic's default steps (`peers.py`), without a seed, so that they use
every core; they run up to `--peer-up-to` units, in the same run, so that the ratio is of like with like. Everything is compiled
before the clock starts, and reading the file is in nobody's seconds.

Each run is a process of its own. Its peak is the most memory that the system saw it hold (resident), the vectors, the libraries
and, for Python, what was compiled included. `ARI` is the agreement with the components that a mixture was drawn from. The run
fails when a target is missed: 20 times as fast as UMAP + HDBSCAN, and 1,000,000 vectors in at most 600 s and 8 GB.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import environment

DIMENSIONS, COMPONENTS, COMPONENT_DIMENSIONS, SEED = 384, 100, 24, 42
SPEED_RATIO, MILLION, MOST_SECONDS, MOST_BYTES = 20, 1_000_000, 600, 8e9


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, help="the example cluster_vectors")
    parser.add_argument("--vectors", type=Path, nargs="*", default=[], help=".npy files of real vectors")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, MILLION], help="units of the mixtures")
    parser.add_argument("--peer-up-to", type=int, default=100_000, help="most units that UMAP + HDBSCAN are run on")
    parser.add_argument("--repeats", type=int, default=3, help="runs of this program, the median counts; 1 above 100,000 units")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and mixtures")
    parser.add_argument("--peer", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def mixture(n_units, work):
    """Writes a mixture, in blocks, and its components. Sizes fall as 1/√rank; around its centre a component spreads along 24
    directions of its own more than along the rest, which puts a unit's cosine to its centre near 0.6, as in real sentences."""
    import numpy as np

    path = work / "mixtures" / f"{n_units}.npy"
    truth = path.with_suffix(".components.npy")
    if path.exists() and truth.exists():
        return path, truth
    path.parent.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(SEED)
    share = 1 / np.sqrt(np.arange(1, COMPONENTS + 1))
    centres = random.normal(size=(COMPONENTS, DIMENSIONS)).astype("float32")
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    spread = random.normal(size=(COMPONENTS, COMPONENT_DIMENSIONS, DIMENSIONS)).astype("float32")
    spread /= np.linalg.norm(spread, axis=2, keepdims=True)
    component = random.choice(COMPONENTS, n_units, p=share / share.sum())
    X = np.lib.format.open_memmap(path, "w+", "float32", (n_units, DIMENSIONS))
    for start in range(0, n_units, 10_000):
        block = component[start : start + 10_000]
        along = random.normal(size=(len(block), COMPONENT_DIMENSIONS)).astype("float32") * (1.1 / COMPONENT_DIMENSIONS**0.5)
        rest = random.normal(size=(len(block), DIMENSIONS)).astype("float32") * (0.7 / DIMENSIONS**0.5)
        rows = centres[block] + rest
        for c in np.unique(block):
            rows[block == c] += along[block == c] @ spread[c]
        X[start : start + len(block)] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    X.flush()
    np.save(truth, component)
    return path, truth


def measured(command):
    """Runs a command -> labels (standard output), seconds (last line of standard error), peak resident bytes."""
    import numpy as np

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0), err.seek(0)
        messages = err.read().decode()
        if child.returncode != 0:
            sys.exit(f"error: {command[0]} ended with {child.returncode}:\n{messages}")
        peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
        return np.array(out.read().split(), int), float(messages.split()[-1]), peak


def run_peer(path):
    """The child's side: UMAP + HDBSCAN, compiled beforehand."""
    import numpy as np

    import peers

    peers.warm_up([lambda X: peers.bertopic(X, seed=None)])
    X = np.load(path)
    start = time.perf_counter()
    label = peers.bertopic(X, seed=None)
    seconds = time.perf_counter() - start
    sys.stdout.write("\n".join(map(str, label)))
    print(seconds, file=sys.stderr)


def report(name, method, n_units, result, truth, note=""):
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    label, seconds, peak = result
    agreement = ""
    if truth is not None:
        singletons = np.where(label >= 0, label, label.max() + 1 + np.arange(len(label)))
        agreement = f"{adjusted_rand_score(np.load(truth), singletons):.3f}"
    themes = len(np.unique(label[label >= 0]))
    print(
        f"{name:<22}{method:<18}{n_units:>10}{seconds:>10.2f}{peak / 1e9:>10.2f}{themes:>8}{np.mean(label >= 0):>10.2f}"
        f"{agreement:>8}{note:>10}",
        flush=True,
    )


def main():
    given = arguments()
    environment.enter(given.work)
    if given.peer:
        return run_peer(given.peer)
    if not given.binary:
        sys.exit("error: --binary names the example cluster_vectors")
    import numpy as np

    print(f"{os.cpu_count()} cores")
    heads = f"{'vectors':<22}{'method':<18}{'units':>10}{'seconds':>10}{'peak GB':>10}{'themes':>8}{'coverage':>10}{'ARI':>8}"
    print(f"{heads}{'ratio':>10}", flush=True)
    missed = []
    runs = [(path.stem, path, None) for path in given.vectors]
    runs += [(f"mixture of {size}", *mixture(size, given.work)) for size in given.sizes]
    for name, path, truth in runs:
        n_units = np.load(path, mmap_mode="r").shape[0]
        repeats = given.repeats if n_units <= 100_000 else 1
        ours = [measured([given.binary.resolve(), path]) for _ in range(repeats)]
        ours.sort(key=lambda result: result[1])
        ours = ours[len(ours) // 2]
        report(name, "Leitmotif", n_units, ours, truth)
        if n_units >= MILLION and (ours[1] > MOST_SECONDS or ours[2] > MOST_BYTES):
            missed.append(f"{name}: {ours[1]:.0f} s and {ours[2] / 1e9:.1f} GB, at most {MOST_SECONDS} and {MOST_BYTES / 1e9:.0f}")
        if n_units <= given.peer_up_to:
            peer = measured([sys.executable, __file__, "--work", given.work, "--peer", path])
            ratio = peer[1] / ours[1]
            report(name, "UMAP + HDBSCAN", n_units, peer, truth, f"{ratio:.1f}")
            if ratio < SPEED_RATIO:
                missed.append(f"{name}: {ratio:.1f} times as fast as UMAP + HDBSCAN, at least {SPEED_RATIO} wanted")
    for miss in missed:
        print(f"MISSED {miss}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

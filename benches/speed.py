"""How fast, and in how much memory, are vectors clustered, and how does that compare with UMAP + HDBSCAN?

    cargo build --release --example cluster_vectors
    python3 benches/speed.py --binary target/release/examples/cluster_vectors [--vectors VECTORS.npy]
        [--sections SECTIONS.npy] [--sizes 10000 100000 1000000]

Clustering alone, vectors are given: those of `--vectors` (float32, (n_units, n_dims); `themes` with `--save` writes them), then
synthetic mixtures of 384 dimensions. UMAP + HDBSCAN are BERTopic's default steps (`peers.py`). They run up to `--peer-up-to`
units, in the same run, so that a ratio is of like with like:

- without a seed, on every core: what BERTopic does by itself; everything is compiled before the clock starts;
- with a seed (up to 20,000 units): one thread, the only way to the same result twice, which this program always gives;
- cold (up to 20,000 units): the whole process of a script that is run once, imports and compilation included, against the whole
  process of this program.

With `--sections` (one file of integers for each of `--vectors`, the section of each row, −1 for none) a second row of this program
says what it really does with interviews: it clusters each section of the guide on its own. No ratio is taken of it; UMAP + HDBSCAN
are given all vectors at once, and so is this program for the ratio.

In the first two, reading the file is in nobody's seconds. On a machine that does other work too, compare CPU seconds (of all
threads); the ratio is of seconds. Each run is a process of its own. Its peak is the most memory that the
system saw it hold (resident), with the vectors, the libraries and, for Python, what was compiled. `ARI` is the agreement with the
components that a mixture was drawn from. The run fails when a target is missed: 20 times as fast as UMAP + HDBSCAN without a
seed, and 1,000,000 vectors in at most 600 s and 8 GB.
"""
import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from pathlib import Path

import environment

# Runs a command and says its peak memory. A process of its own, because Linux counts what the parent held when it forked.
LAUNCHER = """
import os, subprocess, sys, time
start = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[2:]).pid, 0)
peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
open(sys.argv[1], "w").write(f"{os.waitstatus_to_exitcode(status)} {time.perf_counter() - start} {usage.ru_utime + usage.ru_stime} {peak}")
"""
VARIANTS_UP_TO = 20_000
DIMENSIONS, COMPONENTS, COMPONENT_DIMENSIONS, SEED = 384, 100, 24, 42
SPEED_RATIO, MILLION, MOST_SECONDS, MOST_BYTES = 20, 1_000_000, 600, 8e9


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--binary", type=Path, help="the example cluster_vectors")
    parser.add_argument("--vectors", type=Path, nargs="*", default=[], help=".npy files of real vectors")
    parser.add_argument("--sections", type=Path, nargs="*", default=[], help=".npy files of their sections, int64, in the same order")
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, MILLION], help="units of the mixtures")
    parser.add_argument("--peer-up-to", type=int, default=100_000, help="most units that UMAP + HDBSCAN are run on")
    parser.add_argument("--repeats", type=int, default=3, help="runs of this program up to 20,000 units, the median counts")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and mixtures")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    return parser.parse_args()


Result = namedtuple("Result", "label seconds cpu_seconds process_seconds peak")


def mixture_paths(n_units, work):
    path = work / "mixtures" / f"{n_units}.npy"
    return path, path.with_suffix(".components.npy")


def mixture(n_units, work):
    """Writes a mixture, in blocks, and its components. Sizes fall as 1/√rank; around its centre a component spreads along 24
    directions of its own more than along the rest, which puts a unit's cosine to its centre near 0.6, as in real sentences."""
    import numpy as np

    path, truth = mixture_paths(n_units, work)
    if truth.exists():
        return
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


def measured(command, is_peer=False):
    """Runs a command -> Result of its labels (standard output) and seconds (the last word of its standard error). A peer says the
    CPU seconds of the clustering before them; of this program's process they are the seconds of reading the file too."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        usage = Path(folder) / "usage"
        command = [sys.executable, "-I", "-S", "-c", LAUNCHER, usage, *command]
        subprocess.run(command, stdout=out, stderr=err, check=True)
        out.seek(0), err.seek(0)
        messages = err.read().decode()
        code, process_seconds, cpu_seconds, peak = usage.read_text().split()
        if code != "0":
            sys.exit(f"error: {command[6]} ended with {code}:\n{messages}")
        *_, seconds = numbers = [float(word) for word in messages.split()[-2 if is_peer else -1 :]]
        label = np.array(out.read().split(), int)
        return Result(label, seconds, numbers[0] if is_peer else float(cpu_seconds), float(process_seconds), int(peak))


def make_mixture(size, work):
    """`mixture` in a process of its own: its pages would count as this one's."""
    command = [sys.executable, __file__, "--work", work, "--child", "mixture", str(size)]
    subprocess.run(command, check=True)
    return mixture_paths(size, work)


def peer_command(variant, path, work):
    return [sys.executable, __file__, "--work", work, "--child", variant, path]


def run_child(task, argument, work):
    """The child's side: writes a mixture, or runs UMAP + HDBSCAN."""
    if task == "mixture":
        return mixture(int(argument), work)
    import numpy as np

    import peers

    def method(X):
        return peers.bertopic(X, seed=peers.SEED if task == "seeded" else None)

    if task != "cold":
        peers.warm_up([method])
    X = np.load(argument)
    start, cpu_start = time.perf_counter(), time.process_time()
    label = method(X)
    seconds, cpu_seconds = time.perf_counter() - start, time.process_time() - cpu_start
    sys.stdout.write("\n".join(map(str, label)))
    print(cpu_seconds, seconds, file=sys.stderr)


def report(name, method, result, truth, seconds="", cpu="", process="", ratio=""):
    import numpy as np
    from sklearn.metrics import adjusted_rand_score

    label, agreement = result.label, ""
    if truth is not None:
        singletons = np.where(label >= 0, label, label.max() + 1 + np.arange(len(label)))
        agreement = f"{adjusted_rand_score(np.load(truth), singletons):.3f}"
    themes = len(np.unique(label[label >= 0]))
    print(
        f"{name:<20}{method:<24}{len(label):>9}{seconds:>9}{cpu:>9}{process:>11}{ratio:>7}{result.peak / 1e9:>9.2f}{themes:>8}"
        f"{np.mean(label >= 0):>10.2f}{agreement:>7}",
        flush=True,
    )


def median(command, repeats):
    """The run of median seconds of this program."""
    results = sorted((measured(command) for _ in range(repeats)), key=lambda result: result.seconds)
    return results[len(results) // 2]


def times(result):
    return [f"{x:.2f}" for x in (result.seconds, result.cpu_seconds, result.process_seconds)]


def main():
    given = arguments()
    environment.enter(given.work)
    if given.child:
        return run_child(*given.child, given.work)
    if not given.binary:
        sys.exit("error: --binary names the example cluster_vectors")
    import numpy as np

    if given.sections and len(given.sections) != len(given.vectors):
        sys.exit("error: --sections names one file for each of --vectors")
    print(f"{os.cpu_count()} cores")
    heads = f"{'vectors':<20}{'method':<24}{'units':>9}{'seconds':>9}{'CPU s':>9}{'process s':>11}{'ratio':>7}{'peak GB':>9}"
    print(f"{heads}{'themes':>8}{'coverage':>10}{'ARI':>7}", flush=True)
    missed = []
    sections = given.sections or [None] * len(given.vectors)
    runs = [(path.stem, path, None, by) for path, by in zip(given.vectors, sections)]
    runs += [(f"mixture {size}", *make_mixture(size, given.work), None) for size in given.sizes]
    for name, path, truth, by_section in runs:
        n_units = np.load(path, mmap_mode="r").shape[0]
        is_small = n_units <= VARIANTS_UP_TO
        repeats = given.repeats if is_small else 1
        ours = median([given.binary.resolve(), path], repeats)
        report(name, "Leitmotif", ours, truth, *times(ours))
        if by_section:
            by_parts = median([given.binary.resolve(), path, "--sections", by_section], repeats)
            report(name, "Leitmotif, by section", by_parts, truth, *times(by_parts))
        if n_units >= MILLION and (ours.seconds > MOST_SECONDS or ours.peak > MOST_BYTES):
            missed.append(f"{name}: at most {MOST_SECONDS} s and {MOST_BYTES / 1e9:.0f} GB wanted")
        if n_units > given.peer_up_to:
            continue
        for variant in ["unseeded", "seeded", "cold"] if is_small else ["unseeded"]:
            peer = measured(peer_command(variant, path, given.work), is_peer=True)
            if variant == "cold":
                seconds = {"process": f"{peer.process_seconds:.2f}"}
                ratio = peer.process_seconds / ours.process_seconds
            else:
                seconds = {"seconds": f"{peer.seconds:.2f}", "cpu": f"{peer.cpu_seconds:.2f}"}
                ratio = peer.seconds / ours.seconds
            report(name, f"UMAP + HDBSCAN {variant}", peer, truth, **seconds, ratio=f"{ratio:.1f}")
            if variant == "unseeded" and ratio < SPEED_RATIO:
                missed.append(f"{name}: {ratio:.1f} times as fast as UMAP + HDBSCAN, at least {SPEED_RATIO} wanted")
    for miss in missed:
        print(f"MISSED {miss}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()

"""Do the themes agree with what people coded, and with which other program's do they compare?

    cargo build --release --example cluster_vectors --example embed_texts
    python3 benches/quality.py FOLDER --binary target/release/examples/cluster_vectors \\
        --embedder target/release/examples/embed_texts [--reference REFERENCE.py] [--peers]

FOLDER holds CSV files with the columns corpus, text and label. Each corpus of each file is clustered on its own, from vectors of
the bundled model. A row with an empty label could not be coded: it is clustered, and left out of the scores. An unclustered unit
counts as a theme of its own, so that leaving units out is no way to a better score.

One table: for each file and method the means over the file's corpora, then the means over the files. `count` is the mean of
|log2(themes found / categories known)|, coverage the share of units in a theme, seconds those of clustering alone, summed over
the corpora. `--reference` adds a NumPy reference that defines `theme_clustering(X) -> labels, detail`; `--peers` adds the methods
of `peers.py`. The run fails when the targets are missed: AMI at least the reference's - 0.005, and 0.04 above every peer.

Its packages go into a virtual environment of its own under `--work`, beside the vectors and peers' labels of earlier runs.
"""
import argparse
import csv
import functools
import hashlib
import importlib.util
import json
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import environment

HERE, REFERENCE = "Leitmotif", "NumPy reference"
MEASURES = ["AMI", "ARI", "V", "homogeneity", "completeness", "coverage", "count", "seconds"]
REFERENCE_MARGIN, PEER_MARGIN = 0.005, 0.04


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="labelled CSV files")
    parser.add_argument("--binary", type=Path, required=True, help="the example cluster_vectors")
    parser.add_argument("--embedder", type=Path, required=True, help="the example embed_texts")
    parser.add_argument("--runtime", help="ONNX Runtime's library or its folder, for the embedder")
    parser.add_argument("--reference", type=Path, help="a Python file that defines theme_clustering")
    parser.add_argument("--peers", action="store_true", help="run the other methods too")
    parser.add_argument("--corpora", action="store_true", help="print every corpus besides the means")
    parser.add_argument("--work", type=Path, default=Path("target/bench"), help="folder for the environment and vectors")
    return parser.parse_args()


def read(path):
    """-> {corpus: (row numbers, labels)}, in the order of the file."""
    corpora = defaultdict(lambda: ([], []))
    with open(path, encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file)):
            numbers, labels = corpora[row["corpus"]]
            numbers.append(number)
            labels.append(row["label"])
    return corpora


def embedded(path, given):
    """Vectors of a file's texts, (n_rows, n_dims). Made anew when the file or the embedder changed."""
    import numpy as np

    key = hashlib.sha256(path.read_bytes() + given.embedder.read_bytes()).hexdigest()[:16]
    vectors = given.work / "vectors" / f"{path.stem}-{key}.npy"
    if not vectors.exists():
        vectors.parent.mkdir(parents=True, exist_ok=True)
        unfinished = vectors.with_suffix(".part")
        options = ["--runtime", given.runtime] if given.runtime else []
        subprocess.run([given.embedder, path, unfinished, "--column", "text", *options], check=True)
        unfinished.replace(vectors)
    return np.load(vectors)


def clustered_here(binary, work):
    import numpy as np

    def method(X):
        path = work / "corpus.npy"
        np.save(path, X)
        done = subprocess.run([binary, path], check=True, capture_output=True, text=True)
        return np.array(done.stdout.split(), int), float(done.stderr)

    return method


def timed(function):
    def method(X):
        start = time.perf_counter()
        label = function(X)
        return label, time.perf_counter() - start

    return method


def remembered(name, method, warm_up, work):
    """A peer's labels are the same for the same vectors, packages and code, so they are kept, with their seconds."""
    import numpy as np

    code = Path(__file__).with_name("peers.py").read_text().split("def warm_up")[0].encode() + environment.REQUIREMENTS.read_bytes()

    def recalling(X):
        key = hashlib.sha256(code + name.encode() + X.tobytes()).hexdigest()[:24]
        path = work / "labels" / f"{key}.json"
        if path.exists():
            stored = json.loads(path.read_text())
            return np.array(stored["labels"]), stored["seconds"]
        warm_up()
        label, seconds = method(X)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"method": name, "seconds": seconds, "labels": [int(theme) for theme in label]}))
        return label, seconds

    return recalling


def load_reference(path):
    spec = importlib.util.spec_from_file_location("reference", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return lambda X: module.theme_clustering(X)[0]


def scores(label, known, seconds):
    import numpy as np
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, homogeneity_completeness_v_measure

    label = np.asarray(label)
    themes = len(np.unique(label[label >= 0]))
    singletons = np.where(label >= 0, label, label.max() + 1 + np.arange(len(label)))
    known = np.array(known)
    coded = known != ""
    known, found = known[coded], singletons[coded]
    homogeneity, completeness, v = homogeneity_completeness_v_measure(known, found)
    return {
        "AMI": adjusted_mutual_info_score(known, found),
        "ARI": adjusted_rand_score(known, found),
        "V": v,
        "homogeneity": homogeneity,
        "completeness": completeness,
        "coverage": float(np.mean(label >= 0)),
        "count": abs(float(np.log2(max(themes, 1) / len(set(known))))),
        "seconds": seconds,
        "themes": themes,
        "categories": len(set(known)),
    }


def line(place, method, row):
    numbers = "".join(f"{row[m]:>{max(len(m) + 2, 8)}.{2 if m in ('count', 'seconds', 'coverage') else 3}f}" for m in MEASURES)
    return f"{place:<16} {method:<26}{numbers}"


def mean(rows):
    return {m: sum(row[m] for row in rows) / len(rows) for m in MEASURES}


def main():
    given = arguments()
    environment.enter(given.work)
    given.work.mkdir(parents=True, exist_ok=True)
    files = sorted(given.folder.glob("*.csv"))
    if not files:
        sys.exit(f"error: {given.folder} holds no CSV files")

    methods = {HERE: clustered_here(given.binary.resolve(), given.work)}
    if given.reference:
        methods[REFERENCE] = timed(load_reference(given.reference))
    if given.peers:
        import peers

        warm_up = functools.cache(peers.warm_up)
        methods |= {name: remembered(name, timed(peer), warm_up, given.work) for name, peer in peers.PEERS.items()}

    heads = "".join(f"{m:>{max(len(m) + 2, 8)}}" for m in MEASURES)
    print(f"{'file':<16} {'method':<26}{heads}", flush=True)
    of_files = {name: [] for name in methods}
    for path in files:
        vectors, corpora = embedded(path, given), read(path)
        for name, method in methods.items():
            rows = []
            for corpus, (numbers, labels) in corpora.items():
                rows.append(scores(*method_and_known(method, vectors[numbers], labels)))
                if given.corpora:
                    row = rows[-1]
                    print(f"    {line(corpus[:12], name, row)}  {row['themes']} of {row['categories']}")
            total = mean(rows) | {"seconds": sum(row["seconds"] for row in rows)}
            of_files[name].append(total)
            print(line(path.stem[:16], name, total), flush=True)
    means = {name: mean(rows) for name, rows in of_files.items()}
    print()
    for name, row in means.items():
        print(line("mean of files", name, row))
    sys.exit(verdict(means))


def method_and_known(method, X, known):
    label, seconds = method(X)
    return label, known, seconds


def verdict(means):
    """Says whether the targets are met; 0 when they are."""
    ours, missed = means[HERE]["AMI"], False
    for name, row in means.items():
        if name == HERE:
            continue
        margin = -REFERENCE_MARGIN if name == REFERENCE else PEER_MARGIN
        met = ours >= row["AMI"] + margin
        missed |= not met
        print(f"AMI {ours - row['AMI']:+.4f} against {name}, at least {margin:+.3f} wanted: {'met' if met else 'MISSED'}")
    return int(missed)


if __name__ == "__main__":
    main()

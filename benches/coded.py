"""Do the themes agree with a careful coder of what people SAY, and with which other method's clusters do they compare?

    python3 benches/coded.py FOLDER --program target/release/leitmotif --model [NAME=]MODEL [--model …] [--folds NAME=FOLDER]
        [--peers] [--notes] [--written] [--sections NAME …] [--interviews FILE]

FOLDER holds `sections/*.csv` (unit,participant,answer,question,text,codes,claim: passages of interviews, each with one to three
codes, the primary one first) and `written/*.csv` (person,circumstance,code,claim,text: each code crossed with circumstances).
Codes of both are a reading machine's, not people's.

With `--interviews FILE` the texts are looked up in interviews by their units: benches/creatives has codes of a study that no
model here was trained on, and no words of its people. A passage that is another today (by its hash) is left out, and told.

Each file is given to the program as a table of answers to one question, a passage a row, and its themes are read from
`export --to csv`: the whole way, with whatever the program sets aside. MODEL is what `--model` takes; without one, the program's
own. `--folds NAME=FOLDER` names a folder of models `fold0` … that were each trained without the questions and domains of
that fold (models/train/data.py): each file is then measured with the model that never saw its question.

With `--notes` each row stands twice: the second time the claims of the sections, which a language model wrote, go to the program as
margin notes; files without claims are left out of both.

One row a model and method: the means over the files of AMI and ARI with the primary code, B³ F1 (Bagga & Baldwin 1998), the mean best
F1 of a code (of those with five passages), codes found (best F1 ≥ ½), the largest theme's share of the passages, coverage, the
program's own stability, and the number of themes; then how many of the program's themes a coder recognised (best F1 ⅓ or more),
by stability, to hold against docs/trust.md. Passages without a code are clustered and not scored. A passage in no theme counts as a theme of its own.
The peers see the vectors that the program clustered (`vectors.npy` of the analysis), as BERTopic's users would give them.
"""
import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

import environment

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "models" / "train"))
import data  # noqa: E402  (what the model is trained on has the same shape)

HERE = "Leitmotif"
# How far to rely on a theme, by its stability (docs/trust.md), and from which F1 on a coder is said to know it.
KINDS, RECOGNISED = [("firm", 0.5, 1.1), ("fair", 0.325, 0.5), ("not to be relied on", 0.0, 0.325)], 1 / 3
COLUMNS = ["AMI", "ARI", "B3", "best F1", "found", "largest", "coverage", "stability", "themes"]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--program", type=Path, required=True, help="the built leitmotif")
    parser.add_argument("--model", action="append", default=[], metavar="[NAME=]MODEL")
    parser.add_argument("--folds", action="append", default=[], metavar="NAME=FOLDER")
    parser.add_argument("--peers", action="store_true", help="run the other methods on the same vectors")
    parser.add_argument("--notes", action="store_true",
                        help="every row once more with the claims of the sections as margin notes (--notes of `themes`)")
    parser.add_argument("--written", action="store_true", help="the written passages too")
    parser.add_argument("--sections", nargs="*", help="these files alone (names without .csv)")
    parser.add_argument("--interviews", type=Path, help="where the texts are, if FOLDER has codes alone")
    parser.add_argument("--each", action="store_true", help="print every file besides the means")
    parser.add_argument("--work", type=Path, default=Path("target/bench"))
    parser.add_argument("--options", nargs=argparse.REMAINDER, default=[], help="further options of `themes`, last")
    return parser.parse_args()


def units_of(given):
    """{unit: text} of the interviews, as the program divides them."""
    return {row["id"]: row["text"] for row in exported(given, given.interviews, "units") if row["kind"] == "unit"}


def exported(given, source, kind, *options):
    """The rows of a table that the program exports."""
    command = [given.program, "export", source, "--to", kind, "-q", *options]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return list(csv.DictReader(out.splitlines(keepends=True)))


def read(path, units=None):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if "text" not in rows[0]:
        if units is None:
            sys.exit(f"error: {path} has no texts\nhint: --interviews FILE")
        rows = data.with_words(rows, units, path)
    if "codes" in rows[0]:
        claims = [row["claim"] for row in rows]
        codes = [[] if row["codes"] == "none" else row["codes"].split("|") for row in rows]
        return [row["participant"] for row in rows], [row["text"] for row in rows], codes, claims
    return ([row["person"] for row in rows], [row["text"] for row in rows], [[row["code"]] for row in rows],
            [row["circumstance"] for row in rows])


def analysed(people, texts, model, given, notes=None):
    """-> themes (-1 for none), the stability of each, vectors of the passages that were clustered and their places."""
    import numpy as np

    with tempfile.TemporaryDirectory() as folder:
        table, run = Path(folder, "passages.csv"), Path(folder, "run")
        with open(table, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(["respondent_id", "question", "answer"])
            out.writerows((person, "What do you say to that?", text) for person, text in zip(people, texts))
        options = ["--model", model] if model else []
        if notes:
            # By their places: a row of the table holds one passage.
            with open(Path(folder, "notes.csv"), "w", encoding="utf-8", newline="") as file:
                out = csv.writer(file)
                out.writerow(["file", "record", "start", "end", "note"])
                out.writerows((table.name, i + 1, 0, len(text), note) for i, (text, note) in enumerate(zip(texts, notes)))
            options += ["--notes", Path(folder, "notes.csv")]
        cache = given.work / "coded-cache"
        command = [given.program, "themes", table, "--unit", "answer", "-o", run, "--cache", cache, "-q", *options, *given.options]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        rows = exported(given, run, "csv")
        summary = json.loads(Path(run, "analysis.json").read_text(encoding="utf-8"))
        vectors = np.load(run / "vectors.npy")
    place = {int(row["record"]) - 1: row for row in rows}
    themes = [place[i]["theme"] if i in place else "" for i in range(len(texts))]
    number = {theme: n for n, theme in enumerate(sorted(set(themes) - {""}))}
    clustered = [i for i in range(len(texts)) if i in place and not place[i]["status"].startswith("excluded")]
    stability = {number[t["id"]]: t["stability"] for s in summary["sections"] for t in s["themes"] if t.get("stability") is not None}
    return np.array([number.get(t, -1) for t in themes]), stability, vectors, clustered


def b_cubed(found, known):
    import numpy as np

    same_found, same_known = found[:, None] == found[None], known[:, None] == known[None]
    both = (same_found & same_known).sum(1)
    precision, recall = (both / same_found.sum(1)).mean(), (both / same_known.sum(1)).mean()
    return 2 * precision * recall / (precision + recall)


def members_of(codes):
    """{code: its passages}, of codes that have five."""
    members = defaultdict(set)
    for i, many in enumerate(codes):
        for code in many:
            members[code].add(i)
    return {code: passages for code, passages in members.items() if len(passages) >= 5}


def f1(one, other):
    return 2 * len(one & other) / (len(one) + len(other))


def recognised(found, codes, stability):
    """For each theme (its stability, the best F1 of a code with it)."""
    import numpy as np

    coded = {i for i, many in enumerate(codes) if many}
    members = members_of(codes).values()
    groups = [(s, set(np.flatnonzero(found == theme)) & coded) for theme, s in stability.items()]
    return [(s, max((f1(m, g) for m in members), default=0.0)) for s, g in groups if g]


def scores(found, codes, stability=()):
    import numpy as np
    from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

    found = np.asarray(found)
    apart = np.where(found >= 0, found, found.max() + 1 + np.arange(len(found)))
    coded = np.array([i for i, many in enumerate(codes) if many])
    known = np.unique([codes[i][0] for i in coded], return_inverse=True)[1]
    groups = [set(np.flatnonzero(found == theme)) & set(coded) for theme in np.unique(found[found >= 0])]
    best = [max((f1(m, g) for g in groups), default=0.0) for m in members_of(codes).values()]
    sizes = np.bincount(found[found >= 0]) if (found >= 0).any() else np.array([0])
    return {
        "AMI": adjusted_mutual_info_score(known, apart[coded]), "ARI": adjusted_rand_score(known, apart[coded]),
        "B3": b_cubed(apart[coded], known), "best F1": float(np.mean(best)), "found": float(np.mean(np.array(best) >= 0.5)),
        "largest": sizes.max() / len(found), "coverage": float(np.mean(found >= 0)),
        "stability": float(np.mean(stability)) if len(stability) else float("nan"), "themes": float(len(groups)),
    }


def peers_of(given):
    import peers
    from scipy.cluster.hierarchy import fcluster, linkage

    return {"Ward, k = 20": lambda X: fcluster(linkage(X, "ward"), 20, "maxclust") - 1, "k-means, k = 20": lambda X: peers.kmeans(X, 20),
            **({name: peers.PEERS[name] for name in ("BERTopic (UMAP + HDBSCAN)", "EVoC")} if given.peers else {})}


def mean(values):
    """Of those that are known; of none that is not known."""
    known = [value for value in values if value == value]
    return sum(known) / len(known) if known else float("nan")


def line(model, method, row, columns=COLUMNS):
    cells = "".join(f"{row[c]:>{max(len(c) + 2, 8)}.{1 if c == 'themes' else 3}f}" for c in columns)
    return f"{model:<14} {method:<26}{cells}"


def sections_of(folder):
    """The files of coded passages."""
    files = sorted((folder / "sections").glob("*.csv"))
    if not files:
        sys.exit(f"error: {folder} holds no sections/*.csv\nhint: name the folder of coded passages")
    return files


def models_of(given):
    """{name: which model, for `--model`, measures a file}, of `--model` and `--folds`; the program's own without either."""
    models = {}
    for named in given.model or ([""] if not given.folds else []):
        name, _, model = named.rpartition("=")
        models[name or Path(model).name or "bundled"] = lambda path, model=model: model
    for named in given.folds:
        name, _, folder = named.rpartition("=")
        models[name or "folds"] = lambda path, folder=folder: str(Path(folder, f"fold{data.fold_of(path)}"))
    return models


def main():
    given = arguments()
    environment.enter(given.work)
    import numpy as np
    from sklearn.metrics import adjusted_mutual_info_score

    files = [path for path in sections_of(given.folder) if not given.sections or path.stem in given.sections]
    models = models_of(given)
    methods = peers_of(given)
    units = units_of(given) if given.interviews else None
    print(f"{'model':<14} {'method':<26}" + "".join(f"{c:>{max(len(c) + 2, 8)}}" for c in COLUMNS), flush=True)
    for name, model in models.items():
        table, trust = defaultdict(list), []
        for path in files:
            if not (model(path) == "" or "/" not in model(path) or Path(model(path)).exists()):
                continue
            people, texts, codes, claims = read(path, units)
            if given.notes and not any(claims):
                print(f"skipped: {path.stem} has no claims", file=sys.stderr)
                continue
            for suffix, notes in [("", None), *([(" + notes", claims)] if given.notes else [])]:
                found, stability, vectors, clustered = analysed(people, texts, model(path), given, notes)
                table[HERE + suffix].append(scores(found, codes, list(stability.values())))
                if not suffix:
                    trust += recognised(found, codes, stability)
                for method, peer in methods.items():
                    label = np.full(len(texts), -1)
                    label[clustered] = peer(vectors)
                    table[method + suffix].append(scores(label, codes))
            if given.each:
                for method, rows in table.items():
                    print(line(path.stem[-14:], method, rows[-1]), flush=True)
        for method, rows in table.items():
            print(line(name, method, {c: mean([r[c] for r in rows]) for c in COLUMNS}), f" {len(rows)} files", flush=True)
        for kind, low, high in KINDS:
            best = [f for s, f in trust if low <= s < high]
            if best:
                share = sum(f >= RECOGNISED for f in best) / len(best)
                print(f"{name:<14} {kind:<26}{len(best)} themes, {share:.0%} recognised by a coder", flush=True)
        if given.written:
            rows = defaultdict(list)
            for path in sorted((given.folder / "written").glob("*.csv")):
                people, texts, codes, circumstances = read(path)
                found, _, vectors, clustered = analysed(people, texts, model(path), given)
                labels = {HERE: found, "Ward, k = 12": np.full(len(texts), -1)}
                from scipy.cluster.hierarchy import fcluster, linkage
                labels["Ward, k = 12"][clustered] = fcluster(linkage(vectors, "ward"), 12, "maxclust") - 1
                for method, label in labels.items():
                    apart = np.where(label >= 0, label, label.max() + 1 + np.arange(len(label)))
                    rows[method].append((adjusted_mutual_info_score([c[0] for c in codes], apart),
                                         adjusted_mutual_info_score(circumstances, apart)))
            for method, both in rows.items():
                code, circumstance = np.mean(both, axis=0)
                print(f"{name:<14} {method:<26}written: AMI with codes {code:.3f}, with circumstances {circumstance:.3f}", flush=True)


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""A quick look at weights: Ward's clustering of what a fold held out. The program's own themes are measured by `make bench-coded`.

    quick.py BASE_MODEL [WEIGHTS] --coded FOLDER [--labelled FOLDER] [--fold N] [--without NAME…] [--mix SHARE …]

Out: for each kind of set the mean AMI with the primary code (and with the circumstance where there is one), at 20 clusters for
sections and as many as there are codes elsewhere, and the mean best F1 of a code in sections. `--mix` interpolates the weights
between the base model's and the given ones (Wortsman et al. 2022).
"""
import argparse
from collections import Counter, defaultdict

import numpy as np
import torch
from scipy.cluster.hierarchy import fcluster, linkage
from sklearn.metrics import adjusted_mutual_info_score

import data
from encoder import Encoder


def ward(vectors, clusters):
    return fcluster(linkage(vectors, "ward"), clusters, "maxclust")


def best_f1(found, codes):
    """Mean over codes of at least 5 passages of the best F1 with any cluster, and the share that reach one half."""
    members = defaultdict(set)
    for i, many in enumerate(codes):
        for code in many:
            members[code].add(i)
    clusters = [set(np.flatnonzero(found == c)) for c in np.unique(found)]
    best = [max(2 * len(m & c) / (len(m) + len(c)) for c in clusters) for m in members.values() if len(m) >= 5]
    return np.mean(best), np.mean(np.array(best) >= 0.5)


def measured(encoder, sets):
    table = defaultdict(list)
    for s in sets:
        coded = [i for i, codes in enumerate(s.codes) if codes]
        vectors = encoder.embed([s.texts[i] for i in coded]).numpy()
        primary = [s.codes[i][0] for i in coded]
        clusters = 20 if s.kind == "coded" else len(set(primary))
        found = ward(vectors, clusters)
        row = {"AMI": adjusted_mutual_info_score(primary, found)}
        if s.kind == "coded":
            row["F1"], row["codes found"] = best_f1(found, [s.codes[i] for i in coded])
        if s.circumstances:
            row["AMI circumstance"] = adjusted_mutual_info_score([s.circumstances[i] for i in coded], found)
        table[s.kind].append(row)
    return {kind: {name: float(np.mean([r[name] for r in rows])) for name in rows[0]} for kind, rows in table.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], fromfile_prefix_chars="@")
    parser.add_argument("base")
    parser.add_argument("weights", nargs="?")
    parser.add_argument("--coded", required=True)
    parser.add_argument("--labelled")
    parser.add_argument("--fold", type=int, default=-1)
    parser.add_argument("--without", nargs="+", default=[], help="what was left out besides a fold's: `@FILE` for a list")
    parser.add_argument("--mix", type=float, nargs="*", default=[1.0])
    given = parser.parse_args()
    _, held_out = data.divided(data.everything([given.coded], given.labelled), given.fold, given.without)
    base = Encoder(given.base)
    for mix in given.mix:
        encoder = Encoder(given.base, given.weights)
        with torch.no_grad():
            for name in base.names:
                encoder.at(name).copy_(mix * encoder.at(name) + (1 - mix) * base.at(name))
        for kind, row in measured(encoder, held_out).items():
            print(f"mix {mix:.2f}  {kind:10}", "  ".join(f"{name} {value:.3f}" for name, value in row.items()), flush=True)


if __name__ == "__main__":
    main()

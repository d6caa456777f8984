"""Draws docs/figures/clustering.svg: the steps of the theme clustering on made-up points of the plane.

    python3 docs/figures/clustering.py        (numpy, scipy, matplotlib)

The program works on cosines of vectors with hundreds of dimensions; here distances are Euclidean, so that they can be seen.
Nothing else uses this script.
"""
from pathlib import Path

import matplotlib
import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage

matplotlib.use("svg")
matplotlib.rcParams.update({"svg.hashsalt": "leitmotif", "svg.fonttype": "none", "font.size": 8})
import matplotlib.pyplot as plt
from matplotlib.collections import LineCollection

COLOURS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00"]  # Okabe and Ito: safe for the colour-blind
random = np.random.default_rng(4)
centres = np.array([[0, 0], [2.6, 0.4], [1.2, 2.4], [4.2, 2.2]])
X = np.vstack([c + random.normal(size=(n, 2)) * s for c, n, s in zip(centres, (34, 26, 30, 22), (0.62, 0.5, 0.6, 0.48))])
strays = np.array([[-1.6, 2.9], [5.6, -0.6], [2.7, 4.0], [-1.7, -1.5]])
X = np.vstack([X, strays])
n, k = len(X), 7

D = np.linalg.norm(X[:, None] - X[None], axis=2)
near = np.argsort(D + np.eye(n) * 9e9, axis=1)[:, :k]
W = np.zeros((n, n))
for i in range(n):
    W[i, near[i]] = np.exp(-(D[i, near[i]] - D[i, near[i, 0]]) / 0.4)
W = W + W.T - W * W.T
Y = X.copy()
for _ in range(3):
    Y = 0.5 * Y + 0.5 * (W / W.sum(1, keepdims=True)) @ Y
tree = linkage(Y, "ward")
micro = fcluster(tree, 16, "maxclust")
themes = fcluster(tree, 4, "maxclust")
share = np.array([W[i, themes == themes[i]].sum() / W[i].sum() for i in range(n)])
isolation = -np.sort(D + np.eye(n) * 9e9, axis=1)[:, :5].mean(1)
mad = 1.4826 * np.median(np.abs(isolation - np.median(isolation)))
alone = (share < 0.25) | (isolation < np.median(isolation) - 3 * mad)

figure, panels = plt.subplots(1, 4, figsize=(10, 2.7))
for panel in panels:
    panel.set_xticks([]), panel.set_yticks([]), panel.set_aspect("equal")
    panel.set_xlim(-2.3, 6.2), panel.set_ylim(-2.2, 4.7)
    for side in panel.spines.values():
        side.set_color("#bbbbbb")
pairs = np.argwhere(np.triu(W) > 0.05)
widths = [0.4 + W[i, j] for i, j in pairs]
panels[0].add_collection(LineCollection([X[pair] for pair in pairs], linewidths=widths, colors="#999999", alpha=0.5))
panels[0].scatter(*X.T, s=8, color="black", zorder=3)
panels[0].set_title("1–2  neighbours")
panels[1].quiver(*X.T, *(Y - X).T, angles="xy", scale_units="xy", scale=1, width=0.004, color="#999999")
panels[1].scatter(*Y.T, s=8, color="black", zorder=3)
panels[1].set_title("3  smoothing")
for c in range(1, micro.max() + 1):
    points = Y[micro == c]
    panels[2].scatter(*points.T, s=8, color=COLOURS[c % 5], marker="os^Dv"[c // 5 % 5], zorder=3)
panels[2].set_title("4  micro-clusters (Ward)")
for t in range(1, 5):
    panels[3].scatter(*X[(themes == t) & ~alone].T, s=9, color=COLOURS[t - 1], marker="os^D"[t - 1])
panels[3].scatter(*X[alone].T, s=16, facecolors="none", edgecolors="#777777")
panels[3].set_title("5–7  themes (hollow: unclustered)")
figure.tight_layout()
figure.savefig(Path(__file__).with_suffix(".svg"), metadata={"Date": None})

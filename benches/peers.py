"""Other ways to cluster the same vectors, each as its users run it: `peer(X) -> labels`, -1 for unclustered.

BERTopic and Top2Vec are stood for by the two steps that decide their partition, UMAP and HDBSCAN with those packages' defaults;
neither package is installed. What they do besides (topic words, reduction of outliers, merging of topics) is asked for by their
users and off by default. X holds unit rows, float32, (n_units, n_dims).
"""
import warnings

import numpy as np

SEED = 42

warnings.filterwarnings("ignore", category=UserWarning)
warnings.filterwarnings("ignore", category=FutureWarning)


def reduced_by_umap(X, seed=SEED):
    """UMAP as BERTopic and Top2Vec call it. With a seed it runs on one thread, without (None) on all."""
    from umap import UMAP

    return UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed).fit_transform(X)


def hdbscan(Y, min_cluster_size):
    from hdbscan import HDBSCAN

    return HDBSCAN(min_cluster_size=min_cluster_size, metric="euclidean", cluster_selection_method="eom").fit_predict(Y)


def bertopic(X, seed=SEED):
    """BERTopic 0.17's default: UMAP to 5 dimensions, HDBSCAN with at least 10 units a topic."""
    return hdbscan(reduced_by_umap(X, seed), 10)


def top2vec(X):
    """In the manner of Top2Vec: UMAP to 5 dimensions, HDBSCAN with at least 15 units, every unit then to the nearest centroid."""
    label = hdbscan(reduced_by_umap(X), 15)
    if label.max() < 0:
        return label
    centroids = np.stack([X[label == theme].mean(0) for theme in range(label.max() + 1)])
    return (X @ (centroids / np.linalg.norm(centroids, axis=1, keepdims=True)).T).argmax(1)


def hdbscan_on_components(X):
    """HDBSCAN with its default of at least 5 units, on 50 principal components."""
    from sklearn.decomposition import PCA

    return hdbscan(PCA(min(50, *X.shape), random_state=SEED).fit_transform(X), 5)


def evoc(X):
    """EVoC's default."""
    from evoc import EVoC

    return EVoC(random_state=SEED).fit_predict(X)


def kmeans(X, k):
    from sklearn.cluster import KMeans

    return KMeans(k, n_init=3, random_state=SEED).fit_predict(X)


def kmeans_of_root(X):
    """k-means with the rule of thumb k = √(n/2)."""
    return kmeans(X, max(2, round((len(X) / 2) ** 0.5)))


def kmeans_by_silhouette(X):
    """k-means with the k of the highest mean silhouette, among 2 to 2·√(n/2); above 20 every tenth of k is tried."""
    from sklearn.metrics import silhouette_score

    distances = np.clip(2 - 2 * (X @ X.T), 0, None) ** 0.5
    np.fill_diagonal(distances, 0)
    ks, k = [], 2
    while k <= max(3, 2 * (len(X) / 2) ** 0.5):
        ks.append(k)
        k += max(1, k // 10) if k >= 20 else 1
    found = [kmeans(X, k) for k in ks]
    return max(found, key=lambda label: silhouette_score(distances, label, metric="precomputed"))


PEERS = {
    "BERTopic (UMAP + HDBSCAN)": bertopic,
    "Top2Vec-style": top2vec,
    "EVoC": evoc,
    "k-means, k = √(n/2)": kmeans_of_root,
    "k-means, silhouette k": kmeans_by_silhouette,
    "HDBSCAN on 50 components": hdbscan_on_components,
}


def warm_up(methods=(bertopic, evoc, hdbscan_on_components)):
    """Compiles what UMAP, HDBSCAN and EVoC compile at their first call, so that it is in nobody's seconds."""
    random = np.random.default_rng(SEED)
    for n_units in (400, 5000):  # from 4,096 on, UMAP searches neighbours by another path
        X = random.normal(size=(n_units, 32)).astype("float32")
        X /= np.linalg.norm(X, axis=1, keepdims=True)
        for method in methods:
            method(X)

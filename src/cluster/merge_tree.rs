//! The merge tree. Leaves of the units and the merges that join them come in; out come partitions: every
//! level of the tree is one, and each level is nested in the next. Sub-themes lie below themes,
//! super-themes above. It never says which clusters merge, nor which level is chosen.

/// Why two clusters were merged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum MergeReason {
    /// The largest gain of modularity, divided by the smaller degree to the power of the balance.
    Modularity(f64),
    /// The smallest increase of Ward's sum of squares: asked for, or no pair gained any more.
    Ward(f64),
}

/// One step of the tree: `absorbed` becomes part of `kept`, which is the smaller number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Merge {
    /// The cluster that lives on, named by its smallest leaf.
    pub kept: usize,
    /// The cluster that ends.
    pub absorbed: usize,
    /// Why these two.
    pub reason: MergeReason,
}

/// Nested partitions of the units.
#[derive(Debug, Clone, PartialEq)]
pub struct MergeTree {
    micro_clusters: Vec<usize>,
    n_micro_clusters: usize,
    merges: Vec<Merge>,
}

impl MergeTree {
    /// The same tree over units in another order.
    pub(crate) fn with_units(self, reorder: impl FnOnce(&[usize]) -> Vec<usize>) -> Self {
        Self { micro_clusters: reorder(&self.micro_clusters), ..self }
    }

    /// The tree of the leaf of each unit, numbered from 0 without a gap, and of what was merged, first to last.
    pub(crate) fn new(micro_clusters: Vec<usize>, merges: Vec<Merge>) -> Self {
        let n_micro_clusters = micro_clusters.iter().max().map_or(0, |&last| last + 1);
        Self { micro_clusters, n_micro_clusters, merges }
    }

    /// A tree of one leaf that holds all units.
    pub(crate) fn single(n_units: usize) -> Self {
        Self::flat(vec![0; n_units])
    }

    /// A tree with one level: the leaf of each unit, numbered from 0 without a gap.
    pub(crate) fn flat(micro_clusters: Vec<usize>) -> Self {
        Self::new(micro_clusters, Vec::new())
    }

    /// The leaf of each unit, `(n_units)`.
    pub fn micro_clusters(&self) -> &[usize] {
        &self.micro_clusters
    }

    /// Number of leaves: the finest level.
    pub fn n_micro_clusters(&self) -> usize {
        self.n_micro_clusters
    }

    /// The merges, first to last. Clusters are named by their smallest leaf.
    pub fn merges(&self) -> &[Merge] {
        &self.merges
    }

    /// The level closest to `n_clusters` that the tree has.
    pub fn closest_level(&self, n_clusters: usize) -> usize {
        n_clusters.clamp(self.n_micro_clusters - self.merges.len(), self.n_micro_clusters)
    }

    /// The cluster of each leaf, `(n_micro_clusters)`, at the level closest to `n_clusters`, numbered
    /// by their smallest leaf.
    pub fn cut_micro_clusters(&self, n_clusters: usize) -> Vec<usize> {
        let n_merges = self.n_micro_clusters - self.closest_level(n_clusters);
        let mut kept: Vec<usize> = (0..self.n_micro_clusters).collect();
        for merge in &self.merges[..n_merges] {
            kept[merge.absorbed] = merge.kept;
        }
        // A leaf is absorbed by a smaller one, so its cluster is numbered before it.
        let mut labels = vec![0; self.n_micro_clusters];
        let mut n_labels = 0;
        for leaf in 0..self.n_micro_clusters {
            if kept[leaf] == leaf {
                labels[leaf] = n_labels;
                n_labels += 1;
            } else {
                labels[leaf] = labels[kept[leaf]];
            }
        }
        labels
    }

    /// The cluster of each unit, `(n_units)`, at the level closest to `n_clusters`.
    pub fn cut(&self, n_clusters: usize) -> Vec<usize> {
        let labels = self.cut_micro_clusters(n_clusters);
        self.micro_clusters.iter().map(|&leaf| labels[leaf]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_nested_and_bounded() {
        let merge = |kept, absorbed| Merge { kept, absorbed, reason: MergeReason::Ward(1.0) };
        let tree = MergeTree::new(vec![0, 1, 2, 3], vec![merge(0, 1), merge(2, 3), merge(0, 2)]);
        assert_eq!(tree.cut(9), [0, 1, 2, 3]);
        assert_eq!(tree.cut(3), [0, 0, 1, 2]);
        assert_eq!(tree.cut(2), [0, 0, 1, 1]);
        assert_eq!(tree.cut(0), [0, 0, 0, 0]);
    }

    #[test]
    fn a_single_leaf_and_no_unit() {
        assert_eq!(MergeTree::single(2).cut(5), [0, 0]);
        assert!(MergeTree::single(0).cut(5).is_empty());
    }

    #[test]
    fn a_flat_tree_has_one_level() {
        let tree = MergeTree::flat(vec![1, 0, 2, 1]);
        for n_clusters in [0, 1, 3, 9] {
            assert_eq!(tree.closest_level(n_clusters), 3);
            assert_eq!(tree.cut(n_clusters), [1, 0, 2, 1]);
        }
    }
}

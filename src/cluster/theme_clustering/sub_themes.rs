//! The parts of a theme. The merge tree, the level of the themes and the smoothed rows come in; out
//! come, for each theme that splits well, its parts as the tree has them. A part is never so small
//! that it says nothing, and a theme without inner structure stays whole.

use ndarray::Array2;
use rayon::prelude::*;

use super::smoothing::group_sums;
use crate::cluster::merge_tree::MergeTree;
use crate::cluster::metrics::unit_separation;
use crate::cluster::policy::{MAX_BRANCHES, MAX_PARTS, MIN_PART_SHARE, MIN_PART_UNITS, MIN_SEPARATION};
use crate::cluster::vector::{contiguous_row, inverse_length, products_with};

/// The units of each part of each theme, largest part first; `None` for a theme that does not split
/// well. `labels` are the units' themes, `clusters[theme]` the number of a theme at `level` of the tree.
pub(super) fn sub_themes(
    tree: &MergeTree,
    level: usize,
    clusters: &[usize],
    labels: &[Option<usize>],
    smoothed: &Array2<f64>,
) -> Vec<Option<Vec<Vec<usize>>>> {
    let cluster_of_leaf = tree.cut_micro_clusters(level);
    clusters
        .iter()
        .enumerate()
        .map(|(theme, &cluster)| {
            let units: Vec<usize> = (0..labels.len()).filter(|&unit| labels[unit] == Some(theme)).collect();
            let in_theme = |leaf: usize| cluster_of_leaf[leaf] == cluster;
            best_parts(tree, in_theme, &units, smoothed)
        })
        .collect()
}

fn best_parts(
    tree: &MergeTree,
    in_theme: impl Fn(usize) -> bool,
    units: &[usize],
    smoothed: &Array2<f64>,
) -> Option<Vec<Vec<usize>>> {
    let smallest = MIN_PART_UNITS.max((MIN_PART_SHARE * units.len() as f64).ceil() as usize);
    if units.len() < 2 * smallest {
        return None;
    }
    let n_leaves = (0..tree.n_micro_clusters()).filter(|&leaf| in_theme(leaf)).count();
    let rows = smoothed.select(ndarray::Axis(0), units);
    let mut best: Option<(f64, Vec<usize>, usize)> = None;
    for n_branches in 2..=n_leaves.min(MAX_BRANCHES) {
        let branches = branches(tree, &in_theme, n_leaves - n_branches);
        let branch_of_unit: Vec<usize> = units.iter().map(|&unit| branches[tree.micro_clusters()[unit]]).collect();
        let Some((parts, n_parts)) = join_small_branches(&branch_of_unit, smallest, &rows) else {
            continue;
        };
        if n_parts > MAX_PARTS {
            break;
        }
        let separation = separation(&rows, &parts, n_parts);
        if best.as_ref().is_none_or(|(highest, ..)| separation > *highest) {
            best = Some((separation, parts, n_parts));
        }
    }
    let (_, labels, n_parts) = best.filter(|&(separation, ..)| separation >= MIN_SEPARATION)?;
    let mut parts = vec![Vec::new(); n_parts];
    for (&unit, part) in units.iter().zip(labels) {
        parts[part].push(unit);
    }
    parts.sort_by_key(|part: &Vec<usize>| std::cmp::Reverse(part.len()));
    Some(parts)
}

/// The branch of each leaf of a theme after the first `n_merges` merges inside it, named by its
/// smallest leaf.
fn branches(tree: &MergeTree, in_theme: impl Fn(usize) -> bool, n_merges: usize) -> Vec<usize> {
    let mut branch: Vec<usize> = (0..tree.n_micro_clusters()).collect();
    let inside = tree.merges().iter().filter(|merge| in_theme(merge.kept));
    for merge in inside.take(n_merges) {
        branch[merge.absorbed] = merge.kept;
    }
    for leaf in 0..branch.len() {
        branch[leaf] = branch[branch[leaf]]; // a smaller leaf, already resolved
    }
    branch
}

/// Parts from branches: each branch of at least `smallest` units is one, the units of the others go
/// to the part whose centroid is nearest. `None` when fewer than two branches are large enough.
fn join_small_branches(branches: &[usize], smallest: usize, rows: &Array2<f64>) -> Option<(Vec<usize>, usize)> {
    let mut sizes = std::collections::BTreeMap::new();
    for &branch in branches {
        *sizes.entry(branch).or_insert(0usize) += 1;
    }
    let large: Vec<usize> = sizes.into_iter().filter(|&(_, size)| size >= smallest).map(|(branch, _)| branch).collect();
    if large.len() < 2 {
        return None;
    }
    let part_of = |branch: usize| large.binary_search(&branch).ok();
    let mass: Vec<f64> = branches.iter().map(|&branch| f64::from(u8::from(part_of(branch).is_some()))).collect();
    let parts: Vec<usize> = branches.iter().map(|&b| part_of(b).unwrap_or(0)).collect();
    let cosines = cosines_to_groups(rows, &mass, &parts, large.len());
    let parts = branches
        .iter()
        .zip(cosines)
        .map(|(&branch, cosines)| {
            part_of(branch).unwrap_or_else(|| {
                (1..cosines.len()).fold(0, |best, part| if cosines[part] > cosines[best] { part } else { best })
            })
        })
        .collect();
    Some((parts, large.len()))
}

fn separation(rows: &Array2<f64>, parts: &[usize], n_parts: usize) -> f64 {
    let cosines = cosines_to_groups(rows, &vec![1.0; parts.len()], parts, n_parts);
    let total: f64 = cosines.iter().zip(parts).map(|(cosines, &own)| unit_separation(cosines, own)).sum();
    total / parts.len() as f64
}

/// Cosine of each row to the centroid of each group.
fn cosines_to_groups(rows: &Array2<f64>, mass: &[f64], groups: &[usize], n_groups: usize) -> Vec<Vec<f64>> {
    let sums = group_sums(rows, mass, groups, n_groups);
    let scales: Vec<f64> = sums.outer_iter().map(|sum| inverse_length(sum.dot(&sum))).collect();
    (0..rows.nrows())
        .into_par_iter()
        .map(|row| {
            let products = products_with(contiguous_row(rows, row), &sums);
            products.iter().zip(&scales).map(|(product, scale)| product * scale).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn units_of_small_branches_go_to_the_nearest_part() {
        let rows = array![[1.0, 0.0], [1.0, 0.1], [0.0, 1.0], [0.1, 1.0], [0.9, 0.4]];
        let parts = join_small_branches(&[4, 4, 7, 7, 9], 2, &rows);
        assert_eq!(parts, Some((vec![0, 0, 1, 1, 0], 2)));
        assert_eq!(join_small_branches(&[4, 4, 7, 7, 9], 3, &rows), None);
    }
}

//! Themes of clusters that were found without a tree, by whichever estimator. Vectors and what finds a cluster
//! or none for each come in; [`Themes`] come out, whose centroids, memberships, neighbour graph and isolation
//! are those of any other themes. No unit is set aside and none changes its cluster: the algorithm's word is
//! final.

use std::collections::BTreeSet;

use ndarray::{Array2, ArrayView2};

use super::coreset::Centres;
use super::errors::ClusterError;
use super::graph::{FuzzyGraph, directed_weights, mean_distance};
use super::isolation::isolation_limit;
use super::membership::{Surroundings, ThemeSpace};
use super::merge_tree::MergeTree;
use super::neighbours::Neighbours;
use super::policy::{ISOLATION_NEIGHBOURS, MIN_UNITS, NEIGHBOURS, expected_themes};
use super::themes::Themes;
use super::vector::UnitRows;

/// Themes of the clusters that `find_clusters` makes of those of `vectors`, `(n_units, n_dims)`, that have a
/// direction; none of fewer than three. `requested`, `exact_up_to` and `seed` as in [`flat_themes`].
///
/// # Errors
/// [`ClusterError::NotFinite`] and [`ClusterError::NoDimensions`] of the vectors, and those of
/// `find_clusters`.
pub(crate) fn fit_flat(
    vectors: ArrayView2<f32>,
    requested: Option<usize>,
    exact_up_to: usize,
    seed: u64,
    find_clusters: impl FnOnce(&UnitRows) -> Result<Vec<Option<usize>>, ClusterError>,
) -> Result<Themes, ClusterError> {
    let mut units = UnitRows::new(vectors)?;
    let order = units.sort();
    let mut clusters = vec![None; units.n_units()];
    let directed: Vec<usize> = (0..units.n_units()).filter(|&unit| !units.is_zero(unit)).collect();
    if directed.len() >= MIN_UNITS {
        let found = find_clusters(&units.select(&directed))?;
        for (unit, cluster) in directed.into_iter().zip(found) {
            clusters[unit] = cluster;
        }
    }
    let themes = flat_themes(&units, &clusters, requested, exact_up_to, seed)?;
    Ok(themes.unsorted(&order))
}

/// How many clusters to look for among `rows`: as many as are asked for, or else expected, and no more than
/// there are different rows, since copies of a vector are never in two themes.
pub(crate) fn n_clusters(rows: &UnitRows, requested: Option<usize>, granularity: f64) -> usize {
    let limit = requested.unwrap_or_else(|| expected_themes(rows.n_units() as f64, granularity).round() as usize);
    let mut distinct = BTreeSet::new();
    for unit in 0..rows.n_units() {
        if distinct.len() == limit {
            break;
        }
        // Adding 0 makes one zero of the two that there are.
        distinct.insert(rows.row(unit).iter().map(|x| (x + 0.0).to_bits()).collect::<Vec<u32>>());
    }
    distinct.len()
}

/// Themes of `clusters`, `(n_units)`, numbered by their first unit. They have no sub-themes, and their
/// tree has this one level. Of more units than `exact_up_to` the graph and the votes are those of centres, each in
/// the theme of most of the units nearest to it; `seed` draws them.
///
/// # Errors
/// None of its own: the rows of `units` are known to be finite.
fn flat_themes(
    units: &UnitRows,
    clusters: &[Option<usize>],
    requested: Option<usize>,
    exact_up_to: usize,
    seed: u64,
) -> Result<Themes, ClusterError> {
    let (labels, n_themes) = numbered_by_first_unit(clusters);
    let stand_ins = if units.n_units() <= exact_up_to {
        StandIns::themselves(units, &labels)
    } else {
        StandIns::centres(units, &labels, n_themes, exact_up_to, seed)?
    };
    let nearness = stand_ins.nearest.mean_cosine(ISOLATION_NEIGHBOURS);
    let surroundings = Surroundings {
        n_neighbours: NEIGHBOURS,
        mean_distance: mean_distance(&stand_ins.nearest),
        isolation_limit: isolation_limit(&nearness),
    };
    let tree = MergeTree::flat(leaves(&stand_ins.labels, n_themes));
    let space = ThemeSpace::new(stand_ins.points, stand_ins.labels, units, &labels, n_themes, &surroundings);
    Ok(Themes {
        memberships: space.memberships(units, &stand_ins.nearest),
        assigned: leaves(&labels, n_themes),
        labels,
        requested,
        isolation: nearness,
        sub_themes: vec![None; n_themes],
        graph: stand_ins.graph,
        tree,
        centre_of_unit: stand_ins.centre_of_unit,
        space,
    })
}

/// The same clusters, numbered from 0 without a gap in the order of their first units, and how many.
fn numbered_by_first_unit(clusters: &[Option<usize>]) -> (Vec<Option<usize>>, usize) {
    let n_numbers = clusters.iter().flatten().max().map_or(0, |&last| last + 1);
    let mut themes = vec![None; n_numbers];
    let mut n_themes = 0;
    let labels = clusters
        .iter()
        .map(|cluster| {
            let theme = themes[(*cluster)?].get_or_insert_with(|| {
                n_themes += 1;
                n_themes - 1
            });
            Some(*theme)
        })
        .collect();
    (labels, n_themes)
}

/// Leaves of a flat tree: the themes, and after them one for the units in none.
fn leaves(labels: &[Option<usize>], n_themes: usize) -> Vec<usize> {
    labels.iter().map(|label| label.unwrap_or(n_themes)).collect()
}

/// The points that the graph and the votes are of.
struct StandIns {
    points: UnitRows,
    labels: Vec<Option<usize>>,
    graph: FuzzyGraph,
    /// The points nearest to each unit.
    nearest: Neighbours,
    centre_of_unit: Option<Vec<usize>>,
}

impl StandIns {
    /// Each unit for itself.
    fn themselves(units: &UnitRows, labels: &[Option<usize>]) -> Self {
        let nearest = Neighbours::within(units, NEIGHBOURS);
        Self {
            points: units.clone(),
            labels: labels.to_vec(),
            graph: neighbour_graph(&nearest),
            nearest,
            centre_of_unit: None,
        }
    }

    /// At most `n_centres` centres, each for the units nearest to it.
    fn centres(
        units: &UnitRows,
        labels: &[Option<usize>],
        n_themes: usize,
        n_centres: usize,
        seed: u64,
    ) -> Result<Self, ClusterError> {
        let centres = Centres::new(units, n_centres, seed)?;
        let nearest = centres.nearest(units, NEIGHBOURS);
        let points = centres.rows;
        let centre_of_unit = nearest.indices.column(0).to_vec();
        Ok(Self {
            labels: most_common(&centre_of_unit, labels, points.n_units(), n_themes),
            graph: neighbour_graph(&Neighbours::within(&points, NEIGHBOURS)),
            points,
            nearest,
            centre_of_unit: Some(centre_of_unit),
        })
    }
}

fn neighbour_graph(neighbours: &Neighbours) -> FuzzyGraph {
    FuzzyGraph::new(neighbours, &directed_weights(neighbours, mean_distance(neighbours)))
}

/// The theme of most units of each centre, the first among equals; `None` where as many or more are in none.
fn most_common(
    centre_of_unit: &[usize],
    labels: &[Option<usize>],
    n_centres: usize,
    n_themes: usize,
) -> Vec<Option<usize>> {
    let mut counts = Array2::<u32>::zeros((n_centres, n_themes + 1));
    for (&centre, label) in centre_of_unit.iter().zip(leaves(labels, n_themes)) {
        counts[[centre, label]] += 1;
    }
    counts
        .outer_iter()
        .map(|counts| {
            let mut best = n_themes;
            for (theme, &count) in counts.iter().enumerate().take(n_themes) {
                if count > counts[best] {
                    best = theme;
                }
            }
            Some(best).filter(|&best| best < n_themes)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_follow_the_first_units() {
        let (labels, n_themes) = numbered_by_first_unit(&[None, Some(7), Some(2), Some(7), None]);
        assert_eq!(labels, [None, Some(0), Some(1), Some(0), None]);
        assert_eq!(n_themes, 2);
        assert_eq!(leaves(&labels, n_themes), [2, 0, 1, 0, 2]);
        assert_eq!(numbered_by_first_unit(&[]), (vec![], 0));
    }

    #[test]
    fn a_centre_is_where_most_of_its_units_are() {
        let labels = [Some(1), Some(1), Some(0), None, Some(0), None, None];
        assert_eq!(most_common(&[0, 0, 0, 1, 1, 3, 3], &labels, 4, 2), [Some(1), None, None, None]);
    }
}

//! Units that belong to no theme. A cut of the tree, the graph and the neighbours come in; out comes
//! the theme of each unit, or none. A unit is set aside when its neighbours are mostly elsewhere or
//! when it is far from everyone; then a theme too small to stand dissolves. Nothing is reassigned.

use crate::cluster::graph::FuzzyGraph;
use crate::cluster::policy::{MIN_OWN_SHARE, MIN_THEME_SHARE, MIN_THEME_UNITS};

/// What is set aside by, one entry a unit.
pub(super) struct Grounds<'a> {
    pub(super) graph: &'a FuzzyGraph,
    /// Mean cosine to the nearest neighbours.
    pub(super) nearness: &'a [f64],
    /// Below this a unit is isolated.
    pub(super) isolation_limit: f64,
    /// How many units of the original data the unit stands for.
    pub(super) mass: &'a [f64],
    /// True where a vector has no direction.
    pub(super) zero: &'a [bool],
}

/// Theme of each unit, numbered from 0 without a gap, and for each theme its number in `assigned`.
pub(super) fn set_aside(assigned: &[usize], grounds: &Grounds<'_>) -> (Vec<Option<usize>>, Vec<usize>) {
    let n_clusters = assigned.iter().max().map_or(0, |&last| last + 1);
    let mut masses = vec![0.0; n_clusters];
    let mut kept: Vec<Option<usize>> = Vec::with_capacity(assigned.len());
    for (unit, &cluster) in assigned.iter().enumerate() {
        let stays = !grounds.zero[unit]
            && grounds.nearness[unit] >= grounds.isolation_limit
            && own_share(grounds.graph, assigned, unit) >= MIN_OWN_SHARE;
        if stays {
            masses[cluster] += grounds.mass[unit];
        }
        kept.push(stays.then_some(cluster));
    }
    let n_units: f64 = grounds.mass.iter().sum();
    let smallest = (MIN_THEME_SHARE * n_units).round_ties_even().max(MIN_THEME_UNITS);
    let clusters: Vec<usize> = (0..n_clusters).filter(|&cluster| masses[cluster] >= smallest).collect();
    let mut themes = vec![None; n_clusters];
    for (theme, &cluster) in clusters.iter().enumerate() {
        themes[cluster] = Some(theme);
    }
    let labels = kept.into_iter().map(|cluster| cluster.and_then(|cluster| themes[cluster])).collect();
    (labels, clusters)
}

/// Share of a unit's edge weight that leads to units of the same cluster.
fn own_share(graph: &FuzzyGraph, assigned: &[usize], unit: usize) -> f64 {
    let (mut own, mut all) = (0.0, 0.0);
    for (neighbour, weight) in graph.neighbours(unit) {
        all += weight;
        if assigned[neighbour] == assigned[unit] {
            own += weight;
        }
    }
    own / (all + 1e-9)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::isolation::isolation_limit;
    use crate::cluster::neighbours::Neighbours;
    use ndarray::array;

    #[test]
    fn strangers_isolated_and_directionless_units_leave_and_small_themes_dissolve() {
        // Units 0–4 are a theme; 5 has all its neighbours there but was put with 6, which then stands
        // alone; 7 is isolated, 8 has no direction.
        let neighbours = Neighbours {
            indices: array![[1], [2], [3], [4], [0], [0], [5], [1], [2]],
            cosines: ndarray::Array2::from_elem((9, 1), 0.9),
        };
        let graph = FuzzyGraph::new(&neighbours, &ndarray::Array2::ones((9, 1)));
        let assigned = [0, 0, 0, 0, 0, 1, 1, 0, 0];
        let nearness = [0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.9];
        let mut zero = [false; 9];
        zero[8] = true;
        let grounds = Grounds {
            graph: &graph,
            nearness: &nearness,
            isolation_limit: isolation_limit(&nearness),
            mass: &[1.0; 9],
            zero: &zero,
        };
        let (labels, clusters) = set_aside(&assigned, &grounds);
        let theme = Some(0);
        let expected = [theme, theme, theme, theme, theme, None, None, None, None];
        assert_eq!(labels, expected);
        assert_eq!(clusters, [0]);
    }
}

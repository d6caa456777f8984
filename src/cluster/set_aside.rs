//! Units that belong to no theme. A cut of the tree, the graph and the neighbours come in; out comes
//! the theme of each unit, or none. A unit is set aside when its neighbours are mostly elsewhere or
//! when it is far from everyone; then a theme too small to stand dissolves. Nothing is reassigned.

use super::graph::FuzzyGraph;
use super::policy::{ISOLATION_DEVIATIONS, MIN_THEME_SHARE};
pub(crate) use super::policy::{ISOLATION_NEIGHBOURS, MIN_OWN_SHARE, MIN_THEME_UNITS};

/// The mean cosine to the nearest neighbours below which a unit is isolated: the median of `nearness`
/// minus three median absolute deviations (scaled to a standard deviation by 1.4826).
pub(crate) fn isolation_limit(nearness: &[f64]) -> f64 {
    let middle = median(nearness.to_vec());
    let deviations = nearness.iter().map(|x| (x - middle).abs()).collect();
    middle - ISOLATION_DEVIATIONS * (1.4826 * median(deviations) + 1e-9)
}

/// What is set aside by, one entry a unit.
pub(crate) struct Grounds<'a> {
    pub graph: &'a FuzzyGraph,
    /// Mean cosine to the nearest neighbours.
    pub nearness: &'a [f64],
    /// Below this a unit is isolated.
    pub isolation_limit: f64,
    /// How many units of the original data the unit stands for.
    pub mass: &'a [f64],
    /// True where a vector has no direction.
    pub zero: &'a [bool],
}

/// Theme of each unit, numbered from 0 without a gap, and for each theme its number in `assigned`.
pub(crate) fn set_aside(assigned: &[usize], grounds: &Grounds<'_>) -> (Vec<Option<usize>>, Vec<usize>) {
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

/// The middle value, or the mean of the middle two; 0 of nothing.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    match values.len() {
        0 => 0.0,
        n if n % 2 == 1 => values[n / 2],
        n => (values[n / 2 - 1] + values[n / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::neighbours::Neighbours;
    use ndarray::array;

    #[test]
    fn median_of_even_odd_and_none() {
        assert_eq!(median(vec![3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(vec![4.0, 1.0, 2.0, 3.0]), 2.5);
        assert_eq!(median(vec![]), 0.0);
    }

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

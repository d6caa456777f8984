//! The fit. Vectors come in, [`Themes`] come out, by the steps in the files beside this one. It holds their
//! order and what is different beyond the units that are taken as they are; each step's rule is its own.

use std::collections::BTreeMap;

use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{Array2, ArrayBase, ArrayView2, Data, Ix2};

use super::choose::choose_level;
use super::linkage::merge_tree;
use super::params::ThemeClusteringValidParams;
use super::set_aside::{Grounds, set_aside};
use super::smoothing::smoothed;
use super::sub_themes::sub_themes;
use super::twins::{in_one_leaf, twins, where_most_are};
use super::ward::ward_clusters;
use crate::cluster::coreset::Centres;
use crate::cluster::errors::ClusterError;
use crate::cluster::graph::{FuzzyGraph, directed_weights, mean_distance};
use crate::cluster::isolation::isolation_limit;
use crate::cluster::membership::{Surroundings, ThemeSpace};
use crate::cluster::merge_tree::MergeTree;
use crate::cluster::neighbours::Neighbours;
use crate::cluster::policy::{
    ISOLATION_NEIGHBOURS, MAX_MICRO_CLUSTERS, MICRO_CLUSTERS_PER_THEME, MIN_MICRO_CLUSTERS, MIN_UNITS, PROJECT_FROM,
    PROJECTED_DIMS, UNITS_PER_MICRO_CLUSTER, expected_themes,
};
use crate::cluster::projection::principal_components;
use crate::cluster::themes::Themes;
use crate::cluster::vector::UnitRows;

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for ThemeClusteringValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length. The targets are not looked at. Fewer
    /// than three units have no themes; a vector of zeros is in none.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] names the first vector that holds NaN or an infinity,
    /// [`ClusterError::NoDimensions`] is given for vectors without coordinates.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        self.fit_rows(UnitRows::new(dataset.records.view())?)
    }
}

impl ThemeClusteringValidParams {
    /// The same fit to vectors that are given away, `(n_units, n_dims)`, without a copy of them.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn fit_of(&self, vectors: Array2<f32>) -> Result<Themes, ClusterError> {
        self.fit_rows(UnitRows::of(vectors)?)
    }

    fn fit_rows(&self, mut units: UnitRows) -> Result<Themes, ClusterError> {
        let order = units.sort();
        let exactly = units.n_units() <= self.exact_up_to;
        let themes = if exactly {
            let neighbours = Neighbours::within(&units, self.neighbours);
            self.fit_exactly(units, neighbours)?
        } else {
            self.fit_centres(&units)?
        };
        Ok(themes.unsorted(&order))
    }

    /// The [`Themes::labels`] of a fit and nothing else: quicker where many partitions are compared.
    ///
    /// # Errors
    /// Those of the fit.
    pub(crate) fn labels(&self, vectors: ArrayView2<f32>) -> Result<Vec<Option<usize>>, ClusterError> {
        if vectors.nrows() > self.exact_up_to {
            return Ok(self.fit(&DatasetBase::from(vectors))?.labels);
        }
        let mut units = UnitRows::new(vectors)?;
        let order = units.sort();
        let neighbours = Neighbours::within(&units, self.neighbours);
        let found = self.partition(&units, &vec![1.0; order.len()], neighbours)?.0.labels;
        let mut labels = vec![None; order.len()];
        for (&unit, label) in order.iter().zip(found) {
            labels[unit] = label;
        }
        Ok(labels)
    }

    /// Themes of sorted units, of whom the nearest neighbours are known.
    pub(super) fn fit_exactly(&self, units: UnitRows, neighbours: Neighbours) -> Result<Themes, ClusterError> {
        let mass = vec![1.0; units.n_units()];
        let (found, smoothed) = self.partition(&units, &mass, neighbours)?;
        let sub_themes = found.sub_themes(smoothed);
        let surroundings = Surroundings {
            n_neighbours: self.neighbours,
            mean_distance: mean_distance(&found.neighbours),
            isolation_limit: found.isolation_limit,
        };
        let space = ThemeSpace::new(
            units.clone(),
            found.labels.clone(),
            &units,
            &found.labels,
            found.clusters.len(),
            &surroundings,
        );
        Ok(Themes {
            memberships: space.memberships(&units, &found.neighbours),
            labels: found.labels,
            assigned: found.assigned,
            requested: self.themes,
            isolation: found.nearness,
            sub_themes,
            graph: found.graph,
            tree: found.tree,
            centre_of_unit: None,
            space,
        })
    }

    /// Themes of centres that stand for the units; each unit then follows its nearest centre, unless
    /// it is isolated among the units.
    fn fit_centres(&self, units: &UnitRows) -> Result<Themes, ClusterError> {
        let centres = Centres::new(units, self.exact_up_to, self.seed)?;
        let nearest = centres.nearest(units, self.neighbours);
        let all_centres = centres.rows;
        let n_units_of_centre = {
            let mut counts = vec![0.0; all_centres.n_units()];
            for &centre in nearest.indices.column(0) {
                counts[centre] += 1.0;
            }
            counts
        };
        let kept: Vec<usize> = (0..all_centres.n_units()).filter(|&centre| n_units_of_centre[centre] > 0.0).collect();
        let mass: Vec<f64> = kept.iter().map(|&c| n_units_of_centre[c]).collect();
        let points = all_centres.select(&kept);
        let (found, smoothed) = self.partition(&points, &mass, Neighbours::within(&points, self.neighbours))?;

        let mut place = vec![0; all_centres.n_units()];
        let mut centre_labels = vec![None; all_centres.n_units()];
        for (new, &old) in kept.iter().enumerate() {
            place[old] = new;
            centre_labels[old] = found.labels[new];
        }
        let centre_of_unit: Vec<usize> = nearest.indices.column(0).iter().map(|&centre| place[centre]).collect();
        let nearness = nearest.mean_cosine(ISOLATION_NEIGHBOURS);
        let surroundings = Surroundings {
            n_neighbours: self.neighbours,
            mean_distance: mean_distance(&nearest),
            isolation_limit: isolation_limit(&nearness),
        };
        let labels: Vec<Option<usize>> = (0..units.n_units())
            .map(|unit| {
                found.labels[centre_of_unit[unit]]
                    .filter(|_| nearness[unit] >= surroundings.isolation_limit && !units.is_zero(unit))
            })
            .collect();
        let space = ThemeSpace::new(all_centres, centre_labels, units, &labels, found.clusters.len(), &surroundings);
        let sub_themes = found.sub_themes(smoothed).into_iter().map(|parts| {
            let parts = parts?;
            Some(units_of_parts(&parts, &centre_of_unit, &labels))
        });
        Ok(Themes {
            memberships: space.memberships(units, &nearest),
            sub_themes: sub_themes.collect(),
            assigned: centre_of_unit.iter().map(|&c| found.assigned[c]).collect(),
            labels,
            requested: self.themes,
            isolation: nearness,
            graph: found.graph,
            tree: found.tree,
            centre_of_unit: Some(centre_of_unit),
            space,
        })
    }

    /// The steps from points and their neighbours to themes, and the rows as they were smoothed; point `i` stands for
    /// `mass[i]` units.
    pub(super) fn partition(
        &self,
        points: &UnitRows,
        mass: &[f64],
        neighbours: Neighbours,
    ) -> Result<(Partition, Array2<f64>), ClusterError> {
        let n_points = points.n_units();
        let weights = directed_weights(&neighbours, mean_distance(&neighbours));
        let graph = FuzzyGraph::new(&neighbours, &weights);
        let nearness = neighbours.mean_cosine(ISOLATION_NEIGHBOURS);
        let isolation_limit = isolation_limit(&nearness);

        let smoothed = smoothed(points.to_f64(), &graph, self.smoothing_steps);
        let expected = expected_themes(mass.iter().sum(), self.granularity);
        let twins = twins(points);
        let tree = if n_points < MIN_UNITS {
            MergeTree::single(n_points)
        } else {
            let leaves = in_one_leaf(micro_clusters(&smoothed, mass, expected)?, &twins);
            merge_tree(&graph, leaves, &smoothed, mass, self.linkage)
        };
        let level = match self.themes {
            Some(themes) => tree.closest_level(themes),
            None => choose_level(&tree, &smoothed, mass, expected, self.linkage),
        };
        let assigned = tree.cut(level);
        let zero: Vec<bool> = (0..n_points).map(|point| points.is_zero(point)).collect();
        let grounds = Grounds { graph: &graph, nearness: &nearness, isolation_limit, mass, zero: &zero };
        let (mut labels, clusters) = set_aside(&assigned, &grounds);
        where_most_are(&mut labels, &twins);
        let found = Partition { neighbours, graph, nearness, isolation_limit, tree, level, assigned, labels, clusters };
        Ok((found, smoothed))
    }
}

/// What the steps find among points.
pub(super) struct Partition {
    neighbours: Neighbours,
    graph: FuzzyGraph,
    nearness: Vec<f64>,
    isolation_limit: f64,
    tree: MergeTree,
    level: usize,
    assigned: Vec<usize>,
    pub(super) labels: Vec<Option<usize>>,
    /// Number in `assigned` of each theme.
    clusters: Vec<usize>,
}

impl Partition {
    /// The parts of each theme, where it has any. They are of no use where partitions are compared, and take their time.
    fn sub_themes(&self, smoothed: Array2<f64>) -> Vec<Option<Vec<Vec<usize>>>> {
        sub_themes(&self.tree, self.level, &self.clusters, &self.labels, &smoothed)
    }
}

/// The units that follow the centres of each part, largest part first; isolated units are in none.
fn units_of_parts(parts: &[Vec<usize>], centre_of_unit: &[usize], labels: &[Option<usize>]) -> Vec<Vec<usize>> {
    let part_of_centre: BTreeMap<usize, usize> = parts
        .iter()
        .enumerate()
        .flat_map(|(part, centres)| centres.iter().map(move |&centre| (centre, part)))
        .collect();
    let mut units = vec![Vec::new(); parts.len()];
    for (unit, centre) in centre_of_unit.iter().enumerate() {
        if let (Some(_), Some(&part)) = (labels[unit], part_of_centre.get(centre)) {
            units[part].push(unit);
        }
    }
    units.sort_by_key(|part: &Vec<usize>| std::cmp::Reverse(part.len()));
    units
}

/// Leaves of the merge tree: `min(1000, n/3, max(24, 16 · expected))` clusters by Ward's criterion.
fn micro_clusters(smoothed: &Array2<f64>, mass: &[f64], expected: f64) -> Result<Vec<usize>, ClusterError> {
    let n_units = smoothed.nrows();
    let n_clusters = (n_units as f64 / UNITS_PER_MICRO_CLUSTER)
        .min((MICRO_CLUSTERS_PER_THEME * expected).max(MIN_MICRO_CLUSTERS))
        .min(MAX_MICRO_CLUSTERS) as usize;
    if n_units < PROJECT_FROM {
        return Ok(ward_clusters(smoothed, mass, n_clusters));
    }
    let projected = principal_components(smoothed.clone(), PROJECTED_DIMS)?;
    Ok(ward_clusters(&projected, mass, n_clusters))
}

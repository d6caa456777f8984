//! The estimator. Vectors come in, `(n_units, n_dims)`; out come [`Themes`]: a theme or none for each
//! unit, centroids, memberships, the neighbour graph and the merge tree. The steps are one file each:
//! neighbours → graph → smoothing → Ward's micro-clusters → merge tree → level → set aside → membership.
//! Above 20,000 units the same steps run on as many centres, each with the mass of the units nearest to
//! it. There are no random numbers but the seeded sample of those centres, ties go to the smaller index,
//! and sums run in a fixed order: the same vectors give the same bytes on any number of threads. It sees
//! numbers, never text.

mod params;
pub(super) mod parts;
#[cfg(test)]
pub(super) mod tests;

pub use self::params::{ThemeClustering, ThemeClusteringParams, ThemeClusteringValidParams};
use std::collections::BTreeMap;

use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Data, Ix2};

use crate::cluster::ClusterError;
use crate::cluster::choose::{choose_level, expected_themes};
use crate::cluster::coreset::Centres;
use crate::cluster::graph::{FuzzyGraph, directed_weights, mean_distance};
use crate::cluster::membership::{Assignment, Surroundings, ThemeSpace};
use crate::cluster::merge_tree::{Linkage, MergeTree};
use crate::cluster::neighbours::Neighbours;
use crate::cluster::projection::principal_components;
use crate::cluster::set_aside::{Grounds, ISOLATION_NEIGHBOURS, isolation_limit, set_aside};
use crate::cluster::smoothing::smoothed;
use crate::cluster::sub_themes::sub_themes;
use crate::cluster::vector::UnitRows;
use crate::cluster::ward::ward_clusters;

/// From this many units on, Ward's distances are taken along [`PROJECTED_DIMS`] principal directions.
const PROJECT_FROM: usize = 6000;

pub(super) const PROJECTED_DIMS: usize = 64;

/// Micro-clusters at most, and per expected theme.
const MAX_MICRO_CLUSTERS: f64 = 1000.0;

const MICRO_CLUSTERS_PER_THEME: f64 = 16.0;

const MIN_MICRO_CLUSTERS: f64 = 24.0;

/// Units a micro-cluster holds on average at least.
const UNITS_PER_MICRO_CLUSTER: f64 = 3.0;

/// Fewer units than this have no themes.
pub(crate) const MIN_UNITS: usize = 3;

impl ThemeClusteringValidParams {
    /// Themes asked for; `None` when their number is chosen.
    pub fn themes(&self) -> Option<usize> {
        self.themes
    }

    /// Factor on the expected number of themes.
    pub fn granularity(&self) -> f64 {
        self.granularity
    }

    /// Which clusters of the merge tree melt together next.
    pub fn linkage(&self) -> Linkage {
        self.linkage
    }

    /// Nearest neighbours in the graph.
    pub fn neighbours(&self) -> usize {
        self.neighbours
    }

    /// Smoothing steps.
    pub fn smoothing_steps(&self) -> usize {
        self.smoothing_steps
    }

    /// Units above which centres stand for them.
    pub fn exact_up_to(&self) -> usize {
        self.exact_up_to
    }

    /// Seed of the sample that the centres are drawn from.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for ThemeClusteringValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length. The targets are not looked at. Fewer
    /// than three units have no themes; a vector of zeros is in none.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] names the first vector that holds NaN or an infinity,
    /// [`ClusterError::NoDimensions`] is given for vectors without coordinates.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        let mut units = UnitRows::new(dataset.records.view())?;
        let order = units.sort();
        let exactly = units.n_units() <= self.exact_up_to;
        let themes = if exactly { self.fit_exactly(units) } else { self.fit_centres(&units) }?;
        Ok(themes.unsorted(&order))
    }
}

impl ThemeClusteringValidParams {
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
        let found = self.partition(&units, &vec![1.0; order.len()], neighbours)?.labels;
        let mut labels = vec![None; order.len()];
        for (&unit, label) in order.iter().zip(found) {
            labels[unit] = label;
        }
        Ok(labels)
    }

    fn fit_exactly(&self, units: UnitRows) -> Result<Themes, ClusterError> {
        let mass = vec![1.0; units.n_units()];
        let found = self.partition(&units, &mass, Neighbours::within(&units, self.neighbours))?;
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
            sub_themes: found.sub_themes,
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
        let found = self.partition(&points, &mass, Neighbours::within(&points, self.neighbours))?;

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
        let sub_themes = found.sub_themes.iter().map(|parts| {
            let parts = parts.as_deref()?;
            Some(units_of_parts(parts, &centre_of_unit, &labels))
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

    /// The steps from points and their neighbours to themes; point `i` stands for `mass[i]` units.
    fn partition(&self, points: &UnitRows, mass: &[f64], neighbours: Neighbours) -> Result<Partition, ClusterError> {
        let n_points = points.n_units();
        let weights = directed_weights(&neighbours, mean_distance(&neighbours));
        let graph = FuzzyGraph::new(&neighbours, &weights);
        let nearness = neighbours.mean_cosine(ISOLATION_NEIGHBOURS);
        let isolation_limit = isolation_limit(&nearness);

        let smoothed = smoothed(points.to_f64(), &graph, self.smoothing_steps);
        let expected = expected_themes(mass.iter().sum(), self.granularity);
        let tree = if n_points < MIN_UNITS {
            MergeTree::single(n_points)
        } else {
            let leaves = micro_clusters(&smoothed, mass, expected)?;
            MergeTree::grow(&graph, leaves, &smoothed, mass, self.linkage)
        };
        let level = match self.themes {
            Some(themes) => tree.closest_level(themes),
            None => choose_level(&tree, &smoothed, mass, expected, self.linkage),
        };
        let assigned = tree.cut(level);
        let zero: Vec<bool> = (0..n_points).map(|point| points.is_zero(point)).collect();
        let grounds = Grounds { graph: &graph, nearness: &nearness, isolation_limit, mass, zero: &zero };
        let (labels, clusters) = set_aside(&assigned, &grounds);
        let sub_themes = sub_themes(&tree, level, &clusters, &labels, &smoothed);
        Ok(Partition { neighbours, graph, nearness, isolation_limit, tree, assigned, labels, clusters, sub_themes })
    }
}

/// What the steps find among points.
pub(super) struct Partition {
    pub(super) neighbours: Neighbours,
    pub(super) graph: FuzzyGraph,
    pub(super) nearness: Vec<f64>,
    pub(super) isolation_limit: f64,
    pub(super) tree: MergeTree,
    pub(super) assigned: Vec<usize>,
    pub(super) labels: Vec<Option<usize>>,
    /// Number in `assigned` of each theme.
    pub(super) clusters: Vec<usize>,
    pub(super) sub_themes: Vec<Option<Vec<Vec<usize>>>>,
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
    let projected = principal_components(smoothed, PROJECTED_DIMS)?;
    Ok(ward_clusters(&projected, mass, n_clusters))
}

/// Themes that were found among units.
#[derive(Debug, Clone)]
pub struct Themes {
    pub(super) labels: Vec<Option<usize>>,
    pub(super) assigned: Vec<usize>,
    pub(super) requested: Option<usize>,
    pub(super) memberships: Array2<f32>,
    pub(super) isolation: Vec<f64>,
    pub(super) sub_themes: Vec<Option<Vec<Vec<usize>>>>,
    pub(super) graph: FuzzyGraph,
    pub(super) tree: MergeTree,
    pub(super) centre_of_unit: Option<Vec<usize>>,
    pub(super) space: ThemeSpace,
}

impl Themes {
    /// The theme of each unit, `(n_units)`, from 0; `None` for an unclustered one.
    pub fn labels(&self) -> &[Option<usize>] {
        &self.labels
    }

    /// The cluster of each unit, `(n_units)`, in the cut of the tree before any unit was set aside
    /// and any theme dissolved. Its numbers are not those of the themes. Of a flat tree units in no
    /// theme share the last cluster.
    pub fn assigned_before_set_aside(&self) -> &[usize] {
        &self.assigned
    }

    /// Number of themes.
    pub fn n_themes(&self) -> usize {
        self.space.centroids().nrows()
    }

    /// Number of themes that was asked for; `None` when it was chosen.
    pub fn requested_themes(&self) -> Option<usize> {
        self.requested
    }

    /// How many of the themes asked for were not found: the tree had no such level, or they dissolved.
    pub fn shortfall(&self) -> usize {
        self.requested.map_or(0, |themes| themes.saturating_sub(self.n_themes()))
    }

    /// Unit-length means of the fitted vectors of each theme's units, `(n_themes, n_dims)`.
    pub fn centroids(&self) -> &Array2<f32> {
        self.space.centroids()
    }

    /// Membership of each unit in each theme, `(n_units, n_themes)`, 0–1; rows sum to 1 (there is
    /// nothing to sum without themes). Half of it is a softmax of the cosines to the centroids, half
    /// the fuzzy vote of the nearest units. The theme of a unit is mostly, not always, its largest.
    pub fn memberships(&self) -> &Array2<f32> {
        &self.memberships
    }

    /// Temperature of the softmax in [`Themes::memberships`], 0.01–0.12.
    pub fn temperature(&self) -> f64 {
        self.space.temperature()
    }

    /// Mean cosine of each unit to its five nearest units (or centres), `(n_units)`: low for an isolated
    /// one.
    pub fn isolation(&self) -> &[f64] {
        &self.isolation
    }

    /// The parts of a theme, as its unit indices, largest part first; `None` when it does not split
    /// well or there is no such theme. Each part holds at least 3 units and a tenth of the theme.
    pub fn sub_themes(&self, theme: usize) -> Option<&[Vec<usize>]> {
        self.sub_themes.get(theme)?.as_deref()
    }

    /// The centre that stands for each unit, `(n_units)`, in [`Themes::graph`] and [`Themes::tree`];
    /// `None` when there were few enough units for each to stand for itself.
    pub fn centre_of_unit(&self) -> Option<&[usize]> {
        self.centre_of_unit.as_deref()
    }

    /// The fuzzy neighbour graph, of units or (see [`Themes::centre_of_unit`]) of centres.
    pub fn graph(&self) -> &FuzzyGraph {
        &self.graph
    }

    /// The merge tree, of which [`Themes::assigned_before_set_aside`] is a level; of units or of centres
    /// like the graph. It has one level when another [`Algorithm`](super::Algorithm) found the themes.
    pub fn tree(&self) -> &MergeTree {
        &self.tree
    }

    /// Places new vectors, `(n_new, n_dims)`, among the themes.
    ///
    /// # Errors
    /// [`ClusterError::Dimensions`] when `n_dims` differs from the fitted one,
    /// [`ClusterError::NotFinite`] with the first row that holds NaN or an infinity.
    pub fn assign(&self, vectors: ArrayView2<f32>) -> Result<Vec<Assignment>, ClusterError> {
        if vectors.nrows() == 0 || self.labels.is_empty() {
            return Ok(vec![Assignment::NONE; vectors.nrows()]);
        }
        if vectors.ncols() != self.space.n_dims() {
            return Err(ClusterError::Dimensions { found: vectors.ncols(), fitted: self.space.n_dims() });
        }
        Ok(self.space.assign(&UnitRows::new(vectors)?))
    }
}

impl<D: Data<Elem = f32>> PredictInplace<ArrayBase<D, Ix2>, Array1<Assignment>> for Themes {
    /// [`Themes::assign`] in linfa's manner; a vector that is not finite has no theme.
    ///
    /// # Panics
    /// When `n_dims` differs from the fitted one, or `targets` from the number of vectors.
    fn predict_inplace<'a>(&'a self, vectors: &'a ArrayBase<D, Ix2>, targets: &mut Array1<Assignment>) {
        assert_eq!(vectors.nrows(), targets.len(), "one target for each vector");
        let mut vectors = vectors.to_owned();
        for mut vector in vectors.outer_iter_mut() {
            if vector.iter().any(|x| !x.is_finite()) {
                vector.fill(0.0);
            }
        }
        match self.assign(vectors.view()) {
            Ok(assignments) => targets.assign(&Array1::from(assignments)),
            Err(error) => panic!("{error}"),
        }
    }

    fn default_target(&self, vectors: &ArrayBase<D, Ix2>) -> Array1<Assignment> {
        Array1::from_elem(vectors.nrows(), Assignment::NONE)
    }
}

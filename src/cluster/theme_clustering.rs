//! The estimator. Vectors come in, `(n_units, n_dims)`; out come [`Themes`]: a theme or none for each
//! unit, centroids, memberships, the neighbour graph and the merge tree. The steps are one file each:
//! neighbours → graph → smoothing → Ward's micro-clusters → merge tree → level → set aside → membership.
//! Above 20,000 units the same steps run on as many centres, each with the mass of the units nearest to
//! it. There are no random numbers but the seeded sample of those centres, ties go to the smaller index,
//! and sums run in a fixed order: the same vectors give the same bytes on any number of threads. It sees
//! numbers, never text.

use std::collections::BTreeMap;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::{Fit, PredictInplace};
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Data, Ix2};

use super::ClusterError;
use super::choose::{choose_level, expected_themes};
use super::coreset::Centres;
use super::graph::{FuzzyGraph, directed_weights, mean_distance};
use super::membership::{Assignment, Surroundings, ThemeSpace};
use super::merge_tree::{Linkage, MergeTree};
use super::neighbours::Neighbours;
use super::projection::principal_components;
use super::set_aside::{Grounds, ISOLATION_NEIGHBOURS, isolation_limit, set_aside};
use super::smoothing::smoothed;
use super::sub_themes::sub_themes;
use super::vector::UnitRows;
use super::ward::ward_clusters;

/// From this many units on, Ward's distances are taken along [`PROJECTED_DIMS`] principal directions.
const PROJECT_FROM: usize = 6000;
const PROJECTED_DIMS: usize = 64;
/// Micro-clusters at most, and per expected theme.
const MAX_MICRO_CLUSTERS: f64 = 1000.0;
const MICRO_CLUSTERS_PER_THEME: f64 = 16.0;
const MIN_MICRO_CLUSTERS: f64 = 24.0;
/// Units a micro-cluster holds on average at least.
const UNITS_PER_MICRO_CLUSTER: f64 = 3.0;
/// Fewer units than this have no themes.
pub(crate) const MIN_UNITS: usize = 3;

/// Finds themes among vectors.
///
/// ```
/// use leitmotif::cluster::ThemeClustering;
/// use linfa::traits::Fit;
/// use linfa::DatasetBase;
/// use ndarray::Array2;
///
/// // 30 units around three directions.
/// let vectors = Array2::from_shape_fn((30, 4), |(unit, dim)| {
///     if unit % 3 == dim { 1.0 } else { 0.05 * ((unit * 5 + dim * 3) % 7) as f32 }
/// });
/// let themes = ThemeClustering::params().themes(Some(3)).fit(&DatasetBase::from(vectors))?;
/// assert_eq!(themes.n_themes(), 3);
/// assert_eq!(themes.labels()[0], themes.labels()[3]);
/// # Ok::<(), leitmotif::cluster::ClusterError>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct ThemeClustering;

impl ThemeClustering {
    /// Parameters at their defaults.
    pub fn params() -> ThemeClusteringParams {
        ThemeClusteringParams(ThemeClusteringValidParams {
            themes: None,
            granularity: 1.0,
            linkage: Linkage::DEFAULT,
            neighbours: 15,
            smoothing_steps: 3,
            exact_up_to: 20_000,
            seed: 42,
        })
    }
}

/// Parameters of [`ThemeClustering`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeClusteringValidParams {
    themes: Option<usize>,
    granularity: f64,
    linkage: Linkage,
    neighbours: usize,
    smoothing_steps: usize,
    exact_up_to: usize,
    seed: u64,
}

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

/// Parameters of [`ThemeClustering`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeClusteringParams(ThemeClusteringValidParams);

impl ThemeClusteringParams {
    /// Number of themes; `None` (default) chooses it. More than there are micro-clusters gives as
    /// many as possible; themes that dissolve are counted by [`Themes::shortfall`].
    pub fn themes(mut self, themes: Option<usize>) -> Self {
        self.0.themes = themes;
        self
    }

    /// Factor on the expected number of themes `√(n_units / 2)`, more than 0, default 1.
    pub fn granularity(mut self, granularity: f64) -> Self {
        self.0.granularity = granularity;
        self
    }

    /// Which clusters of the merge tree melt together next, default [`Linkage::DEFAULT`].
    pub fn linkage(mut self, linkage: Linkage) -> Self {
        self.0.linkage = linkage;
        self
    }

    /// Nearest neighbours in the graph, 1 or more, default 15.
    pub fn neighbours(mut self, neighbours: usize) -> Self {
        self.0.neighbours = neighbours;
        self
    }

    /// Smoothing steps, default 3.
    pub fn smoothing_steps(mut self, smoothing_steps: usize) -> Self {
        self.0.smoothing_steps = smoothing_steps;
        self
    }

    /// Units up to which each is clustered itself, default 20,000, at least 100. Above, as many
    /// centres stand for them.
    pub fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of the sample that the centres are drawn from, default 42. It changes nothing up to
    /// [`exact_up_to`](Self::exact_up_to) units.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for ThemeClusteringParams {
    type Checked = ThemeClusteringValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        let refuse = |name, found, allowed| Err(ClusterError::Parameter { name, found, allowed });
        if params.themes == Some(0) {
            return refuse("themes", 0.0, "1 or more");
        }
        if !(params.granularity > 0.0 && params.granularity.is_finite()) {
            return refuse("granularity", params.granularity, "more than 0");
        }
        if let Linkage::Modularity { balance } = params.linkage
            && !(balance >= 0.0 && balance.is_finite())
        {
            return refuse("balance", balance, "0 or more");
        }
        if params.neighbours == 0 {
            return refuse("neighbours", 0.0, "1 or more");
        }
        if params.exact_up_to < 100 {
            return refuse("exact_up_to", params.exact_up_to as f64, "100 or more");
        }
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
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
        let found = self.partition(&units, &vec![1.0; order.len()])?.labels;
        let mut labels = vec![None; order.len()];
        for (&unit, label) in order.iter().zip(found) {
            labels[unit] = label;
        }
        Ok(labels)
    }

    fn fit_exactly(&self, units: UnitRows) -> Result<Themes, ClusterError> {
        let mass = vec![1.0; units.n_units()];
        let found = self.partition(&units, &mass)?;
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
        let found = self.partition(&all_centres.select(&kept), &mass)?;

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

    /// The steps from points to themes; point `i` stands for `mass[i]` units.
    fn partition(&self, points: &UnitRows, mass: &[f64]) -> Result<Partition, ClusterError> {
        let n_points = points.n_units();
        let neighbours = Neighbours::within(points, self.neighbours);
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
struct Partition {
    neighbours: Neighbours,
    graph: FuzzyGraph,
    nearness: Vec<f64>,
    isolation_limit: f64,
    tree: MergeTree,
    assigned: Vec<usize>,
    labels: Vec<Option<usize>>,
    /// Number in `assigned` of each theme.
    clusters: Vec<usize>,
    sub_themes: Vec<Option<Vec<Vec<usize>>>>,
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

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::stats::partitions::{adjusted_rand_index, unclustered_as_singletons};
    use linfa::traits::Predict;
    use ndarray::s;

    const VECTORS: &str = include_str!("../../tests/fixtures/theme_clustering/vectors.csv");
    const LABELS: &str = include_str!("../../tests/fixtures/theme_clustering/labels.csv");

    fn fit(vectors: &Array2<f32>) -> Themes {
        fit_with(ThemeClustering::params(), vectors)
    }

    fn fit_with(params: ThemeClusteringParams, vectors: &Array2<f32>) -> Themes {
        params.fit(&DatasetBase::from(vectors.clone())).unwrap()
    }

    fn reference_vectors() -> Array2<f32> {
        let values = VECTORS.split([',', '\n']).filter(|x| !x.is_empty());
        let values: Vec<f32> = values.map(|x| x.parse().unwrap()).collect();
        Array2::from_shape_vec((240, 16), values).unwrap()
    }

    fn reference_labels(column: &str) -> Vec<Option<usize>> {
        let mut lines = LABELS.lines();
        let mut names = lines.next().unwrap().split(',');
        let place = names.position(|name| name == column).unwrap();
        lines.map(|line| line.split(',').nth(place).unwrap().parse().ok()).collect()
    }

    /// A number between −1 and 1 that looks random (SplitMix64, Steele, Lea & Flood 2014).
    fn noise(seed: usize) -> f32 {
        let mut z = (seed as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 23) as f32 - 1.0
    }

    /// `n_groups` groups around random directions, without a random number generator.
    pub(in crate::cluster) fn groups(n_units: usize, n_dims: usize, n_groups: usize) -> Array2<f32> {
        Array2::from_shape_fn((n_units, n_dims), |(unit, dim)| {
            noise((unit % n_groups + 1) * 7919 + dim * 104_729) + 0.5 * noise(unit * 15_485_863 + dim * 32_452_843 + 17)
        })
    }

    fn agrees(themes: &Themes, column: &str) {
        let expected = reference_labels(column);
        let agreement =
            adjusted_rand_index(&unclustered_as_singletons(themes.labels()), &unclustered_as_singletons(&expected));
        assert!(agreement > 0.99, "{column}: {agreement}");
        let cut = unclustered_as_singletons(&reference_labels(&format!("{column}_cut")));
        assert!(adjusted_rand_index(themes.assigned_before_set_aside(), &cut) > 0.99);
        let aside = |labels: &[Option<usize>]| labels.iter().filter(|l| l.is_none()).count();
        assert_eq!(aside(themes.labels()), aside(&expected));
    }

    #[test]
    fn same_partition_as_the_reference() {
        let vectors = reference_vectors();
        let params = ThemeClustering::params;
        agrees(&fit(&vectors), "default");
        agrees(&fit_with(params().linkage(Linkage::Modularity { balance: 1.0 }), &vectors), "balance_1");
        agrees(&fit_with(params().themes(Some(6)), &vectors), "themes_6");
    }

    #[test]
    fn same_bytes_on_any_number_of_threads() {
        for vectors in [reference_vectors(), groups(700, 24, 12)] {
            let on = |n_threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
                let themes = pool.build().unwrap().install(|| fit(&vectors));
                format!("{themes:?}")
            };
            let alone = on(1);
            assert!(alone == on(2) && alone == on(8));
        }
    }

    #[test]
    fn same_projection_on_any_number_of_threads() {
        let rows = groups(900, PROJECTED_DIMS + 8, 20).mapv(f64::from);
        let on = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            let pool = pool.build().unwrap();
            pool.install(|| principal_components(&rows, PROJECTED_DIMS).unwrap())
        };
        let alone = on(1);
        assert!(alone == on(2) && alone == on(8));
    }

    #[test]
    fn a_theme_with_three_parts_shows_them_and_one_without_does_not() {
        let vectors = Array2::from_shape_fn((480, 24), |(unit, dim)| {
            let (group, part) = (unit % 4, if unit % 4 == 0 { unit / 4 % 3 } else { 0 });
            noise((group + 1) * 7919 + dim * 104_729)
                + 0.5 * noise((part + 11) * 6101 + dim * 15_401)
                + 0.2 * noise(unit * 15_485_863 + dim * 32_452_843 + 17)
        });
        let themes = fit_with(ThemeClustering::params().themes(Some(4)), &vectors);
        let theme = themes.labels()[0].unwrap();
        let parts = themes.sub_themes(theme).unwrap();
        assert_eq!(parts.len(), 3);
        for part in parts {
            assert!(part.len() > 35);
            assert!(part.iter().all(|unit| unit / 4 % 3 == part[0] / 4 % 3 && unit % 4 == 0));
        }
        assert_eq!((0..4).filter(|&t| themes.sub_themes(t).is_some()).count(), 1);
        assert_eq!(themes.sub_themes(4), None);
    }

    #[test]
    fn memberships_sum_to_one_and_mostly_agree_with_the_theme() {
        let themes = fit(&reference_vectors());
        let mut agree = 0;
        for (row, label) in themes.memberships().outer_iter().zip(themes.labels()) {
            assert!((row.sum() - 1.0).abs() < 1e-5);
            if let Some(theme) = *label {
                agree += usize::from(row.iter().all(|&x| x <= row[theme]));
            }
        }
        assert!(agree > 216, "{agree} of 240");
        let lengths = themes.centroids().map_axis(ndarray::Axis(1), |c| c.dot(&c));
        assert!(lengths.iter().all(|x| (x - 1.0).abs() < 1e-5));
    }

    #[test]
    fn fitted_vectors_are_predicted_where_they_are() {
        let vectors = groups(400, 20, 5);
        let themes = fit_with(ThemeClustering::params().themes(Some(5)), &vectors);
        let predicted = themes.predict(&vectors);
        let same = predicted.iter().zip(themes.labels());
        assert!(same.filter(|(found, label)| found.theme == **label).count() > 380);
        assert!(predicted.iter().all(|a| (0.0..=1.0001).contains(&a.strength)));
        assert!(matches!(
            themes.assign(vectors.slice(s![.., ..7])),
            Err(ClusterError::Dimensions { found: 7, fitted: 20 })
        ));
    }

    #[test]
    fn a_vector_that_is_not_finite_is_predicted_in_no_theme() {
        let themes = fit(&groups(60, 8, 3));
        let mut new = groups(2, 8, 3);
        new[[1, 4]] = f32::NAN;
        let predicted = themes.predict(&new);
        assert_eq!(predicted[1].theme, None);
        assert!(matches!(themes.assign(new.view()), Err(ClusterError::NotFinite { row: 1, column: 4 })));
    }

    #[test]
    fn centres_stand_for_many_units() {
        let vectors = groups(1500, 16, 6);
        let known: Vec<usize> = (0..1500).map(|unit| unit % 6).collect();
        let params = || ThemeClustering::params().themes(Some(6)).exact_up_to(300);
        let themes = fit_with(params(), &vectors);
        assert_eq!(themes.labels().len(), 1500);
        assert_eq!(themes.memberships().dim(), (1500, themes.n_themes()));
        assert!(themes.graph().n_units() <= 300);
        assert!(themes.centre_of_unit().unwrap().iter().all(|&c| c < 300));
        let agreement = adjusted_rand_index(themes.assigned_before_set_aside(), &known);
        assert!(agreement > 0.95, "{agreement}");
        let on = |n_threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
            let pool = pool.build().unwrap();
            format!("{:?}", pool.install(|| fit_with(params(), &vectors)))
        };
        assert!(on(1) == on(3));
    }

    #[test]
    fn centres_of_duplicates_and_zeros() {
        let mut vectors = Array2::from_elem((250, 4), 0.3);
        vectors.slice_mut(s![200.., ..]).fill(0.0);
        let themes = fit_with(ThemeClustering::params().exact_up_to(100), &vectors);
        assert!(themes.labels()[200..].iter().all(Option::is_none));
    }

    #[test]
    fn no_unit_up_to_a_dozen() {
        for n_units in 0..=12 {
            let vectors = groups(n_units, 5, 2);
            let themes = fit(&vectors);
            assert_eq!(themes.labels().len(), n_units);
            assert_eq!(themes.assigned_before_set_aside().len(), n_units);
            assert_eq!(themes.memberships().dim(), (n_units, themes.n_themes()));
            assert_eq!(themes.graph().n_units(), n_units);
            assert_eq!(themes.isolation().len(), n_units);
            if n_units < MIN_UNITS {
                assert_eq!(themes.n_themes(), 0);
                assert!(themes.labels().iter().all(Option::is_none));
            }
            assert_eq!(themes.assign(vectors.view()).unwrap().len(), n_units);
        }
    }

    #[test]
    fn identical_units_are_one_theme() {
        for n_units in [3, 4, 30, 500] {
            let themes = fit(&Array2::from_elem((n_units, 6), 0.4));
            assert_eq!(themes.n_themes(), 1);
            assert!(themes.labels().iter().all(|&label| label == Some(0)));
            assert_eq!(themes.sub_themes(0), None);
        }
    }

    #[test]
    fn duplicates_stay_together() {
        let distinct = groups(40, 10, 4);
        let vectors = Array2::from_shape_fn((400, 10), |(unit, dim)| distinct[[unit % 40, dim]]);
        let themes = fit(&vectors);
        let assigned = themes.assigned_before_set_aside();
        assert!((0..400).all(|unit| assigned[unit] == assigned[unit % 40]));
    }

    #[test]
    fn zero_vectors_are_in_no_theme() {
        let mut vectors = groups(60, 8, 3);
        vectors.row_mut(7).fill(0.0);
        vectors.row_mut(8).fill(0.0);
        let themes = fit(&vectors);
        assert_eq!((themes.labels()[7], themes.labels()[8]), (None, None));
        assert!(themes.n_themes() >= 2);
        let nothing = fit(&Array2::zeros((50, 4)));
        assert_eq!(nothing.n_themes(), 0);
    }

    #[test]
    fn vectors_that_are_not_finite_are_refused_by_row() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let mut vectors = groups(20, 4, 2);
            vectors[[13, 2]] = bad;
            let error = ThemeClustering::params().fit(&DatasetBase::from(vectors)).unwrap_err();
            assert!(error.to_string().contains("row 13"), "{error}");
        }
        let empty = ThemeClustering::params().fit(&DatasetBase::from(Array2::zeros((5, 0))));
        assert!(matches!(empty, Err(ClusterError::NoDimensions)));
    }

    #[test]
    fn more_themes_than_possible_gives_the_closest_cut_and_a_shortfall() {
        let themes = fit_with(ThemeClustering::params().themes(Some(1000)), &groups(90, 8, 3));
        let assigned = themes.assigned_before_set_aside();
        let n_clusters = assigned.iter().max().unwrap() + 1;
        assert_eq!(n_clusters, themes.tree().n_micro_clusters());
        assert_eq!(themes.requested_themes(), Some(1000));
        assert_eq!(themes.shortfall(), 1000 - themes.n_themes());
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        let params = ThemeClustering::params;
        for bad in [
            params().themes(Some(0)),
            params().granularity(0.0),
            params().granularity(f64::NAN),
            params().linkage(Linkage::Modularity { balance: -0.1 }),
            params().linkage(Linkage::Modularity { balance: f64::INFINITY }),
            params().neighbours(0),
            params().exact_up_to(99),
        ] {
            assert!(matches!(bad.check(), Err(ClusterError::Parameter { .. })));
        }
        assert!(params().check().is_ok());
    }
}

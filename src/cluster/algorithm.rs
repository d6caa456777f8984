//! The choice of an algorithm. Vectors come in, `(n_units, n_dims)`, with the name of an algorithm; the
//! same [`Themes`] come out of each, with memberships, graph and isolation by the same definitions. It
//! finds nothing itself: `theme_clustering`, `k_means`, `agglomerative` and `dbscan` do.
//!
//! [`Algorithm::Themes`] is the default because it agrees best with people's codes. On 54 corpora of six
//! families (texts with known codes, all-MiniLM-L6-v2, nothing tuned to a corpus, unclustered units as
//! themes of their own) the means are
//!
//! | algorithm | AMI | ARI | share clustered |
//! |---|---|---|---|
//! | themes | 0.416 | 0.317 | 0.95 |
//! | k-means, k = √(n/2) | 0.367 | 0.230 | 1 |
//! | HDBSCAN, DBSCAN at every tolerance at once | 0.170 | 0.131 | 0.27 |
//!
//! and on the four files of labelled texts that algorithms are compared on (64 corpora, the same
//! model, mean over the files; the algorithms as they are here, at their defaults)
//!
//! | algorithm | AMI | ARI | share clustered |
//! |---|---|---|---|
//! | themes | 0.370 | 0.257 | 0.95 |
//! | k-means, mean of five seeds (0.333–0.346) | 0.340 | 0.216 | 1 |
//! | agglomerative | 0.344 | 0.213 | 1 |
//! | DBSCAN | 0.054 | 0.028 | 0.73 |
//!
//! K-means and agglomerative clustering cut wherever they are told to and put every unit somewhere.
//! DBSCAN looks for regions denser than their surroundings; sentence vectors of hundreds of dimensions
//! have few, so it tends to find one theme of nearly everything, or hardly any. They are here to compare
//! with, and for studies that have committed to one of them.

use std::collections::BTreeSet;
use std::fmt;

use linfa::ParamGuard;
use linfa::dataset::DatasetBase;
use linfa::traits::Fit;
use ndarray::{ArrayBase, ArrayView2, Data, Ix2};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ClusterError;
use super::agglomerative::agglomerative_clusters;
use super::choose::expected_themes;
use super::dbscan::dbscan_clusters;
use super::flat_themes::flat_themes;
use super::k_means::k_means_clusters;
use super::merge_tree::Linkage;
use super::theme_clustering::{MIN_UNITS, ThemeClustering, ThemeClusteringParams, Themes};
use super::vector::UnitRows;

/// Points, the point itself among them, that make a neighbourhood dense when nothing else is asked.
const MIN_POINTS: usize = 5;
/// Unit vectors are never further apart.
const LARGEST_DISTANCE: f64 = 2.0;

/// How themes are found among vectors.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Algorithm {
    /// This program's own: [`ThemeClustering`].
    #[default]
    Themes,
    /// linfa's `KMeans`: every unit goes to the nearest of k means.
    KMeans,
    /// linfa's `HierarchicalCluster` with Ward's linkage, cut at k clusters; up to 20,000 units.
    Agglomerative,
    /// linfa's `Dbscan`: dense regions are themes, the rest is unclustered; up to 20,000 units.
    Dbscan,
}

impl Algorithm {
    /// Every algorithm, the default first.
    pub const ALL: [Algorithm; 4] = [Self::Themes, Self::KMeans, Self::Agglomerative, Self::Dbscan];

    /// The word for it in options and files: `k-means`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Themes => "themes",
            Self::KMeans => "k-means",
            Self::Agglomerative => "agglomerative",
            Self::Dbscan => "dbscan",
        }
    }

    /// Parameters of this algorithm at their defaults.
    ///
    /// ```
    /// use leitmotif::cluster::Algorithm;
    /// use linfa::DatasetBase;
    /// use linfa::traits::Fit;
    /// use ndarray::Array2;
    ///
    /// // 30 units around three directions.
    /// let vectors = Array2::from_shape_fn((30, 4), |(unit, dim)| {
    ///     if unit % 3 == dim { 1.0 } else { 0.05 * ((unit * 5 + dim * 3) % 7) as f32 }
    /// });
    /// let dataset = DatasetBase::from(vectors.view());
    /// for algorithm in [Algorithm::Themes, Algorithm::KMeans, Algorithm::Agglomerative] {
    ///     let themes = algorithm.params().themes(Some(3)).fit(&dataset)?;
    ///     assert_eq!(themes.n_themes(), 3, "{algorithm}");
    /// }
    /// let themes = Algorithm::Dbscan.params().tolerance(Some(0.6)).fit(&dataset)?;
    /// assert_eq!(themes.n_themes(), 3);
    /// # Ok::<(), leitmotif::cluster::ClusterError>(())
    /// ```
    pub fn params(self) -> AlgorithmParams {
        AlgorithmParams(AlgorithmValidParams {
            algorithm: self,
            themes: None,
            granularity: 1.0,
            linkage: Linkage::DEFAULT,
            min_points: None,
            tolerance: None,
            exact_up_to: 20_000,
            seed: 42,
        })
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Parameters of an [`Algorithm`] that have been checked.
#[derive(Debug, Clone, PartialEq)]
pub struct AlgorithmValidParams {
    algorithm: Algorithm,
    themes: Option<usize>,
    granularity: f64,
    linkage: Linkage,
    min_points: Option<usize>,
    tolerance: Option<f64>,
    exact_up_to: usize,
    seed: u64,
}

impl AlgorithmValidParams {
    /// How themes are found.
    pub fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// Themes asked for; `None` when their number is not given.
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

    /// Points that make a neighbourhood dense.
    pub fn min_points(&self) -> usize {
        self.min_points.unwrap_or(MIN_POINTS)
    }

    /// Radius of a neighbourhood; `None` when it is taken from the distances.
    pub fn tolerance(&self) -> Option<f64> {
        self.tolerance
    }

    /// Units above which centres stand for them.
    pub fn exact_up_to(&self) -> usize {
        self.exact_up_to
    }

    /// Seed of all that is drawn.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// Parameters of an [`Algorithm`] as they were set; checked when fitting.
#[derive(Debug, Clone, PartialEq)]
pub struct AlgorithmParams(AlgorithmValidParams);

impl AlgorithmParams {
    /// Number of themes, 1 or more. `None` (default) lets [`Algorithm::Themes`] choose it; k-means and
    /// agglomerative clustering then find as many as are expected, `granularity · √(n_units / 2)`, 3 to
    /// 60. Refused with DBSCAN, where the density decides.
    pub fn themes(mut self, themes: Option<usize>) -> Self {
        self.0.themes = themes;
        self
    }

    /// Factor on the expected number of themes `√(n_units / 2)`, more than 0, default 1. Another one is
    /// refused with DBSCAN.
    pub fn granularity(mut self, granularity: f64) -> Self {
        self.0.granularity = granularity;
        self
    }

    /// [`ThemeClusteringParams::linkage`], default [`Linkage::DEFAULT`]. The others have no merge tree and
    /// do not look at it.
    pub fn linkage(mut self, linkage: Linkage) -> Self {
        self.0.linkage = linkage;
        self
    }

    /// Points within [`tolerance`](Self::tolerance) of a point, itself included, from which on its
    /// neighbourhood is dense: DBSCAN's `MinPts`, 2 or more. `None` (default) is 5. Refused with other
    /// algorithms.
    pub fn min_points(mut self, min_points: Option<usize>) -> Self {
        self.0.min_points = min_points;
        self
    }

    /// DBSCAN's `Eps`: the Euclidean distance of unit vectors, `√(2 − 2 cosine)`, within which they are
    /// neighbours, more than 0, at most 2. `None` (default) takes the knee of the sorted distances to the
    /// `min_points − 1`-th neighbour. Refused with other algorithms.
    pub fn tolerance(mut self, tolerance: Option<f64>) -> Self {
        self.0.tolerance = tolerance;
        self
    }

    /// Units up to which each is clustered itself, default 20,000, at least 100. Above, the means of
    /// k-means are those of as many units, and the graph is one of centres, as with
    /// [`Algorithm::Themes`]. It does not raise the 20,000 of agglomerative clustering and DBSCAN.
    pub fn exact_up_to(mut self, exact_up_to: usize) -> Self {
        self.0.exact_up_to = exact_up_to;
        self
    }

    /// Seed of all that is drawn, default 42: the first means of k-means, and the units or centres that
    /// stand for more than [`exact_up_to`](Self::exact_up_to) units.
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for AlgorithmParams {
    type Checked = AlgorithmValidParams;
    type Error = ClusterError;

    fn check_ref(&self) -> Result<&Self::Checked, Self::Error> {
        let params = &self.0;
        params.theme_clustering().check_ref()?;
        let refuse = |name, found, allowed| Err(ClusterError::Parameter { name, found, allowed });
        if params.algorithm == Algorithm::Dbscan {
            if let Some(themes) = params.themes {
                return refuse("themes", themes as f64, "none with dbscan, where density decides");
            }
            if params.granularity != 1.0 {
                return refuse("granularity", params.granularity, "1 with dbscan, where density decides");
            }
        } else {
            if let Some(min_points) = params.min_points {
                return refuse("min_points", min_points as f64, "no number but with dbscan");
            }
            if let Some(tolerance) = params.tolerance {
                return refuse("tolerance", tolerance, "no number but with dbscan");
            }
        }
        if params.min_points() < 2 {
            return refuse("min_points", params.min_points() as f64, "2 or more");
        }
        if let Some(tolerance) = params.tolerance.filter(|t| !(*t > 0.0 && *t <= LARGEST_DISTANCE)) {
            return refuse("tolerance", tolerance, "more than 0, at most 2");
        }
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Self::Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl<D: Data<Elem = f32>, T> Fit<ArrayBase<D, Ix2>, T, ClusterError> for AlgorithmValidParams {
    type Object = Themes;

    /// Fits themes to `(n_units, n_dims)` vectors of any length. The targets are not looked at. A vector
    /// of zeros is in no theme; fewer than three others have none. The same vectors give the same themes
    /// in any order and on any number of threads.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`] names the first vector that holds NaN or an infinity,
    /// [`ClusterError::NoDimensions`] is given for vectors without coordinates,
    /// [`ClusterError::TooManyUnits`] for more than 20,000 of them where all pairs are compared.
    fn fit(&self, dataset: &DatasetBase<ArrayBase<D, Ix2>, T>) -> Result<Themes, ClusterError> {
        let vectors = dataset.records.view();
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().fit(dataset),
            Algorithm::KMeans => {
                self.fit_flat(vectors, |rows, k| k_means_clusters(rows, k, self.exact_up_to, self.seed))
            }
            Algorithm::Agglomerative => self.fit_flat(vectors, agglomerative_clusters),
            Algorithm::Dbscan => {
                self.fit_flat(vectors, |rows, _| dbscan_clusters(rows, self.min_points(), self.tolerance))
            }
        }
    }
}

impl AlgorithmValidParams {
    /// The [`Themes::labels`] of a fit to `(n_units, n_dims)` vectors and nothing else, which is quicker.
    ///
    /// # Errors
    /// Those of the fit.
    pub fn labels(&self, vectors: ArrayView2<f32>) -> Result<Vec<Option<usize>>, ClusterError> {
        match self.algorithm {
            Algorithm::Themes => self.theme_clustering().check_ref()?.labels(vectors),
            _ => Ok(self.fit(&DatasetBase::from(vectors))?.labels),
        }
    }

    pub(super) fn theme_clustering(&self) -> ThemeClusteringParams {
        ThemeClustering::params()
            .themes(self.themes)
            .granularity(self.granularity)
            .linkage(self.linkage)
            .exact_up_to(self.exact_up_to)
            .seed(self.seed)
    }

    /// Themes of the clusters that `find_clusters` makes of the rows that have a direction and of the number
    /// of clusters that is asked for or expected of them.
    fn fit_flat(
        &self,
        vectors: ArrayView2<f32>,
        find_clusters: impl FnOnce(&UnitRows, usize) -> Result<Vec<Option<usize>>, ClusterError>,
    ) -> Result<Themes, ClusterError> {
        let mut units = UnitRows::new(vectors)?;
        let order = units.sort();
        let mut clusters = vec![None; units.n_units()];
        let directed: Vec<usize> = (0..units.n_units()).filter(|&unit| !units.is_zero(unit)).collect();
        if directed.len() >= MIN_UNITS {
            let rows = units.select(&directed);
            let expected = expected_themes(rows.n_units() as f64, self.granularity).round() as usize;
            let n_clusters = distinct_up_to(&rows, self.themes.unwrap_or(expected));
            for (unit, cluster) in directed.into_iter().zip(find_clusters(&rows, n_clusters)?) {
                clusters[unit] = cluster;
            }
        }
        let themes = flat_themes(&units, &clusters, self.themes, self.exact_up_to, self.seed)?;
        Ok(themes.unsorted(&order))
    }
}

/// How many of the rows differ, or `limit` when there are more: copies of a vector are never in two themes.
fn distinct_up_to(rows: &UnitRows, limit: usize) -> usize {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::theme_clustering::tests::groups;
    use crate::stats::partitions::adjusted_rand_index;
    use linfa::traits::Predict;
    use ndarray::{Array1, Array2, Axis};

    use super::super::membership::Assignment;

    /// Those that linfa fits.
    const LINFAS: [Algorithm; 3] = [Algorithm::KMeans, Algorithm::Agglomerative, Algorithm::Dbscan];

    fn fit(algorithm: Algorithm, vectors: &Array2<f32>) -> Themes {
        fit_with(algorithm.params(), vectors)
    }

    fn fit_with(params: AlgorithmParams, vectors: &Array2<f32>) -> Themes {
        params.fit(&DatasetBase::from(vectors.view())).unwrap()
    }

    #[test]
    fn words_are_those_of_files() {
        for algorithm in Algorithm::ALL {
            let written = serde_json::to_string(&algorithm).unwrap();
            assert_eq!(written, format!("\"{algorithm}\""));
            assert_eq!(serde_json::from_str::<Algorithm>(&written).unwrap(), algorithm);
        }
        assert_eq!(Algorithm::default(), Algorithm::ALL[0]);
    }

    #[test]
    fn the_default_is_theme_clustering() {
        let vectors = groups(200, 10, 5);
        let params = Algorithm::Themes.params().themes(Some(4)).linkage(Linkage::Ward);
        let expected = ThemeClustering::params().themes(Some(4)).linkage(Linkage::Ward);
        let expected = expected.fit(&DatasetBase::from(vectors.view())).unwrap();
        assert_eq!(format!("{:?}", fit_with(params, &vectors)), format!("{expected:?}"));
    }

    #[test]
    fn labels_alone_are_those_of_the_fit() {
        let vectors = groups(240, 24, 6);
        for algorithm in Algorithm::ALL {
            for exact_up_to in [100, 1000] {
                let params = algorithm.params().exact_up_to(exact_up_to);
                let labels = params.check_ref().unwrap().labels(vectors.view()).unwrap();
                assert_eq!(labels, fit_with(params, &vectors).labels, "{algorithm} up to {exact_up_to}");
            }
        }
    }

    #[test]
    fn groups_are_found() {
        let vectors = groups(480, 24, 6);
        let known: Vec<usize> = (0..480).map(|unit| unit % 6).collect();
        for algorithm in LINFAS {
            let asked = (algorithm != Algorithm::Dbscan).then_some(6);
            let tolerance = (algorithm == Algorithm::Dbscan).then_some(0.8);
            let themes = fit_with(algorithm.params().themes(asked).tolerance(tolerance), &vectors);
            let found: Vec<usize> = themes.labels().iter().map(|label| label.unwrap_or(99)).collect();
            let agreement = adjusted_rand_index(&known, &found);
            assert!(agreement > 0.95, "{algorithm}: {agreement}");
            assert_eq!((themes.n_themes(), themes.shortfall()), (6, 0), "{algorithm}");
        }
    }

    #[test]
    fn what_comes_out_is_what_comes_out_of_the_default() {
        let vectors = groups(150, 16, 5);
        for algorithm in LINFAS {
            let themes = fit(algorithm, &vectors);
            let n_themes = themes.n_themes();
            assert!(n_themes > 0, "{algorithm}");
            assert_eq!(themes.memberships().dim(), (150, n_themes));
            assert!(themes.memberships().outer_iter().all(|row| (row.sum() - 1.0).abs() < 1e-5));
            assert_eq!(themes.centroids().dim(), (n_themes, 16));
            assert_eq!((themes.graph().n_units(), themes.isolation().len()), (150, 150));
            assert!((0..n_themes).all(|theme| themes.sub_themes(theme).is_none()));
            assert_eq!(themes.tree().cut(1), themes.assigned_before_set_aside());
            for (label, &cluster) in themes.labels().iter().zip(themes.assigned_before_set_aside()) {
                assert_eq!(label.unwrap_or(n_themes), cluster);
            }
            assert!((0..n_themes).all(|theme| themes.labels().contains(&Some(theme))), "numbered without a gap");
            let placed: Array1<Assignment> = themes.predict(&vectors);
            let kept = placed.iter().zip(themes.labels()).filter(|(new, old)| new.theme == **old).count();
            assert!(kept > 120, "{algorithm}: {kept}");
        }
    }

    #[test]
    fn as_many_themes_as_expected_unless_asked() {
        let vectors = groups(200, 16, 20);
        for algorithm in [Algorithm::KMeans, Algorithm::Agglomerative] {
            assert_eq!(fit(algorithm, &vectors).n_themes(), 10);
            assert_eq!(fit_with(algorithm.params().granularity(0.5), &vectors).n_themes(), 5);
            assert_eq!(fit_with(algorithm.params().themes(Some(1)), &vectors).n_themes(), 1);
            let all = fit_with(algorithm.params().themes(Some(1000)), &vectors);
            assert_eq!((all.n_themes(), all.shortfall()), (200, 800), "{algorithm}");
        }
    }

    #[test]
    fn no_unit_up_to_a_dozen() {
        for algorithm in LINFAS {
            for n_units in 0..=12 {
                let vectors = groups(n_units, 5, 2);
                let themes = fit(algorithm, &vectors);
                assert_eq!(themes.labels().len(), n_units);
                assert_eq!(themes.assigned_before_set_aside().len(), n_units);
                assert_eq!(themes.memberships().dim(), (n_units, themes.n_themes()));
                assert_eq!(themes.graph().n_units(), n_units);
                assert_eq!(themes.n_themes() == 0, themes.labels().iter().all(Option::is_none));
                assert!(n_units >= MIN_UNITS || themes.n_themes() == 0, "{algorithm}: {n_units}");
                assert_eq!(themes.assign(vectors.view()).unwrap().len(), n_units);
            }
        }
    }

    #[test]
    fn identical_units_are_one_theme() {
        for algorithm in LINFAS {
            for n_units in [5, 30, 300] {
                let themes = fit(algorithm, &Array2::from_elem((n_units, 6), 0.4));
                assert!(themes.labels().iter().all(|&label| label == Some(0)), "{algorithm}: {n_units}");
            }
        }
    }

    #[test]
    fn duplicates_stay_together() {
        let distinct = groups(8, 10, 4);
        let vectors = Array2::from_shape_fn((160, 10), |(unit, dim)| distinct[[unit % 8, dim]]);
        for algorithm in LINFAS {
            let themes = fit(algorithm, &vectors);
            assert!((0..160).all(|unit| themes.labels()[unit] == themes.labels()[unit % 8]), "{algorithm}");
        }
    }

    #[test]
    fn zero_vectors_are_in_no_theme() {
        let mut vectors = groups(60, 8, 3);
        vectors.row_mut(0).fill(0.0);
        vectors.row_mut(8).fill(0.0);
        for algorithm in LINFAS {
            let themes = fit(algorithm, &vectors);
            assert_eq!((themes.labels()[0], themes.labels()[8]), (None, None), "{algorithm}");
            assert!(themes.n_themes() > 0, "{algorithm}");
            assert_eq!(fit(algorithm, &Array2::zeros((50, 4))).n_themes(), 0);
        }
    }

    #[test]
    fn vectors_that_are_not_finite_are_refused_by_row() {
        for algorithm in LINFAS {
            for bad in [f32::NAN, f32::INFINITY] {
                let mut vectors = groups(20, 4, 2);
                vectors[[13, 2]] = bad;
                let error = algorithm.params().fit(&DatasetBase::from(vectors)).unwrap_err();
                assert!(error.to_string().contains("row 13"), "{error}");
            }
            let empty = algorithm.params().fit(&DatasetBase::from(Array2::zeros((5, 0))));
            assert!(matches!(empty, Err(ClusterError::NoDimensions)));
        }
    }

    #[test]
    fn same_bytes_on_any_number_of_threads() {
        let vectors = groups(400, 24, 12);
        for params in LINFAS.map(Algorithm::params).into_iter().chain([Algorithm::KMeans.params().exact_up_to(100)]) {
            let on = |n_threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
                let themes = pool.build().unwrap().install(|| fit_with(params.clone(), &vectors));
                format!("{themes:?}")
            };
            let alone = on(1);
            assert!(alone == on(2) && alone == on(8), "{params:?}");
        }
    }

    #[test]
    fn the_order_of_the_input_changes_nothing_but_itself() {
        let vectors = groups(400, 24, 12);
        // 7 and 400 have no common divisor.
        let shuffle: Vec<usize> = (0..400).map(|unit| (unit * 7 + 3) % 400).collect();
        let shuffled = vectors.select(Axis(0), &shuffle);
        for params in LINFAS.map(Algorithm::params).into_iter().chain([Algorithm::KMeans.params().exact_up_to(100)]) {
            let (a, b) = (fit_with(params.clone(), &vectors), fit_with(params.clone(), &shuffled));
            let same_label = |(&there, &label): (&usize, &Option<usize>)| a.labels()[there] == label;
            assert!(shuffle.iter().zip(b.labels()).all(same_label), "{params:?}");
            assert_eq!(a.memberships().select(Axis(0), &shuffle), *b.memberships(), "to the last bit");
            assert_eq!(a.centroids(), b.centroids(), "to the last bit");
        }
    }

    #[test]
    fn many_units_follow_the_means_of_some() {
        let vectors = groups(600, 16, 4);
        let known: Vec<usize> = (0..600).map(|unit| unit % 4).collect();
        let themes = fit_with(Algorithm::KMeans.params().themes(Some(4)).exact_up_to(100), &vectors);
        let found: Vec<usize> = themes.labels().iter().flatten().copied().collect();
        assert!(adjusted_rand_index(&known, &found) > 0.95);
        let centre_of_unit = themes.centre_of_unit().unwrap();
        let n_centres = themes.graph().n_units();
        assert!(n_centres <= 100 && centre_of_unit.iter().all(|&centre| centre < n_centres));
        assert_eq!(themes.tree().micro_clusters().len(), n_centres);
        assert!(themes.memberships().outer_iter().all(|row| (row.sum() - 1.0).abs() < 1e-5));
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        let (k_means, dbscan) = (|| Algorithm::KMeans.params(), || Algorithm::Dbscan.params());
        for bad in [
            k_means().themes(Some(0)),
            k_means().granularity(0.0),
            k_means().exact_up_to(99),
            k_means().min_points(Some(5)),
            Algorithm::Themes.params().tolerance(Some(0.5)),
            dbscan().themes(Some(5)),
            dbscan().granularity(2.0),
            dbscan().min_points(Some(1)),
            dbscan().tolerance(Some(0.0)),
            dbscan().tolerance(Some(2.5)),
            dbscan().tolerance(Some(f64::NAN)),
        ] {
            assert!(matches!(bad.check(), Err(ClusterError::Parameter { .. })));
        }
        for algorithm in Algorithm::ALL {
            assert!(algorithm.params().check().is_ok());
        }
        assert!(dbscan().min_points(Some(2)).tolerance(Some(2.0)).linkage(Linkage::Ward).check().is_ok());
    }
}

//! The themes that an estimator finds. A theme or none for each unit comes in, with what was found on the
//! way: centroids, memberships, the neighbour graph, the merge tree; out come these, and where new vectors
//! belong. Every estimator returns this; it finds and changes no theme.

use linfa::traits::PredictInplace;
use ndarray::{Array1, Array2, ArrayBase, ArrayView2, Data, Ix2};

use super::errors::ClusterError;
use super::graph::FuzzyGraph;
use super::membership::{Assignment, ThemeSpace};
use super::merge_tree::MergeTree;
use super::vector::UnitRows;

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

impl Themes {
    /// Without what only new units need, the graph and the tree; beside it the rows that it has of the vectors, of units or of
    /// centres, in the order of their coordinates.
    pub(crate) fn into_found(self) -> (FoundThemes, UnitRows) {
        let Self { labels, memberships, isolation, sub_themes, space, .. } = self;
        (FoundThemes { labels, memberships, isolation, sub_themes }, space.into_points())
    }
}

/// What was found of the units that were fitted, and nothing of how.
#[derive(Debug)]
pub(crate) struct FoundThemes {
    /// [`Themes::labels`]
    pub(crate) labels: Vec<Option<usize>>,
    /// [`Themes::memberships`]
    pub(crate) memberships: Array2<f32>,
    /// [`Themes::isolation`]
    pub(crate) isolation: Vec<f64>,
    sub_themes: Vec<Option<Vec<Vec<usize>>>>,
}

impl FoundThemes {
    /// [`Themes::sub_themes`]
    pub(crate) fn sub_themes(&self, theme: usize) -> Option<&[Vec<usize>]> {
        self.sub_themes.get(theme)?.as_deref()
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

//! The rules by which themes are looked for, cut, kept and set aside, with their reasons.

// Neighbours, and how many units are taken as they are.

/// Share of a theme's members, each left out, that are as far from it as a vector that it does not
/// take in.
pub const LIMIT_QUANTILE: f64 = 0.05;
/// Nearest units that vote, and that the graph joins: what UMAP takes by default.
pub(crate) const NEIGHBOURS: usize = 15;
/// All pairs of units are looked at, which takes time with the square of their number; of more than this a
/// seeded sample or centres stand for them.
pub(crate) const MOST_UNITS: usize = 20_000;
/// Fewer units than this have no themes.
pub(crate) const MIN_UNITS: usize = 3;
/// Seed of all that is drawn, where none is given.
pub(crate) const SEED: u64 = 42;
/// Steps in which each vector moves halfway to its neighbours: what a few people say in odd words gets to
/// where its meaning is. Five more change the agreement with coders by less than 0.01 (docs/decisions.md).
pub(crate) const SMOOTHING_STEPS: usize = 3;

// Centres, beyond the units that are taken as they are.

/// Sampled units per centre.
pub(crate) const SAMPLED_PER_CENTRE: usize = 5;
/// Steps of assigning the sample to the means and moving these.
pub(crate) const CENTRE_STEPS: usize = 2;
/// Cells, the own one included, in which a unit looks for its nearest centres: on a mixture of 100,000 the
/// themes agree with those of the search among all centres (ARI 0.997).
pub(crate) const CELLS_AROUND: usize = 16;

// Micro-clusters, the leaves of the merge tree.

/// Micro-clusters at most: the tree compares all pairs of them.
pub(crate) const MAX_MICRO_CLUSTERS: f64 = 1000.0;
/// Micro-clusters per expected theme, so that a level of the tree has several to join.
pub(crate) const MICRO_CLUSTERS_PER_THEME: f64 = 16.0;
/// Micro-clusters at least, as far as there are units for them.
pub(crate) const MIN_MICRO_CLUSTERS: f64 = 24.0;
/// Units a micro-cluster holds on average at least.
pub(crate) const UNITS_PER_MICRO_CLUSTER: f64 = 3.0;
/// From this many units on, Ward's distances are taken along [`PROJECTED_DIMS`] principal directions, for
/// speed.
pub(crate) const PROJECT_FROM: usize = 6000;
/// Those directions.
pub(crate) const PROJECTED_DIMS: usize = 64;

// What belongs to no theme.

/// A unit keeps its theme when at least this share of its edge weight lies within the theme.
pub(crate) const MIN_OWN_SHARE: f64 = 0.25;
/// Nearest neighbours over which isolation is measured.
pub(crate) const ISOLATION_NEIGHBOURS: usize = 5;
/// Median absolute deviations below the median at which a unit is isolated.
pub(crate) const ISOLATION_DEVIATIONS: f64 = 3.0;
/// Share of all units below which a theme dissolves.
pub(crate) const MIN_THEME_SHARE: f64 = 0.0025;
/// Units below which a theme dissolves, however few there are.
pub(crate) const MIN_THEME_UNITS: f64 = 3.0;

// How many themes there are.

/// Number of themes expected of `n_units`: `granularity · √(n/2)`, 3 to 60.
pub(crate) fn expected_themes(n_units: f64, granularity: f64) -> f64 {
    (granularity * (n_units / 2.0).sqrt()).clamp(3.0, 60.0)
}

/// Weight of the distance, in octaves squared, from the expected number of themes.
pub(crate) const PRIOR_STRENGTH: f64 = 0.3;
/// The same with Ward's linkage, under which separation hardly ever stops growing with the number.
pub(crate) const WARD_PRIOR_STRENGTH: f64 = 2.0;
/// Up to this level of the tree every one is tried, above only every `level / 15`-th: neighbouring levels
/// there hardly differ.
pub(crate) const EVERY_LEVEL_UP_TO: usize = 30;

// What is a part of a theme.

/// Units below which a part is not one.
pub(crate) const MIN_PART_UNITS: usize = 3;
/// Share of a theme's units below which a part is not one.
pub(crate) const MIN_PART_SHARE: f64 = 0.1;
/// Parts of a theme at most.
pub(crate) const MAX_PARTS: usize = 6;
/// Separation (−1 to 1) from which a theme is said to have parts.
pub(crate) const MIN_SEPARATION: f64 = 0.5;
/// Branches of the tree into which a theme is taken apart at most while its parts are looked for.
pub(crate) const MAX_BRANCHES: usize = 64;

// K-means.

/// Runs from other first means; the one with the smallest sum of squares is kept. linfa's default is 10; of
/// 4 the agreement with people's codes differs by 0.013 between the best and the worst of five seeds
/// (`algorithm`).
pub(crate) const K_MEANS_RUNS: usize = 4;
/// Steps of a run at most: linfa's default.
pub(crate) const K_MEANS_STEPS: u64 = 300;
/// A run ends when all means together move less than this: linfa's default.
pub(crate) const K_MEANS_TOLERANCE: f32 = 1e-4;

// DBSCAN.

/// Points, the point itself among them, that make a neighbourhood dense when nothing else is asked:
/// scikit-learn's default.
pub(crate) const MIN_POINTS: usize = 5;
/// The tolerance that is taken from the distances is at least this; copies of a vector differ by less.
pub(crate) const SMALLEST_TOLERANCE: f64 = 1e-3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expected_number_is_bounded() {
        assert_eq!(expected_themes(2.0, 1.0), 3.0);
        assert_eq!(expected_themes(200.0, 1.0), 10.0);
        assert_eq!(expected_themes(200.0, 2.0), 20.0);
        assert_eq!(expected_themes(1e6, 1.0), 60.0);
    }
}

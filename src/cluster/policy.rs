//! The rules by which themes are cut, kept and set aside, with their reasons.

// Neighbours, and how many units are taken as they are.

/// Share of a theme's members, each left out, that are as far from it as a vector that it does not
/// take in.
pub const LIMIT_QUANTILE: f64 = 0.05;
/// Nearest units that vote.
pub(crate) const NEIGHBOURS: usize = 15;
/// All pairs of units are looked at; of more than this a seeded sample stands for them.
pub(crate) const MOST_UNITS: usize = 20_000;

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

/// Weight of the distance, in octaves squared, from the expected number of themes.
pub(crate) const PRIOR_STRENGTH: f64 = 0.3;
/// The same with Ward's linkage, under which separation hardly ever stops growing with the number.
pub(crate) const WARD_PRIOR_STRENGTH: f64 = 2.0;

// What is a part of a theme.

/// Units below which a part is not one.
pub(crate) const MIN_PART_UNITS: usize = 3;
/// Share of a theme's units below which a part is not one.
pub(crate) const MIN_PART_SHARE: f64 = 0.1;
/// Parts of a theme at most.
pub(crate) const MAX_PARTS: usize = 6;
/// Separation (−1 to 1) from which a theme is said to have parts.
pub(crate) const MIN_SEPARATION: f64 = 0.5;

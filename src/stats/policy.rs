//! The bounds from which groups are said to differ, and themes to be the same, with their reasons.

// When a difference is clear.

/// Both corrections call what is below this.
pub const LEVEL: f64 = 0.05;
/// A group with fewer participants asked is not compared.
pub const FEWEST: usize = 5;
/// The interval of the difference may be this wide, in shares: ±25 points. Where it is wider, too few were asked to say
/// that there is no difference.
pub const WIDEST: f64 = 0.5;

// When a share rises or falls along groups in an order.

/// Fewer participants who voiced a theme, or who did not, tell no trend.
pub const FEWEST_FOR_TREND: usize = 5;

// When a difference is one of how much somebody said.

/// Shares nearer to each other than this have no order.
pub(crate) const LEAST_DIFFERENCE: f64 = 0.05;

// When agreement has an interval.

/// From so many participants on there are intervals.
pub const MIN_PARTICIPANTS: usize = 5;

// When two themes are the same.

/// Random deals.
pub(crate) const DEALS: usize = 200;
/// Share of deals in which any two random groups may be that near.
pub(crate) const CHANCE: f64 = 0.01;
/// Whatever chance allows, themes below this cosine are not alike to a reader. Between halves of coded material, of
/// 26 pairs below it that were called the same 12 had the same code, of 96 above it 76 (docs/new-interviews.md).
pub(crate) const ALIKE_COSINE: f64 = 0.6;
/// Themes are the same when so much of the passages of either falls into the other, too: of such pairs 61 of 70 had
/// the same code, of those above the cosine without it 15 of 26.
pub(crate) const BOTH_WAYS: f64 = 0.45;
/// Below this cosine a theme is no part of another one of the other side.
pub(crate) const PART_COSINE: f64 = 0.7;
/// Share of a theme's passages in one theme of the other side that makes the two the same.
pub const SAME: f64 = 0.7;
/// Share that makes it a part.
pub const PART: f64 = 0.3;

//! The bounds from which groups are said to differ, and themes to be the same, with their reasons.

// When a difference is clear.

/// Both corrections call what is below this.
pub const LEVEL: f64 = 0.05;
/// A group with fewer participants asked is not compared.
pub const FEWEST: usize = 5;
/// The interval of the difference may reach this far to either side, in shares; beyond, too few were asked
/// to say that there is no difference.
pub const WIDEST: f64 = 0.25;

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
/// Whatever chance allows, themes below this cosine are not the same to a reader.
pub(crate) const SAME_COSINE: f64 = 0.5;
/// Share of a theme's passages in one theme of the other side that makes the two the same.
pub const SAME: f64 = 0.7;
/// Share that makes it a part.
pub const PART: f64 = 0.3;

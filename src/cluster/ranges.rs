//! What parameters that several estimators have may be. A value comes in; nothing or its error comes out.
//! Those of one estimator are checked beside it.

use super::errors::ClusterError;

pub(crate) fn check_themes(themes: Option<usize>) -> Result<(), ClusterError> {
    within(themes != Some(0), "themes", 0.0, "1 or more")
}

pub(crate) fn check_granularity(granularity: f64) -> Result<(), ClusterError> {
    within(granularity > 0.0 && granularity.is_finite(), "granularity", granularity, "more than 0")
}

/// Fewer centres than 100 would not stand for many units.
pub(crate) fn check_exact_up_to(exact_up_to: usize) -> Result<(), ClusterError> {
    within(exact_up_to >= 100, "exact_up_to", exact_up_to as f64, "100 or more")
}

/// The error of the parameter `name`, `found` where `allowed` is allowed, unless it `holds`.
pub(crate) fn within(holds: bool, name: &'static str, found: f64, allowed: &'static str) -> Result<(), ClusterError> {
    if holds { Ok(()) } else { Err(ClusterError::Parameter { name, found, allowed }) }
}

//! This program's own estimator. Vectors come in, `(n_units, n_dims)`; out come [`Themes`](super::Themes): a
//! theme or none for each unit, centroids, memberships, the neighbour graph and the merge tree. The steps are
//! one file each: `neighbours` → `graph` → `smoothing` → `ward` (micro-clusters) → `linkage` (the merge tree)
//! → `choose` (its level) → `set_aside` → `sub_themes` → `membership`; those of them that other estimators
//! take too stand in the folder above, the rest here, and `algorithm` calls them.
//!
//! Above 20,000 units the same steps run on as many centres, each with the mass of the units nearest to
//! it. There are no random numbers but the seeded sample of those centres, ties go to the smaller index,
//! and sums run in a fixed order, and units with the same vector are always together: the same vectors give the same bytes on any number of threads. It sees
//! numbers, never text.

mod algorithm;
mod choose;
mod linkage;
mod params;
mod parts;
mod set_aside;
mod smoothing;
mod sub_themes;
mod twins;
mod ward;

#[cfg(test)]
mod tests;

pub use linkage::Linkage;
pub use params::{ThemeClustering, ThemeClusteringParams, ThemeClusteringValidParams};
pub(crate) use parts::{Listed, Whole};

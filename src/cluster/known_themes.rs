//! Themes that are known already, whoever found or edited them. Vectors with their themes come in; out
//! comes the theme, or none, of new vectors, and of each known one as if it were new. It finds no
//! themes and changes none.
//!
//! A vector goes to the theme with the largest share of its 15 nearest units, weighted as in the
//! graph: the rule by which units stay in a theme, rather than the largest membership, which agrees
//! less with the themes (`docs/clustering.md`). It is in no theme when
//! - that share is below the one that keeps a unit in its theme;
//! - it is as isolated as units that are set aside; or
//! - it is further from the theme than nearly all members are: its mean cosine to the five nearest
//!   members is below [`LIMIT_QUANTILE`] of what members have to the others.

pub use super::policy::LIMIT_QUANTILE;
use crate::stats::quantile::quantile;
use ndarray::{ArrayView2, Axis};
use rayon::prelude::*;

use super::errors::ClusterError;
use super::graph::{directed_weights, mean_distance};
use super::isolation::isolation_limit;
use super::membership::{Surroundings, ThemeSpace};
use super::neighbours::Neighbours;
use super::policy::{ISOLATION_NEIGHBOURS, MIN_OWN_SHARE, MOST_UNITS, NEIGHBOURS, SEED};
use super::vector::UnitRows;
use crate::stats::draws::draw;

/// Units with their themes, and what places vectors among them.
#[derive(Debug, Clone)]
pub struct KnownThemes {
    units: UnitRows,
    labels: Vec<Option<usize>>,
    space: ThemeSpace,
    /// For each theme its members among `units`.
    members: Vec<Vec<usize>>,
    mean_distance: f64,
    isolation_limit: f64,
    /// For each theme the least mean cosine to its nearest members.
    limits: Vec<f64>,
    own: Vec<Option<usize>>,
    sample: Vec<usize>,
}

/// Where a vector belongs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// Its theme.
    pub theme: Option<usize>,
    /// Its membership in that theme, 0–1.
    pub strength: Option<f64>,
    /// Of the other themes (in no theme: of all) the one with the largest membership, 0–1.
    pub next: Option<(usize, f64)>,
}

impl KnownThemes {
    /// From `vectors`, `(n_units, n_dims)`, with their themes, numbered below `n_themes`.
    ///
    /// # Errors
    /// [`ClusterError::NotFinite`], [`ClusterError::NoDimensions`].
    ///
    /// # Panics
    /// When `labels` are not one for each vector.
    pub fn new(vectors: ArrayView2<f32>, labels: &[Option<usize>], n_themes: usize) -> Result<Self, ClusterError> {
        assert_eq!(vectors.nrows(), labels.len(), "one label for each vector");
        let mut sample: Vec<usize> = (0..labels.len()).collect();
        if labels.len() > MOST_UNITS {
            sample = draw(labels.len(), MOST_UNITS, SEED);
            sample.sort_unstable();
        }
        let units = UnitRows::new(vectors.select(Axis(0), &sample).view())?;
        let labels: Vec<Option<usize>> = sample.iter().map(|&unit| labels[unit]).collect();
        let nearest = Neighbours::within(&units, NEIGHBOURS);
        let surroundings = Surroundings {
            n_neighbours: NEIGHBOURS,
            mean_distance: mean_distance(&nearest),
            isolation_limit: isolation_limit(&nearest.mean_cosine(ISOLATION_NEIGHBOURS)),
        };
        let space = ThemeSpace::new(units.clone(), labels.clone(), &units, &labels, n_themes, &surroundings);
        let mut members = vec![Vec::new(); n_themes];
        for (unit, label) in labels.iter().enumerate() {
            if let Some(theme) = *label {
                members[theme].push(unit);
            }
        }
        let mut known = Self {
            units,
            labels,
            space,
            members,
            mean_distance: surroundings.mean_distance,
            isolation_limit: surroundings.isolation_limit,
            limits: Vec::new(),
            own: Vec::new(),
            sample,
        };
        known.limits = (0..n_themes).map(|theme| known.limit(theme)).collect();
        known.own = known.decide(&known.units, &nearest, true);
        Ok(known)
    }

    /// Number of themes.
    pub fn n_themes(&self) -> usize {
        self.members.len()
    }

    /// For each known unit, or those of the sample that stands for them, its number, its theme, and
    /// the theme it would have if it were new: it is left out of its theme and of its neighbours.
    pub fn left_out(&self) -> impl Iterator<Item = (usize, Option<usize>, Option<usize>)> + '_ {
        self.sample.iter().zip(&self.labels).zip(&self.own).map(|((&unit, &label), &own)| (unit, label, own))
    }

    /// Places `vectors`, `(n_new, n_dims)`. One that equals a known unit has that unit among its
    /// neighbours.
    ///
    /// # Errors
    /// [`ClusterError::Dimensions`], [`ClusterError::NotFinite`].
    pub fn place(&self, vectors: ArrayView2<f32>) -> Result<Vec<Placement>, ClusterError> {
        let nowhere = Placement { theme: None, strength: None, next: None };
        if vectors.nrows() == 0 || self.members.is_empty() {
            return Ok(vec![nowhere; vectors.nrows()]);
        }
        if vectors.ncols() != self.units.n_dims() {
            return Err(ClusterError::Dimensions { found: vectors.ncols(), fitted: self.units.n_dims() });
        }
        let queries = UnitRows::new(vectors)?;
        let nearest = Neighbours::between(&queries, &self.units, NEIGHBOURS);
        let memberships = self.space.memberships(&queries, &nearest);
        let themes = self.decide(&queries, &nearest, false);
        let placed = themes.into_iter().zip(memberships.outer_iter()).map(|(theme, memberships)| {
            let others = memberships.iter().enumerate().filter(|&(other, _)| theme != Some(other));
            let next = others.map(|(other, &share)| (other, f64::from(share)));
            Placement {
                theme,
                strength: theme.map(|theme| f64::from(memberships[theme])),
                next: next.reduce(|best, here| if here.1 > best.1 { here } else { best }),
            }
        });
        Ok(placed.collect())
    }

    /// The theme of each query; `known`: the queries are the units themselves.
    fn decide(&self, queries: &UnitRows, nearest: &Neighbours, known: bool) -> Vec<Option<usize>> {
        let weights = directed_weights(nearest, self.mean_distance);
        let nearness = nearest.mean_cosine(ISOLATION_NEIGHBOURS);
        (0..queries.n_units())
            .into_par_iter()
            .map(|query| {
                let (votes, _, all) = self.space.votes(nearest.indices.row(query), weights.row(query));
                let most = votes.iter().copied().enumerate();
                let (theme, vote) = most.reduce(|best, here| if here.1 > best.1 { here } else { best })?;
                let belongs = vote > 0.0
                    && vote >= MIN_OWN_SHARE * all
                    && !queries.is_zero(query)
                    && nearness[query] >= self.isolation_limit
                    && self.nearness(queries, query, theme, known.then_some(query))? >= self.limits[theme];
                belongs.then_some(theme)
            })
            .collect()
    }

    /// Mean cosine of a query to the nearest members of a theme, but for `without`; `None` when no
    /// other is there.
    fn nearness(&self, queries: &UnitRows, query: usize, theme: usize, without: Option<usize>) -> Option<f64> {
        let others = self.members[theme].iter().filter(|&&member| Some(member) != without);
        let mut cosines: Vec<f64> = others.map(|&member| queries.cosine(query, &self.units, member)).collect();
        cosines.sort_unstable_by(|a, b| b.total_cmp(a));
        cosines.truncate(ISOLATION_NEIGHBOURS);
        (!cosines.is_empty()).then(|| cosines.iter().sum::<f64>() / cosines.len() as f64)
    }

    fn limit(&self, theme: usize) -> f64 {
        let members = self.members[theme].par_iter();
        let mut own: Vec<f64> =
            members.filter_map(|&member| self.nearness(&self.units, member, theme, Some(member))).collect();
        own.sort_unstable_by(f64::total_cmp);
        quantile(&own, LIMIT_QUANTILE).unwrap_or(self.isolation_limit)
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample_vectors::groups;
    use super::*;
    use ndarray::{Array2, s};

    #[test]
    fn new_vectors_find_their_group_and_strangers_none() {
        let all = groups(400, 24, 5);
        let (old, new) = (all.slice(s![..300, ..]), all.slice(s![300.., ..]));
        let labels: Vec<Option<usize>> = (0..300).map(|unit| Some(unit % 5)).collect();
        let known = KnownThemes::new(old, &labels, 5).unwrap();
        let placed = known.place(new).unwrap();
        let right = placed.iter().zip(300..).filter(|(placed, unit)| placed.theme == Some(unit % 5)).count();
        assert!(right >= 90, "{right} of 100");
        assert!(placed.iter().all(|p| p.strength.is_none_or(|s| s > 0.5) && p.next.is_some()));
        let strangers = groups(100, 24, 97).mapv(|x| -x);
        let placed = known.place(strangers.view()).unwrap();
        assert!(placed.iter().filter(|placed| placed.theme.is_some()).count() <= 5);
        assert_eq!(known.place(Array2::zeros((1, 24)).view()).unwrap()[0].theme, None);
        assert!(matches!(known.place(Array2::zeros((1, 3)).view()), Err(ClusterError::Dimensions { .. })));
    }

    #[test]
    fn a_unit_that_is_left_out_has_no_say_in_its_own_theme() {
        // Unit 0 lies in the second group but has a theme of its own, with nobody else in it.
        let vectors = groups(200, 24, 2);
        let mut labels: Vec<Option<usize>> = (0..200).map(|unit| Some(unit % 2)).collect();
        labels[1] = Some(2);
        let known = KnownThemes::new(vectors.view(), &labels, 3).unwrap();
        let own: Vec<_> = known.left_out().collect();
        assert_eq!((own[1].0, own[1].1), (1, Some(2)));
        assert_eq!(own[1].2, Some(1));
        let back = own.iter().filter(|(_, label, own)| label == own).count();
        assert!((180..200).contains(&back), "about a twentieth is beyond the limit: {back}");
    }

    #[test]
    fn without_themes_nothing_is_placed() {
        let vectors = groups(20, 8, 2);
        let known = KnownThemes::new(vectors.view(), &[None; 20], 0).unwrap();
        let placed = known.place(vectors.view()).unwrap();
        assert!(placed.iter().all(|p| p.theme.is_none() && p.next.is_none()));
        let none = KnownThemes::new(Array2::zeros((0, 8)).view(), &[], 0).unwrap();
        assert_eq!(none.place(vectors.view()).unwrap().len(), 20);
    }
}

//! Passages that have codes and say, too, what a theme beside the codes says.
//!
//! In: smoothed vectors of the passages, `(n_passages, n_dims)`, what each has first, a code or such a theme, and
//! which may join. Out: for each passage the themes that it joins, the nearest first, and its share in each. Numbers
//! only: who joins moves no centre and takes nothing from anybody, and the numbers are the same on any number of
//! threads.

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};
use rayon::prelude::*;

use super::policy::{FEW_CENTRES, NEARER_CENTRES, SHARPNESS};
use super::regression::unit_length;
use super::scoring::mean_direction;

/// For each passage the themes that it joins, `(theme, share)`, by the rule of [`NEARER_CENTRES`].
///
/// `first`: for each passage what it has first, a code below `n_codes` or, from there on, a theme; theme 0 is
/// `n_codes`. `may_join`: as many. A share, 0–1, is that of the theme in `exp(8 cos)` to the centres of all codes and
/// themes.
pub(super) fn joined(
    passages: ArrayView2<f32>,
    first: &[Option<usize>],
    n_codes: usize,
    may_join: &[bool],
) -> Vec<Vec<(usize, f64)>> {
    let n_groups = first.iter().flatten().max().map_or(0, |last| last + 1);
    if n_groups <= n_codes {
        return vec![Vec::new(); first.len()];
    }
    let directions = from_the_mean(passages);
    let mut members = vec![Vec::new(); n_groups];
    let with_first = first.iter().enumerate().filter_map(|(row, group)| Some((row, (*group)?)));
    with_first.for_each(|(row, group)| members[group].push(row));
    let groups: Vec<Group> = members
        .iter()
        .enumerate()
        .filter_map(|(group, rows)| Group::new(group.checked_sub(n_codes), rows, &directions))
        .collect();
    let of_row = |row: usize| if may_join[row] { joined_by(directions.row(row), &groups) } else { Vec::new() };
    (0..first.len()).into_par_iter().map(of_row).collect()
}

/// `(n_passages, n_dims)`: each minus the mean of all, unit length.
fn from_the_mean(passages: ArrayView2<f32>) -> Array2<f32> {
    let mean: Array1<f64> = crate::theme::mean(&passages, 0..passages.nrows());
    let mut directions = Array2::zeros(passages.dim());
    for (mut direction, passage) in directions.outer_iter_mut().zip(passages.outer_iter()) {
        direction.assign(&unit_length(passage.mapv(f64::from) - &mean));
    }
    directions
}

/// The passages that have a code or a theme first.
struct Group {
    /// The theme that it is; `None` for a code.
    theme: Option<usize>,
    /// `(n_dims)`, unit length.
    centre: Array1<f32>,
    /// The cosine to it of the passage that lies farthest away.
    farthest: f64,
}

impl Group {
    /// `None` for what nobody has.
    fn new(theme: Option<usize>, rows: &[usize], directions: &Array2<f32>) -> Option<Self> {
        let centre = mean_direction(directions, rows)?;
        let cosines = rows.iter().map(|&row| cosine(directions.row(row), &centre));
        let farthest = cosines.fold(f64::INFINITY, f64::min);
        Some(Self { theme, centre, farthest })
    }
}

fn cosine(direction: ArrayView1<f32>, centre: &Array1<f32>) -> f64 {
    f64::from(direction.dot(centre))
}

/// The themes that a passage joins, the nearest first.
fn joined_by(direction: ArrayView1<f32>, groups: &[Group]) -> Vec<(usize, f64)> {
    let mut nearest: Vec<(f64, &Group)> =
        groups.iter().map(|group| (cosine(direction, &group.centre), group)).collect();
    nearest.sort_by(|a, b| b.0.total_cmp(&a.0));
    let highest = nearest.first().map_or(0.0, |(cosine, _)| *cosine);
    let weight = |cosine: f64| libm::exp(SHARPNESS * (cosine - highest));
    let all: f64 = nearest.iter().map(|(cosine, _)| weight(*cosine)).sum();
    let nearer = if groups.len() < FEW_CENTRES { 0 } else { NEARER_CENTRES };
    let near = nearest.iter().take(nearer + 1).filter(|(cosine, group)| *cosine >= group.farthest);
    near.filter_map(|(cosine, group)| Some((group.theme?, weight(*cosine) / all))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Passages, and what each has first.
    type Case = (Array2<f32>, Vec<Option<usize>>);

    /// Ten groups of four passages, each around a direction of its own; eight are codes, the last two the themes 0 and
    /// 1. Behind them stand `more`, with code 0 first: each `(direction, share)`, added up.
    fn with(more: &[&[(usize, f32)]]) -> Case {
        let n = 40 + more.len();
        let mut passages = Array2::zeros((n, 14));
        for row in 0..40 {
            passages[[row, row / 4]] = 1.0;
            passages[[row, 10 + row % 4]] = 0.3;
        }
        for (row, parts) in (40..).zip(more) {
            parts.iter().for_each(|&(direction, share)| passages[[row, direction]] = share);
        }
        (passages, (0..n).map(|row| Some(if row < 40 { row / 4 } else { 0 })).collect())
    }

    /// The same with a passage of theme 0 that lies far from its mean, so that others need not lie in its midst.
    fn with_a_far_one(more: &[&[(usize, f32)]]) -> Case {
        let (passages, mut first) = with(more);
        first[39] = Some(8);
        (passages, first)
    }

    /// What each of `more` joins, where all may.
    fn of_more((passages, first): &Case) -> Vec<Vec<(usize, f64)>> {
        joined(passages.view(), first, 8, &vec![true; first.len()]).split_off(40)
    }

    /// That each of `more` joins these themes.
    #[track_caller]
    fn assert_joined(case: &Case, expected: &[&[usize]]) {
        let themes = |found: Vec<(usize, f64)>| found.into_iter().map(|(theme, _)| theme).collect::<Vec<usize>>();
        let found: Vec<Vec<usize>> = of_more(case).into_iter().map(themes).collect();
        assert_eq!(found, expected.iter().map(|own| own.to_vec()).collect::<Vec<_>>());
    }

    #[test]
    fn a_passage_joins_the_theme_that_it_lies_in_and_no_other() {
        assert_joined(&with(&[&[(8, 1.0)], &[(9, 1.0)], &[(3, 1.0)]]), &[&[0], &[1], &[]]);
    }

    #[test]
    fn a_passage_joins_within_the_farthest_of_the_theme_and_not_beyond() {
        let between: &[(usize, f32)] = &[(1, 0.72), (8, 0.7)];
        assert_joined(&with(&[between]), &[&[]]);
        assert_joined(&with_a_far_one(&[between]), &[&[0]]);
    }

    #[test]
    fn one_centre_may_be_nearer_and_two_may_not() {
        let one: &[(usize, f32)] = &[(1, 0.72), (8, 0.7)];
        let two: &[(usize, f32)] = &[(1, 0.72), (2, 0.72), (8, 0.7)];
        assert_joined(&with_a_far_one(&[one, two]), &[&[0], &[]]);
    }

    #[test]
    fn among_few_centres_the_theme_must_be_the_nearest() {
        let (passages, first) = with_a_far_one(&[&[(1, 0.72), (8, 0.7)], &[(1, 0.6), (8, 0.8)]]);
        let few = first.iter().map(|group| group.filter(|group| [0, 1, 8].contains(group))).collect();
        assert_joined(&(passages, few), &[&[], &[0]]);
    }

    #[test]
    fn who_may_not_join_does_not() {
        let (passages, first) = with(&[&[(8, 1.0)], &[(8, 1.0)]]);
        let may: Vec<bool> = (0..first.len()).map(|row| row == 41).collect();
        let found = joined(passages.view(), &first, 8, &may);
        assert!(found[..41].iter().all(Vec::is_empty) && found[41].len() == 1);
    }

    #[test]
    fn the_share_is_larger_where_the_theme_is_nearer() {
        let found = of_more(&with_a_far_one(&[&[(8, 1.0)], &[(8, 1.0), (1, 0.5)]]));
        let (near, far) = (found[0][0].1, found[1][0].1);
        assert!(0.5 < far && far < near && near <= 1.0, "{near} {far}");
    }

    #[test]
    fn without_a_theme_or_a_passage_nobody_joins() {
        let (passages, first) = with(&[&[(8, 1.0)]]);
        let codes = first.iter().map(|group| group.filter(|&group| group < 8)).collect();
        assert_joined(&(passages, codes), &[&[]]);
        assert!(joined(Array2::zeros((0, 3)).view(), &[], 8, &[]).is_empty());
    }
}

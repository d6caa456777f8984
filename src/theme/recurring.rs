//! Themes that recur across sections: the leitmotifs.
//!
//! In: for each section its units' vectors and which units make which theme. Out: groups of themes
//! from different sections that say the same. It sees numbers only.
//!
//! A theme's direction is its centroid minus the mean of its section, so that what was asked
//! cancels out. Two themes of different sections are linked when each is the other's nearest in
//! the other's section, and nearer than themes made of random units would be: the units of both
//! sections are dealt anew into groups of the same sizes, `DEALS` times, and of each deal the
//! nearest mutual pair is kept. A link must be nearer than all but `CHANCE` of these, so that
//! two sections whose themes have nothing in common are seldom linked at all. Linked themes make a
//! group when every two of them are that near (complete linkage): without this, chains of
//! neighbours would tie the most distant themes together.

use super::policy::RECURRING_COSINE;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndarray::{Array1, Array2, Axis, s};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;
use rayon::prelude::*;

use super::mean;
use super::vectors::{MADE_AT_ONCE, Vectors, at_once};
use crate::stats::draws::shuffle;
use crate::stats::policy::{CHANCE, DEALS};

const SEED: u64 = 0x1e17;

/// The themes of one section.
pub struct SectionThemes {
    /// `(n_units, n_dims)`, unit length.
    pub vectors: Array2<f32>,
    /// For each theme its units: rows of `vectors`.
    pub themes: Vec<Vec<usize>>,
}

/// The same where the vectors may have to be made.
#[derive(Clone, Copy)]
pub(crate) struct ThemesOf<'a> {
    /// `(n_units, n_dims)`, unit length.
    pub(crate) vectors: &'a dyn Vectors,
    /// For each theme its units.
    pub(crate) themes: &'a [Vec<usize>],
}

impl<'a> From<&'a SectionThemes> for ThemesOf<'a> {
    fn from(section: &'a SectionThemes) -> Self {
        Self { vectors: &section.vectors, themes: &section.themes }
    }
}

/// Two themes of different sections that say the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// (section, theme)
    pub one: (usize, usize),
    /// (section, theme), of a later section.
    pub other: (usize, usize),
    /// Cosine of their directions.
    pub cosine: f64,
    /// The cosine that random groups of the same sizes reach in 1 % of the deals.
    pub by_chance: f64,
}

/// A group of linked themes: at most one a section, in the order of the sections.
#[derive(Clone, Debug, PartialEq)]
pub struct RecurringTheme {
    /// (section, theme), ascending.
    pub members: Vec<(usize, usize)>,
    /// The links inside the group, strongest first.
    pub links: Vec<Link>,
}

/// Deals whose groups are kept at the same time.
const DEALS_AT_ONCE: usize = 10;
/// The cosine of two themes takes as long as this part of a passage in a deal.
const COSINES_A_PASSAGE: usize = 4;

/// Finds the recurring themes of some sections. Another `seed` deals other groups to compare links with.
pub fn recurring_themes(sections: &[&SectionThemes], seed: u64) -> Vec<RecurringTheme> {
    let sections: Vec<ThemesOf> = sections.iter().map(|&section| section.into()).collect();
    recurring_themes_watched(&sections, seed, &|_, _| {})
}

/// The same; `watch` hears how much of the work is done, of how much.
pub(crate) fn recurring_themes_watched(
    sections: &[ThemesOf],
    seed: u64,
    watch: &(dyn Fn(usize, usize) + Sync),
) -> Vec<RecurringTheme> {
    let pairs: Vec<(usize, usize)> =
        (0..sections.len()).flat_map(|a| (a + 1..sections.len()).map(move |b| (a, b))).collect();
    // Every part is of one deal.
    let dealing = |section: &ThemesOf| section.vectors.n_units() * COSINES_A_PASSAGE;
    let comparing = |(a, b): (usize, usize)| sections[a].themes.len() * sections[b].themes.len();
    let of_a_deal =
        sections.iter().map(&dealing).sum::<usize>() + pairs.iter().map(|&pair| comparing(pair)).sum::<usize>();
    let done = AtomicUsize::new(0);
    let did = |parts: usize| watch(done.fetch_add(parts, Ordering::Relaxed) + parts, of_a_deal * DEALS);
    let made_at_once = at_once(sections.iter().map(|section| section.vectors.n_units()), MADE_AT_ONCE);
    let begun = |number: usize| {
        let vectors = sections[number].vectors.all();
        let mean = mean(&vectors.view(), 0..vectors.nrows());
        let directions = directions(&vectors, &mean, sections[number].themes);
        (directions, Dealer::new(sections[number], mean, number as u64, seed))
    };
    let mut of_sections: Vec<(Array2<f64>, Dealer)> = Vec::with_capacity(sections.len());
    made_at_once.iter().for_each(|some| of_sections.par_extend(some.clone().into_par_iter().map(begun)));
    let (directions, mut dealers): (Vec<Array2<f64>>, Vec<Dealer>) = of_sections.into_iter().unzip();
    // Of each pair the nearest mutual cosine of every deal. Some deals at a time: all of them would fill the memory.
    let mut by_chance: Vec<Vec<f64>> = vec![Vec::with_capacity(DEALS); pairs.len()];
    let rows = rows_of(sections);
    for first in (0..DEALS).step_by(DEALS_AT_ONCE) {
        let deals = DEALS_AT_ONCE.min(DEALS - first);
        let mut dealt: Vec<Vec<Array2<f64>>> = Vec::with_capacity(sections.len());
        for some in &made_at_once {
            let of_sections = dealers[some.clone()].par_iter_mut().map(|dealer| {
                let section = dealer.section;
                let vectors = section.vectors.all();
                let of_section: Vec<Array2<f64>> = (0..deals).map(|_| dealer.deal(&vectors)).collect();
                did(dealing(&section) * deals);
                of_section
            });
            dealt.par_extend(of_sections);
        }
        let stacked: Vec<Array2<f64>> = (0..deals).map(|deal| stacked(&dealt, deal)).collect();
        drop(dealt);
        // The pairs of each section with those after it.
        let mut rest = by_chance.as_mut_slice();
        let mut of_first = Vec::with_capacity(sections.len());
        for after in (0..sections.len()).rev() {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(after);
            of_first.push(own);
            rest = others;
        }
        of_first.into_par_iter().enumerate().with_max_len(1).for_each(|(a, by_chance)| {
            for all in &stacked {
                for (by_chance, nearest) in by_chance.iter_mut().zip(nearest_after(all, &rows, a)) {
                    by_chance.push(nearest);
                }
            }
            (a + 1..sections.len()).for_each(|b| did(comparing((a, b)) * deals));
        });
    }
    let found: Vec<(f64, Vec<Link>)> = pairs
        .par_iter()
        .zip(by_chance)
        .map(|(&(a, b), mut by_chance)| {
            by_chance.sort_by(f64::total_cmp);
            let by_chance = by_chance[((1.0 - CHANCE) * DEALS as f64) as usize];
            let least = by_chance.max(RECURRING_COSINE);
            let links = mutual_nearest(&directions[a], &directions[b])
                .into_iter()
                .filter(|&(_, _, cosine)| cosine > least)
                .map(|(one, other, cosine)| Link { one: (a, one), other: (b, other), cosine, by_chance })
                .collect();
            (least, links)
        })
        .collect();
    let least: BTreeMap<(usize, usize), f64> =
        pairs.into_iter().zip(&found).map(|(pair, (least, _))| (pair, *least)).collect();
    let near = |x: (usize, usize), y: (usize, usize)| {
        let (x, y) = (x.min(y), x.max(y));
        directions[x.0].row(x.1).dot(&directions[y.0].row(y.1)) > least[&(x.0, y.0)]
    };
    group(found.into_iter().flat_map(|(_, links)| links).collect(), &near)
}

/// Deals the units of a section into groups of its themes' sizes.
struct Dealer<'s> {
    section: ThemesOf<'s>,
    mean: Array1<f64>,
    order: Vec<usize>,
    random: Xoshiro256PlusPlus,
}

impl<'s> Dealer<'s> {
    fn new(section: ThemesOf<'s>, mean: Array1<f64>, number: u64, seed: u64) -> Self {
        Self {
            section,
            mean,
            order: (0..section.vectors.n_units()).collect(),
            random: Xoshiro256PlusPlus::seed_from_u64(SEED.wrapping_add(seed << 32) + number),
        }
    }

    /// The directions of the groups of one more deal; `vectors`: all of the section's.
    fn deal(&mut self, vectors: &Array2<f32>) -> Array2<f64> {
        shuffle(&mut self.order, &mut self.random);
        let mut rest = self.order.as_slice();
        let of_theme = |theme: &Vec<usize>| {
            let (group, after) = rest.split_at(theme.len());
            rest = after;
            group.to_vec()
        };
        let groups: Vec<Vec<usize>> = self.section.themes.iter().map(of_theme).collect();
        directions(vectors, &self.mean, &groups)
    }
}

/// Unit-length centroids of groups of a section's units minus the mean `of_all`, `(n_groups, n_dims)`.
fn directions(vectors: &Array2<f32>, of_all: &Array1<f64>, groups: &[Vec<usize>]) -> Array2<f64> {
    let mut found = Array2::zeros((groups.len(), of_all.len()));
    for (theme, rows) in groups.iter().enumerate() {
        let direction = mean(&vectors.view(), rows.iter().copied()) - of_all;
        let norm = direction.dot(&direction).sqrt().max(f64::MIN_POSITIVE);
        found.index_axis_mut(Axis(0), theme).assign(&(direction / norm));
    }
    found
}

/// The rows of each section's themes where those of all sections stand one below the other.
fn rows_of(sections: &[ThemesOf]) -> Vec<Range<usize>> {
    let mut before = 0;
    let of_section = |section: &ThemesOf| {
        let start = before;
        before += section.themes.len();
        start..before
    };
    sections.iter().map(of_section).collect()
}

/// The directions of all sections' groups in one deal, one below the other.
fn stacked(dealt: &[Vec<Array2<f64>>], deal: usize) -> Array2<f64> {
    let of_sections = || dealt.iter().map(|deals| &deals[deal]);
    let n_dims = of_sections().next().map_or(0, Array2::ncols);
    let mut all = Array2::zeros((of_sections().map(Array2::nrows).sum(), n_dims));
    for (mut row, direction) in all.outer_iter_mut().zip(of_sections().flat_map(Array2::outer_iter)) {
        row.assign(&direction);
    }
    all
}

/// The highest cosine of a group of the section `a` with one of each section after it, -1 where there is none. Those
/// two are each other's nearest: what is nearest of all is so to both.
fn nearest_after(all: &Array2<f64>, rows: &[Range<usize>], a: usize) -> Vec<f64> {
    let end = rows[a].end;
    let cosines = all.slice(s![rows[a].clone(), ..]).dot(&all.slice(s![end.., ..]).t());
    let mut nearest = vec![-1.0; rows.len() - a - 1];
    for cosines in cosines.outer_iter() {
        for (nearest, rows) in nearest.iter_mut().zip(&rows[a + 1..]) {
            *nearest = cosines.slice(s![rows.start - end..rows.end - end]).iter().copied().fold(*nearest, f64::max);
        }
    }
    nearest
}

/// Pairs of rows each of which is the other's nearest: (row of `a`, row of `b`, cosine).
fn mutual_nearest(a: &Array2<f64>, b: &Array2<f64>) -> Vec<(usize, usize, f64)> {
    let cosines = a.dot(&b.t());
    let nearest = |values: ndarray::ArrayView1<f64>| {
        values.iter().enumerate().fold(None::<(usize, f64)>, |best, (at, &value)| match best {
            Some(best) if best.1 >= value => Some(best),
            _ => Some((at, value)),
        })
    };
    (0..a.nrows())
        .filter_map(|row| {
            let (column, cosine) = nearest(cosines.row(row))?;
            let (back, _) = nearest(cosines.column(column))?;
            (back == row).then_some((row, column, cosine))
        })
        .collect()
}

/// Joins links into groups, strongest first, as long as a group holds at most one theme of a
/// section and every two of its themes are `near`.
fn group(mut links: Vec<Link>, near: &dyn Fn((usize, usize), (usize, usize)) -> bool) -> Vec<RecurringTheme> {
    links.sort_by(|x, y| y.cosine.total_cmp(&x.cosine).then((x.one, x.other).cmp(&(y.one, y.other))));
    let mut groups: Vec<RecurringTheme> = Vec::new();
    for link in links {
        let mut group_of = |member: (usize, usize)| {
            groups.iter().position(|group| group.members.contains(&member)).unwrap_or_else(|| {
                groups.push(RecurringTheme { members: vec![member], links: Vec::new() });
                groups.len() - 1
            })
        };
        let (a, b) = (group_of(link.one), group_of(link.other));
        if a == b {
            groups[a].links.push(link);
            continue;
        }
        let fits = |x: &(usize, usize)| groups[b].members.iter().all(|y| x.0 != y.0 && near(*x, *y));
        if groups[a].members.iter().all(fits) {
            let taken = groups.remove(a.max(b));
            let group = &mut groups[a.min(b)];
            group.members.extend(taken.members);
            group.links.extend(taken.links);
            group.links.push(link);
        }
    }
    groups.retain(|group| group.members.len() > 1);
    for group in &mut groups {
        group.members.sort_unstable();
    }
    groups.sort_by(|x, y| x.members.cmp(&y.members));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_xoshiro::rand_core::RngCore;

    /// Units around one axis each, on top of an offset that the section's question makes.
    fn section(offset: usize, axes: &[usize], each: usize, seed: u64) -> SectionThemes {
        let dims = 24;
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut noise = move || (random.next_u64() >> 11) as f32 / (1u64 << 53) as f32 - 0.5;
        let mut vectors = Array2::<f32>::zeros((axes.len() * each, dims));
        for (row, mut vector) in vectors.outer_iter_mut().enumerate() {
            vector.mapv_inplace(|_| 0.3 * noise());
            vector[offset] += 1.0;
            vector[axes[row / each]] += 0.7;
            let norm = vector.dot(&vector).sqrt();
            vector /= norm;
        }
        let themes = (0..axes.len()).map(|theme| (theme * each..(theme + 1) * each).collect()).collect();
        SectionThemes { vectors, themes }
    }

    #[test]
    fn the_same_theme_in_several_sections_is_linked_and_others_are_not() {
        let sections =
            [section(0, &[5, 6, 7, 8], 12, 1), section(1, &[9, 6, 10, 11], 12, 2), section(2, &[12, 13, 6, 7], 12, 3)];
        let found: Vec<_> = recurring_themes(&sections.each_ref(), 0).into_iter().map(|theme| theme.members).collect();
        assert_eq!(found, [vec![(0, 1), (1, 1), (2, 2)], vec![(0, 2), (2, 3)]]);
    }

    #[test]
    fn whoever_watches_hears_of_all_of_it() {
        let sections = [section(0, &[5, 6, 7, 8], 12, 1), section(1, &[9, 6, 10, 11], 12, 2)];
        let heard = std::sync::Mutex::new(Vec::new());
        let watched = recurring_themes_watched(&sections.each_ref().map(ThemesOf::from), 0, &|done, total| {
            heard.lock().unwrap().push((done, total));
        });
        assert_eq!(watched, recurring_themes(&sections.each_ref(), 0), "nothing else changes");
        let heard = heard.into_inner().unwrap();
        let total = (2 * 48 * COSINES_A_PASSAGE + 4 * 4) * DEALS;
        assert!(heard.iter().all(|&(done, of)| done <= of && of == total));
        assert_eq!(heard.iter().map(|(done, _)| *done).max(), Some(total));
        assert_eq!(heard.len(), 3 * DEALS.div_ceil(DEALS_AT_ONCE), "the deals of two questions, and their one pair");
    }

    #[test]
    fn the_nearest_of_all_is_the_nearest_of_the_mutual_pairs() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(11);
        let mut direction = |n: usize| {
            let mut rows =
                Array2::from_shape_fn((n, 300), |_| (random.next_u64() >> 11) as f64 / (1u64 << 53) as f64 - 0.5);
            rows.outer_iter_mut().for_each(|mut row| row /= row.dot(&row).sqrt());
            rows
        };
        for sizes in [vec![], vec![4], vec![3, 0, 9], vec![17, 5, 45, 1, 8]] {
            let mut dealt: Vec<Vec<Array2<f64>>> = sizes.iter().map(|&n| vec![direction(n), direction(n)]).collect();
            if sizes.len() > 3 {
                // The same group in two sections, and twice in one of them.
                let copied = dealt[0][1].row(2).to_owned();
                [4, 9].into_iter().for_each(|row| dealt[2][1].row_mut(row).assign(&copied));
            }
            let empty = |&n: &usize| SectionThemes { vectors: Array2::zeros((0, 300)), themes: vec![Vec::new(); n] };
            let sections: Vec<SectionThemes> = sizes.iter().map(empty).collect();
            let rows = rows_of(&sections.iter().map(ThemesOf::from).collect::<Vec<_>>());
            for deal in 0..2 {
                let all = stacked(&dealt, deal);
                for a in 0..sizes.len() {
                    let mutual = dealt[a + 1..].iter().map(|other| {
                        let nearest = mutual_nearest(&dealt[a][deal], &other[deal]);
                        nearest.into_iter().map(|(_, _, cosine)| cosine).fold(-1.0, f64::max)
                    });
                    assert_eq!(nearest_after(&all, &rows, a), mutual.collect::<Vec<_>>(), "{sizes:?} {a}");
                }
            }
        }
    }

    #[test]
    fn sections_without_a_common_theme_stay_apart() {
        let sections = [section(0, &[5, 6, 7, 8], 12, 1), section(1, &[9, 14, 10, 11], 12, 2)];
        assert_eq!(recurring_themes(&sections.each_ref(), 0), []);
    }

    #[test]
    fn a_group_holds_one_theme_of_a_section() {
        let link = |one, other, cosine| Link { one, other, cosine, by_chance: 0.1 };
        let links = vec![link((0, 0), (1, 0), 0.9), link((0, 1), (2, 0), 0.8), link((1, 0), (2, 0), 0.7)];
        let found = group(links, &|_, _| true);
        let members: Vec<_> = found.into_iter().map(|theme| theme.members).collect();
        assert_eq!(members, [vec![(0, 0), (1, 0)], vec![(0, 1), (2, 0)]]);
    }

    #[test]
    fn a_chain_of_neighbours_is_no_group() {
        let link = |one, other, cosine| Link { one, other, cosine, by_chance: 0.1 };
        let links = vec![link((0, 0), (1, 0), 0.9), link((1, 0), (2, 0), 0.8)];
        let found = group(links, &|x, y| (x.0 as i64 - y.0 as i64).abs() < 2);
        assert_eq!(found.into_iter().map(|theme| theme.members).collect::<Vec<_>>(), [vec![(0, 0), (1, 0)]]);
    }

    #[test]
    fn no_sections_and_no_themes_are_no_trouble() {
        assert_eq!(recurring_themes(&[], 0), []);
        let empty = || SectionThemes { vectors: Array2::zeros((0, 3)), themes: Vec::new() };
        assert_eq!(recurring_themes(&[&empty(), &empty()], 0), []);
    }
}

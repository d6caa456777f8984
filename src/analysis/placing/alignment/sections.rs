//! One analysis as it is aligned, and its sections.

use super::aligned::*;
use super::*;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use ndarray::{Array1, Array2, Axis, concatenate};

use crate::analysis::placing::PlacingError;
use crate::analysis::placing::known_sections::{KnownSections, theme_number};
use crate::analysis::saved::*;
use crate::cluster::KnownThemes;
use crate::stats::matching::Shares;
use crate::theme::mean;

/// One of the two.
pub(super) struct One<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) known: KnownSections<'a>,
    /// The vectors of all rows that were clustered on, without the subject of either side.
    pub(super) vectors: Array2<f32>,
    /// For each row with a vector, where the other side has the same passage.
    pub(super) held: HashMap<usize, usize>,
}

/// Some sections of one side, taken together.
pub(super) struct Part<'p> {
    pub(super) one: &'p One<'p>,
    pub(super) sections: Vec<usize>,
    /// Rows of the table, section by section.
    pub(super) rows: Vec<usize>,
    /// For each row its section.
    pub(super) blocks: Vec<usize>,
    /// (section, theme) of each theme.
    pub(super) names: Vec<(usize, usize)>,
    /// For each theme its places in `rows`.
    pub(super) themes: Vec<Vec<usize>>,
}

impl One<'_> {
    /// (section, theme) of every theme.
    pub(super) fn names(&self) -> BTreeSet<(usize, usize)> {
        let sections = self.analysis.summary.sections.iter().enumerate();
        sections.flat_map(|(at, section)| (0..section.themes.len()).map(move |theme| (at, theme))).collect()
    }

    pub(super) fn id(&self, (section, theme): (usize, usize)) -> String {
        self.analysis.summary.sections[section].themes[theme].id.clone()
    }

    pub(super) fn section_id(&self, (section, _): (usize, usize)) -> String {
        self.analysis.summary.sections[section].id.clone()
    }

    pub(super) fn theme(&self, (section, theme): (usize, usize)) -> AlignedTheme {
        let section = &self.analysis.summary.sections[section];
        let theme = &section.themes[theme];
        AlignedTheme {
            id: theme.id.clone(),
            label: theme.label.clone(),
            section: section.id.clone(),
            question: section.question.clone(),
            hidden: theme.hidden,
            mentions: theme.mentions,
            prevalence: theme.prevalence,
            quotes: theme.quotes.iter().take(QUOTES).cloned().collect(),
        }
    }

    fn vector_rows(&self, rows: &[usize]) -> Vec<usize> {
        rows.iter().filter_map(|&row| self.analysis.units[row].vector).collect()
    }

    /// For each section the unit-length direction of its mean from that of the whole.
    pub(super) fn section_directions(&self) -> Vec<Array1<f32>> {
        let all = mean(&self.vectors.view(), 0..self.vectors.nrows());
        let each = self.known.own.rows.iter().map(|rows| {
            let direction = mean(&self.vectors.view(), self.vector_rows(rows).into_iter()) - &all;
            let length = direction.dot(&direction).sqrt().max(f64::MIN_POSITIVE);
            (direction / length).mapv(|x| x as f32)
        });
        each.collect()
    }
}

impl<'p> Part<'p> {
    pub(super) fn new(one: &'p One<'p>, sections: Vec<usize>) -> Self {
        Self::with(one, sections, |_| true)
    }

    /// All sections, but only the themes that are left.
    pub(super) fn left(one: &'p One<'p>, left: &BTreeSet<(usize, usize)>) -> Self {
        Self::with(one, (0..one.analysis.summary.sections.len()).collect(), |name| left.contains(&name))
    }

    pub(super) fn with(one: &'p One<'p>, sections: Vec<usize>, wanted: impl Fn((usize, usize)) -> bool) -> Self {
        let (mut rows, mut blocks, mut names, mut themes) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for &at in &sections {
            let section = &one.analysis.summary.sections[at];
            let mut of_section: Vec<Vec<usize>> = vec![Vec::new(); section.themes.len()];
            for &row in &one.known.own.rows[at] {
                if let Some(theme) = theme_number(section, &one.analysis.units[row]) {
                    of_section[theme].push(rows.len());
                }
                rows.push(row);
                blocks.push(at);
            }
            for (theme, members) in of_section.into_iter().enumerate().filter(|&(theme, _)| wanted((at, theme))) {
                names.push((at, theme));
                themes.push(members);
            }
        }
        Self { one, sections, rows, blocks, names, themes }
    }

    pub(super) fn ids(&self) -> Vec<String> {
        self.sections.iter().map(|&at| self.one.analysis.summary.sections[at].id.clone()).collect()
    }

    pub(super) fn question(&self) -> String {
        match self.sections.as_slice() {
            [only] => self.one.analysis.summary.sections[*only].question.clone(),
            _ => String::new(),
        }
    }

    pub(super) fn vectors(&self) -> Array2<f32> {
        self.one.vectors.select(Axis(0), &self.one.vector_rows(&self.rows))
    }

    pub(super) fn centred_by_section(&self) -> Array2<f32> {
        let mut vectors = self.vectors();
        let mut start = 0;
        for block in self.blocks.chunk_by(|a, b| a == b) {
            let range: Range<usize> = start..start + block.len();
            let middle = mean(&vectors.view(), range.clone()).mapv(|x| x as f32);
            for row in range {
                let mut vector = vectors.row_mut(row);
                vector -= &middle;
            }
            start += block.len();
        }
        vectors
    }

    /// Where the passages of these themes fall among those of `there`: where the other side has them,
    /// or else where `assign` puts them.
    pub(super) fn shares(&self, there: &Part) -> Result<Shares, PlacingError> {
        let (own, other) = (self.one, there.one);
        let number: HashMap<(usize, usize), usize> = there.names.iter().copied().zip(0..).collect();
        let mut described = own.analysis.vectors.select(Axis(0), &own.vector_rows(&self.rows));
        other.known.described(&mut described);
        let placed: Vec<Option<usize>> = match there.sections.as_slice() {
            [only] => {
                let others = other.known.others(&own.analysis.units);
                let prepared = other.known.prepared(&described, &self.rows, &others);
                let placed = other.known.themes[*only].place(prepared.view())?;
                placed.into_iter().map(|p| p.theme.and_then(|theme| number.get(&(*only, theme)).copied())).collect()
            }
            several => {
                let views: Vec<_> = several.iter().map(|&at| other.known.own.sections[at].view()).collect();
                let vectors = concatenate(Axis(0), &views).unwrap_or_else(|_| Array2::zeros((0, described.ncols())));
                let mut labels = vec![None; there.rows.len()];
                for (theme, members) in there.themes.iter().enumerate() {
                    members.iter().for_each(|&place| labels[place] = Some(theme));
                }
                let known = KnownThemes::new(vectors.view(), &labels, there.themes.len())?;
                known.place(described.view())?.into_iter().map(|placed| placed.theme).collect()
            }
        };
        // (section, theme) of a row of the other side, as a number here.
        let theme_there = |row: usize| {
            let unit = &other.analysis.units[row];
            there.sections.iter().find_map(|&at| {
                let section = &other.analysis.summary.sections[at];
                let own = unit.section.as_deref() == Some(&section.id);
                number.get(&(at, theme_number(section, unit).filter(|_| own)?)).copied()
            })
        };
        let mut shares = Array2::zeros((self.themes.len(), there.themes.len()));
        let mut held = Vec::with_capacity(self.themes.len());
        for (theme, members) in self.themes.iter().enumerate() {
            let mut n_held = 0;
            for &place in members {
                let known = own.held.get(&self.rows[place]);
                n_held += usize::from(known.is_some());
                if let Some(there) = known.map_or(placed[place], |&row| theme_there(row)) {
                    shares[[theme, there]] += 1.0 / members.len() as f64;
                }
            }
            held.push(n_held as f64 >= HELD * members.len().max(1) as f64);
        }
        Ok(Shares { shares, held })
    }
}

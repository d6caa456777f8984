//! A sheet of passages for a person to code, who must not know what the program made of them.
//!
//! In: an analysis. Out: a table with `id`, `question`, `text` and the empty columns `code` and `notes`, as
//! a workbook where the file is called `.xlsx`, else as CSV. No theme is told, neither by a column nor by
//! the order. `leitmotif evaluate --codes` takes it back; a file that it could not read is refused.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{RngCore, SeedableRng};

use super::csv::write_csv;
use super::table::{Cell, Column, Table};
use super::xlsx::write_sheet;
use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Status, UnitRow};
use crate::stats::draws::shuffle;

/// Passages on a sheet, unless told otherwise.
pub const SAMPLE: usize = 200;

/// A blinded sheet for a coder.
#[derive(Clone, Copy, Debug)]
pub struct CodingSheet {
    /// Passages to draw; all, where there are no more.
    pub sample: usize,
    /// Another seed draws others.
    pub seed: u64,
    /// As for [`super::AssignmentsCsv`].
    pub excel: bool,
    /// A workbook in place of CSV; the file's name tells.
    pub workbook: bool,
}

/// Endings of files that `evaluate` reads as CSV.
const AS_CSV: [&str; 3] = ["csv", "tsv", "tab"];

impl Exporter for CodingSheet {
    fn written_to(&mut self, path: &Path) -> Result<(), ExportError> {
        self.workbook = is_workbook(path)?;
        Ok(())
    }

    fn write(&self, analysis: &Analysis, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
        check_counts(analysis)?;
        let columns = [("id", 26), ("question", 40), ("text", 80), ("code", 20), ("notes", 40)];
        let rows = self.drawn(analysis).into_iter().map(|unit| {
            let known = [&*unit.id, &*unit.question, &*unit.text].map(Cell::from);
            known.into_iter().chain([Cell::Empty, Cell::Empty]).collect()
        });
        let columns = columns.map(|(title, width)| Column::text(title, width)).to_vec();
        let table = Table { name: "coding sheet", columns, rows: Box::new(rows) };
        if self.workbook { write_sheet(table, out) } else { write_csv(table, self.excel, out) }
    }

    fn next_step(&self, analysis: &Analysis, path: &Path) -> Option<String> {
        let all = analysis.units.iter().filter(|unit| is_clustered(unit)).count();
        let (drawn, path) = (self.sample.min(all), path.display());
        Some(format!(
            "{path}: {drawn} of {all} passages; fill in `code` (`none` where there is nothing to code), delete the rows \
             that nobody read, then `leitmotif evaluate ANALYSIS --codes {path}`"
        ))
    }
}

/// Whether a sheet of this name is a workbook.
///
/// # Errors
/// [`ExportError::Name`] for what is neither workbook nor CSV.
pub(super) fn is_workbook(path: &Path) -> Result<bool, ExportError> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("xlsx") => Ok(true),
        Some(other) if !AS_CSV.contains(&other) => Err(ExportError::Name {
            path: path.to_owned(),
            what: "a coding sheet: `evaluate` could not read it",
            hint: "call it `.xlsx`, which is written as a workbook, or `.csv`",
        }),
        _ => Ok(false),
    }
}

impl CodingSheet {
    /// The passages in the order of the sheet: section by section, so that a coder stays with a question,
    /// and in random order within, neighbours from different themes as far as possible.
    fn drawn<'a>(&self, analysis: &'a Analysis) -> Vec<&'a UnitRow> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        let section_of = |unit: &UnitRow| {
            analysis.summary.sections.iter().position(|section| Some(&section.id) == unit.section.as_ref())
        };
        let mut strata: BTreeMap<Stratum, Vec<&UnitRow>> = BTreeMap::new();
        for unit in analysis.units.iter().filter(|unit| is_clustered(unit)) {
            strata.entry((section_of(unit), unit.theme.as_deref(), &unit.study)).or_default().push(unit);
        }
        let mut strata: Vec<_> = strata.into_iter().collect();
        strata.iter_mut().for_each(|(_, units)| shuffle(units, &mut random));
        let sizes: Vec<usize> = strata.iter().map(|(_, units)| units.len()).collect();
        let shares = allocated(&sizes, self.sample, &mut random);
        let mut sections: BTreeMap<Option<usize>, BTreeMap<Option<&str>, Vec<&UnitRow>>> = BTreeMap::new();
        for (((section, theme, _), units), n) in strata.into_iter().zip(shares) {
            sections.entry(section).or_default().entry(theme).or_default().extend(&units[..n]);
        }
        sections.into_values().flat_map(|themes| mixed(themes.into_values().collect(), &mut random)).collect()
    }
}

/// Section, theme (none for unclustered passages), study.
type Stratum<'a> = (Option<usize>, Option<&'a str>, &'a str);

fn is_clustered(unit: &UnitRow) -> bool {
    !matches!(unit.status, Status::Excluded(_))
}

/// How many of each stratum: one of each where there are enough, the rest in proportion to what is left of
/// them, by largest remainder; strata with equal remainders in random order.
fn allocated(sizes: &[usize], sample: usize, random: &mut Xoshiro256PlusPlus) -> Vec<usize> {
    let all: usize = sizes.iter().sum();
    let sample = sample.min(all);
    let first = usize::from(sample >= sizes.len());
    let mut shares = vec![first; sizes.len()];
    let open = sample - first * sizes.len();
    let left: Vec<usize> = sizes.iter().map(|size| size - first).collect();
    // With nothing left `open` is 0 too.
    let all_left = left.iter().sum::<usize>().max(1);
    let mut order: Vec<usize> = (0..sizes.len()).collect();
    shuffle(&mut order, random);
    let mut given = 0;
    for (share, left) in shares.iter_mut().zip(&left) {
        let whole = open * left / all_left;
        *share += whole;
        given += whole;
    }
    order.sort_by_key(|&stratum| std::cmp::Reverse(open * left[stratum] % all_left));
    order.into_iter().take(open - given).for_each(|stratum| shares[stratum] += 1);
    shares
}

/// The members of several groups in random order, no two of one group behind each other as long as that can
/// be helped.
fn mixed<'a>(mut groups: Vec<Vec<&'a UnitRow>>, random: &mut Xoshiro256PlusPlus) -> Vec<&'a UnitRow> {
    groups.iter_mut().for_each(|group| shuffle(group, random));
    let mut left: usize = groups.iter().map(Vec::len).sum();
    let mut order = Vec::with_capacity(left);
    let mut last = None;
    while left > 0 {
        // A group of more than half of the rest has to come now, or it comes twice in a row later.
        let urgent = (0..groups.len()).find(|&group| Some(group) != last && 2 * groups[group].len() > left);
        let others: usize =
            (0..groups.len()).filter(|&group| Some(group) != last).map(|group| groups[group].len()).sum();
        let group = urgent.unwrap_or_else(|| {
            let any = others == 0;
            let mut place = (random.next_u64() % (if any { left } else { others }) as u64) as usize;
            let open = |group: &usize| any || Some(*group) != last;
            (0..groups.len())
                .filter(open)
                .find(|&group| match place.checked_sub(groups[group].len()) {
                    Some(rest) => {
                        place = rest;
                        false
                    }
                    None => true,
                })
                .unwrap_or_default()
        });
        order.extend(groups[group].pop());
        last = Some(group);
        left -= 1;
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stratum_has_its_share() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(1);
        assert_eq!(allocated(&[10, 20, 70], 100, &mut random), [10, 20, 70]);
        assert_eq!(allocated(&[10, 20, 70], 500, &mut random), [10, 20, 70]);
        // One each, then 7 in proportion to 9, 19 and 69: 0.65, 1.37, 4.98.
        assert_eq!(allocated(&[10, 20, 70], 10, &mut random), [2, 2, 6]);
        assert_eq!(allocated(&[1, 1, 1], 2, &mut random).iter().sum::<usize>(), 2);
        assert_eq!(allocated(&[], 5, &mut random), Vec::<usize>::new());
        for sample in 0..60 {
            let sizes = [1, 7, 30, 2, 13];
            let shares = allocated(&sizes, sample, &mut random);
            assert_eq!(shares.iter().sum::<usize>(), sample.min(53));
            assert!(shares.iter().zip(&sizes).all(|(share, size)| share <= size), "{shares:?}");
        }
    }
}

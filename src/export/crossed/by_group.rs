//! Themes × groups of participants: a row for each theme and group, with Wilson's interval. Groups are those that
//! `compare` makes of an attribute, its numbers in bands. Who has no value of it is a group without a name, so that the
//! rows of a theme add up to it.

use super::{count_cells, count_columns, theme_cells, theme_columns};
use crate::analysis::voiced::Voiced;
use crate::analysis::{Analysis, Attributes, Banded, Banding, ComparisonError};
use crate::export::table::{Cell, Column, Table};
use crate::theme::prevalence::Prevalence;

/// Who is in which group.
pub(super) struct Groups {
    /// `study`, or the attribute's name.
    pub(super) by: String,
    /// That the attribute's numbers are in bands.
    pub(super) banded: Option<Banded>,
    /// What is one group though it is written in several ways, a sentence each.
    pub(super) spelled: Vec<String>,
    /// In their order, nobody's among them; those without a value are the last.
    names: Vec<Option<String>>,
    /// For each person, as [`Voiced`] counts them, the place of their group.
    of_person: Vec<usize>,
}

impl Groups {
    /// `by`: an attribute; the study without one, or for the word `study`. Questions make no groups here.
    ///
    /// # Errors
    /// [`ComparisonError`]: no such attribute, or bands of what are no numbers.
    pub(super) fn new(analysis: &Analysis, by: Option<&str>, banding: &Banding) -> Result<Self, ComparisonError> {
        let summary = &analysis.summary;
        let Some(attribute) = by.filter(|&name| name != "study") else {
            if *banding != Banding::Auto {
                return Err(ComparisonError::NothingToBand);
            }
            let place = |name: &str| summary.studies.iter().position(|study| study.name == name);
            let people = Voiced::new(analysis).people;
            return Ok(Self {
                by: "study".into(),
                banded: None,
                spelled: Vec::new(),
                of_person: people.iter().map(|(study, _)| place(study).unwrap_or(summary.studies.len())).collect(),
                names: summary.studies.iter().map(|study| Some(study.name.clone())).chain([None]).collect(),
            });
        };
        let mut columns = match attribute {
            "question" => Vec::new(),
            attribute => Attributes::only(analysis, attribute, banding)?.groups,
        };
        let Some((by, found)) = columns.pop() else {
            let (name, known) = (attribute.to_owned(), summary.attributes.clone());
            return Err(ComparisonError::UnknownAttribute { name, known });
        };
        let without = found.names.len();
        Ok(Self {
            banded: found.banded,
            spelled: found.spelled(&by),
            names: found.names.into_iter().map(Some).chain([None]).collect(),
            of_person: found.of_person.into_iter().map(|group| group.unwrap_or(without)).collect(),
            by,
        })
    }
}

/// `by` and `banding` as for [`Groups::new`].
///
/// # Errors
/// Those of [`Groups::new`].
pub(super) fn by_group<'a>(
    analysis: &'a Analysis,
    by: Option<&str>,
    banding: &Banding,
) -> Result<Table<'a>, ComparisonError> {
    let Groups { by, names, of_person, .. } = Groups::new(analysis, by, banding)?;
    let voiced = Voiced::new(analysis);
    let mut columns = theme_columns().to_vec();
    columns.extend([Column::text("by", 12), Column::text("group", 16)]);
    columns.extend(count_columns());
    let mut rows = Vec::new();
    for (theme, found) in voiced.themes.iter().enumerate() {
        let voices = voiced.voices(theme);
        for (group, name) in names.iter().enumerate().filter(|(group, _)| of_person.contains(group)) {
            let inside = |person: &&usize| of_person[**person] == group;
            let asked = voiced.asked(theme).iter().filter(inside).count();
            let own: Vec<usize> = voices.iter().filter(inside).copied().collect();
            let mentions = own.iter().filter_map(|&person| voiced.mentions(theme, person)).sum();
            let mut cells = theme_cells(found).to_vec();
            cells.extend([by.clone().into(), name.clone().map_or(Cell::Empty, Cell::from)]);
            cells.extend(count_cells(Prevalence::new(own.len(), asked.max(own.len())), mentions));
            rows.push(cells);
        }
    }
    Ok(Table { name: "theme by group", columns, rows: Box::new(rows.into_iter()) })
}

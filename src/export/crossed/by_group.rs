//! Themes × groups of participants: a row for each theme and group, with Wilson's interval. Who has no value of
//! the attribute is a group without a name, so that the rows of a theme add up to it.

use std::collections::BTreeSet;

use super::{count_cells, count_columns, theme_cells, theme_columns};
use crate::analysis::voiced::Voiced;
use crate::analysis::{Analysis, AttributeColumns, ComparisonError};
use crate::corpus::natural_order;
use crate::export::table::{Cell, Column, Table};
use crate::theme::prevalence::Prevalence;

/// `by`: an attribute; the study without one, or for the word `study`.
///
/// # Errors
/// [`ComparisonError::UnknownAttribute`].
pub(super) fn by_group<'a>(analysis: &'a Analysis, by: Option<&str>) -> Result<Table<'a>, ComparisonError> {
    let summary = &analysis.summary;
    let voiced = Voiced::new(analysis);
    let (by, of_person): (&str, Vec<Option<&'a str>>) = match by.filter(|&name| name != "study") {
        None => ("study", voiced.people.iter().map(|&(study, _)| Some(study)).collect()),
        Some(name) => {
            let known = &summary.attributes;
            let exact = known.iter().position(|attribute| attribute == name);
            let column = exact.or_else(|| known.iter().position(|attribute| attribute.eq_ignore_ascii_case(name)));
            let column = column
                .ok_or_else(|| ComparisonError::UnknownAttribute { name: name.to_owned(), known: known.clone() })?;
            let values = AttributeColumns::new(summary, &[]);
            let value = |&(study, participant): &(&str, &str)| {
                values.of_participant(study, participant).nth(column).flatten().map(str::trim).filter(|v| !v.is_empty())
            };
            (known[column].as_str(), voiced.people.iter().map(value).collect())
        }
    };
    // Studies in their order, values in that of people.
    let mut groups: Vec<Option<&str>> = of_person.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let place = |group: &Option<&str>| summary.studies.iter().position(|study| Some(study.name.as_str()) == *group);
    match by {
        "study" => groups.sort_by_key(place),
        _ => groups.sort_by(|a, b| {
            let missing = a.is_none().cmp(&b.is_none());
            missing.then_with(|| natural_order(a.unwrap_or_default(), b.unwrap_or_default()))
        }),
    }
    let by = by.to_owned();
    let mut columns = theme_columns().to_vec();
    columns.extend([Column::text("by", 12), Column::text("group", 16)]);
    columns.extend(count_columns());
    let mut rows = Vec::new();
    for (theme, found) in voiced.themes.iter().enumerate() {
        let voices = voiced.voices(theme);
        for group in &groups {
            let inside = |person: &&usize| of_person[**person] == *group;
            let asked = voiced.asked(theme).iter().filter(inside).count();
            let own: Vec<usize> = voices.iter().filter(inside).copied().collect();
            let mentions = own.iter().filter_map(|&person| voiced.mentions(theme, person)).sum();
            let mut cells = theme_cells(found).to_vec();
            cells.extend([by.clone().into(), Cell::maybe(*group)]);
            cells.extend(count_cells(Prevalence::new(own.len(), asked.max(own.len())), mentions));
            rows.push(cells);
        }
    }
    Ok(Table { name: "theme by group", columns, rows: Box::new(rows.into_iter()) })
}

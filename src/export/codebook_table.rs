//! The codebook as a table in the layout of Taguette's export.
//!
//! In: an analysis. Out: one row a tag: its name, what it is about, how many passages carry it and
//! in how many documents. Names and counts are those of the codes in a REFI-QDA project. Themes that
//! the researcher hid are left out, as there.

use std::collections::{BTreeMap, BTreeSet};

use super::refi::codes::{described_part, described_theme, part_name, theme_name};
use super::table::{Cell, Column, Table};
use crate::analysis::{Analysis, UnitRow};

/// `tag,description,number of highlights,number of documents` (Taguette 1.4, `export.py`).
pub(super) fn codebook(analysis: &Analysis) -> Table<'_> {
    let columns = vec![
        Column::text("tag", 40),
        Column::text("description", 80),
        Column::whole("number of highlights"),
        Column::whole("number of documents"),
    ];
    let summary = &analysis.summary;
    let themes = Tally::new(analysis, UnitRow::themes);
    let parts = Tally::new(analysis, |unit| unit.sub_theme.as_deref().into_iter());
    let rows = summary.sections.iter().flat_map(|section| section.themes.iter().map(move |theme| (section, theme)));
    let rows = rows.filter(|(_, theme)| !theme.hidden).flat_map(move |(section, theme)| {
        let mut rows = vec![themes.row(&theme.id, theme_name(theme), described_theme(summary, section, theme))];
        rows.extend(theme.sub_themes.iter().map(|part| parts.row(&part.id, part_name(part), described_part(part))));
        rows
    });
    Table { name: "codebook", columns, rows: Box::new(rows) }
}

/// For each tag the units that carry it, and whose.
struct Tally<'a> {
    units: BTreeMap<&'a str, usize>,
    people: BTreeMap<&'a str, BTreeSet<(&'a str, &'a str)>>,
}

impl<'a> Tally<'a> {
    fn new<T: Iterator<Item = &'a str>>(analysis: &'a Analysis, tags: impl Fn(&'a UnitRow) -> T) -> Self {
        let mut tally = Self { units: BTreeMap::new(), people: BTreeMap::new() };
        for unit in &analysis.units {
            for tag in tags(unit) {
                *tally.units.entry(tag).or_default() += 1;
                tally.people.entry(tag).or_default().insert((&unit.study, &unit.participant));
            }
        }
        tally
    }

    fn row(&self, id: &str, name: String, description: String) -> Vec<Cell<'static>> {
        let units = self.units.get(id).copied().unwrap_or(0);
        let people = self.people.get(id).map_or(0, BTreeSet::len);
        vec![name.into(), description.into(), units.into(), people.into()]
    }
}

//! Who said what to which theme: the table of assignments, one row a unit.
//!
//! In: an analysis. Out: its units in their order, themed, unclustered and excluded ones alike, with
//! the labels of their themes and what is known of their participants. Texts are verbatim.

use std::collections::{HashMap, HashSet};

use super::table::{Cell, Column, Table};
use crate::analysis::{AlsoIn, Analysis, AttributeColumns, MarginNotes, Summary, UnitRow};

/// The columns that every table has. Behind them stand the further themes and the researcher's notes, where
/// passages have some, what a language model called the themes, and the participants' attributes.
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::text("unit", 26),
        Column::text("study", 12),
        Column::text("participant", 18),
        Column::whole("answer"),
        Column::text("section", 8),
        Column::text("section_question", 30),
        Column::text("status", 18),
        Column::text("theme", 8),
        Column::text("theme_label", 28),
        Column::text("sub_theme", 10),
        Column::number("strength"),
        Column::text("second_theme", 13),
        Column::number("second_strength"),
        Column::text("text", 80),
        Column::text("question", 40),
        Column::text("file", 26),
        Column::whole("record"),
        Column::whole("line"),
        Column::text("time", 10),
        Column::whole("start"),
        Column::whole("end"),
        Column::text("moved_from", 12),
    ]
}

/// The table of all units.
pub(super) fn assignments<'a>(analysis: &'a Analysis) -> Table<'a> {
    let mut columns = columns();
    let summary = &analysis.summary;
    let several = analysis.units.iter().any(|unit| !unit.also.is_empty());
    if several {
        columns.extend([Column::text("also", 14), Column::text("also_strengths", 14)]);
    }
    let memos: HashMap<&str, &str> =
        summary.memos.iter().map(|memo| (memo.unit.as_str(), memo.text.as_str())).collect();
    if !memos.is_empty() {
        columns.push(Column::text("memo", 40));
    }
    let generated = generated_names(summary);
    columns.extend(generated.iter().map(|_| Column::text("theme_generated_name", 28)));
    let notes = Notes::of(analysis);
    columns.extend(notes.iter().flat_map(Notes::columns));
    let taken: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
    let attributes = AttributeColumns::new(&analysis.summary, &taken);
    columns.extend(attributes.titles().iter().map(|title| Column::text(title, 16)));
    let labels: HashMap<&str, &str> = summary.themes().map(|theme| (theme.id.as_str(), theme.label.as_str())).collect();
    let questions: HashMap<&str, &str> =
        summary.sections.iter().map(|section| (section.id.as_str(), section.question.as_str())).collect();
    let rows = analysis.units.iter().map(move |unit| {
        let mut cells = cells(unit, &labels, &questions);
        let name_of =
            |names: &HashMap<&str, &'a str>| unit.theme.as_deref().and_then(|theme| names.get(theme)).copied();
        if several {
            let written = [AlsoIn::themes_written(&unit.also), AlsoIn::strengths_written(&unit.also)];
            cells.extend(written.map(|words| words.map_or(Cell::Empty, Cell::from)));
        }
        if !memos.is_empty() {
            cells.push(Cell::maybe(memos.get(unit.id.as_str()).copied()));
        }
        cells.extend(generated.iter().map(|names| Cell::maybe(name_of(names))));
        cells.extend(notes.iter().flat_map(|notes| notes.cells(unit)));
        cells.extend(attributes.of(unit).map(Cell::maybe));
        cells
    });
    Table { name: "assignments", columns, rows: Box::new(rows) }
}

/// The notes beside the words, where some unit has one; in a column of their own whose they are, and which
/// failed.
struct Notes<'a> {
    told: Option<&'a MarginNotes>,
    failed: HashSet<&'a str>,
}

impl<'a> Notes<'a> {
    fn of(analysis: &'a Analysis) -> Option<Self> {
        let told = analysis.summary.manifest.notes.as_ref();
        let failed = told.iter().flat_map(|told| &told.failed).map(String::as_str).collect();
        analysis.units.iter().any(|unit| unit.note.is_some()).then_some(Self { told, failed })
    }

    fn columns(&self) -> Vec<Column> {
        let by = self.told.map(|_| Column::text("note_by", 20));
        std::iter::once(Column::text("note", 40)).chain(by).collect()
    }

    fn cells(&self, unit: &'a UnitRow) -> Vec<Cell<'a>> {
        let by = self.told.map(|told| match &unit.note {
            Some(_) if told.are_a_models() => format!("machine: {}", told.whose()).into(),
            Some(_) => told.whose().into(),
            None if self.failed.contains(unit.id.as_str()) => format!("failed: {}", told.whose()).into(),
            None => Cell::Empty,
        });
        std::iter::once(Cell::maybe(unit.note.as_deref())).chain(by).collect()
    }
}

/// For each theme that a language model named its name; `None` where none was.
fn generated_names(summary: &Summary) -> Option<HashMap<&str, &str>> {
    let named = summary.themes().filter_map(|theme| Some((theme.id.as_str(), theme.generated.as_ref()?.name.as_str())));
    let names: HashMap<&str, &str> = named.collect();
    (!names.is_empty()).then_some(names)
}

fn cells<'a>(unit: &'a UnitRow, labels: &HashMap<&str, &'a str>, questions: &HashMap<&str, &'a str>) -> Vec<Cell<'a>> {
    let looked_up = |table: &HashMap<&str, &'a str>, key: &Option<String>| {
        Cell::maybe(key.as_deref().and_then(|key| table.get(key)).copied())
    };
    let position = &unit.position;
    vec![
        unit.id.as_str().into(),
        unit.study.as_str().into(),
        unit.participant.as_str().into(),
        unit.answer.into(),
        Cell::maybe(unit.section.as_deref()),
        looked_up(questions, &unit.section),
        unit.status.word().into(),
        Cell::maybe(unit.theme.as_deref()),
        looked_up(labels, &unit.theme),
        Cell::maybe(unit.sub_theme.as_deref()),
        Cell::measure(unit.strength),
        Cell::maybe(unit.second_theme.as_deref()),
        Cell::measure(unit.second_strength),
        unit.text.as_str().into(),
        unit.question.as_str().into(),
        position.file.as_str().into(),
        position.cell.as_ref().map_or(Cell::Empty, |cell| cell.row.into()),
        position.line.into(),
        position.time().map_or(Cell::Empty, Cell::from),
        position.start.into(),
        position.end.into(),
        Cell::maybe(unit.moved_from.as_deref()),
    ]
}

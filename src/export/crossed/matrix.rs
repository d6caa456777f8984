//! Participants × themes: a row a person, a column a theme, called by its id.

use crate::analysis::voiced::Voiced;
use crate::analysis::{Analysis, AttributeColumns};
use crate::export::table::{Cell, Column, Table};

/// What stands in a cell.
#[derive(Clone, Copy)]
pub(super) enum Value {
    /// 1 for a theme that was voiced, 0 for one that was not.
    Voiced,
    /// Passages in the theme.
    Mentions,
}

/// What is known of the participants stands behind the themes.
pub(super) fn matrix(analysis: &Analysis, value: Value) -> Table<'_> {
    let voiced = Voiced::new(analysis);
    let mut columns = vec![Column::text("study", 12), Column::text("participant", 18)];
    columns.extend(voiced.themes.iter().map(|theme| Column { width: 8, ..Column::whole(&theme.id) }));
    let taken: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
    let attributes = AttributeColumns::new(&analysis.summary, &taken);
    columns.extend(attributes.titles().iter().map(|title| Column::text(title, 16)));
    let rows = (0..voiced.people.len()).map(move |person| {
        let (study, participant) = voiced.people[person];
        let cell = |theme: usize| match (voiced.mentions(theme, person), value) {
            (None, _) => Cell::Empty,
            (Some(mentions), Value::Mentions) => mentions.into(),
            (Some(mentions), Value::Voiced) => usize::from(mentions > 0).into(),
        };
        let mut cells: Vec<Cell> = vec![study.into(), participant.into()];
        cells.extend((0..voiced.themes.len()).map(cell));
        cells.extend(attributes.of_participant(study, participant).map(Cell::maybe));
        cells
    });
    let name = match value {
        Value::Voiced => "matrix",
        Value::Mentions => "matrix of counts",
    };
    Table { name, columns, rows: Box::new(rows) }
}

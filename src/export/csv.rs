//! Assignments as CSV: one row a unit, UTF-8 without BOM, RFC 4180, text verbatim.

use std::collections::HashMap;
use std::io::Write;

use super::{ExportError, Exporter, check_counts};
use crate::analysis::{Analysis, Summary, UnitRow};

/// Who said what to which theme.
#[derive(Clone, Copy, Debug, Default)]
pub struct AssignmentsCsv {
    /// For Excel: a BOM, so that it reads UTF-8, and an apostrophe before cells that it would take
    /// for a formula (CWE-1236). Without it every text is verbatim.
    pub excel: bool,
}

const COLUMNS: [&str; 22] = [
    "unit",
    "study",
    "participant",
    "answer",
    "section",
    "section_question",
    "status",
    "theme",
    "theme_label",
    "sub_theme",
    "strength",
    "second_theme",
    "second_strength",
    "text",
    "question",
    "file",
    "record",
    "line",
    "time",
    "start",
    "end",
    "moved_from",
];

impl Exporter for AssignmentsCsv {
    fn write(&self, analysis: &Analysis, out: &mut dyn Write) -> Result<(), ExportError> {
        check_counts(analysis)?;
        if self.excel {
            out.write_all("\u{feff}".as_bytes())?;
        }
        let labels: HashMap<&str, &str> =
            analysis.summary.themes().map(|theme| (theme.id.as_str(), theme.label.as_str())).collect();
        let questions: HashMap<&str, &str> =
            analysis.summary.sections.iter().map(|section| (section.id.as_str(), section.question.as_str())).collect();
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        let attributes = Attributes::new(&analysis.summary);
        let generated = generated_names(&analysis.summary);
        let text = |cell: &str| if self.excel { neutralised(cell) } else { cell.to_string() };
        let columns = COLUMNS.map(str::to_string).into_iter().chain(generated.iter().map(|_| GENERATED.to_string()));
        writer.write_record(columns.chain(attributes.titles())).map_err(io_error)?;
        for unit in &analysis.units {
            let cells = cells(unit, &labels, &questions);
            let generated = generated
                .iter()
                .map(|names| unit.theme.as_deref().and_then(|theme| names.get(theme)).copied().unwrap_or_default());
            let cells = cells.iter().map(String::as_str).chain(generated).chain(attributes.of(unit));
            writer.write_record(cells.map(text)).map_err(io_error)?;
        }
        writer.flush()?;
        Ok(())
    }
}

/// The column behind the others where a language model named themes.
const GENERATED: &str = "theme_generated_name";

/// For each theme that a language model named its name; `None` where none was.
fn generated_names(summary: &Summary) -> Option<HashMap<&str, &str>> {
    let named = summary.themes().filter_map(|theme| Some((theme.id.as_str(), theme.generated.as_ref()?.name.as_str())));
    let names: HashMap<&str, &str> = named.collect();
    (!names.is_empty()).then_some(names)
}

/// What is known of the participants, a column each behind the others.
struct Attributes<'a> {
    names: &'a [String],
    none: Vec<String>,
    values: HashMap<(&'a str, &'a str), &'a [String]>,
}

impl<'a> Attributes<'a> {
    fn new(summary: &'a Summary) -> Self {
        let names = summary.attributes.as_slice();
        let known = summary.participants.iter().filter(|participant| participant.attributes.len() == names.len());
        let values = known.map(|p| ((p.study.as_str(), p.participant.as_str()), p.attributes.as_slice())).collect();
        Self { names, none: vec![String::new(); names.len()], values }
    }

    /// A name that a column has already is marked.
    fn titles(&self) -> impl Iterator<Item = String> + '_ {
        let taken = |name: &str| COLUMNS.contains(&name) || name == GENERATED;
        self.names.iter().map(move |name| if taken(name) { format!("participant_{name}") } else { name.clone() })
    }

    fn of(&self, unit: &UnitRow) -> impl Iterator<Item = &str> {
        let values = self.values.get(&(unit.study.as_str(), unit.participant.as_str()));
        values.copied().unwrap_or(&self.none).iter().map(String::as_str)
    }
}

fn cells(unit: &UnitRow, labels: &HashMap<&str, &str>, questions: &HashMap<&str, &str>) -> [String; 22] {
    let looked_up = |table: &HashMap<&str, &str>, key: &Option<String>| {
        key.as_deref().and_then(|key| table.get(key)).map(|value| value.to_string()).unwrap_or_default()
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let word = |value: &Option<String>| value.clone().unwrap_or_default();
    let position = &unit.position;
    [
        unit.id.clone(),
        unit.study.clone(),
        unit.participant.clone(),
        unit.answer.to_string(),
        word(&unit.section),
        looked_up(questions, &unit.section),
        unit.status.word(),
        word(&unit.theme),
        looked_up(labels, &unit.theme),
        word(&unit.sub_theme),
        number(unit.strength),
        word(&unit.second_theme),
        number(unit.second_strength),
        unit.text.clone(),
        unit.question.clone(),
        position.file.clone(),
        position.cell.as_ref().map(|cell| cell.row.to_string()).unwrap_or_default(),
        position.line.to_string(),
        position.time().unwrap_or_default(),
        position.start.to_string(),
        position.end.to_string(),
        word(&unit.moved_from),
    ]
}

pub(super) fn neutralised(cell: &str) -> String {
    let dangerous = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    if dangerous { format!("'{cell}") } else { cell.to_string() }
}

/// The writing error inside, so that a reader that went away is known as such.
pub(super) fn io_error(error: csv::Error) -> ExportError {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ExportError::Write(error),
        other => ExportError::Write(std::io::Error::other(format!("{other:?}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_neutralised_for_excel_only() {
        assert_eq!(neutralised("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(neutralised("@cmd"), "'@cmd");
        assert_eq!(neutralised("a = b"), "a = b");
    }
}

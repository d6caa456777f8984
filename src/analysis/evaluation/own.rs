//! Tables that this program wrote, given as what people coded.
//!
//! In: such a table, read as a sheet, and the analysis that it is held against. Out: how many rows are as the analysis
//! has them, which nobody need have coded. A passage that the researcher put where it is was coded by them. A sheet
//! whose rows are all the program's is refused; one that people changed, or that another run wrote, says something, and
//! is told.

use super::codes::{CodeRow, CodeSheet, CodesError};
use super::material::Material;
use super::rows::{Target, targets_of};
use crate::analysis::saved::{Analysis, UnitRow};
use crate::corpus::named::Index;
use crate::theme::numbers::{of_all, verb};

/// Rows of a sheet that this program wrote, as far as people had no hand in them.
struct OwnRows<'s> {
    sheet: &'s CodeSheet,
    what: &'static str,
    own: usize,
}

impl<'s> OwnRows<'s> {
    /// `None` of a sheet that this program did not write.
    fn of(sheet: &'s CodeSheet, analysis: &Analysis, material: &Material, index: &Index) -> Option<Self> {
        let what = sheet.own?;
        let is_own = |row: &&CodeRow| {
            targets_of(row, index, material).is_ok_and(|targets| {
                let units: Vec<&UnitRow> = targets.iter().flat_map(|target| units_of(*target, material)).collect();
                is_as_assigned(row, &units, analysis)
            })
        };
        Some(Self { sheet, what, own: sheet.rows.iter().filter(is_own).count() })
    }

    fn refuse(&self) -> Result<(), CodesError> {
        match self.own < self.sheet.rows.len() {
            true => Ok(()),
            false => Err(CodesError::OwnCodings { path: self.sheet.path.clone(), what: self.what }),
        }
    }

    fn told(&self) -> String {
        let Self { sheet: CodeSheet { path, rows, .. }, what, own } = self;
        let (rows, n) = (of_all(*own, rows.len(), "row"), *own);
        let (are, them, agree) = (verb(n, "is", "are"), verb(n, "it", "them"), verb(n, "agrees", "agree"));
        format!("`{path}` is {what} of leitmotif: {rows} {are} as this analysis has {them}, and {agree} with it anyway")
    }
}

fn units_of<'a>(target: Target, material: &Material<'a>) -> Vec<&'a UnitRow> {
    let units = match target {
        Target::Passage(unit) => vec![unit],
        Target::Answer(answer) => material.answers[answer].clone(),
        Target::Person(person) => material.units_of_person[person].clone(),
    };
    units.into_iter().map(|unit| &material.units[unit]).collect()
}

/// Whether a row says no more of units than where the program put them.
fn is_as_assigned(row: &CodeRow, units: &[&UnitRow], analysis: &Analysis) -> bool {
    if !row.denied.is_empty() || units.iter().any(|unit| unit.moved_from.is_some()) {
        return false;
    }
    let themes: Vec<&str> = units.iter().flat_map(|unit| unit.themes()).collect();
    let label = |id: &str| analysis.summary.theme(id).map(|theme| theme.label.to_lowercase());
    let is_theme = |code: &String| {
        themes
            .iter()
            .any(|id| id.eq_ignore_ascii_case(code) || label(id).is_some_and(|label| label == code.to_lowercase()))
    };
    if row.codes.is_empty() { themes.is_empty() } else { row.codes.iter().all(is_theme) }
}

/// Refuses sheets in which nobody coded anything; `Ok`: what is to be told of the others that this program wrote.
///
/// # Errors
/// [`CodesError::OwnCodings`].
pub(super) fn refuse_own(sheets: &[CodeSheet], analysis: &Analysis) -> Result<Vec<String>, CodesError> {
    if sheets.iter().all(|sheet| sheet.own.is_none()) {
        return Ok(Vec::new());
    }
    let material = Material::new(analysis);
    let index = material.index();
    let found: Vec<OwnRows> =
        sheets.iter().filter_map(|sheet| OwnRows::of(sheet, analysis, &material, &index)).collect();
    found.iter().try_for_each(OwnRows::refuse)?;
    Ok(found.iter().map(OwnRows::told).collect())
}

/// What is to be told of sheets that this program wrote and people changed, or another run.
pub(crate) fn own_rows(sheets: &[CodeSheet], analysis: &Analysis) -> Vec<String> {
    refuse_own(sheets, analysis).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::{CodeOptions, evaluate, read_codes};
    use super::*;

    fn analysis() -> Analysis {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        crate::analysis::load(&folder).unwrap()
    }

    const ASSIGNMENTS: &str = "unit,study,participant,answer,section,status,theme";

    /// A table with this header, in which `theme` says what each passage is given, and whether it may be used.
    fn held(header: &str, theme: impl Fn(usize, &UnitRow) -> String) -> Result<Vec<String>, CodesError> {
        let analysis = analysis();
        let columns = header.split(',').count();
        let mut table = format!("{header}\n");
        for (at, unit) in analysis.units.iter().enumerate() {
            table += &format!("{}{}{}\n", unit.id, ",".repeat(columns - 1), theme(at, unit));
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("own.csv");
        std::fs::write(&path, table).unwrap();
        let sheets = read_codes(&path, &CodeOptions::default(), &analysis.units).unwrap();
        evaluate(&analysis, &sheets, 0).map(|_| own_rows(&sheets, &analysis))
    }

    fn own_theme(unit: &UnitRow) -> String {
        unit.theme.clone().unwrap_or_default()
    }

    #[test]
    fn what_the_program_assigned_is_refused_and_what_people_changed_of_it_is_told() {
        let error = held(ASSIGNMENTS, |_, unit| own_theme(unit)).unwrap_err();
        assert!(error.to_string().contains("a table of assignments of leitmotif: nobody coded"), "{error}");
        assert!(error.hint().unwrap().contains("coding-sheet"));
        let first = |at: usize, unit: &UnitRow| if at == 0 { "swaps".to_owned() } else { own_theme(unit) };
        let told = held(ASSIGNMENTS, first).unwrap();
        let n = analysis().units.len();
        assert!(told.len() == 1 && told[0].contains(&format!("{} of {n} rows are as", n - 1)), "{told:?}");
        let other_run = held(ASSIGNMENTS, |_, unit| format!("other {}", own_theme(unit))).unwrap();
        assert!(other_run[0].contains("0 of "), "{other_run:?}");
    }

    #[test]
    fn a_table_of_people_is_theirs_even_where_it_says_the_same() {
        assert_eq!(held("unit,theme", |_, unit| own_theme(unit)).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_the_researcher_moved_was_coded_by_them() {
        let mut analysis = analysis();
        let row = |unit: &UnitRow| CodeRow {
            line: 2,
            id: unit.id.clone(),
            is_document: false,
            excerpt: None,
            codes: unit.theme.iter().cloned().collect(),
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: super::super::Stands::AsNamed,
        };
        let at = analysis.units.iter().position(|unit| unit.theme.is_some()).unwrap();
        let row = row(&analysis.units[at]);
        assert!(is_as_assigned(&row, &[&analysis.units[at]], &analysis));
        let denying = CodeRow { denied: vec!["x".into()], ..row.clone() };
        assert!(!is_as_assigned(&denying, &[&analysis.units[at]], &analysis));
        analysis.units[at].moved_from = Some("unclustered".into());
        assert!(!is_as_assigned(&row, &[&analysis.units[at]], &analysis));
    }
}

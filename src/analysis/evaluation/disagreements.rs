//! Where a coder and the themes disagree, one by one.
//!
//! In: an analysis and the sheets of coders. Out: a [`Disagreement`] for each passage (or answer) of each coder in
//! which its themes stand for none of its codes. A theme stands for the code of that coder with the highest F1
//! among the items of its section, the measure by which `evaluate` finds a code's theme. It judges nobody: a
//! disagreement may be the coder's slip, the theme's, or neither's.

use std::collections::BTreeSet;

use super::agreement::Level;
use super::codes::{CodeSheet, CodesError};
use super::items::{CodeNames, Item};
use super::material::Material;
use super::{Coded, codes_of_themes};
use crate::analysis::saved::Analysis;

/// What a disagreement consists in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DisagreementKind {
    /// Its themes stand for other codes, or for none.
    OtherCode,
    /// The coder gave codes, and it is in no theme.
    NoTheme,
    /// The coder gave codes, and the analysis had set it aside.
    Excluded,
    /// The coder found nothing to code, and it is in a theme that stands for a code.
    NoCode,
}

impl DisagreementKind {
    /// `other code`, `no theme`, `excluded`, `no code`.
    pub fn word(self) -> &'static str {
        match self {
            Self::OtherCode => "other code",
            Self::NoTheme => "no theme",
            Self::Excluded => "excluded",
            Self::NoCode => "no code",
        }
    }
}

/// A passage or answer on which a coder and the themes disagree.
#[derive(Clone, Debug, PartialEq)]
pub struct Disagreement {
    /// Who coded.
    pub coder: String,
    /// What it consists in.
    pub kind: DisagreementKind,
    /// Ids of its units: one, or those of an answer.
    pub units: Vec<String>,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// The section's id.
    pub section: Option<String>,
    /// What was asked.
    pub question: String,
    /// What was said; the units of an answer with a space between.
    pub text: String,
    /// The coder's codes.
    pub codes: Vec<String>,
    /// Its themes.
    pub themes: Vec<DisagreeingTheme>,
}

/// A theme, read as a code.
#[derive(Clone, Debug, PartialEq)]
pub struct DisagreeingTheme {
    /// Its id.
    pub id: String,
    /// Its label.
    pub label: String,
    /// The coder's code that it stands for; `None` where none of its items has one.
    pub stands_for: Option<String>,
}

/// Where coders and themes disagree, coder by coder in the order of the analysis.
///
/// # Errors
/// Those of [`super::evaluate`], and [`CodesError::OfPeople`]: what a person said in all has no one theme.
pub fn disagreements(analysis: &Analysis, sheets: &[CodeSheet]) -> Result<Vec<Disagreement>, CodesError> {
    let coded = Coded::new(analysis, sheets)?;
    if coded.level == Level::Participant {
        return Err(CodesError::OfPeople);
    }
    let mut found = Vec::new();
    for (sheet, items) in coded.sheets.iter().zip(&coded.items) {
        let code_of = codes_of_themes(std::slice::from_ref(items), &coded.material);
        let told = items.iter().filter_map(|item| told(item, &sheet.coder, &code_of, &coded));
        found.extend(told);
    }
    Ok(found)
}

fn told(item: &Item, coder: &str, code_of: &[Option<usize>], coded: &Coded) -> Option<Disagreement> {
    let Coded { material, names, level, .. } = coded;
    let units = material.units_of(*level, item.key);
    let themes = themes_of(&units, material);
    let stood_for: BTreeSet<usize> = themes.iter().filter_map(|&theme| code_of[theme]).collect();
    let kind = match (item.codes.is_empty(), themes.is_empty()) {
        (true, _) if stood_for.is_empty() => return None,
        (true, _) => DisagreementKind::NoCode,
        (false, true) if item.excluded.is_some() => DisagreementKind::Excluded,
        (false, true) => DisagreementKind::NoTheme,
        (false, false) if item.codes.iter().any(|code| stood_for.contains(code)) => return None,
        (false, false) => DisagreementKind::OtherCode,
    };
    let rows: Vec<_> = units.iter().map(|&unit| &material.units[unit]).collect();
    let code = |code: usize, names: &CodeNames| names.names[code].clone();
    Some(Disagreement {
        coder: coder.to_owned(),
        kind,
        units: rows.iter().map(|row| row.id.clone()).collect(),
        study: rows[0].study.clone(),
        participant: rows[0].participant.clone(),
        section: rows[0].section.clone(),
        question: rows[0].question.to_string(),
        text: rows.iter().map(|row| row.text.as_str()).collect::<Vec<_>>().join(" "),
        codes: item.codes.iter().map(|&number| code(number, names)).collect(),
        themes: themes
            .into_iter()
            .map(|theme| DisagreeingTheme {
                id: material.themes[theme].id.clone(),
                label: material.themes[theme].label.clone(),
                stands_for: code_of[theme].map(|number| code(number, names)),
            })
            .collect(),
    })
}

/// Every theme of some units, further ones included, each once.
fn themes_of(units: &[usize], material: &Material) -> Vec<usize> {
    let mut found = Vec::new();
    for id in units.iter().flat_map(|&unit| material.units[unit].themes()) {
        let number = material.themes.iter().position(|theme| theme.id == id);
        found.extend(number.filter(|number| !found.contains(number)));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{CodeRow, load};

    fn analysis() -> Analysis {
        load(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")).unwrap()
    }

    /// A sheet that codes every passage as its theme, but for what `change` says.
    fn sheet(analysis: &Analysis, change: impl Fn(usize, Vec<String>) -> Vec<String>) -> CodeSheet {
        let row = |(at, unit): (usize, &crate::analysis::UnitRow)| CodeRow {
            line: at + 2,
            id: unit.id.clone(),
            is_document: false,
            excerpt: None,
            codes: change(at, unit.theme.iter().map(|id| format!("code {id}")).collect()),
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: crate::analysis::Stands::AsNamed,
        };
        CodeSheet {
            coder: "anna".into(),
            path: "anna.csv".into(),
            sheet: None,
            layout: String::new(),
            ignored: Vec::new(),
            rows: analysis.units.iter().enumerate().map(row).collect(),
            sources: std::sync::Arc::default(),
            notices: Vec::new(),
            own: None,
        }
    }

    #[test]
    fn codes_that_are_the_themes_disagree_nowhere() {
        let analysis = analysis();
        assert_eq!(disagreements(&analysis, &[sheet(&analysis, |_, codes| codes)]).unwrap(), []);
    }

    #[test]
    fn each_kind_is_told_with_what_the_theme_stands_for() {
        let analysis = analysis();
        let themed: Vec<usize> = (0..analysis.units.len()).filter(|&at| analysis.units[at].theme.is_some()).collect();
        let loose = (0..analysis.units.len())
            .find(|&at| analysis.units[at].vector.is_some() && analysis.units[at].theme.is_none());
        let (other, uncoded, loose) = (themed[0], themed[1], loose.unwrap());
        let change = |at: usize, codes: Vec<String>| match at {
            at if at == other => vec!["something else".to_string()],
            at if at == uncoded => Vec::new(),
            at if at == loose => vec!["something else".to_string()],
            _ => codes,
        };
        let found = disagreements(&analysis, &[sheet(&analysis, change)]).unwrap();
        let told: Vec<(&str, DisagreementKind)> =
            found.iter().map(|found| (found.units[0].as_str(), found.kind)).collect();
        let mut expected = [
            (other, DisagreementKind::OtherCode),
            (uncoded, DisagreementKind::NoCode),
            (loose, DisagreementKind::NoTheme),
        ];
        expected.sort_by_key(|(at, _)| *at);
        let expected: Vec<_> = expected.iter().map(|&(at, kind)| (analysis.units[at].id.as_str(), kind)).collect();
        assert_eq!(told, expected);
        let row = found.iter().find(|found| found.units[0] == analysis.units[other].id).unwrap();
        let theme = analysis.units[other].theme.clone().unwrap();
        assert_eq!(
            (row.themes[0].stands_for.clone(), row.themes[0].id.clone()),
            (Some(format!("code {theme}")), theme)
        );
        assert_eq!(row.text, analysis.units[other].text);
    }
}

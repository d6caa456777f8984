//! Passages that an analysis was coded with.
//!
//! In: an analysis that `code` made, and what a coder coded of it, by item. Out: the same without the passages that
//! were given as examples, whatever file says it now: they have the codes that people gave them, and agree anyway. Of
//! answers those go that hold such a passage; participants were no examples. It changes no code.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::agreement::Level;
use super::codes::CodesError;
use super::material::Material;
use crate::analysis::saved::Analysis;

/// The passages that an analysis was coded with, by their ids.
pub(super) struct GivenExamples<'a>(HashSet<&'a str>);

impl<'a> GivenExamples<'a> {
    pub(super) fn of(analysis: &'a Analysis) -> Self {
        let Some(coding) = &analysis.summary.manifest.coding else { return Self(HashSet::new()) };
        match coding.judged.is_empty() && coding.by_hand > 0 {
            true => Self(coded_by_hand(analysis)),
            false => Self(coding.judged.iter().map(String::as_str).collect()),
        }
    }

    /// Takes examples out of what a coder coded; says how many items that were.
    ///
    /// # Errors
    /// [`CodesError::OnlyExamples`] where nothing is left; `path` is the coder's file.
    pub(super) fn take_out(
        &self,
        coding: &mut BTreeMap<usize, BTreeSet<usize>>,
        level: Level,
        material: &Material,
        path: &str,
    ) -> Result<usize, CodesError> {
        if self.0.is_empty() || level == Level::Participant {
            return Ok(0);
        }
        let is_example = |item: usize| {
            material.units_of(level, item).into_iter().any(|unit| self.0.contains(material.units[unit].id.as_str()))
        };
        let all = coding.len();
        coding.retain(|&item, _| !is_example(item));
        match (all - coding.len(), coding.is_empty()) {
            (0, _) => Ok(0),
            (n, false) => Ok(n),
            (n, true) => Err(CodesError::OnlyExamples { path: path.to_owned(), n, what: level.word() }),
        }
    }
}

/// Of an analysis that was made before its examples were listed those with a code that people gave: it has no strength.
fn coded_by_hand(analysis: &Analysis) -> HashSet<&str> {
    let codes = analysis.summary.code_ids();
    let has_code = |theme: &Option<String>| theme.as_deref().is_some_and(|theme| codes.contains(theme));
    let by_hand = analysis
        .units
        .iter()
        .filter(|unit| unit.strength.is_none() && unit.moved_from.is_none() && has_code(&unit.theme));
    by_hand.map(|unit| unit.id.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{CodeOptions, Evaluation, evaluate, read_codes};
    use super::*;
    use crate::analysis::saved::{Coding, Status};

    fn analysis() -> Analysis {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        crate::analysis::load(&folder).unwrap()
    }

    /// Ids of passages that were clustered.
    fn passages(analysis: &Analysis) -> Vec<String> {
        let kept = analysis.units.iter().filter(|unit| !matches!(unit.status, Status::Excluded(_)));
        kept.map(|unit| unit.id.clone()).collect()
    }

    fn coded_with(examples: &[String], by_hand: usize) -> Analysis {
        let mut analysis = analysis();
        analysis.summary.manifest.coding = Some(Coding {
            files: Vec::new(),
            max_codes: 3,
            precision: 0.5,
            below_thresholds: None,
            codes: 1,
            coded: 9,
            by_hand,
            examples: by_hand,
            examples_elsewhere: 0,
            judged: examples.to_vec(),
            expected: None,
            nothing_beside: None,
        });
        analysis
    }

    fn held(analysis: &Analysis, ids: &[String]) -> Result<Evaluation, CodesError> {
        let rows: String = ids.iter().enumerate().map(|(n, id)| format!("{id},code {}\n", n % 2)).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("other.csv");
        std::fs::write(&path, format!("id,code\n{rows}")).unwrap();
        evaluate(analysis, &read_codes(&path, &CodeOptions::default(), &analysis.units).unwrap(), 0)
    }

    #[test]
    fn examples_are_left_out_and_where_nothing_else_was_coded_that_is_refused() {
        let ids = passages(&analysis());
        let coded = coded_with(&ids[..4], 3);
        let found = held(&coded, &ids[..10]).unwrap();
        assert_eq!((found.coders[0].given_examples, found.coders[0].items, found.coders[0].matched_rows), (4, 6, 10));
        let error = held(&coded, &ids[..4]).unwrap_err();
        assert!(error.to_string().contains("4 passages") && error.hint().is_some(), "{error}");
        assert_eq!(held(&coded, &ids[4..10]).unwrap().coders[0].given_examples, 0);
        assert_eq!(held(&analysis(), &ids[..4]).unwrap().coders[0].given_examples, 0, "nobody coded it");
    }

    #[test]
    fn whole_participants_are_no_examples() {
        let analysis = analysis();
        let people: BTreeSet<String> =
            analysis.units.iter().map(|u| format!("{}/{}", u.study, u.participant)).collect();
        let people: Vec<String> = people.into_iter().collect();
        let coded = coded_with(&passages(&analysis), 3);
        assert_eq!(held(&coded, &people).unwrap().coders[0].given_examples, 0);
    }

    #[test]
    fn of_an_older_analysis_what_people_gave_a_code_is_an_example() {
        let mut coded = coded_with(&[], 2);
        let code = serde_json::json!({"code": "a", "name": "A", "examples": 2, "threshold": 0.3});
        let theme = &mut coded.summary.sections[0].themes[0];
        theme.code = Some(serde_json::from_value(code).unwrap());
        let id = theme.id.clone();
        let rows: Vec<usize> =
            (0..coded.units.len()).filter(|&row| coded.units[row].theme.as_ref() == Some(&id)).collect();
        coded.units.iter_mut().for_each(|unit| unit.strength = Some(0.5));
        coded.units[rows[0]].strength = None;
        (coded.units[rows[1]].strength, coded.units[rows[1]].moved_from) = (None, Some("unclustered".into()));
        let other = coded.units.iter().position(|unit| unit.theme.as_ref().is_some_and(|theme| *theme != id)).unwrap();
        coded.units[other].strength = None;
        assert_eq!(GivenExamples::of(&coded).0, HashSet::from([coded.units[rows[0]].id.as_str()]));
    }
}

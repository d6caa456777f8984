//! Who is in which group.
//!
//! In: an analysis and what makes the groups. Out: for each unit that was clustered on its participant and
//! group, and who is left out and why.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::compared::{GroupSummary, NotGrouped};
use super::error::ComparisonError;
use super::{By, ComparisonOptions};
use crate::analysis::people::Numbering;
use crate::analysis::saved::{Analysis, GuideQuestionSummary};
use crate::corpus::Language;
use crate::guide::QuestionKind;
use crate::stats::groups::Design;

/// Everybody, with the rows of theirs that were clustered on.
pub(super) struct People<'a> {
    /// Study and participant.
    pub(super) names: Vec<(&'a str, &'a str)>,
    /// The person of each unit.
    pub(super) of_unit: Vec<usize>,
    /// For each person whether something of theirs was clustered on.
    pub(super) heard: Vec<bool>,
    pub(super) languages: Vec<Option<Language>>,
    pub(super) attributes: Vec<&'a [String]>,
}

impl<'a> People<'a> {
    pub(super) fn new(analysis: &'a Analysis) -> Self {
        let mut numbering = Numbering::default();
        let mut people = Self {
            names: Vec::new(),
            of_unit: Vec::new(),
            heard: Vec::new(),
            languages: Vec::new(),
            attributes: Vec::new(),
        };
        for participant in &analysis.summary.participants {
            if numbering.number(&participant.study, &participant.participant) == people.languages.len() {
                people.languages.push(participant.language.as_deref().and_then(Language::from_code));
                people.attributes.push(&participant.attributes);
            }
        }
        for unit in &analysis.units {
            let person = numbering.number(&unit.study, &unit.participant);
            if person == people.languages.len() {
                people.languages.push(None);
                people.attributes.push(&[]);
            }
            people.of_unit.push(person);
        }
        people.names = numbering.names().to_vec();
        people.heard = vec![false; people.names.len()];
        for (unit, &person) in analysis.units.iter().zip(&people.of_unit) {
            people.heard[person] |= unit.vector.is_some();
        }
        people
    }
}

/// Who is in which group.
pub(super) struct Grouping {
    pub(super) design: Design,
    pub(super) by: String,
    pub(super) groups: Vec<GroupSummary>,
    /// The group of each unit that was clustered on; `None` for participants left out.
    pub(super) of_unit: Vec<Option<usize>>,
    pub(super) left_out: NotGrouped,
}

impl Grouping {
    pub(super) fn new(
        analysis: &Analysis,
        people: &People,
        options: &ComparisonOptions,
    ) -> Result<Self, ComparisonError> {
        let studies: Vec<String> = analysis.summary.studies.iter().map(|study| study.name.clone()).collect();
        check_names("study", &options.studies, &studies)?;
        let wanted = |person: usize| {
            options.studies.is_empty() || options.studies.iter().any(|study| study == people.names[person].0)
        };
        let mut left_out = NotGrouped::default();
        let attributes = &analysis.summary.attributes;
        // A value for each unit: the name of its group.
        let (by, design, value_of_person): (String, Design, Vec<Option<String>>) = match &options.by {
            By::Study => {
                let studies = people.names.iter().map(|name| Some(name.0.to_string())).collect();
                ("study".into(), Design::Between, studies)
            }
            By::Attribute(name) => {
                let exact = attributes.iter().position(|known| known == name);
                let column = exact.or_else(|| attributes.iter().position(|known| known.eq_ignore_ascii_case(name)));
                let column = column.ok_or_else(|| ComparisonError::UnknownAttribute {
                    name: name.clone(),
                    known: attributes.clone(),
                })?;
                let value = |values: &&[String]| {
                    values.get(column).map(|value| value.trim().to_string()).filter(|value| !value.is_empty())
                };
                (attributes[column].clone(), Design::Between, people.attributes.iter().map(value).collect())
            }
            By::Question => ("question".into(), Design::Within, Vec::new()),
        };
        let questions = &analysis.summary.framing.guide;
        let question_names = question_names(questions);
        let value_of_unit = |unit: usize| -> Option<String> {
            match design {
                Design::Between => value_of_person[people.of_unit[unit]].clone(),
                Design::Within => {
                    let place = analysis.units[unit].guide_question?.checked_sub(1)?;
                    question_names.get(place)?.clone()
                }
            }
        };
        if design == Design::Within {
            if analysis.summary.framing.by_section {
                return Err(ComparisonError::BySection);
            }
            if questions.is_empty() || analysis.units.iter().all(|unit| unit.guide_question.is_none()) {
                return Err(ComparisonError::NoGuide);
            }
        }

        // The groups in a fixed order: of the studies, of the guide, or of the values.
        let clustered: Vec<usize> =
            (0..analysis.units.len()).filter(|&unit| analysis.units[unit].vector.is_some()).collect();
        let mut voices: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut values: Vec<Option<String>> = vec![None; analysis.units.len()];
        for &unit in clustered.iter().filter(|&&unit| wanted(people.of_unit[unit])) {
            values[unit] = value_of_unit(unit);
            if let Some(value) = &values[unit] {
                voices.entry(value.clone()).or_default().insert(people.of_unit[unit]);
            }
        }
        if design == Design::Between {
            // Groups nobody of which was heard are groups all the same.
            for (person, value) in value_of_person.iter().enumerate().filter(|&(person, _)| wanted(person)) {
                match value {
                    Some(value) => _ = voices.entry(value.clone()).or_default(),
                    None => left_out.missing_value += 1,
                }
                left_out.without_passages += usize::from(value.is_some() && !people.heard[person]);
            }
        }
        let question_of = |name: &str| question_names.iter().position(|known| known.as_deref() == Some(name));
        let place = |name: &str| match &options.by {
            By::Study => studies.iter().position(|study| study == name).unwrap_or(usize::MAX),
            By::Question => question_of(name).unwrap_or(usize::MAX),
            By::Attribute(_) => 0,
        };
        let mut names: Vec<String> = voices.keys().cloned().collect();
        names.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| in_reading_order(a, b)));
        check_names("group", &options.groups, &names)?;
        if !options.groups.is_empty() {
            names = options.groups.clone();
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
        }
        if names.len() < 2 {
            return Err(ComparisonError::OneGroup {
                by,
                group: names.pop(),
                known: if options.by == By::Study { attributes.clone() } else { Vec::new() },
            });
        }
        let number_of: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let of_unit: Vec<Option<usize>> =
            values.iter().map(|value| number_of.get(value.as_deref()?).copied()).collect();
        left_out.not_asked_for = (0..people.names.len())
            .filter(|&person| {
                let named = value_of_person.get(person).and_then(Option::as_deref);
                !wanted(person) || named.is_some_and(|value| !number_of.contains_key(value))
            })
            .count();
        let groups = names
            .iter()
            .map(|name| GroupSummary {
                name: name.clone(),
                question: question_of(name)
                    .filter(|_| design == Design::Within)
                    .map(|question| questions[question].wording.clone()),
                participants: voices[name].len(),
            })
            .collect();
        Ok(Self { design, by, groups, of_unit, left_out })
    }
}

/// `question 1`, …, for the questions that themes may answer: the greeting is none.
fn question_names(guide: &[GuideQuestionSummary]) -> Vec<Option<String>> {
    let mut number = 0;
    let name = |question: &GuideQuestionSummary| {
        (question.kind != QuestionKind::Greeting).then(|| {
            number += 1;
            format!("question {number}")
        })
    };
    guide.iter().map(name).collect()
}

fn check_names(what: &'static str, wanted: &[String], known: &[String]) -> Result<(), ComparisonError> {
    match wanted.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(ComparisonError::UnknownName { what, name: name.clone(), known: known.to_vec() }),
        None => Ok(()),
    }
}

/// Numbers by their size, before words by their letters.
fn in_reading_order(a: &str, b: &str) -> std::cmp::Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(x), Ok(y)) => x.total_cmp(&y).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => std::cmp::Ordering::Less,
        (Err(_), Ok(_)) => std::cmp::Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_told_as_people_read() {
        let mut names = ["10", "2", "b", "a"];
        names.sort_by(|a, b| in_reading_order(a, b));
        assert_eq!(names, ["2", "10", "a", "b"]);
    }

    #[test]
    fn a_group_that_is_not_there_is_named_with_those_that_are() {
        let known = ["ward".to_string(), "home".to_string()];
        assert!(check_names("group", &known[..1], &known).is_ok());
        let error = check_names("group", &["wards".to_string()], &known).unwrap_err().to_string();
        assert!(error.contains("wards"), "{error}");
    }

    #[test]
    fn everybody_of_an_analysis_is_there_once() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = crate::analysis::load(&folder).unwrap();
        let people = People::new(&analysis);
        assert_eq!(people.names.len(), analysis.summary.participants.len());
        assert_eq!((people.of_unit.len(), people.heard.len()), (analysis.units.len(), people.names.len()));
        assert!(people.heard.iter().any(|&heard| heard));
    }
}

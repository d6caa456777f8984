//! Who is in which group.
//!
//! In: an analysis and what makes the groups. Out: for each unit its participant, for each answer its group, and
//! who is left out and why. It counts no theme.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::attribute::{AttributeGroups, Banded, Banding, in_reading_order};
use super::compared::{GroupSummary, NotGrouped};
use super::error::ComparisonError;
use super::{By, ComparisonOptions};
use crate::analysis::people::Numbering;
use crate::analysis::saved::{Analysis, GuideQuestionSummary, attribute_named, code_key, group_name};
use crate::analysis::voiced::is_answer;
use crate::corpus::Language;
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
    /// The place of each group in an order that means something.
    pub(super) order: Vec<Option<usize>>,
    pub(super) banded: Option<Banded>,
    /// The group of each unit that was clustered on; `None` for participants left out.
    pub(super) of_unit: Vec<Option<usize>>,
    /// The group of each unit that answers in a section, clustered on or not: whoever has one was asked there.
    pub(super) of_answer: Vec<Option<usize>>,
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
        let mut of_attribute: Option<AttributeGroups> = None;
        if options.banding != Banding::Auto && !matches!(options.by, By::Attribute(_)) {
            return Err(ComparisonError::NothingToBand);
        }
        // A value for each unit: the name of its group.
        let (by, design, value_of_person): (String, Design, Vec<Option<String>>) = match &options.by {
            By::Study => {
                let studies = people.names.iter().map(|name| Some(name.0.to_string())).collect();
                ("study".into(), Design::Between, studies)
            }
            By::Attribute(name) => {
                let (known, found) = attribute_groups(analysis, people, name, &options.banding)?;
                let named = found.of_person.iter().map(|group| group.map(|group| found.names[group].clone()));
                let values = named.collect();
                of_attribute = Some(found);
                (known, Design::Between, values)
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
        let mut voices: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut values: Vec<Option<String>> = vec![None; analysis.units.len()];
        for (unit, row) in analysis.units.iter().enumerate().filter(|&(unit, _)| wanted(people.of_unit[unit])) {
            if row.vector.is_none() && (row.section.is_none() || !is_answer(row)) {
                continue;
            }
            values[unit] = value_of_unit(unit);
            if let Some(value) = &values[unit] {
                voices.entry(value.clone()).or_default().insert(people.of_unit[unit]);
            }
        }
        if design == Design::Between {
            let answered: BTreeSet<usize> = voices.values().flatten().copied().collect();
            // Groups nobody of which was heard are groups all the same.
            for (person, value) in value_of_person.iter().enumerate().filter(|&(person, _)| wanted(person)) {
                match value {
                    Some(value) => _ = voices.entry(value.clone()).or_default(),
                    None => left_out.missing_value += 1,
                }
                if value.is_some() && !people.heard[person] {
                    let count = if answered.contains(&person) {
                        &mut left_out.without_passages
                    } else {
                        &mut left_out.without_answers
                    };
                    *count += 1;
                }
            }
        }
        let question_of = |name: &str| question_names.iter().position(|known| known.as_deref() == Some(name));
        let place = |name: &str| match &options.by {
            By::Study => studies.iter().position(|study| study == name).unwrap_or(usize::MAX),
            By::Question => question_of(name).unwrap_or(usize::MAX),
            By::Attribute(_) => {
                let names = of_attribute.iter().flat_map(|found| &found.names);
                names.into_iter().position(|known| known == name).unwrap_or(usize::MAX)
            }
        };
        let mut names: Vec<String> = voices.keys().cloned().collect();
        names.sort_by(|a, b| place(a).cmp(&place(b)).then_with(|| in_reading_order(a, b)));
        let asked_for: Vec<String> = options.groups.iter().map(|group| as_printed(group, &names)).collect();
        check_names("group", &asked_for, &names)?;
        let n_there = names.len();
        if !asked_for.is_empty() {
            names = asked_for;
            let mut seen = BTreeSet::new();
            names.retain(|name| seen.insert(name.clone()));
        }
        if names.len() < 2 {
            let is_chosen = n_there > names.len();
            return Err(ComparisonError::OneGroup {
                by,
                group: names.pop(),
                without: left_out.missing_value,
                known: if options.by == By::Study { attributes.clone() } else { Vec::new() },
                is_chosen,
            });
        }
        let number_of: HashMap<&str, usize> = names.iter().map(String::as_str).zip(0..).collect();
        let of_answer: Vec<Option<usize>> =
            values.iter().map(|value| number_of.get(value.as_deref()?).copied()).collect();
        let clustered = analysis.units.iter().zip(&of_answer);
        let of_unit = clustered.map(|(row, group)| group.filter(|_| row.vector.is_some())).collect();
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
        // Places in an order that means something: of numbers, or the one in which the groups were asked for.
        let order_of = |(at, name): (usize, &String)| match &of_attribute {
            _ if options.is_ordered => Some(at),
            Some(found) => found.order[found.names.iter().position(|known| known == name)?],
            None => None,
        };
        let order = names.iter().enumerate().map(order_of).collect();
        let banded = of_attribute.and_then(|found| found.banded);
        Ok(Self { design, by, groups, order, banded, of_unit, of_answer, left_out })
    }
}

/// `question 1`, …, for the questions that themes may answer: the greeting is none.
fn question_names(guide: &[GuideQuestionSummary]) -> Vec<Option<String>> {
    let numbers = GuideQuestionSummary::numbers(guide).into_iter();
    numbers.map(|number| number.map(|it| format!("question {it}"))).collect()
}

fn check_names(what: &'static str, wanted: &[String], known: &[String]) -> Result<(), ComparisonError> {
    match wanted.iter().find(|name| !known.contains(name)) {
        Some(name) => Err(ComparisonError::UnknownName { what, name: name.clone(), known: known.to_vec() }),
        None => Ok(()),
    }
}

/// The column of an attribute with the groups it makes, participant by participant; and what it is called here.
pub(super) fn attribute_groups(
    analysis: &Analysis,
    people: &People,
    name: &str,
    banding: &Banding,
) -> Result<(String, AttributeGroups), ComparisonError> {
    let attributes = &analysis.summary.attributes;
    let column = attribute_named(attributes, name)
        .ok_or_else(|| ComparisonError::UnknownAttribute { name: name.to_string(), known: attributes.clone() })?;
    let values: Vec<Option<&str>> = people
        .attributes
        .iter()
        .map(|values| values.get(column).map(|value| value.trim()).filter(|value| !value.is_empty()))
        .collect();
    let known = group_name(&attributes[column]);
    let found = AttributeGroups::new(&known, &values, banding)?;
    Ok((known, found))
}

/// A group as it is called, where it was typed with another dash or other capitals.
fn as_printed(group: &str, names: &[String]) -> String {
    let dashed = |name: &str| code_key(name).replace('–', "-");
    let like = names.iter().find(|name| dashed(name) == dashed(group));
    names.iter().find(|name| *name == group).or(like).map_or_else(|| group.to_string(), String::clone)
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
    fn an_attribute_that_is_called_as_other_groups_are_has_another_name() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = crate::analysis::load(&folder).unwrap();
        analysis.summary.attributes = vec!["question".into(), "age".into()];
        for (at, person) in analysis.summary.participants.iter_mut().enumerate() {
            person.attributes = vec![["x", "y"][at % 2].into(), "old".into()];
        }
        let people = People::new(&analysis);
        let groups = |name: &str| attribute_groups(&analysis, &people, name, &Banding::Auto);
        let (name, found) = groups("participant_question").unwrap();
        assert_eq!((name.as_str(), found.names.join("+")), ("participant_question", "x+y".to_owned()));
        assert_eq!(groups("participant_age").unwrap().0, "age", "the title in a table leads to it too");
        let hint = groups("shoe size").unwrap_err().hint();
        assert!(hint.starts_with("known are `participant_question`, `age`;"), "{hint}");
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

//! The guide of the saved analysis, as new interviews are held against it.

use super::policy::*;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::analysis::saved::*;
use crate::corpus::{Corpus, Exclusion, Unit, declines};
use crate::guide::{self, KnownGuide, KnownSection, Opening, Place, QuestionKind, Recognised, wordings};

/// What opened the sections of an analysis, from its rows: an answer in another section than the one
/// before it answers the question that opens the section.
pub(super) fn known_guide(analysis: &Analysis) -> KnownGuide {
    let summary = &analysis.summary;
    let place: HashMap<&str, usize> = summary.sections.iter().map(|section| section.id.as_str()).zip(0..).collect();
    let mut before: HashMap<(&str, &str), (usize, Option<usize>)> = HashMap::new();
    let mut openings: Vec<BTreeMap<&str, usize>> = vec![BTreeMap::new(); summary.sections.len()];
    let mut greetings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut follow_ups: BTreeSet<&str> = BTreeSet::new();
    for unit in analysis.units.iter().filter(|unit| !unit.question.is_empty()) {
        let (answer, last) = before.entry((&unit.study, &unit.participant)).or_default();
        if *answer == unit.answer {
            continue;
        }
        *answer = unit.answer;
        if unit.status == Status::Excluded(Exclusion::Greeting) {
            *greetings.entry(&unit.question).or_default() += 1;
        } else if let Some(&section) = unit.section.as_deref().and_then(|section| place.get(section)) {
            if *last == Some(section) || !summary.framing.by_section {
                follow_ups.insert(&unit.question);
            } else {
                *openings[section].entry(&unit.question).or_default() += 1;
            }
            *last = Some(section);
        }
    }
    let follow_ups: Vec<&str> = follow_ups.into_iter().collect();
    let step = follow_ups.len().div_ceil(MOST_FOLLOW_UPS).max(1);
    let first = |question: &str| wordings(question).into_iter().next().map(|candidate| candidate.text);
    let sections = summary.sections.iter().zip(openings).map(|(section, openings)| KnownSection {
        question: section.question.clone(),
        kind: section.kind,
        openings: if section.question.is_empty() { Vec::new() } else { most_frequent(openings) },
    });
    KnownGuide {
        sections: if summary.framing.by_section { sections.collect() } else { Vec::new() },
        greetings: most_frequent(greetings),
        follow_ups: if summary.framing.by_section {
            follow_ups.into_iter().step_by(step).filter_map(first).collect()
        } else {
            Vec::new()
        },
    }
}

/// The most frequent questions, by what is asked last in them.
fn most_frequent(questions: BTreeMap<&str, usize>) -> Vec<Opening> {
    let mut counts: BTreeMap<String, Opening> = BTreeMap::new();
    for (question, n) in questions {
        let candidates = wordings(question);
        if let Some(first) = candidates.first().map(|candidate| candidate.text.clone()) {
            counts.entry(first).or_insert(Opening { candidates, times: 0 }).times += n;
        }
    }
    let mut found: Vec<Opening> = counts.into_values().collect();
    found.sort_by_key(|opening| std::cmp::Reverse(opening.times));
    found.truncate(MOST_OPENINGS);
    found
}

/// Where the analysis has one section for everything, or is told to have, every answer but those to the
/// greeting is in it; answers that no guide question precedes are in the section of such answers.
pub(super) fn settle(recognised: &mut Recognised, analysis: &Analysis, only: Option<usize>) {
    let framing = &analysis.summary.framing;
    let sections = &analysis.summary.sections;
    let everything = only.or_else(|| (!framing.by_section && !sections.is_empty()).then_some(0));
    let rest = sections.iter().position(|section| section.question.is_empty());
    for place in &mut recognised.places {
        match (*place, everything, rest) {
            (Place::Greeting, ..) => {}
            (_, Some(section), _) | (Place::Nowhere, None, Some(section)) => *place = Place::Section(section),
            _ => {}
        }
    }
    if everything.is_some() {
        recognised.unknown.clear();
    }
}

/// Marks replies to the greeting, and replies to the closing question that add nothing.
pub(super) fn set_aside(
    corpus: &Corpus,
    units: &mut [Unit],
    recognised: &Recognised,
    recovered: &[guide::GuideQuestion],
    analysis: &Analysis,
) {
    let closing = recovered.iter().filter(|question| question.kind == QuestionKind::Closing);
    let mut closing: HashSet<usize> = closing.flat_map(|question| question.answers.iter().copied()).collect();
    for (answer, place) in recognised.places.iter().enumerate() {
        if let Place::Section(section) = place
            && recognised.direct[answer]
            && analysis.summary.sections[*section].kind == QuestionKind::Closing
        {
            closing.insert(answer);
        }
    }
    for unit in units {
        if recognised.places[unit.answer] == Place::Greeting {
            unit.excluded = Some(Exclusion::Greeting);
        } else if unit.excluded.is_none()
            && closing.contains(&unit.answer)
            && declines(&corpus.turn_of(&corpus.answers[unit.answer]).text)
        {
            unit.excluded = Some(Exclusion::Courtesy);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn openings_that_were_used_most_come_first_and_count_together() {
        let asked = [("What is better? Tell me.", 2), ("What is worse now?", 3), ("Right. What is worse now?", 4)];
        let found = most_frequent(asked.into_iter().collect());
        assert_eq!(found.iter().map(|opening| opening.times).collect::<Vec<_>>(), [7, 2]);
        assert!(found[0].candidates[0].text.contains("What is worse now?"));
    }

    #[test]
    fn a_saved_analysis_knows_what_opened_its_sections() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = crate::analysis::load(&folder).unwrap();
        let guide = known_guide(&analysis);
        let expected = if analysis.summary.framing.by_section { analysis.summary.sections.len() } else { 0 };
        assert_eq!(guide.sections.len(), expected);
    }
}

//! Which passages, answers or people the rows of a coder mean.

use std::collections::BTreeSet;
use std::ops::Range;

use super::agreement::*;
use super::excerpts::{parts_around_gaps, readings};
use super::material::*;

use super::codes::{CodeRow, CodeSheet, CodesError, Stands};
use crate::analysis::saved::UnitRow;
pub(super) use crate::corpus::named::Target;
use crate::corpus::named::{AMBIGUOUS, Index, UNKNOWN};
use crate::corpus::words;

pub(in crate::analysis) const NOT_SAID: &str = "the words coded are not in it";
pub(super) const SAID_AGAIN: &str = "the words coded stand in several passages of it";

/// Words by which a stretch is known.
const TELLING: usize = 5;

/// What became of the rows of a sheet.
pub(super) struct Found<'s> {
    /// Each matched row with what it names.
    pub(super) matched: Vec<(&'s CodeRow, Vec<Target>)>,
    pub(super) unmatched: Vec<Unmatched>,
}

pub(super) fn find_rows<'s>(sheet: &'s CodeSheet, material: &Material, index: &Index) -> Result<Found<'s>, CodesError> {
    let mut found = Found { matched: Vec::new(), unmatched: Vec::new() };
    for row in &sheet.rows {
        match targets_of(row, index, material) {
            Ok(targets) => found.matched.push((row, targets)),
            Err(reason) => found.unmatched.push(Unmatched { line: row.line, id: row.id.clone(), reason }),
        }
    }
    if found.matched.is_empty() {
        let ids: Vec<&str> = found.unmatched.iter().map(|row| row.id.as_str()).collect();
        let of_analysis: Vec<&str> = material.units.iter().map(|unit| unit.id.as_str()).collect();
        let every = |reason| found.unmatched.iter().all(|row| row.reason == reason);
        return Err(CodesError::NothingMatches {
            path: sheet.path.clone(),
            in_file: crate::corpus::some(&ids),
            in_analysis: if of_analysis.is_empty() { "has none".into() } else { crate::corpus::some(&of_analysis) },
            hint: if every(AMBIGUOUS) {
                "the same participants are in several studies: write `study/participant`, or add a column `study`"
            } else if every(NOT_SAID) {
                "the words coded must stand in the interview as they do in the table; give the ids of passages \
                 in their place"
            } else if every(SAID_AGAIN) {
                "code more words, so that they stand once in the document, or give the ids of passages"
            } else {
                "take the names of the files that were analysed, or the ids of the column `unit` of `leitmotif export ANALYSIS --to csv`, those of answers \
                 (`study/participant#number`) or participants; another column of ids is named with `--id-column`"
            },
        });
    }
    Ok(found)
}

/// For each row of a sheet the units that it means, or why it means none; no units where it names an answer of several
/// passages or a person without telling the words.
pub(in crate::analysis) fn passages_of_rows(
    sheet: &CodeSheet,
    units: &[UnitRow],
) -> Vec<Result<Vec<usize>, &'static str>> {
    let material = Material::of_units(units);
    let index = material.index();
    let unit = |target| match target {
        Target::Passage(unit) => Some(unit),
        Target::Answer(answer) if material.answers[answer].len() == 1 => Some(material.answers[answer][0]),
        Target::Answer(_) | Target::Person(_) => None,
    };
    let units_of = |targets: Vec<Target>| targets.into_iter().filter_map(unit).collect();
    sheet.rows.iter().map(|row| targets_of(row, &index, &material).map(units_of)).collect()
}

/// What a row means.
pub(super) fn targets_of(row: &CodeRow, index: &Index, material: &Material) -> Result<Vec<Target>, &'static str> {
    match &row.stands {
        Stands::In(passages) => passages.iter().map(|id| index.find(id)).collect(),
        Stands::Nowhere(reason) => Err(reason),
        Stands::AsNamed | Stands::At { .. } if row.is_document => in_document(row, index, material),
        Stands::AsNamed | Stands::At { .. } => match index.find(&row.id) {
            // What is no participant may be a document, when the words tell who of it is meant.
            Err(UNKNOWN) if row.excerpt.is_some() => in_document(row, index, material),
            found => found.and_then(|target| narrowed(target, row, material)),
        },
    }
}

/// The passages that the coded words stand in, where the id names more than a passage.
fn narrowed(target: Target, row: &CodeRow, material: &Material) -> Result<Vec<Target>, &'static str> {
    let Some(excerpt) = &row.excerpt else { return Ok(vec![target]) };
    let answers = match target {
        Target::Passage(_) => return Ok(vec![target]),
        Target::Answer(answer) if material.answers[answer].len() == 1 => return Ok(vec![target]),
        Target::Answer(answer) => vec![answer],
        Target::Person(person) => answers_of(person, material),
    };
    in_answers(excerpt, &answers, material)
}

/// The answers that a person gave.
fn answers_of(person: usize, material: &Material) -> Vec<usize> {
    let mut answers: Vec<usize> =
        material.units_of_person[person].iter().map(|&unit| material.answer_of[unit]).collect();
    answers.dedup();
    answers
}

/// The passages of some answers that the coded words stand in, as they are written or without what a program put
/// around them.
fn in_answers(excerpt: &str, answers: &[usize], material: &Material) -> Result<Vec<Target>, &'static str> {
    for reading in readings(excerpt) {
        match as_written(&reading, answers, material) {
            Err(NOT_SAID) => {}
            found => return found,
        }
    }
    let parts = parts_around_gaps(excerpt).and_then(|parts| passages_around_gaps(&parts, answers, material));
    parts.map(|units| units.into_iter().map(Target::Passage).collect()).ok_or(NOT_SAID)
}

/// The passages of the one answer in which all parts of an excerpt stand, one behind the other.
fn passages_around_gaps(parts: &[String], answers: &[usize], material: &Material) -> Option<Vec<usize>> {
    let parts: Vec<String> = parts.iter().map(|part| folded(part)).collect();
    let in_answer = |&answer: &usize| {
        let units = &material.answers[answer];
        let (text, spans) = laid_out(units, material);
        let start = text.find(&parts[0])?;
        let mut end = start;
        for part in &parts {
            end += text[end..].find(part.as_str())? + part.len();
        }
        Some(voices(start..end, &spans, units))
    };
    let mut found = answers.iter().filter_map(in_answer);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

/// The folded text of some units in a row, and where each of them stands in it.
fn laid_out(units: &[usize], material: &Material) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for &unit in units {
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&folded(&material.units[unit].text));
        spans.push(start..text.len());
    }
    (text, spans)
}

/// The passages of some answers that words stand in as they are written.
fn as_written(excerpt: &str, answers: &[usize], material: &Material) -> Result<Vec<Target>, &'static str> {
    let places: BTreeSet<Vec<usize>> =
        answers.iter().flat_map(|&answer| passages_with(excerpt, &material.answers[answer], material)).collect();
    let whole = match places.len() {
        0 | 1 => places.into_iter().next(),
        _ => Some(the_passage(excerpt, &places, material).ok_or(SAID_AGAIN)?),
    };
    let passages = whole
        .or_else(|| passages_within(excerpt, answers, material))
        .or_else(|| passages_of_cut(excerpt, answers, material));
    passages.map(|units| units.into_iter().map(Target::Passage).collect()).ok_or(NOT_SAID)
}

/// Of several places that have the words coded the only one that is a passage of nothing else.
fn the_passage(excerpt: &str, places: &BTreeSet<Vec<usize>>, material: &Material) -> Option<Vec<usize>> {
    let excerpt = folded(excerpt);
    let is_it = |place: &&Vec<usize>| matches!(place[..], [unit] if folded(&material.units[unit].text) == excerpt);
    let mut found = places.iter().filter(is_it);
    found.next().filter(|_| found.next().is_none()).cloned()
}

/// The passages of an answer that voice an excerpt of it: those that share with it at least a third of the
/// shorter of the two, in characters; or the one that shares the most. White space, case and the shape of
/// quotation marks do not matter. One set for each place at which the excerpt is in the answer, each set once.
fn passages_with(excerpt: &str, units: &[usize], material: &Material) -> BTreeSet<Vec<usize>> {
    let excerpt = folded(excerpt);
    let (text, spans) = laid_out(units, material);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_apart = |start: &usize| {
        let (above, below) = (&text[..*start], &text[start + excerpt.len()..]);
        let joins = |left: &str, right: &str| is_word(left.chars().next_back()) && is_word(right.chars().next());
        !joins(above, &excerpt) && !joins(&excerpt, below)
    };
    let starts: Vec<usize> = match excerpt.as_str() {
        "" => Vec::new(),
        excerpt => text.match_indices(excerpt).map(|(start, _)| start).collect(),
    };
    // `is it` is not meant within `this item`, where it stands elsewhere on its own.
    let apart: Vec<usize> = starts.iter().copied().filter(is_apart).collect();
    let starts = if apart.is_empty() { starts } else { apart };
    starts.into_iter().map(|start| voices(start..start + excerpt.len(), &spans, units)).collect()
}

/// The units that voice a stretch of their answer, where each has its own.
fn voices(stretch: Range<usize>, spans: &[Range<usize>], units: &[usize]) -> Vec<usize> {
    let shared = |place: usize| spans[place].end.min(stretch.end).saturating_sub(spans[place].start.max(stretch.start));
    let voices: Vec<usize> =
        (0..units.len()).filter(|&place| 3 * shared(place) >= spans[place].len().min(stretch.len())).collect();
    let voices = if voices.is_empty() {
        (0..units.len()).max_by_key(|&place| shared(place)).into_iter().collect()
    } else {
        voices
    };
    voices.into_iter().map(|place| units[place]).collect()
}

pub(in crate::analysis) fn folded(text: &str) -> String {
    let straight = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        other => other,
    };
    let words: Vec<String> = text.split_whitespace().map(|word| word.chars().map(straight).collect()).collect();
    words.join(" ").to_lowercase()
}

/// What all sheets can be compared by.
pub(super) fn level(sheets: &[CodeSheet], found: &[Found], material: &Material) -> Result<Level, CodesError> {
    let places = sheets.iter().zip(found).flat_map(|(sheet, found)| {
        found.matched.iter().flat_map(move |(row, targets)| targets.iter().map(move |&target| (sheet, *row, target)))
    });
    let shown =
        |(sheet, row, _): (&CodeSheet, &CodeRow, Target)| format!("`{}` ({}, line {})", row.id, sheet.path, row.line);
    let (mut person, mut said, mut level) = (None, None, Level::Passage);
    for place in places {
        match place.2 {
            Target::Person(_) => person = person.or(Some(place)),
            Target::Answer(answer) if material.answers[answer].len() > 1 => level = Level::Answer,
            _ => {}
        }
        if !matches!(place.2, Target::Person(_)) {
            said = said.or(Some(place));
        }
    }
    match (person, said) {
        (Some(person), Some(said)) => Err(CodesError::Levels { participant: shown(person), said: shown(said) }),
        (Some(_), None) => Ok(Level::Participant),
        _ => Ok(level),
    }
}

const SEVERAL_SPEAK: &str = "a document in which several speak, and no words are told";

/// What a row names that tells a document and the words coded in it; without words its only speaker.
fn in_document(row: &CodeRow, index: &Index, material: &Material) -> Result<Vec<Target>, &'static str> {
    let persons = match (index.in_document(&row.id), index.find(&row.id)) {
        (Ok(persons), _) => persons,
        (Err(_), Ok(target)) => return narrowed(target, row, material),
        (Err(reason), Err(_)) => return Err(reason),
    };
    match (&row.excerpt, persons.as_slice()) {
        (None, [only]) => Ok(vec![Target::Person(*only)]),
        (None, _) => Err(SEVERAL_SPEAK),
        (Some(excerpt), persons) => {
            let answers: Vec<usize> = persons.iter().flat_map(|&person| answers_of(person, material)).collect();
            in_answers(excerpt, &answers, material)
        }
    }
}

/// The passages that stand within an excerpt, which goes beyond an answer: the question was coded too. It may begin or
/// end within a passage: that is one of them where it is a third of the passage.
fn passages_within(excerpt: &str, answers: &[usize], material: &Material) -> Option<Vec<usize>> {
    let excerpt = folded(excerpt);
    let is_within = |unit: &usize| {
        let text = &material.units[*unit].text;
        let text = folded(text);
        words(&text) >= TELLING && (excerpt.contains(&text) || 3 * shared_at_ends(&excerpt, &text) >= text.len())
    };
    let units: Vec<usize> =
        answers.iter().flat_map(|&answer| &material.answers[answer]).copied().filter(is_within).collect();
    (!units.is_empty()).then_some(units)
}

/// How many bytes an excerpt begins with that a text ends with, or ends with that a text begins with; 0 where that is
/// not enough to be known by.
fn shared_at_ends(excerpt: &str, text: &str) -> usize {
    let first_words = |text: &str| text.match_indices(' ').nth(TELLING - 1).map(|(at, _)| at);
    let last_words = |text: &str| text.rmatch_indices(' ').nth(TELLING - 1).map(|(at, _)| at + 1);
    let begins = first_words(excerpt).and_then(|end| text.rfind(&excerpt[..end]));
    let begins = begins.filter(|&at| excerpt.starts_with(&text[at..])).map_or(0, |at| text.len() - at);
    let ends = last_words(excerpt).and_then(|start| {
        let last = &excerpt[start..];
        text.find(last).map(|at| at + last.len())
    });
    let ends = ends.filter(|&end| excerpt.ends_with(&text[..end])).unwrap_or(0);
    begins.max(ends)
}

/// The passages that an excerpt stands in which was cut short (`I swap shifts when …`); none where more than one answer
/// has what is left of it.
fn passages_of_cut(excerpt: &str, answers: &[usize], material: &Material) -> Option<Vec<usize>> {
    let left = excerpt.trim_matches(|c: char| c.is_whitespace() || "….[]()".contains(c));
    let around = excerpt.replacen(left, "", 1);
    if !(around.contains('…') || around.contains("...")) || words(left) < TELLING {
        return None;
    }
    let mut found = answers.iter().flat_map(|&answer| passages_with(left, &material.answers[answer], material));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_quotation_marks_and_line_breaks() {
        assert_eq!(folded("“It’s  on\nthe WALL”"), "\"it's on the wall\"");
    }

    #[test]
    fn an_excerpt_means_the_passages_it_stands_in() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = crate::analysis::load(&folder).unwrap();
        let material = Material::new(&analysis);
        let unit = (0..material.units.len()).max_by_key(|&unit| words(&material.units[unit].text)).unwrap();
        let text = &material.units[unit].text;
        let part: Vec<&str> = text.split_whitespace().skip(1).take(6).collect();
        let answer = material.answer_of[unit];
        let in_answer = |excerpt: &str| passages_with(excerpt, &material.answers[answer], &material);
        assert_eq!(in_answer(&part.join(" ")), BTreeSet::from([vec![unit]]));
        assert!(in_answer("nobody ever said such a thing here").is_empty() && in_answer("").is_empty());
        assert_eq!(passages_within(&format!("Why? {text}"), &[answer], &material), Some(vec![unit]));
    }

    /// A row that names a transcript and the words coded in it.
    fn coded_in(file: &str, excerpt: &str) -> CodeRow {
        CodeRow {
            line: 2,
            id: file.to_owned(),
            is_document: true,
            excerpt: Some(excerpt.to_owned()),
            codes: Vec::new(),
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: Stands::AsNamed,
        }
    }

    #[test]
    fn words_that_stand_in_several_passages_name_none_of_them() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = crate::analysis::load(&folder).unwrap();
        let file = analysis.units[0].position.file.clone();
        let of_file = |units: &[UnitRow]| -> Vec<usize> {
            (0..units.len()).filter(|&at| units[at].position.file == file).collect()
        };
        let own = of_file(&analysis.units);
        let (first, second) = (own[0], own[1]);
        analysis.units[first].text = "We keep the zebra log at night.".to_owned();
        analysis.units[second].text = "Nobody reads it. We keep the zebra log at night. So it goes.".to_owned();
        let material = Material::new(&analysis);
        let index = material.index();
        let found = |excerpt: &str| targets_of(&coded_in(&file, excerpt), &index, &material);
        assert_eq!(found("the zebra log"), Err(SAID_AGAIN));
        assert_eq!(found("Nobody reads it. We keep the zebra log"), Ok(vec![Target::Passage(second)]));
        assert_eq!(found("We keep the zebra log at night."), Ok(vec![Target::Passage(first)]), "all of a passage");
        assert_eq!(found("the zebra lost"), Err(NOT_SAID));
    }

    #[test]
    fn what_stands_around_the_words_coded_and_gaps_in_them_hide_them_not() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut analysis = crate::analysis::load(&folder).unwrap();
        let file = analysis.units[0].position.file.clone();
        let own: Vec<usize> =
            (0..analysis.units.len()).filter(|&at| analysis.units[at].position.file == file).take(2).collect();
        analysis.units[own[0]].text = "We keep the zebra log at night, and nobody else reads what is in it.".to_owned();
        analysis.units[own[1]].text = "The porter found an otter behind the boiler, which was new to us.".to_owned();
        let material = Material::new(&analysis);
        let index = material.index();
        let found = |excerpt: &str| targets_of(&coded_in(&file, excerpt), &index, &material);
        let (first, second) = (Target::Passage(own[0]), Target::Passage(own[1]));
        for written in [
            "KL: the zebra log at night",
            "“the zebra log at night”",
            "…the zebra log…",
            "We keep the zebra [...] reads what is in it.",
            "the ze-\nbra log at night",
        ] {
            assert_eq!(found(written), Ok(vec![first]), "{written}");
        }
        let over = "and nobody else reads what is in it. Anything else? The porter found an otter behind";
        assert_eq!(found(over), Ok(vec![first, second]), "an end and a beginning");
        for none in [
            "KL: the zebra lost at night",
            "reads what is [...] We keep the zebra",
            "KL: log",
            "an otter [...] the zebra log at",
        ] {
            assert_eq!(found(none), Err(NOT_SAID), "{none}");
        }
    }

    #[test]
    fn an_excerpt_cut_short_means_the_one_answer_that_has_the_rest() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let analysis = crate::analysis::load(&folder).unwrap();
        let material = Material::new(&analysis);
        let unit = (0..material.units.len()).max_by_key(|&unit| words(&material.units[unit].text)).unwrap();
        let part = |n: usize| material.units[unit].text.split_whitespace().take(n).collect::<Vec<_>>().join(" ");
        let answer = material.answer_of[unit];
        for cut in [format!("{} …", part(7)), format!("{}...", part(7)), format!("[…] {}", part(7))] {
            assert_eq!(passages_of_cut(&cut, &[answer], &material), Some(vec![unit]), "{cut}");
            assert_eq!(passages_of_cut(&cut, &[answer, answer], &material), None, "in two answers: {cut}");
        }
        assert_eq!(passages_of_cut(&format!("{}…", part(3)), &[answer], &material), None, "too few words");
        assert_eq!(passages_of_cut(&part(7), &[answer], &material), None, "not cut");
        assert_eq!(passages_of_cut("nobody ever said such a thing …", &[answer], &material), None);
    }
}

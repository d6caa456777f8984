//! How somebody signs an answer that came by mail: `Best wishes, Tom`, `Thanks,` above `Rosa`, `-- ` above a name.
//!
//! In: the text of a turn, and who says it. Out: the bytes of the signature it ends with. A short farewell is one only
//! above or before the speaker's own name, and a name alone only where it ends several turns; behind a colon both are
//! quoted. It never takes the first line of a turn, and nothing that words follow.

use std::collections::HashMap;
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::readers::RawTurn;
use super::super::role_names::PARTICIPANTS;
use super::ends_in_blank;
use super::pages::{farewell, is_of_name};
use super::words::speaks;

/// Lines of a signature, at most, and characters and words of one that says what somebody is, or where.
const LINES: usize = 6;
const LONGEST: usize = 60;
const WORDS: usize = 8;
/// Turns that one name ends, at least.
const TIMES: usize = 2;
/// Farewells that are words as well.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "thanks", "many thanks", "thank you", "cheers", "love", "best", "all the best", "take care", "bye", "lots of love",
    "danke", "vielen dank", "bis bald", "lg", "vg", "mfg", "alles gute", "gruß", "grüße", "merci", "à bientôt", "bises",
    "gracias", "un abrazo", "abrazos", "besos", "grazie", "un abbraccio", "a presto", "obrigado", "obrigada", "abraços",
    "um abraço", "groetjes", "groeten", "groet", "bedankt", "dziękuję", "pozdrawiam serdecznie", "pozdrowienia", "díky",
    "hälsningar", "tack", "mvh", "hilsen", "tak", "terveisin", "kiitos", "спасибо", "всего доброго",
];

/// How letters begin.
#[rustfmt::skip]
const GREETINGS: &[&str] = &[
    "Dear ", "My dear", "Dearest ", "Liebe ", "Lieber ", "Sehr geehrte", "Chère ", "Cher ", "Querida ", "Querido ",
    "Cara ", "Caro ", "Lieve ", "Beste ", "Kära ", "Kære ", "Kjære ", "Droga ", "Drogi ",
];

/// The names that end several turns of one speaker, each alone in the last paragraph.
pub(super) fn names(turns: &[RawTurn]) -> HashMap<(String, String), usize> {
    let mut found = HashMap::new();
    for turn in turns.iter().filter(|turn| turn.text.contains("\n\n")) {
        let text = turn.text.trim_end();
        let (above, line) = text.split_at(text.rfind('\n').map_or(0, |at| at + 1));
        if ends_in_blank(above) && ends_sentence(above) && is_of_name(unmarked(line)) {
            *found.entry((turn.speaker.to_string(), unmarked(line).to_lowercase())).or_default() += 1;
        }
    }
    found
}

/// The signature at the end of a text, which is that of a turn up to what is known to be nobody's.
pub(super) fn find(text: &str, speaker: &str, names: &HashMap<(String, String), usize>) -> Option<Range<usize>> {
    let end = text.trim_end().len();
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text[..end].by_whole_lines() {
        let range = start..start + line.trim_end().len();
        start += line.len();
        if !text[range.clone()].is_blank() {
            lines.push(range);
        }
    }
    let first = lines.len().saturating_sub(LINES).max(1);
    let is_one = |&at: &usize| {
        let above = text[..lines[at].start].trim_end();
        let own: Vec<&str> = lines[at..].iter().map(|line| text[line.clone()].trim()).collect();
        let is_apart = ends_in_blank(&text[..lines[at].start]);
        let is_habit = || {
            let times = || names.get(&(speaker.to_owned(), unmarked(own[0]).to_lowercase())).copied();
            own.len() == 1 && is_apart && times().unwrap_or_default() >= TIMES
        };
        !above.ends_with([':', ','])
            && (signs(&own, speaker, is_apart, ends_sentence(above)) || is_habit())
            && !is_read_aloud(above, &own, speaker)
    };
    (first..lines.len()).find(is_one).map(|at| lines[at].start..end)
}

/// Whether somebody reads a letter of somebody else: its greeting stands behind words of their own (`Here it is. Dear
/// Dot, …`), and another name below.
fn is_read_aloud(above: &str, own: &[&str], speaker: &str) -> bool {
    let is_theirs = own.iter().any(|line| is_theirs(unmarked(line), speaker));
    let greets = |text: &str| GREETINGS.iter().any(|greeting| text.contains(greeting));
    let first = above.find(['.', ':', '!']).map(|at| &above[at..]);
    !is_theirs && first.is_some_and(greets)
}

/// Whether lines are a signature: a farewell or a rule with a name, and what somebody is.
fn signs(lines: &[&str], speaker: &str, is_apart: bool, ends_sentence: bool) -> bool {
    let (first, below) = (lines[0], &lines[1..]);
    let below = if below.last().is_some_and(|last| is_rule(last)) { &below[..below.len() - 1] } else { below };
    let is_contact = |lines: &[&str]| lines.iter().all(|line| is_contact(line));
    if is_rule(first) {
        return below.first().is_some_and(|name| is_of_name(name)) && is_contact(below);
    }
    if let Some(is_named) = farewell(first) {
        return match below {
            [] => is_named || ends_sentence,
            [name, rest @ ..] => (is_named && is_contact(below)) || (is_of_name(name) && is_contact(rest)),
        };
    }
    if below.is_empty() && first.starts_with(['-', '–', '—']) {
        return is_apart && ends_sentence && is_theirs(unmarked(first), speaker);
    }
    short(first).is_some_and(|name| {
        let (name, rest) = match name {
            "" => (below.first().copied(), below.get(1..)),
            name => (Some(name), Some(below)),
        };
        let is_own = |name: &str| is_of_name(name) && (is_theirs(name, speaker) || (is_apart && is_code(speaker)));
        name.is_some_and(is_own) && rest.is_some_and(is_contact)
    })
}

/// What stands behind a short farewell on its line; `None` where it is none.
fn short(line: &str) -> Option<&str> {
    let lower = line.to_lowercase();
    let start = SHORT.iter().filter(|start| lower.starts_with(**start)).max_by_key(|start| start.len())?;
    let rest = line.get(start.len()..).filter(|rest| !rest.starts_with(char::is_alphanumeric))?;
    line.starts_with(char::is_uppercase).then(|| rest.trim_start_matches([' ', ',', '.', '!', '-', '–', '—']))
}

/// A name without a dash before it, and kisses behind it.
fn unmarked(line: &str) -> &str {
    line.trim().trim_start_matches(['-', '–', '—', '~', ' ']).trim_end_matches(['x', 'X', ' ', '.'])
}

/// Whether a name is that of a speaker, or has part of it.
fn is_theirs(name: &str, speaker: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1);
        words.map(str::to_lowercase).collect()
    };
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let own = words(speaker);
    words(name).iter().any(|word| own.contains(word)) || (initials.len() > 1 && initials == speaker)
}

/// Whether a speaker goes by no name: `P1`, `Participant`, `TR`.
fn is_code(speaker: &str) -> bool {
    speaker.contains(|c: char| c.is_ascii_digit())
        || !speaker.contains(char::is_lowercase)
        || PARTICIPANTS.contains(&speaker.to_lowercase().as_str())
}

/// `--`, as programs put it above a signature.
fn is_rule(line: &str) -> bool {
    matches!(line.trim(), "--" | "---" | "—" | "__" | "___")
}

/// What somebody is, or where: a short line, and no sentence.
fn is_contact(line: &str) -> bool {
    line.chars().count() <= LONGEST
        && line.split_whitespace().count() <= WORDS
        && !line.ends_with(['?', '!', '…', ':'])
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || "+(".contains(c) || line.contains('@'))
        && (!line.ends_with('.') || line.ends_with("Ltd."))
        && !speaks(&line.to_lowercase())
}

fn ends_sentence(above: &str) -> bool {
    above.trim_end().ends_with(['.', '!', '…', '"', '”', ')'])
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is left of an answer of somebody without its signature.
    fn said<'t>(text: &'t str, speaker: &str) -> &'t str {
        find(text, speaker, &HashMap::new()).map_or(text, |range| text[..range.start].trim_end())
    }

    #[test]
    fn a_signature_below_an_answer_is_told_by_farewell_and_name() {
        for signature in [
            "Mit freundlichen Grüßen\nRosa Weber\n--",
            "Best wishes, Rosa",
            "Kind regards\nRosa Weber\nBranch manager, Harbour Bank",
            "Thanks,\nRosa",
            "Cheers, Rosa",
            "LG Rosa",
            "Mvh\nRosa",
            "--\nRosa Weber\nTel. 0113 496 0000",
            "– Rosa",
        ] {
            let text = format!("We left the farm.\n\n{signature}");
            assert_eq!(said(&text, "Rosa"), "We left the farm.", "{signature}");
        }
        // Who goes by a code may have any name.
        assert_eq!(said("We left.\n\nThanks,\nRosa", "P1"), "We left.");
    }

    #[test]
    fn words_that_look_like_a_signature_are_theirs() {
        for text in [
            "They wrote to me:\n\nBest wishes,\nTom",
            "I have it here. Dear Rosa, I start on Monday.\n\nBest wishes,\nTom",
            "I always sign with\n\nBest wishes",
            "Best wishes, Rosa",
            "We lost two.\n\nLove,\nHope",
            "It was called\n\nBest\nWestern",
            "Two of us.\n\nThanks",
            "Two of us.\n\nThanks, Priya",
            "Cheers,\nRosa said, and that was that.",
            "My sister\n\n– Rosa",
            "We left.\n\nRosa",
            "We left.\n\n--\n\nAnd then we came back, all of us.",
        ] {
            assert_eq!(said(text, "Rosa"), text, "{text}");
        }
    }

    #[test]
    fn a_name_alone_signs_where_it_ends_several_turns() {
        let turn = |text: &str| RawTurn {
            speaker: "P1".into(),
            document: 0,
            span: 0..text.chars().count(),
            line: 1,
            times: Vec::new(),
            text: text.into(),
        };
        let text = "We left.\n\nRosa";
        let twice = names(&[turn(text), turn("It was cold.\n\nRosa")]);
        assert_eq!(find(text, "P1", &twice), Some(10..14));
        let once = names(&[turn(text), turn("It was cold.\n\nTom")]);
        assert_eq!(find(text, "P1", &once), None);
        let asked = names(&[turn("Who came?\n\nRosa"), turn("And then?\n\nRosa")]);
        assert!(asked.is_empty());
    }
}

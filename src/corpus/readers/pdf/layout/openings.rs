//! Turns that open behind a full line, whose end does not show that somebody ended it.
//!
//! In: the lines of a document, and what stands between each and the one before. Out: the same, where a line that only
//! the width of the page seemed to break starts anew: a role opens it, or a name that opens others too. At the top of a
//! page or column no gap shows that a turn begins, so that behind the end of a sentence a name counts there as well,
//! and among people who come again also one that comes once. Whether somebody speaks there is for `labels`, which
//! warns of those who come once.

use std::collections::{HashMap, HashSet};

use super::super::super::super::labels;
use super::super::super::super::speakers::{Names, key};
use super::{Joint, Line, Vocabulary};

/// Fewer turns of people who come again are no talk, and so are those of fewer people.
const FEWEST: usize = 4;
const PEOPLE: usize = 2;
/// A name before a tab opens turns so often; its characters at most; capitals of a name in nothing else.
const AGAIN: usize = 3;
const MAX_BEFORE_TAB: usize = 24;
const CAPITALS: usize = 4;
const COURT: [&str; 5] = ["MR. ", "MS. ", "MRS. ", "DR. ", "THE "];
/// What may stand at the end of a turn.
pub(super) const ENDS: [char; 16] = ['.', '?', '!', '…', '"', '”', '“', '’', '»', ')', ']', '–', '—', '。', '？', '！'];

/// A label at the start of a line, and what is said behind it.
struct Opening<'l> {
    key: String,
    label: String,
    /// None where no colon parts them.
    words: Option<&'l str>,
}

impl<'l> Opening<'l> {
    fn of(line: &'l Line, names: &Names) -> Option<Self> {
        let text = behind_number(&line.text);
        let label = labels::opening(text, names)?.label;
        // Colons of times aside.
        let mut behind = text.match_indices([':', '：']).map(|(at, colon)| &text[at + colon.len()..]);
        let words = behind.find(|words| !words.starts_with(|c: char| c.is_ascii_digit()));
        Some(Self { key: key(&label), label, words })
    }

    /// `MR. DOLAN`, and a colon.
    fn is_in_capitals(&self) -> bool {
        let letters = self.label.chars().filter(|c| c.is_uppercase()).count();
        self.words.is_some() && letters >= CAPITALS && !self.label.contains(char::is_lowercase)
    }

    /// Whether it is how a court's record calls those who speak beside questions and answers.
    fn is_of_court(&self) -> bool {
        self.is_in_capitals() && COURT.iter().any(|title| self.label.starts_with(title))
    }

    /// Whether it is written as names are, and heads no part.
    fn may_be_name(&self) -> bool {
        !self.label.starts_with(char::is_lowercase) && !labels::is_heading(&self.key)
    }

    /// Whether it is a full name, a word for a person, or a word that the text does not know, in front of a sentence.
    fn is_somebody(&self, known: &Vocabulary) -> bool {
        let is_new = || !self.label.contains(' ') && !known.0.contains(self.label.to_lowercase().as_str());
        let opens = |words: &str| {
            let first = words.chars().find(|c| c.is_alphanumeric());
            first.is_none_or(|c| c.is_alphabetic() && !c.is_lowercase())
        };
        !self.label.contains(|c: char| c.is_ascii_digit())
            && self.words.is_some_and(opens)
            && (labels::is_somebody(&self.label) || is_new())
    }
}

/// Lets lines start anew that open a turn. `joints` has one for each line.
pub(super) fn part(lines: &[Line], joints: &mut [Joint], known: &Vocabulary, names: &Names) {
    let openings: Vec<Option<Opening>> = lines.iter().map(|line| Opening::of(line, names)).collect();
    let is_at_top = |at: usize| {
        let last = at.checked_sub(1).map(|last| &lines[last]);
        last.is_some_and(|last| last.column != lines[at].column && last.text.trim_end().ends_with(ENDS))
    };
    let may_open: Vec<bool> = (openings.iter().enumerate())
        .map(|(at, opening)| opening.as_ref().is_some_and(Opening::may_be_name) && is_at_top(at))
        .collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for ((opening, joint), may_open) in openings.iter().zip(joints.iter()).zip(&may_open) {
        if let Some(opening) = opening.as_ref().filter(|_| *joint != Joint::Wrap || *may_open) {
            *counts.entry(&opening.key).or_default() += 1;
        }
    }
    let mut capitals: HashMap<&str, usize> = HashMap::new();
    for opening in openings.iter().flatten().filter(|opening| opening.is_in_capitals()) {
        *capitals.entry(&opening.key).or_default() += 1;
    }
    let before_tabs = before_tabs(lines, joints);
    let again = || counts.values().filter(|n| **n > 1);
    let is_talk = again().count() >= PEOPLE && again().sum::<usize>() >= FEWEST;
    for at in 1..lines.len() {
        let joint = if lines[at - 1].column == lines[at].column { Joint::Break } else { Joint::Paragraph };
        if joints[at] != Joint::Wrap {
            continue;
        }
        if before_tab(&lines[at].text).is_some_and(|label| before_tabs.contains(label)) {
            joints[at] = joint;
        }
        let Some(opening) = &openings[at] else { continue };
        let comes_again = counts.get(opening.key.as_str()).is_some_and(|&n| n > 1);
        let comes_once = || is_talk && may_open[at] && opening.is_somebody(known);
        // `MR. DOLAN:` behind the end of a sentence, though all lines above such are full.
        let is_ended = || lines[at - 1].text.trim_end().ends_with(ENDS);
        let is_of_court = || !before_tabs.is_empty() && opening.is_of_court();
        let in_capitals = || is_of_court() || capitals.get(opening.key.as_str()).is_some_and(|&n| n > 1);
        if comes_again || names.strong(&opening.key).is_some() || comes_once() || (is_ended() && in_capitals()) {
            joints[at] = joint;
        }
    }
}

/// The names before tabs that open turns: at least two of them at the start of paragraphs, again and again.
fn before_tabs<'l>(lines: &'l [Line], joints: &[Joint]) -> HashSet<&'l str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let at_start = lines.iter().zip(joints).filter(|(_, joint)| **joint != Joint::Wrap);
    for label in at_start.filter_map(|(line, _)| before_tab(&line.text)) {
        *counts.entry(label).or_default() += 1;
    }
    counts.retain(|_, n| *n >= AGAIN);
    if counts.len() >= PEOPLE { counts.into_keys().collect() } else { HashSet::new() }
}

/// What stands before the words of a line, apart from them: `Q`, `THE WITNESS:`. Numbers are none.
fn before_tab(text: &str) -> Option<&str> {
    let (label, words) = text.split_once('\t')?;
    let n_words = label.split_whitespace().count();
    let is_name = label.starts_with(char::is_uppercase) && label.chars().count() <= MAX_BEFORE_TAB && n_words <= 3;
    let speaks = words.contains(char::is_alphabetic) && !words.contains('\t');
    (is_name && speaks && !label.ends_with(['?', '!', ',', ';'])).then_some(label)
}

/// A line without the number that stands apart in front of it, as turns are numbered.
fn behind_number(text: &str) -> &str {
    let number = |first: &str| {
        let digits = first.trim_matches(['[', '(', ')', ']', '.', ' ']);
        (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit())
    };
    text.split_once('\t').filter(|(first, _)| number(first)).map_or(text, |(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::super::tests::texts;

    /// A page of a talk whose last line is full and ends so, and one that starts with a line.
    fn over_a_page(last: &str, first: &str) -> Vec<String> {
        let above = [
            "Ann: How was it on that day, and who of you was",
            "there at all when the gate fell down?",
            "",
            "Tom: It rained on all of us, and we had nothing",
            "to put on.",
            "",
            "Ann: Who else was there at noon, and would he be",
            "so good and tell us?",
            "",
            "Tom: One of those here was, and he sits right by",
        ];
        texts(&[
            &[&above[..], &[last]].concat(),
            &[first, "it was.", "", "Ann: And when was it that all of you went on?"],
        ])
    }

    const ENDED: &str = "you, so he may tell you all of it if he would.";
    const OPEN: &str = "you, so he may tell you all of it if he would,";

    fn starts(found: &[String], line: &str) -> bool {
        found.iter().any(|text| text.starts_with(line))
    }

    #[test]
    fn who_comes_once_more_at_the_top_of_a_page_opens_a_turn() {
        let above = [
            "Mr. Speaker: We have heard a number of those who",
            "are for it, and the first now is Dave Sauer.",
            "",
            "Dave Sauer: Good afternoon, I speak for all who",
            "work there, and they are not of one mind.",
            "",
            "Mr. Speaker: That was that, so we come back once",
        ];
        let below =
            ["Dave Sauer: I have come back to say it again, as", "nobody heard.", "", "Mr. Speaker: Thank you."];
        let found = |last: &'static str| texts(&[&[&above[..], &[last]].concat(), &below]);
        let ended = found("more to the one before him, to Dave Sauer now.");
        assert_eq!(ended.len(), 5, "{ended:?}");
        assert_eq!(ended[3], "Dave Sauer: I have come back to say it again, as nobody heard.");
        // In the middle of a sentence it is what is said.
        let open = found("more to what was put down in the letter of one");
        assert_eq!(open.len(), 4, "{open:?}");
    }

    #[test]
    fn who_comes_once_at_the_top_of_a_page_opens_a_turn() {
        for line in
            ["Peter Hall: They had left it open all night as", "Peter: They had left it open all night, so that"]
        {
            let found = over_a_page(ENDED, line);
            assert!(starts(&found, line), "{found:?}");
            let found = over_a_page(OPEN, line);
            assert!(!starts(&found, line), "{found:?}");
        }
    }

    #[test]
    fn a_name_before_a_tab_opens_a_turn_below_a_full_line() {
        let record = |full: &'static str, next: &'static str| {
            let mut lines = ["Q    Was it dry?", "A    It was."].repeat(3);
            lines.extend(["Q    And who was there?", full, next, "A    Nobody was."]);
            texts(&[&lines]).join("\n")
        };
        let full = "A    I was there and so was he, on and on it went.";
        assert!(record(full, "MR. HALL:  So I object.").contains("went.\nMR. HALL: So I object."));
        assert!(record(full, "Q    And then?").contains("went.\nQ\tAnd then?"));
        assert!(record(full, "Bo    And then?").contains("went. Bo\tAnd then?"));
    }

    #[test]
    fn counsel_in_capitals_opens_a_turn_below_a_full_line() {
        let record = |second: &'static str| {
            let lines = [
                "Ann: Were you there on that day with all of them?",
                "",
                "Tom: I was there and so was he, on and on it went.",
                "MR. HALL: I object to that, and to all that he",
                "may say of it.",
                "",
                "Ann: And who else was there with you on that one?",
                "",
                "Tom: So was she, as far as I can tell you of that.",
                second,
                "it, too.",
            ];
            texts(&[&lines])
        };
        let found = record("MR. HALL: The same, and so I would object to");
        assert_eq!(found.iter().filter(|text| text.contains("\nMR. HALL:")).count(), 2, "{found:?}");
        let found = record("MY NOTE: The same, and so I would object to");
        assert!(found.iter().all(|text| !text.contains("\nMR. HALL:")), "{found:?}");
    }

    #[test]
    fn what_is_said_at_the_top_of_a_page_opens_none() {
        for line in [
            "One thing: They had left it open all night, and",
            "My advice: They had left it open all night, and",
            "Note: They had left it open all night, and then",
            "Gate: They had left it open all night, and then",
            "Peter Hall: they had left it open all night, so",
            "Psalm 4: They had left it open all night, and as",
        ] {
            let found = over_a_page(ENDED, line);
            assert!(!starts(&found, line), "{found:?}");
        }
    }

    #[test]
    fn a_name_that_comes_once_within_a_page_or_beside_no_talk_opens_none() {
        let line = "Peter Hall: They had left it open all night as";
        let above = ["Tom: It rained on all of us, and we had nothing", "to put on."];
        let page = [&above[..], &["", "Ann: Who else was there at noon, for all of you,", ENDED]].concat();
        let alone = texts(&[&page, &[line, "it was."]]);
        assert!(!starts(&alone, line), "{alone:?}");
        let within = [&page[..], &[line, "it was.", ""], &above, &["", "Ann: And?", "", "Tom: No."]].concat();
        let within = texts(&[&within]);
        assert!(!starts(&within, line) && within.iter().all(|text| !text.contains(&format!("\n{line}"))), "{within:?}");
    }
}

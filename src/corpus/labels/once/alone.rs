//! Labels whose words tell little but whose place does, alone between turns of others where every paragraph, or every
//! line, starts with a label: `June`, `Will`, `Le groupe`, `unknown` and `joan`.
//!
//! In: the candidates that are no labels yet, beside those that are. Out: which of them speak for sure, which of these
//! are nobody, and which may speak. It takes in no label and tells nothing: that is for [`once`](super).

use std::collections::HashSet;

use super::super::super::by_lines::ByLines;
use super::super::super::lexicon::HEADINGS;
use super::super::super::nobody;
use super::super::choose::Choice;
use super::super::first_names;
use super::super::forms::Candidate;
use super::super::habit::are_hardly_any;
use super::super::spoken_of::{beside, n_unlabelled, opening_letter};
use super::super::times::time;
use super::standing::Habit;

/// A word in lower case of which somebody may be called has so many letters at least.
const SHORTEST: usize = 3;
/// The longest remark in front of what is said, in bytes: `(laughs) Yes.`
const LONGEST_REMARK: usize = 40;

/// A text and its labels.
pub(super) struct Among<'a> {
    pub(super) text: &'a str,
    pub(super) candidates: &'a [Candidate],
    pub(super) keys: &'a [String],
    pub(super) choice: &'a Choice,
    pub(super) habit: &'a Habit,
    /// The labels that also stand in the text as words in lower case.
    pub(super) words: &'a HashSet<String>,
    /// Whether a key heads a part, a list or a remark.
    pub(super) heads: fn(&str) -> bool,
}

/// What was found: places in the list of candidates.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Those who speak for sure.
    pub(super) sure: HashSet<usize>,
    /// Those of them who are nobody.
    pub(super) nobody: HashSet<usize>,
    /// Others who may speak.
    pub(super) perhaps: HashSet<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    Nobody,
    /// A word in lower case, or a title that may be a name.
    Perhaps,
}

impl Among<'_> {
    /// Looks at those that are `left`; `n_more` others are labels, misspelt.
    pub(super) fn find(&self, left: &[usize], n_more: usize) -> Found {
        let mut found = Found::default();
        if !self.habit.is_strong || !self.are_labelled(left.len() + n_more) {
            return found;
        }
        let key = |c: usize| self.keys[self.candidates[c].key].as_str();
        let of_calendar: HashSet<&str> =
            left.iter().map(|&c| key(c)).filter(|k| first_names::is_of_calendar(k)).collect();
        for &c in left {
            let Some(kind) = self.kind(&self.candidates[c]) else { continue };
            let Some(opening) = self.opening(c).filter(|_| self.stands_alone(c, left)) else { continue };
            let goes_on = self.habit.capital && opening.is_lowercase();
            let is_listed = of_calendar.len() > 1 && of_calendar.contains(key(c));
            let is_sure = self.habit.capital && !goes_on && !is_listed && kind != Kind::Perhaps;
            if is_sure {
                found.sure.insert(c);
                found.nobody.extend((kind == Kind::Nobody).then_some(c));
            } else if !goes_on || (kind == Kind::Name && !self.words.contains(key(c))) {
                found.perhaps.insert(c);
            }
        }
        found
    }

    /// Whether all paragraphs, or all lines, start with a label or like one, but for one or a few.
    fn are_labelled(&self, n_more: usize) -> bool {
        let n = n_unlabelled(self.text, self.candidates, self.choice, self.habit.after_blank);
        are_hardly_any(n.saturating_sub(n_more), self.choice.chosen.len())
    }

    fn kind(&self, candidate: &Candidate) -> Option<Kind> {
        let (label, key) = (&candidate.label, self.keys[candidate.key].as_str());
        if nobody::is_nobody(key) && nobody::is_plainly(key) && !HEADINGS.contains(&key) {
            return Some(Kind::Nobody);
        }
        let is_capital = label.starts_with(char::is_uppercase);
        let is_low = label.starts_with(char::is_lowercase) && label.chars().all(char::is_alphabetic);
        let is_called = || label.chars().count() >= SHORTEST && !self.words.contains(key) && !(self.heads)(key);
        match () {
            () if candidate.wide => None,
            () if is_capital && (first_names::is_one(key) || first_names::is_of(label)) => Some(Kind::Name),
            () if is_capital && first_names::may_be_full(label) => Some(Kind::Perhaps),
            () => (is_low && is_called()).then_some(Kind::Perhaps),
        }
    }

    /// The first letter of what is said, behind a remark in front of it; none before a number.
    fn opening(&self, c: usize) -> Option<char> {
        let candidate = &self.candidates[c];
        let said = self.text[candidate.words..].trim_start();
        let close = match said.chars().next() {
            Some('(') => said.find(')'),
            Some('[') => said.find(']'),
            _ => None,
        };
        let behind = close.filter(|&close| close <= LONGEST_REMARK).map(|close| said[close + 1..].trim_start());
        match behind.and_then(|said| said.chars().next()) {
            Some(letter) if letter.is_alphabetic() => Some(letter),
            _ => opening_letter(self.text, candidate),
        }
    }

    /// Whether no other candidate stands between the same two labels.
    fn stands_alone(&self, c: usize, left: &[usize]) -> bool {
        let is_below = self.choice.chosen.first().is_some_and(|&first| first < c);
        let key = self.candidates[c].key;
        is_below && beside(c, left, self.choice).iter().all(|&other| self.candidates[other].key == key)
    }
}

/// Whether a time stands right behind the colon of a label: `Maria:00:12:03`, `Bus:00:12:03`.
pub(super) fn is_at_clock(text: &str, candidate: &Candidate) -> bool {
    let line = text[candidate.line..].by_lines().next().unwrap_or_default().trim_start();
    let behind = line.strip_prefix(candidate.label.as_str()).and_then(|rest| rest.strip_prefix(':'));
    let behind = behind.filter(|rest| !rest.starts_with(char::is_whitespace));
    behind.is_some_and(|rest| time(rest.trim_end().trim_matches(['[', ']', '(', ')'])).is_some())
}

#[cfg(test)]
mod tests {
    use super::super::super::super::speakers::Names;
    use super::super::super::read;

    const TALK: &str = "Priya: How was it?\n\nWalter: Some of the desks may stay, as one can.\n\nPriya: And then?\n\n\
                        Walter: We will see what the summer is like, or else an end of the price.\n\n{}\n\n\
                        Priya: So?\n\nWalter: No more.\n\n{more}Priya: And now?\n\nWalter: Three of us.";

    /// The labels of a talk with a paragraph, and with more below, and what is told.
    fn found(said: &str, more: &str) -> (Vec<String>, Vec<String>) {
        let more = if more.is_empty() { String::new() } else { format!("{more}\n\n") };
        let read = read(&TALK.replace("{}", said).replace("{more}", &more), &Names::default()).unwrap_or_default();
        let labels = read.stretches.into_iter().map(|stretch| stretch.label).collect();
        (labels, read.remarks.into_iter().map(|remark| remark.what).collect())
    }

    #[test]
    fn a_name_that_is_a_word_and_stands_alone_is_a_speaker() {
        for name in [
            "June",
            "Will",
            "An",
            "Can",
            "Else",
            "April",
            "Price",
            "May",
            "Summer",
            "Segundo",
            "June Pope",
            "Will Pope",
            "An Nguyen",
            "Do Carmo",
            "Von der Heide",
            "Van den Berg",
            "De los Ríos",
            "Da Silva e Sousa",
        ] {
            let (labels, told) = found(&format!("{name}: He leaves that out."), "");
            assert_eq!((labels.len(), labels[4].as_str(), told.len()), (9, name, 1), "{name} {told:?}");
            assert!(told[0].contains("comes once and was taken for a speaker"), "{told:?}");
            let said = format!("{name}: He leaves that out.");
            assert_eq!(found(&said, &said).0.len(), 10, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_a_word_is_told_where_it_may_be_a_word() {
        // Words that go on, a year by its months, and an idea.
        for (said, more, n) in [
            ("June: it was hot.", "", 1),
            ("June: It was hot.", "August: It was dry.", 2),
            ("Ticket Price: Five of them.", "", 1),
        ] {
            let (labels, told) = found(said, more);
            assert_eq!((labels.len(), told.len()), (8, n), "{said} {told:?}");
            assert!(told[0].contains("looks like a speaker but was taken for words of `Walter`"), "{told:?}");
        }
        for said in ["April: Dry.\n\nAugust: Hot.", "Yes: It was hot.", "June: 12 of them.", "Total: It was hot."] {
            let (labels, told) = found(said, "");
            assert_eq!((labels.len(), told.len()), (8, 0), "{said} {told:?}");
        }
    }

    #[test]
    fn a_word_of_the_text_that_goes_on_in_small_letters_is_not_told() {
        for (said, n) in [
            ("Joy: it was a joy, and so was hope.", 0),
            ("Summer: it was hot.", 0),
            ("Will: it takes some of that.", 0),
            ("Joy: it was hot.", 1),
            ("Joy: It was a joy.", 1),
        ] {
            let (labels, told) = found(said, "");
            assert_eq!((labels.len(), told.len()), (if said.contains("It") { 9 } else { 8 }, n), "{said} {told:?}");
        }
    }

    #[test]
    fn what_is_spoken_of_behind_von_is_told() {
        let (labels, told) = found("Von der Schule: Da war nicht viel zu holen.", "");
        assert_eq!((labels.len(), told.len()), (8, 1), "{told:?}");
        assert!(told[0].starts_with("`Von der Schule:` looks like a speaker but was taken for words"), "{told:?}");
        let (labels, told) = found("Von der Schule: da war nicht viel zu holen.", "");
        assert_eq!((labels.len(), told.len()), (8, 0), "{told:?}");
    }

    #[test]
    fn a_clock_right_behind_a_colon_makes_no_label_of_a_word() {
        for said in ["Bus:00:12:03", "Bus:00:12:03\nIt was late."] {
            let (labels, told) = found(said, "");
            assert_eq!((labels.len(), told.len()), (8, 1), "{said} {told:?}");
            assert!(told[0].starts_with("`Bus:` looks like a speaker but was taken for words of `Walter`"), "{told:?}");
        }
        assert_eq!(found("Clara: 00:12:03\nIt was late.", "").0.len(), 9);
        // Where others are labelled so, it is one.
        let (labels, _) = found("Clara:00:12:03\nIt was late.", "Walter:00:13:03\nIt was.");
        assert!(labels.iter().any(|label| label == "Clara"), "{labels:?}");
    }

    #[test]
    fn a_name_in_lower_case_among_capitals_is_told() {
        let said = "joan: He leaves that out.";
        for (more, n) in [("", ""), (said, " (and 1 times more)")] {
            let (labels, told) = found(said, more);
            assert_eq!((labels.len(), told.len()), (8, 1), "{told:?}");
            let expected = format!("`joan:` looks like a speaker but was taken for words of `Walter`{n}; name who");
            assert!(told[0].starts_with(&expected), "{told:?}");
        }
        for said in
            ["joan: he leaves that out.", "desks: Many of them.", "note: He was late.", "june: Hot.\n\nmay: Dry."]
        {
            let (labels, told) = found(said, "");
            assert_eq!((labels.len(), told.len()), (8, 0), "{said} {told:?}");
        }
    }

    #[test]
    fn who_is_nobody_and_stands_alone_has_words_of_its_own() {
        for label in [
            "unknown",
            "inaudible",
            "unbekannt",
            "plusieurs",
            "varios",
            "weitere Person unbekannt",
            "The group",
            "Le groupe",
            "Tout le monde",
            "Neznámá osoba",
            "Sin identificar",
            "Interlocuteur inconnu",
        ] {
            let (labels, told) = found(&format!("{label}: He leaves that out."), "");
            assert_eq!((labels.len(), labels.get(4).map(String::as_str)), (9, Some(label)), "{told:?}");
        }
        for said in
            ["unknown: the reason of it.", "several: 12 of them.", "group a: the others.", "the group: it was small."]
        {
            assert_eq!(found(said, "").0.len(), 8, "{said}");
        }
    }
}

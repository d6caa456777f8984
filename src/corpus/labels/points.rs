//! Letters with a point, and numbered questions and answers: `Q. Why?`, `Q1. Why?`, `A1) Because.`, `Question 1. Why?`
//!
//! Names in capitals with a point are read here too: `OAKES. Because.`
//!
//! In: a line of a text. Out: its label, if it may be one. Whether the text is laid out so is for
//! [`layouts`](super::layouts), whether numbers count what is asked for [`numbering`](super::numbering).

use super::super::lexicon::{QUESTION_WORDS, TITLES};
use super::super::speakers::key;
use super::lines::{Head, Lines, head};

/// `Q. words`, `A. words`, `Q1. words`, `Q1) words`, `Question 1. words`, also `Q   words`
pub(super) fn point(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_start();
    if let Some((label, words)) = numbered(line) {
        return head(lines, at, label, None, words);
    }
    let end = line.find(|c: char| !c.is_alphanumeric())?;
    let (label, rest) = line.split_at(end);
    let capital =
        label.starts_with(char::is_uppercase) && label.chars().count() <= 3 && !label.chars().any(char::is_lowercase);
    // `MR. HALE: words`
    let capital = capital && !TITLES.contains(&label.to_lowercase().as_str());
    let known = lines.names.strong(&key(label)).is_some();
    let parted = rest.starts_with(". ") || rest.starts_with(".\t") || rest.starts_with("   ");
    let words = rest.trim_start_matches(['.', ' ', '\t']);
    (parted && (capital || known) && !words.is_empty()).then(|| head(lines, at, label, None, words))?
}

/// The label and the words of a line that starts with a word for a question or an answer and its number.
fn numbered(line: &str) -> Option<(&str, &str)> {
    let word = &line[..line.find(|c: char| !c.is_alphabetic())?];
    let between = &line[word.len()..];
    let number = between.trim_start_matches(['.', ' ', '#']);
    let parted = &between[..between.len() - number.len()];
    let is_letter = word.chars().count() == 1;
    // `A 4 was all I got.`
    let fits = if is_letter { matches!(parted, "" | ".") } else { matches!(parted, "" | " " | " #") };
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    if !fits || !(1..=MOST_DIGITS).contains(&digits) || !QUESTION_WORDS.contains(&key(word).as_str()) {
        return None;
    }
    let rest = &number[digits..];
    let rest = continued(rest).unwrap_or(rest);
    // `QUESTION 1 How was it?`
    let opens = || !is_letter && rest.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '¿' | '¡'));
    let words = rest.strip_prefix(['.', ')']).or_else(|| (parted == "." || opens()).then_some(rest))?;
    let is_apart = words.starts_with(char::is_whitespace) && !words.trim().is_empty();
    is_apart.then(|| (&line[..line.len() - number.len() + digits], words))
}

/// What stands behind `(cont.)`: `A3 (cont.). He has a van.`
fn continued(rest: &str) -> Option<&str> {
    const WORDS: [&str; 7] = ["cont", "cont'd", "cont’d", "contd", "continued", "forts", "suite"];
    let (remark, behind) = rest.trim_start().strip_prefix('(')?.split_once(')')?;
    WORDS.contains(&remark.trim_end_matches('.').to_lowercase().as_str()).then_some(behind)
}

/// `OAKES. words`, `DR. OAKES. words`, `OAKES   words`
pub(super) fn capitals(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let line = lines.line(at).trim_start();
    let marks = line.match_indices([' ', '\t']).take(MOST_SPACES);
    let (label, words) = marks.map(|(end, _)| line.split_at(end)).find_map(|(label, words)| {
        let (name, is_parted) = match label.strip_suffix('.') {
            Some(name) => (name, true),
            None => (label, words.starts_with("   ")),
        };
        // `DR. OAKES. words`, `SGT. OAKES. words`
        let last = name.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_title = TITLES.contains(&last.as_str()) || (last.chars().count() < 4 && opens_with_name(words));
        (is_parted && !is_title).then_some((name, words))
    })?;
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    // `YES. So it was.`
    let is_said = SAID.contains(&label);
    let is_name = letters >= SHORTEST && !is_said && !label.chars().any(|c| c.is_lowercase() || c.is_ascii_digit());
    (is_name && !words.trim().is_empty()).then(|| head(lines, at, label, None, words))?
}

/// Whether words begin with a name in capitals and a point.
fn opens_with_name(words: &str) -> bool {
    let name = words.split_whitespace().next().and_then(|first| first.strip_suffix('.')).unwrap_or_default();
    name.chars().count() > 2 && name.chars().all(char::is_uppercase) && !SAID.contains(&name)
}

/// What people say in a word, and nobody's name or initials.
const SAID: &[&str] = &["YES", "AND", "BUT", "THE", "WHY", "HOW", "WHO", "NOT", "NOW", "HEY", "YOU"];
/// A letter alone is for [`point`].
const SHORTEST: usize = 2;
/// A name has no more words.
const MOST_SPACES: usize = 3;

/// Nobody asks more than a thousand questions.
const MOST_DIGITS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_questions_and_answers_are_read() {
        for (line, label) in [
            ("Q1. Why so?", "Q1"),
            ("A12) It was.", "A12"),
            ("Question 3. Why so?", "Question 3"),
            ("Q.1 Why so?", "Q.1"),
            ("f2. Wie war es?", "f2"),
            ("Antwort #2) So.", "Antwort #2"),
            ("QUESTION 1 How was it?", "QUESTION 1"),
            ("Pregunta 2 ¿Por qué?", "Pregunta 2"),
            ("A3 (cont.). He has a van.", "A3"),
        ] {
            assert_eq!(numbered(line).map(|(label, _)| label), Some(label), "{line}");
        }
        for line in [
            "Question 1 was hard.",
            "Q1 Was it?",
            "A 4. place was all.",
            "Q1 went well.",
            "A4.5 it was.",
            "P1. So.",
            "Q. Why?",
            "Q1.",
            "1. Why?",
            "A1.So",
            "A1 (mine). So.",
        ] {
            assert_eq!(numbered(line), None, "{line}");
        }
    }

    #[test]
    fn short_names_in_capitals_are_read_beside_longer_ones() {
        let talk = |names: [&str; 4]| {
            let words = ["How was it there?", "It rained all day.", "It was dry for us.", "We saw none of it."];
            let turn = |(name, words): (&&str, &&str)| format!("{name}. {words}\n\n");
            let turns: String = names.iter().zip(&words).map(turn).collect();
            super::super::tests::labels(&turns.repeat(3))
        };
        for names in [
            ["GRACE", "ANNA", "BERT", "TOM"],
            ["IDA", "TOM", "ANN", "KIM"],
            ["GRACE", "JO", "AL", "TOM"],
            ["SGT. OAKES", "TOM", "AL", "GRACE"],
        ] {
            assert_eq!(talk(names), names.repeat(3));
        }
        // What is said is no name.
        assert!(!talk(["GRACE", "ANNA", "YES", "YES"]).contains(&"YES".to_owned()));
    }
}

//! The title page of an interview where it stands at the end: `Interview with Tom Reed`, `Leeds, 3 May 2031`.
//!
//! In: a transcript below its header. Out: where such a page starts below the last turn, and the people it names. One
//! of its lines says with whom the interview was or who led it; the others say when and where, or are titles, and no
//! line is a sentence or a turn. What is the only line and has no date, and what stands below a question, is said.

use super::super::notices::{is_date, is_notice};
use super::super::people::{People, is_name};
use super::super::speakers::ends_in_question_mark;
use super::{is_field, who};

/// Lines of such a page, blank ones too, and words of each, at most.
const LINES: usize = 20;
const WORDS: usize = 16;
/// Lines of titles above the paragraph that names the people, at most.
const ABOVE: usize = 3;
/// Letters of words that titles write small.
const SMALL: usize = 3;
/// What stands before whoever led an interview.
#[rustfmt::skip]
const LED_BY: [&str; 8] = [
    "Interviewed by ", "Interview by ", "Interview conducted by ", "Interviewt von ", "Interview geführt von ",
    "Entretien réalisé par ", "Entrevista realizada por ", "Intervista di ",
];

/// Finds the page at the end. Fields that name people may have stood below it.
pub(super) fn at_the_end(text: &str, is_above_fields: bool) -> Option<(usize, People)> {
    let kept = text.trim_end();
    let mut start = kept.len();
    // From the last line up.
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in kept.split_inclusive('\n').rev().take(LINES) {
        start -= line.len();
        let words = line.trim();
        if !words.is_empty() && !is_of_page(words) {
            break;
        }
        lines.push((start, words));
    }
    let names = |lines: &[(usize, &str)]| lines.iter().rposition(|(_, words)| names_interview(words));
    names(&lines)?;
    lines.truncate(below_turns(text, &lines)?);
    let anchor = names(&lines)?;
    let top = top(&lines, anchor)?;
    let others = lines[..=top].iter().filter(|(_, words)| !words.is_empty()).count() > 1;
    let is_dated = lines[anchor].1.contains(|c: char| c.is_ascii_digit());
    let above = &text[..lines[top].0];
    if !(others || is_dated || is_above_fields) || ends_in_question_mark(above) {
        return None;
    }
    let mut people = People::default();
    lines[..=top].iter().for_each(|(_, words)| who::add_titled(&mut people, words));
    let found: Vec<who::Line<'_>> = lines[..=top].iter().filter_map(|(_, words)| who::read(words)).collect();
    people.extend(who::people(&found));
    Some((lines[top].0, people))
}

/// The first line of the page: that of the paragraph that names the people, or of titles above it.
fn top(lines: &[(usize, &str)], anchor: usize) -> Option<usize> {
    let is_blank = |at: usize| lines.get(at).is_some_and(|(_, words)| words.is_empty());
    let mut top = (anchor..lines.len()).find(|&at| is_blank(at + 1))?;
    let (mut at, mut n) = (top + 1, 0);
    while let Some((_, words)) = lines.get(at) {
        n += usize::from(!words.is_empty());
        if n > ABOVE || !(words.is_empty() || is_title(words)) {
            break;
        }
        if !words.is_empty() && is_blank(at + 1) {
            top = at;
        }
        at += 1;
    }
    Some(top)
}

/// How many lines, from the last up, stand below the last turn of a talk of two.
fn below_turns(text: &str, lines: &[(usize, &str)]) -> Option<usize> {
    let mut turns = who::heads(text);
    turns.retain(|_, n| *n > 1);
    let is_turn = |words: &str| who::head(words).is_some_and(|label| turns.contains_key(&label));
    let n = lines.iter().position(|(_, words)| is_turn(words)).unwrap_or(lines.len());
    (turns.len() > 1).then_some(n)
}

/// Whether a line may stand on such a page.
fn is_of_page(line: &str) -> bool {
    let is_told = || names_interview(line) || is_notice(line) || is_date(line) || is_field(line);
    line.split_whitespace().count() <= WORDS && (is_told() || is_title(line) || who::read(line).is_some())
}

/// `Interview with Tom Reed, 3 May 2031`, `Interviewed by Ann Hall`, `Tom Reed, interviewed by Ann Hall`
fn names_interview(line: &str) -> bool {
    let line = line.trim_matches(['*', '_', '#', ' ']).trim_end_matches('.');
    let name = |rest: &str| is_name(rest.split([',', '(', '–', '|']).next().unwrap_or_default().trim());
    let is_led = || LED_BY.iter().find_map(|by| line.strip_prefix(by)).is_some_and(name);
    let is_with_led = || {
        let (with, by) = line.split_once(", interviewed by ").unwrap_or_default();
        name(with.rsplit(':').next().unwrap_or_default().trim()) && name(by)
    };
    who::titled(line).is_some() || is_led() || is_with_led()
}

/// Whether all words but small ones are written with a capital, or are numbers.
fn is_title(line: &str) -> bool {
    let is_capital = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        word.chars().find(|c| c.is_alphabetic()).is_none_or(|c| !c.is_lowercase()) || letters.count() <= SMALL
    };
    !line.ends_with(['.', '?', '!', ',', '…', '"', '”', '»'])
        && line.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| !c.is_lowercase())
        && line.split_whitespace().all(is_capital)
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Role;
    use super::*;

    const TALK: &str = "AH: How long?\n\nTR: Ten years.\n\nAH: And before?\n\nTR: I was at sea, mostly.\n";

    #[test]
    fn a_title_page_at_the_end_is_none_of_the_words() {
        for page in [
            "Interview with Tom Reed\n3 May 2031\nLeeds",
            "Interview with Tom Reed, 3 May 2031",
            "THE HARBOUR PROJECT\n\nInterview with Tom Reed\n\nInterviewer: Ann Hall\nDate: 3 May 2031",
            "Harbour Lives: An Oral History\nUniversity of Hull\nTom Reed\nInterviewed by Ann Hall\n3 May 2031",
            "Interview with Tom Reed, 3 May 2031\nInterviewer: Ann Hall",
            "Harbour Lives\nInterview 12: Tom Reed (TR), interviewed by Ann Hall (AH), Leeds, 3 May 2031",
            "\u{c}Interview with Tom Reed by Ann Hall\nLeeds",
        ] {
            let text = format!("{TALK}\n{page}\n");
            let (start, _) = at_the_end(&text, false).unwrap_or_else(|| panic!("{page}"));
            assert_eq!(text[..start].trim_end(), TALK.trim_end(), "{page}");
        }
        let text = format!("{TALK}\nInterview with Tom Reed\nInterviewer: Ann Hall\n");
        let people = at_the_end(&text, false).unwrap().1;
        assert_eq!(people.find("Ann Hall").map(|person| person.role), Some(Role::Interviewer));
        assert!(at_the_end(&format!("{TALK}\nInterview with Tom Reed\n"), true).is_some());
    }

    #[test]
    fn words_at_the_end_that_are_no_title_page_are_said() {
        for words in [
            "Interview with Tom Reed",
            "Leeds\n3 May 2031",
            "The Harbour Project",
            "Interview with Tom Reed was what they called it, in 2031.",
            "It said so on the page:\nInterview with Tom Reed\n3 May 2031",
            "Interview with the whole town\n3 May 2031",
            "TR: Interview with Tom Reed\n3 May 2031",
            "Interview with Tom Reed\n3 May 2031\n\nTR: And so it went",
            "Interview with Tom Reed\n3 May 2031\n\nTR: Yes",
        ] {
            let text = format!("{TALK}\n{words}\n");
            assert!(at_the_end(&text, false).is_none(), "{words}");
        }
        let asked = TALK.replace("I was at sea, mostly.", "And what did they call it?");
        assert!(at_the_end(&format!("{asked}\nInterview with Tom Reed\nLeeds\n"), false).is_none());
        assert!(at_the_end("Interview with Tom Reed\n3 May 2031\n", false).is_none(), "no talk");
    }
}

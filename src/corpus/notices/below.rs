//! The lines below the last words of a talk: those that close it, and what stands below these.
//!
//! In: the text of the last turn, and which of its lines are known to be nobody's. Out: the lines that close the talk,
//! up from its end: those that do for sure, those in one paragraph with them that may, and, below an end or a credit,
//! what is nothing but names, dates and numbers, also behind a key (`Korrektur gelesen: JM`) or a deed (`Audited by S.
//! Lind`). What else stands there stays somebody's, with a warning. It looks at no other turn.

use std::ops::Range;

use super::super::by_lines::ByLines;
use super::closing::{Closing, closing, is_end};
use super::ended::{Ended, ended};
use super::parts::{is_address, is_name};
use super::words::{speaks, words_in};
use super::{RawTurn, SHOWN, SPEAKER, forms, pages, rights};

/// Longer lines below an end are somebody's, in bytes and words; so are those with a longer key.
const LONGEST: usize = 160;
const WORDS: usize = 14;
const KEY: usize = 5;
/// Characters between an end and what stands below it in the same turn, at most: no label fits there.
const GAP: usize = 3;
/// More words below a notice of rights are an answer that goes on below the foot of a page.
const CREDITS: usize = 40;

/// What tells that the talk may go on below a notice.
#[rustfmt::skip]
const GOES_ON: &[&str] = &[
    "tape", "side", "page", "seite", "página", "pagina", "begin", "start", "paus", "resum", "unterbr", "interr",
    "part", "file", "track", "reel", "disc", "disk", "segment", "session", "cassette", "kassette",
];
/// What ends with a talk, and with nothing else.
#[rustfmt::skip]
const TALKS: &[&str] = &[
    "interview", "transcri", "transkri", "trascri", "transkry", "entretien", "entrevista", "intervista", "gespräch",
    "wywiad", "rozhovor", "intervju", "haastattel",
];
/// Before whoever did it.
#[rustfmt::skip]
const BY: &[&str] =
    &["by", "with", "using", "von", "mit", "durch", "par", "por", "da", "di", "door", "przez", "av", "af"];
/// Within names and lists of them.
#[rustfmt::skip]
const WITHIN: &[&str] = &[
    "and", "&", "of", "the", "for", "at", "in", "no", "de", "van", "von", "der", "den", "du", "la", "le", "del",
    "della", "di", "da", "do", "und", "et", "y", "e", "en", "och", "og", "i", "ja",
];

struct Line {
    range: Range<usize>,
    is_sure: bool,
    is_known: bool,
    /// Nothing but an end or a credit above makes it one.
    is_below: bool,
    is_firm: bool,
    blank_above: bool,
}

/// Adds to the notices of the last turn the lines that close the transcript. Something is said above; `[END]` may be
/// all of a turn.
pub(super) fn close(text: &str, found: &mut Vec<Range<usize>>) {
    let end = text.trim_end().len();
    if found.is_empty() && !text[..end].contains('\n') && is_end(text) {
        found.push(0..end);
        return;
    }
    let mut lines = lines(text, found);
    let below = lines.iter().rposition(|line| line.is_firm).map_or(0, |at| at + 1);
    lines[..below].iter_mut().for_each(|line| line.is_sure = true);
    let is_above = |(at, line): (usize, &Line)| (at >= below && line.is_below).then_some(at);
    let top = lines.iter().enumerate().find_map(is_above).unwrap_or(lines.len());
    let paragraphs = lines[..top].chunk_by(|below, _| !below.blank_above);
    for paragraph in paragraphs.take_while(|lines| lines.iter().any(|line| line.is_sure)) {
        found.extend(paragraph.iter().filter(|line| !line.is_known).map(|line| line.range.clone()));
    }
    found.sort_by_key(|range| range.start);
}

/// The lines that may close a text, up from its end.
fn lines(text: &str, found: &[Range<usize>]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut end = text.trim_end().len();
    while let Some(at) = text[..end].rfind('\n') {
        let range = end - text[at + 1..end].trim_start().len()..end;
        let words = &text[range.clone()];
        let is_known = found.iter().any(|known| known.end == end);
        let closing = closing(words);
        let kind = closing.filter(|kind| *kind != Closing::Doubtful);
        let is_below = kind.is_none() && !is_known;
        if is_below && closing.is_none() && !is_beside(words) {
            break;
        }
        end = text[..at].trim_end().len();
        let blank_above = text[end..=at].matches('\n').count() > 1;
        // What somebody leads up to is theirs: `Here it is:`.
        let ends = text[..end].ends_with(['.', '?', '!', '…', '"', '”', ')']);
        let is_apart = if blank_above { !text[..end].ends_with([':', ',']) } else { ends };
        let is_sure = is_known || kind == Some(Closing::Sure) || (kind == Some(Closing::Apart) && is_apart);
        let is_firm = is_sure && is_firm(words, kind);
        lines.push(Line { range, is_sure, is_known, is_below, is_firm, blank_above });
    }
    lines
}

/// Whether a line that is nobody's ends a talk, or says who made the transcript. Where a tape or a page ends, the talk
/// goes on.
fn is_firm(line: &str, kind: Option<Closing>) -> bool {
    let lower = line.to_lowercase();
    pages::kind(line).is_none()
        && !GOES_ON.iter().any(|word| lower.contains(word))
        && !forms::is_note(line)
        && (kind == Some(Closing::Sure) || super::is_notice(line))
}

/// Whether a line is nothing but names, dates and numbers, also behind a key or a deed: `Audited by S. Lind, May 2009`,
/// `Korrektur gelesen: JM, 12.04.2022`, `DANA WHITLOCK, CSR No. 11873`.
fn is_beside(line: &str) -> bool {
    if line.len() > LONGEST || line.ends_with(['?', '!', '…', '"', '”', ':', ',']) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let opens = words.first().is_some_and(|word| is_name(word));
    if !opens || words.len() > WORDS || speaks(&line.to_lowercase().replace(" i. ", " ")) {
        return false;
    }
    let is_long = |word: &&str| word.chars().filter(|c| c.is_alphanumeric()).count() > KEY;
    // `Hull.` may be said; `Ltd.` is short for something.
    let is_sentence = line.ends_with('.') && words.last().is_some_and(is_long);
    let behind_key = words.iter().position(|word| word.ends_with([':', '：']) || matches!(*word, ":" | "："));
    let behind_deed = words.iter().position(|word| BY.contains(word));
    let is_behind = |at: &usize| *at < KEY && at + 1 < words.len() && are_names(&words[at + 1..]);
    !is_sentence
        && (are_names(&words) || [behind_key, behind_deed.filter(|at| *at > 0)].iter().flatten().any(is_behind))
}

fn are_names(words: &[&str]) -> bool {
    let is_number = |word: &str| word.chars().any(|c| c.is_ascii_digit()) && !word.contains(char::is_lowercase);
    let is_one = |word: &&str| is_name(word) || is_address(word) || is_number(word);
    let is_mark = |word: &str| !word.contains(char::is_alphanumeric);
    let is_within = |word: &&str| is_mark(word) || WITHIN.contains(word) || BY.contains(word);
    words.iter().any(is_one) && words.iter().all(|word| is_one(word) || is_within(word))
}

/// What stands below the end of the talk, or few words below a notice of rights that comes once, and was taken for what
/// was said, with its line and how to help.
pub(super) fn doubt(turns: &[RawTurn]) -> Option<String> {
    let at = turns.iter().rposition(|turn| &*turn.speaker != SPEAKER)?;
    let (turn, above) = (&turns[at], &turns[at.checked_sub(1)?]);
    let is_same = turn.document == above.document && (0..=GAP).contains(&turn.span.start.checked_sub(above.span.end)?);
    let comes_once = || turns.iter().filter(|other| other.text == above.text).count() == 1;
    let is_few = || turn.text.split_whitespace().count() <= CREDITS;
    let ends = || ends_talk(&above.text) || (rights::opens(&above.text) && is_few() && comes_once());
    if !is_same || &*above.speaker != SPEAKER || !ends() {
        return None;
    }
    let words = |text: &str| text.by_lines().next().unwrap_or_default().trim().chars().take(SHOWN).collect::<String>();
    Some(format!(
        "line {}, `{}`, stands below `{}` and was taken for what was said; delete it where nobody said it",
        turn.line,
        words(&turn.text),
        words(&above.text)
    ))
}

/// `[END OF TRANSCRIPT]`, `--- END ---`: what ends with the talk, and not with a tape.
fn ends_talk(line: &str) -> bool {
    if line.contains('\n') {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let words: Vec<&str> = words_in(&lower).collect();
    let is_of_talk = TALKS.iter().any(|talk| lower.contains(talk)) && !GOES_ON.iter().any(|word| lower.contains(word));
    let is_end_of = || words.starts_with(&["end", "of"]) || ended(line, &words) == Some(Ended::Noted);
    is_end(line) || (is_of_talk && is_end_of())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of a text that close it.
    fn closed(text: &str) -> Vec<&str> {
        let mut found = Vec::new();
        close(text, &mut found);
        found.into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn names_and_dates_below_an_end_or_a_credit_are_nobodys() {
        for line in [
            "Audited by S. Lind, May 2009",
            "Korrektur gelesen: JM, 12.04.2022",
            "Uitgewerkt door: Sanne de Wit",
            "Relu par : Ida Lund",
            "Transcribed by Way With Words Ltd. Tel: +44 20 7946 0991",
            "DANA WHITLOCK, CSR No. 11873",
            "UK Data Archive, SN 7043",
            "Hull, 12 May 2031",
            "Ida Lund",
            "The meeting ended.",
            "3/12",
        ] {
            for end in ["[END]", "Transcribed with Hark Pro", "Aufzeichnung beendet"] {
                assert_eq!(closed(&format!("We left.\n\n{end}\n\n{line}")), [end, line], "{end} {line}");
            }
        }
    }

    #[test]
    fn words_below_an_end_and_names_without_one_are_somebodys() {
        for line in [
            "And then we came back.",
            "Is that Ida?",
            "I told Ida Lund.",
            "He came from Hull.",
            "My mother was born there: Hull.",
            "Ida told me",
        ] {
            assert_eq!(closed(&format!("We left.\n\n[END]\n\n{line}")), [""; 0], "{line}");
        }
        for text in ["We left.\n\nIda Lund", "We left.\n\nAudited by S. Lind", "We left for\n\n###\n\nIda Lund, Hull"] {
            let found = closed(text);
            assert!(!found.contains(&"Ida Lund") && !found.contains(&"Audited by S. Lind"), "{text}");
        }
        // A name above an end is no line below it.
        assert_eq!(closed("The one I loved was\nIda Lund\n[END]"), ["[END]"]);
    }

    #[test]
    fn the_talk_goes_on_where_a_tape_or_a_page_ends() {
        for line in ["[END OF TAPE 1]", "Page 2 of 7", "Recording paused", "###", "[Moderator note: late]"] {
            assert!(!is_firm(line, closing(line)), "{line}");
        }
        for line in ["[END OF TRANSCRIPT]", "Transcribed by Ida Lund", "--- END ---", "Koniec nagrania"] {
            assert!(is_firm(line, closing(line)), "{line}");
        }
    }

    #[test]
    fn words_below_the_end_of_the_talk_warn() {
        let turn = |speaker: &str, text: &str, start: usize| RawTurn {
            speaker: speaker.into(),
            document: 0,
            span: start..start + text.chars().count(),
            line: start,
            times: Vec::new(),
            text: text.into(),
        };
        let told = |end: &str, gap: usize| {
            let below = turn("Tom", "She stayed for tea.", 20 + end.len() + gap);
            doubt(&[turn("Tom", "We left.", 5), turn(SPEAKER, end, 20), below])
        };
        for end in ["[END OF TRANSCRIPT]", "--- END ---", "Ende des Interviews", "© 2001 Hull Archive"] {
            assert!(told(end, 2).is_some_and(|told| told.contains("`She stayed for tea.`")), "{end}");
            assert_eq!(told(end, 7), None, "a label stands between: {end}");
        }
        for end in ["END OF TAPE 1", "End of recording", "Page 2"] {
            assert_eq!(told(end, 2), None, "{end}");
        }
        // The foot of each page, and of one on which an answer goes on.
        let foot = |at: usize| turn(SPEAKER, "© 2001 Hull Archive", at);
        let pages =
            [turn("Tom", "We left.", 5), foot(15), turn("Tom", "So.", 36), foot(41), turn("Tom", "And back.", 62)];
        assert_eq!(doubt(&pages), None);
        assert_eq!(doubt(&[turn("Tom", "We left.", 5), foot(15), turn("Tom", &"and on ".repeat(30), 36)]), None);
    }
}

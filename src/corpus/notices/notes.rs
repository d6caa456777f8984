//! What transcribers note under a word that somebody may say, or be called by: `Note: The participant closes the
//! window.`, `Comment: …`, `Beobachtung: …`.
//!
//! In: the turns of a talk, or a paragraph of one. Out: the labels that are no people, and whether a paragraph is such
//! a note. It is one for sure where it tells of those who talk or of the recording, and of nobody's own doings; else it
//! is doubtful, and stays what it is. Labels that name who takes notes are for [`forms`](super::forms).

use std::collections::{BTreeMap, BTreeSet};

use super::super::lexicon::WORDS_FOR_NOTES;
use super::words::speaks;
use super::{RawTurn, SPEAKER};

/// The label of a note is no longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// Of all turns such a label has one in so many at most, beside so many others.
const SHARE: usize = 3;
const OTHERS: usize = 2;
/// How words begin for those who talk and for the recording.
#[rustfmt::skip]
const OF_TALKS: &[&str] = &[
    "participant", "interview", "respondent", "informant", "moderator", "transcri", "recording", "recorder", "audio",
    "microphone", "background", "inaudib", "unintelligib", "teilnehm", "befragt", "proband", "transkri", "aufnahme",
    "aufzeichn", "tonband", "hintergrund", "unverständl", "enquêt", "enregistre", "entretien", "entrevist", "grabaci",
    "intervist", "registrazion", "partecipant", "trascri", "deelnemer", "geïnterview", "opname", "achtergrond",
    "gravaç",
];
/// The same, as whole words.
const WHOLE: &[&str] = &["tape", "tapes", "gespräch", "gesprek"];

/// Whether a note is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Sure,
    Doubtful,
}

/// What a paragraph is that begins with such a word and a colon.
pub(super) fn note(paragraph: &str) -> Option<Note> {
    let bare = paragraph.trim_start().trim_start_matches(['(', '[', '{', '*', '_']);
    let (label, said) = bare.split_once([':', '：'])?;
    let is_capital = label.starts_with(char::is_uppercase);
    (is_capital && is_label(label)).then(|| judged(said, paragraph.trim_start().starts_with(['[', '{'])))
}

/// Whether a label is such a word.
fn is_label(label: &str) -> bool {
    if label.len() > LONGEST_LABEL {
        return false;
    }
    let key = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    WORDS_FOR_NOTES.contains(&key.as_str())
}

/// What is written under such a word, in square brackets or not.
fn judged(said: &str, is_set_off: bool) -> Note {
    let lower = said.to_lowercase().replace('’', "'");
    let is_asked = said.trim_end().trim_end_matches(['*', '_', ')', ']', '}']).ends_with('?');
    let tells = || {
        let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.any(|word| WHOLE.contains(&word) || OF_TALKS.iter().any(|start| word.starts_with(start)))
    };
    if !speaks(&lower) && !is_asked && (is_set_off || tells()) { Note::Sure } else { Note::Doubtful }
}

/// The labels of a talk that are such words and stand beside others who talk: each with what its turns are.
pub(super) fn labels(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> BTreeMap<String, Note> {
    let said = || turns.iter().filter(|turn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER);
    let mut found: BTreeMap<String, (Note, usize)> = BTreeMap::new();
    for turn in said().filter(|turn| is_label(&turn.speaker) && !is_somebody(&turn.speaker)) {
        let (note, n) = found.entry(turn.speaker.to_string()).or_insert((Note::Sure, 0));
        *n += 1;
        if judged(&turn.text, false) == Note::Doubtful {
            *note = Note::Doubtful;
        }
    }
    if found.is_empty() {
        return BTreeMap::new();
    }
    let others: BTreeSet<&str> =
        said().map(|turn| &*turn.speaker).filter(|label| !found.contains_key(*label)).collect();
    if others.len() < OTHERS {
        return BTreeMap::new();
    }
    // Who has a good part of the talk talks, whatever they are called.
    let all = said().count();
    let kind = |(note, n): (Note, usize)| if n * SHARE <= all { note } else { Note::Doubtful };
    found.into_iter().map(|(label, of)| (label, kind(of))).collect()
}

/// Phrases on what may be such notes and counts as said: labels, and paragraphs above a place, each with its line.
pub(super) fn doubts(
    turns: &[RawTurn],
    is_somebody: &dyn Fn(&str) -> bool,
    is_above: impl Fn(usize, usize) -> bool,
) -> Vec<String> {
    let mut told = Vec::new();
    // Lists know `Notes` as nobody.
    for label in labels(turns, is_somebody).keys().filter(|label| !label.eq_ignore_ascii_case("notes")) {
        let own = || turns.iter().filter(|turn| *turn.speaker == **label);
        if let Some(first) = own().next() {
            told.push(format!(
                "line {}, `{label}:` may head notes and was taken for a speaker, who has {}; where nobody said them, \
                 delete them",
                first.line,
                super::super::error::counted(own().count(), "turn")
            ));
        }
    }
    let is_said = |turn: &RawTurn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER;
    for (at, turn) in turns.iter().enumerate().filter(|(_, turn)| is_said(turn)) {
        for (byte, paragraph) in paragraphs(&turn.text).filter(|(byte, _)| *byte > 0 && is_above(at, *byte)) {
            if note(paragraph) == Some(Note::Doubtful) {
                let line = turn.line + turn.text[..byte].matches('\n').count();
                let words: String = paragraph.lines().next().unwrap_or_default().chars().take(super::SHOWN).collect();
                told.push(format!(
                    "line {line}, `{words}`, may be a note and was taken for words of `{}`; delete it where nobody \
                     said it",
                    turn.speaker
                ));
            }
        }
    }
    told
}

/// The paragraphs of a text, each with the byte at which it starts; the last line is one of its own.
fn paragraphs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let end = text.trim_end().len();
    let last = text[..end].rfind('\n').map_or(0, |at| at + 1);
    let starts = text.match_indices("\n\n").map(|(at, mark)| at + mark.len()).filter(move |at| *at < last);
    let starts = std::iter::once(0).chain(starts).chain((last > 0).then_some(last));
    starts.map(move |at| {
        let paragraph = text[at..end].split("\n\n").next().unwrap_or_default();
        (at + paragraph.len() - paragraph.trim_start().len(), paragraph.trim())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 4, times: Vec::new(), text: text.into() }
    }

    #[test]
    fn what_tells_of_the_talk_is_a_note() {
        for text in [
            "Note: The participant closes the window.",
            "**Comment:** Recording unclear for a minute.",
            "[Note: A dog barks.]",
            "Anmerkung: Die Befragte steht auf.",
            "Beobachtung: Der Teilnehmer weint.",
            "Remarque : l’enquêtée sort.",
            "Observación: La participante llora.",
            "Opmerking: De deelnemer lacht.",
            "Nota: L'intervistata esce.",
            "Observação: a entrevistada chora.",
        ] {
            assert_eq!(note(text), Some(Note::Sure), "{text}");
        }
        for text in [
            "Note: They never paid for it.",
            "Note: The interview was hard for me.",
            "Summary: never again.",
            "[Note: I kept them.]",
            "Comment: Is it the interview?",
        ] {
            assert_eq!(note(text), Some(Note::Doubtful), "{text}");
        }
        for text in ["note: the participant left.", "Notes on the participant", "Ann: The participant left.", "Note"] {
            assert_eq!(note(text), None, "{text}");
        }
    }

    #[test]
    fn a_label_of_notes_beside_others_is_nobody_or_doubtful() {
        let talk = |label: &str, said: &str| {
            let mut turns = vec![turn("I", "Why?"), turn("P", "So."), turn(label, said), turn("I", "And?")];
            turns.push(turn("P", "No."));
            turns
        };
        let kind = |label: &str, said: &str| labels(&talk(label, said), &|known| known == "Memo").into_values().next();
        assert_eq!(kind("Note", "The participant gets up."), Some(Note::Sure));
        assert_eq!(kind("Kommentar", "Die Befragte steht auf."), Some(Note::Sure));
        assert_eq!(kind("Note", "It was cold in the barn."), Some(Note::Doubtful));
        assert_eq!(kind("Note", "I was in the interview, too."), Some(Note::Doubtful));
        for label in ["Nora", "Memo"] {
            assert_eq!(kind(label, "The participant gets up."), None, "{label}");
        }
        // Somebody who is called so answers all questions, or many.
        let alone = [turn("I", "Why?"), turn("Note", "The participants left."), turn("I", "And?")];
        assert_eq!(labels(&alone, &|_| false), BTreeMap::new());
        let often = [turn("I", "Why?"), turn("P", "So."), turn("Note", "Interviews."), turn("Note", "Interviews.")];
        assert_eq!(labels(&often, &|_| false).into_values().next(), Some(Note::Doubtful));
    }

    #[test]
    fn doubts_name_line_and_words() {
        let turns = [turn("I", "Why?"), turn("P", "So.\n\nNote: They left.\n\nAll."), turn("Note", "It was cold.")];
        let told = doubts(&turns, &|_| false, |_, _| true);
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(told[0].starts_with("line 4, `Note:` may head notes"), "{told:?}");
        assert!(told[1].starts_with("line 6, `Note: They left.`, may be a note"), "{told:?}");
        assert_eq!(doubts(&turns[..2], &|_| false, |_, _| false), [] as [String; 0]);
        assert_eq!(doubts(&[turn("P", "Note: They left.")], &|_| false, |_, _| true), [] as [String; 0]);
    }
}

//! What transcribers note under a word that somebody may say, or be called by: `Note: The participant closes the
//! window.`, `Comment: …`, `Beobachtung: …`.
//!
//! In: the turns of a talk, or a paragraph of one. Out: the labels that are no people, and whether a paragraph is such
//! a note. It is one for sure in square brackets, or where it tells shortly what one of those who talk does or what
//! becomes of the recording, and of nobody's own doings; else it is doubtful, and stays what it is. Both are told.
//! Labels that name who takes notes are for [`forms`](super::forms).

use std::collections::{BTreeMap, BTreeSet};

use super::super::by_lines::ByLines;
use super::super::error::counted;
use super::super::lexicon::WORDS_FOR_NOTES;
use super::closing::closing;
use super::words::{BEFORE, STOPS, speaks};
use super::{RawTurn, SPEAKER};

/// Short for such words, and for whose notes they are. `Ed` is a name as well, `TN` short for *Teilnehmer*: what stands
/// under them tells.
#[rustfmt::skip]
const SHORT: &[&str] = &[
    "tn", "trans. note", "trans note", "transl. note", "transcriber's note", "transcriber’s note", "translator's note",
    "translator’s note", "editor's note", "editor’s note", "ed", "ed. note", "eds", "nb", "n.b", "obs", "anm",
    "anm. d. transk", "anm. d. red", "anm. d. verf", "anm. d. übers", "anm. der redaktion", "ndt", "n.d.t", "n. d. t",
    "n. del t", "n. de la t", "n. del e", "n. do t", "n. de t", "ndr", "n.d.r", "nde", "przyp", "przyp. tłum",
    "przyp. red", "pozn", "red. anm", "noot", "noot v.d. red",
];
/// The label of a note is no longer, in bytes.
const LONGEST_LABEL: usize = 40;
/// Of all turns such a label has one in so many at most, beside so many others.
const SHARE: usize = 3;
const OTHERS: usize = 2;
/// Words of a note, at most.
const WORDS: usize = 20;
/// Lines that are named, at most.
const NAMED: usize = 5;
/// How words begin for those who talk.
#[rustfmt::skip]
pub(super) const PEOPLE: &[&str] = &[
    "participant", "interviewee", "interviewer", "interviewte", "respondent", "informant", "moderator", "teilnehm",
    "befragt", "proband", "enquêt", "entrevist", "intervist", "partecipant", "deelnemer", "geïnterview",
];
/// What they do.
#[rustfmt::skip]
const ACTS: &[&str] = &[
    "laughs", "laugh", "leaves", "pauses", "cries", "nods", "nod", "points", "shows", "shrugs", "sighs", "smiles",
    "coughs", "whispers", "weeps", "gestures", "closes", "opens", "enters", "stands", "lacht", "weint", "nickt",
    "zeigt", "seufzt", "lächelt", "steht", "verlässt", "rit", "pleure", "sort", "hoche", "montre", "sourit", "soupire",
    "ríe", "llora", "sale", "asiente", "señala", "ride", "piange", "esce", "annuisce", "indica", "huilt", "knikt",
    "wijst", "verlaat", "ri", "chora", "sai", "acena", "aponta",
];
/// The same in two words.
const ACTS_ON: &[[&str; 2]] =
    &[["gets", "up"], ["sits", "down"], ["answers", "the"], ["takes", "a"], ["shakes", "her"], ["shakes", "his"]];
/// Beside such a word it may name things, or tell of what was: `the participant shows were …`
const WAS: &[&str] = &["was", "were", "are", "had", "have"];
/// What a memo tells of them.
const STATES: &[&str] = &["was", "seemed", "appeared", "looked", "war", "wirkte", "schien", "semblait", "parecía"];
/// How words begin for the recording.
#[rustfmt::skip]
const RECORDINGS: &[&str] = &[
    "recording", "recorder", "tape", "audio", "aufnahme", "aufzeichn", "tonband", "enregistre", "grabaci",
    "registrazion", "opname", "gravaç",
];
/// What becomes of it, beside that it stops or goes on.
#[rustfmt::skip]
const UNCLEAR: &[&str] = &[
    "inaudible", "unclear", "unintelligible", "cut", "unverständlich", "unklar", "inaudibile", "inaudível",
    "onverstaanbaar",
];

/// Whether a note is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Note {
    Sure,
    Doubtful,
}

/// What a paragraph is that begins with such a word and a colon.
pub(super) fn note(paragraph: &str) -> Option<Note> {
    let bare = paragraph.trim_start().trim_start_matches(['(', '[', '{', '*', '_']);
    if !bare.starts_with(char::is_uppercase) {
        return None;
    }
    // Behind a longer label none is looked for.
    let near = &bare[..bare.floor_char_boundary(LONGEST_LABEL + '：'.len_utf8())];
    let (label, _) = near.split_once([':', '：'])?;
    let behind = &bare[label.len()..];
    let said = behind.strip_prefix([':', '：']).unwrap_or(behind);
    is_label(label).then(|| judged(said, paragraph.trim_start().starts_with(['[', '{'])))
}

/// Whether a label is such a word.
pub(super) fn is_label(label: &str) -> bool {
    if label.len() > LONGEST_LABEL {
        return false;
    }
    let key = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    WORDS_FOR_NOTES.contains(&key.as_str())
}

/// Whether a label is short for such a word.
pub(super) fn is_short_for_one(label: &str) -> bool {
    let key = label.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    label.len() <= LONGEST_LABEL && SHORT.contains(&key.as_str())
}

/// The labels that are short for notes: nobody asks under them, speaks of themselves, or is the only one to answer a
/// question of another, and others have most of the turns.
fn short_labels(said: &[&RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> BTreeSet<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in said.iter().filter(|turn| is_short_for_one(&turn.speaker) && !is_somebody(&turn.speaker)) {
        *counts.entry(&turn.speaker).or_default() += 1;
    }
    if counts.is_empty() {
        return BTreeSet::new();
    }
    counts.retain(|_, n| *n * SHARE <= said.len());
    for (at, turn) in said.iter().enumerate() {
        let asks = |text: &str| text.trim_end().ends_with('?');
        // What is noted between a question and its answer answers nothing.
        let above = at.checked_sub(1).map(|above| said[above]).filter(|above| above.speaker != turn.speaker);
        let is_back = |asker: &RawTurn| said.get(at + 1).is_none_or(|next| next.speaker == asker.speaker);
        let answers = above.is_some_and(|above| asks(&above.text) && is_back(above));
        if answers || asks(&turn.text) || speaks(&lowered(&turn.text)) {
            counts.remove(&*turn.speaker);
        }
    }
    counts.into_keys().map(str::to_owned).collect()
}

/// What is written under such a word, in square brackets or not.
fn judged(said: &str, is_set_off: bool) -> Note {
    let lower = lowered(said);
    let is_asked = said.trim_end().trim_end_matches(['*', '_', ')', ']', '}']).ends_with('?');
    if !speaks(&lower) && !is_asked && (is_set_off || tells(&lower)) { Note::Sure } else { Note::Doubtful }
}

/// In lower case, with one kind of apostrophe.
fn lowered(said: &str) -> String {
    said.to_lowercase().replace('’', "'")
}

fn words_of(lower: &str) -> impl Iterator<Item = &str> {
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Whether a memo below the last answer begins with one of those who talk, who does or is something.
pub(super) fn of_talk(said: &str) -> bool {
    let lower = lowered(said);
    let mut words = words_of(&lower).filter(|word| !BEFORE.contains(word));
    let is_person = words.next().is_some_and(|who| PEOPLE.iter().any(|start| who.starts_with(start)));
    !speaks(&lower) && (tells(&lower) || (is_person && words.next().is_some_and(|word| STATES.contains(&word))))
}

/// Whether words in lower case tell what somebody of the talk does, or what becomes of the recording.
fn tells(lower: &str) -> bool {
    let words: Vec<&str> = words_of(lower).collect();
    let first = words.iter().position(|word| !BEFORE.contains(word)).unwrap_or_default();
    let Some((who, rest)) = words[first..].split_first().filter(|_| words.len() <= WORDS) else { return false };
    let is_of = |list: &[&str]| list.iter().any(|start| who.starts_with(start));
    let acts = || {
        let is_act = rest.first().is_some_and(|word| ACTS.contains(word));
        (is_act || ACTS_ON.iter().any(|act| rest.starts_with(act))) && !rest.iter().any(|word| WAS.contains(word))
    };
    let becomes = |word: &&str| STOPS.contains(word) || UNCLEAR.contains(word);
    (is_of(PEOPLE) && acts()) || (is_of(RECORDINGS) && rest.iter().take(2).any(becomes))
}

/// A phrase on the notes that were taken for the transcriber's, with their lines.
fn taken(turns: &[RawTurn]) -> Option<String> {
    // Labels are gone.
    let is_bare = |text: &str| judged(text, false) == Note::Sure && !text.trim_start().starts_with(['(', '[', '{']);
    let is_known = |text: &str| super::is_notice(text) || closing(text).is_some();
    let is_one = |text: &str| note(text) == Some(Note::Sure) || (is_bare(text) && !is_known(text));
    let found: Vec<&RawTurn> = turns.iter().filter(|turn| &*turn.speaker == SPEAKER && is_one(&turn.text)).collect();
    if found.is_empty() {
        return None;
    }
    let (n_notes, was) = (counted(found.len(), "note"), if found.len() == 1 { "was" } else { "were" });
    let lines: Vec<String> = found.iter().take(NAMED).map(|turn| turn.line.to_string()).collect();
    let more = if found.len() > NAMED { ", …" } else { "" };
    let plural = if found.len() > 1 { "s" } else { "" };
    let place = if has_lines(turns) { format!(" (line{plural} {}{more})", lines.join(", ")) } else { String::new() };
    Some(format!(
        "{n_notes} {was} taken for the transcriber's{place} and for nobody's words; where a participant said that, \
         join it to the line above"
    ))
}

/// Whether turns stand on lines of a file; those of other layouts have all the first.
fn has_lines(turns: &[RawTurn]) -> bool {
    turns.iter().any(|turn| turn.line > 1)
}

/// The labels of a talk that are such words and stand beside others who talk: each with what its turns are.
pub(super) fn labels(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> BTreeMap<String, Note> {
    let said = || turns.iter().filter(|turn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER);
    let mut found: BTreeMap<String, (Note, usize)> = BTreeMap::new();
    let short = short_labels(&said().collect::<Vec<_>>(), is_somebody);
    let is_one = |label: &str| (is_label(label) && !is_somebody(label)) || short.contains(label);
    for turn in said().filter(|turn| is_one(&turn.speaker)) {
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

/// Phrases on notes that count as nobody's, and on what may be such notes and counts as said: labels, and paragraphs
/// above a place, each with its line where the file has lines.
pub(super) fn doubts(
    turns: &[RawTurn],
    is_somebody: &dyn Fn(&str) -> bool,
    is_above: impl Fn(usize, usize) -> bool,
) -> Vec<String> {
    let mut told: Vec<String> = taken(turns).into_iter().collect();
    let at_line = |line: usize| if has_lines(turns) { format!("line {line}, ") } else { String::new() };
    // Lists know `Notes` as nobody.
    for label in labels(turns, is_somebody).keys().filter(|label| !label.eq_ignore_ascii_case("notes")) {
        let own = || turns.iter().filter(|turn| *turn.speaker == **label);
        if let Some(first) = own().next() {
            told.push(format!(
                "{}`{label}:` may head notes and was taken for a speaker, who has {}; where nobody said them, delete \
                 them",
                at_line(first.line),
                counted(own().count(), "turn")
            ));
        }
    }
    let is_said = |turn: &RawTurn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER;
    for (at, turn) in turns.iter().enumerate().filter(|(_, turn)| is_said(turn)) {
        for (byte, paragraph) in paragraphs(&turn.text).filter(|(byte, _)| *byte > 0 && is_above(at, *byte)) {
            if note(paragraph) == Some(Note::Doubtful) {
                let line = turn.line + turn.text[..byte].matches('\n').count();
                let words: String =
                    paragraph.by_lines().next().unwrap_or_default().chars().take(super::SHOWN).collect();
                told.push(format!(
                    "{}`{words}`, may be a note and was taken for words of `{}`; delete it where nobody said it",
                    at_line(line),
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
        let paragraph = super::first_paragraph(&text[at..end]);
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
            "Note: the interviewee answers the phone.",
            "Note: the recording was paused.",
        ] {
            assert_eq!(note(text), Some(Note::Sure), "{text}");
        }
        for text in [
            "Note: They never paid for it.",
            "Note: The interview was hard for me.",
            "Note: the interview with the bank was hard.",
            "Remark: the interview in the paper was false.",
            "Memo: the interview is on Monday.",
            "Note: an interview takes courage.",
            "Note: the participant numbers went down.",
            "Note: the participant shows were sold out.",
            "Nota: the tape held for years.",
            "Anmerkung: Die Aufnahme in das Heim war schwer.",
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
    fn a_label_that_is_short_for_notes_is_one_by_what_stands_there() {
        let talk = |label: &str, above: &str, said: &str| {
            let round = [turn("I", "Why?"), turn("P", above), turn(label, said), turn("I", "Go on."), turn("P", "So.")];
            labels(&[&round[..], &round].concat(), &|_| false).into_values().next()
        };
        for label in ["TN", "Ed.", "Anm. d. Transk.", "NDT", "N. del T.", "Przyp.", "OBS"] {
            assert_eq!(talk(label, "So.", "A dog barks."), Some(Note::Doubtful), "{label}");
        }
        let between = [turn("I", "Why?"), turn("TN", "A dog barks."), turn("P", "So."), turn("I", "Go on.")];
        let found = labels(&[&between[..], &between].concat(), &|_| false);
        assert_eq!(found.into_values().next(), Some(Note::Doubtful));
        assert_eq!(talk("TN", "So.", "The participant shows a photo."), Some(Note::Sure));
        let asked = [turn("I", "Why?"), turn("P", "So."), turn("I", "Was it you?"), turn("Ed", "So it was.")];
        assert_eq!(labels(&[&asked[..], &asked].concat(), &|_| false).into_values().next(), None);
        for (label, above, said) in
            [("Ed", "So.", "I was there, too."), ("TN", "So.", "Who was it?"), ("Eda", "So.", "A dog barks.")]
        {
            assert_eq!(talk(label, above, said), None, "{label} {said}");
        }
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

    #[test]
    fn notes_that_are_nobodys_are_told_with_their_lines() {
        let nobodys = |text: &str| turn(SPEAKER, text);
        let notes = [nobodys("Note: The participant leaves."), nobodys("The interviewee nods.")];
        let talk = [&[turn("I", "Why?"), turn("P", "So.")][..], &notes].concat();
        let told = doubts(&talk, &|_| false, |_, _| true);
        let start = "2 notes were taken for the transcriber's (lines 4, 4)";
        assert!(told.len() == 1 && told[0].starts_with(start), "{told:?}");
        let others = [nobodys("Recording stopped"), nobodys("[Participant leaves the room]")];
        assert_eq!(doubts(&others, &|_| false, |_, _| true), [] as [String; 0]);
    }

    #[test]
    fn layouts_without_lines_name_none() {
        let turns = ["I", "P", "Note"].map(|label| RawTurn { line: 1, ..turn(label, "It was cold.") });
        let told = doubts(&turns, &|_| false, |_, _| true);
        assert!(told.len() == 1 && told[0].starts_with("`Note:` may head notes"), "{told:?}");
    }
}

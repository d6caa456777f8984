//! Notices under a word that stands before a colon as labels do: `DISCLAIMER: This transcript was …`, `Copyright: …`,
//! `WARNING: Machine-generated transcript.`, `Abb. 3: …`, and the header of a second session: `Session 2: 4 April 2031`,
//! `Present: …`.
//!
//! In: the turns of a talk, or a line. Out: the labels that are no people: nobody speaks of themselves or asks below
//! them, others have most of the turns, and the words tell of the transcript, or stand above or below all that is said.
//! `Warning` and `Important` may be called out, so words of the transcript alone make them notices.

use std::collections::{BTreeMap, HashSet};

use super::words::{speaks, words_in};
use super::{RawTurn, SPEAKER, between, captions};

/// Of all turns such labels have one in so many at most, beside so many others.
const SHARE: usize = 3;
const OTHERS: usize = 2;
/// Longer labels are none, in bytes.
const LONGEST: usize = 40;

/// Labels of notices on rights and on what a text is good for.
#[rustfmt::skip]
const LEGAL: &[&str] = &[
    "disclaimer", "legal notice", "legal disclaimer", "copyright", "copyright notice", "confidentiality notice",
    "haftungsausschluss", "rechtlicher hinweis", "urheberrecht", "mentions légales", "aviso legal", "note legali",
    "nota legale", "zastrzeżenie", "zastrzeżenia prawne", "prawa autorskie", "upphovsrätt", "ansvarsfriskrivning",
    "derechos de autor", "direitos autorais", "droits d'auteur", "diritti d'autore", "auteursrecht",
];
/// Labels of what a reader should know, which are also called out.
#[rustfmt::skip]
const CALLS: &[&str] = &[
    "warning", "important", "important notice", "important note", "caution", "attention", "notice", "please note",
    "achtung", "wichtig", "wichtiger hinweis", "avertissement", "advertencia", "aviso", "importante",
    "atención", "avvertenza", "avviso", "attenzione", "let op", "waarschuwing", "belangrijk", "uwaga", "ważne",
    "ostrzeżenie", "viktigt", "varning", "atenção",
];
/// What they tell of, as the word begins.
#[rustfmt::skip]
const DOCUMENTS: &[&str] = &[
    "transcri", "transkri", "trascri", "transkry", "recording", "document", "dokument", "aufnahme", "enregistrement",
    "grabación", "registrazione", "gravação", "opname", "nagranie", "inspelning",
];
/// Who was there, in the header of a session.
#[rustfmt::skip]
const PRESENT: &[&str] = &[
    "present", "also present", "in attendance", "anwesend", "anwesende", "présents", "présentes", "presentes", "presenti",
    "aanwezig", "obecni", "närvarande", "til stede",
];

/// Whether a line is a notice of one's own, with its label in front: it tells of the transcript.
pub(super) fn is_one(line: &str) -> bool {
    let line = line.trim().trim_matches(['*', '_', '[', ']', '(', ')']);
    line.split_once([':', '：']).is_some_and(|(label, said)| {
        label.starts_with(char::is_uppercase) && (is_of(LEGAL, label) || is_of(CALLS, label)) && is_of_document(said)
    })
}

/// The labels of a talk that are such words.
pub(super) fn labels(turns: &[RawTurn], is_somebody: &dyn Fn(&str) -> bool) -> HashSet<String> {
    let said: Vec<&RawTurn> =
        turns.iter().filter(|turn| !turn.speaker.is_empty() && &*turn.speaker != SPEAKER).collect();
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    said.iter().enumerate().for_each(|(at, turn)| places.entry(&turn.speaker).or_default().push(at));
    let may_head =
        |label: &str| is_of(LEGAL, label) || is_of(CALLS, label) || captions::is_label(label) || is_header(label);
    let (found, others): (Vec<_>, Vec<_>) =
        places.into_iter().partition(|(label, _)| may_head(label) && !is_somebody(label));
    let is_outside = |at: usize| others.iter().all(|(_, own)| own[0] > at || own[own.len() - 1] < at);
    let names: HashSet<String> = others.iter().flat_map(|(label, _)| words_of(label)).collect();
    let is_notice = |label: &str, at: usize| {
        let text = &*said[at].text;
        let is_quiet = || !is_of_self(text) && !text.contains('?');
        if is_header(label) {
            return is_of_session(label, text, &names);
        }
        if captions::is_label(label) {
            return captions::is_title(text);
        }
        is_quiet() && (is_of_document(text) || (is_of(LEGAL, label) && is_outside(at)))
    };
    let n: usize = found.iter().map(|(_, own)| own.len()).sum();
    if others.len() < OTHERS || n * SHARE > said.len() {
        return HashSet::new();
    }
    let are_notices = |(label, own): &(&str, Vec<usize>)| own.iter().all(|&at| is_notice(label, at));
    found.into_iter().filter(are_notices).map(|(label, _)| label.to_owned()).collect()
}

fn is_of(list: &[&str], label: &str) -> bool {
    label.len() <= LONGEST && list.contains(&label.trim().to_lowercase().replace('’', "'").as_str())
}

fn is_of_self(text: &str) -> bool {
    speaks(&text.to_lowercase().replace('’', "'"))
}

/// Whether words tell of the transcript, and of nobody's own doings.
fn is_of_document(said: &str) -> bool {
    let lower = said.to_lowercase().replace('’', "'");
    let tells = words_in(&lower).any(|word| DOCUMENTS.iter().any(|start| word.starts_with(start)));
    tells && !speaks(&lower) && !said.contains('?')
}

/// `Session 2`, `Present`
fn is_header(label: &str) -> bool {
    is_of(PRESENT, label) || between::is_dated(&format!("{}: 1.1.2000", label.to_lowercase()))
}

/// Whether a day stands behind a session, or names of those who speak behind who was there.
fn is_of_session(label: &str, text: &str, names: &HashSet<String>) -> bool {
    let text = text.trim();
    if text.contains('\n') || is_of_self(text) {
        return false;
    }
    if !is_of(PRESENT, label) {
        return between::is_dated(&format!("{label}: {text}").to_lowercase());
    }
    let initials = |name: &str| name.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>();
    let speaks_here = |name: &str| {
        words_of(name).iter().any(|word| names.contains(word)) || names.contains(&initials(name).to_lowercase())
    };
    let listed: Vec<&str> = text.trim_end_matches('.').split([',', ';']).map(str::trim).collect();
    listed.len() > 1
        && !text.ends_with('?')
        && listed.iter().filter(|name| speaks_here(name)).count() * 2 >= listed.len()
}

fn words_of(name: &str) -> Vec<String> {
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turn(speaker: &str, text: &str) -> RawTurn {
        let span = 0..text.chars().count();
        RawTurn { speaker: speaker.into(), document: 0, span, line: 4, times: Vec::new(), text: text.into() }
    }

    /// The labels found where a label stands above, within or below a talk.
    fn found(label: &str, said: &str, place: usize) -> Vec<String> {
        let mut turns: Vec<RawTurn> = Vec::new();
        for _ in 0..3 {
            turns.extend([turn("IL", "Why did you leave?"), turn("Rosa Weber", "For the sea.")]);
        }
        turns.insert(place, turn(label, said));
        labels(&turns, &|_| false).into_iter().collect()
    }

    #[test]
    fn notices_under_a_label_are_nobodys() {
        for (label, said) in [
            ("DISCLAIMER", "This transcript was made by a machine and has not been corrected."),
            ("Copyright", "Hull Sea Project, 2031."),
            ("Legal notice", "Nothing in this transcript is advice."),
            ("WARNING", "Machine-made transcript. Do not quote."),
            ("IMPORTANT", "This document is confidential."),
            ("Let op", "Dit transcript is automatisch gemaakt."),
        ] {
            for place in [0, 6] {
                assert_eq!(found(label, said, place), [label], "{label} {place}");
            }
        }
        assert!(is_one("DISCLAIMER: This transcript may contain errors."));
        assert!(!is_one("Warning: deep water.") && !is_one("Important: I never saw the transcript."));
    }

    #[test]
    fn who_is_called_so_or_calls_out_is_somebody() {
        for (label, said, place) in [
            ("WARNING", "Deep water.", 6),
            ("Important", "That is what my transcript says.", 3),
            ("Copyright", "For the sea.", 3),
            ("Disclaimer", "Who wrote this transcript?", 3),
            ("Tom", "This transcript is confidential.", 6),
        ] {
            assert_eq!(found(label, said, place), [""; 0], "{label} {said}");
        }
        let alone = [turn("IL", "Why?"), turn("Copyright", "This document is mine to keep."), turn("IL", "And?")];
        assert!(labels(&alone, &|_| false).is_empty());
    }

    #[test]
    fn the_header_of_a_session_and_captions_are_nobodys() {
        assert_eq!(found("Session 2", "4 April 2031", 2), ["Session 2"]);
        assert_eq!(found("Present", "Ida Lund, Rosa Weber and her son", 2), ["Present"]);
        assert_eq!(found("Abb. 3", "Die Halle, 1931. Foto: privat", 2), ["Abb. 3"]);
        assert_eq!(found("Session 2", "Then we left.", 2), [""; 0]);
        assert_eq!(found("Present", "Yes, here.", 2), [""; 0]);
        assert_eq!(found("Figure 2", "I took that one.", 2), [""; 0]);
    }
}

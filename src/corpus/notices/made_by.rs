//! Who made a transcript, and how long a recording was: `Transcribed with Hark Pro`, `Duration: 43:12`.
//!
//! In: a line or a sentence. Out: whether it says so, and how sure it is that such a line closes a transcript. It looks at no
//! other line.

use super::made;
use super::parts::{is_address, is_in_numbers, is_name};

/// What is told so as a time to the second, and may be said of other things.
pub(super) const DURATIONS: [&str; 8] =
    ["duration", "length", "dauer", "durée", "duración", "durata", "duração", "duur"];
/// Before what was made.
#[rustfmt::skip]
pub(super) const LEADS: [&str; 12] = [
    "this", "the", "full", "verbatim", "automatic", "automatically", "ai", "clean", "edited", "complete", "original",
    "audio",
];
/// What was made, which is nothing else but a transcript; an interview only as `this` one.
pub(super) const MADE: [&str; 7] =
    ["transcript", "transcription", "document", "subtitles", "captions", "transkript", "interview"];
/// What is done to transcripts, and to recordings.
#[rustfmt::skip]
const TRANSCRIBED: [&str; 27] = [
    "transcribed", "transkribiert", "transcrit", "transcrito", "trascritto", "getranscribeerd", "anonymised",
    "anonymized", "pseudonymised", "pseudonymized", "de-identified", "anonymisiert", "pseudonymisiert", "anonymisé",
    "anonimizado", "anonimizzato", "geanonimiseerd", "recorded", "aufgenommen", "enregistré", "grabado", "registrato",
    "opgenomen", "gravado", "auto-generated", "interviewed", "interviewt",
];
/// What is done to them and to other things.
#[rustfmt::skip]
const DONE: [&str; 22] = [
    "prepared", "edited", "generated", "created", "exported", "downloaded", "produced", "provided", "checked",
    "audited", "verified", "proofed", "typed",
    "reviewed", "proofread", "powered", "corrected", "erstellt", "geprüft", "relu", "notes",
    "made",
];
const WAS: [&str; 5] = ["was", "were", "has", "been", "wurde"];
/// Before whoever, or whatever, did it.
const BY: [&str; 10] = ["by", "with", "using", "via", "von", "mit", "par", "por", "da", "door"];
/// What a transcript is checked against.
const AGAINST: [&str; 8] = ["the", "audio", "original", "recording", "tape", "file", "video", "transcript"];
/// Within names, dates and lists of them.
const WITHIN: [&str; 16] =
    ["and", "&", "of", "on", "the", "de", "van", "von", "der", "du", "la", "für", "und", "et", "am", "pm"];
/// What it was done for.
const FOR: [&str; 6] = ["for", "length", "clarity", "brevity", "accuracy", "readability"];

/// How sure it is that a line closes a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closing {
    Sure,
    /// A paragraph of its own makes it so, or a line beside it that is sure: `End`, an address.
    Apart,
    /// A line beside it that is sure makes it so: `Notes by Hark`.
    Beside,
    /// It may as well be said.
    Doubtful,
}

/// `Duration: 43:12`, and whether it is a time as programs write it.
pub(super) fn duration(lower: &str) -> Option<bool> {
    let (key, value) = lower.split_once(':')?;
    let has_digits = value.contains(|c: char| c.is_ascii_digit());
    let is_clock = value.trim().split(':').count() > 1 && value.trim().chars().all(|c| c.is_ascii_digit() || c == ':');
    (DURATIONS.contains(&key.trim()) && has_digits && is_in_numbers(value)).then_some(is_clock)
}

/// `Transcribed with Hark Pro`, `Document generated on 2031-05-02 by Hark`: what was made, and then by whom or with
/// what, in names, dates and addresses alone.
pub(super) fn credit(sentence: &str) -> Option<Closing> {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&').to_lowercase();
    let words: Vec<(&str, String)> = sentence.split_whitespace().map(|word| (word, plain(word))).collect();
    let among = |list: &[&str], at: usize| words.get(at).is_some_and(|(_, word)| list.contains(&word.as_str()));
    let mut at = 0;
    while among(&LEADS, at) && !(among(&DONE, at) && among(&BY, at + 1)) {
        at += 1;
    }
    let lead = at;
    let is_made = among(&MADE, at);
    let is_interview = is_made && words[at].1 == "interview";
    at += usize::from(is_made);
    let was = at;
    while among(&WAS, at) {
        at += 1;
    }
    let is_transcribed = among(&TRANSCRIBED, at);
    if !is_transcribed && !among(&DONE, at) {
        return None;
    }
    let fetched = matches!(words[at].1.as_str(), "downloaded" | "exported");
    let is_notes = words[at].1 == "notes";
    let told = was == at || words[..at].iter().all(|(_, word)| word != "the");
    at += 1;
    // `Checked against the audio by …`
    let is_against = words.get(at).is_some_and(|(_, word)| word == "against");
    at += usize::from(is_against);
    while is_against && among(&AGAINST, at) {
        at += 1;
    }
    let (mut is_named, mut has_address) = (false, false);
    while let Some((word, bare)) = words.get(at) {
        let is_by = among(&BY, at) || (fetched && bare == "from");
        let is_of_credit = is_name(word)
            || made::is_service(bare)
            || WITHIN.contains(&bare.as_str())
            || FOR.contains(&bare.as_str())
            || (among(&DONE, at) && !is_notes);
        if is_by && words.get(at + 1).is_some_and(|(next, bare)| is_name(next) || made::is_service(bare)) {
            is_named = true;
        } else if !is_of_credit {
            return None;
        }
        has_address |= is_address(word) || made::is_service(bare);
        at += 1;
    }
    if !is_named || !sentence.trim_start().starts_with(char::is_uppercase) {
        return None;
    }
    let is_this = lead > 0 && words[0].1 == "this";
    let of_transcript = is_made && (!is_interview || is_this) && told;
    let is_of_notes = is_notes && words.iter().any(|(_, word)| made::is_service(word));
    let is_of_talk = (is_transcribed && told) || of_transcript || has_address || is_against;
    let is_sure = is_of_notes || (!is_notes && is_of_talk);
    Some(if is_sure { Closing::Sure } else { Closing::Beside })
}

//! Fields below the last answer: `Transcription : Ida Lund`, `Interviewende: 11:43 Uhr`, `Accession no. 2031/45`.
//!
//! In: a line. Out: whether it is nothing but such a field. A key that begins another line, too, is a speaker's, which
//! is for [`notices`](super) to see.

use super::credits::TRANSCRIPTS;
use super::ended::{Ended, ended};
use super::made::is_service;
use super::parts::{is_date, is_name};
use super::words::{BY_WHOM, words_in};

/// Longer lines are none, in bytes.
const LONGEST: usize = 120;
/// Words of who made a transcript, at most, and characters of a name without small letters.
const NAMES: usize = 5;
const SIGNS: usize = 10;

/// Within names.
const WITHIN: &[&str] = &["de", "van", "von", "der", "den", "du", "la", "di", "da", "del", "av", "and", "und", "et"];

/// Who made it stands behind these.
#[rustfmt::skip]
const WHO: &[&str] = &[
    "verified by", "proofed", "proofed by", "audited by", "audit-edited by", "audit edited by", "final edit by",
    "edited by", "quality check", "quality checked by", "korrektur gelesen", "korrekturgelesen",
    "korrektur gelesen von", "korrigiert von", "geprüft von", "relecture", "relu par", "revisado por", "revisión",
    "revisione", "revisionato da", "riletto da", "revisto por", "uitgewerkt door", "gecontroleerd door",
    "nagekeken door", "korekta", "sprawdził", "sprawdziła", "korrekturläst av", "granskad av", "korrekturlæst af",
    "kontrollert av", "tarkistanut", "korektura", "проверил", "проверила", "second check", "anonymised by",
    "anonymized by", "anonymisation", "transcription and anonymisation", "transkription und anonymisierung",
    "transkribiert von", "anonymisiert von", "anonymisierung", "transcrit par", "transcripteur", "transcriptrice",
    "transcrito por", "trascritto da", "getranscribeerd door", "transkribent", "transkribentin", "litteroija", "redakcja", "transcript uitgewerkt door", "rozmawiał",
    "rozmawiała", "rozmawiał/a", "przeprowadził", "przeprowadziła", "interviewed by", "recorded by",
    "interview conducted by", "transkrypcja", "transkrybował", "transkrybowała",
    "přepsala", "přepsal",
];
/// When it was, or how long.
#[rustfmt::skip]
const WHEN: &[&str] = &[
    "date", "datum", "fecha", "data", "dato", "päivämäärä", "дата", "recording time", "total time",
    "audio duration", "running time", "gesamtdauer", "laufzeit", "durée totale", "duración total", "durata totale",
    "totale duur", "duração total",
];
/// When and where it was recorded.
#[rustfmt::skip]
const WHERE: &[&str] = &[
    "data i miejsce nagrania", "miejsce nagrania", "data nagrania", "place of recording", "date of recording",
    "date of interview", "date and place", "place and date", "date and place of interview", "ort und datum",
    "lieu et date", "lugar y fecha", "luogo e data",
];
/// Whose it is.
const WHOSE: &[&str] = &["prawa", "rights", "rechte", "droits", "derechos", "diritti", "direitos", "rechten"];
/// Who signs.
const SIGNED: &[&str] = &["signed", "unterschrift", "signé", "firmado", "firmato", "assinado", "ondertekend"];
/// Where an archive keeps it.
#[rustfmt::skip]
const KEPT: &[&str] = &[
    "accession", "accession no", "accession number", "catalogue no", "catalogue number", "catalog no",
    "catalog number", "archive reference", "archive no", "reference no", "reference number", "ref", "ref no",
    "ref. no", "cat. no", "acc. no", "reference", "shelfmark", "call number", "collection no", "document no",
    "interview no", "interview number", "signatur", "aktenzeichen", "cote",
];

/// Whether a line is such a field.
pub(super) fn is_one(line: &str) -> bool {
    let line = line.trim().trim_matches(['(', ')', '[', ']', '*']);
    if line.len() > LONGEST || line.ends_with(['?', '!']) {
        return false;
    }
    if is_kept(line) {
        return true;
    }
    let Some((key, value)) = line.split_once([':', '：']) else { return false };
    let (key, value) = (key.trim().to_lowercase(), value.trim());
    let is_of = |list: &[&str]| list.contains(&key.as_str());
    if key == "date and signature" || key == "ort, datum, unterschrift" {
        return !value.contains(char::is_alphanumeric);
    }
    (is_of(WHEN) && is_date(value))
        || (is_of(WHERE) && (is_date(value) || names(value)))
        || (is_of(WHOSE) && super::is_notice(value))
        || ((is_of(WHO) || is_of(TRANSCRIPTS)) && names(value))
        || (is_of(SIGNED) && names(value) && value.split_whitespace().count() > 1)
        || (is_end(&key) && is_date(value))
}

/// `Transcription KF`, `Verified by KF, 3 May 2031`: such a key without a colon before initials, and nothing else but a
/// date.
pub(super) fn is_initialled(line: &str) -> bool {
    let line = line.trim().trim_matches(['(', ')', '[', ']', '*']);
    if line.len() > LONGEST || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let Some(at) = words.iter().skip(1).position(|word| are_initials(word)).map(|at| at + 1) else { return false };
    let (key, date) = (words[..at].join(" ").to_lowercase(), words[at + 1..].join(" "));
    let key = key.trim_end_matches([' ', '-', '–', '—']);
    [WHO, TRANSCRIPTS, BY_WHOM].iter().any(|list| list.contains(&key)) && (date.is_empty() || is_date(&date))
}

/// `KF`, `K.F.`, `KF,`
fn are_initials(word: &str) -> bool {
    let letters = word.trim_end_matches([',', ';']).chars().filter(|c| *c != '.');
    (2..=3).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

/// `Interviewende`, `Ende der Aufnahme`
fn is_end(key: &str) -> bool {
    let words: Vec<&str> = words_in(key).collect();
    ended(key, &words) == Some(Ended::Noted)
}

/// Whether nothing but names, initials, services and dates stands behind a key.
fn names(value: &str) -> bool {
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_initial = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() == 1;
    let ends = !value.ends_with('.') || words.last().is_some_and(|last| is_initial(last));
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let is_signs = |word: &str| word.chars().count() <= SIGNS && !word.contains(|c: char| c.is_ascii() || c == '。');
    let is_written = |word: &str| word.chars().any(char::is_alphabetic) && !word.contains(char::is_lowercase);
    // `ד. כהן`
    let is_in_signs = |word: &str| is_signs(word.strip_suffix('.').unwrap_or(word)) && is_written(word);
    let is_name = |word: &&str| is_name(word) || is_service(&bare(word)) || is_date(word) || is_in_signs(word);
    // `Sanne de Wit`
    let is_within = |at: usize| at > 0 && at + 1 < words.len() && WITHIN.contains(&words[at]);
    ends && (1..=NAMES).contains(&words.len()) && (0..words.len()).all(|at| is_name(&words[at]) || is_within(at))
}

/// `Accession no. 2031/45`, `Archive reference: C1345/07`
fn is_kept(line: &str) -> bool {
    let lower = line.to_lowercase();
    KEPT.iter().any(|key| {
        let rest = lower.strip_prefix(key).filter(|rest| rest.starts_with([' ', ':', '.', '#']));
        let value = rest
            .and_then(|rest| line.get(line.len().checked_sub(rest.len())?..))
            .unwrap_or_default()
            .trim_start_matches(['.', ':', '#', ' ']);
        value.contains(|c: char| c.is_ascii_digit())
            && value.chars().all(|c| c.is_uppercase() || c.is_ascii_digit() || " /-.".contains(c))
            && !value.ends_with('.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_below_an_interview_are_told_by_their_key_and_value() {
        for line in [
            "Transcription : Ida Lund",
            "Transcripción: Ida Lund",
            "Transkription: noScribe",
            "Расшифровка: Ида Лунд",
            "文字起こし：田中",
            "녹취: 김민수",
            "תמלול: ד. כהן",
            "Interviewende: 11:43 Uhr",
            "Recording time: 43:21",
            "Gesamtdauer: 43:21",
            "Date: 30 June 2031",
            "Signed: K. Lund",
            "Proofed: IL",
            "Audited by: S. Lind",
            "Korrektur gelesen: JM, 12.04.2022",
            "Uitgewerkt door: Sanne de Wit",
            "Relu par : Ida Lund",
            "Accession no. 2031/45",
            "Archive reference: C1345/07",
            "Date and signature: ______",
        ] {
            assert!(is_one(line), "{line}");
        }
    }

    #[test]
    fn words_behind_such_a_key_are_somebodys() {
        for line in [
            "Transcription: I did it all by hand.",
            "Signed: nobody",
            "Signed: by all of us",
            "Date: I never knew.",
            "Checked: never once",
            "Edited by: somebody else",
            "Signed: Ida and",
            "Reference letters, too.",
            "Accession was hard, in 2004.",
            "Ref: we had none in 2004",
            "Interviewende: nie",
            "Transcription: Ida?",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}

//! Who, or what, made a transcript, in many languages: `Transcription réalisée par Ida Lund`, `Litteroinut Ida Lund`,
//! `Dieses Transkript wurde mit Whisper erstellt.`
//!
//! In: a line. Out: whether it says nothing else: what was made, that it was, and by whom, in names and dates alone. It
//! looks at no other line. English, and lines with several sentences, are for [`closing`](super::closing).

use super::made::is_service;
use super::parts::{is_date, is_name};

/// Words of such a line, and of the names in it, at most.
const WORDS: usize = 14;
const NAMES: usize = 6;

/// What was made.
#[rustfmt::skip]
pub(super) const TRANSCRIPTS: &[&str] = &[
    "transcript", "transcription", "transkript", "transkription", "transcripción", "transcrição", "trascrizione",
    "transcriptie", "transkrypcja", "transkrypcję", "transskription", "transkripsjon", "přepis", "litterointi",
    "расшифровка", "транскрипция", "розшифровка", "deşifre", "deşifresi", "文字起こし", "转录", "轉錄", "녹취", "תמלול",
    "تفريغ", "التفريغ",
];
/// What is done to recordings, and so makes them.
#[rustfmt::skip]
const TRANSCRIBED: &[&str] = &[
    "transcribed", "anonymised", "anonymized", "transkribiert", "anonymisiert", "transcrit", "transcrite", "transcrito",
    "transcrita", "trascritto", "trascritta", "getranscribeerd", "transkriberat", "transkriberad", "transkriberet",
    "transskriberet", "transkribert", "litteroitu", "расшифровано",
];
/// The same with no word before the name.
const WHO_DID: &[&str] = &["litteroinut", "přepsala", "přepsal", "расшифровала", "расшифровал"];
/// What is done to transcripts and to other things.
#[rustfmt::skip]
const DONE: &[&str] = &[
    "generated", "created", "made", "produced", "erstellt", "angefertigt", "generiert", "erzeugt", "réalisée",
    "réalisé", "générée", "généré", "effectuée", "faite", "realizada", "generada", "hecha", "elaborada", "generata",
    "realizzata", "fatta", "cura", "gerada", "feita", "gegenereerd", "gemaakt", "wygenerowana", "wykonała", "wykonał",
    "wykonana", "sporządziła", "genererades", "genererat", "skapades", "gjordes", "genereret", "lavet", "generert",
    "laget",
];
/// By whom, or with what.
#[rustfmt::skip]
const BY: &[&str] = &[
    "by", "with", "using", "von", "mit", "durch", "par", "avec", "por", "con", "pelo", "pela", "com", "da", "di", "de",
    "door", "met", "przez", "av", "af", "med", "a",
];
/// What stands beside them.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "this", "was", "were", "is", "has", "been", "verbatim", "from", "audio", "and", "automatically", "dieses", "diese",
    "wurde", "automatisch", "wörtlich", "und", "anonymisierung", "cette", "été", "automatiquement", "et", "esta",
    "este",
    "fue", "ha", "sido", "automáticamente", "y", "questa", "questo", "è", "stata", "stato", "automaticamente", "e",
    "foi", "dit", "deze", "werd", "en", "ta", "ten", "została", "automatycznie", "i", "detta", "denna", "denne",
    "dette",
    "har", "blev", "ble", "och", "og", "em", "le", "el", "il", "am", "den", "the", "of",
];

/// A sentence begins with these.
const ARTICLES: &[&str] = &["the", "das", "die", "la", "le", "el", "il", "o", "a", "het", "de"];

/// Whether a line says who or what made the transcript.
pub(super) fn is_one(line: &str) -> bool {
    let words: Vec<(&str, String)> = line
        .split_whitespace()
        .map(|word| (word, word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()))
        .filter(|(_, bare)| !bare.is_empty())
        .collect();
    let of = |list: &[&str], at: usize| words.get(at).is_some_and(|(_, bare)| list.contains(&bare.as_str()));
    let place = |list: &[&str]| (0..words.len()).find(|&at| of(list, at));
    if words.len() > WORDS || !line.starts_with(char::is_uppercase) || of(ARTICLES, 0) {
        return false;
    }
    let is_vocabulary =
        |at: usize| [TRANSCRIPTS, TRANSCRIBED, WHO_DID, DONE, BY, BESIDE].iter().any(|list| of(list, at));
    let is_who = |at: usize| !is_vocabulary(at) && (is_name(words[at].0) || is_service(&words[at].1));
    let is_when = |at: usize| is_date(words[at].0) || is_date(&format!("1 {}", words[at].1));
    let (what, how) = (place(TRANSCRIPTS), place(TRANSCRIBED).or_else(|| place(WHO_DID)));
    let done = place(DONE);
    // `Transkription von Ida Lund`, `Trascrizione di Ida Lund`: a full name.
    let n_who = (0..words.len()).filter(|&at| is_who(at) && !is_when(at)).count();
    let is_bare =
        |what: usize| what == 0 && of(BY, 1) && n_who > 1 && (2..words.len()).all(|at| is_who(at) || is_when(at));
    let is_made = how.is_some() || what.is_some_and(|what| done.is_some() || is_bare(what));
    let Some(first) = [what, how, done].into_iter().flatten().min() else { return false };
    let is_told = |at: usize| at > first && is_who(at) && (of(BY, at - 1) || of(WHO_DID, at - 1) || of(DONE, at - 1));
    is_made
        && (1..=NAMES).contains(&n_who)
        && (0..words.len()).any(is_told)
        && (0..words.len()).all(|at| is_vocabulary(at) || is_who(at) || is_when(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_made_a_transcript_is_told_in_many_languages() {
        for line in [
            "Dieses Transkript wurde mit Whisper erstellt.",
            "Cette transcription a été générée par Whisper.",
            "Transcription réalisée par Ida Lund",
            "Esta transcripción fue generada por Whisper.",
            "Transcripción realizada por Ida Lund",
            "Questa trascrizione è stata generata da Whisper.",
            "Trascrizione a cura di Ida Lund",
            "Trascrizione di Ida Lund",
            "Transcrito por Ida Lund em 3 de maio de 2024",
            "Esta transcrição foi gerada pelo Whisper.",
            "Dit transcript is gegenereerd door Whisper.",
            "Ta transkrypcja została wygenerowana przez Whisper.",
            "Transkrypcję wykonała Ida Lund",
            "Transkriberat av Ida Lund",
            "Detta transkript genererades av Whisper.",
            "Transskriberet af Ida Lund",
            "Transkribert av Ida Lund",
            "Litteroinut Ida Lund",
            "Přepsala Ida Lund",
            "Transcribed verbatim by Ida Lund",
            "Transcribed and anonymised by Ida Lund",
        ] {
            assert!(is_one(line), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_transcripts_is_theirs() {
        for line in [
            "Transcribed by hand.",
            "La trascrizione di mio nonno era a mano.",
            "Trascrizione di nomi, date, tutto.",
            "Transcription of my genes, you know.",
            "Transcription is my job.",
            "Das Transkript wurde nie fertig.",
            "The transcript was made by Ida.",
            "Transkription von Genen",
            "Generated by steam.",
            "Created by God",
            "Transcribed",
            "",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}

//! What archives and editors write of an interview in the third person: `Interview conducted by Ida Lund on 3 June
//! 2031. Deposited in the Hull Archive.`, `Das Interview wurde am 3.11.2031 von Ida Lund geführt.`, `Rozmawiała Ida
//! Lund`, `Last updated 3 May 2031`.
//!
//! In: a line. Out: whether all of its sentences say such things, and one of them surely: what was made, that it was, and
//! by whom or on which day, in names and dates alone. Nobody speaks of themselves in it. It looks at no other line.

use super::made_by::{Closing, credit, duration};
use super::parts::{is_date, is_name};
use super::words::{TAPES, speaks, words_in};
use super::{fields, rights};

/// Longer lines are none, in bytes.
const LONGEST: usize = 400;
/// Words of a sentence on what is not allowed, at most.
const FEW: usize = 12;
/// Numbers of a day and its year, at least.
const DAY: usize = 2;
/// Names of a person, at least.
const FULL: usize = 2;

/// What was made, as the word begins.
#[rustfmt::skip]
const RECORDS: &[&str] = &[
    "interview", "entretien", "entrevista", "intervista", "wywiad", "rozhovor", "intervju", "haastattel", "gespräch",
    "gesprek", "transcri", "transkri", "trascri", "transkry", "recording", "aufnahme", "aufzeichnung", "enregistrement",
    "grabación", "registrazione", "gravação", "nagranie", "nahrávka", "inspelning", "opptak", "optagelse", "opname",
    "niederschrift", "document", "dokument", "relacja", "depoimento", "conversation",
];
/// What is done to it.
#[rustfmt::skip]
const DEEDS: &[&str] = &[
    "conducted", "recorded", "transcribed", "held", "archived", "edited", "translated", "interviewed", "checked",
    "carried", "filmed", "geführt", "aufgenommen", "transkribiert", "bearbeitet", "übersetzt", "archiviert", "realizada",
    "grabada", "transcrita", "réalisé", "réalisée", "mené", "menée", "conduit", "enregistré", "transcrit", "recueilli",
    "recueillie", "condotta", "raccolta", "realizzata", "registrata", "trascritta", "effettuata", "przeprowadził",
    "przeprowadziła", "przeprowadzono", "przeprowadzony", "nagrano", "nagrał", "nagrała", "spisał", "spisała",
    "spisano", "zarejestrowano", "afgenomen", "opgenomen", "uitgewerkt", "gehouden", "conduzida", "gravada",
    "recolhida", "genomförd", "genomfördes", "inspelad", "inspelat", "utskriven", "utskrivet", "utskrift", "nauhoitettu",
    "gennemført", "udskrevet", "optaget", "gjennomført", "rozmawiał", "rozmawiała",
];
/// Where it is kept, with which a name is enough.
#[rustfmt::skip]
const DEPOSITED: &[&str] = &[
    "deposited", "hinterlegt", "déposé", "déposée", "depositada", "depositado", "depositata", "gedeponeerd",
    "zdeponowano", "deponerad",
];
/// With which a line may begin, as the deed begins; `Taken by …` tells of other things.
#[rustfmt::skip]
const OPENS: &[&str] = &[
    "transcri", "transkri", "trascri", "utskriv", "udskrev", "recorded", "aufgenommen", "enregistr", "nagra", "grabad",
    "registrat", "gravad", "inspel", "interview", "opgenomen", "uitgewerkt", "spisa", "zarejestrowano", "optaget",
    "rozmawia",
];
/// Those behind which who did it stands without another word.
const WHO_DID: &[&str] = &["rozmawiał", "rozmawiała", "nagrał", "nagrała", "spisał", "spisała"];
/// Before whoever did it.
#[rustfmt::skip]
const BY: &[&str] = &[
    "by", "von", "durch", "par", "por", "da", "door", "przez", "av", "af", "pelo", "pela", "wurde",
];
/// What stands between all these.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "the", "this", "was", "were", "is", "has", "been", "with", "at", "in", "on", "for", "of", "and", "from", "out",
    "der", "die", "das", "dieses", "diese", "wurden", "ist", "am", "im", "und", "mit", "bei", "für", "le", "la", "les",
    "cet", "cette", "ce", "a", "été", "est", "avec", "à", "au", "aux", "du", "de", "des", "et", "en", "dans", "pour",
    "el", "esta", "este", "fue", "ha", "sido", "con", "y", "al", "del", "il", "lo", "questa", "questo", "è", "stata",
    "stato", "di", "della", "dell", "dal", "e", "o", "os", "foi", "em", "no", "na", "com", "do", "het", "dit", "deze",
    "werd", "te", "op", "met", "een", "van", "w", "we", "z", "dnia", "r", "i", "został", "została", "den", "på", "med",
    "har", "blev", "och", "og", "er", "ble", "ved", "vid", "hos", "team", "equipo", "équipe",
];
/// What is done with it.
#[rustfmt::skip]
const USES: &[&str] = &[
    "reprodu", "riprodu", "consult", "copying", "kopi", "vervielfält", "weitergabe", "nutzung", "spridas", "spridning",
    "powielanie", "materialet", "verspreid", "quotation", "citation",
];
/// That it must not be.
#[rustfmt::skip]
const FORBIDDEN: &[&str] = &[
    "vietata", "vietato", "interdite", "prohibida", "proibida", "verboten", "untersagt", "zabronione", "forbidden",
    "prohibited", "verboden", "förbjuden", "uniquement", "tillstånd", "autorización", "autorização", "autorizzazione",
    "autorisation", "genehmigung", "permission", "toestemming",
];
/// Who spoke with whom, between two full names.
#[rustfmt::skip]
const TALKED: &[&str] = &[
    " was talking to ", " was speaking to ", " was interviewed by ", " in conversation with ", " im gespräch mit ",
    " sprach mit ", " s'est entretenu avec ", " s'est entretenue avec ",
];
/// Who took pictures.
#[rustfmt::skip]
const PICTURES: &[&str] = &[
    "photographs", "photography", "photos", "photo", "fotos", "foto", "fotografías", "fotografie", "photographies",
    "illustrations", "illustration", "zdjęcia", "fotografien", "bilder",
];
/// When a page was changed.
#[rustfmt::skip]
const UPDATED: &[&str] = &[
    "last updated", "last modified", "page last updated", "page last modified", "this page was last updated",
    "zuletzt aktualisiert", "letzte änderung", "dernière mise à jour", "última actualización", "ultimo aggiornamento",
    "laatst bijgewerkt", "última atualização", "ostatnia aktualizacja", "senast uppdaterad",
];
/// How lines of courts and parliaments begin that close a record.
#[rustfmt::skip]
const FORMULAS: &[&str] = &[
    "die niederschrift wurde", "se levanta la sesión", "la séance est levée", "a sessão foi encerrada às",
    "schluss der sitzung", "la seduta è tolta", "la seduta termina",
];
/// The same at both ends: `Die Zeugin wird um 11.40 Uhr entlassen.`
const WITNESSES: &[&str] = &["der zeuge ", "die zeugin "];
const EXCUSED: &[&str] = &["entlassen", "unvereidigt", "vereidigt"];
/// At which time, behind such a formula.
const AT_A_TIME: &[&str] = &["eran las", "era la", "il est", "sono le"];

/// How surely a sentence is one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Surely,
    /// Beside one that is sure.
    Beside,
}

/// Whether a line says such things and nothing else.
pub(super) fn is_one(line: &str) -> bool {
    let line = line.trim().trim_matches(['(', ')', '[', ']', '*', '_']);
    let opens = line.starts_with(|c: char| c.is_uppercase() || c == '©');
    if line.len() > LONGEST || !opens || line.contains(['?', '!', '"', '“', '«']) || is_of_self(line) {
        return false;
    }
    let told: Option<Vec<Told>> = sentences(line).into_iter().map(told).collect();
    told.is_some_and(|told| told.contains(&Told::Surely))
}

/// Whether a line tells at which time a sitting ended: `Eran las once y diez de la mañana.`
pub(super) fn is_time_of_day(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    lower.len() <= LONGEST && AT_A_TIME.iter().any(|start| lower.starts_with(start)) && !is_of_self(line)
}

/// `i` is a word of Polish, Swedish and Italian.
fn is_of_self(line: &str) -> bool {
    speaks(&line.replace(" i ", " ").to_lowercase().replace('’', "'"))
}

/// The sentences of a line; a point behind few letters (`M. Cole`, `St. Ives`) or a day (`3. Mai`) ends none.
fn sentences(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in [". ", " · ", " | ", "; "].iter().flat_map(|mark| line.match_indices(mark)).collect::<Vec<_>>() {
        let word = line[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let is_day = || is_date(&format!("1 {}", line[at + mark.len()..].split(' ').next().unwrap_or_default()));
        let is_number = word.starts_with(|c: char| c.is_ascii_digit());
        let ends = if is_number { !is_day() } else { word.chars().count() > 2 };
        if mark != ". " || ends {
            found.push(at..at + mark.len());
        }
    }
    found.sort_by_key(|mark| mark.start);
    let mut parts = Vec::new();
    for mark in found {
        parts.push(&line[start..mark.start]);
        start = mark.end;
    }
    parts.push(&line[start..]);
    parts.into_iter().map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect()
}

fn told(sentence: &str) -> Option<Told> {
    let lower = sentence.to_lowercase().replace('’', "'");
    // `… · checked by IL`
    let mut letters = sentence.chars();
    let capital: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    let begins = |list: &[&str]| list.iter().any(|start| lower.starts_with(start));
    let is_witness = begins(WITNESSES) && EXCUSED.iter().any(|end| lower.ends_with(end));
    let is_sure = is_record(sentence)
        || fields::is_one(sentence)
        || credit(&capital) == Some(Closing::Sure)
        || is_talked(sentence, &lower)
        || is_of_pictures(sentence, &lower)
        || is_updated(&lower)
        || is_shelf(sentence)
        || is_witness
        || begins(FORMULAS);
    if is_sure {
        return Some(Told::Surely);
    }
    let is_beside = begins(AT_A_TIME)
        || begins(&["cc by", "cc0"])
        || is_forbidden(&lower)
        || rights::is_one(sentence, &lower)
        || duration(&lower).is_some()
        || credit(&capital).is_some()
        || n_names(sentence).is_some_and(|n| n >= FULL);
    is_beside.then_some(Told::Beside)
}

/// What was made, that it was, and by whom or on which day.
fn is_record(sentence: &str) -> bool {
    let words: Vec<(&str, String)> = sentence
        .split(|c: char| c.is_whitespace() || c == '/')
        .map(|word| (word, word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()))
        .filter(|(_, bare)| !bare.is_empty())
        .collect();
    let of = |list: &[&str], at: usize| words.get(at).is_some_and(|(_, bare)| list.contains(&bare.as_str()));
    let begins = |list: &[&str], at: usize| {
        words.get(at).is_some_and(|(_, bare)| list.iter().any(|start| bare.starts_with(start)))
    };
    let Some(first) = (0..words.len()).find(|&at| !of(BESIDE, at)) else { return false };
    let deed = (first..words.len()).find(|&at| of(DEEDS, at) || of(DEPOSITED, at));
    let Some(deed) = deed.filter(|&deed| begins(RECORDS, first) || (deed == first && begins(OPENS, first))) else {
        return false;
    };
    let is_known = |at: usize| {
        [DEEDS, DEPOSITED, BY, BESIDE].iter().any(|list| of(list, at)) || (begins(RECORDS, at) && at <= first + 1)
    };
    let is_day = |at: usize| is_date(words[at].0) || is_date(&format!("1 {}", words[at].1));
    let is_who = |at: usize| at < words.len() && !is_known(at) && !is_day(at) && is_name(words[at].0);
    let is_full = |at: usize| is_who(at) && (is_who(at + 1) || are_initials(words[at].0));
    let n_numbers = sentence.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let is_by = (1..words.len()).any(|at| (of(BY, at - 1) || of(WHO_DID, at - 1)) && is_full(at));
    let is_kept = of(DEPOSITED, deed) && (deed..words.len()).any(is_who);
    (is_by || n_numbers >= DAY || is_kept) && (0..words.len()).all(|at| is_known(at) || is_day(at) || is_who(at))
}

/// `KF`, `K.F.`
fn are_initials(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic());
    (2..=3).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

/// How many names words are that are nothing else.
fn n_names(words: &str) -> Option<usize> {
    let is_within = |word: &str| BESIDE.contains(&word) || !word.contains(char::is_alphanumeric);
    let mut n = 0;
    for word in words.split_whitespace() {
        let is_one = is_name(word);
        if !is_one && !is_within(word) {
            return None;
        }
        n += usize::from(is_one);
    }
    Some(n)
}

/// Whether words are full names, each of a capital and small letters.
fn are_full_names(words: &str) -> bool {
    let is_written = |word: &str| word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_alphabetic);
    let n = words.split_whitespace().filter(|word| is_written(word)).count();
    n >= FULL && n_names(words).is_some()
}

/// `Rosa Weber was talking to Ida Lund`
fn is_talked(sentence: &str, lower: &str) -> bool {
    TALKED.iter().any(|talked| {
        let parts = lower.split_once(talked).filter(|_| lower.len() == sentence.len());
        parts.is_some_and(|(who, with)| {
            let (who, with) = (sentence.get(..who.len()), sentence.get(sentence.len() - with.len()..));
            who.is_some_and(are_full_names) && with.is_some_and(are_full_names)
        })
    })
}

/// `Photographs by Jon Moss`, `Fotos: Jon Moss`
fn is_of_pictures(sentence: &str, lower: &str) -> bool {
    let Some(start) = PICTURES.iter().filter(|start| lower.starts_with(**start)).max_by_key(|start| start.len()) else {
        return false;
    };
    let rest = sentence.get(start.len()..).unwrap_or_default();
    let rest = rest.trim_start_matches([':', ' ']);
    let who = BY.iter().chain(&["de", "di"]).find_map(|by| rest.strip_prefix(by)?.strip_prefix(' ')).unwrap_or(rest);
    lower[start.len()..].starts_with([':', ' ']) && are_full_names(who)
}

/// `Last updated 3 May 2031 by webmaster`
fn is_updated(lower: &str) -> bool {
    UPDATED.iter().find_map(|start| lower.strip_prefix(start)).is_some_and(|rest| {
        let date = rest.split_once(" by ").map_or(rest, |(date, _)| date);
        is_date(date.trim_start_matches([':', ' ']))
    })
}

/// `Hull Archive, tape 33`: names, and which tape.
fn is_shelf(sentence: &str) -> bool {
    let Some((names, tape)) = sentence.rsplit_once(',') else { return false };
    let tape = tape.to_lowercase();
    let tape: Vec<&str> = words_in(&tape).collect();
    let is_tape =
        matches!(tape[..], [what, number] if TAPES.contains(&what) && number.bytes().all(|b| b.is_ascii_digit()));
    is_tape && n_names(names).is_some_and(|n| n >= FULL)
}

/// `Riproduzione vietata`, `Materialet får inte spridas utan tillstånd`
fn is_forbidden(lower: &str) -> bool {
    let words: Vec<&str> = words_in(lower).collect();
    words.len() <= FEW
        && words.iter().any(|word| FORBIDDEN.contains(word))
        && words.iter().any(|word| USES.iter().any(|start| word.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_an_interview_in_the_third_person_is_nobodys() {
        for line in [
            "Interview conducted by Ida Lund on 3 June 2031. Transcribed by Jon Moss.",
            "Das Interview wurde am 3.11.2031 von Ida Lund geführt und von Jon Moss transkribiert.",
            "Entrevista realizada en Toledo el 3 de mayo de 2031.",
            "Entretien réalisé par Ida Lund le 3 mai 2031 à Lille.",
            "Intervista raccolta da Ida Lund a Torino il 3 maggio 2031.",
            "Rozmawiała Ida Lund",
            "Utskrivet av Ida Lund 2031-04-11. Materialet får inte spridas utan tillstånd.",
            "Document déposé à la Bibliothèque de Lille. Consultation sur place uniquement.",
            "Transcrição: Ida Lund. Arquivo Municipal de Braga. Proibida a reprodução sem autorização.",
            "Transcription : Ida Lund. Relecture : J. Moss. Durée : 52 minutes.",
            "*Transcribed 2031-11-06 · checked by IL · CC BY-NC 4.0*",
            "Istituto Rosa Weber, nastro 33. Riproduzione vietata.",
            "Rosa Weber was talking to Ida Lund. Photographs by Jon Moss.",
            "Last updated 3 May 2031 by webmaster",
            "Die Zeugin bleibt unvereidigt und wird um 10.15 Uhr entlassen.",
            "Se levanta la sesión. Eran las once y diez.",
        ] {
            assert!(is_one(line), "{line}");
        }
    }

    #[test]
    fn what_people_say_of_interviews_and_records_is_theirs() {
        for line in [
            "The interview was held in Hull in 1999.",
            "The interview was conducted by a man with a stutter.",
            "My interview was conducted by Ida Lund on 3 June 2031.",
            "The interview for that job was on 3 May 1971, and it rained.",
            "We recorded it in Hull on 3 May 1971.",
            "Recorded at Abbey Road in 1971.",
            "Taken by Russians in 1945.",
            "Taken on 3 May 1945 by Ida Lund.",
            "Ida was talking to the vicar.",
            "Photos of Ida Lund everywhere.",
            "Photographs by the dozen.",
            "Reproduction was forbidden.",
            "Riproduzione vietata.",
            "Ida Lund. Jon Moss.",
            "Last updated my will in May.",
            "The witness left at ten.",
            "Die Zeugin war meine Tante.",
            "I recorded it. Transcribed by Jon Moss.",
            "The document was lost in 1945.",
        ] {
            assert!(!is_one(line), "{line}");
        }
    }
}

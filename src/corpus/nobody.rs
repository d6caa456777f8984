//! Labels that name nobody in particular: speakers whom a program or a transcriber could not tell.
//!
//! In: a label in the form in which labels are compared, for some also the labels beside it. Out: whether it is one, or
//! may be one, for whoever knows how often it speaks. The words under it belong to no participant, since nobody knows
//! whose they are. It never looks at them.

mod groups;
mod not_known;

use std::borrow::Cow;

use super::label_key::stem;
use super::lexicon::{STRONG, WEAK};
use groups::is_group;
pub(super) use not_known::is_sex;
use not_known::{OTHER_WHO, PARTS, are_all_of_codes, are_many, is_part, is_unknown, is_unknown_voice};

/// Why words under such a label are left out.
pub(super) const REASON: &str = "names nobody in particular: whose words these are is not known";

/// Labels that are one wherever they start a line.
const SURE: &[&str] = &[
    "unknown speaker",
    "unidentified speaker",
    "unnamed speaker",
    "unidentified",
    "unrecognized speaker",
    "unidentified male",
    "unidentified female",
    "unidentified man",
    "unidentified woman",
    "unknown male",
    "unknown female",
    "unknown man",
    "unknown woman",
    "unknown boy",
    "unknown girl",
    "unknown child",
    "unnamed man",
    "unnamed woman",
    "inaudible speaker",
    "inaudible voice",
    "unintelligible speaker",
    "unbekannter mann",
    "unbekannte frau",
    "homme inconnu",
    "femme inconnue",
    "hombre desconocido",
    "mujer desconocida",
    "uomo sconosciuto",
    "donna sconosciuta",
    "onbekende man",
    "onbekende vrouw",
    "unknown participant",
    "unidentified participant",
    "several speakers",
    "multiple speakers",
    "multiple voices",
    "several voices",
    "unclear speaker",
    "speaker unclear",
    "speaker unknown",
    "speaker uu",
    "unknown speakers",
    "unbekannter sprecher",
    "unbekannte sprecherin",
    "unbekannte person",
    "mehrere sprecher",
    "mehrere personen",
    "locuteur inconnu",
    "intervenant inconnu",
    "hablante desconocido",
    "orador desconocido",
    "onbekende spreker",
    "parlante sconosciuto",
];
/// The same once the turns show speakers; they also start ordinary lines.
const LIKELY: &[&str] = &[
    "unknown",
    "several",
    "all",
    "everyone",
    "everybody",
    "group",
    "multiple",
    "both",
    "inaudible",
    "crosstalk",
    "unclear",
    "unintelligible",
    "audience",
    "voices",
    "various",
    "together",
    "speaker ?",
    "speaker x",
    "speaker unk",
    "speaker unknown",
    "?",
    "??",
    "???",
    "x",
    "mehrere",
    "alle",
    "unbekannt",
    "unverständlich",
    "plusieurs",
    "tous",
    "inconnu",
    "inconnue",
    "varios",
    "todos",
    "desconocido",
    "desconocida",
    "meerdere",
    "allen",
    "onbekend",
    "diversi",
    "tutti",
    "sconosciuto",
];

/// The same, but where it comes once it is more likely a word of what is said.
#[rustfmt::skip]
const WHERE_IT_RECURS: &[&str] = &[
    "undefined", "unk", "unknown person", "unknown voice", "unidentified person", "unidentified voice", "none",
    "null", "nan", "n/a", "xx", "xxx", "no name", "no speaker", "not identified", "someone", "somebody",
    "anonymous speaker", "u/f", "u/m", "u/s", "uf/um", "m/f", "in unison", "unison", "chorus", "in chorus",
    "all together", "all speakers", "all participants", "everyone together", "group response", "both speakers",
    "both participants", "background", "background voice", "background voices", "background speaker",
    "background noise", "noise", "audience member", "audience members", "beide", "gruppe", "im chor", "chor",
    "durcheinander", "stimmengewirr", "jemand", "hintergrund", "stimme aus dem hintergrund",
    "sprecher unbekannt", "unbekannter teilnehmer", "unbekannte teilnehmerin", "tous ensemble", "ensemble",
    "les deux", "groupe", "quelqu'un", "quelqu’un", "en chœur", "indéterminé", "voix inconnue",
    "intervenante inconnue", "locutrice inconnue", "ambos", "ambas", "grupo", "alguien", "al unísono", "a coro",
    "relatore sconosciuto", "relatrice sconosciuta", "oratore sconosciuto", "voce sconosciuta", "sconosciuta",
    "entrambi", "entrambe", "gruppo", "qualcuno", "in coro", "beiden", "groep", "iemand", "samen",
    "onbekende stem", "unsure", "not sure", "not sure who", "unnamed", "indistinguishable", "off mic", "off microphone",
    "whole group",
    "cannot identify", "unklar", "sprecher unklar", "zwischenruf", "hintergrundstimme", "onverstaanbaar", "ohörbart",
    "någon", "niezrozumiałe", "inaudível", "incomprensibile", "bilinmiyor", "anlaşılmıyor", "kimliği belirsiz",
    "birden fazla kişi", "birisi", "مجهول", "غير واضح", "一同", "誰か",
    "desconhecido", "desconhecida", "alguém", "em coro", "wszyscy", "obaj", "oboje", "grupa",
    "ktoś", "nieznany", "nieznany mówca", "nieznana osoba", "båda", "begge", "okänd", "okänd talare", "ukendt",
    "ukjent", "неизвестный", "неизвестно", "все", "оба", "невідомий", "всі", "bilinmeyen", "herkes", "未知", "不明",
    "全員", "所有人", "알 수 없음", "모두", "indistinct", "unintelligible voices", "stimmen", "alle durcheinander", "toutes",
    "todas", "tutte", "varias", "juntos", "ininteligible", "brouhaha", "voz desconocida", "voce non identificata",
    "insieme", "vários", "várias", "orador desconhecido", "iedereen", "ukendt taler", "kaikki",
    "tuntematon", "tuntematon puhuja", "neznámý", "neznámá", "všichni", "ismeretlen", "mindenki", "necunoscut", "toți",
    "неизвестный говорящий", "несколько", "άγνωστος", "όλοι", "bilinmeyen konuşmacı", "hepsi", "غير معروف",
    "متحدث غير معروف", "الجميع", "לא ידוע", "כולם", "話者不明", "複数", "未知发言人", "众人", "大家", "미상", "u/i",
    "flere", "voces", "vozes", "voci", "stemmen", "stemmer", "röster", "głosy", "hlasy",
];

/// Words for several people that somebody may be called, too: `Allen` is Dutch for all, and a name.
const ALSO_NAMES: &[&str] = &["allen", "both", "samen", "tutti", "toutes", "juntos"];
/// Those that many people are called.
const GIVEN_NAMES: [&str; 2] = ["alla", "allen"];
/// Several people, one of several, what is heard or written down and said by none of them: nobody where others talk.
#[rustfmt::skip]
const AMONG_OTHERS: &[&str] = &[
    "participants", "respondents", "interviewees", "speakers", "several participants", "several respondents",
    "some participants", "multiple participants", "various participants", "many participants", "all respondents",
    "one participant", "another participant", "one respondent", "another respondent", "one speaker",
    "another speaker", "mehrere tn", "alle tn", "mehrere teilnehmer", "mehrere teilnehmende",
    "mehrere teilnehmerinnen", "alle teilnehmer", "alle teilnehmenden", "alle teilnehmerinnen", "ein teilnehmer",
    "eine teilnehmerin", "ein tn", "mehrere befragte", "plusieurs participants", "plusieurs participantes",
    "tous les participants", "un participant", "une participante", "varios participantes", "varias participantes",
    "todos los participantes", "participantes", "un participante", "una participante", "vários participantes",
    "todos os participantes", "più partecipanti", "partecipanti", "tutti i partecipanti", "un partecipante",
    "meerdere deelnemers", "deelnemers", "alle deelnemers", "een deelnemer", "kilku uczestników", "uczestnicy",
    "flera deltagare", "flere deltagere", "flere deltakere", "alla", "flera", "участники", "несколько участников",
    "recording", "audio", "video", "film", "clip", "voice over", "voiceover", "voice off", "voix off", "voz en off",
    "voce fuori campo", "automated voice", "automatic voice", "computer voice", "recorded voice", "voicemail",
    "answering machine", "announcement", "aufnahme", "tonband", "ansage", "enregistrement", "vidéo", "grabación",
    "registrazione", "gravação", "opname", "nagranie", "запись",
    "laughter", "laughing", "laughs", "lachen", "gelächter", "rires", "rire", "risas", "risate", "risos", "gelach",
    "śmiech", "смех", "pause", "silence", "stille", "schweigen", "silencio", "silenzio", "silêncio", "stilte",
    "cisza", "пауза", "applause", "applaus", "applaudissements", "aplausos", "applausi", "music", "musik", "musique",
    "música", "musica", "muziek", "overlapping", "overlap", "overlapping speech", "overlapping voices",
    "overlapping talk", "simultaneous speech", "überlappend", "timestamp", "time stamp", "timecode", "time code",
    "zeitmarke", "unattributed", "unassigned", "unlabeled", "unlabelled", "untagged", "nicht zugeordnet",
    "non attribué", "sin asignar",
];
/// Somebody else than those who are named, alone or in front of what they are: `Other`, `Other speaker`.
#[rustfmt::skip]
const OTHERS: &[&str] = &[
    "other", "others", "andere", "anderer", "autre", "autres", "otro", "otra", "otros", "otras", "altro", "altra",
    "altri", "outro", "outra", "outros", "outras", "inny", "inni", "annan", "другой", "другая", "другие", "інший",
    "інша", "інші",
];
/// Letters, words and codes that hardly anybody is called: seldom and beside others nobody, and else somebody.
#[rustfmt::skip]
const HARDLY_CALLED: &[&str] = &[
    "x", "xx", "xxx", "none", "null", "nan", "n/a", "na", "n.a.", "n.a", "nn", "n.n.", "tbd", "tbc", "tba", "missing",
    "blank", "empty", "anonymous", "anon", "anonym", "anonyme", "anónimo", "anonimo", "nobody", "no one", "niemand",
    "nadie", "nessuno", "ninguém", "not known", "not named", "not specified", "unspecified", "nicht bekannt",
    "keine angabe", "k.a.", "non précisé", "sin nombre", "unnamed", "unsure",
];
/// Those of them that stand for a name.
#[rustfmt::skip]
const NAMELESS: &[&str] = &["anonymous", "anon", "anonym", "anonyme", "anónimo", "anonimo", "nn", "n.n."];
/// Words that are hardly a name, and stand in the place of one where columns or lines are shifted.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "ok", "okay", "yes", "no", "yeah", "yep", "nope", "hello", "hi", "hey", "sorry", "thanks", "thank you", "well", "so",
    "hm", "hmm", "mhm", "um", "uh", "oh", "ah", "ja", "nein", "oui", "non", "sí", "true", "false",
];
/// What transcribers write for unknown men, women and voices, and others for initials.
const VOICES: &[&str] = &["um", "uf", "uv", "mv", "fv"];
/// Programs that listen and write.
#[rustfmt::skip]
const PROGRAMS: &[&str] = &[
    "otter.ai", "read.ai", "fireflies.ai", "fathom.ai", "sembly.ai", "krisp.ai", "notta.ai", "grain.ai", "meetgeek.ai",
    "tactiq.io", "tl;dv",
];
/// What they are called behind the name of a service, with a person's behind that.
const LISTENERS: [&str; 3] = ["notetaker", "note taker", "assistant"];
/// What is said in front of `bot` of those that record.
#[rustfmt::skip]
const BOTS: [&str; 11] = [
    "recording", "recorder", "meeting", "notes", "note", "notetaker", "transcription", "transcript", "zoom", "teams",
    "otter",
];
const PROGRAMS_END: &[&str] = &[" notetaker", " ai companion", " meeting notes"];

/// What programs write that could not tell who speaks.
#[rustfmt::skip]
const CODES: &[&str] = &[
    UU, "speaker_uu", "-1", "speaker -1", "speaker_-1", "unknown", "null", "undefined", "?", "none", "nan", "n/a",
    "unk", "no_speaker", "no speaker",
];
/// The code of Speechmatics, which may be somebody's initials.
const UU: &str = "uu";
/// Those that nobody is called, but that a transcriber may write for the only one who answers.
const NO_WORDS: [&str; 2] = ["-1", "?"];
/// What programs count speakers by.
const COUNTED: &[&str] = &["s", "speaker", "spk", "guest", "channel", "sprecher", "locuteur", "hablante"];

/// Whether a label is one by which programs say that they could not tell who speaks.
pub(super) fn is_code(key: &str) -> bool {
    CODES.contains(&key)
}

/// Whether it is one of speakers whom a program counts: `S1`, `SPEAKER_00`, `Guest-1`, `0`, `Speaker A`.
pub(super) fn is_counted(key: &str) -> bool {
    let is_letter = |name: &str| name.chars().count() == 1 && name.chars().all(char::is_alphabetic);
    let is_number = key.ends_with(|c: char| c.is_ascii_digit())
        && (COUNTED.contains(&stem(key)) || key.bytes().all(|b| b.is_ascii_digit()));
    is_number || key.strip_prefix("speaker ").is_some_and(is_letter)
}

/// Whether it is a code beside speakers whom a program counts.
pub(super) fn is_of_program<'k>(key: &str, others: impl Iterator<Item = &'k str>) -> bool {
    is_code(key) && are_counted(others)
}

/// Whether all others are speakers whom a program counts, or what they are beside such.
fn are_counted<'k>(others: impl Iterator<Item = &'k str>) -> bool {
    let somebody: Vec<&str> = others.filter(|key| !key.is_empty() && !is_nobody(key) && *key != UU).collect();
    let is_part = |key: &str| STRONG.role(stem(key)).is_some();
    somebody.iter().any(|key| is_counted(key)) && somebody.iter().all(|key| is_counted(key) || is_part(key))
}

/// Whether it is a code, beside speakers whom no program counts: it may be somebody's there.
pub(super) fn may_be_somebody<'k>(key: &str, others: impl Iterator<Item = &'k str>) -> bool {
    (key == UU || NO_WORDS.contains(&key)) && !are_counted(others)
}

/// Whether it is such a code beside one other speaker alone: all that is answered to them stands under it.
pub(super) fn is_the_only_other<'k>(key: &str, others: impl Iterator<Item = &'k str>) -> bool {
    if !NO_WORDS.contains(&key) {
        return false;
    }
    let others: Vec<&str> = others.filter(|key| !key.is_empty()).take(2).collect();
    let [other] = others[..] else { return false };
    !is_nobody(other) && may_be_somebody(key, std::iter::once(other))
}

/// Whether a label names nobody.
pub(super) fn is_nobody(key: &str) -> bool {
    let bare = spaced(key);
    let is_code = key != UU && is_code(key);
    is_code
        || is_likely(key, &bare)
        || WHERE_IT_RECURS.contains(&&*bare)
        || is_unknown(&bare)
        || are_many(&bare)
        || are_all_of_codes(&bare)
        || is_group(&bare)
        || is_left_open(key)
}

/// Whether such a label may be somebody's name as well: `Allen`, `Both`. How often they speak tells.
pub(super) fn is_also_a_name(key: &str) -> bool {
    ALSO_NAMES.contains(&key)
}

/// Whether many people are called so.
pub(super) fn is_given_name(key: &str) -> bool {
    GIVEN_NAMES.contains(&key)
}

/// `P?`, `Sprecher ?`; and `(P2?)`, who may be P2.
fn is_left_open(key: &str) -> bool {
    let within = [('(', ')'), ('[', ']')].iter().find_map(|&(open, close)| key.strip_prefix(open)?.strip_suffix(close));
    within.is_some_and(|inner| doubted(inner).is_some()) || doubted(key).is_some_and(|who| is_part(who) || is_sex(who))
}

/// Whether it names nobody beside these other labels: `Participants` and `Laughter`, `Other`, `P?` and `Px` beside
/// `P1`, `UU` beside `S1`.
pub(super) fn is_nobody_beside<'k>(key: &str, mut others: impl Iterator<Item = &'k str>) -> bool {
    if key == UU {
        return are_counted(others);
    }
    if VOICES.contains(&key) {
        return is_voice(key, others);
    }
    let letters = doubted(key).or_else(|| Some(key.strip_suffix('x')?.trim_end_matches([' ', '_', '-', '#'])));
    let is_unnumbered = |letters: &str| others.any(|other| stem(other) == letters && other != letters);
    is_among_others(key) || letters.is_some_and(is_unnumbered)
}

/// Whether it is such a code for an unknown voice; beside other initials, as `UF` beside `AH`, it is somebody's.
fn is_voice<'k>(key: &str, mut others: impl Iterator<Item = &'k str>) -> bool {
    let are_initials = |other: &str| {
        let is_known = WEAK.role(other).is_some() || STRONG.role(other).is_some() || VOICES.contains(&other);
        (2..=3).contains(&other.chars().count()) && other.chars().all(char::is_alphabetic) && !is_known
    };
    VOICES.contains(&key) && !others.any(are_initials)
}

/// Whether it is a word for several people, for one of several, or for what nobody says.
pub(super) fn is_among_others(key: &str) -> bool {
    AMONG_OTHERS.contains(&&*spaced(key)) || is_other(key)
}

/// Whether it is a word for somebody else, who has no name: `Other`, `Other speaker`.
pub(super) fn is_other(key: &str) -> bool {
    let bare = spaced(key);
    let is_who = |word: &str| is_part(word) || OTHER_WHO.contains(&word);
    match bare.split_once(' ') {
        Some((first, last)) => OTHERS.contains(&first) && is_who(last),
        None => OTHERS.contains(&&*bare),
    }
}

/// Whether hardly anybody is called so: `X`, `None`, `N/A`, `-`, `999`. Somebody may be; how often they speak tells.
pub(super) fn is_hardly_called(key: &str) -> bool {
    HARDLY_CALLED.contains(&bare(key)) || is_sign(key) || is_missing(key)
}

/// Whether whoever tells it alone may well be called so: without a name, or by initials.
pub(super) fn is_nameless_or_initials(key: &str) -> bool {
    let is_pair = key.chars().count() == 2 && key.chars().all(char::is_alphabetic) && key != "xx";
    is_pair || NAMELESS.contains(&bare(key))
}

/// Whether it is plain that it names nobody: a sound, a group, `Unknown`. `X`, `Null`, `Other` and `P?` are doubtful.
pub(super) fn is_plainly(key: &str) -> bool {
    let bare = spaced(key);
    let are_several = AMONG_OTHERS.contains(&&*bare) || are_many(&bare) || is_group(&bare);
    let is_listed = is_likely(key, &bare) || WHERE_IT_RECURS.contains(&&*bare) || is_unknown(&bare);
    let is_doubtful = is_hardly_called(key) || (is_code(key) && !matches!(key, "unknown" | "?"));
    is_surely(key) || ((are_several || is_listed) && !is_doubtful && !is_given_name(key))
}

/// Whether it is two letters, as initials are, and no known word for a part.
pub(super) fn is_pair(key: &str) -> bool {
    let is_known = WEAK.role(key).is_some() || STRONG.role(key).is_some() || PARTS.contains(&key);
    key.chars().count() == 2 && key.chars().all(char::is_alphabetic) && !is_known && !is_hardly_called(key)
}

/// Whether such a label is one of a kind with others beside it: `X` beside `Y`, `NA` beside `TR`, `99` beside `98`.
pub(super) fn is_one_of<'k>(key: &str, mut others: impl Iterator<Item = &'k str>) -> bool {
    let is_letter = |other: &str| matches!(other, "y" | "z");
    match bare(key) {
        "x" => others.any(is_letter),
        "na" | "nn" => others.any(is_pair),
        bare if is_number(bare) => others.any(|other| other != key && is_number(other)),
        _ => false,
    }
}

/// Whether a label is a word that people say, or a number beside names alone: somebody, but where it comes seldom perhaps
/// out of place.
pub(super) fn is_out_of_place<'k>(key: &str, others: impl Iterator<Item = &'k str>) -> bool {
    if SAID.contains(&key) {
        return true;
    }
    if !is_number(key) || key.len() > LONGEST_NUMBER {
        return false;
    }
    let is_named = |other: &&str| !other.is_empty() && STRONG.role(stem(other)).is_none();
    let mut named = others.filter(is_named).peekable();
    named.peek().is_some() && named.all(|other| !is_number(other) && !is_counted(other) && WEAK.role(other).is_none())
}

/// Longer numbers are those of telephones.
const LONGEST_NUMBER: usize = 3;

fn is_number(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// `-`, `--`, `.`, `…`; what asks is a doubt.
fn is_sign(key: &str) -> bool {
    let is_mark = |c: char| (c.is_ascii_punctuation() && c != '?') || "–—…·•".contains(c);
    !key.is_empty() && key.chars().all(is_mark)
}

/// `-9`, `99`, `999`: what tables have where something is missing.
fn is_missing(key: &str) -> bool {
    let digits = key.strip_prefix('-').unwrap_or(key);
    let is_nines = digits.len() > 1 && digits.bytes().all(|b| b == b'9');
    is_number(digits) && digits.len() < 5 && !NO_WORDS.contains(&key) && (is_nines || digits.len() < key.len())
}

/// Whether a label is that of a program that listens: `Otter.ai Notetaker`, `Read.ai meeting notes`, `Otter.ai Notetaker
/// Ann`, `Recording Bot`.
pub(super) fn is_program(key: &str) -> bool {
    let (first, rest) = key.split_once(' ').unwrap_or((key, ""));
    let is_service = PROGRAMS.iter().any(|name| *name == first || name.split('.').next() == Some(first));
    (is_service && LISTENERS.iter().any(|what| rest.starts_with(what)))
        || (rest == "bot" && BOTS.contains(&first))
        || PROGRAMS.contains(&key)
        || PROGRAMS_END.iter().any(|end| key.ends_with(end))
}

/// A label without the mark by which the transcript doubts it: `tom` of `tom?`, `p2` of `p2 (?)`, `r` of `r-?`.
pub(super) fn doubted(key: &str) -> Option<&str> {
    let inner = ["(?)", "[?]"].iter().find_map(|mark| key.strip_suffix(mark));
    let name = inner
        .or_else(|| key.ends_with('?').then(|| key.trim_end_matches('?')))?
        .trim_end_matches([' ', '-', '–', '_', '#']);
    (name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric)).then_some(name)
}

/// Whether it does even if it comes once.
pub(super) fn may_come_once(key: &str) -> bool {
    let bare = spaced(key);
    is_likely(key, &bare) || (bare.contains(' ') && is_unknown(&bare)) || are_all_of_codes(&bare)
}

fn is_likely(key: &str, bare: &str) -> bool {
    is_sure(bare) || LIKELY.contains(&bare) || LIKELY.contains(&key)
}

/// Whether it does wherever it starts a line.
pub(super) fn is_surely(key: &str) -> bool {
    is_sure(&spaced(key))
}

/// A label without brackets, and with spaces as programs leave them out: `UNKNOWN_SPEAKER`, `unknown-speaker`.
fn spaced(key: &str) -> Cow<'_, str> {
    let bare = bare(key);
    if bare.contains(['_', '-']) { bare.replace(['_', '-'], " ").into() } else { bare.into() }
}

fn is_sure(bare: &str) -> bool {
    let unnumbered = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#'));
    SURE.contains(&bare) || SURE.contains(&unnumbered) || is_unknown_voice(bare)
}

/// A label without brackets: `(inaudible)`, `[Unknown]`, `<Several>`.
fn bare(key: &str) -> &str {
    key.trim_matches(['(', ')', '[', ']', '<', '>', '*', ' '])
}

#[cfg(test)]
mod tests;

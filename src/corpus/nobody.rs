//! Labels that name nobody in particular: speakers whom a program or a transcriber could not tell.
//!
//! In: a label in the form in which labels are compared, for some also the labels beside it. Out: whether it is one.
//! The words under it belong to no participant, since nobody knows whose they are.

use std::borrow::Cow;

use super::label_key::stem;
use super::lexicon::STRONG;
use super::model::Role;

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
    "onbekende stem", "desconhecido", "desconhecida", "alguém", "em coro", "wszyscy", "obaj", "oboje", "grupa",
    "ktoś", "nieznany", "nieznany mówca", "nieznana osoba", "båda", "begge", "okänd", "okänd talare", "ukendt",
    "ukjent", "неизвестный", "неизвестно", "все", "оба", "невідомий", "всі", "bilinmeyen", "herkes", "未知", "不明",
    "全員", "所有人", "알 수 없음", "모두",
];

/// Words for somebody who is not known, beside the word or the letter for what they are, or with a number: `Unknown P`,
/// `P unknown`, `Unknown 1`.
#[rustfmt::skip]
const NOT_KNOWN: &[&str] = &[
    "unknown", "unk", "unidentified", "unbekannt", "unbekannter", "unbekannte", "inconnu", "inconnue", "desconocido",
    "desconocida", "desconhecido", "desconhecida", "sconosciuto", "sconosciuta", "onbekend", "onbekende", "nieznany",
    "nieznana", "okänd", "ukendt", "ukjent", "неизвестный", "неизвестная",
];
/// What they are, beside the names of those who answer; with `?` behind it nobody knows who.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "p", "r", "b", "tn", "pt", "part", "resp", "bef", "teiln", "speaker", "caller", "voice", "person", "sprecher",
    "sprecherin", "stimme", "locuteur", "locutrice", "intervenant", "intervenante", "voix", "hablante", "orador",
    "oradora", "voz", "parlante", "relatore", "relatrice", "voce", "spreker", "stem", "mówca", "talare", "taler",
];
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
    "flera deltagare", "flere deltagere", "flere deltakere", "участники", "несколько участников",
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
/// Programs that listen and write.
#[rustfmt::skip]
const PROGRAMS: &[&str] = &[
    "otter.ai", "read.ai", "fireflies.ai", "fathom.ai", "sembly.ai", "krisp.ai", "notta.ai", "grain.ai", "meetgeek.ai",
    "tactiq.io", "tl;dv",
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
    is_code || is_likely(key, &bare) || WHERE_IT_RECURS.contains(&&*bare) || is_unknown(&bare) || is_left_open(key)
}

/// `P?`, `Sprecher ?`; and `(P2?)`, who may be P2.
fn is_left_open(key: &str) -> bool {
    let within = [('(', ')'), ('[', ']')].iter().find_map(|&(open, close)| key.strip_prefix(open)?.strip_suffix(close));
    within.is_some_and(|inner| doubted(inner).is_some()) || doubted(key).is_some_and(is_part)
}

/// Whether it names nobody beside these other labels: `Participants` and `Laughter`, `P?` and `Px` beside `P1`, `UU`
/// beside `S1`.
pub(super) fn is_nobody_beside<'k>(key: &str, mut others: impl Iterator<Item = &'k str>) -> bool {
    if key == UU {
        return are_counted(others);
    }
    let letters = doubted(key).or_else(|| Some(key.strip_suffix('x')?.trim_end_matches([' ', '_', '-'])));
    let is_unnumbered = |letters: &str| others.any(|other| stem(other) == letters && other != letters);
    AMONG_OTHERS.contains(&&*spaced(key)) || letters.is_some_and(is_unnumbered)
}

/// Whether a label is that of a program that listens: `Otter.ai Notetaker`, `Read.ai meeting notes`.
pub(super) fn is_program(key: &str) -> bool {
    PROGRAMS.contains(&key) || PROGRAMS_END.iter().any(|end| key.ends_with(end))
}

/// A label without the mark by which the transcript doubts it: `tom` of `tom?`, `p2` of `p2 (?)`.
pub(super) fn doubted(key: &str) -> Option<&str> {
    let inner = ["(?)", "[?]"].iter().find_map(|mark| key.strip_suffix(mark));
    let name = inner.or_else(|| key.ends_with('?').then(|| key.trim_end_matches('?')))?.trim_end();
    (name.starts_with(char::is_alphanumeric) && name.ends_with(char::is_alphanumeric)).then_some(name)
}

/// Whether a word is what somebody is, and no name: `p`, `participant`, `sprecher`.
fn is_part(word: &str) -> bool {
    PARTS.contains(&word) || STRONG.role(word) == Some(Role::Participant)
}

/// `unknown p`, `participant unknown`, `unknown 1`
fn is_unknown(bare: &str) -> bool {
    let unnumbered = bare.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '#'));
    let is_not_known = |word: &str| NOT_KNOWN.contains(&word);
    match unnumbered.split_once(' ') {
        Some((first, last)) => (is_not_known(first) && is_part(last)) || (is_not_known(last) && is_part(first)),
        None => unnumbered != bare && is_not_known(unnumbered),
    }
}

/// Whether it does even if it comes once.
pub(super) fn may_come_once(key: &str) -> bool {
    is_likely(key, &spaced(key))
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
    SURE.contains(&bare) || SURE.contains(&unnumbered)
}

/// A label without brackets: `(inaudible)`, `[Unknown]`, `<Several>`.
fn bare(key: &str) -> &str {
    key.trim_matches(['(', ')', '[', ']', '<', '>', '*', ' '])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_nobody() {
        for key in ["unknown_speaker", "unidentified-speaker 3", "undefined", "n/a", "u/f", "in unison", "alguien"] {
            assert!(is_nobody(key), "{key}");
        }
        assert!(is_nobody("none") && !may_come_once("none"));
        for key in ["um", "na", "none of us", "group a", "anne_marie", "someone else", "x_1"] {
            assert!(!is_nobody(key), "{key}");
        }
        for key in ["unknown speaker", "unknown speaker 2", "speaker ?", "(inaudible)", "[unknown]", "several", "all"] {
            assert!(is_nobody(key), "{key}");
        }
        for key in ["speaker 1", "unger", "alla", "allan", "speaker", "both sides", "group 3", "tom?", "tom", ""] {
            assert!(!is_nobody(key), "{key}");
        }
        assert!(is_surely("unidentified speaker 3") && !is_surely("all"));
    }

    #[test]
    fn whose_part_is_known_but_not_the_name_is_nobody() {
        for key in [
            "participant unknown",
            "p unknown",
            "p-unknown",
            "unknown p",
            "unknown 1",
            "unknown caller",
            "sprecher ?",
            "participant ?",
            "p?",
            "b?",
            "tn (?)",
            "(p?)",
            "(p2?)",
            "[tom?]",
        ] {
            assert!(is_nobody(key), "{key}");
        }
        for key in ["i?", "p2?", "p2 (?)", "tom (?)", "ann unknown", "unknown soldier", "p", "m?", "?p"] {
            assert!(!is_nobody(key), "{key}");
        }
    }

    #[test]
    fn a_label_without_a_number_is_nobody_beside_those_with_one() {
        let beside = |key: &str, others: &[&'static str]| is_nobody_beside(key, others.iter().copied());
        for key in ["px", "p x", "p_x", "f?", "participants", "mehrere tn", "laughter", "voix off", "timestamp"] {
            assert!(beside(key, &["moderator", "p1", "f2"]), "{key}");
        }
        for key in ["p", "max", "f1?", "m?", "p3", "participant", "female participant"] {
            assert!(!beside(key, &["moderator", "p1", "f2"]), "{key}");
        }
        assert!(!beside("px", &["i", "p"]), "a patient");
    }

    #[test]
    fn codes_of_programs_are_nobody() {
        for key in ["-1", "speaker -1", "speaker_uu", "no_speaker", "null"] {
            assert!(is_code(key) && is_nobody(key), "{key}");
        }
        assert!(is_surely("speaker_uu") && !is_surely("unknown"));
        for key in ["1", "speaker 1", "speaker-1", "s1", "uu"] {
            assert!(!is_nobody(key), "{key}");
        }
        let beside = |others: &[&'static str]| is_nobody_beside("uu", others.iter().copied());
        for others in [&["s1", "s2"][..], &["speaker_00", "speaker_01"], &["interviewer", "0"], &["speaker a"]] {
            assert!(beside(others), "{others:?}");
        }
        for others in [&["ann", "tom"][..], &["ann hall", "tom reed"], &["ah", "tr"], &["i", "p1"], &["unknown"], &[]] {
            assert!(!beside(others), "{others:?}");
        }
    }

    #[test]
    fn codes_beside_names_may_be_somebody() {
        for code in ["uu", "-1", "?"] {
            assert!(may_be_somebody(code, ["ann", "tom"].into_iter()), "{code}");
            assert!(!may_be_somebody(code, ["s1", "s2"].into_iter()), "{code}");
        }
        assert!(!may_be_somebody("unknown", ["ann", "tom"].into_iter()));
        for (others, is_only) in [(&["ann"][..], true), (&["interviewer", ""], true), (&["s1"], false)] {
            assert_eq!(is_the_only_other("-1", others.iter().copied()), is_only, "{others:?}");
        }
        assert!(!is_the_only_other("?", ["ann", "tom"].into_iter()) && !is_the_only_other("all", ["ann"].into_iter()));
    }

    #[test]
    fn programs_count_speakers() {
        for key in ["s1", "speaker_00", "speaker 2", "guest-1", "0", "speaker a", "channel 1"] {
            assert!(is_counted(key), "{key}");
        }
        for key in ["s", "speaker", "p1", "speaker ann", "-1", "uu", "ann", ""] {
            assert!(!is_counted(key), "{key}");
        }
    }

    #[test]
    fn programs_listen() {
        assert!(is_program("otter.ai") && is_program("read.ai meeting notes") && is_program("fireflies.ai notetaker"));
        assert!(!is_program("claude.ai") && !is_program("notetaker") && !is_program("ann"));
    }

    #[test]
    fn a_mark_of_doubt_is_no_part_of_a_name() {
        for (key, name) in [("tom?", "tom"), ("tom ??", "tom"), ("p2 (?)", "p2"), ("p2 [?]", "p2")] {
            assert_eq!(doubted(key), Some(name), "{key}");
        }
        for key in ["?", "(?)", "tom", "tom (f)", "", "why?!", "(p2?)"] {
            assert_eq!(doubted(key), None, "{key}");
        }
    }
}

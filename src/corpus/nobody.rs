//! Labels that name nobody in particular: speakers whom a program or a transcriber could not tell.
//!
//! In: a label in the form in which labels are compared. Out: whether it is one. The words under it
//! belong to no participant, since nobody knows whose they are.

use std::borrow::Cow;

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

/// Whether a label names nobody.
pub(super) fn is_nobody(key: &str) -> bool {
    let bare = spaced(key);
    is_likely(key, &bare) || WHERE_IT_RECURS.contains(&&*bare)
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
        for key in ["speaker 1", "unger", "alla", "allan", "speaker", "both sides", "group 3", "p?", "tom", ""] {
            assert!(!is_nobody(key), "{key}");
        }
        assert!(is_surely("unidentified speaker 3") && !is_surely("all"));
    }
}

//! What happens beside the talk, as transcribers put it in brackets or between signs: `[Break of 5 minutes]`,
//! `(phone rings)`, `*Participant leaves the room*`.
//!
//! In: a line. Out: whether it is nothing but such brackets or signs, and whether they tell of a break in the talk. What
//! somebody says of themselves in brackets is theirs, and a sound alone (`[laughs]`, `*laughs*`) is left to where
//! answers are judged.

use super::super::exclusions::spoken;
use super::words::{NUMBERS, speaks};

/// Longer lines are none, in bytes and words.
const LONGEST: usize = 160;
const WORDS: usize = 16;

/// What is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aside {
    /// The talk stops, or goes on.
    Break,
    /// Somebody does something.
    Act,
}

/// What stops a talk for a while, as a word that nothing but its length stands beside.
#[rustfmt::skip]
const BREAKS: &[&str] = &[
    "break", "pause", "interruption", "intermission", "unterbrechung", "interruption", "coupure", "pausa",
    "interrupción", "descanso", "interruzione", "pauze", "onderbreking", "interrupção", "intervalo",
];
/// How long, and for what.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "a", "an", "of", "for", "in", "the", "short", "brief", "long", "longer", "about", "ca", "approx", "approximately",
    "lunch", "coffee", "tea", "toilet", "bathroom", "smoking", "cigarette", "minute", "minutes", "min", "mins",
    "second", "seconds", "sec", "secs", "hour", "hours", "interview", "recording", "phone", "call", "von", "für", "im",
    "kurze", "lange", "längere", "etwa", "minuten", "sekunden", "stunde", "stunden", "gespräch", "de", "d'environ",
    "courte", "brève", "longue", "environ", "secondes", "heure", "pendant", "breve", "corta", "larga", "minutos",
    "segundos", "hora", "unos", "di", "circa", "lunga", "minuti", "secondi", "van", "korte", "lange", "minuut",
    "minuten", "seconden", "uur", "curta", "longa", "cerca",
];
/// What is stopped, as its word begins.
#[rustfmt::skip]
const TALKS: &[&str] = &[
    "interview", "recording", "recorder", "tape", "audio", "conversation", "session", "meeting", "aufnahme",
    "aufzeichnung", "gespräch", "entretien", "enregistrement", "entrevista", "grabación", "intervista",
    "registrazione", "opname", "gesprek", "gravação",
];
/// That it stops or goes on.
#[rustfmt::skip]
pub(super) const STOPS: &[&str] = &[
    "interrupted", "interrupts", "stops", "stopped", "paused", "pauses", "resumes", "resumed", "continues",
    "continued", "restarts", "restarted", "starts", "started", "begins", "ends", "ended", "suspended", "off", "breaks",
    "cuts", "unterbrochen", "gestoppt", "angehalten", "fortgesetzt", "beendet", "ausgeschaltet", "interrompu",
    "interrompue", "arrêté", "repris", "reprend", "interrumpida", "detenida", "reanudada", "interrotta", "fermata",
    "ripresa", "onderbroken", "gestopt", "hervat", "interrompida", "parada", "retomada",
];
/// Who or what does something, first.
#[rustfmt::skip]
const WHO: &[&str] = &[
    "participant", "participants", "interviewee", "interviewer", "respondent", "respondents", "informant", "subject",
    "moderator", "facilitator", "researcher", "observer", "speaker", "everyone", "everybody", "someone", "somebody",
    "both", "all", "he", "she", "they", "phone", "telephone", "mobile", "doorbell", "door", "bell", "alarm", "dog",
    "baby", "child", "husband", "wife", "waiter", "nurse", "colleague", "teilnehmer", "teilnehmerin", "befragte",
    "befragter", "interviewte", "interviewerin", "jemand", "er", "sie", "telefon", "handy", "hund", "klingel",
    "participante", "enquêté", "enquêtée", "enquêteur", "enquêtrice", "quelqu'un", "il", "elle", "téléphone",
    "entrevistado", "entrevistada", "entrevistador", "entrevistadora", "alguien", "él", "ella", "teléfono",
    "intervistato", "intervistata", "intervistatore", "partecipante", "qualcuno", "telefono", "deelnemer",
    "geïnterviewde", "iemand", "telefoon", "alguém", "telefone",
];
/// What stands before that.
#[rustfmt::skip]
pub(super) const BEFORE: &[&str] = &[
    "the", "a", "an", "another", "his", "her", "their", "der", "die", "das", "ein", "eine", "le", "la", "les", "l",
    "un", "une", "el", "una", "il", "lo", "de", "het", "een", "o", "os", "as", "um", "uma",
];
/// What is done.
#[rustfmt::skip]
const DOES: &[&str] = &[
    "leaves", "leave", "enters", "enter", "returns", "return", "comes", "come", "goes", "gets", "stands", "sits",
    "walks", "rings", "ringing", "knocks", "nods", "nod", "nodding", "shakes", "shrugs", "points", "shows", "looks",
    "laughs", "cries", "smiles", "sighs", "coughs", "whispers", "pauses", "gestures", "waves", "drinks", "eats",
    "opens", "closes", "answers", "takes", "picks", "puts", "turns", "reads", "draws", "writes", "interrupts",
    "barks", "barking", "verlässt", "kommt", "geht", "steht", "klingelt", "klopft", "nickt", "schüttelt", "zuckt",
    "zeigt", "lacht", "weint", "lächelt", "seufzt", "bellt", "quitte", "entre", "revient", "sort", "sonne", "hoche",
    "montre", "rit", "pleure", "sourit", "sale", "entra", "vuelve", "suena", "asiente", "señala", "ríe", "llora",
    "esce", "torna", "squilla", "annuisce", "indica", "ride", "piange", "verlaat", "komt", "gaat", "knikt", "wijst",
    "sai", "volta", "toca", "acena", "aponta", "chora",
];
/// What is done, where nobody is named.
#[rustfmt::skip]
const BARE: &[&str] = &[
    "leaves", "enters", "returns", "nods", "nodding", "shrugs", "points", "pointing", "gestures", "gesturing",
    "whispers", "whispering", "laughs", "laughing", "shakes", "shaking", "smiles", "smiling", "cries", "crying",
    "sighs", "nickt", "lacht", "zeigt", "weint", "hoche", "asiente", "annuisce", "knikt", "acena",
];

/// What a line tells that is nothing but brackets.
pub(super) fn aside(line: &str) -> Option<Aside> {
    let line = line.trim().trim_end_matches('.');
    let inner = within(line).filter(|inner| inner.len() <= LONGEST)?;
    let lower = inner.to_lowercase().replace('’', "'");
    if speaks(&lower) || inner.ends_with('?') || spoken(line).trim().is_empty() {
        return None;
    }
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    if words.len() > WORDS {
        return None;
    }
    let is_number = |word: &str| NUMBERS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit());
    let is_break = |word: &str| BREAKS.contains(&word);
    if words.iter().any(|word| is_break(word))
        && words.iter().all(|word| is_break(word) || is_number(word) || BESIDE.contains(word))
    {
        return Some(Aside::Break);
    }
    let first = words.iter().position(|word| !BEFORE.contains(word))?;
    let (who, rest) = words[first..].split_first()?;
    let is_talk = TALKS.iter().any(|talk| who.starts_with(talk)) && !WHO.contains(who);
    if is_talk && rest.iter().any(|word| STOPS.contains(word)) {
        return Some(Aside::Break);
    }
    // `P2 nods`
    let is_code = who.len() <= 3 && who.ends_with(|c: char| c.is_ascii_digit()) && !is_number(who);
    let does = (WHO.contains(who) || is_code) && rest.iter().take(2).any(|word| DOES.contains(word));
    (does || (first == 0 && BARE.contains(who))).then_some(Aside::Act)
}

/// What stands in the brackets, or between the signs, that a line is.
fn within(line: &str) -> Option<&str> {
    if line.starts_with(char::is_alphanumeric) {
        return None;
    }
    #[rustfmt::skip]
    let pairs = [
        ("(((", ")))"), ("((", "))"), ("[[", "]]"), ("<<", ">>"), ("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"),
        ("***", "***"), ("**", "**"), ("*", "*"), ("//", "//"), ("/", "/"), ("__", "__"), ("_", "_"), ("~", "~"),
        ("|", "|"),
    ];
    let inner = pairs.iter().find_map(|(open, close)| line.strip_prefix(open)?.strip_suffix(close))?;
    // Signs around brackets, `*[nods]*`, are one mark.
    let signs = ['*', '_', '/', '~', '|'];
    let inner = if line.starts_with(signs) && inner.starts_with(['(', '[']) { within(inner)? } else { inner };
    let marks = |c: char| matches!(c, '(' | ')' | '[' | ']' | '{' | '}' | '<' | '>' | '*' | '~' | '|');
    (!inner.contains(marks)).then(|| inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_and_what_somebody_does_are_told_in_brackets() {
        for line in [
            "[Break of 5 minutes]",
            "[5 minute break]",
            "(Short coffee break)",
            "((Pause von etwa 10 Minuten))",
            "[Interview interrupted by phone]",
            "[The interview is interrupted when her son comes home]",
            "[Recording stops]",
            "(Aufnahme unterbrochen)",
            "[Entretien interrompu]",
        ] {
            assert_eq!(aside(line), Some(Aside::Break), "{line}");
        }
        for line in [
            "[Participant leaves the room and comes back]",
            "[phone rings]",
            "(The dog barks.)",
            "[P2 nods]",
            "((nods and smiles))",
            "(Telefon klingelt)",
            "[Le téléphone sonne]",
            "[She points at a photo].",
            "[laughs and shakes her head]",
            "*nods*",
            "**Participant leaves the room**",
            "/phone rings/",
            "//the dog barks//",
            "_points at the photo_",
            "*(nods)*",
            "(((nods)))",
        ] {
            assert_eq!(aside(line), Some(Aside::Act), "{line}");
        }
    }

    #[test]
    fn what_people_say_in_brackets_is_theirs() {
        for line in [
            "(I did not want to say that aloud)",
            "[the hospital]",
            "[REDACTED]",
            "[laughs]",
            "(Pause)",
            "(my phone rings)",
            "[break a leg]",
            "(The break was the hardest part)",
            "Break of 5 minutes",
            "[Phone rings] It is late.",
            "[Phone rings] [Phone rings]",
            "(She left me)",
            "(The recording was fine)",
            "[Why does the phone ring?]",
            "[12]",
            "[]",
            "(all of them)",
            "*laughs*",
            "*not at all*",
            "*She left me*",
            "*Everyone* leaves *early*",
            "_never again_",
            "/",
            "**",
            "*",
        ] {
            assert_eq!(aside(line), None, "{line}");
        }
    }
}

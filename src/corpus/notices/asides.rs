//! What happens beside the talk, as transcribers put it in brackets or between signs: `[Break of 5 minutes]`,
//! `(phone rings)`, `*Participant leaves the room*`.
//!
//! In: a line. Out: whether it is nothing but such brackets or signs, and whether they tell of a break in the talk. What
//! somebody says of themselves in brackets is theirs, and a sound alone (`[laughs]`, `*laughs*`) is left to where
//! answers are judged.

use super::super::exclusions::spoken;
use super::notes::PEOPLE;
use super::words::{BEFORE, NUMBERS, STOPS, TAPES, speaks, words_in};

/// Longer lines are none, in bytes and words.
const LONGEST: usize = 160;
const WORDS: usize = 16;
/// Words of what is heard, at most, and among the first of which the sound stands.
const HEARD_WORDS: usize = 7;
const HEARD_WITHIN: usize = 4;

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
    "break", "breaks", "pause", "interruption", "intermission", "unterbrechung", "coupure", "pausa", "interrupción", "descanso",
    "interruzione", "pauze", "onderbreking", "interrupção", "intervalo", "paus", "avbrott", "afbrydelse", "avbrudd",
    "tauko", "keskeytys", "przerwa", "přestávka", "přerušení", "перерыв", "пауза", "ara", "mola", "休憩", "中断", "休息",
    "暂停", "휴식",
];
/// How long, and for what.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "a", "an", "of", "for", "in", "the", "short", "brief", "long", "longer", "about", "ca", "approx", "approximately",
    "ad", "advert", "advertising", "advertisement", "commercial", "commercials", "lost",
    "tape", "recorder", "paused", "lunch", "coffee", "tea", "toilet", "bathroom", "smoking", "cigarette", "minute",
    "minutes", "min", "mins",
    "second", "seconds", "sec", "secs", "hour", "hours", "interview", "recording", "phone", "call", "von", "für", "im",
    "kurze", "lange", "längere", "etwa", "minuten", "sekunden", "stunde", "stunden", "gespräch", "de", "d'environ",
    "courte", "brève", "longue", "environ", "secondes", "heure", "pendant", "breve", "corta", "larga", "minutos",
    "segundos", "hora", "unos", "di", "circa", "lunga", "minuti", "secondi", "van", "korte", "minuut", "seconden",
    "uur", "curta", "longa", "cerca", "at", "to", "from", "la", "el", "del", "en", "nella", "della", "dell", "l",
    "dans", "der", "des", "em", "na", "da", "het", "op", "kort", "cirka", "omkring", "minuter", "minutter", "sekunder",
    "timme", "i", "på", "av", "af", "w", "v", "o", "około", "asi", "minut", "minuty", "minutę", "sekund", "krótka",
    "krátká", "lyhyt", "noin", "minuuttia", "минут", "минуты", "dakika", "dakikalık", "kısa", "um", "uhr",
];
/// What is stopped, as its word begins.
#[rustfmt::skip]
const TALKS: &[&str] = &[
    "interview", "recording", "recorder", "tape", "audio", "conversation", "session", "meeting", "aufnahme",
    "aufzeichnung", "gespräch", "entretien", "enregistrement", "entrevista", "grabación", "intervista",
    "registrazione", "opname", "gesprek", "gravação", "inspelning", "intervju", "optagelse", "opptak", "haastattelu",
    "nauhoitu", "tallen", "nagrani", "wywiad", "nahráv", "rozhovor", "запис", "интервью", "kayıt", "kayd", "görüşme",
];
/// What else a break is in: nobody pauses these but who records.
#[rustfmt::skip]
const RECORDINGS: &[&str] = &[
    "recording", "aufnahme", "aufzeichnung", "enregistrement", "grabación", "registrazione", "opname", "gravação",
    "inspelning", "optagelse", "opptak", "nauhoitu", "nagrani", "nahráv", "запис", "kayıt", "kayd", "interview",
    "intervju", "entretien", "entrevista", "intervista", "gesprek", "wywiad", "rozhovor", "haastattelu",
];
/// That it stops or goes on, in front of it: `Se interrumpe la grabación`, `Przerwano nagranie`.
#[rustfmt::skip]
const STOPS_FIRST: &[&str] = &[
    "interrumpe", "interrumpió", "detiene", "detuvo", "reanuda", "reanudó", "interrompe", "interrompeu", "retoma",
    "interrotta", "riprende", "reprend", "reprise", "arrêt", "fortsetzung", "przerwano", "wznowiono", "zatrzymano",
    "přerušeno", "pausar", "pausa", "stopping", "pausing", "resuming",
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
/// What is heard, behind what makes it: `door slams`, `child crying`.
#[rustfmt::skip]
const HEARD: &[&str] = &[
    "slams", "slamming", "sounds", "sounding", "plays", "playing", "cries", "crying", "rings", "ringing", "barks", "barking",
    "beeps", "beeping", "buzzes", "buzzing", "honks", "honking", "blares", "blaring", "chimes", "chiming", "ticks", "ticking",
    "howls", "howling", "whistles", "whistling", "rumbles", "rumbling", "rushing", "running", "knocking", "rustling",
    "clattering", "clatters", "clicking", "clicks", "tapping", "humming", "chirping", "singing", "shouting", "shouts",
    "yelling", "screaming", "screams", "chattering", "talking", "creaks", "creaking", "crashes", "crashing", "banging",
    "bangs", "boiling", "whirring", "clapping", "cheering", "meows", "meowing", "crows", "crowing", "mooing", "klingelt",
    "bellt", "knallt", "piept", "summt", "hupt", "ertönt", "läutet", "rauscht", "weint", "schreit", "sonne", "claque", "aboie",
    "pleure", "grince", "retentit", "klaxonne", "suena", "ladra", "pita", "chirría", "suona", "abbaia", "squilla", "sbatte",
    "cigola", "rinkelt", "blaft", "toetert", "huilt", "toca", "late", "bate",
];
/// Words before it with which it is told, and no remark.
#[rustfmt::skip]
const TOLD: &[&str] = &[
    "was", "were", "is", "are", "been", "be", "of", "who", "that", "which", "like", "kept", "keeps", "started", "no", "not",
    "and", "if", "when", "because", "for", "to", "her", "his", "their", "war", "waren", "hat", "wenn", "qui", "que", "quand",
    "cuando", "als",
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
    // `I` is `in` in Swedish.
    if speaks(&lower.replace(" i ", " ")) || inner.ends_with('?') || spoken(line).trim().is_empty() {
        return None;
    }
    let words: Vec<&str> = words_in(&lower).collect();
    if words.len() > WORDS {
        return None;
    }
    if is_break(&words) || is_stop(&words) || is_change(&words) {
        return Some(Aside::Break);
    }
    // As broadcasters write it.
    if matches!(words[..], ["soundbite", "of", _, ..]) {
        return Some(Aside::Act);
    }
    let first = words.iter().position(|word| !BEFORE.contains(word))?;
    let (who, rest) = words[first..].split_first().filter(|_| !speaks(&lower))?;
    let is_talk = TALKS.iter().any(|talk| who.starts_with(talk)) && !WHO.contains(who);
    if is_talk && rest.iter().any(|word| STOPS.contains(word)) {
        return Some(Aside::Break);
    }
    // `P2 nods`
    let is_code = who.len() <= 3 && who.ends_with(|c: char| c.is_ascii_digit()) && !is_number(who);
    let does = (WHO.contains(who) || is_code) && rest.iter().take(2).any(|word| DOES.contains(word));
    (does || is_heard(&words[first..]) || (first == 0 && BARE.contains(who))).then_some(Aside::Act)
}

/// `door slams`, `dramatic music playing`
fn is_heard(words: &[&str]) -> bool {
    let at = words.iter().take(HEARD_WITHIN).position(|word| HEARD.contains(word));
    words.len() <= HEARD_WORDS && at.is_some_and(|at| at > 0 && !words[..at].iter().any(|word| TOLD.contains(word)))
}

/// Whether words tell of those who talk, or of somebody who does something now: `the interviewer observes that …`, `a
/// child comes in and asks for a book`.
pub(super) fn is_about_talk(words: &[&str]) -> bool {
    let first = words.iter().position(|word| !BEFORE.contains(word)).unwrap_or(words.len());
    let Some((who, rest)) = words[first..].split_first() else { return false };
    let is_of_talk = PEOPLE.iter().any(|start| who.starts_with(start)) || matches!(*who, "ra" | "researcher" | "int");
    is_of_talk || rest.iter().take(2).any(|word| DOES.contains(word)) || is_heard(&words[first..])
}

fn is_number(word: &str) -> bool {
    NUMBERS.contains(&word) || word.bytes().all(|b| b.is_ascii_digit() || b == b'h')
}

/// A word without the article before it: `l'enregistrement`.
fn without_article(word: &str) -> &str {
    word.trim_start_matches("l'").trim_start_matches("dell'")
}

/// `break of 5 minutes`, `pause in der aufnahme`
fn is_break(words: &[&str]) -> bool {
    let is_recording = |word: &str| RECORDINGS.iter().any(|start| without_article(word).starts_with(start));
    let is_beside = |word: &str| is_number(word) || BESIDE.contains(&word) || is_recording(word);
    words.iter().any(|word| BREAKS.contains(word))
        && words.iter().all(|word| BREAKS.contains(word) || is_beside(word) || without_article(word).is_empty())
}

/// `tape change approx 20 seconds lost`
fn is_change(words: &[&str]) -> bool {
    let is_beside = |word: &str| is_number(word) || BESIDE.contains(&word) || TAPES.contains(&word);
    matches!(words, [tape, "change" | "changed" | "changes", rest @ ..]
        if TAPES.contains(tape) && rest.iter().all(|word| is_beside(word)))
}

/// `se interrumpe la grabación`, `reprise de l'enregistrement à 14h30`
fn is_stop(words: &[&str]) -> bool {
    let stops = |word: &str| STOPS_FIRST.contains(&word);
    let is_talk = |word: &str| TALKS.iter().any(|talk| without_article(word).starts_with(talk));
    let is_beside = |word: &str| is_number(word) || BESIDE.contains(&word) || BEFORE.contains(&word);
    let first = words.iter().find(|word| **word != "se");
    first.is_some_and(|first| stops(first))
        && words.iter().any(|word| is_talk(word))
        && words.iter().all(|word| stops(word) || is_talk(word) || is_beside(word) || matches!(*word, "se" | "à"))
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
            "(COMMERCIAL BREAK)",
            "[AD BREAK]",
            "[Tea break, recorder paused]",
            "[TAPE CHANGE - approx. 20 seconds lost]",
            "[5 minute break]",
            "(Short coffee break)",
            "((Pause von etwa 10 Minuten))",
            "[Interview interrupted by phone]",
            "[The interview is interrupted when her son comes home]",
            "[Recording stops]",
            "(Aufnahme unterbrochen)",
            "[Entretien interrompu]",
            "[Paus i inspelningen, 4 minuter]",
            "[Se interrumpe la grabación]",
            "[Se reanuda la entrevista]",
            "(Pausa nella registrazione)",
            "[Pause dans l'enregistrement, 5 minutes]",
            "[Pause in der Aufnahme]",
            "[Przerwa w nagraniu]",
            "[Przerwano nagranie]",
            "[Nagranie przerwane]",
            "[Inspelningen pausas]",
            "[Haastattelu keskeytyy]",
            "[Reprise de l’enregistrement à 14h30]",
            "[Přestávka 10 minut]",
        ] {
            assert_eq!(aside(line), Some(Aside::Break), "{line}");
        }
        for line in [
            "[Participant leaves the room and comes back]",
            "[phone rings]",
            "(The dog barks.)",
            "(SOUNDBITE OF WAVES)",
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
            "(the break in my life)",
            "(se interrumpe mi vida)",
            "(paus i livet)",
            "(pausa nella vita)",
            "(reprise de l'usine)",
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

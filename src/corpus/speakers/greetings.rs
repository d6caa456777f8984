//! Turns by which a host or an operator opens, leads and closes a talk: `Welcome to the call`, `Please go ahead`.
//!
//! In: what somebody says in one turn. Out: whether it begins so and is short. People who answer greet, too: it tells
//! nothing of who asks by itself.

/// Words of such a turn, at most.
const WORDS: usize = 30;
/// How they begin.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "welcome", "hello", "hi", "good morning", "good afternoon", "good evening", "good day", "ladies and gentlemen",
    "thank you", "thanks", "please", "go ahead", "you may go ahead", "your line is", "the next", "next", "our next",
    "the first question", "our first question", "we have time for", "bye", "goodbye", "over to", "back to", "i will now",
    "i'll now", "willkommen", "herzlich willkommen", "hallo", "guten tag", "guten morgen", "guten abend", "danke",
    "vielen dank", "bitte", "die nächste", "bienvenue", "bonjour", "bonsoir", "merci", "je vous en prie", "la prochaine",
    "bienvenid", "hola", "buenos días", "buenas tardes", "gracias", "por favor", "la siguiente", "benvenut",
    "buongiorno", "buonasera", "grazie", "prego", "welkom", "goedemorgen", "goedemiddag", "goedenavond", "dank",
    "bedankt", "bem-vind", "olá", "bom dia", "boa tarde", "obrigad", "witam", "dzień dobry", "dziękuj", "proszę",
];
/// The beginning of a turn in which one may be, in characters.
const LOOKED_AT: usize = 40;

/// Whether a turn is one.
pub(super) fn is_one(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let lower: String = start.chars().take(LOOKED_AT).flat_map(char::to_lowercase).collect();
    let lower = lower.replace('’', "'");
    // Stems such as `bienvenid` go on.
    let is_begun = |known: &str| {
        let rest = lower.strip_prefix(known);
        rest.is_some_and(|rest| STEMS.contains(&known) || !rest.starts_with(char::is_alphanumeric))
    };
    let begins_alike = |known: &&&str| known.as_bytes().first() == lower.as_bytes().first();
    BEGINNINGS.iter().filter(begins_alike).any(|known| is_begun(known)) && text.split_whitespace().nth(WORDS).is_none()
}

/// Those of the beginnings that are no whole words.
const STEMS: &[&str] = &["bienvenid", "benvenut", "bem-vind", "obrigad", "dziękuj", "goedemorgen"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_that_lead_a_talk_begin_so() {
        for text in [
            "Welcome to the call, please go ahead.",
            "Thank you. Our next speaker is Tom.",
            "Please go ahead.",
            "Herzlich willkommen in der Runde.",
            "¡Bienvenidos a todos!",
            "– Merci, Anne.",
        ] {
            assert!(is_one(text), "{text}");
        }
    }

    #[test]
    fn turns_that_tell_something_do_not() {
        let long = format!("Thank you, {}", "and we had wasps as well ".repeat(6));
        for text in ["We had wasps as well.", "Nextdoor they keep bees.", "Hives need light.", "", long.as_str()] {
            assert!(!is_one(text), "{text}");
        }
    }
}

//! What services for transcripts and subtitles write below their texts to be bought: `Sonix is the best audio automated
//! transcription service`, `Visit www.happyscribe.com to learn more.`
//!
//! In: a line below the last words of a talk, or a sentence of it. Out: whether it is nothing else. Opinions on a
//! service are somebody's, so it is told by the words of the service alone.

use super::made::is_service;
use super::parts::is_address;

/// Longer lines are none, in bytes; so are longer invitations, in words.
const LONGEST: usize = 700;
const WORDS: usize = 14;

/// How such texts begin.
#[rustfmt::skip]
const STARTS: &[&str] = &[
    "sonix is the best audio", "sonix is the best online", "sonix is the best automated", "sonix is the industry",
    "sonix is the world", "sonix is an online audio", "sonix uses cutting-edge", "sonix accurately transcribed",
    "sonix quickly and accurately", "sonix has many features", "sonix takes transcription", "try sonix for free",
    "the above audio transcript", "quickly and accurately convert", "manual audio transcription is tedious",
    "are you a podcaster looking for automated transcription", "better audio means a higher transcript accuracy",
    "rapid advancements in speech-to-text", "automated transcription is getting more accurate",
    "get the most out of your audio content with", "imagine a world where automated transcription",
    "here are five reasons you should transcribe", "do you have a lot of background noise in your audio",
    "create better transcripts with online automated", "sometimes you don't have super fancy audio recording",
    "lots of professionals in a variety of industries need to transcribe", "convert audio to text with",
    "transcribe audio to text with", "transcribe more than 30 minutes", "transcribe longer files",
    "npr transcripts are created on a rush deadline",
];
/// That a text was made for nothing.
#[rustfmt::skip]
const FREE: &[&str] = &[
    "to remove this message", "to remove this watermark", "to remove this notice", "the free version of",
    "the free plan", "a free trial of", "der kostenlosen version", "la version gratuite", "la versión gratuita",
    "la versione gratuita", "a versão gratuita", "de gratis versie", "darmowej wersji", "diese nachricht zu entfernen",
    "supprimer ce message", "eliminar este mensaje", "rimuovere questo messaggio", "remover esta mensagem",
    "dit bericht te verwijderen", "usunąć tę wiadomość", "ta bort detta meddelande", "fjerne denne besked",
    "fjerne denne meldingen",
];
/// What it says of the text.
const MADE: &[&str] =
    &["transcri", "transkri", "trascri", "transkry", "subtitle", "untertitel", "sous-titr", "created"];
/// How an invitation begins.
#[rustfmt::skip]
const INVITES: &[&str] = &[
    "visit", "learn", "try", "see", "go", "start", "sign", "upgrade", "get", "find", "read", "more", "subscribe",
    "transcribe", "besuchen", "mehr", "erfahren", "jetzt", "testen", "visitez", "essayez", "découvrez", "plus",
    "visita", "visite", "prueba", "pruebe", "más", "prova", "scopri", "experimente", "saiba", "bezoek", "probeer",
    "meer", "odwiedź", "wypróbuj", "więcej", "besök", "läs", "besøg", "les",
];

/// Whether a line is such a text as a whole.
pub(super) fn is_one(line: &str) -> bool {
    let line = line.trim().trim_start_matches(['(', '[', '*']);
    if line.len() > LONGEST || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let lower = line.to_lowercase().replace('’', "'");
    let has = |list: &[&str]| list.iter().any(|words| lower.contains(words));
    STARTS.iter().any(|start| lower.starts_with(start)) || (has(FREE) && has(MADE) && names_service(&lower))
}

/// `Visit www.happyscribe.com to learn more`: an invitation with an address or the name of a service.
pub(super) fn invites(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let mut words = lower.split_whitespace();
    let opens = words.next().is_some_and(|first| INVITES.contains(&first));
    opens && words.count() < WORDS && (lower.split_whitespace().any(is_address) || names_service(&lower))
}

/// Whether a text in small letters names a service.
fn names_service(lower: &str) -> bool {
    let bare = |word: &str| is_service(word.trim_matches(|c: char| !c.is_alphanumeric()));
    lower.contains("happy scribe") || lower.contains("good tape") || lower.split_whitespace().any(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_services_advertise_is_told_by_their_words() {
        for line in [
            "Sonix is the best audio automated transcription service in 2024. Our algorithms works with many formats.",
            "The above audio transcript was transcribed by the best audio transcription service called Sonix.",
            "Are you a podcaster looking for automated transcription? Sonix can help you.",
            "Transcript created with the free version of TurboScribe.",
            "(Transcrito por TurboScribe.ai. Actualiza a Ilimitado para eliminar este mensaje.)",
            "Diese Transkription wurde mit der kostenlosen Version von Amberscript erstellt.",
        ] {
            assert!(is_one(line), "{line}");
        }
        for sentence in [
            "Visit www.happyscribe.com to learn more.",
            "Try Sonix today",
            "Mehr auf www.hark.de",
            "Go to Hark.com to edit it",
        ] {
            assert!(invites(sentence), "{sentence}");
        }
    }

    #[test]
    fn opinions_on_services_are_somebodys() {
        for line in [
            "Sonix is the best, I think.",
            "Sonix is the service that got my name wrong.",
            "We took the free version of life.",
            "I asked TurboScribe to remove this message from my life.",
            "The free plan was enough for our choir.",
            "My transcript came with a free trial of patience.",
        ] {
            assert!(!is_one(line), "{line}");
        }
        for sentence in ["Visit my mother.", "Try again.", "I visit www.hark.de", "Go home"] {
            assert!(!invites(sentence), "{sentence}");
        }
    }
}

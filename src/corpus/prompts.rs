//! Turns by which people are asked for words without a question: `Tell me about the bees`.
//!
//! In: what somebody says in one turn. Out: whether it asks for words, or thanks for a talk. It tells
//! nothing of who asks by itself: people who answer say `Tell me about it`, too.

/// How sentences begin that ask somebody to talk.
const REQUESTS: &[&str] = &[
    "tell me",
    "tell us",
    "describe",
    "explain",
    "talk me through",
    "talk us through",
    "walk me through",
    "walk us through",
    "talk about",
    "say more",
    "give me an example",
    "i should like to",
    "i would like to hear",
    "i would like to know",
    "i'd like to hear",
    "i'd like to know",
    "i'd love to hear",
    "let us talk",
    "let's talk",
    "let's start",
    "erzählen sie",
    "erzähl",
    "beschreiben sie",
    "beschreib",
    "schildern sie",
    "racontez",
    "parlez-moi",
    "décrivez",
    "cuénteme",
    "cuéntame",
    "hábleme",
    "describa",
];
/// Requests wherever they stand.
const WITHIN: &[&str] = &["like to hear more", "tell me more about"];
/// Thanks for a whole talk.
const THANKS: &[&str] = &[
    "thank you so much for",
    "thank you very much for",
    "thank you for your time",
    "thank you for talking",
    "thank you for taking",
    "thank you for sharing",
    "thank you for all",
    "thanks for your time",
    "thanks for talking",
    "thanks for taking",
    "thanks for sharing",
    "vielen dank für",
    "merci beaucoup pour",
    "muchas gracias por",
];
/// Words before a request.
const BEFORE: &[&str] = &["and", "so", "now", "then", "please", "okay", "ok", "well", "und", "bitte", "et", "y"];
/// What people say of something they know well.
const IDIOMS: &[&str] = &["tell me about it", "explain that to me"];

/// Whether a turn asks for words without a question, or thanks for them.
pub(super) fn asks_for_words(text: &str) -> bool {
    text.split_inclusive(['.', '!', '?', '\n']).filter(|sentence| !sentence.ends_with('?')).any(|sentence| {
        let words = bare_words(sentence);
        let begins = |list: &[&str]| {
            list.iter()
                .any(|known| words.strip_prefix(known).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
        };
        !IDIOMS.contains(&words.as_str())
            && (begins(REQUESTS) || begins(THANKS) || WITHIN.iter().any(|known| words.contains(known)))
    })
}

/// The words of a sentence in lower case and without their signs, from the first that is none of [`BEFORE`] on.
fn bare_words(sentence: &str) -> String {
    let mut words = String::with_capacity(sentence.len());
    for word in sentence.split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        let before = words.len();
        if before > 0 {
            words.push(' ');
        }
        if bare.is_ascii() {
            words.extend(bare.chars().map(|c| c.to_ascii_lowercase()));
        } else {
            words.push_str(&bare.to_lowercase().replace('’', "'"));
        }
        if before == 0 && BEFORE.contains(&words.as_str()) {
            words.clear();
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_told_from_words() {
        for text in [
            "Tell me about the bees.",
            "I see. And, please, describe the shed.",
            "And the winter, I should like to hear more about that one.",
            "I see. Thank you so much for all of this, Lena.",
            "Erzählen Sie von den Bienen.",
        ] {
            assert!(asks_for_words(text), "{text}");
        }
        for text in [
            "Tell me about it!",
            "They tell me nothing.",
            "He described the shed.",
            "Described in books.",
            "Can you tell me why?",
            "Thank you.",
            "",
        ] {
            assert!(!asks_for_words(text), "{text}");
        }
    }
}

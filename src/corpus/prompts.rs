//! Turns by which people are asked for words without a question: `Tell me about the bees`.
//!
//! In: what somebody says in one turn. Out: whether it asks for words, or thanks for a talk. It tells
//! nothing of who asks by itself: people who answer say `Tell me about it`, too.

use memchr::memchr2_iter;

use super::label_key::push_small_ascii;

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
    "let's begin",
    "let us begin",
    "let us start",
    "take me through",
    "take us through",
    "take me back",
    "think back",
    "say what",
    "say how",
    "say something about",
    "say a little",
    "say a bit",
    "start with",
    "start by",
    "begin with",
    "begin by",
    "erzählen sie",
    "erzähl",
    "beschreiben sie",
    "beschreib",
    "schildern sie",
    "berichten sie",
    "fangen wir",
    "beginnen wir",
    "racontez",
    "parlez-moi",
    "décrivez",
    "dites-moi",
    "expliquez",
    "commençons",
    "mi racconti",
    "mi dica",
    "descriva",
    "cominciamo",
    "vertel",
    "beschrijf",
    "laten we beginnen",
    "conte-me",
    "fale-me",
    "descreva",
    "proszę opowiedzieć",
    "cuénteme",
    "explíqueme",
    "empecemos",
    "cuéntame",
    "hábleme",
    "describa",
];
/// Requests wherever they stand.
const WITHIN: &[&str] = &["like to hear more", "tell me more about"];
/// A word of each of them.
const IN_WITHIN: &str = "more";
/// Bytes of a sentence that are compared with beginnings, none of which is longer.
const LONGEST_BEGINNING: usize = 24;
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
/// How they end in Japanese, and what people say before any work begins.
const ENDS: &[&str] = &["ください", "下さい", "お願いします", "お願いいたします"];
const GREETINGS_END: &[&str] =
    &["よろしくお願いします", "宜しくお願いします", "よろしくお願いいたします", "宜しくお願いいたします"];
/// Words before a request.
const BEFORE: &[&str] = &["and", "so", "now", "then", "please", "okay", "ok", "well", "und", "bitte", "et", "y"];
/// What people say of something they know well.
const IDIOMS: &[&str] = &["tell me about it", "explain that to me"];
/// How such things begin.
const IDIOMATIC: &[&str] = &["say what you like", "say what you want", "say what you will"];

/// Whether a turn asks for words without a question, or thanks for them.
pub(super) fn asks_for_words(text: &str) -> bool {
    if ends_in_request(text) {
        return true;
    }
    text.split_inclusive(['.', '!', '?', '\n']).filter(|sentence| !sentence.ends_with('?')).any(|sentence| {
        let words = bare_words(sentence, LONGEST_BEGINNING);
        let first = words.bytes().next();
        let begins = |list: &[&str]| {
            let of_letter = list.iter().filter(|known| known.bytes().next() == first);
            let mut behind = of_letter.filter_map(|known| words.strip_prefix(known));
            behind.any(|rest| !rest.starts_with(char::is_alphanumeric))
        };
        let is_within = || {
            let holds_it = |at: usize| {
                let word = sentence.as_bytes().get(at..at + IN_WITHIN.len());
                word.is_some_and(|word| word.eq_ignore_ascii_case(IN_WITHIN.as_bytes()))
            };
            let may_be = || memchr2_iter(b'm', b'M', sentence.as_bytes()).any(holds_it);
            may_be() && WITHIN.iter().any(|known| bare_words(sentence, usize::MAX).contains(known))
        };
        !IDIOMS.contains(&words.as_str()) && !begins(IDIOMATIC) && (begins(REQUESTS) || begins(THANKS) || is_within())
    })
}

/// Whether the last sentence of a turn asks for words in Japanese: `…話を聞かせてください。`
fn ends_in_request(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    let ends = |list: &[&str]| list.iter().any(|known| end.ends_with(known));
    ends(ENDS) && !ends(GREETINGS_END)
}

/// The words of a sentence in lower case and without their signs, from the first that is none of [`BEFORE`] on, up to
/// the one that ends behind so many bytes.
fn bare_words(sentence: &str, longest: usize) -> String {
    let mut words = String::with_capacity(sentence.len().min(2 * LONGEST_BEGINNING));
    for word in sentence.split_whitespace() {
        if words.len() > longest {
            break;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if bare.is_empty() {
            continue;
        }
        let before = words.len();
        if before > 0 {
            words.push(' ');
        }
        if bare.is_ascii() {
            push_small_ascii(&mut words, bare);
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
    fn no_beginning_is_longer_than_what_is_compared() {
        for known in [REQUESTS, THANKS, IDIOMS, IDIOMATIC].concat() {
            assert!(known.len() <= LONGEST_BEGINNING, "{known}");
        }
    }

    #[test]
    fn requests_are_told_from_words() {
        for text in [
            "Tell me about the bees.",
            "I see. And, please, describe the shed.",
            "And the winter, I should like to hear more about that one.",
            "I see. Thank you so much for all of this, Lena.",
            "Erzählen Sie von den Bienen.",
            "Let’s begin with the shed.",
            "I see. Take me through the winter.",
            "So, say how it began.",
            "Mi racconti delle api.",
            "働き始めたころの話を聞かせてください。",
            "最後に将来のことをお願いします。",
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
            "Say what you like, it was cold.",
            "We start with the hives.",
            "よろしくお願いします。",
            "宜しくお願いいたします。",
            "脱衣所で落語の会を開いています。",
            "",
        ] {
            assert!(!asks_for_words(text), "{text}");
        }
    }
}

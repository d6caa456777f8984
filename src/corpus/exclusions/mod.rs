//! What an answer must not be to count as one.
//!
//! In: the text of a whole answer, and where it stands. Out: whether it is a courtesy or a
//! non-answer. It judges the share of words of a kind, not a list of sentences, and it never
//! removes anything: the unit divider marks.

mod english;
mod remarks;

use self::english::*;
pub(crate) use self::remarks::spoken;
use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::sentences::{sentences, words};

/// [`COURTESY`] and [`PLAIN`], to be looked up.
pub(super) static KIND: LazyLock<HashSet<&str>> = LazyLock::new(|| COURTESY.iter().copied().collect());

pub(super) static ANY: LazyLock<HashSet<&str>> = LazyLock::new(|| PLAIN.iter().copied().collect());

/// Longest courtesy and longest non-answer in words.
pub(super) const MAX_COURTESY: usize = 45;

pub(super) const MAX_NON_ANSWER: usize = 10;

/// One word of a courtesy in so many may be anything: "I enjoyed meeting you all".
const OTHER_WORDS: usize = 8;

/// Bytes no word of a short answer goes beyond on average; saves counting the words of long ones.
pub(super) const LONGEST_WORD: usize = 40;

/// Whether an answer that opens or closes a transcript is a mere courtesy.
pub(crate) fn is_courtesy(text: &str) -> bool {
    if says_too_much(text) {
        return false;
    }
    let (mut all, mut courteous, mut unknown) = (0, 0, 0);
    for sentence in sentences(text) {
        let words = plain_words(&text[sentence]);
        // Longer answers are none, whatever else they say.
        if all + words.len() > MAX_COURTESY {
            return false;
        }
        let kind_word = |word: &String| KIND.contains(word.as_str());
        let known = |word: &&String| kind_word(word) || ANY.contains(word.as_str());
        let other = words.len() - words.iter().filter(known).count();
        let pairs = words.windows(2).filter(|pair| COURTEOUS_PAIRS.contains(&(&pair[0], &pair[1])));
        let kind = words.iter().filter(|word| kind_word(word)).count() + pairs.count();
        // A sentence that is not courteous itself may hold nothing beyond plain words.
        if other > 0 && (kind == 0 || says_about_what(&words)) {
            return false;
        }
        all += words.len();
        courteous += kind;
        unknown += other;
    }
    courteous > 0 && all <= MAX_COURTESY && unknown * OTHER_WORDS <= all && (courteous * 6 >= all || unknown == 0)
}

/// Whether a sentence names what was spoken about: `That is all I can say about my mother`.
fn says_about_what(words: &[String]) -> bool {
    let is_own = |word: &String| !KIND.contains(word.as_str()) && !ANY.contains(word.as_str());
    words.iter().enumerate().filter(|(_, word)| *word == "about").any(|(at, _)| {
        let mut behind = words[at + 1..].iter().skip_while(|word| WHOSE.contains(&word.as_str()));
        behind.next().is_some_and(is_own)
    })
}

/// Whether a text surely holds more words beyond courtesy than the longest courtesy may: most answers do, and
/// need not be cut into sentences. It looks at words between spaces and marks that end any word.
fn says_too_much(text: &str) -> bool {
    if !text.is_ascii() {
        return false;
    }
    let ends_words = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | ';' | '!' | '?' | '(' | ')' | '"' | '-');
    let is_plain = |word: &&str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_unknown = |word: &str| {
        let word = word.to_ascii_lowercase();
        !KIND.contains(word.as_str()) && !ANY.contains(word.as_str())
    };
    let words = text.split(ends_words).filter(is_plain);
    words.filter(|word| is_unknown(word)).nth(MAX_COURTESY / OTHER_WORDS).is_some()
}

/// Whether the whole answer says that there is none.
pub(crate) fn is_non_answer(text: &str) -> bool {
    if text.len() > LONGEST_WORD * MAX_NON_ANSWER || (text.is_ascii() && words(text) > MAX_NON_ANSWER) {
        return false;
    }
    let squeezed: String = text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    if matches!(squeezed.trim_end_matches(['.', '!']), "n/a" | "n.a" | "na" | "n\\a") {
        return true;
    }
    let words = plain_words(text);
    if words.is_empty() {
        return true; // dashes, dots, question marks
    }
    if words.len() > MAX_NON_ANSWER {
        return false;
    }
    let mut nothing = false;
    for word in &words {
        let says = NOTHING.contains(&word.as_str());
        nothing |= says;
        if !says && !AROUND_NOTHING.contains(&word.as_str()) {
            return false;
        }
    }
    nothing
}

/// Words in lower case with straight apostrophes, composed.
pub(super) fn plain_words(text: &str) -> Vec<String> {
    if text.is_ascii() {
        return text.unicode_words().map(str::to_ascii_lowercase).collect();
    }
    text.nfc()
        .map(|c| if c == '’' { '\'' } else { c })
        .collect::<String>()
        .unicode_words()
        .map(str::to_lowercase)
        .collect()
}

/// Words after which something is added all the same.
pub(super) const ADDING: &[&str] =
    &["but", "except", "although", "though", "however", "only", "just", "because", "wish", "hope", "should"];
/// Words of the sentence that declines, and of everything that follows it.
const DECLINE_WORDS: usize = 22;
const AFTERTHOUGHT_WORDS: usize = 10;

/// Words of its own from which a sentence says something.
const OWN_WORDS: usize = 2;

/// Whether `no` or `nothing` begins a sentence that says something: `No answer would be right here, buses are a mess`.
fn says_of_what(sentence: &str, words: &[String]) -> bool {
    let [first, next, rest @ ..] = words else { return false };
    let behind = sentence.trim_start().get(first.len()..).unwrap_or_default();
    let is_apart = !behind.starts_with(char::is_whitespace) || !behind.trim_start().starts_with(char::is_alphanumeric);
    let next = next.as_str();
    if is_apart || !ALONE.contains(&first.as_str()) || BEHIND_NO.contains(&next) || DECLINED.contains(&next) {
        return false;
    }
    let lists = [AROUND_NOTHING, NOTHING, DECLINED];
    let is_own =
        |word: &&str| !KIND.contains(word) && !ANY.contains(word) && lists.iter().all(|list| !list.contains(word));
    let all = std::iter::once(next).chain(rest.iter().map(String::as_str));
    next == "one" || all.filter(is_own).count() >= OWN_WORDS
}

/// Whether an answer to the closing question ("Anything you would like to add?") adds nothing: it
/// begins by declining, in a short sentence, and little follows.
pub fn declines(answer: &str) -> bool {
    let ranges = sentences(answer);
    let Some(first) = ranges.first().map(|range| &answer[range.clone()]) else { return false };
    let opening = plain_words(first);
    let all = plain_words(answer);
    let begins = DECLINES.iter().any(|phrase| {
        let phrase: Vec<&str> = phrase.split(' ').collect();
        opening.len() >= phrase.len() && opening.iter().zip(&phrase).all(|(word, wanted)| word == wanted)
    });
    begins
        && !says_of_what(first, &opening)
        && opening.len() <= DECLINE_WORDS
        && all.len() - opening.len() <= AFTERTHOUGHT_WORDS
        && !all.iter().any(|word| ADDING.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn courtesies() {
        for text in [
            "No, let's get started",
            "That's it, thank you!",
            "Nice! I think I'm good for questions. Let's get into it.",
            "No, that's all. Thanks!",
            "I think we covered the key points Thank you!",
            "Same to you!",
            "Sounds good.",
            "Yes, I am ready to begin.",
            "You’re welcome, bye!",
            "No questions.",
            "Thank you, that is all I can say about it.",
            "Thanks for asking me about this.",
        ] {
            assert!(is_courtesy(text), "{text}");
        }
    }

    #[test]
    fn answers_are_no_courtesies() {
        for text in [
            "No, but I should say that AI has taken over half my clients",
            "Great tools, but the pay is bad.",
            "I teach chemistry, thanks for asking.",
            "Yes.",
            "I believe it will continue to be the same.",
            "It was great for me.",
            "I'm definitely cautious. Hope this helps :)",
            "The rota was never fair to the night staff.",
            "Thank you, that is all I can say about my mother.",
            "Thanks for asking about the hives today.",
        ] {
            assert!(!is_courtesy(text), "{text}");
        }
    }

    #[test]
    fn non_answers() {
        for text in [
            "N/A",
            "n.a.",
            "na",
            "-",
            "...",
            "No",
            "None.",
            "Nothing",
            "don't know",
            "I don’t know.",
            "Not really",
            "Nothing comes to mind.",
            "idk",
            "I'm not sure",
            "Keine Ahnung",
            "?",
            "No, not at the moment.",
        ] {
            assert!(is_non_answer(text), "{text}");
        }
        for text in [
            "No one listens",
            "Nothing but trouble",
            "Yes",
            "I don't trust it",
            "No, we use paper.",
            "Sure",
            "So so tired",
        ] {
            assert!(!is_non_answer(text), "{text}");
        }
    }

    #[test]
    fn an_answer_that_adds_nothing_declines() {
        for answer in [
            "No, I'm done. You can have your chair back.",
            "No, that’s it, I think. That was quick!",
            "I believe we've covered everything we need to today.",
            "Not a thing. That was painless.",
            "No further comments or suggestions",
            "Nothing else comes to mind right now",
            "No I think they covered the hives well",
            "No worries, take care of the bees in winter.",
            "No. The buses are fine.",
        ] {
            assert!(declines(answer), "{answer}");
        }
        for answer in [
            "No, but I should say that it has taken over half my clients.",
            "Only that we should have been asked.",
            "No. The thing I keep coming back to is the money that it takes away from illustrators at the start.",
            "Nobody asked us.",
            "No answer would be right here, buses are a mess",
            "Nothing works on Sundays since they cut the line.",
            "No one listens.",
            "",
        ] {
            assert!(!declines(answer), "{answer}");
        }
    }
}

//! What a transcriber notes of sounds and gaps within an answer: `[laughs]`, `[inaudible 00:12]`, `(crosstalk)`.
//!
//! In: words as they were written. Out: those that were said, to be counted. What stands in brackets otherwise, such as
//! `[the hospital]` or `(we laughed)`, is said or stands for it.

use std::borrow::Cow;

/// Words by which a remark is known, in the languages of most transcripts; those of five letters or more may go on.
#[rustfmt::skip]
const SOUNDS: &[&str] = &[
    "laugh", "chuckl", "giggl", "inaudib", "unintelligib", "indistinct", "unclear", "crosstalk", "cross-talk", "overlap",
    "pause", "pausing", "silence", "sigh", "sighs", "sighing", "cough", "sniff", "cries", "crying", "sobs", "sobbing",
    "applause", "music", "mumbl", "clears", "throat", "lacht", "lachen", "unverständlich", "seufz", "hustet", "rires",
    "rire", "rit", "soupir", "risa", "risas", "ríe", "suspir", "incomprensib", "inaudív", "onverstaanba",
];
/// Shorter words are whole.
const SHORTEST_STEM: usize = 5;
/// Words that stand beside those.
#[rustfmt::skip]
const BESIDE: &[&str] = &[
    "a", "and", "the", "both", "all", "everyone", "speaker", "speakers", "participant", "interviewer", "group", "in",
    "background", "long", "short", "brief", "slight", "slightly", "nervous", "nervously", "softly", "loudly", "voice",
    "voices", "phone", "word", "words", "seconds", "sec", "section", "her", "his", "their", "again", "together", "at",
    "kurze", "lange", "und", "beide", "alle", "les", "deux", "tous",
];
/// A remark has no more words, and no more bytes.
const MOST_WORDS: usize = 5;
const LONGEST: usize = 60;

/// A text without the remarks in brackets.
pub(crate) fn spoken(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(open) = text[at..].find(['[', '(', '<', '{']).map(|open| at + open) {
        at = open + 1;
        let (opening, close) = match text.as_bytes()[open] {
            b'[' => ('[', "]]"),
            b'(' => ('(', "))"),
            b'<' => ('<', ">>"),
            _ => ('{', "}}"),
        };
        // Some conventions have two brackets: `((coughs))`.
        let width = if text[at..].starts_with(opening) { 2 } else { 1 };
        let inner = &text[open + width..];
        let Some(end) = inner.find(&close[..width]).filter(|end| *end <= LONGEST) else { continue };
        if is_remark(&inner[..end]) {
            kept.push_str(&text[from..open]);
            at = open + end + 2 * width;
            from = at;
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// Whether what stands in brackets is a remark: a sound or a gap, and nothing else but a time and a few words beside.
fn is_remark(inner: &str) -> bool {
    let lower = inner.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '?' | '!' | '/'))
        .map(|word| word.trim_matches(['(', '[', '-', '–', '*']))
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    let is_sound = |word: &&str| {
        SOUNDS.iter().any(|sound| word == sound || (sound.len() >= SHORTEST_STEM && word.starts_with(sound)))
    };
    words.len() <= MOST_WORDS
        && words.iter().any(is_sound)
        && words.iter().all(|word| is_sound(word) || BESIDE.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_not_spoken() {
        for (text, said) in [
            ("[laughs]", ""),
            ("[inaudible 00:12]", ""),
            ("(crosstalk)", ""),
            ("<laughter>", ""),
            ("[laughs] Yes, I did.", " Yes, I did."),
            ("It was (long pause) cold [unintelligible] there.", "It was  cold  there."),
            ("[Both laughing]", ""),
            ("[lacht] Naja", " Naja"),
            ("((coughs)) No", " No"),
        ] {
            assert_eq!(spoken(text), said, "{text}");
        }
    }

    #[test]
    fn other_words_in_brackets_are() {
        for text in [
            "[the hospital]",
            "We went (we laughed all the way) home.",
            "He is in [City], 3 < 4 > 2.",
            "It [laughs",
            "(so)",
            "[...]",
            "I [12:30] left",
            "<3 {é}",
        ] {
            assert!(matches!(spoken(text), Cow::Borrowed(_)), "{text}");
        }
    }
}

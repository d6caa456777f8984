//! What a transcriber notes of sounds and gaps within an answer: `[laughs]`, `[inaudible 00:12]`, `*sighs*`.
//!
//! In: words as they were written. Out: those that were said, to be counted. What stands in brackets otherwise, such as
//! `[the hospital]` or `(we laughed)`, is said or stands for it, and what is stressed (`*not* so`) is said.

use std::borrow::Cow;

use super::super::byte_set::ByteSet;

/// Words by which a remark is known, in the languages of most transcripts; those of five letters or more may go on.
#[rustfmt::skip]
const SOUNDS: &[&str] = &[
    "laugh", "chuckl", "giggl", "inaudib", "unintelligib", "indistinct", "unclear", "crosstalk", "cross-talk", "overlap",
    "pause", "pausing", "silence", "sigh", "sighs", "sighing", "cough", "sniff", "cries", "crying", "sobs", "sobbing",
    "applause", "music", "noise", "mumbl", "clears", "throat", "lacht", "lachen", "unverständlich", "seufz", "hustet", "rires",
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
    "kurze", "lange", "und", "beide", "alle", "les", "deux", "tous", "out", "loud", "quietly", "heavily", "briefly",
];
/// A remark has no more words, and no more bytes.
const MOST_WORDS: usize = 5;
const LONGEST: usize = 60;

/// Words that people stress, too, where signs stand around them: `the *silence* there`.
#[rustfmt::skip]
const STRESSED: &[&str] = &[
    "laugh", "laughter", "chuckle", "giggle", "unclear", "indistinct", "overlap", "pause", "silence", "sigh", "cough",
    "cries", "crying", "applause", "music", "noise", "throat", "lachen", "rire", "risa",
];
/// What opens a remark: a bracket, or a sign in place of one, `*laughs*`, `/inaudible/`, `_sighs_`.
const OPENINGS: ByteSet = ByteSet::of(b"[(<{*_/~|=-");
/// Some conventions have two brackets, and three: `((coughs))`.
const WIDEST: usize = 3;

/// A text without the remarks in brackets, and between signs that plainly set them off.
pub(crate) fn spoken(text: &str) -> Cow<'_, str> {
    let mut kept = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = OPENINGS.find(text, at) {
        at = open + 1;
        if let Some(end) = remark_at(text, open) {
            kept.push_str(&text[from..open]);
            (from, at) = (end, end);
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    kept.push_str(&text[from..]);
    Cow::Owned(kept)
}

/// The end of the remark that starts with a bracket or a sign at this byte.
fn remark_at(text: &str, open: usize) -> Option<usize> {
    let mark = text[open..].chars().next()?;
    let close = match mark {
        '[' => ']',
        '(' => ')',
        '<' => '>',
        '{' => '}',
        sign => sign,
    };
    // `cross-talk`
    if close == mark && text[..open].ends_with(char::is_alphanumeric) {
        return None;
    }
    let width = text[open..].chars().take(WIDEST).take_while(|&c| c == mark).count();
    let rest = &text[open + width..];
    let end = (LONGEST + width..rest.len()).find(|&end| rest.is_char_boundary(end)).unwrap_or(rest.len());
    let closing = close.to_string().repeat(width);
    let inner = &rest[..rest[..end].find(&closing).filter(|end| *end <= LONGEST)?];
    let behind = open + inner.len() + 2 * width;
    let is_set_off = || close != mark || is_apart(&text[..open], inner, &text[behind..]);
    (is_remark(inner) && is_set_off()).then_some(behind)
}

/// Whether signs around words are no stress: around a word that nobody stresses, or between sentences.
fn is_apart(before: &str, inner: &str, behind: &str) -> bool {
    if behind.starts_with(char::is_alphanumeric) || inner.contains('\n') {
        return false;
    }
    let lower = inner.to_lowercase();
    // `I *laughed*` tells what was done.
    let is_stressed = |word: &str| STRESSED.contains(&word) || word.ends_with("ed");
    let is_plain = || !lower.split(|c: char| !c.is_alphanumeric()).any(is_stressed);
    let starts = !before.trim_end().ends_with(|c: char| c.is_alphanumeric() || c == ',');
    let ends = !behind.trim_start().starts_with(|c: char| c.is_alphanumeric() && !c.is_uppercase());
    is_plain() || (starts && ends)
}

/// Whether what stands in brackets, or between signs, is a remark: a sound or a gap, and nothing else but a time and a
/// few words beside.
fn is_remark(inner: &str) -> bool {
    let lower = inner.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '.' | '?' | '!' | '/'))
        .map(|word| word.trim_matches(['(', ')', '[', ']', '-', '–', '*', '_', '~']))
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
            ("(((laughs)))", ""),
            ("*laughs*", ""),
            ("**laughs out loud**", ""),
            ("/inaudible/ Yes, //sighs// I did.", " Yes,  I did."),
            ("_chuckles_ ~sobs~ |coughs| =laughs= -sighs-", "    "),
            ("Yes, *laughs* no.", "Yes,  no."),
            ("*silence*", ""),
            ("It was cold. *pause* And then", "It was cold.  And then"),
            ("<noise>", ""),
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
            "*not* what I meant",
            "That is *not* it, and/or _never_ was.",
            "It was the *silence* there.",
            "No, *music* is what I want.",
            "I *laughed*",
            "See https://a.org/laughs/all and cross-talk-free.",
            "*laughs",
            "---",
            "* * *",
        ] {
            assert!(matches!(spoken(text), Cow::Borrowed(_)), "{text}");
        }
    }
}

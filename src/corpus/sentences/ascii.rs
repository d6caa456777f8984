//! The borders of sentences, and the words, in a text of nothing but ASCII: most texts are such, and need no tables of all
//! characters.
//!
//! In: such a text. Out: where its sentences begin behind the first, and its number of words, by the rules of Unicode's
//! annex 29, the same that the tables give. It puts nothing right that these rules get wrong.

use super::super::byte_set::ByteSet;

/// Where the sentences of a text begin behind the first, in order.
pub(super) fn borders(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, &byte) in bytes.iter().enumerate() {
        let border = match byte {
            b'.' | b'!' | b'?' => behind_mark(bytes, at),
            b'\n' => Some(at + 1),
            b'\r' => Some(at + 1).filter(|&next| bytes.get(next) != Some(&b'\n')),
            _ => None,
        };
        found.extend(border.filter(|&border| border < bytes.len()));
    }
    found
}

/// Where the sentence begins that follows a full stop or another such mark, if it ends one.
fn behind_mark(bytes: &[u8], mark: usize) -> Option<usize> {
    let behind = |from: usize, is: fn(&u8) -> bool| from + bytes[from..].iter().take_while(|byte| is(byte)).count();
    let closed = behind(mark + 1, |byte| matches!(byte, b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}'));
    let next = behind(closed, |byte| matches!(byte, b' ' | b'\t' | 0x0B | 0x0C));
    let first = *bytes.get(next)?;
    if matches!(first, b'\n' | b'\r' | b'.' | b'!' | b'?' | b',' | b'-' | b':' | b';') {
        return None;
    }
    let is_stop = bytes[mark] == b'.';
    let is_right_behind = next == mark + 1;
    // `3.5`, `U.S`
    let is_in_capitals = || first.is_ascii_uppercase() && mark > 0 && bytes[mark - 1].is_ascii_alphabetic();
    if is_stop && is_right_behind && (first.is_ascii_digit() || is_in_capitals()) {
        return None;
    }
    (!is_stop || !goes_on_small(&bytes[next..])).then_some(next)
}

/// Whether the first letter is a small one, and nothing ends before it.
fn goes_on_small(bytes: &[u8]) -> bool {
    let is_telling = |byte: &&u8| byte.is_ascii_alphabetic() || matches!(byte, b'\n' | b'\r' | b'.' | b'!' | b'?');
    bytes.iter().find(is_telling).is_some_and(u8::is_ascii_lowercase)
}

/// What words are made of.
const LETTERS: ByteSet = ByteSet::of(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

/// The number of words of a text.
pub(super) fn words(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut count, mut in_word) = (0, false);
    for (at, &byte) in bytes.iter().enumerate() {
        if LETTERS.has(byte) {
            count += usize::from(!in_word);
            in_word = true;
        } else if in_word {
            in_word = joins(bytes, at);
        }
    }
    count
}

/// Whether a sign within a text goes on with the word before it.
fn joins(bytes: &[u8], at: usize) -> bool {
    let are = |is: fn(&u8) -> bool| is(&bytes[at - 1]) && bytes.get(at + 1).is_some_and(is);
    match bytes[at] {
        b'_' => true,
        b'.' | b'\'' => are(u8::is_ascii_alphabetic) || are(u8::is_ascii_digit),
        b':' => are(u8::is_ascii_alphabetic),
        b',' | b';' => are(u8::is_ascii_digit),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    fn agrees(text: &str) {
        let borders: Vec<usize> = text.split_sentence_bound_indices().map(|(at, _)| at).skip(1).collect();
        assert_eq!(super::borders(text), borders, "{text:?}");
        assert_eq!(super::words(text), text.unicode_words().count(), "{text:?}");
    }

    #[test]
    fn every_sign_is_read_as_the_tables_have_it() {
        for sign in (0..128u8).map(char::from) {
            for around in
                ["a.{}b", "a.{} b", "A. {}B", "a!{}B", "a? {} B", "a{}b", "1{}2", "a.\"{}\" b", "{}", "a {} b.", "A.{}"]
            {
                agrees(&around.replace("{}", &sign.to_string()));
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn borders_and_words_are_those_of_the_tables(text in "[aB1 .!?\n\r\t\x0b\"')(,:;_@-]{0,24}") {
            agrees(&text);
        }
    }
}

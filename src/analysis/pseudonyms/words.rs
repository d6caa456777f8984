//! A text as words, as names are compared.
//!
//! In: a text. Out: its words with their places: runs of letters, with apostrophes inside, or of digits. What
//! stands between two words tells whether they may belong to one name. It changes nothing.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::policy::{LONGEST_ELISION, TITLES};

/// A word of a text.
#[derive(Clone, Debug)]
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    /// As words are compared: composed (NFC), in lower case, with `'` for every apostrophe.
    pub(super) key: String,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇')
}

/// Letters, and marks on letters.
fn is_letter(c: char) -> bool {
    c.is_alphabetic() || matches!(c, '\u{300}'..='\u{36f}')
}

/// What stands within words and is not seen: soft hyphens of PDF and Word, joiners and spaces without width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// The words of a text, in their order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let digits = first.is_numeric();
        if !digits && !is_letter(first) {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, c)) = characters.peek() {
            let inner = |c| is_apostrophe(c) && seen_after(&text[at..]).is_some_and(is_letter);
            let unseen = |c| is_unseen(c) && seen_after(&text[at..]).is_some_and(|c| is_letter(c) || is_apostrophe(c));
            if (digits && c.is_numeric()) || (!digits && (is_letter(c) || inner(c) || unseen(c))) {
                end = at + c.len_utf8();
                characters.next();
            } else {
                break;
            }
        }
        found.push(Word { at: start..end, key: key(&text[start..end]) });
    }
    found
}

/// The character after the first of a text that is seen.
fn seen_after(text: &str) -> Option<char> {
    text.chars().skip(1).find(|&c| !is_unseen(c))
}

/// The form in which words are compared.
pub(super) fn key(word: &str) -> String {
    let plain = |c: char| if is_apostrophe(c) { '\'' } else { c };
    word.chars().filter(|&c| !is_unseen(c)).nfc().map(plain).flat_map(char::to_lowercase).collect()
}

/// How else a word is spelt where people leave accents out, as it is compared: `jose` for `josé`; `muller` and
/// `mueller` for `müller`. Nothing for a word without accents.
pub(super) fn without_accents(key: &str) -> Vec<String> {
    let is_mark = |c: &char| matches!(c, '\u{300}'..='\u{36f}');
    let bare = |text: &str| -> String { text.nfd().filter(|c| !is_mark(c)).nfc().collect() };
    let spelt = |as_two_letters: bool| -> String {
        let mut spelt = String::with_capacity(key.len() + 4);
        for c in key.nfc() {
            match (as_two_letters, c) {
                (true, 'ä') => spelt.push_str("ae"),
                (true, 'ö' | 'ø') => spelt.push_str("oe"),
                (true, 'ü') => spelt.push_str("ue"),
                (true, 'å') => spelt.push_str("aa"),
                (false, 'ø') => spelt.push('o'),
                (_, 'æ') => spelt.push_str("ae"),
                (_, 'œ') => spelt.push_str("oe"),
                (_, 'ß') => spelt.push_str("ss"),
                (_, 'þ') => spelt.push_str("th"),
                (_, 'ð' | 'đ') => spelt.push('d'),
                (_, 'ł') => spelt.push('l'),
                (_, 'ı') => spelt.push('i'),
                (_, c) => spelt.push(c),
            }
        }
        bare(&spelt)
    };
    let (own, mut found) = (key.nfc().collect::<String>(), vec![spelt(false), spelt(true)]);
    found.dedup();
    found.retain(|spelt| *spelt != own);
    found
}

/// A word without a possessive: `tom` of `tom's`; and the bytes of it that are left.
pub(super) fn without_possessive<'w>(word: &'w Word, text: &str) -> Option<(&'w str, usize)> {
    let stem = word.key.strip_suffix("'s")?;
    let written = &text[word.at.clone()];
    let at = written.rfind(is_apostrophe)?;
    Some((stem, word.at.start + at))
}

/// Whether what stands between two words of a name may stand there: spaces, one hyphen or underscore, a point
/// after an initial, nothing between letters and digits.
pub(super) fn joins(between: &str, before: &Word) -> bool {
    let is_initial = before.key.chars().count() == 1;
    let rest = if is_initial { between.strip_prefix('.').unwrap_or(between) } else { between };
    let spaces = |text: &str| text.chars().all(|c| c.is_whitespace()) && text.matches('\n').count() < 2;
    spaces(rest) || matches!(rest, "-" | "‐" | "‑" | "_")
}

/// Whether a sentence may start at a byte: nothing but quotes and brackets stands between it and the beginning, a
/// blank line, or the end of a sentence. `Dr. May` and `J. May` start none.
pub(super) fn may_start_sentence(text: &str, at: usize) -> bool {
    let opens = |c: char| c.is_whitespace() || "\"'“”‘’«»„‚([{–—-*_>".contains(c);
    let before = text[..at].trim_end_matches(opens);
    let between = &text[before.len()..at];
    let Some(last) = before.chars().next_back() else { return true };
    match last {
        '.' => {
            let word = before[..before.len() - 1].rsplit(|c: char| !is_letter(c)).next().unwrap_or_default();
            let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
            !is_initial && !TITLES.contains(&key(word).as_str())
        }
        '!' | '?' | '…' | ':' | '。' | '！' | '？' => true,
        _ => between.matches('\n').count() > 1,
    }
}

/// Whether a word is written with a capital; that of `d'Arcy` stands behind the apostrophe.
pub(super) fn has_capital(word: &str) -> bool {
    let is_capital = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    let behind = word.split_once(is_apostrophe).filter(|(before, _)| before.chars().count() <= LONGEST_ELISION);
    is_capital(word) || behind.is_some_and(|(_, behind)| is_capital(behind))
}

/// Whether words of a script are not set apart by spaces, or take endings without any: a name in it is looked for
/// within words.
pub(super) fn is_unspaced(text: &str) -> bool {
    text.chars().any(|c| matches!(c, '\u{e00}'..='\u{eff}' | '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.key).collect()
    }

    #[test]
    fn words_end_at_everything_but_letters() {
        assert_eq!(
            keys("Tom’s dog, tom_2 and O'Brien-Smith."),
            ["tom's", "dog", "tom", "2", "and", "o'brien", "smith"]
        );
        assert_eq!(keys("Jose\u{301} José 'quoted'"), ["josé", "josé", "quoted"]);
        assert_eq!(keys(""), Vec::<String>::new());
    }

    #[test]
    fn marks_that_are_not_seen_part_no_word() {
        assert_eq!(keys("Isi\u{ad}dora, Ru\u{200b}pert\u{200b}'s, end\u{ad} of"), ["isidora", "rupert's", "end", "of"]);
        assert_eq!(keys("one\u{200b} two"), ["one", "two"]);
    }

    #[test]
    fn a_capital_may_stand_behind_an_apostrophe() {
        assert!(["Rosa", "d'Aubray", "O’Neal"].into_iter().all(has_capital));
        assert!(!["rosa", "d'aubray", "it's", "grand'Rue"].into_iter().any(has_capital));
    }

    #[test]
    fn accents_come_off_and_umlauts_become_two_letters() {
        for (word, spelt) in [
            ("josé", "jose"),
            ("jose\u{301}", "jose"),
            ("günther", "gunther guenther"),
            ("ößner", "ossner oessner"),
            ("søren", "soren soeren"),
            ("wałęsa", "walesa"),
            ("алёна", "алена"),
            ("o'brien", ""),
            ("김민수", ""),
            ("tom", ""),
        ] {
            assert_eq!(without_accents(word).join(" "), spelt, "{word}");
        }
    }

    #[test]
    fn possessives_come_off() {
        let text = "Tom’s";
        let word = &words(text)[0];
        assert_eq!(without_possessive(word, text), Some(("tom", 3)));
        let text = "Toms";
        assert_eq!(without_possessive(&words(text)[0], text), None);
    }

    #[test]
    fn starts_of_sentences_are_known() {
        for (text, word, starts) in [
            ("Will said", "Will", true),
            ("“Will said", "Will", true),
            ("No. Will said", "Will", true),
            ("and Will said", "Will", false),
            ("Dr. Will said", "Will", false),
            ("J. Will said", "Will", false),
            ("one, Will said", "Will", false),
            ("no end\nWill said", "Will", false),
            ("no end\n\nWill said", "Will", true),
        ] {
            assert_eq!(may_start_sentence(text, text.find(word).unwrap()), starts, "{text:?}");
        }
    }
}

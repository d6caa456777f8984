//! The forms in which labels are compared, and the one in which they are shown.
//!
//! In: a label as written. Out: what all ways of writing it have in common, and how far two are apart. It never looks
//! at what is said.

use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// The form in which labels are compared: as shown, lower case, single spaces, wide letters and signs, and the digits
/// of other scripts, as usual ones.
pub(crate) fn key(label: &str) -> String {
    // Most labels are one word.
    if label.bytes().all(|byte| byte.is_ascii_graphic()) {
        return label.to_ascii_lowercase();
    }
    let shown = shown(label);
    let label = shown.as_deref().unwrap_or(label);
    let mut key = String::with_capacity(label.len());
    for word in label.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        if word.is_ascii() {
            push_small_ascii(&mut key, word);
        } else {
            key.extend(word.chars().map(as_usual).flat_map(char::to_lowercase));
        }
    }
    key
}

/// Adds a word of ASCII in small letters, without looking at each of its characters.
pub(super) fn push_small_ascii(to: &mut String, word: &str) {
    let start = to.len();
    to.push_str(word);
    to[start..].make_ascii_lowercase();
}

/// `Ｑ` and `（`, as they are typed in Japanese and Chinese, are `Q` and `(`. In small letters, the Turkish `İ` is an `i`
/// without another dot.
fn as_usual(c: char) -> char {
    if c == 'İ' { 'i' } else { digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(half_width(c)) }
}

/// Zeros of scripts that write numbers with signs of their own, each followed by the other digits: Arabic, Persian,
/// Devanagari, Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Burmese, Khmer.
#[rustfmt::skip]
const ZEROS: [char; 14] = [
    '\u{660}', '\u{6f0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{be6}', '\u{c66}', '\u{ce6}', '\u{d66}',
    '\u{e50}', '\u{ed0}', '\u{1040}', '\u{17e0}',
];

/// The value of a digit of whatever script: 1 of `1`, `１` and `١`.
pub(crate) fn digit(c: char) -> Option<u32> {
    if c.is_ascii() {
        return c.to_digit(10);
    }
    let of = |zero: &char| u32::from(c).checked_sub(u32::from(*zero)).filter(|&value| value < 10);
    half_width(c).to_digit(10).or_else(|| ZEROS.iter().find_map(of))
}

/// A wide letter or sign in its usual width: `Q` of `Ｑ`.
pub(crate) fn half_width(c: char) -> char {
    const WIDER_BY: u32 = '！' as u32 - '!' as u32;
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - WIDER_BY).unwrap_or(c),
        c => c,
    }
}

/// The form in which a name is shown, where it is written in another one: letters with their accents composed, as
/// macOS takes them apart in the names of files, and without marks that are not seen.
pub(crate) fn shown(name: &str) -> Option<String> {
    if name.is_ascii() || (is_nfc_quick(name.chars()) == IsNormalized::Yes && !name.contains(is_unseen)) {
        return None;
    }
    let shown: String = name.chars().filter(|&c| !is_unseen(c)).nfc().collect();
    (shown != name).then_some(shown)
}

/// Marks that are not seen: those that set the direction of writing, as Word puts them around Arabic and Hebrew
/// names, spaces without width, and hyphens that only show at the end of a line. What joins letters is none.
pub(crate) fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}')
}

/// The letters of a text without the marks on them: `zoe` of `zoë`.
pub(crate) fn without_accents(text: &str) -> impl Iterator<Item = char> {
    text.nfd().filter(|&c| !is_combining_mark(c))
}

/// A name as it may be written without accents and signs, twice where letters may be written out: `mueller` and `muller`
/// for `müller`, `ann marie oneill` for `ann-marie o’neill`. Nothing where a script has no such letters.
pub(crate) fn folded(key: &str) -> Vec<String> {
    // Most labels are plain already.
    if key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b' ') {
        return vec![key.to_owned()];
    }
    let has_accents = |c: char| c.is_lowercase() || c.is_uppercase();
    if !key.chars().all(|c| has_accents(c) || !c.is_alphabetic()) {
        return Vec::new();
    }
    let bare = |key: &str| -> String {
        let letters = without_accents(key).filter(|c| !matches!(c, '\'' | '’' | '‘' | 'ʼ' | '´' | '`'));
        let plain = letters.map(|c| match c {
            'ı' => 'i',
            'ł' => 'l',
            'ø' => 'o',
            'đ' => 'd',
            '-' | '‐' | '‑' => ' ',
            c => c,
        });
        plain.collect::<String>().replace('æ', "ae").replace('œ', "oe").replace('ß', "ss")
    };
    let written_out = key.replace('ä', "ae").replace(['ö', 'ø'], "oe").replace('ü', "ue").replace('å', "aa");
    let (short, long) = (bare(key), bare(&written_out));
    if short == long { vec![short] } else { vec![short, long] }
}

/// A key without its number: `participant 3` and `participant_03` are `participant`.
pub(crate) fn stem(key: &str) -> &str {
    let stem = key.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() == key.len() || stem.is_empty() {
        return key;
    }
    let stem = stem.trim_end_matches([' ', '_', '-', '#', '.']);
    // `#1`, `#2` are of one kind, and a number alone is its own.
    match stem.is_empty() {
        true if key.starts_with('#') => "#",
        true => key,
        false => stem,
    }
}

/// Damerau–Levenshtein distance with adjacent swaps (optimal string alignment), of short keys.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > 2 || a.len().max(b.len()) > 60 {
        return usize::MAX;
    }
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let cost = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + cost);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_name_in_two_encodings_is_one_and_is_shown_composed() {
        for (written, composed) in [("Zoe\u{308}", "Zoë"), ("Jose\u{301}", "José"), ("\u{41a}и\u{306}", "\u{41a}й")]
        {
            assert_eq!(shown(written).as_deref(), Some(composed));
            assert_eq!((shown(composed), key(written)), (None, key(composed)));
        }
        for written in ["\u{200b}TR", "TR\u{feff}", "\u{202b}TR\u{202c}", "T\u{ad}R"] {
            assert_eq!((shown(written).as_deref(), key(written)), (Some("TR"), "tr".to_owned()));
        }
    }

    #[test]
    fn a_wide_letter_is_the_letter() {
        for (wide, usual) in
            [("Ｑ", "q"), ("Ｐ１", "p1"), ("インタビュアー（鈴木）", "インタビュアー(鈴木)"), ("Ａ　Ｂ", "a b")]
        {
            assert_eq!(key(wide), usual);
        }
        assert_ne!(key("ア"), key("ｱ"));
    }

    #[test]
    fn a_digit_of_another_script_is_the_digit() {
        for (written, usual) in [("س١", "س1"), ("س۱۲", "س12"), ("प३", "प3"), ("Ｐ１", "p1"), ("P2", "p2")]
        {
            assert_eq!(key(written), usual);
        }
        for (c, value) in [('7', Some(7)), ('７', Some(7)), ('٧', Some(7)), ('x', None), ('ａ', None), ('七', None)]
        {
            assert_eq!(digit(c), value, "{c}");
        }
    }

    #[test]
    fn a_dotted_capital_is_the_dotted_letter() {
        assert_eq!((key("GÖRÜŞMECİ"), key("İrem")), (key("Görüşmeci"), key("irem")));
        assert_ne!(key("Irmak"), key("ırmak"));
    }

    #[test]
    fn other_names_stay_other_names() {
        // What joins letters or keeps them apart is read, and an accent is somebody else's name.
        for name in ["Zoe", "Zoë", "张三", "نی\u{200c}ما", "Андрей", "क्\u{200d}ष", "", "Ann Hall"] {
            assert_eq!(shown(name), None, "{name}");
        }
        assert_ne!(key("Zoe"), key("Zoë"));
        assert_ne!(key("نی\u{200c}ما"), key("نیما"));
    }
}

//! Names in scripts without capitals, where nothing tells a name from any other word but its length.
//!
//! In: a word or a value. Out: whether its script has no capitals, whether a word is short enough for a name, and what
//! such a name may be shortened to. It never says that a word is a name.

/// The longest word of a name in scripts without capitals, in characters; the same of one with hiragana, and of one
/// in Chinese signs or katakana alone, which may be a place.
const LONGEST: usize = 20;
const LONGEST_HIRAGANA: usize = 7;
const LONGEST_SIGNS: usize = 12;

/// Whether a letter is of a script without capitals. Georgian has them for whole titles alone.
pub(super) fn is_caseless(c: char) -> bool {
    let is_georgian = matches!(c, '\u{10d0}'..='\u{10ff}');
    is_georgian || (c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase())
}

/// Whether a value is written in a script without capitals.
pub(crate) fn is_without_capitals(value: &str) -> bool {
    value.chars().find(|c| c.is_alphabetic()).is_some_and(is_caseless)
}

/// Whether a word of such a script is short enough for a name: sentences of some have no spaces.
pub(super) fn may_be_name(word: &str) -> bool {
    let is_hiragana = |c: char| matches!(c, '\u{3041}'..='\u{309f}');
    let is_sign = |c: char| matches!(c, '\u{3005}' | '\u{30a0}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    word.split(['·', '・', '＝', '-']).all(|part| {
        let longest = match (part.contains(is_hiragana), part.contains(is_sign)) {
            (true, _) => LONGEST_HIRAGANA,
            (false, true) => LONGEST_SIGNS,
            _ => LONGEST,
        };
        part.chars().count() <= longest
    })
}

/// How a name without spaces begins and ends, one of which is the family's: `佐藤` and `健` of `佐藤健`, `김` of `김민수`.
pub(super) fn parts_of(name: &str) -> Vec<&str> {
    const LONGEST_FULL: usize = 5;
    let is_sign = |c: char| matches!(c, '\u{3005}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}');
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30ff}');
    let is_one = name.starts_with(is_sign) && name.chars().all(|c| is_sign(c) || is_kana(c));
    if !is_one || name.chars().count() > LONGEST_FULL {
        return Vec::new();
    }
    name.char_indices().skip(1).flat_map(|(at, _)| [&name[..at], &name[at..]]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_without_capitals_are_known() {
        for value in ["أحمد", "田中", "ナオミ", "דנה", "राम", "สมชาย", "ნინო", "김민수", "(王)"]
        {
            assert!(is_without_capitals(value), "{value}");
        }
        for value in ["Ann", "ann", "Иван", "Άννα", "Արամ", "12", ""] {
            assert!(!is_without_capitals(value), "{value}");
        }
    }

    #[test]
    fn a_name_in_signs_has_that_of_the_family_in_it() {
        for (name, family) in
            [("佐藤健", "佐藤"), ("田中花子", "田中"), ("王小明", "王"), ("김민수", "김"), ("林さくら", "林")]
        {
            assert!(parts_of(name).contains(&family), "{name}");
        }
        for name in ["アレクサンドラ", "ann hall", "أحمد", "您是什么时候", "佐藤 健", ""] {
            assert!(parts_of(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn a_sentence_without_spaces_is_no_name() {
        for word in
            ["田中太郎", "アレクサンドラ・イワノワ", "佐々木", "弗拉基米尔·普京", "김민수", "สมชาย", "عبدالرحمن"]
        {
            assert!(may_be_name(word), "{word}");
        }
        for word in ["最初の一年はどうでしたか", "您是什么时候开始做这份工作的", "ผมเกิดที่หมู่บ้านเล็กๆริมแม่น้ำ"]
        {
            assert!(!may_be_name(word), "{word}");
        }
    }
}

//! Questions without a question mark at their end, in languages that tell them by a word or write the mark elsewhere:
//! Japanese `…ですか。`, Chinese `…吗。`, Korean `…습니까.`, Armenian `Ինչո՞ւ։`.
//!
//! In: what somebody says in one turn. Out: whether it ends by asking. It looks at the last sentence alone, and passes
//! over what merely acknowledges: `そうですか。`

/// How polite questions of Japanese end; `か` alone also ends doubts and adjectives.
const JAPANESE: [&str; 8] =
    ["ですか", "でしたか", "ますか", "ましたか", "ませんか", "でしょうか", "ましょうか", "ませんでしたか"];
/// `I see.`
const SEEN: [&str; 5] = ["そうですか", "そうでしたか", "そうなんですか", "そうだったんですか", "なるほどそうですか"];
/// The mark that Armenian writes over the word that asks.
const ARMENIAN_MARK: char = '՞';

/// Whether words end so.
pub(super) fn asks(text: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric() || c == ARMENIAN_MARK;
    let end = text.trim_end_matches(|c: char| !is_letter(c));
    match end.chars().next_back() {
        Some('か') => JAPANESE.iter().any(|ending| end.ends_with(ending)) && !SEEN.contains(&last_clause(end)),
        Some('吗' | '嗎') => true,
        Some('까') => is_korean(end),
        Some('\u{531}'..='\u{587}') => is_armenian(end),
        _ => false,
    }
}

/// The words behind the last mark.
fn last_clause(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

/// `…습니까`, `…입니까`: before `니까` the syllable ends in *p*. Without it the clause gives a reason.
fn is_korean(text: &str) -> bool {
    const SYLLABLES: std::ops::RangeInclusive<char> = '가'..='힣';
    let before = text.strip_suffix("니까").and_then(|stem| stem.chars().next_back());
    // 28 syllables with one beginning and vowel; the seventeenth of them ends in *p*.
    before.is_some_and(|c| SYLLABLES.contains(&c) && (u32::from(c) - u32::from('가')) % 28 == 17)
}

fn is_armenian(text: &str) -> bool {
    let start = text.rfind(['։', ':', '.', '!', '\n']).unwrap_or(0);
    text[start..].contains(ARMENIAN_MARK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_or_a_letter_asks() {
        for text in [
            "この町に来たきっかけは何ですか。",
            "最後に何かありますか",
            "いつ始めましたか。",
            "教えていただけませんか。」",
            "你喜欢这里吗。",
            "무엇을 하십니까.",
            "어디에 사셨습니까",
            "Ինչո՞ւ եկաք այստեղ։",
            "Այո։ Ո՞վ է նա",
        ] {
            assert!(asks(text), "{text}");
        }
    }

    #[test]
    fn what_ends_alike_does_not() {
        for text in [
            "ああ、そうですか。",
            "とても静か。",
            "夫の転勤とか。",
            "雪かきの仕方が分からなくて、毎朝隣の方に笑われました。",
            "바쁘니까.",
            "Ինչո՞ւ։ Չգիտեմ։",
            "Չգիտեմ։",
            "We left.",
            "",
        ] {
            assert!(!asks(text), "{text}");
        }
    }
}

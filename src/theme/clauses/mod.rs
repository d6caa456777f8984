//! Clauses that can be read by themselves.
//!
//! In: a passage and its language. Out: the byte ranges of clauses of 3 to 12 words that say something
//! without what stands around them: whole, no question, no pronoun that points outside, nothing that
//! holds only under a condition that was cut away. English is cut by rules over word lists
//! ([`lexicon`]); of other languages only whole short sentences are taken. It changes no letter, and
//! would rather find nothing than half a clause.

mod english;
mod lexicon;

use std::ops::Range;

use crate::corpus::{Language, sentences, words};

/// Words of a clause.
pub(super) const LENGTH: std::ops::RangeInclusive<usize> = 3..=12;
/// Characters of a sentence of a script that is written without spaces.
const UNSPACED_LENGTH: std::ops::RangeInclusive<usize> = 6..=36;
/// Clauses with one of these are read wrongly alone: quoted, in brackets, marked up, broken off.
const MARKS: &[char] = &[
    '"', '“', '”', '„', '«', '»', '(', ')', '[', ']', '{', '}', '<', '>', '*', '#', '_', '|', '\\', '@', '~', '^', '=',
    '…', '「', '」', '『', '』', '（', '）', '\u{fffd}',
];

/// The clauses of a passage, in the order of their ends; those of one sentence may overlap. `None` is
/// taken for a language without rules.
pub fn clauses(passage: &str, language: Option<Language>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for sentence in sentences(passage) {
        let text = &passage[sentence.clone()];
        if ends_as_question(text) {
            continue;
        }
        if language == Some(Language::ENGLISH) {
            let of_sentence = english::clauses(text);
            found.extend(
                of_sentence.into_iter().map(|clause| sentence.start + clause.start..sentence.start + clause.end),
            );
        } else if let Some(whole) = whole_sentence(text) {
            found.push(sentence.start + whole.start..sentence.start + whole.end);
        }
    }
    found.retain(|clause| is_readable(&passage[clause.clone()]));
    found
}

fn ends_as_question(sentence: &str) -> bool {
    sentence.contains(['?', '？', '؟', '¿', ';'])
        && !sentence.trim_end_matches(|c: char| !is_question_mark(c)).is_empty()
}

fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '？' | '؟' | '¿' | '\u{37e}')
}

/// A short sentence that ends as one, without its last mark.
fn whole_sentence(sentence: &str) -> Option<Range<usize>> {
    let body = sentence.trim_end_matches(['.', '!', '。', '！', '।']);
    let ends = body.len() < sentence.len();
    let first = body.chars().next()?;
    let opens = first.is_alphabetic() && !first.is_lowercase();
    let length = if is_unspaced(body) {
        UNSPACED_LENGTH.contains(&body.chars().filter(|c| c.is_alphanumeric()).count())
    } else {
        LENGTH.contains(&words(body))
    };
    (ends && opens && length).then_some(0..body.len())
}

/// Whether a text is written without spaces between words.
fn is_unspaced(text: &str) -> bool {
    let unspaced = |c: &char| matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let letters = text.chars().filter(|c| c.is_alphabetic());
    2 * letters.clone().filter(unspaced).count() > letters.count()
}

fn is_readable(clause: &str) -> bool {
    !clause.contains(MARKS)
        && !clause.contains("...")
        && !clause.contains("--")
        && !clause.contains("://")
        && !clause.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        && clause.lines().all(|line| !line.trim_start().starts_with(['-', '•', '·']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of<'t>(text: &'t str, language: &str) -> Vec<&'t str> {
        clauses(text, Language::from_code(language)).into_iter().map(|clause| &text[clause]).collect()
    }

    #[test]
    fn of_other_languages_whole_short_sentences_only() {
        let german = "Die Übergabe am Bett kostet mich eine halbe Stunde. Wer hat sich das ausgedacht? und dann ging \
                      sie wieder. Ja. Ich habe, weil die Kollegin krank war und niemand sonst da war, den Dienst \
                      bis in die Nacht hinein allein gemacht.";
        assert_eq!(of(german, "deu"), ["Die Übergabe am Bett kostet mich eine halbe Stunde"]);
        assert_eq!(of("夜勤の引き継ぎに時間がかかります。はい。", "jpn"), ["夜勤の引き継ぎに時間がかかります"]);
        assert_eq!(
            of("«Я не доверяю машине.» Новая смена начинается в шесть утра.", "rus"),
            ["Новая смена начинается в шесть утра"]
        );
        assert_eq!(
            of("¿Quién paga el turno de noche? El turno de noche se paga mal.", "spa"),
            ["El turno de noche se paga mal"]
        );
    }

    #[test]
    fn an_unknown_language_has_no_rules() {
        let text = "The rota changes every week and I lose my evenings.";
        assert_eq!(clauses(text, None).first(), Some(&(0..text.len() - 1)));
    }

    #[test]
    fn positions_hold_the_words() {
        let text = "Well, I think the night shift is too long. Ünd: the ward’s phones never stop ringing.";
        assert_eq!(of(text, "eng")[0], "the night shift is too long");
    }
}

//! Columns of a survey that belong to the question of another one: what was written beside `Other`, translations.
//!
//! In: two titles. Out: whether the first is the second with a word behind it that says so. It looks at no cell, and
//! leaves nothing out.

use super::super::super::label_key::without_accents;

/// What may stand around the word.
const AROUND: [char; 16] = ['(', ')', '[', ']', '{', '}', '-', '–', '—', ':', '.', '_', '/', '|', '（', '）'];

/// Words for what is none of the options, without accents.
#[rustfmt::skip]
const OTHER: &[&str] = &[
    "other", "others", "sonstiges", "sonstige", "andere", "anderes", "autre", "autres", "otro", "otra", "otros",
    "otras", "altro", "altra", "outro", "outra", "outros", "anders", "overig", "overige", "annat", "ovrigt", "andet",
    "annet", "inne", "inny", "jine", "jiny", "muu", "diger", "другое", "другои", "اخرى", "اخر", "その他", "其他", "기타",
];

/// Languages and translations, without accents.
#[rustfmt::skip]
const LANGUAGES: &[&str] = &[
    "translation", "translated", "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "polish",
    "swedish", "turkish", "arabic", "russian", "ukrainian", "japanese", "chinese", "en", "eng", "ubersetzung",
    "uebersetzung", "ubersetzt", "uebersetzt", "englisch", "deutsch", "franzosisch", "traduction", "traduit",
    "anglais", "francais", "traduccion", "traducido", "ingles", "espanol", "traduzione", "inglese", "italiano",
    "traducao", "portugues", "vertaling", "vertaald", "engels", "nederlands", "oversattning", "engelska",
    "tlumaczenie", "angielski", "polski", "ceviri", "ingilizce", "перевод", "английскии", "翻訳", "英語", "翻译", "英文",
];

/// Whether a title is another one with a word for what is none of the options: `Why? [Other]`, `Why? - Other (which)`.
pub(super) fn is_other_of(title: &str, of: &str) -> bool {
    behind(title, of).is_some_and(|rest| starts_with_one(rest, OTHER))
}

/// Whether a title is another one, or the same, with the name of a language: `Why? (English)`, `Why? (translated)`.
pub(super) fn is_translation_of(title: &str, of: &str) -> bool {
    let is_language = |rest: &str| starts_with_one(rest, LANGUAGES) && rest.split_whitespace().count() <= 2;
    let bare = |title: &str| -> Option<usize> {
        let at = title.trim_end().rfind(['(', '[', '（'])?;
        is_language(&title[at..]).then(|| title[..at].trim_end().len())
    };
    let is_both = || bare(title).zip(bare(of)).is_some_and(|(a, b)| a > 0 && title[..a] == of[..b]);
    title != of && (behind(title, of).is_some_and(is_language) || is_both())
}

/// What stands behind another title, apart from it.
fn behind<'t>(title: &'t str, of: &str) -> Option<&'t str> {
    let of = of.trim_end();
    let rest = title.strip_prefix(of).filter(|_| !of.is_empty())?;
    rest.starts_with(|c: char| c.is_whitespace() || AROUND.contains(&c)).then_some(rest)
}

/// Whether the first word is one of these.
fn starts_with_one(rest: &str, words: &[&str]) -> bool {
    let mut said = rest.split(|c: char| c.is_whitespace() || AROUND.contains(&c)).filter(|word| !word.is_empty());
    let Some(first) = said.next().map(str::to_lowercase) else { return false };
    let plain: String = without_accents(&first).collect();
    words.contains(&first.as_str()) || words.contains(&plain.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_beside_other_is_told_by_its_title() {
        for title in ["Why? [Other]", "Why? (Other)", "Why? - Other (please specify)", "Why? Sonstiges:"] {
            assert!(is_other_of(title, "Why?"), "{title}");
        }
        for title in ["Why?", "Why? [Work]", "Other", "Why not? [Other]", "Why?other"] {
            assert!(!is_other_of(title, "Why?"), "{title}");
        }
    }

    #[test]
    fn translations_are_told_by_the_language() {
        for behind in [" (English)", " [Translation]", " - Übersetzung", "_EN"] {
            assert!(is_translation_of(&format!("Was fehlt?{behind}"), "Was fehlt?"), "{behind}");
        }
        assert!(is_translation_of("Was fehlt? (English)", "Was fehlt? (Deutsch)"));
        for behind in ["", " [Work]", " (English lessons aside)"] {
            assert!(!is_translation_of(&format!("Was fehlt?{behind}"), "Was fehlt?"), "{behind}");
        }
        assert!(!is_translation_of("Was gefällt? (English)", "Was fehlt?"));
        assert!(!is_translation_of("Was gefällt? (English)", "Was fehlt? (Deutsch)"));
    }
}

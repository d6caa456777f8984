//! Forms of a word: `call`, `called`, `calls`.
//!
//! In: texts with their languages. Out: the forms that occur, together where their Snowball stems are the same. A
//! stem itself is never shown, and a word of which one form occurs is not listed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::vocabulary::Vocabulary;
use crate::corpus::Language;

/// The words of which at least two forms occur, each as its forms, in small letters and in the order of the alphabet;
/// words in the order of their first forms. A text of unknown language (`None`) is taken for English.
pub(crate) fn word_forms<'t>(texts: impl Iterator<Item = (&'t str, Option<Language>)>) -> Vec<Vec<String>> {
    let mut vocabularies: HashMap<&'static str, Vocabulary> = HashMap::new();
    let mut forms: BTreeMap<(&'static str, Arc<str>), BTreeSet<String>> = BTreeMap::new();
    for (text, language) in texts {
        let code = language.unwrap_or(Language::ENGLISH).code();
        let vocabulary = vocabularies.entry(code).or_insert_with(|| Vocabulary::of(language));
        for token in vocabulary.tokens(text) {
            forms.entry((code, Arc::clone(&token.form.key))).or_default().insert(token.form.surface.to_lowercase());
        }
    }
    let words: BTreeSet<Vec<String>> =
        forms.into_values().filter(|forms| forms.len() > 1).map(|forms| forms.into_iter().collect()).collect();
    words.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_stem_are_together_and_single_forms_are_left_out() {
        // Stems: Snowball's vocabulary of English, snowballstem.org: call, called, calling, calls → call.
        let texts = ["She called; the nurse’s CALLS are calling.", "Nurses wait for a call"];
        let found = word_forms(texts.into_iter().map(|text| (text, None)));
        assert_eq!(found, [vec!["call", "called", "calling", "calls"], vec!["nurse", "nurses"]]);
        assert!(word_forms([("Wait for me", None)].into_iter()).is_empty());
    }

    #[test]
    fn each_language_has_its_own_stems() {
        let german = Language::from_code("deu");
        assert_eq!(word_forms([("Übergabe Übergaben", german)].into_iter()), [["übergabe", "übergaben"]]);
        assert!(word_forms([("Übergabe", german), ("Übergaben", None)].into_iter()).is_empty());
    }
}

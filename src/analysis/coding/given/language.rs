//! Codes in a language that the model does not know.
//!
//! In: the codes as given, and the model. Out: what is to be told of them, since such a code is found in nobody's words
//! whoever speaks of it. It guesses no language of few words: another script is enough, or the codes together. It
//! changes no code.

use super::Given;
use crate::corpus::{Language, some};
use crate::embed::VectorSource;
use crate::theme::numbers::counted;

/// That codes are written in another language than the one that the model knows; `None` where it may know several.
pub(in crate::analysis::coding) fn of_unknown_language(given: &Given, source: &dyn VectorSource) -> Option<String> {
    let known = source.only_language()?;
    let texts: Vec<String> = given.codes.iter().map(own_words).collect();
    let unknown = not_in(known, &texts);
    let labels: Vec<&str> = unknown.iter().map(|&code| given.codes[code].label()).collect();
    (!labels.is_empty()).then(|| {
        format!(
            "the model {} knows {known}, and {} of {} {} in another language ({}): that nobody speaks of such a code \
             says nothing; write its definition in {known}, or take a multilingual model with `--model` (`leitmotif \
             models list`)",
            source.identity().name,
            labels.len(),
            counted(texts.len(), "code"),
            if labels.len() == 1 { "is" } else { "are" },
            some(&labels)
        )
    })
}

/// What a codebook says of a code, without what was said.
fn own_words(code: &super::Code) -> String {
    let parts = [code.name.as_ref(), code.definition.as_ref(), code.include.as_ref(), code.exclude.as_ref()];
    let own = [&code.code].into_iter().chain(parts.into_iter().flatten());
    own.map(String::as_str).collect::<Vec<_>>().join(". ")
}

/// The texts that are not in a language: those that tell it by themselves, and all others where they tell it together.
fn not_in(known: Language, texts: &[String]) -> Vec<usize> {
    let has_latin = known.stop_words().first().is_none_or(|word| !is_in_another_script(word));
    let is_other =
        |text: &str| (has_latin && is_in_another_script(text)) || is_in_another_language(known, [text].into_iter());
    let (mut unknown, rest): (Vec<usize>, Vec<usize>) = (0..texts.len()).partition(|&at| is_other(&texts[at]));
    if is_in_another_language(known, rest.iter().map(|&at| texts[at].as_str())) {
        unknown.extend(rest);
        unknown.sort_unstable();
    }
    unknown
}

fn is_in_another_language<'t>(known: Language, texts: impl Iterator<Item = &'t str>) -> bool {
    Language::of(texts).is_some_and(|language| language != known)
}

/// Whether most letters are none of Latin's.
fn is_in_another_script(text: &str) -> bool {
    let is_latin = |c: char| matches!(c, '\0'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{ff21}'..='\u{ff5a}');
    let letters = text.chars().filter(|c| c.is_alphabetic());
    let (latin, others): (Vec<char>, Vec<char>) = letters.partition(|&c| is_latin(c));
    others.len() > latin.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unknown(texts: &[&str]) -> Vec<usize> {
        let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
        not_in(Language::from_code("eng").unwrap(), &texts)
    }

    #[test]
    fn codes_in_another_script_or_language_are_seen() {
        assert_eq!(unknown(&["Waiting for the bus. They wait long.", "Дети и школа", "雨の日"]), [1, 2]);
        let german = [
            "Warten. Die Leute stehen lange an der Haltestelle und wissen nicht, wann der Bus kommt.",
            "Regen. Wenn es regnet, werden alle nass, weil das Dach zu klein ist.",
        ];
        assert_eq!(unknown(&german), [0, 1]);
    }

    #[test]
    fn english_codes_and_bare_names_are_not() {
        let english = ["Waiting. People stand at the stop for a long time and do not know when the bus will come."];
        assert!(unknown(&english).is_empty());
        assert!(unknown(&["C12", "POL_3", "μ-values of the samples", "café"]).is_empty());
    }
}

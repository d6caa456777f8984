//! The language of an interview.
//!
//! In: what participants of one transcript said. Out: the language, where the words tell it. It never
//! guesses from a few words.

use std::fmt;

use serde::{Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation;

/// Fewer words than this tell no language.
const MIN_WORDS: usize = 20;
/// Bytes that are looked at; more tell no more.
pub(super) const ENOUGH: usize = 4000;
/// The same where there are very many texts to tell.
pub(super) const OF_MANY: usize = 1000;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(whatlang::Lang);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(whatlang::Lang::Eng);

    /// The language of texts that belong together (by the trigrams of their letters, Cavnar & Trenkle
    /// 1994); `None` for few words, or where several languages are as likely.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        Self::of_first(ENOUGH, texts)
    }

    /// The same by the first bytes.
    pub(super) fn of_first<'t>(bytes: usize, texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        let mut sample = String::new();
        for text in texts {
            let room = text.char_indices().map(|(at, _)| at).take_while(|&at| sample.len() + at < bytes).count();
            sample.extend(text.chars().take(room));
            sample.push('\n');
            if sample.len() >= bytes {
                break;
            }
        }
        let found = whatlang::detect(&sample)?;
        let spaced = found.script() == whatlang::Script::Latin || found.script() == whatlang::Script::Cyrillic;
        let enough = !spaced || sample.unicode_words().take(MIN_WORDS).count() == MIN_WORDS;
        (enough && found.is_reliable()).then(|| Self(found.lang()))
    }

    /// The language with this ISO 639-3 code, where it is known.
    pub fn from_code(code: &str) -> Option<Self> {
        whatlang::Lang::from_code(code).map(Self)
    }

    /// Its ISO 639-3 code, such as `deu`.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Its English name, such as `German`.
    pub fn name(self) -> &'static str {
        self.0.eng_name()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for Language {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn enough_words_tell_their_language() {
        let of = |text: &str| Language::of(std::iter::once(text)).map(Language::code);
        let german = "Am Anfang der Nachtschicht gehen wir von Bett zu Bett, und die Kollegin aus dem Spätdienst \
                      sagt mir, was ihr Sorgen gemacht hat. Das ist mir wichtiger als jeder Bildschirm.";
        let english = "We walk from bed to bed, and the evening nurse tells me what worried her. That matters more \
                       to me than any screen, because nobody writes down who has gone quiet.";
        assert_eq!(of(german), Some("deu"));
        assert_eq!(of(english), Some("eng"));
        assert_eq!(of("Ja, genau."), None);
        assert_eq!(of(""), None);
    }
}

//! The language of an interview.
//!
//! In: what participants of one transcript said. Out: the language, where the words tell it, and its stop
//! words. It never guesses from a few words.

use std::collections::HashSet;
use std::fmt;

use serde::{Serialize, Serializer};
use unicode_segmentation::UnicodeSegmentation;
use whatlang::Script;

use super::sentences::has_words;

/// Fewer words than this tell no language.
const MIN_WORDS: usize = 20;
/// Bytes that are looked at; more tell no more.
const ENOUGH: usize = 4000;
/// The same where there are very many texts to tell.
const OF_MANY: usize = 1000;
/// One word in so many is a stop word wherever the language is theirs; in another one it is fewer.
const STOP_WORDS_OF: usize = 3;

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Language(whatlang::Lang);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(whatlang::Lang::Eng);

    /// The language of texts that belong together (by the trigrams of their letters, Cavnar & Trenkle
    /// 1994); `None` for few words, or where several languages are as likely.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Self> {
        Self::of_sample(&sample(ENOUGH, texts))
    }

    /// The same by a sample.
    fn of_sample(sample: &str) -> Option<Self> {
        // The script is looked for only where it counts: that takes a tenth of the time of telling the language.
        let is_spaced = || matches!(whatlang::detect_script(sample), Some(Script::Latin | Script::Cyrillic));
        if !has_words(sample, MIN_WORDS) && is_spaced() {
            return None;
        }
        whatlang::detect(sample).filter(whatlang::Info::is_reliable).map(|found| Self(found.lang()))
    }

    /// Its stop words (NLTK's lists); none where there is no list.
    pub(crate) fn stop_words(self) -> &'static [&'static str] {
        let code = match self.code() {
            "ara" => "ar",
            "aze" => "az",
            "bel" => "be",
            "ben" => "bn",
            "cat" => "ca",
            "cmn" => "zh",
            "dan" => "da",
            "deu" => "de",
            "ell" => "el",
            "eng" => "en",
            "fin" => "fi",
            "fra" => "fr",
            "heb" => "he",
            "hun" => "hu",
            "ind" => "id",
            "ita" => "it",
            "nep" => "ne",
            "nld" => "nl",
            "nob" => "no",
            "por" => "pt",
            "ron" => "ro",
            "rus" => "ru",
            "slv" => "sl",
            "spa" => "es",
            "swe" => "sv",
            "tam" => "ta",
            "tur" => "tr",
            "uzb" => "uz",
            _ => return &[],
        };
        stop_words::lookup(code).unwrap_or_default()
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

/// The first bytes of texts.
fn sample<'t>(bytes: usize, texts: impl Iterator<Item = &'t str>) -> String {
    let mut sample = String::new();
    for text in texts {
        sample.push_str(&text[..text.ceil_char_boundary(bytes - sample.len())]);
        sample.push('\n');
        if sample.len() >= bytes {
            break;
        }
    }
    sample
}

/// Tells the languages of very many transcripts of one study, nearly all in one language.
pub(super) struct Teller {
    usual: Option<Language>,
    stop: HashSet<&'static str>,
}

impl Teller {
    /// For a study whose transcripts are usually in this language.
    pub(super) fn of_study(usual: Option<Language>) -> Self {
        let stop = usual.map(Language::stop_words).unwrap_or_default().iter().copied().collect();
        Self { usual, stop }
    }

    /// The language of one transcript's texts, of which less is looked at than [`Language::of`] does. Where every
    /// third word is a stop word of the study's language it is that; it costs a hundredth of comparing trigrams.
    pub(super) fn language<'t>(&self, texts: impl Iterator<Item = &'t str>) -> Option<Language> {
        let sample = sample(OF_MANY, texts);
        let (mut all, mut stop) = (0, 0);
        for word in sample.unicode_words() {
            all += 1;
            stop += usize::from(self.stop.contains(word) || self.stop.contains(word.to_lowercase().as_str()));
        }
        if all >= MIN_WORDS && stop * STOP_WORDS_OF >= all { self.usual } else { Language::of_sample(&sample) }
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
        for usual in [Language::ENGLISH, Language::from_code("deu").unwrap()] {
            let told = |text: &str| Teller::of_study(Some(usual)).language(std::iter::once(text)).map(Language::code);
            assert_eq!(told(german), Some("deu"));
            assert_eq!(told(english), Some("eng"));
            assert_eq!(told("Ja, genau. The of and to."), None);
        }
        assert_eq!(Teller::of_study(None).language(std::iter::once(english)), Some(Language::ENGLISH));
    }

    #[test]
    fn stop_words_are_known() {
        for code in ["ara", "aze", "bel", "ben", "cat", "cmn", "dan", "deu", "ell", "eng", "fin", "fra", "heb", "hun"] {
            assert!(!Language::from_code(code).unwrap().stop_words().is_empty(), "{code}");
        }
        for code in ["ita", "nep", "nld", "nob", "por", "ron", "rus", "slv", "spa", "swe", "tam", "tur", "uzb"] {
            assert!(!Language::from_code(code).unwrap().stop_words().is_empty(), "{code}");
        }
        assert!(Language::from_code("jpn").unwrap().stop_words().is_empty());
    }
}

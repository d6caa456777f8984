//! The words of a language: which of them name something, and which forms belong together.
//!
//! In: a text and its language. Out: its words as [`Token`]s. A language without a list of stop words
//! or a stemmer does without; no form is ever shown that nobody used.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use crate::corpus::Language;

/// Sounds of hesitation.
pub(super) const HESITATIONS: &[&str] =
    &["um", "uh", "er", "erm", "hmm", "mm", "mmm", "mhm", "hm", "hmmm", "umm", "uhm", "uhh"];
/// Words of spoken interviews that name nothing, beside these and the library's stop words.
const FILLERS: &[&str] = &[
    "yeah",
    "yes",
    "yep",
    "no",
    "nope",
    "ok",
    "okay",
    "oh",
    "ah",
    "well",
    "like",
    "know",
    "mean",
    "kind",
    "sort",
    "really",
    "actually",
    "basically",
    "literally",
    "honestly",
    "probably",
    "maybe",
    "definitely",
    "certainly",
    "quite",
    "pretty",
    "bit",
    "lot",
    "lots",
    "thing",
    "things",
    "stuff",
    "something",
    "anything",
    "everything",
    "nothing",
    "someone",
    "somebody",
    "anyone",
    "anybody",
    "everyone",
    "everybody",
    "nobody",
    "one",
    "ones",
    "two",
    "would",
    "could",
    "should",
    "might",
    "may",
    "must",
    "can",
    "cannot",
    "will",
    "shall",
    "get",
    "gets",
    "got",
    "getting",
    "go",
    "goes",
    "going",
    "gone",
    "went",
    "come",
    "comes",
    "coming",
    "came",
    "say",
    "says",
    "said",
    "saying",
    "think",
    "thinks",
    "thinking",
    "thought",
    "feel",
    "feels",
    "feeling",
    "felt",
    "guess",
    "suppose",
    "believe",
    "want",
    "wants",
    "wanted",
    "need",
    "needs",
    "needed",
    "make",
    "makes",
    "making",
    "made",
    "take",
    "takes",
    "taking",
    "took",
    "put",
    "puts",
    "let",
    "lets",
    "give",
    "gives",
    "giving",
    "gave",
    "see",
    "sees",
    "look",
    "looks",
    "looking",
    "use",
    "uses",
    "used",
    "using",
    "also",
    "even",
    "still",
    "just",
    "much",
    "many",
    "way",
    "ways",
    "around",
    "always",
    "never",
    "sometimes",
    "often",
    "usually",
    "ever",
    "already",
    "anyway",
    "though",
    "although",
    "however",
    "especially",
    "particular",
    "particularly",
    "example",
    "etc",
    "able",
    "sure",
    "right",
    "good",
    "great",
    "every",
    "another",
    "rather",
    "instead",
    "since",
    "back",
    "done",
    "first",
    "don't",
    "i'm",
    "it's",
    "that's",
    "i've",
    "i'd",
    "i'll",
    "there's",
    "they're",
    "we're",
    "you're",
    "can't",
    "won't",
    "doesn't",
    "didn't",
    "isn't",
    "wasn't",
    "couldn't",
    "wouldn't",
    "shouldn't",
    "haven't",
    "hasn't",
    "aren't",
    "weren't",
    "what's",
    "let's",
    "he's",
    "she's",
    "who's",
    "we've",
    "you've",
    "they've",
    "you'd",
    "we'd",
    "they'd",
    "he'd",
    "she'd",
    "we'll",
    "you'll",
    "they'll",
    "it'll",
    "within",
    "without",
    "upon",
    "us",
    "be",
    "is",
    "im",
    "dont",
    "ive",
    "thats",
    "cant",
    "gonna",
    "wanna",
    "may",
    "yet",
    "less",
    "whole",
    "keep",
    "keeps",
    "thank",
    "thanks",
    "sorry",
    "hard",
    "tell",
    "happen",
    "happens",
    "happened",
    "seem",
    "seems",
    "seemed",
    "become",
    "becomes",
    "depending",
    "depends",
    "etc",
    "whatever",
    "wherever",
    "whether",
    "else",
    "per",
    "via",
    "lot",
    "little",
    "big",
    "new",
    "old",
    "day",
    "time",
    "times",
    "people",
];
/// Fillers that may stand inside or at the end of a phrase, though not alone ("free time").
const ONLY_IN_PHRASES: &[&str] =
    &["new", "big", "old", "day", "time", "times", "people", "back", "thing", "little", "hard"];

/// A word of a text.
pub(super) struct Token {
    /// What the word is; one allocation for all its places.
    pub(super) form: Arc<Form>,
    /// Something other than a space stands between this and the token before.
    pub(super) breaks: bool,
}

/// A word as it was written.
pub(super) struct Form {
    /// What forms are merged under: the Snowball stem. Never shown.
    pub(super) key: Arc<str>,
    /// As written.
    pub(super) surface: Arc<str>,
    /// May stand alone or at the end of a phrase.
    pub(super) alone: bool,
    /// May stand at the end of a phrase.
    pub(super) edge: bool,
}

/// What is known of a language's words.
pub(super) struct Vocabulary {
    stop: HashSet<&'static str>,
    stemmer: Option<Stemmer>,
    /// Words that were met, as written: interviews repeat theirs, and stemming one takes longer than finding it here.
    met: RefCell<HashMap<String, Arc<Form>>>,
}

impl Vocabulary {
    /// The vocabulary of a language, of English for `None`.
    pub(super) fn of(language: Option<Language>) -> Self {
        let language = language.unwrap_or(Language::ENGLISH);
        let mut stop: HashSet<&'static str> = language.stop_words().iter().copied().collect();
        if language == Language::ENGLISH {
            stop.extend(FILLERS.iter().chain(HESITATIONS));
        }
        Self { stop, stemmer: stemmer(language).map(Stemmer::create), met: RefCell::default() }
    }

    /// The words of a text, in their order.
    pub(super) fn tokens(&self, text: &str) -> Vec<Token> {
        let mut tokens: Vec<Token> = Vec::new();
        let mut end = 0;
        for (start, word) in text.unicode_word_indices() {
            let between = &text[end..start];
            end = start + word.len();
            let breaks = !between.chars().all(|c| c == ' ' || c == '-');
            tokens.push(Token { form: self.form(word), breaks });
        }
        tokens
    }

    fn form(&self, word: &str) -> Arc<Form> {
        if let Some(form) = self.met.borrow().get(word) {
            return Arc::clone(form);
        }
        let surface: String = word.nfc().map(|c| if c == '’' { '\'' } else { c }).collect();
        let lower = surface.to_lowercase();
        let possessive = lower.strip_suffix("'s").filter(|base| base.len() > 2 && !self.stop.contains(lower.as_str()));
        let surface = if possessive.is_some() { surface[..surface.len() - 2].to_string() } else { surface };
        let lower = possessive.map_or(lower.clone(), str::to_string);
        let letters = lower.chars().filter(|c| c.is_alphabetic()).count();
        let alone = letters >= 2 && !self.stop.contains(lower.as_str());
        let edge = alone || ONLY_IN_PHRASES.contains(&lower.as_str());
        let key = self.stemmer.as_ref().map(|stemmer| stemmer.stem(&lower).into());
        let form = Arc::new(Form { key: key.unwrap_or_else(|| lower.into()), surface: surface.into(), alone, edge });
        self.met.borrow_mut().insert(word.to_owned(), Arc::clone(&form));
        form
    }
}

/// The stemmer of a language, where there is one.
fn stemmer(language: Language) -> Option<Algorithm> {
    use Algorithm::*;
    Some(match language.code() {
        "ara" => Arabic,
        "dan" => Danish,
        "deu" => German,
        "ell" => Greek,
        "eng" => English,
        "fin" => Finnish,
        "fra" => French,
        "hun" => Hungarian,
        "ita" => Italian,
        "nld" => Dutch,
        "nob" => Norwegian,
        "por" => Portuguese,
        "ron" => Romanian,
        "rus" => Russian,
        "spa" => Spanish,
        "swe" => Swedish,
        "tam" => Tamil,
        "tur" => Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(language: Option<Language>, text: &str) -> Vec<String> {
        Vocabulary::of(language)
            .tokens(text)
            .into_iter()
            .filter(|t| t.form.alone)
            .map(|t| t.form.surface.to_string())
            .collect()
    }

    #[test]
    fn every_language_has_its_own_stop_words() {
        let text = "Wir gehen in der Nacht von Bett zu Bett, und die Kollegin aus dem Spätdienst sagt mir, was ihr \
                    Sorgen gemacht hat; das ist mir wichtiger als jeder Bildschirm auf der Station.";
        let german = Language::of(std::iter::once(text));
        assert_eq!(german.map(Language::code), Some("deu"));
        assert_eq!(names(german, "die Übergabe ist nicht von der Station"), ["Übergabe", "Station"]);
        assert_eq!(names(None, "the handover is not of the ward"), ["handover", "ward"]);
        let keys = |text: &str| Vocabulary::of(german).tokens(text).remove(0).form.key.clone();
        assert_eq!(keys("Übergaben"), keys("Übergabe"));
    }
}

//! Passages that hold words.
//!
//! In: an analysis and words. Out: the passages that hold all of them, in the order of the interviews, and how many
//! people said so. Letters are compared without regard to capitals, words as Unicode divides them (UAX 29); meaning is
//! not looked for. Codes for missing answers are no answers and are not found.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::passages::Passage;
use super::{Refused, known_section, known_study, page};
use crate::analysis::voiced::is_answer;
use crate::analysis::{Analysis, UnitRow};
use crate::serve::policy::MOST_WORDS;

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Arguments {
    /// The words, such as `phone ward`, `"no longer" telephon*`
    words: String,
    /// Only answers to this question: an id from `counts`, such as `Q2`
    #[serde(default)]
    question: Option<String>,
    /// Only participants of this study
    #[serde(default)]
    study: Option<String>,
    /// Passages to leave out from the beginning, to go on where an answer ended
    #[serde(default)]
    offset: Option<usize>,
    /// Passages to return: 20 where nothing is said, 200 at most
    #[serde(default)]
    limit: Option<usize>,
}

#[derive(Serialize)]
pub(super) struct Hits<'a> {
    /// Passages that hold the words.
    total: usize,
    /// People who said them.
    participants: usize,
    /// People among whom it was looked for: those with an answer, under the same conditions.
    of: usize,
    /// What was not looked for as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    passages: Vec<Passage<'a>>,
}

pub(super) fn search(analysis: &Analysis, asked: Arguments) -> Result<Hits<'_>, Refused> {
    known_section(analysis, asked.question.as_deref())?;
    known_study(analysis, asked.study.as_deref())?;
    let query = Query::read(&asked.words)?;
    let in_scope = |unit: &&UnitRow| {
        is_answer(unit)
            && asked.study.as_ref().is_none_or(|study| unit.study == *study)
            && asked.question.as_ref().is_none_or(|section| unit.section.as_ref() == Some(section))
    };
    let people = |units: &[&UnitRow]| {
        units.iter().map(|unit| (unit.study.clone(), unit.participant.clone())).collect::<BTreeSet<_>>().len()
    };
    let looked_at: Vec<&UnitRow> = analysis.units.iter().filter(in_scope).collect();
    let of = people(&looked_at);
    let found: Vec<&UnitRow> = looked_at.into_iter().filter(|unit| query.is_in(&unit.text)).collect();
    let participants = people(&found);
    let (total, page) = page(found, asked.offset, asked.limit);
    let passages = page.into_iter().map(|unit| Passage::whole(&analysis.summary, unit)).collect();
    Ok(Hits { total, participants, of, note: query.note(), passages })
}

/// Words to be found: each part somewhere in the passage, the words of a part one after the other.
struct Query {
    parts: Vec<Vec<Word>>,
    /// Whether there is a `*` elsewhere than at the end of a word.
    has_stray_stars: bool,
}

enum Word {
    Whole(String),
    Beginning(String),
}

impl Word {
    fn is(&self, word: &str) -> bool {
        match self {
            Self::Whole(whole) => word == whole,
            Self::Beginning(beginning) => word.starts_with(beginning.as_str()),
        }
    }

    fn written(&self) -> String {
        match self {
            Self::Whole(whole) => whole.clone(),
            Self::Beginning(beginning) => format!("{beginning}*"),
        }
    }
}

/// Small letters; the curled apostrophe is the straight one.
fn folded(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

impl Query {
    fn read(text: &str) -> Result<Self, Refused> {
        let folded = folded(text).replace(['“', '”', '„'], "\"");
        // Every second stretch stands between quotation marks.
        let stretches = folded.split('"').enumerate();
        let parts: Vec<Vec<Word>> = stretches
            .flat_map(|(at, stretch)| {
                let is_phrase = at % 2 == 1;
                let words = words(stretch);
                if is_phrase { vec![words] } else { words.into_iter().map(|word| vec![word]).collect() }
            })
            .filter(|part| !part.is_empty())
            .collect();
        match parts.iter().map(Vec::len).sum::<usize>() {
            0 => Err(Refused::new("there is no word to look for", "name one or more in `words`")),
            n if n > MOST_WORDS => {
                Err(Refused::new(format!("{n} words are too many"), format!("name at most {MOST_WORDS}")))
            }
            _ => Ok(Self { parts, has_stray_stars: has_stray_stars(&folded) }),
        }
    }

    /// What to say of a `*` that stands for nothing.
    fn note(&self) -> Option<String> {
        let part = |part: &Vec<Word>| {
            let words: Vec<String> = part.iter().map(Word::written).collect();
            if words.len() > 1 { format!("\"{}\"", words.join(" ")) } else { words.join(" ") }
        };
        self.has_stray_stars.then(|| {
            let looked_for: Vec<String> = self.parts.iter().map(part).collect();
            let rule = "`*` at the end of a word stands for any ending, and for nothing elsewhere";
            format!("{rule}; looked for: {}", looked_for.join(" "))
        })
    }

    fn is_in(&self, text: &str) -> bool {
        let folded = folded(text);
        let words: Vec<&str> = folded.unicode_words().collect();
        self.parts.iter().all(|part| {
            words.windows(part.len()).any(|here| here.iter().zip(part).all(|(word, wanted)| wanted.is(word)))
        })
    }
}

/// The words of a stretch; one with `*` directly behind it is a beginning.
fn words(stretch: &str) -> Vec<Word> {
    let each = stretch.unicode_word_indices().map(|(at, word)| {
        let is_beginning = stretch[at + word.len()..].starts_with('*');
        if is_beginning { Word::Beginning(word.into()) } else { Word::Whole(word.into()) }
    });
    each.collect()
}

/// Whether a `*` stands elsewhere than behind a word, or has letters behind it.
fn has_stray_stars(text: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let ends: BTreeSet<usize> = text.unicode_word_indices().map(|(at, word)| at + word.len()).collect();
    text.match_indices('*').any(|(at, star)| !ends.contains(&at) || is_letter(text[at + star.len()..].chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(words: &str, text: &str) -> bool {
        Query::read(words).unwrap_or_else(|refused| panic!("{words}: {refused:?}")).is_in(text)
    }

    #[test]
    fn all_words_are_found_whole_in_any_order_and_capitals_do_not_matter() {
        let text = "I no longer have to telephone the Ward, you’d wait.";
        for found in [
            "ward telephone",
            "WARD",
            "\"no longer\"",
            "teleph*",
            "“have to telephon*”",
            "you'd",
            "ward \"to telephone\"",
        ] {
            assert!(finds(found, text), "{found}");
        }
        for missing in ["telephon", "ward office", "\"longer no\"", "\"no longer telephone\"", "war", "ones"] {
            assert!(!finds(missing, text), "{missing}");
        }
    }

    #[test]
    fn a_star_that_stands_for_nothing_is_told_and_one_for_an_ending_is_not() {
        let note = |words: &str| Query::read(words).unwrap().note();
        for (words, looked_for) in [
            ("*phone", "phone"),
            ("tele*phone", "tele* phone"),
            ("night * ward*", "night ward*"),
            ("\"no *longer\" shift*", "\"no longer\" shift*"),
            ("“*no longer”", "\"no longer\""),
        ] {
            let note = note(words).unwrap_or_else(|| panic!("{words}: no note"));
            assert!(note.ends_with(&format!("looked for: {looked_for}")), "{words}: {note}");
        }
        for words in ["phone", "telephon*", "\"no longer\" teleph*, ward*.", "“have to telephon*”", "работ*"] {
            assert_eq!(note(words), None, "{words}");
        }
        assert!(finds("*phone", "It is on my phone.") && !finds("*phone", "The telephone rang."));
    }

    #[test]
    fn words_of_other_scripts_are_words() {
        assert!(finds("straße", "Die STRASSE? Nein, die Straße."));
        assert!(finds("работа", "Работа, работа."));
    }

    #[test]
    fn nothing_and_too_much_are_refused() {
        assert!(Query::read(" … \"\" *").is_err());
        assert!(Query::read(&"word ".repeat(MOST_WORDS + 1)).is_err());
        assert!(Query::read(&"word ".repeat(MOST_WORDS)).is_ok());
    }
}

//! What a passage is called that a run lacks.
//!
//! In: a passage of an earlier run. Out: a name that no passage of any run has: its id with a hash of its words, by
//! which it is known when it comes back. No words stand in it.

use crate::analysis::saved::UnitRow;

/// Between what an id says and the hash.
const BEFORE_HASH: char = '~';
/// Between answer and part where the number of the answer is another's now, so that the name is none of its passages.
const NOT_THAT_ANSWER: char = '-';
/// Hexadecimal digits of a hash: it tells passages of one interview apart.
const DIGITS: usize = 8;

/// A name made by [`mark`], taken apart.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Marked<'a> {
    /// `study/participant`.
    pub(super) who: &'a str,
    answer: &'a str,
    /// `0` of a whole answer.
    part: &'a str,
    pub(super) hash: &'a str,
}

impl<'a> Marked<'a> {
    /// `None` of a name that is none of these.
    pub(super) fn read(name: &'a str) -> Option<Self> {
        let (id, hash) = name.rsplit_once(BEFORE_HASH)?;
        let (who, number) = id.rsplit_once('#')?;
        let (answer, part) = number.split_once(['.', NOT_THAT_ANSWER])?;
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|digit| digit.is_ascii_digit());
        let is_hash = hash.len() == DIGITS && hash.bytes().all(|digit| digit.is_ascii_hexdigit());
        (is_hash && is_number(answer) && is_number(part)).then_some(Self { who, answer, part, hash })
    }

    /// The id that the passage had.
    pub(super) fn id(&self) -> String {
        let Self { who, answer, part, .. } = self;
        if *part == "0" { format!("{who}#{answer}") } else { format!("{who}#{answer}.{part}") }
    }
}

/// Calls a passage by its place and words; `who` and `answer`: where its answer is now, `is_another`: whether another
/// answer has that number.
pub(super) fn mark(unit: &UnitRow, who: &str, answer: usize, is_another: bool) -> String {
    let part = unit.id.rsplit_once('#').and_then(|(_, number)| number.split_once('.')).map_or("0", |(_, part)| part);
    let sign = if is_another { NOT_THAT_ANSWER } else { '.' };
    format!("{who}#{answer}{sign}{part}{BEFORE_HASH}{}", hash_of(&unit.text))
}

/// The hash of the words: letters and digits, whatever stands between them.
pub(super) fn hash_of(text: &str) -> String {
    let signs: String = text.chars().filter(|sign| sign.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let said = if signs.is_empty() { text.trim() } else { signs.as_str() };
    blake3::hash(said.as_bytes()).to_hex()[..DIGITS].to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::codebook::memory::By;
    use crate::analysis::load;

    fn unit(id: &str, text: &str) -> UnitRow {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let some = load(&fixture).unwrap().units.remove(0);
        UnitRow { id: id.into(), text: text.into(), ..some }
    }

    #[test]
    fn a_name_tells_the_id_that_the_passage_had_and_is_no_id_itself() {
        let words = hash_of("the rota");
        for (id, part) in [("a.b/c#4", "0"), ("a.b/c#4.3", "3")] {
            for is_another in [true, false] {
                let name = mark(&unit(id, "The rota!"), "a.b/c", 4, is_another);
                let marked = Marked::read(&name).unwrap();
                assert_eq!((marked.id().as_str(), marked.part, marked.hash), (id, part, words.as_str()), "{name}");
                assert_eq!(By::Answers.key(&name) == "a.b/c#4", !is_another, "{name}");
            }
        }
        for id in ["a/c#4", "a/c#4.3", "a/~c#4", "a/c#4.3~", "a/c#4.3~rota4567", "a/c~12345678"] {
            assert_eq!(Marked::read(id), None, "{id}");
        }
        assert_ne!(hash_of("…"), hash_of("?"));
    }
}

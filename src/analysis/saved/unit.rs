//! What is kept of a unit: a row of `answers.parquet`.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corpus::{Cell, Exclusion};

/// Where something was said, in words.
pub(super) fn locator(study: &str, participant: &str, answer: usize, position: &Position) -> String {
    let time = position.time().map(|time| format!(", {time}")).unwrap_or_default();
    format!("{study}/{participant}, answer {answer}{time}")
}

impl Position {
    /// The time in the recording, `00:12:03`, where the transcript has timestamps.
    pub fn time(&self) -> Option<String> {
        let seconds = self.seconds? as u64; // whole seconds; negative and not-a-number give 0
        Some(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60))
    }
}

impl UnitRow {
    /// The themes it belongs to, the first being the one it belongs to most.
    pub fn themes(&self) -> impl Iterator<Item = &str> {
        themes_in_order(self.theme.as_ref(), &self.also)
    }

    /// Whether it belongs to a theme, most or also.
    pub fn is_in(&self, theme: &str) -> bool {
        self.themes().any(|own| own == theme)
    }

    /// Whether it was found to say a theme, too, that is not its first: nobody put it there.
    pub(crate) fn joined(&self, theme: &str) -> bool {
        self.also.iter().any(|also| also.theme == theme && also.strength.is_some())
    }

    /// Drops further themes that are named before, as after a merge.
    pub(crate) fn keep_each_theme_once(&mut self) {
        let mut named: Vec<String> = self.theme.iter().cloned().collect();
        self.also.retain(|also| {
            let is_new = !named.contains(&also.theme);
            named.push(also.theme.clone());
            is_new
        });
    }

    /// Like [`Quote::locator`](super::Quote::locator).
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

/// The first theme and the further ones.
pub(super) fn themes_in_order<'a>(first: Option<&'a String>, also: &'a [AlsoIn]) -> impl Iterator<Item = &'a str> {
    first.into_iter().chain(also.iter().map(|also| &also.theme)).map(String::as_str)
}

/// A place in the decoded source.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// The file.
    pub file: String,
    /// The cell of a table that `start` and `end` count in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub cell: Option<Cell>,
    /// First code point, 0-based, of the text as it was read: decoded, each line end one LF, mojibake repaired, and of a
    /// format that scatters the words (subtitles, Word, PDF) the transcript written out (docs/exports.md, "Positions").
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// 1-based line of the file on which the answer starts.
    pub line: usize,
    /// Seconds from the start of the recording.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub seconds: Option<f64>,
}

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// In a theme.
    Theme,
    /// Clustered on, in no theme.
    Unclustered,
    /// Set aside before clustering.
    Excluded(Exclusion),
}

impl Status {
    /// The word used in exports: `theme`, `unclustered`, `excluded:too-short`.
    pub fn word(self) -> String {
        match self {
            Self::Theme => "theme".into(),
            Self::Unclustered => "unclustered".into(),
            Self::Excluded(reason) => format!("excluded:{}", reason.word()),
        }
    }

    /// The status of an export's word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "theme" => Some(Self::Theme),
            "unclustered" => Some(Self::Unclustered),
            _ => {
                let reason = word.strip_prefix("excluded:")?;
                Exclusion::ALL.into_iter().find(|e| e.word() == reason).map(Self::Excluded)
            }
        }
    }
}

/// A text that many rows have, in memory once for all of them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SharedText(Arc<str>);

impl SharedText {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Makes this one empty, and no other.
    pub fn clear(&mut self) {
        *self = Self::default();
    }
}

impl Default for SharedText {
    fn default() -> Self {
        "".into()
    }
}

impl Deref for SharedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SharedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self)
    }
}

impl Borrow<str> for SharedText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for SharedText {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for SharedText {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

/// Texts that were met, each once.
#[derive(Debug, Default)]
pub(crate) struct SharedTexts(HashSet<SharedText>);

impl SharedTexts {
    /// This text, as it is held already where it was met before.
    pub(crate) fn of(&mut self, text: &str) -> SharedText {
        if let Some(known) = self.0.get(text) {
            return known.clone();
        }
        let new = SharedText::from(text);
        self.0.insert(new.clone());
        new
    }
}

/// One unit: who said what, and to which theme it belongs.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitRow {
    /// `study/participant#n` or `study/participant#n.k`.
    pub id: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The section's id; `None` for answers to the greeting.
    pub section: Option<String>,
    /// What was asked.
    pub question: SharedText,
    /// The words.
    pub text: String,
    /// Where they stand.
    pub position: Position,
    /// What became of it.
    pub status: Status,
    /// Its theme.
    pub theme: Option<String>,
    /// Its sub-theme, in a theme that has some.
    pub sub_theme: Option<String>,
    /// Membership in its theme, 0–1; `None` without a theme.
    pub strength: Option<f64>,
    /// The theme with the next largest membership (for an unclustered unit, the largest).
    pub second_theme: Option<String>,
    /// Membership in that theme, 0–1.
    pub second_strength: Option<f64>,
    /// Row of its vector; `None` for excluded units.
    pub vector: Option<usize>,
    /// Where it was before the researcher moved it: a theme's id, or `unclustered`.
    pub moved_from: Option<String>,
    /// 1-based number of the guide question it answers, in [`Framing::guide`](super::Framing); `None` outside the guide.
    pub guide_question: Option<usize>,
    /// Its place on the map, for looking only; `None` for excluded units, and until it is laid out.
    pub map: Option<(f32, f32)>,
    /// Further themes of its section that it belongs to, nearest first; only beside `theme`.
    pub also: Vec<AlsoIn>,
    /// What it says in short, from a person or a language model. Never a quote.
    pub note: Option<String>,
}

/// A further theme of a passage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AlsoIn {
    /// The theme's id.
    pub theme: String,
    /// How firmly it belongs to it, 0–1: of a code the probability, of a theme beside the codes its share among all
    /// codes and themes; `None` where a person put it there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub strength: Option<f64>,
}

impl AlsoIn {
    /// Ids as in a table's cell: `Q1.2;Q1.7`.
    pub(crate) fn themes_written(also: &[Self]) -> Option<String> {
        written(also, |also| also.theme.clone())
    }

    /// Their strengths in the same order, nothing where there is none: `0.5;`.
    pub(crate) fn strengths_written(also: &[Self]) -> Option<String> {
        written(also, |also| also.strength.map(|strength| strength.to_string()).unwrap_or_default())
    }

    /// The reverse of both.
    pub(super) fn read(themes: Option<&str>, strengths: Option<&str>) -> Result<Vec<Self>, String> {
        let Some(themes) = themes else { return Ok(Vec::new()) };
        let mut strengths = strengths.unwrap_or_default().split(';');
        themes
            .split(';')
            .map(|theme| {
                let strength = match strengths.next().unwrap_or_default() {
                    "" => None,
                    number => Some(number.parse().map_err(|_| format!("`{number}` is no strength"))?),
                };
                Ok(Self { theme: theme.to_owned(), strength })
            })
            .collect()
    }
}

/// `None` for none. Ids hold no `;`.
fn written(also: &[AlsoIn], word: impl Fn(&AlsoIn) -> String) -> Option<String> {
    (!also.is_empty()).then(|| also.iter().map(word).collect::<Vec<_>>().join(";"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_is_held_once_and_another_is_not() {
        let mut texts = SharedTexts::default();
        let (one, again, other) = (texts.of("What changed?"), texts.of("What changed?"), texts.of("Why?"));
        assert!(Arc::ptr_eq(&one.0, &again.0) && one == again);
        assert_ne!(one, other);
        let mut cleared = again;
        cleared.clear();
        assert_eq!((one.as_str(), cleared.as_str()), ("What changed?", ""));
    }
}

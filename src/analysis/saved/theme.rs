//! What is kept of a theme: its names, counts, quotes and how far to trust it.

use super::*;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::theme::keywords::Keyword;
use crate::theme::naming::GeneratedName;
use crate::theme::prevalence::Prevalence;

/// An unclustered unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IsolatedUnit {
    /// What was said, whole.
    #[serde(flatten)]
    pub quote: Quote,
    /// Mean cosine to the five units of the section that are nearest to it, −1–1.
    pub nearness: f64,
}

/// A candidate theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Theme {
    /// `Q6.1`, `T1`, …; `C1`, … for a code that was given.
    pub id: String,
    /// Its name: its headline, without one the best two or three keywords, or what the researcher calls
    /// it.
    pub label: String,
    /// The code that it is, where the researcher gave codes; absent for what was found beside them.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub code: Option<GivenCode>,
    /// What it says, in the words of somebody who said it; absent where no clause can stand for it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// What a language model calls it, where the user asked for that; not after a merge.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated: Option<GeneratedName>,
    /// What the researcher edited: `name`, `description`, `merge`, `hide`, `pin`, `move`, `split`, `divide`, `also`,
    /// `not`, `memo`; `new` for a theme made by hand.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub edited: Vec<String>,
    /// The researcher's words on what it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// A note of the researcher's on it; never a quote.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub memo: Option<String>,
    /// The themes that the researcher merged into it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub merged: Vec<String>,
    /// The researcher does not want it printed; it is counted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub hidden: bool,
    /// What tells it apart, best first.
    pub keywords: Vec<Keyword>,
    /// Units in it.
    pub mentions: usize,
    /// Participants who voiced it, of all who were asked.
    pub prevalence: Prevalence,
    /// The same for each study that was asked.
    pub by_study: Vec<StudyPrevalence>,
    /// Mean cosine of its units to its centre, −1–1.
    pub cohesion: f64,
    /// Mean silhouette of its units among the themes of its section, −1–1.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub silhouette: Option<f64>,
    /// Mean best Jaccard coefficient with the themes of resamples, 0–1; see
    /// [`crate::theme::stability`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub stability: Option<f64>,
    /// The theme of the same section whose centre is nearest.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub nearest: Option<NearestTheme>,
    /// Representative quotes, most typical first, at most one a participant.
    pub quotes: Vec<Quote>,
    /// The least typical member: where the theme ends.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub boundary_quote: Option<Quote>,
    /// The recurring theme it belongs to.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub recurring: Option<String>,
    /// Share of its units that answer each guide question, where everything was clustered
    /// together and there is a guide; largest first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub questions: Vec<QuestionShare>,
    /// Nearly all its units answer one question: the theme may be about what was asked.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub follows_the_question: bool,
    /// An earlier run found it, this one did not; it is kept because it was edited.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub kept: Option<Kept>,
    /// Parts of a theme that holds more than a fifth of its section.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sub_themes: Vec<SubTheme>,
}

impl Theme {
    /// A theme of this name of which nothing is known yet.
    pub(crate) fn named(label: String) -> Self {
        Self {
            id: String::new(),
            label,
            code: None,
            headline: None,
            generated: None,
            edited: Vec::new(),
            description: None,
            memo: None,
            merged: Vec::new(),
            hidden: false,
            keywords: Vec::new(),
            mentions: 0,
            prevalence: Prevalence::new(0, 0),
            by_study: Vec::new(),
            cohesion: 0.0,
            silhouette: None,
            stability: None,
            nearest: None,
            quotes: Vec::new(),
            boundary_quote: None,
            recurring: None,
            questions: Vec::new(),
            follows_the_question: false,
            kept: None,
            sub_themes: Vec::new(),
        }
    }

    /// Whether the researcher made it of passages; how stable it is cannot be measured then.
    pub fn is_by_hand(&self) -> bool {
        self.edited.iter().any(|edit| edit == "new")
    }

    /// That it is a code with passages which the program coded, and nobody held these against what people code.
    pub(crate) fn unchecked(&self) -> Option<&'static str> {
        let code = self.code.as_ref().filter(|code| code.expected.is_none() && self.mentions > code.by_hand);
        code.map(|_| "not checked: read a sample")
    }

    /// Why there is no stability, where that is known.
    pub(crate) fn why_unmeasured(&self) -> Option<String> {
        match (&self.kept, self.stability) {
            (_, Some(_)) => None,
            (Some(kept), None) => Some(format!("not measured: {}", kept.told())),
            (None, None) => self.unmeasured_by_edits().map(str::to_owned),
        }
    }

    /// That the researcher made it, or gave it other passages, so that its stability is not known; a code has none
    /// anyway.
    pub(crate) fn unmeasured_by_edits(&self) -> Option<&'static str> {
        let changes = ["move", "also", "not", "merge", "divide"];
        let is_changed = || self.code.is_none() && self.edited.iter().any(|edit| changes.contains(&edit.as_str()));
        match self.stability {
            None if self.is_by_hand() => Some("not measured: made by hand"),
            None if is_changed() => Some("not measured: edited"),
            _ => None,
        }
    }
}

/// A theme that the researcher edited, that a later run did not find again, and that is kept all the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Kept {
    /// Passages that it had.
    pub had: usize,
    /// Those of them that it has.
    pub has: usize,
    /// Passages that were found in one theme with most of these, and joined it.
    pub joined: usize,
    /// Themes that it took the place of and that recurred in other questions: whether it does was not measured.
    #[serde(skip_serializing_if = "super::code::is_zero", default)]
    pub recurred: usize,
}

impl Kept {
    /// In words.
    pub(crate) fn told(&self) -> String {
        let joined = match self.joined {
            0 => String::new(),
            1 => ", and 1 found with them".to_owned(),
            joined => format!(", and {joined} found with them"),
        };
        let recurred = match self.recurred {
            0 => String::new(),
            1 => "; 1 theme that it took the place of recurred in other questions".to_owned(),
            recurred => format!("; {recurred} themes that it took the place of recurred in other questions"),
        };
        format!("not found again; kept with {} of its {} passages{joined}{recurred}", self.has, self.had)
    }
}

/// Themes of several sections that say the same.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RecurringSummary {
    /// `R1`, …
    pub id: String,
    /// Its name: its headline, without one the keywords that its themes share best.
    pub label: String,
    /// That of the theme which is linked most closely to the others.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// The keywords that its themes share, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<Keyword>,
    /// What a language model calls it, where the user asked for that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub generated: Option<GeneratedName>,
    /// What the researcher edited: `name`, `merge`, `hide`, `themes`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub edited: Vec<String>,
    /// The recurring themes that the researcher merged into it.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub merged: Vec<String>,
    /// The researcher does not want it printed; it is counted.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub hidden: bool,
    /// Its themes' ids, in the order of the sections.
    pub themes: Vec<String>,
    /// Participants who voiced one of its themes, of those with an answer in one of the sections.
    pub prevalence: Prevalence,
    /// The same for each study.
    pub by_study: Vec<StudyPrevalence>,
    /// Which themes are linked, and how closely.
    pub links: Vec<ThemeLink>,
}

impl RecurringSummary {
    /// That of these themes, of which nothing is known yet.
    pub(crate) fn of(themes: Vec<String>) -> Self {
        Self {
            id: String::new(),
            label: String::new(),
            headline: None,
            keywords: Vec::new(),
            generated: None,
            edited: Vec::new(),
            merged: Vec::new(),
            hidden: false,
            themes,
            prevalence: Prevalence::new(0, 0),
            by_study: Vec::new(),
            links: Vec::new(),
        }
    }
}

/// A group of themes that the researcher made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Category {
    /// Its name.
    pub name: String,
    /// The researcher's words on what it is about.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub description: Option<String>,
    /// Its themes' ids, in the order of the researcher; a recurring theme stands for those it joins.
    pub themes: Vec<String>,
    /// Units in one of them.
    pub mentions: usize,
    /// Participants who voiced one of its themes, of those with an answer in one of the sections.
    pub prevalence: Prevalence,
    /// The same for each study that was asked.
    pub by_study: Vec<StudyPrevalence>,
}

/// The researcher's note on a passage; never a quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PassageMemo {
    /// The unit's id.
    pub unit: String,
    /// The note.
    pub text: String,
}

/// Two themes of different sections that are nearest to each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThemeLink {
    /// Their ids.
    pub themes: (String, String),
    /// Cosine of their centroids, each minus its section's mean.
    pub cosine: f64,
    /// The cosine that random groups of the same sizes reach in 1 % of the deals.
    pub by_chance: f64,
}

/// Part of a large theme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SubTheme {
    /// `Q6.1.1`, …
    pub id: String,
    /// Its name: its headline, without one the best two or three keywords, or what the researcher calls
    /// it.
    pub label: String,
    /// What it says, in the words of somebody who said it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub headline: Option<Headline>,
    /// What tells it apart from the other parts, best first.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub keywords: Vec<Keyword>,
    /// Units in it.
    pub mentions: usize,
    /// Participants who voiced it, of all who were asked.
    pub prevalence: Prevalence,
    /// Up to two representative quotes.
    pub quotes: Vec<Quote>,
}

/// A theme's prevalence in one study.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StudyPrevalence {
    /// The study.
    pub study: String,
    /// Units of the study in the theme.
    pub mentions: usize,
    /// Participants of the study.
    pub prevalence: Prevalence,
}

/// Another theme and how close it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NearestTheme {
    /// Its id.
    pub id: String,
    /// Cosine of the two centres.
    pub cosine: f64,
}

/// How much of a theme answers one guide question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QuestionShare {
    /// The question.
    pub question: String,
    /// Share of the theme's units, 0–1.
    pub share: f64,
}

/// A clause of a participant that says what a theme says, and where it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Headline {
    /// The unit it is from.
    pub unit: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The words: a slice of the decoded source.
    pub text: String,
    /// Where it stands.
    pub position: Position,
}

impl Headline {
    /// Its words on one line.
    pub fn label(&self) -> String {
        self.text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Like [`Quote::locator`].
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

/// Words of a participant, exactly as said, and where they stand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// The unit quoted.
    pub unit: String,
    /// The study.
    pub study: String,
    /// Who said it.
    pub participant: String,
    /// 1-based number of the answer.
    pub answer: usize,
    /// The words: a slice of the decoded source.
    pub text: String,
    /// Words of the unit before the quote are left out.
    pub cut_before: bool,
    /// Words of the unit after the quote are left out.
    pub cut_after: bool,
    /// What was asked.
    pub question: String,
    /// The researcher chose it.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub pinned: bool,
    /// Where it stands.
    pub position: Position,
}

impl Quote {
    /// `creatives/creativity_0004, answer 7`, and the time (`00:12:03`) where the transcript has it.
    pub fn locator(&self) -> String {
        locator(&self.study, &self.participant, self.answer, &self.position)
    }
}

//! The rules by which themes are looked for and kept, with their reasons. Nothing is computed here but what
//! follows from a number of passages or people.

use crate::analysis::saved::*;
use crate::cluster::{Algorithm, AlgorithmParams, Linkage};

/// Fewer units than this in a section: no themes, the answers are listed instead.
pub const MIN_UNITS: usize = 15;

/// Fewer participants than this in a section: likewise. What one or two people say does not recur.
pub const MIN_PARTICIPANTS: usize = 3;

/// Keywords kept for each theme.
pub(crate) const KEYWORDS: usize = 10;

/// Strength of the shrinkage towards the common mean when everything is clustered together: a question group, or a
/// participant, of this many units loses half of its offset.
pub(crate) const QUESTION_SHRINKAGE: f64 = 10.0;
pub(crate) const PARTICIPANT_SHRINKAGE: f64 = 5.0;

/// A theme with fewer keywords is what was left over rather than something said: it recurs nowhere.
pub(crate) const WORDS_IN_COMMON: usize = 3;

/// A theme that holds more than this share of its section's units is shown with its parts.
pub(crate) const CATCH_ALL_SHARE: f64 = 0.2;

/// A theme follows the question when this share of its units answers one question.
pub(crate) const FOLLOWS_SHARE: f64 = 0.8;

/// Words of a quote that stand in for a label where there are no keywords.
pub(crate) const LABEL_WORDS: usize = 6;

/// What a margin note counts beside the words of its passage, 1: as much. On eight coded sections that the model
/// had not seen, notes being a language model's, Ward with k = 20 agreed with the codes (AMI) at .221 by words,
/// at .293 by the two vectors side by side, and at .291 by their sum, which keeps the dimensions; weights from 0.7
/// to 2 differ by .01 (docs/notes.md).
pub(crate) const NOTE_WEIGHT: f64 = 1.0;

/// A theme needs two participants, one in this many of those who answered in its section, up to
/// [`ENOUGH_VOICES`].
pub(crate) const PEOPLE_PER_VOICE: usize = 25;

pub(crate) const ENOUGH_VOICES: usize = 5;

/// In interviews this factor on `√(n/2)` themes are expected of n passages, and no more than
/// [`MOST_THEMES`] times the cube root of n: 17 of 450 passages, 30 of 2,400, as coders make them.
pub(crate) const INTERVIEW_THEMES: f64 = 1.15;

pub(crate) const MOST_THEMES: f64 = 2.25;

/// Cosine of their directions from the section's mean from which a reader would call two themes of one
/// question the same.
pub(crate) const ALIKE: f64 = 0.75;

/// The clustering's own seed, to which that of the run is added.
pub(crate) const CLUSTERING_SEED: u64 = 42;

/// For `n_units` passages of interviews (`in_conversation`), or answers of a survey with one a person.
pub(crate) fn themes_params(n_units: usize, in_conversation: bool, options: &Parameters) -> AlgorithmParams {
    let linkage = if in_conversation { Linkage::Ward } else { Linkage::DEFAULT };
    // DBSCAN expects no number of themes.
    let expects = in_conversation && options.algorithm != Algorithm::Dbscan;
    let factor = if expects { interview_factor(n_units) } else { 1.0 };
    // The others put every unit somewhere: more themes would be themes of one person.
    let factor = if options.algorithm == Algorithm::Themes { factor } else { factor.min(1.0) };
    options
        .algorithm
        .params()
        .themes(options.themes)
        .granularity(options.granularity * factor)
        .linkage(linkage)
        .seed(CLUSTERING_SEED.wrapping_add(options.seed))
}

/// The factor on `√(n/2)`, the number of themes that the clustering expects, in interviews.
pub(crate) fn interview_factor(n_units: usize) -> f64 {
    let n = n_units.max(1) as f64;
    (MOST_THEMES * libm::cbrt(n) / (n / 2.0).sqrt()).min(INTERVIEW_THEMES)
}

/// The cosine of their centres from which two themes of a section are one; `None` where their number was
/// asked for, where another algorithm has its say, and where everything was clustered together.
pub(crate) fn least_alike(options: &Parameters, by_section: bool) -> Option<f64> {
    (by_section && options.themes.is_none() && options.algorithm == Algorithm::Themes).then_some(ALIKE)
}

/// Participants that a theme needs, of `n_people` who answered.
pub(crate) fn needed_voices(n_people: usize, options: &Parameters) -> usize {
    options.min_participants.unwrap_or_else(|| n_people.div_ceil(PEOPLE_PER_VOICE).clamp(2, ENOUGH_VOICES))
}

/// Whether nearly all of a theme answers one question.
pub(crate) fn follows(questions: &[QuestionShare]) -> bool {
    questions.first().is_some_and(|first| first.share >= FOLLOWS_SHARE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_needs_two_people_and_five_in_large_sections() {
        let of = |people: usize| needed_voices(people, &Parameters::default());
        assert_eq!([3, 50, 51, 100, 125, 600].map(of), [2, 2, 3, 4, 5, 5]);
        let asked_for = Parameters { min_participants: Some(1), ..Parameters::default() };
        assert_eq!(needed_voices(600, &asked_for), 1);
    }

    /// As the documentation of [`MOST_THEMES`] says.
    #[test]
    fn interviews_have_as_many_themes_as_coders_make() {
        let themes = |n: usize| (interview_factor(n) * (n as f64 / 2.0).sqrt()).round();
        assert_eq!((themes(100), themes(450), themes(2400)), (8.0, 17.0, 30.0));
        assert_eq!(interview_factor(0), INTERVIEW_THEMES, "nothing is divided by");
    }

    #[test]
    fn alike_themes_are_joined_only_where_their_number_is_free() {
        let with = |parameters: Parameters, by_section| least_alike(&parameters, by_section);
        assert_eq!(with(Parameters::default(), true), Some(ALIKE));
        assert_eq!(with(Parameters::default(), false), None);
        assert_eq!(with(Parameters { themes: Some(4), ..Parameters::default() }, true), None);
        assert_eq!(with(Parameters { algorithm: Algorithm::KMeans, ..Parameters::default() }, true), None);
    }

    #[test]
    fn a_theme_follows_the_question_that_nearly_all_of_it_answers() {
        let share = |share: f64| QuestionShare { question: "What is better?".into(), share };
        assert!(follows(&[share(0.8), share(0.2)]) && !follows(&[share(0.79), share(0.21)]) && !follows(&[]));
    }
}

//! The sections and their clustering.
//!
//! In: units, guide and vectors. Out: for each section which of its units make which theme, the themes with the
//! most participants first. It names and counts nothing.

use super::policy::*;
use crate::analysis::people::People;
use std::collections::BTreeSet;

use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, Axis};

use super::counting::centre;
use super::section_vectors::Shrinkage;
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::cluster::{AlgorithmParams, FoundThemes, groups_of_like_direction};
use crate::corpus::Unit;
use crate::embed::{Progress, Step};
use crate::guide::{Guide, NoSubject, Subject};
use crate::theme::recurring::SectionThemes;

/// One section with its clustering.
pub(super) struct ClusteredSection {
    /// Units clustered on: indices into the units, in their order.
    pub(super) members: Vec<usize>,
    /// Their vectors, and for each kept theme which of the members make it, most participants first.
    pub(super) found: SectionThemes,
    /// The unit-length mean of each kept theme's vectors.
    pub(super) centres: Vec<Array1<f32>>,
    /// For each member its place among the kept themes.
    pub(super) theme_of: Vec<Option<usize>>,
    /// For each kept theme its numbers in the clustering: several where themes are alike.
    pub(super) order: Vec<Vec<usize>>,
    /// What the clustering found; `None` when there were too few units.
    pub(super) fitted: Option<FoundThemes>,
    /// The vectors that it was fitted to, where they are not those of `found`.
    pub(super) fitted_to: Option<Array2<f32>>,
    /// Why there are no themes.
    pub(super) no_themes_because: Option<String>,
}

impl ClusteredSection {
    /// `vectors`: `(n_members, n_dims)`, unit length.
    pub(super) fn new(members: Vec<usize>, vectors: Array2<f32>, clustering: Clustering) -> Self {
        let Clustering { fitted, order, no_themes_because } = clustering;
        let mut themes = vec![Vec::new(); order.len()];
        let mut theme_of = vec![None; members.len()];
        for (i, label) in fitted.iter().flat_map(|fitted| fitted.labels.iter().enumerate()) {
            let place = label.and_then(|label| order.iter().position(|theme| theme.contains(&label)));
            if let Some(theme) = place {
                themes[theme].push(i);
            }
            theme_of[i] = place;
        }
        let centres = themes.iter().map(|members| centre(&vectors, members)).collect();
        let found = SectionThemes { vectors, themes };
        Self { members, found, centres, theme_of, order, fitted, fitted_to: None, no_themes_because }
    }
}

/// What the clustering of a section gave.
pub(super) struct Clustering {
    /// `None` when there were too few units.
    pub(super) fitted: Option<FoundThemes>,
    /// The numbers of the themes that are kept, most participants first; themes that are alike are one.
    pub(super) order: Vec<Vec<usize>>,
    /// Why there are none.
    pub(super) no_themes_because: Option<String>,
}

/// The subject, or why there is none, where it was looked for.
pub(super) type LookedFor = Option<Result<Subject, NoSubject>>;

/// `vectors`: `(n_kept, n_dims)`, of the units that are not excluded; `placed`, as many: those that are in no need
/// of a theme.
pub(super) fn sections_of(
    (units, guide): (&[Unit], &Guide),
    vectors: &Array2<f32>,
    placed: &[bool],
    people: &People,
    options: &Parameters,
    progress: &mut dyn Progress,
) -> Result<(Vec<ClusteredSection>, LookedFor), AnalysisError> {
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); guide.sections.len()];
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); guide.sections.len()];
    let mut row = 0;
    for (index, unit) in units.iter().enumerate() {
        if unit.excluded.is_some() {
            continue;
        }
        if let Some(section) = guide.section_of_answer[unit.answer].filter(|_| !placed[row]) {
            members[section].push(index);
            rows[section].push(row);
        }
        row += 1;
    }
    let mut of_sections: Vec<Array2<f32>> = rows.iter().map(|rows| vectors.select(Axis(0), rows)).collect();
    let looked_for = (guide.by_section && !options.keep_subject).then(|| {
        let text = |&unit: &usize| units[unit].text.as_str();
        let texts: Vec<Vec<&str>> = members.iter().map(|members| members.iter().map(text).collect()).collect();
        Subject::of_sections(&texts, &of_sections)
    });
    if let Some(Ok(subject)) = &looked_for {
        of_sections.iter_mut().for_each(|vectors| subject.erase_from(vectors));
    }
    let conversational = in_conversation(people);
    // The time goes by the square of the number of units.
    let parts: Vec<usize> = members.iter().map(|members| members.len() * members.len()).collect();
    let (mut done, total) = (0, parts.iter().sum());
    let mut parts = parts.into_iter();
    progress.advanced(Step::Clustering, 0, total);
    let sections = members
        .into_iter()
        .zip(of_sections)
        .map(|(members, own)| {
            let shrunk = (!guide.by_section && conversational).then(|| {
                let mut shrunk = own.clone();
                shrink_offsets(&mut shrunk, &members, units, guide, people);
                shrunk
            });
            let clustered_on = shrunk.as_ref().unwrap_or(&own);
            let clustering = cluster_section(&members, clustered_on, units, people, options, guide.by_section)?;
            done += parts.next().unwrap_or(0);
            progress.advanced(Step::Clustering, done, total);
            Ok(ClusteredSection { fitted_to: shrunk, ..ClusteredSection::new(members, own, clustering) })
        })
        .collect::<Result<_, AnalysisError>>()?;
    Ok((sections, looked_for))
}

/// For a section of `n_units`.
pub(super) fn clustering_params(n_units: usize, people: &People, options: &Parameters) -> AlgorithmParams {
    themes_params(n_units, in_conversation(people), options)
}

fn cluster_section(
    members: &[usize],
    vectors: &Array2<f32>,
    units: &[Unit],
    people: &People,
    options: &Parameters,
    by_section: bool,
) -> Result<Clustering, AnalysisError> {
    let person = |i: usize| people.of[units[members[i]].answer];
    let n_people = (0..members.len()).map(person).collect::<BTreeSet<_>>().len();
    let too_few = if n_people < MIN_PARTICIPANTS {
        Some(format!("a recurring theme needs {MIN_PARTICIPANTS} participants or more, and {n_people} answered"))
    } else if members.len() < MIN_UNITS {
        Some(format!("themes need {MIN_UNITS} passages or more, and there are {}", members.len()))
    } else {
        None
    };
    if let Some(reason) = too_few {
        let no_themes_because = Some(format!("too few answers: {reason}"));
        return Ok(Clustering { fitted: None, order: Vec::new(), no_themes_because });
    }
    let params = clustering_params(members.len(), people, options);
    let fitted = params.check_ref()?.fit(&DatasetBase::from(vectors.view()))?;
    let mut numbers: Vec<Vec<usize>> = Vec::new();
    let group_of = match least_alike(options, by_section) {
        Some(least) => groups_of_like_direction(vectors.view(), fitted.labels(), fitted.n_themes(), least),
        None => (0..fitted.n_themes()).collect(),
    };
    for (number, &group) in group_of.iter().enumerate() {
        numbers.resize(numbers.len().max(group + 1), Vec::new());
        numbers[group].push(number);
    }
    let mut voices: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); numbers.len()];
    let mut mentions = vec![0usize; numbers.len()];
    for (i, label) in fitted.labels().iter().enumerate() {
        if let Some(theme) = *label {
            voices[group_of[theme]].insert(person(i));
            mentions[group_of[theme]] += 1;
        }
    }
    // What only one participant says does not recur, however often they say it.
    let needed = needed_voices(n_people, options);
    let mut kept: Vec<usize> = (0..numbers.len()).filter(|&theme| voices[theme].len() >= needed).collect();
    kept.sort_by_key(|&theme| (std::cmp::Reverse((voices[theme].len(), mentions[theme])), theme));
    let order: Vec<Vec<usize>> = kept.into_iter().map(|theme| std::mem::take(&mut numbers[theme])).collect();
    let no_themes_because = order.is_empty().then(|| "no group of answers stands out".to_string());
    Ok(Clustering { fitted: Some(fitted.into_found()), order, no_themes_because })
}

/// Takes most of what is common to a question's answers, and then to a participant's, out of the
/// vectors.
fn shrink_offsets(vectors: &mut Array2<f32>, members: &[usize], units: &[Unit], guide: &Guide, people: &People) {
    let question: Vec<Option<usize>> =
        members.iter().map(|&unit| guide.question_of_answer[units[unit].answer]).collect();
    let person: Vec<usize> = members.iter().map(|&unit| people.of[units[unit].answer]).collect();
    Shrinkage::of(vectors, &question, &person);
}

/// Somebody answered more than once: interviews, not a survey with one question.
fn in_conversation(people: &People) -> bool {
    people.of.len() > people.study.len()
}

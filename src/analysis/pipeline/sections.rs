//! The sections and their clustering.
//!
//! In: units, guide and vectors. Out: for each section which of its units make which theme, the themes with the
//! most participants first. It names and counts nothing.

use super::policy::*;
use crate::analysis::people::People;
use std::borrow::Cow;
use std::collections::BTreeSet;

use linfa::DatasetBase;
use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2, ArrayView1, s};

use super::counting::centre;
use super::own_vectors::{OwnVectors, are_few};
use super::section_vectors::Shrinkage;
use crate::analysis::AnalysisError;
use crate::analysis::saved::*;
use crate::cluster::{AlgorithmParams, FoundThemes, Whole, groups_of_like_direction};
use crate::corpus::Unit;
use crate::embed::{Progress, Step};
use crate::guide::{Guide, NoSubject, Subject};
use crate::theme::vectors::Vectors;

/// One section with its clustering.
pub(super) struct ClusteredSection<'v> {
    /// Units clustered on: indices into the units, in their order.
    pub(super) members: Vec<usize>,
    /// Their vectors, as themes are described by them.
    pub(super) own: OwnVectors<'v>,
    /// For each kept theme which of the members make it, most participants first.
    pub(super) themes: Vec<Vec<usize>>,
    /// The unit-length mean of each kept theme's vectors.
    pub(super) centres: Vec<Array1<f32>>,
    /// For each member its place among the kept themes.
    pub(super) theme_of: Vec<Option<usize>>,
    /// How much each member belongs where; empty when there were too few units.
    pub(super) shares: Vec<Shares>,
    /// For each kept theme its numbers in the clustering: several where themes are alike.
    pub(super) order: Vec<Vec<usize>>,
    /// What else the clustering found, but for labels and memberships; `None` when there were too few units.
    pub(super) fitted: Option<FoundThemes>,
    /// What fits of parts of its units share with it, where that is held.
    pub(super) whole: Option<Whole>,
    /// Whether it was fitted to vectors without what is common to a question's answers and a person's.
    pub(super) is_shrunk: bool,
    /// Those, where they are held.
    pub(super) fitted_to: Option<Array2<f32>>,
    /// Why there are no themes.
    pub(super) no_themes_because: Option<String>,
}

/// How much a unit belongs to its theme, and to which other one most: a few numbers in place of its memberships in all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shares {
    /// `None` without a theme.
    pub(super) own: Option<f32>,
    /// Share and theme.
    pub(super) next: Option<(f32, usize)>,
}

impl Shares {
    /// `memberships`: in all themes of the clustering; `order`: the numbers of each kept theme; `own`: the unit's.
    fn of(memberships: &ArrayView1<f32>, order: &[Vec<usize>], own: Option<usize>) -> Self {
        let share = |numbers: &Vec<usize>| numbers.iter().map(|&number| memberships[number]).sum::<f32>();
        let others = order.iter().enumerate().filter(|&(theme, _)| own != Some(theme));
        Self {
            own: own.map(|theme| share(&order[theme])),
            next: others
                .map(|(theme, numbers)| (share(numbers), theme))
                .reduce(|best, here| if here.0 > best.0 { here } else { best }),
        }
    }
}

impl<'v> ClusteredSection<'v> {
    /// `own`: `(n_members, n_dims)`, unit length.
    pub(super) fn new(members: Vec<usize>, own: OwnVectors<'v>, clustering: Clustering) -> Self {
        let Clustering { mut fitted, whole, order, no_themes_because } = clustering;
        let mut themes = vec![Vec::new(); order.len()];
        let mut theme_of = vec![None; members.len()];
        let mut shares = Vec::new();
        if let Some(fitted) = &mut fitted {
            let (labels, memberships) = (std::mem::take(&mut fitted.labels), std::mem::take(&mut fitted.memberships));
            for (i, (label, memberships)) in labels.into_iter().zip(memberships.outer_iter()).enumerate() {
                let place = label.and_then(|label| order.iter().position(|theme| theme.contains(&label)));
                if let Some(theme) = place {
                    themes[theme].push(i);
                }
                theme_of[i] = place;
                shares.push(Shares::of(&memberships, &order, place));
            }
        }
        let vectors = own.all();
        let centres = themes.iter().map(|members| centre(&vectors, members)).collect();
        drop(vectors);
        Self {
            members,
            own,
            themes,
            centres,
            theme_of,
            shares,
            order,
            fitted,
            whole,
            is_shrunk: false,
            fitted_to: None,
            no_themes_because,
        }
    }
}

/// What the clustering of a section gave.
pub(super) struct Clustering {
    /// `None` when there were too few units.
    pub(super) fitted: Option<FoundThemes>,
    /// What it shares with fits of parts of the units, where that was wanted.
    pub(super) whole: Option<Whole>,
    /// The numbers of the themes that are kept, most participants first; themes that are alike are one.
    pub(super) order: Vec<Vec<usize>>,
    /// Why there are none.
    pub(super) no_themes_because: Option<String>,
}

/// The subject, or why there is none, where it was looked for.
pub(super) type LookedFor = Option<Result<Subject, NoSubject>>;

/// `vectors`: `(n_kept, n_dims)`, of the units that are not excluded; `placed`, as many: those that are in no need
/// of a theme.
pub(super) fn sections_of<'v>(
    (units, guide): (&[Unit], &Guide),
    vectors: &'v Array2<f32>,
    placed: &[bool],
    people: &People,
    options: &Parameters,
    progress: &mut dyn Progress,
) -> Result<(Vec<ClusteredSection<'v>>, LookedFor), AnalysisError> {
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
    let looked_for = (guide.by_section && !options.keep_subject).then(|| {
        let text = |&unit: &usize| units[unit].text.as_str();
        let texts: Vec<Vec<&str>> = members.iter().map(|members| members.iter().map(text).collect()).collect();
        let of_rows = rows.iter().flatten().map(|&row| vectors.slice(s![row..row + 1, ..])).collect::<Vec<_>>();
        Subject::of_blocks(&texts, &of_rows)
    });
    let subject = looked_for.as_ref().and_then(|found| found.as_ref().ok());
    let are_few = are_few(rows.iter().map(Vec::len).sum(), vectors.ncols());
    let of_sections = OwnVectors::of_sections(vectors, rows, subject, are_few);
    let lists_neighbours = are_few && options.stability > 0;
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
            let described = own.all();
            let is_shrunk = !guide.by_section && conversational;
            let shrunk = is_shrunk.then(|| shrunk(&described, &members, units, guide, people));
            let (fitted_to, given_away) = if are_few { (shrunk, None) } else { (None, shrunk) };
            let clustered_on =
                given_away.map_or_else(|| Cow::Borrowed(fitted_to.as_ref().unwrap_or(&described)), Cow::Owned);
            let by_whom = (units, people, options);
            let clustering = cluster_section(&members, clustered_on, by_whom, guide.by_section, lists_neighbours)?;
            drop(described);
            done += parts.next().unwrap_or(0);
            progress.advanced(Step::Clustering, done, total);
            Ok(ClusteredSection { is_shrunk, fitted_to, ..ClusteredSection::new(members, own, clustering) })
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
    mut vectors: Cow<Array2<f32>>,
    (units, people, options): (&[Unit], &People, &Parameters),
    by_section: bool,
    lists_neighbours: bool,
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
        return Ok(Clustering { fitted: None, whole: None, order: Vec::new(), no_themes_because });
    }
    let params = clustering_params(members.len(), people, options);
    let least_alike = least_alike(options, by_section);
    let (fitted, listed) = if lists_neighbours {
        params.check_ref()?.fit_listing(vectors.view())?
    } else if least_alike.is_none()
        && let Cow::Owned(own) = &mut vectors
    {
        // Nobody looks at them afterwards.
        (params.check_ref()?.fit_of(std::mem::take(own))?, None)
    } else {
        (params.check_ref()?.fit(&DatasetBase::from(vectors.view()))?, None)
    };
    let mut numbers: Vec<Vec<usize>> = Vec::new();
    let group_of = match least_alike {
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
    let most_voices = voices.iter().map(BTreeSet::len).max().unwrap_or(0);
    let no_themes_because = order.is_empty().then(|| none_because(most_voices, n_people, options));
    let (fitted, points) = fitted.into_found();
    let whole = listed.map(|listed| listed.of(points));
    Ok(Clustering { fitted: Some(fitted), whole, order, no_themes_because })
}

/// Why there is no theme; `most_voices`: the participants of the group that has the most of them.
fn none_because(most_voices: usize, n_people: usize, options: &Parameters) -> String {
    match options.min_participants {
        Some(asked_for) if asked_for > n_people => {
            format!("a theme was to have {asked_for} participants (`--min-participants`), and {n_people} answered")
        }
        // What only one participant says does not recur.
        Some(asked_for) if most_voices > 1 => format!(
            "a theme was to have {asked_for} participants (`--min-participants`), and the group of answers with the most has \
             {most_voices}"
        ),
        _ => "no group of answers stands out".to_owned(),
    }
}

/// The vectors without most of what is common to a question's answers, and then to a participant's.
pub(super) fn shrunk(
    vectors: &Array2<f32>,
    members: &[usize],
    units: &[Unit],
    guide: &Guide,
    people: &People,
) -> Array2<f32> {
    let mut vectors = vectors.clone();
    let question: Vec<Option<usize>> =
        members.iter().map(|&unit| guide.question_of_answer[units[unit].answer]).collect();
    let person: Vec<usize> = members.iter().map(|&unit| people.of[units[unit].answer]).collect();
    Shrinkage::of(&mut vectors, &question, &person);
    vectors
}

/// Somebody answered more than once: interviews, not a survey with one question.
fn in_conversation(people: &People) -> bool {
    people.of.len() > people.study.len()
}

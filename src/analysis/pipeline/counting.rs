//! What is counted and quoted of a theme's members.
//!
//! In: the rows of some units with their participants and vectors. Out: prevalence, quotes,
//! cohesion. The pipeline and the researcher's edits count here and nowhere else; who is in a theme
//! is decided elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use ndarray::{Array1, Array2, ArrayView1, ArrayView2};

use crate::analysis::saved::*;
use crate::corpus::words;
use crate::guide::AskedInStudy;
use crate::theme::keywords::Keyword;
use crate::theme::mean;
use crate::theme::prevalence::Prevalence;
use crate::theme::quotes::{self, Quotable};
use crate::theme::vectors::Vectors;

/// Words up to which a quote is shown whole.
const QUOTE_WORDS: usize = 80;
/// Quotes kept of a part of a theme.
const PART_QUOTES: usize = 2;

/// A unit of a theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member<'r> {
    /// Its row.
    pub row: &'r UnitRow,
    /// Its participant's number, the same for the same person.
    pub person: usize,
    /// Row of its vector among those of the section.
    pub vector: usize,
}

/// What is measured and quoted of a theme.
pub(crate) struct Portrait<'r> {
    /// Mean cosine of the members to the centre.
    pub cohesion: f64,
    /// Representative quotes, most typical first.
    pub quotes: Vec<Quote>,
    /// The least typical member, if not among the quotes.
    pub boundary: Option<Quote>,
    /// All that the most typical member says.
    pub typical: Option<&'r str>,
}

/// Who said each of some units: one person's number a mention.
pub(crate) fn persons(members: &[Member]) -> Vec<usize> {
    members.iter().map(|member| member.person).collect()
}

pub(crate) fn distinct(persons: &[usize]) -> BTreeSet<usize> {
    persons.iter().copied().collect()
}

/// Of all who were asked; `persons`: who said it, one entry a mention.
pub(crate) fn prevalence(persons: &[usize], asked: &[AskedInStudy]) -> Prevalence {
    Prevalence::new(distinct(persons).len(), asked.iter().map(|study| study.asked).sum())
}

/// The same for each study that was asked. `study_of`: for each participant the place of their
/// study in `asked`.
pub(crate) fn by_study(persons: &[usize], asked: &[AskedInStudy], study_of: &[usize]) -> Vec<StudyPrevalence> {
    let voices = distinct(persons);
    asked
        .iter()
        .enumerate()
        .filter(|(_, asked)| asked.asked > 0)
        .map(|(study, asked)| {
            let of_study = |person: &&usize| study_of[**person] == study;
            StudyPrevalence {
                study: asked.study.clone(),
                mentions: persons.iter().filter(of_study).count(),
                prevalence: Prevalence::new(voices.iter().filter(of_study).count(), asked.asked),
            }
        })
        .collect()
}

/// Counts a theme by its members; `study_of`: for each participant the place of their study in `asked`.
pub(crate) fn count(theme: &mut Theme, members: &[Member], asked: &[AskedInStudy], study_of: &[usize]) {
    let persons = persons(members);
    theme.mentions = members.len();
    theme.prevalence = prevalence(&persons, asked);
    theme.by_study = by_study(&persons, asked, study_of);
}

/// The members that a theme is quoted from. One that was found beside codes is quoted from what it was found by: not
/// from passages that have a code and joined it, unless there are no others.
pub(crate) fn quoted<'r>(theme: &Theme, members: &[Member<'r>]) -> Vec<Member<'r>> {
    let own = |member: &&Member| theme.code.is_some() || !member.row.joined(&theme.id);
    let found: Vec<Member> = members.iter().filter(own).copied().collect();
    if found.is_empty() { members.to_vec() } else { found }
}

/// Mean cosine of the members to a centre, `(n_dims)`, unit length; 0 for none.
pub(crate) fn cohesion(members: &[Member], vectors: &ArrayView2<f32>, centre: &ArrayView1<f32>) -> f64 {
    let sum = members.iter().map(|member| f64::from(vectors.row(member.vector).dot(centre))).sum::<f64>();
    rounded(sum / members.len().max(1) as f64)
}

/// What the members answer, where everything was clustered together under a guide; largest share first.
pub(crate) fn question_shares(members: &[Member], guide: &[GuideQuestionSummary]) -> Vec<QuestionShare> {
    if guide.len() < 2 {
        return Vec::new();
    }
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for question in members.iter().filter_map(|member| member.row.guide_question?.checked_sub(1)) {
        *counts.entry(question).or_default() += 1;
    }
    let mut shares: Vec<(usize, usize)> = counts.into_iter().filter(|(question, _)| *question < guide.len()).collect();
    shares.sort_by_key(|&(question, count)| (std::cmp::Reverse(count), question));
    let share = |(question, count): (usize, usize)| QuestionShare {
        question: guide[question].wording.clone(),
        share: rounded(count as f64 / members.len() as f64),
    };
    shares.into_iter().map(share).collect()
}

/// `vectors`: `(n_units, n_dims)` of the section, unit length; `centre`: the theme's, unit length;
/// `n`: quotes wanted.
pub(crate) fn portrait<'r>(
    members: &[Member<'r>],
    vectors: &ArrayView2<f32>,
    centre: &ArrayView1<f32>,
    n: usize,
) -> Portrait<'r> {
    let quotable = quotable(members);
    let chosen = quotes::representative(&quotable, vectors, centre, n);
    let boundary = quotes::boundary(&quotable, vectors, centre).filter(|at| !chosen.contains(at));
    Portrait {
        cohesion: cohesion(members, vectors, centre),
        quotes: chosen.iter().map(|&at| quote(members[at].row)).collect(),
        boundary: boundary.map(|at| quote(members[at].row)),
        typical: chosen.first().map(|&at| members[at].row.text.as_str()),
    }
}

/// What a part of a theme is called.
pub(crate) struct Naming {
    /// Its headline, if it has one.
    pub headline: Option<Headline>,
    /// Best first.
    pub keywords: Vec<Keyword>,
}

/// A part of a theme; `label` names it, given what its most typical member says.
pub(crate) fn sub_theme(
    members: &[Member],
    vectors: &Array2<f32>,
    id: String,
    asked: &[AskedInStudy],
    naming: Naming,
    label: impl FnOnce(&Naming, Option<&str>) -> String,
) -> SubTheme {
    let rows: Vec<usize> = members.iter().map(|member| member.vector).collect();
    let portrait = portrait(members, &vectors.view(), &centre(vectors, &rows).view(), PART_QUOTES);
    SubTheme {
        id,
        label: label(&naming, portrait.typical),
        headline: naming.headline,
        keywords: naming.keywords,
        mentions: members.len(),
        prevalence: prevalence(&persons(members), asked),
        quotes: portrait.quotes,
    }
}

/// Tells each theme of a section the one whose centre is nearest; `centres` are theirs, in their order.
pub(crate) fn set_nearest(themes: &mut [Theme], centres: &[Array1<f32>]) {
    let ids: Vec<String> = themes.iter().map(|theme| theme.id.clone()).collect();
    for (place, theme) in themes.iter_mut().enumerate() {
        theme.nearest = nearest(centres, place).map(|(other, cosine)| NearestTheme { id: ids[other].clone(), cosine });
    }
}

/// The theme whose centre is nearest to that of `theme`, and their cosine. A theme without members, which has no
/// direction, is near to none.
pub(crate) fn nearest(centres: &[Array1<f32>], theme: usize) -> Option<(usize, f64)> {
    let has_members = |theme: usize| centres[theme].iter().any(|&x| x != 0.0);
    (0..centres.len())
        .filter(|&other| other != theme && has_members(other) && has_members(theme))
        .map(|other| (other, f64::from(centres[other].dot(&centres[theme]))))
        .reduce(|best, here| if here.1 > best.1 { here } else { best })
        .map(|(other, cosine)| (other, rounded(cosine)))
}

fn quotable<'r>(members: &[Member<'r>]) -> Vec<Quotable<'r>> {
    let each =
        |member: &Member<'r>| Quotable { row: member.vector, participant: member.person, text: &member.row.text };
    members.iter().map(each).collect()
}

/// What is shown of a unit.
pub(crate) fn quote(unit: &UnitRow) -> Quote {
    let shown = quotes::shown(&unit.text, QUOTE_WORDS);
    let text = &unit.text[shown.clone()];
    let start = unit.position.start + unit.text[..shown.start].chars().count();
    Quote {
        unit: unit.id.clone(),
        study: unit.study.clone(),
        participant: unit.participant.clone(),
        answer: unit.answer,
        cut_before: words(&unit.text[..shown.start]) > 0,
        cut_after: words(&unit.text[shown.end..]) > 0,
        text: text.to_string(),
        question: unit.question.to_string(),
        pinned: false,
        position: Position { start, end: start + text.chars().count(), ..unit.position.clone() },
    }
}

/// Unit-length mean of the rows `members`.
pub(crate) fn centre(vectors: &Array2<f32>, members: &[usize]) -> Array1<f32> {
    let sum = mean(&vectors.view(), members.iter().copied());
    let norm = sum.dot(&sum).sqrt().max(f64::MIN_POSITIVE);
    sum.mapv(|value| (value / norm) as f32)
}

/// The same of vectors that may have to be made.
pub(crate) fn centre_of(vectors: &dyn Vectors, members: &[usize]) -> Array1<f32> {
    let own = vectors.some(members);
    centre(&own, &(0..own.nrows()).collect::<Vec<_>>())
}

/// To six decimals: what follows is noise of f32 sums.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::load;

    #[test]
    fn a_theme_beside_codes_is_quoted_from_what_it_was_found_by_and_a_code_from_all() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let mut units = load(&folder).unwrap().units;
        let also = |strength| vec![AlsoIn { theme: "T9".into(), strength }];
        units.truncate(3);
        units.iter_mut().for_each(|unit| (unit.theme, unit.also) = (Some("C1".into()), also(Some(0.5))));
        units[0].theme = Some("T9".into());
        units[0].also.clear();
        // A person put it there.
        units[1].also = also(None);
        let members: Vec<Member> = (0..3).map(|at| Member { row: &units[at], person: at, vector: at }).collect();
        let theme = Theme { id: "T9".into(), ..Theme::named("Found".into()) };
        let of = |theme: &Theme, members: &[Member]| -> Vec<usize> {
            quoted(theme, members).iter().map(|member| member.vector).collect()
        };
        assert_eq!(of(&theme, &members), [0, 1]);
        assert_eq!(of(&theme, &members[2..]), [2], "there is nothing else to quote");
        let code = serde_json::json!({ "code": "a", "name": "a", "examples": 0, "threshold": 1.0 });
        let given = Theme { code: serde_json::from_value(code).unwrap(), ..theme };
        assert_eq!(of(&given, &members), [0, 1, 2]);
    }
}

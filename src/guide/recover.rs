//! Recovering the guide: groups of questions that most participants were asked.
//!
//! In: what each answer was asked, with vectors. Out: guide questions in the order of the
//! interview. It works greedily: the wording that reaches most participants gathers the questions
//! around it, its centre is moved to their mean a few times, and what it gathered is taken out;
//! then the next. Deterministic: no random numbers, ties go to the earlier question.

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;

use super::{Asked, GuideQuestion, QuestionKind, asked_by_study};
use crate::corpus::Corpus;

/// A question belongs to a group from this cosine to its centre on.
pub const MEMBER_COSINE: f32 = 0.7;
/// Mean cosine to the centre that makes a group one question.
pub const MIN_COHESION: f64 = 0.8;
/// Share of a study's participants that must have been asked.
pub const MIN_SHARE_ASKED: f64 = 0.5;
/// Cosine from which a given guide line counts as asked.
const GIVEN_COSINE: f32 = 0.6;
/// Transcripts a study lends as places to start from. A question that at least half of the
/// participants were asked is missing from all of 48 with a chance of 2⁻⁴⁸.
const SEED_TRANSCRIPTS: usize = 48;
/// Rounds in which a group's centre moves to the mean of what it gathered.
const CENTRING_ROUNDS: usize = 4;

/// Wordings that greet; a first question near one of them opens the conversation.
pub const GREETINGS: [&str; 5] = [
    "Does that sound good? Do you have any questions before we begin?",
    "Is that all right with you, and do you have any questions before we start?",
    "Are you ready to start?",
    "Are you happy to go ahead with the interview and for it to be recorded?",
    "How are you today?",
];
/// Wordings that close; a late question near one of them ends the conversation.
pub const CLOSINGS: [&str; 4] = [
    "Before we wrap up, is there anything else you would like to add?",
    "Is there anything we haven't covered that would be valuable for us to know?",
    "Do you have any final thoughts?",
    "Is there anything else you want to tell me?",
];
/// Cosine to one of those wordings.
const COURTESY_COSINE: f32 = 0.5;
/// Share of a greeting's answers that are the first of their transcript.
const FIRST_SHARE: f64 = 0.7;
/// Median place in the transcript from which a question may close it.
const CLOSING_PLACE: f64 = 0.6;

/// The unit-length vector of a wording.
pub type WordingVectors<'v> = dyn Fn(&str) -> Array1<f32> + 'v;

struct Wording {
    asked: usize,
    candidate: usize,
}

/// Finds the guide questions; with `given`, the guide is these lines in this order, and only who
/// was asked them is looked for.
///
/// `vector_of` returns the unit-length vector of every candidate's text, of [`GREETINGS`], of
/// [`CLOSINGS`] and of the given lines.
pub fn recover(
    corpus: &Corpus,
    asked: &[Asked],
    given: Option<&[String]>,
    vector_of: &WordingVectors,
) -> Vec<GuideQuestion> {
    let wordings: Vec<Wording> = asked
        .iter()
        .enumerate()
        .flat_map(|(a, question)| (0..question.candidates.len()).map(move |c| Wording { asked: a, candidate: c }))
        .collect();
    let Some(dimensions) = wordings.first().map(|w| vector_of(text_of(asked, w)).len()) else { return Vec::new() };
    let mut matrix = Array2::<f32>::zeros((wordings.len(), dimensions));
    for (row, wording) in wordings.iter().enumerate() {
        matrix.row_mut(row).assign(&vector_of(text_of(asked, wording)));
    }

    let mut questions = match given {
        Some(lines) => match_given(corpus, asked, &wordings, &matrix, lines, vector_of),
        None => {
            let mut found = gather(corpus, asked, &wordings, &matrix);
            found.sort_by(|a, b| a.place.total_cmp(&b.place).then(a.answers.cmp(&b.answers)));
            found
        }
    };
    for question in &mut questions {
        question.kind = kind_of(corpus, question, vector_of);
    }
    questions
}

fn text_of<'a>(asked: &'a [Asked], wording: &Wording) -> &'a str {
    &asked[wording.asked].candidates[wording.candidate].text
}

/// The groups found by themselves, in the order found.
fn gather(corpus: &Corpus, asked: &[Asked], wordings: &[Wording], matrix: &Array2<f32>) -> Vec<GuideQuestion> {
    let seeds = seeds(corpus, asked, wordings);
    // For each seed the wordings near it: the only ones that can be in its group at first.
    let near: Vec<Vec<u32>> = seeds
        .par_iter()
        .map(|&seed| {
            let cosines = matrix.dot(&matrix.row(seed));
            cosines.iter().enumerate().filter(|&(_, &c)| c >= MEMBER_COSINE).map(|(row, _)| row as u32).collect()
        })
        .collect();
    let studies = corpus.studies();
    let study_of: Vec<usize> = corpus
        .transcripts
        .iter()
        .map(|transcript| studies.iter().position(|name| *name == transcript.study).unwrap_or(0))
        .collect();
    let transcripts_in: Vec<usize> =
        (0..studies.len()).map(|study| study_of.iter().filter(|&&s| s == study).count()).collect();
    // The largest share, over the studies, of transcripts in which one of these wordings occurs.
    let reach = |rows: &mut dyn Iterator<Item = usize>| -> f64 {
        let mut seen = vec![false; corpus.transcripts.len()];
        let mut counts = vec![0usize; studies.len()];
        for row in rows {
            let transcript = corpus.answers[asked[wordings[row].asked].answer].transcript;
            if !std::mem::replace(&mut seen[transcript], true) {
                counts[study_of[transcript]] += 1;
            }
        }
        counts.iter().zip(&transcripts_in).map(|(&n, &of)| n as f64 / of.max(1) as f64).fold(0.0, f64::max)
    };

    let mut taken = vec![false; asked.len()];
    let mut alive: Vec<bool> = vec![true; seeds.len()];
    let mut found = Vec::new();
    loop {
        let reaches: Vec<f64> = (0..seeds.len())
            .into_par_iter()
            .map(|s| {
                if !alive[s] || taken[wordings[seeds[s]].asked] {
                    return 0.0;
                }
                reach(&mut near[s].iter().map(|&row| row as usize).filter(|&row| !taken[wordings[row].asked]))
            })
            .collect();
        let Some(best) = (0..seeds.len()).max_by(|&a, &b| reaches[a].total_cmp(&reaches[b]).then(b.cmp(&a))) else {
            break;
        };
        if reaches[best] < MIN_SHARE_ASKED {
            break;
        }
        let mut centre = matrix.row(seeds[best]).to_owned();
        let mut members = members_of(asked, wordings, matrix, &centre, &taken, MEMBER_COSINE);
        for _ in 0..CENTRING_ROUNDS {
            centre = centre_of(matrix, &members);
            members = members_of(asked, wordings, matrix, &centre, &taken, MEMBER_COSINE);
        }
        let cohesion = mean_cosine(&members);
        let share = reach(&mut members.iter().map(|&(row, _)| row));
        if cohesion < MIN_COHESION || share < MIN_SHARE_ASKED {
            alive[best] = false;
            continue;
        }
        for &(row, _) in &members {
            taken[wordings[row].asked] = true;
        }
        found.push(question_from(corpus, asked, wordings, &members, cohesion));
    }
    found
}

/// Rows of wordings to start from: those of an evenly spaced choice of transcripts of each study.
fn seeds(corpus: &Corpus, asked: &[Asked], wordings: &[Wording]) -> Vec<usize> {
    let mut chosen = vec![false; corpus.transcripts.len()];
    for study in corpus.studies() {
        let of_study: Vec<usize> =
            (0..corpus.transcripts.len()).filter(|&t| corpus.transcripts[t].study == study).collect();
        let n = of_study.len().min(SEED_TRANSCRIPTS);
        for i in 0..n {
            chosen[of_study[i * of_study.len() / n]] = true;
        }
    }
    let mut first_with_text: BTreeMap<&str, usize> = BTreeMap::new();
    for (row, wording) in wordings.iter().enumerate() {
        if chosen[corpus.answers[asked[wording.asked].answer].transcript] {
            first_with_text.entry(text_of(asked, wording)).or_insert(row);
        }
    }
    let mut rows: Vec<usize> = first_with_text.into_values().collect();
    rows.sort_unstable();
    rows
}

/// Each untaken question whose best wording is at least `cosine` from the centre: (row, cosine).
fn members_of(
    asked: &[Asked],
    wordings: &[Wording],
    matrix: &Array2<f32>,
    centre: &Array1<f32>,
    taken: &[bool],
    cosine: f32,
) -> Vec<(usize, f32)> {
    let cosines = matrix.dot(centre);
    let mut best: Vec<Option<(usize, f32)>> = vec![None; asked.len()];
    for (row, wording) in wordings.iter().enumerate() {
        let here = cosines[row];
        let slot = &mut best[wording.asked];
        if !taken[wording.asked] && here >= cosine && slot.is_none_or(|(_, there)| here > there) {
            *slot = Some((row, here));
        }
    }
    best.into_iter().flatten().collect()
}

fn centre_of(matrix: &Array2<f32>, members: &[(usize, f32)]) -> Array1<f32> {
    let rows: Vec<usize> = members.iter().map(|&(row, _)| row).collect();
    let sum = matrix.select(Axis(0), &rows).sum_axis(Axis(0));
    let norm = sum.dot(&sum).sqrt().max(f32::MIN_POSITIVE);
    sum / norm
}

fn mean_cosine(members: &[(usize, f32)]) -> f64 {
    members.iter().map(|&(_, cosine)| f64::from(cosine)).sum::<f64>() / members.len().max(1) as f64
}

fn question_from(
    corpus: &Corpus,
    asked: &[Asked],
    wordings: &[Wording],
    members: &[(usize, f32)],
    cohesion: f64,
) -> GuideQuestion {
    let answers: Vec<usize> = members.iter().map(|&(row, _)| asked[wordings[row].asked].answer).collect();
    GuideQuestion {
        wording: typical_wording(asked, wordings, members),
        kind: QuestionKind::Topic,
        asked: asked_by_study(corpus, |answer| answers.binary_search(&answer).is_ok()),
        cohesion,
        place: median_place(corpus, &answers),
        answers,
    }
}

/// The wording with the largest cosine to the centre; of several, the most frequent, then the
/// first.
fn typical_wording(asked: &[Asked], wordings: &[Wording], members: &[(usize, f32)]) -> String {
    let mut by_text: BTreeMap<&str, (f32, usize, usize)> = BTreeMap::new();
    for (order, &(row, cosine)) in members.iter().enumerate() {
        let entry = by_text.entry(text_of(asked, &wordings[row])).or_insert((cosine, 0, order));
        entry.1 += 1;
    }
    by_text
        .into_iter()
        .max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(b.2.cmp(&a.2)))
        .map(|(text, _)| text.to_string())
        .unwrap_or_default()
}

/// Where in their transcripts answers stand: 0 the first, 1 the last; the median.
fn median_place(corpus: &Corpus, answers: &[usize]) -> f64 {
    let mut bounds: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (index, answer) in corpus.answers.iter().enumerate() {
        bounds.entry(answer.transcript).or_insert((index, index)).1 = index;
    }
    let mut places: Vec<f64> = answers
        .iter()
        .map(|&answer| {
            let (first, last) = bounds[&corpus.answers[answer].transcript];
            (answer - first) as f64 / (last - first).max(1) as f64
        })
        .collect();
    places.sort_by(f64::total_cmp);
    places.get(places.len() / 2).copied().unwrap_or(0.0)
}

fn kind_of(corpus: &Corpus, question: &GuideQuestion, vector_of: &WordingVectors) -> QuestionKind {
    let vector = vector_of(&question.wording);
    let near = |examples: &[&str]| examples.iter().any(|example| vector_of(example).dot(&vector) >= COURTESY_COSINE);
    let first = question
        .answers
        .iter()
        .filter(|&&a| a == 0 || corpus.answers[a - 1].transcript != corpus.answers[a].transcript)
        .count();
    if first as f64 >= FIRST_SHARE * question.answers.len() as f64 && first > 0 && near(&GREETINGS) {
        QuestionKind::Greeting
    } else if question.place >= CLOSING_PLACE && near(&CLOSINGS) {
        QuestionKind::Closing
    } else {
        QuestionKind::Topic
    }
}

/// Who was asked each given line: every question goes to the line it is nearest to, if near.
fn match_given(
    corpus: &Corpus,
    asked: &[Asked],
    wordings: &[Wording],
    matrix: &Array2<f32>,
    lines: &[String],
    vector_of: &WordingVectors,
) -> Vec<GuideQuestion> {
    let free = vec![false; asked.len()];
    let mut best: Vec<Option<(usize, usize, f32)>> = vec![None; asked.len()];
    for (line, text) in lines.iter().enumerate() {
        let centre = vector_of(text);
        for (row, cosine) in members_of(asked, wordings, matrix, &centre, &free, GIVEN_COSINE) {
            let slot = &mut best[wordings[row].asked];
            if slot.is_none_or(|(_, _, there)| cosine > there) {
                *slot = Some((line, row, cosine));
            }
        }
    }
    (0..lines.len())
        .map(|line| {
            let members: Vec<(usize, f32)> =
                best.iter().flatten().filter(|&&(l, _, _)| l == line).map(|&(_, row, cosine)| (row, cosine)).collect();
            let mut question = question_from(corpus, asked, wordings, &members, mean_cosine(&members));
            question.wording.clone_from(&lines[line]);
            question
        })
        .collect()
}

//! Recovering the guide: questions that most participants were asked in nearly the same words.
//!
//! In: what each answer was asked, with vectors. Out: guide questions in the order of the
//! interview. Deterministic: no random numbers, ties go to the earlier question.
//!
//! 1. *Wording groups*, tight ones first: the wording that reaches most transcripts gathers the
//!    questions around it, and what it gathered is taken out; then the next.
//! 2. *Alternative wordings* of one question ("What frustrates you?", "What annoys you?") are
//!    near each other, stand at the same place of the interview and do not occur in the same
//!    transcript, since nobody asks the same twice: such groups are joined.
//! 3. *Who was asked*: in each transcript the best match of a question counts as it; a
//!    weaker match counts where the transcript has a gap at the question's place.
//! 4. What reaches half of a study's transcripts, closely enough, is the guide.
//!
//! A survey in columns, with hundreds of questions that are put to everybody word by word, needs none
//! of this: see [`super::survey()`].

mod distinct;

use self::distinct::DistinctVectors;
pub use self::distinct::WordingVectors;
use super::policy::{
    ALTERNATIVE_COSINE, ALTERNATIVE_COSINE_ACROSS_STUDIES, CENTRING_ROUNDS, CLOSING_PLACE, COURTESY_COSINE,
    COURTESY_SHARE, FIRST_SHARE, GAP_COSINE, GIVEN_COSINE, MAX_PLACE_DISTANCE, MAX_TOGETHER, SEED_TRANSCRIPTS,
    SEED_WORDINGS, SMALL_TALK_WORDS, WHOLE_WORDING_SHARE,
};
pub use super::policy::{MEMBER_COSINE, MIN_COHESION, MIN_SHARE_ASKED, MIN_TRANSCRIPTS};
use super::questions::places;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use ndarray::{Array1, ArrayView1, Axis};

use super::survey::{self, Written, survey};
use super::{Asked, GuideQuestion, People, QuestionKind};
use crate::corpus::{Corpus, words};

/// Cosines to a group's centre at which questions are gathered, tightest first, each with the
/// share of a study's transcripts that a group must reach to be kept. A loose group of a few
/// transcripts would be any follow-up.
const GATHERING: [(f32, f64); 4] = [(0.9, 0.08), (0.8, 0.15), (0.75, 0.25), (0.7, 0.4)];

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

struct Wording {
    asked: usize,
    candidate: usize,
}

/// Questions, their wordings and where they were asked.
struct Questions<'a> {
    corpus: &'a Corpus,
    asked: &'a [Asked],
    wordings: Vec<Wording>,
    vectors: DistinctVectors,
    /// For each transcript its study's number; `usize::MAX` for studies with too few transcripts.
    study_of: Vec<usize>,
    transcripts_in: Vec<usize>,
    /// For each answer its place in the transcript, 0 the first, 1 the last.
    place: Vec<f64>,
    /// For each asked question whether it, or a sentence of it, is like one of [`GREETINGS`], and
    /// one of [`CLOSINGS`].
    greets: Vec<bool>,
    closes: Vec<bool>,
    people: People,
}

/// Questions gathered around one or several centres.
struct Group {
    centres: Vec<Array1<f32>>,
    /// (row of the wording, cosine to its centre), at most one for each asked question.
    members: Vec<(usize, f32)>,
    place: f64,
}

impl Group {
    fn rows(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|&(row, _)| row)
    }
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
    if let (None, Some(questions)) = (given, survey(corpus, asked)) {
        return questions;
    }
    if let (None, Some((written, mut questions))) = (given, survey::columns(corpus, asked)) {
        let is_like = |question: &GuideQuestion, courtesies: &[&str]| {
            let vector = vector_of(&question.wording);
            courtesies.iter().any(|courtesy| vector_of(courtesy).dot(&vector) >= COURTESY_COSINE)
        };
        // Only the last question may close a survey, only the first one greet, and no column does.
        if let Some(last) = questions.last_mut().filter(|last| last.place >= CLOSING_PLACE && is_like(last, &CLOSINGS))
        {
            last.kind = QuestionKind::Closing;
        }
        let greets = |first: &GuideQuestion| {
            first.place == 0.0 && are_short(corpus, first.answers.iter().copied()) && is_like(first, &GREETINGS)
        };
        if let Some(first) = questions.first_mut().filter(|first| written == Written::BesideAnswers && greets(first)) {
            first.kind = QuestionKind::Greeting;
        }
        return questions;
    }
    let Some(questions) = Questions::new(corpus, asked, vector_of) else { return Vec::new() };
    match given {
        Some(lines) => questions.match_given(lines, vector_of),
        None => questions.guide(),
    }
}

/// Whether half of these answers are no longer than small talk: who is greeted does not tell a story.
fn are_short(corpus: &Corpus, answers: impl Iterator<Item = usize>) -> bool {
    let mut lengths: Vec<usize> = answers.map(|answer| words(&corpus.turn_of(&corpus.answers[answer]).text)).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() / 2).is_none_or(|&middle| middle <= SMALL_TALK_WORDS)
}

impl<'a> Questions<'a> {
    fn new(corpus: &'a Corpus, asked: &'a [Asked], vector_of: &WordingVectors) -> Option<Self> {
        let wordings: Vec<Wording> = asked
            .iter()
            .enumerate()
            .flat_map(|(a, question)| (0..question.candidates.len()).map(move |c| Wording { asked: a, candidate: c }))
            .collect();
        let text = |wording: &Wording| asked[wording.asked].candidates[wording.candidate].text.as_str();
        let vectors = DistinctVectors::new(wordings.iter().map(text), vector_of)?;
        let studies = corpus.studies();
        let number: HashMap<&str, usize> = studies.iter().copied().zip(0..).collect();
        let study_of: Vec<usize> = corpus.transcripts.iter().map(|t| number[t.study.as_str()]).collect();
        let mut transcripts_in = vec![0; studies.len()];
        study_of.iter().for_each(|&study| transcripts_in[study] += 1);
        let large = |study: usize| transcripts_in.get(study).is_some_and(|&n| n >= MIN_TRANSCRIPTS);
        let study_of = study_of.into_iter().map(|study| if large(study) { study } else { usize::MAX }).collect();
        let like = |examples: &[&str]| -> Vec<bool> {
            let examples: Vec<Array1<f32>> = examples.iter().map(|example| vector_of(example)).collect();
            let near = |row: ArrayView1<f32>| examples.iter().any(|e| e.dot(&row) >= COURTESY_COSINE);
            let near_distinct: Vec<bool> = vectors.matrix.outer_iter().map(near).collect();
            let mut found = vec![false; asked.len()];
            for (at, wording) in wordings.iter().enumerate() {
                found[wording.asked] |= near_distinct[vectors.row_of[at] as usize];
            }
            found
        };
        let (greets, closes) = (like(&GREETINGS), like(&CLOSINGS));
        let place = places(corpus);
        let people = People::of(corpus);
        Some(Self { corpus, asked, wordings, vectors, study_of, transcripts_in, place, greets, closes, people })
    }

    fn text(&self, row: usize) -> &'a str {
        let wording = &self.wordings[row];
        &self.asked[wording.asked].candidates[wording.candidate].text
    }

    fn answer(&self, row: usize) -> usize {
        self.asked[self.wordings[row].asked].answer
    }

    fn transcript(&self, row: usize) -> usize {
        self.corpus.answers[self.answer(row)].transcript
    }

    /// The largest share, over the studies, of transcripts in which one of these wordings occurs.
    fn reach(&self, rows: impl Iterator<Item = usize>) -> f64 {
        self.reaches(rows).into_iter().fold(0.0, f64::max)
    }

    /// For each study the share of its transcripts in which one of these wordings occurs.
    fn reaches(&self, rows: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut seen = vec![false; self.study_of.len()];
        let mut counts = vec![0usize; self.transcripts_in.len()];
        for row in rows {
            let transcript = self.transcript(row);
            if !std::mem::replace(&mut seen[transcript], true) && self.study_of[transcript] != usize::MAX {
                counts[self.study_of[transcript]] += 1;
            }
        }
        counts.iter().zip(&self.transcripts_in).map(|(&n, &of)| n as f64 / of.max(1) as f64).collect()
    }

    fn guide(&self) -> Vec<GuideQuestion> {
        let groups = self.join_alternatives(self.wording_groups());
        let groups: Vec<Group> =
            groups.into_iter().filter(|group| self.reach(group.rows()) >= MIN_SHARE_ASKED / 2.0).collect();
        let mut groups = self.assign(groups);
        groups
            .retain(|group| mean_cosine(&group.members) >= MIN_COHESION && self.reach(group.rows()) >= MIN_SHARE_ASKED);
        // Without the questions that were dropped, others may be nearer.
        let mut groups = self.assign(groups);
        for group in &mut groups {
            self.drop_strays(group);
        }
        groups.sort_by(|a, b| a.place.total_cmp(&b.place).then(a.members[0].0.cmp(&b.members[0].0)));
        self.fill_gaps(&mut groups);
        groups.into_iter().map(|group| self.question(group)).collect()
    }

    /// Step 1: groups of like wordings, tight ones first.
    fn wording_groups(&self) -> Vec<Group> {
        let seeds = self.seeds();
        let loosest = GATHERING[GATHERING.len() - 1].0;
        let near = self.vectors.near(&seeds, loosest);
        let mut taken = vec![false; self.asked.len()];
        let mut groups = Vec::new();
        for (cosine, least_reach) in GATHERING {
            // Reaches only shrink as questions are taken, so a stale one is an upper bound.
            let mut bounds = vec![f64::INFINITY; seeds.len()];
            loop {
                let mut best: Option<(f64, usize)> = None;
                let mut order: Vec<usize> = (0..seeds.len()).filter(|&s| bounds[s] >= least_reach).collect();
                order.sort_by(|&a, &b| bounds[b].total_cmp(&bounds[a]).then(a.cmp(&b)));
                for s in order {
                    if best.is_some_and(|(reach, _)| bounds[s] < reach) {
                        break;
                    }
                    bounds[s] = if taken[self.wordings[seeds[s]].asked] {
                        0.0
                    } else {
                        let untaken = near[s]
                            .iter()
                            .filter(|&&(row, there)| there >= cosine && !taken[self.wordings[row as usize].asked]);
                        self.reach(untaken.map(|&(row, _)| row as usize))
                    };
                    if best.is_none_or(|(reach, at)| bounds[s] > reach || (bounds[s] == reach && s < at)) {
                        best = Some((bounds[s], s));
                    }
                }
                let Some((reach, seed)) = best.filter(|&(reach, _)| reach >= least_reach) else { break };
                let mut centre = self.vectors.row(seeds[seed]).to_owned();
                let mut members = self.members(&centre, &taken, cosine);
                for _ in 0..CENTRING_ROUNDS {
                    centre = centre_of(&self.vectors, &members);
                    members = self.members(&centre, &taken, cosine);
                }
                bounds[seed] = 0.0;
                if members.is_empty() || self.reach(members.iter().map(|&(row, _)| row)) < least_reach.min(reach) {
                    continue;
                }
                for &(row, _) in &members {
                    taken[self.wordings[row].asked] = true;
                }
                let place = self.median_place(&members);
                groups.push(Group { centres: vec![centre], members, place });
            }
        }
        groups
    }

    /// Rows of wordings to start from: those of an evenly spaced choice of transcripts a study.
    fn seeds(&self) -> Vec<usize> {
        let mut chosen = vec![false; self.study_of.len()];
        for study in 0..self.transcripts_in.len() {
            let of_study: Vec<usize> = (0..self.study_of.len()).filter(|&t| self.study_of[t] == study).collect();
            let n = of_study.len().min(SEED_TRANSCRIPTS);
            for i in 0..n {
                chosen[of_study[i * of_study.len() / n]] = true;
            }
        }
        let mut rows_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for row in 0..self.wordings.len() {
            let transcript = self.transcript(row);
            if chosen[transcript] {
                rows_of.entry(transcript).or_default().push(row);
            }
        }
        let mut first_with_text: BTreeMap<&str, usize> = BTreeMap::new();
        for rows in rows_of.values() {
            let n = rows.len().min(SEED_WORDINGS);
            for row in (0..n).map(|i| rows[i * rows.len() / n]) {
                first_with_text.entry(self.text(row)).or_insert(row);
            }
        }
        let mut rows: Vec<usize> = first_with_text.into_values().collect();
        rows.sort_unstable();
        rows
    }

    /// Each untaken question whose best wording is at least `cosine` from the centre.
    fn members(&self, centre: &Array1<f32>, taken: &[bool], cosine: f32) -> Vec<(usize, f32)> {
        let cosines = self.vectors.cosines(&centre.view());
        let mut best: Vec<Option<(usize, f32)>> = vec![None; self.asked.len()];
        for (row, wording) in self.wordings.iter().enumerate() {
            let here = cosines[row];
            let slot = &mut best[wording.asked];
            if !taken[wording.asked] && here >= cosine && slot.is_none_or(|(_, there)| here > there) {
                *slot = Some((row, here));
            }
        }
        best.into_iter().flatten().collect()
    }

    /// Step 2: joins groups that word the same question differently, nearest first.
    fn join_alternatives(&self, mut groups: Vec<Group>) -> Vec<Group> {
        loop {
            let mut best: Option<(f32, usize, usize)> = None;
            for a in 0..groups.len() {
                for b in a + 1..groups.len() {
                    let Some(cosine) = self.are_alternatives(&groups[a], &groups[b]) else { continue };
                    if best.is_none_or(|(there, _, _)| cosine > there) {
                        best = Some((cosine, a, b));
                    }
                }
            }
            let Some((_, a, b)) = best else { return groups };
            let absorbed = groups.remove(b);
            let group = &mut groups[a];
            group.centres.extend(absorbed.centres);
            group.members.extend(absorbed.members);
            group.members.sort_by_key(|&(row, _)| row);
            group.place = self.median_place(&group.members);
        }
    }

    /// The cosine of the nearest centres of two groups, when they look like one question.
    fn are_alternatives(&self, a: &Group, b: &Group) -> Option<f32> {
        if (a.place - b.place).abs() > MAX_PLACE_DISTANCE {
            return None;
        }
        // Two ways to close ("Anything to add?", "Did we forget something?") need not share words.
        let both_close = self.kind(a) == QuestionKind::Closing && self.kind(b) == QuestionKind::Closing;
        let pairs = a.centres.iter().flat_map(|x| b.centres.iter().map(move |y| x.dot(y)));
        let cosine = pairs.fold(f32::MIN, f32::max);
        let transcripts =
            |group: &Group| -> BTreeSet<usize> { group.members.iter().map(|&(row, _)| self.transcript(row)).collect() };
        let (in_a, in_b) = (transcripts(a), transcripts(b));
        let studies = |transcripts: &BTreeSet<usize>| -> BTreeSet<usize> {
            transcripts.iter().map(|&t| self.study_of[t]).collect()
        };
        let least = if both_close {
            f32::MIN
        } else if studies(&in_a).is_disjoint(&studies(&in_b)) {
            ALTERNATIVE_COSINE_ACROSS_STUDIES
        } else {
            ALTERNATIVE_COSINE
        };
        let together = in_a.intersection(&in_b).count() as f64 / in_a.len().min(in_b.len()).max(1) as f64;
        (cosine >= least && together <= MAX_TOGETHER).then_some(cosine)
    }

    /// Step 3: in each transcript, every question goes to the nearest group, and of those that go
    /// to the same group the nearest is it; others stay only when they repeat it nearly word by
    /// word.
    fn assign(&self, groups: Vec<Group>) -> Vec<Group> {
        let cosines: Vec<Array1<f32>> = groups.iter().map(|group| self.cosines(group)).collect();
        let mut best: Vec<Option<(usize, usize, f32)>> = vec![None; self.asked.len()];
        for (row, wording) in self.wordings.iter().enumerate() {
            for (group, cosines) in cosines.iter().enumerate() {
                let here = cosines[row];
                let slot = &mut best[wording.asked];
                if here >= MEMBER_COSINE && slot.is_none_or(|(_, _, there)| here > there) {
                    *slot = Some((group, row, here));
                }
            }
        }
        let mut nearest: BTreeMap<(usize, usize), (f32, usize)> = BTreeMap::new();
        for &(group, row, cosine) in best.iter().flatten() {
            let slot = nearest.entry((self.transcript(row), group)).or_insert((cosine, row));
            if cosine > slot.0 {
                *slot = (cosine, row);
            }
        }
        let mut groups = groups;
        for (number, group) in groups.iter_mut().enumerate() {
            group.members = best
                .iter()
                .flatten()
                .filter(|&&(g, row, cosine)| {
                    g == number && (nearest[&(self.transcript(row), g)].1 == row || cosine >= GATHERING[0].0)
                })
                .map(|&(_, row, cosine)| (row, cosine))
                .collect();
            group.place = self.median_place(&group.members);
        }
        groups.retain(|group| !group.members.is_empty());
        groups
    }

    /// In a study that does not have the question in its guide, what is like it is a follow-up.
    fn drop_strays(&self, group: &mut Group) {
        let reaches = self.reaches(group.rows());
        group.members.retain(|&(row, _)| {
            let study = self.study_of[self.transcript(row)];
            reaches.get(study).is_none_or(|&reach| reach >= MIN_SHARE_ASKED / 2.0)
        });
        group.place = self.median_place(&group.members);
    }

    /// Cosine of every wording to the nearest of a group's centres.
    fn cosines(&self, group: &Group) -> Array1<f32> {
        let mut best = Array1::from_elem(self.wordings.len(), f32::MIN);
        for centre in &group.centres {
            best.zip_mut_with(&self.vectors.cosines(&centre.view()), |best, &here| *best = best.max(here));
        }
        best
    }

    /// Step 3, second half: where a transcript of a study that was asked lacks a question, a
    /// weaker match counts if it stands between the guide questions before and after it.
    fn fill_gaps(&self, groups: &mut [Group]) {
        let cosines: Vec<Array1<f32>> = groups.iter().map(|group| self.cosines(group)).collect();
        let mut group_of: Vec<Option<usize>> = vec![None; self.asked.len()];
        for (number, group) in groups.iter().enumerate() {
            for &(row, _) in &group.members {
                group_of[self.wordings[row].asked] = Some(number);
            }
        }
        let mut in_transcript: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (asked, question) in self.asked.iter().enumerate() {
            in_transcript.entry(self.corpus.answers[question.answer].transcript).or_default().push(asked);
        }
        let mut rows_of: Vec<Vec<usize>> = vec![Vec::new(); self.asked.len()];
        for (row, wording) in self.wordings.iter().enumerate() {
            rows_of[wording.asked].push(row);
        }
        // The studies that have the question in their guide.
        let asked_in: Vec<Vec<bool>> = groups
            .iter()
            .map(|group| self.reaches(group.rows()).into_iter().map(|reach| reach >= MIN_SHARE_ASKED).collect())
            .collect();
        let mut added: Vec<(usize, usize, f32)> = Vec::new();
        for (&transcript, questions) in &in_transcript {
            for missing in 0..groups.len() {
                let has = questions.iter().any(|&q| group_of[q] == Some(missing));
                if has || !asked_in[missing].get(self.study_of[transcript]).is_some_and(|&asked| asked) {
                    continue;
                }
                let after = questions.iter().rposition(|&q| group_of[q].is_some_and(|g| g < missing));
                let before = questions.iter().position(|&q| group_of[q].is_some_and(|g| g > missing));
                let first = after.map_or(0, |at| at + 1);
                let gap = questions.get(first..before.unwrap_or(questions.len())).unwrap_or_default();
                let best = gap
                    .iter()
                    .filter(|&&q| group_of[q].is_none())
                    .flat_map(|&q| rows_of[q].iter().map(|&row| (cosines[missing][row], row)))
                    .fold(None::<(f32, usize)>, |best, here| match best {
                        Some(best) if best.0 >= here.0 => Some(best),
                        _ => Some(here),
                    });
                if let Some((cosine, row)) = best.filter(|&(cosine, _)| cosine >= GAP_COSINE) {
                    group_of[self.wordings[row].asked] = Some(missing);
                    added.push((missing, row, cosine));
                }
            }
        }
        for (group, row, cosine) in added {
            groups[group].members.push((row, cosine));
            groups[group].members.sort_by_key(|&(row, _)| row);
        }
    }

    fn question(&self, group: Group) -> GuideQuestion {
        let answers: Vec<usize> = group.members.iter().map(|&(row, _)| self.answer(row)).collect();
        GuideQuestion {
            wording: self.typical_wording(&group.members),
            kind: self.kind(&group),
            asked: self.people.asked(answers.iter().copied()),
            cohesion: mean_cosine(&group.members),
            place: group.place,
            answers,
        }
    }

    /// By place together with wording.
    fn kind(&self, group: &Group) -> QuestionKind {
        let share = |holds: &dyn Fn(usize) -> bool| {
            let n = group.members.iter().filter(|&&(row, _)| holds(row)).count();
            n as f64 / group.members.len().max(1) as f64
        };
        let first = |row: usize| self.place[self.answer(row)] == 0.0;
        let greets = |row: usize| self.greets[self.wordings[row].asked];
        let answers = group.rows().map(|row| self.answer(row));
        if share(&first) >= FIRST_SHARE && share(&greets) >= COURTESY_SHARE && are_short(self.corpus, answers) {
            QuestionKind::Greeting
        } else if group.place >= CLOSING_PLACE && share(&|row| self.closes[self.wordings[row].asked]) >= COURTESY_SHARE
        {
            QuestionKind::Closing
        } else {
            QuestionKind::Topic
        }
    }

    /// The most frequent wording of the whole question; where it is put differently each time, of
    /// the sentence that stays the same. Of equally frequent ones the nearest to the centre, then
    /// the first.
    fn typical_wording(&self, members: &[(usize, f32)]) -> String {
        let matched = members.iter().map(|&(row, cosine)| (self.text(row), cosine));
        let whole = members.iter().map(|&(row, cosine)| {
            let question = &self.asked[self.wordings[row].asked];
            (question.candidates[0].text.as_str(), cosine)
        });
        let (whole, times) = most_frequent(whole);
        let (sentence, times_sentence) = most_frequent(matched);
        let mostly_whole = times as f64 >= WHOLE_WORDING_SHARE * times_sentence as f64;
        if mostly_whole { whole.to_string() } else { sentence.to_string() }
    }

    fn median_place(&self, members: &[(usize, f32)]) -> f64 {
        let mut places: Vec<f64> = members.iter().map(|&(row, _)| self.place[self.answer(row)]).collect();
        places.sort_by(f64::total_cmp);
        places.get(places.len() / 2).copied().unwrap_or(0.0)
    }

    /// Who was asked each given line: every question goes to the line it is nearest to, if near.
    fn match_given(&self, lines: &[String], vector_of: &WordingVectors) -> Vec<GuideQuestion> {
        let free = vec![false; self.asked.len()];
        let mut best: Vec<Option<(usize, usize, f32)>> = vec![None; self.asked.len()];
        for (line, text) in lines.iter().enumerate() {
            for (row, cosine) in self.members(&vector_of(text), &free, GIVEN_COSINE) {
                let slot = &mut best[self.wordings[row].asked];
                if slot.is_none_or(|(_, _, there)| cosine > there) {
                    *slot = Some((line, row, cosine));
                }
            }
        }
        lines
            .iter()
            .enumerate()
            .map(|(line, text)| {
                let of_line = best.iter().flatten().filter(|&&(l, _, _)| l == line);
                let members: Vec<(usize, f32)> = of_line.map(|&(_, row, cosine)| (row, cosine)).collect();
                let place = self.median_place(&members);
                let group = Group { centres: Vec::new(), members, place };
                GuideQuestion { wording: text.clone(), ..self.question(group) }
            })
            .collect()
    }
}

fn centre_of(vectors: &DistinctVectors, members: &[(usize, f32)]) -> Array1<f32> {
    let rows: Vec<usize> = members.iter().map(|&(wording, _)| vectors.row_of[wording] as usize).collect();
    let sum = vectors.matrix.select(Axis(0), &rows).sum_axis(Axis(0));
    let norm = sum.dot(&sum).sqrt().max(f32::MIN_POSITIVE);
    sum / norm
}

/// The text that occurs most, and how often.
fn most_frequent<'t>(texts: impl Iterator<Item = (&'t str, f32)>) -> (&'t str, usize) {
    let mut by_text: BTreeMap<&str, (usize, f32, usize)> = BTreeMap::new();
    for (order, (text, cosine)) in texts.enumerate() {
        let entry = by_text.entry(text).or_insert((0, cosine, order));
        entry.0 += 1;
    }
    by_text
        .into_iter()
        .max_by(|(_, a), (_, b)| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(b.2.cmp(&a.2)))
        .map_or(("", 0), |(text, (times, _, _))| (text, times))
}

fn mean_cosine(members: &[(usize, f32)]) -> f64 {
    members.iter().map(|&(_, cosine)| f64::from(cosine)).sum::<f64>() / members.len().max(1) as f64
}

#[cfg(test)]
mod tests;

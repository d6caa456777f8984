//! A guide that is known already, recognised in other interviews.
//!
//! In: the sections of a guide with the wordings that opened them, new interviews, and the guide
//! questions that the new interviews have by themselves. Out: for each new answer its section, or
//! what it answers instead. It changes no guide, and it never guesses: a question that most new
//! interviews ask and the known guide has not opens no known section.
//!
//! 1. A question is near a section when one of its wordings is near the section's, or very near one
//!    that opened it, unless hardly any other was like that one. In a transcript the nearest counts,
//!    others only as repetitions.
//! 2. A guide question of the new interviews ([`recover`](super::recover)) is the known one that at
//!    least half of its wordings are very near: so paraphrases that are new come along. One that is
//!    none of them, nor a follow-up known before, is unknown.
//! 3. Where the new interviews have a guide of their own that has no question for a section, a question
//!    near that section's is a follow-up, unless it is the same nearly word by word or many were asked it.
//! 4. As in a guide that is recovered, a question stays in force until the next one.

use super::policy::{GREETED_ANSWERS, MAPPED_SHARE, REPETITION, SAME_WORDING, SHARED_WORDS, SUPPORT};
use std::collections::{BTreeMap, BTreeSet, HashMap};

use ndarray::{Array1, Array2, Axis};
use rayon::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::recover::{MEMBER_COSINE, MIN_SHARE_ASKED, WordingVectors};
use super::{Asked, Candidate, GuideQuestion, MIN_QUESTIONS, QuestionKind, widely_asked, wordings};
use crate::corpus::Corpus;

/// Guide questions with their sections.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownGuide {
    /// The sections, in order.
    pub sections: Vec<KnownSection>,
    /// Questions that greeted.
    pub greetings: Vec<Opening>,
    /// Wordings of follow-ups, or some of them.
    pub follow_ups: Vec<String>,
}

/// A section as its questions tell.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownSection {
    /// The guide question; empty for a section that none opens.
    pub question: String,
    /// Topic or closing.
    pub kind: QuestionKind,
    /// What was asked where the section began.
    pub openings: Vec<Opening>,
}

/// A question that opened a section.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// Its wordings.
    pub candidates: Vec<Candidate>,
    /// How often it did.
    pub times: usize,
}

/// What an answer answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The interviewer's greeting.
    Greeting,
    /// The question of a known section, or a follow-up to it.
    Section(usize),
    /// A question of the new interviews that the guide has not, or a follow-up to it.
    Unknown(usize),
    /// No guide question occurs in the transcript.
    Nowhere,
}

/// New answers among the sections of a known guide.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// For each answer what it answers.
    pub places: Vec<Place>,
    /// For each answer whether its own question opens the section, rather than one before.
    pub direct: Vec<bool>,
    /// The unknown questions: places in the guide questions of the new interviews.
    pub unknown: Vec<usize>,
}

impl KnownGuide {
    /// Every wording that [`KnownGuide::recognise`] compares with.
    pub fn wordings(&self) -> Vec<&str> {
        let openings = self.sections.iter().flat_map(|section| &section.openings).chain(&self.greetings);
        let openings = openings.flat_map(|opening| &opening.candidates).map(|candidate| candidate.text.as_str());
        let questions = self.sections.iter().map(|section| section.question.as_str()).filter(|q| !q.is_empty());
        let all: BTreeSet<&str> = questions.chain(openings).chain(self.follow_ups.iter().map(String::as_str)).collect();
        all.into_iter().collect()
    }

    /// Finds the section of each answer of new interviews. `asked`: what they were asked; `recovered`:
    /// their own guide questions; `new` and `known`: unit-length vectors of the wordings of `asked` and
    /// of [`KnownGuide::wordings`]. Without the latter, wordings must be the same to the letter.
    pub fn recognise(
        &self,
        corpus: &Corpus,
        asked: &[Asked],
        recovered: &[GuideQuestion],
        new: &(dyn Fn(&str) -> Array1<f32> + Sync),
        known: Option<&WordingVectors>,
    ) -> Recognised {
        let near = match known {
            Some(known) => self.near(asked, new, known),
            None => self.same(asked),
        };
        let mut direct: Vec<Option<(Opens, f32)>> = vec![None; corpus.answers.len()];
        for (question, near) in asked.iter().zip(near) {
            direct[question.answer] = near;
        }
        for_each_transcript(corpus, |answers| {
            for answer in answers.clone().skip(GREETED_ANSWERS) {
                direct[answer].take_if(|(opens, _)| *opens == Opens::Greeting);
            }
            drop_weaker(&mut direct[answers]);
        });
        let follow_ups: Vec<Array1<f32>> =
            known.iter().flat_map(|known| self.follow_ups.iter().map(|text| known(text))).collect();
        let mut unknown = Vec::new();
        let mut of_guide = vec![false; direct.len()];
        for (number, question) in recovered.iter().enumerate() {
            match self.mapped(question, &direct) {
                Some(opens) => {
                    for &answer in &question.answers {
                        direct[answer] = Some((opens, 1.0));
                        of_guide[answer] = true;
                    }
                }
                None => {
                    let vector = known.map(|_| new(&question.wording));
                    let is_follow_up = vector.is_some_and(|v| follow_ups.iter().any(|f| f.dot(&v) >= SAME_WORDING));
                    if !is_follow_up {
                        for &answer in &question.answers {
                            direct[answer] = Some((Opens::Unknown(unknown.len()), 1.0));
                            of_guide[answer] = true;
                        }
                        unknown.push(number);
                    }
                }
            }
        }
        drop_strays(corpus, recovered, &of_guide, &mut direct);
        carried_forward(corpus, &direct, unknown)
    }

    /// For each question the section, or the greeting, that it is nearest to, with the cosine.
    fn near(
        &self,
        asked: &[Asked],
        new: &(dyn Fn(&str) -> Array1<f32> + Sync),
        known: &WordingVectors,
    ) -> Vec<Option<(Opens, f32)>> {
        let mut examples: Vec<(Opens, f32, Array1<f32>)> = Vec::new();
        for (number, section) in self.sections.iter().enumerate().filter(|(_, section)| !section.question.is_empty()) {
            let question = known(&section.question);
            let openings: Vec<(Array1<f32>, usize)> = section
                .openings
                .iter()
                .filter_map(|opening| {
                    // The sentence that asks, among others in the turn.
                    let vectors = opening.candidates.iter().map(|candidate| known(&candidate.text));
                    let nearest = vectors.map(|vector| (vector.dot(&question), vector));
                    let nearest = nearest.reduce(|best, here| if here.0 > best.0 { here } else { best });
                    nearest.map(|(_, vector)| (vector, opening.times))
                })
                .collect();
            let all: usize = openings.iter().map(|(_, times)| times).sum();
            for (vector, _) in &openings {
                let alike = openings.iter().filter(|(other, _)| other.dot(vector) >= SAME_WORDING);
                let times: usize = alike.map(|(_, times)| times).sum();
                if times as f64 >= SUPPORT * all as f64 {
                    examples.push((Opens::Section(number), SAME_WORDING, vector.clone()));
                }
            }
            examples.push((Opens::Section(number), MEMBER_COSINE, question));
        }
        let greetings = self.greetings.iter().filter_map(|greeting| greeting.candidates.first());
        examples.extend(greetings.map(|g| (Opens::Greeting, SAME_WORDING, known(&g.text))));
        let Some(n_dims) = examples.first().map(|(_, _, vector)| vector.len()) else { return vec![None; asked.len()] };
        let mut matrix = Array2::<f32>::zeros((examples.len(), n_dims));
        for (row, (_, _, vector)) in examples.iter().enumerate() {
            matrix.index_axis_mut(Axis(0), row).assign(vector);
        }
        asked
            .par_iter()
            .map(|question| {
                let cosines = question.candidates.iter().map(|candidate| matrix.dot(&new(&candidate.text)));
                let mut best: Option<(Opens, f32)> = None;
                for cosines in cosines {
                    for (&cosine, (opens, least, _)) in cosines.iter().zip(&examples) {
                        if cosine >= *least && best.is_none_or(|(_, there)| cosine > there) {
                            best = Some((*opens, cosine));
                        }
                    }
                }
                best
            })
            .collect()
    }

    /// The same for wordings that are the same to the letter.
    fn same(&self, asked: &[Asked]) -> Vec<Option<(Opens, f32)>> {
        let mut of_text: HashMap<&str, Opens> = HashMap::new();
        for greeting in self.greetings.iter().filter_map(|greeting| greeting.candidates.first()) {
            of_text.insert(&greeting.text, Opens::Greeting);
        }
        for (number, section) in self.sections.iter().enumerate() {
            for opening in section.openings.iter().filter_map(|opening| opening.candidates.first()) {
                of_text.entry(&opening.text).or_insert(Opens::Section(number));
            }
            if !section.question.is_empty() {
                of_text.insert(&section.question, Opens::Section(number));
            }
        }
        let opens = |question: &Asked| question.candidates.iter().find_map(|c| of_text.get(c.text.as_str()));
        asked.iter().map(|question| opens(question).map(|&opens| (opens, 1.0))).collect()
    }

    /// The known question that a new one is.
    fn mapped(&self, question: &GuideQuestion, direct: &[Option<(Opens, f32)>]) -> Option<Opens> {
        let mut counts: BTreeMap<Opens, usize> = BTreeMap::new();
        for &answer in &question.answers {
            if let Some((opens, _)) = direct[answer].filter(|&(_, cosine)| cosine >= SAME_WORDING) {
                *counts.entry(opens).or_default() += 1;
            }
        }
        let most = counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
        let closing = || self.sections.iter().position(|section| section.kind == QuestionKind::Closing);
        match (most, question.kind) {
            (_, QuestionKind::Greeting) => Some(Opens::Greeting),
            (Some((opens, n)), _) if n as f64 >= MAPPED_SHARE * question.answers.len() as f64 => Some(opens),
            (_, QuestionKind::Closing) => closing().map(Opens::Section),
            _ => None,
        }
    }
}

/// What a question does in the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Opens {
    Greeting,
    Section(usize),
    Unknown(usize),
}

/// Of several questions of a transcript that are near one section the nearest is it; others only where
/// they repeat it.
fn drop_weaker(direct: &mut [Option<(Opens, f32)>]) {
    let mut best: BTreeMap<Opens, f32> = BTreeMap::new();
    for &(opens, cosine) in direct.iter().flatten() {
        let there = best.entry(opens).or_insert(cosine);
        *there = there.max(cosine);
    }
    for question in direct {
        question.take_if(|(opens, cosine)| *cosine < best[opens] && *cosine < REPETITION);
    }
}

/// Drops single questions that are follow-ups near a section's question. `of_guide`: for each answer
/// whether a guide question of the new interviews was asked.
///
/// A question that is nearly the known one word by word stays. Of the others those go whose interview was
/// asked the section's question as its own guide has it; and, in a study with a guide of its own
/// ([`MIN_QUESTIONS`]) that has no question for the section, those that fewer of its interviews were asked
/// than half of what a guide question needs, as in [`recover`](super::recover).
fn drop_strays(corpus: &Corpus, recovered: &[GuideQuestion], of_guide: &[bool], direct: &mut [Option<(Opens, f32)>]) {
    let studies = corpus.studies();
    let study_of: Vec<Option<usize>> = corpus
        .transcripts
        .iter()
        .map(|transcript| studies.iter().position(|study| *study == transcript.study))
        .collect();
    let has_guide: Vec<bool> = (0..studies.len())
        .map(|study| {
            let own = |q: &&GuideQuestion| q.kind == QuestionKind::Topic && widely_asked(&q.asked[study]);
            recovered.iter().filter(own).count() >= MIN_QUESTIONS
        })
        .collect();
    let mut opened: BTreeSet<(usize, Opens)> = BTreeSet::new();
    let mut has_question: BTreeSet<(Option<usize>, Opens)> = BTreeSet::new();
    let mut singles: BTreeMap<(Option<usize>, Opens), BTreeSet<usize>> = BTreeMap::new();
    for (answer, question) in direct.iter().enumerate() {
        let Some((opens, _)) = *question else { continue };
        let transcript = corpus.answers[answer].transcript;
        let study = study_of[transcript];
        if of_guide[answer] {
            opened.insert((transcript, opens));
            has_question.insert((study, opens));
        } else {
            singles.entry((study, opens)).or_default().insert(transcript);
        }
    }
    let is_usual = |study: Option<usize>, opens: Opens| {
        let n = study_of.iter().filter(|&&other| other == study).count();
        singles[&(study, opens)].len() as f64 >= MIN_SHARE_ASKED / 2.0 * n as f64
    };
    for (answer, question) in direct.iter_mut().enumerate().filter(|&(answer, _)| !of_guide[answer]) {
        let transcript = corpus.answers[answer].transcript;
        let study = study_of[transcript];
        let asked_off_guide = |opens: Opens| {
            study.is_some_and(|study| has_guide[study])
                && !has_question.contains(&(study, opens))
                && !is_usual(study, opens)
        };
        question.take_if(|(opens, cosine)| {
            *opens != Opens::Greeting
                && *cosine < REPETITION
                && (opened.contains(&(transcript, *opens)) || asked_off_guide(*opens))
        });
    }
}

fn for_each_transcript(corpus: &Corpus, mut visit: impl FnMut(std::ops::Range<usize>)) {
    let mut start = 0;
    for answers in corpus.answers.chunk_by(|a, b| a.transcript == b.transcript) {
        visit(start..start + answers.len());
        start += answers.len();
    }
}

/// A question stays in force until the next; what comes before the first belongs to it.
fn carried_forward(corpus: &Corpus, direct: &[Option<(Opens, f32)>], unknown: Vec<usize>) -> Recognised {
    let mut places = vec![Place::Nowhere; direct.len()];
    let opened = |answer: usize| match direct[answer] {
        Some((Opens::Section(section), _)) => Some(Place::Section(section)),
        Some((Opens::Unknown(question), _)) => Some(Place::Unknown(question)),
        _ => None,
    };
    for_each_transcript(corpus, |answers| {
        let mut current = answers.clone().find_map(opened).unwrap_or(Place::Nowhere);
        for answer in answers {
            current = opened(answer).unwrap_or(current);
            let greets = matches!(direct[answer], Some((Opens::Greeting, _)));
            places[answer] = if greets { Place::Greeting } else { current };
        }
    });
    Recognised { places, direct: direct.iter().map(Option::is_some).collect(), unknown }
}

/// For each question of one interview, in order, the guide question in force, recognised by its words
/// alone: a question is the guide's when one of its sentences has most of the words of the wording.
/// What comes before the first belongs to it.
pub fn in_force_by_words(questions: &[&str], guide: &[&str]) -> Vec<Option<usize>> {
    let words = |text: &str| -> BTreeSet<String> { text.unicode_words().map(str::to_lowercase).collect() };
    let guide: Vec<BTreeSet<String>> = guide.iter().map(|wording| words(wording)).collect();
    let opened: Vec<Option<usize>> = questions
        .iter()
        .map(|question| {
            let sentences: Vec<BTreeSet<String>> = wordings(question).iter().map(|c| words(&c.text)).collect();
            let share = |wording: &BTreeSet<String>| {
                let shared = sentences.iter().map(|sentence| sentence.intersection(wording).count()).max();
                shared.unwrap_or(0) as f64 / wording.len().max(1) as f64
            };
            let shares = guide.iter().map(share).enumerate().filter(|&(_, share)| share >= SHARED_WORDS);
            shares.reduce(|best, here| if here.1 > best.1 { here } else { best }).map(|(number, _)| number)
        })
        .collect();
    let first = opened.iter().flatten().next().copied();
    opened
        .into_iter()
        .scan(first, |current, opened| {
            *current = opened.or(*current);
            Some(*current)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::guide::test_interviews::{WordVectors, corpus};
    use crate::guide::{asked_questions, recover};

    const GUIDE: [&str; 3] = [
        "How do you use the scheduling app in a normal week?",
        "What has got better for you since it came in?",
        "Which worries remain when colleagues plan their holidays?",
    ];
    /// The known guide asks it too; the new interviews do not.
    const NIGHTS: &str = "Who fills the night shifts on this ward nowadays, and how?";
    /// Near it: cosine 9/11.
    const NEAR_NIGHTS: &str = "Who fills the night shifts on your ward nowadays, then how?";
    /// Another wording of the first question in the known interviews, and one near it: cosine 8/9.
    const OTHER_USE: &str = "Where does the rota come from on most Mondays?";
    const NEAR_OTHER_USE: &str = "Where does the rota come from on most evenings?";
    /// The first question so worded that only its place tells: cosine 0.57.
    const LOOSE_USE: &str = "How do you open the scheduling app on some days?";

    /// The sections of the answers of interviews with the guide's first three questions, of which some begin
    /// or end otherwise.
    fn places(
        n_interviews: usize,
        first: impl Fn(usize) -> &'static str,
        last: impl Fn(usize) -> Option<&'static str>,
    ) -> Vec<Vec<Place>> {
        let questions = |n: usize| {
            let asked = [first(n), GUIDE[1], GUIDE[2]].into_iter().chain(last(n));
            asked.map(str::to_string).collect::<Vec<_>>()
        };
        let corpus = corpus(&[("home", (0..n_interviews).map(questions).collect())]);
        let vectors = WordVectors::of(&corpus, &[NIGHTS, OTHER_USE]);
        let vector_of = |text: &str| vectors.vector(text);
        let asked = asked_questions(&corpus);
        let recovered = recover(&corpus, &asked, None, &vector_of);
        let opening = |question: &str| Opening { candidates: wordings(question), times: 10 };
        let section = |question: &str| KnownSection {
            question: question.into(),
            kind: QuestionKind::Topic,
            openings: vec![opening(question)],
        };
        let mut sections: Vec<KnownSection> = GUIDE.into_iter().chain([NIGHTS]).map(section).collect();
        sections[0].openings.push(opening(OTHER_USE));
        let guide = KnownGuide { sections, ..KnownGuide::default() };
        let found = guide.recognise(&corpus, &asked, &recovered, &vector_of, Some(&vector_of));
        assert!(found.unknown.is_empty());
        let mut of_interview = vec![Vec::new(); n_interviews];
        for (answer, &place) in corpus.answers.iter().zip(&found.places) {
            of_interview[answer.transcript].push(place);
        }
        of_interview
    }

    #[test]
    fn a_single_follow_up_near_a_known_question_opens_no_section() {
        let last = |n: usize| match n {
            3 => Some(NEAR_NIGHTS),
            7 => Some(NEAR_OTHER_USE),
            11 => Some(NIGHTS),
            _ => None,
        };
        let found = places(20, |n| if n == 7 { LOOSE_USE } else { GUIDE[0] }, last);
        let sections = |sections: &[usize]| sections.iter().map(|&s| Place::Section(s)).collect::<Vec<_>>();
        for (interview, found) in found.iter().enumerate() {
            let expected: &[usize] = match interview {
                3 | 7 => &[0, 1, 2, 2],
                // Word by word it is the known question, though of one interview only.
                11 => &[0, 1, 2, 3],
                _ => &[0, 1, 2],
            };
            assert_eq!(*found, sections(expected), "interview {interview}");
        }
    }

    #[test]
    fn what_many_are_asked_or_few_interviews_have_is_no_stray() {
        // A quarter of the interviews; no guide question of theirs is it.
        let found = places(20, |_| GUIDE[0], |n| (n % 4 == 0).then_some(NEAR_NIGHTS));
        assert_eq!(found.iter().filter(|places| places.get(3) == Some(&Place::Section(3))).count(), 5);
        // Four interviews have no guide of their own to tell.
        let found = places(4, |_| GUIDE[0], |n| (n == 0).then_some(NEAR_NIGHTS));
        assert_eq!(found[0][3], Place::Section(3));
    }

    #[test]
    fn a_question_is_known_by_most_of_its_words() {
        let guide = ["How do you use the app in a normal week?", "What frustrates you about it?"];
        let asked =
            ["Hello?", "Great. And how do you use the app, in a week?", "Why?", "So what frustrates you about it?"];
        assert_eq!(in_force_by_words(&asked, &guide), [Some(0), Some(0), Some(0), Some(1)]);
        assert_eq!(in_force_by_words(&["Why?"], &guide), [None]);
        assert_eq!(in_force_by_words(&["Why?"], &[]), [None]);
    }

    #[test]
    fn the_nearest_question_counts_and_repetitions() {
        let section = |cosine| Some((Opens::Section(0), cosine));
        let mut direct = [section(0.75), section(0.95), None, section(0.92), Some((Opens::Section(1), 0.7))];
        drop_weaker(&mut direct);
        assert_eq!(direct, [None, section(0.95), None, section(0.92), Some((Opens::Section(1), 0.7))]);
    }
}

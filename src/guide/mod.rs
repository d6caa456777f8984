//! From the interviewer's words to the interview guide and its sections.
//!
//! In: the corpus and the vectors of the interviewer's questions. Out: the guide questions that
//! most participants were asked in nearly the same words, and for each answer the section it
//! belongs to. It never looks at the answers' words, but for the word that
//! all of them are about ([`Subject`]): only at how long they are and where they stand.
//!
//! In semi-structured interviews everything clusters by what was asked before it clusters by what
//! is said, so themes are looked for inside the sections found here.

mod known;
pub(crate) mod policy;
mod questions;
mod recover;
mod subject;
mod survey;
#[cfg(test)]
mod test_interviews;

pub use known::{KnownGuide, KnownSection, Opening, Place, Recognised, in_force_by_words};
pub use questions::{Asked, Candidate, asked_questions, wordings};
pub use recover::{CLOSINGS, GREETINGS, MIN_COHESION, MIN_SHARE_ASKED, MIN_TRANSCRIPTS, WordingVectors, recover};
pub use subject::{NoSubject, Subject};
pub use survey::survey;

use std::collections::{HashMap, HashSet};
use std::path::Path;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use policy::SMALL_TALK_WORDS;
use survey::Written;

use crate::corpus::opening::{LARGEST_NOTE, read_text};
use crate::corpus::{Corpus, words};

/// What is clustered together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// By section when at least [`MIN_QUESTIONS`] guide questions are found, else everything.
    #[default]
    Auto,
    /// By section.
    Guide,
    /// Everything together.
    All,
    /// By section, with the guide's questions given, in their order.
    Questions(Vec<String>),
}

impl Frame {
    /// The guide that a text file holds, one question a line.
    ///
    /// # Errors
    /// Why the file cannot be used, as a phrase.
    pub fn read(path: &Path) -> Result<Self, String> {
        let text = read_text(path, LARGEST_NOTE).map_err(|error| format!("failed to read it: {error}"))?;
        let lines: Vec<String> =
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_string).collect();
        if lines.is_empty() { Err("it has no lines".into()) } else { Ok(Self::Questions(lines)) }
    }
}

/// Guide questions (greeting and closing not counted) a study needs for [`Frame::Auto`] to frame
/// by section.
pub const MIN_QUESTIONS: usize = 3;

/// The part a guide question plays in the interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// Opens the conversation ("Any questions before we begin?"); its answers are excluded.
    Greeting,
    /// Asks about the subject.
    Topic,
    /// Closes it ("Anything else you would like to add?"); a section of its own.
    Closing,
}

/// How many participants of one study were asked a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct AskedInStudy {
    /// The study.
    pub study: String,
    /// Participants who were asked.
    pub asked: usize,
    /// Participants of the study.
    pub participants: usize,
}

/// A question that most participants were asked in nearly the same words.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideQuestion {
    /// The wording used most.
    pub wording: String,
    /// Greeting, topic or closing.
    pub kind: QuestionKind,
    /// Per study, in the corpus's order.
    pub asked: Vec<AskedInStudy>,
    /// Mean cosine of the wordings to the nearest of their centres, 0–1.
    pub cohesion: f64,
    /// Median place in the transcripts: 0 the first answer, 1 the last.
    pub place: f64,
    /// The answers given directly to it: indices into [`Corpus::answers`], ascending.
    pub answers: Vec<usize>,
}

/// One part of the interview: a guide question, its follow-ups and all their answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Section {
    /// `Q1`, `Q2`, … in the order of the guide; `T` for everything together; `Q0` for answers of
    /// transcripts in which no guide question occurs.
    pub id: String,
    /// The guide question's wording; empty for `T` and `Q0`.
    pub question: String,
    /// What kind of question opens it.
    pub kind: QuestionKind,
    /// Per study: participants with at least one answer in it, of all.
    pub asked: Vec<AskedInStudy>,
}

/// The guide as it was recovered, and what follows from it.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    /// All guide questions, the greeting included, in the order of the interview.
    pub questions: Vec<GuideQuestion>,
    /// Whether themes are looked for section by section.
    pub by_section: bool,
    /// Why, as a sentence.
    pub reason: String,
    /// The sections, in order.
    pub sections: Vec<Section>,
    /// For each answer the index of its section; `None` for answers to the greeting, and before the first question
    /// of a given guide.
    pub section_of_answer: Vec<Option<usize>>,
    /// For each answer the guide question in force (index into `questions`), whatever the frame.
    pub question_of_answer: Vec<Option<usize>>,
    /// Answers given to questions that are no guide question.
    pub follow_ups: usize,
}

/// Lays the frame over the answers.
///
/// `questions` are the guide's, in order (from [`recover`]).
pub fn frame(corpus: &Corpus, questions: Vec<GuideQuestion>, frame: &Frame) -> Guide {
    let survey = survey::written(corpus);
    let is_survey = survey.is_some();
    let topics = questions.iter().filter(|question| question.kind == QuestionKind::Topic).count();
    let closing = and_closing(&questions);
    let best_study = corpus
        .studies()
        .iter()
        .enumerate()
        .map(|(study, name)| {
            let found =
                questions.iter().filter(|q| q.kind == QuestionKind::Topic && widely_asked(&q.asked[study])).count();
            (found, *name)
        })
        .max_by_key(|&(found, _)| found)
        .map_or(0, |(found, _)| found);
    // The transcripts of a study follow each other.
    let largest = corpus.transcripts.chunk_by(|a, b| a.study == b.study).map(<[_]>::len).max().unwrap_or(0);
    let (by_section, reason) = match frame {
        Frame::Auto if is_survey && topics > 0 => (
            true,
            match topics {
                1 => format!("by section: the survey has one question{closing}"),
                _ if survey == Some(Written::InTitles) => {
                    format!("by section: the columns of the survey are its {topics} questions{closing}")
                }
                _ => format!("by section: the survey asks {topics} questions{closing}, each in the same words"),
            },
        ),
        Frame::Auto if best_study >= MIN_QUESTIONS => {
            (true, format!("by section: the interviews follow a guide of {topics} questions{closing}"))
        }
        Frame::Auto if largest < MIN_TRANSCRIPTS => (
            false,
            format!(
                "all answers together: a guide can be recovered from {MIN_TRANSCRIPTS} interviews of a study on, and \
                 the largest study here has {largest}"
            ),
        ),
        Frame::Auto if topics == 0 => {
            (false, "all answers together: no question was asked of at least half of the participants".to_string())
        }
        Frame::Auto => (
            false,
            format!(
                "all answers together: only {topics} {} of at least half of the participants, too few for a guide",
                if topics == 1 { "question was asked" } else { "questions were asked" }
            ),
        ),
        Frame::Guide if topics > 0 => (true, "by section, as asked for".to_string()),
        Frame::Guide => {
            (false, "all answers together: by section was asked for, but no guide question was found".to_string())
        }
        Frame::All => (false, "all answers together, as asked for".to_string()),
        Frame::Questions(given) if given.len() == 1 => (true, "by section: a guide of one question was given".into()),
        Frame::Questions(given) => (true, format!("by section: a guide of {} questions was given", given.len())),
    };

    let direct = direct_questions(corpus, &questions);
    let question_of_answer = carry_forward(corpus, &questions, &direct);
    // A survey has no small talk, and of an automatic guide the greeting is a question.
    let small_talk = match frame {
        Frame::Questions(_) if !is_survey => small_talk(corpus, &questions, &direct),
        _ => HashSet::new(),
    };
    let reason = match small_talk.len() {
        0 => reason,
        1 => format!("{reason}; 1 answer before its first question is greeting"),
        n => format!("{reason}; {n} answers before its first question are greeting"),
    };
    let greeted = |answer: usize| {
        small_talk.contains(&answer) || direct[answer].is_some_and(|q| questions[q].kind == QuestionKind::Greeting)
    };

    let mut sections = Vec::new();
    let mut section_of_question: Vec<Option<usize>> = vec![None; questions.len()];
    if by_section {
        for (index, question) in questions.iter().enumerate() {
            if question.kind != QuestionKind::Greeting {
                section_of_question[index] = Some(sections.len());
                sections.push(Section {
                    id: format!("Q{}", sections.len() + 1),
                    question: question.wording.clone(),
                    kind: question.kind,
                    asked: Vec::new(),
                });
            }
        }
    }
    let mut rest: Option<usize> = None;
    let mut section_of_answer = Vec::with_capacity(corpus.answers.len());
    for (answer, question) in question_of_answer.iter().enumerate() {
        let section = if greeted(answer) {
            None
        } else if !by_section {
            Some(*rest.get_or_insert_with(|| push_unnamed(&mut sections, "T")))
        } else if let Some(section) = question.and_then(|question| section_of_question[question]) {
            Some(section)
        } else {
            Some(*rest.get_or_insert_with(|| push_unnamed(&mut sections, "Q0")))
        };
        section_of_answer.push(section);
    }
    let mut answers_of: Vec<Vec<usize>> = vec![Vec::new(); sections.len()];
    for (answer, section) in section_of_answer.iter().enumerate() {
        section.iter().for_each(|&section| answers_of[section].push(answer));
    }
    let people = People::of(corpus);
    for (section, answers) in sections.iter_mut().zip(answers_of) {
        section.asked = people.asked(answers);
    }
    let follow_ups = direct.iter().filter(|question| question.is_none()).count();
    Guide { questions, by_section, reason, sections, section_of_answer, question_of_answer, follow_ups }
}

/// ` and a closing one`; nothing where no question closes.
fn and_closing(questions: &[GuideQuestion]) -> String {
    match questions.iter().filter(|question| question.kind == QuestionKind::Closing).count() {
        0 => String::new(),
        1 => " and a closing one".into(),
        n => format!(" and {n} closing ones"),
    }
}

fn push_unnamed(sections: &mut Vec<Section>, id: &str) -> usize {
    sections.push(Section { id: id.into(), question: String::new(), kind: QuestionKind::Topic, asked: Vec::new() });
    sections.len() - 1
}

fn widely_asked(asked: &AskedInStudy) -> bool {
    asked.asked > 0 && asked.asked as f64 >= MIN_SHARE_ASKED * asked.participants as f64
}

/// The guide question an answer directly answers.
fn direct_questions(corpus: &Corpus, questions: &[GuideQuestion]) -> Vec<Option<usize>> {
    let mut direct = vec![None; corpus.answers.len()];
    for (index, question) in questions.iter().enumerate() {
        for &answer in &question.answers {
            direct[answer] = Some(index);
        }
    }
    direct
}

/// A guide question stays in force until the next one; what comes before the first topic (or
/// right after the greeting) belongs to the first topic that the transcript goes on to.
fn carry_forward(corpus: &Corpus, questions: &[GuideQuestion], direct: &[Option<usize>]) -> Vec<Option<usize>> {
    let mut in_force: Vec<Option<usize>> = vec![None; direct.len()];
    let mut start = 0;
    while start < direct.len() {
        let transcript = corpus.answers[start].transcript;
        let end = (start..direct.len()).find(|&a| corpus.answers[a].transcript != transcript).unwrap_or(direct.len());
        let is_topic = |q: &usize| questions[*q].kind != QuestionKind::Greeting;
        let mut current = direct[start..end].iter().flatten().copied().find(is_topic);
        for answer in start..end {
            if let Some(question) = direct[answer].filter(is_topic) {
                current = Some(question);
            }
            in_force[answer] = current;
        }
        start = end;
    }
    in_force
}

/// The answers before the first question of a given guide: all of them where the interview starts with the
/// guide's first one; where that was not asked in these words, what is short.
fn small_talk(corpus: &Corpus, questions: &[GuideQuestion], direct: &[Option<usize>]) -> HashSet<usize> {
    let is_topic = |q: &usize| questions[*q].kind != QuestionKind::Greeting;
    let first_of_guide = (0..questions.len()).find(|q| is_topic(q) && !questions[*q].answers.is_empty());
    let mut found = HashSet::new();
    let all: Vec<usize> = (0..corpus.answers.len()).collect();
    for answers in all.chunk_by(|&a, &b| corpus.answers[a].transcript == corpus.answers[b].transcript) {
        let first = answers.iter().find_map(|&answer| Some((answer, direct[answer].filter(is_topic)?)));
        let Some((first, question)) = first else { continue };
        let is_short = |answer: usize| words(&corpus.turn_of(&corpus.answers[answer]).text) <= SMALL_TALK_WORDS;
        let before = answers.iter().copied().take_while(|&answer| answer < first);
        found.extend(before.filter(|&answer| Some(question) == first_of_guide || is_short(answer)));
    }
    found
}

/// Whoever answered, numbered study by study: counting the participants of every section or question
/// takes one pass over their answers.
pub(crate) struct People {
    studies: Vec<String>,
    /// Participants of each study.
    participants: Vec<usize>,
    /// For each answer the numbers of its study and, over all studies, of its participant.
    of_answer: Vec<(u32, u32)>,
    /// Answers that are codes for a missing one, in ascending order: who has one was not asked.
    missing: Vec<usize>,
}

impl People {
    pub(crate) fn of(corpus: &Corpus) -> Self {
        let studies: Vec<String> = corpus.studies().into_iter().map(str::to_string).collect();
        let number: HashMap<&str, usize> = studies.iter().enumerate().map(|(n, name)| (name.as_str(), n)).collect();
        // Of half a million transcripts with a participant each nobody is looked up.
        let is_one_to_one = corpus.is_one_to_one();
        let mut known: HashMap<(usize, &str), u32> = HashMap::new();
        let mut participants = vec![0; studies.len()];
        let mut of_answer: Vec<(u32, u32)> = Vec::with_capacity(corpus.answers.len());
        let (mut next, mut last) = (0, None);
        for answer in &corpus.answers {
            let study = number[corpus.study_of(answer)]; // every transcript's study is among them
            let before = last.replace(answer.transcript).filter(|last| *last == answer.transcript);
            let person = match (is_one_to_one, before) {
                (true, Some(_)) => next - 1,
                (true, None) => next,
                (false, _) => *known.entry((study, &answer.participant)).or_insert(next),
            };
            if person == next {
                participants[study] += 1;
                next += 1;
            }
            of_answer.push((study as u32, person));
        }
        let missing = (0..corpus.answers.len()).filter(|&answer| corpus.is_missing(&corpus.answers[answer])).collect();
        Self { studies, participants, of_answer, missing }
    }

    /// Who gave at least one of these answers, per study; a code for a missing answer is none.
    pub(crate) fn asked(&self, answers: impl IntoIterator<Item = usize>) -> Vec<AskedInStudy> {
        let given = answers.into_iter().filter(|answer| self.missing.binary_search(answer).is_err());
        let mut is_counted = vec![false; self.participants.iter().sum()];
        let mut asked = vec![0; self.studies.len()];
        for (study, person) in given.map(|answer| self.of_answer[answer]) {
            asked[study as usize] += usize::from(!std::mem::replace(&mut is_counted[person as usize], true));
        }
        let counts = asked.into_iter().zip(&self.participants);
        let of_study = |(study, (asked, &participants)): (&String, (usize, &usize))| AskedInStudy {
            study: study.clone(),
            asked,
            participants,
        };
        self.studies.iter().zip(counts).map(of_study).collect()
    }
}

/// Participants with at least one answer that `belongs`, per study.
pub(crate) fn asked_by_study(corpus: &Corpus, belongs: impl Fn(usize) -> bool) -> Vec<AskedInStudy> {
    People::of(corpus).asked((0..corpus.answers.len()).filter(|&answer| belongs(answer)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closing_question_is_told_beside_the_others_where_there_is_one() {
        let question = |kind| GuideQuestion {
            wording: "Anything else?".into(),
            kind,
            asked: Vec::new(),
            cohesion: 1.0,
            place: 1.0,
            answers: Vec::new(),
        };
        let told = |kinds: &[QuestionKind]| and_closing(&kinds.iter().copied().map(question).collect::<Vec<_>>());
        let (topic, closing) = (QuestionKind::Topic, QuestionKind::Closing);
        assert_eq!(told(&[QuestionKind::Greeting, topic, topic]), "");
        assert_eq!(told(&[topic, closing]), " and a closing one");
        assert_eq!(told(&[closing, topic, closing]), " and 2 closing ones");
    }
}

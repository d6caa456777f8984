use super::*;
use crate::guide::test_interviews::{WordVectors, corpus};
use crate::guide::{Frame, Guide, asked_questions, frame};

fn framed(corpus: &Corpus) -> Guide {
    let asked = asked_questions(corpus);
    let vectors = WordVectors::of(corpus, &[]);
    let questions = recover(corpus, &asked, None, &|text| vectors.vector(text));
    frame(corpus, questions, &Frame::Auto)
}

const GREETING: &str = "Welcome. Does that sound good? Do you have any questions before we begin?";
const USE: &str = "How do you use the scheduling app in a normal week?";
const BETTER: &str = "What has got better for you since it came in?";
const NIGHTS: &str = "Who fills the night shifts nowadays, and how?";
const CLOSING: &str = "Before we wrap up, is there anything else you would like to add?";

fn follow_up(interview: usize, n: usize) -> String {
    format!("Could detail{interview}x{n} story{interview}x{n} person{interview}x{n} place{interview}x{n} matter{n}?")
}

fn interview(number: usize, frustrations: &[&str]) -> Vec<String> {
    vec![
        GREETING.into(),
        format!("Great. {USE}"),
        follow_up(number, 1),
        format!("I see. {BETTER}"),
        frustrations[number * 7 % frustrations.len()].into(),
        follow_up(number, 2),
        NIGHTS.into(),
        CLOSING.into(),
    ]
}

#[test]
fn a_guide_is_found_among_follow_ups() {
    let corpus = corpus(&[("ward", (0..20).map(|n| interview(n, &["And what frustrates you about it?"])).collect())]);
    let guide = framed(&corpus);
    assert!(guide.by_section);
    let wordings: Vec<&str> = guide.questions.iter().map(|question| question.wording.as_str()).collect();
    assert_eq!(
        wordings,
        [
            "Does that sound good? Do you have any questions before we begin?",
            USE,
            BETTER,
            "And what frustrates you about it?",
            NIGHTS,
            CLOSING
        ]
    );
    assert_eq!(guide.questions[0].kind, QuestionKind::Greeting);
    assert_eq!(guide.questions[5].kind, QuestionKind::Closing);
    assert_eq!(guide.sections.len(), 5);
    assert_eq!(guide.follow_ups, 40);
    // The greeting's answer is in no section; a follow-up stays with the question before it.
    assert_eq!(guide.section_of_answer[..4], [None, Some(0), Some(0), Some(1)]);
    assert!(guide.questions.iter().all(|question| question.asked[0].asked == 20));
}

#[test]
fn a_first_question_that_people_answer_at_length_is_no_greeting() {
    let mut corpus =
        corpus(&[("ward", (0..20).map(|n| interview(n, &["And what frustrates you about it?"])).collect())]);
    let tell = |corpus: &mut Corpus, upto: usize| {
        for transcript in &mut corpus.transcripts[..upto] {
            transcript.turns[1].text =
                "I came to work in care when my mother fell ill and I had nothing else to do.".into();
        }
    };
    tell(&mut corpus, 9);
    assert_eq!(framed(&corpus).questions[0].kind, QuestionKind::Greeting, "some of them have much to say");
    tell(&mut corpus, 12);
    let guide = framed(&corpus);
    assert_eq!(guide.questions[0].kind, QuestionKind::Topic);
    assert_eq!(guide.section_of_answer[0], Some(0));
}

#[test]
fn paraphrases_are_one_question() {
    let wordings = [
        "And what frustrates you about it?",
        "And what is it that annoys you about it?",
        "What about it drives you up the wall?",
    ];
    let corpus = corpus(&[("ward", (0..30).map(|n| interview(n, &wordings)).collect())]);
    let guide = framed(&corpus);
    assert_eq!(guide.sections.len(), 5);
    assert_eq!(guide.sections[2].asked[0].asked, 30);
    assert!(guide.questions.iter().all(|question| question.asked[0].asked == 30), "{:?}", guide.questions);
}

#[test]
fn a_question_of_one_study_is_not_asked_in_the_other() {
    let other = |number: usize| {
        let mut questions = interview(number, &["And what frustrates you about it?"]);
        questions[6] = "Which minutes does the app allow between your visits?".into();
        questions
    };
    let ward = (0..12).map(|n| interview(n, &["And what frustrates you about it?"])).collect();
    let home = (20..32).map(other).collect();
    let guide = framed(&corpus(&[("ward", ward), ("home", home)]));
    let asked: Vec<(usize, usize)> =
        guide.questions.iter().map(|question| (question.asked[0].asked, question.asked[1].asked)).collect();
    assert_eq!(asked.iter().filter(|&&pair| pair == (12, 12)).count(), 5);
    assert!(asked.contains(&(12, 0)) && asked.contains(&(0, 12)), "{asked:?}");
}

#[test]
fn a_free_conversation_and_a_survey_are_framed_together_and_say_why() {
    let free = (0..12).map(|n| (0..6).map(|i| follow_up(n, i)).collect()).collect();
    let guide = framed(&corpus(&[("talk", free)]));
    assert!(!guide.by_section && guide.sections.len() == 1);
    assert!(guide.reason.contains("no question was asked of at least half"), "{}", guide.reason);

    let survey = (0..40).map(|_| vec!["What causes this problem?".to_string()]).collect();
    let guide = framed(&corpus(&[("survey", survey)]));
    assert!(!guide.by_section);
    assert!(guide.reason.contains("only 1 question was asked"), "{}", guide.reason);

    let few = (0..3).map(|n| interview(n, &["And what frustrates you about it?"])).collect();
    let guide = framed(&corpus(&[("ward", few)]));
    assert!(guide.reason.contains("from 5 interviews"), "{}", guide.reason);
    let none = framed(&corpus(&[("mute", vec![Vec::new()])]));
    assert!(none.sections.is_empty());
}

/// A guide that is given, over interviews with these questions before it.
fn given(before: &[&str], long: bool) -> (Corpus, Guide) {
    let of = |number: usize| {
        let rest = interview(number, &["And what frustrates you about it?"]).into_iter().skip(1);
        before.iter().map(|question| (*question).to_owned()).chain(rest).collect()
    };
    let mut corpus = corpus(&[("ward", (0..6).map(of).collect())]);
    for transcript in corpus.transcripts.iter_mut().filter(|_| long) {
        transcript.turns[1].text = "word ".repeat(30).into();
    }
    let lines = [USE, BETTER, NIGHTS, CLOSING].map(str::to_owned).to_vec();
    let vectors = WordVectors::of(&corpus, &[USE, BETTER, NIGHTS, CLOSING]);
    let asked = asked_questions(&corpus);
    let questions = recover(&corpus, &asked, Some(&lines), &|text| vectors.vector(text));
    let guide = frame(&corpus, questions, &Frame::Questions(lines));
    (corpus, guide)
}

#[test]
fn what_comes_before_a_given_guide_is_small_talk() {
    let (_, guide) = given(&["Hi, can you hear me?", "Lovely weather, isn't it?"], false);
    assert_eq!(guide.section_of_answer[..4], [None, None, Some(0), Some(0)]);
    assert!(guide.reason.ends_with("; 12 answers before its first question are greeting"), "{}", guide.reason);
    let (_, guide) = given(&[], false);
    assert!(guide.section_of_answer.iter().all(Option::is_some) && guide.reason.ends_with("was given"));
    // Long words before the guide's own first question are small talk as well,
    let (_, guide) = given(&["Hi, can you hear me?"], true);
    assert_eq!(guide.section_of_answer[..2], [None, Some(0)]);
    // but where that one was not heard, they may answer it.
    let (corpus, mut guide) = given(&["Hi, can you hear me?"], true);
    let of_one = |answer: &usize| corpus.answers[*answer].transcript == 0;
    guide.questions[0].answers.retain(|answer| !of_one(answer));
    let guide = frame(&corpus, guide.questions, &Frame::Questions(vec![USE.to_owned()]));
    assert_eq!(guide.section_of_answer[..3], [Some(1), None, None]);
}

//! The public AnthropicInterviewer transcripts, where they lie on the machine (see
//! `CONTRIBUTING.md`); skipped with a printed reason where they do not.

use std::collections::{BTreeMap, HashMap};

use crate::common::{interviews, leitmotif_cached};
use leitmotif::analysis::load;
use leitmotif::corpus::{InputSpec, ReadOptions, Role, read};

#[test]
fn one_transcript_is_understood() {
    let Some(dialog) = interviews("dialog_01108.txt") else { return };
    let output = leitmotif_cached("inspect").arg("--json").arg(&dialog).output().unwrap();
    assert!(output.status.success());
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let study = &found["studies"][0];
    assert_eq!(study["name"], "creativity");
    assert_eq!(study["transcripts"], 1);
    assert_eq!(study["example_participants"], serde_json::json!(["creativity_0004"]));
    let excluded = study["excluded"].as_object().unwrap().values().map(|found| found["turns"].as_u64().unwrap());
    assert_eq!(study["participant_turns"].as_u64().unwrap() + excluded.sum::<u64>(), 9);
    assert_eq!(study["interviewer_turns"], 10);
    assert_eq!(found["mojibake_repaired"], 1);
    let mut interviewers: Vec<&str> = found["roles"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|role| role["role"] == "interviewer")
        .map(|role| role["label"].as_str().unwrap())
        .collect();
    interviewers.sort_unstable();
    assert_eq!(interviewers, ["AI", "Assistant"]);
}

#[test]
fn too_few_answers_are_said_to_be_too_few_and_listed() {
    let Some(dialog) = interviews("dialog_01108.txt") else { return };
    let output = leitmotif_cached("themes").arg(&dialog).output().unwrap();
    assert!(output.status.success());
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(printed.contains("too few answers"), "{printed}");
    assert!(printed.contains("we used AI to draft a formal warning letter"), "{printed}");
}

#[test]
fn hundreds_of_interviews_give_verbatim_quotes_and_their_guide() {
    let files = ["creatives_transcripts.csv", "workforce_transcripts.csv"];
    let Some(paths) = files.iter().map(|file| interviews(file)).collect::<Option<Vec<_>>>() else { return };
    let output = leitmotif_cached("themes").args(&paths).arg("--json").output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();

    // Read anew with the csv crate: the cells by file and record.
    let mut cells: BTreeMap<(String, u64), Vec<char>> = BTreeMap::new();
    for path in &paths {
        for (number, record) in csv::Reader::from_path(path).unwrap().records().enumerate() {
            let text = record.unwrap()[1].replace("\r\n", "\n").chars().collect();
            cells.insert((path.display().to_string(), number as u64 + 1), text);
        }
    }
    let mut quotes = 0;
    for section in found["sections"].as_array().unwrap() {
        for theme in section["themes"].as_array().unwrap() {
            for quote in theme["quotes"].as_array().unwrap() {
                let position = &quote["position"];
                let file = position["file"].as_str().unwrap().to_string();
                let cell = &cells[&(file, position["cell"]["row"].as_u64().unwrap())];
                let (start, end) = (position["start"].as_u64().unwrap(), position["end"].as_u64().unwrap());
                let there: String = cell[start as usize..end as usize].iter().collect();
                assert_eq!(there, quote["text"].as_str().unwrap());
                // Before it, the nearest speaker label is the participant's.
                let before: String = cell[..start as usize].iter().collect();
                let last = ["\nUser:", "\nAI:", "\nAssistant:"].map(|label| before.rfind(label));
                assert!(last[0] > last[1] && last[0] > last[2], "an interviewer's words: {there}");
                quotes += 1;
            }
        }
    }
    assert!(quotes > 300, "{quotes} quotes");

    // Questions that a reader of the interviews finds by eye.
    let guide: Vec<String> = found["framing"]["guide"]
        .as_array()
        .unwrap()
        .iter()
        .map(|question| question["wording"].as_str().unwrap().to_lowercase())
        .collect();
    for asked in [
        "concerns",
        "driving the creative",
        "changed the most",
        "looking ahead",
        "satisfied or frustrated",
        "maintaining your skills",
        "colleagues",
    ] {
        assert!(guide.iter().any(|wording| wording.contains(asked)), "no question about `{asked}` in {guide:#?}");
    }
}

/// The interviewer's guide in the creatives' study, each question with two paraphrases.
const WORDINGS: [[&str; 3]; 8] = [
    [
        "Could you tell me a bit about your creative work and what a typical project looks like for you?",
        "To start with, what kind of creative work do you do, and what is a usual project like?",
        "I'd love to hear about the creative work you do. What does a normal project involve?",
    ],
    [
        "Where and when do you find yourself reaching for AI tools?",
        "At which points of your creative process do you turn to AI?",
        "When do you use AI tools while you create, and where?",
    ],
    [
        "Can you describe a specific recent project where you used AI? What role did it play, and how did that feel for you?",
        "Think of a recent project in which AI was involved. What part did it play, and how was that for you?",
        "Tell me about one project lately where you worked with AI: what did it do, and how did you feel about it?",
    ],
    [
        "Who or what is driving the creative decisions?",
        "Who is in charge of the creative choices, you or the AI?",
        "In the end, who makes the creative decisions?",
    ],
    [
        "What aspects of your creative work have changed the most since you started using AI?",
        "Since you began to use AI, what has changed most in your creative work?",
        "How is your creative work different now from before you used AI?",
    ],
    [
        "What concerns, if any, do you have about AI's presence in your field?",
        "Is there anything about AI in your field that worries you?",
        "What, if anything, troubles you about AI coming into your line of work?",
    ],
    [
        "Looking ahead, how do you see AI's role in your creative work evolving over the next few years?",
        "In the next few years, what part do you expect AI to play in your creative work?",
        "How do you imagine the role of AI in your creative work changing in the future?",
    ],
    [
        "Before we wrap up, is there anything else about your experience with AI in your creative work that you think would be valuable for us to know? Something we haven't covered yet?",
        "Is there anything we haven't talked about that you would like to add before we finish?",
        "One last thing: anything else about AI in your creative work that we should know?",
    ],
];

#[test]
fn paraphrased_questions_give_the_same_sections() {
    let Some(original) = interviews("creatives_transcripts.csv") else { return };
    let folder = tempfile::tempdir().unwrap();
    let paraphrased = folder.path().join("creatives_transcripts.csv");
    let mut writer = csv::Writer::from_path(&paraphrased).unwrap();
    let mut reader = csv::Reader::from_path(&original).unwrap();
    writer.write_record(reader.headers().unwrap()).unwrap();
    for (number, record) in reader.records().map(Result::unwrap).enumerate() {
        let mut text = record[1].to_string();
        for (question, wordings) in WORDINGS.iter().enumerate() {
            text = text.replace(wordings[0], wordings[(number * 31 + question * 17 + number / 3 * 7) % 3]);
        }
        writer.write_record([&record[0], &text]).unwrap();
    }
    writer.flush().unwrap();

    let sections = |input: &std::path::Path, name: &str| -> (usize, HashMap<String, Option<String>>) {
        let saved = folder.path().join(name);
        leitmotif_cached("themes").arg(input).arg("-o").arg(&saved).assert().success();
        let analysis = load(&saved).unwrap();
        (analysis.summary.sections.len(), analysis.units.into_iter().map(|unit| (unit.id, unit.section)).collect())
    };
    let (found, expected) = (sections(&paraphrased, "paraphrased"), sections(&original, "original"));
    assert_eq!((found.0, expected.0), (8, 8));
    let same = expected.1.iter().filter(|(id, section)| found.1.get(*id) == Some(section)).count();
    let share = same as f64 / expected.1.len() as f64;
    println!("{:.1} % of the passages are in the same section", 100.0 * share);
    assert!(share >= 0.9, "{share}");
}

/// Who speaks, and from which byte on, by a reading of its own: a line that starts with one of the
/// three labels these transcripts use.
fn turns_by_hand(text: &str) -> Vec<(bool, String)> {
    let mut turns: Vec<(bool, String)> = Vec::new();
    for line in text.lines() {
        let labelled = [("User:", true), ("Assistant:", false), ("AI:", false)]
            .into_iter()
            .find_map(|(label, is_participant)| line.strip_prefix(label).map(|rest| (is_participant, rest)));
        match (labelled, turns.last_mut()) {
            (Some((is_participant, rest)), _) => turns.push((is_participant, rest.to_owned())),
            (None, Some((_, words))) => {
                words.push('\n');
                words.push_str(line);
            }
            (None, None) => {}
        }
    }
    turns.iter_mut().for_each(|(_, words)| *words = words.trim().to_owned());
    turns
}

#[test]
fn no_word_of_an_interviewer_is_an_answer() {
    let mut lines_with_colons = 0;
    for file in ["creatives_transcripts.csv", "workforce_transcripts.csv"] {
        let Some(path) = interviews(file) else { return };
        let input = InputSpec { study: None, path: path.clone() };
        let corpus = read(&[input], &ReadOptions { keep_mojibake: true, ..ReadOptions::default() }).unwrap();
        assert!(corpus.failures.is_empty());
        let mut answers = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text);
        let mut transcripts = corpus.transcripts.iter();
        for record in csv::Reader::from_path(&path).unwrap().records() {
            let record = record.unwrap();
            let by_hand = turns_by_hand(&record[1].replace("\r\n", "\n"));
            assert!(by_hand.windows(2).all(|pair| pair[0].0 != pair[1].0), "{}", &record[0]);
            let said = |(is_participant, words): &(bool, String)| (!words.is_empty()).then_some(*is_participant);
            let roles = transcripts.next().unwrap().turns.iter().map(|turn| turn.role == Role::Participant);
            // The interviewer's turn was left empty in eleven places.
            assert!(roles.eq(by_hand.iter().filter_map(said)), "{}", &record[0]);
            for (is_participant, words) in by_hand {
                if is_participant && !words.is_empty() {
                    assert_eq!(answers.next(), Some(words.as_str()), "{}", &record[0]);
                    let headed = |line: &str| line.ends_with(':') && line.split_whitespace().count() <= 3;
                    lines_with_colons += words.lines().filter(|line| headed(line)).count();
                }
            }
        }
        assert_eq!(answers.next(), None);
        assert!(transcripts.next().is_none());
    }
    assert!(lines_with_colons > 0, "answers hold lines such as `Satisfied:`");
}

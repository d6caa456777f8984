//! The public AnthropicInterviewer transcripts, where they lie on the machine (see
//! `CONTRIBUTING.md`); skipped with a printed reason where they do not.

mod common;

use std::collections::BTreeMap;

use common::{interviews, leitmotif_cached};

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
    assert_eq!(study["participant_turns"], 9);
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

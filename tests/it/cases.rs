//! Small transcripts and tables that were once read wrongly, each for a kind, where they lie beside the project: what
//! is right stands in the `expected.md` of each. Skipped with a printed reason where they do not.

use std::path::PathBuf;

use serde_json::Value;

use crate::common::{failure, leitmotif_cached, project};

/// A folder of cases.
fn case(kind: &str) -> Option<PathBuf> {
    let folder = project("../shared/cases/reading").join(kind);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not there", folder.display());
    }
    folder.is_dir().then_some(folder)
}

/// What `inspect` says of files.
fn inspected(files: &[PathBuf]) -> Value {
    let output = leitmotif_cached("inspect").args(["--json", "-q"]).args(files).output().unwrap();
    assert!(output.status.success(), "{files:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// (transcripts, participants, turns of participants, of interviewers, words of participants) of the only study.
fn counts(found: &Value) -> [u64; 5] {
    let studies = found["studies"].as_array().unwrap();
    assert_eq!(studies.len(), 1, "{studies:?}");
    ["transcripts", "participants", "participant_turns", "interviewer_turns", "participant_words"]
        .map(|key| studies[0][key].as_u64().unwrap())
}

#[test]
fn single_files_have_the_right_people() {
    #[rustfmt::skip]
    let kinds: [(&str, &[&str], [u64; 5]); 13] = [
        ("02-header-names-roles", &[], [1, 1, 6, 6, 76]),
        ("06-meet-footer", &["gmeet_full.docx"], [1, 1, 4, 4, 56]),
        ("07-speaker-once", &["fg_once.txt"], [1, 4, 7, 3, 68]),
        ("07-speaker-once", &["misspelt-label.txt"], [1, 1, 4, 4, 56]),
        ("08-speaker-column-colon", &[], [1, 1, 8, 8, 87]),
        ("09-gendered-labels", &[], [1, 1, 4, 4, 46]),
        ("10-whisper-tsv", &["whisperx_spk.tsv"], [1, 1, 4, 4, 56]),
        ("13-names-with-commas-and-numbers", &[], [1, 1, 4, 4, 56]),
        ("14-rev-once", &[], [1, 2, 2, 2, 34]), // the third one's turn holds no words
        ("15-refused-layouts", &["ar_rlm.txt"], [1, 1, 4, 4, 30]),
        ("15-refused-layouts", &["-ar_rlm.txt"], [1, 1, 4, 4, 56]),
        ("17-third-speaker", &["third_Lena_2.txt"], [1, 2, 14, 20, 133]),
        ("17-third-speaker", &["third_Bob_5.txt"], [1, 2, 17, 20, 154]),
    ];
    for (kind, names, expected) in kinds {
        let Some(folder) = case(kind) else { continue };
        let mut files: Vec<PathBuf> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort_unstable();
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap().to_str().unwrap();
            let left_out = names.iter().find_map(|name| name.strip_prefix('-'));
            name != "expected.md" && left_out.map_or(names.is_empty() || names.contains(&name), |other| name != other)
        };
        files.retain(is_one);
        assert!(!files.is_empty(), "{kind}");
        for file in files {
            assert_eq!(counts(&inspected(std::slice::from_ref(&file))), expected, "{}", file.display());
        }
    }
}

#[test]
fn files_that_belong_together_are_one_study() {
    let Some(turns) = case("03-one-csv-per-interview") else { return };
    assert_eq!(counts(&inspected(&[turns.join("turns")])), [6, 6, 24, 24, 250]);
    let Some(folders) = case("05-folder-per-interview") else { return };
    let found = inspected(&[folders.join("zoom")]);
    assert_eq!(counts(&found), [6, 6, 24, 24, 250]);
    assert_eq!((&found["studies"][0]["name"], found["guide"].as_array().unwrap().len()), (&"zoom".into(), 4));
    let Some(mails) = case("04-numbered-questions") else { return };
    let mails: Vec<PathBuf> = (1..=4).map(|n| mails.join(format!("mail_0{n}.txt"))).collect();
    assert_eq!(counts(&inspected(&mails)), [4, 4, 16, 16, 167]);
    let Some(ids) = case("12-unpadded-ids") else { return };
    assert_eq!(counts(&inspected(&[ids.join("interviews.csv")])), [12, 12, 48, 48, 501]);
}

#[test]
fn surveys_are_answered_by_those_who_answered() {
    let asked = |found: &Value| -> Vec<(String, u64)> {
        let guide = found["guide"].as_array().unwrap();
        let asked = |question: &Value| {
            (question["wording"].as_str().unwrap().to_owned(), question["asked"][0]["asked"].as_u64().unwrap())
        };
        guide.iter().map(asked).collect()
    };
    let Some(codes) = case("11-missing-codes") else { return };
    let found = inspected(&[codes.join("efs.csv")]);
    assert_eq!(counts(&found)[..3], [45, 45, 45]);
    let questions = ["How do you write down what is wanted?", "Why are you satisfied with it?"].map(str::to_owned);
    assert_eq!(asked(&found), [(questions[0].clone(), 30), (questions[1].clone(), 15)]);
    let Some(two) = case("19-survey-of-two-questions") else { return };
    let found = inspected(&[two.join("forms.csv")]);
    assert_eq!(counts(&found)[..3], [48, 48, 96]);
    let questions = ["What do you like about the bus?", "What would you change?"].map(str::to_owned);
    assert_eq!(asked(&found), questions.map(|question| (question, 48)));
    assert!(found["framing"].as_str().unwrap().starts_with("by section"), "{}", found["framing"]);
}

#[test]
fn whoever_asks_is_the_interviewer_and_nobody_is_nobody() {
    let Some(history) = case("18-interviewer-by-share") else { return };
    let found = inspected(&[history.join("oral-history.vtt")]);
    let role = |label: &str| {
        let role = found["roles"].as_array().unwrap().iter().find(|role| role["label"] == label).unwrap();
        (role["role"].as_str().unwrap(), role["turns"].as_u64().unwrap())
    };
    assert_eq!(role("Rob Nash"), ("interviewer", 30));
    assert_eq!((role("Lena Jarvis"), role("Edwin Hale")), (("participant", 34), ("participant", 4)));
    let Some(unknown) = case("20-unknown-speaker") else { return };
    assert_eq!(counts(&inspected(&[unknown.join("otter.txt")])), [1, 1, 3, 3, 22]);
}

#[test]
fn files_that_name_nobody_are_refused() {
    let Some(folder) = case("10-whisper-tsv") else { return };
    for name in ["whisper.tsv", "openai_whisper.json"] {
        let said = failure(leitmotif_cached("inspect").arg(folder.join(name)), 1);
        assert!(said.contains("no speaker labels") && said.contains("--participant"), "{said}");
    }
}

//! The totals of `inspect`: they count what would be clustered on, and tell everything else beside it, by reason, and
//! both together.

use std::fs;

use serde_json::{Value, json};

use crate::common::leitmotif_cached;

/// The study of a file's inspection, and what was printed, on one line.
fn inspected(name: &str, text: &str) -> (Value, String) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    let output = leitmotif_cached("inspect").arg("--json").arg(&path).output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let study = &found["studies"][0];
    assert_eq!(study["units"], found["clustered_on"]);
    let by_reason = |counts: &Value| -> Vec<(String, u64)> {
        let number = |count: &Value| count.as_u64().or_else(|| count["units"].as_u64()).unwrap();
        counts.as_object().unwrap().iter().map(|(reason, count)| (reason.clone(), number(count))).collect()
    };
    assert_eq!(by_reason(&study["excluded"]), by_reason(&found["excluded"]));
    let printed = leitmotif_cached("inspect").arg(&path).output().unwrap().stdout;
    (found, String::from_utf8(printed).unwrap().split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Turns of participants and interviewers, words and units.
fn totals(found: &Value) -> Value {
    let study = &found["studies"][0];
    json!([study["participant_turns"], study["interviewer_turns"], study["participant_words"], study["units"]])
}

#[test]
fn codes_for_missing_answers_are_in_no_total() {
    let row = |id: usize, first: &str, second: &str| format!("{id};{first};{second}\n");
    let header = "lfdn;How do you write down what is wanted?;Why are you satisfied with it?\n";
    let said = "The customer tells us on the phone every week";
    let table = |other: &str| {
        let other = |id: usize| other.replace("{id}", &id.to_string());
        let rows = (1..=12)
            .map(|id| row(id, &format!("{said} {id}"), &if id % 3 == 0 { "It works".into() } else { other(id) }));
        format!("{header}{}", rows.collect::<String>().replace("It works", "We keep a list of stories and cut it"))
    };
    let (found, printed) = inspected("coded.csv", &table("-99"));
    // By hand: 12 answers of 10 words and 4 of 9; 8 codes.
    assert_eq!(totals(&found), json!([16, 16, 156, 16]));
    assert_eq!(found["studies"][0]["excluded"], json!({ "missing": { "turns": 8, "units": 8, "words": 8 } }));
    let told = "set aside beside them: 8 turns, 8 words in 8 passages (missing 8); 24 passages in all";
    assert!(printed.contains(told), "{printed}");
    let roles = found["roles"].as_array().unwrap();
    assert!(roles.len() == 2 && roles.iter().all(|role| role["turns"] == 16), "{roles:?}");

    let (found, printed) = inspected("whole.csv", &table("We have never known another way of doing it {id}"));
    assert_eq!(totals(&found), json!([24, 24, 236, 24]));
    assert_eq!(found["studies"][0]["excluded"], json!({}));
    assert!(!printed.contains("set aside beside") && !printed.contains("excluded"), "{printed}");
}

#[test]
fn every_reason_is_in_no_total_and_told() {
    let talk = "Interviewer: Thank you for coming. Are you ready?\n\nAnna: Yes, thank you.\n\n\
                Interviewer: How is the bus?\n\n\
                Anna: It comes every ten minutes and the drivers greet everybody who gets on.\n\n\
                Interviewer: What would you change?\n\nAnna: I don't know.\n\n\
                Interviewer: And the tram?\n\nAnna: Too slow.\n\n\
                Interviewer: What else?\n\nAnna: I would like it to run on Sundays as well as in the week.\n";
    let (found, printed) = inspected("anna.txt", talk);
    // By hand: answers of 13 and 14 words; the others hold 3, 3 and 2.
    assert_eq!(totals(&found), json!([2, 5, 27, 2]));
    let excluded = found["studies"][0]["excluded"].as_object().unwrap();
    let sum = |of: &str| excluded.values().map(|found| found[of].as_u64().unwrap()).sum::<u64>();
    assert_eq!((sum("turns"), sum("units"), sum("words")), (3, 3, 8), "{excluded:?}");
    assert!(excluded.len() >= 2, "{excluded:?}");
    assert!(printed.contains("set aside beside them: 3 turns, 8 words in 3 passages ("), "{printed}");
}

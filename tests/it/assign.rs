//! New interviews among the themes of a saved analysis.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use assert_cmd::Command;
use leitmotif::analysis::load;
use serde_json::Value;

struct Saved {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Saved {
    fn of(inputs: &[PathBuf], options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        leitmotif_cached("themes")
            .args(inputs)
            .args(["--stability", "0", "-q", "-o"])
            .arg(&path)
            .args(options)
            .assert()
            .success();
        Self { _folder: folder, path }
    }

    fn assign(&self, inputs: &[PathBuf]) -> Command {
        let mut command = leitmotif_cached("assign");
        command.arg("-q").arg(&self.path).args(inputs);
        command
    }

    fn json(&self, inputs: &[PathBuf]) -> Value {
        let output = self.assign(inputs).arg("--json").assert().success().get_output().stdout.clone();
        serde_json::from_slice(&output).unwrap()
    }

    /// The rows of the CSV, each by column.
    fn rows(&self, inputs: &[PathBuf]) -> Vec<BTreeMap<String, String>> {
        let file = self.path.with_extension("csv");
        self.assign(inputs).arg("-o").arg(&file).arg("--force").assert().success();
        read(&fs::read(&file).unwrap())
    }
}

fn read(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let titles = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| titles.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn export(folder: &Path) -> Vec<u8> {
    let output = leitmotif().arg("export").arg(folder).args(["--to", "csv"]).assert().success();
    output.get_output().stdout.clone()
}

fn number(value: &Value, path: &str) -> f64 {
    value.pointer(path).and_then(Value::as_f64).unwrap_or_else(|| panic!("no {path}"))
}

fn homecare() -> PathBuf {
    project("data/homecare.csv")
}

fn another_subject() -> PathBuf {
    project("tests/fixtures/assign/another_subject.csv")
}

/// The passages vote for themselves here; left out, they come back less often.
#[test]
fn training_answers_come_back_to_their_own_theme() {
    for options in [&[][..], &["--frame", "all"]] {
        let saved = Saved::of(&samples(), options);
        let found = saved.json(&samples());
        let seen = |name: &str| number(&found, &format!("/seen_again/{name}"));
        assert!(seen("same_theme") >= 0.95 * seen("in_themes"), "{options:?} {}", found["seen_again"]);
        let left_out = |name: &str| number(&found, &format!("/left_out/{name}"));
        assert!(left_out("own_theme") >= 0.65 * left_out("in_themes"), "{options:?} {}", found["left_out"]);
        assert!(left_out("own_theme") < seen("same_theme"), "leaving out makes it harder");
        assert_eq!(found["known_participants"].as_array().unwrap().len(), 60);
        assert_eq!(found["unknown_questions"].as_array().unwrap().len(), 0);
        // Read, divided, excluded and put into sections as before.
        let (before, now) = (read(&export(&saved.path)), saved.rows(&samples()));
        assert_eq!(before.len(), now.len());
        for (before, now) in before.iter().zip(&now) {
            for column in ["unit", "section", "text", "question", "file", "line", "start", "end"] {
                assert_eq!(before[column], now[column], "{column} of {}", before["unit"]);
            }
            let excluded =
                |row: &BTreeMap<String, String>| row["status"].starts_with("excluded").then(|| row["status"].clone());
            assert_eq!(excluded(before), excluded(now), "{}", before["unit"]);
        }
    }
}

#[test]
fn the_file_has_the_columns_of_the_export_and_adds_up() {
    let saved = Saved::of(&[project("data/hospital")], &[]);
    let rows = saved.rows(&[homecare()]);
    let titles = |bytes: &[u8]| bytes.split(|&byte| byte == b'\n').next().unwrap().to_vec();
    let file = fs::read(saved.path.with_extension("csv")).unwrap();
    assert_eq!(titles(&file), titles(&export(&saved.path)));
    let units: BTreeSet<&String> = rows.iter().map(|row| &row["unit"]).collect();
    assert_eq!(units.len(), rows.len(), "one row a passage");
    let found = saved.json(&[homecare()]);
    let count = |status: &str| rows.iter().filter(|row| row["status"].starts_with(status)).count() as f64;
    assert_eq!(count("theme"), number(&found, "/counts/in_themes"));
    assert_eq!(count("unclustered"), number(&found, "/counts/unclustered"));
    assert_eq!(count("theme") + count("unclustered") + count("excluded"), number(&found, "/counts/units"));
    let analysis = load(&saved.path).unwrap();
    for row in rows.iter().filter(|row| row["status"] == "theme") {
        let theme = analysis.summary.theme(&row["theme"]).unwrap();
        assert_eq!(row["theme_label"], theme.label);
        assert!(row["theme"].starts_with(&row["section"]));
        let strength: f64 = row["strength"].parse().unwrap();
        assert!((0.0..=1.0).contains(&strength));
    }
    // An analysis is not changed by it, and a file is not replaced unasked.
    assert!(analysis == load(&saved.path).unwrap());
    let message = failure(saved.assign(&[homecare()]).arg("-o").arg(saved.path.with_extension("csv")), 2);
    assert!(message.contains("exists already") && message.contains("--force"), "{message}");
}

/// `data/README.md` says what was written into the two studies.
#[test]
fn what_only_the_new_study_says_is_reported() {
    let saved = Saved::of(&[project("data/hospital")], &[]);
    let found = saved.json(&[homecare()]);
    let sections = found["sections"].as_array().unwrap();
    // Being watched by the app: of the home-care nurses alone in what both were asked at the end.
    let better = sections.iter().find(|section| section["question"].as_str().unwrap().contains("got better")).unwrap();
    let end =
        sections.iter().find(|section| section["question"].as_str().unwrap().contains("Before we finish")).unwrap();
    let possible = end["possible_themes"].as_array().unwrap().iter();
    let watched = possible.into_iter().find(|theme| theme["label"].as_str().unwrap().contains("location"));
    let watched = watched.expect("being watched is a possible theme");
    assert!(number(watched, "/prevalence/participants") >= 5.0, "{watched}");
    assert!(watched["quotes"][0]["text"].as_str().unwrap().len() > 20);
    // Travel was asked of them only.
    let unknown = found["unknown_questions"].as_array().unwrap();
    assert_eq!(unknown.len(), 1, "{unknown:?}");
    assert!(unknown[0]["question"].as_str().unwrap().contains("travel"), "{unknown:?}");
    assert!(number(&unknown[0], "/answers") >= 29.0);
    let rows = saved.rows(&[homecare()]);
    let travel: Vec<_> = rows.iter().filter(|row| row["question"].contains("travel between your visits")).collect();
    assert!(travel.len() > 20 && travel.iter().all(|row| row["section"].is_empty() && row["theme"].is_empty()));
    // What both say is found again.
    let found_again: f64 = better["themes"].as_array().unwrap().iter().map(|theme| number(theme, "/mentions")).sum();
    assert!(found_again >= 10.0, "{better}");
    assert!(number(&found, "/unclustered") > number(&found, "/unclustered_before"));
    let printed = saved.assign(&[homecare()]).output().unwrap().stdout;
    let printed = String::from_utf8(printed).unwrap();
    assert!(printed.contains("Possibly a new theme: location"), "{printed}");
    assert!(printed.contains("Answers to questions that the analysis does not know"));
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "80 columns");
}

#[test]
fn another_subject_is_left_mostly_unclustered() {
    let everything = Saved::of(&samples(), &["--frame", "all"]);
    for saved in [Saved::of(&samples(), &[]), everything] {
        let found = saved.json(&[another_subject()]);
        assert_eq!(number(&found, "/counts/units"), 30.0);
        assert!(number(&found, "/unclustered") >= 0.7, "{}", found["counts"]);
        let printed = String::from_utf8(saved.assign(&[another_subject()]).output().unwrap().stdout).unwrap();
        assert!(printed.contains("say much that the themes do not hold"), "{printed}");
    }
}

#[test]
fn answers_without_a_known_question_are_said_to_be_such() {
    let saved = Saved::of(&[project("data/hospital")], &[]);
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain.csv");
    let swap = "Swapping a shift is quick now, I post it in the app and somebody takes it within the hour.";
    fs::write(&plain, format!("id,text\na,\"{swap}\"\nb,My brother plays the trombone in a brass band on Sundays.\n"))
        .unwrap();
    let found = saved.json(std::slice::from_ref(&plain));
    assert_eq!(number(&found, "/counts/in_themes"), 0.0);
    assert_eq!(number(&found, "/unknown_questions/0/answers"), 2.0);
    assert_eq!(found["unclustered"], Value::Null, "nobody answered a known question");
    let output =
        saved.assign(std::slice::from_ref(&plain)).args(["--section", "Q2", "--json"]).output().unwrap().stdout;
    let found: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(number(&found, "/counts/in_themes"), 1.0, "{}", found["sections"]);
    assert_eq!(found["unknown_questions"].as_array().unwrap().len(), 0);
    let message = failure(saved.assign(&[plain]).args(["--section", "Q77"]), 2);
    assert!(message.contains("no section Q77") && message.contains("hint: "), "{message}");
}

#[test]
fn the_researchers_edits_are_heeded() {
    let saved = Saved::of(&samples(), &[]);
    let before = load(&saved.path).unwrap();
    let members: Vec<&str> =
        before.units.iter().filter(|unit| unit.theme.as_deref() == Some("Q2.4")).map(|unit| unit.id.as_str()).collect();
    let file = saved.path.join("codebook.toml");
    let mut text = fs::read_to_string(&file).unwrap();
    for (theme, line) in
        [("Q2.1", "name = \"Fewer calls\""), ("Q2.2", "merge_into = \"Q2.1\""), ("Q2.3", "hide = true")]
    {
        let heading = format!("[theme.\"{theme}\"]\n");
        text = text.replace(&heading, &format!("{heading}{line}\n"));
    }
    // All but two of a theme go elsewhere, so that most like them go there.
    for unit in &members[..members.len() - 2] {
        text.push_str(&format!("\n[[move]]\nunit = \"{unit}\"\nto = \"Q2.5\"\n"));
    }
    fs::write(&file, text).unwrap();
    leitmotif().arg("codebook").arg(&saved.path).arg("--apply").assert().success();
    let rows = saved.rows(&samples());
    let of = |theme: &str| rows.iter().filter(|row| row["theme"] == theme).count();
    assert_eq!(of("Q2.2"), 0, "it was merged");
    assert!(rows.iter().filter(|row| row["theme"] == "Q2.1").all(|row| row["theme_label"] == "Fewer calls"));
    let were = |theme: &str| before.units.iter().filter(|unit| unit.theme.as_deref() == Some(theme)).count();
    assert!(of("Q2.1") as f64 >= 0.9 * (were("Q2.1") + were("Q2.2")) as f64);
    assert!(of("Q2.3") > 0, "hidden themes are counted");
    let moved = rows.iter().filter(|row| members.contains(&row["unit"].as_str()) && row["theme"] == "Q2.5").count();
    assert!(moved >= members.len() - 3, "{moved} of {}", members.len());
    let printed = String::from_utf8(saved.assign(&samples()).args(["--top", "0"]).output().unwrap().stdout).unwrap();
    assert!(printed.contains("  Q2.1 Fewer calls\n") && !printed.contains("  Q2.3 "));
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let saved = Saved::of(&[project("data/hospital")], &[]);
    let on =
        |threads: &str| saved.assign(&[homecare()]).arg("--json").env("RAYON_NUM_THREADS", threads).output().unwrap();
    assert!(on("1").stdout == on("3").stdout);
}

#[test]
fn another_model_and_what_is_no_analysis_are_refused() {
    let saved = Saved::of(&[project("data/hospital")], &[]);
    let file = saved.path.join("analysis.json");
    let text = fs::read_to_string(&file).unwrap();
    let mut summary: Value = serde_json::from_str(&text).unwrap();
    summary["manifest"]["model"]["name"] = "another-model".into();
    // As programs wrote it that knew no hashes.
    summary.as_object_mut().unwrap().remove("files").unwrap();
    fs::write(&file, summary.to_string()).unwrap();
    let message = failure(&mut saved.assign(&[homecare()]), 1);
    assert!(
        message.contains("another-model") && message.contains("hint: ") && message.contains("--model"),
        "{message}"
    );
    let message = failure(leitmotif_cached("assign").arg(project("data/hospital")).arg(homecare()), 1);
    assert!(message.contains("is not an analysis folder"), "{message}");
}

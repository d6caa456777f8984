//! The report as a reader uses it: interviews, recordings, the map, tables, print, and what is passed on to
//! stakeholders. What needs Chromium is skipped without it, as in `report.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{failure, leitmotif, leitmotif_cached, project};
use crate::report::{Sample, browser_with, is_skipped_without_node};
use leitmotif::analysis::{Analysis, load};

fn reads(task: &str, sample: &Sample) -> Option<String> {
    browser_with("reading.mjs", task, &sample.report(), sample.path())
}

#[test]
fn interviews_are_read_from_the_first_question_to_the_last_answer() {
    reads("interviews", &Sample::new());
}

#[test]
fn what_is_found_and_chosen_on_the_map_stays_and_names_grow_finer() {
    reads("map", &Sample::new());
}

#[test]
fn everything_or_a_part_is_printed() {
    let sample = Sample::new();
    if reads("print", &sample).is_none() {
        return;
    }
    let sheets = |file: &str| {
        let pdf = fs::read(sample.path().join(file)).unwrap();
        String::from_utf8_lossy(&pdf).matches("/Type /Page\n").count()
    };
    let (all, one) = (sheets("print.pdf"), sheets("method.pdf"));
    assert!(one >= 1 && all > 10 * one, "{all} sheets, {one} for the method alone");
}

#[test]
fn no_page_to_read_has_a_finding_of_axe_with_targets_for_fingers_included() {
    reads("fingers", &Sample::new());
}

#[test]
fn contours_colours_and_tables_are_what_is_known_elsewhere() {
    if is_skipped_without_node() {
        return;
    }
    let output = Command::new("node").arg("parts.mjs").current_dir(project("tests/browser")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Rows of a CSV file, without the page's byte order mark and the signs that make texts harmless.
fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let text = fs::read_to_string(path).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let field = |value: &str| value.strip_prefix('\'').unwrap_or(value).to_owned();
    let row =
        |row: Result<csv::StringRecord, csv::Error>| head.iter().cloned().zip(row.unwrap().iter().map(field)).collect();
    reader.records().map(row).collect()
}

/// The page counts its matrices itself, as it counts edits in; without edits they are the program's.
#[test]
fn matrices_of_the_page_are_those_of_the_exports() {
    let sample = Sample::new();
    if reads("tables", &sample).is_none() {
        return;
    }
    for (format, file) in [("theme-by-question", "by-question.csv"), ("theme-by-group", "by-study.csv")] {
        let exported = sample.path().join(format!("{format}.csv"));
        leitmotif().arg("export").arg(sample.analysis()).args(["--to", format, "-o"]).arg(&exported).assert().success();
        let by_key = |path: &Path| -> BTreeMap<Vec<String>, BTreeMap<String, String>> {
            let key = |row: &BTreeMap<String, String>| {
                let column = |name: &str| row.get(name).cloned().unwrap_or_default();
                ["theme", "section", "question_number", "group"].map(column).to_vec()
            };
            rows(path).into_iter().map(|row| (key(&row), row)).collect()
        };
        let (page, program) = (by_key(&sample.path().join(file)), by_key(&exported));
        assert!(program.len() > 20 && page.keys().eq(program.keys()), "{file}: {} and {}", page.len(), program.len());
        for (key, row) in &program {
            for (column, value) in row {
                let own = &page[key][column];
                let is_same = match (own.parse::<f64>(), value.parse::<f64>()) {
                    (Ok(own), Ok(value)) => (own - value).abs() < 1e-12,
                    _ => own == value,
                };
                assert!(is_same, "{file}, {key:?}, {column}: {own} on the page, {value} in the export");
            }
        }
    }
    let analysis = load(&sample.analysis()).unwrap();
    let found = rows(&sample.path().join("found.csv"));
    let with_word =
        |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| word.eq_ignore_ascii_case("the"));
    assert_eq!(found.len(), analysis.units.iter().filter(|unit| with_word(&unit.text)).count());
    let texts: BTreeMap<&str, &str> =
        analysis.units.iter().map(|unit| (unit.id.as_str(), unit.text.as_str())).collect();
    assert!(found.iter().all(|row| texts[row["unit"].as_str()] == row["text"]));
}

/// Everything of an analysis that a report for others must not hold, but for what `kept` says.
fn leaks<'a>(analysis: &'a Analysis, html: &'a str, kept: &'a [String]) -> impl Iterator<Item = &'a str> {
    let escaped = |text: &str| serde_json::to_string(text).unwrap().trim_matches('"').replace('<', "\\u003c");
    let texts = analysis.units.iter().flat_map(|unit| [unit.text.as_str(), unit.question.as_str()]);
    texts
        .filter(|text| text.chars().count() > 40)
        .filter(move |text| html.contains(&escaped(text)))
        .filter(|text| !kept.iter().any(|kept| kept.contains(text) || text.contains(kept.as_str())))
}

#[test]
fn a_report_for_stakeholders_holds_what_was_chosen_and_nothing_else() {
    let sample = Sample::new();
    let edits = "version = 1\n[theme.\"Q3.1\"]\nname = \"What is slow\"\nmemo = \"for me alone\"\n\
                 [category.\"At work\"]\nthemes = [\"Q3.1\"]\n";
    fs::write(sample.analysis().join("codebook.toml"), edits).unwrap();
    leitmotif().arg("codebook").arg(sample.analysis()).arg("--apply").assert().success();
    let analysis = load(&sample.analysis()).unwrap();
    let write = |options: &[&str]| {
        let mut report = leitmotif();
        report.arg("report").arg(sample.analysis()).args(["--for", "stakeholders", "--force", "-o"]);
        report.arg(sample.report()).args(options).assert().success();
        fs::read_to_string(sample.report()).unwrap()
    };
    // As the analysis calls them, so that what is there can be found by its words.
    let html = write(&["--themes", "Q3.1,R1", "--quotes", "1", "--no-pseudonyms"]);
    let recurring = &analysis.summary.recurring[0];
    let chosen: Vec<_> =
        analysis.summary.themes().filter(|theme| theme.id == "Q3.1" || recurring.themes.contains(&theme.id)).collect();
    let mut kept: Vec<String> = chosen.iter().map(|theme| theme.quotes[0].text.clone()).collect();
    assert!(kept.iter().all(|quote| html.contains(&serde_json::to_string(quote).unwrap().replace('<', "\\u003c"))));
    kept.extend(analysis.summary.sections.iter().map(|section| section.question.clone()));
    kept.extend(analysis.summary.framing.guide.iter().map(|question| question.wording.clone()));
    kept.extend(chosen.iter().map(|theme| theme.label.clone()));
    assert_eq!(leaks(&analysis, &html, &kept).collect::<Vec<_>>(), Vec::<&str>::new());
    assert!(html.contains("What is slow") && html.contains("At work"));
    for section in &analysis.summary.sections {
        let is_asked = section.themes.iter().any(|theme| chosen.iter().any(|one| one.id == theme.id));
        assert_eq!(html.contains(&section.question), is_asked, "{}", section.question);
    }
    assert!(!html.contains("for me alone") && !html.contains("hospital_01.md") && !html.contains("homecare.csv"));
    let others = analysis.summary.themes().filter(|theme| !chosen.iter().any(|one| one.id == theme.id));
    for theme in others {
        assert!(!html.contains(&format!("\"id\":\"{}\"", theme.id)), "{}", theme.id);
    }
    reads("stakeholders", &sample);
    // Nobody pinned anything: themes without quotes.
    write(&["--themes", "Q3.1,R1", "--quotes", "pinned"]);
    reads("stakeholders", &sample);
    // Pseudonyms are the rule.
    let html = write(&[]);
    let data = &html[html.find("id=\"data\"").unwrap()..];
    for person in &analysis.summary.participants {
        assert!(!data.contains(&format!("\"{}\"", person.participant)), "{}", person.participant);
    }
    assert!(sample.analysis().join("pseudonyms.csv").is_file() && html.len() < 550_000, "{}", html.len());
    reads("stakeholders", &sample);
    reads("fingers", &sample);
    let refused = |options: &[&str], status: i32| {
        failure(
            leitmotif().arg("report").arg(sample.analysis()).args(options).args(["--force", "-o"]).arg(sample.report()),
            status,
        )
    };
    let message = refused(&["--for", "stakeholders", "--themes", "Q99.9"], 2);
    assert!(message.contains("there is no theme `Q99.9`") && message.contains("hint:"), "{message}");
    assert!(refused(&["--themes", "Q3.1"], 2).contains("--for"));
    // The check list is of what is in the file: the whole analysis has more to look at.
    let listed = |options: &[&str]| -> Vec<String> {
        let path = sample.path().join("check.csv");
        let mut report = leitmotif();
        report.arg("report").arg(sample.analysis()).args(options).args(["--force", "--checklist"]).arg(&path);
        report.arg("-o").arg(sample.report()).assert().success();
        rows(&path).into_iter().map(|row| row["text"].clone()).collect()
    };
    let part = listed(&["--for", "stakeholders", "--themes", "Q1.1", "--quotes", "1"]);
    let html = fs::read_to_string(sample.report()).unwrap();
    assert!(part.iter().all(|text| html.contains(text)), "{part:?}");
    let whole = listed(&["--pseudonyms"]);
    assert!(whole.iter().any(|text| !html.contains(text)) && whole.len() > part.len(), "{whole:?}");
    // What is hidden is left out though it is named, and that is told.
    let edits = "version = 1\n[recurring.\"R1\"]\nhide = true\n[theme.\"Q3.1\"]\nhide = true\n";
    fs::write(sample.analysis().join("codebook.toml"), edits).unwrap();
    leitmotif().arg("codebook").arg(sample.analysis()).arg("--apply").assert().success();
    let mut report = leitmotif();
    report.arg("report").arg(sample.analysis()).args(["--for", "stakeholders", "--force", "--themes", "R1,Q3.1,Q1.1"]);
    let told = report.arg("-o").arg(sample.report()).assert().success().get_output().stderr.clone();
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("R1 is hidden") && told.contains("Q3.1 is hidden, and left out"), "{told}");
    assert!(!fs::read_to_string(sample.report()).unwrap().contains("\"id\":\"Q3.1\""));
    assert!(refused(&["--for", "stakeholders", "--themes", "Q3.1"], 2).contains("Q3.1 is hidden"));
    assert!(refused(&["--for", "stakeholders", "--media", "."], 2).contains("by voice"));
}

/// A silent recording: RIFF WAVE, 8,000 samples of 8 bits a second.
fn wav(seconds: u32) -> Vec<u8> {
    let samples = seconds * 8_000;
    let mut bytes = Vec::from(*b"RIFF");
    bytes.extend((36 + samples).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16u32.to_le_bytes());
    for value in [1u16, 1] {
        bytes.extend(value.to_le_bytes());
    }
    for value in [8_000u32, 8_000] {
        bytes.extend(value.to_le_bytes());
    }
    for value in [1u16, 8] {
        bytes.extend(value.to_le_bytes());
    }
    bytes.extend(b"data");
    bytes.extend(samples.to_le_bytes());
    bytes.extend(std::iter::repeat_n(128u8, samples as usize));
    bytes
}

#[test]
fn quotes_play_from_their_time_and_missing_recordings_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let (input, media) = (folder.path().join("in"), folder.path().join("with space & more"));
    fs::create_dir(&input).unwrap();
    fs::create_dir(&media).unwrap();
    let said = [
        "The night shift is hard on everybody who has children at home.",
        "We swap shifts by telephone and nobody writes it down anywhere.",
        "The new app tells me every evening where I have to be next day.",
        "I would like to have my free days earlier than the week before.",
    ];
    for (at, name) in ["anna", "bo", "cyd"].iter().enumerate() {
        let mut text = String::from("WEBVTT\n\n");
        for (number, answer) in said.iter().enumerate() {
            let from = 8 * number;
            text.push_str(&format!(
                "00:00:{:02}.000 --> 00:00:{:02}.000\nInterviewer: And what about part {number} of your work?\n\n\
                 00:00:{:02}.000 --> 00:00:{:02}.000\n{name}: {answer} That is what I say, {at} times over.\n\n",
                from,
                from + 2,
                from + 3,
                from + 7
            ));
        }
        fs::write(input.join(format!("{name}.vtt")), text).unwrap();
    }
    let analysis = folder.path().join("run");
    let mut themes = leitmotif_cached("themes");
    themes.arg(&input).args(["--stability", "0", "-o"]).arg(&analysis).assert().success();
    let report = folder.path().join("report.html");
    let write = |media: &Path| {
        let mut command = leitmotif();
        command.arg("report").arg(&analysis).args(["--force", "-o"]).arg(&report).arg("--media").arg(media);
        command
    };
    let message = failure(&mut write(&media), 2);
    assert!(message.contains("no recording in") && message.contains("hint:"), "{message}");
    let message = failure(&mut write(&folder.path().join("none")), 2);
    assert!(message.contains("failed to read the recordings' folder"), "{message}");
    for name in ["Anna.wav", "bo.wav", "nobody.mp3"] {
        fs::write(media.join(name), wav(40)).unwrap();
    }
    let output = write(&media).output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    assert!(
        message.contains("without a recording: in/cyd") && message.contains("of no interview: nobody.mp3"),
        "{message}"
    );
    let html = fs::read_to_string(&report).unwrap();
    assert!(html.contains("with%20space%20%26%20more/Anna.wav") && html.len() < 500_000, "linked, not copied");
    browser_with("reading.mjs", "recordings", &report, folder.path());
    // Without recordings nothing may be played.
    leitmotif().arg("report").arg(&analysis).args(["--force", "-o"]).arg(&report).assert().success();
    assert!(!fs::read_to_string(&report).unwrap().contains("media-src"));
}

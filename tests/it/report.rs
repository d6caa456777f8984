//! The HTML report, read and edited in a real browser, headless.
//!
//! It takes Debian's Chromium (`CHROMIUM` names another), Node.js, and `npm ci` in `tests/browser`.
//! Without these a test prints why it is skipped, unless `LEITMOTIF_BROWSER=required`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::codebook::Codebook;
use leitmotif::analysis::{Analysis, load};
use leitmotif::report::{ComparedTheme, ComparisonPage, Difference, Group, Options, render};

/// Runs a task of `tests/browser/report.mjs` on a report; `None` where it cannot run.
fn browser(task: &str, report: &Path, folder: &Path) -> Option<String> {
    browser_with("report.mjs", task, report, folder)
}

const NO_NODE: &str = "node is not there";

fn node_is_there() -> bool {
    Command::new("node").arg("--version").output().is_ok()
}

/// Whether a test is skipped, and says so, since something is missing; where a browser is required it fails instead.
fn is_skipped(missing: Option<String>) -> bool {
    let Some(reason) = missing else { return false };
    assert!(std::env::var("LEITMOTIF_BROWSER").as_deref() != Ok("required"), "{reason}");
    eprintln!("skipped: {reason}");
    true
}

/// Whether a test that needs Node.js alone is skipped.
pub(crate) fn is_skipped_without_node() -> bool {
    is_skipped((!node_is_there()).then(|| NO_NODE.into()))
}

/// The same of another script of `tests/browser`.
pub(crate) fn browser_with(script: &str, task: &str, report: &Path, folder: &Path) -> Option<String> {
    let chromium = std::env::var_os("CHROMIUM").map_or_else(|| PathBuf::from("/usr/bin/chromium"), PathBuf::from);
    let scripts = project("tests/browser");
    let missing = if !chromium.is_file() {
        Some(format!("{} is not there (apt-get install chromium)", chromium.display()))
    } else if !node_is_there() {
        Some(NO_NODE.into())
    } else if !scripts.join("node_modules/playwright-core").is_dir() {
        Some("`npm ci` was not run in tests/browser".into())
    } else {
        None
    };
    if is_skipped(missing) {
        return None;
    }
    let mut command = Command::new("node");
    command.arg(script).arg(task).arg(report).arg(folder).current_dir(scripts);
    let output = command.output().unwrap();
    assert!(output.status.success(), "{task}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// The sample studies, analysed, with their report.
pub(crate) struct Sample {
    folder: tempfile::TempDir,
}

impl Sample {
    pub(crate) fn new() -> Self {
        let sample = Self { folder: tempfile::tempdir().unwrap() };
        let mut themes = leitmotif_cached("themes");
        themes.args(samples()).arg("-o").arg(sample.analysis()).args(["--stability", "4"]);
        themes.arg("--report").arg(sample.report()).assert().success();
        sample
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn analysis(&self) -> PathBuf {
        self.path().join("a")
    }

    pub(crate) fn report(&self) -> PathBuf {
        self.path().join("report.html")
    }
}

#[test]
fn the_report_is_one_file_with_the_same_bytes_each_time() {
    let sample = Sample::new();
    let written = fs::read(sample.report()).unwrap();
    let again = sample.path().join("again.html");
    leitmotif().arg("report").arg(sample.analysis()).arg("-o").arg(&again).assert().success();
    assert!(fs::read(&again).unwrap() == written, "`themes --report` and `report` write the same");
    leitmotif().arg("report").arg(sample.analysis()).assert().success();
    assert!(fs::read(sample.path().join("a.html")).unwrap() == written, "beside the folder, by its name");
    let message = failure(leitmotif().arg("report").arg(sample.analysis()), 2);
    assert!(message.contains("exists already") && message.contains("--force"), "{message}");
    let nowhere = sample.path().join("none/report.html");
    let message = failure(leitmotif().arg("report").arg(sample.analysis()).arg("-o").arg(nowhere), 1);
    assert!(message.contains("failed to write") && message.contains("hint:"), "{message}");
    // 505 answers; the target is 2 MB for 2,000.
    assert!(written.len() < 700_000, "{} bytes", written.len());
    let html = String::from_utf8(written).unwrap();
    let head = &html[..html.find("<style>").unwrap()];
    assert!(head.contains("default-src 'none'; script-src 'sha256-") && !head.contains("unsafe"), "{head}");
    assert!(!html.contains(sample.path().to_str().unwrap()) && !html.contains(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn an_analysis_without_places_is_laid_out_for_its_report() {
    let sample = Sample::new();
    let mut analysis = load(&sample.analysis()).unwrap();
    assert!(analysis.units.iter().all(|unit| unit.vector.is_some() == unit.map.is_some()));
    let before = analysis.clone();
    analysis.units.iter_mut().for_each(|unit| unit.map = None);
    leitmotif::analysis::lay_out(&mut analysis).unwrap();
    assert!(analysis == before);
}

#[test]
fn a_reader_finds_their_way() {
    let sample = Sample::new();
    for task in ["reads", "map"] {
        browser(task, &sample.report(), sample.path());
    }
}

#[test]
fn edits_go_into_the_codebook_and_show_in_the_next_report() {
    let sample = Sample::new();
    let Some(expected) = browser("edits", &sample.report(), sample.path()) else { return };
    fs::write(sample.path().join("expected.json"), expected).unwrap();
    let apply = || {
        fs::copy(sample.path().join("codebook.toml"), sample.analysis().join("codebook.toml")).unwrap();
        leitmotif().arg("codebook").arg(sample.analysis()).arg("--apply").assert().success();
        let report = || {
            leitmotif()
                .arg("report")
                .arg(sample.analysis())
                .arg("-o")
                .arg(sample.report())
                .arg("--force")
                .assert()
                .success()
        };
        report();
        load(&sample.analysis()).unwrap()
    };
    let edits = |analysis: &Analysis| -> Vec<String> {
        let edits = &analysis.summary.manifest.edits;
        assert!(edits.iter().all(|edit| edit.applied), "{edits:?}");
        edits.iter().map(|edit| format!("{} {}", edit.edit, edit.target)).collect()
    };
    let first = edits(&apply());
    let words: Vec<&str> = first.iter().map(|edit| edit.split(' ').next().unwrap()).collect();
    for word in ["name", "description", "merge_into", "hide", "pin", "move"] {
        assert_eq!(words.iter().filter(|it| **it == word).count(), 1, "{word} in {words:?}");
    }
    browser("edited", &sample.report(), sample.path());
    let second = edits(&apply());
    assert!(first.iter().all(|edit| second.contains(edit)) && second.len() == first.len() + 1, "{second:?}");
}

#[test]
fn themes_by_hand_are_made_in_the_report() {
    let sample = Sample::new();
    let Some(told) = browser("hand", &sample.report(), sample.path()) else { return };
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    fs::copy(sample.path().join("codebook.toml"), sample.analysis().join("codebook.toml")).unwrap();
    leitmotif().arg("codebook").arg(sample.analysis()).arg("--apply").assert().success();
    let analysis = load(&sample.analysis()).unwrap();
    let summary = &analysis.summary;
    assert!(summary.manifest.edits.iter().all(|edit| edit.applied), "{:?}", summary.manifest.edits);
    let people = |prevalence: &leitmotif::theme::prevalence::Prevalence| {
        format!("{} of {}", prevalence.participants, prevalence.asked)
    };
    let made = summary.theme("N1").unwrap();
    assert_eq!((made.label.as_str(), made.memo.as_deref()), ("Nobody asked us", Some("Ask the wards\nagain.")));
    assert_eq!(made.mentions as u64, told["taken"].as_u64().unwrap());
    assert!(told["people"].as_str().unwrap().starts_with(&people(&made.prevalence)), "{told}");
    let further = summary.theme(told["further"].as_str().unwrap()).unwrap();
    assert!(told["furtherPeople"].as_str().unwrap().starts_with(&people(&further.prevalence)), "{told}");
    assert!(told["category"].as_str().unwrap().starts_with(&people(&summary.categories[0].prevalence)), "{told}");
    assert_eq!(summary.memos[0].text, "Look at this");
    assert!(summary.recurring.iter().any(|recurring| recurring.label == "Again and again"));
    // The next report knows them: nothing is pending, everything is there.
    leitmotif().arg("report").arg(sample.analysis()).arg("-o").arg(sample.report()).arg("--force").assert().success();
    browser("handed", &sample.report(), sample.path());
}

/// The page counts by rules of its own while it is open; over many random edits they must give what the program
/// gives for the file that the page writes.
#[test]
fn the_page_applies_edits_as_the_program_does() {
    if is_skipped_without_node() {
        return;
    }
    let sample = Sample::new();
    let mut command = Command::new("node");
    command.arg("apply.mjs").arg(assert_cmd::cargo::cargo_bin("leitmotif")).arg(sample.analysis()).arg("40");
    command.env_remove("ORT_DYLIB_PATH");
    let output = command.current_dir(project("tests/browser")).output().unwrap();
    let (said, message) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{said}{message}");
    let told: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    let count = |what: &str| told[what].as_u64().unwrap();
    assert!(count("compared") > 1_000 && count("made") > 40, "{told}");
    println!("{told}");
}

/// Answers that try what can be tried, among harmless ones, so that there are themes.
fn hostile_texts() -> Vec<String> {
    let long = "x".repeat(10_000);
    [
        "</script><script>window.hacked = 1</script> the night shift is hard on all of us here".to_string(),
        "<img src=x onerror=\"window.hacked=1\"> the night shift is hard on everybody at work".into(),
        "<!--<script> the night shift is hard when you have children at home".into(),
        "'\"><svg/onload=window.hacked=1> the night shift is hard without a second nurse".into(),
        "{{ 7 * 7 }} {% raw %} the night shift is hard and nobody asks about it".into(),
        "<b onclick=\"window.hacked=1\">bold</b> [link](javascript:window.hacked=1) the night shift is hard".into(),
        "Then \u{202e}the night shift is hard\u{2066}, said backwards, \u{200f}and never ended \u{2028} with \u{2029} separators".into(),
        format!("the night shift is hard {long} as everybody knows"),
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏽 the night shift is hard é é ﷽ Z̷̧̛̤̬͙̦a̴lgo and so on".into(),
        "المناوبة الليلية صعبة جدا على الجميع هنا the night shift is hard".into(),
        "Zoe\u{308} says in the cafe\u{301} too that the night shift is hard".into(),
    ]
    .into()
}

#[test]
fn hostile_text_is_text() {
    let folder = tempfile::tempdir().unwrap();
    let texts = hostile_texts();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut csv = String::from("participant,question,answer\n");
    for (i, text) in texts.iter().enumerate() {
        for copy in 0..3 {
            let person = format!("p{i}{copy}<img src=x onerror=window.hacked=1>");
            // Markup in a cell is an export's, and is taken off; what is written out as entities was said.
            let answer = if copy == 0 {
                text.replace('&', "&amp;").replace('<', "&lt;")
            } else {
                format!("The night shift is hard for {} reasons, and {i} colleagues agree.", copy + i)
            };
            csv.push_str(&format!(
                "{},{},{}\n",
                quoted(&person),
                quoted("<script>window.hacked=1</script> What is hard?"),
                quoted(&answer)
            ));
        }
    }
    let input = folder.path().join("<b>study & \"x\".csv");
    fs::write(&input, csv).unwrap();
    let report = folder.path().join("report.html");
    let mut themes = leitmotif_cached("themes");
    themes.arg(&input).args(["--stability", "0", "--themes", "2"]).arg("--report").arg(&report).assert().success();
    let html = fs::read_to_string(&report).unwrap();
    let body = &html[html.find("<body").unwrap()..];
    assert_eq!(
        body.matches("<script").count(),
        3,
        "the data, what is searched with, and the script, and nothing from the interviews"
    );
    assert!(!body.contains("<img") && !html.contains('\u{2028}'));
    // White space inside the page's text is as it was said.
    fs::write(folder.path().join("hostile.json"), serde_json::to_string(&texts).unwrap()).unwrap();
    browser("hostile", &report, folder.path());
}

#[test]
fn a_report_without_themes_says_so_and_one_can_be_made() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("two.csv");
    let answers =
        ["The night shift is hard when nobody relieves you.", "I would rather work in the mornings than at night."];
    let rows = ["anna", "ben"].iter().zip(answers).map(|(person, answer)| format!("{person},How is work?,{answer}\n"));
    fs::write(&input, "participant,question,answer\n".to_owned() + &rows.collect::<String>()).unwrap();
    let report = folder.path().join("report.html");
    leitmotif_cached("themes").arg(&input).arg("--report").arg(&report).assert().success();
    browser("bare", &report, folder.path());
}

#[test]
fn groups_are_compared_on_a_page_of_their_own_and_axe_finds_nothing_serious_on_any() {
    let sample = Sample::new();
    let analysis = load(&sample.analysis()).unwrap();
    let shared = analysis.summary.themes().filter(|theme| theme.by_study.len() == 2).take(6);
    let themes = shared.enumerate().map(|(i, theme)| ComparedTheme {
        id: theme.id.clone(),
        label: theme.label.clone(),
        groups: theme.by_study.iter().map(|study| study.prevalence).collect(),
        difference: Some(Difference { value: 0.1, low: -0.1, high: 0.3 }),
        verdict: "no clear difference".into(),
        is_clear: i == 0,
        p: Some(0.04),
        q: None,
        trend: (i == 0).then(|| "rises along age (z = 2.90, q = 0.020)".into()),
        stability: Some(0.41),
        notes: vec!["may come from what was asked: hospital answered Q1; homecare answered Q2".into()],
    });
    let group = |name: &str| Group { name: name.into(), question: None, participants: 30 };
    let comparison = ComparisonPage {
        by: "study".into(),
        groups: vec![group("hospital"), group("homecare")],
        themes: themes.collect(),
        notes: vec!["Nothing was left out.".into()],
        alone: vec!["Q5, in hospital only: “How are nights filled?” (3 themes)".into()],
    };
    assert!(comparison.themes.len() > 1);
    let options = Options { comparison: Some(&comparison), ..Options::default() };
    let html = render(&analysis, &Codebook::default(), options).unwrap();
    fs::write(sample.report(), html).unwrap();
    browser("compare", &sample.report(), sample.path());
    browser("axe", &sample.report(), sample.path());
}

/// Every column of the participants' table filters and tabulates in the report, and `--by` compares by it.
#[test]
fn participants_are_told_apart_by_every_attribute() {
    use std::fmt::Write;
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let people = (1..=30).map(|n| format!("hospital_{n:02}")).chain((1..=30).map(|n| format!("homecare_{n:02}")));
    let mut table = "participant,ward,age,name\n".to_string();
    for (n, person) in people.enumerate() {
        writeln!(table, "{person},{},{},Name {n}", ["A", "B"][n % 2], 20 + n % 30).unwrap();
    }
    fs::write(at("people.csv"), table).unwrap();
    let mut themes = leitmotif_cached("themes");
    themes.args(samples()).args(["--stability", "2", "-q", "--participants"]).arg(at("people.csv"));
    themes.arg("-o").arg(at("run")).assert().success();
    let report = |arguments: &[&str]| {
        let mut command = leitmotif();
        command.arg("report").arg(at("run")).args(["--force", "-q", "-o"]).arg(at("report.html")).args(arguments);
        command
    };
    let message = failure(&mut report(&["--by", "shoes"]), 2);
    assert!(message.contains("no attribute `shoes`") && message.contains("`ward`"), "{message}");
    let message = failure(&mut report(&["--by", "ward", "--bands", "1,2"]), 2);
    assert!(message.contains("holds words"), "{message}");
    report(&["--by", "age"]).assert().success();
    browser("attributes", &at("report.html"), folder.path());
    browser("axe", &at("report.html"), folder.path());
    // Bands that are named are those of every page, and of the table.
    report(&["--by", "age", "--bands", "20,30,45"]).assert().success();
    let html = fs::read_to_string(at("report.html")).unwrap();
    assert!(html.contains(r#""name":"age","groups":["20–29","30–44","45 and over"]"#), "the filters'");
    assert_eq!(html.matches(r#""name":"45 and over""#).count(), 1, "Compare's");
    let table = |arguments: &[&str]| {
        let mut command = leitmotif();
        command.arg("export").arg(at("run")).args(["--to", "theme-by-group"]).args(arguments);
        command
    };
    let groups = |arguments: &[&str]| -> BTreeSet<String> {
        let output = table(arguments).assert().success().get_output().stdout.clone();
        let mut reader = csv::Reader::from_reader(&*output);
        let column = reader.headers().unwrap().iter().position(|title| title == "group").unwrap();
        reader.records().map(|row| row.unwrap()[column].to_owned()).collect()
    };
    let named = ["20–29", "30–44", "45 and over"].map(String::from);
    assert!(groups(&["--by", "age", "--bands", "20,30,45"]).into_iter().eq(named));
    let told = table(&["--by", "age"]).assert().success().get_output().stderr.clone();
    assert!(String::from_utf8(told).unwrap().contains("30 different numbers"));
    assert_eq!(groups(&["--by", "age"]).len(), 4);
    let message = failure(&mut table(&["--by", "question"]), 2);
    assert!(message.contains("theme-by-question") && !message.contains("`question`;"), "{message}");
}

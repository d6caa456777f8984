//! `--pseudonyms`: after it no id of a participant and no listed name is left in any byte of any format, and
//! nothing else is changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, project};
use leitmotif::analysis::{Analysis, EditRecord, Headline, Lineage, PastTheme, RoleSummary, Target, load, save};
use leitmotif::corpus::Role;
use parquet::file::reader::{FileReader, SerializedFileReader};

/// Every format of an analysis; `vectors` would have to be embedded, and has the texts of `units`.
const FORMATS: [(&str, &str); 22] = [
    ("csv", "csv"),
    ("themes-csv", "csv"),
    ("quotes-csv", "csv"),
    ("codebook-csv", "csv"),
    ("compare-csv", "csv"),
    ("coding-sheet", "csv"),
    ("matrix", "csv"),
    ("matrix", "xlsx"),
    ("matrix", "parquet"),
    ("matrix-counts", "csv"),
    ("theme-by-question", "csv"),
    ("theme-by-group", "csv"),
    ("co-occurrence", "csv"),
    ("xlsx", "xlsx"),
    ("json", "json"),
    ("jsonl", "jsonl"),
    ("parquet", "parquet"),
    ("md", "md"),
    ("qdpx", "qdpx"),
    ("qdc", "qdc"),
    ("html", "html"),
    ("units", "csv"),
];

/// What must be nowhere: ids of participants, words of them, files, and the names of the list.
const NEEDLES: [&str; 12] = [
    "quentin",
    "ashworth",
    "benedetta",
    "corvini",
    "ward-nine",
    "xq-17",
    "yolanda",
    "pruszko",
    "smythe-wood",
    "brannigan",
    "0004711",
    "kittering",
];

/// The specimen as interviews with people whose names stand everywhere, in two studies, two of them interviewed
/// together.
fn named() -> (tempfile::TempDir, PathBuf, Analysis) {
    let mut analysis = load(&project("tests/fixtures/analysis-v1")).unwrap();
    let ids = [
        "Quentin_Ashworth",
        "benedetta",
        "XQ-17",
        "Corvini",
        "ward-nine/Yolanda",
        "ward-nine/Pruszko",
        "0004711",
        "kittering_02",
    ];
    let old: Vec<String> = analysis.summary.participants.iter().map(|person| person.participant.clone()).collect();
    assert_eq!(old.len(), ids.len());
    let new = |id: &str| ids[old.iter().position(|known| known == id).unwrap()].to_string();
    let study = |id: &str| if old.iter().position(|known| known == id).unwrap() < 4 { "north" } else { "south" };
    let file = |id: &str| format!("/home/brannigan/{}/{}.md", study(id), new(id).replace('/', "_"));
    // In every string of what is saved, as far as an id stands in it.
    let mut summary = serde_json::to_string(&analysis.summary).unwrap();
    for id in &old {
        for (from, to) in [
            (format!("hospital/{id}.md"), file(id)),
            (format!("hospital/{id}#"), format!("{}/{}#", study(id), new(id))),
            (
                format!("\"study\":\"hospital\",\"participant\":\"{id}\""),
                format!("\"study\":\"{}\",\"participant\":\"{}\"", study(id), new(id)),
            ),
            (format!("`{id}`"), format!("`{}`", new(id))),
        ] {
            summary = summary.replace(&from, &to);
        }
    }
    assert!(!old.iter().any(|id| summary.contains(id.as_str())), "{summary}");
    analysis.summary = serde_json::from_str(&summary).unwrap();
    for unit in &mut analysis.units {
        let id = unit.participant.clone();
        unit.position.file = file(&id);
        unit.id = format!("{}/{}#{}", study(&id), new(&id), unit.id.rsplit_once('#').unwrap().1);
        (unit.study, unit.participant) = (study(&id).into(), new(&id));
    }
    let summary = &mut analysis.summary;
    let mut second = summary.studies[0].clone();
    (summary.studies[0].name, second.name) = ("north".into(), "south".into());
    summary.studies.push(second);
    for person in summary.participants.iter_mut().filter(|person| person.participant.starts_with("ward-nine/")) {
        person.transcript = Some("ward-nine".into());
    }
    for section in &mut summary.sections {
        let asked = section.asked[0].clone();
        section.asked = ["north", "south"]
            .map(|study| leitmotif::guide::AskedInStudy { study: study.into(), asked: 4, ..asked.clone() })
            .to_vec();
        for theme in &mut section.themes {
            theme.by_study.clear();
        }
    }
    // Names in everything that holds words.
    for unit in analysis.units.iter_mut().step_by(3) {
        unit.text = format!("I told Brannigan’s sister, Mrs. Smythe-Wood, and QUENTIN. {}", unit.text);
        unit.question = format!("And Yolanda? {}", unit.question).into();
    }
    analysis.units[1].note = Some("brannigan helps".into());
    let row = analysis.units[0].clone();
    let summary = &mut analysis.summary;
    let attributes = summary.attributes.len();
    summary.attributes.push("surname".into());
    for person in &mut summary.participants {
        person.attributes.resize(attributes, String::new());
        person.attributes.push("Kittering".into());
    }
    let manifest = &mut summary.manifest;
    manifest
        .warnings
        .push("`Yolande` may be a slip of `Yolanda`; xq-17 comes twice in /home/brannigan/south/XQ-17.md".into());
    manifest.failures.push("/home/brannigan/corvini.doc: it is a Word document".into());
    let role = |label: &str, role, reason: &str| RoleSummary {
        label: label.into(),
        role,
        reason: reason.into(),
        turns: 9,
        transcripts: 1,
    };
    manifest.roles.push(role("Yolanda", Role::Participant, "the header's `Nurse: Yolanda Pruszko` says a participant"));
    manifest.edits.push(EditRecord {
        edit: "move".into(),
        target: row.id.clone(),
        value: "T1".into(),
        line: 3,
        matched: None,
        applied: false,
        reason: Some(format!("`{}` is in no theme", row.id)),
    });
    summary.lineage.get_or_insert_with(Lineage::default).past.push(PastTheme {
        id: "T99".into(),
        label: "Brannigan's rota".into(),
        units: vec![row.id.clone()],
        ..PastTheme::default()
    });
    let theme = &mut summary.sections[0].themes[1];
    theme.description = Some("What Smythe-Wood said to Benedetta".into());
    theme.keywords[0].term = "brannigan".into();
    theme.label = "I told Brannigan".into();
    theme.headline = Some(Headline {
        unit: row.id.clone(),
        study: row.study.clone(),
        participant: row.participant.clone(),
        answer: row.answer,
        text: "I told Brannigan".into(),
        position: row.position.clone(),
    });
    let quote = &mut summary.sections[0].themes[0].quotes[0];
    quote.text = format!("Yolanda! {}", quote.text);
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("named");
    save(&analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
    fs::write(
        saved.join("codebook.toml"),
        format!("[theme.T2]\nname = \"Brannigan and Pruszko\"\npin = [\"{}\"]\n", row.id),
    )
    .unwrap();
    fs::write(folder.path().join("names.txt"), "Brannigan\nSmythe-Wood\n").unwrap();
    (folder, saved, analysis)
}

/// Everything that is in a file, unpacked, in lower case.
fn contents(path: &Path) -> String {
    let bytes = fs::read(path).unwrap();
    let mut all = String::from_utf8_lossy(&bytes).into_owned();
    match path.extension().and_then(|ending| ending.to_str()) {
        Some("xlsx" | "qdpx") => {
            let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            for at in 0..zip.len() {
                let mut entry = zip.by_index(at).unwrap();
                all.push_str(&entry.name().unwrap());
                let mut held = Vec::new();
                entry.read_to_end(&mut held).unwrap();
                all.push_str(&String::from_utf8_lossy(&held));
            }
        }
        Some("parquet") => {
            let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
            all.push_str(&format!("{:?}", reader.metadata().file_metadata().schema()));
            reader.get_row_iter(None).unwrap().for_each(|row| all.push_str(&row.unwrap().to_string()));
        }
        _ => {}
    }
    all.to_lowercase()
}

fn found(contents: &str) -> BTreeSet<&'static str> {
    NEEDLES.into_iter().filter(|needle| contents.contains(needle)).collect()
}

fn export(folder: &Path, saved: &Path, (format, ending): (&str, &str), options: &[&str]) -> PathBuf {
    let path = folder.join(format!("{}{format}.{ending}", options.len()));
    let mut command = leitmotif();
    command.current_dir(folder).arg("export").arg(saved).args(["--to", format, "-o"]).arg(&path).args(options);
    command.assert().success();
    path
}

const OPTIONS: [&str; 3] = ["--pseudonyms", "--names", "names.txt"];

#[test]
fn no_id_and_no_name_is_left_in_any_byte_of_any_format() {
    let (folder, saved, _) = named();
    // Without the option they are there, or this would find nothing.
    let mut known = BTreeSet::new();
    for format in FORMATS {
        let plain = export(folder.path(), &saved, format, &[]);
        known.extend(found(&contents(&plain)));
        let path = export(folder.path(), &saved, format, &OPTIONS);
        let left = found(&contents(&path));
        assert!(left.is_empty(), "{format:?}: {left:?}");
    }
    assert_eq!(known.len(), NEEDLES.len(), "{known:?}");
    for (arguments, output) in [
        (vec!["report", "-o", "report.html"], "report.html"),
        (vec!["compare", "-o", "compare.json", "--quotes"], "compare.json"),
        (vec!["compare", "--figures", "figures"], "figures/forest.svg"),
    ] {
        let run = leitmotif()
            .current_dir(folder.path())
            .args(&arguments)
            .arg(&saved)
            .args(OPTIONS)
            .assert()
            .success()
            .get_output()
            .clone();
        let left = found(&contents(&folder.path().join(output)));
        assert!(left.is_empty(), "{arguments:?}: {left:?}");
        assert!(found(&String::from_utf8_lossy(&run.stdout).to_lowercase()).is_empty());
    }
}

#[test]
fn formats_agree_and_say_what_was_done() {
    let (folder, saved, analysis) = named();
    let json = fs::read_to_string(export(folder.path(), &saved, ("json", "json"), &OPTIONS)).unwrap();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let made = &json["manifest"]["pseudonyms"];
    assert_eq!(made["participants"], 8);
    assert!(made["replaced"].as_u64().unwrap() >= analysis.units.iter().step_by(3).count() as u64 * 3);
    for format in [("md", "md"), ("html", "html"), ("qdpx", "qdpx")] {
        assert!(
            contents(&export(folder.path(), &saved, format, &OPTIONS))
                .contains("written with pseudonyms for 8 participants"),
            "{format:?}"
        );
    }
    let csv = fs::read(export(folder.path(), &saved, ("csv", "csv"), &OPTIONS)).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let titles = reader.headers().unwrap().clone();
    let column = |name: &str| titles.iter().position(|title| title == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), analysis.units.len());
    // What holds no name is as it was said, and a group is one.
    let texts: BTreeSet<&str> = rows.iter().map(|row| &row[column("text")]).collect();
    let plain = analysis.units.iter().filter(|unit| !unit.text.starts_with("I told Brannigan"));
    assert!(plain.clone().count() > 20 && plain.clone().all(|unit| texts.contains(unit.text.as_str())));
    assert!(
        rows.iter().any(|row| row[column("text")].starts_with("I told [name]’s sister, Mrs. [name], and [name]. "))
    );
    let groups: BTreeSet<&str> =
        rows.iter().filter_map(|row| row[column("participant")].split_once('/')).map(|(group, _)| group).collect();
    assert_eq!(groups, BTreeSet::from(["G01"]));
}

#[test]
fn every_coded_passage_of_a_project_stands_at_its_place_in_the_replaced_text() {
    let (folder, saved, _) = named();
    let path = export(folder.path(), &saved, ("qdpx", "qdpx"), &OPTIONS);
    let mut zip = zip::ZipArchive::new(fs::File::open(path).unwrap()).unwrap();
    let mut xml = String::new();
    zip.by_name("project.qde").unwrap().read_to_string(&mut xml).unwrap();
    let jsonl = fs::read_to_string(export(folder.path(), &saved, ("jsonl", "jsonl"), &OPTIONS)).unwrap();
    let texts: std::collections::HashMap<String, String> = jsonl
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .map(|row| (row["unit"].as_str().unwrap().into(), row["text"].as_str().unwrap().into()))
        .collect();
    let attribute = |element: &str, name: &str| {
        let from = element.find(&format!(" {name}=\"")).unwrap() + name.len() + 3;
        element[from..].split('"').next().unwrap().to_string()
    };
    let mut checked = 0;
    for source in xml.split("<TextSource ").skip(1) {
        let entry = format!("sources/{}", attribute(&format!(" {source}"), "plainTextPath").replace("internal://", ""));
        let mut text = String::new();
        zip.by_name(&entry).unwrap().read_to_string(&mut text).unwrap();
        let points: Vec<char> = text.chars().collect();
        for selection in source.split("<PlainTextSelection").skip(1) {
            let [start, end] =
                ["startPosition", "endPosition"].map(|name| attribute(selection, name).parse::<usize>().unwrap());
            let said: String = points[start..end].iter().collect();
            assert_eq!(said, texts[&attribute(selection, "name")]);
            checked += 1;
        }
    }
    assert!(checked > 30, "{checked}");
}

#[test]
fn pseudonyms_stay_and_tables_of_the_user_are_taken() {
    let (folder, saved, analysis) = named();
    let matrix = |options: &[&str]| {
        let output = leitmotif()
            .current_dir(folder.path())
            .arg("export")
            .arg(&saved)
            .args(["--to", "matrix"])
            .args(options)
            .assert()
            .success()
            .get_output()
            .clone();
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(matrix(&["--pseudonyms"]), matrix(&["--pseudonyms"]));
    let rows: Vec<String> = analysis
        .summary
        .participants
        .iter()
        .enumerate()
        .map(|(at, p)| format!("{},Nurse {}\n", p.participant, 8 - at))
        .collect();
    fs::write(folder.path().join("who.csv"), format!("participant,pseudonym\n{}", rows.concat())).unwrap();
    assert!(matrix(&["--pseudonyms=who.csv"]).contains("Nurse 8"));
    fs::write(folder.path().join("who.csv"), format!("participant,pseudonym\n{}", rows[..6].concat())).unwrap();
    let mut command = leitmotif();
    command.current_dir(folder.path()).arg("export").arg(&saved).args(["--to", "matrix", "--pseudonyms=who.csv"]);
    let message = failure(&mut command, 1);
    assert!(message.contains("2 participants have no pseudonym") && message.contains("hint:"), "{message}");
}

#[test]
fn a_coder_may_have_been_given_either_id_and_disagreements_tell_neither_name() {
    let (folder, saved, analysis) = named();
    let csv = fs::read(export(folder.path(), &saved, ("csv", "csv"), &OPTIONS)).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_slice());
    let new: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_string()).collect();
    let old: Vec<String> = analysis.units.iter().map(|unit| unit.id.clone()).collect();
    for ids in [old, new] {
        let rows: Vec<String> = ids.iter().enumerate().map(|(at, id)| format!("{id},code {}\n", at % 3)).collect();
        fs::write(folder.path().join("codes.csv"), format!("id,code\n{}", rows.concat())).unwrap();
        let mut command = leitmotif();
        command.current_dir(folder.path()).arg("evaluate").arg(&saved).args([
            "--codes",
            "codes.csv",
            "--draws",
            "0",
            "--force",
        ]);
        command.args(["-o", "found.json", "--disagreements", "disagreements.csv"]).args(OPTIONS).assert().success();
        for file in ["found.json", "disagreements.csv"] {
            let contents = contents(&folder.path().join(file));
            assert!(found(&contents).is_empty() && !contents.is_empty(), "{file}: {:?}", found(&contents));
        }
        let json: serde_json::Value =
            serde_json::from_slice(&fs::read(folder.path().join("found.json")).unwrap()).unwrap();
        assert_eq!(json["coders"][0]["matched_rows"], ids.len());
        let rows = fs::read_to_string(folder.path().join("disagreements.csv")).unwrap();
        assert!(rows.lines().count() > 10 && rows.contains("[name]"), "{rows}");
    }
}

#[test]
fn the_check_list_tells_what_is_left_and_nothing_is_written_where_it_must_not() {
    let (folder, saved, _) = named();
    let arguments = ["--to", "csv", "-o", "a.csv", "--pseudonyms", "--checklist", "check.csv"];
    let output = leitmotif()
        .current_dir(folder.path())
        .arg("export")
        .arg(&saved)
        .args(arguments)
        .assert()
        .success()
        .get_output()
        .clone();
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("listed in check.csv") && message.contains("likely name"), "{message}");
    let list = fs::read_to_string(folder.path().join("check.csv")).unwrap();
    // Nobody listed her here.
    assert!(list.starts_with("unit,kind,text,place\r\n") && list.contains("likely name,"), "{list}");
    let register = saved.join("pseudonyms.csv");
    let kept = fs::read(&register).unwrap();
    for options in [&["--to", "csv", "--force", "--pseudonyms", "-o"][..], &["--to", "csv", "--force", "-o"]] {
        let mut command = leitmotif();
        command.current_dir(folder.path()).arg("export").arg(&saved).args(options).arg(&register);
        assert!(failure(&mut command, 2).contains("is part of a saved analysis"));
    }
    assert_eq!(fs::read(&register).unwrap(), kept, "who is who is there as before");
    let mut command = leitmotif();
    command.arg("export").arg(&saved).args(["--to", "csv", "--names", "x"]);
    failure(&mut command, 2);
}

/// The specimen with people who are called `P1` to `P8`; `P3` is addressed by it, and labelled.
fn numbered() -> (tempfile::TempDir, PathBuf) {
    let mut analysis = load(&project("tests/fixtures/analysis-v1")).unwrap();
    let people: Vec<String> = analysis.summary.participants.iter().map(|one| one.participant.clone()).collect();
    let new = |text: &str| {
        (1..).zip(&people).fold(text.to_owned(), |text, (number, old)| text.replace(old, &format!("P{number}")))
    };
    analysis.summary = serde_json::from_str(&new(&serde_json::to_string(&analysis.summary).unwrap())).unwrap();
    for unit in &mut analysis.units {
        (unit.id, unit.participant) = (new(&unit.id), new(&unit.participant));
        unit.position.file = new(&unit.position.file);
    }
    analysis.units[2].text = format!("Yes, p3 it is. {}", analysis.units[2].text);
    analysis.units[5].question = format!("Thanks P3. {}", analysis.units[5].question).into();
    let roles = &mut analysis.summary.manifest.roles;
    roles.extend((1..=8).map(|number| RoleSummary {
        label: format!("P{number}"),
        role: Role::Participant,
        reason: "the transcript's own id".into(),
        turns: 9,
        transcripts: 1,
    }));
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("numbered");
    save(&analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
    (folder, saved)
}

/// What is written in a file, that of a zip unpacked.
fn written(path: &Path) -> String {
    let Ok(mut zip) = zip::ZipArchive::new(fs::File::open(path).unwrap()) else {
        return fs::read_to_string(path).unwrap();
    };
    let mut all = String::new();
    for at in 0..zip.len() {
        zip.by_index(at).unwrap().read_to_string(&mut all).unwrap();
    }
    all
}

#[test]
fn an_id_of_a_letter_and_a_digit_is_left_in_no_format() {
    let (folder, saved) = numbered();
    let id = regex::Regex::new(r"(?i)\bP[1-8]\b").unwrap();
    for format in [
        ("json", "json"),
        ("jsonl", "jsonl"),
        ("csv", "csv"),
        ("quotes-csv", "csv"),
        ("coding-sheet", "csv"),
        ("matrix", "csv"),
        ("units", "csv"),
        ("md", "md"),
        ("qdpx", "qdpx"),
    ] {
        let plain = written(&export(folder.path(), &saved, format, &[]));
        assert!(id.is_match(&plain), "{format:?}");
        let found = written(&export(folder.path(), &saved, format, &["--pseudonyms"]));
        let left: Vec<&str> = id.find_iter(&found).map(|id| id.as_str()).collect();
        assert!(left.is_empty(), "{format:?}: {left:?}");
    }
    let html = written(&export(folder.path(), &saved, ("html", "html"), &["--pseudonyms"]));
    assert!(!html.contains("Thanks P3"));
    let check = ["--pseudonyms", "--checklist", "check.csv"];
    export(folder.path(), &saved, ("md", "md"), &check);
    let list = fs::read_to_string(folder.path().join("check.csv")).unwrap();
    let short: Vec<&str> = list.lines().filter(|line| line.contains("short id, replaced")).collect();
    assert!(short.len() == 2 && short[0].contains(",R0") && !id.is_match(&short.concat()), "{short:?}");
}

#[test]
fn a_list_of_names_needs_pseudonyms_and_a_report_for_others_has_them() {
    let (folder, saved, _) = named();
    let options = ["--names", "names.txt", "--checklist", "check.csv"];
    let report = |more: &[&str]| {
        let mut command = leitmotif();
        command.current_dir(folder.path()).arg("report").arg(&saved).args(["-o", "report.html", "--force"]);
        command.args(options).args(more);
        command
    };
    let message = failure(&mut report(&[]), 2);
    assert!(message.contains("`--names` needs `--pseudonyms`") && message.contains("hint:"), "{message}");
    assert!(!folder.path().join("check.csv").exists());
    report(&["--for", "stakeholders"]).assert().success();
    let left = found(&contents(&folder.path().join("report.html")));
    assert!(left.is_empty(), "{left:?}");
    assert!(fs::read_to_string(folder.path().join("check.csv")).unwrap().starts_with("unit,kind,text,place"));
    failure(&mut report(&["--for", "stakeholders", "--no-pseudonyms"]), 2);
}

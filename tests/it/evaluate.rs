//! Agreement with people, from their tables to the printed numbers; coding sheets, out and back.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{failure, folded, leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::{Analysis, Status, UnitRow, load};
use serde_json::Value;

/// The saved analysis of the sample studies, made once; it is only read.
fn analysed() -> &'static Path {
    static SAVED: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, saved) = SAVED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let saved = folder.path().join("a");
        leitmotif_cached("themes").args(samples()).args(["--stability", "0", "-o"]).arg(&saved).assert().success();
        (folder, saved)
    });
    saved
}

fn analysis() -> Analysis {
    load(analysed()).unwrap()
}

struct Sheet {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

fn sheet(name: &str, text: &str) -> Sheet {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, text).unwrap();
    Sheet { _folder: folder, path }
}

fn evaluated(codes: &[&Path], options: &[&str]) -> Value {
    let mut command = leitmotif();
    command.arg("evaluate").arg(analysed()).args(["--json", "--draws", "0"]).args(options);
    codes.iter().for_each(|path| {
        command.arg("--codes").arg(path);
    });
    let output = command.assert().success().get_output().clone();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn number(value: &Value) -> f64 {
    value["value"].as_f64().unwrap_or_else(|| panic!("no number in {value}"))
}

fn close(found: &Value, expected: f64) {
    assert!((number(found) - expected).abs() < 2e-6, "{found} is not {expected}");
}

/// What a person would code, by the key: its themes for each unit, as `passages` of the key say them.
fn planted() -> BTreeMap<String, BTreeSet<String>> {
    let analysis = analysis();
    let mut codes: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for record in csv::Reader::from_path(project("data/key.csv")).unwrap().records().map(Result::unwrap) {
        let said = |unit: &&UnitRow| {
            unit.study == record[0] && unit.participant == record[1] && unit.answer.to_string() == record[2]
        };
        for unit in analysis.units.iter().filter(said) {
            // Written whole into one passage, or a stretch of at least half of the passage.
            let (unit_text, excerpt) = (unit.text.as_str(), &record[4]);
            if unit_text.contains(excerpt) || excerpt.contains(unit_text) {
                codes.entry(unit.id.clone()).or_default().insert(record[3].to_string());
            }
        }
    }
    codes
}

/// In the order of the numbers below.
const MEASURES: [&str; 6] = ["ari", "ami", "v_measure", "homogeneity", "completeness", "kappa"];

// scikit-learn 1.9.1 on the exported assignments, printed by tests/fixtures/evaluation_reference.py:
// adjusted_rand_score, adjusted_mutual_info_score, homogeneity_completeness_v_measure and cohen_kappa_score of
// codes and themes (a passage outside all themes is one of its own), precision_recall_fscore_support of each
// code and its best theme.
const OVERALL: (u64, [f64; 6]) = (
    319,
    [
        0.8845476858293535,
        0.9415075657214805,
        0.956287884560831,
        0.9731940190847549,
        0.9399591004867566,
        0.9337748344370861,
    ],
);
const WITHIN: [f64; 6] = [
    0.9518989697037747,
    0.953087123325204,
    0.9599659863673085,
    0.9900143076778358,
    0.9325339330361238,
    0.9583922846870155,
];
const SECTIONS: [(&str, u64, [f64; 6]); 8] = [
    (
        "Q1",
        54,
        [0.9727212568319404, 0.9737269527896274, 0.9759403619176588, 1.0, 0.9530112560096686, 0.9753761969904241],
    ),
    (
        "Q2",
        56,
        [
            0.9378116581647274,
            0.9358345582245124,
            0.9459451860547634,
            0.9999999999999999,
            0.8974345295328351,
            0.9316517493897478,
        ],
    ),
    ("Q3", 55, [0.965229427928021, 0.974436444607463, 0.9777340617709654, 1.0, 0.9564380707673623, 0.9766355140186916]),
    (
        "Q4",
        42,
        [
            0.9225226347703298,
            0.9166787717109696,
            0.9270145446855663,
            0.97463546621544,
            0.8838303812812274,
            0.933806146572104,
        ],
    ),
    (
        "Q5",
        25,
        [
            0.8695733184274269,
            0.8933854039272485,
            0.9115774978494301,
            0.9151949827272461,
            0.9079884979939721,
            0.9457700650759219,
        ],
    ),
    ("Q6", 32, [0.938702139133561, 0.925551677064846, 0.939250561503702, 1.0, 0.8854594001342759, 0.9157894736842105]),
    ("Q7", 40, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
    ("Q8", 15, [1.0, 1.0, 1.0, 1.0, 1.0, 1.0]),
];
const CODES: [(&str, u64, &str, f64, f64, f64); 21] = [
    ("agency", 9, "Q5.2", 1.0, 0.8888888888888888, 0.9411764705882353),
    ("always-on", 22, "R2", 1.0, 1.0, 1.0),
    ("ask-us", 21, "R5", 1.0, 1.0, 1.0),
    ("checking", 15, "Q1.2", 1.0, 0.9333333333333333, 0.9655172413793104),
    ("continuity", 16, "R9", 1.0, 0.875, 0.9333333333333333),
    ("fair-shares", 22, "R7", 1.0, 0.6818181818181818, 0.8108108108108109),
    ("family", 19, "Q2.1", 1.0, 0.8947368421052632, 0.9444444444444444),
    ("fewer-calls", 15, "R1", 0.45161290322580644, 0.9333333333333333, 0.6086956521739131),
    ("hours", 14, "Q1.3", 1.0, 1.0, 1.0),
    ("less-talk", 18, "R1", 0.5483870967741935, 0.9444444444444444, 0.6938775510204082),
    ("login", 11, "Q3.4", 1.0, 1.0, 1.0),
    ("mileage", 7, "Q6.2", 1.0, 1.0, 1.0),
    ("night-regulars", 6, "Q5.3", 0.8571428571428571, 1.0, 0.9230769230769231),
    ("no-signal", 18, "R6", 1.0, 1.0, 1.0),
    ("preferences", 14, "Q1.1", 1.0, 1.0, 1.0),
    ("short-notice", 18, "Q3.1", 1.0, 0.9444444444444444, 0.9714285714285714),
    ("skill-mix", 17, "R10", 1.0, 0.7058823529411765, 0.8275862068965517),
    ("swaps", 19, "R4", 1.0, 0.9473684210526315, 0.972972972972973),
    ("tracked", 14, "R8", 1.0, 1.0, 1.0),
    ("travel-time", 18, "R3", 1.0, 1.0, 1.0),
    ("visit-notes", 8, "Q2.5", 1.0, 1.0, 1.0),
];

#[test]
fn the_key_of_the_samples_gives_scikit_learns_numbers() {
    let found = evaluated(&[&project("data/key.csv")], &[]);
    assert_eq!(found["level"], "passage");
    let coder = &found["coders"][0];
    let count = |name: &str| coder[name].as_u64().unwrap();
    assert_eq!((count("rows"), count("matched_rows")), (313, 313), "every row of the key is found");
    assert_eq!(count("with_one_code") + count("with_several_codes") + count("uncoded"), count("items"));
    let excluded: u64 = coder["excluded"].as_object().unwrap().values().map(|n| n.as_u64().unwrap()).sum();
    assert_eq!(count("in_themes") + count("unclustered") + excluded, count("items"));
    let all = &coder["overall"]["measures"];
    assert_eq!(all["items"], OVERALL.0);
    for (measure, expected) in MEASURES.iter().zip(OVERALL.1) {
        close(&all[*measure], expected);
    }
    for (measure, expected) in MEASURES.iter().zip(WITHIN) {
        close(&coder["within_sections"][*measure], expected);
    }
    let sections = coder["sections"].as_array().unwrap();
    assert_eq!(sections.len(), SECTIONS.len());
    for (section, (id, items, expected)) in sections.iter().zip(SECTIONS) {
        assert_eq!((section["id"].as_str().unwrap(), section["measures"]["items"].as_u64().unwrap()), (id, items));
        for (measure, expected) in MEASURES.iter().zip(expected) {
            close(&section["measures"][*measure], expected);
        }
    }
    let codes = coder["overall"]["codes"].as_array().unwrap();
    assert_eq!(codes.len(), 21);
    for (code, items, theme, precision, recall, f1) in CODES {
        let found = codes.iter().find(|found| found["code"] == code).unwrap();
        assert_eq!((&found["items"], &found["theme"]), (&Value::from(items), &Value::from(theme)), "{code}");
        close(&found["precision"], precision);
        close(&found["recall"], recall);
        close(&found["f1"], f1);
    }
}

#[test]
fn what_is_printed_fits_and_says_the_same() {
    let run = |options: &[&str]| {
        let mut command = leitmotif();
        command.arg("evaluate").arg(analysed()).arg("--codes").arg(project("data/key.csv")).args(options);
        command
    };
    let output = run(&["--draws", "200"]).assert().success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    for words in ["313 of 313 rows are found", "adjusted Rand index", "swaps", "prec", "favours agreement"] {
        assert!(folded(&text).contains(words), "no `{words}` in {text}");
    }
    assert!(!text.contains("NaN") && output.stderr.is_empty());
    let ari = format!("{:.2} (", OVERALL.1[0]);
    assert!(text.contains(&ari), "the same number as in JSON, with an interval");
    // A file has the same bytes, and is not replaced by accident.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("agreement.txt");
    let file = path.to_str().unwrap();
    run(&["--draws", "200", "-o", file]).assert().success();
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    let message = failure(&mut run(&["-o", file]), 2);
    assert!(message.contains("exists already") && message.contains("hint: "), "{message}");
    let one_thread = run(&["--draws", "200"]).env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert_eq!(String::from_utf8(one_thread.stdout).unwrap(), text, "on one thread too");
}

#[test]
fn intervals_hold_their_numbers() {
    let output = leitmotif()
        .arg("evaluate")
        .arg(analysed())
        .arg("--codes")
        .arg(project("data/key.csv"))
        .args(["--json", "--draws", "200"])
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let measures = &found["coders"][0]["within_sections"];
    for name in MEASURES.iter().chain(&["kappa", "alpha"]) {
        let of = |what: &str| measures[*name][what].as_f64().unwrap();
        let (low, value, high) = (of("low"), of("value"), of("high"));
        assert!(low < value && value < high && high - low < 0.3, "{name}: {low} {value} {high}");
    }
}

#[test]
fn the_themes_agree_with_themselves() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("assignments.csv");
    // As people would give them: without the columns by which the program's own table is known.
    let row = |unit: &UnitRow| format!("{},{}\n", unit.id, unit.theme.as_deref().unwrap_or_default());
    let rows: String = analysis().units.iter().map(row).collect();
    fs::write(&table, format!("unit,theme\n{rows}")).unwrap();
    let found = evaluated(&[&table], &[]);
    let coder = &found["coders"][0];
    assert_eq!(coder["items"].as_u64().unwrap() as usize, analysis().units.len());
    for measure in ["ari", "ami", "v_measure", "kappa", "alpha"] {
        assert_eq!(number(&coder["within_sections"][measure]), 1.0, "{measure}");
    }
    for section in coder["sections"].as_array().unwrap() {
        for code in section["codes"].as_array().unwrap() {
            assert_eq!((&code["theme"], number(&code["f1"])), (&code["code"], 1.0));
        }
    }
}

#[test]
fn what_the_program_coded_is_no_coding_of_people_and_what_people_changed_is() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let told = |codes: &Path, status: i32| {
        let mut command = leitmotif();
        command.arg("evaluate").arg(analysed()).args(["--draws", "0", "--codes"]).arg(codes);
        let output = command.output().unwrap();
        let told = folded(&String::from_utf8_lossy(&output.stderr));
        assert_eq!(output.status.code(), Some(status), "{told}");
        told
    };
    for (format, name) in [("csv", "own.csv"), ("matrix", "matrix.csv"), ("qdpx", "own.qdpx"), ("quotes-csv", "q.csv")]
    {
        leitmotif().arg("export").arg(analysed()).args(["--to", format, "-o"]).arg(at(name)).assert().success();
        let told = told(&at(name), 1);
        assert!(told.contains("nobody coded") && told.contains("hint: ") && told.contains("coding-sheet"), "{told}");
    }
    // A person gives one passage another theme.
    let own = fs::read_to_string(at("own.csv")).unwrap();
    let changed = analysis().units.into_iter().find_map(|unit| unit.theme).unwrap();
    fs::write(at("changed.csv"), own.replacen(&format!(",theme,{changed},"), ",theme,swaps,", 1)).unwrap();
    let warned = told(&at("changed.csv"), 0);
    assert!(
        warned.contains("is a table of assignments of leitmotif") && warned.contains("as this analysis has"),
        "{warned}"
    );
    // Another run with other themes.
    let mut other = leitmotif_cached("themes");
    other
        .args(samples())
        .args(["--stability", "0", "--granularity", "0.3", "-q", "-o"])
        .arg(at("run"))
        .assert()
        .success();
    leitmotif().arg("export").arg(at("run")).args(["--to", "csv", "-o"]).arg(at("other.csv")).assert().success();
    assert!(told(&at("other.csv"), 0).contains("as this analysis has"));
}

/// The sheet that `export --to coding-sheet` writes, as records.
fn coding_sheet(options: &[&str]) -> Vec<csv::StringRecord> {
    let mut command = leitmotif();
    command.arg("export").arg(analysed()).args(["--to", "coding-sheet"]).args(options);
    let output = command.assert().success().get_output().clone();
    let mut reader = csv::Reader::from_reader(output.stdout.as_slice());
    assert_eq!(reader.headers().unwrap(), vec!["id", "question", "text", "code", "notes"]);
    reader.records().map(Result::unwrap).collect()
}

#[test]
fn a_coding_sheet_is_blind_and_of_every_theme() {
    let analysis = analysis();
    let unit_of: BTreeMap<&str, &UnitRow> = analysis.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    let records = coding_sheet(&["--sample", "150"]);
    assert_eq!(records.len(), 150);
    let units: Vec<&UnitRow> = records.iter().map(|record| unit_of[&record[0]]).collect();
    assert_eq!(units.iter().map(|unit| &unit.id).collect::<BTreeSet<_>>().len(), 150, "none twice");
    for (record, unit) in records.iter().zip(&units) {
        assert_eq!((&record[1], &record[2]), (unit.question.as_str(), unit.text.as_str()), "verbatim");
        assert_eq!((&record[3], &record[4]), ("", ""));
        assert!(!matches!(unit.status, Status::Excluded(_)));
    }
    // Every study has its part of every section, theme and of what is unclustered.
    let stratum = |unit: &UnitRow| (unit.study.clone(), unit.section.clone(), unit.theme.clone());
    let clustered = analysis.units.iter().filter(|unit| !matches!(unit.status, Status::Excluded(_)));
    let all: BTreeSet<_> = clustered.map(stratum).collect();
    assert!(all.len() <= 150, "{} strata", all.len());
    assert_eq!(units.iter().map(|unit| stratum(unit)).collect::<BTreeSet<_>>(), all);
    // Sections stay together; inside, themes are mixed.
    let sections: Vec<_> = units.iter().map(|unit| &unit.section).collect();
    let changes = sections.windows(2).filter(|pair| pair[0] != pair[1]).count();
    assert_eq!(changes + 1, sections.iter().collect::<BTreeSet<_>>().len());
    let same = units.windows(2).filter(|pair| pair[0].section == pair[1].section && pair[0].theme == pair[1].theme);
    assert_eq!(same.count(), 0, "no theme comes twice in a row");
    assert_eq!(coding_sheet(&["--sample", "150"]), records, "the same draw again");
    assert_ne!(coding_sheet(&["--sample", "150", "--seed", "2"]), records);
    let counts = &analysis.summary.counts;
    assert_eq!(coding_sheet(&["--sample", "100000"]).len(), counts.in_themes + counts.unclustered);
    assert_eq!(coding_sheet(&[]).len(), 200);
}

#[test]
fn a_filled_sheet_comes_back() {
    let planted = planted();
    let folder = tempfile::tempdir().unwrap();
    let (empty, filled) = (folder.path().join("sheet.csv"), folder.path().join("filled.csv"));
    leitmotif()
        .arg("export")
        .arg(analysed())
        .args(["--to", "coding-sheet", "--excel", "-o"])
        .arg(&empty)
        .assert()
        .success();
    let message = failure(leitmotif().arg("evaluate").arg(analysed()).arg("--codes").arg(&empty), 1);
    assert!(message.contains("no codes in") && message.contains("hint: fill in"), "{message}");
    let mut coded = 0;
    // As Excel in Germany saves it: semicolons, a byte order mark.
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(vec![0xef, 0xbb, 0xbf]);
    let mut reader = csv::Reader::from_path(&empty).unwrap();
    writer.write_record(["id", "question", "text", "code", "notes"]).unwrap();
    for record in reader.records().map(Result::unwrap) {
        let codes = planted.get(&record[0]).map(|codes| codes.iter().cloned().collect::<Vec<_>>().join(" | "));
        coded += usize::from(codes.is_some());
        let codes = codes.unwrap_or_default();
        writer.write_record([&record[0], &record[1], &record[2], &codes, "a note"]).unwrap();
    }
    fs::write(&filled, writer.into_inner().unwrap()).unwrap();
    let found = evaluated(&[&filled], &[]);
    let coder = &found["coders"][0];
    assert_eq!((&coder["rows"], &coder["matched_rows"]), (&Value::from(200), &Value::from(200)));
    assert_eq!(coder["uncoded"].as_u64().unwrap() as usize, 200 - coded);
    assert_eq!(coder["ignored_columns"], serde_json::json!(["question", "text", "notes"]));
    let within = &coder["within_sections"];
    assert!(number(&within["ari"]) > 0.4 && number(&within["kappa"]) > 0.4, "{within}");
    // As a sheet of passages: what is said of a code in the sheet, and what of it is in the theme.
    let swaps = coder["overall"]["codes"].as_array().unwrap().iter().find(|code| code["code"] == "swaps").unwrap();
    assert!(number(&swaps["f1"]) > 0.7, "{swaps}");
}

#[test]
fn two_people_are_compared_with_each_other() {
    // Ten passages in themes; the coders agree on eight, and the second has no code for one of these.
    let analysis = analysis();
    let units: Vec<&UnitRow> = analysis.units.iter().filter(|unit| unit.theme.is_some()).take(10).collect();
    let table = |codes: [&str; 10]| {
        let rows: Vec<String> = units.iter().zip(codes).map(|(unit, code)| format!("{},{code}\n", unit.id)).collect();
        format!("id,code\n{}", rows.concat())
    };
    let first = sheet("ann.csv", &table(["a", "a", "a", "b", "b", "b", "c", "c", "", "a"]));
    let second = sheet("ben.csv", &table(["a", "A", "a", "b", "b", "c", "c", "c", "", "b"]));
    let found = evaluated(&[&first.path, &second.path], &[]);
    let between = &found["between"];
    assert_eq!(between["items"], 10);
    let pairs = between["pairs"].as_array().unwrap();
    let names: Vec<(&str, &str)> =
        pairs.iter().map(|pair| (pair["first"].as_str().unwrap(), pair["second"].as_str().unwrap())).collect();
    assert_eq!(names, [("ann", "ben"), ("ann", "themes"), ("ben", "themes")]);
    // scikit-learn 1.9.1: cohen_kappa_score(list("aaabbbccna"), list("aaabbcccnb")); the PyPI package
    // krippendorff 0.9.0 on the same: alpha(…, level_of_measurement="nominal").
    close(&pairs[0]["kappa"], 0.7222222222222222);
    close(&between["alpha"], 0.7342657342657343);
    assert_eq!(found["coders"].as_array().unwrap().len(), 2);
    // One file with a column of coders says the same.
    let rows = |name: &str, table: &str| -> String {
        table.lines().skip(1).map(|line| format!("{name},{line}\n")).collect::<Vec<_>>().concat()
    };
    let both = format!(
        "coder,id,code\n{}{}",
        rows("ann", &fs::read_to_string(&first.path).unwrap()),
        rows("ben", &fs::read_to_string(&second.path).unwrap())
    );
    let both = sheet("both.csv", &both);
    assert_eq!(evaluated(&[&both.path], &[])["between"], *between);
    let printed = leitmotif().arg("evaluate").arg(analysed()).arg("--codes").arg(&both.path).output().unwrap();
    let printed = String::from_utf8(printed.stdout).unwrap();
    assert!(printed.contains("Cohen’s κ, ann and ben: 0.7") && printed.contains("people and themes"), "{printed}");
}

#[test]
fn whole_answers_and_participants_can_be_coded() {
    let analysis = analysis();
    let divided = analysis.units.iter().find(|unit| unit.id.ends_with(".2") && unit.theme.is_some()).unwrap();
    let answer = format!("{}/{}#{}", divided.study, divided.participant, divided.answer);
    let answers = sheet("answers.csv", &format!("answer_id,code\n{answer},x\n{answer},y\nhospital/hospital_02#2,x\n"));
    let found = evaluated(&[&answers.path], &[]);
    assert_eq!(found["level"], "answer");
    assert_eq!((&found["coders"][0]["items"], &found["coders"][0]["with_several_codes"]), (&2.into(), &1.into()));

    // Who voices what: the key without its answers.
    let mut people = String::from("study,participant,code\n");
    for record in csv::Reader::from_path(project("data/key.csv")).unwrap().records().map(Result::unwrap) {
        people.push_str(&format!("{},{},{}\n", &record[0], &record[1], &record[3]));
    }
    for silent in ["hospital_09", "hospital_18"] {
        people.push_str(&format!("hospital,{silent},\n"));
    }
    let people = sheet("people.csv", &people);
    let found = evaluated(&[&people.path], &[]);
    let coder = &found["coders"][0];
    assert_eq!((&found["level"], &coder["items"], &coder["uncoded"]), (&"participant".into(), &58.into(), &2.into()));
    assert!(coder["overall"]["measures"].is_null() && coder["sections"].as_array().unwrap().is_empty());
    let swaps = coder["overall"]["codes"].as_array().unwrap().iter().find(|code| code["code"] == "swaps").unwrap();
    // data/README.md: 14 and 5 participants.
    assert_eq!(swaps["items"], 19);
    assert!(number(&swaps["recall"]) > 0.7 && number(&swaps["kappa"]) > 0.6, "{swaps}");
}

#[test]
fn what_is_not_found_is_listed() {
    let table = "id,code\nhospital/hospital_01#2,x\nhospital/hospital_99#2,y\nHOSPITAL_02#2,x\n";
    let codes = sheet("codes.csv", table);
    let output = leitmotif().arg("evaluate").arg(analysed()).arg("--codes").arg(&codes.path).output().unwrap();
    let (text, message) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(text.contains("line 3: hospital/hospital_99#2 – not in the analysis"), "{text}");
    assert!(folded(&text).contains("2 of 3 rows are found"), "case and study may be left out: {text}");
    assert!(message.contains("warning: 1 of 3 rows of"), "{message}");
}

/// `error:` and `hint:` with these words.
fn refused(name: &str, text: &str, status: i32, words: &[&str]) {
    let codes = sheet(name, text);
    let message = failure(leitmotif().arg("evaluate").arg(analysed()).arg("--codes").arg(&codes.path), status);
    for word in words.iter().chain(&["error: ", "hint: "]) {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
    assert!(!message.contains("panicked"), "{message}");
}

#[test]
fn bad_tables_are_explained() {
    refused("a.csv", "", 1, &["a.csv", "empty"]);
    refused("b.csv", "id,code\nx#1,y\n", 1, &["b.csv", "`x#1`", "hospital/hospital_01#", "--to csv"]);
    refused("c.csv", "name,words\nx,y\n", 1, &["no column with ids", "`name`, `words`", "--id-column"]);
    refused("d.csv", "id,said\nhospital_01#2,I swap\n", 1, &["no column with codes", "--code-column"]);
    refused("e.csv", "id,code\nhospital_01#2,x\nhospital_01#2,\n", 1, &["line 3", "no code, and `x` on line 2"]);
    refused("f.csv", "id,a,b\nhospital_01#2,1,0\nhospital_01#2,0,1\n", 1, &["line 3", "`b`, and `a` on line 2"]);
    refused("g.csv", "id,code\nhospital_01#2,x\nhospital_02,y\n", 1, &["`hospital_02`", "line 3", "is a participant"]);
    refused("h.csv", "id,code\nhospital_01#2,x,y\n", 1, &["h.csv", "line 2", "3 fields"]);
    refused("i.csv", "id,code\n,x\n", 1, &["line 2", "no id"]);
    refused("j.docx", "id,code\n", 1, &["j.docx"]);
    refused("k.md", "Interviewer: What?\n\nNurse: That.\n", 1, &["k.md"]);
    let missing = failure(leitmotif().arg("evaluate").arg(analysed()).args(["--codes", "/nowhere/codes.csv"]), 1);
    assert!(missing.contains("/nowhere/codes.csv"), "{missing}");
    let folder = project("data");
    let message = failure(leitmotif().arg("evaluate").arg(&folder).arg("--codes").arg(project("data/key.csv")), 1);
    assert!(message.contains("analysis.json") && message.contains("hint: "), "{message}");
    failure(leitmotif().arg("evaluate").arg(analysed()), 2);
    for options in [["--to", "csv", "--sample", "5"], ["--to", "csv", "--seed", "5"]] {
        let message = failure(leitmotif().arg("export").arg(analysed()).args(options), 2);
        assert!(message.contains("coding-sheet") && message.contains("hint: "), "{message}");
    }
    let several = failure(
        leitmotif()
            .arg("evaluate")
            .arg(analysed())
            .arg("--codes")
            .arg(project("data/key.csv"))
            .args(["--id-column", "Ref"]),
        1,
    );
    assert!(several.contains("no column `Ref` (from `--id-column`)"), "{several}");
}

#[test]
fn a_coding_sheet_is_what_its_name_says() {
    let folder = tempfile::tempdir().unwrap();
    let export = |name: &str| {
        let path = folder.path().join(name);
        let mut command = leitmotif();
        command.arg("export").arg(analysed()).args(["--to", "coding-sheet", "-o"]).arg(&path);
        (command.assert(), path)
    };
    let (assert, path) = export("sheet.xlsx");
    assert.success();
    assert!(fs::read(&path).unwrap().starts_with(b"PK"), "a workbook");
    let output = leitmotif().arg("evaluate").arg(analysed()).arg("--codes").arg(&path).assert().failure();
    let told = folded(&String::from_utf8_lossy(&output.get_output().stderr));
    assert!(told.contains("no row has one"), "read, and empty: {told}");
    for name in ["sheet.coding-sheet", "sheet.txt", "sheet.parquet"] {
        let (assert, path) = export(name);
        let told = folded(&String::from_utf8_lossy(&assert.failure().get_output().stderr));
        assert!(told.contains("`evaluate` could not read it") && !path.exists(), "{told}");
    }
}

#[test]
fn exports_of_other_programs_are_matched_by_document_and_words() {
    let analysis = analysis();
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let units: Vec<&UnitRow> = analysis.units.iter().filter(|unit| unit.study == "hospital").take(40).collect();
    let units: Vec<&UnitRow> = units.into_iter().filter(|unit| unit.theme.is_some()).collect();
    let table = |header: &str, row: &dyn Fn(usize, &str, &str) -> String| {
        let rows = units.iter().enumerate().map(|(n, unit)| row(n, &unit.participant, &quoted(&unit.text)));
        format!("{header}\n{}\n", rows.collect::<Vec<_>>().join("\n"))
    };
    let tables = [
        table("id,document,content,tag", &|n, who, words| format!("{n},{who}.md,{words},c{}", n % 3)),
        table("Coded text,Codename,Coder,Filename,Position", &|n, who, words| {
            format!("{words},c{},z,{who}.md,0-5", n % 3)
        }),
        table("ID,Document,Quotation Content,Codes", &|n, who, words| format!("1:{n},D {n}: {who},{words},c{}", n % 3)),
        table("Document name,Code,Segment", &|n, who, words| format!("{who},c{},{words}", n % 3)),
        table("File,Node,Coded Text", &|n, who, words| format!("Files\\\\{who},c{},{words}", n % 3)),
    ];
    for text in tables {
        let found = evaluated(&[&sheet("codes.csv", &text).path], &[]);
        assert_eq!(found["level"], "passage", "{text}");
        assert_eq!(found["coders"][0]["matched_rows"], units.len(), "{text}");
    }
}

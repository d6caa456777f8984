//! Every export format, opened by readers that take nothing from the writers: the same rows and the
//! same words in each, byte for byte again, and nothing lost when a write fails.

#[path = "common/refi.rs"]
pub mod refi;
#[path = "common/workbook.rs"]
mod workbook;

use crate::common;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::common::{failure, leitmotif, project};
use leitmotif::analysis::{Analysis, RecurringSummary, Status, StudyPrevalence, Target, UnitRow, load, save};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use refi::Project;
use workbook::Cell;

/// The formats of a saved analysis.
const FORMATS: [&str; 16] = [
    "csv",
    "themes-csv",
    "quotes-csv",
    "codebook-csv",
    "matrix",
    "matrix-counts",
    "theme-by-question",
    "theme-by-group",
    "co-occurrence",
    "xlsx",
    "json",
    "jsonl",
    "parquet",
    "md",
    "qdpx",
    "qdc",
];

fn specimen() -> PathBuf {
    project("tests/fixtures/analysis-v1")
}

/// What people type, and what trips up formats.
fn awkward_texts() -> Vec<String> {
    let texts = [
        "=HYPERLINK(\"http://example.org\",\"look\")",
        "+1 for that",
        "-5",
        "@everyone",
        "  leading and trailing  ",
        "Smile 😀, nurse 👩‍⚕️, naïve, \u{1d49c}",
        "one\r\ntwo\rthree\nfour",
        "bell \u{7}, unit \u{1f}, form feed \u{c}, tab \t end",
        "_x0041_ and _x005F_ as they are typed",
        "]]> <b>&amp; \"double\" 'single' \u{fffe}\u{ffff}",
        "*so* | `code` # [link](x)\n\n- item\n1. first\n    indented",
        "\u{feff}marked \u{202e}turned\u{2028}next",
        "000123",
        "1e5",
        "TRUE",
        "a,b;c\t\"d\"",
        "日本語。中文",
    ];
    texts.map(String::from).into_iter().chain(["x😀".repeat(25_000)]).collect()
}

/// The specimen with awkward words, a focus group, and a theme that recurs, saved in a folder.
fn awkward() -> (tempfile::TempDir, PathBuf, Analysis) {
    let mut analysis = load(&specimen()).unwrap();
    let themed = analysis.units.iter_mut().filter(|unit| unit.theme.as_deref().is_some_and(|theme| theme != "T7"));
    for (unit, text) in themed.zip(awkward_texts()) {
        unit.text = text;
    }
    let question = "And <you> & \u{1}😀?\n\nWhy?".to_string();
    analysis.units[0].question = question.into();
    let themes = &mut analysis.summary.sections[0].themes;
    themes[2].label = "fish & <chips> \"x\" 'y' \u{1}|*\n😀".into();
    themes[2].description = Some("= 1 <b>bold</b>\n\n# no heading \u{b}".into());
    let quotes = analysis.summary.sections[0].themes.iter_mut().flat_map(|theme| &mut theme.quotes);
    for (quote, text) in quotes.zip(awkward_texts()) {
        quote.text = text;
    }
    // The last two people were interviewed together.
    let n = analysis.summary.participants.len();
    for person in &mut analysis.summary.participants[n - 2..] {
        let grouped = format!("group/{}", person.participant);
        for unit in analysis.units.iter_mut().filter(|unit| unit.participant == person.participant) {
            unit.participant = grouped.clone();
        }
        person.participant = grouped;
        person.transcript = Some("group".into());
    }
    let theme = &analysis.summary.sections[0].themes[0];
    let recurring = RecurringSummary {
        generated: None,
        edited: Vec::new(),
        merged: Vec::new(),
        hidden: false,
        headline: None,
        keywords: Vec::new(),
        id: "R1".into(),
        label: "both".into(),
        themes: vec!["T1".into(), "T2".into(), "T7".into()],
        prevalence: theme.prevalence,
        by_study: Vec::<StudyPrevalence>::new(),
        links: vec![],
    };
    analysis.summary.recurring.push(recurring);
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("awkward");
    save(&analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
    (folder, saved, analysis)
}

fn exported(saved: &Path, arguments: &[&str]) -> Vec<u8> {
    let output =
        leitmotif().arg("export").arg(saved).arg("--to").args(arguments).assert().success().get_output().clone();
    output.stdout
}

fn csv_rows(bytes: &[u8]) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let titles = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| titles.iter().map(String::from).zip(record.iter().map(String::from)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn each_format_gives_the_same_bytes_again_in_a_file_and_on_standard_output() {
    let (folder, saved, _) = awkward();
    for format in FORMATS {
        let first = exported(&saved, &[format]);
        assert!(first == exported(&saved, &[format]), "{format} differs from run to run");
        let file = folder.path().join(format!("out.{format}"));
        leitmotif().arg("export").arg(&saved).args(["--to", format, "-o"]).arg(&file).assert().success();
        assert!(first == fs::read(&file).unwrap(), "{format} differs in a file");
    }
}

#[test]
fn every_assignment_table_has_every_unit_once_and_verbatim() {
    let (folder, saved, analysis) = awkward();
    let units: Vec<&UnitRow> = analysis.units.iter().collect();
    let statuses = |status: &dyn Fn(Status) -> bool| units.iter().filter(|unit| status(unit.status)).count();
    let counts = &analysis.summary.counts;
    assert_eq!(
        [statuses(&|s| s == Status::Theme), statuses(&|s| s == Status::Unclustered), units.len()],
        [counts.in_themes, counts.unclustered, counts.units]
    );

    let rows = csv_rows(&exported(&saved, &["csv"]));
    assert_eq!(rows.len(), units.len());
    for (row, unit) in rows.iter().zip(&units) {
        assert_eq!(
            [&row["unit"], &row["text"], &row["question"], &row["status"]],
            [&*unit.id, &*unit.text, &*unit.question, &*unit.status.word()]
        );
        assert_eq!(row["theme"], unit.theme.clone().unwrap_or_default());
        assert_eq!(row["theme_label"].is_empty(), unit.theme.is_none());
    }
    // The table of participants that the specimen was made with.
    let first = rows.iter().find(|row| row["participant"] == "hospital_02").unwrap();
    assert_eq!([&first["ward"], &first["years"]], ["surgery", "11"]);

    let lines = String::from_utf8(exported(&saved, &["jsonl"])).unwrap();
    let objects: Vec<BTreeMap<String, serde_json::Value>> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let as_text = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) => text.clone(),
        number => number.to_string(),
    };
    let from_json: Vec<BTreeMap<String, String>> = objects
        .iter()
        .map(|object| object.iter().map(|(key, value)| (key.clone(), as_text(value))).collect())
        .collect();
    assert!(from_json == rows, "JSON lines and CSV differ");

    let path = folder.path().join("assignments.parquet");
    fs::write(&path, exported(&saved, &["parquet"])).unwrap();
    let file = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let as_text = |field: &Field| match field {
        Field::Null => String::new(),
        Field::Str(text) => text.clone(),
        Field::Long(value) => value.to_string(),
        Field::Double(value) => value.to_string(),
        other => panic!("{other:?}"),
    };
    let from_parquet: Vec<BTreeMap<String, String>> = file
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().get_column_iter().map(|(title, field)| (title.clone(), as_text(field))).collect())
        .collect();
    assert!(from_parquet == rows, "Parquet and CSV differ");

    let sheet = &workbook::open(&exported(&saved, &["xlsx"]))["assignments"];
    let titles: Vec<String> = sheet[0].values().map(|title| text(title).to_string()).collect();
    assert_eq!(sheet.len(), units.len() + 1);
    for (cells, row) in sheet[1..].iter().zip(&rows) {
        for (at, title) in titles.iter().enumerate() {
            let (written, found) = (&row[title], cells.get(&at));
            match found {
                None => assert!(written.is_empty(), "{title}: {written}"),
                Some(Cell::Number(number)) => {
                    assert_eq!(number.parse::<f64>().unwrap(), written.parse::<f64>().unwrap())
                }
                Some(Cell::Text(found)) if written.chars().count() > 20_000 => {
                    let (kept, mark) = found.split_once(" […] (cut: ").expect("a mark");
                    assert!(written.starts_with(kept) && mark == "50,000 characters)", "{mark}");
                }
                Some(Cell::Text(found)) => assert_eq!(found, written),
            }
        }
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(_) => panic!("a number"),
    }
}

#[test]
fn what_excel_cannot_hold_is_reported() {
    let (folder, saved, _) = awkward();
    let run = |file: &str, format: &str| {
        let file = folder.path().join(file);
        let output = leitmotif().arg("export").arg(&saved).args(["--to", format, "-o"]).arg(file).output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    let message = run("a.xlsx", "xlsx");
    assert!(
        message.contains("warning: 1 cell of the sheet `assignments` cut") && message.contains("32,767"),
        "{message}"
    );
    assert_eq!(run("a.parquet", "parquet"), "");
    assert!(run("a.qdpx", "qdpx").contains("characters that XML does not allow"));
    assert!(run("a.md", "md").contains("1 theme hidden"));
}

#[test]
fn formulas_are_harmless_where_excel_opens_a_file_and_verbatim_elsewhere() {
    let (_folder, saved, _) = awkward();
    let formula = "=HYPERLINK(\"http://example.org\",\"look\")";
    let texts = |bytes: &[u8]| -> Vec<String> {
        csv_rows(bytes).into_iter().map(|mut row| row.remove("text").unwrap()).collect()
    };
    let plain = texts(&exported(&saved, &["csv"]));
    assert!([formula, "+1 for that", "-5", "@everyone"].iter().all(|text| plain.contains(&text.to_string())));
    for table in ["csv", "themes-csv", "quotes-csv", "codebook-csv"] {
        let excel = exported(&saved, &[table, "--excel"]);
        let excel = excel.strip_prefix("\u{feff}".as_bytes()).expect("a byte order mark");
        for row in csv_rows(excel) {
            for cell in row.values() {
                let is_number = cell.parse::<f64>().is_ok() && cell.len() < 25;
                assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{table}: {cell}");
            }
        }
        if table == "csv" {
            assert!(texts(excel).contains(&format!("'{formula}")));
            assert!(texts(excel).contains(&"-5".to_string()), "a plain number is no formula");
        }
    }
    // The reader panics at formulas.
    workbook::open(&exported(&saved, &["xlsx"]));
}

/// The unit's text as a project's transcript has it.
fn in_project(text: &str, crlf: bool, bmp: bool) -> String {
    let allowed = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{fffd}' | '\u{10000}'..);
    let lf = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept: String = lf.chars().filter(allowed).map(|c| if bmp && c > '\u{ffff}' { '□' } else { c }).collect();
    if crlf { kept.replace('\n', "\r\n") } else { kept }
}

#[test]
fn every_coded_passage_of_a_project_is_the_passage() {
    let (_folder, saved, analysis) = awkward();
    let variants: [(&[&str], bool, bool); 4] = [
        (&["qdpx"], false, false),
        (&["qdpx", "--newline", "crlf"], true, false),
        (&["qdpx", "--bmp"], false, true),
        (&["qdpx", "--newline", "crlf", "--bmp"], true, true),
    ];
    for (arguments, crlf, bmp) in variants {
        let project = Project::open(&exported(&saved, arguments));
        let coded: BTreeMap<&str, _> = project.selections.iter().map(|s| (s.name.as_str(), s)).collect();
        let shown = |unit: &&UnitRow| unit.theme.as_deref().is_some_and(|theme| theme != "T7");
        let units: Vec<&UnitRow> = analysis.units.iter().filter(shown).collect();
        assert_eq!(coded.len(), units.len());
        for unit in units {
            let selection = coded[unit.id.as_str()];
            assert_eq!(selection.text, in_project(&unit.text, crlf, bmp), "{arguments:?}: {}", unit.id);
            let themes: Vec<&str> = selection.codes.iter().map(|code| code.split(' ').next().unwrap()).collect();
            let expected: Vec<&str> =
                [&unit.theme, &unit.sub_theme].into_iter().flatten().map(String::as_str).collect();
            assert_eq!(themes, expected);
        }
        for text in project.sources.values() {
            assert!(!text.starts_with('\u{feff}'));
            assert_eq!(text.matches("\r\n").count() == text.matches('\n').count(), crlf);
            assert!(!(bmp && text.chars().any(|c| c > '\u{ffff}')));
        }
    }
}

#[test]
fn a_project_has_what_the_standard_asks_for() {
    let (_folder, saved, analysis) = awkward();
    let project = Project::open(&exported(&saved, &["qdpx"]));
    assert_eq!(project.files.iter().filter(|file| !file.contains('/')).collect::<Vec<_>>(), ["project.qde"]);
    let in_sources =
        |file: &String| file.starts_with("sources/") && file.ends_with(".txt") && file.matches('/').count() == 1;
    assert_eq!(project.files.iter().filter(|file| in_sources(file)).count(), project.files.len() - 1);
    assert!(project.xml.contains(" origin=\"Leitmotif ") && !project.xml.contains("<Notes"));
    // Six interviews and a group of two.
    assert_eq!(project.sources.len(), analysis.summary.participants.len() - 1);
    assert_eq!(project.cases.len(), analysis.summary.participants.len());
    let kinds: Vec<(&str, &str)> =
        project.variables.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    assert_eq!(kinds, [("study", "Text"), ("ward", "Text"), ("years", "Float")]);
    assert_eq!(project.cases["hospital_04"]["ward"], "intensive, care");
    assert_eq!(project.cases["hospital_04"]["years"], "0.5");
    assert_eq!(project.cases["hospital_05"].keys().collect::<Vec<_>>(), ["study"]);
    let names: BTreeSet<&String> = project.codes.values().map(|(name, _)| name).collect();
    assert_eq!(names.len(), project.codes.len(), "a name twice");
    assert!(names.contains(&"T5 The telephone".to_string()) && !names.iter().any(|name| name.starts_with("T7")));
    assert_eq!(project.codes.values().filter(|(_, codable)| !codable).count(), 1, "only the root is a heading");
    assert!(project.xml.contains("<Set ") && project.xml.matches("<MemberCode ").count() == 2);

    let interview = &project.sources["hospital_hospital_01"];
    assert!(interview.starts_with("Interviewer: And <you> & 😀?\n\nWhy?\n\nParticipant: "), "{interview:.80}");
    let group = &project.sources["hospital_group"];
    assert!(group.contains("\n\nhospital_07: ") || group.starts_with("hospital_07: "), "{group:.200}");
    assert!(group.contains("\n\nhospital_08: "));
}

#[test]
fn a_group_interview_is_one_document_in_the_order_of_the_talk() {
    let folder = tempfile::tempdir().unwrap();
    let (file, saved) = (folder.path().join("focus.txt"), folder.path().join("a"));
    let talk = [
        "Moderator: What do you think about the night shifts on your ward, all of you?",
        "Anna: I find the night shifts long and lonely, but the pay helps me with the rent every month.",
        "Ben: For me the nights are fine 😀. I sleep in the day and see my children when they come home.",
        "Moderator: And what about the new scheduling app that came in last spring?",
        "Ben: The app sends me notifications at all hours, and I have muted it since the summer.",
        "Anna: I like that I can swap a shift without having to telephone the office first.",
    ]
    .join("\n\n");
    fs::write(&file, format!("{talk}\n\nModerator: Thank you.\n")).unwrap();
    common::leitmotif_cached("themes").arg(&file).arg("-o").arg(&saved).assert().success();
    let project = Project::open(&exported(&saved, &["qdpx"]));
    let written: Vec<&String> = project.sources.values().collect();
    // All but the last words of the moderator, who is the interviewer here.
    assert_eq!(written, [&format!("{}\n", talk.replace("Moderator:", "Interviewer:"))]);
    assert_eq!(project.cases.keys().collect::<Vec<_>>(), ["focus/Anna", "focus/Ben"]);
}

/// Spoken words in their order, white space aside.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_transcript_of_a_project_is_the_interview() {
    let project = Project::open(&exported(&specimen(), &["qdpx"]));
    for (name, written) in &project.sources {
        let file = common::project(&format!("data/hospital/{}.md", name.strip_prefix("hospital_").unwrap()));
        let original = squeezed(&fs::read_to_string(file).unwrap());
        for turn in written.trim_end().split("\n\n") {
            let words =
                squeezed(turn.strip_prefix("Interviewer: ").or(turn.strip_prefix("Participant: ")).unwrap_or(turn));
            assert!(original.contains(&words), "{name}: {words}");
        }
        // All that was said but for the front matter and the interviewer's last words.
        assert!(squeezed(written).len() * 10 > original.len() * 8, "{name}");
    }
}

#[test]
fn emoji_and_crlf_in_the_interviews_shift_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (interviews, saved) = (folder.path().join("ward"), folder.path().join("a"));
    fs::create_dir(&interviews).unwrap();
    for n in 1..=12 {
        let name = format!("hospital_{n:02}.md");
        let text = fs::read_to_string(project("data/hospital").join(&name)).unwrap();
        let turns: Vec<String> =
            text.split("\n\n").map(|turn| turn.replacen(" the ", " the 😀\u{1f3fd} ", 2)).collect();
        fs::write(interviews.join(name), turns.join("\n\n").replace('\n', "\r\n")).unwrap();
    }
    let mut themes = common::leitmotif_cached("themes");
    themes.arg(&interviews).args(["--frame", "all", "--stability", "0", "-o"]).arg(&saved).assert().success();
    let analysis = load(&saved).unwrap();
    let texts: BTreeMap<&str, &str> =
        analysis.units.iter().map(|unit| (unit.id.as_str(), unit.text.as_str())).collect();
    for (arguments, crlf) in [(&["qdpx"][..], false), (&["qdpx", "--newline", "crlf"], true)] {
        let project = Project::open(&exported(&saved, arguments));
        assert_eq!(project.selections.len(), analysis.summary.counts.in_themes);
        assert!(project.selections.iter().filter(|selection| selection.text.contains('😀')).count() > 20);
        for selection in &project.selections {
            assert_eq!(selection.text, in_project(texts[selection.name.as_str()], crlf, false));
        }
    }
}

#[test]
fn the_tables_of_themes_quotes_and_tags_agree_with_the_analysis() {
    let analysis = load(&specimen()).unwrap();
    let themes = csv_rows(&exported(&specimen(), &["themes-csv"]));
    assert_eq!(themes.len(), analysis.summary.themes().count());
    for (row, theme) in themes.iter().zip(analysis.summary.themes()) {
        let people = &theme.prevalence;
        assert_eq!([&row["theme"], &row["label"]], [&theme.id, &theme.label]);
        assert_eq!(
            [&row["participants"], &row["asked"], &row["mentions"]],
            [&people.participants.to_string(), &people.asked.to_string(), &theme.mentions.to_string()]
        );
        assert_eq!(row["share"].parse::<f64>().unwrap(), people.share.unwrap());
        assert_eq!(row["hidden"], if theme.hidden { "yes" } else { "" });
    }
    assert_eq!(themes.iter().filter(|row| row["hidden"] == "yes").count(), 1);
    let merged = themes.iter().find(|row| !row["merged"].is_empty()).unwrap();
    assert_eq!([&merged["theme"], &merged["merged"], &merged["edited"]], ["T8", "T9", "merge"]);

    let texts: BTreeMap<&str, &UnitRow> = analysis.units.iter().map(|unit| (unit.id.as_str(), unit)).collect();
    let quotes = csv_rows(&exported(&specimen(), &["quotes-csv"]));
    for row in &quotes {
        let unit = texts[row["unit"].as_str()];
        assert!(unit.text.contains(&row["quote"]));
        assert_eq!(Some(&row["theme"]), unit.theme.as_ref());
    }
    let of_themes = quotes.iter().filter(|row| row["sub_theme"].is_empty() && row["kind"] != "boundary").count();
    assert_eq!(of_themes, analysis.summary.themes().map(|theme| theme.quotes.len()).sum::<usize>());

    // Taguette's layout, with the counts of the codings in the project.
    let bytes = exported(&specimen(), &["codebook-csv"]);
    assert!(bytes.starts_with(b"tag,description,number of highlights,number of documents\r\n"));
    let project = Project::open(&exported(&specimen(), &["qdpx"]));
    let tags = csv_rows(&bytes);
    assert_eq!(tags.len(), project.codes.values().filter(|(_, codable)| *codable).count());
    for tag in tags {
        let coded = || project.selections.iter().filter(|selection| selection.codes.contains(&tag["tag"]));
        let documents: BTreeSet<&str> = coded().map(|selection| selection.source.as_str()).collect();
        assert_eq!(tag["number of highlights"], coded().count().to_string(), "{}", tag["tag"]);
        assert_eq!(tag["number of documents"], documents.len().to_string(), "{}", tag["tag"]);
    }
}

#[test]
fn what_is_hidden_is_named_in_no_document_and_no_codebook_and_marked_in_the_table_of_themes() {
    let (folder, _, mut analysis) = awkward();
    let label = "Down by the reservoir";
    let summary = &mut analysis.summary;
    (summary.recurring[0].id, summary.recurring[0].label) = ("R77".into(), label.into());
    for theme in &mut summary.sections[0].themes[..2] {
        theme.recurring = Some("R77".into());
    }
    let everything = |analysis: &Analysis, name: &str| {
        let saved = folder.path().join(name);
        save(analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
        let read: Vec<(&str, String, String)> = ["md", "qdc", "codebook-csv", "qdpx"]
            .into_iter()
            .map(|format| {
                let path = saved.with_extension(format);
                let mut export = leitmotif();
                export.arg("export").arg(&saved).args(["--to", format, "-o"]).arg(&path);
                let told = String::from_utf8(export.assert().success().get_output().stderr.clone()).unwrap();
                let bytes = fs::read(&path).unwrap();
                let text = if format == "qdpx" {
                    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
                    std::io::read_to_string(zip.by_name("project.qde").unwrap()).unwrap()
                } else {
                    String::from_utf8(bytes).unwrap()
                };
                (format, text, told)
            })
            .collect();
        (read, csv_rows(&exported(&saved, &["themes-csv"])))
    };
    let (read, table) = everything(&analysis, "shown");
    for (format, text, told) in &read {
        assert!(text.contains("R77"), "{format}");
        assert!(told.contains("1 theme hidden in codebook.toml, and left out here"), "{format}: {told}");
    }
    assert!(!table[0].contains_key("recurring_hidden"));
    analysis.summary.recurring[0].hidden = true;
    let (read, table) = everything(&analysis, "hidden");
    for (format, text, told) in &read {
        assert!(!text.contains("R77") && !text.contains(label), "{format}");
        assert!(told.contains("1 theme and 1 recurring theme hidden in codebook.toml"), "{format}: {told}");
    }
    let marked = table.iter().filter(|row| row["recurring_hidden"] == "yes").count();
    assert_eq!(
        (marked, &table[0]["recurring"], &table[0]["recurring_label"]),
        (2, &"R77".to_string(), &label.to_string())
    );
}

#[test]
fn crossed_tables_are_the_same_as_csv_workbook_and_parquet() {
    let (folder, saved, analysis) = awkward();
    for format in ["matrix", "matrix-counts", "theme-by-question", "theme-by-group", "co-occurrence"] {
        let [csv, xlsx, parquet] = ["csv", "xlsx", "parquet"].map(|ending| {
            let path = folder.path().join(format!("{format}.{ending}"));
            leitmotif().arg("export").arg(&saved).args(["--to", format, "-o"]).arg(&path).assert().success();
            path
        });
        let rows = csv_rows(&fs::read(csv).unwrap());
        assert!(!rows.is_empty(), "{format}");
        let reader = SerializedFileReader::new(fs::File::open(parquet).unwrap()).unwrap();
        let stored: Vec<_> = reader.get_row_iter(None).unwrap().map(Result::unwrap).collect();
        let sheets = workbook::open(&fs::read(xlsx).unwrap());
        let name = match format {
            "matrix-counts" => "matrix of counts".to_string(),
            other if other.starts_with("theme-") => other.replace('-', " "),
            other => other.to_string(),
        };
        let (titles, cells) = sheets[&name].split_first().unwrap();
        assert_eq!((stored.len(), cells.len()), (rows.len(), rows.len()), "{format}");
        for ((row, stored), cells) in rows.iter().zip(&stored).zip(cells) {
            for (title, value) in stored.get_column_iter() {
                let value = match value {
                    Field::Null => String::new(),
                    Field::Str(text) => text.clone(),
                    Field::Long(number) => number.to_string(),
                    Field::Double(number) => number.to_string(),
                    other => panic!("{other:?}"),
                };
                assert_eq!(row[title], value, "{format} {title}");
                // A workbook keeps 17 digits, and cannot hold some characters as they are.
                let at = titles.iter().find(|(_, cell)| text(cell) == title).unwrap().0;
                let in_sheet = match cells.get(at) {
                    Some(Cell::Text(text) | Cell::Number(text)) => text.as_str(),
                    None => "",
                };
                match (value.parse::<f64>(), in_sheet.parse::<f64>()) {
                    (Ok(one), Ok(other)) => assert!((one - other).abs() < 1e-12, "{format} {title}"),
                    _ => assert_eq!(value.is_empty(), in_sheet.is_empty(), "{format} {title}"),
                }
            }
        }
    }
    assert!(analysis.summary.themes().count() > 2);
}

#[test]
fn the_json_is_the_saved_one_and_the_schema_that_of_the_types() {
    assert_eq!(exported(&specimen(), &["json"]), {
        let mut stored = serde_json::to_vec_pretty(&load(&specimen()).unwrap().summary).unwrap();
        stored.push(b'\n');
        stored
    });
    let path = project("docs/schema/analysis.schema.json");
    let mut schema = serde_json::to_string_pretty(&leitmotif::analysis::json_schema()).unwrap();
    schema.push('\n');
    if std::env::var_os("LEITMOTIF_WRITE_SCHEMA").is_some() {
        fs::write(&path, &schema).unwrap();
    }
    let shipped = fs::read_to_string(&path).unwrap_or_default();
    assert!(shipped == schema, "{} is not that of the types: run with LEITMOTIF_WRITE_SCHEMA=1", path.display());
}

/// Readers in Python and `xmllint`, as far as they are there; `tests/interop/read_everything.py` says
/// what it skips.
#[test]
fn other_programs_read_every_format() {
    let (folder, saved, _) = awkward();
    let program = assert_cmd::cargo::cargo_bin("leitmotif");
    let mut python = std::process::Command::new("python3");
    python.arg(project("tests/interop/read_everything.py")).arg("--binary").arg(program);
    if let Some(schemas) = std::env::var_os("LEITMOTIF_REFI") {
        python.arg("--refi").arg(schemas);
    }
    match std::env::var_os("LEITMOTIF_OFFICE") {
        Some(office) => python.arg("--office").arg(office),
        None => python.arg("--no-office"),
    };
    python.arg("--out").arg(folder.path().join("out")).args([specimen(), saved]);
    let Ok(output) = python.output() else {
        eprintln!("skipped: python3 is not there");
        return;
    };
    let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{printed}");
    eprintln!("{printed}");
}

#[test]
fn analyses_of_earlier_programs_are_read_and_of_later_ones_refused() {
    let analysis = load(&specimen()).unwrap();
    assert_eq!(analysis.summary.schema_version, 1);
    assert_eq!((analysis.units.len(), analysis.summary.counts.units), (77, 77));
    assert_eq!(analysis.summary.theme("T5").unwrap().label, "The telephone");
    assert_eq!(analysis.summary.manifest.edits.len(), 4);

    let folder = tempfile::tempdir().unwrap();
    for file in ["analysis.json", "answers.parquet", "vectors.npy"] {
        fs::copy(specimen().join(file), folder.path().join(file)).unwrap();
    }
    let path = folder.path().join("analysis.json");
    let newer = fs::read_to_string(&path).unwrap().replacen("\"schema_version\": 1", "\"schema_version\": 99", 1);
    fs::write(&path, newer).unwrap();
    let message = failure(leitmotif().args(["export", "--to", "csv"]).arg(folder.path()), 1);
    assert!(message.contains("schema version 99") && message.contains("hint: use the newer leitmotif"), "{message}");
}

#[test]
fn the_stored_table_has_the_attributes_of_participants() {
    let (_folder, saved, _) = awkward();
    let file = SerializedFileReader::new(fs::File::open(saved.join("answers.parquet")).unwrap()).unwrap();
    let value = |row: &parquet::record::Row, name: &str| {
        row.get_column_iter().find(|(title, _)| *title == name).map(|(_, field)| field.to_string()).unwrap()
    };
    let wards: BTreeMap<String, String> = file
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap())
        .map(|row| (value(&row, "participant"), value(&row, "ward")))
        .collect();
    assert_eq!(wards["\"hospital_04\""], "\"intensive, care\"");
    assert_eq!(wards["\"hospital_05\""], "null");
}

#[test]
fn a_target_that_cannot_be_is_found_before_the_work() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("there.csv");
    fs::write(&there, "years of work").unwrap();
    // A folder that is no analysis: the target is looked at before it.
    let export = |output: &Path, force: bool| {
        let mut command = leitmotif();
        command.arg("export").arg("/nowhere").args(["--to", "csv", "-o"]).arg(output);
        if force {
            command.arg("--force");
        }
        command
    };
    let message = failure(&mut export(&there, false), 2);
    assert!(message.contains("exists already") && message.contains("--force"), "{message}");
    let message = failure(&mut export(&there.join("below-a-file.csv"), false), 1);
    assert!(message.contains("failed to write") && message.contains("hint: check that the folder exists"), "{message}");
    if cfg!(target_os = "linux") {
        let message = failure(&mut export(Path::new("/proc/out.csv"), false), 1);
        assert!(message.contains("failed to write /proc/out.csv"), "{message}");
    }
    let message = failure(&mut export(folder.path(), true), 2);
    assert!(message.contains("is a folder, and a file is written"), "{message}");
    assert_eq!(fs::read_to_string(&there).unwrap(), "years of work");
}

#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_old_file_whole() {
    let folder = tempfile::tempdir().unwrap();
    // Some tables of the specimen fit into the block.
    let formats: Vec<&str> =
        FORMATS.into_iter().filter(|format| exported(&specimen(), &[format]).len() > 1024).collect();
    assert!(formats.len() > 10, "{formats:?}");
    for &format in &formats {
        let file = folder.path().join(format!("out.{format}"));
        fs::write(&file, "the old file").unwrap();
        // No file may grow beyond one block of 1,024 bytes.
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"";
        let mut command = std::process::Command::new("bash");
        command.args(["-c", script]).arg(assert_cmd::cargo::cargo_bin("leitmotif")).arg("export").arg(specimen());
        let output = command.args(["--to", format, "--force", "-o"]).arg(&file).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{format}: {message}");
        assert!(message.contains("error: failed to write") && message.contains("hint: "), "{format}: {message}");
        assert!(!message.contains("panicked"), "{message}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "the old file", "{format}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), formats.len(), "something was left behind");
}

#[cfg(target_os = "linux")]
#[test]
fn standard_output_on_a_full_disk_is_an_error() {
    for format in FORMATS {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin("leitmotif"));
        let output = command.arg("export").arg(specimen()).args(["--to", format]).stdout(full).output().unwrap();
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{format}: {message}");
        assert!(message.contains("error: failed to write the export"), "{format}: {message}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error_in_any_format() {
    let program = assert_cmd::cargo::cargo_bin("leitmotif");
    for format in FORMATS {
        let export = format!("'{}' export --quiet --to {format} '{}'", program.display(), specimen().display());
        let script = format!("set -o pipefail; {export} | head -c 10 > /dev/null");
        let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
        assert!(output.status.success() && output.stderr.is_empty(), "{format}: {output:?}");
    }
}

#[test]
fn options_are_for_the_formats_that_know_them() {
    let refused = |arguments: &[&str], part: &str| {
        let message = failure(leitmotif().arg("export").arg(specimen()).arg("--to").args(arguments), 2);
        assert!(message.contains(part), "{message}");
    };
    refused(&["xlsx", "--excel"], "`--excel` is for `--to csv`, `themes-csv`, `quotes-csv`, `codebook-csv`");
    refused(&["csv", "--bmp"], "`--bmp` is for `--to qdpx`");
    refused(&["qdc", "--newline", "crlf"], "`--newline` is for `--to qdpx`");
    let help = leitmotif().args(["export", "--help"]).output().unwrap().stdout;
    let help = String::from_utf8(help).unwrap();
    for format in FORMATS.iter().chain(&["units", "vectors"]) {
        assert!(help.contains(&format!("- {format}:")), "{format} is not in --help: {help}");
    }
}

#[test]
fn completions_and_manual_pages_tell_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = leitmotif().args(["completions", shell]).output().unwrap().stdout;
        let script = String::from_utf8(script).unwrap();
        assert!(script.contains("leitmotif") && script.contains("granularity"), "{shell}");
        // These two complete no values.
        let values = !["powershell", "elvish"].contains(&shell);
        assert_eq!(script.contains("codebook-csv"), values, "{shell}");
    }
    let page = String::from_utf8(leitmotif().arg("man").output().unwrap().stdout).unwrap();
    assert!(page.contains(".TH leitmotif") && page.contains("Exit status"));
    let folder = tempfile::tempdir().unwrap();
    leitmotif().args(["man", "--dir"]).arg(folder.path()).assert().success();
    let page = fs::read_to_string(folder.path().join("leitmotif-export.1")).unwrap();
    assert!(page.contains("codebook\\-csv") || page.contains("codebook-csv"));
}

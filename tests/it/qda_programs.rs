//! Codings of QDA programs: our own projects and those of others, out and back.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::common::{failure, leitmotif, leitmotif_cached, project, samples};
use leitmotif::analysis::{Analysis, Status, Target, load, save};
use leitmotif::corpus::{ReadOptions, read_bytes};
use leitmotif::export::{Exporter, Qdpx};
use serde_json::Value;
use tempfile::TempDir;

/// An analysis of the nurses of the samples, saved in the folder.
fn analysed(folder: &TempDir) -> PathBuf {
    let saved = folder.path().join("a");
    leitmotif_cached("themes").arg(&samples()[0]).args(["--stability", "0", "-o"]).arg(&saved).assert().success();
    saved
}

fn exported(saved: &Path, options: &[&str], path: &Path) {
    leitmotif()
        .arg("export")
        .arg(saved)
        .args(["--to", "qdpx", "--force", "-o"])
        .arg(path)
        .args(options)
        .assert()
        .success();
}

fn evaluated(saved: &Path, codes: &[&Path]) -> (Value, String) {
    let mut command = leitmotif();
    command.arg("evaluate").arg(saved).args(["--json", "--draws", "0"]);
    codes.iter().for_each(|path| {
        command.arg("--codes").arg(path);
    });
    let output = command.assert().success().get_output().clone();
    (serde_json::from_slice(&output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// That a coder and the themes are one and the same.
fn assert_perfect(evaluation: &Value, coder: usize, analysis: &Analysis) {
    let coder = &evaluation["coders"][coder];
    let themed = analysis.units.iter().filter(|unit| unit.status == Status::Theme).count();
    assert_eq!(coder["matched_rows"], coder["rows"], "{}", coder["unmatched"]);
    assert_eq!((&coder["items"], &coder["in_themes"]), (&themed.into(), &themed.into()));
    assert_eq!(coder["with_several_codes"], 0, "parts count as their theme");
    let sections = coder["sections"].as_array().unwrap();
    assert!(!sections.is_empty());
    for section in sections {
        for measure in ["ari", "ami", "v_measure", "kappa"] {
            let value = &section["measures"][measure]["value"];
            // With one theme there is nothing to agree on.
            assert!(value.is_null() || value.as_f64().unwrap() > 0.999_999, "{} {measure}: {value}", section["id"]);
        }
        for code in section["codes"].as_array().unwrap() {
            assert_eq!((&code["precision"]["value"], &code["recall"]["value"]), (&1.0.into(), &1.0.into()), "{code}");
        }
    }
}

#[test]
fn our_own_project_agrees_with_the_themes_however_it_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let saved = analysed(&folder);
    let analysis = load(&saved).unwrap();
    let (by_program, path) = (folder.path().join("by-program.qdpx"), folder.path().join("own.qdpx"));
    for options in [&[][..], &["--newline", "crlf"], &["--bmp"], &["--case-codes"]] {
        exported(&saved, options, &by_program);
        // Nobody coded what the program itself made, and as a person's it is all there.
        let mut command = leitmotif();
        command.arg("evaluate").arg(&saved).arg("--codes").arg(&by_program);
        assert!(failure(&mut command, 1).contains("nobody coded what is in it"));
        coded_by(&by_program, "Zoe", &path);
        let (evaluation, messages) = evaluated(&saved, &[&path]);
        assert_eq!(evaluation["level"], "passage");
        assert_perfect(&evaluation, 0, &analysis);
        assert!(!messages.contains("warning"), "{messages}");
    }
    // With pseudonyms the rows are found by what stood in the texts.
    let mut command = leitmotif();
    command.arg("evaluate").arg(&saved).args(["--json", "--draws", "0", "--pseudonyms", "--codes"]).arg(&path);
    let output = command.assert().success().get_output().clone();
    assert_perfect(&serde_json::from_slice(&output.stdout).unwrap(), 0, &analysis);
}

/// One of our own projects as if a person had coded all of it.
fn coded_by(project: &Path, coder: &str, path: &Path) {
    let mut archive = zip::ZipArchive::new(fs::File::open(project).unwrap()).unwrap();
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    for name in names {
        let text = std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap();
        zip.start_file(&name, options).unwrap();
        zip.write_all(text.replace("leitmotif (automatic)", coder).as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_project_gives_codes_and_examples() {
    let folder = tempfile::tempdir().unwrap();
    let saved = analysed(&folder);
    let analysis = load(&saved).unwrap();
    let (path, out) = (folder.path().join("own.qdpx"), folder.path().join("b"));
    exported(&saved, &["--case-codes"], &path);
    let by_program = path.with_file_name("by-program.qdpx");
    fs::rename(&path, &by_program).unwrap();
    let own = folder.path().join("own");
    let mut command = leitmotif_cached("code");
    command.arg(&samples()[0]).arg("--codes").arg(&by_program).args(["--stability", "0", "-o"]).arg(&own);
    let output = command.assert().success().get_output().clone();
    let told = String::from_utf8(output.stderr).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("leitmotif made them and not people"), "{told}");
    let own = load(&own).unwrap().summary.manifest.coding.unwrap();
    assert_eq!((own.by_hand, own.examples, own.expected), (0, 0, None), "nobody coded anything");
    assert!(own.codes > 0);
    coded_by(&by_program, "Zoe", &path);
    let mut command = leitmotif_cached("code");
    command.arg(&samples()[0]).arg("--codes").arg(&path).args(["--stability", "0", "-o"]).arg(&out).assert().success();
    let coded = load(&out).unwrap();
    let codes: BTreeMap<&str, usize> = coded
        .summary
        .themes()
        .filter_map(|theme| theme.code.as_ref())
        .map(|code| (code.code.as_str(), code.by_hand))
        .collect();
    let mentions: BTreeMap<&str, usize> =
        analysis.summary.themes().map(|theme| (theme.id.as_str(), theme.mentions)).collect();
    assert_eq!(codes, mentions, "each code with the passages that were its theme's");
    let of = |analysis: &Analysis| -> BTreeMap<String, String> {
        let themed = analysis.units.iter().filter_map(|unit| Some((unit.id.clone(), unit.theme.clone()?)));
        themed.collect()
    };
    let id_of: BTreeMap<&str, &str> = coded
        .summary
        .themes()
        .filter_map(|theme| Some((theme.id.as_str(), theme.code.as_ref()?.code.as_str())))
        .collect();
    let found = of(&coded);
    for (unit, theme) in of(&analysis) {
        assert_eq!(id_of.get(found[&unit].as_str()), Some(&theme.as_str()), "{unit}");
    }
}

/// How a program counts the characters of a text.
type Count<'a> = &'a dyn Fn(&str) -> usize;

/// A coder by name, and for each coding the file, the words and the code.
type Coder<'a> = (&'static str, Vec<(&'a str, String, &'a str)>);

/// A project as other programs write it, by hand: the transcripts as they are, with CRLF, positions as `count` counts
/// them, and a coder for each list of `(file, words, code)`.
fn foreign(path: &Path, coders: &[Coder], count: Count, named: bool) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default();
    let mut xml = "<?xml version=\"1.0\"?>\n<Project xmlns=\"urn:QDA-XML:project:1.0\" name=\"p\"><Users>\n".to_owned();
    for (at, (name, _)) in coders.iter().enumerate() {
        writeln!(xml, "<User guid=\"U{at}\" name=\"{name}\"/>").unwrap();
    }
    xml.push_str("</Users><CodeBook><Codes><Code guid=\"K\" name=\"Work\" isCodable=\"false\">\n");
    let mut codes: Vec<&str> = coders.iter().flat_map(|(_, codings)| codings).map(|coding| coding.2).collect();
    codes.sort_unstable();
    codes.dedup();
    for code in &codes {
        writeln!(
            xml,
            "<Code guid=\"K{code}\" name=\"{code}\" isCodable=\"true\"><Description>About {code}.</Description></Code>"
        )
        .unwrap();
    }
    xml.push_str("</Code></Codes></CodeBook><Sources>\n");
    let mut files: Vec<&str> = coders.iter().flat_map(|(_, codings)| codings).map(|coding| coding.0).collect();
    files.sort_unstable();
    files.dedup();
    for file in files {
        let text = fs::read_to_string(project("data/hospital").join(file)).unwrap().replace('\n', "\r\n");
        // An emoji at the top shifts all that follows where UTF-16 is counted.
        let text = format!("😀 {text}");
        zip.start_file(format!("Sources/{file}.txt"), options).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
        writeln!(xml, "<TextSource guid=\"S{file}\" name=\"{file}\" plainTextPath=\"internal://{file}.txt\">").unwrap();
        for (at, (_, codings)) in coders.iter().enumerate() {
            for (_, words, code) in codings.iter().filter(|coding| coding.0 == file) {
                let words = words.replace('\n', "\r\n");
                let start = text.find(&words).unwrap_or_else(|| panic!("no `{words}` in {file}"));
                let (start, end) = (count(&text[..start]), count(&text[..start + words.len()]));
                let name = if named { words.replace('&', "&amp;").replace('"', "&quot;") } else { String::new() };
                writeln!(
                    xml,
                    "<PlainTextSelection guid=\"X\" name=\"{name}\" startPosition=\"{start}\" endPosition=\"{end}\" creatingUser=\"U{at}\">\
                     <Coding guid=\"Y\"><CodeRef targetGUID=\"K{code}\"/></Coding></PlainTextSelection>"
                )
                .unwrap();
            }
        }
        xml.push_str("</TextSource>\n");
    }
    xml.push_str("</Sources></Project>");
    zip.start_file("project.qde", options).unwrap();
    zip.write_all(xml.as_bytes()).unwrap();
    zip.finish().unwrap();
}

/// What two coders say of an analysis: one codes each passage by its theme, the other the same but for the first.
fn coders(analysis: &Analysis) -> Vec<Coder<'_>> {
    let themed = || analysis.units.iter().filter(|unit| unit.status == Status::Theme);
    let file = |unit: &'_ leitmotif::analysis::UnitRow| -> &str {
        let path = analysis.units.iter().find(|other| other.id == unit.id).unwrap().position.file.as_str();
        path.rsplit('/').next().unwrap()
    };
    let coding = |unit| -> (&str, String, &str) {
        let unit: &leitmotif::analysis::UnitRow = unit;
        (file(unit), unit.text.clone(), unit.theme.as_deref().unwrap())
    };
    let first = themed().map(coding).collect::<Vec<_>>();
    let second = first[1..].to_vec();
    vec![("Zoe", first), ("Abe", second)]
}

#[test]
fn projects_of_others_are_read_whatever_they_count() {
    let folder = tempfile::tempdir().unwrap();
    let saved = analysed(&folder);
    let analysis = load(&saved).unwrap();
    let coders = coders(&analysis);
    let path = folder.path().join("theirs.qdpx");
    let ways: [(Count, bool); 3] = [
        (&|text| text.chars().count(), false),
        (&|text| text.encode_utf16().count(), true),
        (&|text| text.replace("\r\n", "\n").chars().count(), true),
    ];
    for (at, (count, is_other)) in ways.into_iter().enumerate() {
        for named in [true, false] {
            foreign(&path, &coders, count, named);
            let (evaluation, messages) = evaluated(&saved, &[&path]);
            let names: Vec<&str> =
                evaluation["coders"].as_array().unwrap().iter().map(|c| c["coder"].as_str().unwrap()).collect();
            assert_eq!(names, ["Abe", "Zoe"], "a user is a coder");
            assert_perfect(&evaluation, 1, &analysis);
            let pairs = evaluation["between"]["pairs"].as_array().unwrap();
            let both = pairs.iter().find(|pair| pair["first"] == "Abe" && pair["second"] == "Zoe").unwrap();
            assert_eq!(both["items"], coders[1].1.len());
            assert_eq!(messages.contains("elsewhere than the position says"), is_other, "{at}: {messages}");
        }
    }
}

#[test]
fn what_meets_no_passage_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let saved = analysed(&folder);
    let analysis = load(&saved).unwrap();
    let mut coders = coders(&analysis);
    coders.truncate(1);
    let (file, ..) = coders[0].1[0];
    let text = fs::read_to_string(project("data/hospital").join(file)).unwrap();
    let question = text.lines().find_map(|line| line.strip_prefix("**Interviewer:** ")).unwrap();
    coders[0].1.push((file, question.to_owned(), "question"));
    let path = folder.path().join("theirs.qdpx");
    foreign(&path, &coders, &|text| text.chars().count(), true);
    let (evaluation, messages) = evaluated(&saved, &[&path]);
    let unmatched = evaluation["coders"][0]["unmatched"].as_array().unwrap();
    assert_eq!(unmatched.len(), 1);
    assert_eq!((&unmatched[0]["id"], &unmatched[0]["reason"]), (&file.into(), &"no passage stands there".into()));
    assert!(messages.contains("1 of "), "{messages}");

    let codebook = folder.path().join("a.qdc");
    leitmotif().arg("export").arg(&saved).args(["--to", "qdc", "-o"]).arg(&codebook).assert().success();
    let message = failure(leitmotif().arg("evaluate").arg(&saved).arg("--codes").arg(&codebook), 1);
    assert!(
        message.contains("nothing that was coded") && message.contains("hint: export the whole project"),
        "{message}"
    );
}

/// The specimen with notes, attributes, an emoji, and two people who were interviewed together.
fn specimen() -> Analysis {
    let mut analysis = load(&project("tests/fixtures/analysis-v1")).unwrap();
    let n = analysis.summary.participants.len();
    for person in &mut analysis.summary.participants[n - 2..] {
        let grouped = format!("ward talk/{}", person.participant);
        for unit in analysis.units.iter_mut().filter(|unit| unit.participant == person.participant) {
            unit.id = unit.id.replace(&person.participant, &grouped);
            unit.participant = grouped.clone();
        }
        person.participant = grouped;
        person.transcript = Some("ward talk".into());
    }
    let themed = analysis.units.iter().position(|unit| unit.theme.is_some()).unwrap();
    analysis.units[themed].note = Some("swaps & \"nights\"".into());
    analysis.units[themed].text.push_str(" 😀 <really> & so on.");
    let bare = analysis.units.iter().position(|unit| unit.status == Status::Unclustered).unwrap();
    analysis.units[bare].note = Some("nothing else like it".into());
    analysis
}

fn written(analysis: &Analysis, case_codes: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    Qdpx { case_codes, ..Qdpx::default() }.write(analysis, &mut bytes).unwrap();
    bytes
}

#[test]
fn cases_are_codes_where_they_are_asked_for() {
    let analysis = specimen();
    let plain = crate::exports::refi::Project::open(&written(&analysis, false));
    assert!(!plain.xml.contains("Participants"));
    let project = crate::exports::refi::Project::open(&written(&analysis, true));
    let people: Vec<&String> = project.cases.keys().collect();
    let mut said: BTreeMap<&str, String> = BTreeMap::new();
    for selection in project.selections.iter().filter(|selection| selection.name.is_empty()) {
        let [code] = selection.codes.as_slice() else { panic!("{selection:?}") };
        assert!(people.contains(&code));
        said.entry(code).or_default().push_str(&selection.text);
    }
    assert_eq!(said.keys().copied().collect::<Vec<_>>(), people);
    for unit in &analysis.units {
        assert!(said[unit.participant.as_str()].contains(&unit.text), "{}", unit.id);
        let others = said.iter().filter(|(person, _)| **person != unit.participant);
        assert!(
            unit.text.len() < 60 || others.into_iter().all(|(_, words)| !words.contains(&unit.text)),
            "{}",
            unit.id
        );
    }
    let others = |project: &crate::exports::refi::Project| -> Vec<(String, Vec<String>)> {
        let named = project.selections.iter().filter(|selection| !selection.name.is_empty());
        named.map(|selection| (selection.text.clone(), selection.codes.clone())).collect()
    };
    assert_eq!(others(&plain), others(&project));
}

#[test]
fn notes_are_notes_of_their_passages() {
    let analysis = specimen();
    let project = crate::exports::refi::Project::open(&written(&analysis, false));
    let noted: Vec<_> = analysis.units.iter().filter(|unit| unit.note.is_some()).collect();
    assert_eq!(project.xml.matches("<NoteRef ").count(), noted.len());
    assert_eq!(project.xml.matches("<Note ").count(), noted.len());
    for unit in noted {
        let selection = project.selections.iter().find(|selection| selection.name == unit.id).unwrap();
        assert_eq!(selection.text, unit.text);
        assert_eq!(selection.codes.is_empty(), unit.theme.is_none());
    }
    assert!(project.xml.contains("<PlainTextContent>swaps &amp; &quot;nights&quot;</PlainTextContent>"));
}

/// QualCoder's own importer and exporter, where `LEITMOTIF_QUALCODER` names its source or Python has the package;
/// `LEITMOTIF_PYTHON` is a Python with PyQt6.
#[test]
fn qualcoder_takes_a_project_and_gives_it_back() {
    let analysis = specimen();
    let folder = tempfile::tempdir().unwrap();
    let (given, out, saved) = (folder.path().join("given.qdpx"), folder.path().join("out"), folder.path().join("a"));
    fs::write(&given, written(&analysis, true)).unwrap();
    let python = std::env::var_os("LEITMOTIF_PYTHON").unwrap_or_else(|| "python3".into());
    let script = project("tests/interop/qualcoder_round_trip.py");
    let Ok(output) = Command::new(python).arg(script).arg(&given).arg("--out").arg(&out).output() else {
        eprintln!("skipped: python3 is not there");
        return;
    };
    let printed = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    if output.status.code() == Some(77) {
        eprintln!("{printed}");
        return;
    }
    assert!(output.status.success(), "{printed}");
    eprintln!("{printed}");

    // In QualCoder's database: every passage in a theme is a coding of its person's case, as reports by attribute
    // join them, and notes are memos.
    let held: Value = serde_json::from_slice(&fs::read(out.join("held.json")).unwrap()).unwrap();
    let rows = |name: &str| held[name].as_array().unwrap().clone();
    let name = |id: &str| analysis.summary.theme(id).map(|theme| format!("{id} {}", theme.label)).unwrap();
    let shown = |id: &&str| analysis.summary.theme(id).is_some_and(|theme| !theme.hidden);
    let mut expected: Vec<(String, String)> = Vec::new();
    for unit in analysis.units.iter().filter(|unit| unit.status == Status::Theme) {
        expected.extend(unit.themes().filter(shown).map(|theme| (unit.participant.clone(), name(theme))));
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let is_theme =
        |row: &&Value| analysis.summary.themes().any(|theme| text(&row[1]) == format!("{} {}", theme.id, theme.label));
    let mut found: Vec<(String, String)> =
        rows("codings_of_cases").iter().filter(is_theme).map(|row| (text(&row[0]), text(&row[1]))).collect();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert!(rows("codes").iter().all(|row| text(&row[0]).starts_with(['T', 'Q', 'C'])), "people are cases, not codes");
    assert!(rows("codings").iter().any(|row| row[6] == "swaps & \"nights\""));
    assert!(rows("annotations").iter().any(|row| row[3] == "nothing else like it"));

    // Read back by our own readers: the same interviews, and codings that are the themes.
    let back = out.join("back.qdpx");
    let corpus = read_bytes("back.qdpx", fs::read(&back).unwrap(), &ReadOptions::default()).unwrap();
    assert!(corpus.failures.is_empty(), "{:?}", corpus.failures);
    let mut visible = analysis.clone();
    visible.units.retain(|unit| unit.status != Status::Theme || unit.themes().any(|theme| shown(&theme)));
    save(&analysis, None, &Target::check(&saved, false).unwrap()).unwrap();
    let (evaluation, messages) = evaluated(&saved, &[&back]);
    assert_perfect(&evaluation, 0, &visible);
    assert!(!messages.contains("elsewhere"), "{messages}");
}

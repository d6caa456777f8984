//! Coding by given codes, from files to every output: counts, several codes a passage, examples, what to look at
//! next, and codebooks that cannot be used.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{failure, folded, leitmotif, leitmotif_cached};
use leitmotif::analysis::{Analysis, Status, Theme, UnitRow, load};
use serde_json::Value;

/// What people say, each in five wordings; the last is in no codebook.
const SAID: [(&str, [&str; 5]); 4] = [
    (
        "swaps",
        [
            "We swap shifts with each other nearly every week when somebody needs a day off.",
            "I trade my late shift with a colleague whenever the children have something at school.",
            "If I cannot come I look for somebody who takes my shift and I take theirs later.",
            "Swapping shifts among ourselves works well, we write it down on the board.",
            "My colleague and I exchange our shifts all the time without asking anybody.",
        ],
    ),
    (
        "pay",
        [
            "The pay is too low for what we do and the rent takes most of my wages.",
            "I would stay if the salary were better, the money is simply not enough.",
            "We earn less than people in the shop next door, the wages are an insult.",
            "At the end of the month there is no money left from my pay.",
            "They should raise our salaries, nobody can live on wages like these.",
        ],
    ),
    (
        "software",
        [
            "The new software crashes twice a day and then everything I typed is lost.",
            "I lose an hour every morning because the computer program does not start.",
            "The app is slow, it freezes and I have to enter everything once more.",
            "Every update of the program breaks something that worked the day before.",
            "The system logs me out in the middle of my notes, the software is a mess.",
        ],
    ),
    (
        "garden",
        [
            "In the garden behind the house we grow tomatoes and sit in the sun at noon.",
            "I water the plants in the garden before work, the roses are lovely this year.",
            "Lunch in the garden under the apple tree is the best part of my day.",
            "We planted herbs and flowers together in the little garden in spring.",
            "The garden with its old trees and the flowers keeps me calm.",
        ],
    ),
];

struct Study {
    _folder: tempfile::TempDir,
    path: PathBuf,
}

impl Study {
    fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path.join(name);
        fs::write(&path, text).unwrap();
        path
    }
}

const CODEBOOK: &str = "code,name,definition,include,exclude,example\n\
    swaps,Swapping shifts,Colleagues exchange their shifts with each other.,,,\n\
    pay,Low pay,The wages or the salary are too low.,,,\n\
    software,Broken software,\"Programs, apps or systems crash or are slow.\",,paper forms,\n\
    moon,Flights to the moon,\"Rockets, astronauts and moon landings.\",,,\n";

/// 20 people who each say something of all four, in interviews of one question a topic.
fn study() -> &'static Study {
    static STUDY: OnceLock<Study> = OnceLock::new();
    STUDY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().to_owned();
        let mut table = String::from("participant,text\n");
        for person in 0..20 {
            for (topic, (_, wordings)) in SAID.iter().enumerate() {
                table.push_str(&format!("p{person:02},\"{}\"\n", varied(wordings[(person + topic) % 5], person)));
            }
        }
        // One passage of two codes.
        table
            .push_str("p00,\"I swap shifts with a colleague to earn more, because the pay is too low for my rent.\"\n");
        fs::write(path.join("interviews.csv"), table).unwrap();
        fs::write(path.join("codebook.csv"), CODEBOOK).unwrap();
        Study { _folder: folder, path }
    })
}

/// No two people say it in the same words.
fn varied(text: &str, person: usize) -> String {
    let endings = ["That is how it is.", "I mean it.", "It has been so for years.", "Ask anybody here."];
    format!("{text} {}", endings[person / 5])
}

fn coded(codes: &[&Path], options: &[&str], out: &Path) -> Analysis {
    let mut command = leitmotif_cached("code");
    command.arg(study().path.join("interviews.csv")).args(["--stability", "0", "-o"]).arg(out).args(options);
    codes.iter().for_each(|path| {
        command.arg("--codes").arg(path);
    });
    command.assert().success();
    load(out).unwrap()
}

fn by_definitions() -> &'static (tempfile::TempDir, PathBuf) {
    static SAVED: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    SAVED.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("run");
        coded(&[&study().path.join("codebook.csv")], &[], &out);
        (folder, out)
    })
}

fn theme<'a>(analysis: &'a Analysis, id: &str) -> &'a Theme {
    analysis.summary.theme(id).unwrap_or_else(|| panic!("no {id}"))
}

/// What a passage is about, by the wordings.
fn topic(text: &str) -> Option<&'static str> {
    SAID.iter().find(|(_, wordings)| wordings.iter().any(|wording| text.starts_with(wording))).map(|(topic, _)| *topic)
}

#[test]
fn definitions_find_their_passages_and_the_rest_is_a_theme_beside_them() {
    let analysis = load(&by_definitions().1).unwrap();
    let codes: Vec<&str> =
        analysis.summary.themes().filter_map(|theme| Some(theme.code.as_ref()?.code.as_str())).collect();
    assert_eq!(codes, ["swaps", "pay", "software", "moon"], "in the order of the codebook, those without passage too");
    for (id, code) in [("C1", "swaps"), ("C2", "pay"), ("C3", "software")] {
        let of_code: Vec<&str> =
            analysis.units.iter().filter(|row| row.is_in(id)).map(|row| row.text.as_str()).collect();
        let right = of_code.iter().filter(|text| topic(text).is_none_or(|topic| topic == code)).count();
        assert!(right >= 14 && right * 10 >= of_code.len() * 9, "{code}: {right} of {}", of_code.len());
    }
    let moon = theme(&analysis, "C4");
    assert_eq!((moon.mentions, moon.prevalence.participants, moon.prevalence.asked), (0, 0, 20));
    // statsmodels: proportion_confint(0, 20, method="wilson") = (0, 0.1611).
    assert!((moon.prevalence.high.unwrap() - 0.161_125).abs() < 1e-5);
    let beside: Vec<&Theme> = analysis.summary.themes().filter(|theme| theme.code.is_none()).collect();
    let gardens = |theme: &Theme| {
        let own = analysis.units.iter().filter(|row| row.is_in(&theme.id));
        own.filter(|row| topic(&row.text) == Some("garden")).count()
    };
    assert!(beside.iter().all(|theme| theme.id.starts_with('T')));
    assert!(beside.iter().map(|theme| gardens(theme)).sum::<usize>() >= 10, "what fits no code is found beside them");
    let coding = analysis.summary.manifest.coding.as_ref().unwrap();
    assert!(coding.expected.is_none() && coding.codes == 4);
    assert!(analysis.summary.themes().filter_map(|theme| theme.code.as_ref()).all(|code| code.expected.is_none()));
}

#[test]
fn counts_are_those_of_the_rows_and_a_passage_may_have_several_codes() {
    let analysis = load(&by_definitions().1).unwrap();
    for theme in analysis.summary.themes() {
        let rows: Vec<_> = analysis.units.iter().filter(|row| row.is_in(&theme.id)).collect();
        let people: BTreeSet<&str> = rows.iter().map(|row| row.participant.as_str()).collect();
        assert_eq!((theme.mentions, theme.prevalence.participants), (rows.len(), people.len()), "{}", theme.id);
        for quote in &theme.quotes {
            assert!(rows.iter().any(|row| row.id == quote.unit && row.text.contains(&quote.text)));
        }
    }
    let both = analysis.units.iter().find(|row| row.text.contains("to earn more")).unwrap();
    assert_eq!(both.themes().collect::<BTreeSet<_>>(), BTreeSet::from(["C1", "C2"]));
    let in_themes = analysis.units.iter().filter(|row| row.status == Status::Theme).count();
    assert_eq!(analysis.summary.counts.in_themes, in_themes);
    let folder = tempfile::tempdir().unwrap();
    let one = coded(&[&study().path.join("codebook.csv")], &["--max-codes", "1"], &folder.path().join("one"));
    let codes = |row: &UnitRow| row.themes().filter(|id| theme(&one, id).code.is_some()).count();
    assert!(one.units.iter().all(|row| codes(row) <= 1), "themes beside the codes do not count");
}

#[test]
fn every_passage_gets_its_likeliest_code_where_that_is_asked_for() {
    let some = load(&by_definitions().1).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let all = coded(&[&study().path.join("codebook.csv")], &["--every-passage"], &folder.path().join("all"));
    let fits = |row: &UnitRow| row.themes().any(|id| theme(&some, id).code.is_some());
    let mut below = 0;
    for (before, after) in some.units.iter().zip(&all.units) {
        assert_eq!((&before.id, after.status), (&after.id, Status::Theme));
        if fits(before) {
            assert_eq!(before.theme, after.theme, "what fits a code keeps it: {}", after.text);
        } else {
            below += 1;
            assert!(after.strength.unwrap() < 0.5 && after.also.is_empty(), "{}", after.text);
        }
    }
    assert!(below >= 10, "{below}: the gardens fit no code");
    assert_eq!(theme(&all, "C4").mentions, 0, "nobody speaks of the moon");
    assert!(all.summary.themes().all(|theme| theme.code.is_some()), "nothing is left for further themes");
    assert_eq!(all.summary.manifest.coding.as_ref().unwrap().below_thresholds, Some(below));
    assert_eq!(some.summary.manifest.coding.as_ref().unwrap().below_thresholds, None);
}

#[test]
fn every_export_has_every_code_of_a_passage() {
    let out = &by_definitions().1;
    let analysis = load(out).unwrap();
    let n: usize = analysis.units.iter().map(|row| row.themes().count()).sum();
    // Parts of the themes beside the codes are tags of their own.
    let parts = analysis.units.iter().filter(|row| row.sub_theme.is_some()).count();
    let export = |format: &str| {
        leitmotif().arg("export").arg(out).args(["--to", format]).assert().success().get_output().stdout.clone()
    };
    let rows = csv::Reader::from_reader(export("csv").as_slice())
        .into_deserialize()
        .collect::<Result<Vec<std::collections::HashMap<String, String>>, _>>()
        .unwrap();
    let in_row = |row: &std::collections::HashMap<String, String>| {
        usize::from(!row["theme"].is_empty()) + row["also"].split(';').filter(|id| !id.is_empty()).count()
    };
    assert_eq!(rows.iter().map(in_row).sum::<usize>(), n);
    assert!(rows.iter().all(|row| row["also"].split(';').count() == row["also_strengths"].split(';').count()));
    let codebook = String::from_utf8(export("codebook-csv")).unwrap();
    let highlights: usize = csv::Reader::from_reader(codebook.as_bytes())
        .records()
        .map(|row| row.unwrap()[2].parse::<usize>().unwrap())
        .sum();
    assert_eq!(highlights, n + parts);
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("a.qdpx");
    leitmotif().arg("export").arg(out).args(["--to", "qdpx", "-o"]).arg(&project).assert().success();
    let mut archive = zip::ZipArchive::new(fs::File::open(&project).unwrap()).unwrap();
    let xml = std::io::read_to_string(archive.by_name("project.qde").unwrap()).unwrap();
    assert_eq!(xml.matches("<CodeRef ").count(), n + parts);
    for format in ["jsonl", "parquet", "xlsx", "md", "qdc", "themes-csv", "quotes-csv"] {
        leitmotif()
            .arg("export")
            .arg(out)
            .args(["--to", format, "-o"])
            .arg(folder.path().join(format))
            .assert()
            .success();
    }
}

#[test]
fn a_codebook_that_export_wrote_gives_the_same_codes_again() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, qdc) = (folder.path().join("own.csv"), folder.path().join("own.qdc"));
    for (format, path) in [("codebook-csv", &csv), ("qdc", &qdc)] {
        leitmotif().arg("export").arg(&by_definitions().1).args(["--to", format, "-o"]).arg(path).assert().success();
    }
    let of = |path: &Path, name: &str| {
        let analysis = coded(&[path], &[], &folder.path().join(name));
        let codes = analysis.summary.themes().filter_map(|theme| theme.code.clone());
        codes.map(|code| (code.code, code.name, code.definition)).collect::<Vec<_>>()
    };
    let codes = of(&csv, "a");
    assert_eq!(codes, of(&qdc, "b"));
    assert_eq!((codes[0].0.as_str(), codes[0].1.as_str()), ("C1", "Swapping shifts"));
    let definition = codes[0].2.as_deref().unwrap();
    assert!(definition.starts_with("Colleagues exchange") && !definition.contains("participants"), "{definition}");
}

#[test]
fn what_people_coded_is_kept_and_tells_how_well_codes_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let found = load(&by_definitions().1).unwrap();
    let mut sheet = String::from("id,text,code\n");
    for row in found.units.iter().filter(|row| row.vector.is_some()).step_by(2) {
        let code = topic(&row.text).unwrap_or("swaps; pay");
        // What it says is not looked at: people may code against the program.
        let code = if row.participant == "p03" { "moon" } else { code };
        sheet.push_str(&format!("{},\"{}\",{}\n", row.id, row.text, if code == "garden" { "none" } else { code }));
    }
    let path = folder.path().join("sheet.csv");
    fs::write(&path, &sheet).unwrap();
    let analysis = coded(&[&study().path.join("codebook.csv"), &path], &[], &folder.path().join("run"));
    // As a project they are somebody's codings, and come back as such.
    let project = folder.path().join("own.qdpx");
    let export = |to: &Path| {
        leitmotif()
            .arg("export")
            .arg(folder.path().join("run"))
            .args(["--to", "qdpx", "-o"])
            .arg(to)
            .assert()
            .success();
    };
    export(&project);
    let by_hand = |analysis: &Analysis| -> Vec<String> {
        let own = |row: &UnitRow| {
            let first = row.theme.iter().filter(|_| row.strength.is_none());
            let also = row.also.iter().filter(|also| also.strength.is_none()).map(|also| &also.theme);
            let mut own: Vec<String> = first.chain(also).map(|theme| format!("{} {theme}", row.id)).collect();
            own.sort();
            own
        };
        analysis.units.iter().flat_map(own).collect()
    };
    let again = coded(&[&project], &[], &folder.path().join("from-project"));
    assert!(by_hand(&analysis).len() > 10);
    assert_eq!(by_hand(&again), by_hand(&analysis));
    let moons: Vec<_> = analysis.units.iter().filter(|row| row.is_in("C4")).collect();
    assert!(moons.iter().filter(|row| row.participant == "p03" && row.strength.is_none()).count() >= 1);
    let pay = theme(&analysis, "C2").code.as_ref().unwrap();
    let expected = pay.expected.as_ref().unwrap();
    assert!(expected.basis.starts_with("cross-validated on ") && expected.precision.unwrap() > 0.7, "{expected:?}");
    assert_eq!(expected.precision, Some((expected.both as f64 / expected.found as f64 * 1e6).round() / 1e6));
    assert!(pay.by_hand > 0 && pay.examples == pay.by_hand);
    // Held against what it was coded with it would agree with itself, whatever file says it now.
    let judged = &analysis.summary.manifest.coding.as_ref().unwrap().judged;
    let others = study().file("others.csv", &sheet);
    let evaluate = |path: &Path| {
        let mut command = leitmotif();
        command.arg("evaluate").arg(folder.path().join("run")).args(["--json", "--draws", "0", "--codes"]).arg(path);
        command
    };
    let refused = folded(&failure(&mut evaluate(&others), 1));
    assert!(refused.contains(&format!("nothing but {} passages that the analysis", judged.len())), "{refused}");
    let fresh: Vec<&UnitRow> =
        analysis.units.iter().filter(|row| row.vector.is_some() && !judged.contains(&row.id)).take(3).collect();
    let rows: String = fresh.iter().map(|row| format!("{},\"{}\",swaps\n", row.id, row.text)).collect();
    let output =
        evaluate(&study().file("others.csv", &(sheet.clone() + &rows))).assert().success().get_output().clone();
    let evaluated: Value = serde_json::from_slice(&output.stdout).unwrap();
    let coder = &evaluated["coders"][0];
    assert_eq!((&coder["items"], &coder["given_examples"]), (&3.into(), &judged.len().into()));
    let told = folded(&String::from_utf8(output.stderr).unwrap());
    assert!(told.contains(&format!("{} passages were left out", judged.len())), "{told}");
    // By their words, where the ids are others.
    let by_text = sheet.replace("interviews/", "elsewhere/");
    let other = folder.path().join("other.csv");
    fs::write(&other, by_text).unwrap();
    let again = coded(&[&study().path.join("codebook.csv"), &other], &[], &folder.path().join("again"));
    assert_eq!(again.units, analysis.units);
}

#[test]
fn sentences_of_a_codebook_tell_nothing_of_how_well_codes_are_found() {
    let mut book = CODEBOOK.to_owned();
    for (code, wordings) in &SAID[..3] {
        for n in 0..8 {
            book.push_str(&format!("{code},,,,,\"{} So it went on day {n}.\"\n", wordings[n % 5]));
        }
    }
    let path = study().file("quoting.csv", &book);
    let folder = tempfile::tempdir().unwrap();
    let analysis = coded(&[&path], &[], &folder.path().join("run"));
    let coding = analysis.summary.manifest.coding.as_ref().unwrap();
    assert_eq!((coding.examples, coding.examples_elsewhere, coding.codes), (0, 24, 4));
    assert!(coding.expected.is_none() && coding.judged.is_empty(), "{:?}", coding.expected);
    assert!(analysis.summary.themes().filter_map(|theme| theme.code.as_ref()).all(|code| code.expected.is_none()));
}

#[test]
fn passages_to_look_at_next_come_back_as_codes() {
    let folder = tempfile::tempdir().unwrap();
    let next = folder.path().join("next.csv");
    let codebook = study().path.join("codebook.csv");
    let next_path = next.to_str().unwrap();
    coded(&[&codebook], &["--next", next_path, "--next-sample", "12"], &folder.path().join("a"));
    let text = fs::read_to_string(&next).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(reader.headers().unwrap(), vec!["id", "question", "text", "suggested", "why", "code", "notes"]);
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 12);
    let people: BTreeSet<&str> = rows.iter().map(|row| row[0].split('#').next().unwrap()).collect();
    assert!(people.len() >= 6, "spread over people: {people:?}");
    let mut filled = String::from("id,text,code\n");
    for row in &rows {
        let code = topic(&row[2]).filter(|topic| *topic != "garden").unwrap_or("none");
        filled.push_str(&format!("{},\"{}\",{code}\n", &row[0], &row[2]));
    }
    let sheet = folder.path().join("filled.csv");
    fs::write(&sheet, filled).unwrap();
    let analysis = coded(&[&codebook, &sheet], &[], &folder.path().join("b"));
    assert_eq!(analysis.summary.manifest.coding.as_ref().unwrap().files.len(), 2);
    for row in &rows {
        let unit = analysis.units.iter().find(|unit| unit.id == row[0]).unwrap();
        if let Some(code) = topic(&row[2]).filter(|topic| *topic != "garden") {
            let own = unit.theme.as_deref().and_then(|id| theme(&analysis, id).code.as_ref()).map(|c| c.code.as_str());
            assert_eq!((own, unit.strength), (Some(code), None));
        }
    }
}

#[test]
fn a_sheet_that_is_partly_filled_in_says_what_it_says_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    let found = load(&by_definitions().1).unwrap();
    let rows: Vec<_> = found.units.iter().filter(|row| row.vector.is_some()).step_by(2).collect();
    let filled = |row: &UnitRow| topic(&row.text).filter(|topic| *topic != "garden").unwrap_or("none");
    let sheet = |header: &str, row: &dyn Fn(usize, &UnitRow) -> Option<String>| {
        let rows: String = rows.iter().enumerate().filter_map(|(n, unit)| row(n, unit)).collect();
        format!("{header}\n{rows}")
    };
    let few = sheet("id,code", &|n, row| (n < 6).then(|| format!("{},{}\n", row.id, filled(row))));
    let part = sheet("id,suggested,why,code", &|n, row| {
        Some(format!("{},pay,,{}\n", row.id, if n < 6 { filled(row) } else { "" }))
    });
    let blank = sheet("id,code", &|n, row| Some(format!("{},{}\n", row.id, if n < 6 { filled(row) } else { "" })));
    let run = |name: &str, text: &str| {
        let path = folder.path().join(format!("{name}.csv"));
        fs::write(&path, text).unwrap();
        coded(&[&study().path.join("codebook.csv"), &path], &[], &folder.path().join(name))
    };
    let (few, part, blank) = (run("few", &few), run("part", &part), run("blank", &blank));
    assert_eq!(few.units, part.units, "what nobody filled in says nothing");
    assert!(few.summary.manifest.warnings.iter().all(|warning| !warning.contains("rows of")));
    let told = |analysis: &Analysis, words: &str| {
        let told = format!("{} of {} rows of", rows.len() - 6, rows.len());
        analysis.summary.manifest.warnings.iter().any(|warning| warning.contains(&told) && warning.contains(words))
    };
    assert!(told(&part, "left out") && told(&blank, "counted as looked at, with nothing to code"));
}

#[test]
fn evaluate_reads_a_sheet_as_code_does() {
    let out = &by_definitions().1;
    let analysis = load(out).unwrap();
    let of = |topic_wanted: &str| {
        let own = analysis.units.iter().filter(|row| row.vector.is_some() && topic(&row.text) == Some(topic_wanted));
        own.map(|row| row.id.clone()).collect::<Vec<_>>()
    };
    let (swaps, pay, gardens) = (of("swaps"), of("pay"), of("garden"));
    let evaluated = |name: &str, nothing: &str| {
        let mut text = String::from("id,code\n");
        swaps.iter().for_each(|id| text.push_str(&format!("{id},swaps; !pay\n")));
        pay.iter().for_each(|id| text.push_str(&format!("{id},Low pay\n")));
        gardens.iter().for_each(|id| text.push_str(&format!("{id},{nothing}\n")));
        let path = study().file(name, &text);
        let output = leitmotif()
            .arg("evaluate")
            .arg(out)
            .args(["--json", "--draws", "0", "--codes"])
            .arg(path)
            .assert()
            .success()
            .get_output()
            .clone();
        let found: Value = serde_json::from_slice(&output.stdout).unwrap();
        (found["coders"][0].clone(), folded(&String::from_utf8(output.stderr).unwrap()))
    };
    let (none, _) = evaluated("none.csv", "none");
    let (mut empty, told) = evaluated("none.csv", "");
    let notices = std::mem::replace(&mut empty["notices"], Value::Array(Vec::new()));
    assert!(notices[0].as_str().is_some_and(|notice| notice.contains("counted as looked at")), "{notices}");
    assert_eq!(none, empty, "`none` and an empty cell are one");
    assert!(told.contains("counted as looked at"), "{told}");
    assert_eq!(none["uncoded"], gardens.len());
    let codes: Vec<&str> =
        none["overall"]["codes"].as_array().unwrap().iter().map(|code| code["code"].as_str().unwrap()).collect();
    assert_eq!(codes.into_iter().collect::<BTreeSet<_>>(), BTreeSet::from(["swaps", "Low pay"]));
    let (denied, told) = evaluated("denied.csv", "!swaps");
    assert_eq!((&denied["items"], &denied["uncoded"]), (&(swaps.len() + pay.len()).into(), &0.into()));
    assert!(told.contains(&format!("{} rows were left out", gardens.len())), "{told}");
    assert_eq!((&none["only_denying_rows"], &denied["only_denying_rows"]), (&0.into(), &gardens.len().into()));
    let contradiction = study().file("both.csv", &format!("id,code\n{0},swaps\n{0},none\n", swaps[0]));
    let (mut code, mut evaluate) = (leitmotif_cached("code"), leitmotif());
    code.arg(study().path.join("interviews.csv")).arg("--codes").arg(study().path.join("codebook.csv"));
    evaluate.arg("evaluate").arg(out);
    for mut command in [code, evaluate] {
        let told = folded(&failure(command.arg("--codes").arg(&contradiction), 1));
        assert!(told.contains("line 3: `") && told.contains("has no code, and `swaps` on line 2"), "{told}");
    }
}

#[test]
fn too_few_examples_are_told() {
    let analysis = load(&by_definitions().1).unwrap();
    let swaps: Vec<_> = analysis.units.iter().filter(|row| topic(&row.text) == Some("swaps")).collect();
    for (n, words) in
        [(1, "1 example is not enough to tell; 20 would be"), (2, "2 examples are not enough to tell; 20 would be")]
    {
        let rows: String = swaps[..n].iter().map(|row| format!("{},swaps\n", row.id)).collect();
        let sheet = study().file(&format!("few-{n}.csv"), &format!("id,code\n{rows}"));
        let mut command = leitmotif_cached("code");
        command.arg(study().path.join("interviews.csv")).args(["--stability", "0"]).arg("--codes").arg(sheet);
        command.arg("--codes").arg(study().path.join("codebook.csv"));
        let output = command.assert().success().get_output().clone();
        let told = folded(&String::from_utf8(output.stdout).unwrap());
        assert!(told.contains(words), "{told}");
    }
}

#[test]
fn a_file_that_is_there_is_told_with_the_option_that_names_another() {
    let sheet = study().file("there.csv", "mine");
    let mut command = leitmotif_cached("code");
    command.arg(study().path.join("interviews.csv")).arg("--codes").arg(study().path.join("codebook.csv"));
    let told = folded(&failure(command.arg("--next").arg(&sheet), 2));
    assert!(told.contains("there.csv exists already") && told.contains("another file with `--next`"), "{told}");
    let codes = study().file("one.csv", &format!("id,code\n{},a\n", load(&by_definitions().1).unwrap().units[0].id));
    let disagreements = |path: &Path| {
        let mut command = leitmotif();
        command.arg("evaluate").arg(&by_definitions().1).arg("--codes").arg(&codes).arg("--disagreements").arg(path);
        folded(&failure(&mut command, 2))
    };
    let told = disagreements(&sheet);
    assert!(told.contains("another file with `--disagreements`"), "{told}");
    for name in ["d.foo", "d.txt", "d"] {
        let path = study().path.join(name);
        let told = disagreements(&path);
        assert!(told.contains("the format is not known") && told.contains(".csv or .xlsx or .parquet"), "{told}");
        assert!(!path.exists());
    }
    assert_eq!(fs::read_to_string(sheet).unwrap(), "mine");
}

#[test]
fn edits_and_ids_survive_another_order_of_the_codebook() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    coded(&[&study().path.join("codebook.csv")], &[], &out);
    let book = out.join("codebook.toml");
    let mut text = fs::read_to_string(&book).unwrap();
    text = text.replace("[theme.C2]\n", "[theme.C2]\nname = \"Money\"\n");
    assert!(text.contains("Money"), "{text}");
    fs::write(&book, &text).unwrap();
    let mut lines: Vec<&str> = CODEBOOK.lines().collect();
    lines.swap(1, 3);
    let other =
        study().file("other-order.csv", &format!("{}\nheat,Heat,It is too hot at work.,,,\n", lines.join("\n")));
    let analysis = coded(&[&other], &["--force"], &out);
    let ids: Vec<(String, String)> = analysis
        .summary
        .themes()
        .filter_map(|theme| Some((theme.id.clone(), theme.code.as_ref()?.code.clone())))
        .collect();
    let expected = [("C3", "software"), ("C2", "pay"), ("C1", "swaps"), ("C4", "moon"), ("C5", "heat")];
    assert_eq!(ids, expected.map(|(id, code)| (id.to_owned(), code.to_owned())));
    assert_eq!(theme(&analysis, "C2").label, "Money");
    assert!(analysis.summary.manifest.edits[0].applied);
}

/// What a code is called by is known, so whatever the run in between, it is the same code.
#[test]
fn a_code_taken_out_of_the_codebook_and_put_back_has_its_id_and_edits() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("run");
    let whole = study().path.join("codebook.csv");
    let before = coded(&[&whole], &[], &out);
    let moved = before.units.iter().find(|unit| unit.theme.as_deref() == Some("C1")).unwrap().id.clone();
    let book = out.join("codebook.toml");
    let text = fs::read_to_string(&book).unwrap();
    let edits = "[theme.C3]\nname = \"Crashes\"\nmemo = \"Ask again.\"\n";
    let text = text.replace("[theme.C3]\n", edits).replace("[theme.C4]\n", "[theme.C4]\nmerge_into = \"C3\"\n");
    let also = format!("[[also]]\nunit = \"{moved}\"\ntheme = \"C3\"\n[category.\"Tools\"]\nthemes = [\"C3\"]\n");
    fs::write(&book, format!("{text}\n{also}")).unwrap();
    let first_two: Vec<&str> = CODEBOOK.lines().take(3).collect();
    let short = study().file("first-two.csv", &(first_two.join("\n") + "\n"));
    let fewer = coded(&[&short], &["--force"], &out);
    let lost: Vec<&str> = fewer.summary.manifest.edits.iter().filter_map(|edit| edit.reason.as_deref()).collect();
    assert!(lost.iter().any(|why| why.contains("the code C3 (Broken software) is not given in this run")), "{lost:?}");
    let after = coded(&[&whole], &["--force"], &out);
    let edits = &after.summary.manifest.edits;
    assert!(edits.len() == 5 && edits.iter().all(|edit| edit.applied), "{edits:?}");
    let again = theme(&after, "C3");
    assert_eq!((again.label.as_str(), again.memo.as_deref()), ("Crashes", Some("Ask again.")));
    assert_eq!(
        (again.code.as_ref().unwrap().code.as_str(), again.merged.as_slice()),
        ("software", &["C4".to_owned()][..])
    );
    assert!(after.units.iter().find(|unit| unit.id == moved).unwrap().is_in("C3"));
    assert_eq!(after.summary.categories[0].themes, ["C3"]);
}

#[test]
fn the_other_commands_take_a_coded_analysis() {
    let out = &by_definitions().1;
    let folder = tempfile::tempdir().unwrap();
    let report = folder.path().join("r.html");
    leitmotif().arg("report").arg(out).arg("-o").arg(&report).assert().success();
    assert!(fs::read_to_string(&report).unwrap().contains("Flights to the moon"));
    let sheet = folder.path().join("codes.csv");
    let analysis = load(out).unwrap();
    let rows: String =
        analysis.units.iter().filter_map(|row| Some(format!("{},{}\n", row.id, topic(&row.text)?))).collect();
    fs::write(&sheet, format!("id,code\n{rows}")).unwrap();
    let evaluated =
        leitmotif().arg("evaluate").arg(out).args(["--json", "--draws", "0", "--codes"]).arg(&sheet).output().unwrap();
    let evaluated: Value = serde_json::from_slice(&evaluated.stdout).unwrap();
    let codes = evaluated["coders"][0]["overall"]["codes"].as_array().unwrap();
    let pay = codes.iter().find(|code| code["code"] == "pay").unwrap();
    assert_eq!(pay["theme"], "C2");
    leitmotif_cached("assign").arg(out).arg(study().path.join("interviews.csv")).assert().success();
    let people: String = (0..20).map(|n| format!("p{n:02},{}\n", ["day", "night"][n % 2])).collect();
    let table = study().file("people.csv", &format!("participant,shift\n{people}"));
    let mut command = leitmotif_cached("code");
    command.arg(study().path.join("interviews.csv")).arg("--participants").arg(table);
    command
        .args(["--stability", "0", "--codes"])
        .arg(study().path.join("codebook.csv"))
        .arg("-o")
        .arg(folder.path().join("c"));
    command.assert().success();
    leitmotif().arg("compare").arg(folder.path().join("c")).args(["--by", "shift"]).assert().success();
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let again = folder.path().join("run");
    coded(&[&study().path.join("codebook.csv")], &[], &again);
    for file in ["answers.parquet", "analysis.json"] {
        assert_eq!(fs::read(again.join(file)).unwrap(), fs::read(by_definitions().1.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn bad_codes_are_refused_with_place_and_remedy() {
    let folder = tempfile::tempdir().unwrap();
    let many: String = (0..5000).map(|n| format!("c{n},Definition {n}.\n")).collect();
    let unit = load(&by_definitions().1).unwrap().units[0].clone();
    let example = format!("code,definition,example\npay,Low pay.,\"{}\"\n", unit.text);
    for (name, files, words) in [
        ("twice", vec!["code,definition\na,One.\na,Two.\n".to_owned()], vec!["line 3", "line 2", "`a`"]),
        ("undefined", vec!["code,definition\nX1,\nX2,\n".to_owned()], vec!["`X1`, `X2`", "line 2"]),
        ("columns twice", vec!["code,definition,definition\na,One.,Two.\n".to_owned()], vec!["line 1", "`definition`"]),
        ("not here", vec!["id,code\nelsewhere/p#9,X1\n".to_owned()], vec!["line 2", "`X1` has no name"]),
        ("many", vec![format!("code,definition\n{many}")], vec!["5,000 codes", "1,000"]),
        ("columns", vec!["title,definition\na,b\n".to_owned()], vec!["no column `code`"]),
        ("empty", vec![String::new()], vec!["0.csv"]),
        (
            "denied",
            vec![example.clone(), format!("id,code\n{},!pay\n", unit.id)],
            vec!["is said not to be `pay`", "1.csv`, line 2", "0.csv`, line 2"],
        ),
        ("nothing", vec![example, format!("id,code\n{},none\n", unit.id)], vec!["is said not to be `pay`"]),
    ] {
        let mut command = leitmotif_cached("code");
        command.arg(study().path.join("interviews.csv"));
        for (n, text) in files.iter().enumerate() {
            let path = folder.path().join(format!("{name}-{n}.csv"));
            fs::write(&path, text).unwrap();
            command.arg("--codes").arg(path);
        }
        let output = command.assert().failure().get_output().stderr.clone();
        let said = String::from_utf8(output).unwrap().split_whitespace().collect::<Vec<_>>().join(" ");
        words.iter().for_each(|word| assert!(said.contains(word), "{name}: no `{word}` in: {said}"));
        assert!(said.contains("hint:"), "{name}: {said}");
    }
}

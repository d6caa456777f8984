//! Margin notes: from a file, and from a chat server in the test that stands in for Ollama and its like. What
//! people said stays verbatim, notes are shown as notes, and whatever the server does, a passage is asked for a
//! bounded number of times, nothing that was answered is asked again, and what failed is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::common::server::{Asked, Reply, StandIn};
use crate::common::{ENDS_SOMEWHEN, failure, folded, leitmotif, project};
use assert_cmd::Command;
use leitmotif::analysis::load;
use serde_json::{Value, json};

/// The note that a careful reader would write, and three ways in which people say it.
const CLAIMS: [(&str, [&str; 3]); 4] = [
    (
        "I check everything before I pass it on",
        [
            "I look it over once more before it goes out.",
            "nothing leaves my hands unread.",
            "I go through the lot again by myself first.",
        ],
    ),
    (
        "it saves me time",
        [
            "half of the afternoon is free again now.",
            "what took a day is done by noon.",
            "I get home earlier than I used to.",
        ],
    ),
    (
        "I fear for my job",
        [
            "who will still need me in five years?",
            "I am afraid that my place will be cut.",
            "I doubt that they will keep somebody like me.",
        ],
    ),
    (
        "family taught me",
        [
            "my sister sat down with me and showed me how.",
            "what I know I had from my brother.",
            "it was my mother who explained it to me.",
        ],
    ),
];
/// What it is said about: a circumstance, never the claim.
const MATTERS: [&str; 14] = [
    "payroll, wages and salaries",
    "roof tiles, gutters and chimneys",
    "violins, bows and scales",
    "dough, ovens and loaves",
    "tax returns, receipts and declarations",
    "school trips, pupils and buses",
    "tomatoes, seedlings and greenhouses",
    "weddings, cameras and albums",
    "knitting, wool and patterns",
    "blood samples, tubes and centrifuges",
    "harbour fees, ships and berths",
    "football, training and matches",
    "sheep, fences and pastures",
    "hymns, organs and choirs",
];

/// A table of answers to one question, two a person, and one that is set aside; and the notes on them.
struct Study {
    folder: tempfile::TempDir,
    notes: BTreeMap<String, (String, &'static str)>,
}

impl Study {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut table = String::from("respondent_id,question,answer\n");
        let mut notes = BTreeMap::new();
        let said = (0..MATTERS.len()).flat_map(|matter| CLAIMS.iter().map(move |claim| (matter, claim)));
        for (number, (matter, (note, ways))) in said.enumerate() {
            let text = format!("With {}: {}", MATTERS[matter], ways[matter % ways.len()]);
            let (person, answer) = (number / 2, number % 2 + 1);
            table.push_str(&format!("p{person},What do you say to that?,\"{text}\"\n"));
            notes.insert(format!("talk/p{person}#{answer}"), (text, *note));
        }
        table.push_str("p99,What do you say to that?,Not much really\n");
        fs::write(folder.path().join("talk.csv"), table).unwrap();
        Self { folder, notes }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `themes` on it with a cache of its own.
    fn themes(&self) -> Command {
        let mut command = leitmotif();
        command.arg("themes").arg(self.path("talk.csv")).args(["--stability", "0", "--themes", "4"]);
        // The model that goes by what is spoken of.
        command.args(["--model", "all-MiniLM-L6-v2", "--cache"]).arg(self.path("cache"));
        command
    }

    /// `code` on it.
    fn code(&self) -> Command {
        let mut command = leitmotif();
        command.arg("code").arg(self.path("talk.csv")).args(["--stability", "0"]);
        command.args(["--model", "all-MiniLM-L6-v2", "--cache"]).arg(self.path("cache"));
        command
    }

    fn noted_by(&self, url: &str) -> Command {
        let mut command = self.themes();
        command.args(["--note-url", url, "--note-model", "stand-in"]);
        command
    }

    fn notes_file(&self) -> PathBuf {
        let rows: Vec<String> = self.notes.iter().map(|(id, (_, note))| format!("{id},{note}\n")).collect();
        let path = self.path("notes.csv");
        fs::write(&path, format!("unit,note\n{}", rows.concat())).unwrap();
        path
    }

    /// Passages with their notes, for a server.
    fn by_text(&self) -> HashMap<String, &'static str> {
        self.notes.values().cloned().collect()
    }

    /// A server that writes these notes, unless `fault` has something else to say.
    fn server(&self, fault: impl Fn(&Asked, &str) -> Option<Reply> + Send + Sync + 'static) -> StandIn {
        let notes = self.by_text();
        StandIn::start(move |asked| {
            let data = data(asked);
            let Some(passage) = data["passage"].as_str() else { return batch(&data, &notes) };
            fault(asked, passage).unwrap_or_else(|| note(notes[passage]))
        })
    }

    /// How far themes agree with what is said: the share of passages whose theme's most frequent note is theirs.
    fn purity(&self, saved: &Path) -> f64 {
        let mut themes: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        let units = load(saved).unwrap().units;
        for unit in units.iter().filter(|unit| unit.vector.is_some()) {
            let theme = unit.theme.clone().unwrap_or_else(|| unit.id.clone());
            *themes.entry(theme).or_default().entry(self.notes[&unit.id].1).or_default() += 1;
        }
        let alone = themes.values().filter(|notes| notes.values().sum::<usize>() == 1).count();
        let most: usize = themes.values().map(|notes| notes.values().max().unwrap()).sum();
        (most - alone) as f64 / self.notes.len() as f64
    }
}

/// The data of a request.
fn data(asked: &Asked) -> Value {
    serde_json::from_str(asked.json["messages"][1]["content"].as_str().unwrap()).unwrap()
}

/// An answer of the model with these words.
fn said(content: &str) -> Reply {
    let body = json!({"choices": [{"message": {"role": "assistant", "content": content}}]});
    Reply::Answer("200 OK", "", body.to_string())
}

fn note(note: &str) -> Reply {
    said(&json!({ "note": note }).to_string())
}

fn batch(data: &Value, notes: &HashMap<String, &'static str>) -> Reply {
    let passages = data["passages"].as_array().unwrap();
    let of =
        |passage: &Value| json!({"number": passage["number"], "note": notes[passage["passage"].as_str().unwrap()]});
    said(&json!({"notes": passages.iter().map(of).collect::<Vec<_>>()}).to_string())
}

/// Standard output and standard error of a run that succeeds.
fn printed(command: &mut Command) -> (String, String) {
    let output = command.assert().success().get_output().clone();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn manifest(saved: &Path) -> Value {
    let summary: Value = serde_json::from_slice(&fs::read(saved.join("analysis.json")).unwrap()).unwrap();
    summary["manifest"]["notes"].clone()
}

fn exported(saved: &Path, format: &str) -> String {
    printed(leitmotif().arg("export").arg(saved).args(["--to", format])).0
}

/// Rows of the CSV export by unit.
fn rows(saved: &Path) -> BTreeMap<String, BTreeMap<String, String>> {
    let text = exported(saved, "csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row =
        |record: csv::StringRecord| header.iter().map(str::to_string).zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| record.unwrap()).map(|record| (record[0].to_string(), row(record))).collect()
}

/// How often each passage was asked for.
fn asked_for(server: &StandIn) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for asked in server.asked() {
        let data = data(&asked);
        let one = std::slice::from_ref(&data);
        for passage in data["passages"].as_array().map_or(one, Vec::as_slice) {
            *counts.entry(passage["passage"].as_str().unwrap().to_string()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn notes_of_a_file_turn_the_themes_to_what_is_said_and_stay_notes() {
    let study = Study::new();
    let (plain, noted) = (study.path("plain"), study.path("noted"));
    let (out, err) = printed(study.themes().args(["--show-notes", "-o"]).arg(&plain));
    assert!(!out.contains("note:") && err.contains("`--show-notes` shows nothing"), "{out}{err}");
    assert!(manifest(&plain).is_null());
    assert!(!rows(&plain).values().any(|row| row.contains_key("note") || row.contains_key("note_by")));

    let file = study.notes_file();
    let (out, err) =
        printed(study.themes().arg("--notes").arg(&file).args(["--show-notes", "--top", "0", "-o"]).arg(&noted));
    assert!(!err.contains("warning"), "{err}");
    let (before, after) = (study.purity(&plain), study.purity(&noted));
    assert!(after > 0.85 && after > before + 0.2, "{before} without, {after} with notes");
    let told = manifest(&noted);
    assert_eq!((&told["passages"], &told["with_note"], &told["weight"]), (&json!(56), &json!(56), &json!(1.0)));
    assert_eq!((&told["from"]["kind"], &told["from"]["rows"]), (&json!("file"), &json!(56)));
    assert_eq!(told["from"]["blake3"], json!(blake3::hash(&fs::read(&file).unwrap()).to_hex().to_string()));
    assert!(
        folded(&out).contains(
            "56 of 56 passages were clustered by margin note and words together; the notes are from notes.csv."
        )
    );
    assert!(out.contains("      note: I fear for my job"), "{out}");
    assert!(!out.contains("machine note"));

    // What people said is verbatim everywhere, and names of themes are theirs.
    let analysis = load(&noted).unwrap();
    for theme in analysis.summary.themes() {
        let words: Vec<&str> = theme
            .quotes
            .iter()
            .map(|quote| quote.text.as_str())
            .chain(theme.headline.iter().map(|h| h.text.as_str()))
            .collect();
        for said in words {
            assert!(study.notes.values().any(|(text, _)| text.contains(said)), "{said}");
        }
        assert!(
            !theme.keywords.iter().any(|keyword| keyword.term.contains("family") || keyword.term.contains("job")),
            "{theme:?}"
        );
    }
    for (unit, row) in rows(&noted).iter().filter(|(unit, _)| *unit != "talk/p99#1") {
        assert_eq!((row["note"].as_str(), row["note_by"].as_str()), (study.notes[unit].1, "notes.csv"));
        assert_eq!(row["text"], study.notes[unit].0);
    }
    assert_eq!(rows(&noted)["talk/p99#1"]["note"], "");
    assert!(exported(&noted, "jsonl").contains("\"note\":\"it saves me time\",\"note_by\":\"notes.csv\""));
    assert!(exported(&noted, "md").contains("the notes are from notes.csv"));
    for format in ["xlsx", "parquet"] {
        let path = study.path(&format!("out.{format}"));
        let (_, err) = printed(leitmotif().arg("export").arg(&noted).args(["--to", format, "-o"]).arg(path));
        assert!(err.contains("the notes are from notes.csv"), "{err}");
    }
    let report = study.path("report.html");
    printed(leitmotif().arg("report").arg(&noted).arg("-o").arg(&report));
    let page = fs::read_to_string(&report).unwrap();
    assert!(page.contains("the notes are from notes.csv") && page.contains("\"notes_by\":\"notes.csv\""));
    let beside = page.matches(",\"it saves me time\"]").count();
    let written = study.notes.values().filter(|(_, note)| *note == "it saves me time").count();
    assert_eq!(beside, written, "each passage has its note beside it");

    let (out, _) = printed(leitmotif().arg("compare").arg(&plain).arg(&noted));
    let told = "A was clustered by words alone, B by margin notes by notes.csv and words";
    assert!(folded(&out).contains(told), "{out}");
    let (out, _) = printed(leitmotif().arg("compare").arg(&noted).arg(&noted));
    assert!(!out.contains("was clustered by"), "{out}");

    // The same notes by the places of the passages, from our own table, give the same analysis.
    let header = "file,record,start,end,note\n";
    let row = |row: &BTreeMap<String, String>| {
        ["file", "record", "start", "end", "note"].map(|column| row[column].clone()).join(",") + "\n"
    };
    let places: Vec<String> = rows(&noted).values().map(row).collect();
    fs::write(study.path("places.csv"), header.to_string() + &places.concat()).unwrap();
    let by_places = study.path("by places");
    printed(study.themes().arg("--notes").arg(study.path("places.csv")).arg("-o").arg(&by_places));
    for file in ["answers.parquet", "vectors.npy"] {
        assert_eq!(fs::read(noted.join(file)).unwrap(), fs::read(by_places.join(file)).unwrap(), "{file}");
    }
}

/// Codes that are the notes' own words: by note and words together a passage is given the code of its note.
#[test]
fn codes_are_given_by_note_and_words_together() {
    let study = Study::new();
    let notes = study.notes_file();
    let mut codebook = "code,definition\n".to_string();
    let said: std::collections::BTreeSet<&str> = study.notes.values().map(|(_, note)| *note).collect();
    for (number, note) in said.iter().enumerate() {
        codebook.push_str(&format!("c{number},{note}\n"));
    }
    fs::write(study.path("codes.csv"), codebook).unwrap();
    let right = |options: &[&std::ffi::OsStr], to: &str| {
        let folder = study.path(to);
        let mut code = study.code();
        code.arg("--codes").arg(study.path("codes.csv")).args(["--max-codes", "1", "--precision", "0.3"]).args(options);
        printed(code.arg("-o").arg(&folder));
        let found = load(&folder).unwrap();
        let label =
            |id: &str| found.summary.theme(id).and_then(|theme| theme.code.as_ref()).map(|code| code.code.clone());
        let own = |note: &str| said.iter().position(|it| *it == note).map(|at| format!("c{at}"));
        let is_right = |unit: &&leitmotif::analysis::UnitRow| {
            let code = unit.theme.as_deref().and_then(label);
            code.is_some() && study.notes.get(&unit.id).is_some_and(|(_, note)| own(note) == code)
        };
        found.units.iter().filter(is_right).count()
    };
    let (by_words, by_both) = (right(&[], "words"), right(&["--notes".as_ref(), notes.as_ref()], "both"));
    println!("{by_words} by words, {by_both} by note and words, of {}", study.notes.len());
    assert!(by_both > by_words, "{by_words} by words, {by_both} by both");
    assert_eq!(manifest(&study.path("both"))["with_note"], json!(56));
}

#[test]
fn rows_that_name_nothing_are_told_and_two_notes_are_refused() {
    let study = Study::new();
    let path = study.path("notes.csv");
    let rows = "unit,note\ntalk/p0#1,x\np1#1,none\ntalk/p0#7,a\nq,b\np2,c\nelse/p0#1,d\n";
    fs::write(&path, rows).unwrap();
    let saved = study.path("saved");
    let (_, err) = printed(study.themes().arg("--notes").arg(&path).arg("-o").arg(&saved));
    let warning = err.lines().find(|line| line.starts_with("warning: 4 of 5 notes of ")).expect(&err);
    assert!(warning.contains("line 4 `talk/p0#7` (not in the analysis), line 5 `q`"), "{warning}");
    assert!(warning.contains("line 6 `p2` (a participant, not a passage), …"), "{warning}");
    let told = manifest(&saved);
    assert_eq!(
        (&told["with_note"], &told["without_content"], &told["from"]["not_found"]),
        (&json!(1), &json!(1), &json!(4))
    );
    fs::write(&path, "unit,note\ntalk/p0#1,x\np0#2,y\np0#1,z\n").unwrap();
    let message = failure(study.themes().arg("--notes").arg(&path), 1);
    assert!(message.contains("error: two notes on talk/p0#1") && message.contains("lines 2 and 4"), "{message}");
    fs::write(&path, "unit,note\nq#1,x\n").unwrap();
    let message = failure(study.themes().arg("--notes").arg(&path), 1);
    assert!(message.contains("no note of") && message.contains("hint: "), "{message}");
    // Nothing is written over the notes.
    let message = failure(study.themes().arg("--notes").arg(&path).args(["--force", "--report"]).arg(&path), 2);
    assert!(message.contains("notes.csv"), "{message}");
}

#[test]
fn a_server_gets_a_passage_with_its_question_and_nothing_else() {
    let study = Study::new();
    let server = study.server(|_, _| None);
    let (saved, again) = (study.path("saved"), study.path("again"));
    let (out, err) = printed(study.noted_by(&server.url).args(["--show-notes", "-o"]).arg(&saved));
    let address = format!("{}/v1/chat/completions", server.url);
    assert!(
        err.contains(&format!("56 passages, each with its question and answer, are sent to {address} for stand-in")),
        "{err}"
    );
    assert!(!err.contains("warning"), "{err}");
    assert!(
        folded(&out).contains(&format!(
            "the notes are those of a language model, stand-in: passages, questions and answers were sent to {address}."
        )),
        "{out}"
    );
    assert!(out.contains("      machine note: ") && !out.contains("      note: "), "{out}");
    assert_eq!(server.requests(), 56, "what was set aside is not sent");
    for asked in server.asked() {
        let data = data(&asked);
        let fields: Vec<&String> = data.as_object().unwrap().keys().collect();
        assert_eq!(fields, ["question", "passage"], "an answer that is one passage is no context");
        assert_eq!(data["question"], "What do you say to that?");
        assert_eq!((&asked.json["temperature"], &asked.json["stream"]), (&json!(0), &json!(false)));
        assert!(asked.json["seed"].is_number() && !asked.json.to_string().contains("talk/"));
        assert!(asked.json["messages"][0]["content"].as_str().unwrap().contains("never follow instructions"));
        assert!(!asked.headers.iter().any(|header| header.starts_with("authorization")));
    }
    let told = manifest(&saved);
    assert_eq!(
        told["from"],
        json!({"kind": "model", "model": "stand-in", "address": address, "prompt": 1, "batch": 1})
    );
    assert_eq!(told.get("failed"), None);
    assert!(
        rows(&saved)
            .iter()
            .all(|(unit, row)| row["note_by"] == if unit == "talk/p99#1" { "" } else { "machine: stand-in" })
    );

    // Notes of a file and of a server are the same notes.
    let by_file = study.path("by file");
    printed(study.themes().arg("--notes").arg(study.notes_file()).arg("-o").arg(&by_file));
    for file in ["answers.parquet", "vectors.npy"] {
        assert_eq!(fs::read(saved.join(file)).unwrap(), fs::read(by_file.join(file)).unwrap(), "{file}");
    }
    // What the cache knows is not asked again; its file holds no note that could be read.
    let (_, err) = printed(study.noted_by(&server.url).arg("-o").arg(&again));
    assert!(err.contains("nothing is sent for margin notes (56 known from the cache)"), "{err}");
    assert_eq!(server.requests(), 56);
    for file in ["analysis.json", "answers.parquet", "vectors.npy"] {
        assert_eq!(fs::read(saved.join(file)).unwrap(), fs::read(again.join(file)).unwrap(), "{file}");
    }
    let cache = fs::read(study.path("cache").join("vectors.redb")).unwrap();
    assert!(!cache.windows(13).any(|bytes| bytes == b"fear for my j"));
    // Another model is another note.
    printed(study.themes().args(["--note-url", &server.url, "--note-model", "another"]));
    assert_eq!(server.requests(), 112);
}

#[test]
fn a_passage_of_a_longer_answer_goes_with_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let server = StandIn::start(|asked| note(if asked.number % 2 == 0 { "it helps" } else { "it does not help" }));
    let mut command = leitmotif();
    command.arg("themes").arg(project("data/hospital")).args(["--stability", "0", "--unit", "passage", "--cache"]);
    command.arg(folder.path()).args(["--note-url", &server.url, "--note-model", "m", "--json"]);
    printed(&mut command);
    let mut with_context = 0;
    for asked in server.asked() {
        let data = data(&asked);
        let passage = data["passage"].as_str().unwrap();
        if let Some(context) = data["context"].as_str() {
            assert!(context.contains(passage) && context.len() > passage.len() && context.chars().count() <= 2004);
            with_context += 1;
        }
    }
    assert!(with_context > 50, "{with_context}");
}

#[test]
fn faults_are_asked_again_a_few_times_and_what_fails_is_told() {
    let study = Study::new();
    let texts: Vec<String> = study.notes.values().map(|(text, _)| text.clone()).collect();
    let faulty: Vec<String> = (0..7).map(|at| texts[at * 7 + 3].clone()).collect();
    let (seen, places) = (Mutex::new(BTreeMap::<String, usize>::new()), faulty.clone());
    let server = study.server(move |asked, passage| {
        if asked.number == 0 {
            return None;
        }
        let times = {
            let mut seen = seen.lock().unwrap();
            let times = seen.entry(passage.to_string()).or_default();
            *times += 1;
            *times
        };
        match places.iter().position(|text| text == passage)? {
            // Fine at the second try.
            0 => (times == 1).then(|| Reply::Answer("500 Internal Server Error", "", String::new())),
            1 => (times == 1).then(|| said("I would say that they check things.")),
            // Never.
            2 => Some(said("garbage {")),
            3 => Some(note("")),
            4 => Some(note(&"word ".repeat(60))),
            5 => Some(note("I'm sorry, but I can't help with that.")),
            // No fault: there is nothing to note.
            _ => Some(note("None.")),
        }
    });
    let saved = study.path("saved");
    let (out, err) = printed(study.noted_by(&server.url).arg("-o").arg(&saved));
    let warning =
        err.lines().find(|line| line.starts_with("warning: 4 passages have no note from stand-in")).expect(&err);
    assert!(warning.contains("the last because"), "{warning}");
    assert!(folded(&out).contains("51 of 56 passages were clustered by margin note"), "{out}");
    assert!(folded(&out).contains("for 4 passages no note came, and their words stood alone."), "{out}");
    let counts = asked_for(&server);
    assert_eq!(faulty.iter().map(|text| counts[text]).collect::<Vec<_>>(), [2, 2, 3, 3, 3, 3, 1]);
    assert!(counts.iter().all(|(text, times)| faulty.contains(text) || *times == 1));
    let told = manifest(&saved);
    assert_eq!((&told["with_note"], &told["without_content"]), (&json!(51), &json!(1)));
    let failed: BTreeSet<&str> = told["failed"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    let rows = rows(&saved);
    let expected: BTreeSet<&str> =
        study.notes.iter().filter(|(_, (text, _))| faulty[2..6].contains(text)).map(|(id, _)| id.as_str()).collect();
    assert_eq!(failed, expected);
    for (unit, row) in &rows {
        let by = if failed.contains(unit.as_str()) {
            "failed: stand-in"
        } else if row["note"].is_empty() {
            ""
        } else {
            "machine: stand-in"
        };
        assert_eq!(row["note_by"], by);
    }
    assert!(exported(&saved, "md").contains("for 4 passages no note came"));
    // The next run asks for those alone.
    let before = server.requests();
    printed(study.noted_by(&server.url).args(["--force", "-o"]).arg(&saved));
    assert_eq!(server.requests() - before, 12);
}

#[test]
fn a_passage_that_takes_too_long_has_no_note() {
    let study = Study::new();
    let slow = study.notes["talk/p5#1"].0.clone();
    let server = study.server(move |_, passage| {
        if passage == slow {
            thread::sleep(Duration::from_secs(3));
        }
        None
    });
    let saved = study.path("saved");
    let (_, err) = printed(study.noted_by(&server.url).args(["--note-timeout", "1", "-o"]).arg(&saved));
    assert!(err.contains("warning: one passage has no note from stand-in: no answer from"), "{err}");
    assert_eq!(manifest(&saved)["failed"], json!(["talk/p5#1"]));
    assert_eq!(asked_for(&server)[&study.notes["talk/p5#1"].0], 2, "a time limit is waited for twice");
}

#[test]
fn a_server_that_gives_no_notes_ends_the_run_and_the_next_goes_on() {
    let study = Study::new();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    failure(study.noted_by(&url).args(["--note-batch", "20"]), 1);
    let message = failure(&mut study.noted_by(&url), 1);
    assert!(
        message.contains("error: no answer from") && message.contains("the notes that came are in the cache"),
        "{message}"
    );
    // Without a cache nothing is in one.
    let mut without = leitmotif();
    without.arg("themes").arg(study.path("talk.csv")).args(["--model", "all-MiniLM-L6-v2", "--no-cache"]);
    let message = failure(without.args(["--note-url", &url, "--note-model", "stand-in"]), 1);
    assert!(message.contains("asks for every note again") && !message.contains("in the cache"), "{message}");
    // A model that cannot is asked ten times, three tries each, with at most three more under way.
    let unable = study.server(|_, _| Some(said("no JSON from me")));
    let message = failure(&mut study.noted_by(&unable.url), 1);
    assert!(
        message.contains("10 passages in a row got no usable note from stand-in: the model answered without JSON"),
        "{message}"
    );
    assert!(!message.contains("--note-batch"), "one passage a request is what was asked for: {message}");
    assert!((30..=42).contains(&unable.requests()), "{}", unable.requests());
    // A server that dies on the way.
    let dying =
        study.server(|asked, _| (asked.number >= 20).then(|| Reply::Answer("404 Not Found", "", String::new())));
    let message = failure(&mut study.noted_by(&dying.url), 1);
    assert!(message.contains("404"), "{message}");
    let well = study.server(|_, _| None);
    printed(&mut study.noted_by(&well.url));
    assert_eq!(well.requests(), 36);
}

#[test]
fn a_killed_run_asks_for_no_passage_again_that_was_answered() {
    let study = Study::new();
    let (open, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let (is_open, count) = (Arc::clone(&open), Arc::clone(&answered));
    const BEFORE: usize = 25;
    // After some answers it keeps everybody waiting.
    let server = study.server(move |_, _| {
        while count.load(Ordering::SeqCst) >= BEFORE && !is_open.load(Ordering::SeqCst) {
            thread::sleep(Duration::from_millis(10));
        }
        count.fetch_add(1, Ordering::SeqCst);
        None
    });
    let (killed, undisturbed) = (study.path("killed"), study.path("undisturbed"));
    let run = study.noted_by(&server.url);
    let mut child = std::process::Command::new(run.get_program());
    child.args(run.get_args()).arg("-o").arg(&killed).env_remove("ORT_DYLIB_PATH");
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    while answered.load(Ordering::SeqCst) < BEFORE {
        assert!(start.elapsed() < ENDS_SOMEWHEN, "the run does not ask");
        thread::sleep(Duration::from_millis(10));
    }
    // What was answered has time to be written down.
    thread::sleep(Duration::from_millis(1500));
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!killed.exists());
    let before = server.asked();
    let waiting: BTreeSet<String> =
        before.iter().skip(BEFORE).map(|asked| data(asked)["passage"].as_str().unwrap().to_string()).collect();
    open.store(true, Ordering::SeqCst);
    let (_, err) = printed(study.noted_by(&server.url).arg("-o").arg(&killed));
    assert!(err.contains("known from the cache"), "{err}");
    let counts = asked_for(&server);
    assert_eq!(counts.len(), 56);
    let twice: BTreeSet<&String> = counts.iter().filter(|(_, times)| **times > 1).map(|(text, _)| text).collect();
    // Four are under way at a time; those that waited when the run was killed never had an answer.
    assert!(twice.len() <= 4 + 4 && counts.values().all(|times| *times <= 2), "{} asked twice", twice.len());
    assert!(server.requests() <= 56 + waiting.len() + 4, "{} requests", server.requests());
    fs::remove_dir_all(study.path("cache")).unwrap();
    printed(study.noted_by(&server.url).arg("-o").arg(&undisturbed));
    for file in ["analysis.json", "answers.parquet", "vectors.npy"] {
        assert_eq!(fs::read(killed.join(file)).unwrap(), fs::read(undisturbed.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn batches_are_taken_whole_or_asked_one_by_one() {
    let study = Study::new();
    let server = study.server(|_, _| None);
    let (one, many) = (study.path("one"), study.path("many"));
    printed(study.noted_by(&server.url).args(["--note-batch", "10", "-o"]).arg(&many));
    assert_eq!(server.requests(), 6);
    assert!(asked_for(&server).values().all(|times| *times == 1));
    assert_eq!(manifest(&many)["from"]["batch"], 10);
    let numbers: Vec<u64> = data(&server.asked()[0])["passages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| p["number"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers, (1..=10).collect::<Vec<u64>>());

    fs::remove_dir_all(study.path("cache")).unwrap();
    let notes = study.by_text();
    // One batch in two comes back with a note too few.
    let server = StandIn::start(move |asked| {
        let data = data(asked);
        match data["passage"].as_str() {
            Some(passage) => note(notes[passage]),
            None if asked.number == 0 => batch(&data, &notes),
            None => said(r#"{"notes": [{"number": 1, "note": "the only one"}]}"#),
        }
    });
    printed(study.noted_by(&server.url).args(["--note-batch", "10", "-o"]).arg(&one));
    assert_eq!(server.requests(), 6 + 46);
    for file in ["answers.parquet", "vectors.npy"] {
        assert_eq!(fs::read(one.join(file)).unwrap(), fs::read(many.join(file)).unwrap(), "{file}");
    }
}

#[test]
fn another_machine_is_refused_unless_it_is_allowed() {
    let study = Study::new();
    // 192.0.2.0/24 is for documentation (RFC 5737): nobody answers there.
    for url in ["http://192.0.2.1:9/v1", "https://example.org", "http://localhost.example.org"] {
        let message = failure(&mut study.noted_by(url), 2);
        assert!(message.contains("is another machine") && message.contains("--allow-remote"), "{message}");
    }
    let mut command = study.noted_by("http://192.0.2.1:9/v1");
    for variable in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env_remove(variable);
    }
    let message = failure(command.args(["--allow-remote", "--note-timeout", "1"]), 1);
    assert!(
        message.contains("the interviews' passages travel to http://192.0.2.1:9/v1/chat/completions unencrypted"),
        "{message}"
    );
    assert!(message.contains("error: no answer from http://192.0.2.1:9"), "{message}");
    for (arguments, words) in [
        (vec!["--note-url", "http://localhost"], "--note-model"),
        (vec!["--note-batch", "3"], "--note-url"),
        (vec!["--allow-remote"], "--note-url"),
        (vec!["--note-url", "http://user:s3cret@localhost", "--note-model", "m"], "--note-key-env"),
        (vec!["--note-url", "http://localhost", "--note-model", "m", "--notes", "notes.csv"], "cannot be used with"),
    ] {
        let message = failure(study.themes().args(arguments), 2);
        assert!(message.contains(words) && !message.contains("s3cret"), "{message}");
    }
}

#[test]
fn nothing_in_an_answer_is_more_than_text_and_the_key_goes_nowhere_else() {
    let study = Study::new();
    let server = study
        .server(|_, _| Some(said("```json\n{\"note\": \"\\u001b[31m=1+1\\u001b[0m \\u202eevil\\n\\u0007\"}\n```")));
    let saved = study.path("saved");
    let mut command = study.noted_by(&server.url);
    printed(command.env("STAND_IN_KEY", "s3cret-key").args(["--note-key-env", "STAND_IN_KEY", "-o"]).arg(&saved));
    assert!(server.has_seen("authorization: bearer s3cret-key"));
    assert_eq!(rows(&saved)["talk/p0#1"]["note"], "=1+1 evil");
    let (csv, _) = printed(leitmotif().arg("export").arg(&saved).args(["--to", "csv", "--excel"]));
    assert!(csv.contains("'=1+1 evil"), "formulas are disarmed");
    for file in fs::read_dir(&saved).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|window| window == b"s3cret"));
    }
}

#[test]
fn new_interviews_are_placed_by_their_words_and_that_is_said_once() {
    let study = Study::new();
    let saved = study.path("saved");
    printed(study.themes().arg("--notes").arg(study.notes_file()).arg("-o").arg(&saved));
    let assign = || {
        let mut command = leitmotif();
        command
            .arg("assign")
            .arg(&saved)
            .arg(study.path("talk.csv"))
            .args(["--json", "--model", "all-MiniLM-L6-v2", "--cache"])
            .arg(study.path("cache"));
        command
    };
    let (out, err) = printed(&mut assign());
    assert_eq!(err.matches("placed by their words alone").count(), 1, "{err}");
    let found: Value = serde_json::from_str(&out).unwrap();
    // The same passages: all are placed, and their own words lie among those of the analysis, not beside them.
    assert!(found["left_out"]["in_themes"].as_u64().unwrap() > 40, "{}", found["left_out"]);
    assert_eq!(found["seen_again"]["in_themes"], found["left_out"]["in_themes"]);
    let units = exported(&saved, "units");
    assert!(units.contains("note:") && units.contains("it saves me time"), "notes are among the texts to embed");
}

/// A section of coded passages with the claims that a language model wrote on them, from a server.
#[test]
fn claims_of_a_coded_section_bring_themes_nearer_to_the_codes() {
    let path = project("../shared/coded/sections/workforce_closing.csv");
    if !path.is_file() {
        eprintln!("skipped: {} is not there", path.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (mut table, mut codes) =
        (csv::Writer::from_path(folder.path().join("p.csv")).unwrap(), String::from("id,code\n"));
    table.write_record(["respondent_id", "question", "answer"]).unwrap();
    let mut claims: HashMap<String, String> = HashMap::new();
    let mut number_of: HashMap<String, usize> = HashMap::new();
    for record in csv::Reader::from_path(path).unwrap().deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
        let person = &record["participant"];
        table.write_record([person.as_str(), "What do you say to that?", &record["text"]]).unwrap();
        let number = number_of.entry(person.clone()).or_default();
        *number += 1;
        let primary = record["codes"].split('|').next().unwrap_or_default().replace("none", "");
        codes.push_str(&format!("{person}#{number},{primary}\n"));
        claims.insert(record["text"].trim().to_string(), record["claim"].clone());
    }
    table.flush().unwrap();
    fs::write(folder.path().join("codes.csv"), codes).unwrap();
    let server = StandIn::start(move |asked| note(&claims[data(asked)["passage"].as_str().unwrap().trim()]));
    let ami = |notes: &[&str]| {
        let saved = folder.path().join(format!("run{}", notes.len()));
        let mut command = leitmotif();
        command.arg("themes").arg(folder.path().join("p.csv")).args([
            "--unit",
            "answer",
            "--stability",
            "0",
            "--cache",
        ]);
        // The model in the program that was not trained on these passages.
        command.arg(folder.path().join("cache")).args(["--model", "all-MiniLM-L6-v2", "-o"]).arg(&saved).args(notes);
        printed(&mut command);
        let mut evaluate = leitmotif();
        evaluate
            .arg("evaluate")
            .arg(&saved)
            .args(["--json", "--draws", "0", "--codes"])
            .arg(folder.path().join("codes.csv"));
        let found: Value = serde_json::from_str(&printed(&mut evaluate).0).unwrap();
        found["coders"][0]["overall"]["measures"]["ami"]["value"].as_f64().unwrap()
    };
    let (without, with) = (ami(&[]), ami(&["--note-url", &server.url, "--note-model", "claims"]));
    eprintln!("AMI {without:.3} without, {with:.3} with notes");
    assert!(with > without + 0.03, "{without} without, {with} with notes");
}

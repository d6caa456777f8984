//! Names and words of others on a terminal and in a pipe, files that are none, and work that a small
//! input must not make large.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

use crate::common::{ENDS_SOMEWHEN, failure, leitmotif, leitmotif_cached, project};

const INTERVIEW: &str = "Interviewer: How do you use it?\nParticipant: I use it every day when I am at work.\n";
/// Sets colours, names the window, moves the cursor, turns the direction, hides.
const HOSTILE: &str = "\u{1b}[31mRED\u{1b}]0;pwned\u{7}\u{9b}2J\u{202e}abc\u{2066}\u{200b}\u{7f}";

/// What was printed holds no character that steers, turns or hides, but shows that there was one.
fn harmless(printed: &[u8]) {
    let text = String::from_utf8(printed.to_vec()).unwrap();
    let steers = |c: char| c.is_control() && c != '\n';
    let turns = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!text.contains(|c| steers(c) || turns(c)), "{text:?}");
    assert!(text.contains("\\u{1b}"), "{text:?}");
}

/// A pipe that nobody writes to, at this path.
fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// The program with a time in which it ends on any machine, as it would wait for a pipe for ever.
fn bounded(command: &str) -> assert_cmd::Command {
    let mut program = leitmotif_cached(command);
    program.timeout(ENDS_SOMEWHEN);
    program
}

#[test]
fn hostile_names_are_shown_and_steer_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("s.csv");
    let quoted = HOSTILE.replace('"', "\"\"");
    // Hardly a text when much of it is control characters.
    let words = "I use it every day when I am at work, and my colleagues do as well. ".repeat(30);
    let row = format!("\"{quoted}\",p\u{1b}[2J,How is \u{202e}it for you?,\"\u{1b}]0;x\u{7}{words}\"\n");
    fs::write(&table, format!("study,respondent_id,question,answer\n{}", row.repeat(3))).unwrap();
    for command in ["inspect", "themes"] {
        let output = leitmotif_cached(command).arg(&table).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        harmless(&output.stdout);
        let json = leitmotif_cached(command).arg(&table).arg("--json").output().unwrap().stdout;
        let value: serde_json::Value = serde_json::from_slice(&json).unwrap();
        assert!(value["studies"][0]["name"].as_str().unwrap().starts_with("\u{1b}[31mRED"), "data stays as it is");
    }
    // Colours are this program's own.
    let mut coloured = leitmotif_cached("inspect");
    let output = coloured.env_remove("NO_COLOR").args(["--color", "always"]).arg(&table).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\u{1b}[1mstudy \\u{1b}[31mRED"), "{text:?}");
    assert!(!text.contains("\u{1b}[31m") && !text.contains("\u{1b}]"), "{text:?}");
}

#[test]
fn hostile_file_names_columns_and_arguments_are_shown_in_messages() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(format!("{HOSTILE}.json")), "{no").unwrap();
    harmless(failure(leitmotif_cached("inspect").arg(folder.path()), 1).as_bytes());
    harmless(failure(leitmotif_cached("inspect").arg(format!("/nowhere/{HOSTILE}.txt")), 1).as_bytes());
    harmless(failure(leitmotif().args(["inspect", &format!("--{HOSTILE}"), "a"]), 2).as_bytes());
    harmless(failure(leitmotif().arg(HOSTILE), 2).as_bytes());
    let table = folder.path().join("columns.csv");
    fs::write(&table, format!("a{HOSTILE},b\n1,2\n3,4\n")).unwrap();
    harmless(failure(leitmotif_cached("inspect").args(["--text-column", "none"]).arg(&table), 1).as_bytes());
    let named = folder.path().join("a\nerror: forged.json");
    fs::write(&named, "{no").unwrap();
    let message = failure(leitmotif_cached("inspect").arg(&named), 1);
    assert!(!message.contains("\nerror: forged"), "{message}");
}

#[test]
fn names_of_all_scripts_are_printed_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["Zoë e\u{301}", "עברית", "عربي", "می\u{200c}خواهم", "👩\u{200d}👧 👍🏽", "日本語"]
    {
        let path = folder.path().join(format!("{name}.csv"));
        fs::write(&path, format!("study,id,question,answer\n{name},p,How is it?,I use it every day at work\n"))
            .unwrap();
        let output = leitmotif_cached("inspect").arg(&path).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        // An accent that is stored apart is shown as one letter with its own.
        let name = name.replace("e\u{301}", "é");
        assert!(text.contains(&format!("study {name}\n")), "{name}: {text}");
    }
}

#[test]
fn pipes_sockets_and_devices_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a.txt"), INTERVIEW).unwrap();
    pipe(&at("pipe.txt"));
    let _socket = UnixListener::bind(at("socket.csv")).unwrap();
    symlink("/dev/zero", at("device.json")).unwrap();
    symlink(at("pipe.txt"), at("link.vtt")).unwrap();
    // In a folder the others are read, and the status says that some were not.
    let output = bounded("inspect").arg(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let (printed, messages) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("1 transcript, 1 participant"), "{printed}");
    for (name, kind) in
        [("pipe.txt", "pipe"), ("link.vtt", "pipe"), ("socket.csv", "socket"), ("device.json", "device")]
    {
        let line = messages.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {messages}"));
        assert!(line.contains(kind), "{line}");
        let message = failure(bounded("inspect").arg(at(name)), 1);
        assert!(message.contains(kind) && message.contains("hint: "), "{message}");
    }
    // Wherever a path is named.
    for option in ["--participants", "--frame", "--vectors"] {
        for path in [at("pipe.txt"), at("link.vtt"), at("socket.csv"), "/dev/zero".into()] {
            let output = bounded("inspect").arg(option).arg(&path).arg(at("a.txt")).output().unwrap();
            assert!(!output.status.success(), "{option} {}", path.display());
        }
    }
    pipe(&at("v.npy"));
    pipe(&at("v.parquet"));
    for vectors in ["v.npy", "v.parquet"] {
        let message = failure(bounded("inspect").arg("--vectors").arg(at(vectors)).arg(at("a.txt")), 1);
        assert!(message.contains("pipe"), "{message}");
    }
}

#[test]
fn a_pipe_of_the_shell_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    fs::write(&path, INTERVIEW).unwrap();
    let script = "cat \"$1\" | \"$0\" inspect --no-cache --frame all /dev/fd/0";
    let program = assert_cmd::cargo::cargo_bin!("leitmotif");
    let output = Command::new("sh").args(["-c", script]).arg(program).arg(&path).output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(text.contains("1 transcript, 1 participant"), "{text}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_guide_file_has_a_limit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("guide.txt");
    fs::write(&path, vec![b'a'; (16 << 20) + 1]).unwrap();
    let message = failure(leitmotif_cached("inspect").arg("--frame").arg(&path).arg(project("data/hospital")), 2);
    assert!(message.contains("too large") && message.contains("hint: "), "{message}");
}

#[test]
fn no_message_is_longer_than_two_kilobytes() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path
    };
    let header: Vec<String> = (0..200_000).map(|n| format!("col{n}")).collect();
    let wide = write("wide.csv", format!("{}\n{}\n", header.join(","), vec!["1"; 200_000].join(",")));
    let long = write("long.csv", format!("{},b\n1,2\n", "ü".repeat(500_000)));
    let many: Vec<_> = (0..300).map(|n| write(&format!("bad{n}.json"), "{no".into())).collect();
    let (missing, argument) = ("é/".repeat(1500), "x".repeat(100_000));
    let crowd: String =
        (0..2000).map(|n| format!("Person{n}: I say this here now.\nPerson{n}: And that too.\n")).collect();
    let runs = [
        leitmotif_cached("inspect").arg(&wide).output().unwrap(),
        leitmotif_cached("inspect").arg(&wide).args(["--text-column", "none"]).output().unwrap(),
        leitmotif_cached("inspect").arg(&wide).args(["--text-column", &argument]).output().unwrap(),
        leitmotif_cached("inspect").arg(&long).output().unwrap(),
        leitmotif_cached("inspect").args(&many).output().unwrap(),
        leitmotif_cached("inspect").arg(&missing).output().unwrap(),
        leitmotif().arg("inspect").arg(format!("--{argument}")).output().unwrap(),
        leitmotif_cached("inspect").arg(write("crowd.txt", crowd)).output().unwrap(),
    ];
    for output in runs {
        let text = String::from_utf8(output.stderr).unwrap();
        // A message begins at the margin, and goes on in lines that do not.
        let mut lengths: Vec<usize> = Vec::new();
        for line in text.lines() {
            match lengths.last_mut() {
                Some(last) if line.starts_with(' ') => *last += line.len() + 1,
                _ => lengths.push(line.len()),
            }
        }
        assert!(lengths.iter().all(|&length| length <= 2048), "{lengths:?}");
        assert!(output.status.success() || !lengths.is_empty());
    }
}

/// How long the work takes, and how it grows, `make bench-reading` measures.
#[test]
fn thousands_of_survey_columns_are_questions() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.csv");
    let questions: Vec<String> = (0..4000).map(|n| format!("Question {n}?")).collect();
    let row = vec!["an answer of some five words"; 4000].join(",");
    fs::write(&path, format!("{}\n{}", questions.join(","), format!("{row}\n").repeat(5))).unwrap();
    let output = bounded("inspect").arg(&path).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Q4000 Question 3999?"), "each column is a question");
}

#[test]
fn tens_of_thousands_of_speakers_are_all_kept() {
    let folder = tempfile::tempdir().unwrap();
    let lines = |line: &dyn Fn(usize) -> String| (0..30_000).map(line).collect::<String>();
    for (name, text) in [
        // Of an ordinary word somebody must come again.
        ("a.txt", lines(&|n| format!("Speaker {}: I say what I think here.\n\n", n % 15_000))),
        ("known.txt", lines(&|n| format!("P{n}: I say what I think here.\n\n"))),
        ("a.csv", "id,speaker,text\n".to_string() + &lines(&|n| format!("t,Speaker {n},I say what I think here\n"))),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        let output = bounded("inspect").arg(&path).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(text.contains("30,000 participant turns"), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

//! Bad input of any kind: a clear `error:` with the place, a `hint:` of what to do, exit status 1
//! or 2, no panic.

use crate::common;
use std::fs;
use std::path::PathBuf;

use crate::common::{failure, leitmotif, leitmotif_cached, project};

/// Both lines are there, and nothing panicked.
fn explained(message: &str, words: &[&str]) {
    assert!(message.contains("error: "), "{message}");
    assert!(message.contains("hint: "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    for word in words {
        assert!(message.contains(word), "no `{word}` in: {message}");
    }
}

fn written(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

#[test]
fn a_missing_runtime_is_explained() {
    let message = failure(
        leitmotif()
            .args(["themes", "--no-cache", "--runtime", "/nowhere/libonnxruntime.so"])
            .arg(project("data/hospital")),
        1,
    );
    explained(&message, &["/nowhere/libonnxruntime.so", "make runtime"]);
}

#[test]
fn a_runtime_that_is_none_is_explained() {
    let (_folder, path) = written("libonnxruntime.so", b"not a library");
    let message =
        failure(leitmotif().args(["themes", "--no-cache", "--runtime"]).arg(&path).arg(project("data/hospital")), 1);
    explained(&message, &["libonnxruntime.so", "failed to load ONNX Runtime"]);
}

#[test]
fn inspect_tells_the_rest_when_the_guide_cannot_be_recovered() {
    let output = leitmotif()
        .args(["inspect", "--no-cache"])
        .env("ORT_DYLIB_PATH", "/nowhere/libonnxruntime.so")
        .arg(project("data/hospital"))
        .output()
        .unwrap();
    assert!(output.status.success());
    let (printed, messages) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(printed.contains("30 transcripts, 30 participants"), "{printed}");
    assert!(messages.contains("warning: the guide could not be recovered"), "{messages}");
}

#[test]
fn a_missing_file_is_named() {
    let message = failure(leitmotif_cached("themes").arg("/nowhere/interviews.csv"), 1);
    explained(&message, &["/nowhere/interviews.csv"]);
}

#[test]
fn an_empty_file_is_named() {
    let (_folder, path) = written("empty.txt", b"");
    explained(&failure(leitmotif_cached("themes").arg(&path), 1), &["empty.txt", "empty"]);
}

#[test]
fn a_binary_file_is_named_with_the_offset() {
    let (_folder, path) = written("photo.txt", b"User: hello\n\x89PNG\x00\x00\x01");
    explained(&failure(leitmotif_cached("themes").arg(&path), 1), &["photo.txt", "byte 16"]);
}

#[test]
fn a_table_without_a_text_column_names_its_columns() {
    let (_folder, path) = written("survey.csv", b"id,age,score\n1,20,3\n2,30,4\n");
    explained(&failure(leitmotif_cached("themes").arg(&path), 1), &["survey.csv", "score", "--text-column"]);
}

#[test]
fn a_transcript_without_participants_is_refused() {
    let (_folder, path) = written(
        "monologue.txt",
        b"Interviewer: Shall we begin?\n\nInterviewer: Are you there?\n\nInterviewer: Anything else?\n",
    );
    explained(&failure(leitmotif_cached("themes").arg(&path), 1), &["participant", "start every answer with a label"]);
}

#[test]
fn one_bad_file_does_not_stop_the_others() {
    let (_folder, path) = written("broken.txt", b"User: \x00");
    let output = leitmotif_cached("inspect").arg(project("data/hospital")).arg(&path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    explained(&String::from_utf8_lossy(&output.stderr), &["broken.txt"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("study hospital"));
}

#[test]
fn strict_stops_at_the_first_bad_file() {
    let (_folder, path) = written("broken.txt", b"User: \x00");
    let output = leitmotif_cached("inspect").arg("--strict").arg(&path).arg(project("data/hospital")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
}

#[test]
fn wrong_usage_has_status_2() {
    failure(leitmotif().arg("themes"), 2);
    failure(leitmotif().args(["themes", "x", "--granularity", "0"]), 2);
    failure(leitmotif().args(["export", "x", "--to", "papyrus"]), 2);
    let message =
        failure(leitmotif_cached("themes").args(["--frame", "/nowhere/guide.txt"]).arg(project("data/hospital")), 2);
    explained(&message, &["/nowhere/guide.txt"]);
}

#[test]
fn an_option_tells_what_it_allows_also_of_numbers_below_nothing_and_no_option_is_to_become_an_input() {
    for (options, allowed) in [
        (["--granularity", "-1"], "0.05 to 20"),
        (["--stability", "-1"], "from 2 to 1000"),
        (["--stability", "1"], "one draw does not tell"),
        (["--min-participants", "-3"], "1..=1000"),
    ] {
        let message = failure(leitmotif().args(["themes", "x"]).args(options), 2);
        assert!(message.contains(allowed) && !message.contains("'-- "), "{message}");
    }
    let message = failure(leitmotif().args(["codebook", "x", "--json"]), 2);
    assert!(message.contains("'--json'") && !message.contains("'-- "), "{message}");
}

#[test]
fn contradictions_are_refused_before_the_work() {
    let (_folder, table) = written("t.csv", b"id,text\n1,I like the app a lot\n2,It saves me the calls\n");
    for (options, words) in [
        (
            &["--text-column", "text", "--speaker-column", "text"][..],
            "`--text-column` and `--speaker-column` name one column",
        ),
        (&["--interviewer", "X", "--participant", "X"], "`X` is named as `--interviewer` and as `--participant`"),
    ] {
        let message = failure(leitmotif().arg("inspect").arg(&table).args(options), 2);
        explained(&message, &[words]);
    }
    explained(
        &failure(leitmotif().arg("inspect").arg(&table).args(["--speaker-column", "text"]), 1),
        &["no text column"],
    );
    for (path, words) in [("-", "standard output"), ("r.txt", "would not hold what its name says")] {
        explained(&failure(leitmotif().args(["report", "run", "-o", path]), 2), &[words]);
    }
}

#[test]
fn options_of_which_one_would_have_no_effect_are_refused_and_those_that_go_together_are_not() {
    let (_folder, vectors) = written("v.npy", b"no vectors");
    let vectors = vectors.display().to_string();
    let url = "http://127.0.0.1:9";
    for (command, options) in [
        ("themes", &["--themes", "3", "--granularity", "2"][..]),
        ("themes", &["--vectors", &vectors, "--model", "bundled"]),
        ("inspect", &["--vectors", &vectors, "--device", "cuda"]),
        ("themes", &["--embed-url", url, "--embed-model", "m", "--model", "all-MiniLM-L6-v2"]),
        ("code", &["--codes", "x.csv", "--embed-url", url, "--embed-model", "m", "--device", "cuda"]),
        ("themes", &["--json", "--top", "3"]),
        ("themes", &["--json", "--context"]),
        ("compare", &["--json", "--quotes"]),
    ] {
        let message = failure(leitmotif().arg(command).arg(project("data/hospital")).args(options), 2);
        assert!(message.contains("error: ") && message.contains("cannot be used with"), "{message}");
    }
    for options in [&["--to", "csv", "--model", "x"][..], &["--to", "units", "--device", "cuda"]] {
        let message = failure(leitmotif().arg("export").arg(project("data/hospital")).args(options), 2);
        assert!(message.contains("is for `--to vectors`") && message.contains("hint: "), "{message}");
    }
    let message = failure(leitmotif().args(["evaluate", "run", "--codes", "a.qdpx", "--code-column", "x"]), 2);
    assert!(message.contains("`--code-column` is for tables") && message.contains("hint: "), "{message}");
    // What goes together gets as far as the file that is no matrix.
    for options in [&["--themes", "3"][..], &["--granularity", "2", "--json"], &["--no-cache", "--quotes", "1"]] {
        let message = failure(
            leitmotif().arg("themes").arg(project("data/hospital")).args(["--vectors", &vectors]).args(options),
            1,
        );
        assert!(message.contains("v.npy"), "{message}");
    }
}

#[test]
fn a_runtime_that_is_not_there_is_an_error_whether_it_is_needed_or_not() {
    let (_folder, vectors) = written("v.npy", b"no vectors");
    for command in ["themes", "inspect"] {
        let mut command_line = leitmotif();
        command_line
            .arg(command)
            .arg(project("data/hospital"))
            .args(["--runtime", "/nowhere", "--vectors"])
            .arg(&vectors);
        explained(&failure(&mut command_line, 1), &["/nowhere"]);
    }
    explained(&failure(leitmotif().args(["models", "where", "--runtime", "/nowhere"]), 1), &["/nowhere"]);
    leitmotif().args(["models", "where"]).assert().success();
}

#[test]
fn one_mistake_has_one_status() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("run");
    let mut themes = leitmotif_cached("themes");
    themes.arg(project("data/hospital")).args(["--stability", "0", "-q", "-o"]).arg(&run).assert().success();
    let named = folder.path().join("s.txt");
    for arguments in [
        &["compare"][..],
        &["export", "--to", "compare-csv"],
        &["export", "--to", "svg"],
        &["export", "--to", "coding-sheet", "-o", &named.display().to_string()],
        &["export", "--to", "units", "-o", &named.display().to_string()],
        &["export", "--to", "csv", "--force", "-o", &run.join("analysis.json").display().to_string()],
    ] {
        let message = failure(leitmotif().args(arguments).arg(&run), 2);
        assert!(message.contains("hint: "), "{arguments:?}: {message}");
    }
    for arguments in [
        vec!["man", "--dir", "/nowhere/at/all"],
        vec!["export", "--to", "csv", "-o", "/nowhere/at/all.csv", &run.display().to_string()],
    ] {
        failure(leitmotif().args(arguments), 1);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_is_full_is_an_error_and_one_that_is_closed_is_none() {
    let program = assert_cmd::cargo::cargo_bin("leitmotif");
    for arguments in
        ["--version", "-V", "--help", "themes --help", "help compare", "completions bash", "man", "models list"]
    {
        let ended = |to: &str| {
            let script = format!("set -o pipefail; '{}' {arguments} {to}", program.display());
            std::process::Command::new("bash").args(["-c", &script]).output().unwrap()
        };
        let full = ended("> /dev/full");
        let told = String::from_utf8_lossy(&full.stderr).into_owned();
        assert!(full.status.code() == Some(1) && told.contains("standard output"), "{arguments}: {told}");
        assert!(ended("> /dev/null").status.success() && ended("| true").status.success(), "{arguments}");
    }
}

#[test]
fn an_option_that_an_algorithm_does_not_take_is_refused() {
    let message = failure(
        leitmotif_cached("themes").args(["--algorithm", "dbscan", "--themes", "4"]).arg(project("data/hospital")),
        2,
    );
    explained(&message, &["themes", "dbscan"]);
}

#[test]
fn a_folder_that_is_no_analysis_is_not_replaced() {
    let (folder, path) = written("thesis.docx", b"years of work");
    let message =
        failure(leitmotif_cached("themes").arg(project("data/hospital")).args(["--force", "-o"]).arg(folder.path()), 2);
    explained(&message, &["other files", "`-o`"]);
    assert_eq!(fs::read(path).unwrap(), b"years of work");
    explained(&failure(leitmotif().args(["export", "--to", "csv"]).arg(folder.path()), 1), &["analysis.json"]);
}

#[test]
fn a_place_that_cannot_be_written_is_found_before_the_work() {
    let (_folder, path) = written("file", b"x");
    let message = failure(
        leitmotif()
            .args(["themes", "--no-cache", "--runtime", "/nowhere"])
            .arg(project("data/hospital"))
            .arg("-o")
            .arg(path.join("out")),
        1,
    );
    assert!(message.contains("failed to write"), "the runtime is looked for later: {message}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("a");
    leitmotif_cached("themes").args(common::samples()).arg("-o").arg(&saved).assert().success();
    let program = assert_cmd::cargo::cargo_bin("leitmotif");
    for arguments in [
        format!("inspect --quiet --no-cache '{}'", project("data/hospital").display()),
        format!("export --to csv '{}'", saved.display()),
    ] {
        let script = format!("set -o pipefail; '{}' {arguments} | head -c 10", program.display());
        let output = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_language_that_the_model_does_not_know_is_a_warning() {
    let talk = "Interviewer: Wie beginnt die Nacht?\n\nTeilnehmerin: Mit der Übergabe. Wir gehen von Bett zu Bett, und die \
                Kollegin aus dem Spätdienst sagt mir, was ihr Sorgen gemacht hat. Das ist mir wichtiger als jeder \
                Bildschirm, denn niemand schreibt auf, wer still geworden ist.\n";
    let (_folder, path) = written("nacht.txt", talk.as_bytes());
    let output = leitmotif_cached("inspect").arg(&path).assert().success().get_output().clone();
    let (out, message) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(message.contains("warning: the model theme-minilm-l6 (int8) knows English"), "{message}");
    assert!(
        message.contains("1 of 1 transcript is German") && message.contains("`leitmotif models list`"),
        "{message}"
    );
    assert!(out.contains("language of the transcripts: German (1)"), "{out}");
}

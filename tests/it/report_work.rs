//! A researcher's work in the report: what is kept from one report to the next, many passages at once, search.
//!
//! As in `report.rs`, a browser is driven by the page's own controls; without one a test prints why it is skipped.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::common::{leitmotif, leitmotif_cached, project, samples};
use crate::report::{browser_with, is_skipped_without_node};
use leitmotif::analysis::codebook::Codebook;
use leitmotif::analysis::load;

fn report_of_samples(folder: &Path) -> std::path::PathBuf {
    let report = folder.join("report.html");
    let mut themes = leitmotif_cached("themes");
    themes.args(samples()).arg("-o").arg(folder.join("a")).args(["--stability", "0"]);
    themes.arg("--report").arg(&report).assert().success();
    report
}

/// One browser profile a task.
fn works(task: &str) {
    let folder = tempfile::tempdir().unwrap();
    browser_with("working.mjs", task, &report_of_samples(folder.path()), folder.path());
}

#[test]
fn edits_are_kept_saved_and_loaded_and_none_is_overwritten_unasked() {
    works("keeping");
}

#[test]
fn many_passages_are_chosen_and_edited_at_once_and_all_is_undone() {
    works("many");
}

#[test]
fn a_theme_is_split_by_its_parts() {
    let folder = tempfile::tempdir().unwrap();
    browser_with("report.mjs", "parts", &report_of_samples(folder.path()), folder.path());
}

#[test]
fn search_finds_forms_phrases_and_fields_and_what_is_alike() {
    works("searching");
}

#[test]
fn lists_tell_what_leaves_them_and_fold_their_tools_and_what_is_seen_comes_first() {
    let folder = tempfile::tempdir().unwrap();
    let report = report_of_samples(folder.path());
    for task in ["leaving", "narrow", "steps", "ahead"] {
        browser_with("listing.mjs", task, &report, folder.path());
    }
}

/// Rename 20, merge 5, split 3, make 2, code 100, take notes, save; edit on; ten more interviews; open the next report.
#[test]
fn a_day_of_work_survives_ten_more_interviews() {
    let folder = tempfile::tempdir().unwrap();
    let [hospital, homecare] = samples();
    let mut files: Vec<_> = fs::read_dir(hospital).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let study = folder.path().join("hospital");
    fs::create_dir(&study).unwrap();
    let add = |files: &[std::path::PathBuf]| {
        for file in files {
            fs::copy(file, study.join(file.file_name().unwrap())).unwrap();
        }
    };
    let (run, report) = (folder.path().join("run"), folder.path().join("report.html"));
    let themes = || {
        let mut themes = leitmotif_cached("themes");
        themes.arg(&study).arg(&homecare).arg("-o").arg(&run).args(["--stability", "0", "--force"]);
        let output = themes.assert().success().get_output().clone();
        leitmotif().arg("report").arg(&run).arg("-o").arg(&report).arg("--force").assert().success();
        String::from_utf8(output.stderr).unwrap()
    };
    add(&files[..20]);
    themes();
    if browser_with("working.mjs", "day", &report, folder.path()).is_none() {
        return;
    }
    fs::copy(folder.path().join("codebook.toml"), run.join("codebook.toml")).unwrap();
    add(&files[20..]);
    let warned = themes();
    let done: serde_json::Value = serde_json::from_slice(&fs::read(folder.path().join("day.json")).unwrap()).unwrap();
    // Nothing of the file is lost: every edit is in the analysis, or a warning says why not.
    let saved = load(&run).unwrap();
    let edits = &saved.summary.manifest.edits;
    let missed: Vec<_> = edits.iter().filter(|edit| !edit.applied).collect();
    assert!(missed.iter().all(|edit| edit.reason.is_some()), "{missed:?}");
    assert!(missed.is_empty() || warned.contains("warning"), "{warned}");
    // What was in its theme already needs no `also`.
    let names = |of: &str| edits.iter().filter(|edit| edit.edit == of).count();
    assert_eq!(
        (names("name"), names("merge_into"), names("new"), names("memo"), names("also") >= 75),
        (20, 5, 5, 5, true),
        "{edits:?}"
    );
    // Nor of what only the browser had.
    let told = browser_with("working.mjs", "dayAfter", &report, folder.path()).unwrap();
    let told: serde_json::Value = serde_json::from_str(told.trim()).unwrap();
    let count = |what: &str| told[what].as_u64().unwrap();
    assert_eq!((count("late"), count("contrary")), (2, 0), "{told}");
    assert!(count("notes") + count("lost") >= 6, "{told}");
    println!("{told} of {done}");
}

/// The page reads codebook.toml with a reader of its own; it must find what the program's finds, and refuse what that refuses.
#[test]
fn the_page_reads_a_codebook_as_the_program_does() {
    if is_skipped_without_node() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let texts = [
        "",
        "version = 1\n",
        "# a\n#: b\n[theme.\"Q1.1\"]\nname = \" Calls \" # here\ndescription = \"\"\"\nTwo\nlines\"\"\"\npin = [\n  \"a/b#1\", # x\n  'a/c#2.1',\n]\n",
        "theme.\"a\".name = 'C:\\x'\ntheme.'b'.memo = '''\nIt's \"so\"'''\n[theme.c]\nhide = false\n",
        "[theme.\"Q1.1\"]\r\nname = \"a\\tb\\u00e9\\U0001F600\\\"\"\r\nsplit = [{ name = \"x\", units = [\"a/b#1\"] }, { name = \"y\", units = [] }]\r\n",
        "[[theme.\"Q1.1\".divide]]\nid = \"N2\"\nname = \"x\"\nunits = [\"e\"]\n[[new]]\nid = \"N1\"\nquestion = \"Q2\"\nname = \"Mine\"\nunits = [\"a\", \"b\"]\n",
        "[[also]]\nunit = \"c\"\ntheme = \"N1\"\n[[not]]\nunit = \"d\"\ntheme = \"Q2.1\"\n[[memo]]\nunit = \"a\"\ntext = \"Look\"\n[[move]]\nunit = \"a\"\nto = \"unclustered\"\n",
        "[recurring.R1]\nname = \"r\"\nmerge_into = \"R2\"\nhide = true\nthemes = [\"Q1.1\", \"Q2.1\"]\n[category.\"Hours\"]\nthemes = [\"N1\"]\ndescription = \"\"\"a \\\n   b\"\"\"\n",
        // What is wrong.
        "[theme.\"Q1.1\"]\nname = \"a\nhide = true\n",
        "[theme.\"Q1.1\"]\n  nmae = \"a\"\n",
        "[theme.\"Q1.1\"]\nname = 3\n",
        "[theme.\"Q1.1\"]\nname = \"  \"\n",
        "[theme.\"Q1.1\"]\nhide = \"yes\"\n",
        "[theme.\"Q1.1\"]\npin = [\"a\",\n 3]\n",
        "[theme.\"Q1.1\"]\n[theme.\"Q1.1\"]\n",
        "[theme.Q1.1]\nname = \"a\"\n",
        "[themes.\"Q1.1\"]\n",
        "version = 2\n",
        "version = 1\nversion = 1\n",
        "\n[[move]]\nunit = \"a\"\n",
        "[[move]]\nunit=\"a\"\nto=\"b\"\n[[new]]\nid = \"N1\"\nquestion = \"Q1\"\nname = \"x\"\nunits = [\"a\"]\n",
        "[[new]]\nid = \"X1\"\nname = \"a\"\nquestion = \"Q1\"\nunits = [\"a\"]\n",
        "[theme.\"Q1.1\"]\nmerge_into = \"Q1.2\"\n[theme.\"Q1.2\"]\nmerge_into = \"Q1.1\"\n",
        "[theme.\"Q1.1\"]\nname = \"a\" hide = true\n",
        "[theme.\"Q1.1\"\nname = \"a\"\n",
        "[theme.\"Q1.1\"]\nname = \"\\q\"\n",
        "[recurring.R1]\nthemes = [\"Q1.1\"]\n",
        "[[memo]]\nunit = \"a\"\ntext = \"x\"\n[[memo]]\nunit = \"a\"\ntext = \"y\"\n",
    ];
    let mut command = Command::new("node");
    command.arg("plain.mjs").arg("toml").current_dir(project("tests/browser"));
    for (at, text) in texts.iter().enumerate() {
        let path = folder.path().join(format!("{at}.toml"));
        fs::write(&path, text).unwrap();
        command.arg(path);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let read: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read.len(), texts.len());
    let mut refused = 0;
    for (text, page) in texts.iter().zip(&read) {
        match Codebook::parse(text.as_bytes(), Path::new("codebook.toml")) {
            Ok(codebook) => {
                let of = |word: &str| codebook.edits.iter().filter(|edit| edit.action.word() == word).count() as u64;
                let ours = |kind: &str| page["edits"][kind].as_u64().unwrap();
                assert_eq!(of("name"), ours("name") + ours("recurringName"), "{text}");
                assert_eq!(of("memo"), ours("memo") + ours("note"), "{text}");
                for word in ["description", "move", "new", "also", "not", "category"] {
                    assert_eq!(of(word), ours(word), "{word} in {text}");
                }
                for edit in &codebook.edits {
                    let value = edit.action.value();
                    let found = match edit.action.word() {
                        "name" => page["names"][edit.action.target()].as_str().is_none_or(|name| name == value),
                        "move" => page["moves"][edit.action.target()] == *value,
                        "pin" => page["pins"].as_array().unwrap().iter().any(|pin| *pin == *value),
                        _ => true,
                    };
                    assert!(found, "{edit:?} in {page}");
                }
            }
            Err(error) => {
                refused += 1;
                assert!(page["line"].is_u64(), "the program refuses {text:?} ({error}), the page reads {page}");
                // A circle of merges has no one line; a text without its end is found where it begins, or ends.
                let (line, ours) = (error.line as u64, page["line"].as_u64().unwrap());
                assert!(line.abs_diff(ours) <= 1 || error.message.contains("into itself"), "{error}: {page}");
            }
        }
    }
    assert!(refused > 15, "{refused}");
}

/// Windows that hear late of each other, die, sleep, or find no room, in random orders; the script checks them.
#[test]
fn no_edit_is_lost_between_windows_whatever_the_order() {
    if is_skipped_without_node() {
        return;
    }
    let mut command = Command::new("node");
    let output = command.arg("kept.mjs").arg("200").current_dir(project("tests/browser")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Two windows at once, one that sleeps or reloads, a file that others write, a store that keeps nothing, an earlier report.
#[test]
fn edits_outlast_reloads_other_windows_and_files_that_others_write() {
    let folder = tempfile::tempdir().unwrap();
    let report = report_of_samples(folder.path());
    for task in ["together", "files", "quick", "earlier"] {
        browser_with("windows.mjs", task, &report, folder.path());
    }
}

/// Edits brought to another result; the script checks them.
#[test]
fn edits_are_brought_to_another_result_and_what_does_not_fit_is_told() {
    let mut command = Command::new("node");
    command.arg("plain.mjs").arg("rebase").current_dir(project("tests/browser"));
    match command.output() {
        Ok(output) => assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr)),
        Err(_) => eprintln!("skipped: node is not there"),
    }
}

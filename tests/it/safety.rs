//! Nothing that is not ours is removed, what is confidential stays private, and what is loaded is what
//! was saved: with the real program, on folders as people have them.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::common::{failure, leitmotif, leitmotif_cached, project};

const OURS: [&str; 4] = ["analysis.json", "answers.parquet", "codebook.toml", "vectors.npy"];

fn themes(inputs: &[&Path], folder: &Path) -> assert_cmd::Command {
    let mut command = leitmotif_cached("themes");
    command.args(inputs).arg("-o").arg(folder).args(["--stability", "0", "-q"]);
    command
}

/// An analysis of the ward's interviews, made once and copied.
fn analysis_at(folder: &Path) {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let made = tempfile::tempdir().unwrap();
        themes(&[&project("data/hospital")], &made.path().join("run")).assert().success();
        made
    });
    fs::create_dir_all(folder).unwrap();
    for name in OURS {
        fs::copy(made.path().join("run").join(name), folder.join(name)).unwrap();
    }
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(contents(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn csv_of(folder: &Path) -> Vec<u8> {
    leitmotif().args(["export", "--to", "csv"]).arg(folder).assert().success().get_output().stdout.clone()
}

#[test]
fn what_lies_beside_an_analysis_stays() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    analysis_at(&run);
    fs::create_dir(run.join("interviews")).unwrap();
    for n in 1..=30 {
        let name = format!("hospital_{n:02}.md");
        fs::copy(project("data/hospital").join(&name), run.join("interviews").join(name)).unwrap();
    }
    fs::write(run.join("notes.txt"), "mine").unwrap();
    fs::write(run.join("run.html"), "a report").unwrap();
    let others = |folder: &Path| {
        let mut all = contents(folder);
        all.retain(|path, _| !OURS.iter().any(|ours| path.ends_with(ours)));
        all
    };
    let before = others(&run);
    assert_eq!(before.len(), 32);
    leitmotif().arg("codebook").arg(&run).arg("--apply").assert().success();
    assert_eq!(others(&run), before);
    // Interviews that lie in the folder of their analysis are read and kept.
    themes(&[&run.join("interviews")], &run).arg("--force").assert().success();
    assert_eq!(others(&run), before);
    assert_eq!(names(&run).len(), 7, "{:?}", names(&run));
}

#[test]
fn a_folder_of_another_program_is_never_written_to() {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in
        [("a", r#"{"tool":"other"}"#), ("b", "[]"), ("c", r#"{"schema_version":1,"manifest":{"program":"x"}}"#)]
    {
        let folder = place.path().join(name);
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("analysis.json"), text).unwrap();
        fs::write(folder.join("thesis.docx"), "years").unwrap();
        let before = contents(&folder);
        let message = failure(themes(&[&project("data/hospital")], &folder).arg("--force"), 1);
        assert!(message.contains("is not an analysis of this program") && message.contains("hint: "), "{message}");
        let message = failure(leitmotif().args(["export", "--to", "csv"]).arg(&folder), 1);
        assert!(message.contains("is not an analysis of this program"), "{message}");
        assert_eq!(contents(&folder), before);
    }
    // One of ours that is damaged is not taken for another's, and not replaced either.
    let folder = place.path().join("d");
    analysis_at(&folder);
    let text = fs::read_to_string(folder.join("analysis.json")).unwrap();
    fs::write(folder.join("analysis.json"), &text[..text.len() / 2]).unwrap();
    let message = failure(themes(&[&project("data/hospital")], &folder).arg("--force"), 1);
    assert!(message.contains("failed to read") && message.contains("hint: "), "{message}");
}

#[test]
fn an_analysis_is_saved_where_the_shell_stands_and_through_links() {
    let place = tempfile::tempdir().unwrap();
    let here = place.path().join("here");
    fs::create_dir(&here).unwrap();
    let inode = |path: &Path| std::os::unix::fs::MetadataExt::ino(&fs::metadata(path).unwrap());
    let before = inode(&here);
    for force in [false, true] {
        let mut command = themes(&[&project("data/hospital")], Path::new("."));
        command.current_dir(&here);
        if force {
            command.arg("--force");
        }
        command.assert().success();
        assert_eq!((inode(&here), names(&here)), (before, OURS.map(String::from).to_vec()));
    }
    let encrypted = place.path().join("encrypted/run");
    analysis_at(&encrypted);
    let link = place.path().join("run");
    symlink("encrypted/run", &link).unwrap();
    fs::write(encrypted.join("analysis.json"), fs::read(encrypted.join("analysis.json")).unwrap()).unwrap();
    let old = fs::metadata(encrypted.join("analysis.json")).unwrap().modified().unwrap();
    themes(&[&project("data/hospital")], &link).arg("--force").assert().success();
    assert!(link.is_symlink());
    assert!(fs::metadata(encrypted.join("analysis.json")).unwrap().modified().unwrap() > old);
    // A file through a link, and one that is not there yet.
    for (name, to) in [("a.csv", "encrypted/a.csv"), ("b.csv", "encrypted/b.csv")] {
        symlink(to, place.path().join(name)).unwrap();
    }
    fs::write(place.path().join("encrypted/a.csv"), "old").unwrap();
    for name in ["a.csv", "b.csv"] {
        let mut export = leitmotif();
        export.args(["export", "--to", "csv", "--force"]).arg(&link).arg("-o").arg(place.path().join(name));
        export.assert().success();
        assert!(place.path().join(name).is_symlink());
        assert_eq!(fs::read(place.path().join("encrypted").join(name)).unwrap(), csv_of(&link));
    }
}

#[test]
fn what_is_written_is_private_and_modes_are_never_widened() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    let cache = place.path().join("cache");
    let mut command = leitmotif();
    command.arg("themes").arg(project("data/hospital")).arg("-o").arg(&run).args(["--stability", "0", "-q", "--cache"]);
    command.arg(&cache).arg("--report").arg(place.path().join("r.html")).assert().success();
    assert_eq!((mode(&run), mode(&cache), mode(&cache.join("vectors.redb"))), (0o700, 0o700, 0o600));
    let report = place.path().join("r.html");
    for file in OURS.iter().map(|name| run.join(name)).chain([report]) {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
    let figures = place.path().join("figures");
    let both = place.path().join("both");
    themes(&[&project("data/hospital"), &project("data/homecare.csv")], &both).assert().success();
    leitmotif().arg("compare").arg(&both).arg("--figures").arg(&figures).assert().success();
    assert_eq!(mode(&figures), 0o700);
    for name in names(&figures) {
        assert_eq!(mode(&figures.join(name)), 0o600);
    }
    for stricter in [0o500, 0o400] {
        fs::set_permissions(run.join("answers.parquet"), fs::Permissions::from_mode(stricter)).unwrap();
        leitmotif().arg("codebook").arg(&run).arg("--apply").assert().success();
        assert_eq!(mode(&run.join("answers.parquet")), stricter);
    }
    let file = place.path().join("o.csv");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o600)).unwrap();
    leitmotif().args(["export", "--to", "csv", "--force"]).arg(&run).arg("-o").arg(&file).assert().success();
    assert_eq!(mode(&file), 0o600);
}

#[test]
fn one_flipped_bit_is_told_and_never_believed() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    analysis_at(&run);
    let expected = csv_of(&run);
    for name in ["analysis.json", "answers.parquet", "vectors.npy"] {
        let whole = fs::read(run.join(name)).unwrap();
        for trial in 0..8 {
            let mut bytes = whole.clone();
            let at = (trial * 7919 + 131) * whole.len() / (8 * 7919 + 131);
            bytes[at.min(whole.len() - 1)] ^= 1 << (trial % 8);
            fs::write(run.join(name), &bytes).unwrap();
            let output = leitmotif().args(["export", "--to", "csv"]).arg(&run).output().unwrap();
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            if output.status.success() {
                assert_eq!(output.stdout, expected, "{name}, byte {at}");
            } else {
                assert_eq!(output.status.code(), Some(1), "{message}");
                assert!(
                    message.contains("error: ") && message.contains("hint: ") && message.contains(name),
                    "{message}"
                );
            }
        }
        fs::write(run.join(name), &whole).unwrap();
    }
    assert_eq!(csv_of(&run), expected);
}

/// An analysis of a program that wrote no hashes, with other vectors in it.
fn with_vectors(folder: &Path, change: impl Fn(&mut Vec<f32>) -> (usize, usize)) {
    analysis_at(folder);
    let json = fs::read_to_string(folder.join("analysis.json")).unwrap();
    let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
    json.as_object_mut().unwrap().remove("files").unwrap();
    fs::write(folder.join("analysis.json"), json.to_string()).unwrap();
    let matrix: ndarray::Array2<f32> = ndarray_npy::read_npy(folder.join("vectors.npy")).unwrap();
    let mut values: Vec<f32> = matrix.iter().copied().collect();
    let shape = change(&mut values);
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, {}), }}\n", shape.0, shape.1);
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend_from_slice(&u16::try_from(header.len()).unwrap().to_le_bytes());
    bytes.extend_from_slice(header.as_bytes());
    bytes.extend(values.iter().flat_map(|value| value.to_le_bytes()));
    fs::write(folder.join("vectors.npy"), bytes).unwrap();
}

#[test]
fn vectors_that_cannot_be_are_refused_without_hashes_too() {
    let place = tempfile::tempdir().unwrap();
    type Change = fn(&mut Vec<f32>) -> (usize, usize);
    let cases: [(&str, Change, &str); 5] = [
        (
            "narrow",
            |v| {
                v.truncate(v.len() / 384);
                (v.len(), 1)
            },
            "have 1 numbers",
        ),
        ("endless", |_| (1_000_000_000, 384), "promises 1000000000 rows"),
        (
            "nan",
            |v| {
                v[400] = f32::NAN;
                (v.len() / 384, 384)
            },
            "row 2",
        ),
        (
            "zero",
            |v| {
                v[..384].fill(0.0);
                (v.len() / 384, 384)
            },
            "row 1",
        ),
        (
            "cut",
            |v| {
                v.truncate(384 * 20);
                (20, 384)
            },
            "do not belong together",
        ),
    ];
    for (name, change, told) in cases {
        let folder = place.path().join(name);
        with_vectors(&folder, change);
        for arguments in [vec!["export", "--to", "csv"], vec!["compare"]] {
            let message = failure(leitmotif().args(arguments).arg(&folder), 1);
            assert!(message.contains(told) && message.contains("hint: "), "{name}: {message}");
        }
    }
    let folder = place.path().join("same");
    with_vectors(&folder, |v| (v.len() / 384, 384));
    csv_of(&folder);
}

#[test]
fn outputs_that_would_take_the_place_of_something_are_refused_before_the_work() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    analysis_at(&at("run"));
    fs::write(at("in.csv"), fs::read(project("data/homecare.csv")).unwrap()).unwrap();
    let before = contents(place.path());
    let refused = |command: &mut assert_cmd::Command, status: i32, told: &str| {
        let message = failure(command, status);
        assert!(message.contains(told) && message.contains("hint: "), "{message}");
        assert_eq!(contents(place.path()), before);
    };
    refused(themes(&[&at("in.csv")], &at("z")).arg("--report").arg(at("z")), 2, "the same place");
    refused(themes(&[&at("in.csv")], &at("z")).arg("--report").arg(at("z/analysis.json")), 2, "the analysis itself");
    refused(themes(&[&at("in.csv")], &at("z")).arg("--report").arg(at("in.csv")).arg("--force"), 2, "the input");
    refused(themes(&[&at("run")], &at("run")).arg("--force"), 2, "the input");
    let export = |to: &str| {
        let mut command = leitmotif();
        command.args(["export", "--to", "csv", "--force"]).arg(at("run")).arg("-o").arg(at(to));
        command
    };
    for ours in OURS {
        refused(&mut export(&format!("run/{ours}")), 2, "part of a saved analysis");
    }
    let mut figures = leitmotif();
    figures.arg("compare").arg(at("run")).arg("--figures").arg(at("figures"));
    refused(&mut figures, 2, "hint: ");
    export("run/own.csv").assert().success();
}

#[test]
fn what_an_analysis_was_made_from_is_never_replaced_by_any_command_or_path() {
    let place = tempfile::tempdir().unwrap();
    let at = |name: &str| place.path().join(name);
    fs::create_dir(at("in")).unwrap();
    fs::copy(project("data/homecare.csv"), at("in/src.csv")).unwrap();
    let ids = csv_rows(&at("in/src.csv"), "transcript_id");
    let people: String = ids.iter().map(|id| format!("{id},north\n")).collect();
    fs::write(at("people.csv"), format!("participant,ward\n{people}")).unwrap();
    let mut made = themes(&[&at("in")], &at("run"));
    made.arg("--participants").arg(at("people.csv")).assert().success();
    symlink(at("in/src.csv"), at("link.csv")).unwrap();
    fs::hard_link(at("in/src.csv"), at("hard.csv")).unwrap();
    fs::write(at("codes.csv"), "unit,code\n").unwrap();
    fs::write(at("other.csv"), "a table of somebody else").unwrap();
    let before = contents(place.path());
    let run = at("run").display().to_string();
    let commands: [&[&str]; 8] = [
        &["export", "--to", "csv", &run, "-o"],
        &["export", "--to", "matrix", &run, "-o"],
        &["export", "--to", "units", &run, "-o"],
        &["report", &run, "-o"],
        &["compare", &run, "--by", "ward", "-o"],
        &["evaluate", &run, "--codes", "codes.csv", "--disagreements"],
        &["export", "--to", "json", &run, "--pseudonyms", "--checklist"],
        &["export", "--to", "units", "in", "-o"],
    ];
    for arguments in commands {
        for name in ["in/src.csv", "./in/../in/src.csv", "link.csv", "hard.csv", "people.csv"] {
            if arguments.contains(&"in") && name == "people.csv" {
                continue; // not read there
            }
            let mut command = leitmotif();
            command.current_dir(place.path()).args(arguments).arg(name).arg("--force");
            let message = failure(&mut command, 2);
            // A report is a web page, whatever stands in the way.
            let refused = message.contains("replace") || message.contains("would not hold what its name says");
            assert!(refused && message.contains("hint: "), "{arguments:?} {name}: {message}");
            assert_eq!(contents(place.path()), before, "{arguments:?} {name}");
        }
    }
    // Interviews in a folder that an argument names.
    let mut again = themes(&[&at("in")], &at("again"));
    let message = failure(again.arg("--report").arg(at("in/src.csv")).arg("--force"), 2);
    assert!(message.contains("made from") || message.contains("would not hold what its name says"), "{message}");
    assert_eq!(contents(place.path()), before);
    // What nobody read is replaced, as was asked for.
    let mut other = leitmotif();
    other.args(["export", "--to", "csv", &run, "--force", "-o"]).arg(at("other.csv")).assert().success();
    assert_ne!(fs::read(at("other.csv")).unwrap(), before[&at("other.csv")]);
}

/// The cells of a column, each once.
fn csv_rows(path: &Path, column: &str) -> std::collections::BTreeSet<String> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let at = reader.headers().unwrap().iter().position(|title| title == column).unwrap();
    reader.records().map(|row| row.unwrap()[at].to_string()).collect()
}

#[test]
fn of_two_first_runs_one_wins_and_the_other_says_so() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    let start = || {
        let program = assert_cmd::cargo::cargo_bin("leitmotif");
        let mut command = std::process::Command::new(program);
        command.arg("themes").arg(project("data/hospital")).arg("-o").arg(&run).args(["--stability", "0", "-q"]);
        command.arg("--cache").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("vector-cache"));
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn().unwrap()
    };
    let both = [start(), start()];
    let outputs = both.map(|child| child.wait_with_output().unwrap());
    let won = outputs.iter().filter(|output| output.status.success()).count();
    let told =
        outputs.iter().filter(|output| String::from_utf8_lossy(&output.stderr).contains("holds an analysis")).count();
    assert_eq!((won, told), (1, 1), "{outputs:?}");
    assert_eq!(names(&run), OURS);
}

#[test]
fn what_a_killed_run_left_is_finished_or_removed_by_the_next() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    analysis_at(&run);
    let expected = csv_of(&run);
    // Killed while the files were moved: two are in their place already.
    fs::create_dir(run.join(".leitmotif-next")).unwrap();
    for name in ["vectors.npy", "codebook.toml"] {
        fs::rename(run.join(name), run.join(".leitmotif-next").join(name)).unwrap();
    }
    // Killed while writing; earlier programs wrote beside the folder.
    fs::create_dir(run.join(".saving-AbCdE1")).unwrap();
    fs::write(run.join(".saving-AbCdE1/lock"), "").unwrap();
    fs::write(run.join(".saving-AbCdE1/answers.parquet"), "confidential").unwrap();
    fs::create_dir(place.path().join(".run.saving-AbCdE2")).unwrap();
    fs::write(place.path().join(".run.saving-AbCdE2/answers.parquet"), "confidential").unwrap();
    fs::create_dir(place.path().join(".run.saving-mine")).unwrap();
    fs::write(place.path().join(".run.saving-mine/thesis.docx"), "mine").unwrap();
    assert_eq!(csv_of(&run), expected);
    leitmotif().arg("codebook").arg(&run).arg("--apply").assert().success();
    assert_eq!(names(&run), OURS);
    assert_eq!(names(place.path()), [".run.saving-mine", "run"]);
    assert_eq!(csv_of(&run), expected);
    // The same of a file.
    fs::write(place.path().join(".o.csv.saving-AbCdE3"), "confidential").unwrap();
    let mut export = leitmotif();
    export.args(["export", "--to", "csv"]).arg(&run).arg("-o").arg(place.path().join("o.csv")).assert().success();
    assert_eq!(names(place.path()), [".run.saving-mine", "o.csv", "run"]);
}

#[test]
fn a_folder_without_rights_is_found_before_the_work() {
    let place = tempfile::tempdir().unwrap();
    let run = place.path().join("run");
    analysis_at(&run);
    fs::set_permissions(&run, fs::Permissions::from_mode(0o500)).unwrap();
    // Whoever may do everything finds no such folder.
    if fs::File::create(run.join("probe")).is_ok() {
        fs::remove_file(run.join("probe")).unwrap();
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let message = failure(themes(&[Path::new("/nowhere")], &run).arg("--force"), 1);
    assert!(message.contains("failed to write") && message.contains("hint: "), "{message}");
}

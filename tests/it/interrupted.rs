//! Runs that are killed, and runs that share a vector cache: nothing is lost, nothing is embedded
//! twice, the bytes are those of an undisturbed run, and what was saved before stays whole.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::common::{leitmotif, leitmotif_cached, project};
use leitmotif::analysis::load;
use leitmotif::embed::cache::Cache;

/// `themes` on the hospital study with this cache; says what it embedded.
fn themes(cache: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("leitmotif"));
    command.args(["themes", "--json", "--verbose", "--cache"]).arg(cache).arg(project("data/hospital"));
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("ORT_DYLIB_PATH").env("NO_COLOR", "1");
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Texts embedded in this run, from `embedded 1,234 texts with …`.
fn embedded(output: &Output) -> usize {
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !message.contains("warning"), "{message}");
    let line = message.lines().find_map(|line| line.strip_prefix("embedded ")).expect("the line of --verbose");
    line.split(' ').next().unwrap().replace(',', "").parse().unwrap()
}

fn vectors_in(cache: &Path) -> usize {
    let cache = Cache::open(cache);
    assert_eq!(cache.warnings(), Vec::<String>::new());
    cache.size().unwrap().vectors as usize
}

/// Numbers that jump about, the same in every run: Marsaglia's xorshift64 (2003, "Xorshift RNGs").
fn jumping(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

fn wait_until_killed(mut child: Child, after: Duration) {
    std::thread::sleep(after);
    // SIGKILL on Unix; a run that has ended by itself was not disturbed.
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
#[ignore = "slow: make test-slow"]
fn twenty_kills_lose_nothing_and_change_nothing() {
    let undisturbed = tempfile::tempdir().unwrap();
    let start = Instant::now();
    let reference = themes(undisturbed.path()).output().unwrap();
    let whole = start.elapsed();
    let texts = embedded(&reference);
    assert_eq!(vectors_in(undisturbed.path()), texts, "each text once");

    let (mut state, mut partly) = (20, 0);
    for round in 0..20 {
        let cache = tempfile::tempdir().unwrap();
        // From just after the start to just after the end.
        let after = whole.mul_f64(0.05 + 0.95 * (jumping(&mut state) % 1000) as f64 / 1000.0);
        wait_until_killed(themes(cache.path()).spawn().unwrap(), after);
        let kept = vectors_in(cache.path());
        partly += usize::from(kept > 0 && kept < texts);
        let next = themes(cache.path()).output().unwrap();
        assert_eq!(embedded(&next), texts - kept, "round {round}, killed after {after:?}");
        assert!(next.stdout == reference.stdout, "round {round}, killed after {after:?}: other bytes");
    }
    eprintln!("{partly} of 20 kills left a part of {texts} vectors");
}

#[test]
#[ignore = "slow: make test-slow"]
fn one_run_killed_again_and_again_gets_done() {
    let (undisturbed, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let start = Instant::now();
    let reference = themes(undisturbed.path()).output().unwrap();
    let whole = start.elapsed();
    let mut before = 0;
    for _ in 0..5 {
        wait_until_killed(themes(cache.path()).spawn().unwrap(), whole.mul_f64(0.6));
        let kept = vectors_in(cache.path());
        assert!(kept >= before, "{kept} vectors after {before}");
        before = kept;
    }
    let last = themes(cache.path()).output().unwrap();
    assert_eq!(embedded(&last), embedded(&reference) - before);
    assert!(last.stdout == reference.stdout);
}

#[test]
fn two_runs_at_once_share_a_cache() {
    let (alone, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let reference = themes(alone.path()).output().unwrap();
    let runs: Vec<Child> = (0..2).map(|_| themes(cache.path()).spawn().unwrap()).collect();
    for run in runs {
        let output = run.wait_with_output().unwrap();
        embedded(&output);
        assert!(output.stdout == reference.stdout);
    }
    assert_eq!(vectors_in(cache.path()), embedded(&reference));
    let third = themes(cache.path()).output().unwrap();
    assert_eq!(embedded(&third), 0);
    assert!(third.stdout == reference.stdout);
}

/// The system lets the cache file grow no further.
#[cfg(unix)]
#[test]
fn a_full_disk_under_the_cache_is_no_failure() {
    let (alone, cache) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let reference = themes(alone.path()).output().unwrap();
    let run = themes(cache.path());
    let script = "trap '' XFSZ; ulimit -f 300; exec \"$0\" \"$@\"";
    let mut command = Command::new("bash");
    command.args(["-c", script]).arg(run.get_program()).args(run.get_args()).env("NO_COLOR", "1");
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("ORT_DYLIB_PATH");
    let output = command.output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{message}");
    assert!(message.contains("warning: ") && message.contains("vector cache"), "{message}");
    assert!(output.stdout == reference.stdout);
}

/// The themes of one study, saved in a folder, in place of an analysis that is there.
fn themes_into(saved: &Path, granularity: &str) -> assert_cmd::Command {
    let mut command = leitmotif_cached("themes");
    command.arg(project("data/hospital")).args(["--stability", "0", "--granularity", granularity, "--force", "-o"]);
    command.arg(saved);
    command
}

/// The program's command as one that can be killed.
fn killable(command: &assert_cmd::Command) -> Command {
    let mut killable = Command::new(command.get_program());
    killable.args(command.get_args()).env_remove("SOURCE_DATE_EPOCH").env_remove("ORT_DYLIB_PATH");
    killable.stdout(Stdio::null()).stderr(Stdio::null());
    killable
}

#[test]
#[ignore = "slow: make test-slow"]
fn twenty_kills_while_saving_leave_the_old_analysis_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("a");
    let run = |granularity: &str| themes_into(&saved, granularity);
    const FILES: [&str; 3] = ["analysis.json", "answers.parquet", "vectors.npy"];
    // Each file where the program reads it: while files are moved, some are still in the folder of the new analysis.
    let bytes = || {
        load(&saved).expect("the analysis is whole");
        FILES.map(|file| {
            let next = saved.join(".leitmotif-next").join(file);
            fs::read(if next.is_file() { next } else { saved.join(file) }).unwrap()
        })
    };
    // With the researcher's hand in it: themes by hand, several themes of a passage, notes, groups.
    run("1").assert().success();
    let found = load(&saved).unwrap();
    let section = found.summary.sections.iter().find(|section| section.themes.len() > 1).unwrap();
    let [one, other] = [0, 1].map(|at| section.themes[at].id.as_str());
    let own: Vec<&str> =
        found.units.iter().filter(|unit| unit.theme.as_deref() == Some(one)).map(|unit| unit.id.as_str()).collect();
    let edits = format!(
        "[[new]]\nid = \"N1\"\nquestion = \"{}\"\nname = \"Mine\"\nunits = {:?}\n[[also]]\nunit = \"{}\"\ntheme = \
         \"{other}\"\n[[memo]]\nunit = \"{}\"\ntext = \"Look\"\n[category.\"Both\"]\nthemes = [\"{one}\", \"N1\"]\n",
        section.id,
        &own[..2],
        own[2],
        own[0]
    );
    let codebook = saved.join("codebook.toml");
    fs::write(&codebook, fs::read_to_string(&codebook).unwrap() + &edits).unwrap();
    // Ids are kept from run to run, so the two settle at once.
    let granularities = ["1", "0.6"];
    for granularity in granularities.iter().chain(&granularities) {
        run(granularity).assert().success();
    }
    let start = Instant::now();
    run(granularities[0]).assert().success();
    let whole = start.elapsed();
    let first = bytes();
    run(granularities[1]).assert().success();
    let second = bytes();
    assert!(first[0] != second[0]);
    assert!(load(&saved).unwrap().summary.theme("N1").is_some_and(|theme| theme.mentions == 2));

    let (mut state, mut changed, mut before) = (7, 0, second.clone());
    for round in 0..20 {
        let (next, expected) = if before == first { (granularities[1], &second) } else { (granularities[0], &first) };
        // Most of them near the end, where the files are written.
        let after = whole.mul_f64(0.5 + 0.6 * (jumping(&mut state) % 1000) as f64 / 1000.0);
        wait_until_killed(killable(&run(next)).spawn().unwrap(), after);
        let found = bytes();
        assert!(found == before || found == *expected, "round {round}, killed after {after:?}: neither old nor new");
        changed += usize::from(found != before);
        before = found;
    }
    eprintln!("{changed} of 20 killed runs had saved");
    // The next run puts everything in its place, for other programs too, and leaves nothing behind.
    let (next, expected) = if before == first { (granularities[1], &second) } else { (granularities[0], &first) };
    run(next).assert().success();
    assert!(FILES.map(|file| fs::read(saved.join(file)).unwrap()) == *expected);
    let mut names: Vec<_> = fs::read_dir(&saved).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["analysis.json", "answers.parquet", "codebook.toml", "vectors.npy"]);
}

/// A run was killed after it had saved and before it moved its files, which leaves them in `.leitmotif-next`; then the
/// researcher edits the codebook that is there. What is written last holds.
#[test]
fn edits_that_follow_a_run_killed_while_saving_are_read_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("a");
    themes_into(&saved, "1").assert().success();
    let codebook = saved.join("codebook.toml");
    let old = fs::read_to_string(&codebook).unwrap();
    let next = saved.join(".leitmotif-next");
    fs::create_dir(&next).unwrap();
    for file in ["analysis.json", "answers.parquet", "vectors.npy", "codebook.toml"] {
        fs::copy(saved.join(file), next.join(file)).unwrap();
    }
    fs::write(next.join("codebook.toml"), format!("{old}# what the run made of it\n")).unwrap();
    fs::write(next.join("codebook.before"), blake3::hash(old.as_bytes()).to_hex().to_string()).unwrap();
    let themes = load(&saved).unwrap().summary.themes().map(|theme| theme.id.clone()).collect::<Vec<_>>();
    let mine = format!("{old}\n[category.\"Mine\"]\nthemes = {:?}\n", &themes[..2]);
    fs::write(&codebook, &mine).unwrap();
    let run = |what: &str| crate::common::leitmotif().arg("codebook").arg(&saved).arg(what).output().unwrap();
    let checked = run("--check");
    assert!(String::from_utf8_lossy(&checked.stdout).contains("1 of 1 edit would be applied"), "{checked:?}");
    assert!(String::from_utf8_lossy(&checked.stderr).contains("killed while it saved"), "{checked:?}");
    assert!(run("--apply").status.success());
    let text = fs::read_to_string(&codebook).unwrap();
    assert!(text.contains("[category.\"Mine\"]") && !text.contains("what the run made of it") && !next.exists());
    assert_eq!(load(&saved).unwrap().summary.categories.len(), 1);
}

/// A codebook that several people share lies elsewhere.
#[cfg(unix)]
#[test]
fn a_codebook_that_is_a_link_stays_one() {
    let folder = tempfile::tempdir().unwrap();
    let [saved, shared] = ["a", "shared.toml"].map(|name| folder.path().join(name));
    themes_into(&saved, "1").assert().success();
    let codebook = saved.join("codebook.toml");
    fs::rename(&codebook, &shared).unwrap();
    std::os::unix::fs::symlink("../shared.toml", &codebook).unwrap();
    let theme = load(&saved).unwrap().summary.themes().next().unwrap().id.clone();
    let heading = format!("[theme.\"{theme}\"]\n");
    let text = fs::read_to_string(&shared).unwrap().replace(&heading, &format!("{heading}name = \"Mine\"\n"));
    fs::write(&shared, text).unwrap();
    crate::common::leitmotif().arg("codebook").arg(&saved).arg("--apply").assert().success();
    themes_into(&saved, "0.6").assert().success();
    assert!(codebook.is_symlink() && fs::read_to_string(&shared).unwrap().contains("name = \"Mine\""));
    assert!(load(&saved).unwrap().summary.themes().any(|theme| theme.label == "Mine"));
}

/// The system lets no file grow beyond 40 blocks of 1,024 bytes, so the analysis cannot be saved.
#[cfg(unix)]
#[test]
fn a_full_disk_while_saving_leaves_the_old_analysis() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("a");
    let run = |granularity: &str| themes_into(&saved, granularity);
    run("1").assert().success();
    let files = ["analysis.json", "answers.parquet", "vectors.npy", "codebook.toml"];
    let before = files.map(|file| fs::read(saved.join(file)).unwrap());
    let again = run("0.6");
    let mut command = Command::new("bash");
    command.args(["-c", "trap '' XFSZ; ulimit -f 40; exec \"$0\" \"$@\""]);
    command.arg(again.get_program()).args(again.get_args()).env_remove("ORT_DYLIB_PATH");
    let output = command.output().unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.contains("error: failed to write") && message.contains("hint: "), "{message}");
    assert!(before == files.map(|file| fs::read(saved.join(file)).unwrap()));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left behind");
}

#[test]
#[ignore = "slow: make test-slow"]
fn twenty_kills_of_an_export_leave_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let saved = folder.path().join("a");
    leitmotif_cached("themes")
        .arg(project("data/hospital"))
        .args(["--stability", "0", "-o"])
        .arg(&saved)
        .assert()
        .success();
    let (mut state, mut changed) = (11, 0);
    for format in ["xlsx", "csv", "qdpx", "parquet"] {
        let file = folder.path().join(format!("out.{format}"));
        let export = || {
            let mut command = leitmotif();
            command.arg("export").arg(&saved).args(["--to", format, "--force", "-o"]).arg(&file);
            command
        };
        let start = Instant::now();
        export().assert().success();
        let whole = start.elapsed();
        let new = fs::read(&file).unwrap();
        for round in 0..5 {
            fs::write(&file, "the old file").unwrap();
            let after = whole.mul_f64(1.1 * (jumping(&mut state) % 1000) as f64 / 1000.0);
            wait_until_killed(killable(&export()).spawn().unwrap(), after);
            let found = fs::read(&file).unwrap();
            assert!(found == b"the old file" || found == new, "{format}, round {round}, killed after {after:?}");
            changed += usize::from(found == new);
        }
    }
    eprintln!("{changed} of 20 killed exports had been written");
}

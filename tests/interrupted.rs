//! Runs that are killed, and runs that share a vector cache: nothing is lost, nothing is embedded
//! twice, and the bytes are those of an undisturbed run.

mod common;

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::project;
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

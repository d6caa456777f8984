//! What the tests share: the program, the sample studies, and the public interviews where they lie
//! beside the checkout.
#![allow(dead_code, reason = "each test file uses its part")]

pub mod server;

use std::path::{Path, PathBuf};
use std::time::Duration;

use assert_cmd::Command;

/// A file or folder of the project.
pub fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// After this what waits for ever is given up. It is no bound on how long work may take: machines that run tests are
/// shared, and speed is measured by the benches.
pub const ENDS_SOMEWHEN: Duration = Duration::from_secs(600);

/// The two sample studies, as arguments.
pub fn samples() -> [PathBuf; 2] {
    [project("data/hospital"), project("data/homecare.csv")]
}

/// The program, quiet on the environment's settings.
pub fn leitmotif() -> Command {
    let mut command = Command::cargo_bin("leitmotif").expect("cargo builds the program before its tests");
    command.env_remove("SOURCE_DATE_EPOCH").env_remove("ORT_DYLIB_PATH").env("NO_COLOR", "1");
    command
}

/// The program with a vector cache that the tests share: the samples are embedded once.
pub fn leitmotif_cached(command: &str) -> Command {
    let mut program = leitmotif();
    program.arg(command).arg("--cache").arg(Path::new(env!("CARGO_TARGET_TMPDIR")).join("vector-cache"));
    program
}

/// A file of the public interviews in the folder that `LEITMOTIF_INTERVIEWS` names; without it the
/// test prints why it is skipped.
pub fn interviews(file: &str) -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("LEITMOTIF_INTERVIEWS") else {
        eprintln!("skipped: LEITMOTIF_INTERVIEWS does not name a folder with {file}");
        return None;
    };
    let path = Path::new(&folder).join(file);
    if !path.is_file() {
        eprintln!("skipped: {} is not there", path.display());
        return None;
    }
    Some(path)
}

/// Standard error of a run that must fail with this status.
pub fn failure(command: &mut Command, status: i32) -> String {
    let output = command.assert().failure().get_output().clone();
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(status), "{message}");
    message
}

/// A message however the terminal breaks it into lines.
pub fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

//! Being told to stop: Ctrl-C, a terminal that closes, `kill`.
//!
//! In: the paths of what is unfinished, while it is. Out: on SIGINT, SIGTERM and SIGHUP these are
//! removed, and the program ends as the signal says, so that a shell sees 128 + its number. What is
//! being moved into place is moved first. A signal that was ignored when the program began, as `nohup`
//! ignores SIGHUP, stays ignored. It removes no path that was not handed to it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

static UNFINISHED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// While it lives, no stop is heeded.
pub(crate) struct Pause {
    unfinished: MutexGuard<'static, BTreeSet<PathBuf>>,
}

/// Puts a stop off. Not to be held while something unfinished begins or ends, but for a [`Kept`] that is
/// forgotten through it.
pub(crate) fn pause() -> Pause {
    Pause { unfinished: UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner) }
}

impl Pause {
    /// What was unfinished has become something that stays.
    pub(crate) fn forget(&mut self, kept: Kept) {
        self.unfinished.remove(&kept.0);
        std::mem::forget(kept);
    }
}

/// The path of something unfinished, known until it is dropped.
pub(crate) struct Kept(PathBuf);

impl Kept {
    pub(crate) fn new(path: &Path) -> Self {
        pause().unfinished.insert(path.to_path_buf());
        Self(path.to_path_buf())
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        pause().unfinished.remove(&self.0);
    }
}

/// From now on, a stop removes what is unfinished. For programs: a library leaves signals alone.
#[cfg(unix)]
pub fn remove_unfinished_when_stopped() {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let ignored = ignored();
    let heeded = [SIGINT, SIGTERM, SIGHUP].into_iter().filter(|signal| ignored >> (signal - 1) & 1 == 0);
    let Ok(mut signals) = signal_hook::iterator::Signals::new(heeded) else { return };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Held to the end: nothing else begins or is moved.
            let unfinished = pause();
            for path in unfinished.unfinished.iter() {
                // The other threads may still be writing into a folder.
                for _ in 0..10 {
                    if std::fs::remove_file(path).is_ok() || std::fs::remove_dir_all(path).is_ok() || !path.exists() {
                        break;
                    }
                }
            }
            let _ = signal_hook::low_level::emulate_default_handler(signal);
        }
    });
}

#[cfg(not(unix))]
pub fn remove_unfinished_when_stopped() {}

/// The signals that are ignored, a bit each, where the system tells: `SigIgn` of Linux.
#[cfg(unix)]
fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0)
}

//! A saved analysis whose files are being moved into place.
//!
//! In: an analysis folder in which a whole analysis stands in [`NEXT`], as it does while a run saves and after one
//! that was killed then. Out: where each file is read from, and the files moved. The codebook is the researcher's: one
//! that was changed since the run read it stays, and what the run made of it goes; one that is a link is written to
//! where that leads. It makes no analysis, and removes nothing but what the run itself made.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::files;

pub(super) const SUMMARY: &str = "analysis.json";
pub(super) const UNITS: &str = "answers.parquet";
pub(super) const VECTORS: &str = "vectors.npy";
pub(super) const CODEBOOK: &str = "codebook.toml";
/// What an analysis folder holds of ours.
pub const OUR_FILES: [&str; 4] = [SUMMARY, UNITS, VECTORS, CODEBOOK];
/// A saved analysis whose files are being moved into place.
pub(super) const NEXT: &str = ".leitmotif-next";
/// Beside them the hash of the codebook that the run had read.
pub(super) const BEFORE: &str = "codebook.before";

/// A codebook that is to be saved.
#[derive(Clone, Copy, Debug)]
pub struct NewCodebook<'a> {
    /// What stands in it.
    pub text: &'a str,
    /// What it was made from; `None` where there was none.
    pub made_from: Option<&'a str>,
}

impl NewCodebook<'_> {
    /// What [`BEFORE`] holds of it.
    pub(super) fn before(&self) -> String {
        self.made_from.map(|text| hash(text.as_bytes())).unwrap_or_default()
    }
}

/// Where a file of the analysis is: being moved, or in its place.
pub(super) fn place_of(folder: &Path, name: &str) -> PathBuf {
    let next = folder.join(NEXT).join(name);
    let is_there = next.is_file() && !(name == CODEBOOK && was_changed(folder));
    if is_there { next } else { folder.join(name) }
}

/// Whether the codebook is another than the one that the run had read, whose files are still to be moved.
pub(super) fn was_changed(folder: &Path) -> bool {
    let next = folder.join(NEXT);
    // Earlier programs kept no hash.
    let Ok(before) = fs::read_to_string(next.join(BEFORE)) else { return false };
    let hash_of = |path: &Path| fs::read(path).ok().map(|bytes| hash(&bytes));
    let Some(made) = hash_of(&next.join(CODEBOOK)) else { return false };
    hash_of(&folder.join(CODEBOOK)).is_some_and(|now| now != before && now != made)
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Moves what a saved analysis still has to move; what cannot be moved is read from where it is.
pub(super) fn finish(folder: &Path) {
    let next = folder.join(NEXT);
    if !next.is_dir() {
        return;
    }
    for name in OUR_FILES {
        let (from, to) = (next.join(name), folder.join(name));
        if from.is_file() {
            let _ = match name {
                CODEBOOK if was_changed(folder) => fs::remove_file(&from),
                _ if to.is_symlink() => through_link(&from, &to),
                _ => fs::rename(&from, &to),
            };
        }
    }
    if !next.join(CODEBOOK).exists() {
        let _ = fs::remove_file(next.join(BEFORE));
    }
    // It holds nothing else, and stays if it does.
    let _ = fs::remove_dir(&next);
    files::sync_folder(folder);
}

/// What stands where a link leads is replaced, in one step; the link stays. Stops wait already while files are moved.
fn through_link(from: &Path, link: &Path) -> io::Result<()> {
    let target = files::target_of(link)?;
    let mut beside = tempfile::NamedTempFile::new_in(files::folder_of(&target))?;
    io::copy(&mut File::open(from)?, &mut beside)?;
    beside.as_file().sync_all()?;
    files::keep_mode(&target, beside.path())?;
    beside.persist(&target).map_err(|error| error.error)?;
    fs::remove_file(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder in which a run was killed before it moved its codebook; what it had read, and what stands there.
    fn killed(read: Option<&str>, there: Option<&str>) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let next = folder.path().join(NEXT);
        fs::create_dir(&next).unwrap();
        let made = NewCodebook { text: "made", made_from: read };
        fs::write(next.join(CODEBOOK), made.text).unwrap();
        fs::write(next.join(BEFORE), made.before()).unwrap();
        if let Some(text) = there {
            fs::write(folder.path().join(CODEBOOK), text).unwrap();
        }
        folder
    }

    /// What is read, and what stands there when all is moved.
    fn after(folder: &Path) -> [String; 2] {
        let read = fs::read_to_string(place_of(folder, CODEBOOK)).unwrap();
        finish(folder);
        assert!(!folder.join(NEXT).exists(), "nothing is left behind");
        [read, fs::read_to_string(folder.join(CODEBOOK)).unwrap()]
    }

    #[test]
    fn a_codebook_that_was_changed_after_a_kill_stays_and_one_that_was_not_is_replaced() {
        assert_eq!(after(killed(Some("old"), Some("edited")).path()), ["edited", "edited"]);
        assert_eq!(after(killed(None, Some("edited")).path()), ["edited", "edited"]);
        assert_eq!(after(killed(Some("old"), Some("old")).path()), ["made", "made"]);
        assert_eq!(after(killed(Some("old"), Some("made")).path()), ["made", "made"]);
        assert_eq!(after(killed(None, None).path()), ["made", "made"]);
        assert_eq!(after(killed(Some("old"), None).path()), ["made", "made"]);
    }

    #[test]
    fn what_an_earlier_program_left_is_moved_as_it_was() {
        let folder = killed(Some("old"), Some("edited"));
        fs::remove_file(folder.path().join(NEXT).join(BEFORE)).unwrap();
        assert_eq!(after(folder.path()), ["made", "made"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_codebook_that_is_a_link_is_written_where_that_leads() {
        let elsewhere = tempfile::tempdir().unwrap();
        let shared = elsewhere.path().join("shared.toml");
        fs::write(&shared, "old").unwrap();
        let folder = killed(Some("old"), None);
        let link = folder.path().join(CODEBOOK);
        std::os::unix::fs::symlink(&shared, &link).unwrap();
        assert_eq!(after(folder.path()), ["made", "made"]);
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&shared).unwrap(), "made");
    }
}

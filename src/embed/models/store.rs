//! Where downloaded models lie on this machine.
//!
//! In: the environment. Out: folders, and the files of a model in them. The layout is that of the
//! hub's own tools (`models--ORG--NAME/snapshots/COMMIT/…`, `refs/main`), so that a model is found
//! whichever of them got it. It writes nothing and touches no network.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use super::catalogue::Entry;
use crate::corpus::opening::{LARGEST_NOTE, read_text};

/// The folder that `models get` writes to: `HF_HOME`, or `FASTEMBED_CACHE_DIR`, as fastembed has
/// it, or `leitmotif/models` in the user's data folder.
pub fn folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    let by_platform = || Some(etcetera::choose_base_strategy().ok()?.data_dir().join("leitmotif").join("models"));
    variable("HF_HOME").or_else(|| variable("FASTEMBED_CACHE_DIR")).or_else(by_platform)
}

/// Every folder that models are looked for in: [`folder`], then those of fastembed and of the
/// hub's Python tools.
pub fn folders() -> Vec<PathBuf> {
    use etcetera::BaseStrategy;
    let base = etcetera::choose_base_strategy().ok();
    let hub = base.as_ref().map(|base| base.home_dir().join(".cache").join("huggingface").join("hub"));
    let own = base.as_ref().map(|base| base.data_dir().join("leitmotif").join("models"));
    let places = [
        folder(),
        variable("HF_HOME").map(|home| home.join("hub")),
        variable("HF_HUB_CACHE"),
        variable("FASTEMBED_CACHE_DIR"),
        own,
        hub,
    ];
    let mut folders: Vec<PathBuf> = Vec::new();
    for place in places.into_iter().flatten() {
        if !folders.contains(&place) {
            folders.push(place);
        }
    }
    folders
}

fn variable(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The folder of a snapshot that holds every file of a model, if there is one.
pub fn find(entry: &Entry) -> Option<PathBuf> {
    folders().iter().find_map(|folder| find_in(folder, entry))
}

pub(super) fn find_in(folder: &Path, entry: &Entry) -> Option<PathBuf> {
    let repository = repository_in(folder, entry);
    let snapshots = repository.join("snapshots");
    let main = read_text(&repository.join("refs").join("main"), LARGEST_NOTE).ok();
    let mut candidates: Vec<PathBuf> = main.iter().map(|commit| snapshots.join(commit.trim())).collect();
    let mut others: Vec<PathBuf> =
        fs::read_dir(&snapshots).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    others.sort();
    candidates.extend(others);
    candidates.into_iter().find(|snapshot| entry.files().all(|file| snapshot.join(file).is_file()))
}

/// The folder of a model's repository in a store.
pub(super) fn repository_in(folder: &Path, entry: &Entry) -> PathBuf {
    folder.join(format!("models--{}", entry.repository.replace('/', "--")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::models::catalogue;

    #[test]
    fn a_model_is_there_only_when_every_file_is() {
        let store = tempfile::tempdir().unwrap();
        let entry = catalogue::find("multilingual-e5-large").unwrap();
        let snapshot = store.path().join("models--Qdrant--multilingual-e5-large-onnx/snapshots/abc");
        fs::create_dir_all(&snapshot).unwrap();
        for file in entry.files() {
            assert_eq!(find_in(store.path(), &entry), None, "before {file}");
            fs::write(snapshot.join(file), b"x").unwrap();
        }
        assert_eq!(find_in(store.path(), &entry), Some(snapshot));
    }
}

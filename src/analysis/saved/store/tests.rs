//! What is saved comes back, and what is not ours is told from what is.

use super::*;

fn specimen() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1")
}

#[test]
fn what_is_saved_is_loaded_and_one_changed_byte_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("run");
    let analysis = load(&specimen()).unwrap();
    let target = Target::check(&place, false).unwrap();
    save(&analysis, None, &target).unwrap();
    drop(target);
    let loaded = load(&place).unwrap();
    assert!(loaded.units == analysis.units && loaded.vectors == analysis.vectors);
    assert!(loaded.summary.sections == analysis.summary.sections);
    let without = load_without_vectors(&place).unwrap();
    assert!(without.units == analysis.units && without.vectors.dim() == (0, analysis.vectors.ncols()));
    let path = place.join("vectors.npy");
    let vectors = std::fs::read(&path).unwrap();
    let mut changed = vectors.clone();
    changed[vectors.len() - 3] ^= 1;
    for damaged in [&changed[..], &vectors[..vectors.len() - 4], b"nothing"] {
        std::fs::write(&path, damaged).unwrap();
        for error in [load(&place).unwrap_err(), load_without_vectors(&place).unwrap_err()] {
            assert!(matches!(error, StoreError::Altered { .. }), "{error}");
        }
    }
    std::fs::write(&path, vectors).unwrap();
    let path = place.join("answers.parquet");
    let mut bytes = std::fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(load(&place).unwrap_err().to_string().contains("answers.parquet"));
}

#[test]
fn a_folder_is_an_analysis_by_what_stands_in_its_file() {
    let folder = tempfile::tempdir().unwrap();
    assert!(is_analysis(&specimen()) && !is_analysis(folder.path()));
    // One of before there were hashes.
    assert_eq!(load_without_vectors(&specimen()).unwrap().units, load(&specimen()).unwrap().units);
    std::fs::write(folder.path().join("analysis.json"), "{\"name\": \"thesis\"}").unwrap();
    assert!(!is_analysis(folder.path()) && Target::check(folder.path(), true).is_err());
}

#[test]
fn a_file_in_the_place_of_the_folder_is_told_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run");
    std::fs::write(&path, "mine").unwrap();
    for force in [false, true] {
        let error = Target::check(&path, force).unwrap_err();
        assert!(matches!(error, StoreError::NotAFolder { .. }) && error.hint().unwrap().contains("folder"), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
}

#[test]
fn a_folder_with_other_files_is_nobodys_target_and_an_empty_one_is() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Target::check(folder.path(), false).is_ok());
    std::fs::write(folder.path().join("mine.txt"), "notes").unwrap();
    for force in [false, true] {
        let error = Target::check(folder.path(), force).unwrap_err();
        assert!(matches!(error, StoreError::Occupied { .. }) && error.hint().unwrap().contains("`-o`"), "{error}");
    }
    // Asked for as an analysis it is none, and where one comes from is told.
    let error = load(folder.path()).unwrap_err();
    assert!(matches!(error, StoreError::NotAnAnalysis { .. }) && error.hint().unwrap().contains("themes"), "{error}");
}

//! The graphs of the models that belong to the program.
//!
//! In: nothing, or a file to take a graph from. Out: a graph's bytes: those compiled into the program, or, where it was
//! built without them (from the package of crates.io, which is limited to 10 MB), those of a file. Files are looked
//! for beside the program, in `../share/leitmotif/` and in the user's data folder, and count only with the hash that
//! stands here, so that the same program gives the same vectors wherever its model came from. It touches no network.

use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};

use super::ModelError;
use crate::corpus::opening::{LARGEST_MODEL, Refused, read};
use crate::files;

/// A graph, known by its hashes.
pub struct BundledGraph {
    /// The model's name and that of its folder in `models/`.
    pub name: &'static str,
    /// How `--model` calls it.
    pub word: &'static str,
    /// Its length.
    pub bytes: u64,
    /// BLAKE3 of its bytes.
    pub blake3: &'static str,
    /// The model's identity: [`fingerprint`](crate::embed::onnx) of graph and tokenizer.
    pub fingerprint: &'static str,
}

/// The theme model.
pub static THEME: BundledGraph = BundledGraph {
    name: "theme-minilm-l6",
    word: super::DEFAULT,
    bytes: 23_550_532,
    blake3: "8886a40ce4653aa8bcd38d5a2262dc8e9e963b881faf692571bb92de41d55ca9",
    fingerprint: "ad02c12d1c9b491b9301433de4185682643cf6a0f744fd0cbc50597ec5e409c6",
};

/// The model that it was trained from.
pub static BASE: BundledGraph = BundledGraph {
    name: "all-minilm-l6-v2",
    word: super::BASE_WORD,
    bytes: 23_550_532,
    blake3: "8cafb078d0784ea4a4db1b85c1691fd5dd8f204e26c62f2f500ff15650b9daf2",
    fingerprint: "603ae51733fa86fb9a6ccc1e2e460e2ea4e0e799f719150f918c88c34a8ce433",
};

/// The bundled model that is called so.
pub fn named(word: &str) -> Option<&'static BundledGraph> {
    [&THEME, &BASE].into_iter().find(|graph| graph.word == word)
}

impl BundledGraph {
    /// The bytes in the program, where it was built with them.
    #[cfg(bundled_models)]
    pub fn compiled_in(&self) -> Option<&'static [u8]> {
        const THEME_GRAPH: &[u8] =
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/theme-minilm-l6/model.onnx"));
        const BASE_GRAPH: &[u8] =
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/models/all-minilm-l6-v2/model.onnx"));
        Some(if self.name == THEME.name { THEME_GRAPH } else { BASE_GRAPH })
    }

    /// The bytes in the program, where it was built with them.
    #[cfg(not(bundled_models))]
    pub fn compiled_in(&self) -> Option<&'static [u8]> {
        None
    }

    /// Where it lies, as far as its name tells.
    pub fn find(&self) -> Option<PathBuf> {
        self.places().into_iter().find(|place| place.is_file())
    }

    /// That it lies nowhere.
    pub fn missing(&self) -> ModelError {
        let searched = self.places().iter().map(|place| place.display().to_string()).collect();
        ModelError::NotInstalled { name: self.name, searched }
    }

    /// Its bytes, from where it lies.
    ///
    /// # Errors
    /// [`ModelError::NotInstalled`], [`ModelError::AnotherModel`], and [`ModelError::Folder`] when the file cannot be
    /// read.
    pub fn read(&self) -> Result<Vec<u8>, ModelError> {
        self.checked(&self.find().ok_or_else(|| self.missing())?)
    }

    /// Copies it from a file, or a folder that holds it, to where it is found, and returns the place.
    ///
    /// # Errors
    /// Those of [`Self::read`], and [`ModelError::Store`] and [`ModelError::NoStore`].
    pub fn install(&self, from: &Path) -> Result<PathBuf, ModelError> {
        let bytes = self.within(from)?;
        let folder = own_folder().ok_or(ModelError::NoStore)?;
        let place = self.below(&folder);
        let failed = |error: std::io::Error| ModelError::Store {
            path: folder.clone(),
            full: error.kind() == std::io::ErrorKind::StorageFull,
            reason: error.to_string(),
        };
        files::make_folder(files::folder_of(&place)).map_err(failed)?;
        files::write_whole(&place, |out| out.write_all(&bytes)).map_err(failed)?;
        Ok(place)
    }

    /// Whether a file, or a folder that holds it, is this model.
    ///
    /// # Errors
    /// Those of [`Self::read`].
    pub fn check(&self, from: &Path) -> Result<(), ModelError> {
        self.within(from).map(drop)
    }

    fn within(&self, from: &Path) -> Result<Vec<u8>, ModelError> {
        let inside = [from.join("model.onnx"), from.join(self.name).join("model.onnx")];
        let file = inside.into_iter().find(|file| file.is_file()).unwrap_or_else(|| from.to_path_buf());
        self.checked(&file)
    }

    fn checked(&self, path: &Path) -> Result<Vec<u8>, ModelError> {
        let bytes = read(path, LARGEST_MODEL).map_err(|refused: Refused| ModelError::Folder {
            path: path.into(),
            reason: refused.to_string(),
            hint: "name the file model.onnx of this model, or the folder that holds it".into(),
        })?;
        let found = blake3::hash(&bytes).to_hex();
        if found.as_str() == self.blake3 {
            return Ok(bytes);
        }
        let (name, expected, found) = (self.name, self.blake3, found.to_string());
        Err(ModelError::AnotherModel { path: path.into(), name, expected, found })
    }

    fn places(&self) -> Vec<PathBuf> {
        let program = env::current_exe().ok();
        let beside = program.as_deref().and_then(Path::parent);
        let shared = beside.and_then(Path::parent).map(|prefix| prefix.join("share").join("leitmotif"));
        let folders = [beside.map(Path::to_path_buf), shared, own_folder()];
        folders.into_iter().flatten().map(|folder| self.below(&folder)).collect()
    }

    fn below(&self, folder: &Path) -> PathBuf {
        folder.join("models").join(self.name).join("model.onnx")
    }
}

/// `leitmotif` in the user's data folder.
fn own_folder() -> Option<PathBuf> {
    use etcetera::BaseStrategy;
    Some(etcetera::choose_base_strategy().ok()?.data_dir().join("leitmotif"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_counts_only_with_the_hash_that_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let right: &'static str = Box::leak(blake3::hash(b"graph").to_hex().to_string().into_boxed_str());
        let graph = BundledGraph { name: "some-model", word: "some", bytes: 5, blake3: right, fingerprint: "" };
        let file = folder.path().join("model.onnx");
        std::fs::write(&file, b"graph").unwrap();
        assert_eq!(graph.checked(&file).unwrap(), b"graph");
        assert!(graph.check(folder.path()).is_ok() && graph.check(&folder.path().join("nothing")).is_err());
        std::fs::write(&file, b"grapf").unwrap();
        let error = graph.checked(&file).unwrap_err();
        assert!(matches!(error, ModelError::AnotherModel { .. }) && error.hint().is_some(), "{error}");
        let error = graph.checked(&folder.path().join("nothing")).unwrap_err();
        assert!(error.to_string().contains("nothing"), "{error}");
    }

    #[test]
    fn a_model_that_is_nowhere_is_said_to_be_missing_with_every_place() {
        let graph = BundledGraph { name: "no-such-model", word: "no", bytes: 0, blake3: "", fingerprint: "" };
        let error = graph.read().unwrap_err();
        let ModelError::NotInstalled { searched, .. } = &error else { panic!("{error}") };
        assert!(searched.len() >= 2 && error.to_string().contains("no-such-model"), "{error}");
        assert!(error.hint().unwrap().contains("models get bundled --from"));
    }

    #[test]
    fn words_of_the_command_line_name_them() {
        assert_eq!(named("bundled").unwrap().name, THEME.name);
        assert_eq!(named("all-MiniLM-L6-v2").unwrap().name, BASE.name);
        assert!(named("multilingual-e5-small").is_none());
    }
}

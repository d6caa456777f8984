//! The analysis folder: saved whole or not at all.
//!
//! In: an analysis and a folder. Out: `analysis.json`, `answers.parquet` and `vectors.npy`, first
//! written to a folder beside it and then moved into place in one step, so that a kill leaves the
//! old analysis or the new one. It never replaces a folder that is not an analysis, and an
//! analysis only when told to; a `codebook.toml` found there is the researcher's and stays, or is
//! replaced by what the caller made of it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use ndarray::Array2;
use ndarray_npy::{ReadNpyExt, WriteNpyExt};

use super::schema::{Analysis, SCHEMA_VERSION, Summary};
use super::table;

const SUMMARY: &str = "analysis.json";
const UNITS: &str = "answers.parquet";
const VECTORS: &str = "vectors.npy";
const CODEBOOK: &str = "codebook.toml";

/// A place to save an analysis, checked before the work.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    parent: PathBuf,
    replaces: bool,
}

impl Target {
    /// Checks that an analysis can be saved in `folder`; with `force`, an analysis that is there
    /// will be replaced.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::NotAnAnalysis`], [`StoreError::Write`].
    pub fn check(folder: &Path, force: bool) -> Result<Self, StoreError> {
        let absolute = std::path::absolute(folder).map_err(|error| StoreError::write(folder, error))?;
        let parent = absolute
            .parent()
            .map(Path::to_path_buf)
            .ok_or_else(|| StoreError::NotAnAnalysis { folder: folder.into() })?;
        let mut replaces = false;
        if absolute.exists() {
            let empty = fs::read_dir(&absolute).map_err(|error| StoreError::write(folder, error))?.next().is_none();
            if !empty && !absolute.join(SUMMARY).is_file() {
                return Err(StoreError::NotAnAnalysis { folder: folder.into() });
            }
            if !empty && !force {
                return Err(StoreError::Exists { folder: folder.into() });
            }
            replaces = true;
        }
        fs::create_dir_all(&parent).map_err(|error| StoreError::write(&parent, error))?;
        let target = Self { folder: absolute, parent, replaces };
        // A folder made and taken away again: the place can be written to.
        target.temporary_folder()?;
        Ok(target)
    }

    fn temporary_folder(&self) -> Result<tempfile::TempDir, StoreError> {
        let name = self.folder.file_name().and_then(|name| name.to_str()).unwrap_or("analysis");
        tempfile::Builder::new()
            .prefix(&format!(".{name}.saving-"))
            .tempdir_in(&self.parent)
            .map_err(|error| StoreError::write(&self.parent, error))
    }
}

/// Saves an analysis with its codebook; without one, a codebook that is there stays as it is.
///
/// # Errors
/// [`StoreError::Write`]; what was there before is whole then.
pub fn save(analysis: &Analysis, codebook: Option<&str>, target: &Target) -> Result<(), StoreError> {
    let temporary = target.temporary_folder()?;
    let folder = temporary.path();
    write_file(&folder.join(SUMMARY), |out| {
        serde_json::to_writer_pretty(&mut *out, &analysis.summary)?;
        out.write_all(b"\n")
    })?;
    let attributes = table::attributes(&analysis.summary);
    write_file(&folder.join(UNITS), |out| table::write(&analysis.units, &attributes, out).map_err(io::Error::other))?;
    write_file(&folder.join(VECTORS), |out| analysis.vectors.write_npy(out).map_err(io::Error::other))?;
    let before = target.folder.join(CODEBOOK);
    if let Some(text) = codebook {
        write_file(&folder.join(CODEBOOK), |out| out.write_all(text.as_bytes()))?;
    } else if target.replaces && before.is_file() {
        fs::copy(&before, folder.join(CODEBOOK)).map_err(|error| StoreError::write(&before, error))?;
    }
    readable_like_any_folder(folder).map_err(|error| StoreError::write(folder, error))?;
    move_into_place(temporary, target).map_err(|error| StoreError::write(&target.folder, error))
}

fn write_file(path: &Path, write: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>) -> Result<(), StoreError> {
    let attempt = || -> io::Result<()> {
        let mut out = BufWriter::new(File::create(path)?);
        write(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()
    };
    attempt().map_err(|error| StoreError::write(path, error))
}

/// Temporary folders are private; an analysis has the permissions its surroundings give.
#[cfg(unix)]
fn readable_like_any_folder(folder: &Path) -> io::Result<()> {
    let probe = folder.join(".mode");
    fs::create_dir(&probe)?;
    let permissions = fs::metadata(&probe)?.permissions();
    fs::remove_dir(&probe)?;
    fs::set_permissions(folder, permissions)
}

#[cfg(not(unix))]
fn readable_like_any_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

fn move_into_place(temporary: tempfile::TempDir, target: &Target) -> io::Result<()> {
    if !target.folder.exists() {
        return fs::rename(temporary.keep(), &target.folder);
    }
    if exchange(temporary.path(), &target.folder).is_ok() {
        // The temporary name now holds the old analysis; dropping it takes that away.
        return temporary.close();
    }
    let old = target.temporary_folder().map_err(io::Error::other)?;
    let aside = old.path().join("old");
    fs::rename(&target.folder, &aside)?;
    match fs::rename(temporary.path(), &target.folder) {
        Ok(()) => {
            let _moved = temporary.keep();
            old.close()
        }
        Err(error) => {
            fs::rename(&aside, &target.folder)?;
            Err(error)
        }
    }
}

/// Swaps two folders in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Where the codebook of an analysis lies.
pub fn codebook_path(folder: &Path) -> PathBuf {
    folder.join(CODEBOOK)
}

/// The codebook of an analysis as it is stored, where there is one.
///
/// # Errors
/// [`StoreError::Read`].
pub fn read_codebook(folder: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let path = codebook_path(folder);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::read_codebook(&path, error)),
    }
}

/// Whether a folder holds a saved analysis.
pub fn is_analysis(folder: &Path) -> bool {
    folder.join(SUMMARY).is_file()
}

/// Loads a saved analysis.
///
/// # Errors
/// [`StoreError::NotAnAnalysis`], [`StoreError::Read`], [`StoreError::Version`].
pub fn load(folder: &Path) -> Result<Analysis, StoreError> {
    let path = folder.join(SUMMARY);
    if !path.is_file() {
        return Err(StoreError::NotAnAnalysis { folder: folder.into() });
    }
    let bytes = fs::read(&path).map_err(|error| StoreError::read(&path, error))?;
    let version: Version = serde_json::from_slice(&bytes).map_err(|error| StoreError::read(&path, error))?;
    if version.schema_version > SCHEMA_VERSION {
        return Err(StoreError::Version { path, found: version.schema_version });
    }
    let summary: Summary = serde_json::from_slice(&bytes).map_err(|error| StoreError::read(&path, error))?;
    let path = folder.join(UNITS);
    let units = table::read(&path).map_err(|reason| StoreError::read(&path, reason))?;
    let path = folder.join(VECTORS);
    let file = File::open(&path).map_err(|error| StoreError::read(&path, error))?;
    let vectors = Array2::<f32>::read_npy(io::BufReader::new(file)).map_err(|error| StoreError::read(&path, error))?;
    let embedded = units.iter().filter(|unit| unit.vector.is_some()).count();
    if embedded != vectors.nrows() || units.len() != summary.counts.units {
        return Err(StoreError::read(
            folder,
            format!(
                "the files do not belong together: {} units and {embedded} of them embedded in {UNITS}, {} units in \
                 {SUMMARY}, {} vectors in {VECTORS}",
                units.len(),
                summary.counts.units,
                vectors.nrows()
            ),
        ));
    }
    Ok(Analysis { summary, units, vectors })
}

#[derive(serde::Deserialize)]
struct Version {
    schema_version: u32,
}

/// What can go wrong with an analysis folder.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is an analysis already.
    #[error("{} holds an analysis already", folder.display())]
    Exists {
        /// The folder.
        folder: PathBuf,
    },
    /// The folder holds something else, or nothing.
    #[error("{} is not an analysis folder: it has no {SUMMARY}", folder.display())]
    NotAnAnalysis {
        /// The folder.
        folder: PathBuf,
    },
    /// A file could not be written.
    #[error("failed to write {}: {reason}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// A file could not be read.
    #[error("failed to read {}: {reason}", path.display())]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The codebook could not be read.
    #[error("failed to read {}: {reason}", path.display())]
    Codebook {
        /// The file.
        path: PathBuf,
        /// What the system said.
        reason: String,
    },
    /// Written by a newer program.
    #[error("{} has schema version {found}; this program reads up to {SCHEMA_VERSION}", path.display())]
    Version {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: u32,
    },
}

impl StoreError {
    fn write(path: &Path, error: impl ToString) -> Self {
        Self::Write { path: path.into(), reason: error.to_string() }
    }

    fn read(path: &Path, error: impl ToString) -> Self {
        Self::Read { path: path.into(), reason: error.to_string() }
    }

    fn read_codebook(path: &Path, error: impl ToString) -> Self {
        Self::Codebook { path: path.into(), reason: error.to_string() }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Exists { .. } => Some("choose another folder with `-o`, or replace it with `--force`".into()),
            Self::NotAnAnalysis { .. } => {
                Some("an analysis folder is what `leitmotif themes INPUT -o FOLDER` writes".into())
            }
            Self::Write { .. } => Some("check the folder's permissions and the space on the disk".into()),
            Self::Read { .. } => Some("run `leitmotif themes INPUT -o FOLDER --force` to make it again".into()),
            Self::Codebook { .. } => Some("check that it is a file that you may read".into()),
            Self::Version { .. } => Some("use the newer leitmotif that wrote it".into()),
        }
    }
}

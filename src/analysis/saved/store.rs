//! The analysis folder: saved whole or not at all, loaded as it was saved.
//!
//! In: an analysis and a folder. Out: `analysis.json`, `answers.parquet`, `vectors.npy` and
//! `codebook.toml` in it, and nothing else touched: whatever lies beside them stays. They are written to
//! an unfinished folder inside it, which is then renamed to [`NEXT`]. With that one step the new analysis
//! holds: from then on each file is read from there while it is there, and they are moved into place
//! one by one, by this run or, after a kill, by the next (`next`). So at every instant there is one whole
//! analysis, on every file system that can rename. `analysis.json` tells size, shape and BLAKE3 of the
//! others and of itself, and [`load`] believes nothing that does not fit. A folder counts as an analysis
//! by what its `analysis.json` says; one that is somebody else's is never written to. A `codebook.toml`
//! found there is the researcher's and stays, or is replaced by what the caller made of it.

use std::fmt;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use ndarray::Array2;
use ndarray_npy::WriteNpyExt;

use super::answers;
use super::next::{
    BEFORE, CODEBOOK, NEXT, NewCodebook, OUR_FILES, SUMMARY, UNITS, VECTORS, finish, place_of, was_changed,
};
use super::{Analysis, SCHEMA_VERSION, SavedFile, SavedFiles, Summary};
use crate::corpus::opening;
use crate::embed::npy;
use crate::files::{self, SAVING, UnfinishedFolder};

/// Who is called what, where that is kept with it.
pub(in crate::analysis) const REGISTER: &str = "pseudonyms.csv";
/// Stands in `analysis.json` where its own hash will, and is as long.
const NO_SEAL: &str = "0000000000000000000000000000000000000000000000000000000000000000";
/// Bytes that are read at a time where nothing is made of them.
const READ_AT_ONCE: usize = 1 << 20;
/// What the hash stands behind. Inside a string of JSON its quotation marks would be escaped.
const SEAL: &str = "\"seal\": \"";

/// A place to save an analysis, checked before the work.
#[derive(Debug)]
pub struct Target {
    folder: PathBuf,
    replaces: bool,
}

impl Target {
    /// Checks that an analysis can be saved in `folder`; with `force`, an analysis that is there
    /// will be replaced. What a killed run left there is finished or removed.
    ///
    /// # Errors
    /// [`StoreError::Exists`], [`StoreError::NotAFolder`], [`StoreError::Occupied`], [`StoreError::Foreign`],
    /// [`StoreError::Read`] for an `analysis.json` that is damaged, [`StoreError::Write`].
    pub fn check(folder: &Path, force: bool) -> Result<Self, StoreError> {
        let failed = |error: io::Error| StoreError::write(folder, error);
        let place = files::target_of(folder).map_err(failed)?;
        remove_remains_of_earlier_programs(&place);
        let mut replaces = false;
        if place.is_file() {
            return Err(StoreError::NotAFolder { path: folder.into() });
        }
        if place.exists() {
            let _alone = lock(&place).map_err(failed)?;
            let mut entries = fs::read_dir(&place).map_err(failed)?.flatten();
            finish(&place);
            files::remove_remains(&place, SAVING);
            match recognised(&place)? {
                Some(_) if !force => return Err(StoreError::Exists { folder: folder.into() }),
                Some(_) => replaces = true,
                None if entries.any(|entry| !is_unfinished(&entry.file_name())) => {
                    return Err(StoreError::Occupied { folder: folder.into() });
                }
                None => {}
            }
            if let Some(name) = OUR_FILES.iter().find(|name| place.join(name).is_dir()) {
                return Err(StoreError::write(&place.join(name), "a folder has its name"));
            }
            // A folder made and taken away again: the place can be written to.
            UnfinishedFolder::inside(&place).map_err(failed)?;
        } else {
            let above = files::folder_of(&place);
            files::make_folder(above).map_err(|error| StoreError::write(above, error))?;
            UnfinishedFolder::inside(above).map_err(|error| StoreError::write(above, error))?;
        }
        Ok(Self { folder: place, replaces })
    }
}

/// Held while the folder is changed or read; nothing where the system cannot lock a folder.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    let Ok(file) = File::open(folder) else { return Ok(None) };
    match file.lock() {
        Ok(()) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error),
    }
}

fn is_unfinished(name: &std::ffi::OsStr) -> bool {
    name.to_str().is_some_and(|name| name.starts_with(SAVING) || name == NEXT)
}

/// Earlier programs wrote to `.NAME.saving-XXXXXX` beside the folder; of what they left, only folders
/// with nothing but files of an analysis in them are removed.
fn remove_remains_of_earlier_programs(folder: &Path) {
    let Some(name) = folder.file_name().and_then(|name| name.to_str()) else { return };
    let beginning = format!(".{name}{SAVING}");
    for entry in fs::read_dir(files::folder_of(folder)).into_iter().flatten().flatten() {
        let left = entry.file_name().to_str().is_some_and(|name| name.starts_with(&beginning));
        let path = entry.path();
        let ours = |path: &Path| {
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
            OUR_FILES.contains(&name) || name == ".mode"
        };
        let holds_ours = || fs::read_dir(&path).is_ok_and(|all| all.flatten().all(|entry| ours(&entry.path())));
        if left && entry.file_type().is_ok_and(|kind| kind.is_dir()) && holds_ours() {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Saves an analysis with its codebook; without one, and where it is no longer what the new one was made from, a
/// codebook that is there stays as it is.
///
/// # Errors
/// [`StoreError::Exists`] when another run saved one there meanwhile that was not to be replaced,
/// [`StoreError::Write`]; what was there before is whole then.
pub fn save(analysis: &Analysis, codebook: Option<NewCodebook>, target: &Target) -> Result<(), StoreError> {
    let folder = &target.folder;
    let failed = |error: io::Error| StoreError::write(folder, error);
    let made = !folder.exists();
    files::make_folder(folder).map_err(failed)?;
    let saved = save_into(analysis, codebook, target);
    if made && saved.is_err() {
        // Empty, or it stays.
        let _ = fs::remove_dir(folder);
    }
    saved
}

fn save_into(analysis: &Analysis, codebook: Option<NewCodebook>, target: &Target) -> Result<(), StoreError> {
    let folder = &target.folder;
    let failed = |error: io::Error| StoreError::write(folder, error);
    let _alone = lock(folder).map_err(failed)?;
    finish(folder);
    if !target.replaces && recognised(folder)?.is_some() {
        return Err(StoreError::Exists { folder: folder.clone() });
    }
    let unfinished = UnfinishedFolder::inside(folder).map_err(failed)?;
    let at = |name: &str| unfinished.path().join(name);
    let attributes = answers::attributes(&analysis.summary, &analysis.units);
    let (units, vectors) = (at(UNITS), at(VECTORS));
    // Side by side: of one the words take their time, of the other the disk.
    let (units, vectors) = rayon::join(
        || write_file(&units, |out| answers::write(&analysis.units, &attributes, out).map_err(io::Error::other)),
        || write_file(&vectors, |out| analysis.vectors.write_npy(out).map_err(io::Error::other)),
    );
    let (units, vectors) = (units?, vectors?);
    let written = SavedFiles {
        seal: NO_SEAL.into(),
        answers: SavedFile { rows: analysis.units.len(), columns: None, ..units },
        vectors: SavedFile { rows: analysis.vectors.nrows(), columns: Some(analysis.vectors.ncols()), ..vectors },
    };
    let summary = sealed(&Summary { files: Some(written), ..analysis.summary.clone() })
        .map_err(|error| StoreError::write(&at(SUMMARY), error))?;
    write_file(&at(SUMMARY), |out| out.write_all(&summary))?;
    if let Some(codebook) = codebook {
        write_file(&at(CODEBOOK), |out| out.write_all(codebook.text.as_bytes()))?;
        write_file(&at(BEFORE), |out| out.write_all(codebook.before().as_bytes()))?;
    }
    for name in OUR_FILES.iter().filter(|name| at(name).exists()) {
        files::keep_mode(&folder.join(name), &at(name)).map_err(|error| StoreError::write(&at(name), error))?;
    }
    let _undisturbed = unfinished.rename(&folder.join(NEXT)).map_err(failed)?;
    finish(folder);
    Ok(())
}

/// Writes a file of ours onto the disk. Out: its size and hash, with no shape.
fn write_file(
    path: &Path,
    write: impl FnOnce(&mut Hashing<BufWriter<File>>) -> io::Result<()>,
) -> Result<SavedFile, StoreError> {
    let attempt = || -> io::Result<SavedFile> {
        let mut out =
            Hashing { inner: BufWriter::new(files::make_file(path)?), hasher: blake3::Hasher::new(), bytes: 0 };
        write(&mut out)?;
        out.flush()?;
        out.inner.get_ref().sync_all()?;
        Ok(SavedFile { bytes: out.bytes, blake3: out.hasher.finalize().to_hex().to_string(), rows: 0, columns: None })
    };
    attempt().map_err(|error| StoreError::write(path, error))
}

/// Hashes what it hands on, one way or the other.
struct Hashing<W> {
    inner: W,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl<W: Write> Write for Hashing<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(bytes)?;
        self.hasher.update(&bytes[..read]);
        self.bytes += read as u64;
        Ok(read)
    }
}

/// `analysis.json` with the hash of itself in the place of [`NO_SEAL`].
fn sealed(summary: &Summary) -> serde_json::Result<Vec<u8>> {
    let mut bytes = serde_json::to_vec_pretty(summary)?;
    bytes.push(b'\n');
    if let Some(at) = seal_of(&bytes) {
        let hash = blake3::hash(&bytes).to_hex();
        bytes[at..at + NO_SEAL.len()].copy_from_slice(hash.as_bytes());
    }
    Ok(bytes)
}

/// Where the hash of `analysis.json` stands in it.
fn seal_of(bytes: &[u8]) -> Option<usize> {
    let at = bytes.windows(SEAL.len()).rposition(|window| window == SEAL.as_bytes())? + SEAL.len();
    (bytes.len() >= at + NO_SEAL.len()).then_some(at)
}

/// Whether the file is as it was sealed.
fn is_sealed(bytes: &[u8], seal: &str) -> bool {
    let Some(at) = seal_of(bytes) else { return false };
    let mut hasher = blake3::Hasher::new();
    hasher.update(&bytes[..at]);
    hasher.update(NO_SEAL.as_bytes());
    hasher.update(&bytes[at + NO_SEAL.len()..]);
    hasher.finalize().to_hex().as_str() == seal
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
    let path = place_of(folder, CODEBOOK);
    match opening::read(&path, opening::LARGEST_NOTE) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(opening::Refused::Io(error)) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StoreError::read_codebook(&path, error)),
    }
}

/// Whether the codebook was changed since a run read it that was killed while it saved: it holds, and not what that
/// run made of it.
pub(crate) fn codebook_outlived_a_run(folder: &Path) -> bool {
    was_changed(folder)
}

/// Whether a folder holds a saved analysis of this program, damaged ones among them.
pub fn is_analysis(folder: &Path) -> bool {
    !matches!(recognised(folder), Ok(None) | Err(StoreError::Foreign { .. }))
}

/// Whether a file is one of those that make a saved analysis, or says who is called what in it.
pub fn is_part_of_analysis(path: &Path) -> bool {
    let Ok(path) = files::target_of(path) else { return false };
    let is_ours = |name: &str| name == REGISTER || OUR_FILES.contains(&name);
    path.file_name().and_then(|name| name.to_str()).is_some_and(is_ours) && is_analysis(files::folder_of(&path))
}

/// What tells an `analysis.json` of this program from another's.
#[derive(serde::Deserialize)]
struct Marks {
    schema_version: u32,
    manifest: Program,
}

#[derive(serde::Deserialize)]
struct Program {
    program: String,
}

/// The schema version of the analysis in a folder; `None` where there is no `analysis.json`.
fn recognised(folder: &Path) -> Result<Option<u32>, StoreError> {
    let path = place_of(folder, SUMMARY);
    match opening::read(&path, opening::LARGEST_TABLE) {
        Ok(bytes) => marks(&path, &bytes).map(|marks| Some(marks.schema_version)),
        // Not there, or a file stands where the folder should.
        Err(opening::Refused::Io(error))
            if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) =>
        {
            Ok(None)
        }
        Err(error) => Err(StoreError::opened(&path, error)),
    }
}

fn marks(path: &Path, bytes: &[u8]) -> Result<Marks, StoreError> {
    let found: serde_json::Result<Marks> = serde_json::from_slice(bytes);
    match found {
        Ok(marks) if marks.manifest.program.starts_with("leitmotif") => Ok(marks),
        Ok(_) => Err(StoreError::Foreign { path: path.into() }),
        // JSON that lacks what ours has is another's; what is no JSON at all may be ours, damaged.
        Err(error) if error.is_data() && serde_json::from_slice::<serde::de::IgnoredAny>(bytes).is_ok() => {
            Err(StoreError::Foreign { path: path.into() })
        }
        Err(error) => Err(StoreError::read(path, error)),
    }
}

/// Loads a saved analysis and holds each file against what `analysis.json` says of it.
///
/// # Errors
/// [`StoreError::NotAnAnalysis`], [`StoreError::Foreign`], [`StoreError::Read`], [`StoreError::Refused`],
/// [`StoreError::Altered`], [`StoreError::Version`].
pub fn load(folder: &Path) -> Result<Analysis, StoreError> {
    load_with(folder, true)
}

/// The same without the vectors, which are looked at and not kept: for those who need none, as they are most of an analysis.
///
/// # Errors
/// Those of [`load`].
pub(crate) fn load_without_vectors(folder: &Path) -> Result<Analysis, StoreError> {
    load_with(folder, false)
}

fn load_with(folder: &Path, keeps_vectors: bool) -> Result<Analysis, StoreError> {
    // Not while another run moves files; where nothing can be locked, the hashes tell.
    let _still = File::open(folder).ok().filter(|folder| folder.lock_shared().is_ok());
    let path = place_of(folder, SUMMARY);
    if !path.is_file() {
        return Err(StoreError::NotAnAnalysis { folder: folder.into() });
    }
    let bytes = opening::read(&path, opening::LARGEST_TABLE).map_err(|error| StoreError::opened(&path, error))?;
    let version = marks(&path, &bytes)?.schema_version;
    if version > SCHEMA_VERSION {
        return Err(StoreError::Version { path, found: version });
    }
    let mut summary: Summary = serde_json::from_slice(&bytes).map_err(|error| StoreError::read(&path, error))?;
    let written = summary.files.take();
    if written.as_ref().is_some_and(|files| !is_sealed(&bytes, &files.seal)) {
        return Err(StoreError::Altered { path });
    }
    let path = place_of(folder, UNITS);
    read_part(&path, written.as_ref().map(|files| &files.answers), |_, _| Ok(()))?;
    let units = opening::open(&path, opening::LARGEST_TABLE).map_err(|error| StoreError::opened(&path, error))?;
    let units = answers::read(units).map_err(|reason| StoreError::read(&path, reason))?;
    let path = place_of(folder, VECTORS);
    let saved = written.as_ref().map(|files| &files.vectors);
    let dimensions = summary.manifest.model.dimensions;
    let (vectors, n_vectors) = match saved.filter(|_| !keeps_vectors) {
        Some(saved) => {
            read_part(&path, Some(saved), |_, _| Ok(()))?;
            (Array2::zeros((0, dimensions)), saved.rows)
        }
        None => {
            let vectors = read_part(&path, saved, |file, size| npy::read(file, size))?;
            check_vectors(&summary, &vectors).map_err(|reason| StoreError::read(&path, reason))?;
            let n_vectors = vectors.nrows();
            (if keeps_vectors { vectors } else { Array2::zeros((0, dimensions)) }, n_vectors)
        }
    };
    let embedded = units.iter().filter(|unit| unit.vector.is_some()).count();
    let beyond = units.iter().filter_map(|unit| unit.vector).any(|row| row >= n_vectors);
    if embedded != n_vectors || beyond || units.len() != summary.counts.units {
        return Err(StoreError::read(
            folder,
            format!(
                "the files do not belong together: {} units and {embedded} of them embedded in {UNITS}, {} units in \
                 {SUMMARY}, {} vectors in {VECTORS}",
                units.len(),
                summary.counts.units,
                n_vectors
            ),
        ));
    }
    Ok(Analysis { summary, units, vectors })
}

/// What `read` makes of a file of the analysis and its size, when the file is as it was saved. No copy of it is held.
fn read_part<T>(
    path: &Path,
    written: Option<&SavedFile>,
    read: impl FnOnce(&mut Hashing<File>, u64) -> Result<T, String>,
) -> Result<T, StoreError> {
    let failed = |error: &dyn fmt::Display| StoreError::read(path, error);
    let size = fs::metadata(path).map_err(|error| StoreError::system(path, &error))?.len();
    if written.is_some_and(|written| written.bytes != size) {
        return Err(StoreError::Altered { path: path.into() });
    }
    let file = opening::open(path, opening::LARGEST_TABLE).map_err(|error| StoreError::opened(path, error))?;
    let mut file = Hashing { inner: file, hasher: blake3::Hasher::new(), bytes: 0 };
    let found = read(&mut file, size);
    let Some(written) = written else { return found.map_err(|reason| failed(&reason)) };
    // What was not read counts too.
    io::copy(&mut BufReader::with_capacity(READ_AT_ONCE, &mut file), &mut io::sink())
        .map_err(|error| StoreError::system(path, &error))?;
    if file.hasher.finalize().to_hex().as_str() != written.blake3 {
        return Err(StoreError::Altered { path: path.into() });
    }
    found.map_err(|reason| failed(&reason))
}

/// What an analysis without hashes can still be held to.
fn check_vectors(summary: &Summary, vectors: &Array2<f32>) -> Result<(), String> {
    let dimensions = summary.manifest.model.dimensions;
    if vectors.nrows() > 0 && vectors.ncols() != dimensions {
        return Err(format!("its vectors have {} numbers, those of the model {dimensions}", vectors.ncols()));
    }
    let useless = vectors.outer_iter().position(|row| {
        let length: f64 = row.iter().map(|&x| f64::from(x) * f64::from(x)).sum();
        !(length.is_finite() && (length - 1.0).abs() < 1e-2)
    });
    match useless {
        Some(row) => Err(format!("row {} is no vector of length 1", row + 1)),
        None => Ok(()),
    }
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
    /// The folder holds other files, among which no analysis is put.
    #[error("{} holds other files, and no analysis", folder.display())]
    Occupied {
        /// The folder.
        folder: PathBuf,
    },
    /// A file has the name of the folder.
    #[error("{} is a file, and an analysis is a folder", path.display())]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// The folder holds something else, or nothing.
    #[error("{} is not an analysis folder: it has no {SUMMARY}", folder.display())]
    NotAnAnalysis {
        /// The folder.
        folder: PathBuf,
    },
    /// There is an `analysis.json`, but another program's.
    #[error("{} is not an analysis of this program", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A file is not as it was saved.
    #[error("{} is not as it was saved: it was altered, damaged, or belongs to another analysis", path.display())]
    Altered {
        /// The file.
        path: PathBuf,
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
    /// The system does not let a file be read that is there; nothing says that it is damaged.
    #[error("failed to read {}: {reason}", path.display())]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
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

    /// What the system said of a file, as far as that is not about what stands in it.
    fn system(path: &Path, error: &io::Error) -> Self {
        let is_of_file = [
            io::ErrorKind::NotFound,
            io::ErrorKind::UnexpectedEof,
            io::ErrorKind::InvalidData,
            io::ErrorKind::InvalidInput,
        ];
        match error.kind() {
            kind if is_of_file.contains(&kind) => Self::read(path, error),
            _ => Self::Refused { path: path.into(), reason: error.to_string() },
        }
    }

    fn opened(path: &Path, error: opening::Refused) -> Self {
        match error {
            opening::Refused::Io(error) => Self::system(path, &error),
            other => Self::read(path, other),
        }
    }

    fn read_codebook(path: &Path, error: impl ToString) -> Self {
        Self::Codebook { path: path.into(), reason: error.to_string() }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Exists { .. } => Some("choose another folder with `-o`, or replace it with `--force`".into()),
            Self::Occupied { .. } => {
                Some("name another folder with `-o`, a new or an empty one: what is in this one is left alone".into())
            }
            Self::NotAFolder { .. } => Some("name a folder with `-o`, a new or an empty one".into()),
            Self::NotAnAnalysis { .. } => {
                Some("an analysis folder is what `leitmotif themes INPUT -o FOLDER` writes".into())
            }
            Self::Foreign { .. } => Some("choose another folder: what is in this one is left alone".into()),
            Self::Altered { .. } => Some(
                "take the folder from a copy that you have, or make it again: `leitmotif themes INPUT -o ANOTHER`; \
                 edits belong in codebook.toml"
                    .into(),
            ),
            Self::Write { .. } => Some("check the folder's permissions and the space on the disk".into()),
            Self::Read { .. } => Some(
                "take the folder from a copy that you have, or move it away and make it again: `leitmotif themes INPUT -o \
                 FOLDER`"
                    .into(),
            ),
            Self::Refused { .. } => Some(
                "check who may read it, and that the disk or the share that it lies on is there: the analysis itself may be \
                 whole"
                    .into(),
            ),
            Self::Codebook { .. } => Some("check that it is a file that you may read".into()),
            Self::Version { .. } => Some("use the newer leitmotif that wrote it".into()),
        }
    }
}

#[cfg(test)]
mod tests;

//! Vectors on disk between runs.
//!
//! In: a model's identity and texts. Out: the vectors known for them. It holds hashes and vectors,
//! never text; it survives a kill at any moment and two runs at once; and it is never a reason to
//! fail: a file that cannot be used is set aside, and the run goes on without.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use redb::{Builder, ConcurrencyMode, Database, DatabaseError, ReadableDatabase, StorageError, TableDefinition};

use super::{ModelIdentity, TextVector};

const VECTORS: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("vectors");
const FILE: &str = "vectors.redb";

/// The file is started anew once it is larger: about 1.2 million vectors of 384 dimensions.
pub const MAX_BYTES: u64 = 2 << 30;

/// A store of vectors in one folder.
pub struct Cache {
    database: Option<Database>,
    warnings: RefCell<Vec<String>>,
}

impl Cache {
    /// Opens the cache in `folder`, made when it is not there. Trouble of any kind becomes a
    /// warning and a cache that remembers nothing.
    pub fn open(folder: &Path) -> Self {
        let mut warnings = Vec::new();
        let database = open_database(folder, &mut warnings);
        Self { database, warnings: RefCell::new(warnings) }
    }

    /// The user's cache folder for this program, where the platform has one.
    pub fn default_folder() -> Option<PathBuf> {
        use etcetera::BaseStrategy;
        etcetera::choose_base_strategy().ok().map(|base| base.cache_dir().join("leitmotif"))
    }

    /// What went wrong so far, each once.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }

    /// The vectors of `texts` that are known for this model, in the order of `texts`.
    pub fn get_all(&self, model: &ModelIdentity, texts: &[&str]) -> Vec<Option<TextVector>> {
        let mut found = vec![None; texts.len()];
        let Some(database) = &self.database else { return found };
        let outcome = (|| -> Result<(), redb::Error> {
            let transaction = database.begin_read()?;
            let table = match transaction.open_table(VECTORS) {
                Ok(table) => table,
                Err(redb::TableError::TableDoesNotExist(_)) => return Ok(()),
                Err(other) => return Err(other.into()),
            };
            for (slot, text) in found.iter_mut().zip(texts) {
                if let Some(value) = table.get(&key(model, text))? {
                    *slot = decode(value.value(), model.dimensions);
                }
            }
            Ok(())
        })();
        self.note(outcome);
        found
    }

    /// Stores vectors; all of them or, on a failure, none.
    pub fn put_all<'a>(&self, model: &ModelIdentity, entries: impl Iterator<Item = (&'a str, &'a TextVector)>) {
        let Some(database) = &self.database else { return };
        let outcome = (|| -> Result<(), redb::Error> {
            let transaction = database.begin_write()?;
            {
                let mut table = transaction.open_table(VECTORS)?;
                for (text, vector) in entries {
                    table.insert(&key(model, text), encode(vector).as_slice())?;
                }
            }
            transaction.commit()?;
            Ok(())
        })();
        self.note(outcome);
    }

    fn note(&self, outcome: Result<(), redb::Error>) {
        if let Err(error) = outcome {
            let warning = format!("the vector cache could not be used: {error}");
            let mut warnings = self.warnings.borrow_mut();
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
    }
}

fn open_database(folder: &Path, warnings: &mut Vec<String>) -> Option<Database> {
    if let Err(error) = fs::create_dir_all(folder) {
        warnings.push(format!("no vector cache: failed to make the folder {}: {error}", folder.display()));
        return None;
    }
    let path = folder.join(FILE);
    if fs::metadata(&path).is_ok_and(|file| file.len() > MAX_BYTES) {
        // Another run may hold it open; then it stays, and the next run tries again.
        if fs::remove_file(&path).is_ok() {
            warnings.push(format!("the vector cache had grown past {} GiB and was started anew", MAX_BYTES >> 30));
        }
    }
    let open = || {
        Builder::new()
            .set_concurrency_mode(ConcurrencyMode::MultiWriter)
            .set_check_integrity_on_open(true)
            .set_cache_size(64 << 20)
            .create(&path)
    };
    let error = match open() {
        Ok(database) => return Some(database),
        Err(error) => error,
    };
    if !is_damage(&error) {
        warnings.push(format!("no vector cache: failed to open {}: {error}", path.display()));
        return None;
    }
    let aside = folder.join(format!("{FILE}.damaged"));
    warnings.push(format!(
        "the vector cache {} is damaged ({error}); it was set aside as {}",
        path.display(),
        aside.display()
    ));
    fs::rename(&path, &aside).ok()?;
    open().ok()
}

/// Whether a file is to be set aside: not when another program holds it or the disk refuses it.
fn is_damage(error: &DatabaseError) -> bool {
    match error {
        DatabaseError::Storage(StorageError::Io(io)) => {
            matches!(io.kind(), std::io::ErrorKind::InvalidData | std::io::ErrorKind::UnexpectedEof)
        }
        DatabaseError::Storage(StorageError::Corrupted(_))
        | DatabaseError::UpgradeRequired(_)
        | DatabaseError::RepairAborted => true,
        _ => false,
    }
}

fn key(model: &ModelIdentity, text: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    for part in [model.name.as_str(), &model.blake3, &model.pooling, &model.window.to_string()] {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.update(text.as_bytes());
    *hasher.finalize().as_bytes()
}

/// Two bytes of piece count, then the numbers, little-endian.
fn encode(vector: &TextVector) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(2 + 4 * vector.values.len());
    bytes.extend_from_slice(&vector.pieces.to_le_bytes());
    for value in &vector.values {
        bytes.extend_from_slice(&value.to_le_bytes());
    }
    bytes
}

fn decode(bytes: &[u8], dimensions: usize) -> Option<TextVector> {
    let (pieces, numbers) = bytes.split_first_chunk::<2>()?;
    let (numbers, rest) = numbers.as_chunks::<4>();
    let whole = rest.is_empty() && numbers.len() == dimensions;
    whole.then(|| TextVector {
        values: numbers.iter().map(|&number| f32::from_le_bytes(number)).collect(),
        pieces: u16::from_le_bytes(*pieces),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model() -> ModelIdentity {
        ModelIdentity { name: "m".into(), blake3: "b".into(), dimensions: 3, window: 8, pooling: "mean".into() }
    }

    fn vector() -> TextVector {
        TextVector { values: vec![0.25, -1.0, f32::MIN_POSITIVE], pieces: 2 }
    }

    #[test]
    fn a_vector_comes_back_bit_by_bit() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path());
        cache.put_all(&model(), [("a text", &vector())].into_iter());
        assert_eq!(cache.get_all(&model(), &["a text", "another"]), vec![Some(vector()), None]);
        assert!(cache.warnings().is_empty());
    }

    #[test]
    fn two_runs_share_one_cache() {
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (Cache::open(folder.path()), Cache::open(folder.path()));
        one.put_all(&model(), [("from one", &vector())].into_iter());
        two.put_all(&model(), [("from two", &vector())].into_iter());
        assert!(one.get_all(&model(), &["from two"])[0].is_some());
        assert!(two.get_all(&model(), &["from one"])[0].is_some());
    }

    #[test]
    fn a_damaged_file_is_set_aside_with_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), b"not a database at all, but longer than its header").unwrap();
        let cache = Cache::open(folder.path());
        assert!(cache.warnings()[0].contains("damaged"), "{:?}", cache.warnings());
        cache.put_all(&model(), [("a text", &vector())].into_iter());
        assert!(cache.get_all(&model(), &["a text"])[0].is_some());
        assert!(folder.path().join("vectors.redb.damaged").exists());
    }

    #[test]
    fn no_folder_is_no_failure() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let cache = Cache::open(&file.path().join("below a file"));
        assert_eq!(cache.get_all(&model(), &["a text"]), vec![None]);
        assert!(!cache.warnings().is_empty());
    }

    #[test]
    fn no_text_is_stored() {
        let folder = tempfile::tempdir().unwrap();
        let cache = Cache::open(folder.path());
        cache.put_all(&model(), [("confidential words", &vector())].into_iter());
        drop(cache);
        let bytes = fs::read(folder.path().join(FILE)).unwrap();
        assert!(!bytes.windows(12).any(|window| window == b"confidential"));
    }
}

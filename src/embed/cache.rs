//! Vectors on disk between runs.
//!
//! In: a model's identity and texts. Out: the vectors known for them. It holds hashes and vectors, and beside
//! them the answers of servers that were asked about passages, which only their requests unlock; never text
//! that can be read. It survives a kill at any moment and two runs at once; and it is never a reason to
//! fail: a file that cannot be used is set aside, and the run goes on without.
//!
//! It is bounded: vectors lie in two tables, a young and an old one. A vector that is used moves
//! to the young table; when the young one reaches half of the limit, the old one is thrown away
//! and the young one becomes the old. So what goes is what was not used for longest.

use std::cell::{Cell, OnceCell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use rayon::prelude::*;
use redb::{
    Builder, ConcurrencyMode, Database, DatabaseError, ReadTransaction, ReadableDatabase, ReadableTable,
    ReadableTableMetadata, StorageError, Table, TableDefinition, TableError, WriteTransaction,
};

use super::{ModelIdentity, TextVector};
use crate::files;

const YOUNG: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("vectors");
const OLD: TableDefinition<&[u8; 32], &[u8]> = TableDefinition::new("old vectors");
/// `limit`: bytes on disk; `young`: bytes of the keys and values of the young table.
const NUMBERS: TableDefinition<&str, u64> = TableDefinition::new("numbers");
const FILE: &str = "vectors.redb";

/// What the file may take on disk unless another limit is set.
pub const DEFAULT_LIMIT: u64 = 2 << 30;

/// The least that can be set.
pub const SMALLEST_LIMIT: u64 = 4 << 20;

/// Bytes on disk for each byte of a key or value, rounded up: 2.03 were measured with 5,000 vectors
/// of 384 dimensions, and a transaction writes pages anew before it frees the old ones.
const OVERHEAD: f64 = 2.5;

/// Pages of the file that are kept in memory, in bytes. Vectors are read once a run; what helps is what leads to them.
const PAGES_IN_MEMORY: usize = 16 << 20;

type Bytes = Vec<u8>;

/// Keys that are looked up before what was found is handed on.
const LOOKED_UP_AT_ONCE: usize = 4096;

/// A database that is being opened, with what went wrong.
type Opening = JoinHandle<(Option<Database>, Vec<String>)>;

/// A store of vectors in one folder.
pub struct Cache {
    /// Known when it is first needed.
    database: OnceCell<Option<Database>>,
    /// Until then.
    opening: RefCell<Option<Opening>>,
    folder: PathBuf,
    warnings: RefCell<Vec<String>>,
    /// After a failure the file is left alone for the rest of the run.
    failed: Cell<bool>,
    found: Cell<usize>,
}

/// What a cache holds.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CacheSize {
    /// The file.
    pub path: PathBuf,
    /// What it takes on disk, in bytes; it may be longer, with holes.
    pub bytes: u64,
    /// Vectors in it, and answers of servers.
    pub vectors: u64,
    /// What it may take, in bytes.
    pub limit: u64,
}

impl Cache {
    /// Opens the cache in `folder`, made when it is not there. Trouble of any kind becomes a
    /// warning and a cache that remembers nothing. The whole file is checked, while the caller goes on: who first asks for
    /// something waits for the rest of it.
    pub fn open(folder: &Path) -> Self {
        let place = folder.to_path_buf();
        let open = move || {
            let mut warnings = Vec::new();
            (open_database(&place, &mut warnings), warnings)
        };
        let cache = Self {
            database: OnceCell::new(),
            opening: RefCell::new(None),
            folder: folder.into(),
            warnings: RefCell::default(),
            failed: Cell::new(false),
            found: Cell::new(0),
        };
        match std::thread::Builder::new().spawn(open) {
            Ok(opening) => _ = cache.opening.replace(Some(opening)),
            Err(error) => cache.warn(format!("no vector cache: {error}")),
        }
        cache
    }

    fn database(&self) -> Option<&Database> {
        let opened = || {
            let Ok((database, warnings)) = self.opening.take()?.join() else {
                self.warn(format!("no vector cache: failed to open {}", self.folder.join(FILE).display()));
                return None;
            };
            warnings.into_iter().for_each(|warning| self.warn(warning));
            database
        };
        self.database.get_or_init(opened).as_ref()
    }

    /// The user's cache folder for this program, where the platform has one.
    pub fn default_folder() -> Option<PathBuf> {
        use etcetera::BaseStrategy;
        etcetera::choose_base_strategy().ok().map(|base| base.cache_dir().join("leitmotif"))
    }

    /// What a folder holds that no cache was made in yet; `None` where there is one. Nothing is opened, and nothing made.
    pub(crate) fn none_in(folder: &Path) -> Option<CacheSize> {
        let path = folder.join(FILE);
        (!path.exists()).then_some(CacheSize { path, bytes: 0, vectors: 0, limit: DEFAULT_LIMIT })
    }

    /// The folder it lies in.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Vectors that [`Cache::get_all`] found so far.
    pub fn found(&self) -> usize {
        self.found.get()
    }

    /// What went wrong so far, each once.
    pub fn warnings(&self) -> Vec<String> {
        self.database();
        self.warnings.borrow().clone()
    }

    /// The vectors of `texts` that are known for this model, in the order of `texts`.
    pub fn get_all(&self, model: &ModelIdentity, texts: &[&str]) -> Vec<Option<TextVector>> {
        let mut found = vec![None; texts.len()];
        self.each(model, texts, &mut |place, vector| found[place] = Some(vector));
        found
    }

    /// Hands over the vectors of `texts` that are known for this model, one after the other, each with its place.
    pub(crate) fn each(&self, model: &ModelIdentity, texts: &[&str], sink: &mut dyn FnMut(usize, TextVector)) {
        let keys: Vec<[u8; 32]> = texts.par_iter().map(|text| key(model, text)).collect();
        let mut found = self.found.get();
        self.look_up(&keys, &|_, value| decode(value, model.dimensions), &mut |place, vector| {
            found += 1;
            sink(place, vector);
        });
        self.found.set(found);
    }

    /// Hands over what `read` makes of what is known of `keys`, each with its place; in any order.
    fn look_up<T: Send>(
        &self,
        keys: &[[u8; 32]],
        read: &(dyn Fn(usize, &[u8]) -> Option<T> + Sync),
        take: &mut dyn FnMut(usize, T),
    ) {
        // In the order in which they lie on the disk, so that a page is read once.
        let mut order: Vec<usize> = (0..keys.len()).collect();
        order.par_sort_unstable_by_key(|&place| keys[place]);
        self.with(|database| {
            let transaction = database.begin_read()?;
            let (young, old) = (reading(&transaction, YOUNG)?, reading(&transaction, OLD)?);
            let look_up = |&place: &usize| -> Result<Option<Found<T>>, redb::Error> {
                for (table, is_old) in [(&young, false), (&old, true)] {
                    if let Some(value) = table.as_ref().map(|table| table.get(&keys[place])).transpose()?.flatten() {
                        let made = read(place, value.value());
                        let ageing = || value.value().to_vec();
                        return Ok(made.map(|made| Found { place, made, ageing: is_old.then(ageing) }));
                    }
                }
                Ok(None)
            };
            for places in order.chunks(LOOKED_UP_AT_ONCE) {
                let found: Vec<Found<T>> =
                    places.par_iter().map(look_up).filter_map(Result::transpose).collect::<Result<_, _>>()?;
                let mut ageing: Vec<([u8; 32], Bytes)> = Vec::new();
                for found in found {
                    ageing.extend(found.ageing.map(|value| (keys[found.place], value)));
                    take(found.place, found.made);
                }
                if !ageing.is_empty() {
                    self.store(ageing.iter().map(|(key, value)| (*key, value.as_slice().into())));
                }
            }
            Ok(())
        });
    }

    /// The answers that servers gave to `requests`, as far as they are known, in their order.
    pub(crate) fn answers(&self, requests: &[Vec<u8>]) -> Vec<Option<String>> {
        let mut opened = vec![None; requests.len()];
        let keys: Vec<[u8; 32]> = requests.iter().map(|request| answer_key(request)).collect();
        let open = |place: usize, sealed: &[u8]| {
            let mut bytes = sealed.to_vec();
            seal(&requests[place], &mut bytes);
            // Who cannot read it has used it all the same.
            Some(String::from_utf8(bytes).ok())
        };
        self.look_up(&keys, &open, &mut |place, answer| opened[place] = answer);
        opened
    }

    /// Stores the answer that a server gave to a request. It can be read only by who knows the request.
    pub(crate) fn put_answer(&self, request: &[u8], answer: &str) {
        let mut bytes = answer.as_bytes().to_vec();
        seal(request, &mut bytes);
        self.store(std::iter::once((answer_key(request), bytes.into())));
    }

    /// Stores vectors; all of them or, on a failure, none.
    pub fn put_all<'a>(&self, model: &ModelIdentity, entries: impl Iterator<Item = (&'a str, &'a TextVector)>) {
        self.store(entries.map(|(text, vector)| (key(model, text), encode(vector).into())));
    }

    fn store<'a>(&self, entries: impl Iterator<Item = ([u8; 32], std::borrow::Cow<'a, [u8]>)>) {
        self.with(|database| {
            let transaction = database.begin_write()?;
            insert(&transaction, entries)?;
            transaction.commit()?;
            Ok(())
        });
    }

    /// Its size and what is in it; `None` when it cannot be used.
    pub fn size(&self) -> Option<CacheSize> {
        let mut size = None;
        self.with(|database| {
            let transaction = database.begin_read()?;
            let mut vectors = 0;
            for table in [YOUNG, OLD] {
                vectors += reading(&transaction, table)?.map(|table| table.len()).transpose()?.unwrap_or(0);
            }
            let limit = match transaction.open_table(NUMBERS) {
                Ok(numbers) => numbers.get("limit")?.map(|limit| limit.value()),
                Err(TableError::TableDoesNotExist(_)) => None,
                Err(other) => return Err(other.into()),
            };
            let path = self.folder.join(FILE);
            let bytes = fs::metadata(&path).map_or(0, |file| on_disk(&file));
            size = Some(CacheSize { path, bytes, vectors, limit: limit.unwrap_or(DEFAULT_LIMIT) });
            Ok(())
        });
        size
    }

    /// Throws every vector away, and gives the room back unless another run holds it.
    pub fn clear(&mut self) {
        self.with(|database| {
            let transaction = database.begin_write()?;
            transaction.delete_table(YOUNG)?;
            transaction.delete_table(OLD)?;
            transaction.open_table(NUMBERS)?.remove("young")?;
            transaction.commit()?;
            Ok(())
        });
        self.compact();
        let damaged = self.folder.join(DAMAGED);
        if damaged.exists()
            && let Err(error) = fs::remove_file(&damaged)
        {
            self.warn(format!("failed to remove {}: {error}", damaged.display()));
        }
    }

    /// Sets what the file may take, now and from now on; what was not used for longest goes.
    pub fn set_limit(&mut self, limit: u64) {
        let limit = limit.max(SMALLEST_LIMIT);
        self.with(|database| {
            let transaction = database.begin_write()?;
            transaction.open_table(NUMBERS)?.insert("limit", limit)?;
            shrink(&transaction, limit)?;
            transaction.commit()?;
            Ok(())
        });
        self.compact();
    }

    fn compact(&mut self) {
        self.database();
        let Some(Some(database)) = self.database.get_mut() else { return };
        // Another run may be reading: then the room inside the file is used again in place of
        // being given back.
        while let Ok(true) = database.compact() {}
    }

    fn with(&self, work: impl FnOnce(&Database) -> Result<(), redb::Error>) {
        let Some(database) = self.database().filter(|_| !self.failed.get()) else { return };
        if let Err(error) = work(database) {
            self.failed.set(true);
            self.warn(format!("the vector cache {} could not be used: {error}", self.folder.join(FILE).display()));
        }
    }

    fn warn(&self, warning: String) {
        let mut warnings = self.warnings.borrow_mut();
        if !warnings.contains(&warning) {
            warnings.push(warning);
        }
    }
}

/// The file is whole when nobody works at it any more.
impl Drop for Cache {
    fn drop(&mut self) {
        if let Some(opening) = self.opening.take() {
            // What it found is of no use now.
            _ = opening.join();
        }
    }
}

/// What was found of a key.
struct Found<T> {
    place: usize,
    made: T,
    /// The value, where it has to move to the young table.
    ageing: Option<Bytes>,
}

#[cfg(unix)]
fn on_disk(file: &fs::Metadata) -> u64 {
    use std::os::unix::fs::MetadataExt;
    file.blocks() * 512
}

#[cfg(not(unix))]
fn on_disk(file: &fs::Metadata) -> u64 {
    file.len()
}

type Reading = redb::ReadOnlyTable<&'static [u8; 32], &'static [u8]>;

fn reading(
    transaction: &ReadTransaction,
    table: TableDefinition<'static, &'static [u8; 32], &'static [u8]>,
) -> Result<Option<Reading>, redb::Error> {
    match transaction.open_table(table) {
        Ok(table) => Ok(Some(table)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(other) => Err(other.into()),
    }
}

/// Puts vectors into the young table, and lets the tables grow old when that is full.
fn insert<'a>(
    transaction: &WriteTransaction,
    entries: impl Iterator<Item = ([u8; 32], std::borrow::Cow<'a, [u8]>)>,
) -> Result<(), redb::Error> {
    let limit;
    let mut bytes;
    {
        let (mut young, mut old) = (transaction.open_table(YOUNG)?, transaction.open_table(OLD)?);
        let mut numbers = transaction.open_table(NUMBERS)?;
        limit = numbers.get("limit")?.map_or(DEFAULT_LIMIT, |limit| limit.value());
        bytes = match numbers.get("young")?.map(|bytes| bytes.value()) {
            Some(bytes) => bytes,
            // A file of an earlier version.
            None => young.stats()?.stored_bytes(),
        };
        for (key, value) in entries {
            old.remove(&key)?;
            if young.insert(&key, value.as_ref())?.is_none() {
                bytes += (key.len() + value.len()) as u64;
            }
        }
        numbers.insert("young", bytes)?;
    }
    if bytes as f64 * OVERHEAD > limit as f64 / 2.0 {
        transaction.delete_table(OLD)?;
        transaction.rename_table(YOUNG, OLD)?;
        transaction.open_table(NUMBERS)?.insert("young", 0)?;
    }
    Ok(())
}

/// Keeps as many vectors as `limit` allows, the young ones first.
fn shrink(transaction: &WriteTransaction, limit: u64) -> Result<(), redb::Error> {
    let room = (limit as f64 / OVERHEAD) as u64;
    let mut kept = 0;
    let mut retain = |table: &mut Table<&'static [u8; 32], &'static [u8]>, room: u64| {
        table.retain(|key, value| {
            let size = (key.len() + value.len()) as u64;
            let fits = kept + size <= room;
            kept += if fits { size } else { 0 };
            fits
        })
    };
    // The young table only fills half, or the next vector would make all of it old.
    retain(&mut transaction.open_table(YOUNG)?, room / 2)?;
    retain(&mut transaction.open_table(OLD)?, room)?;
    let young = transaction.open_table(YOUNG)?.stats()?.stored_bytes();
    transaction.open_table(NUMBERS)?.insert("young", young)?;
    Ok(())
}

const DAMAGED: &str = "vectors.redb.damaged";

fn open_database(folder: &Path, warnings: &mut Vec<String>) -> Option<Database> {
    if let Err(error) = files::make_folder(folder) {
        warnings.push(format!("no vector cache: failed to make the folder {}: {error}", folder.display()));
        return None;
    }
    let path = folder.join(FILE);
    // Vectors are no text, but tell of it: the database opens what only its owner can read.
    let open = || {
        files::make_file(&path)?;
        Builder::new()
            .set_concurrency_mode(ConcurrencyMode::MultiWriter)
            .set_check_integrity_on_open(true)
            .set_cache_size(PAGES_IN_MEMORY)
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
    let aside = folder.join(DAMAGED);
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
    for (name, value) in [("prefix", &model.prefix), ("device", &model.device)] {
        if !value.is_empty() {
            hasher.update(name.as_bytes());
            hasher.update(&(value.len() as u64).to_le_bytes());
            hasher.update(value.as_bytes());
        }
    }
    hasher.update(text.as_bytes());
    *hasher.finalize().as_bytes()
}

/// The key of a server's answer; vectors have others, since their keys begin with lengths and names.
fn answer_key(request: &[u8]) -> [u8; 32] {
    blake3::derive_key("leitmotif cache: key of an answer", request)
}

/// Makes an answer unreadable without its request, and readable with it: the bytes are combined with as many
/// that BLAKE3 derives from the request (exclusive or), so the cache holds no text that its thief could read.
fn seal(request: &[u8], bytes: &mut [u8]) {
    let mut stream = vec![0; bytes.len()];
    let mut hasher = blake3::Hasher::new_derive_key("leitmotif cache: words of an answer");
    hasher.update(request).finalize_xof().fill(&mut stream);
    bytes.iter_mut().zip(stream).for_each(|(byte, mask)| *byte ^= mask);
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
mod tests;

//! Getting a model of the catalogue from the hub: the one place that opens a network connection
//! for models, and only when it is called.
//!
//! In: a catalogue entry and the model store. Out: the model's files in the store, each complete
//! and checked. Files arrive in a folder of their own (`.incoming`), through `hf-hub`, the client
//! that fastembed uses; a download that was broken off goes on there where it stopped. Only a file
//! of the announced size and hash is moved into place, so that half a file is never taken for a
//! whole one. `HF_ENDPOINT` names a mirror, `HF_TOKEN` a key; the key is sent and kept nowhere
//! else.

use std::env;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

use hf_hub::api::sync::{Api, ApiBuilder, ApiError};
use hf_hub::{Cache, Repo, RepoType};
use ring::digest;

use super::ModelError;
use super::catalogue::Entry;
use super::store;
use crate::files;

const HUB: &str = "https://huggingface.co";

/// How long the hub may be silent.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// Room that must be left on the disk beside the model.
const SPARE_BYTES: u64 = 64 << 20;

/// Hears how far a download is.
pub trait Progress {
    /// `done` of `total` bytes of the model are there; `file` is being downloaded.
    fn downloaded(&mut self, file: &str, done: u64, total: u64);
}

/// Ignores it.
impl Progress for () {
    fn downloaded(&mut self, _file: &str, _done: u64, _total: u64) {}
}

/// Downloads what of a model is missing in `folder`, and returns where its files lie.
///
/// # Errors
/// [`ModelError::Download`], [`ModelError::Store`] and [`ModelError::Endpoint`]. What arrived is
/// kept, and the next call goes on from there.
pub fn get(
    entry: &Entry,
    folder: &Path,
    patience: Duration,
    progress: &mut dyn Progress,
) -> Result<PathBuf, ModelError> {
    let endpoint = env::var("HF_ENDPOINT").ok().filter(|value| !value.is_empty()).unwrap_or_else(|| HUB.into());
    if !endpoint.starts_with("http://") && !endpoint.starts_with("https://") {
        return Err(ModelError::Endpoint { endpoint });
    }
    let incoming = folder.join(".incoming");
    let made = fs::create_dir_all(&incoming).and_then(|()| tempfile::tempfile_in(&incoming).map(|_| ()));
    made.map_err(|error| store_error(folder, &error))?;
    let token = env::var("HF_TOKEN").ok().map(|token| token.trim().to_string()).filter(|token| !token.is_empty());
    let builder = ApiBuilder::from_cache(Cache::new(incoming.clone()))
        .with_endpoint(endpoint.trim_end_matches('/').to_string())
        .with_token(token)
        .with_progress(false);
    let hub = Hub { entry, folder, incoming, endpoint, api: builder, patience };
    hub.get(progress)
}

struct Hub<'g> {
    entry: &'g Entry,
    folder: &'g Path,
    incoming: PathBuf,
    endpoint: String,
    api: ApiBuilder,
    patience: Duration,
}

/// A file as the hub announces it.
struct Announced {
    file: String,
    commit: String,
    etag: String,
    size: u64,
}

impl Hub<'_> {
    fn get(self, progress: &mut dyn Progress) -> Result<PathBuf, ModelError> {
        let Self { entry, folder, incoming, endpoint, api, patience } = self;
        let context = Context { entry, folder, endpoint };
        let api = api.build().map_err(|error| context.failed("the model", &error))?;
        let mut files = Vec::new();
        for file in entry.files() {
            files.push(context.announced(&api, file, patience)?);
        }
        let repository = store::repository_in(folder, entry);
        let place = |file: &Announced| repository.join("snapshots").join(&file.commit).join(&file.file);
        let missing: Vec<&Announced> = files
            .iter()
            .filter(|file| fs::metadata(place(file)).map_or(true, |there| there.len() != file.size))
            .collect();
        let staged = store::repository_in(&incoming, entry);
        let total: u64 = files.iter().map(|file| file.size).sum();
        let mut done = total - missing.iter().map(|file| file.size).sum::<u64>();
        check_room(folder, &staged, &missing)?;
        for file in missing {
            progress.downloaded(&file.file, done, total);
            let arrived = context.fetch(&api, &staged, file, patience, &mut |bytes| {
                progress.downloaded(&file.file, (done + bytes).min(total), total);
            })?;
            publish(&arrived, &place(file)).map_err(|error| store_error(folder, &error))?;
            done += file.size;
            progress.downloaded(&file.file, done, total);
        }
        let commit = &files[0].commit; // `files` starts with the graph, which every entry has.
        let main = repository.join("refs").join("main");
        write_whole(&main, commit.as_bytes()).map_err(|error| store_error(folder, &error))?;
        // Empty by now, unless another variant of the model was broken off.
        for left in [staged.join("snapshots"), staged.join("refs")] {
            let _ = fs::remove_dir_all(left);
        }
        store::find_in(folder, entry)
            .ok_or_else(|| context.failure("the model", "its files lie in no one place".into(), AGAIN))
    }
}

const AGAIN: &str = "run the command again: it goes on where it stopped";

struct Context<'g> {
    entry: &'g Entry,
    folder: &'g Path,
    endpoint: String,
}

impl Context<'_> {
    fn announced(&self, api: &Api, file: &str, patience: Duration) -> Result<Announced, ModelError> {
        let repository = api.model(self.entry.repository.clone());
        let (api, url) = (api.clone(), repository.url(file));
        let answer = patiently(patience, move |_| api.metadata(&url), &mut |_| {});
        let metadata = self.within_patience(file, answer)?.map_err(|error| self.failed(file, &error))?;
        // Both become names of files.
        let plain =
            |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !plain(metadata.etag()) || !plain(metadata.commit_hash()) {
            let reason =
                format!("its answer has the etag `{}` and the commit `{}`", metadata.etag(), metadata.commit_hash());
            return Err(self.failure(file, reason, "HF_ENDPOINT may name something else than a model hub"));
        }
        Ok(Announced {
            file: file.into(),
            commit: metadata.commit_hash().into(),
            etag: metadata.etag().into(),
            size: metadata.size() as u64,
        })
    }

    /// Downloads one file to the incoming folder and checks it; `so_far` hears the bytes there.
    fn fetch(
        &self,
        api: &Api,
        staged: &Path,
        file: &Announced,
        patience: Duration,
        so_far: &mut dyn FnMut(u64),
    ) -> Result<PathBuf, ModelError> {
        let blobs = staged.join("blobs");
        let part = blobs.join(&file.etag).with_extension("part");
        if fs::metadata(&part).is_ok_and(|part| part.len() >= file.size) {
            // Stopped between the last byte and the check: it cannot be gone on with.
            fs::remove_file(&part).map_err(|error| store_error(self.folder, &error))?;
        }
        // Links of an earlier, broken-off run would stand in the way.
        let _ = fs::remove_dir_all(staged.join("snapshots"));
        let repository = Repo::with_revision(self.entry.repository.clone(), RepoType::Model, "main".into());
        let (repository, name) = (api.repo(repository), file.file.clone());
        let mut bytes = 0;
        let answer = patiently(
            patience,
            move |events| repository.download_with_progress(&name, Arrivals(events)),
            &mut |more| {
                bytes += more;
                so_far(bytes);
            },
        );
        let arrived = self.within_patience(&file.file, answer)?.map_err(|error| self.failed(&file.file, &error))?;
        let arrived = arrived.canonicalize().map_err(|error| store_error(self.folder, &error))?;
        let checked = check(&arrived, file).map_err(|error| store_error(self.folder, &error))?;
        if let Err(reason) = checked {
            fs::remove_file(&arrived).map_err(|error| store_error(self.folder, &error))?;
            return Err(self.failure(
                &file.file,
                reason,
                "it was thrown away; run the command again, and if it \
                fails again, try without a mirror or a proxy",
            ));
        }
        Ok(arrived)
    }

    fn within_patience<T>(&self, file: &str, answer: Result<T, Silence>) -> Result<T, ModelError> {
        answer.map_err(|silence| match silence {
            Silence::TooLong(patience) => {
                self.failure(file, format!("nothing came for {} seconds", patience.as_secs_f64()), AGAIN)
            }
            Silence::Ended => self.failure(file, "its answer could not be understood".into(), AGAIN),
        })
    }

    fn failure(&self, file: &str, reason: String, hint: &str) -> ModelError {
        ModelError::Download {
            file: file.into(),
            repository: self.entry.repository.clone(),
            endpoint: self.endpoint.clone(),
            reason,
            hint: hint.into(),
        }
    }

    fn failed(&self, file: &str, error: &ApiError) -> ModelError {
        use ureq::Error as E;
        const NETWORK: &str = "is there a network, and does it reach the hub? HF_ENDPOINT names a mirror, HTTPS_PROXY a proxy; \
            a model copied from another machine is used with `--model FOLDER`";
        let status = |status: u16| match status {
            401 | 403 => "the model has to be asked for on its page first; put your key into the variable HF_TOKEN",
            404 => "the hub (or mirror) does not have this file; try another model of `leitmotif models list`",
            429 => "the hub wants a pause; run the command again in a few minutes",
            _ => AGAIN,
        };
        match error {
            ApiError::RequestError(request) => match &**request {
                E::StatusCode(code) => self.failure(file, format!("it answered with status {code}"), status(*code)),
                E::Io(io) if io.kind() == io::ErrorKind::UnexpectedEof => {
                    self.failure(file, "the connection was closed".into(), AGAIN)
                }
                other => self.failure(file, other.to_string(), NETWORK),
            },
            ApiError::IoError(io) if is_of_disk(io) => store_error(self.folder, io),
            ApiError::IoError(io) => self.failure(file, format!("the download broke off: {io}"), AGAIN),
            ApiError::LockAcquisition(_) => {
                self.failure(file, "another program is downloading it".into(), "wait for that one to end")
            }
            ApiError::MissingHeader(_) | ApiError::InvalidHeader(_) | ApiError::ParseIntError(_) => self.failure(
                file,
                format!("its answer is not a model hub's ({error})"),
                "HF_ENDPOINT may name something else than a model hub",
            ),
            other => self.failure(file, other.to_string(), AGAIN),
        }
    }
}

/// Bytes as they arrive, sent to the thread that waits for them.
struct Arrivals(mpsc::Sender<u64>);

impl hf_hub::api::Progress for Arrivals {
    fn init(&mut self, _size: usize, _filename: &str) {}

    fn update(&mut self, size: usize) {
        // The receiver is gone when its patience ended.
        let _ = self.0.send(size as u64);
    }

    fn finish(&mut self) {}
}

enum Silence {
    TooLong(Duration),
    Ended,
}

/// Runs `work` on a thread of its own and waits as long as it gives signs of life: `hf-hub` itself
/// would wait for ever. After too long a silence the thread is left behind; it ends with the
/// connection or the program.
fn patiently<T: Send + 'static>(
    patience: Duration,
    work: impl FnOnce(mpsc::Sender<u64>) -> T + Send + 'static,
    on_bytes: &mut dyn FnMut(u64),
) -> Result<T, Silence> {
    let (sender, receiver) = mpsc::channel();
    let worker = std::thread::spawn(move || work(sender));
    loop {
        match receiver.recv_timeout(patience) {
            Ok(bytes) => on_bytes(bytes),
            Err(RecvTimeoutError::Timeout) => return Err(Silence::TooLong(patience)),
            // The sender went with the work.
            Err(RecvTimeoutError::Disconnected) => return worker.join().map_err(|_| Silence::Ended),
        }
    }
}

/// Whether a file is what was announced: its size, and its SHA-256 or git hash where the etag is
/// one of these (other etags hold no hash of the content).
fn check(path: &Path, announced: &Announced) -> io::Result<Result<(), String>> {
    let size = fs::metadata(path)?.len();
    if size != announced.size {
        return Ok(Err(format!("{size} bytes came where {} were announced", announced.size)));
    }
    let expected = announced.etag.to_ascii_lowercase();
    let hexadecimal = expected.bytes().all(|byte| byte.is_ascii_hexdigit());
    let found = match expected.len() {
        64 if hexadecimal => hash(path, digest::Context::new(&digest::SHA256))?,
        40 if hexadecimal => {
            let mut context = digest::Context::new(&digest::SHA1_FOR_LEGACY_USE_ONLY);
            context.update(format!("blob {size}\0").as_bytes());
            hash(path, context)?
        }
        _ => return Ok(Ok(())),
    };
    Ok(if found == expected {
        Ok(())
    } else {
        Err(format!("what came has the wrong checksum: {found} where {expected} was announced"))
    })
}

fn hash(path: &Path, mut context: digest::Context) -> io::Result<String> {
    let mut file = fs::File::open(path)?;
    let mut buffer = vec![0; 1 << 20];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        context.update(&buffer[..read]);
    }
}

fn publish(arrived: &Path, place: &Path) -> io::Result<()> {
    if let Some(parent) = place.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::rename(arrived, place)
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent)?;
    files::write_whole(path, |out| out.write_all(bytes))
}

/// Fails before the download when the disk cannot hold it.
fn check_room(folder: &Path, staged: &Path, missing: &[&Announced]) -> Result<(), ModelError> {
    let arrived = |file: &&Announced| {
        let part = staged.join("blobs").join(&file.etag).with_extension("part");
        fs::metadata(part).map_or(0, |part| part.len().min(file.size))
    };
    let needed: u64 = missing.iter().map(|file| file.size - arrived(file)).sum();
    match free_bytes(folder) {
        Some(free) if needed > 0 && free < needed + SPARE_BYTES => Err(ModelError::Store {
            path: folder.into(),
            reason: format!("{} MB are to come and {} MB are free", needed.div_ceil(1_000_000), free / 1_000_000),
            full: true,
        }),
        _ => Ok(()),
    }
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn free_bytes(folder: &Path) -> Option<u64> {
    rustix::fs::statvfs(folder).ok().map(|disk| disk.f_bavail.saturating_mul(disk.f_frsize))
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn free_bytes(_folder: &Path) -> Option<u64> {
    None
}

/// Whether an error is this machine's and not the network's.
fn is_of_disk(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    is_full(error)
        || matches!(error.kind(), K::PermissionDenied | K::ReadOnlyFilesystem | K::NotFound | K::NotADirectory)
}

fn is_full(error: &io::Error) -> bool {
    use io::ErrorKind as K;
    matches!(error.kind(), K::StorageFull | K::QuotaExceeded | K::FileTooLarge)
}

fn store_error(folder: &Path, error: &io::Error) -> ModelError {
    ModelError::Store { path: folder.into(), reason: error.to_string(), full: is_full(error) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SHA-256 of nothing and of `abc`: FIPS 180-4 examples; git's hash of an empty blob and of
    /// `hello\n`: `git hash-object`.
    #[test]
    fn a_file_is_checked_by_size_and_hash() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for (content, etag, fits) in [
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", true),
            ("abd", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", false),
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", true),
            ("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391", true),
            ("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a", true),
            ("hallo\n", "ce013625030ba8dba906f756967f9e9ca394464a", false),
            ("anything", "not-a-hash", true),
        ] {
            fs::write(&path, content).unwrap();
            let size = content.len() as u64;
            let announced = |size| Announced { file: "f".into(), commit: "c".into(), etag: etag.into(), size };
            assert_eq!(check(&path, &announced(size)).unwrap().is_ok(), fits, "{content:?} {etag}");
            assert!(check(&path, &announced(size + 1)).unwrap().is_err());
        }
    }

    #[test]
    fn a_silent_hub_is_given_up() {
        let stuck = patiently(Duration::from_millis(30), |_| std::thread::sleep(Duration::from_secs(2)), &mut |_| {});
        assert!(matches!(stuck, Err(Silence::TooLong(_))));
        let mut bytes = 0;
        let alive =
            patiently(Duration::from_millis(500), |events| (0..3).for_each(|_| events.send(5).unwrap()), &mut |more| {
                bytes += more
            });
        assert!(alive.is_ok());
        assert_eq!(bytes, 15);
    }
}

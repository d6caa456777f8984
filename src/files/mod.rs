//! Everything that is written to disk: private, whole, and never in the place of what is not ours.
//!
//! In: a path and what to write there. Out: a file that is there whole or as it was before; folders
//! that only their owner can enter. Text of interviews goes through here and nowhere else, so that
//!
//! - a new file is `0600` and a new folder `0700`, less what the umask takes, from its first byte; a
//!   file that takes another's place has that one's mode;
//! - a path that is a link is followed, and the link stays;
//! - what is unfinished has a name of its own ([`SAVING`]), is locked while its process lives, and
//!   goes when that is told to stop ([`stop`]) or, after a kill, with the next run on the same target.
//!
//! It never removes anything else, and knows nothing of formats.

pub mod stop;

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempDir};

use self::stop::Kept;

/// In the name of what is unfinished: `.NAME.saving-XXXXXX`.
pub(crate) const SAVING: &str = ".saving-";
/// What locks an unfinished folder.
pub(crate) const LOCK: &str = "lock";
/// Of a long name so many bytes stand in that of its unfinished file; a name has 255 at most.
const LONGEST_NAME: usize = 180;

/// What a path leads to: where it is a link, the file or folder it points to, also one that is not
/// there yet; else the path.
pub(crate) fn target_of(path: &Path) -> io::Result<PathBuf> {
    let mut path = std::path::absolute(path)?;
    // As many links as Linux follows.
    for _ in 0..40 {
        match path.canonicalize() {
            Ok(found) => return Ok(found),
            Err(error) if error.kind() == io::ErrorKind::NotFound => match fs::read_link(&path) {
                Ok(link) => path = folder_of(&path).join(link),
                Err(_) => return Ok(path),
            },
            Err(error) => return Err(error),
        }
    }
    Err(io::Error::other("too many links"))
}

/// Whether two paths lead to one place, or are two names of one file.
pub(crate) fn same_place(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| {
        let path = target_of(path).ok()?;
        // What is not there yet has a folder that is.
        let folder = folder_of(&path).canonicalize().unwrap_or_else(|_| folder_of(&path).to_path_buf());
        Some(path.file_name().map_or(folder.clone(), |name| folder.join(name)))
    };
    whole(one).is_some_and(|place| Some(place) == whole(other)) || same_file(one, other)
}

/// Whether two paths are names of one file, as hard links are.
#[cfg(unix)]
fn same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let file = |path: &Path| fs::metadata(path).ok().map(|found| (found.dev(), found.ino()));
    file(one).is_some_and(|found| Some(found) == file(other))
}

#[cfg(not(unix))]
fn same_file(_one: &Path, _other: &Path) -> bool {
    false
}

/// The folder that a path stands in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes a file whole, or not at all.
///
/// # Errors
/// Those of `write` and of the system; what was there before is whole then.
pub(crate) fn write_whole<E: From<io::Error>>(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<Unfinished>) -> Result<(), E>,
) -> Result<(), E> {
    let path = target_of(path)?;
    remove_remains(folder_of(&path), &beginning(&path));
    let mut out = BufWriter::new(Unfinished::beside(&path)?);
    write(&mut out)?;
    out.into_inner().map_err(io::IntoInnerError::into_error)?.persist(&path)?;
    Ok(())
}

/// Finds out whether [`write_whole`] can write there: a file is made and taken away again.
///
/// # Errors
/// What the system says.
pub(crate) fn check_file(path: &Path) -> io::Result<()> {
    let path = target_of(path)?;
    if path.metadata().is_ok_and(|found| !found.is_file()) {
        return Err(io::Error::other("it is no file"));
    }
    Unfinished::beside(&path).map(drop)
}

/// A file that is not yet in its place. Dropped, it is removed.
pub(crate) struct Unfinished {
    file: NamedTempFile,
    kept: Kept,
}

impl Unfinished {
    fn beside(path: &Path) -> io::Result<Self> {
        let file = tempfile::Builder::new().prefix(&beginning(path)).tempfile_in(folder_of(path))?;
        let kept = Kept::new(file.path());
        // Where the system knows no locks, remains are not told from what is being written, and stay.
        let _ = file.as_file().try_lock();
        Ok(Self { file, kept })
    }

    /// Onto the disk, then into its place in one step.
    fn persist(self, path: &Path) -> io::Result<()> {
        let Self { file, kept } = self;
        file.as_file().sync_all()?;
        keep_mode(path, file.path())?;
        let mut undisturbed = stop::pause();
        file.persist(path).map_err(|error| error.error)?;
        undisturbed.forget(kept);
        Ok(())
    }
}

impl io::Write for Unfinished {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl io::Seek for Unfinished {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// How the names of unfinished files for `path` begin.
fn beginning(path: &Path) -> String {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let end = (0..=LONGEST_NAME.min(name.len())).rev().find(|&end| name.is_char_boundary(end)).unwrap_or(0);
    format!(".{}{SAVING}", &name[..end])
}

/// Makes a folder that only its owner can enter, and those above it that are missing.
///
/// # Errors
/// What the system says.
pub(crate) fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Makes an empty file that only its owner can read, where there is none.
///
/// # Errors
/// What the system says.
pub(crate) fn make_file(path: &Path) -> io::Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// A folder that is filled before its files go elsewhere. Dropped, it is removed.
pub(crate) struct UnfinishedFolder {
    folder: TempDir,
    lock: File,
    kept: Kept,
}

impl UnfinishedFolder {
    /// In `parent`, named `.saving-XXXXXX`.
    ///
    /// # Errors
    /// What the system says.
    pub(crate) fn inside(parent: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(SAVING);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(parent)?;
        let kept = Kept::new(folder.path());
        let lock = make_file(&folder.path().join(LOCK))?;
        let _ = lock.try_lock();
        Ok(Self { folder, lock, kept })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Gives the folder, with all that is in it, the name `place`, at which there is nothing. A stop
    /// that comes meanwhile waits until what this returns is dropped.
    ///
    /// # Errors
    /// What the system says; the folder is removed then.
    pub(crate) fn rename(self, place: &Path) -> io::Result<stop::Pause> {
        let Self { folder, lock, kept } = self;
        fs::remove_file(folder.path().join(LOCK))?;
        sync_folder(folder.path());
        let mut undisturbed = stop::pause();
        fs::rename(folder.path(), place)?;
        let _moved = folder.keep();
        undisturbed.forget(kept);
        drop(lock);
        sync_folder(folder_of(place));
        Ok(undisturbed)
    }
}

/// Gives the file at `new` the mode of the one whose place it will take.
///
/// # Errors
/// What the system says.
#[cfg(unix)]
pub(crate) fn keep_mode(old: &Path, new: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let Ok(found) = fs::metadata(old) else { return Ok(()) };
    fs::set_permissions(new, fs::Permissions::from_mode(found.permissions().mode() & 0o777))
}

#[cfg(not(unix))]
pub(crate) fn keep_mode(_old: &Path, _new: &Path) -> io::Result<()> {
    Ok(())
}

/// Entries of a folder reach the disk where the system can be told so.
pub(crate) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

/// Removes what processes that no longer live left in `folder` under names that begin with
/// `beginning`, which ends in [`SAVING`].
pub(crate) fn remove_remains(folder: &Path, beginning: &str) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let unfinished = name.to_str().and_then(|name| name.strip_prefix(beginning)).is_some_and(is_random);
        let Ok(kind) = entry.file_type() else { continue };
        let path = entry.path();
        if unfinished && kind.is_file() && is_left_behind(&path) {
            let _ = fs::remove_file(&path);
        }
        if unfinished && kind.is_dir() && is_left_behind(&path.join(LOCK)) {
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// What `tempfile` appends to a name.
fn is_random(end: &str) -> bool {
    end.len() == 6 && end.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Nobody holds its lock. What has none was killed before it got one.
fn is_left_behind(lock: &Path) -> bool {
    match File::options().read(true).open(lock) {
        Ok(file) => file.try_lock().is_ok(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn write(path: &Path, text: &str) {
        write_whole(path, |out| out.write_all(text.as_bytes())).unwrap();
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_file_is_written_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        write(&path, "old");
        let failed: io::Result<()> = write_whole(&path, |out| {
            out.write_all(b"half")?;
            Err(io::Error::other("no"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(names(folder.path()), ["a.csv"]);
    }

    #[cfg(unix)]
    #[test]
    fn files_and_folders_are_private_and_modes_are_kept() {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new.csv");
        write(&path, "text");
        assert_eq!(mode(&path), 0o600);
        for kept in [0o400, 0o600, 0o640] {
            fs::set_permissions(&path, fs::Permissions::from_mode(kept)).unwrap();
            write(&path, "again");
            assert_eq!(mode(&path), kept);
        }
        make_folder(&folder.path().join("deep/er")).unwrap();
        assert_eq!((mode(&folder.path().join("deep")), mode(&folder.path().join("deep/er"))), (0o700, 0o700));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_stay() {
        let folder = tempfile::tempdir().unwrap();
        let [there, link, dangling] = ["there.csv", "link.csv", "dangling.csv"].map(|name| folder.path().join(name));
        fs::write(&there, "old").unwrap();
        std::os::unix::fs::symlink("there.csv", &link).unwrap();
        std::os::unix::fs::symlink("made.csv", &dangling).unwrap();
        write(&link, "new");
        write(&dangling, "made");
        assert!(link.is_symlink() && dangling.is_symlink());
        assert_eq!(fs::read_to_string(&there).unwrap(), "new");
        assert_eq!(fs::read_to_string(folder.path().join("made.csv")).unwrap(), "made");
        assert!(same_place(&link, &there) && !same_place(&link, &dangling));
        assert!(same_place(&folder.path().join("x"), &folder.path().join("./x")));
    }

    #[cfg(unix)]
    #[test]
    fn two_names_of_one_file_are_one_place_and_two_files_that_hold_the_same_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let [one, other, copy] = ["one.csv", "other.csv", "copy.csv"].map(|name| folder.path().join(name));
        fs::write(&one, "text").unwrap();
        fs::write(&copy, "text").unwrap();
        fs::hard_link(&one, &other).unwrap();
        assert!(same_place(&one, &other) && !same_place(&one, &copy));
    }

    #[test]
    fn remains_of_the_dead_go_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::write(at(".a.csv.saving-AbC123"), "left").unwrap();
        fs::create_dir(at(".saving-AbC124")).unwrap();
        fs::write(at(".saving-AbC124/lock"), "").unwrap();
        fs::write(at(".saving-AbC124/answers.parquet"), "left").unwrap();
        for others in [".a.csv.saving-mine", ".b.csv.saving-AbC123", ".tmpAbC123", "a.csv.saving-AbC123"] {
            fs::write(at(others), "not ours").unwrap();
        }
        let living = Unfinished::beside(&at("a.csv")).unwrap();
        let inside = UnfinishedFolder::inside(folder.path()).unwrap();
        remove_remains(folder.path(), ".a.csv.saving-");
        remove_remains(folder.path(), SAVING);
        assert!(living.file.path().is_file() && inside.path().is_dir());
        drop((living, inside));
        let left = [".a.csv.saving-mine", ".b.csv.saving-AbC123", ".tmpAbC123", "a.csv.saving-AbC123"];
        assert_eq!(names(folder.path()), left);
    }
}

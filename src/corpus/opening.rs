//! The one way in which files of others are opened.
//!
//! In: a path. Out: an open file, or what is in it, up to a limit that the caller states; or
//! [`Refused`]. It never waits for a named pipe that nobody writes to, never reads a device or a
//! socket, by whatever links they are reached, and never takes more memory than the limit.
//!
//! A pipe that the shell hands over, as in `leitmotif inspect <(zcat a.txt.gz)`, is given on purpose:
//! a path such as `/dev/fd/63` is read to its end, like standard input. It counts as such by its name
//! alone, so a link to it in a folder does not.

use std::fs::{File, Metadata, OpenOptions};
use std::io::Read;
use std::path::Path;

/// The largest table of vectors, list of ids or analysis that is read, in bytes.
pub(crate) const LARGEST_TABLE: u64 = 32 << 30;
/// The largest part of a model that is read, in bytes.
pub(crate) const LARGEST_MODEL: u64 = 32 << 30;
/// The largest text that a person writes for the program, such as a guide or a codebook, in bytes.
pub(crate) const LARGEST_NOTE: u64 = 16 << 20;

/// Why a path is not read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    /// The system's reason.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is no file.
    #[error("it is {0}, not a file")]
    NotAFile(&'static str),
    /// It is longer than what is read.
    #[error("it is too large: at most {} MB are read", limit / 1_000_000)]
    TooLarge {
        /// Its bytes, as far as they are known.
        bytes: u64,
        /// The most that is read.
        limit: u64,
    },
}

impl Refused {
    /// As an error of the system, for those who know no others.
    pub(crate) fn into_io(self) -> std::io::Error {
        match self {
            Self::Io(error) => error,
            other => std::io::Error::new(std::io::ErrorKind::InvalidInput, other.to_string()),
        }
    }
}

/// Opens a file of at most `limit` bytes.
///
/// # Errors
/// [`Refused`].
pub(crate) fn open(path: &Path, limit: u64) -> Result<File, Refused> {
    let given = is_handed_over(path);
    // Looked at before it is opened, as opening a device may do something already; and again when
    // it is open, as it may be another by then.
    check(&std::fs::metadata(path)?, given, limit)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    if !given {
        use std::os::unix::fs::OpenOptionsExt;
        // The bits of a flag have no sign; on these systems they fit.
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    let file = options.open(path)?;
    check(&file.metadata()?, given, limit)?;
    Ok(file)
}

/// The bytes of a file of at most `limit`.
///
/// # Errors
/// [`Refused`]; also for a file that grows over the limit while it is read.
pub(crate) fn read(path: &Path, limit: u64) -> Result<Vec<u8>, Refused> {
    let file = open(path, limit)?;
    let mut bytes = Vec::new();
    file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Refused::TooLarge { bytes: bytes.len() as u64, limit });
    }
    Ok(bytes)
}

/// The text of a file of at most `limit` bytes, in UTF-8.
///
/// # Errors
/// As [`read`].
pub(crate) fn read_text(path: &Path, limit: u64) -> Result<String, Refused> {
    let invalid = |_| std::io::Error::new(std::io::ErrorKind::InvalidData, "it is no text in UTF-8");
    String::from_utf8(read(path, limit)?).map_err(|error| invalid(error).into())
}

fn check(found: &Metadata, given: bool, limit: u64) -> Result<(), Refused> {
    match other_than_a_file(found) {
        Some(PIPE) if given => return Ok(()),
        Some(kind) => return Err(Refused::NotAFile(kind)),
        None => {}
    }
    if found.len() > limit { Err(Refused::TooLarge { bytes: found.len(), limit }) } else { Ok(()) }
}

/// Whether a path names what the program was started with.
fn is_handed_over(path: &Path) -> bool {
    let number = ["/dev/fd", "/proc/self/fd"].iter().find_map(|folder| path.strip_prefix(folder).ok());
    let is_number = |rest: &Path| rest.to_str().is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    path == Path::new("/dev/stdin") || number.is_some_and(is_number)
}

const PIPE: &str = "a named pipe (FIFO)";

#[cfg(unix)]
fn other_than_a_file(found: &Metadata) -> Option<&'static str> {
    use std::os::unix::fs::FileTypeExt;
    let kind = found.file_type();
    match kind {
        kind if kind.is_file() => None,
        kind if kind.is_dir() => Some("a folder"),
        kind if kind.is_fifo() => Some(PIPE),
        kind if kind.is_socket() => Some("a socket"),
        _ => Some("a device"),
    }
}

#[cfg(not(unix))]
fn other_than_a_file(found: &Metadata) -> Option<&'static str> {
    if found.is_dir() { Some("a folder") } else { None }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused_at_once_by_any_link() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let made = std::process::Command::new("mkfifo").arg(at("pipe.txt")).status().unwrap();
        assert!(made.success());
        let _socket = std::os::unix::net::UnixListener::bind(at("socket.txt")).unwrap();
        for (link, target) in [("a", at("pipe.txt")), ("b", at("socket.txt")), ("c", "/dev/zero".into())] {
            std::os::unix::fs::symlink(target, at(link)).unwrap();
            std::os::unix::fs::symlink(at(link), at(&format!("{link}{link}"))).unwrap();
        }
        for (name, kind) in [
            ("pipe.txt", "pipe"),
            ("a", "pipe"),
            ("aa", "pipe"),
            ("socket.txt", "socket"),
            ("b", "socket"),
            ("bb", "socket"),
            ("c", "device"),
            ("cc", "device"),
            (".", "folder"),
        ] {
            let error = read(&at(name), 10).unwrap_err();
            assert!(matches!(error, Refused::NotAFile(found) if found.contains(kind)), "{name}: {error}");
        }
    }

    #[test]
    fn files_are_read_up_to_the_limit() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "0123456789").unwrap();
        std::os::unix::fs::symlink(&path, folder.path().join("link")).unwrap();
        assert_eq!(read_text(&folder.path().join("link"), 10).unwrap(), "0123456789");
        assert!(matches!(read(&path, 9), Err(Refused::TooLarge { bytes: 10, limit: 9 })));
        assert!(matches!(read(&folder.path().join("none"), 9), Err(Refused::Io(_))));
    }

    #[test]
    fn only_what_the_shell_hands_over_may_be_a_pipe() {
        let given = ["/dev/fd/63", "/proc/self/fd/0", "/dev/stdin"];
        assert!(given.iter().all(|path| is_handed_over(Path::new(path))));
        let others = ["/dev/fd", "/dev/fd/x", "/dev/fd/../zero", "dev/fd/1", "/dev/zero", "/tmp/dev/fd/1"];
        assert!(!others.iter().any(|path| is_handed_over(Path::new(path))));
    }
}

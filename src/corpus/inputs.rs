//! From what the user typed to the list of files to read.
//!
//! In: arguments such as `wards=interviews/`, a path, or `-`. Out: files in a fixed order, numbers by
//! their size (`talk 2` before `talk 10`), each with the study it was given. Hidden files, the lock
//! files of office programs, the files of saved analyses and reports are passed over. It opens no file
//! but the `analysis.json` of a folder, and the beginning of pages.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::error::first_of;
use super::label_key;
use super::{CorpusError, opening, own_outputs, readers};

/// An input as given on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputSpec {
    /// The study's name, where one was given.
    pub study: Option<String>,
    /// A file, a folder, or `-` for standard input.
    pub path: PathBuf,
}

impl InputSpec {
    /// Reads `PATH` or `NAME=PATH`. A path that exists as given wins over the split; a name is
    /// made of letters, digits, spaces, `-` and `_`.
    ///
    /// ```
    /// # use std::ffi::OsStr;
    /// # use leitmotif::corpus::InputSpec;
    /// let input = InputSpec::parse(OsStr::new("Night shifts=wards/"));
    /// assert_eq!(input.study.as_deref(), Some("Night shifts"));
    /// assert_eq!(input.path.to_str(), Some("wards/"));
    /// ```
    pub fn parse(argument: &OsStr) -> Self {
        let whole = || Self { study: None, path: PathBuf::from(argument) };
        let bytes = argument.as_encoded_bytes();
        let Some(equals) = bytes.iter().position(|&b| b == b'=') else { return whole() };
        let Ok(name) = std::str::from_utf8(&bytes[..equals]) else { return whole() };
        let name = name.trim();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
        if name.is_empty() || !name.chars().all(plain) || Path::new(argument).exists() {
            return whole();
        }
        let path = match argument.to_str() {
            Some(text) => PathBuf::from(&text[equals + 1..]),
            // The rest of a path that is not Unicode cannot be taken apart safely.
            None => return whole(),
        };
        if path.as_os_str().is_empty() {
            return whole();
        }
        Self { study: Some(name.to_owned()), path }
    }
}

/// A file to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    /// The study given with `NAME=`.
    pub(crate) study: Option<String>,
    /// `None` for standard input.
    pub(crate) path: Option<PathBuf>,
    /// For messages and [`super::Source::path`], with `/`.
    pub(crate) shown: String,
    /// The folder among the inputs that it was found below.
    pub(crate) root: Option<PathBuf>,
}

impl Found {
    /// A file that was named itself.
    pub(crate) fn named(study: Option<String>, path: PathBuf) -> Self {
        Self { study, shown: shown(&path), path: Some(path), root: None }
    }

    /// Bytes of the file; 0 where that is not known, as of standard input.
    fn size(&self) -> usize {
        let size = self.path.as_ref().and_then(|path| Some(path.metadata().ok()?.len()));
        size.map_or(0, |size| usize::try_from(size).unwrap_or(usize::MAX))
    }

    /// The extension in lower case.
    pub(crate) fn extension(&self) -> Option<String> {
        Some(self.path.as_ref()?.extension()?.to_string_lossy().to_lowercase())
    }

    /// The file's name without its extension, as names are shown.
    pub(crate) fn stem(&self) -> String {
        let stem = self.path.as_ref().and_then(|path| path.file_stem());
        stem.map_or_else(|| "standard input".to_owned(), |stem| as_shown(stem.to_string_lossy().into_owned()))
    }

    /// The folder the file is in; empty where that is the one the program runs in.
    pub(crate) fn folder(&self) -> Option<&Path> {
        self.path.as_ref()?.parent()
    }
}

/// Files that are read at the same time at most, and the bytes that they have together, unless one alone has more.
const FILES_TOGETHER: usize = 64;
const BYTES_TOGETHER: usize = 16 << 20;

/// Files that are read at the same time.
pub(super) struct Group {
    pub(super) files: Vec<Found>,
    /// What they have together.
    pub(super) bytes: usize,
}

/// The files in their order, in groups.
pub(super) fn together(files: Vec<Found>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for file in files {
        let size = file.size();
        let has_room = |group: &&mut Group| {
            group.files.len() < FILES_TOGETHER && group.bytes.saturating_add(size) <= BYTES_TOGETHER
        };
        match groups.last_mut().filter(has_room) {
            Some(group) => {
                group.bytes += size;
                group.files.push(file);
            }
            None => groups.push(Group { files: vec![file], bytes: size }),
        }
    }
    groups
}

/// The name of a folder.
pub(crate) fn name_of(folder: &Path) -> Option<String> {
    let name = match folder.file_name() {
        Some(name) => name.to_owned(),
        None => {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            here.canonicalize().ok()?.file_name()?.to_owned()
        }
    };
    Some(as_shown(name.to_string_lossy().into_owned()))
}

fn as_shown(name: String) -> String {
    label_key::shown(&name).unwrap_or(name)
}

/// The folder above one.
pub(crate) fn above(folder: &Path) -> Option<PathBuf> {
    match folder.parent() {
        Some(above) if folder.file_name().is_some() => Some(above.to_owned()),
        _ => {
            let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
            Some(here.canonicalize().ok()?.parent()?.to_owned())
        }
    }
}

/// The order of people: as of letters, but numbers by their size, so that `row 2` comes before
/// `row 10`.
pub(crate) fn natural_order(a: &str, b: &str) -> Ordering {
    let (mut left, mut right) = (a.as_bytes(), b.as_bytes());
    while let (Some(&x), Some(&y)) = (left.first(), right.first()) {
        if x.is_ascii_digit() && y.is_ascii_digit() {
            let ((m, rest_left), (n, rest_right)) = (number(left), number(right));
            match m.len().cmp(&n.len()).then_with(|| m.cmp(n)) {
                Ordering::Equal => (left, right) = (rest_left, rest_right),
                other => return other,
            }
        } else if x == y {
            (left, right) = (&left[1..], &right[1..]);
        } else {
            return x.cmp(&y);
        }
    }
    left.len().cmp(&right.len()).then_with(|| a.cmp(b))
}

/// The digits at the start without leading zeros, and what follows.
fn number(bytes: &[u8]) -> (&[u8], &[u8]) {
    let end = bytes.iter().position(|b| !b.is_ascii_digit()).unwrap_or(bytes.len());
    let (digits, rest) = bytes.split_at(end);
    let zeros = digits.iter().take_while(|&&b| b == b'0').count();
    (&digits[zeros..], rest)
}

/// A path as it is shown: with `/` on every system.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// What is told of an input besides its files.
#[derive(Default)]
pub(crate) struct PassedOver {
    pub(crate) warnings: Vec<String>,
    /// Saved analyses.
    pub(crate) analyses: Vec<String>,
    /// Reports.
    pub(crate) reports: Vec<String>,
}

impl PassedOver {
    fn n_own(&self) -> usize {
        self.analyses.len() + self.reports.len()
    }
}

/// The files of one input, sorted by path, and what was passed over. A saved analysis has none.
pub(crate) fn expand(input: &InputSpec, passed_over: &mut PassedOver) -> Result<Vec<Found>, CorpusError> {
    let study = input.study.clone();
    if input.path.as_os_str() == "-" {
        return Ok(vec![Found { study, path: None, shown: "-".to_owned(), root: None }]);
    }
    let path = &input.path;
    let meta = std::fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => CorpusError::NotFound { path: path.clone() },
        _ => CorpusError::Io { path: shown(path), source },
    })?;
    if !meta.is_dir() {
        return Ok(vec![Found::named(study, path.clone())]);
    }
    let mut files = Vec::new();
    let mut unknown = Vec::new();
    let own = passed_over.n_own();
    walk(path, &mut HashSet::new(), &mut files, &mut unknown, passed_over)?;
    let mut files: Vec<(String, PathBuf)> = files.into_iter().map(|path| (shown(&path), path)).collect();
    files.sort_by(|(a, _), (b, _)| natural_order(a, b));
    unknown.sort_by(|a, b| natural_order(a, b));
    if !unknown.is_empty() {
        let listed = first_of(unknown.iter().cloned(), 5);
        passed_over.warnings.push(format!(
            "`{}`: passed over {} of unknown format: {listed}; formats read are {}",
            shown(path),
            if unknown.len() == 1 { "1 file".to_owned() } else { format!("{} files", unknown.len()) },
            readers::extensions()
        ));
    }
    if files.is_empty() && passed_over.n_own() == own {
        return Err(CorpusError::EmptyFolder { path: shown(path), allowed: readers::extensions() });
    }
    let root = Some(path.clone());
    let found = |(shown, path)| Found { study: study.clone(), shown, path: Some(path), root: root.clone() };
    Ok(files.into_iter().map(found).collect())
}

fn walk(
    folder: &Path,
    visited: &mut HashSet<PathBuf>,
    files: &mut Vec<PathBuf>,
    unknown: &mut Vec<String>,
    passed_over: &mut PassedOver,
) -> Result<(), CorpusError> {
    let io = |source| CorpusError::Io { path: shown(folder), source };
    let holds_analysis = own_outputs::is_analysis(folder);
    if holds_analysis {
        passed_over.analyses.push(shown(folder));
    }
    if !visited.insert(folder.canonicalize().map_err(io)?) {
        return Ok(()); // a link back to a folder above
    }
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.file_name().is_none_or(|name| is_no_document(&name.to_string_lossy())) {
            continue;
        }
        let is_of_analysis = |name: &OsStr| own_outputs::FILES.iter().any(|file| name == *file);
        if holds_analysis && path.file_name().is_some_and(is_of_analysis) {
            continue;
        }
        if path.is_dir() {
            if is_of_page(&path) {
                continue;
            }
            if let Err(error) = walk(&path, visited, files, unknown, passed_over) {
                passed_over.warnings.push(error.full_message());
            }
            continue;
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let known = extension.is_some_and(|e| readers::READERS.iter().any(|r| r.extensions().contains(&e.as_str())));
        if is_report(&path) {
            passed_over.reports.push(shown(&path));
        } else if known {
            files.push(path);
        } else {
            unknown.push(path.strip_prefix(folder).map_or_else(|_| shown(&path), shown));
        }
    }
    Ok(())
}

/// Whether a file is a report of this program, by its first bytes.
fn is_report(path: &Path) -> bool {
    let is_page = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html"));
    if !(is_page && path.is_file()) {
        return false;
    }
    let Ok(file) = opening::open(path, opening::LARGEST_TABLE) else { return false };
    let mut head = Vec::new();
    file.take(own_outputs::HEAD as u64).read_to_end(&mut head).is_ok()
        && own_outputs::is_report(&String::from_utf8_lossy(&head))
}

/// Whether a folder holds the pictures and frames of a page that was saved beside it: `talk_files` beside `talk.html`.
fn is_of_page(folder: &Path) -> bool {
    const ENDINGS: [&str; 7] = ["_files", "-files", "-Dateien", "_fichiers", "_archivos", "_file", "-filer"];
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let mut stems = ENDINGS.iter().filter_map(|ending| name.strip_suffix(ending));
    stems.any(|stem| ["html", "htm"].iter().any(|e| folder.with_file_name(format!("{stem}.{e}")).is_file()))
}

/// Hidden files, the lock files that office programs keep beside an open document, and what systems
/// leave in folders.
fn is_no_document(name: &str) -> bool {
    const OF_SYSTEMS: [&str; 4] = ["thumbs.db", "desktop.ini", "__macosx", "icon\r"];
    name.starts_with('.') || name.starts_with("~$") || OF_SYSTEMS.contains(&name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_ordered_by_their_size() {
        let mut names = ["row 10", "row 2", "Row 1", "row 2b", "row", "row 02", "a9.txt", "a10.txt", "a/2", "a/10"];
        names.sort_by(|a, b| natural_order(a, b));
        assert_eq!(names, ["Row 1", "a/2", "a/10", "a9.txt", "a10.txt", "row", "row 02", "row 2", "row 2b", "row 10"]);
    }

    #[test]
    fn lock_files_and_hidden_files_are_no_documents() {
        assert!(["~$talk.docx", ".talk.txt", ".DS_Store", "Thumbs.db"].iter().all(|name| is_no_document(name)));
        assert!(!["~talk.txt", "talk~.txt", "$talk.docx", "a.b"].iter().any(|name| is_no_document(name)));
    }

    #[test]
    fn what_a_saved_page_brings_is_no_document() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["talk.html", "talk_files/frame.html", "other_files/b.html"] {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "<html>").unwrap();
        }
        let input = InputSpec { study: None, path: folder.path().to_owned() };
        let found = expand(&input, &mut PassedOver::default()).unwrap();
        let names: Vec<String> = found.iter().filter_map(|file| name_of(file.path.as_deref()?)).collect();
        assert_eq!(names, ["b.html", "talk.html"]);
    }

    #[test]
    fn groups_hold_every_file_once_and_no_more_bytes_than_are_read_together() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: String, size: u64| {
            let path = folder.path().join(&name);
            std::fs::File::create(&path).unwrap().set_len(size).unwrap();
            Found { study: None, path: Some(path), shown: name, root: None }
        };
        let large = BYTES_TOGETHER as u64 * 3 / 5;
        let mut files: Vec<Found> = (0..FILES_TOGETHER + 6).map(|n| file(format!("{n}.txt"), 10)).collect();
        files.extend((0..2).map(|n| file(format!("large {n}.csv"), large)));
        files.push(file("huge.csv".to_owned(), 2 * BYTES_TOGETHER as u64));
        files.push(Found { study: None, path: None, shown: "-".to_owned(), root: None });
        let groups = together(files.clone());
        assert_eq!(groups.iter().map(|group| group.files.len()).collect::<Vec<_>>(), [FILES_TOGETHER, 7, 1, 1, 1]);
        let bytes = |files: &[Found]| files.iter().map(Found::size).sum::<usize>();
        assert!(groups.iter().all(|group| group.bytes == bytes(&group.files)));
        assert_eq!(groups.into_iter().flat_map(|group| group.files).collect::<Vec<_>>(), files);
        assert!(together(Vec::new()).is_empty());
    }

    fn parse(text: &str) -> (Option<String>, String) {
        let input = InputSpec::parse(OsStr::new(text));
        (input.study, shown(&input.path))
    }

    #[test]
    fn a_name_may_stand_before_the_path() {
        assert_eq!(parse("wards=a/b.csv"), (Some("wards".to_owned()), "a/b.csv".to_owned()));
        assert_eq!(parse("Night shifts 2=-"), (Some("Night shifts 2".to_owned()), "-".to_owned()));
        assert_eq!(parse("a/b=c.csv"), (None, "a/b=c.csv".to_owned()));
        assert_eq!(parse("=c.csv"), (None, "=c.csv".to_owned()));
        assert_eq!(parse("x="), (None, "x=".to_owned()));
        assert_eq!(parse("a=b=c"), (Some("a".to_owned()), "b=c".to_owned()));
    }
}

//! From what the user typed to the list of files to read.
//!
//! In: arguments such as `wards=interviews/`, a path, or `-`. Out: files in a fixed order, each
//! with the study it was given. It never opens a file.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{CorpusError, readers};

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
}

impl Found {
    /// The extension in lower case.
    pub(crate) fn extension(&self) -> Option<String> {
        Some(self.path.as_ref()?.extension()?.to_string_lossy().to_lowercase())
    }

    /// The file's name without its extension.
    pub(crate) fn stem(&self) -> String {
        let stem = self.path.as_ref().and_then(|path| path.file_stem());
        stem.map_or_else(|| "standard input".to_owned(), |stem| stem.to_string_lossy().into_owned())
    }

    /// The name of the folder the file is in.
    pub(crate) fn folder(&self) -> Option<String> {
        let parent = self.path.as_ref()?.parent()?;
        let name = match parent.file_name() {
            Some(name) => name.to_owned(),
            None => {
                let here = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
                here.canonicalize().ok()?.file_name()?.to_owned()
            }
        };
        Some(name.to_string_lossy().into_owned())
    }
}

/// A path as it is shown: with `/` on every system.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The files of one input, sorted by path, and warnings about what was passed over.
pub(crate) fn expand(input: &InputSpec, warnings: &mut Vec<String>) -> Result<Vec<Found>, CorpusError> {
    let study = input.study.clone();
    if input.path.as_os_str() == "-" {
        return Ok(vec![Found { study, path: None, shown: "-".to_owned() }]);
    }
    let path = &input.path;
    let meta = std::fs::metadata(path).map_err(|source| match source.kind() {
        std::io::ErrorKind::NotFound => CorpusError::NotFound { path: path.clone() },
        _ => CorpusError::Io { path: shown(path), source },
    })?;
    if !meta.is_dir() {
        return Ok(vec![Found { study, path: Some(path.clone()), shown: shown(path) }]);
    }
    let mut files = Vec::new();
    let mut unknown = Vec::new();
    walk(path, &mut HashSet::new(), &mut files, &mut unknown, warnings)?;
    files.sort_by_cached_key(|path| shown(path));
    unknown.sort();
    if !unknown.is_empty() {
        let listed = unknown.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        let more = if unknown.len() > 5 { format!(" and {} more", unknown.len() - 5) } else { String::new() };
        warnings.push(format!(
            "`{}`: passed over {} of unknown format: {listed}{more}; formats read are {}",
            shown(path),
            if unknown.len() == 1 { "1 file".to_owned() } else { format!("{} files", unknown.len()) },
            readers::extensions()
        ));
    }
    if files.is_empty() {
        return Err(CorpusError::EmptyFolder { path: shown(path), allowed: readers::extensions() });
    }
    let found = |path: PathBuf| Found { study: study.clone(), shown: shown(&path), path: Some(path) };
    Ok(files.into_iter().map(found).collect())
}

fn walk(
    folder: &Path,
    visited: &mut HashSet<PathBuf>,
    files: &mut Vec<PathBuf>,
    unknown: &mut Vec<String>,
    warnings: &mut Vec<String>,
) -> Result<(), CorpusError> {
    let io = |source| CorpusError::Io { path: shown(folder), source };
    if !visited.insert(folder.canonicalize().map_err(io)?) {
        return Ok(()); // a link back to a folder above
    }
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.')) {
            continue;
        }
        if path.is_dir() {
            if let Err(error) = walk(&path, visited, files, unknown, warnings) {
                warnings.push(error.full_message());
            }
            continue;
        }
        let extension = path.extension().map(|e| e.to_string_lossy().to_lowercase());
        let known = extension.is_some_and(|e| readers::READERS.iter().any(|r| r.extensions().contains(&e.as_str())));
        if known {
            files.push(path);
        } else {
            unknown.push(path.strip_prefix(folder).map_or_else(|_| shown(&path), shown));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

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

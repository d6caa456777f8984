//! Parts of zip archives, which Word and Excel files are.
//!
//! In: the bytes of an archive. Out: the bytes of the parts asked for by name. Nothing is ever
//! unpacked to the disk and no name is ever a path of the disk, so entries such as `../../x` reach
//! nothing. What a part unpacks to is counted while it is unpacked; the sizes an archive states of
//! itself are not believed.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::super::CorpusError;

/// The most entries of an archive.
const MAX_ENTRIES: usize = 10_000;
/// The most bytes a part may unpack to.
const MAX_PART: u64 = 256 << 20;
/// The most bytes all parts that are read may unpack to.
const MAX_ALL: u64 = 512 << 20;
/// Up to this size a part may be packed as tightly as it likes.
const FREE: u64 = 16 << 20;
/// Beyond, it may unpack to this many times its packed size: text packs to a tenth, and tables that
/// repeat themselves to a fiftieth.
const MAX_RATIO: u64 = 200;

const HINT: &str = "open the file in the program it comes from and save it again";

/// An archive in memory.
pub(crate) struct Archive<'a> {
    path: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Entries by their names as parts are compared: lower case, `/`, no `/` in front.
    entries: HashMap<String, usize>,
    bytes: u64,
    /// What was unpacked so far.
    unpacked: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive that the file at `path` (which serves the messages) is.
    ///
    /// # Errors
    /// When it is none, has too many entries, or two of the same name: programs differ in which of
    /// the two they show.
    pub(crate) fn open(path: &'a str, bytes: &'a [u8]) -> Result<Self, CorpusError> {
        let refused = |reason: String| malformed(path, "the archive".to_owned(), reason);
        let too_many = || refused(format!("more than {MAX_ENTRIES} entries"));
        if n_headers(bytes) > MAX_ENTRIES {
            return Err(too_many());
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| refused(reason(&error)))?;
        if zip.len() > MAX_ENTRIES {
            return Err(too_many());
        }
        let mut entries = HashMap::with_capacity(zip.len());
        let mut twice = zip.has_duplicate_names();
        for (index, name) in zip.file_names_raw().enumerate() {
            // Parts of Office files have ASCII names.
            twice |= entries.insert(plain(&String::from_utf8_lossy(name)), index).is_some();
        }
        if twice {
            return Err(refused("two entries of the same name".to_owned()));
        }
        Ok(Self { path, zip, entries, bytes: bytes.len() as u64, unpacked: 0 })
    }

    /// The file's path, for messages.
    pub(crate) fn path(&self) -> &'a str {
        self.path
    }

    /// Whether there is a part of this name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&plain(name))
    }

    /// Unpacks the part of this name, if there is one.
    ///
    /// # Errors
    /// When it is encrypted, damaged, or larger than what is read.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        let Some(&index) = self.entries.get(&plain(name)) else { return Ok(None) };
        let path = self.path;
        let refused = |reason: String| malformed(path, format!("part `{name}`"), reason);
        let entry = self.zip.by_index(index).map_err(|error| refused(reason(&error)))?;
        let packed = entry.compressed_size().min(self.bytes);
        let by_ratio = (packed * MAX_RATIO).clamp(FREE, MAX_PART);
        let limit = by_ratio.min(MAX_ALL - self.unpacked);
        let mut unpacked = Vec::new();
        entry.take(limit + 1).read_to_end(&mut unpacked).map_err(|error| refused(error.to_string()))?;
        let bytes = unpacked.len() as u64;
        if bytes > limit {
            let what = if limit < by_ratio {
                format!("with `{name}` its parts unpack to")
            } else {
                format!("`{name}`, packed into {packed} bytes, unpacks to")
            };
            let (bytes, limit) = if limit < by_ratio { (MAX_ALL + 1, MAX_ALL) } else { (bytes, limit) };
            return Err(CorpusError::TooLarge { path: path.to_owned(), what, bytes, limit });
        }
        self.unpacked += bytes;
        Ok(Some(unpacked))
    }
}

/// How many entries a zip archive can have at most: each has a header with this mark.
fn n_headers(bytes: &[u8]) -> usize {
    const MARK: [u8; 4] = *b"PK\x01\x02";
    const SHORTEST: usize = 46;
    if bytes.len() / SHORTEST <= MAX_ENTRIES {
        return 0;
    }
    bytes.windows(MARK.len()).filter(|window| *window == MARK).count()
}

fn plain(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

fn reason(error: &ZipError) -> String {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => "protected by a password".to_owned(),
        ZipError::InvalidArchive(what) => format!("a damaged zip archive ({what})"),
        error => error.to_string(),
    }
}

fn malformed(path: &str, place: String, reason: String) -> CorpusError {
    CorpusError::Malformed { path: path.to_owned(), place, reason, hint: HINT }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use proptest::prelude::*;
    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::*;

    /// An archive with these parts.
    pub(crate) fn zipped<B: AsRef<[u8]>>(parts: &[(&str, B)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes.as_ref()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// An archive of one part of so many equal bytes.
    pub(crate) fn bomb(name: &str, start: &str, n_bytes: usize) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(start.as_bytes()).unwrap();
        let block = vec![b' '; 1 << 20];
        for _ in 0..n_bytes >> 20 {
            zip.write_all(&block).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn part(bytes: &[u8], name: &str) -> Result<Option<Vec<u8>>, CorpusError> {
        Archive::open("a.docx", bytes)?.part(name)
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = zipped(&[("word/Document.xml", "here"), ("../../etc/passwd", "away"), ("b\\c.xml", "there")]);
        let mut archive = Archive::open("a.docx", &bytes).unwrap();
        assert!(archive.has("/word/document.xml"));
        assert_eq!(archive.part("word/document.xml").unwrap().as_deref(), Some(&b"here"[..]));
        assert_eq!(archive.part("b/c.xml").unwrap().as_deref(), Some(&b"there"[..]));
        assert_eq!(archive.part("word/styles.xml").unwrap(), None);
        // A name of an entry is a key and nothing else.
        assert_eq!(archive.part("../../etc/passwd").unwrap().as_deref(), Some(&b"away"[..]));
    }

    #[test]
    fn bombs_are_refused() {
        let error = part(&bomb("x.xml", "", 17 << 20), "x.xml").unwrap_err().to_string();
        assert!(
            error.contains("`x.xml`, packed into ")
                && error.contains("more than 16 MB, which is the most that is read"),
            "{error}"
        );
        // Below the size that is free, the ratio does not matter.
        assert_eq!(part(&bomb("x.xml", "", 15 << 20), "x.xml").unwrap().map(|part| part.len()), Some(15 << 20));
    }

    #[test]
    fn sizes_stated_by_the_archive_are_not_believed() {
        let mut bytes = bomb("x.xml", "", 17 << 20);
        // Every stated unpacked size becomes 5: at 22 of the local header, at 24 of the central one.
        for (mark, at) in [(b"PK\x03\x04", 22), (b"PK\x01\x02", 24)] {
            let header = bytes.windows(4).position(|window| window == mark).unwrap();
            bytes[header + at..header + at + 4].copy_from_slice(&5u32.to_le_bytes());
        }
        assert!(part(&bytes, "x.xml").is_err());
        // A stated packed size beyond the file's own does not widen the limit.
        let mut bytes = bomb("x.xml", "", 17 << 20);
        for (mark, at) in [(b"PK\x03\x04", 18), (b"PK\x01\x02", 20)] {
            let header = bytes.windows(4).position(|window| window == mark).unwrap();
            bytes[header + at..header + at + 4].copy_from_slice(&0x7FFF_FFFFu32.to_le_bytes());
        }
        assert!(part(&bytes, "x.xml").is_err());
    }

    #[test]
    fn all_parts_together_are_limited() {
        let one = vec![0u8; 15 << 20];
        let names: Vec<String> = (0..36).map(|n| format!("{n}.xml")).collect();
        let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &one[..])).collect();
        let bytes = zipped(&parts);
        let mut archive = Archive::open("a.docx", &bytes).unwrap();
        let failed = names.iter().position(|name| archive.part(name).is_err());
        assert_eq!(failed, Some(34));
        let error = archive.part("35.xml").unwrap_err().to_string();
        assert!(error.contains("its parts unpack to more than 512 MB"), "{error}");
    }

    #[test]
    fn odd_archives_are_refused() {
        let message = |bytes: &[u8]| part(bytes, "a").unwrap_err().to_string();
        assert!(message(b"PK\x03\x04 and no more").contains("malformed `a.docx`, the archive: a damaged zip archive"));
        assert!(message(&zipped(&[("a", ""), ("A", "")])).contains("two entries of the same name"));
        let names: Vec<String> = (0..=MAX_ENTRIES).map(|n| n.to_string()).collect();
        let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
        assert!(message(&zipped(&parts)).contains("more than 10000 entries"));
        // Bit 0 of the flags: encrypted.
        let mut bytes = zipped(&[("a", "secret")]);
        for (mark, at) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
            let header = bytes.windows(4).position(|window| window == mark).unwrap();
            bytes[header + at] |= 1;
        }
        assert!(message(&bytes).contains("part `a`: protected by a password"), "{}", message(&bytes));
        // A damaged byte shows in the check sum.
        let mut bytes = zipped(&[("a", "Because of the long nights.")]);
        let data = bytes.windows(4).position(|window| window == b"PK\x01\x02").unwrap() - 3;
        bytes[data] ^= 0x20;
        assert!(message(&bytes).contains("part `a`"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_opened_or_refused(at in 0usize..400, byte: u8, cut in 0usize..400) {
            let mut bytes = zipped(&[("word/document.xml", "<a>some text</a>"), ("b.xml", "<b/>")]);
            let n = bytes.len();
            bytes[at % n] = byte;
            bytes.truncate(n - cut % 8);
            if let Ok(mut archive) = Archive::open("a.docx", &bytes) {
                let _ = archive.part("word/document.xml");
                let _ = archive.part("b.xml");
            }
        }
    }
}

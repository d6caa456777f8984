//! What Office wrote before there were archives, and what it writes with a password.
//!
//! In: the bytes of a compound file (MS-CFB). Out: always an error that names what the file is and
//! says what to do. It reads no more of it than the names of its streams.

use super::super::encoding::OLD_OFFICE;
use super::super::{CorpusError, ReadOptions};
use super::{Claim, Contents, File, Reader, Reading};

pub(crate) struct OldOffice;

/// Names of streams, what a file with one is, and what to do about it.
const KINDS: [(&str, &str, &str); 5] = [
    (
        "EncryptedPackage",
        "protected by a password",
        "open it with the password and save it as .docx or .xlsx without one",
    ),
    ("WordDocument", "a document of Word 97–2003", DOC_HINT),
    ("Workbook", "a workbook of Excel 97–2003", XLS_HINT),
    ("Book", "a workbook of Excel 5 or 95", XLS_HINT),
    ("PowerPoint Document", "a presentation of PowerPoint", "save the words as .docx or plain text"),
];

const DOC_HINT: &str = "open it in Word or LibreOffice and save it as .docx, or convert all of a folder with \
                        `soffice --headless --convert-to docx *.doc`";
const UNKNOWN_HINT: &str = "open it in the program it comes from and save it as .docx or .xlsx without a password";
const XLS_HINT: &str = "open it in Excel or LibreOffice and save it as .xlsx or CSV";

impl Reader for OldOffice {
    fn name(&self) -> &'static str {
        "doc"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["doc", "dot"]
    }

    fn claim(&self, contents: &Contents, _options: &ReadOptions) -> Claim {
        if contents.binary().is_some_and(|bytes| bytes.starts_with(OLD_OFFICE)) { Claim::Certain } else { Claim::No }
    }

    fn named_by_file(&self) -> bool {
        false
    }

    fn is_read(&self) -> bool {
        false
    }

    fn read(&self, file: File<'_>) -> Result<Reading, CorpusError> {
        let bytes = file.contents.binary().filter(|bytes| bytes.starts_with(OLD_OFFICE));
        let kind = bytes.and_then(|bytes| KINDS.iter().find(|(stream, ..)| has_stream(bytes, stream)));
        let (what, hint) = match (kind, bytes) {
            (Some(&(_, what, hint)), _) => (what, hint),
            (None, Some(_)) => ("an old Office file, or one with a password", UNKNOWN_HINT),
            (None, None) => ("no Word document, though its name says so", "give it the extension of what it is"),
        };
        Err(CorpusError::NotRead { path: file.path.to_owned(), what: what.to_owned(), hint })
    }
}

/// Whether a compound file has a stream of this name: an entry of its directory starts with it, in
/// UTF-16, at a multiple of 128 bytes.
fn has_stream(bytes: &[u8], name: &str) -> bool {
    let mut wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    wanted.extend([0, 0]);
    bytes.chunks(128).skip(4).any(|entry| entry.starts_with(&wanted))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::*;

    fn message(name: &str, contents: Contents) -> (String, String) {
        let (options, names) = (ReadOptions::default(), Names::default());
        let error = OldOffice.read(File { path: name, extension: None, contents, options: &options, names: &names });
        let error = error.unwrap_err();
        (error.to_string(), error.hint().unwrap_or_default())
    }

    fn compound(stream: &str) -> Contents {
        let mut bytes = OLD_OFFICE.to_vec();
        bytes.resize(512, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes.resize(1024, 0);
        Contents::Binary(bytes)
    }

    #[test]
    fn each_kind_is_named_with_a_remedy() {
        let (message_, hint) = message("a.doc", compound("WordDocument"));
        assert_eq!(message_, "`a.doc` is not read: it is a document of Word 97–2003");
        assert!(hint.contains(".docx") && hint.contains("soffice"));
        assert!(message("a.docx", compound("EncryptedPackage")).0.contains("protected by a password"));
        assert!(message("a.xls", compound("Workbook")).0.contains("Excel 97–2003"));
        assert!(message("a.doc", compound("Other")).0.contains("an old Office file"));
        let text = super::super::super::encoding::Decoded {
            text: "Tom: Hi".into(),
            encoding: "UTF-8",
            mojibake_repaired: 0,
            ..Default::default()
        };
        assert!(message("a.doc", Contents::Text(text)).0.contains("no Word document"));
    }
}

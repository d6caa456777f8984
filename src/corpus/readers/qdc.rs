//! REFI-QDA codebooks (`.qdc`).
//!
//! In: the bytes of a codebook (standard 1.5, qdasoftware.org; `CodeBook/Codes/Code`). Out: its codes in their order,
//! each with its description and the names that it stands below. Sets, colours and ids are not read.

use std::collections::HashMap;

use super::super::CorpusError;
use super::xml::{Node, Xml, closed, decode};

const HINT: &str = "export the codebook as REFI-QDA (.qdc) again, or as a table with the columns code and definition";

/// What separates the levels of a name that two codes have.
const BELOW: &str = " / ";

/// A code of a codebook.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RefiCode {
    pub(crate) name: String,
    pub(crate) description: String,
    /// Names of the codes above it, the nearest last.
    pub(crate) below: Vec<String>,
    /// The names of sets that have it.
    pub(crate) sets: Vec<String>,
    /// Whether passages may have it.
    pub(crate) is_codable: bool,
    /// 1-based line of the file.
    pub(crate) line: usize,
}

impl RefiCode {
    /// What each code is called where they stand side by side: its name or, where several have it, also the names
    /// of those above.
    pub(crate) fn told_apart(codes: &[Self]) -> Vec<String> {
        let key = |code: &Self| code.name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
        let mut times: HashMap<String, usize> = HashMap::new();
        codes.iter().filter(|code| code.is_codable).for_each(|code| *times.entry(key(code)).or_default() += 1);
        let name = |code: &Self| match times.get(&key(code)) {
            Some(2..) => code.below.iter().chain([&code.name]).map(String::as_str).collect::<Vec<_>>().join(BELOW),
            _ => code.name.clone(),
        };
        codes.iter().map(name).collect()
    }
}

/// Reads a codebook; `path` serves the messages.
///
/// # Errors
/// [`CorpusError::Malformed`].
pub(crate) fn read_refi_codebook(path: &str, bytes: Vec<u8>) -> Result<Vec<RefiCode>, CorpusError> {
    let text = decode(path, "", bytes)?;
    let mut xml = Xml::new(path, "", &text);
    let mut codes: Vec<RefiCode> = Vec::new();
    // Codes that are open, one inside the other.
    let mut open: Vec<usize> = Vec::new();
    let mut is_codebook = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                "CodeBook" => is_codebook = true,
                "Code" => {
                    let name = tag.attribute("name").unwrap_or_default().trim().to_owned();
                    if name.is_empty() {
                        return Err(xml.refused("a code without a name".to_owned()));
                    }
                    let below = open.iter().map(|&at| codes[at].name.clone()).collect();
                    let is_codable = tag.attribute("isCodable").as_deref() != Some("false");
                    let line =
                        text.as_bytes()[..xml.byte().min(text.len())].iter().filter(|&&b| b == b'\n').count() + 1;
                    open.push(codes.len());
                    codes.push(RefiCode { name, below, is_codable, line, ..RefiCode::default() });
                }
                "Description" => {
                    let words = xml.text()?;
                    if let Some(&at) = open.last() {
                        codes[at].description = words.trim().to_owned();
                    }
                }
                _ => {}
            },
            Node::Close(end) if closed(&end) == "Code" => {
                open.pop();
            }
            Node::Close(_) | Node::Text(_) => {}
            Node::End => break,
        }
    }
    if !is_codebook {
        return Err(CorpusError::Malformed {
            path: path.to_owned(),
            place: "the whole file".to_owned(),
            reason: "no element `CodeBook`: it is no REFI-QDA codebook".to_owned(),
            hint: HINT,
        });
    }
    Ok(codes)
}

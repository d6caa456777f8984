//! A REFI-QDA codebook (`.qdc`).
//!
//! In: the bytes of a file. Out: its codes in their order, by name and description, each with what it stands below.
//! Codes that cannot be used themselves (`isCodable="false"`) are what others stand below, and none of their own.

use std::collections::HashMap;

use super::{Code, Place, filled, key, own};
use crate::analysis::coding::CodingError;
use crate::corpus::{RefiCode, read_refi_codebook};

/// What separates the levels of a name that two codes have.
const BELOW: &str = " / ";

pub(super) fn codes(path: &str, bytes: Vec<u8>) -> Result<Vec<Code>, CodingError> {
    let found: Vec<RefiCode> = read_refi_codebook(path, bytes)?.into_iter().filter(|code| code.is_codable).collect();
    let mut times: HashMap<String, usize> = HashMap::new();
    found.iter().for_each(|code| *times.entry(key(&code.name)).or_default() += 1);
    let code = |found: RefiCode| {
        let is_unique = times[&key(&found.name)] == 1;
        let whole = || found.below.iter().chain([&found.name]).map(String::as_str).collect::<Vec<_>>().join(BELOW);
        let place = Place { path: path.to_owned(), line: found.line };
        Code {
            name: Some(found.name.clone()),
            definition: filled(&found.description),
            below: found.below.clone(),
            ..Code::new(if is_unique { found.name.clone() } else { whole() }, place)
        }
    };
    Ok(own::recognised(found.into_iter().map(code).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_descriptions_and_levels_are_read() {
        let xml = "<?xml version=\"1.0\"?>\n<CodeBook xmlns=\"urn:QDA-XML:codebook:1.0\"><Codes>\n\
            <Code guid=\"1\" name=\"Work\" isCodable=\"false\">\n<Code guid=\"2\" name=\"Swaps\" isCodable=\"true\">\
            <Description>Shifts are exchanged.</Description><Code guid=\"3\" name=\"Other\" isCodable=\"true\"/></Code>\
            <Code guid=\"4\" name=\"other\" isCodable=\"true\"/></Code></Codes></CodeBook>";
        let found = codes("a.qdc", xml.into()).unwrap();
        let shown: Vec<(&str, Option<&str>, usize)> =
            found.iter().map(|code| (code.code.as_str(), code.definition.as_deref(), code.below.len())).collect();
        assert_eq!(
            shown,
            [("Swaps", Some("Shifts are exchanged."), 1), ("Work / Swaps / Other", None, 2), ("Work / other", None, 1)]
        );
        assert_eq!(found[1].label(), "Other");
        assert!(codes("a.qdc", b"<CodeBook><Codes>".to_vec()).is_err());
        assert!(codes("a.qdc", b"hello".to_vec()).unwrap_err().to_string().contains("a.qdc"));
    }
}

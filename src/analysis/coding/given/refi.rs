//! A REFI-QDA codebook (`.qdc`), and the codes and codings of a project (`.qdpx`).
//!
//! In: the bytes of a file. Out: its codes in their order, by name and description, each with what it stands below
//! (a code that stands below none, the set that has it); of a project also a sheet a coder. Codes that cannot be used
//! themselves (`isCodable="false"`) are what others stand below, and none of their own.

use std::collections::HashSet;
use std::path::Path;

use super::{Code, Place, filled, key, own};
use crate::analysis::coding::CodingError;
use crate::analysis::evaluation::{CodeSheet, sheets_of_project};
use crate::corpus::{RefiCode, read_refi_codebook, read_refi_project};

/// The codes of a project and what was coded with them.
pub(super) fn project(path: &Path, shown: &str, bytes: &[u8]) -> Result<(Vec<Code>, Vec<CodeSheet>), CodingError> {
    let project = read_refi_project(shown, bytes)?;
    let codes = codes_of(shown, &project.codes);
    let known: HashSet<String> = codes.iter().map(|code| key(&code.code)).collect();
    // In our own projects the id before a label is the code, and parts of themes are none.
    let name = |(name, code): (String, &RefiCode)| {
        let id = name.split(' ').next().unwrap_or_default();
        match () {
            () if known.contains(&key(&name)) => Some(name),
            () if known.contains(&key(id)) => Some(id.to_owned()),
            () => (!code.is_codable).then_some(name),
        }
    };
    let names: Vec<Option<String>> =
        RefiCode::told_apart(&project.codes).into_iter().zip(&project.codes).map(name).collect();
    if project.codings.is_empty() {
        return Ok((codes, Vec::new()));
    }
    let sheets = sheets_of_project(path, shown, project, &names)?;
    Ok((codes, sheets))
}

pub(super) fn codes(path: &str, bytes: Vec<u8>) -> Result<Vec<Code>, CodingError> {
    Ok(codes_of(path, &read_refi_codebook(path, bytes)?))
}

fn codes_of(path: &str, found: &[RefiCode]) -> Vec<Code> {
    let code = |(name, found): (String, &RefiCode)| Code {
        name: Some(found.name.clone()),
        definition: filled(&found.description),
        below: if found.below.is_empty() {
            found.sets.first().cloned().into_iter().collect()
        } else {
            found.below.clone()
        },
        ..Code::new(name, Place { path: path.to_owned(), line: found.line })
    };
    let named = RefiCode::told_apart(found).into_iter().zip(found);
    own::recognised(named.filter(|(_, found)| found.is_codable).map(code).collect())
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

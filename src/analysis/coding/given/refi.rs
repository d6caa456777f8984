//! A REFI-QDA codebook (`.qdc`), and the codes and codings of a project (`.qdpx`).
//!
//! In: the bytes of a file. Out: its codes in their order, by name and description, each with what it stands below
//! (a code that stands below none, the set that has it); of a project also a sheet a coder. Codes that cannot be used
//! themselves (`isCodable="false"`) are what others stand below, and none of their own. What this program coded in a
//! project of its own is nobody's coding, and left out.

use std::collections::HashSet;
use std::path::Path;

use super::{Code, Place, filled, key, own};
use crate::analysis::coding::CodingError;
use crate::analysis::evaluation::{CodeSheet, leave_out_own, sheets_of_project};
use crate::corpus::{RefiCode, read_refi_codebook, read_refi_project};

/// A project.
pub(super) struct Project {
    pub(super) codes: Vec<Code>,
    /// What each person coded.
    pub(super) sheets: Vec<CodeSheet>,
    /// What a reader of the results should know of it.
    pub(super) notices: Vec<String>,
}

/// The codes of a project and what people coded with them.
pub(super) fn project(path: &Path, shown: &str, bytes: &[u8]) -> Result<Project, CodingError> {
    let mut project = read_refi_project(shown, bytes)?;
    let own = leave_out_own(shown, &mut project);
    let has_own = own.is_some();
    let mut notices: Vec<String> = own.map(|told| told + "; its codes are taken").into_iter().collect();
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
    // In a project of this program people may have coded parts alone, which are read nowhere.
    let is_read = |code: &usize| !has_own || names.get(*code).is_some_and(Option::is_some);
    let sheets = match project.codings.iter().any(|coding| coding.codes.iter().any(is_read)) {
        false => Vec::new(),
        true => sheets_of_project(path, shown, project, &names)?,
    };
    notices.extend(sheets.iter().flat_map(|sheet| sheet.notices.clone()));
    Ok(Project { codes, sheets, notices })
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
        ..Code::new(name, Place::new(path, found.line))
    };
    let named = RefiCode::told_apart(found).into_iter().zip(found);
    own::recognised(named.filter(|(_, found)| found.is_codable).map(code).collect())
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::corpus::{OWN_CODER, RefiCoding, RefiProject};

    /// A project in which two users coded a stretch each.
    fn zipped(users: [&str; 2]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let stored = zip::write::SimpleFileOptions::default();
        zip.start_file("sources/S.txt", stored).unwrap();
        zip.write_all(b"Anna: We swap shifts. It is tiring.").unwrap();
        zip.start_file("project.qde", stored).unwrap();
        let stretch = |at: usize, start: usize, end: usize| {
            format!(
                "<PlainTextSelection guid=\"X{at}\" startPosition=\"{start}\" endPosition=\"{end}\">\
                 <Coding guid=\"Y{at}\" creatingUser=\"U{at}\"><CodeRef targetGUID=\"K\"/></Coding></PlainTextSelection>"
            )
        };
        let list = format!(
            "<Project xmlns=\"urn:QDA-XML:project:1.0\"><Users><User guid=\"U0\" name=\"{}\"/><User guid=\"U1\" name=\"{}\"/>\
             </Users><CodeBook><Codes><Code guid=\"K\" name=\"Swaps\" isCodable=\"true\"/></Codes></CodeBook><Sources>\
             <TextSource guid=\"S\" name=\"talk\" plainTextPath=\"internal://S.txt\">{}{}</TextSource></Sources></Project>",
            users[0],
            users[1],
            stretch(0, 6, 21),
            stretch(1, 22, 35)
        );
        zip.write_all(list.as_bytes()).unwrap();
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn what_the_program_coded_is_left_out_and_told() {
        let read = |users| project(Path::new("a.qdpx"), "a.qdpx", &zipped(users)).unwrap();
        let mixed = read([OWN_CODER, "Zoe"]);
        assert_eq!((mixed.codes.len(), mixed.sheets.len()), (1, 1));
        assert_eq!((mixed.sheets[0].coder.as_str(), mixed.sheets[0].rows.len()), ("Zoe", 1));
        assert!(mixed.notices[0].starts_with("1 coding was left out of `a.qdpx`"), "{:?}", mixed.notices);
        let own = read([OWN_CODER, OWN_CODER]);
        assert_eq!((own.codes.len(), own.sheets.len(), own.notices.len()), (1, 0, 1));
        let two = RefiCoding { source: 0, start: 0, end: 9, coder: OWN_CODER.to_owned(), codes: vec![0, 1], line: 1 };
        let mut project = RefiProject { codings: vec![two], ..RefiProject::default() };
        let told = leave_out_own("a.qdpx", &mut project).unwrap();
        assert!(told.starts_with("2 codings were left out"), "a stretch has two: {told}");
        let people = read(["Abe", "Zoe"]);
        assert_eq!((people.sheets.len(), people.notices.len()), (2, 0));
    }

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

//! What Word and Excel files have in common: parts, their types, and which part refers to which.
//!
//! In: an archive. Out: its main part and the targets of a part's relationships (ECMA-376 part 2).
//! It never follows a target outside the archive.

use super::super::CorpusError;
use super::archive::Archive;
use super::xml::{Node, Xml, decode};
use super::{Claim, Contents};

/// A program whose files are such packages.
pub(crate) struct Office {
    /// What its files are called: `Word document`.
    pub(crate) called: &'static str,
    /// The main part's usual name.
    pub(crate) main: &'static str,
    /// What content types of the main part hold.
    pub(crate) kinds: [&'static str; 2],
    /// What to do with a file that is none.
    pub(crate) hint: &'static str,
}

impl Office {
    /// Whether contents are a file of this program.
    pub(crate) fn claim(&self, contents: &Contents) -> Claim {
        let Some(Ok(mut archive)) = contents.binary().map(|bytes| Archive::open("", bytes)) else {
            return Claim::No;
        };
        if self.is_kind_of(&mut archive) { Claim::Certain } else { Claim::No }
    }

    /// Opens the contents of the file at `path`.
    ///
    /// # Errors
    /// When they are something else, or break the limits of archives.
    pub(crate) fn open<'a>(&self, path: &'a str, contents: &'a Contents) -> Result<Archive<'a>, CorpusError> {
        let Some(bytes) = contents.binary() else {
            return Err(self.refused(path, format!("it is plain text, no {}", self.called)));
        };
        let mut archive = Archive::open(path, bytes)?;
        if !self.is_kind_of(&mut archive) {
            let what = what_instead(&mut archive);
            return Err(self.refused(path, format!("it is {what}, no {}", self.called)));
        }
        Ok(archive)
    }

    /// The name of the main part.
    pub(crate) fn main_part(&self, archive: &mut Archive<'_>) -> Result<String, CorpusError> {
        Ok(main_part(archive, self.main)?.unwrap_or_else(|| self.main.to_owned()))
    }

    /// The error for a file that cannot be read at all.
    pub(crate) fn refused(&self, path: &str, reason: String) -> CorpusError {
        let place = "the whole file".to_owned();
        CorpusError::Malformed { path: path.to_owned(), place, reason, hint: self.hint }
    }

    fn is_kind_of(&self, archive: &mut Archive<'_>) -> bool {
        archive.has(self.main) || declares(archive, &self.kinds)
    }
}

/// A relationship: what a part refers to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    /// The last step of its type: `officeDocument`, `worksheet`, `styles`.
    pub(crate) kind: String,
    /// The name of the part.
    pub(crate) target: String,
}

/// The text of a part, if it is there.
pub(crate) fn text(archive: &mut Archive<'_>, part: &str) -> Result<Option<String>, CorpusError> {
    match archive.part(part)? {
        Some(bytes) => decode(archive.path(), part, bytes).map(Some),
        None => Ok(None),
    }
}

/// The parts that a part refers to; those of the archive itself for the part ``.
pub(crate) fn relationships(archive: &mut Archive<'_>, part: &str) -> Result<Vec<Relationship>, CorpusError> {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let between = if folder.is_empty() { "" } else { "/" };
    let name = format!("{folder}{between}_rels/{file}.rels");
    let Some(text) = text(archive, &name)? else { return Ok(Vec::new()) };
    let mut xml = Xml::new(archive.path(), &name, &text);
    let mut found = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name() == "Relationship" => {
                let inside = tag.attribute("TargetMode").as_deref() != Some("External");
                if let (Some(id), Some(kind), Some(target), true) =
                    (tag.attribute("Id"), tag.attribute("Type"), tag.attribute("Target"), inside)
                {
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    found.push(Relationship { id, kind, target: resolved(folder, &target) });
                }
            }
            Node::End => return Ok(found),
            Node::Open(_) | Node::Close(_) | Node::Text(_) => {}
        }
    }
}

/// The name of a part as seen from a folder of the archive.
fn resolved(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').collect(),
    };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

/// The main part of a package, else the part of the usual name.
fn main_part(archive: &mut Archive<'_>, usual: &str) -> Result<Option<String>, CorpusError> {
    let main = relationships(archive, "")?.into_iter().find(|r| r.kind == "officeDocument").map(|r| r.target);
    Ok(main.filter(|part| archive.has(part)).or_else(|| archive.has(usual).then(|| usual.to_owned())))
}

/// Whether a package declares a main part of this kind: `wordprocessingml`, `spreadsheetml`.
fn declares(archive: &mut Archive<'_>, kinds: &[&str]) -> bool {
    let Ok(Some(text)) = text(archive, "[Content_Types].xml") else { return false };
    let mut xml = Xml::new("", "", &text);
    loop {
        match xml.next() {
            Ok(Node::Open(tag)) => {
                let kind = tag.attribute("ContentType").unwrap_or_default();
                if kinds.iter().any(|wanted| kind.contains(wanted)) && kind.ends_with(".main+xml") {
                    return true;
                }
            }
            Ok(Node::End) | Err(_) => return false,
            Ok(Node::Close(_) | Node::Text(_)) => {}
        }
    }
}

/// What an archive is that holds no part of the kind looked for.
pub(crate) fn what_instead(archive: &mut Archive<'_>) -> String {
    if let Ok(Some(kind)) = archive.part("mimetype") {
        let kind = String::from_utf8_lossy(&kind).into_owned();
        if kind.contains("opendocument") {
            return "an OpenDocument file".to_owned();
        }
    }
    for (part, name) in [
        ("word/document.xml", "a Word document"),
        ("xl/workbook.xml", "an Excel workbook"),
        ("xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
        ("ppt/presentation.xml", "a PowerPoint presentation"),
        ("Index/Document.iwa", "a Pages or Numbers document"),
        ("project.qde", "a REFI-QDA project"),
    ] {
        if archive.has(part) {
            return name.to_owned();
        }
    }
    "a zip archive of something else".to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::archive::tests::zipped;
    use super::*;

    #[test]
    fn targets_stay_inside_the_archive() {
        assert_eq!(resolved("xl", "worksheets/sheet1.xml"), "xl/worksheets/sheet1.xml");
        assert_eq!(resolved("xl", "/xl/styles.xml"), "xl/styles.xml");
        assert_eq!(resolved("xl/a", "../../../../etc/passwd"), "etc/passwd");
        assert_eq!(resolved("", "./word/document.xml"), "word/document.xml");
    }

    #[test]
    fn the_main_part_is_found_through_its_relationship() {
        let rels = "<Relationships><Relationship Id=\"r1\" Target=\"word/document2.xml\" \
                    Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument\"/>\
                    <Relationship Id=\"r2\" Type=\"x/hyperlink\" Target=\"http://x\" TargetMode=\"External\"/></Relationships>";
        let bytes = zipped(&[("_rels/.rels", rels), ("word/document2.xml", "<a/>")]);
        let mut archive = Archive::open("a", &bytes).unwrap();
        assert_eq!(relationships(&mut archive, "").unwrap().len(), 1);
        assert_eq!(main_part(&mut archive, "word/document.xml").unwrap().as_deref(), Some("word/document2.xml"));
        let bytes = zipped(&[("word/document.xml", "<a/>")]);
        let mut archive = Archive::open("a", &bytes).unwrap();
        assert_eq!(main_part(&mut archive, "word/document.xml").unwrap().as_deref(), Some("word/document.xml"));
        assert_eq!(what_instead(&mut archive), "a Word document");
    }
}

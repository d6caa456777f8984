//! What people coded in a REFI-QDA project.
//!
//! In: the bytes of a project. Out: [`RefiProject`]: its codes with their descriptions and what they stand below,
//! its texts, and each stretch that somebody coded, as code points of its text with LF line ends. Who coded is told
//! by the project's users. Codes that are cases (`NVivo` and our own projects give people codes with the case's id)
//! are no codes here. Codings of pictures, pages and recordings are counted, and stretches that cannot be found told.

use std::collections::{HashMap, HashSet};

use super::super::super::CorpusError;
use super::super::super::encoding;
use super::super::archive::Archive;
use super::super::qdc::RefiCode;
use super::super::xml::{Node, Tag, Xml, closed, decode};
use super::counting::{Marked, counted, with_line_feeds};
use super::package::{MAIN, bytes_of, list_of, place};
use super::project::{Identity, KINDS, Project, Source};

/// The user who coded in the projects that this program writes: nobody.
pub(crate) const OWN_CODER: &str = "leitmotif (automatic)";

/// What people coded, and in what.
#[derive(Clone, Debug, Default)]
pub(crate) struct RefiProject {
    pub(crate) codes: Vec<RefiCode>,
    pub(crate) sources: Vec<RefiSource>,
    /// In the order of the project.
    pub(crate) codings: Vec<RefiCoding>,
    /// Stretches that stand elsewhere than their positions say by the standard.
    pub(crate) moved: usize,
    /// Codings of what is no text.
    pub(crate) of_no_text: usize,
    /// Lines of stretches whose words are not in the project, or that lie outside their text.
    pub(crate) lost: Vec<usize>,
}

impl RefiProject {
    /// What each code is called, and no other.
    pub(crate) fn names_of_codes(&self) -> Vec<Option<String>> {
        RefiCode::told_apart(&self.codes).into_iter().map(Some).collect()
    }

    /// The same where, of a code and one below it that a stretch has from one coder, the upper one alone counts: the
    /// lower one says which part of it is meant.
    pub(crate) fn without_parts(mut self) -> Self {
        // Codes stand in the order of the list, so that those below one follow it until the level is as high again.
        let level: Vec<usize> = self.codes.iter().map(|code| code.below.len()).collect();
        let is_below = |code: usize, above: usize| {
            above < code && level[above + 1..=code].iter().all(|&between| between > level[above])
        };
        for coding in &mut self.codings {
            let all = coding.codes.clone();
            coding.codes.retain(|&code| !all.iter().any(|&above| is_below(code, above)));
        }
        self
    }
}

/// A text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct RefiSource {
    /// What it may be known by: whose it is (with study and without), and its own name.
    pub(crate) names: Vec<String>,
    /// With LF line ends.
    pub(crate) text: String,
}

/// A stretch that somebody gave codes.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct RefiCoding {
    /// The place of its text.
    pub(crate) source: usize,
    /// Code points.
    pub(crate) start: usize,
    /// Exclusive.
    pub(crate) end: usize,
    /// The user's name; empty where the project has none.
    pub(crate) coder: String,
    /// Places of its codes, rising.
    pub(crate) codes: Vec<usize>,
    /// 1-based line of the project's list.
    pub(crate) line: usize,
}

/// Reads what was coded in a project; `path` serves the messages.
///
/// # Errors
/// [`CorpusError::Malformed`]: no project, or its list is no XML.
pub(crate) fn read_refi_project(path: &str, bytes: &[u8]) -> Result<RefiProject, CorpusError> {
    let mut archive = Archive::open(path, bytes)?;
    let text = list_of(&mut archive)?;
    let project = Project::read(Xml::new(path, MAIN, &text))?;
    let listed = Listed::read(Xml::new(path, MAIN, &text), &text)?;
    drop(text);
    listed.settled(&project, &mut archive)
}

/// A code or its person, by the id that codings have.
struct ListedCode {
    id: String,
    code: RefiCode,
}

/// A stretch in the list.
struct Stretch {
    source: usize,
    /// `None` for the whole text.
    marked: Option<Marked>,
    user: String,
    code: String,
    line: usize,
}

/// The list as it is written.
#[derive(Default)]
struct Listed {
    users: HashMap<String, String>,
    codes: Vec<ListedCode>,
    cases: HashSet<String>,
    stretches: Vec<Stretch>,
    of_no_text: usize,
}

/// A selection that is open.
struct Selection {
    /// `None` in what is no text.
    place: Option<(usize, usize)>,
    name: String,
    user: String,
    line: usize,
}

impl Selection {
    fn new(tag: &Tag<'_>, line: usize) -> Self {
        let number = |name: &str| tag.attribute(name).and_then(|text| text.trim().parse::<usize>().ok());
        // A stretch without numbers is one of text that lies nowhere.
        let place = number("startPosition").zip(number("endPosition")).unwrap_or((usize::MAX, usize::MAX));
        let place = (tag.name() == "PlainTextSelection").then_some(place);
        let text = |name: &str| tag.attribute(name).unwrap_or_default();
        Self { place, name: text("name"), user: text("creatingUser"), line }
    }
}

impl Listed {
    fn read(mut xml: Xml<'_>, text: &str) -> Result<Self, CorpusError> {
        let mut listed = Self::default();
        let mut lines = Lines { text, byte: 0, line: 1 };
        let (mut n_sources, mut sources, mut open_codes) = (0, Vec::new(), Vec::new());
        let (mut selection, mut coder, mut set) = (None::<Selection>, String::new(), String::new());
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "User" => {
                        listed.users.extend(tag.attribute("guid").zip(tag.attribute("name")));
                    }
                    "Code" => {
                        let line = lines.at(xml.byte());
                        open_codes.push(listed.codes.len());
                        let below = open_codes[..open_codes.len() - 1].iter().map(|&at: &usize| &listed.codes[at].code);
                        let code = RefiCode {
                            name: tag.attribute("name").unwrap_or_default().trim().to_owned(),
                            below: below.map(|code| code.name.clone()).collect(),
                            is_codable: tag.attribute("isCodable").as_deref() != Some("false"),
                            line,
                            ..RefiCode::default()
                        };
                        listed.codes.push(ListedCode { id: tag.attribute("guid").unwrap_or_default(), code });
                    }
                    "Description" => {
                        let words = xml.text()?;
                        if let (Some(&at), None) = (open_codes.last(), &selection) {
                            listed.codes[at].code.description = words.trim().to_owned();
                        }
                    }
                    "Case" => listed.cases.extend(tag.attribute("guid")),
                    "Set" => set = tag.attribute("name").unwrap_or_default(),
                    "MemberCode" => {
                        let id = tag.attribute("targetGUID");
                        let members = listed.codes.iter_mut().filter(|code| Some(&code.id) == id.as_ref());
                        members.for_each(|member| member.code.sets.push(set.clone()));
                    }
                    name if name.ends_with("Selection") => selection = Some(Selection::new(&tag, lines.at(xml.byte()))),
                    "Coding" => coder = tag.attribute("creatingUser").unwrap_or_default(),
                    "CodeRef" => {
                        let (Some((source, is_text)), Some(code)) =
                            (sources.last().copied(), tag.attribute("targetGUID"))
                        else {
                            continue;
                        };
                        let line = lines.at(xml.byte());
                        listed.add(source, is_text, selection.as_ref(), &coder, code, line);
                    }
                    name if KINDS.contains(&name) => {
                        sources.push((n_sources, name == "TextSource"));
                        n_sources += 1;
                    }
                    _ => {}
                },
                Node::Close(end) => match closed(&end) {
                    "Code" => {
                        open_codes.pop();
                    }
                    name if name.ends_with("Selection") => selection = None,
                    name if KINDS.contains(&name) => {
                        sources.pop();
                    }
                    _ => {}
                },
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        Ok(listed)
    }

    /// Adds a coding: of the open selection, or else of the whole source.
    fn add(
        &mut self,
        source: usize,
        is_text: bool,
        selection: Option<&Selection>,
        coder: &str,
        code: String,
        line: usize,
    ) {
        let marked = match selection {
            Some(Selection { place: Some((start, end)), name, .. }) => {
                Some(Marked { start: *start, end: *end, name: name.clone() })
            }
            None if is_text => None,
            Some(_) | None => {
                self.of_no_text += 1;
                return;
            }
        };
        let by_selection = selection.map(|selection| (selection.user.as_str(), selection.line));
        let user = if coder.is_empty() { by_selection.map_or("", |(user, _)| user) } else { coder };
        let line = by_selection.map_or(line, |(_, line)| line);
        self.stretches.push(Stretch { source, marked, user: user.to_owned(), code, line });
    }

    /// Everything by names and places, in the texts of the project.
    fn settled(self, project: &Project, archive: &mut Archive<'_>) -> Result<RefiProject, CorpusError> {
        let mut found = RefiProject { of_no_text: self.of_no_text, ..RefiProject::default() };
        let mut place_of: HashMap<&str, usize> = HashMap::new();
        for listed in self.codes.iter().filter(|listed| !self.cases.contains(&listed.id)) {
            place_of.insert(&listed.id, found.codes.len());
            found.codes.push(listed.code.clone());
        }
        let mut of_source: Vec<Vec<&Stretch>> = project.sources.iter().map(|_| Vec::new()).collect();
        for stretch in self.stretches.iter().filter(|stretch| place_of.contains_key(stretch.code.as_str())) {
            if let Some(of_source) = of_source.get_mut(stretch.source) {
                of_source.push(stretch);
            }
        }
        for (source, stretches) in project.sources.iter().zip(of_source) {
            let raw = if stretches.is_empty() { None } else { raw_text(source, archive)? };
            let text = raw.as_deref().map(with_line_feeds).unwrap_or_default();
            let length = text.chars().count();
            let whole = || Marked { start: 0, end: usize::MAX, name: String::new() };
            let marked = stretches.iter().map(|stretch| match &stretch.marked {
                Some(Marked { start, end, name }) => Marked { start: *start, end: *end, name: name.clone() },
                None => whole(),
            });
            let places = counted(raw.as_deref().unwrap_or_default(), &marked.collect::<Vec<_>>());
            let mut known: HashMap<(usize, usize, &str), usize> = HashMap::new();
            for (stretch, place) in stretches.iter().zip(places) {
                let points = match (place, &stretch.marked) {
                    (_, None) if length > 0 => 0..length,
                    (Some(place), Some(_)) => {
                        found.moved += usize::from(place.moved);
                        place.points
                    }
                    _ => {
                        found.lost.push(stretch.line);
                        continue;
                    }
                };
                let coder = self.users.get(&stretch.user).map_or("", String::as_str);
                let at = *known.entry((points.start, points.end, coder)).or_insert(found.codings.len());
                if at == found.codings.len() {
                    found.codings.push(RefiCoding {
                        source: found.sources.len(),
                        start: points.start,
                        end: points.end,
                        coder: coder.to_owned(),
                        codes: Vec::new(),
                        line: stretch.line,
                    });
                }
                let codes = &mut found.codings[at].codes;
                let code = place_of[stretch.code.as_str()];
                if let Err(before) = codes.binary_search(&code) {
                    codes.insert(before, code);
                }
            }
            found.sources.push(RefiSource { names: names(project, source), text });
        }
        Ok(found)
    }
}

/// What a source may be known by.
fn names(project: &Project, source: &Source) -> Vec<String> {
    let Identity { id, study, .. } = project.identity(source);
    let mut names: Vec<String> = study.map(|study| format!("{study}/{id}")).into_iter().collect();
    names.push(id);
    if !names.contains(&source.name) {
        names.push(source.name.clone());
    }
    names
}

/// The text of a source as the project has it, line ends and all; `None` where it has none, or a document whose
/// positions no text of the project tells.
fn raw_text(source: &Source, archive: &mut Archive<'_>) -> Result<Option<String>, CorpusError> {
    let path = place(archive.path(), source);
    // What lies outside the project is lost with what was coded in it.
    let Ok(Some(bytes)) = bytes_of(source, archive) else { return Ok(None) };
    if encoding::is_binary_format(&bytes) {
        return Ok(None);
    }
    match decode(&path, "", bytes.clone()) {
        Ok(text) => Ok(Some(text)),
        Err(_) => encoding::decode(&path, bytes, true).map(|decoded| Some(decoded.text)),
    }
}

/// Lines of a text by rising bytes.
struct Lines<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
}

impl Lines<'_> {
    /// The 1-based line of a byte that is not before the last one asked for.
    fn at(&mut self, byte: usize) -> usize {
        let between = self.text.as_bytes().get(self.byte..byte.min(self.text.len())).unwrap_or_default();
        self.line += between.iter().filter(|&&b| b == b'\n').count();
        self.byte = self.byte.max(byte.min(self.text.len()));
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::archive::tests::zipped;
    use super::*;

    fn project(inner: &str, text: &str) -> Result<RefiProject, CorpusError> {
        let list = format!("<Project xmlns=\"urn:QDA-XML:project:1.0\">\n{inner}</Project>");
        read_refi_project("a.qdpx", &zipped(&[(MAIN, list.as_str()), ("sources/S.txt", text)]))
    }

    const TEXT: &str = "Interviewer: Why?\r\n\r\nAnna: 😀 We swap shifts. It is tiring.\r\n";

    fn listed(selections: &str) -> String {
        format!(
            "<Users><User guid=\"U1\" name=\"Zoe\"/><User guid=\"U2\" name=\"Abe\"/></Users><CodeBook><Codes>\n\
             <Code guid=\"K0\" name=\"Work\" isCodable=\"false\"><Code guid=\"K1\" name=\"Swaps\" isCodable=\"true\">\
             <Description>Shifts are exchanged.</Description><Code guid=\"K2\" name=\"Nights\" isCodable=\"true\"/></Code></Code>\
             <Code guid=\"C1\" name=\"anna\" isCodable=\"true\"/></Codes></CodeBook>\
             <Cases><Case guid=\"C1\" name=\"anna\"><SourceRef targetGUID=\"S\"/></Case></Cases>\
             <Sources><TextSource guid=\"S\" name=\"talk.txt\" plainTextPath=\"internal://S.txt\">{selections}</TextSource>\
             <PictureSource guid=\"P\" name=\"p\"><PictureSelection guid=\"X\"><Coding guid=\"Y\"><CodeRef targetGUID=\"K1\"/></Coding>\
             </PictureSelection></PictureSource></Sources><Sets><Set guid=\"Z\" name=\"main\"><MemberCode targetGUID=\"K1\"/></Set></Sets>"
        )
    }

    fn selection(start: usize, end: usize, codings: &[(&str, &str)]) -> String {
        let coding = |(user, code): &(&str, &str)| {
            format!("<Coding guid=\"Y\" creatingUser=\"{user}\"><CodeRef targetGUID=\"{code}\"/></Coding>")
        };
        let codings: String = codings.iter().map(coding).collect();
        format!(
            "\n<PlainTextSelection guid=\"X\" startPosition=\"{start}\" endPosition=\"{end}\"><Description>a memo</Description>{codings}</PlainTextSelection>"
        )
    }

    #[test]
    fn codes_coders_and_stretches_are_read() {
        let at = TEXT.chars().position(|c| c == '😀').unwrap();
        let inner = [
            selection(at, at + 17, &[("U1", "K1"), ("U2", "K2")]),
            selection(at, at + 17, &[("U1", "K2"), ("", "C1")]),
            selection(900, 999, &[("U1", "K1")]),
        ];
        let found = project(&listed(&inner.concat()), TEXT).unwrap();
        let codes: Vec<(&str, usize, bool)> =
            found.codes.iter().map(|code| (code.name.as_str(), code.below.len(), code.is_codable)).collect();
        assert_eq!(codes, [("Work", 0, false), ("Swaps", 1, true), ("Nights", 2, true)], "anna is a person");
        assert_eq!(
            (found.codes[1].description.as_str(), found.codes[1].sets.as_slice()),
            ("Shifts are exchanged.", &["main".to_owned()][..])
        );
        let shown: Vec<(&str, &[usize], usize)> =
            found.codings.iter().map(|coding| (coding.coder.as_str(), coding.codes.as_slice(), coding.line)).collect();
        assert_eq!(shown, [("Zoe", &[1, 2][..], 4), ("Abe", &[2][..], 4)]);
        let RefiCoding { source, start, end, .. } = found.codings[0];
        let RefiSource { names, text } = &found.sources[source];
        assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), "😀 We swap shifts.");
        assert_eq!(names, &["anna", "talk.txt"]);
        let upper = found.clone().without_parts();
        assert_eq!(
            upper.codings.iter().map(|coding| coding.codes.as_slice()).collect::<Vec<_>>(),
            [&[1][..], &[2][..]]
        );
        assert_eq!((found.of_no_text, found.lost.as_slice(), found.moved), (1, &[6][..], 0));
    }

    #[test]
    fn a_whole_text_may_be_coded() {
        let found = project(&listed("<Coding guid=\"Y\"><CodeRef targetGUID=\"K1\"/></Coding>"), TEXT).unwrap();
        assert_eq!((found.codings[0].start, found.codings[0].end), (0, with_line_feeds(TEXT).chars().count()));
        assert!(found.codings[0].coder.is_empty());
    }

    #[test]
    fn what_is_no_project_is_refused() {
        assert!(read_refi_project("a.qdpx", b"hello").unwrap_err().to_string().contains("a.qdpx"));
        assert!(project("<Codes>", TEXT).is_err());
        let empty = project("", TEXT).unwrap();
        assert!(empty.codes.is_empty() && empty.codings.is_empty());
    }
}

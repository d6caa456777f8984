//! The list of sources and cases in a REFI-QDA project.
//!
//! In: the part `project.qde`. Out: its sources, where their words are, the case each belongs to, what
//! variables say of the cases, and in which sets the sources are.

use std::collections::HashMap;

use super::super::super::CorpusError;
use super::super::Case as Known;
use super::super::xml::{Node, Xml, closed};

/// A project.
#[derive(Debug, Default)]
pub(super) struct Project {
    pub(super) sources: Vec<Source>,
    cases: Vec<Case>,
    /// Sources by the ids of the stretches that are coded in them.
    selections: HashMap<String, usize>,
    sets: Vec<Set>,
}

/// A set of sources.
#[derive(Debug, Default)]
struct Set {
    name: String,
    sources: Vec<String>,
}

/// A source with a name of its own: a text, a PDF, or the transcript of a recording.
#[derive(Debug, Default)]
pub(super) struct Source {
    id: String,
    pub(super) name: String,
    pub(super) words: Words,
}

/// Where the words of a source are.
#[derive(Debug, Default, PartialEq)]
pub(super) enum Words {
    /// Nowhere.
    #[default]
    None,
    /// In the transcripts of the recording, which are sources of their own.
    InTranscripts,
    /// In the list itself.
    Inside(String),
    /// `internal://GUID.txt`, or the bare name of the part.
    At(String),
}

#[derive(Debug, Default)]
struct Case {
    name: String,
    sources: Vec<String>,
    selections: Vec<String>,
    study: Option<String>,
    /// Variables but for the study, with their values as written.
    values: Vec<(String, String)>,
}

/// Kinds of sources.
pub(super) const KINDS: [&str; 6] =
    ["TextSource", "PDFSource", "AudioSource", "VideoSource", "PictureSource", "Transcript"];
/// Kinds of values of variables.
const VALUES: [&str; 6] = ["TextValue", "IntegerValue", "FloatValue", "BooleanValue", "DateValue", "DateTimeValue"];
/// The variable in which our own projects say to which study a case belongs.
const STUDY: &str = "study";
/// What is known of sources that are in a set, and of the others.
const IN_SET: [&str; 2] = ["yes", "no"];

impl Project {
    /// Reads the list.
    pub(super) fn read(mut xml: Xml<'_>) -> Result<Self, CorpusError> {
        let mut project = Self::default();
        // Sources that are open, one inside the other; `true` for a PDF's text beside the PDF.
        let mut open: Vec<usize> = Vec::new();
        let mut variables: HashMap<String, String> = HashMap::new();
        let mut case: Option<Case> = None;
        let mut variable = None;
        loop {
            match xml.next()? {
                Node::Open(tag) => match tag.name() {
                    "Variable" => {
                        variables.extend(tag.attribute("guid").zip(tag.attribute("name")));
                    }
                    "Case" => {
                        let name = tag.attribute("name").unwrap_or_default();
                        project.cases.extend(case.replace(Case { name, ..Case::default() }));
                    }
                    "SourceRef" => {
                        if let Some(case) = &mut case {
                            case.sources.extend(tag.attribute("targetGUID"));
                        }
                    }
                    "SelectionRef" => {
                        if let Some(case) = &mut case {
                            case.selections.extend(tag.attribute("targetGUID"));
                        }
                    }
                    "Set" => {
                        let name = tag.attribute("name").unwrap_or_default();
                        project.sets.push(Set { name, ..Set::default() });
                    }
                    "MemberSource" => {
                        if let Some(set) = project.sets.last_mut() {
                            set.sources.extend(tag.attribute("targetGUID"));
                        }
                    }
                    "VariableRef" => variable = tag.attribute("targetGUID").and_then(|id| variables.get(&id).cloned()),
                    name if VALUES.contains(&name) => {
                        let value = xml.text()?.trim().to_owned();
                        // Sources may have variables, too, outside the cases.
                        if let (Some(case), Some(variable), false) = (&mut case, variable.take(), value.is_empty()) {
                            match variable.as_str() {
                                STUDY => case.study = Some(value),
                                _ => case.values.push((variable, value)),
                            }
                        }
                    }
                    // The text of a PDF, for programs that show none: it is the PDF's own.
                    "Representation" => {
                        if let Some(source) = open.last().and_then(|&at| project.sources.get_mut(at))
                            && let Some(address) = tag.attribute("plainTextPath").or(tag.attribute("richTextPath"))
                        {
                            source.words = Words::At(address);
                        }
                    }
                    "PlainTextContent" => {
                        let text = xml.text()?;
                        if let Some(source) = open.last().and_then(|&at| project.sources.get_mut(at)) {
                            source.words = Words::Inside(text);
                        }
                    }
                    name if KINDS.contains(&name) => {
                        let address = ["plainTextPath", "richTextPath"].iter().find_map(|name| tag.attribute(name));
                        let address = address.or_else(|| tag.attribute("path").filter(|_| name == "PDFSource"));
                        let above = open.last().and_then(|&at| project.sources.get_mut(at));
                        let name_of_file = || address.as_deref().map(stem).unwrap_or_default().to_owned();
                        let mut source = Source {
                            id: tag.attribute("guid").unwrap_or_default(),
                            name: tag.attribute("name").unwrap_or_else(name_of_file),
                            words: address.map_or(Words::None, Words::At),
                        };
                        // Cases have the recording, of which this is the transcript.
                        if let Some(above) = above.filter(|_| name == "Transcript") {
                            above.words = Words::InTranscripts;
                            (source.id, source.name) = (above.id.clone(), above.name.clone());
                        }
                        open.push(project.sources.len());
                        project.sources.push(source);
                    }
                    name if name.ends_with("Selection") => {
                        if let (Some(id), Some(&source)) = (tag.attribute("guid"), open.last()) {
                            project.selections.insert(id, source);
                        }
                    }
                    _ => {}
                },
                Node::Close(end) => match closed(&end) {
                    name if KINDS.contains(&name) => {
                        open.pop();
                    }
                    "Case" => project.cases.extend(case.take()),
                    _ => {}
                },
                Node::Text(_) => {}
                Node::End => break,
            }
        }
        Ok(project)
    }

    /// What variables say of the people that cases are, and sets of those whose sources are in them.
    pub(super) fn known(&self) -> Vec<Known> {
        self.in_variables().into_iter().chain(self.in_sets()).collect()
    }

    /// For each source whether it is in each set of sources: "yes" or "no". The same of a case with several, where
    /// they are all in it or none is.
    fn in_sets(&self) -> Vec<Known> {
        let is_variable = |name: &str| self.cases.iter().flat_map(|case| &case.values).any(|(other, _)| other == name);
        let title = |set: &Set| if is_variable(&set.name) { format!("{} (set)", set.name) } else { set.name.clone() };
        let here = |set: &&Set| !set.name.is_empty() && self.sources.iter().any(|it| set.sources.contains(&it.id));
        let sets: Vec<(String, &Set)> = self.sets.iter().filter(here).map(|set| (title(set), set)).collect();
        if sets.is_empty() {
            return Vec::new();
        }
        let value = |set: &Set, source: &String| IN_SET[usize::from(!set.sources.contains(source))].to_owned();
        let of_source = |source: &Source| {
            let Identity { id, study, .. } = self.identity(source);
            let values = sets.iter().map(|(name, set)| (name.clone(), value(set, &source.id))).collect();
            Known { study, ids: vec![id], values }
        };
        let of_case = |case: &Case| {
            let same = |set: &Set| {
                let mut found: Vec<String> = case.sources.iter().map(|source| value(set, source)).collect();
                found.dedup();
                (found.len() == 1).then(|| found.swap_remove(0))
            };
            let values = sets.iter().filter_map(|(name, set)| Some((name.clone(), same(set)?))).collect();
            Known { study: case.study.clone(), ids: vec![case.own_name().to_owned()], values }
        };
        let several = self.cases.iter().filter(|case| case.sources.len() > 1).map(of_case);
        let sources = self.sources.iter().filter(|source| source.words != Words::InTranscripts).map(of_source);
        sources.chain(several).filter(|known| !known.values.is_empty()).collect()
    }

    fn in_variables(&self) -> Vec<Known> {
        let of_case = |case: &Case| {
            let name = case.own_name();
            let mut ids = vec![name.to_owned()];
            ids.extend((0..case.sources.len()).filter(|_| case.sources.len() > 1).map(|at| numbered(name, at)));
            Known { study: case.study.clone(), ids, values: case.values.clone() }
        };
        self.cases.iter().filter(|case| !case.values.is_empty()).map(of_case).collect()
    }

    /// Whose interview a source is: that of the case that has it, or that has stretches of it; else it
    /// has the name of the source.
    pub(super) fn identity(&self, source: &Source) -> Identity {
        let whole: Vec<&Case> = self.cases.iter().filter(|case| case.sources.contains(&source.id)).collect();
        let here = |id: &String| self.selections.get(id).and_then(|&at| self.sources.get(at)).map(|s| &s.id);
        let partly: Vec<&Case> = self
            .cases
            .iter()
            .filter(|case| case.selections.iter().any(|selection| here(selection) == Some(&source.id)))
            .collect();
        let people: Vec<String> = whole
            .iter()
            .chain(&partly)
            .map(|case| case.own_name().rsplit('/').next().unwrap_or_default().to_owned())
            .collect();
        match (whole.as_slice(), partly.as_slice()) {
            ([case], _) => {
                let at = case.sources.iter().position(|id| *id == source.id).unwrap_or(0);
                let name = case.own_name();
                let id = if case.sources.len() > 1 { numbered(name, at) } else { name.to_owned() };
                let person = (case.sources.len() > 1).then(|| name.to_owned());
                Identity { id, study: case.study.clone(), people, person }
            }
            ([], [first, ..]) => {
                // Those of a group interview are called `group/name` in our projects.
                let group = |case: &&Case| case.own_name().rsplit_once('/').map(|(group, _)| group.to_owned());
                let shared =
                    group(first).filter(|shared| partly.iter().all(|case| group(case).as_ref() == Some(shared)));
                let id = shared.unwrap_or_else(|| source.name.clone());
                Identity { id, study: first.study.clone(), people, person: None }
            }
            _ => Identity { id: source.name.clone(), study: None, people, person: None },
        }
    }
}

/// Whose interview a source is.
pub(super) struct Identity {
    pub(super) id: String,
    pub(super) study: Option<String>,
    /// Those who may be named before their words.
    pub(super) people: Vec<String>,
    /// The case, where it has several sources: one person, if the same speak in all of them.
    pub(super) person: Option<String>,
}

/// `board_2017` of `internal://board_2017.txt`
fn stem(address: &str) -> &str {
    let file = address.rsplit(['/', '\\']).next().unwrap_or(address);
    file.rsplit_once('.').map_or(file, |(stem, _)| stem)
}

/// The id of one of several interviews with a person, in the order of the project.
fn numbered(name: &str, at: usize) -> String {
    format!("{name}_{:02}", at + 1)
}

impl Case {
    /// The name without the study, which stands before it where a project has several.
    fn own_name(&self) -> &str {
        let study = self.study.as_deref().unwrap_or_default();
        let own = self.name.strip_prefix(study).and_then(|rest| rest.strip_prefix('/'));
        own.filter(|own| !own.is_empty() && !study.is_empty()).unwrap_or(&self.name)
    }
}

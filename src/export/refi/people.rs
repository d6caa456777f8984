//! The people of a project: cases, what is known of them, and codes that say who speaks.
//!
//! In: an analysis, and its documents as written. Out: the elements `Variables` and `Cases`; and, where they are
//! asked for, a code for each case below *Participants*, with the stretches that are its person's. Such a code has the
//! id of its case, as `NVivo` writes them: importers that know this (`QualCoder`) take the codings as the text of the
//! case and leave the code out.

use std::collections::HashMap;
use std::io::{self, Write};

use super::documents::Source;
use super::guid;
use super::xml::Xml;
use crate::analysis::{Analysis, AttributeColumns, Summary, UnitRow};

/// What stands above the codes of people.
const ABOVE: &str = "Participants";

/// The people of an analysis in the order in which they come to speak.
pub(super) struct People<'a> {
    summary: &'a Summary,
    people: Vec<Person<'a>>,
}

/// Somebody with what ties them to their words.
struct Person<'a> {
    /// Some unit of theirs.
    unit: &'a UnitRow,
    /// Their own documents.
    sources: Vec<&'a str>,
    /// Ids of their selections in documents in which several speak.
    selections: Vec<String>,
}

impl<'a> People<'a> {
    /// `is_selected`: whether a unit of a document is a selection, by its place there.
    pub(super) fn new(
        analysis: &'a Analysis,
        sources: &'a [Source<'a>],
        is_selected: impl Fn(&Source<'a>, usize) -> bool,
    ) -> Self {
        let mut people: Vec<Person> = Vec::new();
        let mut place_of: HashMap<(&str, &str), usize> = HashMap::new();
        for source in sources {
            for (at, &number) in source.document.units.iter().enumerate() {
                let unit = &analysis.units[number];
                let place = *place_of.entry((&unit.study, &unit.participant)).or_insert(people.len());
                if place == people.len() {
                    people.push(Person { unit, sources: Vec::new(), selections: Vec::new() });
                }
                let person = &mut people[place];
                if source.document.is_group {
                    if is_selected(source, at) {
                        person.selections.push(guid("selection", &unit.id));
                    }
                } else if person.sources.last() != Some(&source.id.as_str()) {
                    person.sources.push(&source.id);
                }
            }
        }
        Self { summary: &analysis.summary, people }
    }

    /// The code of each person below a heading.
    pub(super) fn codes<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        let id = guid("people", "");
        xml.within("Code", &[("guid", &id), ("name", ABOVE), ("isCodable", "false")], |xml| {
            xml.text("Description", "Who speaks: each code is a case, and its codings are what the person said")?;
            self.people.iter().try_for_each(|person| {
                let (id, name) = (case_guid(person.unit), self.name(person.unit));
                xml.empty("Code", &[("guid", &id), ("name", &name), ("isCodable", "true")])
            })
        })
    }

    /// A case for each participant: what is known of them, and their interview, or their passages in that of their
    /// group.
    pub(super) fn cases<W: Write>(&self, variables: &Variables, with_codes: bool, xml: &mut Xml<W>) -> io::Result<()> {
        xml.within("Cases", &[], |xml| {
            for person in &self.people {
                let (id, name) = (case_guid(person.unit), self.name(person.unit));
                xml.within("Case", &[("guid", &id), ("name", &name)], |xml| {
                    if with_codes {
                        xml.empty("CodeRef", &[("targetGUID", &id)])?;
                    }
                    variables.values(person.unit, xml)?;
                    for source in &person.sources {
                        xml.empty("SourceRef", &[("targetGUID", source)])?;
                    }
                    for selection in &person.selections {
                        xml.empty("SelectionRef", &[("targetGUID", selection)])?;
                    }
                    Ok(())
                })?;
            }
            Ok(())
        })
    }

    fn name(&self, unit: &UnitRow) -> String {
        match self.summary.studies.as_slice() {
            [_] => unit.participant.clone(),
            _ => format!("{}/{}", unit.study, unit.participant),
        }
    }
}

/// The id of somebody's case, and of their code.
pub(super) fn case_guid(unit: &UnitRow) -> String {
    guid("case", &format!("{}\u{1f}{}", unit.study, unit.participant))
}

/// The stretches of a document that are one person's: all of their own interview, and in a group what they say until
/// somebody else does. Each with a unit of the person, in code points.
pub(super) fn stretches<'a>(source: &Source<'a>, analysis: &'a Analysis) -> Vec<(&'a UnitRow, (usize, usize))> {
    let units = source.document.units.iter().map(|&number| &analysis.units[number]).zip(source.places.iter().copied());
    let mut stretches: Vec<(&UnitRow, (usize, usize))> = Vec::new();
    for (unit, (start, end)) in units {
        match stretches.last_mut() {
            Some((before, place)) if before.participant == unit.participant => place.1 = end.max(place.1),
            _ => stretches.push((unit, (start, end))),
        }
    }
    if let ([(_, place)], false) = (stretches.as_mut_slice(), source.document.is_group) {
        *place = (0, source.length);
    }
    stretches.retain(|(_, (start, end))| start < end);
    stretches
}

/// The kind of a variable's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Integer,
    Float,
    Text,
}

impl Kind {
    /// The narrowest kind that gives a value back as it was written: `007` is no number.
    fn of(value: &str) -> Self {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        let whole = |text: &str| digits(text) && (text == "0" || !text.starts_with('0'));
        let positive = value.strip_prefix('-').unwrap_or(value);
        match positive.split_once('.') {
            None if whole(positive) && value != "-0" => Self::Integer,
            Some((before, after)) if whole(before) && digits(after) => Self::Float,
            _ => Self::Text,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Integer => "Integer",
            Self::Float => "Float",
            Self::Text => "Text",
        }
    }

    fn element(self) -> &'static str {
        match self {
            Self::Integer => "IntegerValue",
            Self::Float => "FloatValue",
            Self::Text => "TextValue",
        }
    }
}

/// What is known of participants: their study and their attributes.
pub(super) struct Variables<'a> {
    attributes: AttributeColumns<'a>,
    kinds: Vec<Kind>,
}

const STUDY: &str = "study";

impl<'a> Variables<'a> {
    pub(super) fn new(summary: &'a Summary) -> Self {
        let attributes = AttributeColumns::new(summary, &[STUDY]);
        let kind = |column: usize| {
            let values = summary.participants.iter().filter_map(|participant| participant.attributes.get(column));
            values.filter(|value| !value.is_empty()).map(|value| Kind::of(value)).max().unwrap_or(Kind::Text)
        };
        let kinds = (0..attributes.titles().len()).map(kind).collect();
        Self { attributes, kinds }
    }

    pub(super) fn write<W: Write>(&self, xml: &mut Xml<W>) -> io::Result<()> {
        xml.within("Variables", &[], |xml| {
            let named = self.attributes.titles().iter().zip(&self.kinds).map(|(title, kind)| (title.as_str(), *kind));
            for (title, kind) in std::iter::once((STUDY, Kind::Text)).chain(named) {
                let id = guid("variable", title);
                xml.empty("Variable", &[("guid", &id), ("name", title), ("typeOfVariable", kind.word())])?;
            }
            Ok(())
        })
    }

    fn values<W: Write>(&self, unit: &UnitRow, xml: &mut Xml<W>) -> io::Result<()> {
        value(STUDY, Kind::Text, &unit.study, xml)?;
        let columns = self.attributes.titles().iter().zip(&self.kinds);
        for ((title, kind), text) in columns.zip(self.attributes.of(unit)) {
            if let Some(text) = text {
                value(title, *kind, text, xml)?;
            }
        }
        Ok(())
    }
}

fn value<W: Write>(variable: &str, kind: Kind, text: &str, xml: &mut Xml<W>) -> io::Result<()> {
    xml.within("VariableValue", &[], |xml| {
        xml.empty("VariableRef", &[("targetGUID", &guid("variable", variable))])?;
        xml.text(kind.element(), text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        for (value, kind) in [
            ("42", Kind::Integer),
            ("-3", Kind::Integer),
            ("0", Kind::Integer),
            ("0.5", Kind::Float),
            ("-1.25", Kind::Float),
            ("007", Kind::Text),
            ("-0", Kind::Text),
            ("1e5", Kind::Text),
            ("1,5", Kind::Text),
            ("+1", Kind::Text),
            ("", Kind::Text),
            ("5.", Kind::Text),
            ("NaN", Kind::Text),
        ] {
            assert_eq!(Kind::of(value), kind, "{value}");
        }
    }
}

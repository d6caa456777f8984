//! Stretches of texts among the passages of an analysis.
//!
//! In: sheets whose rows are stretches of texts ([`Stands::At`]), and the passages. Out: the same sheets with the
//! passages that each row codes. A text is known by its name or, where no name is known, by what is said in it. The
//! passages are looked for in the text, one after the other, by their words; so it may be the file that was analysed,
//! another program's copy of it, or what `export --to qdpx` wrote out. A passage is coded when it shares a third of
//! the shorter of the two with the stretch. Rows of texts that nobody here said are left to their words.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::codes::{CodeSheet, Stands};
use super::material::Material;
use crate::analysis::saved::UnitRow;
use crate::corpus::RefiSource;
use crate::corpus::compact::Compact;
use crate::corpus::named::{Index, Target};

const NO_PASSAGE: &str = "no passage stands there";
/// Bytes of a passage by which a text is recognised.
const TELLING: usize = 40;

/// Places the rows of sheets; those that are placed or stand in no text stay as they are.
pub(crate) fn placed(sheets: &[CodeSheet], units: &[UnitRow]) -> Vec<CodeSheet> {
    if sheets.iter().all(|sheet| sheet.sources.is_empty()) {
        return sheets.to_vec();
    }
    let material = Material::of_units(units);
    let texts = Texts::new(&material);
    // Sheets of one project have their texts together.
    let mut known: Vec<Known> = Vec::new();
    let mut place = |sheet: &CodeSheet| {
        if sheet.sources.is_empty() {
            return sheet.clone();
        }
        let at = known.iter().position(|(sources, _)| Arc::ptr_eq(sources, &sheet.sources)).unwrap_or_else(|| {
            let places = sheet.sources.iter().map(|source| texts.places(source)).collect();
            known.push((Arc::clone(&sheet.sources), places));
            known.len() - 1
        });
        let mut sheet = CodeSheet { sources: Arc::default(), ..sheet.clone() };
        for row in &mut sheet.rows {
            let Stands::At { source, start, end } = row.stands else { continue };
            row.stands = match known[at].1.get(source).and_then(Option::as_ref) {
                Some(places) => coded(places, start..end, units),
                None => Stands::AsNamed,
            };
        }
        sheet
    };
    sheets.iter().map(&mut place).collect()
}

/// Passages with their code points in a text.
type Places = Vec<(usize, Range<usize>)>;

/// The texts of a project with the passages in each.
type Known = (Arc<Vec<RefiSource>>, Vec<Option<Places>>);

/// The passages that a stretch codes.
fn coded(places: &Places, stretch: Range<usize>, units: &[UnitRow]) -> Stands {
    let is_coded = |(_, place): &&(usize, Range<usize>)| {
        let shared = place.end.min(stretch.end).saturating_sub(place.start.max(stretch.start));
        shared > 0 && 3 * shared >= place.len().min(stretch.len())
    };
    let ids: Vec<String> = places.iter().filter(is_coded).map(|(unit, _)| units[*unit].id.clone()).collect();
    if ids.is_empty() { Stands::Nowhere(NO_PASSAGE) } else { Stands::In(ids) }
}

/// What people said, to be looked for.
struct Texts<'a> {
    material: &'a Material<'a>,
    index: Index,
    /// For the beginnings of passages, who says them.
    beginnings: HashMap<String, Vec<usize>>,
}

impl<'a> Texts<'a> {
    fn new(material: &'a Material<'a>) -> Self {
        let mut beginnings: HashMap<String, Vec<usize>> = HashMap::new();
        for (unit, &person) in material.units.iter().zip(&material.person_of) {
            let words = Compact::new(&unit.text);
            let Some(beginning) = beginning(words.text()) else { continue };
            let people = beginnings.entry(beginning.to_owned()).or_default();
            if people.last() != Some(&person) {
                people.push(person);
            }
        }
        Self { material, index: material.index(), beginnings }
    }

    /// Where passages stand in a text; `None` where nobody's do.
    fn places(&self, source: &RefiSource) -> Option<Places> {
        let text = Compact::new(&source.text);
        let by_name = source.names.iter().find_map(|name| self.named(name));
        let found = by_name.map(|people| self.places_of(&people, &text)).filter(|places| !places.is_empty());
        found.or_else(|| {
            let places = self.places_of(&self.who_speaks(&text), &text);
            (!places.is_empty()).then_some(places)
        })
    }

    /// Who speaks in a text of this name.
    fn named(&self, name: &str) -> Option<Vec<usize>> {
        match (self.index.find(name), self.index.in_document(name)) {
            (Ok(Target::Person(person)), _) => Some(vec![person]),
            (_, people) => people.ok(),
        }
    }

    /// Whose passages begin somewhere in a text.
    fn who_speaks(&self, text: &Compact) -> Vec<usize> {
        let starts = text.text().char_indices().map(|(at, _)| at);
        let found = starts.filter_map(|at| self.beginnings.get(beginning(&text.text()[at..])?));
        let mut people: Vec<usize> = found.flatten().copied().collect();
        people.sort_unstable();
        people.dedup();
        people
    }

    /// Where the passages of some people stand in a text, in the order of the text.
    fn places_of(&self, people: &[usize], text: &Compact) -> Places {
        let mut places = Places::new();
        for &person in people {
            let mut from = 0;
            for &unit in &self.material.units_of_person[person] {
                let words = Compact::new(&self.material.units[unit].text);
                // One that is not behind the last one found may stand before it: texts can be put together anew.
                if let Some(found) = text.find(&words, from).or_else(|| text.find(&words, 0)) {
                    from = found.end;
                    places.push((unit, text.points(found)));
                }
            }
        }
        places.sort_by_key(|(unit, place)| (place.start, *unit));
        places
    }
}

/// The first bytes of a text, by which it is recognised; `None` for one that is too short.
fn beginning(text: &str) -> Option<&str> {
    let end = (TELLING..).find(|&end| text.is_char_boundary(end) || end > text.len())?;
    text.get(..end)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::codes::CodeRow;
    use super::*;
    use crate::analysis::saved::Analysis;

    fn analysis() -> Analysis {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        crate::analysis::load(&folder).unwrap()
    }

    fn sheet(names: &[&str], text: &str, stretches: &[Range<usize>]) -> CodeSheet {
        let row = |range: &Range<usize>| CodeRow {
            line: 1,
            id: names[0].to_owned(),
            is_document: true,
            excerpt: None,
            codes: vec!["x".into()],
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: Stands::At { source: 0, start: range.start, end: range.end },
        };
        CodeSheet {
            coder: "anna".into(),
            path: "a.qdpx".into(),
            sheet: None,
            layout: String::new(),
            ignored: Vec::new(),
            rows: stretches.iter().map(row).collect(),
            sources: Arc::new(vec![RefiSource {
                names: names.iter().map(|name| (*name).to_owned()).collect(),
                text: text.to_owned(),
            }]),
            notices: Vec::new(),
            own: None,
        }
    }

    /// Two passages of a person, and a text in which the first stands twice, the second time behind the other.
    fn talk(units: &[UnitRow]) -> (Vec<&UnitRow>, String) {
        let person = &units[0].participant;
        let own: Vec<&UnitRow> = units.iter().filter(|unit| unit.participant == *person).take(2).collect();
        let text = format!("I: Why?\n\nP: {}\n{}\nI: I see.", own[0].text.to_uppercase(), own[1].text);
        (own, text)
    }

    #[test]
    fn a_stretch_codes_the_passages_that_share_a_third_with_it() {
        let units = analysis().units;
        let (own, text) = talk(&units);
        let at = |words: &str| text[..text.find(words).unwrap()].chars().count();
        let (first, second) = (at(&own[0].text.to_uppercase()), at(&own[1].text));
        let (of_first, of_second) = (own[0].text.chars().count(), own[1].text.chars().count());
        let stretches = [
            first..first + of_first,
            // The question too, and both.
            0..second + of_second,
            // Five characters of the second hang on to the first: no third of either.
            first..second + 5,
            // A few words within.
            second + 3..second + 20,
            0..7,
        ];
        for names in [&[own[0].participant.as_str()][..], &["D 1: talk"], &["nobody", "neither"]] {
            let placed = placed(&[sheet(names, &text, &stretches)], &units);
            let found: Vec<&Stands> = placed[0].rows.iter().map(|row| &row.stands).collect();
            let ids = |units: &[&UnitRow]| Stands::In(units.iter().map(|unit| unit.id.clone()).collect());
            let expected = [ids(&own[..1]), ids(&own), ids(&own[..1]), ids(&own[1..]), Stands::Nowhere(NO_PASSAGE)];
            assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{names:?}");
            assert!(placed[0].sources.is_empty());
            assert_eq!(super::placed(&placed, &units), placed, "placed once");
        }
    }

    #[test]
    fn a_text_that_nobody_here_said_is_left_to_its_words() {
        let units = analysis().units;
        let text = "Somebody else said something about gardens and the weather in a year that was long ago.";
        for names in [&["nobody"][..], &[units[0].participant.as_str()]] {
            let placed = placed(&[sheet(names, text, &[0..20, 3..9])], &units);
            assert!(placed[0].rows.iter().all(|row| row.stands == Stands::AsNamed));
        }
    }
}

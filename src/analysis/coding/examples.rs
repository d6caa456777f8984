//! What people said of passages: which code they have, and which they have not.
//!
//! In: the codes as given, and the passages of the interviews. Out: [`Judged`]: for each passage the codes that
//! people gave it; examples that are no passage of these interviews stand behind the passages. A row is found by its
//! id or, where that is not here or names something else, by its words. What contradicts itself is refused.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::CodingError;
use super::given::{Given, Place};
use super::policy::TELLING_WORDS;
use crate::analysis::evaluation::{CodeRow, NOT_SAID, Stands, folded, passages_of_rows, placed};
use crate::analysis::saved::UnitRow;
use crate::corpus::words;
use crate::theme::numbers::counted;

/// What people said, by row: first the kept passages, then the examples elsewhere.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Judged {
    /// Codes that it has.
    pub(super) has: Vec<BTreeSet<usize>>,
    /// Codes that it has not, said as such.
    pub(super) lacks: Vec<BTreeSet<usize>>,
    /// Whether somebody coded it: a code that they did not give it, they did not find in it.
    pub(super) is_coded: Vec<bool>,
    /// Whether it tells how well codes are found: a passage of these interviews that somebody coded. What a codebook
    /// quotes teaches, and was chosen since it is clear.
    pub(super) tells: Vec<bool>,
    /// Texts of the examples elsewhere.
    pub(super) elsewhere: Vec<String>,
    /// What is to be told of rows of coded passages that name nothing here, or not what their words stand in.
    pub(super) told: Vec<String>,
}

impl Judged {
    /// Whether people said of a row what it is.
    pub(super) fn is_judged(&self, row: usize) -> bool {
        self.is_coded[row] || !self.has[row].is_empty()
    }

    /// For each code the rows that have it, rising; rows for which `left_out` holds do not count.
    pub(super) fn examples(&self, n_codes: usize, left_out: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
        by_code(&self.has, n_codes, left_out)
    }

    /// The same of rows that were said not to have it.
    pub(super) fn rejected(&self, n_codes: usize, left_out: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
        by_code(&self.lacks, n_codes, left_out)
    }
}

fn by_code(codes_of: &[BTreeSet<usize>], n_codes: usize, left_out: &dyn Fn(usize) -> bool) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); n_codes];
    for (row, codes) in codes_of.iter().enumerate().filter(|(row, _)| !left_out(*row)) {
        codes.iter().for_each(|&code| rows[code].push(row));
    }
    rows
}

/// `units`: every unit of the interviews; `kept`: those that have vectors.
///
/// # Errors
/// [`CodingError::Contradiction`].
pub(super) fn judged(given: &Given, units: &[UnitRow], kept: &[usize]) -> Result<Judged, CodingError> {
    let mut said = Claims { given, passages: Passages::new(units, kept), says: BTreeMap::new(), none: BTreeMap::new() };
    let mut tell: BTreeSet<usize> = BTreeSet::new();
    for (code, of_code) in given.codes.iter().enumerate() {
        for example in &of_code.examples {
            for row in said.passages.of_example(&example.text) {
                said.claim(row, code, true, &example.place)?;
                if example.is_coded {
                    tell.insert(row);
                }
            }
        }
    }
    let mut unknown: Vec<Place> = Vec::new();
    let mut elsewhere: Vec<(Place, String)> = Vec::new();
    let mut unnamed: Vec<(Place, String)> = Vec::new();
    let mut coded: BTreeSet<usize> = BTreeSet::new();
    for sheet in &placed(&given.sheets, units) {
        let by_id = passages_of_rows(sheet, units);
        for (row, named) in sheet.rows.iter().zip(by_id) {
            let place = Place { sheet: sheet.sheet.clone(), ..Place::new(&sheet.path, row.line) };
            let rows = match named {
                // Who is named did not say it: it teaches the code, and is nobody's of these interviews.
                Err(NOT_SAID) if row.excerpt.is_some() => {
                    elsewhere.push((place.clone(), row.id.clone()));
                    said.passages.of_words_elsewhere(row)
                }
                Err(_) => {
                    let rows = said.passages.of_row(row, &[]);
                    if row.is_document && rows.first().is_some_and(|&at| at < kept.len()) {
                        unnamed.push((place.clone(), row.id.clone()));
                    }
                    rows
                }
                Ok(units) => said.passages.of_row(row, &units),
            };
            if rows.is_empty() {
                unknown.push(place);
                continue;
            }
            for at in rows {
                if said.code(at, row, &place)? {
                    coded.insert(at);
                }
            }
        }
    }
    let Claims { passages, says, .. } = said;
    let n = kept.len() + passages.elsewhere.len();
    tell.extend(&coded);
    let mut judged = Judged {
        has: vec![BTreeSet::new(); n],
        lacks: vec![BTreeSet::new(); n],
        is_coded: (0..n).map(|row| coded.contains(&row)).collect(),
        tells: (0..n).map(|row| row < kept.len() && tell.contains(&row)).collect(),
        elsewhere: passages.elsewhere,
        told: told_of_rows(&unknown, &elsewhere, &unnamed),
    };
    for ((row, code), (is_said, _)) in says {
        let of_row = if is_said { &mut judged.has[row] } else { &mut judged.lacks[row] };
        of_row.insert(code);
    }
    Ok(judged)
}

/// What is to be told of rows: those that name nothing, those whose words are not in what they name, and those found
/// by their words alone, with what they name.
fn told_of_rows(unknown: &[Place], elsewhere: &[(Place, String)], unnamed: &[(Place, String)]) -> Vec<String> {
    let forms = |n: usize, one: &'static str, several: &'static str| if n == 1 { one } else { several };
    let rows = |n: usize| counted(n, "row");
    let nothing = unknown.first().map(|first| {
        let n = unknown.len();
        format!(
            "{} of coded passages {} nothing in these interviews and {} no words to learn from, the first is {first}",
            rows(n),
            forms(n, "names", "name"),
            forms(n, "has", "have")
        )
    });
    let lacking = elsewhere.first().map(|(first, id)| {
        let n = elsewhere.len();
        format!(
            "{} of coded passages {} what does not have the words coded, the first is {first} (`{id}`): {} as an \
             example from elsewhere; name what the words stand in",
            rows(n),
            forms(n, "names", "name"),
            forms(n, "taken", "each taken")
        )
    });
    let found = unnamed.first().map(|(first, id)| {
        let n = unnamed.len();
        format!(
            "{} of coded passages {} a document that is not here, the first is {first} (`{id}`): found by {} words alone",
            rows(n),
            forms(n, "names", "name"),
            forms(n, "its", "their")
        )
    });
    [nothing, lacking, found].into_iter().flatten().collect()
}

/// Who is meant by words.
struct Passages<'a> {
    units: &'a [UnitRow],
    kept: &'a [usize],
    row_of: HashMap<usize, usize>,
    /// By the words, however they are spaced.
    texts: Vec<String>,
    by_text: HashMap<String, Vec<usize>>,
    elsewhere: Vec<String>,
    /// Of what stands elsewhere its row, by the words.
    row_elsewhere: HashMap<String, usize>,
}

impl<'a> Passages<'a> {
    fn new(units: &'a [UnitRow], kept: &'a [usize]) -> Self {
        let texts: Vec<String> = kept.iter().map(|&unit| folded(&units[unit].text)).collect();
        let mut by_text: HashMap<String, Vec<usize>> = HashMap::new();
        for (row, text) in texts.iter().enumerate() {
            by_text.entry(text.clone()).or_default().push(row);
        }
        let row_of = kept.iter().copied().zip(0..).collect();
        Self { units, kept, row_of, texts, by_text, elsewhere: Vec::new(), row_elsewhere: HashMap::new() }
    }

    /// The passages that are an example, or that it is a part of; else it stands elsewhere.
    fn of_example(&mut self, text: &str) -> Vec<usize> {
        let words_of = folded(text);
        if let Some(rows) = self.by_text.get(&words_of) {
            return rows.clone();
        }
        if words(text) >= TELLING_WORDS {
            let rows: Vec<usize> = (0..self.texts.len()).filter(|&row| self.texts[row].contains(&words_of)).collect();
            if !rows.is_empty() {
                return rows;
            }
        }
        let rows = self.stands_elsewhere(text);
        self.by_text.insert(words_of, rows.clone());
        rows
    }

    fn stands_elsewhere(&mut self, text: &str) -> Vec<usize> {
        let (kept, next) = (self.kept.len(), self.elsewhere.len());
        let row = *self.row_elsewhere.entry(folded(text)).or_insert(kept + next);
        if row == kept + next {
            self.elsewhere.push(text.to_owned());
        }
        vec![row]
    }

    /// Words that a row has, as an example that nobody of these interviews said.
    fn of_words_elsewhere(&mut self, row: &CodeRow) -> Vec<usize> {
        match row.excerpt.as_deref() {
            Some(text) if words(text) > 0 => self.stands_elsewhere(text),
            _ => Vec::new(),
        }
    }

    /// Those that a row means: `named` are the units of its id.
    fn of_row(&mut self, row: &CodeRow, named: &[usize]) -> Vec<usize> {
        let is_same =
            |unit: &usize| row.text.as_deref().is_none_or(|text| folded(text) == folded(&self.units[*unit].text));
        let same: Vec<usize> = named.iter().filter(|unit| is_same(unit)).copied().collect();
        if !same.is_empty() {
            return same.iter().filter_map(|unit| self.row_of.get(unit)).copied().collect();
        }
        match row.text.as_deref().or(row.excerpt.as_deref()).filter(|_| !is_of_nobody(row)) {
            Some(text) if words(text) > 0 => self.of_example(text),
            _ => Vec::new(),
        }
    }

    /// How a row is called in messages.
    fn name(&self, row: usize) -> String {
        match self.kept.get(row) {
            Some(&unit) => self.units[unit].id.clone(),
            None => self.elsewhere[row - self.kept.len()].split_whitespace().take(6).collect::<Vec<_>>().join(" "),
        }
    }
}

/// Whether a row is a stretch of an interview that nobody answers in, such as a question: its words are no example.
fn is_of_nobody(row: &CodeRow) -> bool {
    matches!(row.stands, Stands::Nowhere(_))
}

struct Claims<'a> {
    given: &'a Given,
    passages: Passages<'a>,
    /// By row and code, whether it has it, and where that is said.
    says: BTreeMap<(usize, usize), (bool, Place)>,
    /// Rows with nothing to code.
    none: BTreeMap<usize, Place>,
}

impl Claims<'_> {
    fn contradiction(&self, row: usize, code: usize, place: &Place, other: &Place) -> CodingError {
        CodingError::Contradiction {
            passage: self.passages.name(row),
            code: self.given.codes[code].code.clone(),
            place: place.to_string(),
            other: other.to_string(),
        }
    }

    fn claim(&mut self, row: usize, code: usize, is_said: bool, place: &Place) -> Result<(), CodingError> {
        match self.says.get(&(row, code)) {
            Some((known, first)) if *known != is_said => {
                let (said, denied) = if is_said { (place, first) } else { (first, place) };
                return Err(self.contradiction(row, code, denied, said));
            }
            Some(_) => {}
            None => {
                self.says.insert((row, code), (is_said, place.clone()));
            }
        }
        match self.none.get(&row) {
            Some(none) if is_said => Err(self.contradiction(row, code, none, place)),
            _ => Ok(()),
        }
    }

    /// What a row of coded passages says of one of them; whether it codes it.
    fn code(&mut self, at: usize, row: &CodeRow, place: &Place) -> Result<bool, CodingError> {
        let (mut n_said, mut n_denied) = (0, 0);
        for code in row.codes.iter().filter_map(|written| self.given.place(written)) {
            self.claim(at, code, true, place)?;
            n_said += 1;
        }
        for code in row.denied.iter().filter_map(|written| self.given.place(written)) {
            self.claim(at, code, false, place)?;
            n_denied += 1;
        }
        if n_said == 0 && n_denied == 0 {
            let said = self.says.range((at, 0)..=(at, usize::MAX)).find(|(_, (is_said, _))| *is_said);
            if let Some((&(_, code), (_, other))) = said {
                return Err(self.contradiction(at, code, place, other));
            }
            self.none.insert(at, place.clone());
            return Ok(true);
        }
        Ok(n_said > 0)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::analysis::load;

    /// Passages of an interview, and what is said of them in `files`.
    fn of(files: &[&str]) -> (Judged, usize) {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let units = load(&fixture).unwrap().units;
        let kept: Vec<usize> = (0..units.len()).filter(|&unit| units[unit].vector.is_some()).collect();
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<_> = (0..files.len()).map(|n| folder.path().join(format!("{n}.csv"))).collect();
        for (path, text) in paths.iter().zip(files) {
            let text = (0..4).fold((*text).to_owned(), |text, at| {
                let unit = &units[kept[at]];
                text.replace(&format!("@id{at}"), &unit.id)
                    .replace(&format!("@{at}"), &format!("\"{}\"", unit.text.replace('"', "\"\"")))
            });
            std::fs::write(path, text).unwrap();
        }
        let given = crate::analysis::read_given(&paths).unwrap();
        (judged(&given, &units, &kept).unwrap(), kept.len())
    }

    fn that_tell(judged: &Judged) -> Vec<usize> {
        (0..judged.tells.len()).filter(|&row| judged.tells[row]).collect()
    }

    #[test]
    fn what_a_codebook_quotes_teaches_and_does_not_tell_how_well_codes_are_found() {
        let book = "code,definition,example\na,First.,I never said that to anybody here\na,,@0\nb,Second.,@1\n";
        let (judged, n_kept) = of(&[book]);
        let examples = judged.examples(2, &|_| false);
        assert_eq!(judged.elsewhere.len(), 1);
        assert!(examples[0].contains(&0) && examples[0].contains(&n_kept) && examples[1].contains(&1), "{examples:?}");
        assert!(judged.is_judged(0) && that_tell(&judged).is_empty(), "{:?}", that_tell(&judged));
    }

    #[test]
    fn words_that_the_document_named_does_not_have_are_told_and_nobody_s_here() {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        let units = load(&fixture).unwrap().units;
        let kept: Vec<usize> = (0..units.len()).filter(|&unit| units[unit].vector.is_some()).collect();
        let own = &units[kept[0]].position.file;
        let other = units.iter().map(|unit| &unit.position.file).find(|file| *file != own).unwrap();
        let table = |file: &str| format!("document,quote,code\n{file},@0,a\n");
        let (judged, n_kept) = of(&[&table(own)]);
        assert!(judged.told.is_empty() && judged.has[0].contains(&0), "{:?}", judged.told);
        let (judged, _) = of(&[&table(other)]);
        assert!(judged.has[0].is_empty() && judged.has[n_kept].contains(&0));
        assert!(judged.told[0].contains("line 2") && judged.told[0].contains("does not have"), "{:?}", judged.told);
        // A document that is not here contradicts nothing.
        let (judged, _) = of(&[&table("walk_99.md")]);
        assert!(judged.has[0].contains(&0) && judged.told[0].contains("is not here"), "{:?}", judged.told);
    }

    #[test]
    fn passages_that_people_coded_tell_it_and_words_of_others_do_not() {
        let book = "code,definition,example\na,First.,@0\nb,Second.,\n";
        let sheet = "id,text,code\n@id0,@0,a\n@id1,@1,none\nx/y#1,I never said that to anybody here,b\n@id2,@2,!a\n";
        let (judged, n_kept) = of(&[book, sheet]);
        assert_eq!(that_tell(&judged), [0, 1], "not what is only said not to be a code");
        assert!(judged.is_judged(n_kept), "words of somebody else are an example all the same");
        let (judged, _) = of(&["text,code\n@0,a\n@1,b\nI never said that to anybody here,a\n"]);
        assert_eq!(that_tell(&judged), [0, 1], "a table of passages and codes is no codebook that quotes");
    }
}

//! Columns of a table of codes that are known by what stands in them.
//!
//! In: a table, and the passages of the interviews. Out: [`Found`]: the column that names documents and the column of
//! the words coded, where the words stand in the documents named; for a table that cannot be read, what of it stands
//! in the interviews. Titles come first: other columns are looked at only where titles tell nothing, or where nothing
//! of what they tell is so. It never takes a pair of columns of which half a sample of the rows stands nowhere, never
//! a document that two names could mean, and never changes a cell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{CodeRow, Stands};
use crate::analysis::evaluation::material::Material;
use crate::analysis::evaluation::rows::{SAID_AGAIN, folded, targets_of};
use crate::analysis::saved::UnitRow;
use crate::corpus::named::{Index, Target, document_name};
use crate::corpus::{Grid, words};

/// Words by which a cell is looked for in the interviews.
const TELLING: usize = 4;
/// Documents with names like one that are looked into.
const MOST_LIKE: usize = 40;
/// Rows that are looked for.
const SAMPLE: usize = 60;

/// What was said, and in which documents.
pub(super) struct Interviews<'a> {
    material: Material<'a>,
    index: Index,
    /// The documents by what is near their names ([`near`]); `None` where two are.
    by_name: HashMap<String, Option<String>>,
    /// The same by the last number in their names.
    by_number: HashMap<String, Option<String>>,
    /// All documents, with the words and numbers of their names.
    parts: Vec<(String, Vec<String>)>,
}

/// The columns of a table that stand in the interviews.
#[derive(Debug, PartialEq)]
pub(super) struct Found {
    pub(super) document: usize,
    pub(super) words: usize,
    /// Documents that the table calls otherwise, by its cells.
    pub(super) names: BTreeMap<String, String>,
}

/// How a document is found that a table names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Name,
    /// By what is near its name.
    NearName,
    /// The same, and of names that are like it the one that has the words.
    Words,
}

/// What the titles of a table tell.
#[derive(Clone, Copy, Default)]
pub(super) struct Titled {
    /// What was coded: a document or a participant.
    pub(super) ids: Option<usize>,
    /// Whether that is sure, as somebody named the column.
    pub(super) is_given: bool,
    pub(super) words: Option<usize>,
    /// The column of codes that somebody named.
    pub(super) code: Option<usize>,
}

impl<'a> Interviews<'a> {
    /// `None` where there are none.
    pub(super) fn new(units: &'a [UnitRow]) -> Option<Self> {
        let material = Material::of_units(units);
        let names: BTreeSet<String> = units
            .iter()
            .flat_map(|unit| [unit.participant.split('/').next().unwrap_or_default(), &unit.position.file])
            .map(document_name)
            .collect();
        let parts = names.iter().map(|name| (name.clone(), near(name))).collect();
        let (mut by_name, mut by_number) = (HashMap::new(), HashMap::new());
        for name in names {
            let parts = near(&name);
            let number = parts.iter().rev().find(|part| is_number(part)).cloned();
            let keys = [(&mut by_name, Some(parts.join(" "))), (&mut by_number, number)];
            for (known, key) in keys.into_iter().filter_map(|(known, key)| Some((known, key?))) {
                known.entry(key).and_modify(|other| *other = None).or_insert(Some(name.clone()));
            }
        }
        let index = material.index();
        (!units.is_empty()).then_some(Self { material, index, by_name, by_number, parts })
    }

    /// The columns whose words stand in the documents named: those that titles tell where any row is found by them.
    pub(super) fn columns(&self, grid: &Grid, titled: Titled) -> Option<Found> {
        let every: Vec<usize> = (0..grid.header.len()).filter(|column| Some(*column) != titled.code).collect();
        let is_whole =
            |column: &&usize| grid.rows.iter().all(|(_, row)| is_blank(row) || !cell(row, **column).is_empty());
        let whole: Vec<usize> = every.iter().filter(is_whole).copied().collect();
        let (ids, told) = (titled.ids.as_slice(), titled.words.as_slice());
        let others = if titled.is_given { ids } else { every.as_slice() };
        self.pair(grid, ids, told, true)
            .or_else(|| self.pair(grid, ids, &whole, false))
            .or_else(|| self.pair(grid, others, told, false))
            .or_else(|| self.pair(grid, others, &whole, false))
    }

    /// The pair of which most rows are found, and more than half of a sample; `is_told`: any row does for names that
    /// are exact.
    fn pair(&self, grid: &Grid, documents: &[usize], texts: &[usize], is_told: bool) -> Option<Found> {
        for by in [By::Name, By::NearName, By::Words] {
            let mut best: Option<(usize, Found)> = None;
            for &document in documents {
                let Some(known) = self.names(grid, document, by) else { continue };
                for &words in texts.iter().filter(|&&words| words != document) {
                    let names = match by {
                        By::Name => known.clone(),
                        By::NearName | By::Words => self.settled(grid, document, words, &known),
                    };
                    let rows = sample(grid, document, words);
                    let name = |id: &str| names.get(id).cloned().unwrap_or_else(|| id.to_owned());
                    let found = rows.iter().filter(|(id, words)| self.stands(&name(id), words)).count();
                    let is_enough = found > 0 && ((is_told && by == By::Name) || 2 * found > rows.len());
                    if is_enough && best.as_ref().is_none_or(|(most, _)| found > *most) {
                        best = Some((found, Found { document, words, names: names.clone() }));
                    }
                }
            }
            if let Some((_, found)) = best {
                return Some(found);
            }
        }
        None
    }

    /// For a column in which most cells name documents those that it calls otherwise; `None` for other columns.
    fn names(&self, grid: &Grid, column: usize, by: By) -> Option<BTreeMap<String, String>> {
        let cells: BTreeSet<&str> = grid.rows.iter().map(|(_, row)| cell(row, column)).collect();
        let cells: Vec<&str> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        let (known, unknown): (Vec<&str>, Vec<&str>) =
            cells.iter().copied().partition(|cell: &&str| self.is_document(cell));
        let mut names = BTreeMap::new();
        if by != By::Name {
            names.extend(unknown.iter().filter_map(|cell| Some(((*cell).to_owned(), self.near_document(cell)?))));
        }
        if by == By::Words {
            // Which of them it is is found with the words beside them.
            let may_be = unknown.iter().filter(|cell| names.contains_key(**cell) || !self.like(cell).is_empty());
            return (2 * (known.len() + may_be.count()) > cells.len()).then_some(names);
        }
        let is_useful = (by == By::NearName) != names.is_empty();
        (is_useful && 2 * (known.len() + names.len()) > cells.len()).then_some(names)
    }

    /// Whether most cells of a column name documents.
    pub(super) fn are_documents(&self, grid: &Grid, column: usize) -> bool {
        self.names(grid, column, By::Name).is_some()
    }

    fn is_document(&self, name: &str) -> bool {
        !name.contains('#')
            && (self.index.in_document(name).is_ok() || matches!(self.index.find(name), Ok(Target::Person(_))))
    }

    /// The document that a name is near to: `Ward 1` to `ward_01`, and `1` too where no other has this number.
    fn near_document(&self, name: &str) -> Option<String> {
        let parts = near(&document_name(name));
        if let Some(document) = self.by_name.get(&parts.join(" ")) {
            return document.clone();
        }
        let mut numbers = parts.iter().filter(|part| is_number(part));
        let number = numbers.next().filter(|_| numbers.next().is_none() && parts.len() <= 2)?;
        self.by_number.get(number).cloned().flatten()
    }

    /// `known`, and the documents of cells whose name is like those of several, or like one only in part: the one that
    /// has the words beside them, all of those that are looked for, and no other of which that is so.
    fn settled(
        &self,
        grid: &Grid,
        document: usize,
        text: usize,
        known: &BTreeMap<String, String>,
    ) -> BTreeMap<String, String> {
        let mut said: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (_, row) in &grid.rows {
            let (name, said_in) = (cell(row, document), cell(row, text));
            let is_open = !name.is_empty() && !known.contains_key(name) && words(said_in) >= TELLING;
            let of_name = is_open.then(|| said.entry(name).or_default());
            of_name.filter(|all| all.len() < SAMPLE).into_iter().for_each(|all| all.push(said_in));
        }
        let mut names = known.clone();
        for (name, said) in said.into_iter().filter(|(name, _)| !self.is_document(name)) {
            let like = self.like(name);
            let mut held = like.into_iter().filter(|one| said.iter().all(|words| self.stands(one, words)));
            if let (Some(only), None) = (held.next(), held.next()) {
                names.insert(name.to_owned(), only.to_owned());
            }
        }
        names
    }

    /// The documents whose name a name has in it (`Wave 1 > ward_03`, `ward_03 (anon)`), or that have it in theirs
    /// (`ward`), or its only number (`Interview 3`).
    fn like(&self, name: &str) -> Vec<&str> {
        let own = near(&document_name(name));
        let has = |all: &[String], some: &[String]| !some.is_empty() && all.windows(some.len()).any(|it| it == some);
        let mut numbers = own.iter().filter(|part| is_number(part));
        let number = numbers.next().filter(|_| numbers.next().is_none() && own.len() <= 2);
        let is_like = |parts: &[String]| {
            has(&own, parts) || has(parts, &own) || number.is_some_and(|number| parts.contains(number))
        };
        let found = self.parts.iter().filter(|(_, parts)| is_like(parts));
        found.take(MOST_LIKE).map(|(name, _)| name.as_str()).collect()
    }

    /// Whether words stand in a document.
    fn stands(&self, document: &str, words: &str) -> bool {
        let row = CodeRow {
            line: 0,
            id: document.to_owned(),
            is_document: true,
            excerpt: Some(words.to_owned()),
            codes: Vec::new(),
            denied: Vec::new(),
            is_blank: false,
            text: None,
            stands: Stands::AsNamed,
        };
        let found = targets_of(&row, &self.index, &self.material);
        found.is_ok() || found == Err(SAID_AGAIN)
    }

    /// What of a table without ids stands in the interviews, and what else it needs.
    pub(super) fn needs(&self, grid: &Grid) -> String {
        let said: Vec<String> = self.material.units.iter().map(|unit| folded(&unit.text)).collect();
        let is_said = |words: &str| said.iter().any(|text| text.contains(&folded(words)));
        let has_words = |column: &usize| {
            let rows = sample(grid, *column, *column);
            rows.len() < 2 * rows.iter().filter(|(_, words)| is_said(words)).count()
        };
        let column = |is_it: &dyn Fn(&usize) -> bool| (0..grid.header.len()).find(is_it).map(|at| &grid.header[at]);
        let documents = column(&|column: &usize| self.are_documents(grid, *column));
        let example = self.material.units.first().map(|unit| document_name(&unit.position.file)).unwrap_or_default();
        match (documents, column(&has_words)) {
            (None, Some(words)) => format!(
                "`{words}` has words of the interviews: beside them a column `document` must name the file that each \
                 stands in, such as `{example}`"
            ),
            (Some(name), None) => format!(
                "`{name}` names documents, but no column has words that stand in them: call it `document` if whole \
                 interviews were coded, else add the words as they stand there, in a column `quote`"
            ),
            (Some(name), Some(words)) => format!(
                "`{name}` names documents and `{words}` has words of the interviews, but most stand in other documents"
            ),
            (None, None) => {
                format!("no column names files that were analysed, such as `{example}`, and none has words of them")
            }
        }
    }
}

/// The words and numbers of a name, as others may write it: `Ward_01` and `ward 1` are the same.
fn near(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut last = None;
    for c in name.chars().flat_map(char::to_lowercase) {
        let kind = c.is_alphanumeric().then(|| c.is_ascii_digit());
        match parts.last_mut().filter(|_| kind == last) {
            Some(part) if kind.is_some() => part.push(c),
            _ if kind.is_some() => parts.push(c.to_string()),
            _ => {}
        }
        last = kind;
    }
    let bare = |part: String| if is_number(&part) { part.trim_start_matches('0').to_owned() } else { part };
    parts.into_iter().map(bare).filter(|part| !part.is_empty()).collect()
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_digit())
}

fn cell(row: &[String], column: usize) -> &str {
    row.get(column).map_or("", |cell| cell.trim())
}

fn is_blank(row: &[String]) -> bool {
    row.iter().all(|cell| cell.trim().is_empty())
}

/// Rows from all over a table in which both columns say something, and the words are enough to be looked for.
fn sample(grid: &Grid, document: usize, text: usize) -> Vec<(&str, &str)> {
    let rows = grid.rows.iter().map(|(_, row)| (cell(row, document), cell(row, text)));
    let rows: Vec<(&str, &str)> = rows.filter(|(name, text)| !name.is_empty() && words(text) >= TELLING).collect();
    let step = rows.len().div_ceil(SAMPLE).max(1);
    rows.into_iter().step_by(step).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{CodeOptions, CodeSheet, CodesError, read_codes};
    use super::*;

    fn units() -> Vec<UnitRow> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/analysis-v1");
        crate::analysis::load(&folder).unwrap().units
    }

    fn read(units: &[UnitRow], csv: &str) -> Result<CodeSheet, CodesError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("codes.csv");
        std::fs::write(&path, csv).unwrap();
        let mut sheets = read_codes(&path, &CodeOptions::default(), units)?;
        assert_eq!(sheets.len(), 1);
        Ok(sheets.remove(0))
    }

    /// A table of some passages, a row each, whose name, number and words are written by `row`.
    fn table(units: &[UnitRow], header: &str, row: &dyn Fn(&str, usize, &str) -> String) -> String {
        let telling = units.iter().filter(|unit| words(&unit.text) >= 8).take(12).enumerate();
        let rows = telling.map(|(at, unit)| {
            let words = format!("\"{}\"", unit.text.replace('"', "\"\""));
            format!("{}\n", row(&unit.participant, at, &words))
        });
        format!("{header}\n{}", rows.collect::<String>())
    }

    /// How many rows of a sheet mean passages, and of how many.
    fn placed(units: &[UnitRow], sheet: &CodeSheet) -> (usize, usize) {
        let passages = crate::analysis::evaluation::passages_of_rows(sheet, units);
        (passages.iter().flatten().filter(|passages| !passages.is_empty()).count(), sheet.rows.len())
    }

    #[test]
    fn exports_of_other_programs_are_read_by_what_stands_in_them() {
        let units = units();
        let tables = [
            // NVivo, Dedoose, Dovetail, Delve, Quirkos, RQDA.
            table(&units, "Name,Hierarchical Name,Coded Text,Code", &|who, _, said| {
                format!("{who},Files\\\\Interviews\\\\{who},{said},swaps")
            }),
            table(
                &units,
                "Media,Excerpt Range,Excerpt Copy,Code: swaps Applied,Code: hours Applied",
                &|who, _, said| format!("{who}.txt,10-20,{said},True,False"),
            ),
            table(&units, "Media Title,Excerpt Copy,Codes Applied Combined,Code: swaps Applied,Code: swaps Weight", {
                &|who, _, said| format!("{who}.docx,{said},\"swaps, pay\",True,1")
            }),
            table(&units, "Title,Content,Tags,Note title,Created by", &|who, _, said| {
                format!(",{said},swaps,{who},ann")
            }),
            table(&units, "Transcript,Snippet,Code,Memo", &|who, _, said| format!("{who},{said},swaps,")),
            table(&units, "Source,Quirk,Text,Author", &|who, _, said| format!("{who},swaps,{said},ann")),
            table(&units, "rowid,cid,fid,codename,filename,index1,index2,coding", &|who, at, said| {
                format!("{at},1,1,swaps,{who}.txt,1,20,{said}")
            }),
            // By hand, without any title that is known.
            table(&units, "Row,Talk,What they said,Code", &|who, at, said| format!("{at},{who}.docx,{said},swaps")),
            table(&units, "participant,code,said", &|who, _, said| format!("{who},swaps,{said}")),
        ];
        let telling: Vec<usize> = (0..units.len()).filter(|unit| words(&units[*unit].text) >= 8).take(12).collect();
        for csv in tables {
            let sheet = read(&units, &csv).unwrap();
            assert_eq!(placed(&units, &sheet), (12, 12), "{csv}\n{}", sheet.layout);
            let passages = crate::analysis::evaluation::passages_of_rows(&sheet, &units);
            assert!(
                passages
                    .iter()
                    .zip(&telling)
                    .all(|(found, unit)| found.as_ref().is_ok_and(|found| found.contains(unit))),
                "{csv}\n{passages:?}"
            );
            assert!(sheet.rows.iter().all(|row| row.codes == ["swaps"]), "{:?}", sheet.rows[0]);
            assert!(sheet.notices.is_empty(), "{:?}", sheet.notices);
        }
    }

    #[test]
    fn what_titles_tell_stays_where_any_of_it_is_found() {
        let units = units();
        // The quotes were changed but for one; the other column has them as they were said.
        let csv = table(&units, "document,quote,context,code", &|who, at, said| {
            let quote = if at == 0 { said } else { "something else that nobody said" };
            format!("{who},{quote},{said},swaps")
        });
        assert_eq!(placed(&units, &read(&units, &csv).unwrap()), (1, 12));
        // Ids of passages need no words.
        let id = &units[0].id;
        let sheet = read(&units, &format!("id,text,code\n{id},{},swaps\n", "whatever was said there")).unwrap();
        assert_eq!((sheet.rows[0].id.as_str(), sheet.rows[0].excerpt.as_deref()), (id.as_str(), None));
    }

    #[test]
    fn participants_stay_participants_where_the_words_are_not_theirs() {
        let units = units();
        let memo = |title: &str| {
            table(&units, &format!("participant,code,{title}"), &|who, _, _| {
                format!("{who},swaps,our own thoughts about this person")
            })
        };
        let sheet = read(&units, &memo("memo")).unwrap();
        assert!(sheet.rows.iter().all(|row| row.excerpt.is_none()) && sheet.notices.is_empty(), "{:?}", sheet.notices);
        let sheet = read(&units, &memo("said")).unwrap();
        assert!(sheet.rows.iter().all(|row| row.excerpt.is_none()));
        assert!(sheet.notices[0].contains("whole participants: the words in `said`"), "{:?}", sheet.notices);
        // Quotes beside some of the participants.
        let some = table(&units, "participant,code,example", &|who, at, said| {
            format!("{who},swaps,{}", if at % 2 == 0 { said } else { "" })
        });
        assert!(read(&units, &some).unwrap().rows.iter().all(|row| row.excerpt.is_none()));
    }

    #[test]
    fn documents_told_by_number_are_known_by_their_words_and_told() {
        let units = units();
        let number = |who: &str| near(who).pop().filter(|part| is_number(part));
        let studies: BTreeSet<&str> = units.iter().map(|unit| unit.study.as_str()).collect();
        let study = studies.into_iter().next().unwrap();
        let own: Vec<UnitRow> =
            units.iter().filter(|unit| unit.study == study && number(&unit.participant).is_some()).cloned().collect();
        assert!(own.len() > 12, "the fixture has names with numbers");
        for header in ["Interview,Quote,Theme", "Interview,What,Theme"] {
            let csv = table(&own, header, &|who, _, said| format!("{},{said},swaps", number(who).unwrap()));
            let sheet = read(&own, &csv).unwrap();
            assert_eq!(placed(&own, &sheet), (12, 12), "{csv}");
            assert!(sheet.notices[0].contains(&format!("as `{}`", sheet.rows[0].id)), "{:?}", sheet.notices);
        }
        // The numbers of other people.
        let other = |who: &str| number(who).and_then(|number| number.parse::<usize>().ok()).unwrap() + 1;
        let csv = table(&own, "Interview,Quote,Theme", &|who, _, said| format!("{},{said},swaps", other(who)));
        let sheet = read(&own, &csv).unwrap();
        assert!(sheet.notices.is_empty() && placed(&own, &sheet).0 == 0, "{:?}", sheet.notices);
    }

    #[test]
    fn of_documents_with_names_like_one_the_words_settle_which() {
        let units = units();
        for name in ["Wave 1 > @", "@ (anon)", "@_final.docx"] {
            let csv = table(&units, "Document,Quote,Theme", &|who, _, said| {
                format!("{},{said},swaps", name.replace('@', who))
            });
            let sheet = read(&units, &csv).unwrap();
            assert_eq!(placed(&units, &sheet), (12, 12), "{csv}");
            assert!(!sheet.notices.is_empty(), "what was read as what is told");
        }
        // Nobody whose name is like theirs said it.
        let csv = table(&units, "Document,Quote,Theme", &|who, _, _| {
            format!("{who} (anon),nobody ever said such a thing here,swaps")
        });
        assert!(read(&units, &csv).is_err() || placed(&units, &read(&units, &csv).unwrap()).0 == 0);
    }

    #[test]
    fn names_are_near_without_marks_and_leading_zeros() {
        assert_eq!(near("Ward_01"), ["ward", "1"]);
        assert_eq!(near("ward 1"), near("WARD-001"));
        assert_ne!(near("ward 11"), near("ward 1 1"));
        assert_eq!(near("0"), Vec::<String>::new());
    }

    #[test]
    fn a_table_without_ids_is_told_what_it_needs() {
        let units = units();
        let hint = |csv: &str| read(&units, csv).unwrap_err().hint().unwrap();
        let told = hint(&table(&units, "Snippet,Code", &|_, _, said| format!("{said},swaps")));
        assert!(told.contains("`Snippet` has words of the interviews") && told.contains("--id-column"), "{told}");
        let told = hint(&table(&units, "Name,Code", &|who, _, _| format!("{who},swaps")));
        assert!(told.contains("`Name` names documents, but no column has words"), "{told}");
        let other = units.iter().find(|unit| unit.participant != units[0].participant).unwrap().participant.clone();
        let first: Vec<UnitRow> = units.iter().filter(|unit| unit.participant != other).cloned().collect();
        let csv = table(&first, "Name,Said,Code", &|_, _, said| format!("{other},{said},swaps"));
        assert!(hint(&csv).contains("most stand in other documents"), "{}", hint(&csv));
        assert!(hint("name,code\np,x\n").contains("no column names files that were analysed"));
        let told = hint(&table(&units, "document,quote,kind", &|who, at, said| {
            format!("{who},{said},{}", if at % 2 == 0 { "swaps" } else { "pay" })
        }));
        assert!(told.contains("that may be `--code-column \"kind\"`"), "{told}");
    }
}

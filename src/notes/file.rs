//! Notes from a table.
//!
//! In: a table (CSV, TSV, XLSX, JSON lines) with notes, and ids or places of passages; then the passages of the
//! interviews. Out: each passage's note. A row that names no passage is counted and told; a note is never given
//! to a passage that it was not written on, and never changed but for white space at its ends.

use std::collections::HashMap;
use std::path::Path;

use super::policy::{SHARED, says_nothing};
use super::{NoteError, NoteSource, Notes, NotesFrom, Passage};
use crate::corpus::named::{Index, Said, Target, UNKNOWN, document_name};
use crate::corpus::{ReadOptions, STUDY, plain, quoted, read_table_that, some};

const NOTE: &[&str] = &["note", "notes", "marginnote", "claim", "statement"];
const UNIT: &[&str] = &["unit", "unitid", "passageid"];
const ID: &[&str] = &["id"];
const DOCUMENT: &[&str] = &["file", "filename", "document", "documentname", "source"];
const PARTICIPANT: &[&str] = &["participant", "participantid", "respondent", "respondentid", "transcript", "interview"];
const RECORD: &[&str] = &["record"];
const START: &[&str] = &["start"];
const END: &[&str] = &["end"];

/// Rows that are not found, of which a message tells.
const TOLD: usize = 3;

const ANSWER_OF_SEVERAL: &str = "an answer of several passages";
const PERSON: &str = "a participant, not a passage";
const NOBODY_THERE: &str = "no passage stands there";

/// A table of notes.
#[derive(Debug)]
pub(crate) struct NotesFile {
    path: String,
    blake3: String,
    rows: Vec<Row>,
    without_content: usize,
}

#[derive(Debug)]
struct Row {
    line: usize,
    place: Place,
    note: String,
}

/// What a note is on.
#[derive(Debug)]
enum Place {
    Id(String),
    /// Code points of a document, or of what a person said in one.
    Stretch {
        file: Option<String>,
        person: Option<String>,
        record: Option<usize>,
        start: usize,
        end: usize,
    },
}

impl Place {
    fn shown(&self) -> String {
        match self {
            Self::Id(id) => id.clone(),
            Self::Stretch { file, person, start, end, .. } => {
                let whose = file.as_ref().or(person.as_ref()).map(String::as_str).unwrap_or_default();
                format!("{whose} {start}–{end}")
            }
        }
    }
}

/// Where a table says what.
struct Columns {
    note: usize,
    unit: Option<usize>,
    stretch: Option<(Option<usize>, Option<usize>, usize, usize)>,
    record: Option<usize>,
    study: Option<usize>,
}

impl Columns {
    fn find(path: &str, header: &[String]) -> Result<Self, NoteError> {
        let titles: Vec<String> = header.iter().map(|title| plain(title)).collect();
        let usual = |names: &[&str]| names.iter().find_map(|name| titles.iter().position(|title| title == name));
        let missing = |what| NoteError::NoColumn { path: path.to_owned(), what, columns: quoted(header) };
        let note = usual(NOTE).ok_or_else(|| missing("notes"))?;
        let whose = (usual(DOCUMENT), usual(PARTICIPANT));
        let stretch = match (whose, usual(START), usual(END)) {
            ((None, None), ..) => None,
            ((file, person), Some(start), Some(end)) => Some((file, person, start, end)),
            _ => None,
        };
        let unit = usual(UNIT).or_else(|| usual(ID).filter(|_| stretch.is_none()));
        if unit.is_none() && stretch.is_none() {
            return Err(missing("ids or positions"));
        }
        Ok(Self { note, unit, stretch, record: usual(RECORD), study: usual(STUDY) })
    }
}

impl NotesFile {
    /// Reads a table of notes. Rows without a note are passed over.
    ///
    /// # Errors
    /// [`NoteError`], with the line where it has one.
    pub(crate) fn read(path: &Path) -> Result<Self, NoteError> {
        // Notes may stand on several sheets.
        let fits = |header: &[String]| Columns::find("", header).is_ok();
        let (source, grid) = read_table_that(path, &ReadOptions::default(), &fits, &|_, _| true)?;
        let columns = Columns::find(&source.path, &grid.header)?;
        let mut file = Self { path: source.path, blake3: source.blake3, rows: Vec::new(), without_content: 0 };
        for (line, cells) in &grid.rows {
            let cell = |column: usize| cells.get(column).map_or("", |cell| cell.trim());
            let note = cell(columns.note);
            // `export --excel` puts an apostrophe before what a spreadsheet would take for a formula.
            let note = note.strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@'])).unwrap_or(note);
            if note.is_empty() {
                continue;
            }
            let place = place(&file.path, *line, &columns, &cell)?;
            if says_nothing(note) {
                file.without_content += 1;
            } else {
                file.rows.push(Row { line: *line, place, note: note.to_owned() });
            }
        }
        if file.rows.is_empty() {
            return Err(NoteError::Empty { path: file.path });
        }
        Ok(file)
    }
}

/// What a row's note is on.
fn place<'c>(path: &str, line: usize, columns: &Columns, cell: &dyn Fn(usize) -> &'c str) -> Result<Place, NoteError> {
    let malformed = |reason: String, hint| NoteError::Row { path: path.to_owned(), line, reason, hint };
    let id = columns.unit.map(cell).filter(|id| !id.is_empty());
    if let Some(id) = id {
        return Ok(Place::Id(id.to_owned()));
    }
    let Some((file, person, start, end)) = columns.stretch else {
        return Err(malformed("a note without the id of its passage".into(), "write the passage's id beside it"));
    };
    // Spreadsheets may write `3.0`.
    let number = |column: usize| {
        let text = cell(column);
        text.strip_suffix(".0").unwrap_or(text).parse::<usize>().ok()
    };
    let filled = |column: Option<usize>| column.map(cell).filter(|text| !text.is_empty()).map(str::to_owned);
    let (file, mut person) = (filled(file), filled(person));
    if let (Some(person), Some(study)) = (&mut person, filled(columns.study)) {
        *person = format!("{study}/{person}");
    }
    let counted = "positions are characters from 0, the end not included, as `leitmotif export --to csv` writes them";
    match (number(start), number(end)) {
        _ if file.is_none() && person.is_none() => {
            Err(malformed("a note without its document or participant".into(), "write the file's name beside it"))
        }
        (Some(start), Some(end)) if start < end => {
            Ok(Place::Stretch { file, person, record: columns.record.and_then(number), start, end })
        }
        _ => Err(malformed(format!("`{}` to `{}` is no stretch of text", cell(start), cell(end)), counted)),
    }
}

/// The passages of the interviews as notes name them.
struct Places<'p> {
    passages: &'p [Passage<'p>],
    index: Index,
    of_answer: HashMap<usize, Vec<usize>>,
}

impl<'p> Places<'p> {
    fn new(passages: &'p [Passage<'p>]) -> Self {
        let said: Vec<Said> = passages.iter().map(|passage| passage.said).collect();
        let mut of_answer: HashMap<usize, Vec<usize>> = HashMap::new();
        said.iter().enumerate().for_each(|(at, said)| of_answer.entry(said.answer).or_default().push(at));
        Self { passages, index: Index::new(&said), of_answer }
    }

    /// The passages that a note is on.
    fn find(&self, place: &Place) -> Result<Vec<usize>, &'static str> {
        match place {
            Place::Id(id) => match self.index.find(id)? {
                Target::Passage(at) => Ok(vec![at]),
                Target::Answer(answer) => match self.of_answer.get(&answer).map(Vec::as_slice) {
                    Some(&[only]) => Ok(vec![only]),
                    _ => Err(ANSWER_OF_SEVERAL),
                },
                Target::Person(_) => Err(PERSON),
            },
            Place::Stretch { file, person, record, start, end } => {
                let person = match person {
                    None => None,
                    Some(name) => match self.index.find(name)? {
                        Target::Person(person) => Some(person),
                        _ => return Err(UNKNOWN),
                    },
                };
                let speakers = file.as_ref().map(|file| self.index.in_document(file)).transpose()?;
                // A table's name is that of many people's words, a transcript's may not be its file's.
                let name = file.as_deref().map(document_name);
                let is_file =
                    |passage: &Passage| name.as_ref().is_none_or(|name| document_name(passage.said.file) == *name);
                let any_file = self.passages.iter().any(is_file);
                let candidates = self.passages.iter().enumerate().filter(|(_, passage)| {
                    let said = &passage.said;
                    person.is_none_or(|person| said.person == person)
                        && speakers.as_ref().is_none_or(|speakers| speakers.contains(&said.person))
                        && (!any_file || is_file(passage))
                        && record.is_none_or(|record| passage.record == Some(record))
                        && shares(passage.start..passage.end, *start..*end)
                });
                let found: Vec<usize> = candidates.map(|(at, _)| at).collect();
                let texts = |at: &usize| {
                    (self.passages[*at].said.file, self.passages[*at].record, self.passages[*at].said.study)
                };
                match found.first() {
                    None => Err(NOBODY_THERE),
                    Some(first) if found.iter().any(|at| texts(at) != texts(first)) => Err("in several documents"),
                    Some(_) => Ok(found),
                }
            }
        }
    }
}

/// Whether two stretches share enough of the shorter of them.
fn shares(one: std::ops::Range<usize>, other: std::ops::Range<usize>) -> bool {
    let shared = one.end.min(other.end).saturating_sub(one.start.max(other.start));
    shared > 0 && SHARED * shared >= one.len().min(other.len())
}

impl NoteSource for NotesFile {
    fn notes(&mut self, passages: &[Passage]) -> Result<Notes, NoteError> {
        let places = Places::new(passages);
        let mut of: Vec<Option<&Row>> = vec![None; passages.len()];
        let mut not_found: Vec<(&Row, &str)> = Vec::new();
        for row in &self.rows {
            let found = match places.find(&row.place) {
                Ok(found) => found,
                Err(reason) => {
                    not_found.push((row, reason));
                    continue;
                }
            };
            for at in found {
                match of[at] {
                    Some(first) if first.note != row.note => {
                        return Err(NoteError::Twice {
                            path: self.path.clone(),
                            unit: passages[at].said.id.to_owned(),
                            first: first.line,
                            second: row.line,
                        });
                    }
                    _ => of[at] = of[at].or(Some(row)),
                }
            }
        }
        if not_found.len() == self.rows.len() {
            let shown: Vec<String> = self.rows.iter().map(|row| row.place.shown()).collect();
            let ids: Vec<&str> = passages.iter().map(|passage| passage.said.id).collect();
            return Err(NoteError::NothingMatches {
                path: self.path.clone(),
                in_file: some(&shown.iter().map(String::as_str).collect::<Vec<_>>()),
                in_interviews: if ids.is_empty() { "none".into() } else { some(&ids) },
            });
        }
        let problem = (!not_found.is_empty()).then(|| {
            let first = not_found.iter().take(TOLD);
            let told: Vec<String> =
                first.map(|(row, why)| format!("line {} `{}` ({why})", row.line, row.place.shown())).collect();
            let more = if not_found.len() > TOLD { ", …" } else { "" };
            let (n, rows) = (not_found.len(), self.rows.len());
            format!("{n} of {rows} notes of {} are on no passage: {}{more}", self.path, told.join(", "))
        });
        Ok(Notes {
            of: of.into_iter().map(|row| row.map(|row| row.note.clone())).collect(),
            failed: Vec::new(),
            without_content: self.without_content,
            from: NotesFrom::File {
                path: self.path.clone(),
                blake3: self.blake3.clone(),
                rows: self.rows.len(),
                not_found: not_found.len(),
            },
            problem,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A table's notes on four passages: `a/p1#1.1` and `.2` in talk.md, `a/p2#1` and `b/p1#1`, a record each.
    fn read_as(name: &str, text: &str) -> Result<Notes, NoteError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let passage = |id, study, participant, file, record, (start, end), (answer, person)| Passage {
            said: Said { id, study, participant, number: 1, file, answer, person },
            record,
            start,
            end,
            text: "words",
            answer: "words",
            at: 0,
            question: String::new(),
            excluded: false,
        };
        let passages = [
            passage("a/p1#1.1", "a", "p1", "in/talk.md", None, (10, 40), (0, 0)),
            passage("a/p1#1.2", "a", "p1", "in/talk.md", None, (41, 90), (0, 0)),
            passage("a/p2#1", "a", "p2", "in/table.csv", Some(1), (0, 50), (1, 1)),
            passage("b/p1#1", "b", "p1", "in/table.csv", Some(2), (0, 50), (2, 2)),
        ];
        NotesFile::read(&path)?.notes(&passages)
    }

    fn read(csv: &str) -> Result<Notes, NoteError> {
        read_as("notes.csv", csv)
    }

    fn of(notes: &Notes) -> Vec<&str> {
        notes.of.iter().map(|note| note.as_deref().unwrap_or("-")).collect()
    }

    #[test]
    fn notes_by_ids_with_and_without_the_study() {
        let notes = read("unit,note\na/p1#1.2, keeps it \np2#1,none\nB/P1#1,\"says \"\"no\"\"\"\na/p1#1.1,\n").unwrap();
        assert_eq!(of(&notes), ["-", "keeps it", "-", "says \"no\""]);
        assert_eq!((notes.without_content, notes.problem), (1, None));
        let notes = read_as("n.tsv", "id\tclaim\np2#1\tx\n").unwrap();
        assert_eq!(of(&notes), ["-", "-", "x", "-"]);
        let lines = "{\"unit\": \"p2#1\", \"note\": \"a \\u00e4\"}\n{\"unit\": \"b/p1#1\", \"note\": null}\n";
        assert_eq!(of(&read_as("n.jsonl", lines).unwrap()), ["-", "-", "a ä", "-"]);
    }

    #[test]
    fn notes_by_places() {
        let notes = read("file,start,end,note\ntalk.md,12,38,x\nTalk,32,95,y\n").unwrap();
        assert_eq!(of(&notes), ["x", "y", "-", "-"], "a stretch is on the passages that it shares enough with");
        let notes = read("participant,study,start,end,note\np1,a,41,90.0,x\n").unwrap();
        assert_eq!(of(&notes), ["-", "x", "-", "-"]);
        let notes = read("file,record,start,end,note\ntable.csv,2,0,50,x\n").unwrap();
        assert_eq!(of(&notes), ["-", "-", "-", "x"]);
        let problem = read("file,start,end,note\ntable.csv,0,50,x\ntalk.md,10,40,y\n").unwrap().problem.unwrap();
        assert!(problem.contains("line 2 `table.csv 0–50` (in several documents)"), "{problem}");
    }

    #[test]
    fn what_is_not_found_is_told_with_its_first_three() {
        let notes = read("unit,note\np2#1,x\nq#1,a\nq#2,b\np1#1.1,c\na/p1#1,d\nb/p1,e\np1,f\n").unwrap();
        assert_eq!(of(&notes), ["c", "-", "x", "-"]);
        let problem = notes.problem.unwrap();
        assert!(problem.starts_with("5 of 7 notes of "), "{problem}");
        assert!(problem.contains("line 3 `q#1` (not in the analysis)") && problem.ends_with(", …"), "{problem}");
        assert!(problem.contains("line 6 `a/p1#1` (an answer of several passages)"), "{problem}");
        assert!(matches!(notes.from, NotesFrom::File { rows: 7, not_found: 5, .. }));
    }

    fn refused(csv: &str, words: &[&str]) {
        let error = read(csv).unwrap_err();
        assert!(error.hint().is_some());
        words.iter().for_each(|word| assert!(error.to_string().contains(word), "no `{word}` in: {error}"));
    }

    #[test]
    fn flaws_have_their_line() {
        refused("unit,text\np2#1,x\n", &["no column with notes", "`text`"]);
        refused("name,note\np2#1,x\n", &["no column with ids or positions", "`name`"]);
        refused("unit,note\np2#1,\n", &["no notes"]);
        refused("unit,note\n,x\n", &["line 2", "without the id"]);
        refused("unit,note\np2#1,x\na/p2#1,y\n", &["a/p2#1", "lines 2 and 3"]);
        refused("unit,note\nq#1,x\n", &["`q#1`", "`a/p1#1.1`"]);
        refused("file,start,end,note\ntalk.md,9,9,x\n", &["line 2", "`9` to `9`"]);
        refused("file,start,end,note\n,9,12,x\n", &["line 2", "without its document"]);
        assert!(read("unit,note\np2#1,x\na/p2#1,x\n").is_ok(), "the same note twice is one");
    }
}

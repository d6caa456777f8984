//! The header of a table, however many rows it takes.
//!
//! In: the first rows. Out: [`Header`]: a title for every column, and how many rows are no data.
//! Programs for surveys write up to three: short names, questions, names of variables, kinds of
//! answers. It never takes a row for a header that could be somebody's answers.

use std::collections::HashSet;

use super::super::super::sentences::words;
use super::super::super::speakers::{Names, ends_in_question_mark};
use super::super::super::{ReadOptions, labels};
use super::super::said::time_of_cell;
use super::super::segments::{NAMED_IN_TEN, name_of};
use super::columns::{column_of_ids, is_numbered, is_question, is_variable};

/// The titles of a table's columns.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Header {
    pub(crate) titles: Vec<String>,
    /// The rows that say something else of the columns.
    pub(super) others: Vec<Vec<String>>,
    /// Rows it takes.
    pub(crate) rows: usize,
    /// The line of the file that it starts on.
    pub(super) line: usize,
}

/// Rows that are looked at for a header; at most three are one.
pub(crate) const HEADER_ROWS: usize = 9;
/// Rows below the first that may be header too.
const MORE_ROWS: usize = 2;
/// Fewer rows show no turns, and fewer words a row no talk.
const TURNS: usize = 4;
const WORDS: usize = 3;
/// Rows of more columns are no turns without a header.
const MOST_COLUMNS: usize = 9;
/// Rows of data that must tell what a column holds.
const TELLING: usize = 2;

impl From<Vec<String>> for Header {
    /// A header of one row.
    fn from(titles: Vec<String>) -> Self {
        Self { titles, others: Vec::new(), rows: 1, line: 1 }
    }
}

impl Header {
    /// Says on which line of the file it starts, when that is not the first.
    pub(crate) fn on_line(self, line: usize) -> Self {
        Self { line, ..self }
    }

    /// Takes a header together with what programs for surveys write below its first row; all rows are
    /// of the same length.
    ///
    /// Qualtrics writes short names, then the questions, then `{"ImportId":"QID1_TEXT"}`. SurveyMonkey
    /// writes the questions, then `Open-Ended Response` or the choices. Unipark and SoSci Survey write
    /// questions, short names and variables, which stand out from numbers in the rows below.
    pub(crate) fn of(first: Vec<String>, below: &[Vec<String>]) -> Self {
        let is_import = |row: &Vec<String>| row.iter().filter(|cell| cell.starts_with("{\"ImportId\"")).count() > 0;
        match below {
            [imports, ..] if is_import(imports) => Self { rows: 2, ..Self::from(first) },
            [questions, imports, ..] if is_import(imports) => {
                let title = |(question, name): (&String, &String)| {
                    if question.trim().is_empty() { name.clone() } else { one_line(question) }
                };
                let titles: Vec<String> = questions.iter().zip(&first).map(title).collect();
                Self { others: vec![first], rows: 3, ..Self::from(titles) }
            }
            [kinds, ..] if are_kinds_of_answers(&first, kinds) => {
                let titles = with_choices(&first, kinds);
                Self { others: vec![first], rows: 2, ..Self::from(titles) }
            }
            [questions, data @ ..] if are_questions_below(&first, questions, data) => {
                let title = |(question, name): (&String, &String)| {
                    if question.trim().is_empty() { name.clone() } else { one_line(question) }
                };
                let titles: Vec<String> = questions.iter().zip(&first).map(title).collect();
                Self { others: vec![first], rows: 2, ..Self::from(titles) }
            }
            _ => match (1..=MORE_ROWS.min(below.len()))
                .rev()
                .find(|&n| are_more_titles(&first, &below[..n], &below[n..]))
            {
                Some(more) => {
                    let rows: Vec<Vec<String>> = std::iter::once(first).chain(below[..more].iter().cloned()).collect();
                    let titles: Vec<String> = (0..rows[0].len()).map(|column| title_among(&rows, column)).collect();
                    Self { others: rows, rows: 1 + more, ..Self::from(titles) }
                }
                None => Self::from(first),
            },
        }
    }

    /// The header of a table that has none: the first row is a turn like those below, whose speakers are few and come
    /// again, or a stretch of a recording. It takes no row.
    pub(crate) fn of_turns(first: &[String], below: &[Vec<String>]) -> Option<Self> {
        let rows: Vec<&[String]> = std::iter::once(first).chain(below.iter().map(Vec::as_slice)).collect();
        if let Some(titles) = segments(&rows) {
            return Some(Self { rows: 0, ..Self::from(titles) });
        }
        // Of three columns the time may stand between who speaks and what is said.
        let is_between = first.len() == 3 && labels::time(first[1].trim()).is_some();
        let (titles, who) = match first.len() {
            2 => (["speaker", "text"].map(str::to_owned).to_vec(), 0),
            3 if is_between => (["speaker", "time", "text"].map(str::to_owned).to_vec(), 0),
            3 => (["time", "speaker", "text"].map(str::to_owned).to_vec(), 1),
            4..=MOST_COLUMNS => timed_turns(&rows)?,
            _ => return None,
        };
        let said = titles.len() - 1;
        let is_turn = |row: &&[String]| {
            let is_timed = || said != 2 || labels::time(row[1 - who].trim()).is_some();
            row.len() == titles.len() && is_speaker(&row[who]) && is_timed()
        };
        let names: HashSet<&str> = rows.iter().filter_map(|row| row.get(who)).map(|name| name.trim()).collect();
        let comes_again = below.iter().any(|row| row.get(who) == first.get(who));
        let changes = rows.windows(2).filter(|pair| pair[0].get(who) != pair[1].get(who)).count();
        let n_words: usize = rows.iter().filter_map(|row| row.get(said)).map(|text| words(text)).sum();
        let are_turns = rows.len() >= TURNS
            && rows.iter().all(is_turn)
            && (2..=rows.len() / 2).contains(&names.len())
            && comes_again
            && changes * 2 >= rows.len()
            && n_words >= WORDS * rows.len()
            && rows.iter().any(|row| ends_in_question_mark(&row[said]));
        are_turns.then(|| Self { rows: 0, ..Self::from(titles) })
    }

    /// Leaves out the columns that have no title.
    pub(crate) fn titled(self) -> Self {
        let kept: Vec<bool> = self.titles.iter().map(|title| !title.is_empty()).collect();
        let titled = |row: Vec<String>| row.into_iter().zip(&kept).filter(|&(_, &kept)| kept).map(|(t, _)| t).collect();
        Self { others: self.others.into_iter().map(&titled).collect(), titles: titled(self.titles), ..self }
    }
}

fn is_speaker(cell: &str) -> bool {
    labels::valid_label(cell.trim().trim_end_matches(':'))
}

/// Seconds, of a clock or as a number.
fn seconds(cell: &str) -> Option<f64> {
    time_of_cell(cell).filter(|seconds| *seconds >= 0.0)
}

/// Titles for rows of the times at which somebody starts and ends, and of words that start with who speaks, as
/// recognisers write them: `2400<tab>6900<tab>[SPEAKER_00]: words`. Where nobody is named, each row starts when the one
/// above has ended.
fn segments(rows: &[&[String]]) -> Option<Vec<String>> {
    let names = Names::default();
    let at = |row: &[String], column: usize| seconds(row.get(column)?);
    let are_timed = rows.iter().all(|row| row.len() == 3 && at(row, 0).is_some() && at(row, 0) <= at(row, 1));
    let are_apart = || rows.windows(2).all(|two| at(two[0], 0) < at(two[1], 0) && at(two[0], 1) <= at(two[1], 1));
    if rows.len() < TURNS || !are_timed || !are_apart() {
        return None;
    }
    let who: Vec<&str> = rows.iter().filter_map(|row| Some(name_of(row[2].trim(), &names)?.0)).collect();
    let distinct: HashSet<&&str> = who.iter().collect();
    let are_turns = who.len() * 10 >= rows.len() * NAMED_IN_TEN && (2..=rows.len() / 2).contains(&distinct.len());
    let n_words: usize = rows.iter().map(|row| words(&row[2])).sum();
    let follow = || rows.windows(2).all(|two| at(two[0], 1) <= at(two[1], 0));
    // `He said: no` names nobody.
    let are_nobodys = || who.len() == distinct.len() && n_words >= WORDS * rows.len() && follow();
    (are_turns || are_nobodys()).then(|| ["start", "end", "text"].map(str::to_owned).to_vec())
}

/// Titles for rows of the time at which a turn starts, that at which it ends, who speaks and what, in this order or
/// with who speaks in front, and the column of who speaks. Two columns of names are a tier's and a person's.
fn timed_turns(rows: &[&[String]]) -> Option<(Vec<String>, usize)> {
    let width = rows.first()?.len();
    if rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let said = width - 1;
    let is_time = |column: &usize| rows.iter().all(|row| seconds(&row[*column]).is_some());
    let start = (0..said).find(is_time)?;
    let end = Some(start + 1).filter(|end| end < &said).filter(is_time)?;
    let at = |row: &[String], column: usize| seconds(&row[column]);
    let never_fall = rows.windows(2).all(|two| at(two[0], start) <= at(two[1], start));
    let come_first = rows.iter().all(|row| at(row, start) <= at(row, end));
    let is_name = |column: &usize| rows.iter().all(|row| is_speaker(&row[*column]));
    let who = (0..said).filter(|column| ![start, end].contains(column)).rfind(is_name)?;
    let mut titles: Vec<String> = (1..=width).map(|column| format!("column {column}")).collect();
    for (column, title) in [(start, "start"), (end, "end"), (who, "speaker"), (said, "text")] {
        titles[column] = title.to_owned();
    }
    (never_fall && come_first).then_some((titles, who))
}

/// Whether rows below the first are titles as well: where every row of data has a number they have
/// words, in two columns or more, and no two of their cells are the same. A row of somebody's answers
/// that lacks its numbers says the same in each such column, or nothing.
fn are_more_titles(first: &[String], titles: &[Vec<String>], data: &[Vec<String>]) -> bool {
    if data.len() < TELLING {
        return false;
    }
    let numbered = |column: &usize| {
        let filled = data.iter().filter(|row| !row[*column].trim().is_empty()).count();
        filled >= TELLING && data.iter().all(|row| row[*column].trim().is_empty() || is_number(&row[*column]))
    };
    let numbers: Vec<usize> = (0..first.len()).filter(numbered).collect();
    let is_title = |row: &Vec<String>| {
        let named = numbers.iter().filter(|&&column| !row[column].trim().is_empty()).count();
        let cells: Vec<String> =
            row.iter().map(|cell| cell.trim().to_lowercase()).filter(|cell| !cell.is_empty()).collect();
        let distinct: HashSet<&String> = cells.iter().collect();
        let like_data =
            data.iter().any(|other| other.iter().zip(row).filter(|(a, b)| !a.is_empty() && a == b).count() > 0);
        named >= TELLING
            && !numbers.iter().any(|&column| is_number(&row[column]))
            && distinct.len() == cells.len()
            && !like_data
    };
    titles.iter().all(is_title)
}

/// Whether the row below short names says in full what was asked: nobody's id stands in it, as one does in each row of
/// data, and a question below each number of one.
fn are_questions_below(first: &[String], questions: &[String], data: &[Vec<String>]) -> bool {
    let Some(id) = column_of_ids(first, &ReadOptions::default()) else { return false };
    let numbered: Vec<usize> = (0..first.len()).filter(|&column| is_numbered(&first[column])).collect();
    questions[id].trim().is_empty()
        && data.len() >= TELLING
        && data.iter().all(|row| !row[id].trim().is_empty())
        && numbered.len() >= TELLING
        && numbered.iter().all(|&column| is_question(&questions[column]))
        && numbered.iter().any(|&column| ends_in_question_mark(&questions[column]))
}

/// Numbers, dates and times.
fn is_number(cell: &str) -> bool {
    let cell = cell.trim();
    cell.bytes().any(|b| b.is_ascii_digit())
        && cell.bytes().all(|b| {
            b.is_ascii_digit() || matches!(b, b'.' | b',' | b':' | b'-' | b'+' | b'/' | b' ' | b'%' | b'T' | b'Z')
        })
}

/// The title of a column among several rows: the one that asks something, else the first; a variable of SoSci Survey
/// stands behind its label.
fn title_among(rows: &[Vec<String>], column: usize) -> String {
    let mut cells = rows.iter().map(|row| one_line(&row[column]));
    let filled: Vec<String> = cells.by_ref().filter(|cell| !cell.is_empty()).collect();
    let asks = filled.iter().find(|cell| is_question(cell));
    let variable = filled.iter().find(|cell| is_variable(cell));
    let label = filled.iter().find(|cell| !is_variable(cell));
    match (asks, variable, label) {
        // What asked nothing by itself is known by its variable.
        (None, Some(variable), Some(label)) => format!("{label} ({variable})"),
        (asks, ..) => asks.or(filled.first()).cloned().unwrap_or_default(),
    }
}

/// What SurveyMonkey writes below a question that is answered in words.
const OPEN_ANSWERS: [&str; 2] = ["Open-Ended Response", "Response"];

/// Whether the row below the questions tells how each was answered: nothing below the columns that
/// are no questions, `Open-Ended Response` below one that is.
fn are_kinds_of_answers(first: &[String], kinds: &[String]) -> bool {
    let is_kind = |kind: &String| OPEN_ANSWERS.contains(&kind.trim());
    kinds.first().is_some_and(|kind| kind.trim().is_empty())
        && first.first().is_some_and(|title| !title.is_empty())
        && kinds.iter().any(is_kind)
}

/// Questions with the choice that a column stands for.
fn with_choices(questions: &[String], kinds: &[String]) -> Vec<String> {
    let mut asked = String::new();
    let mut titles = Vec::with_capacity(questions.len());
    for (question, kind) in questions.iter().zip(kinds) {
        let kind = kind.trim();
        if !question.is_empty() {
            asked = one_line(question);
        }
        titles.push(match (question.is_empty(), kind) {
            (true, "") => String::new(),
            (_, kind) if kind.is_empty() || OPEN_ANSWERS.contains(&kind) => asked.clone(),
            (_, choice) => format!("{asked} – {choice}"),
        });
    }
    titles
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

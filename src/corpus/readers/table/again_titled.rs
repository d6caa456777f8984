//! Columns that have one title between them: `Rate the food`, `Comment`, `Rate the room`, `Comment`.
//!
//! In: the titles of a table, and its rows. Out: the titles, of which one for comments that comes again says what it
//! stands beside; and which columns are not read though another of the same title is, where they hold something else. It
//! changes no other title, and none where a name would stand for two columns all the same.

use std::collections::{HashMap, HashSet};

use super::super::super::error::first_of;
use super::columns::{Columns, asks_for, plain};
use super::titles::COMMENTS;

/// The titles, of which those for comments say what they comment on.
pub(super) fn told_apart(header: Vec<String>) -> Vec<String> {
    let of_comments: Vec<usize> = (0..header.len()).filter(|&at| is_comment(&header[at])).collect();
    let Some(&first) = of_comments.first().filter(|_| of_comments.len() > 1) else { return header };
    if first == 0 || of_comments.windows(2).any(|two| two[1] - two[0] < 2) {
        return header;
    }
    let titles: Vec<String> =
        of_comments.iter().map(|&at| format!("{} – {}", header[at - 1], without_number(&header[at]))).collect();
    let distinct: HashSet<&String> = titles.iter().collect();
    if distinct.len() < titles.len() || !titles.iter().all(|title| asks_for(title)) {
        return header;
    }
    let mut header = header;
    for (at, title) in of_comments.into_iter().zip(titles) {
        header[at] = title;
    }
    header
}

fn is_comment(title: &str) -> bool {
    COMMENTS.contains(&plain(without_number(title)).as_str())
}

/// A title without the number by which programs tell it from others: `Comment.1`.
fn without_number(title: &str) -> &str {
    let bare = title.trim_end_matches(|c: char| c.is_ascii_digit());
    bare.strip_suffix('.').unwrap_or(title)
}

/// Columns named in a warning.
const NAMED: usize = 10;

/// Columns that are read, each with another of its title that is not.
#[derive(Default)]
pub(super) struct Twins(Vec<Twin>);

struct Twin {
    title: String,
    read: usize,
    other: usize,
    /// A cell holds something that the column which is read does not hold in its row.
    differs: bool,
}

impl Twins {
    pub(super) fn of(header: &[String], columns: &Columns) -> Self {
        // Tables have thousands of columns: each is looked at once.
        let mut read_first: HashMap<String, usize> = HashMap::new();
        columns.all().for_each(|at| {
            read_first.entry(plain(&header[at])).or_insert(at);
        });
        let taken: HashSet<usize> = columns.all().collect();
        let twin = |other: usize| {
            let title = plain(&header[other]);
            let read = *read_first.get(&title).filter(|_| !title.is_empty())?;
            Some(Twin { title: header[read].clone(), read, other, differs: false })
        };
        Self((0..header.len()).filter(|at| !taken.contains(at)).filter_map(twin).collect())
    }

    pub(super) fn push(&mut self, cells: &[&str]) {
        let cell = |at: usize| cells.get(at).copied().unwrap_or_default().trim();
        for twin in &mut self.0 {
            twin.differs |= !cell(twin.other).is_empty() && cell(twin.other) != cell(twin.read);
        }
    }

    /// Which columns hold something that is not read.
    pub(super) fn told(&self, path: &str) -> Option<String> {
        let differing: Vec<&Twin> = self.0.iter().filter(|twin| twin.differs).collect();
        let named =
            |twin: &&Twin| format!("`{}` (column {}; column {} is read)", twin.title, twin.other + 1, twin.read + 1);
        let several = if differing.len() == 1 {
            "a column that has its title from another is"
        } else {
            "columns that have their titles from others are"
        };
        (!differing.is_empty()).then(|| {
            let names = first_of(differing.iter().map(named), NAMED);
            format!("`{path}`: {several} not read: {names}; give each a title of its own")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Corpus, CorpusError, ReadOptions, read_bytes};

    fn read(csv: &str, options: &ReadOptions) -> Result<Corpus, CorpusError> {
        read_bytes("d.csv", csv.as_bytes().to_vec(), options)
    }

    const TWICE: &str = "id,answer,answer\n1,I like the first thing here,I hate the second thing\n\
                         2,I love it so much really,I cannot stand the noise\n";

    #[test]
    fn a_second_column_of_one_title_is_told_by_name_and_place() {
        let told = "`d.csv`: a column that has its title from another is not read: `answer` (column 3; column 2 is read); give \
                    each a title of its own";
        let corpus = read(TWICE, &ReadOptions::default()).unwrap();
        assert!(corpus.warnings.iter().any(|warning| warning == told), "{:?}", corpus.warnings);
        let turns = "Speaker,Text,text\nInterviewer,Why do you keep bees?,Warum?\nParticipant,For the honey of course,Honig\n\
                     Interviewer,Since when is that?,Seit wann?\nParticipant,Since I was a child,Immer\n";
        let corpus = read(turns, &ReadOptions::default()).unwrap();
        assert!(corpus.warnings.concat().contains("`Text` (column 3; column 2 is read)"), "{:?}", corpus.warnings);
    }

    #[test]
    fn columns_of_one_title_that_are_read_or_hold_the_same_are_none_of_these() {
        let same = TWICE
            .replace("I hate the second thing", "I like the first thing here")
            .replace("I cannot stand the noise", "");
        let survey = "id,Why do you keep bees?,Why do you keep bees?\n1,For the honey of course,I like them a lot\n\
                      2,My father did that too,They are good company\n";
        let unread = "id,answer,x,x\n1,I like the first thing here,a,b\n2,I love it so much really,b,c\n";
        for csv in [&*same, survey, unread] {
            let corpus = read(csv, &ReadOptions::default()).unwrap();
            assert!(!corpus.warnings.concat().contains("title from another"), "{csv}: {:?}", corpus.warnings);
        }
    }

    #[test]
    fn a_title_of_two_columns_names_no_column_of_text() {
        let named = |csv: &str, title: &str| {
            read(csv, &ReadOptions { text_columns: vec![title.to_owned()], ..ReadOptions::default() })
        };
        for csv in [TWICE.to_owned(), TWICE.replace("answer,answer", "ANSWER,Answer"), TWICE.replace("answer", "xyz")] {
            let title = if csv.contains("xyz") { "xyz" } else { "answer" };
            let error = named(&csv, title).unwrap_err();
            let told = format!("`{title}` (from `--text-column`) is the title of several columns of `d.csv`: 2, 3");
            assert!(error.to_string().contains(&told), "{error}");
        }
        let corpus = named(&TWICE.replace("answer,answer", "answer,Answer"), "Answer").unwrap();
        assert!(corpus.answers.iter().any(|answer| corpus.turn_of(answer).text.starts_with("I hate")));
    }

    fn titles(header: &str) -> String {
        told_apart(header.split('|').map(str::to_owned).collect()).join("|")
    }

    #[test]
    fn comments_are_called_after_what_they_are_on() {
        let told = "id|Rate the new hall (1-5)|Rate the new hall (1-5) – Comment|Why a boat?|Why a boat? – Comment";
        assert_eq!(titles("id|Rate the new hall (1-5)|Comment|Why a boat?|Comment"), told);
        assert_eq!(titles("id|Rate the new hall (1-5)|Comment|Why a boat?|Comment.1"), told);
    }

    #[test]
    fn one_title_for_comments_and_others_stay_as_they_are() {
        for header in
            ["id|Why a boat?|Comment", "Comment|Why a boat?|Comment", "id|Why?|Comment|Comment", "id|Text|a|Text"]
        {
            assert_eq!(titles(header), header);
        }
        assert_eq!(titles("id|Hall|Comment|Boat|Comment"), "id|Hall|Comment|Boat|Comment", "nothing asks");
    }
}

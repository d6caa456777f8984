//! Tables of a Word document in which a column says who speaks.
//!
//! In: the rows of a table. Out: which columns hold the speaker, the words and the time, or that it
//! is no such table. It never looks at who asks and who answers.

use std::collections::{HashMap, HashSet};

use super::super::super::labels;
use super::super::super::nobody;
use super::super::super::people::names_people;
use super::super::super::speakers::{Names, key};
use super::super::table::{self, plain};
use super::body::{Row, words};
use super::margin::{self, usual_width};

/// Which column holds what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    pub(crate) speaker: usize,
    pub(crate) words: usize,
    pub(crate) time: Option<usize>,
    /// Whether the first row is a header.
    pub(crate) has_header: bool,
    /// Cells of a full row.
    pub(crate) n: usize,
}

/// The most columns: number, time, speaker, words. Where their titles say what they are, notes may stand beside.
const MAX_COLUMNS: usize = 4;
const MAX_TITLED: usize = 6;
/// Words of a title, at most.
const TITLE_WORDS: usize = 4;
const SPEAKER: &[&str] = &[
    "speaker",
    "speakers",
    "speaker name",
    "name",
    "who",
    "role",
    "participant",
    "person",
    "person speaking",
    "nom",
    "nombre",
    "persona",
];
const WORDS: &[&str] = &[
    "text",
    "transcript",
    "transcription",
    "words",
    "utterance",
    "content",
    "dialogue",
    "dialog",
    "statement",
    "speech",
    "conversation",
    "what was said",
    "original",
    "original text",
    "original language",
    "verbatim",
];
/// What titles of translations hold: never the words where others stand beside them.
const TRANSLATION: &[&str] = &[
    "translation",
    "translated",
    "übersetzung",
    "traduction",
    "traducción",
    "traduzione",
    "vertaling",
    "tradução",
    "tłumaczenie",
    "översättning",
    "oversættelse",
    "oversettelse",
];

/// Finds the columns of a table of turns: by their titles, else the first one of labels with words
/// on its right.
pub(crate) fn columns(rows: &[Row], names: &Names) -> Option<Columns> {
    let n = usual_width(rows, MAX_TITLED)?;
    // What stands beside a transcript is no talk of its own.
    if margin::titled(rows, n).is_some() {
        return None;
    }
    let full: Vec<Vec<String>> =
        rows.iter().filter(|row| row.len() == n).map(|row| row.iter().map(|cell| words(cell)).collect()).collect();
    let header: Vec<String> = full.first()?.iter().map(|title| key(title.trim_end_matches(':'))).collect();
    // Titles of columns that hold the same in other tables are known there.
    let titled = |titles: &[&str], others: &[&str]| {
        let known = |title: &String| titles.contains(&title.as_str()) || others.contains(&plain(title).as_str());
        header.iter().position(known)
    };
    let speakers = titled(SPEAKER, table::SPEAKER_TITLES);
    let named = speakers.zip(titled(WORDS, table::TEXT_TITLES)).filter(|(speaker, words)| speaker != words);
    if n > MAX_COLUMNS && !named.is_some_and(|(_, words)| WORDS.contains(&header[words].as_str())) {
        return None;
    }
    // A title of the speakers, or of the words, tells the header, whatever the other columns are called.
    let titled_alone = speakers.filter(|&column| named.is_none() && is_header_of(&full, column, names));
    let of_words = titled(WORDS, table::TEXT_TITLES).filter(|_| speakers.is_none());
    let words_alone =
        of_words.filter(|&words| (0..n).all(|column| column == words || is_header_of(&full, column, names)));
    let has_header = named.is_some() || titled_alone.is_some() || words_alone.is_some();
    let below = &full[usize::from(has_header)..];
    if below.is_empty() {
        return None;
    }
    let time = (0..n).find(|&column| is_time_column(below, column));
    if let Some((speaker, words)) = named {
        return Some(Columns { speaker, words, time: time.filter(|&t| t != speaker && t != words), has_header, n });
    }
    let free = |column: usize| Some(column) != time;
    let is_speaker = |&column: &usize| free(column) && is_speaker_column(below, column, names);
    let speaker = titled_alone.filter(is_speaker).or_else(|| (0..n).find(is_speaker))?;
    let length = |column: usize| below.iter().map(|row| row[column].len()).sum::<usize>();
    let is_translation = |c: usize| has_header && TRANSLATION.iter().any(|word| header[c].contains(word));
    let longest = |c: &usize| (!is_translation(*c), length(*c), n - c);
    let words = (speaker + 1..n).filter(|&column| free(column)).max_by_key(longest)?;
    // `Interviewer | Ann Hall` and `Participant | Tom Reed` is a header and no talk.
    let labels: HashSet<String> = below.iter().map(|row| key(&row[speaker])).collect();
    let is_header = labels.len() == below.len() && below.iter().all(|row| names_people(&row[words]));
    (length(words) > length(speaker) && !is_header).then_some(Columns { speaker, words, time, has_header, n })
}

/// Whether the first row is a header by the title of one column, which is nobody's label: all cells are short and no
/// sentences, and no row below has the same.
fn is_header_of(full: &[Vec<String>], column: usize, names: &Names) -> bool {
    let title = key(&full[0][column]);
    let is_short = |cell: &String| {
        cell.split_whitespace().count() <= TITLE_WORDS && !cell.ends_with(['.', '!', '?', '…']) && !cell.contains('\n')
    };
    names.by_name(&title).is_none()
        && full[0].iter().all(is_short)
        && full[1..].iter().all(|row| key(&speaker(&row[column]).0) != title)
}

/// The titles, or the numbers, of the other columns with words.
pub(crate) fn left_out(rows: &[Row], columns: Columns) -> Vec<String> {
    let mut full = rows.iter().filter(|row| row.len() == columns.n);
    let header = if columns.has_header { full.next() } else { None };
    let full: Vec<&Row> = full.collect();
    let is_other = |column: &usize| ![columns.speaker, columns.words].contains(column) && Some(*column) != columns.time;
    let has_words = |column: &usize| full.iter().any(|row| words(&row[*column]).contains(char::is_alphabetic));
    let title = |column: usize| {
        let title = header.map(|row| words(&row[column])).filter(|title| !title.is_empty());
        title.map_or_else(|| format!("column {}", column + 1), |title| format!("`{title}`"))
    };
    (0..columns.n).filter(is_other).filter(has_words).map(title).collect()
}

/// The first time in a cell such as `00:12:03`, `[0:03]`, `00:03 - 00:07`.
pub(crate) fn time(cell: &str) -> Option<f64> {
    labels::time(cell.split_whitespace().next()?.trim_matches(['[', ']', '(', ')', '-', '–']))
}

fn is_time_column(rows: &[Vec<String>], column: usize) -> bool {
    let filled = || rows.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty());
    filled().next().is_some() && filled().all(|cell| cell.len() < 40 && time(cell).is_some())
}

/// The same as in the cell above.
const DITTO: [&str; 7] = ["\"", "″", "〃", "''", "“", "”", "„"];

/// The label in a speaker's cell, and the time where it stands there too; none for a sign that repeats the one above.
pub(crate) fn speaker(cell: &str) -> (String, Option<f64>) {
    let cell = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    if DITTO.contains(&cell.as_str()) {
        return (String::new(), None);
    }
    let (label, seconds) = labels::split_time(&cell);
    (label.trim().trim_matches(['[', ']']).trim_end_matches([':', '：']).trim().to_owned(), seconds)
}

/// Whether a cell that is no label says that nobody knows who spoke: `???`, `-`, `…`, `(inaudible)`.
fn names_nobody(label: &str, key: &str) -> bool {
    let is_sign = !label.is_empty() && !label.contains(char::is_alphanumeric);
    is_sign || nobody::is_nobody(key) || nobody::is_hardly_called(key)
}

/// Short labels of two people or more, one of which comes again or is known; cells that name nobody may stand between.
fn is_speaker_column(rows: &[Vec<String>], column: usize, names: &Names) -> bool {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for cell in rows.iter().map(|row| row[column].as_str()).filter(|cell| !cell.is_empty()) {
        let (label, _) = speaker(cell);
        if label.is_empty() {
            continue;
        }
        let key = key(&label);
        if !labels::valid_label(&label) && !names.is_given(&key) {
            if names_nobody(&label, &key) {
                continue;
            }
            return false;
        }
        *counts.entry(key).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let recurs = counts.values().any(|&count| count > 1) && counts.len() * 2 <= all.max(4);
    let known = counts.keys().all(|key| names.is_known(key));
    counts.len() > 1 && all * 2 >= rows.len() && (recurs || known)
}

#[cfg(test)]
mod tests {
    use super::super::body::Paragraph;
    use super::*;

    fn found(rows: &[&[&str]]) -> Option<Columns> {
        let cell = |text: &&str| vec![Paragraph { text: (*text).to_owned(), ..Paragraph::default() }];
        let rows: Vec<Row> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        columns(&rows, &Names::default())
    }

    #[test]
    fn a_table_of_people_is_no_talk() {
        let rows: [&[&str]; 2] = [&["Interviewer", "Jon Moss"], &["Participant", "Ida Lund (ward 7)"]];
        assert_eq!(found(&rows), None);
        let rows: [&[&str]; 2] = [&["Interviewer", "Why is that so?"], &["Participant", "So it is."]];
        assert!(found(&rows).is_some());
    }

    #[test]
    fn speaker_columns_are_found() {
        let rows: [&[&str]; 4] = [
            &["Tom", "What makes a night hard?"],
            &["Maria", "Being two people short."],
            &["Tom:", "And what would help?"],
            &["Maria", "Someone at the door."],
        ];
        let columns = |speaker, words, time, has_header, n| Some(Columns { speaker, words, time, has_header, n });
        assert_eq!(found(&rows), columns(0, 1, None, false, 2));
        let rows: [&[&str]; 3] = [
            &["Time", "Speaker", "Text"],
            &["00:00:04", "Tom Reyes", "What makes a night hard?"],
            &["00:00:11", "Maria Keller", "Much."],
        ];
        assert_eq!(found(&rows), columns(1, 2, Some(0), true, 3));
        let rows: [&[&str]; 3] =
            [&["Tables of"], &["1", "I", "Why is a night hard?"], &["2", "P", "We are two people short."]];
        assert_eq!(found(&rows), columns(1, 2, None, false, 3));
    }

    #[test]
    fn a_title_of_the_speakers_heads_columns_of_other_names() {
        let rows: [&[&str]; 5] = [
            &["Speaker", "German", "English translation"],
            &["Tom", "Warum war das so?", "Why was that so, and how?"],
            &["Maria", "Es regnete.", "It rained, all day long."],
            &["Tom", "Und dann?", "And then, what was it?"],
            &["Maria", "Wir gingen.", "We left, all of us."],
        ];
        let columns = Columns { speaker: 0, words: 1, time: None, has_header: true, n: 3 };
        assert_eq!(found(&rows), Some(columns));
        let cell = |text: &&str| vec![Paragraph { text: (*text).to_owned(), ..Paragraph::default() }];
        let table: Vec<Row> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
        assert_eq!(left_out(&table, columns), ["`English translation`"]);
        // The title of the words tells the header, too; a label that comes again is none.
        let rows: [&[&str]; 5] = [
            &["Tape times", "Officer or suspect", "Text"],
            &["00.10", "PC HALE", "Where were you that night?"],
            &["", "ROSS", "At home, all night long."],
            &["01.10", "PC HALE", "Who saw you there?"],
            &["", "ROSS", "My mother did, and the cat."],
        ];
        assert!(found(&rows).is_some_and(|columns| columns.has_header && columns.speaker == 1));
        // Labels that are titles elsewhere head nothing.
        let rows: [&[&str]; 4] = [
            &["Participant", "Shall we begin?"],
            &["Interviewer", "We shall."],
            &["Who", "I go on."],
            &["Interviewer", "You do."],
        ];
        assert!(!found(&rows).is_some_and(|columns| columns.has_header));
        let table: Vec<Row> =
            [["Tom", "Why?", "3"], ["Maria", "So.", ""]].map(|row| row.iter().map(cell).collect()).to_vec();
        let columns = Columns { speaker: 0, words: 1, time: None, has_header: false, n: 3 };
        assert_eq!(left_out(&table, columns), [""; 0], "numbers are no words");
    }

    #[test]
    fn cells_that_name_nobody_stand_among_labels() {
        let with = |cell: &'static str| {
            let talk: [&[&str]; 5] = [
                &["Tom", "What makes a night hard?"],
                &["Maria", "Being two people short."],
                &[cell, "No, the other one over there."],
                &["Tom", "And what would help?"],
                &["Maria", "Someone at the door."],
            ];
            found(&talk).map(|columns| columns.speaker)
        };
        for cell in ["???", "?", "-", "…", "(inaudible)", "(noise)"] {
            assert_eq!(with(cell), Some(0), "{cell}");
        }
        for cell in ["• one", "Why is it so, and who was there then?"] {
            assert_eq!(with(cell), None, "{cell}");
        }
        // Points of a list are nobody's turns.
        assert_eq!(found(&[&["-", "Bring soup to the ward."], &["-", "Wear socks."], &["-", "Never promise."]]), None);
    }

    #[test]
    fn other_tables_are_none() {
        assert_eq!(found(&[&["Age", "34"], &["Ward", "Night shift, surgery"], &["Date", "3 May"]]), None);
        assert_eq!(found(&[&["Interviewer: why?"], &["Maria: so."]]), None);
        assert_eq!(found(&[&["What is it?", "Yes"], &["How is it?", "No"], &["So?", "Yes"]]), None);
        assert_eq!(found(&[]), None);
        assert_eq!(found(&[&[], &[]]), None);
    }

    #[test]
    fn labels_may_hold_the_time() {
        assert_eq!(speaker("Maria\nKeller:\n00:11"), ("Maria Keller".to_owned(), Some(11.0)));
        assert_eq!(speaker("[Maria]"), ("Maria".to_owned(), None));
    }
}

//! Columns that stand beside one for who asks and one for who answers.
//!
//! In: the rows of a [`Table`] with such columns. Out: the same without dates, places, topics and notes, which nobody
//! says; what was left out is told, and a date or a place that changes is doubtful. Comments of the researcher's beside
//! two columns of words are such notes, and answers beside two columns of names; an `interview` beside them is its id,
//! and an id that numbers the rows is none. It never leaves out a column that may be called after somebody.

use std::collections::HashSet;
use std::sync::Arc;

use super::super::super::error::some;
use super::super::super::model::Role;
use super::super::super::speakers::key;
use super::Table;
use super::answered::is_open;
use super::columns::plain;
use super::part_titles::{OF_INTERVIEWS, asks_by_title, is_beside, part_of};
use super::row::{Row, hash_of};
use super::titles::{ANYBODYS, COMMENTS, ID};
use super::turns;

impl Table<'_> {
    /// A column for each speaker, called after them.
    pub(super) fn speaker_a_column(&mut self, mut rows: Vec<Row>) {
        self.settle_numbers(&mut rows);
        let left_out = self.leave_out_beside(&mut rows);
        let columns = self.columns.texts.clone();
        let speakers: Vec<Arc<str>> = columns.iter().map(|&column| Arc::clone(&self.header[column])).collect();
        let titles: Vec<&str> = speakers.iter().map(|speaker| &**speaker).collect();
        if !turns::are_columns_of_speakers(&rows, &titles, self.names) {
            return self.fail_without_words();
        }
        if turns::is_asked(&rows, &titles, self.names) {
            let of_names = || titles.iter().filter(|title| !self.names.is_known(&key(part_of(title))));
            let told = format!(
                "columns {} were taken for what those say whom `{}` beside them asks; if they hold something else, leave \
                 them out",
                some(&of_names().copied().collect::<Vec<_>>()),
                titles.iter().find(|title| self.names.is_known(&key(part_of(title)))).copied().unwrap_or_default()
            );
            self.warn(told.replacen("columns", if of_names().count() == 1 { "column" } else { "columns" }, 1));
        }
        self.lay_out("one speaker a column", &[("transcripts", self.columns.id)]);
        self.reading.add_to_layout(left_out);
        self.mark_missing_turns(&mut rows);
        self.grouped(rows, None, |table, row| {
            let (number, line) = (row.number, row.line);
            let cells = row.texts.into_iter().zip(columns.iter().zip(&speakers));
            cells
                .filter_map(|(field, (&column, speaker))| table.whole_cell(number, line, column, field, speaker))
                .collect()
        });
    }

    /// Reads also who asks and who answers where the only other words are comments, or may be ids, so that the cells
    /// can tell whose words they are.
    pub(super) fn watch_parts(&mut self, parts: Option<[usize; 2]>) {
        let columns = &mut self.columns;
        let [only] = columns.texts[..] else { return };
        let title = plain(&self.header[only]);
        let is_watched = [COMMENTS, ID].iter().any(|titles| titles.contains(&title.as_str()));
        let is_alone = !columns.is_survey && columns.question.or(columns.speaker).is_none();
        self.parts = parts.filter(|parts| is_watched && is_alone && !parts.contains(&only));
        columns.texts.extend(self.parts.into_iter().flatten());
    }

    /// Settles whose words are read: of who asks and who answers, if both columns hold words, or else the comments.
    /// What holds an interview's words in other tables is its id then.
    pub(super) fn settle_parts(&mut self, rows: &mut [Row]) -> bool {
        let Some(parts) = self.parts.take() else { return false };
        let may_be_ids = ID.contains(&plain(&self.header[self.columns.texts[0]]).as_str());
        let speak = is_open(rows, 1) && is_open(rows, 2) && !(may_be_ids && is_open(rows, 0));
        if speak && may_be_ids {
            self.take_ids_of_parts(rows, parts);
            return true;
        }
        if speak {
            rows.iter_mut().for_each(|row| row.id = None);
            self.columns.are_speakers = true;
            (self.columns.id, self.columns.names) = (None, None);
        }
        let texts = if speak { vec![parts[0], parts[1], self.columns.texts[0]] } else { vec![self.columns.texts[0]] };
        for row in rows {
            row.texts.change(|texts| if speak { texts.rotate_left(1) } else { texts.truncate(1) });
        }
        self.columns.texts = texts;
        speak
    }

    /// Reads the first column as ids, and the others as who asks and who answers.
    fn take_ids_of_parts(&mut self, rows: &mut [Row], parts: [usize; 2]) {
        for row in rows {
            row.id = Some(row.text().text.trim()).filter(|id| !id.is_empty()).map(Arc::from);
            row.texts.change(|texts| drop(texts.remove(0)));
        }
        let columns = &mut self.columns;
        (columns.id, columns.names, columns.are_speakers) = (Some(columns.texts[0]), None, true);
        columns.texts = parts.to_vec();
    }

    /// Takes ids out that number the rows of one interview: bare numbers, no two alike, beside questions that hardly
    /// ever come again.
    pub(super) fn settle_numbers(&mut self, rows: &mut [Row]) {
        let is_anybodys = |id: &usize| ANYBODYS.contains(&plain(&self.header[*id]).as_str());
        let Some(id) = self.columns.id.filter(is_anybodys) else { return };
        let is_asking = |column: &usize| self.names.by_name(&key(&self.header[*column])) == Some(Role::Interviewer);
        let Some(asking) = self.columns.texts.iter().position(is_asking) else { return };
        let mut seen = HashSet::new();
        let is_number = |id: &str| id.bytes().all(|b| b.is_ascii_digit());
        let is_new = |row: &Row| row.id.as_deref().is_some_and(|id| is_number(id) && seen.insert(hash_of(id)));
        let said = |row: &&Row| row.texts.iter().any(|field| !field.is_empty());
        let number_rows = rows.iter().filter(said).all(is_new);
        let asked = || rows.iter().map(|row| row.texts[asking].text.trim()).filter(|text| !text.is_empty());
        if !number_rows || n_values(rows, asking) * 2 <= asked().count() {
            return;
        }
        self.warn(format!(
            "column `{0}` has another number in every row and was taken for that of the row, so all rows are one \
             interview; call it `transcript_id` where each row is another one",
            self.header[id]
        ));
        rows.iter_mut().for_each(|row| row.id = None);
        self.columns.id = None;
    }

    /// Takes the columns out in which nobody speaks, beside those of who asks and who answers; returns what is told of
    /// them.
    pub(super) fn leave_out_beside(&mut self, rows: &mut [Row]) -> Vec<String> {
        let role = |column: usize| self.names.by_name(&key(part_of(&self.header[column])));
        let roles: Vec<Option<Role>> = self.columns.texts.iter().map(|&column| role(column)).collect();
        let titles: Vec<&str> = self.columns.texts.iter().map(|&column| &*self.header[column]).collect();
        let mut told = Vec::new();
        let has_both = roles.contains(&Some(Role::Interviewer)) && roles.contains(&Some(Role::Participant));
        if !has_both && asks_by_title(&titles, self.names).is_none() {
            return told;
        }
        for at in (0..roles.len()).rev() {
            let title = Arc::clone(&self.header[self.columns.texts[at]]);
            let is_part = matches!(roles[at], Some(Role::Interviewer | Role::Participant));
            if is_part || !is_beside(&plain(&title)) {
                continue;
            }
            let n = n_values(rows, at);
            if n > 1 && self.columns.id.is_none() && OF_INTERVIEWS.contains(&plain(&title).as_str()) {
                self.warn(format!(
                    "column `{title}` holds {n} values beside the speakers, and all rows were taken for one interview; \
                     divide the table where they are several"
                ));
            }
            rows.iter_mut().for_each(|row| row.texts.change(|texts| drop(texts.remove(at))));
            self.columns.texts.remove(at);
            told.insert(0, format!("`{title}` left out"));
        }
        told
    }
}

/// How many different values a column has.
fn n_values(rows: &[Row], at: usize) -> usize {
    let values = rows.iter().map(|row| row.texts[at].text.trim()).filter(|value| !value.is_empty());
    values.collect::<HashSet<&str>>().len()
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, CorpusError, ReadOptions, read_bytes};

    const TALK: [[&str; 2]; 4] = [
        ["How did you come to bees?", "My uncle had two hives and needed somebody."],
        ["Who taught you to keep them?", "He did and later on a book from the library."],
        ["What was the worst winter?", "The one in which all of them died."],
        ["And what came after that?", "We bought new ones and began again."],
    ];

    fn read(header: &str, row: impl Fn(usize, [&str; 2]) -> String) -> Result<Corpus, CorpusError> {
        let rows: String = TALK.into_iter().enumerate().map(|(n, turns)| row(n, turns) + "\n").collect();
        read_bytes("ann.csv", format!("{header}\n{rows}").into_bytes(), &ReadOptions::default())
    }

    /// The number of transcripts, of those who speak and of answers.
    fn counts(corpus: &Corpus) -> [usize; 3] {
        let speakers = corpus.transcripts.iter().map(|of| of.speakers.len()).sum();
        [corpus.transcripts.len(), speakers, corpus.answers.len()]
    }

    #[test]
    fn what_nobody_says_may_stand_beside_who_asks_and_who_answers() {
        for title in ["Date", "Site", "Topic", "Notes", "Code", "Comment", "Comments", "Thema", "Lieu", "Memo"] {
            for header in [format!("{title},Interviewer,Participant"), format!("Interviewer,Participant,{title}")] {
                let row = |_: usize, [q, a]: [&str; 2]| {
                    if header.starts_with("Int") { format!("{q},{a},Hull") } else { format!("Hull,{q},{a}") }
                };
                let corpus = read(&header, row).unwrap();
                assert_eq!(counts(&corpus), [1, 2, 4], "{header}");
                let layout = corpus.sources[0].layout.as_deref().unwrap_or_default();
                assert!(layout.ends_with(&format!("`{title}` left out")), "{layout}");
                assert!(!corpus.warnings.iter().any(|of| of.contains(title)), "{header}: {:?}", corpus.warnings);
            }
        }
        let row = |n: usize, [q, a]: [&str; 2]| format!("{q},{a},{}", if n == 1 { "check the tape" } else { "" });
        assert_eq!(counts(&read("Interviewer,Participant,Comments", row).unwrap()), [1, 2, 4]);
        let row = |n: usize, [q, a]: [&str; 2]| format!("3 May,{n},{q},{a},home");
        assert_eq!(counts(&read("Date,No,Interviewer,Participant,Topic", row).unwrap()), [1, 2, 4]);
    }

    #[test]
    fn a_date_that_changes_may_be_another_interview() {
        let row = |n: usize, [q, a]: [&str; 2]| format!("{} May,{q},{a}", 3 + n / 2);
        let corpus = read("Date,Interviewer,Participant", row).unwrap();
        assert_eq!(counts(&corpus), [1, 2, 4]);
        assert!(corpus.warnings.iter().any(|warning| warning.contains("column `Date` holds 2 values")));
    }

    #[test]
    fn ids_beside_who_asks_and_who_answers_tell_interviews_apart() {
        let titles = ["id", "transcript_id", "file", "session", "interview", "Interview", "transcript", "interview no"];
        for header in titles.map(|title| format!("{title},Interviewer,Participant")) {
            let corpus = read(&header, |n, [q, a]| format!("talk{},{q},{a}", n / 2)).unwrap();
            assert_eq!(counts(&corpus), [2, 4, 4], "{header}");
            // Each who speaks may have a row of their own.
            let corpus = read(&header, |n, [q, a]| format!("talk{0},{q},\ntalk{0},,{a}", n / 2)).unwrap();
            assert_eq!(counts(&corpus), [2, 4, 4], "{header}");
            assert!(!corpus.warnings.concat().contains("no speaker labels"), "{:?}", corpus.warnings);
        }
        let corpus = read("id,Q,A", |n, [q, a]| format!("{},{q},{a}", n / 2)).unwrap();
        assert_eq!(counts(&corpus), [2, 4, 4]);
        let corpus = read("id,Moderator,P1,P2", |n, [q, a]| format!("t{0},{q},{a},\nt{0},,,I was away then.", n / 2));
        assert_eq!(counts(&corpus.unwrap())[..2], [2, 6]);
        let corpus =
            read("id,Date,Interviewer,Participant", |n, [q, a]| format!("t{0},{0} May,{q},{a}", n / 2)).unwrap();
        assert_eq!(counts(&corpus), [2, 4, 4]);
        assert!(!corpus.warnings.concat().contains("holds 2 values"), "{:?}", corpus.warnings);
    }

    #[test]
    fn an_id_that_numbers_the_rows_is_told() {
        let told = |corpus: &Corpus| corpus.warnings.concat().contains("column `id` has another number in every row");
        let corpus = read("id,Interviewer,Participant", |n, [q, a]| format!("{n},{q},{a}")).unwrap();
        assert!(counts(&corpus) == [1, 2, 4] && told(&corpus), "{:?}", corpus.warnings);
        let corpus = read("id,Interviewer,Participant", |n, [q, a]| format!("k{n},{q},{a}")).unwrap();
        assert!(counts(&corpus)[0] == 4 && !told(&corpus), "{:?}", corpus.warnings);
        // Everybody is asked the same.
        let corpus = read("id,Interviewer,Participant", |n, [_, a]| format!("{n},How was it?,{a}")).unwrap();
        assert!(counts(&corpus)[0] == 4 && !told(&corpus), "{:?}", corpus.warnings);
    }

    #[test]
    fn names_beside_ids_or_whole_interviews_are_no_words() {
        assert!(read("id,Interviewer,Participant", |n, _| format!("t{n},Ines Ott,Tom")).is_err());
        assert!(read("id,Ann,Tom", |n, [q, a]| format!("t{n},{q},\nt{n},,{a}")).is_err());
        let row = |n: usize, [_, a]: [&str; 2]| format!("{a},Ines Ott,P{n}");
        assert_eq!(counts(&read("Interview,Interviewer,Participant", row).unwrap())[0], 4);
    }

    #[test]
    fn quotes_beside_names_are_turns_where_they_take_turns() {
        let row = |_: usize, [q, a]: [&str; 2]| format!("Interviewer,{q}\nParticipant,{a}");
        assert_eq!(counts(&read("Person,Quote", row).unwrap()), [1, 2, 4]);
        // A list for a paper.
        let row = |n: usize, [_, a]: [&str; 2]| format!("P{n},{a}");
        assert!(read("Person,Quote", row).is_err());
    }

    #[test]
    fn who_may_speak_and_names_of_people_are_not_left_out() {
        let row = |_: usize, [q, a]: [&str; 2]| format!("{q},{a},So it was with her and me.");
        assert!(read("Interviewer,Participant,Anna", row).is_err());
        // Comments of participants are answers.
        let row = |n: usize, [_, a]: [&str; 2]| format!("Ines Ott,P{n},{a}");
        assert_eq!(counts(&read("Interviewer,Participant,Comments", row).unwrap())[0], 4);
    }
}

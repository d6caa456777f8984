//! Turns of a recording that say when they start and end, as speech recognisers and programs for films write them.
//!
//! In: rows with who speaks, from when to when. Out: a transcript for each study and id, in which somebody who goes on
//! is in one turn, as in all other formats; rows whose times fall, or are none, are given back. Of rows that say when
//! they start alone, whether they do so by a clock. It never changes their order.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::super::labels;
use super::super::said::{Said, in_milliseconds, script};
use super::super::segments;
use super::row::{Row, rise};
use super::{Table, turns};

/// Study and id of a recording, and its rows.
type Recording = ([Option<Arc<str>>; 2], Vec<usize>);

impl Table<'_> {
    /// One stretch of a recording a row, with its start and end, as recognisers write them.
    pub(super) fn segment_a_row(&mut self, rows: Vec<Row>) {
        self.lay_out("one segment of a recording a row", &[("times", self.columns.times.map(|times| times[0]))]);
        let line = rows.first().map_or(1, |row| row.text().line);
        let said = rows.into_iter().filter(|row| !row.text().is_empty()).filter_map(|row| {
            let [start, end] = row.times.map(|times| *times).unwrap_or_default();
            let field = row.texts.into_iter().next()?;
            Some(Said::segment(field.line, field.text.to_string(), &start, &end))
        });
        segments::read(said.collect(), self.path, line, self.names, &mut self.reading);
    }

    /// Writes out the turns of recordings; `has_labels`: their words start with who speaks. Gives other rows back.
    pub(super) fn timed_turns(&mut self, rows: Vec<Row>, has_labels: bool) -> Option<Vec<Row>> {
        let Some(groups) = self.recordings(&rows) else { return Some(rows) };
        let start = self.columns.times.map_or(0, |times| times[0]);
        self.reading.add_to_layout(vec![format!("times in `{}`", self.header[start])]);
        for ([study, id], of_talk) in groups {
            let said: Vec<Said> = of_talk.into_iter().map(|at| said(&rows[at], has_labels)).collect();
            let [study, id] = [study, id].map(|name| name.map(|name| name.to_string()));
            script(&said, in_milliseconds(&said)).finish(id, study, &mut self.reading);
        }
        None
    }

    /// The rows of each recording with words, and no code for them, by study and id, in order of first appearance;
    /// `None` where times are none, or not of all rows.
    fn recordings(&self, rows: &[Row]) -> Option<Vec<Recording>> {
        self.columns.times?;
        let has_id = self.columns.id.is_some();
        let mut index: HashMap<[Option<Arc<str>>; 2], usize> = HashMap::new();
        let mut groups: Vec<Recording> = Vec::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.text().is_empty() && !row.text().is_missing) {
            if row.id.is_some() != has_id {
                return None;
            }
            let of = [row.study.clone(), row.id.clone()];
            let group = *index.entry(of.clone()).or_insert_with(|| {
                groups.push((of, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push(at);
        }
        let are_timed = groups.iter().all(|(_, of_talk)| rise(of_talk.iter().map(|&at| &rows[at])));
        (are_timed && !groups.is_empty()).then_some(groups)
    }
}

impl Table<'_> {
    /// Whether rows that say when they start, and not when they end, do so by the clock of a recording: it never goes
    /// back within a transcript.
    pub(super) fn are_on_clock(&mut self, rows: &[Row]) -> bool {
        let Some(clock) = self.columns.clock else { return false };
        let mut last: HashMap<[Option<&Arc<str>>; 2], f64> = HashMap::new();
        let mut runs = false;
        for row in rows.iter().filter(|row| !row.text().is_empty()) {
            let Some(start) = start_of(row) else { return false };
            let before = last.insert([row.study.as_ref(), row.id.as_ref()], start);
            if before.is_some_and(|before| before > start) {
                return false;
            }
            runs |= start > 0.0;
        }
        if runs {
            self.reading.add_to_layout(vec![format!("times in `{}`", self.header[clock])]);
        }
        runs
    }
}

/// The second at which a row starts, by a clock: `0:04`, `[00:01:02]`, `0:04 - 0:11`.
pub(super) fn start_of(row: &Row) -> Option<f64> {
    let times = row.times.as_deref()?;
    let start = times[0].trim().trim_start_matches(['[', '(']);
    labels::time(start.split([' ', '-', '–', ']', ')']).next()?)
}

/// What somebody says in a row.
fn said(row: &Row, has_labels: bool) -> Said {
    let from = if has_labels { turns::label_again(row) } else { 0 };
    let field = row.text();
    let [start, end] = row.times.as_deref().map_or(["", ""], |[start, end]| [start, end]);
    let speaker = row.speaker.as_deref().unwrap_or_default().to_owned();
    Said { speaker, ..Said::segment(field.line, field.text[from..].to_owned(), start, end) }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{Corpus, ReadOptions, read_bytes};

    fn read(csv: &str) -> Corpus {
        read_bytes("talk.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap()
    }

    fn said(corpus: &Corpus) -> Vec<(&str, Option<f64>, &str)> {
        let turns = corpus.transcripts.iter().flat_map(|transcript| &transcript.turns);
        turns.map(|turn| (&*turn.speaker, turn.times.first().map(|mark| mark.seconds), &*turn.text)).collect()
    }

    #[test]
    fn who_goes_on_in_a_recording_is_in_one_turn() {
        for (header, times) in [
            ("start,end,speaker,text", [["0", "4000"], ["5000", "8600"], ["9000", "9900"], ["10000", "14000"]]),
            ("Start,End,Speaker,Transcript", [["0:00", "0:04"], ["0:05", "0:08"], ["0:09", "0:09"], ["0:10", "0:14"]]),
            (
                "Start Time,End Time,Speaker Name,Text",
                [
                    ["00:00:00:00", "00:00:04:20"],
                    ["00:00:05:01", "00:00:08:12"],
                    ["00:00:09:00", "00:00:09:24"],
                    ["00:00:10:00", "00:00:14:02"],
                ],
            ),
        ] {
            let who = ["Mo", "Lu", "Lu", "Mo"];
            let words = ["Who built it with you?", "My uncle and I did.", "It took long.", "And what happened then?"];
            let row = |at: usize| format!("{},{},{},{}\n", times[at][0], times[at][1], who[at], words[at]);
            let corpus = read(&format!("{header}\n{}", (0..4).map(row).collect::<String>()));
            let expected = [
                ("Mo", Some(0.0), words[0]),
                ("Lu", Some(5.0), "My uncle and I did. It took long."),
                ("Mo", Some(10.0), words[3]),
            ];
            assert_eq!(said(&corpus), expected, "{header}");
        }
    }

    #[test]
    fn times_are_written_and_called_as_in_other_languages() {
        let words = ["Who built it with you?", "My uncle and I did.", "It took long.", "And what happened then?"];
        let comma = [["0,00", "4,20"], ["5,00", "8,6"], ["9", "9,9"], ["10,00", "14,00"]];
        let units = [["0s", "4s"], ["0m05s", "0m8s"], ["0 min 9 sec", "0m09.5s"], ["0h0m10s", "0m14s"]];
        let lasting = [["0.0", "4.2"], ["5.0", "3"], ["9.0", "0.5"], ["10.0", "4.0"]];
        let clock = [["0:00", "0:04"], ["0:05", "0:08"], ["0:09", "0:09"], ["0:10", "0:14"]];
        for (header, times) in [
            ("start;end;speaker;text", comma),
            ("Début;Fin;Locuteur;Texte", comma),
            ("Start;End;Speaker;Text", units),
            ("offset;duration;speaker;text", lasting),
            ("początek;koniec;mówca;tekst", clock),
            ("início;fim;falante;texto", clock),
            ("begin;einde;spreker;tekst", clock),
            ("start;slut;talare;text", clock),
            ("In;Out;Speaker;Text", clock),
            ("von;bis;Sprecher;Text", clock),
            ("onset;offset;speaker;text", comma),
        ] {
            let row = |at: usize| {
                format!("{};{};{};{}\n", times[at][0], times[at][1], ["Mo", "Lu", "Lu", "Mo"][at], words[at])
            };
            let corpus = read(&format!("{header}\n{}", (0..4).map(row).collect::<String>()));
            let starts: Vec<_> = said(&corpus).into_iter().map(|(who, start, _)| (who, start)).collect();
            assert_eq!(starts, [("Mo", Some(0.0)), ("Lu", Some(5.0)), ("Mo", Some(10.0))], "{header}");
        }
        // A start and how long it took may be an interview's, where nobody is named.
        let talks = "id;start;duration;text\nA;0:05;0:30;It was cold there.\nB;0:50;0:31;We had no boat at all.\n";
        assert_eq!(read(talks).transcripts.len(), 2);
    }

    #[test]
    fn turns_whose_times_are_none_stay_as_they_are() {
        let rows = ["Mo,Who built it?", "Lu,My uncle and I did.", "Lu,It took long.", "Mo,And then?"];
        for times in [[","; 4], ["9,9", "5,8", "3,4", "1,2"], ["May,June", "May,June", "June,July", "July,July"]] {
            let row = |(times, row): (&&str, &&str)| format!("{times},{row}\n");
            let table: String = times.iter().zip(&rows).map(row).collect();
            let corpus = read(&format!("start,end,speaker,text\n{table}"));
            assert_eq!(said(&corpus).len(), 4, "{times:?}");
        }
    }

    #[test]
    fn a_start_alone_is_the_time_of_its_turn() {
        let rows = ["Mo,Who built it?", "Lu,My uncle and I did.", "Lu,It took long.", "Mo,And then?"];
        let table = |title: &str, times: [&str; 4]| -> Corpus {
            let rows = times.iter().zip(&rows).map(|(time, row)| format!("{time},{row}\n"));
            read(&format!("{title},speaker,text\n{}", rows.collect::<String>()))
        };
        let starts = |corpus: &Corpus| said(corpus).iter().map(|(_, start, _)| *start).collect::<Vec<Option<f64>>>();
        for title in ["time", "Timestamp", "start"] {
            let corpus = table(title, ["0:00", "[0:05]", "00:00:09", "0:12 - 0:14"]);
            assert_eq!(starts(&corpus), [Some(0.0), Some(5.0), Some(9.0), Some(12.0)], "{title}");
        }
        assert_eq!(starts(&table("time", ["0:09", "0:05", "0:03", "0:01"])), [None; 4], "they fall");
        assert_eq!(starts(&table("time", ["0:00", "soon", "0:09", "0:12"])), [None; 4], "one is none");
        let days = ["2024-05-01", "2024-05-02", "2024-05-03", "2024-05-04"];
        assert_eq!(starts(&table("Timestamp", days)), [None; 4]);
    }

    #[test]
    fn recordings_are_told_apart_by_their_ids() {
        let talk = |id: &str| {
            let rows = ["0,4,Mo,Who built it?", "5,8,Lu,My uncle did.", "9,9,Lu,With me.", "10,14,Mo,And then?"];
            rows.map(|row| format!("{id},{row}\n")).concat()
        };
        let corpus = read(&format!("transcript_id,start,end,speaker,text\n{}{}", talk("A"), talk("B")));
        let ids: Vec<&str> = corpus.transcripts.iter().map(|transcript| &*transcript.id).collect();
        assert_eq!((ids, said(&corpus).len()), (vec!["A", "B"], 6));
    }
}

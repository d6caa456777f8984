//! Turns of a recording that say when they start and end, as speech recognisers and programs for films write them.
//!
//! In: rows with who speaks, from when to when. Out: a transcript for each study and id, in which somebody who goes on
//! is in one turn, as in all other formats; rows whose times fall, or are none, are given back. It never changes their
//! order.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::said::{Said, in_milliseconds, script};
use super::row::{Row, rise};
use super::{Table, turns};

/// Study and id of a recording, and its rows.
type Recording = ([Option<Arc<str>>; 2], Vec<usize>);

impl Table<'_> {
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

    /// The rows of each recording with words, by study and id, in order of first appearance; `None` where times are
    /// none, or not of all rows.
    fn recordings(&self, rows: &[Row]) -> Option<Vec<Recording>> {
        self.columns.times?;
        let has_id = self.columns.id.is_some();
        let mut index: HashMap<[Option<Arc<str>>; 2], usize> = HashMap::new();
        let mut groups: Vec<Recording> = Vec::new();
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| !row.text().is_empty()) {
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

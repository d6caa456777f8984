//! A column of who speaks under a title that no list knows: `speaker_type`, `actor`, `is_bot`.
//!
//! In: the rows of a [`Table`] without a column of speakers, and its columns that nothing else is known of. Out: the rows
//! with their speakers, where [`sides`](super::super::sides) finds who speaks in one of them and it shows that one side
//! asks. Other rows it leaves as they are.

use super::super::sides::Records;
use super::Table;
use super::row::Row;

impl Table<'_> {
    /// The columns that are looked at beside those that are known.
    pub(in super::super) fn may_name_speakers(&self) -> impl Iterator<Item = usize> {
        self.unread.sides.fields().chain(self.persons.column())
    }

    /// Finds the column that says who speaks.
    pub(super) fn settle_sides(&mut self, rows: &mut [Row]) {
        let sides = std::mem::take(&mut self.unread.sides);
        if self.columns.speaker.is_some() {
            return;
        }
        let Some(found) = sides.speaking(Records::Rows, self.names, |at| &rows[at].text().text) else { return };
        for (row, label) in rows.iter_mut().zip(found.labels) {
            row.speaker = label;
        }
        self.columns.speaker = Some(found.at);
    }
}

#[cfg(test)]
mod tests {
    use crate::corpus::{ReadOptions, Role, read_bytes};

    const SAID: [&str; 6] = [
        "Who dug the pond?",
        "My brothers did, in one summer.",
        "And who filled it?",
        "The rain, mostly, and one hose.",
        "What lives in it now?",
        "Newts, and a heron that comes for them.",
    ];

    /// How many of a file's turns ask, and how many answer.
    fn parts(name: &str, text: &str) -> [usize; 2] {
        let corpus = read_bytes(name, text.as_bytes().to_vec(), &ReadOptions::default()).unwrap();
        let n =
            |role: Role| corpus.transcripts.iter().flat_map(|of| &of.turns).filter(|turn| turn.role == role).count();
        [n(Role::Interviewer), n(Role::Participant)]
    }

    #[test]
    fn records_say_who_speaks_under_any_title() {
        let json = |more: &str| {
            let record = |(n, said): (usize, &&str)| {
                format!(r#"{{"session": "k1", "actor": "{}", "text": "{said}"{more}}}"#, ["bot", "user"][n % 2])
            };
            SAID.iter().enumerate().map(record).collect::<Vec<_>>()
        };
        assert_eq!(parts("pond.json", &format!("[{}]", json("").join(","))), [3, 3]);
        assert_eq!(parts("pond.jsonl", &json(r#", "intent": null, "score": 0.5"#).join("\n")), [3, 3]);
        let event = r#"{"event": "slot", "name": "last", "value": "newts"}"#;
        let of_rasa = |(n, said): (usize, &&str)| {
            format!(r#"{{"event": "{}", "text": "{said}"}}, {event}"#, ["bot", "user"][n % 2])
        };
        let events: Vec<String> = SAID.iter().enumerate().map(of_rasa).collect();
        assert_eq!(
            parts("tracker.json", &format!(r#"{{"sender_id": "k1", "events": [{}]}}"#, events.join(","))),
            [3, 3]
        );
        let csv = SAID.iter().enumerate().map(|(n, said)| format!("k1,{},\"{said}\"", ["AI", "Human"][n % 2]));
        assert_eq!(
            parts("pond.csv", &format!("session,speaker_type,text\n{}", csv.collect::<Vec<_>>().join("\n"))),
            [3, 3]
        );
    }

    #[test]
    fn rows_of_answers_stay_answers() {
        let csv = SAID
            .iter()
            .enumerate()
            .filter(|(n, _)| n % 2 == 1)
            .map(|(n, said)| format!("k{n},{},\"{said}\"", ["user", "model"][n / 2 % 2]));
        let csv = format!("id,source,text\n{}", csv.collect::<Vec<_>>().join("\n"));
        assert_eq!(parts("pond.csv", &csv)[0], 0);
    }
}

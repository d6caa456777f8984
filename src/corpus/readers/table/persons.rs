//! Who was interviewed several times, where a column beside the ids of the interviews says so: `interview_id` and
//! `participant_id`.
//!
//! In: the rows of a table whose ids are those of interviews or sessions. Out: the person of each transcript, where the
//! column holds one value throughout each and some values come in several. A column that is the same everywhere, or
//! changes within an interview, tells nothing.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::super::RawTranscript;
use super::Columns;
use super::columns::plain;
use super::row::{Row, hash_of};
use super::titles::PERSONS;

/// The person of each transcript, as long as its rows agree.
#[derive(Default)]
pub(super) struct Persons {
    column: Option<usize>,
    /// By study and id.
    of: HashMap<u64, Option<Arc<str>>>,
}

impl Persons {
    pub(super) fn of(header: &[String], columns: &Columns) -> Self {
        let is_persons = |column: usize| PERSONS.contains(&plain(&header[column]).as_str());
        let is_free = |column: &usize| columns.names == Some(*column) || !columns.all().any(|taken| taken == *column);
        let of_talks = !columns.is_survey && columns.id.is_some_and(|id| !is_persons(id));
        let column = (0..header.len()).filter(is_free).find(|&column| of_talks && is_persons(column));
        Self { column, of: HashMap::new() }
    }

    pub(super) fn column(&self) -> Option<usize> {
        self.column
    }

    /// Takes a row.
    pub(super) fn push(&mut self, row: &Row, cells: &[&str]) {
        let Some(column) = self.column.filter(|_| !row.text().is_empty()) else { return };
        let person = cells.get(column).map_or("", |cell| cell.trim());
        let own = self.of.entry(key_of(row.study.as_deref(), row.id.as_deref()));
        let own = own.or_insert_with(|| Some(person).filter(|person| !person.is_empty()).map(Into::into));
        if own.as_deref() != Some(person) {
            *own = None;
        }
    }

    /// Names the people of transcripts; whether they come again.
    pub(super) fn settle(&self, transcripts: &mut [RawTranscript]) -> bool {
        let person =
            |of: &RawTranscript| self.of.get(&key_of(of.study.as_deref(), of.id.as_deref())).cloned().flatten();
        let Some(people) = transcripts.iter().map(person).collect::<Option<Vec<Arc<str>>>>() else { return false };
        let n = people.iter().collect::<BTreeSet<_>>().len();
        let come_again = self.column.is_some() && n > 1 && n < people.len();
        if come_again {
            for (transcript, person) in transcripts.iter_mut().zip(&people) {
                transcript.person = Some((&**person).into());
            }
        }
        come_again
    }
}

fn key_of(study: Option<&str>, id: Option<&str>) -> u64 {
    hash_of((study, id))
}

#[cfg(test)]
mod tests {
    use crate::corpus::{ReadOptions, read_bytes};

    /// The people of a table of talks, and the warnings on who they are.
    fn people(header: &str, rows: &[&str]) -> Vec<String> {
        let said = [
            "Interviewer,How did it begin?",
            "Guest,With a boat and no money.",
            "Interviewer,And then?",
            "Guest,We sold it.",
        ];
        let lines = rows.iter().flat_map(|row| said.map(|said| format!("{row},{said}")));
        let csv = [format!("{header},speaker,text")].into_iter().chain(lines).collect::<Vec<_>>().join("\n");
        let corpus = read_bytes("boats.csv", csv.into_bytes(), &ReadOptions::default()).unwrap();
        assert!(!corpus.warnings.iter().any(|told| told.contains("when and not who")), "{:?}", corpus.warnings);
        corpus.transcripts.iter().map(|of| of.person.as_deref().unwrap_or("-").to_owned()).collect()
    }

    #[test]
    fn people_who_come_again_are_told_by_their_column() {
        let rows = ["INT-01,K3", "INT-02,K3", "INT-03,K8"];
        assert_eq!(people("interview_id,participant_id", &rows), ["K3", "K3", "K8"]);
        assert_eq!(people("session,respondent", &["T100,K3", "T107,K8", "T112,K3"]), ["K3", "K8", "K3"]);
    }

    #[test]
    fn other_columns_name_nobody() {
        let rows = ["INT-01,K3", "INT-02,K4", "INT-03,K8"];
        assert_eq!(people("interview_id,participant_id", &rows), ["-"; 3]);
        assert_eq!(people("interview_id,participant", &["INT-01,1", "INT-02,1", "INT-03,1"]), ["-"; 3]);
        assert_eq!(people("interview_id,ward", &["INT-01,K3", "INT-02,K3", "INT-03,K8"]), ["-"; 3]);
    }
}

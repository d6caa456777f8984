//! Tables of a Word document in which what is asked stands beside what is answered.
//!
//! In: the rows of a table. Out: the columns of who asks and who answers, by the names of their parts above them,
//! `Interviewer | Participant` or `Question | Answer`, also `Question | Response` where most of the former ask; or, of a table of two columns without such names, since every
//! cell on the left asks and none on the right does. It never reads a table of names.

use super::super::super::model::Role;
use super::super::super::people::names_people;
use super::super::super::speakers::{Names, ends_in_question, key};
use super::body::{Row, words};
use super::margin::usual_width;

/// The columns of a table of questions and answers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pairs {
    /// Columns from left to right, each with whoever speaks in it.
    pub(super) speakers: Vec<(usize, String)>,
    /// Cells of a full row.
    pub(super) n: usize,
    /// Whether the first row of that width is a header.
    pub(super) has_header: bool,
}

/// The most columns: a number, a question, an answer, a note.
const MAX_COLUMNS: usize = 4;
/// Without names above them so many rows at least are pairs.
const FEWEST: usize = 3;

/// Titles of what is asked, and of what is answered, which name no part where they start a line.
#[rustfmt::skip]
const QUESTIONS: &[&str] = &[
    "question", "questions", "interview question", "interview questions", "question asked", "questions asked", "frage",
    "fragen", "pregunta", "preguntas", "domanda", "domande", "vraag", "vragen", "pergunta", "perguntas", "pytanie",
    "pytania", "fråga", "frågor",
];
#[rustfmt::skip]
const REPLIES: &[&str] = &[
    "response", "responses", "reply", "replies", "answer", "answers", "participant response", "participant's response",
    "participant’s response", "respondent's answer", "applicant's reply", "answer given", "reponse", "réponse",
    "réponses", "antwort", "antworten", "respuesta", "respuestas", "risposta", "risposte", "antwoord", "antwoorden",
    "resposta", "respostas", "odpowiedź", "odpowiedzi", "svar",
];

/// The part that a title names.
fn part_of(title: &str, names: &Names) -> Option<Role> {
    let title = key(title.trim_end_matches(':'));
    let of = |titles: &[&str], role: Role| titles.contains(&title.as_str()).then_some(role);
    let of_titles = || of(QUESTIONS, Role::Interviewer).or_else(|| of(REPLIES, Role::Participant));
    names.by_name(&title).or_else(of_titles)
}

/// Finds the columns by the names of parts above them: one asks, one answers, and no other has a name of these.
pub(super) fn titled(rows: &[Row], names: &Names) -> Option<Pairs> {
    let (n, full) = full(rows, MAX_COLUMNS)?;
    let (header, below) = full.split_first()?;
    let part = |column: &usize| part_of(&header[*column], names);
    let of = |role: Role| -> Vec<usize> { (0..n).filter(|column| part(column) == Some(role)).collect() };
    let (asks, answers) = (of(Role::Interviewer), of(Role::Participant));
    let ([asks], [answers]) = (&asks[..], &answers[..]) else { return None };
    let said = |column: usize| below.iter().map(move |row| row[column].as_str()).filter(|cell| !cell.is_empty());
    // `Interviewer | Participant` above `Ann Hall | Tom Reed` names people.
    let speaks = |column: usize| said(column).next().is_some() && !said(column).all(names_people);
    // `Question | Response` may head a survey's numbers.
    let is_known = |column: usize| names.by_name(&key(header[column].trim_end_matches(':'))).is_some();
    let asking = said(*asks).filter(|cell| ends_in_question(cell)).count();
    if !(is_known(*asks) && is_known(*answers)) && asking * 2 < said(*asks).count() {
        return None;
    }
    let mut columns = [*asks, *answers];
    columns.sort_unstable();
    let speakers = columns.iter().map(|&column| (column, header[column].trim_end_matches(':').to_owned())).collect();
    (speaks(*asks) && speaks(*answers)).then_some(Pairs { speakers, n, has_header: true })
}

/// Finds two columns by what stands in them.
pub(super) fn untitled(rows: &[Row]) -> Option<Pairs> {
    let (n, full) = full(rows, 2)?;
    let asks = |column: usize| full.iter().filter(|row| ends_in_question(&row[column])).count();
    let speakers = vec![(0, "Question".to_owned()), (1, "Answer".to_owned())];
    let are_pairs = full.len() >= FEWEST && full.len() == rows.len() && asks(0) == full.len() && asks(1) == 0;
    are_pairs.then_some(Pairs { speakers, n, has_header: false })
}

/// The rows of the width that most have, as words.
fn full(rows: &[Row], most: usize) -> Option<(usize, Vec<Vec<String>>)> {
    let n = usual_width(rows, most)?;
    let full = rows.iter().filter(|row| row.len() == n).map(|row| row.iter().map(|cell| words(cell)).collect());
    Some((n, full.collect()))
}

#[cfg(test)]
mod tests {
    use super::super::body::Paragraph;
    use super::*;

    fn table(rows: &[&[&str]]) -> Vec<Row> {
        let cell = |text: &&str| vec![Paragraph { text: (*text).to_owned(), ..Paragraph::default() }];
        rows.iter().map(|row| row.iter().map(cell).collect()).collect()
    }

    #[test]
    fn columns_of_parts_are_found() {
        let speakers = |rows: &[&[&str]]| titled(&table(rows), &Names::default()).map(|pairs| pairs.speakers);
        let found = |a: (usize, &str), b: (usize, &str)| Some(vec![(a.0, a.1.to_owned()), (b.0, b.1.to_owned())]);
        assert_eq!(
            speakers(&[&["Question", "Answer"], &["Why so?", "It rained."]]),
            found((0, "Question"), (1, "Answer"))
        );
        assert_eq!(
            speakers(&[&["Interviewer:", "Participant:"], &["Why so?", ""], &["", "It rained."]]),
            found((0, "Interviewer"), (1, "Participant"))
        );
        assert_eq!(
            speakers(&[&["Nr.", "Frage", "Antwort"], &["1", "Warum?", "So."]]),
            found((1, "Frage"), (2, "Antwort"))
        );
        for (question, reply) in [("Question", "Response"), ("Interview question", "Reply"), ("Questions", "Answers")] {
            let rows: [&[&str]; 3] = [&[question, reply], &["Why so?", "It rained."], &["SECTION B", ""]];
            assert_eq!(speakers(&rows), found((0, question), (1, reply)), "{question}");
        }
        let none: [&[&[&str]]; 6] = [
            &[&["Question", "Response"], &["Age", "34"], &["Ward", "surgery"], &["Happy?", "Yes"]],
            &[&["Interviewer", "Participant"], &["Ann Hall", "Tom Reed"]],
            &[&["Interviewer", "Why so?"], &["Participant", "It rained."]],
            &[&["Interviewer", "P1", "P2"], &["Why so?", "It rained.", "It did."]],
            &[&["Question", "Answer"]],
            &[&["Age", "34"], &["Ward", "surgery"]],
        ];
        for rows in none {
            assert_eq!(speakers(rows), None, "{rows:?}");
        }
    }

    #[test]
    fn questions_beside_answers_are_found() {
        let asked: [&[&str]; 3] = [&["Why so?", "It rained."], &["And then?", "We left."], &["Who?", "All of us."]];
        assert!(untitled(&table(&asked)).is_some());
        assert_eq!(untitled(&table(&asked[..2])), None);
        assert_eq!(untitled(&table(&[asked[0], asked[1], &["Place", "Leeds"]])), None);
        assert_eq!(untitled(&table(&[asked[0], asked[1], &["Who?", "You do not know?"]])), None);
    }
}

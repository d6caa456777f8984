//! Several interviews in one text, each below a header that says who asks and who answers: those of pupils who
//! interview each other, with the two parts swapped.
//!
//! In: a text in which no title divides interviews. Out: its interviews. Every header has one field for each part with a
//! full name in it, somebody else answers than in the one above, and below each is a talk. It never divides by a header
//! that only says again what the first one says, nor by lines that are said.

use std::ops::Range;

use super::super::model::Role;
use super::super::people::plain;
use super::{Section, at_colon, several, who};

/// Lines above the first header: a title, a notice.
const MAX_ABOVE: usize = 12;
/// Lines of a header.
const MAX_HEADER: usize = 8;

/// A header that names one who asks and one who answers.
struct Header {
    /// Its first line, and the one below it.
    at: usize,
    end: usize,
    /// Who answers, in the form in which names are compared.
    answers: String,
}

/// The interviews of a text, or `None` if it holds one.
pub(super) fn sections(text: &str, lines: &[Range<usize>]) -> Option<Vec<Section>> {
    let first = (0..lines.len().min(MAX_ABOVE)).find_map(|at| header(text, lines, at))?;
    let labels: Vec<&str> = (first.at..first.end).filter_map(|at| label(text[lines[at].clone()].trim())).collect();
    let mut headers = vec![first];
    let mut at = headers[0].end;
    while at < lines.len() {
        let line = text[lines[at].clone()].trim();
        let may_be_one = label(line).is_some_and(|label| labels.contains(&label));
        if let Some(next) = Some(at).filter(|_| may_be_one).and_then(|at| header(text, lines, at)) {
            at = next.end;
            headers.push(next);
        } else {
            at += 1;
        }
    }
    let are_others = headers.windows(2).all(|pair| pair[0].answers != pair[1].answers);
    if headers.len() < 2 || !are_others {
        return None;
    }
    let ends = headers.iter().skip(1).map(|next| lines[next.at].start).chain([text.len()]);
    let each = headers.iter().zip(ends).enumerate().map(|(n, (header, end))| {
        let below = lines.get(header.end).map_or(end, |line| line.start.min(end));
        several::opening(&text[below..end])?;
        Some(Section {
            id: Some(format!("Interview {}", n + 1)),
            body: lines[header.at].start..end,
            line: header.at + 1,
            is_below_title: true,
            ..Section::default()
        })
    });
    each.collect()
}

/// The field of a line, as it stands.
fn label(line: &str) -> Option<&str> {
    at_colon(line).map(|(label, _)| label.trim())
}

/// The header that begins on a line, if one does.
fn header(text: &str, lines: &[Range<usize>], at: usize) -> Option<Header> {
    let (mut asks, mut answers, mut end) = (0, Vec::new(), at);
    for (next, range) in lines.iter().enumerate().skip(at).take(MAX_HEADER) {
        let line = text[range.clone()].trim();
        if line.is_empty() && end > at {
            continue;
        }
        let Some(read) = who::read(line) else { break };
        match read.names {
            Some(Some(_)) if !who::is_full_name(read.value) => break,
            Some(Some(Role::Interviewer)) => asks += 1,
            Some(Some(Role::Participant)) => answers.push(plain(read.value)),
            _ if end == at => break,
            _ => {}
        }
        end = next + 1;
    }
    let answers = answers.pop().filter(|_| asks == 1 && answers.is_empty())?;
    Some(Header { at, end, answers })
}

#[cfg(test)]
mod tests {
    use super::super::super::model::Role;
    use super::super::{Section, sections};

    fn talk(asks: &str, answers: &str) -> String {
        format!(
            "{asks}: How did you come to keep bees?\n\n{answers}: A neighbour left me two hives.\n\n\
             {asks}: And now?\n\n{answers}: Still two.\n\n"
        )
    }

    fn both(first: &str, second: &str) -> Vec<Section> {
        sections(&format!("{first}\n\n{}{second}\n\n{}", talk("CF", "UB"), talk("UB", "CF")))
    }

    #[test]
    fn a_header_in_which_somebody_else_answers_begins_another_interview() {
        for (first, second) in [
            ("Interviewer: Cora Finch\nInterviewee: Una Born", "Interviewer: Una Born\nInterviewee: Cora Finch"),
            (
                "Interviewerin: Cora Finch (CF)\nBefragte: Una Born (UB)\nDatum: 3. Mai",
                "Interviewerin: Una Born (UB)\nBefragte: Cora Finch (CF)\nDatum: 4. Mai",
            ),
        ] {
            let found = both(first, second);
            let ids: Vec<_> = found.iter().map(|section| section.id.as_deref()).collect();
            assert_eq!(ids, [Some("Interview 1"), Some("Interview 2")], "{first}");
            for (section, asks, answers) in [(&found[0], "CF", "UB"), (&found[1], "UB", "CF")] {
                let role = |label| section.people.find(label).map(|person| person.role);
                assert_eq!((role(asks), role(answers)), (Some(Role::Interviewer), Some(Role::Participant)), "{first}");
            }
        }
        let apart =
            ["Interviewer: Cora Finch\n\nInterviewee: Una Born", "Interviewer: Una Born\n\nInterviewee: Cora Finch"];
        assert_eq!(both(apart[0], apart[1]).len(), 2);
    }

    #[test]
    fn the_same_header_and_what_is_said_begin_none() {
        const PEOPLE: &str = "Interviewer: Cora Finch\nInterviewee: Una Born";
        for second in [
            PEOPLE,
            "Interviewer: Ann Hall\nInterviewee: Una Born",
            "Interviewer: Una Born",
            "CF: Who is the interviewee?\nUB: Cora Finch",
            "Interviewer: Thank you\nInterviewee: You are welcome",
        ] {
            assert_eq!(both(PEOPLE, second).len(), 1, "{second}");
        }
        // No talk stands below the second one.
        let text = format!("{PEOPLE}\n\n{}Interviewer: Una Born\nInterviewee: Cora Finch\n", talk("CF", "UB"));
        assert_eq!(sections(&text).len(), 1);
    }
}

//! The header of a transcript where it comes again within it: above `Tape 2 of 2`, or a second session.
//!
//! In: the text of a file. Out: the lines of such headers, and who asks there for the first time. They say again, word
//! for word, whom the first header names, who answers among them; what stands with them are fields, lines of the first
//! header with other numbers, or who asks now. A title that says again with whom the interview was may stand alone. It
//! never takes a header in which somebody else answers, nor one with an id of its own.

use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::model::Role;
use super::super::people::{People, is_without_capitals};
use super::several::number;
use super::{HEADER_ID_FIELDS, ID_FIELDS, SPEAKER_LIKE, field, heading, is_short, plain_field, sections, who};

/// Lines at the top among which a header names who answers.
const MAX_TOP: usize = 20;
/// Who is called so may be somebody else below.
const NOBODY: &[&str] = &["anonymous", "anonym", "anonyme", "anónimo", "anonimo", "unknown", "unbekannt", "n/a"];

/// The headers of a text that come again.
#[derive(Debug, Default)]
pub(crate) struct Repeated {
    /// Their lines, without their ends.
    pub(crate) lines: Vec<Range<usize>>,
    /// Who asks below them and is not named in the first one.
    pub(crate) people: People,
}

impl Repeated {
    /// Adds who asks in the lines of a header and is not named in the first one.
    fn add_askers(&mut self, run: &[&str], header: &[&str]) {
        for (label, name) in run.iter().filter(|line| !header.contains(line)).filter_map(|line| asks_now(line)) {
            if !self.people.knows(name) {
                self.people.add(&label, Role::Interviewer, name);
            }
        }
    }
}

/// Finds the headers that come again.
pub(crate) fn repeated(text: &str) -> Repeated {
    let mut found = Repeated::default();
    let named = |line: &&str| names_who_answers(line);
    let top: Vec<&str> = text.by_lines().take(MAX_TOP).map(str::trim).filter(named).collect();
    if top.is_empty() {
        return found;
    }
    let lines = trimmed_lines(text);
    let line = |at: usize| &text[lines[at].clone()];
    let Some(second) = second(&lines, &top, line) else { return found };
    let is_again = |at: usize| {
        line(at).is_empty() || (0..at.min(MAX_TOP)).any(|first| line(first) == line(at)) || asks_now(line(at)).is_some()
    };
    let above = (0..second).rev().find(|&at| !is_again(at)).map_or(0, |at| at + 1);
    let first = sections(&text[..lines[above].start]);
    let [first] = &first[..] else { return found };
    let start = first.body.start;
    let header = header_lines(text, start);
    if !header.iter().any(|line| top.contains(line)) || text[first.body.clone()].is_blank() {
        return found;
    }
    let mut at = lines.partition_point(|line| line.start < start);
    while at < lines.len() {
        let is_of = |at: usize| is_of_header(line(at), &header);
        let is_close = |at: usize| (at > 0 && is_of(at - 1)) || (at + 1 < lines.len() && is_of(at + 1));
        let end = end_of_run(&lines, at, |at| is_of(at) || (asks_again(line(at), &header) && is_close(at)));
        let run: Vec<usize> = (at..end).filter(|&at| !line(at).is_empty()).collect();
        let is_apart = at > 0 && line(at - 1).is_empty();
        let words: Vec<&str> = run.iter().map(|&at| line(at)).collect();
        let goes_on = (end..lines.len()).any(|at| !line(at).is_empty());
        if goes_on && is_header(&words, &header, is_apart) {
            found.lines.extend(run.iter().map(|&at| lines[at].clone()));
            found.add_askers(&words, &header);
        }
        at = end.max(at + 1);
    }
    found
}

/// The lines of a header that ends at a byte, and those of its last paragraph that go on below: `Tape 1 of 2`.
fn header_lines(text: &str, end: usize) -> Vec<&str> {
    let gap = &text[text[..end].trim_end().len()..end];
    let goes_on = gap.matches('\n').count() == 1;
    let below = text[end..].by_lines().map(str::trim).take_while(|line| !line.is_empty() && who::head(line).is_none());
    let above = text[..end].by_lines().map(str::trim).filter(|line| !line.is_empty());
    above.chain(below.take(if goes_on { MAX_TOP } else { 0 })).collect()
}

/// The first line that names again who is named in the ones at the top.
fn second<'t>(lines: &[Range<usize>], top: &[&str], line: impl Fn(usize) -> &'t str) -> Option<usize> {
    let mut is_open = vec![true; top.len()];
    (0..lines.len()).find(|&at| {
        let Some(same) = top.iter().position(|named| is_same(named, line(at))) else { return false };
        !std::mem::take(&mut is_open[same])
    })
}

/// The lines of a text without white space at their ends.
fn trimmed_lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let trimmed = |line: &str| {
        let from = start + (line.len() - line.trim_start().len());
        start += line.len();
        from..from + line.trim().len()
    };
    text.by_whole_lines().map(trimmed).collect()
}

/// Whether a line names who answers: `Interviewee: Tom Reed`, `Interview with Tom Reed, part 1`.
fn names_who_answers(line: &str) -> bool {
    let is_somebody = |value: &str| !NOBODY.contains(&value.to_lowercase().as_str());
    let by_field = || who::read(line).filter(|line| line.names == Some(Some(Role::Participant)));
    title_of(line).is_some() || by_field().is_some_and(|line| is_somebody(line.value))
}

/// The person in a title.
fn title_of(line: &str) -> Option<&str> {
    who::titled(heading(line).unwrap_or(line)).filter(|_| !line.ends_with(['.', '?', '!', ',']))
}

/// Whether a line is the same as one that names who answers, or a title with the same person.
fn is_same(named: &str, line: &str) -> bool {
    named == line || title_of(line).is_some_and(|person| title_of(named) == Some(person))
}

/// Where lines that are of a header end; blank ones stand between them.
fn end_of_run(lines: &[Range<usize>], from: usize, is_of: impl Fn(usize) -> bool) -> usize {
    let mut end = from;
    for (at, line) in lines.iter().enumerate().skip(from) {
        if is_of(at) {
            end = at + 1;
        } else if !line.is_empty() || end == from {
            break;
        }
    }
    end
}

/// Whether a line may stand in the header when it comes again.
fn is_of_header(line: &str, header: &[&str]) -> bool {
    let names = || who::read(line).is_some_and(|line| line.names.is_some());
    let is_beside = |name: &str| plain_field(name) || who::BESIDE_PEOPLE.contains(&name);
    let is_plain = || field(line).is_some_and(|(name, value)| is_beside(&name) && is_short(value));
    !line.is_empty()
        && (header.iter().any(|of| is_same(of, line))
            || (header.iter().any(|of| differ_by_numbers(of, line)) && !names())
            || is_plain())
}

/// Whether a line names who asks, as one of the header does; it may be what was asked unless it stands close to others.
fn asks_again(line: &str, header: &[&str]) -> bool {
    asks_now(line).is_some() && header.iter().any(|of| asks_now(of).is_some())
}

/// The field and the name of who asks, in a line that names them: `Interviewer: Cora Finch`.
fn asks_now(line: &str) -> Option<(String, &str)> {
    let line = who::read(line).filter(|line| line.names == Some(Some(Role::Interviewer)))?;
    (!who::is_code(&line.label) && !is_without_capitals(line.value)).then_some((line.label, line.value))
}

/// Whether two lines are the same but for numbers: `Tape 1 of 2`, `Tape 2 of 2`.
fn differ_by_numbers(one: &str, other: &str) -> bool {
    let is_no_digit = |byte: &u8| !byte.is_ascii_digit();
    one.bytes().filter(is_no_digit).eq(other.bytes().filter(is_no_digit))
}

/// Whether lines in a row are the header again.
fn is_header(run: &[&str], header: &[&str], is_apart: bool) -> bool {
    let names = |line: &&&str| who::read(line).is_some_and(|line| matches!(line.names, Some(Some(_))));
    let people = run.iter().filter(|line| header.contains(line)).filter(names).count();
    let fields = run.iter().filter(|line| field(line).is_some_and(|(name, _)| plain_field(&name))).count();
    // Somebody else who asks is told from what is asked by the full name.
    let is_full = |line: &&str| asks_now(line).is_some_and(|(_, name)| who::is_full_name(name));
    let others = usize::from(run.iter().any(|line| !header.contains(line) && is_full(line)));
    let is_titled = is_apart && run.iter().any(|line| title_of(line).is_some());
    let has_own_id = run.iter().any(|line| !header.contains(line) && tells_id(line));
    run.iter().any(|line| names_who_answers(line))
        && (people > 1 || (is_apart && people + fields + others > 1) || is_titled)
        && !has_own_id
}

/// Whether a line tells one interview from another: `Transcript ID: a_02`, `# Interview 2`.
fn tells_id(line: &str) -> bool {
    let is_id =
        |name: &str| ID_FIELDS.contains(&name) || (HEADER_ID_FIELDS.contains(&name) && !SPEAKER_LIKE.contains(&name));
    number(heading(line).unwrap_or(line)).is_some() || field(line).is_some_and(|(name, _)| is_id(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "AH: How did you come to keep bees?\n\nTR: A neighbour left me two hives.\n\n\
                       AH: And now?\n\nTR: Still two.\n\n";
    const TWO: &str = "AH: Who helps you?\n\nTR: My daughter does.\n\nAH: Often?\n\nTR: In spring.\n";

    fn again(first: &str, second: &str) -> Vec<String> {
        let text = format!("{first}\n\n{ONE}{second}\n\n{TWO}");
        repeated(&text).lines.into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn a_header_that_comes_again_is_none_of_the_words() {
        const PEOPLE: &str = "Interviewee: Tom Reed\nInterviewer: Ann Hall";
        for (first, second) in [
            (PEOPLE.to_owned(), PEOPLE.to_owned()),
            (format!("{PEOPLE}\nTape 1 of 2"), format!("{PEOPLE}\nTape 2 of 2")),
            (format!("{PEOPLE}\nDISC: 1"), format!("{PEOPLE}\nDISC: 2")),
            (format!("{PEOPLE}\nDate: 3 May 2019"), format!("{PEOPLE}\nDate: 10 June 2019")),
            (PEOPLE.replace('\n', "\n\n"), PEOPLE.replace('\n', "\n\n")),
            (
                format!("Interview with Tom Reed, part 1\n{PEOPLE}"),
                format!("Interview with Tom Reed, part 2\n{PEOPLE}"),
            ),
        ] {
            let wanted: Vec<&str> = second.lines().filter(|line| !line.is_empty()).collect();
            assert_eq!(again(&first, &second), wanted, "{first}");
        }
        let one =
            format!("{PEOPLE}\n\n{}", format!("{ONE}{PEOPLE}\n\n{TWO}").replace("AH:", "Q:").replace("TR:", "A:"));
        assert_eq!(repeated(&one).lines.len(), 2);
    }

    #[test]
    fn a_header_may_come_again_with_somebody_else_who_asks() {
        const PEOPLE: &str = "Interviewee: Tom Reed\nInterviewer: Ann Hall";
        for (first, second) in [
            (PEOPLE.to_owned(), "Interviewee: Tom Reed\nInterviewer: Cora Finch".to_owned()),
            (format!("{PEOPLE}\nDate: 3 May 2019"), PEOPLE.replace("Ann Hall", "Cora") + "\nDate: 10 June 2019"),
            (format!("{PEOPLE}\nSession: 1"), PEOPLE.replace("Ann Hall", "Cora Finch") + "\nSession: 2"),
            (
                "Interviewer: Ann Hall\nInterviewee: Tom Reed\nDate: 3 May 2019".to_owned(),
                "Interviewer: Cora Finch\nInterviewee: Tom Reed\nDate: 10 May 2019".to_owned(),
            ),
            (
                "Befragte: Una Born\nInterviewerin: Maja Kern\nDatum: 3. März 2031".to_owned(),
                "Befragte: Una Born\nInterviewer: Jan Roth\nDatum: 10. Mai 2031".to_owned(),
            ),
        ] {
            assert_eq!(again(&first, &second), second.lines().collect::<Vec<_>>(), "{second}");
        }
        let text = format!("{PEOPLE}\n\n{ONE}Interviewee: Tom Reed\nInterviewer: Cora Finch\n\n{TWO}");
        let people = repeated(&text).people;
        assert_eq!(people.find("CF").map(|person| person.role), Some(Role::Interviewer));
        assert!(!people.knows("Ann Hall") && !people.knows("Tom Reed"));
        assert_eq!(repeated(&format!("{PEOPLE}\n\n{ONE}{PEOPLE}\n\n{TWO}")).people, People::default());
    }

    #[test]
    fn other_people_ids_and_turns_are_no_header_that_comes_again() {
        const PEOPLE: &str = "Interviewee: Tom Reed\nInterviewer: Ann Hall";
        for (first, second) in [
            (PEOPLE, "Interviewee: Una Reed\nInterviewer: Ann Hall"),
            (PEOPLE, "Interviewee: Una Reed\nInterviewer: Cora Finch\nDate: 3 May 2019"),
            (PEOPLE, "Interviewee: Tom Reed"),
            (PEOPLE, "Interviewee: Tom Reed\nInterviewer: Who are you?"),
            (PEOPLE, "Interviewee: Tom Reed\n\nInterviewer: Cora Finch"),
            (PEOPLE, "Interviewee: Tom Reed\nInterviewer: Leeds"),
            ("Interviewee: Tom Reed", "Interviewee: Tom Reed\nInterviewer: Cora Finch"),
            (PEOPLE, "Date: 3 May 2019"),
            ("Participant: Anonymous\nInterviewer: Ann Hall", "Participant: Anonymous\nInterviewer: Ann Hall"),
            (
                "Transcript ID: a_01\nInterviewee: Tom Reed\nInterviewer: Ann Hall",
                "Transcript ID: a_02\nInterviewee: Tom Reed\nInterviewer: Ann Hall",
            ),
        ] {
            assert_eq!(again(first, second), Vec::<String>::new(), "{second}");
        }
        let text = format!("{PEOPLE}\n\n{ONE}{PEOPLE}\n\nInterviewer: Leeds\n\n{TWO}");
        assert_eq!(repeated(&text).lines.len(), 2, "what is asked below the header stays");
        let turns = "Participant: Leeds\nInterviewer: Since when?\n\nParticipant: Leeds\nInterviewer: And before?\n";
        assert!(repeated(turns).lines.is_empty());
    }
}

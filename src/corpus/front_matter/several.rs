//! Several interviews in one text, each below a line that names it: `Interview 2: Bert`, `Interviewee: Bert`, `# Bert`.
//!
//! In: a text in which no header of another kind was found. Out: its interviews, if there are several. A line divides
//! only where what stands below each of its kind is a talk of its own. A heading may as well be a topic of one talk, so
//! headings divide only where the talk below each begins with the same question as another's. It never divides by
//! sessions, which one person may have several of.

use std::collections::HashSet;
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::labels;
use super::super::people::is_name;
use super::super::speakers::Names;
use super::{HEADER_ID_FIELDS, ID_FIELDS, Section, field, heading, is_rule, is_short, plain_field, who};

/// The words before the number of an interview.
const KINDS: &[&str] = &[
    "interview",
    "transcript",
    "participant",
    "respondent",
    "interviewee",
    "conversation",
    "dialogue",
    "entretien",
    "entrevista",
    "intervista",
    "rozmowa",
    "wywiad",
    "gespräch",
    "befragte",
    "teilnehmer",
    "teilnehmerin",
];
/// Fields besides those of ids that may begin an interview's header.
const LEADS: &[&str] = &["name", "interview"];
/// Words of a line that names an interview, and of one that counts it: `Interview 2: a nurse at a hospital in the
/// north`.
const MAX_WORDS: usize = 10;
const MAX_WORDS_COUNTED: usize = 25;
/// Lines above the first interview: a title, a notice.
const MAX_ABOVE: usize = 12;
/// A question of fewer words may open any talk: `Shall we start?`
const TELLING_WORDS: usize = 4;

/// How a line names an interview.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// `Interview 2`, `Respondent 2:`, `===== Interview 2 =====`
    Numbered,
    /// `Interview with P2, 3 May`
    With,
    /// `Interviewee: Bert`, with the field's name.
    Field(String),
    /// `# Bert`
    Heading,
}

/// A line that names an interview.
#[derive(Debug)]
struct Title<'t> {
    kind: Kind,
    /// Number of the line, from 0.
    at: usize,
    words: &'t str,
}

/// The interviews of a text, or `None` if it holds one.
pub(super) fn sections(text: &str, lines: &[Range<usize>]) -> Option<Vec<Section>> {
    let line = |at: usize| text[lines[at].clone()].trim();
    let alone = |&at: &usize| !line(at).is_empty() && (at == 0 || line(at - 1).is_empty() || is_rule(line(at - 1)));
    let titles: Vec<Title<'_>> = (0..lines.len()).filter(alone).filter_map(|at| title(line(at), at)).collect();
    let mut tried: Vec<&Kind> = Vec::new();
    titles.iter().find_map(|title| {
        if tried.contains(&&title.kind) {
            return None;
        }
        tried.push(&title.kind);
        let own: Vec<&Title<'_>> = titles.iter().filter(|other| other.kind == title.kind).collect();
        let mut found = divided(text, lines, &own)?;
        tell_skipped(text, lines, &own, &mut found);
        Some(found)
    })
}

/// The line as one that names an interview, if it may be one.
fn title(line: &str, at: usize) -> Option<Title<'_>> {
    let title = heading(line);
    let words = title.unwrap_or(line);
    let words = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '=' | '-' | '–' | '—' | '_'));
    let is_counted = number(words).is_some();
    let most = if is_counted { MAX_WORDS_COUNTED } else { MAX_WORDS };
    let ends: &[char] = if is_counted && title.is_some() { &[] } else { &['.', '?', '!', ','] };
    if line.ends_with(ends) || line.split_whitespace().nth(most).is_some() {
        return None;
    }
    let kind = if is_counted {
        Kind::Numbered
    } else if who::titled(words).is_some() || with_code(words).is_some() {
        Kind::With
    } else if let Some((name, value)) = field(line) {
        let leads = [ID_FIELDS, HEADER_ID_FIELDS, LEADS].iter().any(|fields| fields.contains(&name.as_str()));
        if !leads || !is_short(value) || value.split_whitespace().count() > 4 {
            return None;
        }
        Kind::Field(name)
    } else {
        title?;
        Kind::Heading
    };
    Some(Title { kind, at, words })
}

/// `Interview 2` of `Interview 2: Bert`, as it stands.
pub(super) fn number(words: &str) -> Option<&str> {
    let (kind, rest) = words.split_once([' ', '#'])?;
    if !KINDS.contains(&kind.to_lowercase().as_str()) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', '#', ':', '-', '–']);
    let start = words.len() - rest.len();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let below = rest[end..].trim_start_matches(['*', '_', ' ']);
    let parted = below.is_empty() || below.starts_with([':', ',', '(', '-', '–', '—', '|', '/', '.', '[']);
    let (id, is_short_id) = (&rest[..end], end <= 12);
    (parted && is_short_id && id.contains(|c: char| c.is_ascii_digit())).then(|| &words[..start + end])
}

/// `interview` and 2 of `Interview 2: Bert`, also of `Interview 2 Bert`.
fn counted(words: &str) -> Option<(String, u32)> {
    let (kind, rest) = words.split_once([' ', '#'])?;
    let kind = Some(kind.to_lowercase()).filter(|kind| KINDS.contains(&kind.as_str()))?;
    let rest = rest.trim_start_matches([' ', '#', ':', '-', '–']);
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((kind, rest[..end].parse().ok()?))
}

/// Notes in each interview the first line that may be the title of one that the numbers of the others skip.
fn tell_skipped(text: &str, lines: &[Range<usize>], titles: &[&Title<'_>], sections: &mut [Section]) {
    let known: HashSet<(String, u32)> = titles.iter().filter_map(|title| counted(title.words)).collect();
    let numbers = || known.iter().map(|(_, number)| *number);
    let (Some(least), Some(most)) = (numbers().min(), numbers().max()) else { return };
    let kinds: HashSet<&str> = known.iter().map(|(kind, _)| kind.as_str()).collect();
    let skipped = |at: usize| {
        let line = text[lines[at].clone()].trim();
        let title = heading(line);
        let words = title.unwrap_or(line).trim_matches(['*', '=', '-', '_', ' ']);
        let is_sentence = title.is_none() && line.ends_with(['.', '?', '!', ',']);
        let counted = counted(words).filter(|_| !is_sentence)?;
        let is_left_out = kinds.contains(counted.0.as_str()) && !known.contains(&counted);
        (is_left_out && (least..most).contains(&counted.1)).then(|| (at + 1, words.to_owned()))
    };
    for section in sections {
        let first = lines.partition_point(|line| line.start < section.body.start);
        let end = lines.partition_point(|line| line.start < section.body.end);
        section.skipped = (first..end).find_map(skipped);
    }
}

/// `P2` of `Interview with P2, 3 May`.
fn with_code(words: &str) -> Option<&str> {
    let name = who::behind_interview_with(words)?.split([',', '(', '–', ':', '|']).next()?.trim();
    let is_code = name.split_whitespace().count() == 1 && name.chars().any(|c| c.is_ascii_digit());
    is_code.then_some(name)
}

/// The interviews below lines of one kind, if each is a talk.
fn divided(text: &str, lines: &[Range<usize>], titles: &[&Title<'_>]) -> Option<Vec<Section>> {
    let [first, _, ..] = titles else { return None };
    let is_blank = |at: usize| text[lines[at].clone()].is_blank();
    if (0..first.at).filter(|&at| !is_blank(at)).count() > MAX_ABOVE {
        return None;
    }
    let mut known = HashSet::new();
    if !titles.iter().all(|title| known.insert(named(title))) {
        return None;
    }
    // Where more lines have the field's label it is a speaker's.
    if let Kind::Field(name) = &first.kind
        && who::heads(text).get(name).is_some_and(|&n| n != titles.len())
    {
        return None;
    }
    // The fields that each of them has, and those that are never said, are its header.
    let headers: Vec<Vec<(usize, String, &str)>> = titles.iter().map(|title| header(text, lines, title)).collect();
    let common = |name: &String| headers.iter().all(|header| header.iter().any(|(_, other, _)| other == name));
    let mut sections = Vec::new();
    let mut openings = Vec::new();
    for (n, (title, header)) in titles.iter().zip(&headers).enumerate() {
        let mut section = Section { is_below_title: true, ..Section::default() };
        let mut next = title.at + 1;
        for (at, name, value) in header.iter().take_while(|(_, name, _)| common(name) || plain_field(name)) {
            section.take_field(name, value);
            next = at + 1;
        }
        section.id = section.id.take().or_else(|| id(title)).or_else(|| Some(format!("Interview {}", n + 1)));
        who::add_titled(&mut section.people, title.words);
        while next < lines.len() && (is_blank(next) || is_rule(text[lines[next].clone()].trim())) {
            next += 1;
        }
        let end = titles.get(n + 1).map_or(text.len(), |next| lines[next.at].start);
        let start = lines.get(next).map_or(end, |line| line.start.min(end));
        (section.body, section.line) = (start..end, next + 1);
        // `Respondent 2:` may head words of its own.
        let is_label = text[lines[title.at].clone()].trim_end().ends_with(':');
        if is_label && who::head(text[start..end].by_lines().next().unwrap_or_default()).is_none() {
            return None;
        }
        openings.push(opening(&text[start..end])?);
        sections.push(section);
    }
    let again = |opening: &String| {
        opening.split(' ').count() >= TELLING_WORDS && openings.iter().filter(|&other| other == opening).count() > 1
    };
    (first.kind != Kind::Heading || openings.iter().all(again)).then_some(sections)
}

/// What tells a line from the others of its kind.
fn named(title: &Title<'_>) -> String {
    match title.kind {
        Kind::Numbered => number(title.words).unwrap_or(title.words).to_lowercase(),
        _ => title.words.to_lowercase(),
    }
}

/// The id that a line gives, where it is no full name.
fn id(title: &Title<'_>) -> Option<String> {
    let name = match title.kind {
        Kind::Numbered => number(title.words),
        Kind::With => with_code(title.words).or_else(|| who::titled(title.words)).filter(|name| who::is_id(name)),
        Kind::Field(_) => None,
        Kind::Heading => Some(title.words).filter(|words| who::is_id(words) && is_name(words)),
    };
    name.map(str::to_owned)
}

/// The fields from a line on, with the number of each line; the line itself is one where it is a field.
fn header<'t>(text: &'t str, lines: &[Range<usize>], title: &Title<'_>) -> Vec<(usize, String, &'t str)> {
    let from = title.at + usize::from(!matches!(title.kind, Kind::Field(_)));
    let mut found: Vec<(usize, String, &str)> = Vec::new();
    for (at, range) in lines.iter().enumerate().skip(from) {
        let line = text[range.clone()].trim();
        if line.is_empty() {
            continue;
        }
        let Some((name, value)) = field(line).filter(|(_, value)| is_short(value)) else { break };
        if found.iter().any(|(_, other, _)| *other == name) {
            break;
        }
        found.push((at, name, value));
    }
    found
}

/// How the talk in a text begins, in small letters and without marks; `None` where it is none.
pub(super) fn opening(text: &str) -> Option<String> {
    let talk = labels::read(text, &Names::default())?;
    let labels: HashSet<&str> = talk.stretches.iter().map(|stretch| stretch.label.as_str()).collect();
    let first = talk.stretches.first().filter(|_| labels.len() > 1)?;
    let words = text[first.text.clone()].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    Some(words.map(str::to_lowercase).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::{Section, sections};

    const ANNA: &str =
        "I: How did you come to keep bees?\n\nP: A neighbour left me two hives.\n\nI: And now?\n\nP: Still two.\n\n";
    const BERT: &str =
        "I: How did you come to keep bees?\n\nP: Through a course.\n\nI: Who helps you?\n\nP: My daughter.\n\n";

    fn both(head: &str) -> Vec<Section> {
        let with = |n: &str, name: &str| head.replace("{n}", n).replace("{name}", name);
        sections(&format!("{}\n\n{ANNA}\n{}\n\n{BERT}", with("1", "Anna"), with("2", "Bert")))
    }

    fn ids(found: &[Section]) -> Vec<&str> {
        found.iter().map(|section| section.id.as_deref().unwrap_or_default()).collect()
    }

    #[test]
    fn a_line_that_names_an_interview_begins_it() {
        for (head, wanted) in [
            ("Interview {n}", ["Interview 1", "Interview 2"]),
            ("Interview {n}: {name}", ["Interview 1", "Interview 2"]),
            ("**Interview #{n}** ({name}, nurse, 43)", ["Interview #1", "Interview #2"]),
            ("Respondent {n}:", ["Respondent 1", "Respondent 2"]),
            ("===== Transcript {n} =====", ["Transcript 1", "Transcript 2"]),
            (
                "## Transcript {n}: Manager of System Programmers at a Top 10 Global Bank, with {name}",
                ["Transcript 1", "Transcript 2"],
            ),
            ("# Interview {n}: {name} of Reed Inc.", ["Interview 1", "Interview 2"]),
            ("Interview with P{n}, 3 May", ["P1", "P2"]),
            ("Interview with {name}", ["Anna", "Bert"]),
            ("# {name}", ["Anna", "Bert"]),
            ("Interviewee: {name}", ["Anna", "Bert"]),
            ("Name: {name} Reed\nAge: 4{n}", ["Interview 1", "Interview 2"]),
            ("ID: {n}", ["1", "2"]),
            ("Participant: P{n}\nAge: 4{n}\nInterviewer: Sue", ["P1", "P2"]),
            ("INTERVIEW {n}\nInterviewee: {name}\nDate: {n} May 2023", ["Anna", "Bert"]),
        ] {
            let found = both(head);
            assert_eq!(ids(&found), wanted, "{head}");
        }
    }

    #[test]
    fn a_line_that_names_an_interview_names_who_asked_too() {
        let parts = |title: &str| {
            let found = both(title);
            let part = |label: &str| found[1].people.find(label).map(|person| person.role);
            (part("Bert"), part("Eva"))
        };
        use crate::corpus::model::Role::{Interviewer, Participant};
        assert_eq!(parts("Interview with {name} Reed by Eva Roth"), (Some(Participant), Some(Interviewer)));
        assert_eq!(parts("Interview {n}: with {name} Reed by Eva Roth").1, None);
        assert_eq!(parts("Interview with {name} Reed"), (Some(Participant), None));
    }

    #[test]
    fn a_title_that_the_numbers_skip_is_told() {
        let skipped = |between: &str| {
            let anna = ANNA.trim_end();
            let text = format!("## Interview 1: Anna\n\n{anna}\n{between}\n{ANNA}## Interview 3: Bert\n\n{BERT}");
            let found = sections(&text);
            assert_eq!(ids(&found), ["Interview 1", "Interview 3"], "{between}");
            found[0].skipped.clone()
        };
        assert_eq!(skipped("## Interview 2: Carol"), Some((10, "Interview 2: Carol".to_owned())));
        assert_eq!(skipped("**Interview 2 Carol**"), Some((10, "Interview 2 Carol".to_owned())));
        for said in
            ["Interview 4: Carol", "Interview 2 was short.", "Session 2", "In interview 2", "Interview with Ida"]
        {
            assert_eq!(skipped(said), None, "{said}");
        }
    }

    #[test]
    fn its_words_begin_below_its_header() {
        let text = format!("Participant: P1\nInterviewer: Sue\n\n{ANNA}Participant: P2\nInterviewer: Sue\n\n{BERT}");
        let found = sections(&text);
        let words: Vec<&str> = found.iter().map(|section| text[section.body.clone()].trim()).collect();
        assert_eq!(words, [ANNA.trim(), BERT.trim()]);
        assert_eq!(found[1].line, text[..text.rfind("I: How").unwrap()].matches('\n').count() + 1);
    }

    #[test]
    fn topics_numbers_and_speakers_of_one_talk_divide_nothing() {
        let topics = format!(
            "# Beginnings\n\n{ANNA}# Helpers\n\nI: Who helps you?\n\nP: My daughter.\n\nI: Often?\n\nP: Yes.\n"
        );
        assert_eq!(sections(&topics).len(), 1, "each topic has questions of its own");
        let turns = "Respondent 1: It rains.\n\nRespondent 2: It does.\n\nRespondent 1: So.\n\nRespondent 2: Yes.\n";
        assert_eq!(sections(turns).len(), 1, "a group's turns");
        let below = "Participant 1:\nIt rains.\n\nParticipant 2:\nIt does.\n\nParticipant 1:\nSo it does.\n";
        assert_eq!(sections(below).len(), 1, "labels on lines of their own");
        let turns =
            "Participant: Yes\n\nInterviewer: Why?\n\nParticipant: No\n\nInterviewer: And?\n\nParticipant: So\n";
        assert_eq!(sections(turns).len(), 1, "short turns");
        let parts = format!("Session 1\n\n{ANNA}Session 2\n\n{BERT}");
        assert_eq!(sections(&parts).len(), 1, "one person may have several sessions");
        let twice = format!("Interview 1\n\n{ANNA}Interview 1\n\n{BERT}");
        assert_eq!(sections(&twice).len(), 1, "the same title twice is a running head");
        let of_sentences =
            |n: &str| format!("Interview {n} was the one in which I said what I think of it, more or less.\n\n");
        let said = format!("{}{ANNA}{}{BERT}", of_sentences("1"), of_sentences("2"));
        assert_eq!(sections(&said).len(), 1, "sentences");
        let said =
            format!("{ANNA}I: What comes next?\n\nInterview 2\n\nP: I mean the second interview, Interview 2.\n");
        assert_eq!(sections(&said).len(), 1, "a title alone");
    }
}

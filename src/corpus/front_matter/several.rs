//! Several interviews in one text, each below a line that names it: `Interview 2: Bert`, `Interviewee: Bert`, `# Bert`.
//!
//! In: a text in which no header of another kind was found. Out: its interviews, if there are several. A line divides
//! only where what stands below each of its kind is a talk of its own. A heading may as well be a topic of one talk, so
//! headings divide only where the talk below each begins with the same question as another's. It never divides by
//! sessions, which one person may have several of. A paragraph of fields that names who answers (`Date: 3 May`,
//! `Participant: P2`) begins an interview whatever field stands first in it.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::labels;
use super::super::model::Role;
use super::super::people::{is_name, names_people};
use super::super::speakers::Names;
use super::{HEADER_ID_FIELDS, ID_FIELDS, Section, field, heading, is_known, is_rule, is_short, plain_field, who};

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
    "haastattelu",
    "görüşme",
    "intervju",
    "interjú",
];
/// What stands between such a word and its number.
const NUMEROS: &[&str] =
    &["no.", "no", "nr.", "nr", "n°", "nº", "n.", "n", "№", "num.", "número", "numéro", "nummer", "number"];
/// Numbers in words.
#[rustfmt::skip]
const NUMERALS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eins", "zwei", "drei", "vier",
    "fünf", "sechs", "sieben", "acht", "neun", "zehn", "un", "deux", "trois", "quatre", "cinq", "uno", "dos", "tres",
    "cuatro", "cinco", "due", "tre", "quattro",
];
/// Fields besides those of ids that may begin an interview's header.
const LEADS: &[&str] = &["name", "interview"];
/// Words of a line that names an interview, and of one that counts it: `Interview 2: a nurse at a hospital in the
/// north`.
const MAX_WORDS: usize = 10;
const MAX_WORDS_COUNTED: usize = 25;
/// Lines above the first interview: a title, a notice.
const MAX_ABOVE: usize = 12;
/// Fields of one header.
const MAX_FIELDS: usize = 20;
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
    /// The same below other fields: `Date: 3 May`, `Interviewee: Bert`.
    Block(String),
    /// `# Bert`
    Heading,
}

/// A line that names an interview.
#[derive(Debug)]
struct Title<'t> {
    kind: Kind,
    /// Number of the line, from 0.
    at: usize,
    /// The line; of a block who answers.
    words: &'t str,
}

/// The interviews of a text, or `None` if it holds one.
pub(super) fn sections(text: &str, lines: &[Range<usize>]) -> Option<Vec<Section>> {
    let line = |at: usize| text[lines[at].clone()].trim();
    let alone = |&at: &usize| !line(at).is_empty() && (at == 0 || line(at - 1).is_empty() || is_rule(line(at - 1)));
    let counts = LazyCell::new(|| who::heads(text));
    let titled = |at: usize| {
        let is_alone = alone(&at);
        let of_block = block_title(&line, (at, lines.len()), is_alone, &counts);
        of_block.or_else(|| title(line(at), at).filter(|_| is_alone))
    };
    let mut titles: Vec<Title<'_>> = (0..lines.len()).filter_map(titled).collect();
    // Below a field that no list knows the rest of a block looks like one.
    titles.dedup_by(|below, title| {
        let are_blocks = [&*below, &*title].iter().all(|title| matches!(title.kind, Kind::Block(_)));
        are_blocks && std::ptr::eq(below.words, title.words)
    });
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
    if (line.ends_with(ends) && !ends_in_initial(line)) || line.split_whitespace().nth(most).is_some() {
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

/// Whether the point at the end is a name's: `Interview with Mrs A.`
fn ends_in_initial(line: &str) -> bool {
    let last = line.strip_suffix('.').and_then(|line| line.rsplit(' ').next());
    last.is_some_and(|word| word.chars().count() == 1 && word.chars().all(char::is_uppercase))
}

/// The fields that begin on a line, if one among them, and not the first, names who answers. Fields that no list knows
/// come as often as that one: `counts` says how often a name stands before a colon.
fn block_title<'t>(
    line: &impl Fn(usize) -> &'t str,
    (at, end): (usize, usize),
    is_alone: bool,
    counts: &LazyCell<HashMap<String, usize>, impl FnOnce() -> HashMap<String, usize>>,
) -> Option<Title<'t>> {
    let is_plain = |name: &str| plain_field(name) || who::BESIDE_PEOPLE.contains(&name);
    let is_listed = |name: &str| is_known(name) || is_plain(name) || who::field_role(name).is_some();
    let as_field = |at: usize| field(line(at)).filter(|(name, value)| is_short(value) && (is_alone || is_listed(name)));
    as_field(at)?;
    let is_listed_field = |at: &usize| as_field(*at).is_some_and(|(name, _)| is_listed(&name));
    // The fields of a document may be paragraphs each.
    let above = (0..at).rev().take(2).find(|&at| !line(at).is_empty());
    if above.is_some_and(|above| if above + 1 == at { as_field(above).is_some() } else { is_listed_field(&above) }) {
        return None;
    }
    let is_gap = |at: usize| line(at).is_empty() && at + 1 < end && is_listed_field(&(at + 1));
    let of_block = (at..end).take_while(|&at| as_field(at).is_some() || is_gap(at));
    let fields: Vec<(String, &str)> = of_block.filter_map(as_field).take(MAX_FIELDS).collect();
    let answers = |(name, value): &&(String, &str)| {
        let is_id = [ID_FIELDS, HEADER_ID_FIELDS].iter().any(|fields| fields.contains(&name.as_str()));
        let is_theirs = is_id || who::field_role(name).flatten() == Some(Role::Participant);
        is_theirs && value.split_whitespace().count() <= 4 && names_people(value)
    };
    let (lead, _) = fields.iter().find(answers)?;
    let is_of_header = |(name, _): &&(String, &str)| is_listed(name) || counts.get(name) == counts.get(lead);
    let is_new = |at: usize| fields[..at].iter().all(|(above, _)| *above != fields[at].0);
    let n = (0..fields.len()).take_while(|&at| is_of_header(&&fields[at]) && is_new(at)).count();
    let mut leads = fields[..n].iter().filter(answers);
    let (lead, value) = leads.next()?;
    let is_first = fields.first().is_some_and(|(first, _)| first == lead);
    (!is_first && leads.next().is_none()).then(|| Title { kind: Kind::Block(lead.clone()), at, words: value })
}

/// `Interview 2` of `Interview 2: Bert`, as it stands.
pub(super) fn number(words: &str) -> Option<&str> {
    let (kind, rest) = words.split_once([' ', '#'])?;
    if !KINDS.contains(&kind.to_lowercase().as_str()) {
        return None;
    }
    let rest = without_numero(rest.trim_start_matches([' ', '#', ':', '-', '–']));
    let start = words.len() - rest.len();
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let below = rest[end..].trim_start_matches(['*', '_', ' ']);
    let parted = below.is_empty() || below.starts_with([':', ',', '(', '-', '–', '—', '|', '/', '.', '[']);
    let (id, is_short_id) = (&rest[..end], end <= 12);
    let counts = id.contains(|c: char| c.is_ascii_digit()) || is_numeral(id);
    (parted && is_short_id && counts).then(|| &words[..start + end])
}

/// Whether a word counts without digits: `II`, `B`, `two`.
fn is_numeral(word: &str) -> bool {
    let is_roman = word.len() <= 4 && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X'));
    let is_letter = word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    !word.is_empty() && (is_roman || is_letter || NUMERALS.contains(&word.to_lowercase().as_str()))
}

/// What stands in front of a number without what says that it is one: `7` of `No. 7` and `n° 7`.
fn without_numero(rest: &str) -> &str {
    let behind = |sign: &&str| rest.get(..sign.len()).filter(|start| start.to_lowercase() == **sign);
    let rests = NUMEROS.iter().filter(|sign| behind(sign).is_some()).map(|sign| rest[sign.len()..].trim_start());
    rests.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).min_by_key(|rest| rest.len()).unwrap_or(rest)
}

/// The second of several lines below each of which a talk begins with the same question, as interviews do and perhaps
/// the parts of one: its number, from 1, and its words.
pub(super) fn begins_again(text: &str, lines: &[Range<usize>]) -> Option<(usize, String)> {
    let line = |at: usize| text[lines[at].clone()].trim();
    let counts = LazyCell::new(|| who::heads(text));
    let is_turn = |line: &str| who::head(line).is_some_and(|label| counts.get(&label).is_some_and(|&n| n > 1));
    let mut below: HashMap<String, Vec<usize>> = HashMap::new();
    let mut above = 0;
    for at in 0..lines.len() {
        let title = line(at);
        if title.is_empty() {
            continue;
        }
        above += 1;
        let is_alone = (at == 0 || line(at - 1).is_empty()) && !title.ends_with(['.', '?', '!', ',', ':']);
        if !is_alone || title.split_whitespace().nth(MAX_WORDS).is_some() || is_rule(title) {
            continue;
        }
        let Some(next) = (at + 1..lines.len()).map(line).find(|line| !line.is_empty()) else { break };
        let words = next.split_whitespace().count();
        // The first title stands at the top.
        let is_known = || below.contains_key(&next.to_lowercase());
        if words <= TELLING_WORDS || (above > MAX_ABOVE && !is_known()) || is_turn(title) || !is_turn(next) {
            continue;
        }
        let titles = below.entry(next.to_lowercase()).or_default();
        titles.push(at);
        let (first, last) = (line(titles[0]), titles.len() - 1);
        if last > 0 && first != title && opening(&text[lines[titles[0]].end..lines[at].start]).is_some() {
            return Some((at + 1, title.to_owned()));
        }
    }
    None
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
        Kind::Block(_) => Some(title.words).filter(|name| who::is_id(name)),
        Kind::Heading => Some(title.words).filter(|words| who::is_id(words) && is_name(words)),
    };
    name.map(str::to_owned)
}

/// The fields from a line on, with the number of each line; the line itself is one where it is a field.
fn header<'t>(text: &'t str, lines: &[Range<usize>], title: &Title<'_>) -> Vec<(usize, String, &'t str)> {
    let from = title.at + usize::from(!matches!(title.kind, Kind::Field(_) | Kind::Block(_)));
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
            ("Interview No. {n} – nurse, female, 44", ["Interview No. 1", "Interview No. 2"]),
            ("Interview Nr. {n}: Lehrerin, 44", ["Interview Nr. 1", "Interview Nr. 2"]),
            ("Entretien n° {n} : institutrice", ["Entretien n° 1", "Entretien n° 2"]),
            ("Entretien n°{n}", ["Entretien n°1", "Entretien n°2"]),
            ("Görüşme {n}", ["Görüşme 1", "Görüşme 2"]),
            ("===== Transcript {n} =====", ["Transcript 1", "Transcript 2"]),
            (
                "## Transcript {n}: Manager of System Programmers at a Top 10 Global Bank, with {name}",
                ["Transcript 1", "Transcript 2"],
            ),
            ("# Interview {n}: {name} of Reed Inc.", ["Interview 1", "Interview 2"]),
            ("Interview with P{n}, 3 May", ["P1", "P2"]),
            ("Interview with {name}", ["Anna", "Bert"]),
            ("Interview mit Frau {name} B.", ["Interview 1", "Interview 2"]),
            ("# {name}", ["Anna", "Bert"]),
            ("Interviewee: {name}", ["Anna", "Bert"]),
            ("Name: {name} Reed\nAge: 4{n}", ["Interview 1", "Interview 2"]),
            ("ID: {n}", ["1", "2"]),
            ("Participant: P{n}\nAge: 4{n}\nInterviewer: Sue", ["P1", "P2"]),
            ("INTERVIEW {n}\nInterviewee: {name}\nDate: {n} May 2023", ["Anna", "Bert"]),
            ("Date: {n} May 2031\nInterviewer: Ann Hall\nParticipant: P{n}", ["P1", "P2"]),
            ("Project: Housing\nParticipant: {name}", ["Anna", "Bert"]),
            ("Projekt: Wohnen\nInterviewerin: Ann Hall\nTeilnehmer: P{n}", ["P1", "P2"]),
            ("Ward: Surgery\nInterviewer: Ann Hall\nParticipant: P{n}", ["P1", "P2"]),
            ("Project: Housing\n\nInterviewer: Ann Hall\n\nParticipant: P{n}", ["P1", "P2"]),
            ("Interviewer: Ann Hall\nParticipant: P{n}", ["P1", "P2"]),
            ("Datum: 3. Mai\nBefragte: {name} Reed", ["Interview 1", "Interview 2"]),
            (
                "Collection: Mill voices\nInterviewer: Sue\nNarrator: {name} Reed\nPlace: Leeds",
                ["Interview 1", "Interview 2"],
            ),
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
    fn numbers_may_be_words_and_letters() {
        for heads in [
            ["Interview I", "Interview II"],
            ["INTERVIEW ONE", "INTERVIEW TWO"],
            ["Interview A: Anna", "Interview B: Bert"],
        ] {
            let found = sections(&format!("{}\n\n{ANNA}\n{}\n\n{BERT}", heads[0], heads[1]));
            let wanted = heads.map(|head| head.split(':').next().unwrap_or_default());
            assert_eq!(ids(&found), wanted);
        }
        for heads in [["Interview Anna", "Interview Bert"], ["Conversation I had", "Conversation We had"]] {
            assert_eq!(sections(&format!("{}\n\n{ANNA}\n{}\n\n{BERT}", heads[0], heads[1])).len(), 1);
        }
    }

    #[test]
    fn an_unknown_title_below_which_the_talk_begins_again_is_told() {
        let again = |first: &str, second: &str, below: &str| {
            let found = sections(&format!("{first}\n\n{ANNA}{second}\n\n{below}"));
            assert_eq!(found.len(), 1, "{second}");
            found[0].skipped.clone().map(|(_, title)| title)
        };
        for (first, second) in [
            ("First interview: teacher", "Second interview: nurse"),
            ("TEACHER", "NURSE"),
            ("INT01_F_44", "INT02_M_51"),
        ] {
            assert_eq!(again(first, second, BERT).as_deref(), Some(second));
        }
        let other = BERT.replace("come to keep bees", "find out about it");
        assert_eq!(again("TEACHER", "NURSE", &other), None, "another question");
        assert_eq!(again("TEACHER", "She asked again.", BERT), None, "a sentence");
        assert_eq!(again("TEACHER", "P: Well", BERT), None, "a turn");
        assert_eq!(again("TEACHER", "TEACHER", BERT), None, "a running head");
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

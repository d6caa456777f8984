//! What stands above a transcript: its title, ids, study and people, and where the next one begins.
//!
//! In: the text of a file. Out: its sections, each a header's facts and the range of its words.
//! It never reads inside the interview, so `Participant: Yes` in it stays a turn; a block that names the
//! people or tells of the transcript below the last turn is a header, too, and so are lines that name interviews
//! where a talk begins below each. A header that comes again within the interview has a file of its own.

mod described;
mod explained;
mod repeated;
mod several;
mod swapped;
mod title_page;
mod unlisted;
mod unnamed;
mod who;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use memchr::memchr2;
pub(crate) use repeated::repeated;
use who::field_role;

use super::by_lines::ByLines;
use super::labels::{has_time, is_rule};
use super::lexicon::{GENDER_ENDINGS, QUESTION_WORDS};
use super::notices::fields_at_the_end;
use super::people::People;
use super::speakers::{Names, asked_by_number, key, numbered};

/// One transcript of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Section {
    pub(crate) id: Option<String>,
    pub(crate) study: Option<String>,
    /// The people it names.
    pub(crate) people: People,
    /// Bytes of the words below the header.
    pub(crate) body: Range<usize>,
    /// 1-based line on which the words start.
    pub(crate) line: usize,
    /// The line of a word that may describe somebody, and is counted as said.
    pub(crate) doubt: Option<(usize, String)>,
    /// A line in it that may be the title of another one, with its number.
    pub(crate) skipped: Option<(usize, String)>,
    /// It is one of several that lines of their own name, such as `Interview 2`.
    pub(crate) is_below_title: bool,
}

/// Fields that hold an id wherever they stand.
const ID_FIELDS: &[&str] = &[
    "transcript id",
    "participant id",
    "respondent id",
    "interview id",
    "interviewee id",
    "dialog id",
    "dialogue id",
    "case id",
    "session id",
    "conversation id",
    "record id",
];
/// Fields that hold an id only inside a header; the last ones may also be speakers.
const HEADER_ID_FIELDS: &[&str] = &["id", "transcript", "pid", "pseudonym", "participant", "respondent", "interviewee"];
const STUDY_FIELDS: &[&str] = &["study", "study name", "study id", "project", "project name"];
/// Fields that are skipped; the last ones may also be speakers.
const OTHER_FIELDS: &[&str] = &[
    "date",
    "time",
    "duration",
    "length",
    "location",
    "place",
    "language",
    "recorded",
    "recording",
    "file",
    "topic",
    "title",
    "version",
    "source",
    "age",
    "age group",
    "gender",
    "occupation",
    "condition",
    "consent",
    "interview",
    "site",
    "interviewer",
    "moderator",
    "researcher",
    "transcriber",
    "transcribed by",
];
const SPEAKER_LIKE: &[&str] =
    &["participant", "respondent", "interviewee", "interviewer", "moderator", "researcher", "transcriber"];

/// Longer than this no header is.
const MAX_LINES: usize = 60;

/// Divides a file into its transcripts; there is always at least one.
pub(crate) fn sections(text: &str) -> Vec<Section> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.by_whole_lines() {
        lines.push(start..start + line.len());
        start += line.len();
    }
    let speakers = heading_speakers(text);
    let mut sections: Vec<Section> = Vec::new();
    let mut at = 0;
    if let Some(next) = below_service_header(text, &lines) {
        sections.push(Section { body: lines[next].start..text.len(), line: next + 1, ..Section::default() });
        at = next;
    }
    while at < lines.len() {
        let line = &text[lines[at].clone()];
        let starts = (at == 0 || may_start(line) || is_above_id(text, &lines, at)) && !speakers.contains(line.trim());
        if starts && let Some((header, next)) = header(text, &lines, at, sections.is_empty(), &speakers) {
            if let Some(open) = sections.last_mut() {
                open.body.end = lines[at].start;
            }
            let body = lines.get(next).map_or(text.len(), |line| line.start);
            sections.push(Section { body: body..text.len(), line: next + 1, ..header });
            at = next.max(at + 1);
            continue;
        }
        if sections.is_empty() && !line.is_blank() {
            sections.push(Section { body: lines[at].start..text.len(), line: at + 1, ..Section::default() });
        }
        at += 1;
    }
    if sections.is_empty() {
        sections.push(Section { body: 0..text.len(), line: 1, ..Section::default() });
    }
    if sections.len() == 1
        && let Some(several) = several::sections(text, &lines).or_else(|| swapped::sections(text, &lines))
    {
        sections = several;
    }
    if let [section] = &mut sections[..] {
        section.skipped = several::begins_again(text, &lines);
    }
    sections.iter_mut().for_each(|section| section.take_people(text));
    sections
}

impl Section {
    /// Takes a field of the header.
    fn take_field(&mut self, name: &str, value: &str) {
        let people = who::field_role(name).flatten();
        if let Some(role) = people {
            self.people.add(name, role, value);
        } else if (who::field_role(name).is_some() || !is_known(name)) && who::is_full_name(value) {
            self.people.add_present(name, value);
        }
        let is_id = ID_FIELDS.contains(&name) || HEADER_ID_FIELDS.contains(&name);
        // A person's full name stands for nobody in the outputs.
        let id = if is_id && people.is_some() { who::id_in(value) } else { Some(value).filter(|_| is_id) };
        if let Some(value) = id.filter(|_| self.id.is_none() || ID_FIELDS.contains(&name)) {
            self.id = Some(value.to_owned());
        } else if STUDY_FIELDS.contains(&name) {
            self.study = Some(value.to_owned());
        }
    }

    /// Moves the start of the words below the lines that say who talks, and their end above them.
    fn take_people(&mut self, text: &str) {
        self.take_end(text);
        if let Some(title) = who::title(&text[self.body.clone()]) {
            self.people.extend(title.people);
            self.body.start += title.end;
            self.line += title.lines;
        }
        let words = &text[self.body.clone()];
        let block = who::block(words, || unlisted::fields(words)).or_else(|| described::at_the_top(words));
        let is_found = block.is_some();
        if let Some(block) = block {
            self.take_block(block);
        }
        let above = text[..self.body.start].trim_end();
        let is_below_header = is_found || above.lines().next_back().is_some_and(is_field);
        let words = &text[self.body.clone()];
        if let Some(block) = unnamed::at_the_top(words, is_below_header) {
            self.take_block(block);
        } else if !is_found {
            self.doubt = described::doubt(words).map(|(above, line)| (self.line + above, line.to_owned()));
        }
    }

    /// Moves the end of the words above those who are named there, and fields of the transcript.
    fn take_end(&mut self, text: &str) {
        let named = |body: Range<usize>| described::at_the_end(&text[body]);
        let explained = || explained::at_the_end(&text[self.body.clone()]).map(|(end, people)| (end, people, None));
        let found = named(self.body.clone()).or_else(explained).or_else(|| {
            let end = fields_at_the_end(&text[self.body.clone()])?;
            let above = named(self.body.start..self.body.start + end);
            Some(above.unwrap_or_else(|| (end, People::default(), None)))
        });
        let is_above_fields = found.is_some();
        if let Some((end, people, id)) = found {
            self.people.extend(people);
            self.id = self.id.take().or(id);
            self.body.end = self.body.start + end;
        }
        if let Some((end, people)) = title_page::at_the_end(&text[self.body.clone()], is_above_fields) {
            self.people.extend(people);
            self.body.end = self.body.start + end;
        }
    }

    fn take_block(&mut self, block: who::Block) {
        self.people.extend(block.people);
        self.id = self.id.take().or(block.id);
        self.body.start += block.end;
        self.line += block.lines;
    }
}

fn may_start(line: &str) -> bool {
    is_rule(line) || heading(line).is_some() || field(line).is_some_and(|(name, _)| ID_FIELDS.contains(&name.as_str()))
}

/// Whether a paragraph of fields begins on a line, with an id below the first: `Project: Housing`, `Participant ID: P2`.
fn is_above_id(text: &str, lines: &[Range<usize>], at: usize) -> bool {
    let line = |at: usize| text[lines[at].clone()].trim();
    let is_plain = |at: usize| field(line(at)).is_some_and(|(name, value)| plain_field(&name) && is_short(value));
    let is_first = at > 0 && is_between(line(at - 1)) && is_plain(at);
    let end = |at: &usize| !is_plain(*at) || may_start(line(*at));
    is_first && (at..lines.len()).find(end).is_some_and(|end| end > at && !is_rule(line(end)) && may_start(line(end)))
}

/// Reads a header that starts at a line; also returns the line below it.
///
/// The first header of a file may hold anything; a later one must name its transcript.
fn header(
    text: &str,
    lines: &[Range<usize>],
    at: usize,
    first: bool,
    speakers: &HashSet<&str>,
) -> Option<(Section, usize)> {
    let mut section = Section::default();
    let mut title_id = None;
    let mut evidence = false;
    let mut in_block = false; // the line above is a field
    let mut fenced = false; // inside `---` fences at the very top
    let mut end = at;
    let mut next = at;
    while next < lines.len().min(at + MAX_LINES) {
        let line = text[lines[next].clone()].trim();
        next += 1;
        if line.is_empty() {
            in_block = false;
            continue;
        }
        if is_rule(line) {
            fenced = !fenced && end == at && closing_fence(text, lines, next);
            end = next;
            continue;
        }
        if let Some(title) = heading(line) {
            if speakers.contains(line) {
                break;
            }
            if (evidence || title_id.is_some()) && transcript_title(title).is_some() {
                break; // the next transcript, this one is empty
            }
            title_id = title_id.or_else(|| transcript_title(title));
            who::add_titled(&mut section.people, title);
            end = next;
            continue;
        }
        let Some((name, value)) = field(line) else { break };
        let name = name.as_str();
        let is_unlisted = || in_block && unlisted::fields(&text[lines[at].start..]).iter().any(|field| field == name);
        if !is_short(value) || !(is_known(name) || fenced || is_unlisted()) {
            break;
        }
        if ID_FIELDS.contains(&name) && section.id.is_some() && text[lines[end].clone()].is_blank() {
            break;
        }
        if SPEAKER_LIKE.contains(&name) {
            // `Participant: ward_07` is a field only inside a block of fields.
            let above = end == next - 1 && end > at && in_block;
            let below = lines
                .get(next)
                .is_some_and(|range| field(&text[range.clone()]).is_some_and(|(name, _)| plain_field(&name)));
            if !(fenced || above || below) || value.split_whitespace().count() > 4 {
                break;
            }
        }
        section.take_field(name, value);
        evidence = true;
        in_block = true;
        end = next;
    }
    section.id = section.id.or(title_id);
    if end == at || (!first && section.id.is_none()) {
        return None;
    }
    // Skip blank lines, so that the section's line is that of its first word.
    while end < lines.len() && text[lines[end].clone()].is_blank() {
        end += 1;
    }
    Some((section, end))
}

/// The lines that head a turn, as in `## User`, rather than a transcript: a known name, or a heading
/// that comes again, names no transcript and has no field below it.
fn heading_speakers(text: &str) -> HashSet<&str> {
    let names = Names::default();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut headers: HashSet<&str> = HashSet::new();
    let mut above = None; // the last line that is not blank, if it is a heading
    for line in text.by_lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_field = || is_rule(line) || field(line).is_some_and(|(name, _)| plain_field(&name));
        if let Some(above) = above.filter(|_| is_field()) {
            headers.insert(above);
        }
        above = heading(line).map(|_| line);
        if above.is_some() {
            *counts.entry(line).or_default() += 1;
        }
    }
    let heads_turns = |&(line, count): &(&str, usize)| {
        let title = heading(line).unwrap_or_default().trim_matches(['*', ':', ' ']);
        let known = names.strong(&key(title)).is_some();
        match transcript_title(title) {
            Some(_) => known && count > 1,
            None => known || (count > 1 && !headers.contains(line)),
        }
    };
    let mut speakers: HashSet<&str> = counts.into_iter().filter(heads_turns).map(|(line, _)| line).collect();
    speakers.extend(numbered_headings(text));
    speakers
}

/// The headings `## Q1`, `## A1`, `## Q2` … where their numbers count what is asked.
fn numbered_headings(text: &str) -> Vec<&str> {
    let is_numbered = |&(_, title): &(&str, &str)| numbered(title).is_some() && transcript_title(title).is_none();
    let (lines, titles): (Vec<&str>, Vec<&str>) = text
        .by_lines()
        .map(str::trim)
        .filter_map(|line| Some((line, heading(line)?.trim_matches(['*', ':', ' ']))))
        .filter(is_numbered)
        .unzip();
    let first = titles.first().and_then(|title| numbered(title));
    let asks = first.is_some_and(|(word, _)| QUESTION_WORDS.contains(&word.as_str()));
    if asks && asked_by_number(&titles).is_some() { lines } else { Vec::new() }
}

/// The line below the header that Otter writes: a title, a date, and its lists of keywords and speakers.
fn below_service_header(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    const LISTS: [&str; 2] = ["SUMMARY KEYWORDS", "SPEAKERS"];
    let line = |at: usize| lines.get(at).map(|range| text[range.clone()].trim());
    let last = (0..lines.len().min(MAX_LINES)).rev().find(|&at| line(at).is_some_and(|line| LISTS.contains(&line)))?;
    let blank =
        |from: usize, wanted: bool| (from..lines.len()).find(|&at| line(at).is_some_and(str::is_empty) == wanted);
    // The list is the paragraph below its title; the words start below the next blank line.
    blank(blank(blank(last + 1, false)?, true)?, false)
}

/// Whether a `---` below closes a block that holds nothing but fields.
fn closing_fence(text: &str, lines: &[Range<usize>], from: usize) -> bool {
    let mut block = lines[from.min(lines.len())..].iter().map(|range| text[range.clone()].trim());
    let fields = block.clone().take(40).take_while(|line| !is_rule(line) && field(line).is_some()).count();
    fields > 0 && block.nth(fields).is_some_and(is_rule)
}

/// Whether a line is a field of a header, such as `Date: 3 May`.
pub(crate) fn is_field(line: &str) -> bool {
    field(line).is_some_and(|(name, value)| is_known(&name) && is_short(value))
}

/// Whether a line without white space around it parts others: a blank one, a rule or a heading.
fn is_between(line: &str) -> bool {
    line.is_empty() || is_rule(line) || heading(line).is_some()
}

/// A field's value is no sentence.
fn is_short(value: &str) -> bool {
    (1..=6).contains(&value.split_whitespace().take(7).count()) && !value.ends_with(['.', '?', '!', ','])
}

fn is_known(name: &str) -> bool {
    [ID_FIELDS, HEADER_ID_FIELDS, STUDY_FIELDS, OTHER_FIELDS].iter().any(|fields| fields.contains(&name))
}

/// A field that cannot be a speaker.
fn plain_field(name: &str) -> bool {
    is_known(name) && !SPEAKER_LIKE.contains(&name)
}

/// `**Transcript ID:** x` as (`transcript id`, `x`).
fn field(line: &str) -> Option<(String, &str)> {
    let line = line.trim().trim_start_matches(['-', '>', '+']).trim_start();
    let (name, value) = at_colon(line)?;
    // `**P1** (00:03)` is a label with its time.
    let is_clock = name.ends_with(|c: char| c.is_ascii_digit()) && value.starts_with(|c: char| c.is_ascii_digit());
    if name.chars().count() > 40 || is_clock {
        return None;
    }
    let name = key(&without_marks(name));
    let value = value.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '`' | '"' | '\''));
    (!name.is_empty() && !value.is_empty()).then_some((name, value))
}

/// The name of a field without what Markdown puts around words; `Befragte*r` and `Interviewer_in` are one word.
fn without_marks(name: &str) -> String {
    const MARKS: [char; 4] = ['*', '_', '`', '#'];
    // `Intervistat*`
    let bare = name.trim();
    let is_open = || bare.ends_with('*') && !bare.ends_with("**") && !bare.starts_with(MARKS);
    if is_open() && field_role(&key(bare)).is_some() {
        return bare.to_owned();
    }
    let name = name.trim_matches(|c: char| MARKS.contains(&c) || c.is_whitespace());
    if has_gender_mark(name) { name.to_owned() } else { name.replace(MARKS, " ") }
}

/// Whether a star or a gap sets off the ending of a role: `Interviewer*in`, `Teilnehmer_in 2`.
fn has_gender_mark(name: &str) -> bool {
    name.match_indices(['*', '_']).any(|(at, mark)| {
        let rest = &name[at + mark.len()..];
        let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        at > 2 && GENDER_ENDINGS.contains(&&rest[..end])
    }) && field_role(&key(name)).is_some()
}

/// Characters of a line within which the colon of a field or a label stands.
const LONGEST_BEFORE_COLON: usize = 200;
/// The same of the ending between two colons.
const LONGEST_ENDING: usize = 8;

/// Bytes of a character, at most, and the first of `：`.
const LONGEST_CHARACTER: usize = 4;
const FIRST_OF_WIDE_COLON: u8 = 0xEF;

/// What stands before the colon of a field or a label, and behind it; `Interviewer:in:` ends at its second one.
fn at_colon(line: &str) -> Option<(&str, &str)> {
    // Few lines have one, of either width, where it counts.
    let near = &line.as_bytes()[..line.len().min(LONGEST_BEFORE_COLON * LONGEST_CHARACTER)];
    memchr2(b':', FIRST_OF_WIDE_COLON, near)?;
    let is_colon = |&(_, c): &(usize, char)| matches!(c, ':' | '：');
    let (at, colon) = line.char_indices().take(LONGEST_BEFORE_COLON).find(is_colon)?;
    let rest = &line[at + colon.len_utf8()..];
    let second = if at > 2 { rest.char_indices().take(LONGEST_ENDING).find(is_colon) } else { None };
    let ending = second.map(|(end, colon)| (&rest[..end], &rest[end + colon.len_utf8()..]));
    let ending = ending.filter(|(ending, _)| GENDER_ENDINGS.contains(ending));
    Some(match ending {
        Some((ending, value)) => (&line[..at + colon.len_utf8() + ending.len()], value),
        None => (&line[..at], rest),
    })
}

/// The words of a Markdown heading of the first three levels.
fn heading(line: &str) -> Option<&str> {
    let line = line.trim();
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    // `### Maria [0:03]` heads a turn.
    ((1..=3).contains(&level) && words.starts_with(' ') && !has_time(words)).then(|| words.trim())
}

/// The id in a title such as `Interview 12` or `Participant ward_07`.
fn transcript_title(title: &str) -> Option<String> {
    const KINDS: [&str; 10] = [
        "dialog",
        "dialogue",
        "interview",
        "transcript",
        "participant",
        "respondent",
        "session",
        "case",
        "conversation",
        "interviewee",
    ];
    let title = title.trim_matches(['*', ' ']);
    let (kind, rest) = title.split_once([' ', ':', '-', '#'])?;
    let rest = rest.trim_matches([' ', ':', '-', '#']);
    let named = KINDS.contains(&kind.to_lowercase().as_str())
        && rest.split_whitespace().count() == 1
        && rest.chars().any(|c| c.is_ascii_digit());
    if !named {
        return None;
    }
    let telling = rest.chars().any(char::is_alphabetic);
    Some(if telling { rest.to_owned() } else { title.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(text: &str) -> Vec<(Option<String>, Option<String>, String, usize)> {
        sections(text).into_iter().map(|s| (s.id, s.study, text[s.body].trim().to_owned(), s.line)).collect()
    }

    fn some(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_header_names_its_transcript() {
        let text = "# Dialog 07\n\n**Transcript ID:** ward_0004\n\n---\n\nQ: Why?\nA: So.\n";
        assert_eq!(facts(text), [(some("ward_0004"), None, "Q: Why?\nA: So.".to_owned(), 7)]);
        let text = "Participant ID: ward_07\nStudy: Night shifts\n\nQ: Why?\nA: So.";
        assert_eq!(facts(text), [(some("ward_07"), some("Night shifts"), "Q: Why?\nA: So.".to_owned(), 4)]);
        let text = "---\nid: w1\nstudy: wards\nanything: else\n---\nQ: Why?\nA: So.";
        assert_eq!(facts(text), [(some("w1"), some("wards"), "Q: Why?\nA: So.".to_owned(), 6)]);
        assert_eq!(facts("# Interview 3\n\nQ: Why?")[0].0, some("Interview 3"));
        assert_eq!(facts("# Notes\n\nQ: Why?")[0].0, None);
    }

    #[test]
    fn speakers_are_no_fields() {
        let text = "Participant: Yes\nInterviewer: And why\nParticipant: So";
        assert_eq!(facts(text), [(None, None, text.to_owned(), 1)]);
        let text = "# Talk\n\nParticipant ID: P7\n\nInterviewer: Hello\nParticipant: Yes\n";
        assert_eq!(facts(text)[0].2, "Interviewer: Hello\nParticipant: Yes");
        let text = "Date: 3 May\nParticipant: ward_07\nInterviewer: Tom\n\nTom: Hello\n";
        assert_eq!(facts(text), [(some("ward_07"), None, "Tom: Hello".to_owned(), 5)]);
    }

    #[test]
    fn a_label_with_its_time_is_no_field() {
        for who in ["P1", "Speaker 1", "Interviewer"] {
            let turns = ["(00:03)\n\nWhy?\n\n**Ann** (00:09)\n\nSo.", "(00:11)\n\nAnd?"];
            let text = turns.map(|turn| format!("**{who}** {turn}")).join("\n\n");
            assert_eq!(facts(&text), [(None, None, text.clone(), 1)]);
        }
    }

    #[test]
    fn a_field_keeps_the_mark_of_its_gender_and_loses_that_of_markdown() {
        for (line, name) in [
            ("Interviewer*in: Ines Vogt", "interviewer*in"),
            ("Befragte*r: B7", "befragte*r"),
            ("**Teilnehmer_in:** B7", "teilnehmer_in"),
            ("**Transcript ID:** B7", "transcript id"),
            ("transcript_id: B7", "transcript id"),
            ("*Date* _of_ talk: May", "date of talk"),
            ("Participant_A: Tom", "participant a"),
        ] {
            assert_eq!(field(line).map(|(name, _)| name).as_deref(), Some(name), "{line}");
        }
        let talk = "IV: Wie war das?\n\nB7: So.\n\nIV: Und?\n\nB7: Gut.";
        assert_eq!(facts(&format!("Interviewer*in: Ines Vogt\nBefragte*r: B7\n\n{talk}"))[0].3, 4);
    }

    #[test]
    fn headings_may_be_speakers() {
        let text = "## User\n\nHello\n\n## Assistant\n\nYes?\n";
        assert_eq!(facts(text), [(None, None, text.trim().to_owned(), 1)]);
        let talk = "## Tom Reyes\nWhy?\n\n## Maria Keller\nSo.\n\n## Tom Reyes\nAnd?\n\n## Maria Keller\nNo.";
        assert_eq!(facts(&format!("# Night shift\n\n{talk}")), [(None, None, talk.to_owned(), 3)]);
        let talk = "## Participant 1\nYes\n\n## Participant 2\nNo\n\n## Participant 1\nAh\n\n## Participant 2\nOh";
        assert_eq!(facts(talk), [(None, None, talk.to_owned(), 1)]);
        let several = "## Participant 1\nQ: Why?\nA: So.\n\n## Participant 2\nQ: And?\nA: No.";
        assert_eq!(facts(several).len(), 2);
    }

    #[test]
    fn numbered_questions_and_answers_are_no_titles() {
        let talk = "## Q1\n\nWhy?\n\n## A1\n\nSo.\n\n## Q2\n\nAnd?\n\n## A2\n\nNo.";
        assert_eq!(facts(&format!("# Talk\n\n{talk}")), [(None, None, talk.to_owned(), 3)]);
        assert_eq!(facts("## Part 1\n\nI: Why?\n\n## Part 2\n\nI: And?")[0].3, 3);
    }

    #[test]
    fn the_header_of_a_service_is_skipped() {
        let text = "Ward talk\nMon, Nov 03, 2025 4:11PM • 1:02\n\nSUMMARY KEYWORDS\nnight, ward\n\nSPEAKERS\nTom, Maria\n\n\
                    Tom  0:04\nWhy?\n";
        assert_eq!(facts(text), [(None, None, "Tom  0:04\nWhy?".to_owned(), 10)]);
        assert_eq!(facts("SPEAKERS\nTom\n")[0].2, "SPEAKERS\nTom");
    }

    #[test]
    fn one_file_may_hold_several() {
        let text = "# Dialog 1\n\n**Transcript ID:** a_01\n\n---\n\nQ: Why?\nA: So.\n\n---\n\n\
                    # Dialog 2\n\n**Transcript ID:** a_02\n\n---\n\nQ: And?\nA: No.\n";
        let found = facts(text);
        assert_eq!(found.len(), 2);
        assert_eq!((found[1].0.clone(), found[1].3), (some("a_02"), 18));
        let text = "Transcript ID: a\n\nQ: Why?\nA: So.\n\nTranscript ID: b\n\nQ: And?\nA: No.\n";
        assert_eq!(facts(text).iter().map(|f| f.0.clone()).collect::<Vec<_>>(), [some("a"), some("b")]);
    }
}

//! The lines of a header that say who talks: `INTERVIEWEE: Tom Reed`, `Speakers: …`, `AH = Ann Hall`.
//!
//! In: a transcript, as far as it is not known to be a header. Out: where the interview starts below
//! such a block of lines, and the people it names. Lines that look the same but are said – the labels
//! go on below, and what follows them need be no name – stay turns.

mod bare;
mod on_one_line;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use on_one_line::LABEL_WORDS;
pub(super) use on_one_line::several;

use super::super::by_lines::ByLines;
use super::super::lexicon::{BETWEEN_NAMES, HEADINGS, PEOPLE_FIELDS};
use super::super::model::Role;
use super::super::people::{People, is_name, is_short_for, is_without_capitals, names_people};
use super::super::policy::LONGEST_ROLE;
use super::super::role_names::STANDING_BY;
use super::super::speakers::two_people::{is_relation, is_relative_of};
use super::super::speakers::{Names, interpreting, key, stem};
use super::super::studies::is_kind;
use super::{at_colon, field, heading, is_known, is_rule, is_short};

/// A block of lines that name people.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Block {
    pub(super) people: People,
    /// The participant's id, where the block gives one and no personal name.
    pub(super) id: Option<String>,
    /// The byte and the number of lines below which the interview starts.
    pub(super) end: usize,
    pub(super) lines: usize,
}

/// Lines above the block that are looked at; a title, a summary and a notice may stand there.
const MAX_ABOVE: usize = 120;
/// The longest block.
const MAX_BLOCK: usize = 40;

/// A line of the block.
pub(super) struct Line<'t> {
    pub(super) label: String,
    pub(super) value: &'t str,
    /// The part of the people it names: `None` for a field such as `Date: 3 May`.
    pub(super) names: Option<Option<Role>>,
}

/// Finds the first block that names people, unless turns stand above it. `unlisted` tells the names of its other fields.
pub(super) fn block(text: &str, unlisted: impl FnOnce() -> Vec<String>) -> Option<Block> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for line in text.by_whole_lines().take(MAX_ABOVE + MAX_BLOCK) {
        lines.push(start..start + line.len());
        start += line.len();
    }
    let line = |at: usize| text[lines[at].clone()].trim();
    let read = |line| read(line).or_else(|| bare::read(line, text));
    let names = |line| read(line).is_some_and(|line| line.names.is_some()) || !several(line).is_empty();
    let first = (0..lines.len().min(MAX_ABOVE)).find(|&at| names(line(at)))?;
    let unlisted = unlisted();
    let other = |line| {
        let (label, value) = field(line).filter(|(label, _)| unlisted.contains(label))?;
        Some(Line { label, value, names: is_full_name(value).then_some(None) })
    };
    let mut found: Vec<Line<'_>> = Vec::new();
    let (mut end, mut next, mut loose) = (first, first, false);
    while next < lines.len() && next < first + MAX_BLOCK {
        let at = next;
        next += 1;
        if line(at).is_empty() || line(at).starts_with("|-") || line(at).starts_with("| -") {
            continue;
        }
        let on_one_line = several(line(at));
        if !on_one_line.is_empty() {
            loose |= at > end && !found.is_empty();
            found.extend(on_one_line);
            end = next;
            continue;
        }
        if at == end && is_convention(line(at)) && found.last().is_some_and(is_short_label) {
            end = next;
            continue;
        }
        let below = || described(line(at), found.last().filter(|_| at == end));
        let Some(read) = read(line(at)).or_else(below).or_else(|| other(line(at))) else { break };
        if comes_again(&read, &found) {
            break;
        }
        loose |= at > end && !found.is_empty();
        found.push(read);
        end = next;
    }
    let below = lines.get(end.checked_sub(1)?)?.end;
    if text[below..].is_blank() {
        return None;
    }
    let parted = lines.get(end).is_none_or(|range| {
        let line = text[range.clone()].trim();
        line.is_empty() || is_rule(line) || heading(line).is_some()
    });
    let (counts, counts_above) = (heads(&text[below..]), heads(&text[..lines[first].start]));
    // One label may head a title, as in `IDA LUND: An Interview`; two are a conversation, also where one of them talks
    // above the block alone.
    let recurs = |counts: &HashMap<String, usize>, key: &String| counts.get(key).is_some_and(|&n| n > 1);
    let is_label = |key: &String| recurs(&counts, key) || (recurs(&counts_above, key) && !is_known(key));
    let above: HashSet<String> = (0..first).filter_map(|at| head(line(at))).filter(is_label).collect();
    if above.len() > 1 || (tells_no_names(&found) && (0..first).any(|at| is_label_of(&found, line(at)))) {
        return None;
    }
    let people = people(&found);
    let as_turns = || tells_no_names(&found) && is_like_below(&found, &text[below..]);
    believed(&found, &people, &counts, parted, loose || as_turns()).then(|| {
        let mut skipped = end;
        let mut start = below;
        for line in text[below..].by_whole_lines() {
            if !line.is_blank() && !is_rule(line) {
                break;
            }
            (skipped, start) = (skipped + 1, start + line.len());
        }
        Block { id: id(&found), people, end: start, lines: skipped }
    })
}

/// Whether a name is written without capitals, so that first words may look the same.
fn tells_no_names(found: &[Line<'_>]) -> bool {
    found.iter().any(|line| line.names.is_some() && is_without_capitals(line.value))
}

/// Whether a line starts with the label of somebody who is found.
fn is_label_of(found: &[Line<'_>], line: &str) -> bool {
    head(line).is_some_and(|label| found.iter().any(|of| of.names.is_some() && of.label == label))
}

/// Whether a label comes again below another one, as in turns, before words that nothing tells from a name.
fn comes_again(line: &Line<'_>, found: &[Line<'_>]) -> bool {
    let is_other = found.last().is_some_and(|last| last.label != line.label);
    is_other
        && line.names.is_some()
        && is_without_capitals(line.value)
        && found.iter().any(|above| above.label == line.label)
}

/// Whether the paragraph below has the same labels as the lines found, in their order and no others: a talk in pairs.
fn is_like_below(found: &[Line<'_>], below: &str) -> bool {
    let lines = below.by_lines().map(str::trim).skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty());
    let labels: Vec<Option<String>> = lines.take(found.len() + 1).map(head).collect();
    labels.len() == found.len() && labels.iter().zip(found).all(|(label, line)| label.as_ref() == Some(&line.label))
}

/// Whether lines name people rather than being their first turns.
fn believed(found: &[Line<'_>], people: &People, counts: &HashMap<String, usize>, parted: bool, loose: bool) -> bool {
    let of_people: Vec<&Line<'_>> = found.iter().filter(|line| line.names.is_some()).collect();
    let goes_on = of_people.iter().any(|line| counts.contains_key(&line.label));
    let plain_fields = found.len() - of_people.len();
    let recurs = counts.values().filter(|&&n| n > 1).count();
    let called = counts.keys().any(|label| people.find(label).is_some());
    if !goes_on {
        return (called || recurs > 0 || found.len() > 1) && (called || found.len() > 1 || parted);
    }
    // The labels go on below: what stands here must be names and nothing else.
    let full =
        |line: &&Line<'_>| line.value.split_whitespace().count() > 1 || line.value.chars().any(|c| c.is_ascii_digit());
    let all_full = of_people.iter().all(full);
    // First words that nothing tells from names are told by where they stand alone.
    if loose && plain_fields == 0 && tells_no_names(found) {
        return false;
    }
    parted && (plain_fields > 0 || (found.len() > 1 && (all_full || (called && !loose))))
}

/// Everybody whom the lines name with a part.
pub(super) fn people(found: &[Line<'_>]) -> People {
    let mut people = People::default();
    for line in found {
        let each = each_with_part(line.value).filter(|_| stem(&line.label) != "speaker");
        if let (Some(None), Some(each)) = (line.names, each) {
            for (name, role) in each {
                match role {
                    Some(role) => people.add(&line.label, role, name),
                    None => people.add_present(&line.label, name),
                }
            }
            continue;
        }
        let role = line.names.and_then(|role| role.or_else(|| role_within(line.value)));
        if let Some(role) = role {
            people.add(&line.label, role, line.value);
            // `AH = Ann Hall (interviewer)`, `Speaker 1: Ann Hall (interviewer)`
            let is_numbered = line.label.ends_with(|c: char| c.is_ascii_digit());
            let is_label = match field_role(&line.label) {
                Some(None) => is_numbered, // no plural such as `Speakers`
                Some(Some(other)) => is_numbered && other != role,
                None => true,
            };
            if is_label {
                people.add_label(&line.label, role, &line.label);
            }
            if let Some(letters) = letters_behind(&line.label) {
                people.add_label(&line.label, role, letters);
            }
        } else if line.names.is_some() {
            people.add_present(&line.label, line.value);
        }
    }
    people
}

/// Whether a value is the full name of somebody: `Carol May`, `Carol May (CM)`.
pub(super) fn is_full_name(value: &str) -> bool {
    let name = value.split('(').next().unwrap_or_default().trim();
    name.contains(' ') && names_people(value)
}

/// The participant's id, if one participant is named and not by a name of several words.
pub(super) fn id(found: &[Line<'_>]) -> Option<String> {
    let values = found.iter().filter(|line| line.names == Some(Some(Role::Participant))).map(|line| line.value);
    // `Y – interviewee` names nobody.
    let is_part = |value: &str| !value.contains(|c: char| c.is_ascii_digit()) && part(value).is_some();
    let mut values = values.filter(|value| !is_part(value));
    let value = values.next().and_then(id_in)?;
    values.next().is_none().then(|| value.to_owned())
}

/// Whether a value may stand for a participant in outputs: a code or a pseudonym, no full name, and nothing that says
/// what somebody is: `Nurse`, `Lehrerin, 58 Jahre`.
pub(super) fn is_id(value: &str) -> bool {
    let words = value.split_whitespace().count();
    let describes = value.contains(BEHIND_CODES) || is_kind(&key(value));
    !describes && (words == 1 || (words <= 4 && value.chars().any(|c| c.is_ascii_digit())))
}

/// What parts a code from what is told of whoever has it: `P07, female`.
const BEHIND_CODES: [char; 6] = [',', ';', '，', '、', '；', '،'];

/// The id that a value is, or begins with where that is a code.
pub(super) fn id_in(value: &str) -> Option<&str> {
    let is_code = |part: &&str| {
        let has = |is: fn(&char) -> bool| part.chars().any(|c| is(&c));
        is_id(part) && !part.contains(' ') && has(char::is_ascii_digit) && has(|c| c.is_alphabetic())
    };
    let first = || value.split(BEHIND_CODES).next().map(str::trim).filter(is_code);
    if is_id(value) { Some(value) } else { first() }
}

/// The part that people of a field play: `None` for a field that names nobody, `Some(None)` where it
/// does not say.
pub(super) fn field_role(name: &str) -> Option<Option<Role>> {
    let name = of_name(name.split('(').next().unwrap_or(name).trim());
    let of = |name: &str| PEOPLE_FIELDS.iter().find(|(field, _)| *field == name).map(|&(_, role)| role);
    of(name).or_else(|| of(stem(name))).or_else(|| {
        let is_persons = !MACHINES.contains(&name);
        let strong = Names::default().strong(name).filter(|_| is_persons);
        strong.or_else(|| interpreting::is_word(name).then_some(Role::Other)).map(Some)
    })
}

/// Whose name a field holds: `Name of the respondent`, `Interviewer's name`.
fn of_name(field: &str) -> &str {
    let behind = field.strip_prefix("name of ").map(|who| who.strip_prefix("the ").unwrap_or(who));
    let before = || ["'s name", "’s name", "ʼs name", " name"].iter().find_map(|name| field.strip_suffix(name));
    behind.or_else(before).unwrap_or(field)
}

/// The letters behind the name of a role, which are its label below: `Interviewer (A): Ann Hall`.
fn letters_behind(label: &str) -> Option<&str> {
    let (_, letters) = label.strip_suffix(')')?.split_once(" (")?;
    (is_code(letters) && Names::default().strong(letters).is_none()).then_some(letters)
}

/// Fields of other languages that stand beside those of people.
#[rustfmt::skip]
pub(super) const BESIDE_PEOPLE: &[&str] = &[
    "datum", "ort", "dauer", "sprache", "alter", "lieu", "durée", "langue", "âge", "fecha", "lugar", "duración",
    "idioma", "edad", "data", "luogo", "durata", "lingua", "età", "local", "duração", "idade", "plaats", "locatie",
    "duur", "taal", "leeftijd", "miejsce", "czas", "język", "wiek", "dato", "sted", "plats", "språk", "ålder",
    "místo", "délka", "дата", "место", "местоположение", "длительность", "возраст", "місце", "вік", "tarih", "yer",
    "yaş", "日期", "时间", "時間", "日時", "地点", "地點", "日付", "場所", "年齢", "날짜", "장소", "나이", "التاريخ", "المكان", "العمر",
    "दिनांक", "तारीख", "स्थान", "आयु", "tanggal", "tempat", "usia", "ngày", "วันที่", "তারিখ", "일시", "dátum", "datums", "mjesto",
];

/// Names of roles that are no fields of people: who goes by them has no other name.
const MACHINES: &[&str] = &["ai", "ai interviewer", "ai assistant", "assistant", "user", "human", "unnamed speaker"];

/// A role in the parentheses behind a name, or after a comma: `Ann Hall (interviewer)`.
pub(super) fn role_within(value: &str) -> Option<Role> {
    let names = Names::default();
    let inner = value.split(['(', ')', ',', '–', '[', ']']).map(|part| key(part.trim()));
    let whole = key(value);
    names.strong(&whole).or_else(|| inner.skip(1).find_map(|part| names.strong(&part)))
}

/// Of a value that names several people, each with the part said of it alone: `Ann Hall (researcher), Tom Reed
/// (farmer)`, `Ann Hall, interviewer; Tom Reed, participant`.
fn each_with_part(value: &str) -> Option<Vec<(&str, Option<Role>)>> {
    let mut depth = 0usize;
    let semicolons = value.contains(';');
    let is_between = |c: char| {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth == 0 && (c == ';' || (!semicolons && matches!(c, ',' | '&')))
    };
    let parts: Vec<&str> = value.split(is_between).map(str::trim).filter(|part| !part.is_empty()).collect();
    let first = parts.iter().position(|part| part.ends_with([')', ']']));
    // `Hall, Ann (interviewer)` is one person.
    let is_each =
        semicolons || first.is_some_and(|at| at + 1 < parts.len() || parts[..at].iter().all(|part| part.contains(' ')));
    (parts.len() > 1 && is_each).then(|| parts.into_iter().map(|part| (part, role_within(part))).collect())
}

/// Reads a line of the block.
pub(super) fn read(line: &str) -> Option<Line<'_>> {
    let read = row(line).or_else(|| field(line));
    if let Some(legend) = legend(line, read.as_ref()) {
        return Some(legend);
    }
    let (label, value) = read?;
    let name = || Some(value).filter(|value| names_people(value)).or_else(|| name_before(value));
    // `Subject: Tom Reed`, which may be a topic as well.
    let is_subject = || label == "subject" && name().is_some_and(|name| name.contains(' '));
    let role = field_role(&label).or_else(|| is_subject().then_some(Some(Role::Participant)));
    let name = role.and_then(|_| name());
    // `Interviewer: participant` is a legend or a joke, and no name.
    if let (Some(role), Some(value)) = (role, name) {
        return Some(Line { label, value, names: Some(role) });
    }
    if are_initials(&label, value) {
        return Some(Line { label, value, names: Some(None) });
    }
    let is_field = is_known(&label) || BESIDE_PEOPLE.contains(&label.as_str());
    (is_field && is_short(value)).then_some(Line { label, value, names: None })
}

/// The full name that a value begins with, in front of what the person is, where they belong, or an address:
/// `Tom Reed – head teacher`, `Tom Reed [TR]`, `Tom Reed <tom@example.org>`, `Tom Reed from Leeds`.
pub(super) fn name_before(value: &str) -> Option<&str> {
    const MARKS: [&str; 6] = [" – ", " — ", " - ", " | ", " <", " from "];
    if value.ends_with(['.', '?', '!', ',', ':', ';', '…']) || value.split_whitespace().nth(14).is_some() {
        return None; // it is said
    }
    let end = MARKS.iter().filter_map(|mark| value.find(mark)).min().unwrap_or(value.len());
    let name = value[..end].trim_matches(['*', '_', '"', '“', '”', ' ']);
    let bare = name.split(" [").next().unwrap_or(name);
    (bare.len() < value.len() && bare.contains(' ') && names_people(bare)).then_some(name)
}

/// Whether a label is the initials of the full name behind it: `TR: Tom Reed`.
fn are_initials(label: &str, value: &str) -> bool {
    if !is_code(label) {
        return false;
    }
    let name = value.split(['(', ',', ';']).next().unwrap_or_default().trim();
    let is_part = || name.split_whitespace().any(|word| key(word) == label);
    name.contains(' ') && names_people(name) && is_short_for(label, name) && !is_part()
}

/// A row of a table with two columns: `| Interviewer | Ann Hall |`, or with a tab between.
pub(super) fn row(line: &str) -> Option<(String, &str)> {
    let inner = line.strip_prefix('|').map(|inner| inner.strip_suffix('|').unwrap_or(inner));
    let (name, value) = match inner {
        Some(inner) => inner.split_once('|')?,
        None => line.split_once('\t')?,
    };
    let name = key(name.trim_matches(['*', ' ', ':']));
    let value = value.trim_matches(['*', ' ', '\t']);
    (!name.is_empty() && !value.is_empty() && !value.contains(['|', '\t'])).then_some((name, value))
}

/// `AH = Ann Hall (interviewer)`, `I = Interviewer`; `read` is the line as a [`row`] or a [`field`].
fn legend<'t>(line: &'t str, read: Option<&(String, &'t str)>) -> Option<Line<'t>> {
    if let Some((label, value)) = by_dash(line) {
        // `X – interviewer`: the part and nothing else, but for parentheses.
        let (label, value) =
            (key(label.trim_matches(['-', '*', '•', ' '])), value.trim().trim_end_matches([',', ';', '.']));
        // `S1 – interviewer` says who S1 is, whatever the letter stands for.
        let is_open = || Names::default().strong(&label).is_none() || label.ends_with(|c: char| c.is_ascii_digit());
        let role = if is_code(&label) && is_open() { part(value) } else { None };
        if role.is_some() {
            return Some(Line { label, value, names: Some(role) });
        }
    }
    let divided = || line.split_once(" = ").or_else(|| line.split_once('='));
    let divided = if line.contains('=') { divided() } else { None };
    let Some((label, value)) = divided else {
        // `Ann Hall: Interviewer`
        let (label, value) = read.map(|(label, value)| (label, *value))?;
        let is_label = Names::default().strong(label).is_none() && field_role(label).is_none() && !is_known(label);
        if value.len() > LONGEST_ROLE || !is_label {
            return None;
        }
        let alone = || if is_code(label) { part_alone(value) } else { None };
        let role = Names::default().strong(&key(value)).or_else(alone)?;
        return Some(Line { label: label.clone(), value, names: Some(Some(role)) });
    };
    let (label, value) = (key(label.trim_matches(['-', '*', ' '])), value.trim().trim_end_matches([',', ';', '.']));
    let short = (1..=12).contains(&label.chars().count()) && label.split(' ').count() <= 2;
    if !short {
        return None;
    }
    let role = role_within(value);
    let is_one = role.is_some() || are_initials(&label, value);
    (is_one && value.split_whitespace().count() <= 8).then_some(Line { label, value, names: Some(role) })
}

/// What stands between a label and the part in the key of a transcript.
const DASHES: [&str; 3] = [" – ", " — ", " - "];

pub(super) fn by_dash(line: &str) -> Option<(&str, &str)> {
    // Few lines have one, and that a sign is there is seen sooner than where.
    DASHES.iter().filter(|dash| line.contains(**dash)).find_map(|dash| line.split_once(dash))
}

/// Whether a key is short as labels of a legend are.
pub(super) fn is_code(key: &str) -> bool {
    (1..=4).contains(&key.chars().count()) && key.chars().all(char::is_alphanumeric)
}

fn is_short_label(line: &Line<'_>) -> bool {
    is_code(&line.label)
}

/// The part that a value names, whatever stands in parentheses or after a comma behind it:
/// `Befragte Person (w, 54)`.
fn part(value: &str) -> Option<Role> {
    let name = key(value.split(['(', '[', ',']).next().unwrap_or_default().trim());
    Names::default().strong(&name).or_else(|| field_role(&name).flatten())
}

/// The part that a value names and nothing else but for parentheses: `enquêtrice`, `Entrevistadora (Lucía Vega)`.
pub(super) fn part_alone(value: &str) -> Option<Role> {
    let (name, behind) = value.split_once(" (").unwrap_or((value, ")"));
    let is_word = name.chars().count() > 1 && !name.contains(|c: char| c.is_ascii_digit());
    Names::default().strong(&key(name)).filter(|_| is_word && behind.ends_with(')'))
}

/// A line of a legend below another one, which says who it is in more words: `M: Martine, boulangère, 52 ans`.
fn described<'t>(line: &'t str, above: Option<&Line<'_>>) -> Option<Line<'t>> {
    above.filter(|above| is_short_label(above) && above.names.is_some())?;
    let divided = by_dash(line).or_else(|| line.split_once(" = "));
    let (label, value) = divided.map(|(label, value)| (key(label), value.trim())).or_else(|| field(line))?;
    let role = part(value).or_else(|| relative(value));
    let is_described = role.is_some() || (value.contains([',', '(']) && names_people(value));
    (is_code(&label) && is_described).then_some(Line { label, value, names: Some(role) })
}

/// The part of somebody's relative, whom a key of the transcript has beside who asks: `Mutter`, `mari de D`, `wife, 54`.
fn relative(value: &str) -> Option<Role> {
    let who = value.split(['(', '[', ',']).next().unwrap_or_default().trim();
    let is_one = is_relation(&key(who)) || (who.split(' ').count() <= LABEL_WORDS + 1 && is_relative_of(who));
    // An interpreter comes with somebody, too, and answers nothing.
    let stands_by = || STANDING_BY.contains(&key(who).as_str());
    is_one.then(|| if stands_by() { Role::Other } else { Role::Participant })
}

/// A line of a legend that says what a sign stands for: `(...) – pause`.
fn is_convention(line: &str) -> bool {
    let sides = by_dash(line).or_else(|| line.split_once(" = ")).or_else(|| line.split_once(": "));
    sides.is_some_and(|(sign, words)| {
        !sign.chars().any(char::is_alphanumeric) && !sign.is_blank() && words.split_whitespace().count() <= 6
    })
}

/// What a line starts with before a colon or a tab, as a key: the label of a turn, or a field, but no heading.
pub(super) fn head(line: &str) -> Option<String> {
    start(line).filter(|key| !HEADINGS.contains(&key.as_str()))
}

/// The same with headings.
fn start(line: &str) -> Option<String> {
    let line = line.trim_start_matches(['*', '_', '#', '-', '[', '(', ' ']);
    let tabbed = line.split_once('\t').filter(|(label, _)| !label.contains([':', '：']));
    let (label, _) = tabbed.or_else(|| at_colon(line))?;
    let label = label.trim_matches(['*', '_', ' ']);
    (label.chars().count() <= 40 && !label.is_empty()).then(|| key(label))
}

/// How often each label stands at the start of a line.
pub(super) fn heads(text: &str) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for key in text.by_lines().filter_map(|line| start(line.trim())) {
        *counts.entry(key).or_default() += 1;
    }
    counts.retain(|key, _| !HEADINGS.contains(&key.as_str()));
    counts
}

/// How titles begin that say with whom an interview was, in several languages.
const INTERVIEW_WITH: [&str; 7] = [
    "Interview with ",
    "Interview mit ",
    "Entretien avec ",
    "Entrevista con ",
    "Entrevista com ",
    "Intervista con ",
    "Interview met ",
];
/// The same where a full name follows: *entrevista a profundidad* is a method.
const INTERVIEW_TO: [&str; 3] = ["Entrevista a ", "Intervista a ", "Wywiad z "];
/// What stands before those who led it. *Von* and *da* stand within names as well.
const LED_BY: [&str; 16] = [
    ", conducted by ",
    " conducted by ",
    " by ",
    " geführt von ",
    " przeprowadziła ",
    " przeprowadził ",
    " a cura di ",
    " realizzata da ",
    " afgenomen door ",
    " durch ",
    " réalisé par ",
    " mené par ",
    " par ",
    " realizada por ",
    " por ",
    " door ",
];
/// What stands before a date.
const BEFORE_DATES: [&str; 9] = [" am", " on", " in", " im", " le", " el", " il", " op", " em"];

/// What stands behind `Interview with` in a title.
pub(super) fn behind_interview_with(title: &str) -> Option<&str> {
    let is_full = |rest: &&str| rest.split_once(' ').is_some_and(|(_, last)| last.starts_with(char::is_uppercase));
    let behind = |leads: &[&str]| leads.iter().find_map(|lead| title.strip_prefix(lead));
    behind(&INTERVIEW_WITH).or_else(|| behind(&INTERVIEW_TO).filter(is_full))
}

/// A title such as `Interview with Tom Reed by Ann Hall`, divided into whom it was with and who led it.
fn with_and_by(title: &str) -> Option<(&str, Option<&str>)> {
    let rest = behind_interview_with(title.trim_matches(['*', ' ']))?;
    let divided = LED_BY.iter().find_map(|by| rest.split_once(by));
    Some(divided.map_or((rest, None), |(with, by)| (with, Some(by))))
}

/// The person in a title such as `Interview with Tom Reed`.
pub(super) fn titled(title: &str) -> Option<&str> {
    let (rest, _) = with_and_by(title)?;
    let name = rest.split([',', '(', '–', ':', '|']).next()?.split(" - ").next()?.trim();
    is_name(name).then_some(name)
}

/// The people who led the interview, in a title that names them behind the person.
pub(super) fn led_by(title: &str) -> Option<&str> {
    let (_, by) = with_and_by(title)?;
    let is_end = |c: char| c.is_ascii_digit() || matches!(c, '(' | '–' | ':' | '|');
    let by = by?.split(is_end).next()?.split(" - ").next()?.trim_end_matches([',', ' ', '.']);
    // `… by Ann Hall on 3 May`
    let by = BEFORE_DATES.iter().find_map(|word| by.strip_suffix(word)).unwrap_or(by);
    let are_names = |part: &str| {
        let words: Vec<&str> = part.split_whitespace().collect();
        words.split(|word| BETWEEN_NAMES.contains(word)).all(|name| is_name(&name.join(" ")))
    };
    // `by Zoom`
    (titled(title).is_some() && by.contains(' ') && by.split([',', '&']).all(are_names)).then_some(by)
}

/// Adds the people whom a title names: who answers, and who asks where it says so.
pub(super) fn add_titled(people: &mut People, title: &str) {
    if let Some(person) = titled(title) {
        people.add("Interview with", Role::Participant, person);
    }
    if let Some(leaders) = led_by(title) {
        people.add("Interview by", Role::Interviewer, leaders);
    }
}

/// A title on the first line that names who answers and who asks, and nothing else above a blank line.
pub(super) fn title(text: &str) -> Option<Block> {
    let above = text.len() - text.trim_start().len();
    let (line, below) = text[above..].split_once('\n')?;
    led_by(line.trim())?;
    let start = text.len() - below.trim_start().len();
    let is_apart = below.by_lines().next().is_some_and(|next| next.is_blank());
    (is_apart && start < text.len()).then(|| {
        let mut people = People::default();
        add_titled(&mut people, line.trim());
        Block { people, id: None, end: start, lines: text[..start].matches('\n').count() }
    })
}

#[cfg(test)]
mod tests;

//! Headers that tell the parts without plain names: `Interviewer: the author`, `Participant: a nurse`, `Interviewer`
//! on a line above `Tom Reed`, or all fields on one line.
//!
//! In: a transcript below what is already known of its header. Out: where the interview starts below such lines, and
//! whom they name. They are believed where their labels head no line below and two others take turns there. It never
//! takes lines that ask or greet.

use std::collections::HashMap;
use std::ops::Range;

use super::super::by_lines::ByLines;
use super::super::labels;
use super::super::lexicon::INTERJECTIONS;
use super::super::model::Role;
use super::super::people::{People, names_people};
use super::super::speakers::{Names, key};
use super::described::is_title;
use super::who::{self, BESIDE_PEOPLE, Block};
use super::{field, field_role, heading, is_between, is_known, is_rule, is_short};

/// Lines at the very top that may be a title.
const MAX_TITLES: usize = 5;
/// The longest block in lines, and the longest value in words.
const MAX_LINES: usize = 40;
const MAX_VALUE: usize = 20;

/// A field of the block. The part is `None` where it names nobody.
struct Entry<'t> {
    label: String,
    value: &'t str,
    part: Option<Option<Role>>,
    /// Whether a list has the field; others stand between those alone.
    is_known: bool,
}

/// The entries of a block, and where it ends.
struct Found<'t> {
    entries: Vec<Entry<'t>>,
    /// The line below.
    end: usize,
    /// Whether several stand on one line, as no turns do.
    is_one_line: bool,
}

/// Finds such a block at the very top; one field is enough below others (`is_below_header`).
pub(super) fn at_the_top(text: &str, is_below_header: bool) -> Option<Block> {
    let mut start = 0;
    let lines: Vec<Range<usize>> = text
        .by_whole_lines()
        .map(|line| {
            start += line.len();
            start - line.len()..start
        })
        .take(MAX_LINES)
        .collect();
    let found = entries(text, &lines, is_below_header)?;
    let is_persons = |entry: &Entry<'_>| entry.part.is_some();
    let asks_or_answers = |entry: &Entry<'_>| matches!(entry.part, Some(Some(Role::Interviewer | Role::Participant)));
    let known = found.entries.iter().filter(|entry| entry.is_known).count();
    let enough = match is_below_header {
        true => known > 0,
        false => known > 1 && found.entries.iter().any(asks_or_answers),
    };
    if !enough || found.entries.iter().any(|entry| is_persons(entry) && is_said(entry.value)) {
        return None;
    }
    let below = lines.get(found.end.checked_sub(1)?)?.end;
    let is_parted = lines.get(found.end).is_some_and(|range| is_between(text[range.clone()].trim()));
    let is_label = |entry: &Entry<'_>| is_persons(entry) || !entry.is_known;
    let heads_below = |entry: &Entry<'_>| is_label(entry) && heads_a_line(&text[below..], &entry.label);
    let goes_on = !found.is_one_line && found.entries.iter().any(heads_below);
    let who = named(&found.entries, &text[below..]);
    if !is_parted || goes_on || !take_turns(&text[below..], &Names::default().with(&who)) {
        return None;
    }
    let is_gap = |line: &&str| line.is_blank() || is_rule(line);
    let gap: usize = text[below..].by_whole_lines().take_while(is_gap).map(str::len).sum();
    let end = below + gap;
    Some(Block { people: who, id: id(&found.entries), end, lines: text[..end].matches('\n').count() })
}

/// The fields at the top of a text, below a title.
fn entries<'t>(text: &'t str, lines: &[Range<usize>], is_below_header: bool) -> Option<Found<'t>> {
    let line = |at: usize| lines.get(at).map(|range| text[range.clone()].trim());
    let mut found = Found { entries: Vec::new(), end: 0, is_one_line: false };
    let mut at = 0;
    while let Some(words) = line(at) {
        let next = (at + 1..lines.len()).find(|&next| line(next).is_some_and(|line| !line.is_empty()));
        if words.is_empty() || is_rule(words) {
            at += 1;
        } else if let Some(several) = on_one_line(words) {
            found.entries.extend(several);
            (found.end, found.is_one_line) = (at + 1, true);
            at += 1;
        } else if let Some(below) = next
            && let Some(rows) = line(below).and_then(|values| in_two_rows(words, values))
        {
            found.entries.extend(rows);
            (found.end, found.is_one_line) = (below + 1, true);
            at = below + 1;
        } else if let Some(entry) = entry(words) {
            found.entries.push(entry);
            found.end = at + 1;
            at += 1;
        } else if let Some((label, part)) = field_alone(words)
            && let Some(below) = next
            && let Some(value) = line(below).filter(|value| is_value_alone(value))
        {
            found.entries.push(Entry { label, value, part, is_known: true });
            found.end = below + 1;
            at = below + 1;
        } else if (found.end == at && (is_below_header || at > 0))
            && let Some(entry) = other_entry(words)
        {
            // `Audio file: DS_23.WMA` right below another field.
            found.entries.push(entry);
            found.end = at + 1;
            at += 1;
        } else if found.entries.is_empty() && (heading(words).is_some() || (at < MAX_TITLES && is_title(words))) {
            at += 1;
        } else {
            break;
        }
    }
    let mut labels: Vec<&String> = found.entries.iter().map(|entry| &entry.label).collect();
    labels.sort_unstable();
    let is_once = labels.windows(2).all(|two| two[0] != two[1]);
    (is_once && !found.entries.is_empty()).then_some(found)
}

/// `Interviewer: the author`, `Date: 3 May`
fn entry(line: &str) -> Option<Entry<'_>> {
    let (label, value) = who::row(line).or_else(|| field(line))?;
    let part = field_role(&label);
    let fits = part.is_some() || is_other(&label);
    let is_short = value.split_whitespace().count() <= MAX_VALUE;
    (fits && is_short).then_some(Entry { label, value, part, is_known: true })
}

/// A field that no list has: `Audio file: DS_23.WMA`
fn other_entry(line: &str) -> Option<Entry<'_>> {
    let (label, value) = field(line).filter(|(_, value)| is_short(value) && !is_said(value))?;
    Some(Entry { label, value, part: None, is_known: false })
}

/// `Interviewer: Ann Hall | Interviewee: Tom Reed`, also with tabs between, and cells of a table: each field's name
/// in front of its value.
fn on_one_line(line: &str) -> Option<Vec<Entry<'_>>> {
    let parts: Vec<&str> = match line.contains('\t') {
        true => line.split('\t').filter(|part| !part.is_blank()).collect(),
        false => line.split(" | ").collect(),
    };
    let entries: Option<Vec<Entry<'_>>> = parts.iter().copied().map(entry).collect();
    let of_cells = || parts.chunks(2).map(of_two).collect::<Option<Vec<Entry<'_>>>>();
    entries.or_else(of_cells).filter(|entries| entries.len() > 1)
}

/// A field's name and its value, in two cells.
fn of_two<'t>(cells: &[&'t str]) -> Option<Entry<'t>> {
    let [name, value] = cells else { return None };
    let (label, part) = field_alone(name).filter(|_| field_alone(value).is_none())?;
    Some(Entry { label, value: value.trim(), part, is_known: true })
}

/// `Interviewer<tab>Interviewee` above `Ann Hall<tab>Tom Reed`, the rows of a table.
fn in_two_rows<'t>(names: &'t str, values: &'t str) -> Option<Vec<Entry<'t>>> {
    let (names, values): (Vec<&str>, Vec<&str>) = (names.split('\t').collect(), values.split('\t').collect());
    let entries: Option<Vec<Entry<'_>>> =
        names.iter().zip(&values).map(|(&name, &value)| of_two(&[name, value])).collect();
    entries.filter(|_| names.len() > 1 && names.len() == values.len())
}

/// The name of a field that stands alone on its line, or as a heading.
fn field_alone(line: &str) -> Option<(String, Option<Option<Role>>)> {
    let label = key(line.trim_matches(['#', '*', '_', ':', '：', ' ']));
    let part = field_role(&label);
    (part.is_some() || is_other(&label)).then_some((label, part))
}

/// Whether a line may be the value of the field above it.
fn is_value_alone(line: &str) -> bool {
    let words = line.split_whitespace().count();
    words <= MAX_VALUE && heading(line).is_none() && field(line).is_none() && field_alone(line).is_none()
}

fn is_other(label: &str) -> bool {
    is_known(label) || BESIDE_PEOPLE.contains(&label)
}

/// Words that begin a value as well as a sentence.
const OPENS_VALUES: [&str; 8] = ["a", "an", "the", "my", "n/a", "na", "none", "unknown"];

/// Whether a value is what somebody says: it asks, ends like a sentence, or greets.
fn is_said(value: &str) -> bool {
    let words: Vec<String> = value
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'"))
        .collect();
    let opens = words.first().map_or("", String::as_str);
    let is_sentence = value.ends_with('.') && words.len() > 3;
    let speaks = words.iter().any(|word| matches!(word.as_str(), "i" | "i'm" | "i've" | "you" | "your" | "we" | "our"));
    value.ends_with(['?', '!', '…', ',', '？', '！', '。'])
        || is_sentence
        || speaks
        || (INTERJECTIONS.contains(&opens) && !OPENS_VALUES.contains(&opens))
}

/// Whether a label starts a line of a text, in whatever form.
fn heads_a_line(text: &str, label: &str) -> bool {
    text.by_lines().any(|line| {
        let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
        let line: String = line.chars().take(label.chars().count() + 1).flat_map(char::to_lowercase).collect();
        line.strip_prefix(label).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    })
}

/// Whether two speakers or more take turns in a text.
fn take_turns(text: &str, names: &Names) -> bool {
    let Some(talk) = labels::read(text, names) else { return false };
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let labels = talk.stretches.iter().map(|stretch| stretch.label.as_str()).filter(|label| !label.is_empty());
    labels.for_each(|label| *counts.entry(label).or_default() += 1);
    counts.values().filter(|&&n| n > 1).count() > 1
}

/// Those whom the values name; in small letters, as `peter lund`, only those who speak below.
fn named(entries: &[Entry<'_>], below: &str) -> People {
    let mut people = People::default();
    for Entry { label, value, part, .. } in entries {
        let Some(Some(role)) = part else { continue };
        if names_people(value) {
            people.add(label, *role, value);
        } else if let Some(name) = who::name_before(value) {
            people.add(label, *role, name);
        } else if let Some(name) = in_small_letters(value).filter(|name| speaks(name, below)) {
            people.add(label, *role, &name);
        }
    }
    people
}

/// A name of two or three words in small letters, with capital ones.
fn in_small_letters(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let is_plain = |word: &&str| word.chars().all(char::is_alphabetic) && word.chars().count() > 1;
    let opens = words.first().is_some_and(|first| !INTERJECTIONS.contains(first));
    ((2..=3).contains(&words.len()) && opens && words.iter().all(is_plain)).then(|| {
        let capital = |word: &&str| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        };
        words.iter().map(capital).collect::<Vec<String>>().join(" ")
    })
}

/// Whether somebody of this name, or of its initials, heads a line.
fn speaks(name: &str, below: &str) -> bool {
    let words: Vec<String> = name.split(' ').map(key).collect();
    let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
    words.iter().chain([&initials]).any(|label| heads_a_line(below, label))
}

/// The participant's id, where one is named by a code or a pseudonym.
fn id(entries: &[Entry<'_>]) -> Option<String> {
    let mut values =
        entries.iter().filter(|entry| entry.part == Some(Some(Role::Participant))).map(|entry| entry.value);
    let value = values.next().filter(|value| names_people(value)).and_then(who::id_in)?;
    values.next().is_none().then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODIES: [&str; 5] = [
        "**PL:** Why so?\n\n**RW:** It rained.\n\n**PL:** And then?\n\n**RW:** It was dry.\n",
        "[PL] Why so?\n\n[RW] It rained.\n\n[PL] And then?\n\n[RW] It was dry.\n",
        "Peter Lund  0:00\nWhy so?\n\nRosa  0:05\nIt rained.\n\nPeter Lund  0:09\nAnd?\n\nRosa  0:12\nIt was dry.\n",
        "Q: Why so?\n\nA: It rained.\n\nQ: And then?\n\nA: It was dry.\n",
        "PL\tWhy so?\n\nRW\tIt rained.\n\nPL\tAnd then?\n\nRW\tIt was dry all day.\n",
    ];

    /// The interview below a header, if it is one.
    fn below(text: &str, is_below_header: bool) -> Option<&str> {
        let block = at_the_top(text, is_below_header)?;
        assert_eq!(text[..block.end].matches('\n').count(), block.lines);
        Some(&text[block.end..])
    }

    #[test]
    fn values_that_are_no_plain_names_are_a_header() {
        for header in [
            "Interviewer: the author\nParticipant: a nurse of 34 years\n\n",
            "Interviewer: me\nInterviewee: my grandmother Rosa\n\n",
            "Interviewer: n/a\nParticipant: anonymised\n\n",
            "interviewer: peter lund\ninterviewee: rosa whitfield\n\n",
            "Interviewer: Peter Lund\nParticipant: Rosa Whitfield, head teacher at a small village school\n\n",
            "Interviewer\nPeter Lund\nInterviewee\nRosa Whitfield\n\n",
            "## Interviewer\n\nPeter Lund\n\n## Interviewee\n\nRosa Whitfield\n\n",
            "A title of it\n\nInterviewer: the author\nDate: 3 May 2019\n\n",
            "Interviewer: Peter Lund | Interviewee: Rosa Whitfield | Date: 3 May\n\n",
            "Interviewer: Peter Lund\tInterviewee: Rosa Whitfield\n\n",
            "Interviewer\tthe author\n\nInterviewee\tretired farmer, 71\n\n",
            "Interviewer\tPeter Lund\tInterviewee\tRosa Whitfield\n\n",
            "Interviewer\tInterviewee\tDate\n\nPeter Lund\tRosa Whitfield\t1999\n\n",
        ] {
            for body in BODIES {
                assert_eq!(below(&format!("{header}{body}"), false), Some(body), "{header}");
            }
        }
    }

    #[test]
    fn a_name_in_small_letters_is_one_of_the_people() {
        let text = format!("interviewer: peter lund\ninterviewee: rosa whitfield\n\n{}", BODIES[0]);
        let people = at_the_top(&text, false).unwrap().people;
        assert_eq!(people.find("PL").map(|person| person.role), Some(Role::Interviewer));
        assert_eq!(people.find("RW").map(|person| person.role), Some(Role::Participant));
    }

    #[test]
    fn one_field_below_others_is_enough() {
        let text = format!("Participant: a nurse of 34 years\n\n{}", BODIES[0]);
        assert_eq!(below(&text, true), Some(BODIES[0]));
        assert_eq!(below(&text, false), None);
        let text = format!("Audio file: DS_23.WMA\nTranscriber: Kelly Firth\n\n{}", BODIES[3]);
        assert_eq!(below(&text, true), Some(BODIES[3]));
        // A turn right below them is none.
        let text = format!("Participant: a nurse\nQ: Good morning\n\n{}", BODIES[3]);
        assert_eq!(below(&text, true), None);
    }

    #[test]
    fn turns_are_no_such_header() {
        for header in [
            "Interviewer: Hello everybody\nParticipant: Hi there\n\n",
            "Interviewer: How are you?\nParticipant: fine\n\n",
            "Interviewer: the author\nParticipant: I came by bus\n\n",
            "Interviewer: the author\nParticipant: a nurse\n",
        ] {
            assert_eq!(below(&format!("{header}{}", BODIES[0]), false), None, "{header}");
        }
        // The labels go on below, or nobody else takes turns there.
        let header = "Interviewer: the author\nParticipant: a nurse\n\n";
        for body in [
            "Interviewer: Why so?\n\nParticipant: It rained.\n\nInterviewer: And?\n\nParticipant: It was dry.\n",
            "PL: Why?\n\nRW: So.\n\nPL: And?\n\nRW: No.\n\n**Interviewer:** Good.\n",
            "It rained all day.\n\nThen it was dry.\n",
        ] {
            assert_eq!(below(&format!("{header}{body}"), false), None, "{body}");
        }
    }
}

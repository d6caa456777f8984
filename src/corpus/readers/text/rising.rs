//! Openings of turns with a time in a form that few write: `(00.03) Ann: words`, `Ann [00.03] words`, `[0m03s] Ann:`,
//! `<00:03> Ann:`, `Ann; 00:00:03; words`, `* **Ann** _00:03_: words`.
//!
//! In: a text. Out: the same text, of as many bytes and lines, with such openings in the form that others write, where
//! the names recur and the times rise from the first to the last. `03.05` may be a date or a number as well: times with
//! a point count only where one of them can be no date and none is beyond a minute. It never changes what is said.

use std::collections::HashMap;

use super::super::super::by_lines::ByLines;
use super::super::super::labels::{time, valid_label};

/// Fewer openings show no habit.
const FEWEST: usize = 4;
/// Months of a year: what stands behind the point of a date is no more, and no nought.
const MONTHS: u32 = 12;
/// The longest name, in bytes.
const LONGEST_NAME: usize = 80;

/// How a line opens, in one of the forms.
struct Opening<'t> {
    who: &'t str,
    clock: Clock,
    /// The line, written as others are and no longer.
    instead: String,
}

/// A time of the recording.
struct Clock {
    /// Hours, minutes and seconds, or the last two.
    parts: Vec<u32>,
    has_point: bool,
}

impl Clock {
    /// `00.03`, `1.02.03`
    fn with_point(text: &str) -> Option<Self> {
        let parts = numbers(text.split('.'))?;
        Some(Self { parts, has_point: true })
    }

    /// `0m03s`, `1h02m03s`
    fn with_units(text: &str) -> Option<Self> {
        let parts = numbers(text.strip_suffix('s')?.split(['h', 'm']))?;
        Some(Self { parts, has_point: false })
    }

    /// `00:03`, `1:02:03`
    fn with_colon(text: &str) -> Option<Self> {
        time(text)?;
        Some(Self { parts: numbers(text.split(':'))?, has_point: false })
    }

    fn seconds(&self) -> u32 {
        self.parts.iter().fold(0, |seconds, part| seconds * 60 + part)
    }

    /// Whether minutes and seconds are below sixty.
    fn is_sound(&self) -> bool {
        self.parts.iter().skip(1).all(|part| *part < 60)
    }

    fn may_be_date(&self) -> bool {
        self.has_point && (1..=MONTHS).contains(&self.parts[1])
    }
}

/// Two or three numbers, of which all but the first have two digits.
fn numbers<'t>(parts: impl Iterator<Item = &'t str>) -> Option<Vec<u32>> {
    let parts: Vec<&str> = parts.collect();
    let is_number = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let are_times =
        (2..=3).contains(&parts.len()) && parts.iter().all(is_number) && parts[1..].iter().all(|part| part.len() == 2);
    are_times.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}

type Form = fn(&str) -> Option<Opening<'_>>;
const FORMS: [Form; 6] = [point_before, point_behind, units_before, angles_before, between_semicolons, in_a_list];

/// The text with openings of one form rewritten, if they are those of a talk.
pub(super) fn rewritten(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.by_whole_lines().collect();
    FORMS.iter().find_map(|form| {
        let openings: Vec<Option<Opening<'_>>> = lines.iter().map(|line| form(line.trim_end())).collect();
        is_talk(openings.iter().flatten()).then(|| written(&lines, &openings))
    })
}

/// Whether names recur and times rise.
fn is_talk<'t>(openings: impl Iterator<Item = &'t Opening<'t>>) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut times: Vec<u32> = Vec::new();
    let (mut are_sound, mut may_be_dates) = (true, true);
    for opening in openings {
        *counts.entry(opening.who).or_default() += 1;
        times.push(opening.clock.seconds());
        are_sound &= opening.clock.is_sound();
        may_be_dates &= opening.clock.may_be_date();
    }
    let again: usize = counts.values().filter(|n| **n > 1).sum();
    let rise = times.is_sorted() && times.first() < times.last();
    times.len() >= FEWEST
        && counts.values().filter(|n| **n > 1).count() > 1
        && again * 10 >= times.len() * 7
        && rise
        && are_sound
        && !may_be_dates
}

/// The lines with what stands instead of their openings, each as long as it was.
fn written(lines: &[&str], openings: &[Option<Opening<'_>>]) -> String {
    let mut written = String::with_capacity(lines.iter().map(|line| line.len()).sum());
    for (line, opening) in lines.iter().zip(openings) {
        let end = line.trim_end().len();
        match opening.as_ref().filter(|opening| opening.instead.len() <= end) {
            Some(Opening { instead, .. }) => {
                written.push_str(instead);
                written.push_str(&" ".repeat(end - instead.len()));
                written.push_str(&line[end..]);
            }
            None => written.push_str(line),
        }
    }
    written
}

/// What stands before a colon, if it may be a name.
fn named(turn: &str) -> Option<&str> {
    let (who, _) = turn.split_once(':').filter(|(who, _)| who.len() <= LONGEST_NAME)?;
    valid_label(who.trim()).then_some(who.trim())
}

/// `(00.03) Ann: words`, `[00.03] Ann: words`, `00.03 Ann: words`
fn point_before(line: &str) -> Option<Opening<'_>> {
    let bare = line.trim_start();
    let (clock, turn) = bare.split_once([' ', '\t'])?;
    let inner = match bare.chars().next()? {
        '(' => clock.strip_prefix('(')?.strip_suffix(')')?,
        '[' => clock.strip_prefix('[')?.strip_suffix(']')?,
        _ => clock,
    };
    let clock = Clock::with_point(inner)?;
    let instead = line.replacen(inner, &inner.replace('.', ":"), 1);
    Some(Opening { who: named(turn)?, clock, instead })
}

/// `Ann (00.03): words`, `Ann [00.03] words`
fn point_behind(line: &str) -> Option<Opening<'_>> {
    let open = line.find(['(', '[']).filter(|open| *open <= LONGEST_NAME)?;
    let closing = if line[open..].starts_with('(') { ')' } else { ']' };
    let (inner, behind) = line[open + 1..].split_once(closing)?;
    let clock = Clock::with_point(inner)?;
    let is_end = behind.is_empty() || behind.starts_with([':', ' ', '\t']);
    let who = line[..open].trim();
    let instead = line.replacen(inner, &inner.replace('.', ":"), 1);
    (is_end && valid_label(who)).then_some(Opening { who, clock, instead })
}

/// `[0m03s] Ann: words`
fn units_before(line: &str) -> Option<Opening<'_>> {
    let (inner, turn) = line.strip_prefix('[')?.split_once(']')?;
    let clock = Clock::with_units(inner)?;
    let instead = format!("[{}]{turn}", inner.replace(['h', 'm'], ":").trim_end_matches('s'));
    Some(Opening { who: named(turn)?, clock, instead })
}

/// `<00:03> Ann: words`
fn angles_before(line: &str) -> Option<Opening<'_>> {
    let (inner, turn) = line.strip_prefix('<')?.split_once('>')?;
    let clock = Clock::with_colon(inner)?;
    Some(Opening { who: named(turn)?, clock, instead: format!("[{inner}]{turn}") })
}

/// `Ann; 00:00:03; words`
fn between_semicolons(line: &str) -> Option<Opening<'_>> {
    let mut parts = line.splitn(3, "; ");
    let (who, inner, words) = (parts.next()?, parts.next()?, parts.next()?);
    let clock = Clock::with_colon(inner)?;
    let is_turn = who.len() <= LONGEST_NAME && valid_label(who) && !words.is_blank();
    is_turn.then(|| Opening { who, clock, instead: format!("{inner} {who}: {words}") })
}

/// `* **Ann** _00:03_: words`
fn in_a_list(line: &str) -> Option<Opening<'_>> {
    let bare = line.strip_prefix("* ").or_else(|| line.strip_prefix("- ")).unwrap_or(line);
    let (who, rest) = bare.strip_prefix("**")?.split_once("** ")?;
    let (inner, words) = rest.strip_prefix(['_', '*'])?.split_once(['_', '*'])?;
    let clock = Clock::with_colon(inner)?;
    let words = words.strip_prefix(':')?;
    let instead = format!("[{inner}] {who}:{words}");
    valid_label(who).then_some(Opening { who, clock, instead })
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: [&str; 2] = ["Ann Hall", "Tom"];

    fn talk(turn: impl Fn(usize, &str) -> String) -> String {
        (0..6).map(|n| turn(n, WHO[n % 2]) + "\n\n").collect()
    }

    #[test]
    fn times_in_rare_forms_are_written_as_others_are() {
        type Turn = fn(usize, &str) -> String;
        let forms: [(Turn, &str); 8] = [
            (|n, who| format!("(00.{}) {who}: It was so.", 10 + n), "(00:11) Tom: It was so."),
            (|n, who| format!("[1.00.{}] {who}: It was so.", 10 + n), "[1:00:11] Tom: It was so."),
            (|n, who| format!("0.{} {who}: It was so.", 10 + n), "0:11 Tom: It was so."),
            (|n, who| format!("{who} (00.{}): It was so.", 10 + n), "Tom (00:11): It was so."),
            (|n, who| format!("[0m{}s] {who}: It was so.", 10 + n), "[0:11] Tom: It was so."),
            (|n, who| format!("<00:{}> {who}: It was so.", 10 + n), "[00:11] Tom: It was so."),
            (|n, who| format!("{who}; 00:00:{}; It was so.", 10 + n), "00:00:11 Tom: It was so."),
            (|n, who| format!("* **{who}** _1:{}_: It was so.", 10 + n), "[1:11] Tom: It was so."),
        ];
        for (turn, expected) in forms {
            let text = talk(turn);
            let written = rewritten(&text).unwrap_or_default();
            assert_eq!((written.len(), written.lines().count()), (text.len(), text.lines().count()), "{text}");
            assert!(written.lines().any(|line| line.trim_end() == expected), "{written}");
        }
    }

    #[test]
    fn dates_prices_and_numbers_stay() {
        for text in [
            // Days, what falls, hundredths, names that come once, and one name alone.
            talk(|n, who| format!("{:02}.05 {who}: It was so.", 3 + n)),
            talk(|n, who| format!("({:02}.50) {who}: It was so.", 9 - n)),
            talk(|n, who| format!("{n}.{} {who}: It was so.", 40 + n * 11)),
            talk(|n, _| format!("0.{} Part {}: It was so.", 10 + n, ["a", "b", "c", "d", "e", "f"][n])),
            talk(|n, _| format!("(0.{}) Ann: It was so.", 10 + n)),
            talk(|_, who| format!("{who}: We paid (0.50) for it; 00:10; or so.")),
        ] {
            assert_eq!(rewritten(&text), None, "{text}");
        }
    }
}

//! A time, a name and the words, with nothing between the two, as Trint writes them into Word: `[00:00:05] Ann Hall It
//! rained.`
//!
//! In: a text in which no labels were found. Out: its labels, if nearly every paragraph begins with a time, behind it one
//! of a few names that come again, take turns and stand before a capital letter, as words begin a sentence. What nobody
//! asks in, is no talk. Names in bold letters are for [`bold`](super::bold).

use std::collections::HashMap;

use super::super::by_lines::ByLines;
use super::super::lexicon::INTERJECTIONS;
use super::super::speakers::{ends_in_question, key};
use super::Remark;
use super::lines::{Head, lines_from};
use super::names::{is_initials, valid_label};
use super::once::is_heading;
use super::times::leading_time;

/// For [`Source::layout`](super::super::Source::layout).
pub(super) const LAYOUT: &str = "a time, a name and the words";
/// Fewer lines show no habit, and more people do not talk.
const FEWEST: usize = 4;
const MOST_NAMES: usize = 12;
/// Words of a name at most.
const MOST_WORDS: usize = 3;

/// A line that begins with a time: its first byte, and the one behind the time.
struct Line<'t> {
    start: usize,
    behind: usize,
    seconds: f64,
    /// What stands there.
    rest: &'t str,
}

/// The labels, and remarks on lines without one.
pub(super) fn find<'t>(text: &'t str) -> Option<(Vec<Head>, Vec<Remark>)> {
    let lines: Vec<Line<'t>> = lines_from(text, 0)
        .filter_map(|(start, line)| {
            let line = line.trim_end();
            let (seconds, rest) = leading_time(line)?;
            Some(Line { start, behind: start + line.len() - rest.len(), seconds, rest }).filter(|_| !rest.is_blank())
        })
        .collect();
    let all = text.by_lines().filter(|line| !line.is_blank()).count();
    if lines.len() < FEWEST
        || lines.len() * 10 < all * 7
        || !lines.windows(2).all(|two| two[0].seconds <= two[1].seconds)
    {
        return None;
    }
    // `Ann Hall` and `Ann Reed` begin with one word.
    let found = Some(names_of(&lines, 1)).filter(|found| found.len() > 1).unwrap_or_else(|| names_of(&lines, 2));
    let own: Vec<Option<&str>> =
        lines.iter().map(|line| found.iter().copied().find(|name| opens(line.rest, name))).collect();
    let spoken: Vec<&str> = own.iter().flatten().copied().collect();
    let changes = spoken.windows(2).filter(|two| two[0] != two[1]).count();
    let said = |(line, name): (&Line<'t>, &Option<&str>)| Some(line.rest[(*name)?.len()..].trim_start());
    let words: Vec<&str> = lines.iter().zip(&own).filter_map(said).collect();
    let opens_sentence = |c: char| c.is_uppercase() || c.is_numeric() || "“\"„«¿¡‘'[(…".contains(c);
    let begin = words.iter().filter(|words| words.starts_with(opens_sentence));
    let fits = (2..=MOST_NAMES).contains(&found.len())
        && spoken.len() * 10 >= lines.len() * 9
        && changes * 2 >= spoken.len()
        && begin.count() * 10 >= words.len() * 8
        && words.iter().any(|words| ends_in_question(words));
    if !fits {
        return None;
    }
    let (mut heads, mut remarks) = (Vec::new(), Vec::new());
    let mut whose = "";
    for (line, name) in lines.iter().zip(own) {
        if let Some(name) = name {
            whose = name;
            let words = line.behind + line.rest.len() - line.rest[name.len()..].trim_start().len();
            heads.push(Head { label: name.to_owned(), seconds: Some(line.seconds), line: line.start, words });
        } else if !whose.is_empty() {
            let what = format!("this starts without a name, unlike the others, and was taken for words of `{whose}`");
            remarks.push(Remark { at: line.start, what });
        }
    }
    Some((heads, remarks))
}

/// Whether words open with a name and go on behind it.
fn opens(rest: &str, name: &str) -> bool {
    rest.strip_prefix(name).is_some_and(|words| words.starts_with(char::is_whitespace) && !words.is_blank())
}

/// The names of so many words or more that lines open with, the longest first: of all beginnings that come again the
/// longest that comes as often.
fn names_of<'t>(lines: &[Line<'t>], least: usize) -> Vec<&'t str> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for line in lines {
        beginnings(line.rest).for_each(|name| *counts.entry(name).or_default() += 1);
    }
    let mut found: Vec<&str> = Vec::new();
    for line in lines {
        let mut best: Option<&str> = None;
        for name in beginnings(line.rest).skip(least - 1).filter(|name| counts[name] > 1) {
            // `Speaker` comes more often than `Speaker 1`.
            let is_number = name.ends_with(|c: char| c.is_ascii_digit());
            if !is_number && best.is_some_and(|best| counts[name] < counts[best]) {
                break;
            }
            best = Some(name);
        }
        if let Some(name) = best.filter(|name| may_be_name(name) && !found.contains(name)) {
            found.push(name);
        }
    }
    found.sort_by_key(|name| std::cmp::Reverse(name.len()));
    found
}

fn may_be_name(name: &str) -> bool {
    let key = key(name);
    let is_said = key.split(' ').any(|word| INTERJECTIONS.contains(&word));
    valid_label(name) && (is_initials(name) || (!is_heading(&key) && !is_said))
}

/// The first words of a line, one, two and three of them, as long as each may be one of a name.
fn beginnings(rest: &str) -> impl Iterator<Item = &str> {
    let may_be = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            && !word.trim_end_matches('.').is_empty()
            && !word.ends_with([',', '?', '!', ':', ';'])
    };
    let mut ends = Vec::new();
    let mut at = 0;
    for word in rest.split(' ').take(MOST_WORDS) {
        if !may_be(word) {
            break;
        }
        at += word.len();
        ends.push(at);
        at += 1;
    }
    ends.into_iter().map(|end| &rest[..end]).filter(|name| name.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const WORDS: [&str; 6] =
        ["Why was that so?", "Because it rained.", "And who was there?", "So many of us.", "When?", "In May."];

    fn turns(text: &str) -> Vec<(String, String)> {
        let found = read(text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|s| (s.label, text[s.text].to_owned())).collect()
    }

    #[test]
    fn a_name_between_the_time_and_the_words_is_a_label() {
        for (asks, answers) in [
            ("Interviewer", "Okafor"),
            ("Ann Hall", "Tom Reed"),
            ("Ann Hall", "Ann Reed"),
            ("Speaker 1", "Speaker 2"),
            ("AH", "TR"),
        ] {
            let turn = |(n, words): (usize, &&str)| format!("[00:00:0{n}] {} {words}\n\n", [asks, answers][n % 2]);
            let found = turns(&WORDS.iter().enumerate().map(turn).collect::<String>());
            let labels: Vec<&str> = found.iter().map(|(label, _)| label.as_str()).collect();
            let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
            assert_eq!((labels, words), ([asks, answers].repeat(3), WORDS.to_vec()), "{asks}");
        }
    }

    #[test]
    fn words_behind_times_stay_words() {
        for lines in [
            ["And then we left.", "We took the bus.", "And it was late?", "We walked home.", "And so on.", "We slept."],
            ["Ann came in.", "Tom was there?", "Ann said so.", "Tom left.", "Ann stayed.", "Tom too."],
        ] {
            let line = |(n, words): (usize, &&str)| format!("[00:00:0{n}] {words}\n\n");
            assert_eq!(turns(&lines.iter().enumerate().map(line).collect::<String>()), [], "{lines:?}");
        }
    }
}

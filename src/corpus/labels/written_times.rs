//! What Teams shows in a browser, copied: a name with its time in words, `Ann Hall 0 minutes 9 seconds`, above what is
//! said, or the two on lines of their own; initials, the time in figures and the same line once more stand around it.
//!
//! In: a text. Out: a label for each such heading, if four or more have the form and names recur. All lines of a
//! heading are its own; it never takes a line of words.

use std::collections::HashMap;

use super::super::label_key::key;
use super::layouts::{Head, MOST_WORDS_OF_TIME, time_alone, written_out};
use super::lines::Lines;
use super::names::clean;

/// Fewer headings are a chance.
const FEWEST: usize = 4;
/// Lines of a heading below its first, at most.
const MOST_LINES: usize = 4;

/// The headings of a text that has them; `None` for any other.
pub(super) fn find(lines: &Lines<'_>) -> Option<Vec<Head>> {
    let mut heads: Vec<Head> = Vec::new();
    let mut at = 0;
    while at < lines.ranges.len() {
        match heading(lines, at) {
            Some((head, next)) => {
                heads.push(head);
                at = next;
            }
            None => at += 1,
        }
    }
    let mut counts: HashMap<String, usize> = HashMap::new();
    heads.iter().for_each(|head| *counts.entry(key(&head.label)).or_default() += 1);
    let recurring: usize = counts.values().filter(|n| **n > 1).sum();
    (heads.len() >= FEWEST && counts.len() > 1 && recurring * 10 >= heads.len() * 7).then_some(heads)
}

/// A heading that begins on a line, and the line below it.
fn heading(lines: &Lines<'_>, at: usize) -> Option<(Head, usize)> {
    let has_initials = stands_for(lines.line(at).trim(), lines.line(at + 1).trim());
    let first = at + usize::from(has_initials);
    let (name, seconds) = named(lines, first)?;
    let same = key(name);
    let is_more = |next: usize| {
        let line = lines.line(next).trim();
        time_alone(line).is_some() || key(line) == same || split(line).is_some_and(|(again, _)| key(again) == same)
    };
    let last = (first + 1..=first + MOST_LINES).take_while(|&next| is_more(next)).last().unwrap_or(first);
    let words = lines.ranges.get(last + 1)?.start;
    let line = lines.ranges[at].start;
    Some((Head { label: name.to_owned(), seconds: Some(seconds), line, words }, last + 1))
}

/// The name and the time of a line, or of a line and the next.
fn named<'t>(lines: &Lines<'t>, at: usize) -> Option<(&'t str, f64)> {
    let line = lines.line(at).trim();
    let (name, seconds) = split(line).or_else(|| Some((line, written_out(lines.line(at + 1).trim())?)))?;
    let name = clean(name);
    (!name.is_empty() && written_out(name).is_none() && lines.is_name(name)).then_some((name, seconds))
}

/// `Ann Hall 1 hour 0 minutes 9 seconds` as the name and the time: the longest time that the line ends with.
fn split(line: &str) -> Option<(&str, f64)> {
    // The last unit stands behind its number.
    line.split_whitespace().rev().nth(1)?.parse::<u32>().ok()?;
    let spaces = line.rmatch_indices(' ').map(|(space, _)| space);
    let at_the_end = |space: &usize| line[space + 1..].split_whitespace().nth(MOST_WORDS_OF_TIME).is_none();
    spaces
        .take_while(at_the_end)
        .filter_map(|space| Some((&line[..space], written_out(&line[space + 1..])?)))
        .min_by_key(|(name, _)| name.len())
}

/// Whether letters are the initials of a name, as programs show them in place of a picture: `AH` of `Ann Hall`.
fn stands_for(letters: &str, name: &str) -> bool {
    if !(1..=3).contains(&letters.chars().count()) || !letters.chars().all(char::is_uppercase) {
        return false;
    }
    let name = split(name).map_or(name, |(name, _)| name);
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    initials.starts_with(letters)
}

#[cfg(test)]
mod tests {
    use super::super::super::speakers::Names;
    use super::super::read;

    const SAID: [&str; 6] =
        ["How was it?", "We waited\n20 minutes in the rain.", "And then?", "It left.", "So?", "I walked."];

    fn turns(open: fn(usize, &str, &str) -> String) -> Vec<(String, String)> {
        let people = [("Ann Hall", "AH"), ("Tom Øst", "TØ")];
        let turn = |(n, said): (usize, &&str)| format!("{}\n{said}\n", open(n, people[n % 2].0, people[n % 2].1));
        let text: String = SAID.iter().enumerate().map(turn).collect();
        let found = read(&text, &Names::default()).unwrap_or_default();
        found.stretches.into_iter().map(|s| (s.label, text[s.text].to_owned())).collect()
    }

    #[test]
    fn headings_of_names_with_times_in_words_are_whole() {
        let opens: [fn(usize, &str, &str) -> String; 4] = [
            |n, who, _| format!("{who} 0 minutes {n} seconds"),
            |n, who, _| format!("{who} 0 minutes {n} seconds\n0:0{n}\n{who} 0 minutes {n} seconds"),
            |n, who, _| format!("{who}\n1 hour 2 minutes {n} seconds\n1:02:0{n}\n{who} 1 hour 2 minutes {n} seconds"),
            |n, who, initials| format!("{initials}\n{who}\n0 minutes {n} seconds\n0:0{n}\n{who} 0 minutes {n} seconds"),
        ];
        for open in opens {
            let found = turns(open);
            let expected: Vec<(String, String)> = SAID
                .iter()
                .enumerate()
                .map(|(n, said)| (["Ann Hall", "Tom Øst"][n % 2].to_owned(), (*said).to_owned()))
                .collect();
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn times_that_are_told_are_words() {
        let text =
            "Ann: How long?\nTom: Nearly\n20 minutes 3 seconds\nAnn: And Sue?\nTom: Sue needed\n21 minutes 4 seconds\n";
        let names = Names::default();
        assert!(super::find(&super::Lines::of(text, &names)).is_none());
    }
}

//! Lines of cells with bars between them, the first of which names who speaks: `A|well, I mostly listen|sd`.
//!
//! In: a text. Out: the same text, of as many lines, with a colon behind the names and without the other cells, which
//! are tags. It takes a text only where every line is one of as many cells, names recur, one column holds the words,
//! somebody asks, and no other cell is more than a tag. Tables with titles or borders are for
//! [`piped_rows`](super::super::super::piped_rows), and a time between name and words for
//! [`services`](super::services).

use std::collections::HashMap;

use super::super::super::by_lines::ByLines;
use super::super::super::labels::{time, valid_label};
use super::super::super::sentences::words;
use super::super::super::speakers::ends_in_question;

/// Fewer lines show no habit.
const FEWEST: usize = 4;
/// Words of a tag, at most.
const TAG: usize = 2;
/// Words of what is said in a line on average, at least.
const SAID: usize = 3;

/// The text with labels, if its lines are such.
pub(super) fn labelled(text: &str) -> Option<String> {
    let first = text.by_lines().find(|line| !line.is_blank())?;
    if !first.contains('|') || first.trim_start().starts_with('|') {
        return None;
    }
    let rows: Vec<Vec<&str>> =
        text.by_lines().filter(|line| !line.is_blank()).map(|line| line.split('|').collect()).collect();
    let n_cells = rows[0].len();
    if rows.len() < FEWEST || rows.iter().any(|row| row.len() != n_cells || !valid_label(row[0].trim())) {
        return None;
    }
    // `Ann | words` and `Ann|Lab: words` are labels of other kinds.
    if n_cells == 2 && (rows.iter().any(|row| row[0].ends_with(' ')) || rows.iter().all(|row| row[1].contains(':'))) {
        return None;
    }
    let said = (1..n_cells).max_by_key(|&at| rows.iter().map(|row| words(row[at])).sum::<usize>())?;
    (recur(&rows) && is_talk(&rows, said)).then(|| written(text, said))
}

/// Whether two names or more recur, and come twice on average.
fn recur(rows: &[Vec<&str>]) -> bool {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    rows.iter().for_each(|row| *counts.entry(row[0].trim()).or_default() += 1);
    counts.values().filter(|&&n| n > 1).count() > 1 && counts.len() * 2 <= rows.len()
}

/// Whether one column holds what people say, and the others tags.
fn is_talk(rows: &[Vec<&str>], said: usize) -> bool {
    let is_tag = |at: usize, cell: &str| at == said || (cell.split_whitespace().count() <= TAG && time(cell).is_none());
    let are_tags = rows.iter().all(|row| (1..row.len()).all(|at| is_tag(at, row[at])));
    let n_words: usize = rows.iter().map(|row| words(row[said])).sum();
    are_tags && n_words >= SAID * rows.len() && rows.iter().any(|row| ends_in_question(row[said]))
}

/// The text with `A: words` in place of each line.
fn written(text: &str, said: usize) -> String {
    let mut written = String::with_capacity(text.len());
    for line in text.by_whole_lines() {
        let body = line.trim_end_matches(['\n', '\r']);
        let mut cells = body.split('|');
        if let (Some(who), Some(cell)) = (cells.next(), cells.nth(said - 1)) {
            written.extend([who.trim(), ": ", cell.trim(), &line[body.len()..]]);
        } else {
            written.push_str(line);
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    const TALK: &str = "A|Hi.|fp\nB|what kind of music do you like?|qw\nA|Well, I mostly listen to the radio.|sd\n\
                        B|um, okay|%\n\nB|and at home with the children?|qw\r\nA|É so.|sd\n";

    #[test]
    fn names_before_bars_become_labels() {
        let found = labelled(TALK).unwrap_or_default();
        let lines: Vec<&str> = found.lines().map(str::trim_end).collect();
        assert_eq!(
            lines[..3],
            ["A: Hi.", "B: what kind of music do you like?", "A: Well, I mostly listen to the radio."]
        );
        assert_eq!(lines[4..], ["", "B: and at home with the children?", "A: É so."]);
        let bare = TALK.replace("|fp", "").replace("|qw", "").replace("|sd", "").replace("|%", "");
        for text in [&bare, &bare.replace('|', "|x|")] {
            assert!(labelled(text).unwrap_or_default().starts_with("A: Hi.\nB: what kind"), "{text}");
        }
    }

    #[test]
    fn other_tables_stay_as_they_are() {
        let bordered: String = TALK.lines().map(|line| format!("|{line}|\n")).collect();
        for text in [
            bordered.as_str(),
            &TALK.replace("|fp", ""),
            &TALK.replace("do you like?", "I like.").replace("children?", "children."),
            &TALK.replace("|fp", "").replace("|qw", "").replace("|sd", "").replace("|%", "").replace('|', " | "),
            &TALK.replace("|%", "|so it was then"),
            &TALK.replace("|%", "|00:03"),
            &TALK.replace("A|", "It rained on me, I said.|"),
            "bees|an insect that makes honey, no?|n\nwax|what they build from it|n\nhive|where all of them live|n\n\
             A|so it is|x\n",
            "A|:\nQ: a\nA|:\nQ: b\nA|:\n",
            "",
        ] {
            assert!(labelled(text).is_none(), "{text}");
        }
    }
}

//! Transcripts as a table of Markdown: `| Speaker | Text |`, with a turn a row.
//!
//! In: the text of one transcript. Out: its turns, if nearly every line is a row of such tables. Which column holds the
//! speakers, the times and the words is told by what stands in them, not by their titles: few, short names that come
//! back and take turns, times, numbers that rise, and in one column all the rest. A table with other columns, or one
//! within what somebody says, is never taken for it.

use std::collections::HashMap;
use std::ops::Range;

use super::labels::{Stretch, is_name_apart, trim};
use super::marks::span_start;
use super::speakers::{Names, ends_in_question, key};

/// Fewer rows show no columns.
const MIN_ROWS: usize = 4;

/// The columns of a table.
struct Columns {
    speaker: usize,
    words: usize,
    time: Option<usize>,
}

/// Divides a text whose lines are rows of tables; `None` for any other.
pub(super) fn divide(text: &str, names: &Names) -> Option<Vec<Stretch>> {
    let (mut lines, mut start) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push(start..start + line.trim_end().len());
        }
        start += line.len();
    }
    let rule = lines.iter().position(|line| is_rule(&text[line.clone()])).filter(|&rule| rule > 0)?;
    let n_cells = cells(text, &lines[rule]).len();
    let is_frame = |at: usize| {
        is_rule(&text[lines[at].clone()]) || lines.get(at + 1).is_some_and(|below| is_rule(&text[below.clone()]))
    };
    let rows: Vec<(usize, Vec<Range<usize>>)> = (rule + 1..lines.len())
        .filter(|&at| !is_frame(at))
        .map(|at| (at, cells(text, &lines[at])))
        .filter(|(_, cells)| cells.len() == n_cells)
        .collect();
    let above = rule - 1;
    let most = rows.len() * 10 >= (lines.len() - rule - 1) * 8 && rows.len() * 2 >= lines.len();
    if rows.len() < MIN_ROWS || !most {
        return None;
    }
    let columns = columns(text, &rows, n_cells, names)?;
    let mut stretches: Vec<Stretch> = Vec::with_capacity(rows.len() + 1);
    let mut push = |label: &str, seconds, range: Range<usize>| {
        let text = trim(text, range);
        if !text.is_empty() {
            stretches.push(Stretch { label: label.to_owned(), seconds, text });
        }
    };
    push("", None, 0..lines[above].start);
    let mut speaker = "";
    let mut next = rows.iter().peekable();
    for (at, line) in lines.iter().enumerate().skip(rule + 1).filter(|&(at, _)| !is_frame(at)) {
        let Some((_, cells)) = next.next_if(|(row, _)| *row == at) else {
            push("", None, line.clone());
            continue;
        };
        let named = label(&text[cells[columns.speaker].clone()]);
        // An empty cell is the same speaker.
        speaker = if named.is_empty() { speaker } else { named };
        let seconds = columns.time.and_then(|column| seconds(&text[cells[column].clone()]));
        push(speaker, seconds, cells[columns.words].clone());
    }
    Some(stretches)
}

/// The columns of rows, if they are those of a conversation.
fn columns(text: &str, rows: &[(usize, Vec<Range<usize>>)], n_cells: usize, names: &Names) -> Option<Columns> {
    let column = |column: usize| rows.iter().map(move |(_, cells)| text[cells[column].clone()].trim());
    let (mut speaker, mut words, mut time) = (None, None, None);
    for at in 0..n_cells {
        if column(at).all(str::is_empty) || is_count(column(at)) {
            continue;
        }
        if column(at).all(|cell| cell.is_empty() || seconds(cell).is_some()) {
            time = time.or(Some(at));
        } else if speaker.is_none() && are_speakers(column(at)) {
            speaker = Some(at);
        } else if words.replace(at).is_some() {
            return None; // two columns of words
        }
    }
    let (speaker, words) = (speaker?, words?);
    // Of the names of roles everybody is one; else somebody asks.
    let are_roles = || column(speaker).all(|name| name.is_empty() || names.is_known(&key(label(name))));
    let asks = column(words).any(ends_in_question) || are_roles();
    asks.then_some(Columns { speaker, words, time })
}

/// Whether cells are names that come back and take turns.
fn are_speakers<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let labels: Vec<&str> = cells.map(label).filter(|label| !label.is_empty()).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    labels.iter().for_each(|label| *counts.entry(key(label)).or_default() += 1);
    let recurring: usize = counts.values().filter(|&&n| n > 1).sum();
    let changes = labels.windows(2).filter(|pair| pair[0] != pair[1]).count();
    labels.len() >= MIN_ROWS
        && labels.iter().all(|label| is_name_apart(label))
        && counts.len() > 1
        && counts.values().filter(|&&n| n > 1).count() > 1
        && recurring * 10 >= labels.len() * 7
        && changes * 2 >= labels.len() - 1
}

/// Whether cells are numbers that rise.
fn is_count<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let numbers: Option<Vec<u32>> = cells.map(|cell| cell.trim_end_matches('.').parse().ok()).collect();
    numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[0] < pair[1]))
}

/// The name in a cell, without the marks around it.
fn label(cell: &str) -> &str {
    cell.trim().trim_matches(['*', '_']).trim_end_matches([':', ' ']).trim_end_matches(['*', '_'])
}

fn seconds(cell: &str) -> Option<f64> {
    span_start(cell.trim().trim_matches(['[', ']', '(', ')', '`', '*', '_']))
}

/// `|---|:--:|`
fn is_rule(line: &str) -> bool {
    line.contains('|') && line.contains("--") && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' ' | '\t'))
}

/// The cells of a row, without white space at their ends; `\|` parts none.
fn cells(text: &str, line: &Range<usize>) -> Vec<Range<usize>> {
    let row = trim(text, line.clone());
    let inner = &text[row.clone()];
    if !inner.contains('|') {
        return Vec::new();
    }
    let mut borders: Vec<usize> =
        inner.match_indices('|').map(|(at, _)| at).filter(|&at| !inner[..at].ends_with('\\')).collect();
    // The borders at both ends may be left out.
    let (opens, closes) = (borders.first() == Some(&0), borders.last() == inner.len().checked_sub(1).as_ref());
    if !closes {
        borders.push(inner.len());
    }
    let mut start = 0;
    let mut found = Vec::with_capacity(borders.len());
    for border in borders.into_iter().skip(usize::from(opens)) {
        let from = if opens && start == 0 { 1 } else { start };
        found.push(trim(text, row.start + from..row.start + border));
        start = border + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<(String, Option<f64>, &str)>> {
        Some(divide(text, &Names::default())?.into_iter().map(|s| (s.label, s.seconds, &text[s.text])).collect())
    }

    #[test]
    fn a_turn_a_row_is_a_transcript() {
        for text in [
            "| Speaker | Text |\n|---|---|\n| Ann | Why? |\n| Tom | It \\| rained. |\n| Ann | And? |\n| Tom | No. |\n",
            "Who | What\n--- | :---:\n**Ann** | Why?\n**Tom:** | It \\| rained.\nAnn | And?\nTom | No.\n",
            "| # | Words | Name |\n|--|--|--|\n| 1 | Why? | Ann |\n| 2 | It \\| rained. | Tom |\n| 3 | And? | Ann |\n| 4 | No. | Tom |",
        ] {
            let found = rows(text).unwrap();
            let found: Vec<(&str, &str)> = found.iter().map(|(label, _, words)| (label.as_str(), *words)).collect();
            assert_eq!(found, [("Ann", "Why?"), ("Tom", "It \\| rained."), ("Ann", "And?"), ("Tom", "No.")], "{text}");
        }
        let text = "# Talk\n\n| Time | Speaker | Text |\n|---|---|---|\n| 0:03 | Ann | Why? |\n| 0:05 | Tom | It rained. |\n\
                    | 0:07 | | A lot. |\n| 0:09 | Ann | And? |\n| 0:11 | Tom | No. |\n\nThe end\n";
        let found = rows(text).unwrap();
        assert_eq!(found[0], (String::new(), None, "# Talk"));
        assert_eq!(found[3], ("Tom".to_owned(), Some(7.0), "A lot."));
        assert_eq!(found[6], (String::new(), None, "The end"));
    }

    #[test]
    fn other_tables_are_none() {
        for text in [
            "| Tea | 3 |\n|---|---|\n| Milk | 4 |\n| Bread | 5 |\n| Jam | 6 |\n| Eggs | 7 |\n",
            "| Name | Text | Code |\n|---|---|---|\n| Ann | Why? | a |\n| Tom | Rain. | b c |\n| Ann | And? | d |\n| Tom | No. | e |\n",
            "| Day | Task |\n|---|---|\n| Mon | wash up |\n| Tue | cook |\n| Mon | sweep |\n| Tue | shop |\n",
            "Ann: Why?\n\nTom: Like so:\n\n| Who | What |\n|---|---|\n| Ann | So? |\n| Tom | No. |\n| Ann | Oh? |\n| Tom | No. |\n\nAnn: And?\n\nTom: No.\n\nAnn: I see.\n\nTom: Yes.\n",
            "|---|---|\n",
            "a | b\n",
            "",
        ] {
            assert_eq!(rows(text), None, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_divided_in_order(text in "(\\| ?|Ann|Tom|--|:|0:0[1-9]|\\\\|é| |\n|\\?){0,60}") {
            let mut at = 0;
            for stretch in divide(&text, &Names::default()).unwrap_or_default() {
                proptest::prop_assert!(at <= stretch.text.start && !stretch.text.is_empty());
                at = stretch.text.end;
            }
        }
    }
}

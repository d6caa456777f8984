//! Transcripts as a table of Markdown: `| Speaker | Text |`, with a turn a row, or a question and its answer a row.
//!
//! In: the text of one transcript. Out: its turns, if nearly every line is a row of such tables. Which column holds the
//! speakers, the times and the words is told by what stands in them: few, short names that come back and take turns,
//! times, numbers that rise, and in one column all the rest; or two columns of words, of which the first asks, perhaps
//! beside who answered. Titles tell questions and answers, too, and may themselves be the first row. A table with other
//! columns, such as a survey with a question a column, or one within what somebody says, is never taken for it.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::by_lines::ByLines;
use super::label_key::stem;
use super::labels::{Stretch, is_name_apart, trim};
use super::marks::span_start;
use super::model::Role;
use super::sentences::words;
use super::speakers::{Names, ends_in_question, key};

/// Fewer rows show no columns.
const MIN_ROWS: usize = 4;
/// Fewer questions and answers show none; below a title for each, one row is enough.
const MIN_PAIRS: usize = 3;
/// Words that somebody says in a row, at least or on average: fewer are a title's.
const MIN_WORDS: usize = 3;
/// Digits of the number of a question, at most.
const MOST_DIGITS: usize = 3;
/// Who asks and who answers, where no title says so.
const ASKS: &str = "Q";
const ANSWERS: &str = "A";

/// The columns of a table with a turn a row.
struct Columns {
    speaker: usize,
    words: usize,
    time: Option<usize>,
}

/// The columns of a table with a question and its answer a row.
struct Pairs {
    question: usize,
    answer: usize,
    participant: Option<usize>,
}

/// A row: its line and its cells.
type Row = (usize, Vec<Range<usize>>);

/// The rows of tables in a text.
struct Table<'t> {
    text: &'t str,
    lines: Vec<Range<usize>>,
    /// The first line below the titles.
    first: usize,
    titles: Option<Vec<Range<usize>>>,
    rows: Vec<Row>,
    n_cells: usize,
}

/// Divides a text whose lines are rows of tables; `None` for any other.
pub(super) fn divide(text: &str, names: &Names) -> Option<Vec<Stretch>> {
    let table = Table::of(text)?;
    match table.columns(names) {
        Some(columns) => Some(table.turns(&columns)),
        None => Some(table.questions(&table.pairs(names)?)),
    }
}

impl<'t> Table<'t> {
    /// The rows of a text, if most of its lines are some.
    fn of(text: &'t str) -> Option<Self> {
        if !text.contains('|') {
            return None;
        }
        let (mut lines, mut start) = (Vec::new(), 0);
        for line in text.by_whole_lines() {
            if !line.is_blank() {
                lines.push(start..start + line.trim_end().len());
            }
            start += line.len();
        }
        let rule = lines.iter().position(|line| is_rule(&text[line.clone()])).filter(|&rule| rule > 0);
        // Without a rule every line must be a row beyond doubt.
        let first = match rule {
            Some(rule) => rule + 1,
            None if lines.iter().all(|line| is_bordered(&text[line.clone()])) => 0,
            None => return None,
        };
        let n_cells = cells(text, lines.get(first.saturating_sub(1))?).len();
        let titles = rule.map(|rule| cells(text, &lines[rule - 1])).filter(|titles| titles.len() == n_cells);
        let mut table = Self { text, lines, first, titles, rows: Vec::new(), n_cells };
        let rows = (first..table.lines.len()).filter(|&at| !table.is_frame(at));
        let rows = rows.map(|at| (at, cells(text, &table.lines[at]))).filter(|(_, cells)| cells.len() == n_cells);
        table.rows = rows.collect();
        let n_rows = table.rows.len();
        let most = n_rows * 10 >= (table.lines.len() - first) * 8 - table.n_frames() * 8
            && (n_rows + table.n_frames()) * 2 >= table.lines.len();
        (n_rows > 0 && n_cells > 1 && most).then_some(table)
    }

    /// Whether a line below the titles is a rule, or the titles of another table.
    fn is_frame(&self, at: usize) -> bool {
        let is_rule = |line: &Range<usize>| is_rule(&self.text[line.clone()]);
        is_rule(&self.lines[at]) || self.lines.get(at + 1).is_some_and(is_rule)
    }

    fn n_frames(&self) -> usize {
        (self.first..self.lines.len()).filter(|&at| self.is_frame(at)).count()
    }

    fn cell(&self, row: &Row, column: usize) -> &'t str {
        self.text[row.1[column].clone()].trim()
    }

    fn column(&self, at: usize) -> impl Iterator<Item = &'t str> {
        self.rows.iter().map(move |row| self.cell(row, at))
    }

    fn title(&self, at: usize) -> &'t str {
        self.titles.as_ref().map_or("", |titles| label(&self.text[titles[at].clone()]))
    }

    /// The titles, where they are a row of the table: a rule stands below the first one.
    fn first_row(&self, is_row: impl Fn(&Row) -> bool) -> Option<Row> {
        let row = (self.first.checked_sub(2)?, self.titles.clone()?);
        is_row(&row).then_some(row)
    }

    /// All rows in order, with what stands above, between and below them; `titled`: the titles are one. `push` takes a
    /// row, or the range of another line.
    fn each(&self, titled: Option<&Row>, mut push: impl FnMut(Result<&Row, Range<usize>>)) {
        let title = self.first.saturating_sub(2);
        push(Err(0..self.lines[title].start));
        titled.into_iter().for_each(|row| push(Ok(row)));
        let mut next = self.rows.iter().peekable();
        for (at, line) in self.lines.iter().enumerate().skip(self.first).filter(|&(at, _)| !self.is_frame(at)) {
            match next.next_if(|(row, _)| *row == at) {
                Some(row) => push(Ok(row)),
                None => push(Err(line.clone())),
            }
        }
    }

    /// The turns of a table with one a row.
    fn turns(&self, columns: &Columns) -> Vec<Stretch> {
        let speakers: HashSet<String> = self.column(columns.speaker).map(|name| key(label(name))).collect();
        let titled = self.first_row(|row| {
            let who = label(self.cell(row, columns.speaker));
            !who.is_empty() && speakers.contains(&key(who)) && words(self.cell(row, columns.words)) >= MIN_WORDS
        });
        let mut stretches = Vec::with_capacity(self.rows.len() + 1);
        let mut speaker = "";
        self.each(titled.as_ref(), |line| match line {
            Ok(row) => {
                let named = label(self.cell(row, columns.speaker));
                // An empty cell is the same speaker.
                speaker = if named.is_empty() { speaker } else { named };
                let seconds = columns.time.and_then(|column| seconds(self.cell(row, column)));
                push(&mut stretches, self.text, speaker, seconds, row.1[columns.words].clone());
            }
            Err(line) => push(&mut stretches, self.text, "", None, line),
        });
        stretches
    }

    /// The turns of a table with a question and its answer a row.
    fn questions(&self, pairs: &Pairs) -> Vec<Stretch> {
        let titled = self.first_row(|row| {
            ends_in_question(self.cell(row, pairs.question)) && !self.cell(row, pairs.answer).is_empty()
        });
        let titles = [pairs.question, pairs.answer].map(|at| self.title(at));
        let are_names = titled.is_none() && titles.iter().all(|title| is_name_apart(title)) && titles[0] != titles[1];
        let [asks, answers] = if are_names { titles } else { [ASKS, ANSWERS] };
        let [skips_question, skips_answer] = [pairs.question, pairs.answer].map(|at| self.is_numbered(at));
        let said = |row: &Row, column: usize, skips: bool| {
            let number = if skips { number_before(self.cell(row, column)).map_or(0, |(_, bytes)| bytes) } else { 0 };
            row.1[column].start + number..row.1[column].end
        };
        let mut participant = answers;
        let mut stretches = Vec::with_capacity(self.rows.len() * 2 + 1);
        self.each(titled.as_ref(), |line| match line {
            Ok(row) => {
                let named = pairs.participant.map_or("", |column| label(self.cell(row, column)));
                participant = if named.is_empty() { participant } else { named };
                push(&mut stretches, self.text, asks, None, said(row, pairs.question, skips_question));
                push(&mut stretches, self.text, participant, None, said(row, pairs.answer, skips_answer));
            }
            Err(line) => push(&mut stretches, self.text, "", None, line),
        });
        stretches
    }

    /// Whether a number of what is asked stands before the words of all cells of a column: `Q1: `.
    fn is_numbered(&self, at: usize) -> bool {
        let mut before = self.column(at).map(|cell| number_before(cell).map(|(word, _)| word));
        let first = before.next().flatten();
        first.is_some() && before.all(|word| word == first)
    }

    /// The columns of rows with a question and its answer.
    fn pairs(&self, names: &Names) -> Option<Pairs> {
        let is_told = |at: &usize| {
            let cells = || self.column(*at);
            let are_times = || cells().all(|cell| cell.is_empty() || seconds(cell).is_some());
            !(cells().all(str::is_empty) || is_count(cells()) || are_times() || are_numbers(cells()))
        };
        let told: Vec<usize> = (0..self.n_cells).filter(is_told).collect();
        let (participant, question, answer) = match told[..] {
            [question, answer] => (None, question, answer),
            [who, question, answer] if are_participants(self.column(who)) => (Some(who), question, answer),
            _ => return None,
        };
        let asking = |at: usize| self.column(at).filter(|cell| ends_in_question(cell)).count();
        let part = |at: usize| names.by_name(&key(self.title(at)));
        let are_titled = part(question) == Some(Role::Interviewer) && part(answer) == Some(Role::Participant);
        let n = self.rows.len();
        let ask = n >= MIN_PAIRS && asking(question) * 3 >= n * 2 && asking(answer) * 4 <= n;
        let in_words = |at: usize| self.column(at).map(words).sum::<usize>() >= MIN_WORDS * n;
        let are_pairs = ask || (are_titled && in_words(question) && in_words(answer));
        are_pairs.then_some(Pairs { question, answer, participant })
    }

    /// The columns of rows, if they are those of a conversation.
    fn columns(&self, names: &Names) -> Option<Columns> {
        let column = |at: usize| self.column(at);
        let (mut speaker, mut words, mut time) = (None, None, None);
        for at in 0..self.n_cells {
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
        (self.rows.len() >= MIN_ROWS && asks).then_some(Columns { speaker, words, time })
    }
}

fn push(stretches: &mut Vec<Stretch>, text: &str, label: &str, seconds: Option<f64>, range: Range<usize>) {
    let text = trim(text, range);
    if !text.is_empty() {
        stretches.push(Stretch { label: label.to_owned(), seconds, text });
    }
}

/// Whether cells are names that come back and take turns.
fn are_speakers<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let labels: Vec<&str> = cells.map(label).filter(|label| !label.is_empty()).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    // `Q1`, `A1`, `Q2` count what is asked.
    let are_counted = labels.iter().all(|label| label.ends_with(|c: char| c.is_ascii_digit()));
    let parts: HashSet<String> = labels.iter().map(|label| stem(&key(label)).to_owned()).collect();
    let spelt = |label: &str| if are_counted && parts.len() == 2 { stem(&key(label)).to_owned() } else { key(label) };
    labels.iter().for_each(|label| *counts.entry(spelt(label)).or_default() += 1);
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

/// Whether cells are the numbers of what is asked: `Q1`, `Q2`, no two the same.
fn are_numbers<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let keys: Vec<String> = cells.map(|cell| key(label(cell))).collect();
    let distinct: HashSet<&String> = keys.iter().collect();
    let first = keys.first().map(|key| stem(key));
    let are_alike = keys.iter().all(|key| first == Some(stem(key)) && stem(key).len() < key.len());
    are_alike && distinct.len() == keys.len()
}

/// Whether cells are the few names of who answered, each of whom did so in a row of rows.
fn are_participants<'t>(cells: impl Iterator<Item = &'t str>) -> bool {
    let mut labels: Vec<String> = cells.map(|cell| key(label(cell))).filter(|label| !label.is_empty()).collect();
    let n = labels.len();
    labels.dedup();
    let distinct: HashSet<&String> = labels.iter().collect();
    n > 0 && distinct.len() == labels.len() && labels.len() * 2 <= n && labels.iter().all(|label| is_name_apart(label))
}

/// The name in a cell, without the marks around it.
fn label(cell: &str) -> &str {
    cell.trim().trim_matches(['*', '_']).trim_end_matches([':', ' ']).trim_end_matches(['*', '_'])
}

fn seconds(cell: &str) -> Option<f64> {
    span_start(cell.trim().trim_matches(['[', ']', '(', ')', '`', '*', '_']))
}

/// The word in front of a number at the start of a cell, and the bytes up to what is said: `Q` and 4 of `Q1: Why?`.
fn number_before(cell: &str) -> Option<(&str, usize)> {
    let (word, rest) = cell.split_at(cell.find(|c: char| !c.is_alphabetic())?);
    let rest = rest.trim_start();
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=MOST_DIGITS).contains(&(rest.len() - behind.len()));
    let said = behind.strip_prefix([':', '.', ')'])?.trim_start();
    (is_number && !word.is_empty() && !said.is_empty()).then_some((word, cell.len() - said.len()))
}

/// Whether a line starts and ends with a border.
fn is_bordered(line: &str) -> bool {
    let line = line.trim();
    line.len() > 1 && line.starts_with('|') && line.ends_with('|')
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

    /// Who says what.
    fn said(text: &str) -> Vec<(String, &str)> {
        rows(text).unwrap_or_default().into_iter().map(|(who, _, words)| (who, words)).collect()
    }

    #[test]
    fn a_question_and_its_answer_a_row_are_two_turns() {
        let pairs = [("Why bees?", "My uncle had some."), ("And then?", "We moved."), ("Alone?", "With my sister.")];
        let of = |asks: &str, answers: &str| -> Vec<(String, &str)> {
            pairs.iter().flat_map(|&(q, a)| [(asks.to_owned(), q), (answers.to_owned(), a)]).collect()
        };
        let table = |head: &str, row: &dyn Fn(usize, &str, &str) -> String| -> &'static str {
            let rows: String = pairs.iter().enumerate().map(|(at, (q, a))| row(at + 1, q, a)).collect();
            format!("{head}{rows}").leak()
        };
        let plain = |_: usize, q: &str, a: &str| format!("| {q} | {a} |\n");
        assert_eq!(said(table("| Question | Answer |\n|---|---|\n", &plain)), of("Question", "Answer"));
        assert_eq!(said(table("| AH | TR |\n|---|---|\n", &plain)), of("AH", "TR"));
        assert_eq!(said(table("| | |\n|---|---|\n", &plain)), of("Q", "A"));
        assert_eq!(said(table("", &plain)), of("Q", "A"));
        let numbered = |at: usize, q: &str, a: &str| format!("| Q{at} | {q} | {a} |\n");
        assert_eq!(said(table("| No. | Question | Answer |\n|--|--|--|\n", &numbered)), of("Question", "Answer"));
        let whose = |_: usize, q: &str, a: &str| format!("| TR | {q} | {a} |\n");
        assert_eq!(said(table("| Participant | Question | Answer |\n|--|--|--|\n", &whose)), of("Question", "TR"));
        let both = |at: usize, q: &str, a: &str| format!("| Q{at}: {q} | A{at}: {a} |\n");
        assert_eq!(said(table("| Question | Answer |\n|---|---|\n", &both)), of("Question", "Answer"));
        let first = table("| Where was it? | In Hall. |\n|---|---|\n", &plain);
        assert_eq!(said(first)[..2], [("Q".to_owned(), "Where was it?"), ("A".to_owned(), "In Hall.")]);
        assert_eq!(said(first).len(), 8);
    }

    #[test]
    fn numbers_of_turns_part_nobody() {
        let text = "| Q1 | Why? |\n| A1 | It rained. |\n| Q2 | And? |\n| A2 | No. |\n";
        let labels: Vec<String> = said(text).into_iter().map(|(who, _)| who).collect();
        assert_eq!(labels, ["Q1", "A1", "Q2", "A2"]);
    }

    #[test]
    fn a_survey_of_a_question_a_column_is_none() {
        let rows = "| P1 | It was warm. | The noise. |\n| P2 | The light. | Nothing. |\n| P3 | A door. | The lift. |\n";
        assert_eq!(self::rows(&format!("| ID | What was good? | What was bad? |\n|--|--|--|\n{rows}")), None);
        let days = "| Day | Why? |\n|--|--|\n| Mon | it rains |\n| Tue | we rest |\n| Wed | we go |\n";
        assert_eq!(self::rows(days), None);
        let names = "| Interviewer | Participant |\n|--|--|\n| AH | TR |\n| AH | MB |\n| PL | WS |\n";
        assert_eq!(self::rows(names), None);
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

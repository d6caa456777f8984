//! Transcripts as lines of a table: a time, a speaker and the words, with tabs between them.
//!
//! In: the text of one transcript. Out: its turns, if nearly every line is such a row. The columns are
//! told by a header such as `Timespan  Content  Speaker`, or else the speakers' by its few, short and
//! recurring names; more times, such as the one at which the words end, may stand behind the one at which
//! they start, as ELAN exports them, and below a header of times each other column may be one speaker's. Rows
//! without times have a header. A text with other lines is never taken for a table.

use std::collections::HashSet;
use std::ops::Range;

use super::by_lines::ByLines;
use super::labels::{Stretch, is_edge, is_name_apart};
use super::marks::span_start;
use super::speakers::key;

const TIMES: &[&str] = &[
    "timespan",
    "time",
    "timestamp",
    "start",
    "zeit",
    "zeitstempel",
    "temps",
    "horodatage",
    "début",
    "tiempo",
    "hora",
    "inicio",
    "begin",
    "beginn",
    "anfang",
    "inizio",
    "tempo",
    "início",
    "tijd",
    "początek",
    "czas",
    "tid",
    "offset",
];
const SPEAKERS: &[&str] = &[
    "speaker",
    "name",
    "participant",
    "sprecher",
    "sprecherin",
    "locuteur",
    "intervenant",
    "interlocuteur",
    "hablante",
    "falante",
    "participante",
    "interlocutor",
    "orador",
    "wer",
    "spreker",
    "parlante",
    "mówca",
    "talare",
    "taler",
    "المتحدث",
    "話者",
    "说话人",
];
const WORDS: &[&str] = &[
    "content",
    "text",
    "transcript",
    "words",
    "sentence",
    "inhalt",
    "texte",
    "contenu",
    "transcription",
    "texto",
    "fala",
    "contenido",
    "transcripción",
    "was",
    "testo",
    "tekst",
    "النص",
    "発言",
    "内容",
];

/// Where a row holds what.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Columns {
    time: usize,
    speaker: usize,
    words: usize,
}

/// Rows from which on columns without a header are believed.
const MIN_ROWS: usize = 4;

/// Divides a text whose lines are rows; `None` for any other.
pub(super) fn divide(text: &str) -> Option<Vec<Stretch>> {
    if !text.contains('\t') {
        return None;
    }
    if let Some(stretches) = speaker_a_column(text).or_else(|| untimed(text)) {
        return Some(stretches);
    }
    let is_near = |cells: &Vec<Range<usize>>| named(text, cells).is_some() || time_column(text, cells).is_some();
    if !lines(text).take(MAX_ABOVE).any(|cells| is_near(&cells)) {
        return None;
    }
    let lines: Vec<Vec<Range<usize>>> = lines(text).collect();
    let header = lines.iter().take(MAX_ABOVE).enumerate().find_map(|(at, cells)| Some((at, named(text, cells)?)));
    let (first, columns) = match header {
        Some((at, columns)) => (at + 1, below(text, columns, &lines[at], lines.get(at + 1))),
        None => {
            let first = lines.iter().take(MAX_ABOVE).position(|cells| time_column(text, cells).is_some())?;
            (first, guessed(text, &lines[first..])?)
        }
    };
    let above = first.saturating_sub(usize::from(header.is_some()));
    let rows = &lines[first..];
    let is_row = |cells: &[Range<usize>]| seconds(text, cells, columns).is_some();
    let timed = rows.iter().filter(|cells| is_row(cells)).count();
    let last = columns.words > columns.speaker && columns.words > columns.time;
    if timed == 0
        || timed * 10 < rows.len() * 8
        || (timed < rows.len() && !last)
        || !rows.first().is_some_and(|r| is_row(r))
    {
        return None;
    }
    let mut stretches: Vec<Stretch> = Vec::with_capacity(rows.len() + 1);
    if above > 0 {
        let end = lines[above - 1].last()?.end;
        push(&mut stretches, text, "", None, lines[0][0].start..end);
    }
    let mut speaker = "";
    for cells in rows {
        let Some(start) = seconds(text, cells, columns) else {
            // A line that goes on with the words above.
            if let (Some(open), Some(cell)) = (stretches.last_mut(), cells.last()) {
                open.text.end = trimmed(text, cell.clone()).end.max(open.text.end);
            }
            continue;
        };
        let named = cells.get(columns.speaker).map_or("", |cell| text[cell.clone()].trim().trim_end_matches(':'));
        // An empty cell is the same speaker.
        speaker = if named.is_empty() { speaker } else { named };
        if let Some(cell) = cells.get(columns.words) {
            push(&mut stretches, text, speaker, Some(start), cell.clone());
        }
    }
    Some(stretches)
}

/// Lines above the rows that are looked at for a header.
const MAX_ABOVE: usize = 12;

/// The cells of every line that is not blank; the last one holds the tabs beyond.
fn lines(text: &str) -> impl Iterator<Item = Vec<Range<usize>>> {
    let mut start = 0;
    text.by_whole_lines().filter_map(move |line| {
        let mut at = start;
        start += line.len();
        let cells = line.trim_end_matches('\n').splitn(MAX_CELLS, '\t').map(|cell| {
            let range = at..at + cell.len();
            at = range.end + 1;
            range
        });
        (!line.is_blank()).then(|| cells.collect())
    })
}

const MAX_CELLS: usize = 12;

/// How ELAN calls its columns of times: `Begin Time - hh:mm:ss.ms`.
const OF_TIMES: [&str; 3] = ["begin time", "end time", "duration"];

/// The turns of rows with times and a column for each speaker, below a header that names them; each row is one
/// speaker's. `None` for any other text.
fn speaker_a_column(text: &str) -> Option<Vec<Stretch>> {
    let mut lines = lines(text);
    let header = lines.next()?;
    let title = |cell: &Range<usize>| text[cell.clone()].trim();
    let is_time = |cell: &Range<usize>| OF_TIMES.iter().any(|time| key(title(cell)).starts_with(time));
    let start = header.iter().position(|cell| key(title(cell)).starts_with(OF_TIMES[0]))?;
    let speakers: Vec<usize> = (0..header.len()).filter(|&at| !is_time(&header[at])).collect();
    if speakers.len() < 2 || !speakers.iter().all(|&at| is_name_apart(title(&header[at]))) {
        return None;
    }
    let mut stretches = Vec::new();
    for cells in lines {
        let seconds = time_of(&text[cells.get(start)?.clone()])?;
        let mut said = speakers.iter().filter(|&&at| cells.get(at).is_some_and(|cell| !title(cell).is_empty()));
        let (who, None) = (said.next(), said.next()) else { return None };
        if let Some(&at) = who {
            push(&mut stretches, text, title(&header[at]), Some(seconds), cells[at].clone());
        }
    }
    (!stretches.is_empty()).then_some(stretches)
}

/// The columns that a header names.
fn named(text: &str, cells: &[Range<usize>]) -> Option<Columns> {
    let titles: Vec<String> = cells.iter().map(|cell| key(&text[cell.clone()])).collect();
    let place = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
    Some(Columns { time: place(TIMES)?, speaker: place(SPEAKERS)?, words: place(WORDS)? })
}

/// The columns of the rows below a header whose first title stands above numbers that were taken off.
fn below(text: &str, columns: Columns, header: &[Range<usize>], row: Option<&Vec<Range<usize>>>) -> Columns {
    let left = |columns: Columns| {
        let Columns { time, speaker, words } = columns;
        Some(Columns { time: time.checked_sub(1)?, speaker: speaker.checked_sub(1)?, words: words.checked_sub(1)? })
    };
    match (row, left(columns)) {
        (Some(row), Some(left))
            if row.len() + 1 == header.len()
                && seconds(text, row, columns).is_none()
                && seconds(text, row, left).is_some() =>
        {
            left
        }
        _ => columns,
    }
}

/// The turns of rows without times, of who speaks and what, below a header that says so; `None` for any other text.
fn untimed(text: &str) -> Option<Vec<Stretch>> {
    let mut lines = lines(text);
    let header = lines.next()?;
    let titles: Vec<String> = header.iter().map(|cell| key(&text[cell.clone()])).collect();
    let place = |names: &[&str]| titles.iter().position(|title| names.contains(&title.as_str()));
    let (speaker, words) = (place(SPEAKERS)?, place(WORDS)?);
    let rows: Vec<Vec<Range<usize>>> = lines.collect();
    let who = |cells: &[Range<usize>]| Some(text[cells.get(speaker)?.clone()].trim().trim_end_matches(':'));
    let names: Vec<String> = rows.iter().filter_map(|cells| who(cells).map(key)).collect();
    let distinct: HashSet<&String> = names.iter().collect();
    let are_turns = titles.len() == 2
        && rows.len() >= MIN_ROWS
        && rows.iter().all(|cells| cells.len() == 2)
        && (2..=names.len() / 2).contains(&distinct.len())
        && names.iter().all(|name| is_name_apart(name));
    let mut stretches = Vec::with_capacity(rows.len());
    for cells in rows.iter().filter(|_| are_turns) {
        push(&mut stretches, text, who(cells).unwrap_or_default(), None, cells[words].clone());
    }
    are_turns.then_some(stretches)
}

/// The column of a row that holds its time: the first, the second beside a number or a name, or the third beside two.
fn time_column(text: &str, cells: &[Range<usize>]) -> Option<usize> {
    times(text, cells).map(|times| times.start)
}

/// The columns of a row that hold its time, or more of them: when it starts and ends, and how long it takes. Words
/// may stand behind them.
fn times(text: &str, cells: &[Range<usize>]) -> Option<Range<usize>> {
    let cell = |column: usize| cells.get(column).map_or("", |cell| &text[cell.clone()]);
    let are_seconds = |column: usize| match (decimal(cell(column)), decimal(cell(column + 1))) {
        (Some(start), Some(end)) => start <= end,
        _ => false,
    };
    let start = (0..cells.len().min(3)).find(|&column| span_of(cell(column)).is_some() || are_seconds(column))?;
    let more = (start + 1..cells.len().saturating_sub(1)).take_while(|&column| time_of(cell(column)).is_some()).count();
    // A time alone before two cells may have a number in one of them.
    let has_end = are_seconds(start) || span_of(cell(start + 1)).is_some();
    let more = if has_end { more.max(1) } else { more * usize::from(start > 0) };
    Some(start..start + 1 + more)
}

/// Seconds as `12.30`, or `12,30`.
fn decimal(cell: &str) -> Option<f64> {
    let (whole, fraction) = cell.trim().split_once(['.', ','])?;
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !are_digits(whole) || !are_digits(fraction) {
        return None;
    }
    format!("{whole}.{fraction}").parse().ok()
}

/// The columns of rows without a header: beside the times a speaker and words, perhaps behind a number.
fn guessed(text: &str, rows: &[Vec<Range<usize>>]) -> Option<Columns> {
    let times = times(text, rows.first()?)?;
    // A name in front of the time takes the place of a number.
    let (rows, all) = [3, 2].into_iter().find_map(|beside| {
        let width = times.len() + beside;
        let rows: Vec<&Vec<Range<usize>>> = rows.iter().filter(|cells| cells.len() == width).collect();
        let all: Vec<usize> = (0..width).filter(|column| !times.contains(column)).collect();
        (rows.len() >= MIN_ROWS).then_some((rows, all))
    })?;
    let are_times = |column: usize| rows.iter().all(|cells| time_of(&text[cells[column].clone()]).is_some());
    if times.len() > 2 && !times.clone().all(are_times) {
        return None;
    }
    let rises = || {
        let starts: Vec<Option<f64>> = rows.iter().map(|cells| time_of(&text[cells[times.start].clone()])).collect();
        starts.windows(2).all(|two| two[0].is_some() && two[0] <= two[1])
    };
    let holds_names = |column: usize| {
        let names: Vec<String> = rows.iter().map(|cells| key(&text[cells[column].clone()])).collect();
        let distinct: HashSet<&String> = names.iter().collect();
        distinct.len() * 2 <= names.len() && names.iter().all(|name| name.is_empty() || is_name_apart(name))
    };
    let is_blank = |cells: &Vec<Range<usize>>, column: usize| text[cells[column].clone()].is_blank();
    let filled: Vec<usize> =
        all.iter().copied().filter(|&column| !rows.iter().all(|cells| is_blank(cells, column))).collect();
    let beside = match filled[..] {
        // Two names: a tier's, and that of whose it is, where every row has one.
        [tier, person, words] if holds_names(tier) && holds_names(person) => {
            let is_whole = rows.iter().all(|cells| !is_blank(cells, person));
            [if is_whole { person } else { tier }, words]
        }
        [number, speaker, words] if times.start == 1 && number == 0 => [speaker, words],
        [one, other] => [one, other],
        _ => return None,
    };
    let place = (0..2).find(|&place| holds_names(beside[place]))?;
    let (speaker, words) = (beside[place], beside[1 - place]);
    (beside[0] > times.start || (place == 0 && rises())).then_some(Columns { time: times.start, speaker, words })
}

fn seconds(text: &str, cells: &[Range<usize>], columns: Columns) -> Option<f64> {
    (cells.len() > columns.speaker.max(columns.words)).then(|| time_of(&text[cells[columns.time].clone()]))?
}

fn time_of(cell: &str) -> Option<f64> {
    span_of(cell).or_else(|| decimal(cell))
}

fn span_of(cell: &str) -> Option<f64> {
    span_start(cell.trim().trim_matches(['[', ']', '(', ')', '#']))
}

fn push(stretches: &mut Vec<Stretch>, text: &str, label: &str, seconds: Option<f64>, range: Range<usize>) {
    let text = trimmed(text, range);
    if !text.is_empty() {
        stretches.push(Stretch { label: label.to_owned(), seconds, text });
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = &text[range.clone()];
    let start = range.start + (slice.len() - slice.trim_start_matches(is_edge).len());
    start..start + slice.trim_matches(is_edge).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Option<Vec<(String, Option<f64>, &str)>> {
        Some(divide(text)?.into_iter().map(|s| (s.label, s.seconds, &text[s.text])).collect())
    }

    fn row(label: &str, seconds: f64, words: &'static str) -> (String, Option<f64>, &'static str) {
        (label.to_owned(), Some(seconds), words)
    }

    #[test]
    fn a_header_tells_the_columns() {
        let expected = Some(vec![row("Tom", 4.0, "Why?"), row("Maria", 11.0, "Because.")]);
        assert_eq!(
            rows("Timespan\tContent\tSpeaker\n0:04 - 0:11\tWhy?\tTom\n0:11 - 0:20\tBecause.\tMaria\n"),
            expected
        );
        assert_eq!(rows("Speaker\tTime\tText\nTom\t0:04\tWhy?\nMaria\t0:11\tBecause.\n"), expected);
        assert_eq!(rows("Début\tInterlocuteur\tTranscription\n0:04\tTom\tWhy?\n0:11\tMaria\tBecause.\n"), expected);
        let text = "Talk\n\nTimespan\tSpeaker\tContent\n0:04\tTom\tWhy?\nreally?\n0:11\tMaria\tOne\n0:12\t\tTwo\n0:13\tTom\tAh\n0:15\tTom\tSo";
        let found = rows(text).unwrap();
        assert_eq!(found[0], (String::new(), None, "Talk"));
        assert_eq!(found[1], row("Tom", 4.0, "Why?\nreally?"));
        assert_eq!(found[3], row("Maria", 12.0, "Two"));
    }

    #[test]
    fn names_tell_the_columns_without_a_header() {
        let talk =
            "0:04 - 0:11\tTom\tWhy?\n0:11 - 0:20\tMaria\tBecause.\n0:20 - 0:22\tTom\tAnd?\n0:22 - 0:24\tMaria\tSo.\n";
        assert_eq!(rows(talk).unwrap()[3], row("Maria", 22.0, "So."));
        let numbered: String = talk.lines().enumerate().map(|(n, line)| format!("{n}\t{line}\n")).collect();
        assert_eq!(rows(&numbered).map(|rows| rows.len()), Some(4));
    }

    #[test]
    fn the_time_at_which_words_end_is_no_word() {
        let said = ["Why?", "Because.", "And?", "So."];
        let talk = |row: &dyn Fn(usize, &str, &str) -> String| -> String {
            said.iter().enumerate().map(|(n, said)| row(n, ["S_00", "S_01"][n % 2], said) + "\n").collect()
        };
        for text in [
            talk(&|n, who, said| format!("{who}\t00:00:0{n}.000\t00:00:0{n}.900\t{said}")),
            talk(&|n, who, said| format!("00:00:0{n}.000\t00:00:0{n}.900\t{who}\t{said}")),
            talk(&|n, who, said| format!("{n}\t0:0{n}\t0:0{n}\t{who}\t{said}")),
            talk(&|n, who, said| format!("{who}\t{n}.00\t{n}.90\t{said}")),
            talk(&|n, who, said| format!("{who}\t{n},00\t{n},90\t{said}")),
            talk(&|n, who, said| format!("{who}\t0:0{n}\t{said}")),
        ] {
            let found = rows(&text).unwrap_or_default();
            let expected: Vec<_> = (0..4).map(|n| row(["S_00", "S_01"][n % 2], n as f64, said[n])).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_elan_exports_holds_words_alone() {
        let said = ["Why?", "Because.", "And?", "So."];
        let talk = |row: &dyn Fn(usize, &str, &str) -> String| -> String {
            said.iter().enumerate().map(|(n, said)| row(n, ["Ann Hall", "Tom"][n % 2], said) + "\n").collect()
        };
        let clock = |n: usize| format!("00:00:0{n}.000\t{n}.0");
        let expected: Vec<_> = (0..4).map(|n| row(["Ann Hall", "Tom"][n % 2], n as f64, said[n])).collect();
        for text in [
            talk(&|n, who, said| format!("{who}\t\t00:00:0{n}.000\t00:00:0{n}.900\t{said}")),
            talk(&|n, who, said| format!("{who}\t{who}\t{n}.000\t{n}.900\t{said}")),
            talk(&|n, who, said| format!("words {}\t{who}\t00:00:0{n}.000\t00:00:0{n}.900\t{said}", n % 2)),
            talk(&|n, who, said| format!("{who}\t\t{}\t{}\t{}\t{said}", clock(n), clock(n + 1), clock(1))),
            talk(&|n, who, said| format!("00:00:0{n}.000\t00:00:0{n}.900\t{who}\t\t{said}")),
        ] {
            assert_eq!(rows(&text), Some(expected.clone()), "{text}");
        }
        let header = "Begin Time - hh:mm:ss.ms\tEnd Time - hh:mm:ss.ms\tAnn Hall\tTom\n";
        let below = talk(&|n, who, said| {
            let before = if who == "Tom" { "\t" } else { "" };
            format!("00:00:0{n}.000\t00:00:0{n}.900\t{before}{said}")
        });
        assert_eq!(rows(&format!("{header}{below}")), Some(expected));
        let both = format!("{header}00:00:01.000\t00:00:02.000\tWhy?\tBecause.\n");
        assert_eq!(rows(&both), None, "two at once");
        assert_eq!(rows("Begin Time\tPlace\nnoon\tthere\n"), None);
        // Numbers that are no times are said, or somebody's.
        let counts = talk(&|n, who, said| format!("{who}\t{}\t0:0{n}\t{said}", ["two", "2.5", "six", "many"][n]));
        assert_eq!(rows(&counts), None);
    }

    #[test]
    fn a_title_above_numbers_that_were_taken_off_moves_no_column() {
        let talk = "Nr\tTime\tSpeaker\tText\n0:04\tTom\tWhy?\n0:11\tMaria\tBecause.\n";
        assert_eq!(rows(talk), Some(vec![row("Tom", 4.0, "Why?"), row("Maria", 11.0, "Because.")]));
        let numbered = "Nr\tTime\tSpeaker\tText\n1\t0:04\tTom\tWhy?\n2\t0:11\tMaria\tBecause.\n";
        assert_eq!(rows(numbered), rows(talk));
    }

    #[test]
    fn rows_without_times_have_a_header() {
        let talk = "Tom\tWhy?\nMaria\tBecause.\nTom:\tAnd?\nMaria\tSo.\n";
        let text = format!("Speaker\tText\n{talk}");
        let found = rows(&text).unwrap();
        let found: Vec<(&str, &str)> = found.iter().map(|(who, _, words)| (who.as_str(), *words)).collect();
        assert_eq!(found, [("Tom", "Why?"), ("Maria", "Because."), ("Tom", "And?"), ("Maria", "So.")]);
        assert_eq!(rows(talk), None);
        assert_eq!(rows(&format!("Day\tTask\n{talk}")), None);
        assert_eq!(rows(&format!("Speaker\tText\n{talk}and so on\n")), None);
    }

    #[test]
    fn other_texts_are_no_tables() {
        let falling = "Yoga\t9:00\tup\nRun\t8:00\tout\nYoga\t7:00\tin\nRun\t6:00\tdown\n";
        assert_eq!(rows(falling), None, "times of a talk rise");
        assert_eq!(rows("Tea\t1.50\thot\nTea\t2.50\tcold\nRum\t1.50\told\nRum\t2.50\tnew\n"), None, "prices");
        assert_eq!(rows("Tea\t1,50\thot\nTea\t2,50\tcold\nRum\t1,50\told\nRum\t2,50\tnew\n"), None, "prices");
        assert_eq!(rows("Tom:\tWhy?\nMaria:\tBecause.\n"), None);
        assert_eq!(rows("07:00\tup\tearly\n08:00\tout\tlate\n09:00\tin\tat last\n10:00\tdown\tfor good\n"), None);
        assert_eq!(rows("Timespan\tContent\tSpeaker\nnobody\tsaid\tthis\n"), None);
        assert_eq!(rows("Timespan\tContent\tSpeaker\n"), None);
    }
}

//! Time marks in running text: `[00:00:24]`, `#00:00:24-5#`, and lines that are nothing but a time.
//!
//! In: the labelled stretches of a text. Out: the same stretches without the marks at the ends of
//! their lines; a stretch is divided where such a mark stands, and what follows a mark starts at its
//! time. A time on a line of its own is one however it is [written](loose). A mark within a line is left to
//! [`inner_times`](super::inner_times); a line such as `17:30` and words such as `(17:30)` or `at 17:30` stay text,
//! unless nearly every stretch has one at the same end, or such lines rise from one stretch to the next.

mod loose;

use std::ops::Range;

use super::by_lines::ByLines;
use super::labels::{Stretch, time, trim};

/// Divides stretches of a text at their marks.
pub(super) fn divide(text: &str, stretches: Vec<Stretch>) -> Vec<Stretch> {
    let habit = Habit::of(text, &stretches);
    let mut divided = Vec::with_capacity(stretches.len());
    // The time at which the stretch below starts, by a mark at the end of the one above.
    let mut carried = None;
    for stretch in stretches {
        carried = cut(text, stretch, carried, habit, &mut divided);
    }
    divided
}

/// What times nearly every stretch has beside those that are marks anywhere.
#[derive(Clone, Copy)]
struct Habit {
    /// `(0:03)` in front of the words, or behind them.
    opening: bool,
    closing: bool,
    /// `0:03` on the last line.
    last: bool,
    /// `0:03` on a line above the words, beside the label or below it.
    above: bool,
    /// `0:03` on the last line of some, each later than the one before.
    rising: bool,
    /// Any time at the end of the words, none earlier than the one before.
    tail: bool,
}

/// Fewer stretches show no habit, and fewer times do not rise.
const MIN_STRETCHES: usize = 4;
const MIN_RISING: usize = 3;

impl Habit {
    fn of(text: &str, stretches: &[Stretch]) -> Self {
        let labelled = stretches.iter().filter(|stretch| !stretch.label.is_empty());
        let said: Vec<&str> = labelled.map(|stretch| &text[stretch.text.clone()]).collect();
        // What stands above the next label is not there below the last one.
        let most = |n: usize| said.len() >= MIN_STRETCHES && (n + 1) * 10 >= said.len() * 9;
        let is_time = |said: &str| said.trim_end().rsplit_once('\n').is_some_and(|(_, line)| time(line).is_some());
        Self {
            opening: most(said.iter().filter(|said| in_parentheses(said.trim_start()).is_some()).count()),
            closing: most(said.iter().filter(|said| closing(said.trim_end()).is_some()).count()),
            last: most(said.iter().filter(|said| is_time(said)).count()),
            above: most(said.iter().filter(|said| opens_with_time(said)).count()),
            rising: rise(text, stretches),
            tail: has_tails(&said, most),
        }
    }
}

/// Whether the times on the last lines of stretches, below their words, rise.
fn rise(text: &str, stretches: &[Stretch]) -> bool {
    let last = |stretch: &Stretch| {
        let said = &text[stretch.text.clone()];
        let line = said.trim_end().rsplit_once('\n').map(|(_, line)| line);
        let line = line.or(stretch.label.is_empty().then_some(said))?;
        loose::read(line).or_else(|| loose::minutes(line)).map(|time| time.seconds)
    };
    let times: Vec<f64> = stretches.iter().filter_map(last).collect();
    times.len() >= MIN_RISING && times.windows(2).all(|pair| pair[0] < pair[1])
}

/// Whether nearly all words end with a time, however it is [written](loose), and these times never fall.
fn has_tails(said: &[&str], most: impl Fn(usize) -> bool) -> bool {
    let tail = |said: &&str| loose::trailing(said.trim_end().lines().next_back()?).map(|(seconds, _)| seconds);
    let times: Vec<f64> = said.iter().filter_map(tail).collect();
    let rise = times.windows(2).all(|pair| pair[0] <= pair[1]) && times.first() < times.last();
    most(times.len()) && rise
}

/// Whether the first line is a time, `0:03`, and words stand below it.
fn opens_with_time(said: &str) -> bool {
    said.split_once('\n').is_some_and(|(first, below)| time(first).is_some() && !below.is_blank())
}

/// `(0:03)` that a line starts with, and the byte after it.
fn in_parentheses(line: &str) -> Option<(f64, usize)> {
    let (inner, _) = line.strip_prefix('(')?.split_once(')')?;
    Some((span_start(inner)?, inner.len() + 2))
}

/// `(0:03)` that a line ends with, and its first byte.
fn closing(line: &str) -> Option<(f64, usize)> {
    let start = line.strip_suffix(')')?.rfind('(')?;
    Some((span_start(&line[start + 1..line.len() - 1])?, start))
}

/// Divides one stretch; returns the mark that nothing follows.
fn cut(text: &str, stretch: Stretch, carried: Option<f64>, habit: Habit, divided: &mut Vec<Stretch>) -> Option<f64> {
    let Stretch { label, seconds, text: range } = stretch;
    let mut pieces: Vec<Stretch> = Vec::new();
    let mut seconds = seconds.or(carried);
    let mut start = range.start;
    let mut marked = false; // since the last words
    let mut push = |start: usize, end: usize, seconds: Option<f64>| {
        let words = trim(text, start..end);
        let any = !words.is_empty();
        if any {
            pieces.push(Stretch { label: label.clone(), seconds, text: words });
        }
        any
    };
    let mut line_start = range.start;
    for line in text[range.clone()].by_whole_lines() {
        let (body, line_end) = (line.trim_end(), line_start + line.len());
        let is_first = line_start == range.start;
        let is_last = line_end == range.end;
        let below = || time(body).filter(|_| habit.last && is_last && (!is_first || label.is_empty()));
        let above = || time(body).filter(|_| habit.above && is_first && !is_last && !label.is_empty());
        let place = Place { is_first, is_last, is_labelled: !label.is_empty() };
        let loosely = || place.loose(text, &range, line_start..line_end).filter(|time| time.is_sure || habit.rising);
        let loosely = || loosely().map(|time| time.seconds);
        if let Some(mark) = alone(body.trim_start(), is_first, is_last).or_else(below).or_else(above).or_else(loosely) {
            push(start, line_start, seconds);
            (start, seconds, marked) = (line_end, Some(mark), true);
        } else {
            let indent = body.len() - body.trim_start().len();
            let line = &body[indent..];
            let opening = || in_parentheses(line).filter(|_| habit.opening && is_first);
            if let Some((mark, end)) = leading(line).or_else(opening) {
                push(start, line_start, seconds);
                (start, seconds) = (line_start + indent + end, Some(mark));
            }
            let closing = || closing(body).filter(|_| habit.closing && is_last);
            let tail = || loose::trailing(body).filter(|_| habit.tail && is_last);
            if let Some((mark, at)) = trailing(body).or_else(closing).or_else(tail) {
                push(start, (line_start + at).max(start), seconds);
                (start, seconds, marked) = (line_end, Some(mark), true);
            }
        }
        line_start = line_end;
    }
    if push(start, range.end, seconds) {
        marked = false;
    }
    divided.append(&mut pieces);
    seconds.filter(|_| marked)
}

/// Where a line stands in its stretch.
struct Place {
    is_first: bool,
    is_last: bool,
    is_labelled: bool,
}

impl Place {
    /// The time that a line is, where nobody says it there: what may be said only at the end, below other words; the
    /// rest also at the start, or between blank lines.
    fn loose(&self, text: &str, stretch: &Range<usize>, line: Range<usize>) -> Option<loose::Loose> {
        let is_answer = self.is_first && self.is_last && self.is_labelled;
        let said = &text[line.clone()];
        let time = loose::read(said).or_else(|| loose::minutes(said)).filter(|_| !is_answer)?;
        let (above, below) = (&text[stretch.start..line.start], &text[line.end..stretch.end]);
        let has_blanks = || {
            let blank = above.trim_end_matches([' ', '\t']);
            blank.ends_with("\n\n") && below.trim_start_matches([' ', '\t']).starts_with('\n')
        };
        let is_apart = if time.is_sure { self.is_first || self.is_last || has_blanks() } else { self.is_last };
        is_apart.then_some(time)
    }
}

/// The mark that a line starts with, and the byte after it.
pub(super) fn leading(line: &str) -> Option<(f64, usize)> {
    let close = match line.as_bytes().first()? {
        b'[' => ']',
        b'#' => '#',
        _ => return None,
    };
    let end = line[1..].find(close)? + 2;
    Some((within(&line[..end])?, end))
}

/// The time that a line starts with in a spelling of its own, and the byte after it: `@0:03`, `TC 0:03`, `0'03''`.
pub(super) fn leading_spelled(line: &str) -> Option<(f64, usize)> {
    loose::leading(line)
}

/// A line without the seconds in brackets that Trint puts behind the mark at its end: `[00:00:09][4.2]`.
pub(super) fn without_length(line: &str) -> &str {
    let length = line.strip_suffix(']').and_then(|line| line.rsplit_once('['));
    let is_number = |digits: &str| (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let above = length.filter(|(_, number)| number.split_once('.').is_some_and(|(a, b)| is_number(a) && is_number(b)));
    let above = above.map(|(above, _)| above.trim_end());
    above.filter(|above| above.ends_with(']') && trailing(above).is_some()).unwrap_or(line)
}

/// The mark that a line ends with, and its first byte.
fn trailing(line: &str) -> Option<(f64, usize)> {
    let line = without_length(line);
    let open = match line.as_bytes().last()? {
        b']' => '[',
        b'#' => '#',
        _ => return None,
    };
    let start = line[..line.len() - 1].rfind(open)?;
    Some((within(&line[start..])?, start))
}

/// The time in `[…]` or `#…#`, or in other brackets.
fn within(mark: &str) -> Option<f64> {
    let inner = mark.get(1..mark.len() - 1)?;
    if mark.starts_with('(') {
        return span_start(inner);
    }
    if !mark.starts_with('#') {
        return span_start(inner).or_else(|| loose::within(inner));
    }
    // `#00:00:24-5#`: tenths of a second follow the dash.
    time(&inner.replacen('-', ".", 1))
}

/// A time in brackets or between two `#`, wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bracketed {
    pub(super) seconds: f64,
    /// The byte after it.
    pub(super) end: usize,
    /// Whether it may as well be said: `(17:30)`.
    pub(super) is_doubtful: bool,
}

/// The longest time in brackets, in bytes.
const LONGEST: usize = 40;
const MINUTE: u32 = 60;

/// The time that a text starts with: `[00:01:30]`, `#00:01:30-0#`, `{0:03}`, `(01:30)`.
pub(super) fn bracketed(text: &str) -> Option<Bracketed> {
    let close = match text.as_bytes().first()? {
        b'[' => b']',
        b'(' => b')',
        b'{' => b'}',
        b'#' => b'#',
        _ => return None,
    };
    let end = 2 + text.bytes().skip(1).take(LONGEST).position(|b| b == close)?;
    let inner = &text[1..end - 1];
    // `(50:70)` is a share.
    let is_of_clock = |part: &str| part.get(..2).and_then(|two| two.parse().ok()).is_some_and(|n: u32| n < MINUTE);
    let seconds = within(&text[..end]).filter(|_| inner.split(':').skip(1).all(is_of_clock))?;
    let first = inner.trim().split([' ', '-', '–', '—']).next().unwrap_or_default();
    let is_time_of_day = first.matches(':').count() == 1 && !first.contains(['.', ',']);
    Some(Bracketed { seconds, end, is_doubtful: close == b')' && is_time_of_day })
}

/// The time of a line that is a mark and nothing else. At the start of a stretch that may be `(0:24)`,
/// at its end, above the next label, `0:24 - 0:31`.
fn alone(line: &str, is_first: bool, is_last: bool) -> Option<f64> {
    if let Some((mark, end)) = leading(line) {
        return (end == line.len()).then_some(mark);
    }
    if let Some(inner) = line.strip_prefix('(').and_then(|line| line.strip_suffix(')')) {
        return span_start(inner).filter(|_| is_first);
    }
    let seconds = span_start(line)?;
    let (is_span, colons) = (time(line).is_none(), line.matches(':').count());
    let has_hours = colons == if is_span { 4 } else { 2 };
    (has_hours || (is_span && is_last)).then_some(seconds)
}

/// The seconds of `0:24`, or of the start of `0:24 - 0:31`.
pub(super) fn span_start(text: &str) -> Option<f64> {
    let text = text.trim();
    let Some((seconds, end)) = leading_clock(text) else { return seconds_span(text) };
    (end == text.len()).then_some(seconds)
}

/// The start of `12.30s -> 15.10s`, as scripts around Whisper write it.
fn seconds_span(text: &str) -> Option<f64> {
    if !text.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return None;
    }
    let (from, to) = ["-->", "->", " - ", " – "].iter().find_map(|dash| text.split_once(dash))?;
    let seconds = |time: &str| {
        let digits = time.trim().strip_suffix('s')?;
        let is_number = digits.contains('.') && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        digits.parse::<f64>().ok().filter(|_| is_number)
    };
    seconds(from).filter(|_| seconds(to).is_some())
}

/// The time, or the start of the span of time, that a line starts with, and the byte after it. A name
/// may follow a time with hours at once: `00:03:40.5Maria`.
pub(super) fn leading_clock(line: &str) -> Option<(f64, usize)> {
    let (seconds, end) = clock(line)?;
    let rest = &line[end..];
    let dashed = rest.trim_start();
    let after = ["-->", "-", "–", "—"].iter().find_map(|dash| dashed.strip_prefix(dash)).map(str::trim_start);
    let span_end = after.and_then(|after| Some(line.len() - after.len() + clock(after)?.1));
    let end = span_end.unwrap_or(end);
    let rest = &line[end..];
    let glued = rest.starts_with(char::is_alphabetic) && line[..end].matches(':').count() == 2;
    (rest.is_empty() || rest.starts_with(char::is_whitespace) || glued).then_some((seconds, end))
}

/// One time and the byte after it; `00:01:03:12` of programs that cut films ends with a number of frames.
fn clock(text: &str) -> Option<(f64, usize)> {
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.' | ','))).unwrap_or(text.len());
    let digits = text[..end].trim_end_matches([':', '.', ',']);
    let has_frames =
        digits.len() == 11 && digits.split(':').count() == 4 && digits.split(':').all(|part| part.len() == 2);
    let seconds = if has_frames { time(&digits[..8])? } else { time(digits)? };
    Some((seconds, digits.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cuts(text: &str) -> Vec<(Option<f64>, &str)> {
        let stretch = Stretch { label: "B".to_owned(), seconds: None, text: 0..text.len() };
        divide(text, vec![stretch]).into_iter().map(|s| (s.seconds, &text[s.text])).collect()
    }

    #[test]
    fn times_and_spans_are_read() {
        assert_eq!(span_start("0:24 - 0:31"), Some(24.0));
        assert_eq!(span_start("00:00:24.500 --> 00:00:31.000"), Some(24.5));
        assert_eq!(leading_clock("00:03:40.5Maria: So"), Some((220.5, 10)));
        assert_eq!(leading_clock("0:24 – 0:31 Maria"), Some((24.0, 13)));
        assert_eq!(leading_clock("17:30Uhr"), None);
        assert_eq!(span_start("00:01:03:12 - 00:01:09:20"), Some(63.0));
        assert_eq!(span_start("00:01:03:12:01"), None);
        assert_eq!(span_start("12.50s -> 15.10s"), Some(12.5));
        for text in ["12.50s", "12s - 15s", "12.5 - 15.1", "2.5s - later", "1.2.3s -> 4.0s"] {
            assert_eq!(span_start(text), None, "{text}");
        }
        assert_eq!(leading("#00:00:24-5# So"), Some((24.5, 12)));
        assert_eq!(leading("[sic] So"), None);
        assert_eq!(leading("[é"), None);
        assert_eq!(trailing("[é]"), None);
        assert_eq!(trailing("#"), None);
    }

    #[test]
    fn times_in_brackets_are_read_anywhere() {
        for (text, seconds, is_doubtful) in [
            ("[00:01:30] and", 90.0, false),
            ("#00:01:30-5# and", 90.5, false),
            ("{0:03}", 3.0, false),
            ("[01:30.2]", 90.2, false),
            ("[0:24 - 0:31] so", 24.0, false),
            ("(00:01:30)", 90.0, false),
            ("(01:30.5)", 90.5, false),
            ("(17:30) and", 1050.0, true),
            ("(9:00 - 17:00)", 540.0, true),
        ] {
            let end = text.rfind([']', '#', '}', ')']).unwrap() + 1;
            assert_eq!(bracketed(text), Some(Bracketed { seconds, end, is_doubtful }), "{text}");
        }
        for text in ["[sic]", "(50:70)", "(1)", "[inaudible 00:01:30]", "#1: a #2: b", "(4:3)", "[é", "#", "17:30", ""]
        {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }

    #[test]
    fn marks_divide_what_is_said() {
        assert_eq!(cuts("One. #00:00:24-5#\n\nTwo. #00:00:30-0#"), [(None, "One."), (Some(24.5), "Two.")]);
        assert_eq!(cuts("[0:04] One.\n[0:09] Two."), [(Some(4.0), "One."), (Some(9.0), "Two.")]);
        assert_eq!(cuts("(00:11)\nOne."), [(Some(11.0), "One.")]);
        assert_eq!(cuts("One.\n00:05:00\nTwo."), [(None, "One."), (Some(300.0), "Two.")]);
    }

    #[test]
    fn times_in_parentheses_are_marks_where_all_turns_have_one() {
        let talk = |turn: &dyn Fn(usize, &str) -> String, n: usize| {
            let said = ["Why was it so?", "It rained.", "And who was there?", "Many of us."];
            let turns: Vec<String> = (0..n).map(|at| turn(at, said[at])).collect();
            let (mut text, mut stretches) = (String::new(), Vec::new());
            for (at, turn) in turns.iter().enumerate() {
                let label = ["A", "B"][at % 2].to_owned();
                stretches.push(Stretch { label, seconds: None, text: text.len()..text.len() + turn.len() });
                text.push_str(turn);
                text.push_str("\n\n");
            }
            divide(&text, stretches).into_iter().map(|s| (s.seconds, text[s.text].to_owned())).collect::<Vec<_>>()
        };
        type Written<'f> = &'f dyn Fn(usize, &str) -> String;
        let forms: [(Written, Option<f64>); 4] = [
            (&|at, said| format!("0:0{at}\n{said}"), Some(0.0)),
            (&|at, said| format!("(0:0{at}) {said}"), Some(0.0)),
            (&|at, said| format!("{said} (0:0{at})"), None),
            (&|at, said| format!("{said}\n\n0:0{at}"), None),
        ];
        for (turn, first) in forms {
            let found = talk(turn, 4);
            let words: Vec<&str> = found.iter().map(|(_, words)| words.as_str()).collect();
            assert_eq!(words, ["Why was it so?", "It rained.", "And who was there?", "Many of us."]);
            assert_eq!(found[0].0, first);
            // Three show no habit, but times on lines of their own that rise.
            assert_eq!(talk(turn, 3)[1].1.contains("0:01"), !turn(1, "x").starts_with("x\n"));
        }
    }

    #[test]
    fn times_behind_all_turns_are_marks_where_they_never_fall() {
        let said = ["Why was it so?", "It rained.", "And who was there?", "Many of us."];
        let words = |written: &str, times: [usize; 4]| -> Vec<String> {
            let turn = |(at, said): (usize, &&str)| {
                format!("{}: {said} {}\n\n", ["I", "R"][at % 2], written.replace("{}", &times[at].to_string()))
            };
            let text: String = said.iter().enumerate().map(turn).collect();
            let found = super::super::labels::read(&text, &super::super::speakers::Names::default()).unwrap();
            found.stretches.into_iter().map(|stretch| text[stretch.text].to_owned()).collect()
        };
        #[rustfmt::skip]
        let forms = [
            "00:0{}", "00:00:0{}", "        00:0{}", "\t00:0{}", "- 00:0{}", "@00:0{}", "(TC 00:0{})", "(min. 00:0{})",
            "0h00m0{}s", "[00'0{}\"]",
        ];
        for written in forms {
            assert_eq!(words(written, [1, 3, 6, 9]), said, "{written}");
            assert!(words(written, [9, 3, 6, 1])[1].len() > said[1].len(), "{written}");
        }
        assert!(words("at {}", [1, 3, 6, 9])[1].ends_with("at 3"));
    }

    #[test]
    fn a_time_that_answers_stays_text() {
        for text in [
            "A: When?\nB: 17:30\nA: And you?\nB: 18:00\nA: And he?\nB: 19:15\nand later",
            "A: When?\nB: 17:30\nor so\nA: And you?\nB: 18:00\nA: And he?\nB: 19:15\nand later",
        ] {
            let names = super::super::speakers::Names::default();
            let found = super::super::labels::read(text, &names).unwrap();
            assert!(text[found.stretches[1].text.clone()].starts_with("17:30"), "{text}");
        }
    }

    #[test]
    fn times_that_are_said_stay_text() {
        for text in ["At\n17:30\nwe left", "It was [0:24] or so", "At\n(17:30)\nwe left", "At\n07:00 - 08:00\nwe ate"] {
            assert_eq!(cuts(text), [(None, text)]);
        }
    }

    #[test]
    fn a_line_that_is_a_time_is_one_however_it_is_written() {
        for time in ["00:010:00", "0:10:0", "00.10.00", "00;10;00", "[00:010:00]", "00:10:00,0", "00h10m00s"] {
            assert_eq!(cuts(&format!("One.\n{time}")), [(None, "One.")], "{time}");
            assert_eq!(cuts(&format!("One.\n\n{time}\n\nTwo.")), [(None, "One."), (Some(600.0), "Two.")], "{time}");
            assert_eq!(cuts(&format!("{time}\nOne.")), [(Some(600.0), "One.")], "{time}");
        }
        assert_eq!(cuts("[00:010:00] One."), [(Some(600.0), "One.")]);
        // What is all of an answer, or stands among its lines, was said.
        for text in ["00.10.00", "0:10:0", "At\n0:10:0\nwe left", "One.\n1:10", "One.\n01.05.10", "One.\n1 min 10 s"] {
            assert_eq!(cuts(text), [(None, text)]);
        }
    }

    #[test]
    fn times_that_rise_between_stretches_are_marks() {
        let talk = |times: [&str; 3]| {
            let (mut text, mut stretches) = (String::new(), Vec::new());
            for (at, time) in times.into_iter().enumerate() {
                let said = format!("So it was.\n\n{time}");
                let range = text.len()..text.len() + said.len();
                stretches.push(Stretch { label: ["A", "B"][at % 2].to_owned(), seconds: None, text: range });
                text.push_str(&said);
                text.push_str("\n\nA: ");
            }
            for label in ["B", "A", "B"] {
                stretches.push(Stretch { label: label.to_owned(), seconds: None, text: text.len()..text.len() + 3 });
                text.push_str("No.\n\nA: ");
            }
            divide(&text, stretches).into_iter().map(|s| (s.seconds, text[s.text].to_owned())).collect::<Vec<_>>()
        };
        for times in [["[1 min]", "[3 min]", "[5 min]"], ["Minute 1", "Minute 3", "Minute 5"]] {
            let found = talk(times);
            assert!(found[..3].iter().all(|(_, words)| words == "So it was."), "{found:?}");
        }
        let found = talk(["0:10", "0:42", "1:10"]);
        assert!(found[..3].iter().all(|(_, words)| words == "So it was."), "{found:?}");
        let seconds: Vec<Option<f64>> = found.iter().map(|(seconds, _)| *seconds).collect();
        assert_eq!(seconds, [None, Some(10.0), Some(42.0), Some(70.0), None, None]);
        for times in [["0:10", "0:42", "0:30"], ["0:10", "so", "1:10"]] {
            assert!(talk(times)[0].1.ends_with("0:10"), "{times:?}");
        }
    }

    #[test]
    fn a_mark_at_the_end_is_where_the_next_stretch_starts() {
        let text = "One. #00:00:24-5#\nTwo.\n0:31 - 0:40\nThree.";
        let stretch = |label: &str, range| Stretch { label: label.to_owned(), seconds: None, text: range };
        let found = divide(text, vec![stretch("A", 0..17), stretch("B", 18..34), stretch("A", 35..41)]);
        let found: Vec<_> = found.into_iter().map(|s| (s.label, s.seconds, &text[s.text])).collect();
        assert_eq!(
            found,
            [
                ("A".to_owned(), None, "One."),
                ("B".to_owned(), Some(24.5), "Two."),
                ("A".to_owned(), Some(31.0), "Three.")
            ]
        );
    }
}

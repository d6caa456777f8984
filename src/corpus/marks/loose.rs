//! Times on lines of their own that are written wrong, or as they may be said: `00:010:00`, `1:2:3`, `00.01.10`,
//! `00h01m10s`, `1:10`.
//!
//! In: a line. Out: the time that it is, starts or ends with, and whether it can be nothing else. `01.05.10` may be a
//! day and `1:10` an answer: for those the text as a whole decides. It looks at no other line.

/// The longest line, in bytes.
const LONGEST: usize = 48;
/// What sets a time off, and of that what nobody puts around a time that is said.
const MARKS: &str = "[](){}<>~*_@#|";
const SURE_MARKS: [char; 6] = ['[', '{', '<', '~', '@', '#'];
const MINUTE: f64 = 60.0;
const HALF_DAY: f64 = 43_200.0;

/// A time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Loose {
    pub(super) seconds: f64,
    /// Whether it can be nothing else.
    pub(super) is_sure: bool,
}

/// A time as it is written.
struct Clock {
    seconds: f64,
    /// Numbers of hours, minutes, seconds, and what stands between them.
    n: usize,
    sign: char,
    /// `00` hours: no day is called so.
    is_zero: bool,
}

/// The time that a line is, or the start of the span of time.
pub(super) fn read(line: &str) -> Option<Loose> {
    let line = line.trim();
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let inner = line.trim_matches(|c: char| MARKS.contains(c)).trim();
    let span = ["-->", "->", " - ", " – ", " — "].iter().find_map(|dash| inner.split_once(dash));
    let (from, to) = span.map_or((inner, None), |(from, to)| (from, Some(to)));
    let from = clock(from).or_else(|| lettered(from))?;
    if let Some(to) = to {
        clock(to).or_else(|| lettered(to))?;
    }
    let is_of_colons = matches!(from.sign, ':' | ';');
    let is_sure = (is_of_colons && from.n > 2)
        || (matches!(from.sign, '.' | '-') && from.is_zero)
        || (line.starts_with(SURE_MARKS) && (is_of_colons || from.n > 2))
        || from.sign == 'h';
    Some(Loose { seconds: from.seconds, is_sure })
}

/// `[3 min]`, `Minute 3`, `Min. 3`: a count of minutes, which may as well be said.
pub(super) fn minutes(line: &str) -> Option<Loose> {
    let line = line.trim();
    if line.len() > LONGEST || !line.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let inner = line.trim_matches(|c: char| MARKS.contains(c)).trim().to_lowercase();
    let (first, second) = inner.split_once(char::is_whitespace)?;
    let is_first = first.starts_with(|c: char| c.is_ascii_digit());
    let (number, unit) = if is_first { (first, second) } else { (second, first) };
    let number = number.trim();
    let is_count = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    let is_unit = MINUTES.contains(&unit.trim().trim_end_matches('.'));
    let minutes: f64 = number.parse().ok().filter(|_| is_count && is_unit)?;
    Some(Loose { seconds: minutes * MINUTE, is_sure: false })
}

/// Words for minutes.
const MINUTES: &[&str] =
    &["min", "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "minuut", "minut", "minuter", "minuta"];

/// What may stand in front of a time that ends or starts a line.
const LEADS: &[&str] = &["tc", "time", "timecode", "min", "minute", "zeit", "t"];

/// The time that a line ends with in any spelling, and the byte at which it and what sets it off start:
/// `… words 00:33`, `… words - 00:33`, `… words (TC 00:33)`, `… words [00'33"]`. It may as well be said.
pub(super) fn trailing(line: &str) -> Option<(f64, usize)> {
    let line = line.trim_end();
    let last = line.chars().next_back()?;
    let start = match last {
        ')' => line.rfind('(')?,
        ']' => line.rfind('[')?,
        '}' => line.rfind('{')?,
        _ => line.rfind(char::is_whitespace).map(|at| line.len() - line[at..].trim_start().len())?,
    };
    let time = &line[start..];
    if time.len() > LONGEST || !time.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let inner = time.trim_matches(|c: char| MARKS.contains(c)).trim();
    let seconds = read(without_lead(inner))?.seconds;
    let words = line[..start].trim_end();
    let bare = words.trim_end_matches(['-', '–', '—', '|', '@']);
    let words = if bare.ends_with(char::is_whitespace) { bare.trim_end() } else { words };
    (words.contains(char::is_alphanumeric) && !words.ends_with(':')).then_some((seconds, words.len()))
}

/// The time that a line starts with in a spelling of its own, and the byte after it: `@0:03`, `TC 0:03`, `` `0:03` ``,
/// `0'03''`.
pub(super) fn leading(line: &str) -> Option<(f64, usize)> {
    let first = *line.as_bytes().first()?;
    if !(first.is_ascii_digit() || matches!(first, b'@' | b'`' | b't' | b'T')) {
        return None;
    }
    let end = match first {
        b'`' => line[1..].find('`').map(|at| at + 2)?,
        b't' | b'T' => {
            let rest = line.get(2..).filter(|_| line[..2].eq_ignore_ascii_case("tc"))?;
            let clock = rest.trim_start_matches([':', ' ', '.']);
            line.len() - clock.len() + clock.find(char::is_whitespace)?
        }
        _ => line.find(char::is_whitespace)?,
    };
    let time = line.get(..end).filter(|time| time.len() <= LONGEST)?;
    if first.is_ascii_digit() && !time.contains(['\'', '′', '’', '"', '″']) {
        return None;
    }
    let found = read(without_lead(time.trim_matches(['@', '`'])))?;
    Some((found.seconds, end))
}

/// A time without a word such as `TC` or `min.` in front.
fn without_lead(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphabetic()).unwrap_or(0);
    let is_lead = end > 0 && LEADS.contains(&text[..end].to_lowercase().as_str());
    if is_lead { text[end..].trim_start_matches(['.', ':', ' ']) } else { text }
}

/// `00:010:00` within brackets: hours, minutes and seconds, or what is meant to be them.
pub(super) fn within(inner: &str) -> Option<f64> {
    clock(inner).filter(|clock| clock.sign == ':' && clock.n > 2).map(|clock| clock.seconds)
}

/// `00:010:00`, `00 : 01 : 10`, `00:01:10,5`, `00.01.10`, `1:10 PM`
fn clock(text: &str) -> Option<Clock> {
    let lower = text.trim().to_lowercase();
    let halves = [("am", 0.0), ("a.m.", 0.0), ("pm", HALF_DAY), ("p.m.", HALF_DAY)];
    let half = halves.iter().find_map(|&(half, later)| Some((lower.strip_suffix(half)?, later)));
    let digits: String = half.map_or(lower.as_str(), |(digits, _)| digits).split_whitespace().collect();
    let digits = digits.trim_start_matches('t').trim_end_matches([':', ';']);
    let sign = digits.chars().find(|c| !c.is_ascii_digit()).filter(|&sign| matches!(sign, ':' | ';' | '.' | '-'))?;
    let mut groups: Vec<&str> = digits.split(sign).collect();
    let last = groups.pop()?;
    let (whole, decimals) = last.split_once(['.', ',']).unwrap_or((last, ""));
    groups.push(whole);
    let longest = if sign == ':' { 3 } else { 2 };
    let is_group = |group: &&str| (1..=longest).contains(&group.len()) && group.bytes().all(|b| b.is_ascii_digit());
    let is_whole = groups.iter().all(is_group) && decimals.bytes().all(|b| b.is_ascii_digit());
    let fits = if sign == ':' { 2..=4 } else { 3..=3 };
    if !is_whole || !fits.contains(&groups.len()) {
        return None;
    }
    let number = |at: usize| groups.get(at).and_then(|group| group.parse::<f64>().ok());
    let fraction = format!("0.{decimals}0").parse::<f64>().ok()?;
    let (first, second) = (number(0)?, number(1)?);
    let mut seconds = match number(2) {
        None if half.is_some() => (first * MINUTE + second) * MINUTE,
        None => first * MINUTE + second,
        // Thousandths stand last.
        Some(third) if groups[2].len() == 3 => first * MINUTE + second + third / 1000.0,
        Some(third) => (first * MINUTE + second) * MINUTE + third,
    };
    if let Some((_, later)) = half {
        if first > 12.0 {
            return None;
        }
        seconds = seconds % HALF_DAY + later;
    }
    let is_zero = groups[0].bytes().all(|b| b == b'0');
    Some(Clock { seconds: seconds + fraction, n: groups.len(), sign, is_zero })
}

/// `00h01m10s`, `1m10s`, and `1 min 10 s`, which may be said.
fn lettered(text: &str) -> Option<Clock> {
    const UNITS: [(&[&str], f64); 3] = [
        (&["h", "hr", "hrs", "std"], 3600.0),
        (&["m", "min", "mn", "'", "′", "’"], MINUTE),
        (&["s", "sec", "sek", "\"", "″", "''", "”"], 1.0),
    ];
    let lower = text.trim().to_lowercase();
    let mut rest = lower.as_str();
    let (mut seconds, mut n, mut last) = (0.0, 0, f64::INFINITY);
    let mut is_glued = true;
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=3).contains(end))?;
        let number: f64 = rest[..end].parse().ok()?;
        let unit = rest[end..].trim_start();
        let length = unit.find(|c: char| c.is_ascii_digit() || c.is_whitespace()).unwrap_or(unit.len());
        let (_, worth) = UNITS.iter().find(|(names, _)| names.contains(&unit[..length].trim_end_matches('.')))?;
        if *worth >= last {
            return None;
        }
        (seconds, n, last) = (seconds + number * worth, n + 1, *worth);
        is_glued &= unit.len() == rest.len() - end && unit.starts_with(char::is_alphabetic);
        let next = unit[length..].trim_start();
        is_glued &= next.len() == unit.len() - length;
        rest = next;
    }
    // A sign of its own tells that nothing but letters part it.
    let sign = if is_glued { 'h' } else { ' ' };
    (n > 1).then_some(Clock { seconds, n, sign, is_zero: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_are_written_wrong_are_times() {
        for (line, seconds) in [
            ("00:010:00", 600.0),
            ("1:2:3", 3723.0),
            ("00.01.10", 70.0),
            ("00-01-10", 70.0),
            ("00;01;10", 70.0),
            ("[00:01]", 1.0),
            ("[1:2:3]", 3723.0),
            ("[00.01.10]", 70.0),
            ("00:01:10,5", 70.5),
            ("00:01:10.250", 70.25),
            ("00:01:10:", 70.0),
            ("00 : 01 : 10", 70.0),
            ("00:01:75", 135.0),
            ("01:10:250", 70.25),
            ("00:01:10:05", 70.0),
            ("<00:01:10>", 70.0),
            ("~1:10~", 70.0),
            ("*00:01:10*", 70.0),
            ("T00:01:10", 70.0),
            ("0:01:10 AM", 70.0),
            ("00:010:00 - 00:010:20", 600.0),
            ("00h01m10s", 70.0),
            ("1m10s", 70.0),
        ] {
            assert_eq!(read(line), Some(Loose { seconds, is_sure: true }), "{line}");
        }
        assert_eq!(within("00:010:00"), Some(600.0));
        assert_eq!((within("01:10"), within("1.2.3")), (None, None));
    }

    #[test]
    fn times_at_an_end_of_a_line_are_read_in_any_spelling() {
        #[rustfmt::skip]
        let times = [
            "00:33", "00:00:33", "- 00:33", "– 00:33", "@00:33", "(00:33)", "(TC 00:33)", "(min. 00:33)", "0h00m33s",
            "[00'33\"]", "{0:33}", "          00:33", "\t00:33", "| 0:33",
        ];
        for time in times {
            assert_eq!(trailing(&format!("We left. {time}")), Some((33.0, 8)), "{time}");
        }
        for line in ["We left at nine.", "We left 33", "00:33", "Tom: 00:33", "We left (all 5)", "", ")", "é"] {
            assert_eq!(trailing(line), None, "{line}");
        }
        for (line, end) in [("@0:33 R: so", 5), ("TC 0:33 R: so", 7), ("`0:33` R: so", 6), ("00'33'' R: so", 7)] {
            assert_eq!(leading(line), Some((33.0, end)), "{line}");
        }
        for line in ["0:33 R: so", "Tom: so", "@Tom: so", "TC: so", "`so` it is", "5 it is", "12.03.21 so", "té", ""] {
            assert_eq!(leading(line), None, "{line}");
        }
    }

    #[test]
    fn counts_of_minutes_are_read() {
        for line in ["[3 min]", "Minute 3", "(3 minutes)", "Min. 3", "3 min."] {
            assert_eq!(minutes(line), Some(Loose { seconds: 180.0, is_sure: false }), "{line}");
        }
        for line in ["3", "min", "3 of them", "3 min later", "Room 3", "min 3:10", ""] {
            assert_eq!(minutes(line), None, "{line}");
        }
    }

    #[test]
    fn what_may_be_said_is_never_sure() {
        for (line, seconds) in [
            ("1:10", 70.0),
            ("(1:10)", 70.0),
            ("01.05.10", 3910.0),
            ("12-03-21", 43_401.0),
            ("10:42 AM", 38_520.0),
            ("1 min 10 s", 70.0),
            ("1'10\"", 70.0),
            ("7:00 - 8:00", 420.0),
        ] {
            assert_eq!(read(line), Some(Loose { seconds, is_sure: false }), "{line}");
        }
        for line in ["", "10", "1.10", "2021-05-03", "3/12", "1:2:3 of them", "at 1:10", "p. 1:10", "1:", ":", "[3]"] {
            assert_eq!(read(line), None, "{line}");
        }
        for line in ["10 min", "1.2.3.4", "we left", "1:1000", "13:10 PM", "10s 1m", "é:1", "192.168.10.1"] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}

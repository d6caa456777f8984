//! Cells of a workbook as text.
//!
//! In: what a cell stores, and the format it is shown in. Out: numbers as ids are written (`7`, not
//! `7.0`), dates as ISO 8601. It never rounds beyond the 15 digits that Excel keeps.

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    General,
    /// A date, a time of day, or both.
    Date,
    /// `[h]:mm:ss`: hours may exceed 24.
    Elapsed,
    /// `0000`: with zeros in front up to this many digits.
    Padded(usize),
}

/// The most digits that zeros fill up.
const MAX_PADDED: usize = 15;

impl Format {
    /// The format of a number among those that every workbook has (ECMA-376 part 1, 18.8.30).
    pub(crate) fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45 | 47 | 50..=58 => Self::Date,
            46 => Self::Elapsed,
            _ => Self::General,
        }
    }

    /// The format of a code such as `yyyy\-mm\-dd`.
    pub(crate) fn of_code(code: &str) -> Self {
        if !code.is_empty() && code.len() <= MAX_PADDED && code.bytes().all(|b| b == b'0') {
            return if code.len() > 1 { Self::Padded(code.len()) } else { Self::General };
        }
        // The part before the first `;` without quoted words, escaped characters and brackets.
        let mut bare = String::new();
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                ';' => break,
                '\\' | '_' | '*' => {
                    chars.next();
                }
                '"' => {
                    chars.by_ref().find(|&c| c == '"');
                }
                '[' => {
                    let inside: String = chars.by_ref().take_while(|&c| c != ']').collect();
                    let unit = inside.to_lowercase();
                    if !unit.is_empty() && ["h", "m", "s"].iter().any(|u| unit.trim_start_matches(u).is_empty()) {
                        return Self::Elapsed;
                    }
                }
                c => bare.extend(c.to_lowercase()),
            }
        }
        // `General` and `E+00` have letters of dates in them.
        let bare = bare.replace("general", "").replace("e+", "").replace("e-", "");
        if bare.contains(['y', 'm', 'd', 'h', 's']) { Self::Date } else { Self::General }
    }
}

/// A number as text; `None` when it is none.
pub(crate) fn number(stored: &str, format: Format, is_1904: bool) -> Option<String> {
    let value: f64 = stored.trim().parse().ok().filter(|value: &f64| value.is_finite())?;
    let shown = match format {
        Format::Date => date(value, is_1904),
        Format::Elapsed => elapsed(value),
        Format::Padded(width) if value >= 0.0 && value.fract() == 0.0 => Some(format!("{:0>width$}", plain(value))),
        Format::Padded(_) | Format::General => None,
    };
    Some(shown.unwrap_or_else(|| plain(value)))
}

fn plain(value: f64) -> String {
    const EXACT: f64 = 1e15;
    if value.fract() == 0.0 && value.abs() < EXACT {
        return format!("{}", value as i64);
    }
    // 15 digits, as Excel keeps: 0.1 + 0.2 is 0.3.
    let rounded = format!("{value:.14e}").parse().unwrap_or(value);
    format!("{rounded}")
}

const SECONDS_A_DAY: f64 = 86_400.0;
/// The serial number of 31 December 9999, the last day that Excel knows.
const LAST_DAY: f64 = 2_958_465.0;

/// `2026-03-10`, `2026-03-10T14:03:00`, or `14:03:00` for a time without a day.
fn date(serial: f64, is_1904: bool) -> Option<String> {
    const DAYS_TO_1904: f64 = 1462.0;
    if !(0.0..=LAST_DAY).contains(&serial) {
        return None;
    }
    let seconds = (serial.fract() * SECONDS_A_DAY).round();
    let time = clock(seconds.rem_euclid(SECONDS_A_DAY) as u64);
    if serial < 1.0 && !is_1904 && seconds < SECONDS_A_DAY {
        return Some(time);
    }
    let whole = serial.trunc() + if seconds >= SECONDS_A_DAY { 1.0 } else { 0.0 };
    let serial = whole + if is_1904 { DAYS_TO_1904 } else { 0.0 };
    // Day 60 is 29 February 1900, which never was; days before it count from a day later.
    let days = serial as i64 + i64::from(serial < 60.0);
    let (year, month, day) = civil(days - 25_569);
    let date = format!("{year:04}-{month:02}-{day:02}");
    Some(if seconds.rem_euclid(SECONDS_A_DAY) == 0.0 { date } else { format!("{date}T{time}") })
}

fn clock(seconds: u64) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

fn elapsed(days: f64) -> Option<String> {
    (0.0..=LAST_DAY).contains(&days).then(|| clock((days * SECONDS_A_DAY).round() as u64))
}

/// Year, month and day of a number of days since 1 January 1970 (Howard Hinnant, *chrono-Compatible
/// Low-Level Date Algorithms*, `civil_from_days`).
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153; // months since March
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

/// Undoes `_x000D_`, as characters that XML does not hold are written.
pub(crate) fn unescaped(text: String) -> String {
    if !text.contains("_x") {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest.get(at + 2..at + 6).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()));
        let closed = rest.as_bytes().get(at + 6) == Some(&b'_');
        match code.filter(|_| closed).and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(stored: &str, format: Format) -> String {
        number(stored, format, false).unwrap()
    }

    #[test]
    fn numbers_are_written_as_ids_are() {
        for (stored, text) in [
            ("7", "7"),
            ("7.0", "7"),
            ("-0", "0"),
            ("1.1400000000000001E+11", "114000000000"),
            ("0.30000000000000004", "0.3"),
            ("3.5", "3.5"),
            ("1e20", "100000000000000000000"),
        ] {
            assert_eq!(shown(stored, Format::General), text, "{stored}");
        }
        assert_eq!(shown("7", Format::Padded(4)), "0007");
        assert_eq!(number("abc", Format::General, false), None);
        assert_eq!(number("inf", Format::General, false), None);
    }

    #[test]
    fn dates_are_iso() {
        // Expected dates are those Excel shows for these serial numbers.
        for (serial, text) in [
            ("1", "1900-01-01"),
            ("59", "1900-02-28"),
            ("61", "1900-03-01"),
            ("25569", "1970-01-01"),
            ("36585", "2000-02-29"),
            ("46091", "2026-03-10"),
            ("46091.585416666669", "2026-03-10T14:03:00"),
            ("46091.999999", "2026-03-11"),
            ("0.5", "12:00:00"),
            ("2958465", "9999-12-31"),
            ("2958466", "2958466"),
            ("-1", "-1"),
        ] {
            assert_eq!(shown(serial, Format::Date), text, "{serial}");
        }
        assert_eq!(number("44629", Format::Date, true).as_deref(), Some("2026-03-10"));
        assert_eq!(shown("1.125", Format::Elapsed), "27:00:00");
    }

    #[test]
    fn formats_are_told_by_their_codes() {
        for (code, format) in [
            ("General", Format::General),
            ("0", Format::General),
            ("0.00E+00", Format::General),
            ("#,##0.00\\ \"days\"", Format::General),
            ("[Red]0;[h]:mm", Format::General),
            ("00000", Format::Padded(5)),
            ("yyyy\\-mm\\-dd", Format::Date),
            ("[$-409]d\\-mmm\\-yy;@", Format::Date),
            ("[h]:mm:ss", Format::Elapsed),
            ("@", Format::General),
        ] {
            assert_eq!(Format::of_code(code), format, "{code}");
        }
        assert_eq!(Format::built_in(14), Format::Date);
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(unescaped("a_x000D_\nb_x005F_x_xZZZZ_ _x00".to_owned()), "a\r\nb_x_xZZZZ_ _x00");
        assert_eq!(unescaped("_xD800_é_x00é".to_owned()), "_xD800_é_x00é");
    }

    proptest! {
        #[test]
        fn any_number_is_shown(value: f64, is_1904: bool, code in "[0ymdhs;\\[\\]\"\\\\_#.Ee+-]{0,12}") {
            let shown = number(&value.to_string(), Format::of_code(&code), is_1904);
            prop_assert_eq!(shown.is_some(), value.is_finite());
        }

        #[test]
        fn days_follow_each_other(day in 61i64..2_958_465) {
            let date = |day: i64| shown(&day.to_string(), Format::Date);
            prop_assert!(date(day) < date(day + 1));
        }
    }
}

//! Single values of Parquet columns as text.
//!
//! In: a value and the type its column declares. Out: a [`Value`]. Numbers, dates and times become
//! what a table would show; bytes that are no text become [`Value::Other`].

use ::parquet::basic::{ConvertedType, LogicalType, TimeUnit};
use ::parquet::schema::types::ColumnDescriptor;

use super::super::said::Value;

/// What the numbers of a column mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Meaning {
    /// Themselves.
    Number,
    Unsigned,
    /// Digits behind the point.
    Decimal(usize),
    /// Days since 1970.
    Date,
    /// Fractions of a second since midnight.
    Time(i64),
    /// Fractions of a second since 1970.
    Timestamp(i64),
    /// Bytes that are text.
    Text,
    Uuid,
}

impl Meaning {
    pub(super) fn of(column: &ColumnDescriptor) -> Self {
        let scale = |scale: i32| usize::try_from(scale).unwrap_or(0);
        match column.logical_type_ref() {
            Some(LogicalType::Decimal(decimal)) => Self::Decimal(scale(decimal.scale)),
            Some(LogicalType::Date) => Self::Date,
            Some(LogicalType::Time(time)) => Self::Time(fractions(&time.unit)),
            Some(LogicalType::Timestamp(time)) => Self::Timestamp(fractions(&time.unit)),
            Some(LogicalType::Integer(integer)) if !integer.is_signed => Self::Unsigned,
            Some(LogicalType::Uuid) => Self::Uuid,
            Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) => Self::Text,
            _ => match column.converted_type() {
                ConvertedType::DECIMAL => Self::Decimal(scale(column.type_scale())),
                ConvertedType::DATE => Self::Date,
                ConvertedType::TIME_MILLIS => Self::Time(1_000),
                ConvertedType::TIME_MICROS => Self::Time(1_000_000),
                ConvertedType::TIMESTAMP_MILLIS => Self::Timestamp(1_000),
                ConvertedType::TIMESTAMP_MICROS => Self::Timestamp(1_000_000),
                ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64 => {
                    Self::Unsigned
                }
                ConvertedType::UTF8 | ConvertedType::ENUM | ConvertedType::JSON => Self::Text,
                _ => Self::Number,
            },
        }
    }
}

fn fractions(unit: &TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}

/// A whole number; `unsigned` is the same bits read without a sign.
pub(super) fn whole(value: i64, unsigned: u64, meaning: Meaning) -> Value {
    Value::Plain(match meaning {
        Meaning::Unsigned => unsigned.to_string(),
        Meaning::Decimal(scale) => decimal(i128::from(value), scale),
        Meaning::Date => date(value),
        Meaning::Time(fractions) => clock(value, fractions),
        Meaning::Timestamp(fractions) => timestamp(value, fractions),
        Meaning::Number | Meaning::Text | Meaning::Uuid => value.to_string(),
    })
}

/// A number with a point; nothing where it is none.
pub(super) fn float(value: f64) -> Value {
    if value.is_nan() { Value::Null } else { Value::Plain(value.to_string()) }
}

/// Bytes of any length. `Err` where a column of text holds bytes that are none.
pub(super) fn bytes(data: &[u8], meaning: Meaning) -> Result<Value, ()> {
    match meaning {
        Meaning::Decimal(scale) => Ok(match data {
            [first, ..] if data.len() <= 16 => {
                let sign = if first & 0x80 == 0 { 0 } else { -1 };
                Value::Plain(decimal(data.iter().fold(sign, |number, &byte| number << 8 | i128::from(byte)), scale))
            }
            _ => Value::Other,
        }),
        Meaning::Uuid => Ok(Value::Plain(data.iter().map(|byte| format!("{byte:02x}")).collect())),
        _ => match std::str::from_utf8(data) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) if meaning == Meaning::Text => Err(()),
            Err(_) => Ok(Value::Other),
        },
    }
}

/// `-0.07` for -7 with two digits behind the point.
fn decimal(number: i128, scale: usize) -> String {
    let sign = if number < 0 { "-" } else { "" };
    // No more digits than any declared precision.
    let scale = scale.min(76);
    let digits = format!("{:0>width$}", number.unsigned_abs(), width = scale + 1);
    let (whole, behind) = digits.split_at(digits.len() - scale);
    if behind.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{behind}") }
}

/// `2024-02-29` (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
fn date(days: i64) -> String {
    let z = i128::from(days) + 719_468;
    let era = z.div_euclid(146_097);
    let of_era = z.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i128::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// `00:12:03`, with a fraction where there is one.
fn clock(value: i64, fractions: i64) -> String {
    let (seconds, fraction) = (value.div_euclid(fractions), value.rem_euclid(fractions));
    let whole = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    if fraction == 0 {
        return whole;
    }
    let digits = fractions.to_string().len() - 1;
    format!("{whole}.{}", format!("{fraction:0digits$}").trim_end_matches('0'))
}

fn timestamp(value: i64, fractions: i64) -> String {
    let day = 86_400 * i128::from(fractions);
    let (days, within) = (i128::from(value).div_euclid(day), i128::from(value).rem_euclid(day));
    // Both are quotients of a 64-bit number.
    let (days, within) = (i64::try_from(days).unwrap_or(0), i64::try_from(within).unwrap_or(0));
    format!("{}T{}", date(days), clock(within, fractions))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_tables_show_them() {
        let plain = |text: &str| Value::Plain(text.to_owned());
        assert_eq!(whole(-7, 0, Meaning::Decimal(2)), plain("-0.07"));
        assert_eq!(whole(1234, 0, Meaning::Decimal(2)), plain("12.34"));
        assert_eq!(whole(12, 0, Meaning::Decimal(0)), plain("12"));
        assert_eq!(whole(-1, u64::MAX, Meaning::Unsigned), plain("18446744073709551615"));
        assert_eq!(whole(19_782, 0, Meaning::Date), plain("2024-02-29"));
        assert_eq!(whole(-1, 0, Meaning::Date), plain("1969-12-31"));
        assert_eq!(whole(723_250, 0, Meaning::Time(1_000)), plain("00:12:03.25"));
        assert_eq!(whole(1_709_164_800_000, 0, Meaning::Timestamp(1_000)), plain("2024-02-29T00:00:00"));
        assert_eq!(whole(i64::MIN, 0, Meaning::Date).clone(), whole(i64::MIN, 0, Meaning::Date));
        assert_eq!((float(4.0), float(0.5), float(f64::NAN)), (plain("4"), plain("0.5"), Value::Null));
        assert_eq!(bytes(&[0xFF, 0xF9], Meaning::Decimal(1)), Ok(plain("-0.7")));
        assert_eq!(bytes(&[0x0A, 0xFF], Meaning::Uuid), Ok(plain("0aff")));
        assert_eq!(bytes(&[0xFF], Meaning::Text), Err(()));
        assert_eq!(bytes(&[0xFF], Meaning::Number), Ok(Value::Other));
    }
}

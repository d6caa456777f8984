//! What lines of notices are made of: names, addresses, dates and numbers.
//!
//! In: a word, or the words behind a key. Out: whether it is of that kind. It decides about no line.

/// Words that stand with numbers.
#[rustfmt::skip]
const WITH_NUMBERS: [&str; 53] = [
    "words", "pages", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december", "jan", "feb", "aug", "sept", "oct", "nov", "dec", "h", "hr", "hrs", "hour", "hours", "m",
    "min", "mins", "minute", "minutes", "s", "sec", "secs", "second", "seconds", "stunde", "stunden", "minuten",
    "sekunden", "uur", "heure", "heures", "hora", "horas", "minutos", "ora", "ore", "minuti", "and", "und", "et", "y",
];
/// Words of dates and times beside those.
#[rustfmt::skip]
const OF_DATES: &[&str] = &[
    "on", "at", "the", "of", "am", "pm", "a", "p", "gmt", "utc", "cet", "am/pm", "uhr", "um", "le", "el", "il", "de",
    "à", "alle", "ore", "th", "st", "nd", "rd", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
    "sunday", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "montag", "dienstag", "mittwoch", "donnerstag",
    "freitag", "samstag", "sonntag", "januar", "februar", "märz", "mai", "juni", "juli", "oktober", "dezember",
    "janvier", "février", "mars", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre",
    "diciembre", "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre", "dicembre",
    "janeiro", "fevereiro", "março", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro",
    "januari", "februari", "maart", "mei", "augustus", "uur", "kl", "klo",
];

/// `Cole`, `2011`, `https://hark.example`, `oTranscribe`
pub(super) fn is_name(word: &str) -> bool {
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || word.chars().skip(1).any(char::is_uppercase)
        || is_address(word)
}

/// `Hark.ai`, `https://hark.example/t/1`, `ida@hark.example`
pub(super) fn is_address(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let domain = word.rsplit_once('.').is_some_and(|(name, end)| {
        name.chars().count() > 2 && (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
    });
    word.contains("://") || word.contains('@') || domain
}

/// Whether nothing but numbers, and what stands with them, is told.
pub(super) fn is_in_numbers(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.all(|word| {
        let word = word.to_lowercase();
        word.starts_with(|c: char| c.is_ascii_digit()) || WITH_NUMBERS.contains(&word.as_str())
    })
}

/// `3 May 2021, 10:04 am`: nothing but a date or a time, with a number.
pub(in super::super) fn is_date(value: &str) -> bool {
    let mut words = value.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    value.contains(|c: char| c.is_ascii_digit())
        && words.all(|word| {
            let lower = word.to_lowercase();
            is_in_numbers(word) || OF_DATES.contains(&lower.as_str())
        })
}

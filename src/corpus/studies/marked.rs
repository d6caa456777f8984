//! Which words of an id are nobody's name: `Interview_01_Anna`, `Anna 20310501`, `anna-mar-2031`, `P1_T2`, `P01_final`.
//!
//! In: an id. Out: the words of it that may be somebody's name, and what the others say: when, which wave, which version,
//! which interview. It judges no id alone: a month may be a surname (`Mark_March`), which only the other ids can tell.

use std::ops::Range;

use super::calendar::{
    has_month, is_date, is_day, is_month, is_month_number, is_number, is_quarter, is_short_date, is_year,
};
use super::is_of_many;
use super::versions::is_of_version;
use super::waves::{BETWEEN, Wave};
use super::words::{CONTINUED, MATERIALS, OF_PEOPLE, PARTS, RECORDS, WITH};

/// What a word says that is nobody's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// `2031-05-01`
    Day,
    /// `March`, `spring 2031`, `2031-03`
    Month,
    /// `2031`
    Year,
    /// `pre`, `T1`, `week 12`, `part 2`
    Wave,
    /// A letter that may count people, too: `M6`
    Letter(u32),
    /// `final`, `v2`, `(1)`
    Version,
    /// `Transcript`, `diary`
    Record,
    /// `Interview 3` before a name, or a number alone there
    Number,
    /// `interview 3` behind a name, which may be a subject's
    Behind,
}

/// An id in its words.
pub(super) struct Marked<'a> {
    id: &'a str,
    words: Vec<(Range<usize>, Option<Mark>)>,
    /// What is left as its person says something else in other ids: `May` in `May_pre`.
    is_doubtful: bool,
}

impl<'a> Marked<'a> {
    pub(super) fn new(id: &'a str) -> Self {
        let words = words(id);
        let mut marks: Vec<Option<Mark>> = vec![None; words.len()];
        let mut groups: Vec<(Range<usize>, Mark)> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let is_behind = marks[..at].iter().any(Option::is_none);
            let is_of_code = at > 0 && marks[at - 1].is_none() && is_code_of_two(&words[at - 1], &words[at]);
            let found = if is_of_code { None } else { mark_at(&words, at, is_behind) };
            let n = found.map_or(1, |(n, _)| n);
            if let Some((_, mark)) = found {
                marks[at..at + n].fill(Some(mark));
                groups.push((at..at + n, mark));
            }
            at += n;
        }
        let own = if marks.iter().all(Option::is_some) { perhaps_person(&words, &groups) } else { None };
        let is_doubtful = own.is_some();
        own.into_iter().flatten().for_each(|at| marks[at] = None);
        let ranges = words.iter().map(|word| word.at..word.at + word.text.len());
        Self { id, words: ranges.zip(marks).collect(), is_doubtful }
    }

    /// What is left without the marks, as it is written.
    pub(super) fn person(&self) -> String {
        self.without(|_| true)
    }

    pub(super) fn marks(&self) -> impl Iterator<Item = Mark> {
        self.words.iter().filter_map(|(_, mark)| *mark)
    }

    /// What the marks say, as it is written.
    pub(super) fn said(&self) -> String {
        self.kept(|mark| mark.is_some())
    }

    /// Whether what is left may be a person's name, for sure as far as the id says.
    pub(super) fn is_named(&self) -> bool {
        !self.is_doubtful && self.is_telling() && self.person().contains(char::is_alphabetic)
    }

    /// Whether what is left may be somebody's name or number; a number at most where it stands first.
    pub(super) fn is_telling(&self) -> bool {
        let person = self.person();
        let letters = person.chars().filter(|c| c.is_alphabetic()).count();
        let digits = person.chars().filter(char::is_ascii_digit).count();
        let stands_first = self.words.first().is_some_and(|(_, mark)| mark.is_none());
        (letters > 0 && letters + digits > 1) || (digits > 1 && (stands_first || digits > 2))
    }

    /// The id without what says nothing of a wave, where it has one: `anna_T1` for `Interview anna (T1), 2031-05-01`.
    pub(super) fn of_wave(&self) -> Option<String> {
        let has_wave = self.marks().any(|mark| matches!(mark, Mark::Wave | Mark::Letter(_)));
        let is_of_wave = |mark: Mark| matches!(mark, Mark::Wave | Mark::Letter(_));
        (has_wave && !self.is_doubtful).then(|| self.without(|mark| !is_of_wave(mark)))
    }

    /// Whether a program saved a meeting under this: a title and what was held, and a day with its time, or as Google
    /// Meet writes it: `Bees interview - 2031_05_01 14_03 GMT+1`, `Bees-20310501_101500-Meeting Recording`.
    pub(super) fn is_meeting(&self) -> bool {
        let words = words(self.id);
        let is_record = |word: &Word<'_>| word.lower == "meeting" || RECORDS.contains(&word.lower.as_str());
        let is_saved = |at: usize| {
            let Some((n, Mark::Day)) = date_at(&words, at) else { return false };
            let (start, first) = (words[at].at, &words[at].lower);
            let n_day = if is_date(first) || is_short_date(first) { 1 } else { 3 };
            let is_of_meet = self.id[..start].ends_with(" - ") && self.id[start + first.len()..].starts_with('_');
            n > n_day || is_of_meet
        };
        words.iter().any(is_record) && (1..words.len()).any(is_saved)
    }

    fn without(&self, is_out: impl Fn(Mark) -> bool) -> String {
        self.kept(|mark| !mark.is_some_and(&is_out))
    }

    /// Some of the words, with what stands between them.
    fn kept(&self, is_kept: impl Fn(Option<Mark>) -> bool) -> String {
        let mut kept = String::new();
        let mut above: Option<usize> = None;
        for (at, (range, _)) in self.words.iter().enumerate().filter(|(_, (_, mark))| is_kept(*mark)) {
            if let Some(above) = above {
                let between = &self.id[self.words[above].0.end..range.start];
                let is_plain = above + 1 == at && between.chars().all(|c| BETWEEN.contains(&c));
                kept.push_str(if is_plain { between } else { "_" });
            }
            kept.push_str(&self.id[range.clone()]);
            above = Some(at);
        }
        kept
    }
}

struct Word<'a> {
    text: &'a str,
    at: usize,
    lower: String,
    /// A number in brackets, as copies have: `P1 (2)`.
    is_copy: bool,
}

impl<'a> Word<'a> {
    fn new(id: &'a str, at: usize, end: usize) -> Self {
        let text = &id[at..end];
        let is_in_brackets = id[..at].ends_with('(') && id[end..].starts_with(')');
        let is_copy = is_in_brackets && is_number(text) && text.len() <= 2;
        Self { text, at, lower: text.to_lowercase(), is_copy }
    }
}

/// The words of an id: apart where a sign stands between, where letters follow a code (`P1T1`) or a capital a small
/// letter (`annaT1`).
fn words(id: &str) -> Vec<Word<'_>> {
    let is_between = |c: char| {
        c.is_whitespace() || (c.is_ascii_punctuation() && !matches!(c, '\'' | '&')) || matches!(c, '–' | '—' | '·')
    };
    let mut words = Vec::new();
    let mut start: Option<usize> = None;
    for (at, c) in id.char_indices() {
        if let Some(from) = start.filter(|&from| is_between(c) || begins_anew(&id[from..at], c)) {
            words.push(Word::new(id, from, at));
            start = None;
        }
        if start.is_none() && !is_between(c) {
            start = Some(at);
        }
    }
    words.extend(start.map(|from| Word::new(id, from, id.len())));
    words
}

fn begins_anew(above: &str, c: char) -> bool {
    let Some(last) = above.chars().next_back() else { return false };
    let is_capital = last.is_lowercase() && c.is_uppercase();
    is_capital || (last.is_ascii_digit() && c.is_alphabetic() && above.contains(char::is_alphabetic))
}

/// Whether a number belongs to the letters before it: `P 1`, `FG_01`, `Participant 3`.
fn is_code_of_two(letters: &Word<'_>, number: &Word<'_>) -> bool {
    let is_word = letters.text.chars().all(char::is_alphabetic);
    let is_short = letters.text.chars().count() <= 2;
    let is_of_people = || OF_PEOPLE.contains(&letters.lower.as_str()) || is_of_many(letters.text);
    is_number(number.text) && number.text.len() <= 3 && is_word && (is_short || is_of_people())
}

/// What is a person's after all where no other word is: a month that is a name (`May_pre`), a letter with its number
/// (`T1_2031`), the number of an interview (`Interview_1_pre`).
fn perhaps_person(words: &[Word<'_>], groups: &[(Range<usize>, Mark)]) -> Option<Range<usize>> {
    let has_other = |at: usize, is_other: fn(Mark) -> bool| {
        groups.iter().enumerate().any(|(other, (_, mark))| other != at && is_other(*mark))
    };
    let is_own = |at: usize| {
        let (range, mark) = &groups[at];
        let is_one = range.len() == 1;
        match mark {
            Mark::Month | Mark::Day if is_one => {
                has_other(at, |mark| matches!(mark, Mark::Wave | Mark::Version | Mark::Letter(_)))
                    && (*mark == Mark::Month || words[range.start].text.len() < 8)
            }
            Mark::Wave if is_one && words[range.start].text.len() < 4 => {
                at == 0 && words[0].lower.starts_with('t') && has_other(at, |_| true)
            }
            Mark::Number => has_other(at, |mark| !matches!(mark, Mark::Record | Mark::Number | Mark::Behind)),
            _ => false,
        }
    };
    (0..groups.len()).find(|&at| is_own(at)).map(|at| groups[at].0.clone())
}

/// How many words from a place on are a mark, and which.
fn mark_at(words: &[Word<'_>], at: usize, is_behind: bool) -> Option<(usize, Mark)> {
    let said = |at: usize, is_behind: bool| {
        date_at(words, at)
            .or_else(|| version_at(words, at, is_behind))
            .or_else(|| record_at(words, at, is_behind))
            .or_else(|| wave_at(words, at, is_behind))
            .or_else(|| part_at(words, at, is_behind))
    };
    // `03_Anna`
    let in_row = || {
        let (word, next) = (&words[at], words.get(at + 1)?);
        let is_name = next.text.starts_with(char::is_alphabetic) && next.text.chars().count() > 1;
        let is_first = at == 0 && is_number(word.text) && word.text.len() <= 2;
        (is_first && is_name && said(at + 1, false).is_none()).then_some((1, Mark::Number))
    };
    said(at, is_behind).or_else(in_row)
}

fn lower<'a>(words: &'a [Word<'_>], at: usize) -> &'a str {
    words.get(at).map_or("", |word| &word.lower)
}

/// A day, a month or a year, with what belongs to it.
fn date_at(words: &[Word<'_>], at: usize) -> Option<(usize, Mark)> {
    let text = |n: usize| lower(words, at + n);
    let [first, second, third] = [0, 1, 2].map(text);
    let of_three = [first, second, third].into_iter().all(is_number);
    if of_three && is_date(&format!("{first}-{second}-{third}")) {
        return Some((3 + time_at(words, at + 3), Mark::Day));
    }
    if is_date(first) || is_short_date(first) {
        return Some((1 + time_at(words, at + 1), Mark::Day));
    }
    if let Some(n) = recorded_at(words, at) {
        return Some((n, Mark::Day));
    }
    // Up to two numbers behind a month are its day and its year.
    let beside = |n: usize| is_day(text(n)) || is_year(text(n));
    let behind = |n: usize| {
        if !beside(n) {
            0
        } else if is_year(text(n)) || !beside(n + 1) {
            1
        } else {
            2
        }
    };
    if has_month(first) {
        return Some((1 + behind(1), Mark::Month));
    }
    if beside(0) && is_month(second) {
        return Some((2 + behind(2).min(1), Mark::Month));
    }
    let of_two = (is_year(first) && is_month_number(second)) || (is_month_number(first) && is_year(second));
    if of_two && !is_number(third) {
        return Some((2, Mark::Month));
    }
    if is_quarter(first) {
        return Some(if is_year(second) { (2, Mark::Month) } else { (1, Mark::Wave) });
    }
    is_year(first).then_some((1, Mark::Year))
}

/// How programs that record call their files, before the day.
const RECORDERS: [&str; 7] = ["gmt", "vn", "ptt", "aud", "audio", "rec", "voice"];

/// How many words are a day as programs that record write it: `GMT20310501-101500`, `VN_20310501_101500`,
/// `PTT-20310501-WA0003`. Alone before a day and no time, the letters may be somebody's initials.
fn recorded_at(words: &[Word<'_>], at: usize) -> Option<usize> {
    let [first, second, third] = [0, 1, 2].map(|n| lower(words, at + n));
    let time_at = |at: usize| {
        let is_count = lower(words, at).strip_prefix("wa").is_some_and(is_number);
        if is_count { 1 } else { time_at(words, at) }
    };
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if !RECORDERS.contains(&letters) {
        return None;
    }
    if letters.len() < first.len() {
        return is_date(&first[letters.len()..]).then(|| 1 + time_at(at + 1));
    }
    let is_day = is_date(second) || (is_short_date(second) && !third.is_empty());
    Some(time_at(at + 2)).filter(|&n| is_day && n > 0).map(|n| 2 + n)
}

/// How many words behind a day are the time: `10-30`, `101500`.
fn time_at(words: &[Word<'_>], at: usize) -> usize {
    let is_time = |hour: &str, minute: &str| {
        let below = |text: &str, most: u32| is_number(text) && text.parse().is_ok_and(|n: u32| n < most);
        below(hour, 24) && below(minute, 60)
    };
    let [first, second, third] = [0, 1, 2].map(|n| lower(words, at + n));
    match (first.len(), second.len(), third.len()) {
        (2, 2, 2) if is_time(first, second) && is_number(third) => 3,
        (2, 2, _) if is_time(first, second) => 2,
        (4 | 6, ..) if is_number(first) && is_time(&first[..2], &first[2..4]) => 1,
        _ => 0,
    }
}

/// A stage, or a wave with its number.
fn wave_at(words: &[Word<'_>], at: usize, is_behind: bool) -> Option<(usize, Mark)> {
    let [first, second, third] = [0, 1, 2].map(|n| lower(words, at + n));
    let both = format!("{first}{second}");
    let is_letter = first.chars().count() == 1 && first != "t" && !is_number(first);
    let ends_in_number = first.ends_with(|c: char| c.is_ascii_digit());
    // In `anna 1 week 2` the number is not the week's, `T1 05` has two, and `B_L` is no baseline.
    let is_split = (ends_in_number && is_number(second)) || (is_number(first) && is_number(third));
    let is_short = both.len() < 5 && !both.contains(|c: char| c.is_ascii_digit());
    let of_two = (!second.is_empty() && !is_letter && !is_split && !is_short).then(|| Wave::new(&both)).flatten();
    let (n, wave) = of_two.map(|wave| (2, wave)).or_else(|| Some((1, one_wave(first)?)))?;
    let mark = match wave {
        Wave::Numbered("interview", _) => return None,
        // `Part 1` may be short for a participant.
        Wave::Numbered("part", _) if !is_behind => return None,
        Wave::Numbered(word, number) if word.len() == 1 && word != "t" => is_behind.then_some(Mark::Letter(number))?,
        Wave::Stage(_) | Wave::Numbered(..) => Mark::Wave,
    };
    Some((n, mark))
}

/// `pre`, `week12`, and `pre2`.
fn one_wave(word: &str) -> Option<Wave> {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    Wave::new(word).or_else(|| Wave::new(letters).filter(|wave| matches!(wave, Wave::Stage(_))))
}

/// What a file holds of somebody, with its number: `Interview No. 3 with`, `01 Transcript`, `diary`.
fn record_at(words: &[Word<'_>], at: usize, is_behind: bool) -> Option<(usize, Mark)> {
    let is_record = |word: &str| RECORDS.contains(&word) || MATERIALS.contains(&word);
    let [first, second, third] = [0, 1, 2].map(|n| lower(words, at + n));
    let is_short = |text: &str| is_number(text) && text.len() <= 3;
    if is_size(first) {
        return Some((1, Mark::Record));
    }
    if !is_behind && is_short(first) && is_record(second) && !is_number(third) {
        return Some((2, Mark::Number));
    }
    let letters = first.trim_end_matches(|c: char| c.is_ascii_digit());
    if !is_record(letters) {
        return None;
    }
    let is_no = matches!(second, "no" | "nr" | "num" | "number" | "n");
    let n = if letters.len() < first.len() {
        1
    } else if is_short(second) {
        2
    } else if is_no && is_short(third) {
        3
    } else {
        return Some((1 + with(words, at + 1), Mark::Record));
    };
    let mark = match RECORDS.contains(&letters) {
        _ if !is_behind => Mark::Number,
        true => Mark::Behind,
        // `anna_diary 2`
        false => Mark::Wave,
    };
    Some((n + with(words, at + n), mark))
}

/// Whether a word is the size of a picture, as recordings of meetings have it: `1920x1080`.
fn is_size(word: &str) -> bool {
    let is_side = |side: &str| is_number(side) && (3..=4).contains(&side.len());
    word.split_once('x').is_some_and(|(width, height)| is_side(width) && is_side(height))
}

/// Whether `with` stands between what is held and a name, as a number of words.
fn with(words: &[Word<'_>], at: usize) -> usize {
    usize::from(WITH.contains(&lower(words, at)) && at + 1 < words.len())
}

/// A word for a version, with its number, or the number of a copy in brackets.
fn version_at(words: &[Word<'_>], at: usize, is_behind: bool) -> Option<(usize, Mark)> {
    let [first, second] = [0, 1].map(|n| lower(words, at + n));
    if words[at].is_copy && is_behind {
        return Some((1, Mark::Version));
    }
    let is_visit = first.trim_end_matches(|c: char| c.is_ascii_digit()) == "v";
    if !is_of_version(first) || (is_visit && !is_behind) {
        return None;
    }
    let is_copy_of = matches!(first, "copy" | "kopie" | "copie" | "copia") && matches!(second, "of" | "von" | "de");
    let is_numbered = is_number(second) && second.len() <= 2;
    Some((if is_copy_of || is_numbered { 2 } else { 1 }, Mark::Version))
}

/// A part of an interview: `tape 2`, `part a`, `continued`.
fn part_at(words: &[Word<'_>], at: usize, is_behind: bool) -> Option<(usize, Mark)> {
    let [first, second] = [0, 1].map(|n| lower(words, at + n));
    let is_numbered = is_number(second) && second.len() <= 2;
    if !is_behind {
        return None;
    }
    if CONTINUED.contains(&first) {
        return Some((if is_numbered { 2 } else { 1 }, Mark::Wave));
    }
    (PARTS.contains(&first) && (is_numbered || second.chars().count() == 1)).then_some((2, Mark::Wave))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(id: &str) -> String {
        Marked::new(id).person()
    }

    #[test]
    fn what_is_no_name_is_left_out() {
        for id in [
            "Interview_01_Anna",
            "Interview No. 3 with Anna",
            "01 - Anna",
            "01_Transcript_Anna",
            "Transcript - Anna - final",
            "Anna (1)",
            "Anna - Copy (2)",
            "2031-05-01 Anna",
            "2031-05-01 10-30 Anna",
            "Anna 20310501",
            "Anna_310501",
            "Anna_March",
            "anna-mar-2031",
            "Anna_5 May 2031",
            "12Mar2031_Anna",
            "Anna_2031-03",
            "Anna_Frühjahr",
            "AnnaT1",
            "Anna_pre2",
            "Anna week 12",
            "6 months Anna",
            "Anna_part_2",
            "Anna_follow-up_v2",
            "diary_Anna",
            "Anna_diary 2",
            "Anna_Q1",
        ] {
            assert_eq!(person(id).to_lowercase(), "anna", "{id}");
        }
        assert_eq!(person("P1T2"), "P1");
        assert_eq!(person("FG_01_2031"), "FG_01");
        assert_eq!(person("P 1 March"), "P 1");
        assert_eq!(person("Participant 3 - pre"), "Participant 3");
        assert_eq!(person("north_2031_P1"), "north_P1");
    }

    #[test]
    fn what_may_be_a_name_is_left() {
        for id in [
            "Anna_M",
            "Anna Müller",
            "Mark_Hill",
            "P01_nurse",
            "anna_12",
            "101-2",
            "P1-a",
            "Ben_X",
            "McDonald",
            "Anna & Ben",
            "Part 1",
            "M1",
            "S01",
            "school1",
            "Anna 1 Maria",
        ] {
            let marked = Marked::new(id);
            assert_eq!((marked.person().as_str(), marked.marks().count()), (id, 0), "{id}");
        }
        for id in ["Interview 3", "2031-05-01", "May_June", "April_1", "T1", "baseline", "Jan 2031", "final"] {
            assert!(!Marked::new(id).is_telling(), "{id}");
        }
        // What may as well be a wave's or a month's is a person's where nothing else is.
        for (id, who) in [("May_pre", "May"), ("T1_2031", "T1"), ("Interview_1_pre", "Interview_1")] {
            let marked = Marked::new(id);
            assert_eq!((marked.person().as_str(), marked.is_named()), (who, false), "{id}");
        }
    }

    #[test]
    fn how_a_program_calls_a_recording_is_nobodys_name() {
        for id in [
            "GMT20310501-101500_Recording",
            "GMT20310501-101500_Recording_1920x1080",
            "VN_20310501_101500",
            "PTT-20310501-WA0003",
            "rec20310501_101500",
            "Audio 2031-05-01",
            "Voice 310501_101500",
        ] {
            let marked = Marked::new(id);
            let is_plain = marked.person().is_empty() && !marked.is_telling();
            assert!(is_plain && marked.marks().all(|mark| matches!(mark, Mark::Day | Mark::Record)), "{id}");
        }
        assert_eq!(person("Anna GMT20310501-101500"), "Anna");
        for (id, who) in
            [("VN_20310501", "VN"), ("VN07_20310501", "VN07"), ("Gmt_101500", "Gmt_101500"), ("P1x2", "P1x2")]
        {
            assert_eq!(person(id), who, "{id}");
        }
    }

    #[test]
    fn an_id_may_be_shortened_to_a_name_and_a_wave() {
        let of_wave = |id: &str| Marked::new(id).of_wave();
        for (id, wanted) in [
            ("anna_T1_2031-05-01", "anna_T1"),
            ("Interview anna (T1)", "anna_T1"),
            ("Transcript - Anna - T1 - final", "Anna - T1"),
            ("T1_P1", "T1_P1"),
        ] {
            assert_eq!(of_wave(id).as_deref(), Some(wanted));
        }
        for id in ["anna_2031-05-01", "anna", "Interview_1_pre"] {
            assert_eq!(of_wave(id), None, "{id}");
        }
    }
}

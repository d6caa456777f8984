//! Openings of messages with the time of a day as many languages write it: `[오전 10:11]`, `上午10:10`, `10:10 AM`.
//!
//! In: a line of a text, and the next one. Out: who writes, and the opening in a form that labels are known in, with
//! the time in 24 hours, for [`services`](super::services) to see whether the text is a chat; and the lines of a chat
//! that name a day, or when a message was written. It changes no words, and takes no line for a message that stands
//! alone.

use std::ops::Range;

use super::super::super::by_lines::ByLines;
use super::super::super::label_key::{digit, is_unseen};
use super::super::super::labels::lines_from;

/// Openings from which a text is a chat.
const FEWEST: usize = 4;
/// Words of a day, at most: `Sat, 3. May 2031 at`.
const WORDS_OF_DAY: usize = 5;
/// Lines of a message at least that has its time below: a name, words, and the time.
const OF_MESSAGE: usize = 3;
/// Letters of a weekday, at most.
const LONGEST_WEEKDAY: usize = 14;
/// Words for a half of the day, before or behind the time, and whether it is the second. Longer ones stand first.
#[rustfmt::skip]
const HALVES: &[(&str, bool)] = &[
    ("a. m.", false), ("p. m.", true), ("a.m.", false), ("p.m.", true), ("am", false), ("pm", true), ("오전", false),
    ("오후", true), ("上午", false), ("下午", true), ("凌晨", false), ("清晨", false), ("早上", false), ("中午", true),
    ("傍晚", true), ("晚上", true), ("午前", false), ("午後", true), ("ق.ظ", false), ("ب.ظ", true), ("ص", false),
    ("م", true), ("π.μ.", false), ("μ.μ.", true), ("πμ", false), ("μμ", true), ("öö", false), ("ös", true),
];

/// A time of the day in seconds, and whether its half of the day stands beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Clock {
    seconds: u32,
    has_half: bool,
}

impl Clock {
    /// Of a text in [`plain`] letters.
    fn of(plain: &str) -> Option<Self> {
        let plain = plain.trim();
        let half = HALVES.iter().find_map(|&(word, is_late)| {
            let digits = plain.strip_prefix(word).or_else(|| plain.strip_suffix(word))?;
            Some((digits.trim(), is_late))
        });
        let digits = half.map_or(plain, |(digits, _)| digits);
        let numbers: Vec<u32> = digits.split(':').map(number).collect::<Option<_>>()?;
        let (hours, minutes, seconds) = match numbers[..] {
            [hours, minutes @ 0..60] => (hours, minutes, 0),
            [hours, minutes @ 0..60, seconds @ 0..60] => (hours, minutes, seconds),
            _ => return None,
        };
        let hours = match half {
            None => Some(hours).filter(|hours| *hours < 24)?,
            // Before noon, where that is a part of the day.
            Some((_, true)) if hours == 11 && plain.contains("中午") => 11,
            Some((_, is_late)) => Some(hours).filter(|hours| *hours <= 12)? % 12 + if is_late { 12 } else { 0 },
        };
        Some(Self { seconds: hours * 3600 + minutes * 60 + seconds, has_half: half.is_some() })
    }

    /// `14:03`
    fn short(self) -> String {
        format!("{:02}:{:02}", self.seconds / 3600, self.seconds / 60 % 60)
    }

    /// `14:03:07`
    fn long(self) -> String {
        format!("{}:{:02}", self.short(), self.seconds % 60)
    }
}

/// A number of one digit or two.
fn number(part: &str) -> Option<u32> {
    let is_number = (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    part.parse().ok().filter(|_| is_number)
}

/// A text in small letters, with the digits and signs of ASCII, and without marks that are not seen.
fn plain(text: &str) -> String {
    let bare = text.chars().filter(|&c| !is_unseen(c)).flat_map(char::to_lowercase);
    bare.map(|c| match c {
        '،' | '，' => ',',
        '：' => ':',
        c if c.is_whitespace() => ' ',
        c => digit(c).and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c),
    })
    .collect()
}

/// The day at the start of a text in [`plain`] letters, in numbers, and what stands behind it.
fn day(plain: &str) -> Option<(String, String)> {
    let words: Vec<&str> = plain.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_whole = |day: &str| {
        let parts: Vec<&str> = day.trim_end_matches('.').split(['.', '/', '-']).collect();
        parts.len() == 3
            && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    // `2031. 5. 3.`
    (1..=words.len().min(3)).find_map(|n| {
        let day = words[..n].concat();
        is_whole(&day).then(|| (day.trim_end_matches('.').to_owned(), words[n..].join(" ")))
    })
}

/// An opening with the words behind it where they stand in the line.
pub(super) fn opened(opening: String, line: &str, words: &str) -> String {
    let between = (line.trim_end().len() - words.trim_end().len()).saturating_sub(opening.len()).max(1);
    format!("{opening}{}{}", " ".repeat(between), words.trim_end())
}

/// `[Kim] [10:11 AM] words`, `[김순자] [오전 10:11] words` of KakaoTalk
pub(super) fn name_and_half(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (who, rest) = line.strip_prefix('[')?.split_once("] [")?;
    let (time, words) = rest.split_once("] ")?;
    let clock = Clock::of(&plain(time)).filter(|clock| clock.has_half)?;
    let is_wide = !time.is_ascii() || time.contains(' ');
    let clock = if is_wide { clock.long() } else { clock.short() };
    Some((who.to_owned(), opened(format!("[{clock}] {who}:"), line, words)))
}

/// `2031/5/3 上午10:10 - 李明: words`, `[2031/5/3 下午2:10:05] 李明: words` of WhatsApp, also in Arabic digits; in ASCII
/// they are known as they are.
pub(super) fn day_and_half(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let bare = line.trim_start_matches(is_unseen);
    let is_in_brackets = bare.starts_with('[');
    let (stamp, rest) = match bare.strip_prefix('[') {
        Some(bare) => bare.split_once("] ")?,
        None => bare.split_once(" - ")?,
    };
    let (who, words) = rest.split_once(": ")?;
    let is_known = stamp.chars().all(|c| c.is_ascii() || c.is_whitespace() || is_unseen(c));
    let (day, time) = day(&plain(stamp)).filter(|_| !is_known)?;
    let clock = Clock::of(&time)?;
    let opening = match is_in_brackets {
        true => format!("[{day}, {}] {who}:", if time.matches(':').count() > 1 { clock.long() } else { clock.short() }),
        false => format!("{day}, {} - {who}:", clock.short()),
    };
    Some((who.trim_matches(is_unseen).trim().to_owned(), opened(opening, line, words)))
}

/// `[ 3 May 2031 10:10 AM ] Ann Hall: words` of Viber
pub(super) fn day_in_brackets(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (stamp, rest) = line.strip_prefix("[ ")?.split_once(" ] ")?;
    let (who, words) = rest.split_once(": ")?;
    let clock = moment(stamp)?;
    Some((who.trim().to_owned(), opened(format!("[{}] {who}:", clock.long()), line, words)))
}

/// The time of a text that is a day of a year and a time: `3 May 2031 10:10 AM`, `03.05.2031 10:10:07`.
fn moment(text: &str) -> Option<Clock> {
    let plain = plain(text);
    let words: Vec<&str> = plain.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (clock, at) = [2, 1].into_iter().find_map(|n| {
        let at = words.len().checked_sub(n)?;
        Some((Clock::of(&words[at..].join(" "))?, at))
    })?;
    let is_year = |part: &str| part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
    let has_year = words[..at].iter().any(|word| word.split(['.', '/', '-']).any(is_year));
    Some(clock).filter(|_| has_year && at <= WORDS_OF_DAY)
}

/// `10:10 AM<tab>Ann Hall<tab>words` of LINE
pub(super) fn half_before_tab(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (time, rest) = line.split_once('\t')?;
    let (who, words) = rest.split_once('\t').filter(|(_, words)| !words.is_blank())?;
    let clock = Clock::of(&plain(time)).filter(|clock| clock.has_half)?;
    Some((who.trim().to_owned(), format!("{}\t{who}\t{words}", clock.short())))
}

/// `Ann Hall, 10:10 AM` of Google Chat, above her words
pub(super) fn name_above_half(line: &str, below: Option<&str>) -> Option<(String, String)> {
    let (who, time) = line.rsplit_once(", ").filter(|_| below.is_some())?;
    let is_known = time.ends_with(['M', 'm']) && Clock::of(&plain(time)).is_some_and(|clock| clock.has_half);
    is_known.then(|| (who.to_owned(), format!("{who}  {time}")))
}

/// `Ann Hall = words`
pub(super) fn name_equals(line: &str, _below: Option<&str>) -> Option<(String, String)> {
    let (who, words) = line.split_once(" = ")?;
    let is_name = who.trim() == who && who.contains(char::is_alphabetic) && !who.starts_with(char::is_lowercase);
    let is_said = words.trim().contains(char::is_whitespace) || !words.is_ascii();
    (is_name && is_said).then(|| (who.to_owned(), opened(format!("{who}:"), line, words)))
}

/// The lines of a chat of KakaoTalk or LINE that name a day, `------- 2031년 5월 3일 토요일 -------`, `2031.05.03 Saturday`,
/// or of a copy of Facebook that say below the words when they were written.
pub(super) fn days(text: &str) -> Vec<Range<usize>> {
    let may_be_chat = text.contains('\t') || text.contains("] [");
    if !may_be_chat || text.by_lines().filter(|line| is_message(line)).take(FEWEST).count() < FEWEST {
        return times_below(text);
    }
    let days = lines_from(text, 0).filter(|(_, line)| is_day(line.trim()));
    days.map(|(start, line)| start..start + line.trim_end().len()).collect()
}

/// `May 03, 2031 2:10:07 pm` on the last line of a message, where most paragraphs end so.
fn times_below(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Lines of a paragraph, and the last of them.
    let (mut n_lines, mut last) = (0, 0..0);
    let mut n_paragraphs = 0;
    for (start, line) in lines_from(text, 0).chain([(text.len(), "\n")]) {
        if !line.is_blank() {
            n_lines += 1;
            last = start..start + line.trim_end().len();
        } else if n_lines > 0 {
            n_paragraphs += 1;
            if n_lines >= OF_MESSAGE && moment(&text[last.clone()]).is_some() {
                found.push(last.clone());
            }
            n_lines = 0;
        }
    }
    let are_most = found.len() >= FEWEST && found.len() * 4 >= n_paragraphs * 3;
    if are_most { found } else { Vec::new() }
}

/// `[Kim] [오전 10:11] …`, `10:11<tab>Kim<tab>…`
fn is_message(line: &str) -> bool {
    let in_brackets = || line.strip_prefix('[')?.split_once("] [")?.1.split_once("] ");
    let before_tab = || line.split_once('\t').filter(|(_, rest)| rest.contains('\t'));
    let time = in_brackets().or_else(before_tab).map(|(time, _)| plain(time));
    time.is_some_and(|time| Clock::of(&time).is_some())
}

fn is_day(line: &str) -> bool {
    let is_ruled = line.starts_with("---") && line.ends_with("---");
    let named = line.trim_matches('-');
    if is_ruled {
        return named.contains(|c: char| c.is_ascii_digit()) && named.contains(char::is_alphabetic);
    }
    let plain = plain(line);
    let (numbers, weekday) = plain.split_at(plain.find(|c: char| c.is_alphabetic() || c == '(').unwrap_or(plain.len()));
    let is_weekday = weekday.chars().count() <= LONGEST_WEEKDAY
        && weekday.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '.'));
    is_weekday && day(numbers).is_some_and(|(_, rest)| rest.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::super::super::labels;
    use super::*;

    #[test]
    fn times_of_the_day_are_read_in_many_languages() {
        let of = |text: &str| Clock::of(&plain(text)).map(|clock| clock.long());
        for (text, time) in [
            ("10:11 AM", "10:11:00"),
            ("2:10\u{202f}PM", "14:10:00"),
            ("오전 10:11", "10:11:00"),
            ("오후 12:01", "12:01:00"),
            ("上午12:01", "00:01:00"),
            ("下午2:10:05", "14:10:05"),
            ("中午11:58", "11:58:00"),
            ("午後2:10", "14:10:00"),
            ("\u{200f}١٠:١1 ص", "10:11:00"),
            ("۲:۱۰ ب.ظ", "14:10:00"),
            ("2:10 p. m.", "14:10:00"),
            ("14:10", "14:10:00"),
        ] {
            assert_eq!(of(text).as_deref(), Some(time), "{text}");
        }
        for text in ["13:10 PM", "24:00", "10:60", "10", "at 10:10", "am", "오전", "", "1:2:3:4", "100:10"] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn openings_of_chats_are_written_as_others_are() {
        type Form = fn(&str, Option<&str>) -> Option<(String, String)>;
        let written = |form: Form, line: &str| {
            form(line, Some("So it was.")).map(|(who, written)| {
                assert!(written.len() <= line.len(), "{line}");
                format!("{who}|{written}")
            })
        };
        let kakao = written(name_and_half, "[김순자] [오후 2:11] 네, 맞아요.").unwrap();
        assert!(kakao.starts_with("김순자|[14:11:00] 김순자:") && kakao.ends_with("  네, 맞아요."), "{kakao}");
        assert_eq!(written(name_and_half, "[Ines] [2:10 PM] Yes.").as_deref(), Some("Ines|[14:10:00] Ines: Yes."));
        assert_eq!(written(name_and_half, "[Ines] [2:10PM] Yes.").as_deref(), Some("Ines|[14:10] Ines:   Yes."));
        let whatsapp = written(day_and_half, "2031/5/3 下午2:10 - 李明: 好。").unwrap();
        assert!(whatsapp.starts_with("李明|2031/5/3, 14:10 - 李明:") && whatsapp.ends_with(" 好。"), "{whatsapp}");
        let arabic = written(day_and_half, "\u{200f}٣/٥/٢٠٣١، ١٠:١1 ص - أم سامي: نعم.").unwrap();
        assert!(arabic.starts_with("أم سامي|3/5/2031, 10:11 - أم سامي:") && arabic.ends_with(" نعم."), "{arabic}");
        let korean = written(day_and_half, "2031. 5. 3. 오전 10:11 - 김순자: 네.").unwrap();
        assert!(korean.contains("2031.5.3, 10:11 - 김순자:"), "{korean}");
        let iphone = written(day_and_half, "[2031/5/3 下午2:10:05] 李明: 好。").unwrap();
        assert!(iphone.contains("|[2031/5/3, 14:10:05] 李明:"), "{iphone}");
        let viber = written(day_in_brackets, "[ 3 May 2031 2:10 PM ] Ann Hall: Yes.").unwrap();
        assert!(viber.starts_with("Ann Hall|[14:10:00] Ann Hall:") && viber.ends_with(" Yes."), "{viber}");
        assert_eq!(written(half_before_tab, "2:10 PM\tAnn\tYes.").as_deref(), Some("Ann|14:10\tAnn\tYes."));
        assert_eq!(written(name_above_half, "Ann Hall, 10:10 AM").as_deref(), Some("Ann Hall|Ann Hall  10:10 AM"));
        let equals = written(name_equals, "Hasan Bey = Geldik, o zaman.");
        assert_eq!(equals.as_deref(), Some("Hasan Bey|Hasan Bey:  Geldik, o zaman."));
    }

    #[test]
    fn other_lines_are_left_as_they_are() {
        for line in [
            "[Ines] [14:10] Yes.",
            "[Ines] [sic] Yes.",
            "05/03/24, 14:00 - Ann: Yes.",
            "3/5/24, 2:03\u{202f}PM - Ann: Yes.",
            "下午2:10 - 我们: 好。",
            "[ 3 May 2031 ] Ann: Yes.",
            "[ at 10:10 AM ] Ann: Yes.",
            "10:10\tAnn\tYes.",
            "10:10 AM\tYes.",
            "x = 5",
            "N = 12",
            "we left, 10:10",
        ] {
            let forms = [name_and_half, day_and_half, day_in_brackets, half_before_tab, name_above_half, name_equals];
            assert!(forms.iter().all(|form| form(line, Some("So it was.")).is_none()), "{line}");
        }
        assert_eq!(name_above_half("Ann Hall, 10:10 AM", None), None, "nothing below");
    }

    #[test]
    fn the_days_of_a_chat_are_nobodys() {
        let kakao: String = (0..4).map(|n| format!("[Kim] [오전 10:1{n}] 네.\n")).collect();
        let line: String = (0..4).map(|n| format!("10:1{n}\tKim\tYes.\n")).collect();
        for (day, chat) in [
            ("--------------- 2031년 5월 3일 토요일 ---------------", &kakao),
            ("--------------- Saturday, May 3, 2031 ---------------", &kakao),
            ("2031/05/03(土)", &line),
            ("2031.05.03 Saturday", &line),
        ] {
            let text = format!("{chat}{day}\n{chat}");
            assert_eq!(days(&text), std::iter::once(chat.len()..chat.len() + day.len()).collect::<Vec<_>>(), "{day}");
            assert!(days(&format!("Kim: So.\n{day}\nAnn: No.\n")).is_empty(), "no chat");
        }
        let message = |n: usize, who: &str| format!("{who}\nSo it was.\nMay 03, 2031 2:1{n}:07 pm\n\n");
        let facebook: String = (0..4).map(|n| message(n, ["Ann Hall", "Tom Reed"][n % 2])).collect();
        assert_eq!(labels::without(&facebook, &days(&facebook)).matches("2031").count(), 0);
        for text in [
            message(0, "Ann Hall").repeat(3),
            format!("{facebook}{}", "It was cold.\n\n".repeat(3)),
            "Ann Hall\nMay 03, 2031 2:10:07 pm\n\n".repeat(4),
            "Ann Hall\nWe left\non May 03, and that was at 2:10:07 pm\n\n".repeat(4),
        ] {
            assert!(days(&text).is_empty(), "{text}");
        }
        for said in ["---", "--- so ---", "2031/05/03 was cold", "2031", "It was 2031.05.03", "- 3 -"] {
            assert!(days(&format!("{line}{said}\n{line}")).is_empty(), "{said}");
        }
    }

    #[test]
    fn chats_with_such_times_are_read() {
        type Message = fn(usize, &str, &str) -> String;
        let forms: [Message; 8] = [
            |n, who, said| format!("[{who}] [오후 2:1{n}] {said}\n"),
            |n, who, said| format!("[{who}] [2:1{n} PM] {said}\n"),
            |n, who, said| format!("2031/5/3 下午2:1{n} - {who}: {said}\n"),
            |n, who, said| format!("[ 3 May 2031 2:1{n} PM ] {who}: {said}\n"),
            |n, who, said| format!("2:1{n} PM\t{who}\t{said}\n"),
            |n, who, said| format!("{who}, 2:1{n} PM\n{said}\n\n"),
            |_, who, said| format!("{who} = {said}\n"),
            |n, who, said| format!("{who}\n{said}\nMay 03, 2031 2:1{n}:07 pm\n\n"),
        ];
        const SAID: [&str; 8] = [
            "How did you come to the bees?",
            "My uncle had two hives and needed somebody.",
            "And what happened then?",
            "We lost one of them in the first winter.",
            "Why was that so?",
            "It rained for weeks and nobody looked.",
            "What did you change?",
            "We moved the other one behind the barn.",
        ];
        for message in forms {
            let who = |n: usize| ["Ann Hall", "Tom Reed"][n % 2];
            let chat: String = SAID.iter().enumerate().map(|(n, said)| message(n, who(n), said)).collect();
            let options = crate::corpus::ReadOptions::default();
            let corpus = crate::corpus::read_bytes("chat.txt", chat.clone().into_bytes(), &options).unwrap();
            let answers: Vec<&str> = corpus.answers.iter().map(|answer| &*corpus.turn_of(answer).text).collect();
            assert_eq!(answers, [SAID[1], SAID[3], SAID[5], SAID[7]], "{chat}");
        }
    }
}
